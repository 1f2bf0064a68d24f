//! The tables by which the runtime reads, writes and sets what types hold.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::constraints;
use crate::emit::imports::{braced, ident};
use crate::emit::rust_types::Unit;
use crate::rust::{
    Argument, Boxing, ConstantValue, Constructor, Conversion, Decoding, Enum, EnumValues, Field, JsonKind, Object,
    Presence, SetterKind, Struct, Undeclared, Union,
};

/// `object!`: the fields of a struct, by which the runtime reads and writes it as a JSON object.
pub(super) fn object(object: &Object) -> TokenStream {
    let name = ident(&object.structure.name);
    let fields = object.structure.fields.iter().map(|field| {
        let (name, presence) = (ident(&field.name), ident(method(field.presence)));
        let wire = (name != field.wire).then(|| Literal::string(&field.wire));
        let wire = wire.map(|wire| quote!(= #wire));
        let default = field.default.as_deref().map(Literal::string).map(|default| quote!(or #default));
        quote!(#name: #presence #wire #default)
    });
    let rest = object.rest.as_ref().map(|rest| {
        let name = ident(&rest.name);
        let undescribed = rest.is_undescribed().then(|| quote!(: undescribed));
        quote!(..#name #undescribed)
    });
    let refuses = match object.undeclared {
        Undeclared::PassedOver => None,
        Undeclared::RefusedByServers => Some(quote!(!server)),
        Undeclared::Refused => Some(quote!(!)),
    };
    let constants = object.constants.iter().map(|(name, value)| {
        let (name, value) = (Literal::string(name), constant(value));
        quote!(#name = #value)
    });
    let constants = (!object.constants.is_empty()).then(|| quote!(with #(#constants),*));
    let fields = braced(fields.chain(rest));
    quote!(specie_runtime::object!(#name #constants #fields #refuses);)
}

/// The value of a property that the type supplies.
fn constant(value: &ConstantValue) -> TokenStream {
    match value {
        ConstantValue::Bool(flag) => quote!(#flag),
        ConstantValue::Integer(number) => {
            let digits = Literal::u64_unsuffixed(number.unsigned_abs());
            if *number < 0 { quote!(-#digits) } else { quote!(#digits) }
        }
        ConstantValue::Text(text) => {
            let text = Literal::string(text);
            quote!(#text)
        }
    }
}

/// `union!`: the variants of an enum, by which the runtime reads and writes one of several shapes.
pub(super) fn union(name: &str, union: &Union) -> TokenStream {
    let name = ident(name);
    match &union.decoding {
        Decoding::Tag { property, otherwise, unknown } => {
            let property = Literal::string(property);
            let branches = union.branches.iter().map(|branch| {
                let (variant, tags) = (ident(&branch.name), branch.tags.iter().map(|tag| Literal::string(tag)));
                // No value of the property leads to a branch without a name.
                if branch.tags.is_empty() { quote!(#variant,) } else { quote!(#variant: #(#tags)|*,) }
            });
            let unknown = unknown.as_ref().map(|unknown| ident(&unknown.name)).map(|unknown| quote!(..#unknown));
            let otherwise = otherwise.and_then(|place| union.branches.get(place)).map(|branch| ident(&branch.name));
            let otherwise = otherwise.map(|branch| quote!(..=#branch));
            quote!(specie_runtime::union!(#name by #property { #(#branches)* #unknown #otherwise });)
        }
        Decoding::Shape(kinds) => {
            let branches = union.branches.iter().zip(kinds).map(|(branch, kind)| {
                let (variant, kind) = (ident(&branch.name), ident(kind.map_or("attempt", kind_name)));
                quote!(#variant: #kind,)
            });
            quote!(specie_runtime::union!(#name { #(#branches)* });)
        }
    }
}

/// `string_enum!` or `integer_enum!`: the variants with their values on the wire.
pub(super) fn listed_values(name: &str, values: &Enum) -> TokenStream {
    let name = ident(name);
    let variants = values.variants.iter().map(|variant| {
        let (name, wire) = (ident(&variant.name), wire(values.values, &variant.wire));
        quote!(#name = #wire)
    });
    let unknown = values.unknown.as_deref().map(ident);
    let unknown = unknown.map(|unknown| if values.allows_others { quote!(..=#unknown) } else { quote!(..#unknown) });
    let variants = braced(variants.chain(unknown));
    match values.values {
        EnumValues::Strings => quote!(specie_runtime::string_enum!(#name #variants);),
        EnumValues::Integers => quote!(specie_runtime::integer_enum!(#name #variants);),
    }
}

/// The digits of an integer in groups of three, where there are more than five.
fn separated(text: &str) -> String {
    let (sign, digits) = text.split_at(text.len() - text.trim_start_matches('-').len());
    if digits.len() < 6 {
        return text.to_owned();
    }
    let mut grouped = sign.to_owned();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    grouped
}

/// A listed value as a literal.
fn wire(values: EnumValues, text: &str) -> Literal {
    match (values, separated(text).parse()) {
        (EnumValues::Integers, Ok(integer)) => integer,
        _ => Literal::string(text),
    }
}

/// `new!`: what the function `new` of a struct takes, and the fields that it leaves absent.
pub(super) fn new(unit: &Unit<'_>, structure: &Struct, rest: Option<&str>) -> TokenStream {
    let name = ident(&structure.name);
    let optional = structure.fields.iter().filter(|field| !field.presence.is_required());
    let absent: Vec<_> = optional.map(|field| field.name.as_str()).chain(rest).map(ident).collect();
    let absent = (!absent.is_empty()).then(|| quote!(; #(#absent),*));
    match &structure.constructor {
        Constructor::Empty => quote!(specie_runtime::new!(#name);),
        Constructor::One { argument, field } => {
            let field = structure.field(*field);
            let (taken, ty) = (ident(&argument.name), unit.rust_type(&argument.ty));
            let kind = ident(taken_word(field.map_or(Boxing::None, Field::boxing), argument));
            let field = field.map_or_else(|| taken.clone(), |field| ident(&field.name));
            let alias = (taken != field).then(|| quote!((#taken)));
            quote!(specie_runtime::new!(#name { #field #alias: #kind #ty #absent });)
        }
        Constructor::Several(companion) => {
            let required = ident(&companion.name);
            let given = structure.required().map(|field| {
                let name = ident(&field.name);
                let word = match field.boxing() {
                    Boxing::None => None,
                    Boxing::Whole => Some(quote!(: boxed)),
                    Boxing::Within => Some(quote!(: mapped)),
                };
                quote!(#name #word)
            });
            quote!(specie_runtime::new!(#name from #required { #(#given),* #absent });)
        }
    }
}

/// The word for what `new` takes of the one required field.
fn taken_word(boxing: Boxing, argument: &Argument) -> &'static str {
    match (boxing, argument.into) {
        (Boxing::None, false) => "plain",
        (Boxing::None, true) => "into",
        (Boxing::Whole, false) => "boxed_plain",
        (Boxing::Whole, true) => "boxed_into",
        (Boxing::Within, false) => "mapped_plain",
        (Boxing::Within, true) => "mapped_into",
    }
}

/// `checks!`: the fields whose values can violate a constraint.
pub(super) fn checks(unit: &Unit<'_>, structure: &Struct) -> TokenStream {
    let name = ident(&structure.name);
    let checked = structure.fields.iter().filter(|field| !field.checks.is_empty()).map(|field| {
        let (name, words) = (ident(&field.name), constraints::beyond_type(unit, &field.checks));
        let wire = (name != field.wire).then(|| Literal::string(&field.wire)).map(|wire| quote!(= #wire));
        let words = words.map(|words| quote!(: #words));
        quote!(#name #wire #words)
    });
    let checked = braced(checked);
    quote!(specie_runtime::checks!(#name #checked);)
}

/// `variants!`: the method of each variant that returns its value, and the conversion into the enum.
pub(super) fn variants(unit: &Unit<'_>, name: &str, union: &Union) -> TokenStream {
    let name = ident(name);
    let branches = union.branches.iter().map(|branch| {
        let (method, variant, ty) = (ident(&branch.accessor), ident(&branch.name), unit.rust_type(&branch.value));
        let kind = ident(match branch.conversion {
            Conversion::None => "only",
            Conversion::Text => "from_text",
            Conversion::Value if branch.boxed => "from_boxed",
            Conversion::Value => "from",
        });
        quote!(#method: #kind #variant(#ty))
    });
    let branches = braced(branches);
    quote!(specie_runtime::variants!(#name #branches);)
}

/// `setters!`: the methods that set fields; `None` without any.
pub(super) fn setters(unit: &Unit<'_>, structure: &Struct) -> Option<TokenStream> {
    let name = ident(&structure.name);
    let setters: Vec<TokenStream> = structure.fields.iter().filter_map(|field| setter(unit, field)).collect();
    (!setters.is_empty()).then(|| {
        let setters = braced(setters);
        quote!(specie_runtime::setters!(#name #setters);)
    })
}

fn setter(unit: &Unit<'_>, field: &Field) -> Option<TokenStream> {
    let setter = field.setter.as_ref()?;
    let (method, name) = (ident(&setter.name), ident(&field.name));
    let is_called_so = field.wire.is_empty() || name == field.wire;
    let target = (!is_called_so || name != method).then(|| {
        let documented = Literal::string(&setter.documented);
        quote!((#name, #documented))
    });
    let (kind, value) = setter.taken();
    let (kind, value) = (ident(set_word(kind, field.boxed)), unit.rust_type(value));
    Some(quote!(#method #target: #kind #value))
}

/// The word for what a setter takes.
fn set_word(kind: SetterKind, is_boxed: bool) -> &'static str {
    match (kind, is_boxed) {
        (SetterKind::Plain, false) => "plain",
        (SetterKind::Into, false) => "into",
        (SetterKind::Patch, false) => "patch",
        (SetterKind::Maybe, false) => "maybe",
        (SetterKind::Plain, true) => "boxed_plain",
        (SetterKind::Into, true) => "boxed_into",
        (SetterKind::Patch, true) => "boxed_patch",
        (SetterKind::Maybe, true) => "boxed_maybe",
    }
}

/// The keyword of a presence in the macros of the runtime.
pub(in crate::emit) fn method(presence: Presence) -> &'static str {
    match presence {
        Presence::Required => "required",
        Presence::RequiredNullable => "nullable",
        Presence::Optional => "optional",
        Presence::Patch => "patch",
        Presence::Maybe => "maybe",
    }
}

/// The keyword of a kind of JSON in `union!`.
fn kind_name(kind: JsonKind) -> &'static str {
    match kind {
        JsonKind::Object => "object",
        JsonKind::Array => "array",
        JsonKind::String => "string",
        JsonKind::Number => "number",
        JsonKind::Boolean => "boolean",
    }
}
