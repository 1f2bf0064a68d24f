//! The diagnostics of planning: each problem's code, message and help, in one place.

use std::cmp::Ordering;

use crate::api::{RangeEnd, order};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, closest, quoted};
use crate::names::{Contender, distinguish};
use crate::source::Span;
use crate::strictness::Strictness;

/// Media types that are often meant where a similar one is written.
const MEDIA_TYPES: &[&str] =
    &["application/json", "application/x-www-form-urlencoded", "application/octet-stream", "text/plain"];

/// Why the pages of an operation cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoPages {
    /// The parameter that names the page is not a single value in the query.
    Parameter,
    /// There is not one documented success with a JSON body.
    Response,
    /// The pointer to the items does not lead through properties to a list, or to an item or a list of them.
    Items,
}

/// The problems found.
#[derive(Default)]
pub(super) struct Report {
    /// All of them.
    pub(super) diagnostics: Diagnostics,
}

impl Report {
    fn say(&mut self, severity: Severity, code: Code, span: Span, message: String, help: &str) -> &mut Diagnostic {
        self.diagnostics.push(Diagnostic::new(code, severity, message, span)).help(help)
    }

    fn warn(&mut self, code: Code, span: Span, message: String, help: &str) {
        self.say(Severity::Warning, code, span, message, help);
    }

    fn refuse(&mut self, code: Code, span: Span, message: String, help: &str) {
        self.say(Severity::Error, code, span, message, help);
    }

    /// Two names became one identifier and were told apart.
    pub(super) fn name_collision(&mut self, wish: &str, name: &str, holder: Option<Span>, span: Span) {
        let message = format!("the name `{wish}` is taken already; this one becomes `{name}`");
        let help = "rename one of the two, so that neither name depends on the other";
        let found = self.say(Severity::Warning, Code::NameCollision, span, message, help);
        if let Some(holder) = holder {
            found.label(holder, "this one has the name");
        }
    }

    /// The names of what stands side by side, each at its place; says which of them are another's.
    pub(super) fn told_apart(&mut self, all: &[(Contender, Span)], reserved: &[&str]) -> Vec<String> {
        let contenders: Vec<Contender> = all.iter().map(|(one, _)| one.clone()).collect();
        let found = distinguish(&contenders, reserved);
        for ((one, span), found) in all.iter().zip(&found) {
            if let Some((_, holder)) = found.holder.and_then(|holder| all.get(holder)) {
                self.name_collision(one.wish(), &found.name, Some(*holder), *span);
            }
        }
        found.into_iter().map(|found| found.name).collect()
    }

    /// `x-specie-sensitive` on an object with properties, a list, an enum or a union.
    pub(super) fn sensitive_composite(&mut self, span: Span) {
        let message = "only a scalar or a free object can be a secret, or be said to be none".to_owned();
        self.refuse(Code::SensitiveComposite, span, message, "mark the fields in question instead");
    }

    /// A branch of a union whose values are all read as another one.
    pub(super) fn ambiguous_union(&mut self, name: &str, span: Span, first: Span) {
        let message = format!("every value of this branch is read as `{name}`, the branch that stands before it");
        let help = "let each branch require a property with a value of its own, or let the narrower one stand first";
        self.say(Severity::Warning, Code::AmbiguousUnion, span, message, help).label(first, "the other branch");
    }

    /// `anyOf` of objects of which several may hold for one value.
    pub(super) fn overlapping_branches(&mut self, span: Span, one: Span, other: Span) {
        let message =
            "a value of several of these objects is read as one of them, without the properties of the others";
        let help = "put the properties into one object, or write `oneOf` with a property that tells the objects apart";
        let found = self.say(Severity::Warning, Code::OverlappingBranches, span, message.to_owned(), help);
        found.label(one, "a value may be of this one").label(other, "and of this one");
    }

    /// `enum` with values that the type of the schema does not have.
    pub(super) fn values_not_checked(&mut self, kind: &str, span: Span) {
        let message = format!("the listed values of this {kind} are documented but not checked");
        self.warn(
            Code::ValuesNotChecked,
            span,
            message,
            "list values of which the type keeps all: a server checks those",
        );
    }

    /// A bound that allows more than the type of the value holds.
    pub(super) fn bound_beyond_type(&mut self, side: RangeEnd, (stated, limit): (&str, &str), span: Span) {
        let name = match side {
            RangeEnd::Lower => "minimum",
            RangeEnd::Upper => "maximum",
        };
        let beyond = beyond(stated, limit);
        let message = format!("`{name}` is {stated}, and no value {beyond} {limit} can be read");
        let help = "state the bound that the API keeps to, or a `format` of a wider integer";
        self.warn(Code::BoundBeyondType, span, message, help);
    }

    /// A default or an example that the type of the value does not hold.
    pub(super) fn value_beyond_type(&mut self, (stated, limit): (&str, &str), span: Span) {
        let message =
            format!("{stated} is a default or an example, and no value {} {limit} can be read", beyond(stated, limit));
        let help = "correct the value, state both bounds, or leave both out: a `LongDecimal` then holds the value";
        self.warn(Code::BoundBeyondType, span, message, help);
    }

    /// More parts than a crate may have.
    pub(super) fn too_many_parts(&mut self, most: usize, span: Span) {
        let message =
            format!("with this, the API has more than {most} types, fields, values, parameters and responses");
        let help = "split the document; what `allOf` takes over, and what operations have in common, counts each time";
        self.refuse(Code::TooLarge, span, message, help);
    }

    /// One schema or operation has too many parts.
    pub(super) fn too_many_parts_of_one(&mut self, most: usize, span: Span) {
        let message = format!("this has more than {most} parts");
        self.refuse(Code::TooLarge, span, message, "split it, or describe it by a list or a map");
    }

    /// Too many lists, maps and references stand inside each other before one names a type.
    pub(super) fn nested_too_deep(&mut self, most: usize, span: Span) {
        let message = format!("more than {most} lists, maps and references are nested here");
        self.refuse(Code::TooDeep, span, message, "put an object with a property between them");
    }

    /// A header that OpenAPI does not let parameters describe.
    pub(super) fn header_not_a_parameter(&mut self, name: &str, span: Span) {
        let message = format!("the header `{name}` cannot be a parameter; it is ignored (OpenAPI 3.0.4, 4.7.12.1)");
        self.warn(Code::HeaderNotAParameter, span, message, "describe it by the media types or a security scheme");
    }

    /// A parameter with `content` of a media type that has no text.
    pub(super) fn parameter_content(&mut self, name: &str, span: Span) {
        let message = format!("the parameter `{name}` has `content` that cannot be written yet");
        self.refuse(Code::UnsupportedParameter, span, message, "use JSON, or give it a `schema` and a `style`");
    }

    /// A list of lists or of objects, whose items are given as texts.
    pub(super) fn nested_parameter(&mut self, name: &str, span: Span) {
        let message = format!(
            "the items of the parameter `{name}` are lists or objects, which its style cannot carry; each is given as a text"
        );
        let help = "in a query, give it the style `deepObject`; or describe it as JSON under `content`";
        self.warn(Code::UnsupportedParameter, span, message, help);
    }

    /// A parameter with a secret that is a list or an object.
    pub(super) fn parameter_object(&mut self, name: &str, span: Span) {
        let message =
            format!("the parameter `{name}` holds a secret that is a list or an object, which its style cannot carry");
        self.refuse(
            Code::UnsupportedParameter,
            span,
            message,
            "in a query, give it the style `deepObject`; or describe it as JSON under `content`",
        );
    }

    /// A request body that is given as bytes.
    pub(super) fn request_as_bytes(&mut self, name: &str, span: Span) {
        let message = format!("a request body of the media type `{name}` is given as bytes");
        let help = "document JSON, a form or text where the API takes it";
        let found = self.say(Severity::Warning, Code::UnsupportedMediaType, span, message, help);
        if let Some(meant) = closest(name, MEDIA_TYPES.iter().copied()) {
            found.suggest(format!("did you mean `{meant}`?"));
        }
    }

    /// A further media type beside the one that is generated.
    pub(super) fn further_media_type(&mut self, name: &str, chosen: &str, span: Span) {
        let message = format!("`{name}` is left out; `{chosen}` is generated");
        let help = "keep one media type, or give this one a schema of its own";
        self.warn(Code::FurtherMediaType, span, message, help);
    }

    /// A request body of any media type whose schema is read as JSON.
    pub(super) fn range_as_json(&mut self, name: &str, span: Span) {
        let message = format!("a request body of the media type `{name}` is taken as JSON alone");
        self.warn(Code::UnsupportedMediaType, span, message, "list the media types that the API takes");
    }

    /// A response that is given as bytes.
    pub(super) fn response_as_bytes(&mut self, name: &str, span: Span) {
        let message = format!("a response of the media type `{name}` is given as bytes");
        self.warn(Code::ResponseAsBytes, span, message, "document JSON, a form or text where the API sends it");
    }

    /// A 1xx response.
    pub(super) fn interim_response(&mut self, status: &str, span: Span) {
        let message = format!("`{status}` is an interim response, which no client sees; it is left out");
        self.warn(Code::InterimResponse, span, message, "document the final responses only");
    }

    /// A text that names no HTTP authentication scheme.
    pub(super) fn security_scheme(&mut self, name: &str, scheme: &str, span: Span) {
        let message =
            format!("the security scheme `{name}` uses `{scheme}`, which is no name of an HTTP authentication scheme");
        self.refuse(
            Code::UnsupportedSecurity,
            span,
            message,
            "write `basic`, `bearer`, or another name without spaces",
        );
    }

    /// A security scheme that does not say how its credentials travel.
    pub(super) fn nameless_scheme(&mut self, name: &str, kind: &str, missing: &str, span: Span) {
        let message = format!("the security scheme `{name}` with `type: {kind}` has no {missing}");
        self.refuse(
            Code::UnsupportedSecurity,
            span,
            message,
            "write what is missing: it says how the credentials travel",
        );
    }

    /// An HTTP authentication scheme that is not carried out.
    pub(super) fn security_by_caller(&mut self, name: &str, scheme: &str, span: Span) {
        let message = format!(
            "the security scheme `{name}` uses `{scheme}`, whose `Authorization` header the caller has to write"
        );
        self.warn(
            Code::UnsupportedSecurity,
            span,
            message,
            "set it on the client's builder, or for a call by `Call::header`",
        );
    }

    /// A certificate of the client.
    pub(super) fn mutual_tls(&mut self, name: &str, span: Span) {
        let message = format!(
            "the security scheme `{name}` is a certificate of the client, which the connection carries and no request"
        );
        self.warn(
            Code::UnsupportedSecurity,
            span,
            message,
            "give the client a transport that has the certificate, and let the server's listener ask for it",
        );
    }

    /// Pages that cannot be read as the document says.
    pub(super) fn pagination(&mut self, reason: NoPages, span: Span) {
        let (message, help) = match reason {
            NoPages::Parameter => (
                "the parameter that names the page is not a single value in the query",
                "name a query parameter with a scalar schema",
            ),
            NoPages::Response => {
                ("pages are read from one documented success with a JSON body", "document one 2xx response, as JSON")
            }
            NoPages::Items => ("this leads to no list", "point through properties of objects at the array of items"),
        };
        self.refuse(Code::UnsupportedPagination, span, message.to_owned(), help);
    }

    /// A webhook without a component as payload: free JSON in documents by others.
    pub(super) fn webhook_payload(&mut self, strictness: Strictness, span: Span) {
        let message = "a webhook's payload has to be a JSON body with a component schema".to_owned();
        let help = "put the schema under `components/schemas` and refer to it";
        self.say(strictness.severity(), Code::WebhookPayload, span, message, help);
    }

    /// Properties beside the envelope's first key.
    pub(super) fn envelope_root(&mut self, span: Span) {
        let message = "the envelope has properties beside its first key".to_owned();
        self.refuse(Code::EnvelopeShape, span, message, "an envelope starts as an object with one property");
    }

    /// An envelope key that the schema does not have.
    pub(super) fn envelope_path(&mut self, key: &str, span: Span) {
        let message = format!("the envelope names `{key}`, which the schema does not have");
        self.refuse(Code::EnvelopeShape, span, message, "name the properties from the body's root, separated by dots");
    }

    /// A property of an envelope that is not a constant.
    pub(super) fn envelope_constant(&mut self, name: &str, span: Span) {
        let message = format!("`{name}` stands in an envelope and is not a constant");
        self.refuse(
            Code::EnvelopeShape,
            span,
            message,
            "give it an `enum` of one string, or take `x-specie-envelope` away",
        );
    }

    /// A keyword whose values are typed without it.
    pub(super) fn unchecked_keyword(&mut self, keyword: &str, place: Span) {
        let message = format!("`{keyword}` is documented but not checked");
        let help = "say what it means by type, format, length or bounds, which are checked";
        self.diagnostics.push(Diagnostic::new(Code::UncheckedKeyword, Severity::Warning, message, place)).help(help);
    }

    /// A keyword of bytes that are handed on as they come.
    pub(super) fn unchecked_bytes(&mut self, keyword: &str, place: Span) {
        let message = format!("`{keyword}` of a file is documented but not checked");
        self.warn(Code::UncheckedKeyword, place, message, "check it where the bytes are read");
    }

    /// A part of an operation that nothing is generated for.
    pub(super) fn not_generated(&mut self, what: &str, place: Span, help: &str) {
        let message = format!("nothing is generated for {what}");
        self.diagnostics.push(Diagnostic::new(Code::NotGenerated, Severity::Warning, message, place)).help(help);
    }

    /// A webhook that carries nothing.
    pub(super) fn bodiless_webhook(&mut self, name: &str, method: &str, place: Span) {
        let what = format!("the webhook {}, which is sent by `{method}` without a body", quoted(name));
        self.not_generated(&what, place, "write the route that answers it by hand");
    }

    /// A default of a property of a type that bodies of PATCH and of other methods hold.
    pub(super) fn unfilled_default(&mut self, property: &str, place: Span) {
        let what = format!("the default of {}, because bodies of PATCH hold its object, too", quoted(property));
        self.not_generated(&what, place, "give the bodies of PATCH a schema of their own");
    }

    /// The address of a callback that the types of its operation do not hold.
    pub(super) fn callback_address(&mut self, expression: &str, reason: &str, place: Span) {
        let help = "give the sender the address as the request or the response has it";
        let what = format!("the address of a callback ({}: {reason})", quoted(expression));
        self.not_generated(&what, place, help);
    }

    /// A link that the types of the two operations do not hold.
    pub(super) fn link(&mut self, name: &str, reason: &str, place: Span) {
        let help =
            "the operation that a link names can be called as it is; the documentation says what the link gives it";
        self.not_generated(&format!("the link {} ({reason})", quoted(name)), place, help);
    }

    /// A header of a response that no field is generated for.
    pub(super) fn untyped_header(&mut self, name: &str, place: Span) {
        let help = "read it by name from the headers of `detailed()`; where its form is not known, give it a `schema` with a type";
        self.not_generated(&format!("the response header {}", quoted(name)), place, help);
    }

    /// A header of a response that HTTP has its own use for.
    pub(super) fn header_of_http(&mut self, name: &str, place: Span) {
        let help = "HTTP has its own use for it: read it by name from the headers of `detailed()`";
        self.not_generated(&format!("the response header {}", quoted(name)), place, help);
    }

    /// A response header whose name differs from that of an earlier one in letter case only.
    pub(super) fn repeated_header(&mut self, name: &str, first: &str, place: Span) {
        let help =
            format!("{} is the same header (RFC 9110 section 5.1), and counts: leave this one out", quoted(first));
        self.not_generated(&format!("the response header {}", quoted(name)), place, &help);
    }

    /// Reports an encoding of a form property that is not followed.
    pub(super) fn unread_encoding(&mut self, what: &str, property: &str, place: Span, help: &str) {
        self.not_generated(&format!("the {what} of {} in a form", quoted(property)), place, help);
    }
}

/// Warns of `x-specie-name` on what has no name in the generated crate.
pub(super) fn names_without_effect(strictness: Strictness, spans: impl Iterator<Item = Span>) -> Diagnostics {
    let mut report = Report::default();
    for span in spans {
        let message = "nothing that is generated has this name".to_owned();
        let help = "put it on an operation, on a property, or on a schema that becomes a struct, an enum or a union";
        report.say(strictness.severity(), Code::MisplacedExtension, span, message, help);
    }
    report.diagnostics
}

/// Whether a stated bound is below or above the limit of its type.
fn beyond(stated: &str, limit: &str) -> &'static str {
    if order(stated, limit) == Ordering::Less { "below" } else { "above" }
}
