//! `x-specie-reconcile`: how the runtime asks whether an operation happened, and which calls may be told to.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::context::Context;
use super::docs;
use super::rust_types::Unit;
use super::scope::ident;
use crate::ir::{MediaKind, Operation, Parameter, ParameterPlace, Reconcile, Status};

/// What asking consists of, if the document declares it and both operations have what it takes.
struct Asking<'a> {
    how: &'a Reconcile,
    lookup: &'a Operation,
    parameter: &'a Parameter,
    /// The status of the success that holds the resource.
    success: u16,
}

fn asking<'a>(context: &Context<'a>, operation: &'a Operation) -> Option<Asking<'a>> {
    let how = operation.reconcile.as_ref()?;
    let lookup = context.api.operations.iter().find(|other| other.type_name == how.operation)?;
    let parameter = lookup.parameters.iter().find(|parameter| parameter.wire == how.parameter)?;
    let success = operation.successes.iter().find_map(|reply| match (reply.status, &reply.body) {
        (Status::Code(code), Some((MediaKind::Json, _, _))) => Some(code),
        _ => None,
    })?;
    Some(Asking { how, lookup, parameter, success })
}

/// `.reconcile(…)` among the facts of an operation.
pub(crate) fn fact(unit: &Unit<'_>, operation: &Operation) -> Option<TokenStream> {
    let Asking { how, lookup, parameter, success } = asking(unit.context, operation)?;
    let (spec, answer) =
        (unit.scope.import("specie_runtime::ReconcileSpec"), unit.scope.import("specie_runtime::LookupAnswer"));
    let place = unit.scope.import("specie_runtime::LookupParameter");
    let operation_trait = unit.scope.import("specie_runtime::Operation");
    let (lookup, name, value) =
        (ident(&lookup.type_name), Literal::string(&parameter.wire), Literal::string(&how.value));
    let variant = match parameter.place {
        ParameterPlace::Path => quote!(Path),
        ParameterPlace::Query => quote!(Query),
        ParameterPlace::Header => quote!(Header),
        ParameterPlace::Cookie => quote!(Cookie),
    };
    let matches = Literal::string(&how.matches);
    let find = how.items.as_ref().map_or_else(
        || quote!(#answer::One(#matches)),
        |items| {
            let items = Literal::string(items);
            quote!(#answer::Among { items: #items, matches: #matches })
        },
    );
    let agree = how.agree.iter().map(|(request, found)| {
        let (request, found) = (Literal::string(request), Literal::string(found));
        quote!((#request, #found))
    });
    let (success, resource) = (Literal::u16_unsuffixed(success), Literal::string(&how.resource));
    let identity = how.identity.as_ref().map(|identity| {
        let identity = Literal::string(identity);
        quote!(.identity(#identity))
    });
    let settling = how.settling.map(|seconds| {
        let (duration, seconds) = (unit.scope.import("std::time::Duration"), Literal::u64_unsuffixed(seconds));
        quote!(.settling(#duration::from_secs(#seconds)))
    });
    Some(quote! {
        .reconcile(&#spec::new(<#lookup as #operation_trait>::SPEC, #place::#variant(#name), #value)
            .find(#find)
            .agree(&[#(#agree),*])
            .resource(#success, #resource)
            #identity
            #settling)
    })
}

/// `Invoke::LOOKUP`: how the answers of the operation that asks are read.
pub(crate) fn lookup(unit: &Unit<'_>, operation: &Operation) -> Option<TokenStream> {
    let Asking { lookup, .. } = asking(unit.context, operation)?;
    let (option, of) = (unit.scope.prelude("Option"), unit.scope.import("specie_runtime::client::LookupOperation"));
    let is_paged = lookup.pagination.is_some() && matches!(lookup.page_items(unit.context.api), Some(Ok(_)));
    let (how, lookup) = (ident(if is_paged { "paged" } else { "of" }), ident(&lookup.type_name));
    Some(quote!(const LOOKUP: #option<#of> = Some(#of::#how::<#lookup>());))
}

/// `impl Reconcilable`, which gives calls of the operation `.reconciled()`.
pub(crate) fn marker(unit: &Unit<'_>, operation: &Operation) -> Option<TokenStream> {
    asking(unit.context, operation)?;
    let (reconcilable, name) = (unit.scope.import("specie_runtime::client::Reconcilable"), ident(&operation.type_name));
    Some(quote!(impl #reconcilable for #name {}))
}

/// What the documentation of the request says about it.
pub(crate) fn words(context: &Context<'_>, operation: &Operation) -> Option<String> {
    let Asking { how, lookup, .. } = asking(context, operation)?;
    let fields: Vec<String> = how.agree.iter().map(|(request, _)| docs::code(request)).collect();
    let agreeing = if fields.is_empty() { String::new() } else { format!(", if {} agree", fields.join(" and ")) };
    let lookup = &lookup.type_name;
    Some(format!(
        "Whether it happened can be asked: `.reconciled()` looks it up with [`{lookup}`] and returns what is there{agreeing}."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::fixtures::{self, items};
    use crate::ir::{Constraints, Docs, ParameterStyle, Reply, TypeRef};

    fn api() -> crate::ir::Api {
        let mut api = fixtures::api();
        let text = || TypeRef::String;
        api.operations.push(Operation {
            parameters: vec![Parameter {
                name: "reference".into(),
                wire: "filter[reference]".into(),
                place: ParameterPlace::Query,
                any_path: false,
                style: ParameterStyle::Scalar,
                ty: text(),
                required: false,
                docs: Docs::default(),
                constraints: Constraints::default(),
            }],
            ..fixtures::operation("ListPayouts", "GET", "/payouts")
        });
        api.operations.push(Operation {
            successes: vec![Reply {
                body: Some((MediaKind::Json, "application/json".into(), text())),
                ..fixtures::reply(Status::Code(201), "Created")
            }],
            reconcile: Some(Reconcile {
                operation: "ListPayouts".into(),
                parameter: "filter[reference]".into(),
                value: "/reference".into(),
                items: Some("/data".into()),
                matches: "/reference".into(),
                agree: vec![("/amount".into(), "/sum".into())],
                resource: "/data".into(),
                identity: Some("/id".into()),
                settling: Some(60),
            }),
            ..fixtures::operation("Pay", "POST", "/payouts")
        });
        api
    }

    #[test]
    fn asking_is_a_fact_of_the_operation_and_marks_its_calls() {
        let api = api();
        let facts = |unit: &Unit<'_>| -> Vec<String> {
            let each = unit.context.operations();
            each.map(|(operation, _)| fact(unit, operation).map_or_else(String::new, |tokens| tokens.to_string()))
                .collect()
        };
        let markers = items(&api, |unit, _| {
            let [list, pay] = facts(unit).try_into().unwrap();
            assert_eq!(list, "");
            assert!(pay.contains("< ListPayouts as Operation > :: SPEC"), "{pay}");
            assert!(pay.contains("Query (\"filter[reference]\")"), "{pay}");
            assert!(
                pay.ends_with(
                    ". resource (201 , \"/data\") . identity (\"/id\") . settling (Duration :: from_secs (60)))"
                ),
                "{pay}"
            );
            let lookups: Vec<_> = unit.context.operations().filter_map(|(of, _)| lookup(unit, of)).collect();
            assert_eq!(lookups.len(), 1);
            assert!(lookups[0].to_string().ends_with("= Some (LookupOperation :: of :: < ListPayouts > ()) ;"));
            unit.context.operations().filter_map(|(operation, _)| marker(unit, operation)).collect()
        });
        assert_eq!(fixtures::names(&markers), ["impl Reconcilable for Pay"]);
    }

    #[test]
    fn what_cannot_be_asked_is_not_promised() {
        let mut api = api();
        api.operations[0].parameters.clear();
        let found = items(&api, |unit, _| {
            unit.context.operations().flat_map(|(of, _)| [fact(unit, of), marker(unit, of)]).flatten().collect()
        });
        assert!(found.is_empty());
    }
}
