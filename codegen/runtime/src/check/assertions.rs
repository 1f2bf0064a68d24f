//! Keywords of JSON Schema that no Rust type carries, such as `not` and `dependentRequired`, applied to a value's JSON.

use serde::Serialize;
use zeroize::Zeroizing;

use super::{Checker, Number, Numeric};
use crate::decimal::Decimal;
use crate::json::{Json, JsonObject};
use crate::json_syntax::{Kind, canonical};

/// One keyword of a schema (JSON Schema 2020-12), or a few that only mean something together. A schema is a list of them, which all hold;
/// a keyword that speaks of another type than the value's says nothing of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assertion {
    /// The schema `false`: no value is allowed.
    Never,
    /// `type`: one of these.
    Type(&'static [SchemaType]),
    /// `enum` or `const`: one of these, each as JSON. Numbers are compared by value.
    Enum(&'static [&'static str]),
    /// `minimum`, by the document's own text.
    Minimum(&'static str),
    /// `exclusiveMinimum`.
    ExclusiveMinimum(&'static str),
    /// `maximum`.
    Maximum(&'static str),
    /// `exclusiveMaximum`.
    ExclusiveMaximum(&'static str),
    /// `multipleOf`.
    MultipleOf(&'static str),
    /// `minLength`, in characters.
    MinLength(u64),
    /// `maxLength`, in characters.
    MaxLength(u64),
    /// `pattern`: a regular expression that a part of the text matches.
    #[cfg(feature = "pattern")]
    Pattern(&'static str),
    /// `prefixItems` and `items`: of the first items one each, then of all others.
    Items(&'static [&'static [Self]], &'static [Self]),
    /// `minItems`.
    MinItems(u64),
    /// `maxItems`.
    MaxItems(u64),
    /// `uniqueItems`.
    UniqueItems,
    /// `contains` with `minContains` and `maxContains`.
    Contains(&'static [Self], u64, Option<u64>),
    /// `properties` and `additionalProperties`: of those with these names, then of all others.
    Properties(&'static [(&'static str, &'static [Self])], &'static [Self]),
    /// The same with `patternProperties` between, by regular expressions that a part of the name matches.
    #[cfg(feature = "pattern")]
    PatternProperties(
        &'static [(&'static str, &'static [Self])],
        &'static [(&'static str, &'static [Self])],
        &'static [Self],
    ),
    /// `propertyNames`.
    PropertyNames(&'static [Self]),
    /// `required`.
    Required(&'static [&'static str]),
    /// `minProperties`.
    MinProperties(u64),
    /// `maxProperties`.
    MaxProperties(u64),
    /// `dependentRequired`: where the first is there, the others are.
    DependentRequired(&'static [(&'static str, &'static [&'static str])]),
    /// `dependentSchemas`: where the property is there, the object is as the schema says.
    DependentSchemas(&'static [(&'static str, &'static [Self])]),
    /// `anyOf`.
    AnyOf(&'static [&'static [Self]]),
    /// `oneOf`.
    OneOf(&'static [&'static [Self]]),
    /// `not`.
    Not(&'static [Self]),
    /// `if`, `then` and `else`.
    If(&'static [Self], &'static [Self], &'static [Self]),
}

/// A type of JSON Schema (Validation 2020-12, 6.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaType {
    /// `null`
    Null,
    /// `boolean`
    Boolean,
    /// `object`
    Object,
    /// `array`
    Array,
    /// `number`
    Number,
    /// `string`
    String,
    /// `integer`: a number without a fraction, however it is written.
    Integer,
}

impl SchemaType {
    fn has(self, value: &Json) -> bool {
        // The canonical form of a number is its digits and an exponent of ten.
        let fits = || self != Self::Integer || !canonical(value.as_str()).contains("e-");
        value.kind() == self.kind() && fits()
    }

    /// The kind of JSON that its values are.
    const fn kind(self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Boolean => Kind::Boolean,
            Self::Object => Kind::Object,
            Self::Array => Kind::Array,
            Self::Number | Self::Integer => Kind::Number,
            Self::String => Kind::String,
        }
    }

    const fn with_article(self) -> &'static str {
        if let Self::Integer = self { "an integer" } else { self.kind().with_article() }
    }
}

impl Checker<'_> {
    /// What a schema says in keywords that the value's type does not carry. Null meets everything, and so does a value that is not there.
    ///
    /// ```
    /// use specie_runtime::check::{self, Assertion};
    /// use specie_runtime::Json;
    ///
    /// let payment = Json::parse(r#"{"card": "4111"}"#)?;
    /// let rules = &[Assertion::DependentRequired(&[("card", &["expiry"])])];
    /// let found = check::collect(|checker| checker.satisfies(&payment, rules));
    /// assert_eq!(found[0].message, "must have `expiry`, as it has `card`");
    /// # Ok::<(), specie_runtime::decode::DecodeFault>(())
    /// ```
    pub fn satisfies<T: Serialize + ?Sized>(&mut self, value: &T, schema: &[Assertion]) {
        // It may hold a secret.
        if let Ok(value) = Json::encode(value).map(Zeroizing::new)
            && !value.is_null()
        {
            self.schema(&value, schema);
        }
    }

    /// `pattern`: a part of the text matches a regular expression.
    ///
    /// ```
    /// # #[cfg(feature = "pattern")] {
    /// use specie_runtime::check;
    ///
    /// let found = check::collect(|checker| checker.pattern("EURO", "^[A-Z]{3}$"));
    /// assert_eq!(found[0].message, "must match `^[A-Z]{3}$`");
    /// # }
    /// ```
    #[cfg(feature = "pattern")]
    pub fn pattern<T: Serialize + ?Sized>(&mut self, value: &T, pattern: &'static str) {
        self.satisfies(value, &[Assertion::Pattern(pattern)]);
    }

    fn schema(&mut self, value: &Json, schema: &[Assertion]) {
        for assertion in schema {
            match value.kind() {
                Kind::Number => self.number(value, assertion),
                Kind::String => self.string(value, assertion),
                Kind::Array => self.array(value, assertion),
                Kind::Object => self.object(value, assertion),
                Kind::Null | Kind::Boolean => {}
            }
            self.any_value(value, assertion);
        }
    }

    /// Keywords that apply to values of every type.
    fn any_value(&mut self, value: &Json, assertion: &Assertion) {
        match assertion {
            Assertion::Never => self.violation("must not be there"),
            Assertion::Type(types) if !types.iter().any(|one| one.has(value)) => {
                let types: Vec<&str> = types.iter().map(|one| one.with_article()).collect();
                self.violation(format!("must be {}", types.join(" or ")));
            }
            Assertion::Enum(listed) => self.one_of(value, listed),
            Assertion::AnyOf(alternatives) if !alternatives.iter().any(|one| fits(value, one)) => {
                self.violation(wanted(alternatives, "must", "at least one"));
            }
            Assertion::OneOf(alternatives) if alternatives.iter().filter(|one| fits(value, one)).count() != 1 => {
                self.violation(wanted(alternatives, "must", "exactly one"));
            }
            Assertion::Not(schema) if fits(value, schema) => {
                self.violation(wanted(&[schema], "must not", "one"));
            }
            Assertion::If(condition, then, otherwise) => {
                self.schema(value, if fits(value, condition) { then } else { otherwise });
            }
            _ => {}
        }
    }

    fn number(&mut self, value: &Json, assertion: &Assertion) {
        let number = Measured(value);
        match assertion {
            Assertion::Minimum(bound) => self.minimum(&number, bound),
            Assertion::ExclusiveMinimum(bound) => self.exclusive_minimum(&number, bound),
            Assertion::Maximum(bound) => self.maximum(&number, bound),
            Assertion::ExclusiveMaximum(bound) => self.exclusive_maximum(&number, bound),
            Assertion::MultipleOf(step) => self.multiple_of(&number, step),
            _ => {}
        }
    }

    fn string(&mut self, value: &Json, assertion: &Assertion) {
        let text = || Zeroizing::new(value.decode::<String>().unwrap_or_default());
        match assertion {
            Assertion::MinLength(least) => self.min_length(text().as_str(), *least),
            Assertion::MaxLength(most) => self.max_length(text().as_str(), *most),
            #[cfg(feature = "pattern")]
            Assertion::Pattern(pattern) if !super::patterns::matches(pattern, &text()) => {
                self.violation(format!("must match `{pattern}`"));
            }
            _ => {}
        }
    }

    fn array(&mut self, value: &Json, assertion: &Assertion) {
        let items = || value.decode::<Vec<Json>>().unwrap_or_default();
        match assertion {
            Assertion::Items(places, others) => {
                for (index, item) in items().iter().enumerate() {
                    let schema = places.get(index).copied().unwrap_or(others);
                    self.index(index, |checker| checker.schema(item, schema));
                }
            }
            Assertion::MinItems(least) => self.min_length(&items(), *least),
            Assertion::MaxItems(most) => self.max_length(&items(), *most),
            Assertion::UniqueItems => self.unique(&items()),
            Assertion::Contains(schema, least, most) => {
                let count = items().iter().filter(|item| fits(item, schema)).count();
                let count = u64::try_from(count).unwrap_or(u64::MAX);
                if count < *least {
                    self.violation(format!("must have at least {least} of the items under `contains`"));
                }
                if let Some(most) = most.filter(|most| count > *most) {
                    self.violation(format!("must have at most {most} of the items under `contains`"));
                }
            }
            _ => {}
        }
    }

    fn object(&mut self, value: &Json, assertion: &Assertion) {
        let Ok(object) = value.decode::<JsonObject>() else { return };
        match assertion {
            Assertion::Properties(named, others) => self.properties(&object, |name| of_name(named, name, others)),
            #[cfg(feature = "pattern")]
            Assertion::PatternProperties(named, patterns, others) => {
                self.pattern_properties(&object, (named, patterns, others));
            }
            Assertion::PropertyNames(schema) => {
                for (name, _) in &object {
                    if Json::encode(name).is_ok_and(|text| !fits(&text, schema)) {
                        self.at(name, |checker| checker.violation("must not have this name"));
                    }
                }
            }
            Assertion::Required(names) => {
                for name in names.iter().filter(|name| object.get(name).is_none()) {
                    self.violation(format!("must have `{name}`"));
                }
            }
            Assertion::MinProperties(least) => self.min_length(&object, *least),
            Assertion::MaxProperties(most) => self.max_length(&object, *most),
            Assertion::DependentRequired(entries) => {
                for (name, others) in entries.iter().filter(|(name, _)| object.get(name).is_some()) {
                    for other in others.iter().filter(|other| object.get(other).is_none()) {
                        self.violation(format!("must have `{other}`, as it has `{name}`"));
                    }
                }
            }
            Assertion::DependentSchemas(entries) => {
                for (_, schema) in entries.iter().filter(|(name, _)| object.get(name).is_some()) {
                    self.schema(value, schema);
                }
            }
            _ => {}
        }
    }

    fn properties<'s>(&mut self, object: &JsonObject, schema: impl Fn(&str) -> &'s [Assertion]) {
        for (name, value) in object {
            self.at(name, |checker| checker.schema(value, schema(name)));
        }
    }
}

#[cfg(feature = "pattern")]
type Named<'s> = &'s [(&'static str, &'static [Assertion])];

#[cfg(feature = "pattern")]
impl Checker<'_> {
    fn pattern_properties(
        &mut self,
        object: &JsonObject,
        (named, patterns, others): (Named<'_>, Named<'_>, &[Assertion]),
    ) {
        for (name, value) in object {
            let own = named.iter().filter(|(one, _)| one == &name);
            let matching = patterns.iter().filter(|(pattern, _)| super::patterns::matches(pattern, name));
            let mut schemas = own.chain(matching).peekable();
            self.at(name, |checker| {
                if schemas.peek().is_none() {
                    checker.schema(value, others);
                }
                schemas.for_each(|(_, schema)| checker.schema(value, schema));
            });
        }
    }
}

/// The schema of a property: the one listed under its name, or the one for all others.
fn of_name<'s>(named: &[(&'static str, &'s [Assertion])], name: &str, others: &'s [Assertion]) -> &'s [Assertion] {
    named.iter().find(|(one, _)| *one == name).map_or(others, |(_, schema)| schema)
}

fn fits(value: &Json, schema: &[Assertion]) -> bool {
    super::collect(|checker| checker.schema(value, schema)).is_empty()
}

/// What several schemas ask for, in words where each only names properties.
fn wanted(alternatives: &[&[Assertion]], must: &str, how_many: &str) -> String {
    let names: Option<Vec<String>> = alternatives.iter().map(|one| names(one)).collect();
    match names {
        Some(names) if names.len() > 1 => format!("{must} have {how_many} of {}", names.join(", ")),
        Some(names) => format!("{must} have {}", names.concat()),
        None if must == "must" => format!("must be as {how_many} of the alternatives says"),
        None => "must not be as the schema under `not` says".to_owned(),
    }
}

/// The names of a schema that only says what must be there.
fn names(schema: &[Assertion]) -> Option<String> {
    let [Assertion::Required(names)] = schema else { return None };
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    Some(names.join(" with "))
}

/// A number in JSON.
struct Measured<'a>(&'a Json);

impl Numeric for Measured<'_> {
    fn number(&self) -> Option<Number> {
        let exact = self.0.decode::<Decimal>().ok().map(Number::Exact);
        exact.or_else(|| self.0.as_str().parse().ok().map(Number::Float))
    }
}

#[cfg(test)]
mod tests;
