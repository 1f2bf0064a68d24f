//! The credentials that receivers of webhooks and callbacks verify.

use super::security;
use crate::api::{self, Api, ApiKeyLocation};
use crate::diagnostic::Diagnostics;
use crate::plan::diagnostics::Report;
use crate::plan::operation_signatures::sent_operations;
use crate::rust::{ReceiverCredentials, ReceiverScheme, SchemeKind};

/// The credentials of an operation that the API sends; `None`: its own `security` asks for none, or for one that no header carries.
pub(in crate::plan) fn of(api: &Api, stated: &api::Operation) -> Option<ReceiverCredentials> {
    let mut found = ReceiverCredentials::default();
    for alternative in &stated.security {
        let mut keys = Vec::new();
        for (id, _) in &alternative.schemes {
            let scheme = scheme(api.security_scheme(*id)?)?;
            keys.push(scheme.key.clone());
            if !found.schemes.contains(&scheme) {
                found.schemes.push(scheme);
            }
        }
        found.alternatives.push(keys);
    }
    // What the document asks of all operations is asked of those that clients send.
    (stated.has_own_security && !found.schemes.is_empty()).then_some(found)
}

/// Says which operations that the API sends have credentials that no receiver verifies.
pub(in crate::plan) fn diagnostics<'a>(api: &Api, sent: impl Iterator<Item = &'a api::Operation>) -> Diagnostics {
    let mut report = Report::default();
    let asks = |stated: &&api::Operation| stated.security.iter().any(|alternative| !alternative.schemes.is_empty());
    for stated in sent.filter(|stated| stated.has_own_security).filter(asks) {
        if of(api, stated).is_none() {
            let what = format!("the security of a {}, which no header carries", sent_operations::kind(stated).word());
            let help = "check it before the receiver, in the service around it";
            report.not_generated(&what, stated.security_span.unwrap_or(stated.span), help);
        }
    }
    report.diagnostics
}

/// A scheme whose credential is in a header.
fn scheme(stated: &api::SecurityScheme) -> Option<ReceiverScheme> {
    // What a client cannot send is reported of clients.
    let kind = security::kind(stated, &mut Report::default())?;
    let is_elsewhere = matches!(&kind, SchemeKind::ApiKey { place, .. } if *place != ApiKeyLocation::Header);
    (!is_elsewhere).then(|| ReceiverScheme { key: stated.key.clone(), kind })
}
