//! `impl Operation`: the types of an operation and the facts of the document that the runtime acts on.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::context::OperationNames;
use super::rust_types::Unit;
use super::scope::ident;
use super::{errors, outputs, reconcile};
use crate::ir::{Idempotency, Operation, Outcome, Status};

/// `impl Operation` of a request struct.
pub(crate) fn operation(unit: &Unit<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let name = ident(&operation.type_name);
    let (operation_trait, spec) =
        (unit.scope.import("specie_runtime::Operation"), unit.scope.import("specie_runtime::OperationSpec"));
    let output = outputs::output_type(unit, operation, names);
    let error = errors::error_type(unit, operation, names);
    let method_type = unit.scope.import("specie_runtime::Method");
    let (id, method, path) =
        (Literal::string(&operation.id), ident(&operation.http_method), Literal::string(&operation.path));
    let steps = steps(unit, operation);
    quote! {
        impl #operation_trait for #name {
            type Output = #output;
            type Error = #error;
            const SPEC: &'static #spec = &#spec::new(#id, #method_type::#method, #path) #steps;
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
    let idempotency = idempotency(unit, operation);
    let outcomes = outcomes(unit, operation);
    let harmless = operation.harmless.then(|| quote!(.harmless()));
    let reconcile = reconcile::fact(unit, operation);
    quote!(#base #security #idempotency #outcomes #harmless #reconcile)
}

fn security(unit: &Unit<'_>, operation: &Operation) -> TokenStream {
    let schemes = &unit.context.api.schemes;
    let alternatives = operation.security.iter().map(|requirement| {
        let keys = requirement
            .schemes
            .iter()
            .filter_map(|(index, _)| schemes.get(*index))
            .map(|scheme| Literal::string(&scheme.key));
        quote!(&[#(#keys),*])
    });
    quote!(.security(&[#(#alternatives),*]))
}

/// What makes a repetition safe, unless the method says the same.
fn idempotency(unit: &Unit<'_>, operation: &Operation) -> Option<TokenStream> {
    let natural = matches!(operation.http_method.as_str(), "GET" | "HEAD" | "OPTIONS" | "TRACE" | "PUT" | "DELETE");
    let kind = match &operation.idempotency {
        Idempotency::Natural if natural => return None,
        Idempotency::None if !natural => return None,
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
    Some(quote!(.idempotency(#idempotency::#kind)))
}

/// What the document says that a status means for the operation.
fn outcomes(unit: &Unit<'_>, operation: &Operation) -> Option<TokenStream> {
    let rules: Vec<TokenStream> = operation
        .outcomes
        .iter()
        .filter_map(|rule| {
            let outcome = match rule.outcome {
                Outcome::Done => quote!(Done),
                Outcome::Refused => quote!(Refused),
                Outcome::Unknown => quote!(Unknown),
                Outcome::Duplicate => quote!(Duplicate),
                // Such an answer is neither good nor bad news: nothing was to happen.
                Outcome::None => return None,
            };
            let (range, outcome_type) = (status_range(unit, rule.status), unit.scope.import("specie_runtime::Outcome"));
            Some(quote!((#range, #outcome_type::#outcome)))
        })
        .collect();
    (!rules.is_empty()).then(|| quote!(.outcomes(&[#(#rules),*])))
}

/// A key of `responses` in the runtime's words.
pub(crate) fn status_range(unit: &Unit<'_>, status: Status) -> TokenStream {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::fixtures::{self, items};
    use crate::ir::{OutcomeRule, Requirement, Scheme, SchemeKind};

    #[test]
    fn only_what_is_not_assumed_is_written() {
        let mut api = fixtures::api();
        api.operations.push(fixtures::operation("Get", "GET", "/x"));
        api.operations.push(Operation {
            base: 1,
            security: vec![Requirement { schemes: vec![(0, Vec::new())] }, Requirement::default()],
            idempotency: Idempotency::Field { pointer: "/id".into(), duplicate: 409 },
            outcomes: vec![
                OutcomeRule { status: Status::Range(4), outcome: Outcome::Refused },
                OutcomeRule { status: Status::Code(404), outcome: Outcome::None },
            ],
            harmless: true,
            ..fixtures::operation("Pay", "POST", "/x")
        });
        api.schemes.push(Scheme {
            key: "basicAuth".into(),
            method_name: "basic_auth".into(),
            variant: "BasicAuth".into(),
            kind: SchemeKind::Basic,
            docs: crate::ir::Docs::default(),
        });
        let found =
            items(&api, |unit, _| unit.context.operations().map(|(of, names)| operation(unit, of, names)).collect());
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
                ".harmless();"
            ]
        );
    }
}
