//! `impl Operation`: the types of an operation, and what the document says that the runtime acts on.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::media;
use super::responses::{error_type, output_type};
use crate::emit::rust_types::Unit;
use crate::emit::scope::ident;
use crate::rust::{
    Field, Find, Idempotency, Operation, Outcome, Parameter, ParameterKind, ParameterPlace, Presence, Reconcile,
    Safety, Status, Style,
};

/// `impl Operation` of a request struct.
pub(super) fn operation(unit: &Unit<'_>, operation: &Operation) -> TokenStream {
    let name = ident(&operation.request.name);
    let (operation_trait, spec) =
        (unit.scope.import("specie_runtime::Operation"), unit.scope.import("specie_runtime::OperationSpec"));
    let (output, error) = (output_type(unit, &operation.success), error_type(unit, operation));
    let (id, path) = (Literal::string(&operation.id), Literal::string(&operation.path));
    let new = if operation.has_method_constant {
        let (method_type, method) = (unit.scope.import("specie_runtime::Method"), ident(&operation.http_method));
        quote!(#spec::new(#id, #method_type::#method, #path))
    } else {
        let method = Literal::string(&operation.http_method);
        quote!(#spec::named(#id, #method, #path))
    };
    let steps = steps(unit, operation);
    quote! {
        impl #operation_trait for #name {
            type Output = #output;
            type Error = #error;
            const SPEC: &'static #spec = &#new #steps;
        }
    }
}

/// The calls that add what is not as the runtime assumes.
fn steps(unit: &Unit<'_>, operation: &Operation) -> TokenStream {
    let base = (operation.base != 0).then(|| {
        let base = Literal::usize_unsuffixed(operation.base);
        quote!(.base(#base))
    });
    let security = (!operation.security.is_empty()).then(|| security(unit, operation));
    let idempotency = (!operation.idempotency_is_implied).then(|| idempotency(unit, &operation.idempotency));
    let outcomes = outcomes(unit, operation);
    let safe = (operation.safety == Safety::Stated).then(|| quote!(.safe()));
    let reconcile = operation.reconcile.as_ref().map(|stated| reconcile(unit, stated));
    let parameters = parameters(unit, operation);
    let responses = media::responses(unit, operation);
    quote!(#parameters #base #security #idempotency #outcomes #safe #reconcile #responses)
}

/// The table of parameters, in the order of the fields.
fn parameters(unit: &Unit<'_>, operation: &Operation) -> Option<TokenStream> {
    let rows: Vec<TokenStream> =
        operation.parameters().map(|(field, parameter)| self::parameter(unit, field, parameter)).collect();
    (!rows.is_empty()).then(|| quote!(.parameters(&[#(#rows),*])))
}

/// One row, with what is not as its place implies.
pub(super) fn parameter(unit: &Unit<'_>, field: &Field, stated: &Parameter) -> TokenStream {
    let spec = unit.scope.import("specie_runtime::ParameterSpec");
    let (name, format) = (Literal::string(&field.wire), &stated.format);
    let place = ident(match stated.place {
        ParameterPlace::Path => "path",
        ParameterPlace::Query => "query",
        ParameterPlace::QueryString => "query_string",
        ParameterPlace::Header => "header",
        ParameterPlace::Cookie => "cookie",
    });
    let kind = kind(&format.kind);
    let style = ((format.style, format.explode) != stated.place.default_style()).then(|| {
        let (style, explode) = (style(unit, format.style), format.explode);
        quote!(.style(#style, #explode))
    });
    let is_required = field.presence == Presence::Required && stated.place != ParameterPlace::Path;
    let required = is_required.then(|| quote!(.required()));
    let reserved = format.allow_reserved.then(|| quote!(.allow_reserved()));
    let any_path = stated.any_path.then(|| quote!(.any_path()));
    quote!(#spec::#place(#name) #kind #style #required #reserved #any_path)
}

fn kind(kind: &ParameterKind) -> TokenStream {
    match kind {
        ParameterKind::Scalar => TokenStream::new(),
        ParameterKind::List => quote!(.list()),
        ParameterKind::Object { properties, open } => {
            let properties = properties.iter().map(|name| Literal::string(name));
            let method = ident(if *open { "open_object" } else { "object" });
            quote!(.#method(&[#(#properties),*]))
        }
        ParameterKind::Any => quote!(.any()),
        ParameterKind::Json => quote!(.json()),
    }
}

fn style(unit: &Unit<'_>, style: Style) -> TokenStream {
    let of = unit.scope.import("specie_runtime::Style");
    let variant = match style {
        Style::Matrix => quote!(Matrix),
        Style::Label => quote!(Label),
        Style::Simple => quote!(Simple),
        Style::Form => quote!(Form),
        Style::SpaceDelimited => quote!(SpaceDelimited),
        Style::PipeDelimited => quote!(PipeDelimited),
        Style::DeepObject => quote!(DeepObject),
        Style::Cookie => quote!(Cookie),
    };
    quote!(#of::#variant)
}

fn security(unit: &Unit<'_>, operation: &Operation) -> TokenStream {
    let alternatives = operation.security.iter().map(|requirement| {
        let schemes = requirement.schemes.iter().filter_map(|(index, _)| unit.krate.schemes.get(*index));
        let keys = schemes.map(|scheme| Literal::string(&scheme.key));
        quote!(&[#(#keys),*])
    });
    quote!(.security(&[#(#alternatives),*]))
}

/// What makes a repetition safe.
fn idempotency(unit: &Unit<'_>, stated: &Idempotency) -> TokenStream {
    let kind = match stated {
        Idempotency::Natural => quote!(Natural),
        Idempotency::None => quote!(None),
        Idempotency::Header(name) => {
            let name = Literal::string(name);
            quote!(Header(#name))
        }
        Idempotency::Field { pointer, duplicate } => {
            let (pointer, duplicate) = (Literal::string(pointer), Literal::u16_unsuffixed(*duplicate));
            quote!(Field { pointer: #pointer, duplicate: #duplicate })
        }
    };
    let idempotency = unit.scope.import("specie_runtime::Idempotency");
    quote!(.idempotency(#idempotency::#kind))
}

/// What the document says that a status means for the operation.
fn outcomes(unit: &Unit<'_>, operation: &Operation) -> Option<TokenStream> {
    let rules: Vec<TokenStream> = operation
        .outcomes
        .iter()
        .filter_map(|(status, outcome)| {
            let outcome = match outcome {
                Outcome::Done => quote!(Done),
                Outcome::Refused => quote!(Refused),
                Outcome::Unknown => quote!(Unknown),
                Outcome::Duplicate => quote!(Duplicate),
                // Nothing was to happen, so there is no outcome.
                Outcome::None => return None,
            };
            let (range, outcome_type) = (status_range(unit, *status), unit.scope.import("specie_runtime::Outcome"));
            Some(quote!((#range, #outcome_type::#outcome)))
        })
        .collect();
    (!rules.is_empty()).then(|| quote!(.outcomes(&[#(#rules),*])))
}

/// A key of `responses` in the runtime's words.
pub(in crate::emit) fn status_range(unit: &Unit<'_>, status: Status) -> TokenStream {
    let range = unit.scope.import("specie_runtime::StatusRange");
    match status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#range::Code(#code))
        }
        Status::Range(digit) => {
            let digit = Literal::u8_unsuffixed(digit);
            quote!(#range::Range(#digit))
        }
        Status::Default => quote!(#range::Default),
    }
}

/// How to ask whether the operation happened.
fn reconcile(unit: &Unit<'_>, stated: &Reconcile) -> TokenStream {
    let (spec, answer) =
        (unit.scope.import("specie_runtime::ReconcileSpec"), unit.scope.import("specie_runtime::LookupResponse"));
    let operation_trait = unit.scope.import("specie_runtime::Operation");
    let (lookup, index, value) =
        (ident(&stated.lookup), Literal::usize_unsuffixed(stated.index), Literal::string(&stated.value));
    let find = match &stated.find {
        Find::One { matches } => {
            let matches = Literal::string(matches);
            quote!(#answer::One(#matches))
        }
        Find::Among { items, matches } => {
            let (items, matches) = (Literal::string(items), Literal::string(matches));
            quote!(#answer::Among { items: #items, matches: #matches })
        }
    };
    let agree = stated.agree.iter().map(|(request, found)| {
        let (request, found) = (Literal::string(request), Literal::string(found));
        quote!((#request, #found))
    });
    let (success, resource) = (Literal::u16_unsuffixed(stated.success), Literal::string(&stated.resource));
    let identity = stated.identity.as_ref().map(|identity| {
        let identity = Literal::string(identity);
        quote!(.identity(#identity))
    });
    let settling = stated.settling.map(|seconds| {
        let (duration, seconds) = (unit.scope.import("std::time::Duration"), Literal::u64_unsuffixed(seconds));
        quote!(.settling(#duration::from_secs(#seconds)))
    });
    quote! {
        .reconcile(&#spec::new(<#lookup as #operation_trait>::SPEC, #index, #value)
            .find(#find)
            .agree(&[#(#agree),*])
            .resource(#success, #resource)
            #identity
            #settling)
    }
}

#[cfg(test)]
mod tests {
    use super::operation;
    use crate::emit::fixtures::{self, items};
    use crate::rust::Crate;

    #[test]
    fn only_what_is_not_assumed_is_written() {
        let krate = fixtures::krate(
            "servers: [{url: 'https://a.example'}]\n\
             paths:\n  /x:\n    get: {operationId: Get, responses: {}}\n\
             \x20   post:\n      operationId: Pay\n      servers: [{url: 'https://b.example'}]\n\
             \x20     security: [{basicAuth: []}, {}]\n\
             \x20     x-specie-idempotency: {field: /id, duplicate: 409}\n      x-specie-outcome: none\n\
             \x20     responses:\n        4XX: {description: '', x-specie-outcome: refused}\n\
             \x20       '404': {description: '', x-specie-outcome: none}\n\
             components: {securitySchemes: {basicAuth: {type: http, scheme: basic}}}\n",
        );
        let found = items(&krate, |unit| unit.krate.operations.iter().map(|of| operation(unit, of)).collect());
        let texts: Vec<String> = found.iter().map(fixtures::printed).collect();
        assert!(texts[0].contains("= &OperationSpec::new(\"Get\", Method::GET, \"/x\");\n"), "{}", texts[0]);
        let steps: Vec<&str> = texts[1].lines().map(str::trim).filter(|line| line.starts_with('.')).collect();
        assert_eq!(
            steps,
            [
                ".base(1)",
                ".security(&[&[\"basicAuth\"], &[]])",
                ".idempotency(Idempotency::Field {",
                ".outcomes(&[(StatusRange::Range(4), Outcome::Refused)])",
                ".safe();"
            ]
        );
    }

    /// The runtime knows which methods are safe, so only another method says so, where the document states it.
    #[test]
    fn safety_is_printed_only_where_the_method_does_not_imply_it() {
        let methods = ["get", "head", "options", "trace", "query", "put", "post", "patch", "delete"];
        let stated =
            methods.map(|method| format!("    {method}: {{x-specie-outcome: none, responses: {{}}}}\n")).concat();
        let document = format!("openapi: 3.2.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /x:\n{stated}");
        let specs = specs(&fixtures::whole(&document));
        assert_eq!(specs.len(), methods.len());
        let is_printed = |method: &&str| {
            let named = format!("Method::{},", method.to_uppercase());
            specs.iter().any(|spec| spec.contains(&named) && spec.contains(".safe()"))
        };
        assert_eq!(methods.iter().copied().filter(is_printed).collect::<Vec<_>>(), ["put", "post", "patch", "delete"]);
    }

    /// An operation that says how it is asked for, and the one that asks with some parameters.
    fn asking(parameters: &str) -> Crate {
        let json = "content: {application/json: {schema: {type: string}}}";
        fixtures::krate(&format!(
            "paths:\n  /payouts:\n    get: {{operationId: ListPayouts, parameters: [{parameters}], responses: {{}}}}\n\
             \x20   post:\n      operationId: Pay\n\
             \x20     x-specie-reconcile: {{operation: ListPayouts, parameter: 'filter[reference]', value: /reference, \
             find: {{items: /data, match: /reference}}, agree: [{{request: /amount, answer: /sum}}], resource: /data, identity: /id, settling: 60}}\n\
             \x20     responses: {{'201': {{description: '', {json}}}}}\n"
        ))
    }

    fn specs(krate: &Crate) -> Vec<String> {
        let found = items(krate, |unit| unit.krate.operations.iter().map(|of| operation(unit, of)).collect());
        found.iter().map(fixtures::printed).collect()
    }

    #[test]
    fn asking_is_part_of_the_specification() {
        let specs = specs(&asking("{name: 'filter[reference]', in: query, schema: {type: string}}"));
        assert!(!specs[0].contains("reconcile"), "{}", specs[0]);
        assert!(specs[0].contains(".parameters(&[ParameterSpec::query(\"filter[reference]\")])"), "{}", specs[0]);
        for expected in [
            "<ListPayouts as Operation>::SPEC",
            "<ListPayouts as Operation>::SPEC, 0, \"/reference\")",
            ".resource(201, \"/data\")",
            ".identity(\"/id\")",
            ".settling(Duration::from_secs(60))",
        ] {
            assert!(specs[1].contains(expected), "{}", specs[1]);
        }
    }

    #[test]
    fn what_cannot_be_asked_is_not_promised() {
        assert!(specs(&asking("")).iter().all(|spec| !spec.contains("reconcile")));
    }
}
