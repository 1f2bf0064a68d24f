//! Parameters of the query that are one value in one document and a list in the other one.

use specie_codegen::api::{Content, Parameter, SchemaId, Schemas, Shape, Style};

use crate::collect::Collector;
use crate::document_location::Site;
use crate::schemas::{A_LIST, Carrier, ONE_VALUE, View, one_of_list};
use crate::{Edit, Relation, Rule};

/// Compares a value with the items of a list where both are written as `name=value`; a list repeats that. Whether it was so.
pub(super) fn one_or_several(old: &Parameter, new: &Parameter, site: &Site, found: &mut Collector<'_>) -> bool {
    let (one, other) = (Value::of(found.old(), old), Value::of(found.new_schemas(), new));
    let (rule, relation, schemas) = match (one, other) {
        (Some(Value::One(one)), Some(Value::Several(list))) => (Rule::TypeWidened, list.of_one(), (one, list.items)),
        (Some(Value::Several(list)), Some(Value::One(one))) => {
            (Rule::TypeNarrowed, list.of_one().swapped(), (list.items, one))
        }
        _ => return false,
    };
    let text = |is_list: bool| Some(if is_list { A_LIST } else { ONE_VALUE }.to_owned());
    let is_widened = rule == Rule::TypeWidened;
    let edit = Edit::new(rule, relation, Some(old.span), Some(new.span));
    found.edit(site, edit.values(text(!is_widened), text(is_widened)));
    found.schemas(site, schemas.0, schemas.1, Carrier::Text);
    true
}

/// What a parameter holds that is written as `name=value`.
enum Value {
    One(SchemaId),
    Several(List),
}

struct List {
    items: SchemaId,
    least: Option<u64>,
    most: Option<u64>,
}

impl List {
    /// How one value stands to the list.
    fn of_one(&self) -> Relation {
        one_of_list(self.least, self.most)
    }
}

impl Value {
    fn of(schemas: &Schemas, parameter: &Parameter) -> Option<Self> {
        let Content::Schema { schema, style: Style::Form, explode, .. } = &parameter.content else { return None };
        let view = View::of(schemas, *schema);
        match view.shape {
            Shape::List(list) if list.prefix.is_empty() && (*explode || super::is_one_item(schemas, *schema)) => {
                let bounds = &view.constraints;
                Some(Self::Several(List { items: list.items?, least: bounds.min_items, most: bounds.max_items }))
            }
            _ => (!super::is_compound(schemas, *schema, super::DEPTH)).then_some(Self::One(*schema)),
        }
    }
}
