//! What the module `fake` of a generated crate consists of.

/// Writes the fake of an API and the record of its calls: `fake!(Cublox, CubloxServer, [SAMPLES])`, for the server of the API and lists of
/// [`Sample`](crate::fake::Sample)s. The struct of the calls is called `Calls`.
///
/// [`fake_operations!`](crate::fake_operations) gives it its operations.
#[macro_export]
macro_rules! fake {
    ($fake:ident, $server:ident, [$($samples:path),* $(,)?]) => {
        /// A fake of the API for tests: give it a handler for each operation that the test needs, and put it behind a client with
        /// [`in_process`](Self::in_process).
        ///
        /// A call of another operation gets the status 501, and its error says `not faked` and the name of the operation; of a fake
        /// [from the document](Self::from_document) it gets what the document shows. Whatever credentials a caller presents are taken.
        /// Clones share handlers and calls, so that a handler can be set again later.
        #[derive(Clone, Debug, Default)]
        pub struct $fake {
            inner: $crate::fake::Fake,
        }

        impl $fake {
            /// A fake without handlers.
            #[must_use]
            pub fn new() -> Self {
                <Self as ::core::default::Default>::default()
            }

            /// A fake that needs no handlers: an operation without one answers with the example that the document gives its success, or
            /// with a value made of its schema, which has what the schema requires.
            ///
            /// The response to each request is the same, but for the fields by which a caller recognizes the resource of its request
            /// (`x-specie-reconcile`): they are as the request has them.
            #[must_use]
            pub fn from_document() -> Self {
                Self { inner: $crate::fake::Fake::of_samples(&[$($samples),*]) }
            }

            /// The calls that reached an operation so far, with a method for each operation that returns its requests.
            #[must_use]
            pub fn calls(&self) -> Calls {
                Calls { inner: self.inner.calls() }
            }

            /// A transport to this fake, for `Client::over`.
            #[must_use]
            pub fn in_process(&self) -> $crate::InProcess<$server<Self>> {
                $crate::InProcess::new($server::new(::core::clone::Clone::clone(self)))
            }
        }

        /// The calls that reached a fake's operations. Requests that were rejected before are not among them.
        #[derive(Clone, Debug)]
        pub struct Calls {
            inner: $crate::fake::RecordedCalls,
        }

        impl Calls {
            /// The names of the operations that were called, in the order of the calls.
            #[must_use]
            pub fn in_order(&self) -> ::std::vec::Vec<&'static str> {
                self.inner.in_order()
            }
        }
    };
}

/// Writes operations of a fake: `fake_operations!(Cublox: server::Cublox, Credential { get_payout: GetPayout })`, for the trait that has
/// them and, where the trait has `authenticate`, the type of credentials.
#[macro_export]
macro_rules! fake_operations {
    ($fake:ident: $api:path $(, $credential:ty)? { $($method:ident: $request:ty),* $(,)? }) => {
        impl $fake {
            $(
                #[doc = ::core::concat!("Sets what answers `", ::core::stringify!($method), "`.")]
                #[must_use]
                pub fn $method<__Handler, __Future>(self, handler: __Handler) -> Self
                where
                    // No request is called like the parameters.
                    __Handler: FnMut($request) -> __Future + ::core::marker::Send + 'static,
                    __Future: ::core::future::Future<Output = $crate::server::Handled<$request>> + ::core::marker::Send + 'static,
                {
                    self.inner.set(handler);
                    self
                }
            )*
        }

        impl Calls {
            $(
                #[doc = ::core::concat!("The requests of `", ::core::stringify!($method), "`, in the order of the calls.")]
                #[must_use]
                pub fn $method(&self) -> ::std::vec::Vec<$request> {
                    self.inner.of()
                }
            )*
        }

        impl $api for $fake {
            $(
                async fn authenticate(
                    &self,
                    _: ::std::vec::Vec<$credential>,
                    _: &mut $crate::server::RequestContext,
                ) -> ::core::result::Result<(), $crate::server::Rejection> {
                    ::core::result::Result::Ok(())
                }
            )?

            $(
                async fn $method(
                    &self,
                    request: $request,
                    context: $crate::server::RequestContext,
                ) -> $crate::server::Handled<$request> {
                    self.inner.respond(request, &context).await
                }
            )*
        }
    };
}

/// Writes what the document shows of the responses of some operations.
///
/// ```
/// specie_runtime::fake_samples!(SAMPLES {
///     "getPayout": 200 "application/json" "{}", "ping": 204, "notify": none "there is no example",
///     "createPayout": 201 "application/json" "{}" {
///         "Location" = "/payouts/7", "Cache-Control" = "no-store",
///     },
/// });
/// assert_eq!(SAMPLES.len(), 4);
/// ```
#[macro_export]
macro_rules! fake_samples {
    ($name:ident { $($id:literal: $status:tt $($text:literal)* $({ $($headers:tt)* })?),* $(,)? }) => {
        /// What the document shows of the responses of the operations, by the names of these.
        pub(crate) const $name: &[$crate::fake::Sample] = &[$($crate::__sample!($id $status $($text)* { $($($headers)*)? })),*];
    };
}

/// One of [`fake_samples!`](crate::fake_samples).
#[doc(hidden)]
#[macro_export]
macro_rules! __sample {
    ($id:literal none $reason:literal {}) => {
        $crate::fake::Sample::none($id, $reason)
    };
    ($id:literal $status:literal { $($headers:tt)* }) => {
        $crate::__with_headers!([$crate::fake::Sample::empty($id, $status)] $($headers)*)
    };
    ($id:literal $status:literal $media:literal $body:literal { $($headers:tt)* }) => {
        $crate::__with_headers!([$crate::fake::Sample::new($id, $status, $media, $body)] $($headers)*)
    };
}

/// A sample with its headers, if it has any.
#[doc(hidden)]
#[macro_export]
macro_rules! __with_headers {
    ([$sample:expr]) => {
        $sample
    };
    ([$sample:expr] $($name:literal = $value:literal),+ $(,)?) => {
        $sample.headers(&[$(($name, $value)),+])
    };
}
