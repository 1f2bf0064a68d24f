//! How values are carried: the media types of bodies and the styles of parameters. A parameter may have a media type, and a part of a body
//! has headers.

mod carriers;
mod encodings;
mod headers;
mod lists;
mod names;
mod reserved;
mod xml_root;

use std::borrow::Borrow;

use specie_codegen::api::{
    Constraints, Content, Media, MediaType, Method, Operation, Parameter, ParameterLocation, SchemaId, Schemas, Shape,
    Style,
};
use specie_codegen::source::Span;

use crate::collect::Collector;
use crate::document_location::Site;
use crate::schemas::{Carrier, View, is_scalar, most_items};
use crate::{Answer, Edit, Relation, Rule};
pub(crate) use headers::headers;
use names::{covers, essence};

/// Compares the bodies of two requests. Where a document has none, nobody reads what is sent: that is more than a property that is ignored,
/// so one that is new breaks old servers, and one that is gone breaks old clients.
pub(crate) fn requests(old: &Operation, new: &Operation, site: &Site, found: &mut Collector<'_>) {
    let site = site.at("request body");
    let edit = |rule, relation, one, other| Edit::new(rule, of_method(&new.method, relation), Some(one), Some(other));
    match (&old.request_body, &new.request_body) {
        (None, None) => {}
        (Some(one), None) => {
            let new_in_old = if one.required { Answer::No } else { Answer::Yes };
            let relation = Relation::new(Answer::No, new_in_old);
            found.edit(&site, edit(Rule::BodyRemoved, relation, one.span, new.span));
        }
        (None, Some(other)) => {
            let old_in_new = if other.required { Answer::No } else { Answer::Yes };
            let edit = edit(Rule::BodyAdded, Relation::new(old_in_new, Answer::No), old.span, other.span);
            found.edit(&site, edit.values(None, other.required.then(|| "required".to_owned())));
        }
        (Some(one), Some(other)) => {
            let edit = |rule, relation| edit(rule, relation, one.span, other.span);
            match (one.required, other.required) {
                (false, true) => found.edit(&site, edit(Rule::BodyRequired, Relation::NARROWS)),
                (true, false) => found.edit(&site, edit(Rule::BodyOptional, Relation::WIDENS)),
                _ => {}
            }
            media_types(&one.content, &other.content, &site, &site, found);
        }
    }
}

/// What is known of the bodies of a method: of those of GET and HEAD it is not defined whether anybody reads them (RFC 9110 sections 9.3.1
/// and 9.3.2; OpenAPI 3.0.4, Operation Object, `requestBody`).
fn of_method(method: &Method, relation: Relation) -> Relation {
    let open = |answer| if answer == Answer::No { Answer::Unknown } else { answer };
    if matches!(method.as_str(), "GET" | "HEAD") {
        return Relation::new(open(relation.old_in_new), open(relation.new_in_old));
    }
    relation
}

/// Compares the media types of two bodies. Which of those that are listed is used is chosen by whoever calls, who stands in `chosen`; which one
/// of a media range it is, by whoever sends.
pub(crate) fn media_types(
    old: &[impl Borrow<MediaType>],
    new: &[impl Borrow<MediaType>],
    site: &Site,
    chosen: &Site,
    found: &mut Collector<'_>,
) {
    let (old, new): (Vec<&MediaType>, Vec<&MediaType>) =
        (old.iter().map(Borrow::borrow).collect(), new.iter().map(Borrow::borrow).collect());
    let partners = names::partners(&old, &new);
    let has =
        |all: &[&MediaType], wanted: &MediaType| all.iter().any(|one| essence(&one.name) == essence(&wanted.name));
    let is_new = new.iter().enumerate().filter(|(at, _)| !partners.contains(&Some(*at))).map(|(_, other)| other);
    for (one, partner) in old.iter().zip(&partners) {
        if let Some(other) = partner.and_then(|at| new.get(at)) {
            both(one, other, site, found);
            parameters(one, other, site, found);
        } else if let Some(range) = new.iter().find(|other| covers(other, one)) {
            both(one, range, site, found);
            if !has(&old, range) {
                let edit = Edit::new(Rule::MediaTypeWidened, Relation::WIDENS, Some(one.span), Some(range.span));
                found.edit(site, edit.values(Some(one.name.clone()), Some(range.name.clone())));
            }
        } else if !is_new.clone().any(|other| covers(one, other)) {
            let edit = Edit::new(Rule::MediaTypeRemoved, Relation::NARROWS, Some(one.span), None);
            found.edit(chosen, edit.about(&*one.name));
        }
    }
    let is_gone = old.iter().zip(&partners).filter(|(_, partner)| partner.is_none()).map(|(one, _)| one);
    for other in is_new {
        if let Some(range) = old.iter().find(|one| covers(one, other)) {
            both(range, other, site, found);
            if !has(&new, range) {
                let edit = Edit::new(Rule::MediaTypeNarrowed, Relation::NARROWS, Some(range.span), Some(other.span));
                found.edit(site, edit.values(Some(range.name.clone()), Some(other.name.clone())));
            }
        } else if !is_gone.clone().any(|one| covers(other, one)) {
            let edit = Edit::new(Rule::MediaTypeAdded, Relation::WIDENS, None, Some(other.span));
            found.edit(chosen, edit.about(&*other.name));
        }
    }
}

/// Says where the parameters of one media type differ. What they mean for the values, no document says.
fn parameters(old: &MediaType, new: &MediaType, site: &Site, found: &mut Collector<'_>) {
    if names::parameters(&old.name) != names::parameters(&new.name) {
        let edit = Edit::new(Rule::MediaTypeParameters, Relation::UNKNOWN, Some(old.span), Some(new.span));
        found.edit(site, edit.values(Some(old.name.clone()), Some(new.name.clone())));
    }
}

fn both(old: &MediaType, new: &MediaType, site: &Site, found: &mut Collector<'_>) {
    let site = site.at(format!("{} ({})", site.place, essence(&new.name)));
    let carriers = carriers::of(old, new, found);
    let schemas = |media: &MediaType| [media.schema, media.item_schema, media.data_schema];
    let written = [carriers.body, carriers.item, Carrier::Json];
    for ((one, other), carrier) in schemas(old).into_iter().zip(schemas(new)).zip(written) {
        let edit = |rule, relation| Edit::new(rule, relation, Some(old.span), Some(new.span));
        let is_binary = names::exact(old, new).kind() == Media::Binary;
        let says_nothing = |schemas: &Schemas, id| {
            let view = View::of(schemas, id);
            view.is_free() && !view.has_too_many_shapes() || is_binary && is_bytes(schemas, id)
        };
        let before = one.filter(|id| !says_nothing(found.old(), *id));
        let after = other.filter(|id| !says_nothing(found.new_schemas(), *id));
        match (one.zip(other), before, after) {
            (Some(_), None, None) if is_binary => {}
            // What the generator takes for any JSON may be a text that refuses some.
            (Some((one, other)), ..) => found.schemas(&site, one, other, carrier),
            (None, None, None) => {}
            (None, None, Some(_)) => found.edit(&site, edit(Rule::MediaTypeSchemaAdded, Relation::NARROWS)),
            (None, Some(_), _) => found.edit(&site, edit(Rule::MediaTypeSchemaRemoved, Relation::WIDENS)),
        }
    }
    if carriers.body == Carrier::Xml {
        xml_root::compare(old, new, &site, found);
    }
    encodings::compare(old, new, &site, found);
}

/// Whether a schema allows all bytes, as those of OpenAPI 3.0 say it.
fn is_bytes(schemas: &Schemas, id: SchemaId) -> bool {
    let view = View::of(schemas, id);
    matches!(view.shape, Shape::String { .. }) && view.constraints == Constraints::default()
}

/// Compares what two parameters or headers hold, and how that is written.
pub(crate) fn parameter(old: &Parameter, new: &Parameter, site: &Site, found: &mut Collector<'_>) {
    if new.docs.deprecated && !old.docs.deprecated {
        let edit = Edit::new(Rule::SchemaDeprecated, Relation::SAME, Some(old.name_span), Some(new.name_span));
        found.edit(site, edit);
    }
    match (&old.content, &new.content) {
        (Content::Schema { schema, .. }, Content::Schema { schema: other, .. }) => {
            if lists::one_or_several(old, new, site, found) {
                return;
            }
            written(old, new, site, found);
            found.schemas(site, *schema, *other, carrier(old, new));
        }
        (Content::Media { media_type, .. }, Content::Media { media_type: other, .. }) => {
            media_types(std::slice::from_ref(media_type), std::slice::from_ref(other), site, site, found);
        }
        _ => {
            let edit = Edit::new(Rule::ParameterFormat, Relation::INCOMPARABLE, Some(old.span), Some(new.span));
            found.edit(site, edit);
        }
    }
}

/// How the values of two parameters are written. In the path, the simple style writes them alone.
fn carrier(old: &Parameter, new: &Parameter) -> Carrier {
    let is_alone = |one: &Parameter| {
        one.place == ParameterLocation::Path && matches!(one.content, Content::Schema { style: Style::Simple, .. })
    };
    if is_alone(old) && is_alone(new) { Carrier::Path } else { Carrier::Text }
}

/// Compares styles as far as they make a difference for the values.
fn written(old: &Parameter, new: &Parameter, site: &Site, found: &mut Collector<'_>) {
    let (before, after) = (style(found.old(), old), style(found.new_schemas(), new));
    let (Some(before), Some(after)) = (before, after) else { return };
    let edit = |rule, relation, keyword| Edit::new(rule, relation, Some(at(old, keyword)), Some(at(new, keyword)));
    // What is no list or object is written the same way, exploded or not.
    let is_exploded = before.explodes() && after.explodes() && before.explode != after.explode;
    if (before.style != after.style || is_exploded) && (before.differs() || after.differs()) {
        let keyword = if before.style == after.style { "explode" } else { "style" };
        let values = (Some(before.text()), Some(after.text()));
        found.edit(site, edit(Rule::ParameterStyle, Relation::INCOMPARABLE, keyword).values(values.0, values.1));
    }
    let relation = match (before.reserved, after.reserved) {
        (true, false) => Relation::NARROWS,
        (false, true) => Relation::WIDENS,
        _ => return,
    };
    let may_be_held =
        |schemas, one: &Parameter| one.content.schema().is_none_or(|id| reserved::may_be_held(schemas, id));
    // A value without such characters is written the same way, and one with them is refused by what the other document says of values.
    if !may_be_held(found.old(), old) || !may_be_held(found.new_schemas(), new) {
        return;
    }
    let values = (Some(allowed(before.reserved)), Some(allowed(after.reserved)));
    found.edit(site, edit(Rule::ParameterReserved, relation, "allowReserved").values(values.0, values.1));
}

/// Where a keyword of a parameter or header stands, or else its name.
pub(crate) fn at(parameter: &Parameter, keyword: &str) -> Span {
    let stated = parameter.keyword_spans.iter().find(|(name, _)| *name == keyword);
    stated.map_or(parameter.name_span, |(_, span)| span.key)
}

/// Whether a document allows something, as it says it.
pub(crate) fn allowed(allowed: bool) -> String {
    if allowed { "allowed" } else { "not allowed" }.to_owned()
}

/// How a value is written.
struct Written {
    style: Style,
    explode: bool,
    reserved: bool,
    holds: Holds,
}

/// The most that a value may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// A text, a number or a flag.
    Scalar,
    /// A list of them.
    List,
    /// An object.
    Object,
}

impl Written {
    /// Whether it makes a difference that each item or property stands by itself: a list is written the same way by the simple style, and an
    /// object in depth (RFC 6570 section 3.2.1; OpenAPI 3.2.0, Style Examples).
    fn explodes(&self) -> bool {
        match self.style {
            Style::Simple => self.holds == Holds::Object,
            Style::DeepObject => false,
            _ => self.holds != Holds::Scalar,
        }
    }

    /// Whether another style than the default one gives other texts.
    fn differs(&self) -> bool {
        self.holds != Holds::Scalar || matches!(self.style, Style::Matrix | Style::Label | Style::DeepObject)
    }

    fn text(&self) -> String {
        let explode = if self.explode && self.explodes() { ", explode" } else { "" };
        format!("{}{explode}", self.style.name())
    }
}

fn style(schemas: &Schemas, parameter: &Parameter) -> Option<Written> {
    let Content::Schema { schema, style, explode, allow_reserved } = &parameter.content else { return None };
    let may_be = |test: &dyn Fn(&Shape) -> bool| holds(schemas, *schema, DEPTH, test);
    let holds = if is_one_item(schemas, *schema) || !may_be(&may_be_compound) {
        Holds::Scalar
    } else if may_be(&|shape| may_be_compound(shape) && !matches!(shape, Shape::List(_))) {
        Holds::Object
    } else {
        Holds::List
    };
    Some(Written { style: *style, explode: *explode, reserved: *allow_reserved, holds })
}

/// Whether a schema is a list of one item at most, which each style writes as the item.
fn is_one_item(schemas: &Schemas, id: SchemaId) -> bool {
    let view = View::of(schemas, id);
    matches!(view.shape, Shape::List(_)) && most_items(&view).is_some_and(|most| most <= 1)
}

/// How deep unions are looked into.
const DEPTH: usize = 8;

/// Whether a schema has values that are lists or objects.
fn is_compound(schemas: &Schemas, id: SchemaId, depth: usize) -> bool {
    holds(schemas, id, depth, &may_be_compound)
}

/// Whether values are lists or objects, as far as the shape says.
const fn may_be_compound(shape: &Shape) -> bool {
    !is_scalar(shape) && !matches!(shape, Shape::Null)
}

/// Whether a schema has a shape; a union does where a branch does.
fn holds(schemas: &Schemas, id: SchemaId, depth: usize, test: &dyn Fn(&Shape) -> bool) -> bool {
    match View::of(schemas, id).shape.base() {
        Shape::Union(union) if depth > 0 => {
            union.branches.iter().any(|branch| holds(schemas, branch.schema, depth - 1, test))
        }
        shape => test(shape),
    }
}
