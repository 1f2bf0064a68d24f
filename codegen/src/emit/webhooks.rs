//! Webhooks (`webhooks.rs` and the files below it): what the API sends by itself, receiving it and sending it.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::imports::ident;
use super::rust_types::Unit;
use super::source_file::{File, FormattedItems};
use super::{docs, operations};
use crate::rust::{
    self, Crate, Prelude, ReceiverConstructor, ReceiverCredentials, Signature, SignatureAlgorithm, Webhook, WebhookId,
};

/// The file with the payloads of webhooks, or with some of them.
pub(super) fn file<'a>(
    mut file: File<'a>,
    krate: &'a Crate,
    taken: &'a BTreeSet<&'a str>,
    part: &rust::FileShare<WebhookId>,
) -> String {
    let parts = FormattedItems::each(krate, taken, false, &at(krate, part), |unit, webhook| payload(unit, webhook));
    file.parts(parts);
    file.finish()
}

/// The file with their receivers, or with some of them.
pub(super) fn receivers_file<'a>(
    mut file: File<'a>,
    krate: &'a Crate,
    taken: &'a BTreeSet<&'a str>,
    part: &rust::FileShare<WebhookId>,
) -> String {
    file.parts(FormattedItems::each(krate, taken, false, &at(krate, part), |unit, webhook| receiver(unit, webhook)));
    file.finish()
}

/// The file with what sends them, or some of them.
pub(super) fn senders_file<'a>(
    mut file: File<'a>,
    krate: &'a Crate,
    taken: &'a BTreeSet<&'a str>,
    part: &rust::FileShare<WebhookId>,
) -> String {
    let depth = 1 + part.depth();
    file.parts(FormattedItems::each(krate, taken, false, &at(krate, part), |unit, webhook| {
        sender(unit, depth, webhook)
    }));
    file.finish()
}

fn at<'a>(krate: &'a Crate, part: &rust::FileShare<WebhookId>) -> Vec<&'a Webhook> {
    part.here().iter().filter_map(|id| krate.webhook(*id)).collect()
}

pub(super) fn payload(unit: &Unit<'_>, webhook: &Webhook) -> TokenStream {
    let (doc, name, ty) = (docs::tokens(&webhook.docs), ident(&webhook.type_name), unit.rust_type(&webhook.payload));
    quote!(#doc pub type #name = #ty;)
}

pub(super) fn receiver(unit: &Unit<'_>, webhook: &Webhook) -> TokenStream {
    let spec = spec(unit, webhook);
    let doc = docs::tokens(&webhook.receiver_docs);
    let (name, constant, payload) =
        (ident(&webhook.function), ident(&webhook.constant), unit.rust_type(&webhook.payload));
    let receiver = unit.scope.import("specie_runtime::webhook::Receiver");
    let error = unit.scope.import("specie_runtime::webhook::BoxError");
    let future = unit.scope.prelude(Prelude::Future);
    let (proof, make) = made(unit, (webhook.constructor, webhook.credentials.as_ref()), &constant);
    quote! {
        #spec

        #doc
        pub fn #name<F, E>(#proof handler: impl Fn(#payload) -> F + Send + Sync + 'static) -> #receiver
        where
            F: #future<Output = Result<(), E>> + Send + 'static,
            E: Into<#error>,
        {
            #receiver::#make
        }
    }
}

fn spec(unit: &Unit<'_>, webhook: &Webhook) -> TokenStream {
    let doc = docs::tokens(&webhook.constant_docs);
    let (constant, id) = (ident(&webhook.constant), Literal::string(&webhook.id));
    let spec = unit.scope.import("specie_runtime::webhook::WebhookSpec");
    let signature = signature(unit, webhook.signature.as_ref());
    let security = security(unit, webhook.credentials.as_ref());
    let method = (!webhook.method_is_implied).then(|| {
        let method = Literal::string(&webhook.http_method);
        quote!(.method(#method))
    });
    let acknowledged_by = (!webhook.acknowledgement_is_implied).then(|| {
        let statuses = webhook.acknowledged_by.iter().map(|status| Literal::u16_unsuffixed(*status));
        quote!(.acknowledged_by(&[#(#statuses),*]))
    });
    quote!(#doc pub const #constant: #spec = #spec::new(#id)#method #acknowledged_by #signature #security;)
}

/// The parameters for what proves the sender, where a receiver is given any, and the call of its constructor.
pub(super) fn made(
    unit: &Unit<'_>,
    (constructor, credentials): (ReceiverConstructor, Option<&ReceiverCredentials>),
    constant: &Ident,
) -> (TokenStream, TokenStream) {
    let function = ident(constructor.function);
    let (secrets, given) = if constructor.takes_secrets {
        (Some(secrets(unit)), quote!(#function(#constant, secrets, handler)))
    } else {
        (None, quote!(#function(#constant, handler)))
    };
    if credentials.is_none() {
        return (quote!(#secrets), given);
    }
    let presented = unit.scope.import("specie_runtime::server::Presented");
    let (send, sync) = (unit.scope.prelude(Prelude::Send), unit.scope.prelude(Prelude::Sync));
    let parameters = quote!(#secrets authenticate: impl Fn(&[#presented]) -> bool + #send + #sync + 'static,);
    (parameters, quote!(#given.authenticated_by(authenticate)))
}

/// What a specification says of credentials.
pub(super) fn security(unit: &Unit<'_>, credentials: Option<&ReceiverCredentials>) -> Option<TokenStream> {
    let credentials = credentials?;
    let spec = unit.scope.import("specie_runtime::SchemeSpec");
    let schemes = credentials.schemes.iter().map(|scheme| {
        let (key, kind) = (Literal::string(&scheme.key), operations::scheme_kind(unit, &scheme.kind));
        quote!(#spec { key: #key, kind: #kind })
    });
    let alternatives = credentials.alternatives.iter().map(|keys| {
        let keys = keys.iter().map(|key| Literal::string(key));
        quote!(&[#(#keys),*])
    });
    Some(quote!(.security(&[#(#schemes),*], &[#(#alternatives),*])))
}

/// The parameter of a receiver that takes the secrets of its sender.
fn secrets(unit: &Unit<'_>) -> TokenStream {
    let secret = unit.scope.import("specie_runtime::Secret");
    let (into, string) = (unit.scope.prelude(Prelude::Into), unit.scope.prelude(Prelude::String));
    quote!(secrets: impl IntoIterator<Item = impl #into<#secret<#string>>>,)
}

/// What a specification says of the signature.
pub(super) fn signature(unit: &Unit<'_>, signature: Option<&Signature>) -> Option<TokenStream> {
    let signature = signature?;
    let (header, algorithm) = (Literal::string(&signature.header), algorithm(unit, &signature.algorithm));
    Some(quote!(.signature(#header, #algorithm)))
}

fn algorithm(unit: &Unit<'_>, algorithm: &SignatureAlgorithm) -> TokenStream {
    let of = unit.scope.import("specie_runtime::webhook::SignatureAlgorithm");
    match algorithm {
        SignatureAlgorithm::Base64Sha1SecretBodySecret => quote!(#of::Base64Sha1SecretBodySecret),
        SignatureAlgorithm::HmacSha256 { hex, prefix, timestamp } => {
            let encoding = unit.scope.import("specie_runtime::webhook::SignatureEncoding");
            let (variant, prefix) = (ident(if *hex { "Hex" } else { "Base64" }), Literal::string(prefix));
            let Some((timestamp, tolerance)) = timestamp else {
                return quote!(#of::HmacSha256 { encoding: #encoding::#variant, prefix: #prefix });
            };
            let (timestamp, tolerance) = (Literal::string(timestamp), Literal::u32_unsuffixed(*tolerance));
            quote!(#of::TimestampedHmacSha256 {
                encoding: #encoding::#variant, prefix: #prefix, timestamp: #timestamp, tolerance: #tolerance
            })
        }
        SignatureAlgorithm::StandardWebhooks { id, timestamp, tolerance } => {
            let (id, timestamp) = (Literal::string(id), Literal::string(timestamp));
            let tolerance = Literal::u32_unsuffixed(*tolerance);
            quote!(#of::StandardWebhooks { id: #id, timestamp: #timestamp, tolerance: #tolerance })
        }
        SignatureAlgorithm::Stripe { tolerance } => {
            let tolerance = Literal::u32_unsuffixed(*tolerance);
            quote!(#of::Stripe { tolerance: #tolerance })
        }
    }
}

/// The function that sends a webhook, in a module so deep below that of all webhooks.
pub(super) fn sender(unit: &Unit<'_>, depth: usize, webhook: &Webhook) -> TokenStream {
    let above = std::iter::repeat_n(quote!(super), depth);
    let doc = docs::tokens(&webhook.sender_docs);
    let (name, constant, payload) =
        (ident(&webhook.function), ident(&webhook.constant), unit.rust_type(&webhook.payload));
    let sender = unit.scope.import("specie_runtime::webhook::Sender");
    let error = unit.scope.import("specie_runtime::webhook::SendError");
    quote! {
        #doc
        pub async fn #name(sender: &#sender, url: &str, payload: &#payload) -> Result<(), #error> {
            sender.send(&#(#above::)*#constant, url, payload).await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{receiver, sender};
    use crate::emit::test_fixtures::{self, items, names, printed};
    use crate::rust::Crate;

    const SIGNED: &str = "x-specie-signature: {header: X-Signature, algorithm: base64-sha1-secret-body-secret}, ";

    /// A crate with a webhook that carries any JSON.
    fn krate(name: &str, signature: &str) -> Crate {
        let schema = "{$ref: '#/components/schemas/Any'}";
        let post = format!(
            "{{{signature}requestBody: {{content: {{application/json: {{schema: {schema}}}}}}}, responses: {{'200': {{description: Read.}}}}}}"
        );
        let text =
            format!("paths: {{}}\nx-webhooks: {{{name}: {{post: {post}}}}}\ncomponents: {{schemas: {{Any: {{}}}}}}\n");
        test_fixtures::krate(&text)
    }

    fn emitted(signature: &str) -> Vec<String> {
        let found = items(&krate("paidOut", signature), |unit| receiver(unit, &unit.krate.webhooks[0]));
        assert_eq!(names(&found).len(), 2);
        found.iter().map(printed).collect()
    }

    #[test]
    fn a_signed_webhook_takes_secrets() {
        let texts = emitted(SIGNED);
        assert!(texts[0].contains("pub const PAID_OUT: WebhookSpec"), "{}", texts[0]);
        assert!(
            texts[0].contains(".signature(\"X-Signature\", SignatureAlgorithm::Base64Sha1SecretBodySecret)"),
            "{}",
            texts[0]
        );
        assert!(texts[1].contains("secrets: impl IntoIterator"), "{}", texts[1]);
        assert!(texts[1].contains("Receiver::new(PAID_OUT, secrets, handler)"), "{}", texts[1]);
    }

    #[test]
    fn each_algorithm_is_one_of_the_runtime() {
        for (stated, expected) in [
            (
                "algorithm: hmac-sha256-hex, prefix: sha256=",
                "HmacSha256 { encoding: SignatureEncoding::Hex, prefix: \"sha256=\", }",
            ),
            (
                "algorithm: hmac-sha256-base64, timestamp: X-Time, tolerance: 60",
                "TimestampedHmacSha256 { encoding: SignatureEncoding::Base64, prefix: \"\", timestamp: \"X-Time\", tolerance: 60, }",
            ),
            (
                "algorithm: standard-webhooks",
                "StandardWebhooks { id: \"webhook-id\", timestamp: \"webhook-timestamp\", tolerance: 300, }",
            ),
            ("algorithm: stripe", "Stripe { tolerance: 300, }"),
        ] {
            let krate = test_fixtures::krate(&format!(
                "paths: {{}}\nx-webhooks: {{paid: {{post: {{operationId: paid, x-specie-signature: {{header: webhook-signature, {stated}}}, \
                 requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Any'}}}}}}}}, responses: {{}}}}}}}}\n\
                 components: {{schemas: {{Any: {{}}}}}}\n"
            ));
            let found = items(&krate, |unit| receiver(unit, &unit.krate.webhooks[0]));
            let text = printed(&found[0]).split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains(&format!("SignatureAlgorithm::{expected}")), "{text}");
        }
    }

    #[test]
    fn another_method_and_other_statuses_are_facts_of_a_webhook() {
        for (responses, expected, taken) in [
            ("'204': {description: Read.}, '202': {description: Queued.}", "&[202, 204]", "200 or 202 or 204."),
            ("2XX: {description: Read.}, '204': {description: Read.}", "&[]", "a 2xx status."),
            ("'201': {description: Read.}, '200': {description: Read.}", "&[200, 201]", "200 or 201."),
        ] {
            let krate = test_fixtures::krate(&format!(
                "paths: {{}}\nx-webhooks: {{paid: {{put: {{requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Any'}}}}}}}}, \
                 responses: {{{responses}}}}}}}}}\ncomponents: {{schemas: {{Any: {{}}}}}}\n"
            ));
            let text = printed(&items(&krate, |unit| receiver(unit, &unit.krate.webhooks[0]))[0]);
            let expected = format!("WebhookSpec::new(\"paid\").method(\"PUT\").acknowledged_by({expected});");
            let text: String = text.split_whitespace().collect();
            assert!(text.contains(&expected.replace(' ', "")), "{text}");
            let sent = printed(&items(&krate, |unit| sender(unit, 1, &unit.krate.webhooks[0]))[0]);
            assert!(sent.contains(&format!("the receiver responded with {taken}")), "{sent}");
        }
    }

    #[test]
    fn an_unsigned_one_takes_none_and_says_so() {
        let texts = emitted("");
        assert!(texts[0].contains("WebhookSpec::new(\"paidOut\");"), "{}", texts[0]);
        assert!(!texts[1].contains("secrets:"), "{}", texts[1]);
        assert!(texts[1].contains("nothing proves the sender"), "{}", texts[1]);
        assert!(texts[1].contains("Receiver::unsigned(PAID_OUT, handler)"), "{}", texts[1]);
    }

    #[test]
    fn a_payload_is_sent_with_its_own_facts() {
        let found = items(&krate("type", ""), |unit| sender(unit, 1, &unit.krate.webhooks[0]));
        let text = printed(&found[0]);
        assert!(text.contains("pub async fn r#type("), "{text}");
        assert!(text.contains("payload: &Json,"), "{text}");
        assert!(text.contains("sender.send(&super::TYPE, url, payload).await"), "{text}");
    }

    #[test]
    fn credentials_are_facts_of_a_webhook_and_verified_by_what_its_receiver_is_given() {
        let krate = test_fixtures::krate(
            "paths: {}\nx-webhooks: {paid: {post: {security: [{key: []}], requestBody: {content: {application/json: {schema: \
             {$ref: '#/components/schemas/Any'}}}}, responses: {}}}}\n\
             components: {schemas: {Any: {}}, securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}\n",
        );
        let found = items(&krate, |unit| receiver(unit, &unit.krate.webhooks[0]));
        let texts: Vec<String> = found.iter().map(|item| printed(item).split_whitespace().collect()).collect();
        let security = ".security(&[SchemeSpec{key:\"key\",kind:SchemeKind::ApiKeyHeader(\"X-Key\")";
        assert!(texts[0].contains(security), "{}", texts[0]);
        assert!(texts[1].contains("authenticate:implFn(&[Presented])->bool"), "{}", texts[1]);
        assert!(texts[1].contains("Receiver::unsigned(PAID,handler).authenticated_by(authenticate)"), "{}", texts[1]);
    }
}
