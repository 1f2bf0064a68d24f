//! Examples for the documentation: values that compile, whatever the document's types are.

use std::cell::{Cell, RefCell};

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::context::{Context, OperationNames, required};
use super::members::{self, Member};
use super::rust_types::is_plain;
use super::scope::ident;
use crate::api::Value;
use crate::ir::{Docs, Format, Note, Operation, Presence, TypeKind, TypeRef};
use crate::render;

/// A value as an expression.
struct Sample {
    tokens: TokenStream,
    /// It becomes its type only by `.into()`.
    converted: bool,
}

/// Collects what an example needs from outside.
struct Example<'a> {
    context: &'a Context<'a>,
    uses_types: Cell<bool>,
    uses_decimals: Cell<bool>,
    /// Values that are too large to write out, as hidden parameters: name and type.
    given: RefCell<Vec<(String, String)>>,
}

/// How deep objects are written out in an example; what lies deeper is given.
const DEEPEST: usize = 1;

/// How to make a request, as the code of a documentation test; `None` where there is nothing to show.
pub(crate) fn of_request(context: &Context<'_>, operation: &Operation, names: &OperationNames) -> Option<String> {
    let example = Example::new(context);
    let request = example.request(operation, names)?;
    let members = members::of_operation(operation);
    let mut uses = vec![operation.type_name.as_str()];
    if required(&members).len() > 1 {
        uses.push(&names.required);
    }
    let statements = render::statements(&quote!(let request = #request;));
    let mut code = example.imports(&uses);
    code.push('\n');
    code.push_str(&example.surrounded(&statements));
    Some(code)
}

/// The request of a call in a larger example: imports, hidden parameters and the expression.
pub(crate) struct Request {
    /// `use` lines, with what else is named of the crate.
    pub(crate) imports: String,
    /// Hidden parameters of the function around the example.
    pub(crate) parameters: String,
    /// The request.
    pub(crate) expression: TokenStream,
}

/// A request for the example of the whole crate.
pub(crate) fn of_call(
    context: &Context<'_>,
    operation: &Operation,
    names: &OperationNames,
    also: &[&str],
) -> Option<Request> {
    let example = Example::new(context);
    let expression = example.request(operation, names)?;
    let mut uses: Vec<&str> = also.to_vec();
    uses.push(&operation.type_name);
    if required(&members::of_operation(operation)).len() > 1 {
        uses.push(&names.required);
    }
    uses.sort_unstable();
    Some(Request { imports: example.imports(&uses), parameters: example.parameters(), expression })
}

impl<'a> Example<'a> {
    fn new(context: &'a Context<'a>) -> Self {
        Self { context, uses_types: Cell::default(), uses_decimals: Cell::default(), given: RefCell::default() }
    }

    /// `CreatePayout::new(…)`; `None` where the one required field has no literal.
    fn request(&self, operation: &Operation, names: &OperationNames) -> Option<TokenStream> {
        let members = members::of_operation(operation);
        let name = ident(&operation.type_name);
        self.constructed(&quote!(#name), &ident(&names.required).into(), &members, 0)
    }

    fn constructed(
        &self,
        name: &TokenStream,
        companion: &TokenName,
        members: &[Member<'_>],
        depth: usize,
    ) -> Option<TokenStream> {
        match required(members).as_slice() {
            [] => Some(quote!(#name::new())),
            [only] => {
                let value = self.argument(only, depth)?;
                Some(quote!(#name::new(#value)))
            }
            several => {
                let fields = several.iter().map(|member| {
                    let field = ident(member.name);
                    let value = self.field(member, depth);
                    if field == value.to_string() { quote!(#field) } else { quote!(#field: #value) }
                });
                let companion = &companion.0;
                Some(quote!(#name::new(#companion { #(#fields),* })))
            }
        }
    }

    /// The value of a field of a companion struct.
    fn field(&self, member: &Member<'_>, depth: usize) -> TokenStream {
        if member.presence == Presence::RequiredNullable {
            return quote!(None);
        }
        match self.value(member.ty, member.name, member.docs, depth) {
            Some(Sample { tokens, converted: true }) => quote!(#tokens.into()),
            Some(Sample { tokens, .. }) => tokens,
            None => self.give(member),
        }
    }

    /// The value of an argument that is converted by whoever takes it.
    fn argument(&self, member: &Member<'_>, depth: usize) -> Option<TokenStream> {
        if member.presence == Presence::RequiredNullable {
            return None;
        }
        let simple = match self.context.resolved(member.ty) {
            TypeRef::Secret(inner) => **inner == TypeRef::String,
            TypeRef::Named(_) | TypeRef::String | TypeRef::Formatted(_) | TypeRef::Decimal => true,
            other => is_plain(other),
        };
        let value = if simple { self.value(member.ty, member.name, member.docs, depth) } else { None };
        Some(value.map_or_else(|| self.give(member), |sample| sample.tokens))
    }

    /// A hidden parameter in place of a value.
    fn give(&self, member: &Member<'_>) -> TokenStream {
        let name = ident(member.name);
        let ty = self.written_type(member.ty);
        self.given.borrow_mut().push((name.to_string(), ty));
        quote!(#name)
    }

    fn value(&self, ty: &TypeRef, name: &str, docs: &Docs, depth: usize) -> Option<Sample> {
        let text = |fallback: &str| {
            let literal = Literal::string(&example_text(docs).unwrap_or_else(|| fallback.to_owned()));
            Some(Sample { tokens: quote!(#literal), converted: true })
        };
        let exact = |tokens: TokenStream| Some(Sample { tokens, converted: false });
        match ty {
            TypeRef::Named(id) => self.named(*id, name, docs, depth),
            TypeRef::String => text(&name.replace('_', "-")),
            TypeRef::Formatted(format) => text(formatted(*format)),
            TypeRef::Secret(inner) if **inner == TypeRef::String => text(&name.replace('_', "-")),
            TypeRef::Bool => exact(quote!(true)),
            TypeRef::F32 | TypeRef::F64 => exact(quote!(1.0)),
            plain if is_plain(plain) => exact(quote!(1)),
            TypeRef::Decimal => exact(self.decimal(docs)),
            TypeRef::QuotedDecimal => Some(Sample { tokens: self.decimal(docs), converted: true }),
            TypeRef::JsonObject => Some(Sample { tokens: quote!([("key", "value")]), converted: true }),
            TypeRef::List(item) => {
                let Sample { tokens, converted } = self.value(item, name, &Docs::default(), depth)?;
                let into = converted.then(|| quote!(.into()));
                exact(quote!(vec![#tokens #into]))
            }
            _ => None,
        }
    }

    fn named(&self, id: crate::ir::TypeId, name: &str, docs: &Docs, depth: usize) -> Option<Sample> {
        let def = self.context.definition(id)?;
        let type_name = ident(&def.name);
        let tokens = match &def.kind {
            TypeKind::Alias(target) => return self.value(target, name, docs, depth),
            TypeKind::Enum(values) => {
                let variant = ident(&values.variants.first()?.name);
                quote!(types::#type_name::#variant)
            }
            TypeKind::Struct(object) if depth < DEEPEST => {
                let members: Vec<Member<'_>> = object.fields.iter().map(members::of_field).collect();
                let companion = ident(self.context.required_name(id));
                self.constructed(
                    &quote!(types::#type_name),
                    &TokenName(quote!(types::#companion)),
                    &members,
                    depth + 1,
                )?
            }
            TypeKind::Struct(_) | TypeKind::Union(_) => return None,
        };
        self.uses_types.set(true);
        Some(Sample { tokens, converted: false })
    }

    fn decimal(&self, docs: &Docs) -> TokenStream {
        self.uses_decimals.set(true);
        let text = example_text(docs).filter(|text| is_amount(text)).unwrap_or_else(|| "10.00".to_owned());
        let literal: TokenStream = text.parse().unwrap_or_default();
        quote!(dec!(#literal))
    }

    /// A type as an example writes it, from outside of the crate.
    fn written_type(&self, ty: &TypeRef) -> String {
        let krate = &self.context.api.crate_name;
        match ty {
            TypeRef::Named(id) => {
                format!("{krate}::types::{}", self.context.definition(*id).map_or("", |def| &def.name))
            }
            TypeRef::List(item) => format!("Vec<{}>", self.written_type(item)),
            TypeRef::Map(value) => format!("std::collections::BTreeMap<String, {}>", self.written_type(value)),
            TypeRef::Nullable(inner) => format!("Option<{}>", self.written_type(inner)),
            TypeRef::Secret(inner) => format!("specie_runtime::Secret<{}>", self.written_type(inner)),
            TypeRef::Decimal => "specie_runtime::Decimal".to_owned(),
            TypeRef::QuotedDecimal => "specie_runtime::Quoted<specie_runtime::Decimal>".to_owned(),
            TypeRef::UnixTime => "specie_runtime::UnixTime".to_owned(),
            TypeRef::Base64 => "specie_runtime::Base64".to_owned(),
            TypeRef::Json => "specie_runtime::Json".to_owned(),
            TypeRef::JsonObject => "specie_runtime::JsonObject".to_owned(),
            _ => "String".to_owned(),
        }
    }

    fn imports(&self, uses: &[&str]) -> String {
        let mut names: Vec<&str> = uses.to_vec();
        if self.uses_types.get() {
            names.push("types");
        }
        let names =
            if let [only] = names.as_slice() { (*only).to_owned() } else { format!("{{{}}}", names.join(", ")) };
        let mut imports = format!("use {}::{names};\n", self.context.api.crate_name);
        if self.uses_decimals.get() {
            imports.push_str("use specie_runtime::dec;\n");
        }
        imports
    }

    fn parameters(&self) -> String {
        let given = self.given.borrow();
        let parameters: Vec<String> = given.iter().map(|(name, ty)| format!("{name}: {ty}")).collect();
        parameters.join(", ")
    }

    /// The statements, inside a hidden function where values are given.
    fn surrounded(&self, statements: &str) -> String {
        let parameters = self.parameters();
        if parameters.is_empty() {
            statements.to_owned()
        } else {
            format!("# fn example({parameters}) {{\n{statements}# }}\n")
        }
    }
}

/// The name of a companion struct, with its path.
struct TokenName(TokenStream);

impl From<proc_macro2::Ident> for TokenName {
    fn from(name: proc_macro2::Ident) -> Self {
        Self(quote!(#name))
    }
}

/// The document's own example, if it is a short text or a number.
fn example_text(docs: &Docs) -> Option<String> {
    let example = docs.notes.iter().find_map(|note| match note {
        Note::Example(value) => Some(value),
        _ => None,
    })?;
    let text = match example {
        Value::String(text) | Value::Number(text) => text.clone(),
        other => other.to_string(),
    };
    let plain = !text.is_empty()
        && text.len() <= 60
        && text.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'"' | b'\\' | b'`' | b'#'));
    plain.then_some(text)
}

/// Whether a text is a number that every decimal type takes: not many digits, nothing but digits and a point.
fn is_amount(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.len() <= 9 && part.bytes().all(|b| b.is_ascii_digit());
    digits(whole) && digits(fraction) && (whole.len() == 1 || !whole.starts_with('0'))
}

fn formatted(format: Format) -> &'static str {
    match format {
        Format::Date => "2026-02-28",
        Format::DateTime => "2026-02-28T12:30:00Z",
        Format::Time => "12:30:00Z",
        Format::Duration => "P1D",
        Format::Uuid => "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        Format::Uri => "https://shop.example.com",
    }
}
