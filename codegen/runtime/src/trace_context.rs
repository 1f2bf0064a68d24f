//! Traces that go on in the next process: `traceparent` and `tracestate` (W3C Trace Context), written and read by the propagator of
//! OpenTelemetry that the program sets. No other header of that propagator is sent or read: its baggage is the program's own.

use http::HeaderName;

#[cfg(feature = "server")]
mod incoming;
#[cfg(feature = "client")]
mod outgoing;

#[cfg(feature = "server")]
pub(crate) use incoming::receive;
#[cfg(feature = "client")]
pub(crate) use outgoing::send;
#[cfg(all(feature = "client", feature = "server"))]
pub(crate) use outgoing::sent_with;

static TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");
static TRACESTATE: HeaderName = HeaderName::from_static("tracestate");
