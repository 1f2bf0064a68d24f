//! The parameters in the table of an operation.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::constraints;
use crate::emit::imports::{braced, ident};
use crate::emit::rust_types::Unit;
use crate::rust::{Field, Operation, Parameter, ParameterKind, ParameterLocation, Style};

/// The parameters, in the order of the fields.
pub(super) fn parameters(unit: &Unit<'_>, operation: &Operation) -> Option<TokenStream> {
    let rows: Vec<TokenStream> =
        operation.parameters().map(|(field, parameter)| checked_parameter(unit, field, parameter)).collect();
    (!rows.is_empty()).then(|| {
        let rows = braced(rows);
        quote!(parameters: #rows,)
    })
}

/// One parameter, with what a server fills in for it and demands of it.
fn checked_parameter(unit: &Unit<'_>, field: &Field, stated: &Parameter) -> TokenStream {
    let parameter = parameter(unit, field, stated);
    let default = stated.default.as_ref().map(|default| {
        let default = Literal::string(default);
        quote!(default #default)
    });
    let ty = field.checks.look_within().then(|| unit.rust_type(&field.stored())).map(|ty| quote!(as #ty));
    let demands = constraints::of(unit, &field.checks);
    quote!(#parameter #default #ty #demands)
}

/// One parameter or header, with what is not as its place implies.
pub(super) fn parameter(unit: &Unit<'_>, field: &Field, stated: &Parameter) -> TokenStream {
    let (name, format) = (ident(&field.name), &stated.format);
    let wire = wire(field);
    let place = ident(match stated.place {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::QueryString => "query_string",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
    });
    let kind = kind(&format.kind);
    let style = stated.own_style().map(|(style, explode)| {
        let style = self::style(unit, style);
        quote!(.style(#style, #explode))
    });
    let required = stated.required.then(|| quote!(.required()));
    let reserved = format.allow_reserved.then(|| quote!(.allow_reserved()));
    let any_path = stated.any_path.then(|| quote!(.any_path()));
    quote!(#name: #place #wire #kind #style #required #reserved #any_path)
}

/// The name of a field on the wire in parentheses, where it is not the field's own.
pub(super) fn wire(field: &Field) -> Option<TokenStream> {
    (ident(&field.name) != field.wire).then(|| {
        let wire = Literal::string(&field.wire);
        quote!((#wire))
    })
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
