//! In which documented errors a server can write its rejections.
//!
//! A rejection knows its status, an explanation and places. A schema takes one where it has a property for the explanation, by the
//! names that such properties have, and requires nothing else. Where that is one of listed values, it takes the rejections that a listed
//! value stands for.

mod listed_values;

use std::collections::BTreeSet;

use crate::names::{numbered, value_name};
use crate::plan::operation_signatures::operations::OperationSignature;
use crate::plan::operation_signatures::response_variants::ResponseVariant;
use crate::plan::types::analysis::TypeAnalysis;
use crate::plan::types::body_types::value_type;
use crate::rust::{
    BodyKind, Check, Checks, ConstantValue, Docs, Enum, EnumValues, Field, Item, ItemKind, Object, RejectionForm,
    RejectionForms, RejectionRow, RejectionTable, RejectionTableId, StatedOutcome, Status, Type, TypeId, Value, Within,
};

/// The statuses of rejections of a request whose path is known.
const STATUSES: &[u16] = &[400, 401, 403, 404, 405, 406, 408, 413, 415, FAILURE];

/// The status of a failure of the server itself.
const FAILURE: u16 = 500;

/// How deep objects may stand in each other.
const DEPTH: usize = 4;

/// A type, and how a rejection is written as it.
type Filled = (TypeId, RejectionForm);

/// What an operation documents for a status: the media type and the type of its body; `None`: it has no body.
type Row = (u16, Option<(String, Filled)>);

/// The forms with the tables of operations, and the table that each operation has.
pub(in crate::plan) fn rejection_forms(
    (analysis, types): (&TypeAnalysis<'_>, &[Item]),
    operations: &[OperationSignature<'_>],
) -> (RejectionForms, Vec<Option<RejectionTableId>>) {
    let documented: Vec<Vec<Row>> = operations.iter().map(|operation| rows(analysis, types, operation)).collect();
    let found: BTreeSet<Filled> =
        documented.iter().flatten().filter_map(|(_, body)| Some(body.as_ref()?.1.clone())).collect();
    let mut taken = BTreeSet::new();
    let mut forms: Vec<(String, TypeId, RejectionForm)> = Vec::new();
    for (id, form) in found {
        let wish = types.get(id.0).map_or_else(String::new, |item| value_name(&item.name).to_uppercase());
        forms.push((numbered(&wish, &mut taken), id, form));
    }
    forms.sort_by(|one, other| one.0.cmp(&other.0));
    let (mut tables, mut of_operations) = (Vec::<RejectionTable>::new(), Vec::new());
    for rows in documented {
        let rows: Vec<RejectionRow> = rows.into_iter().filter_map(|row| named(row, &forms)).collect();
        if rows.is_empty() {
            of_operations.push(None);
            continue;
        }
        let known = tables.iter().position(|table| table.rows == rows);
        of_operations.push(Some(RejectionTableId(known.unwrap_or_else(|| {
            let name = numbered("REJECTIONS", &mut taken);
            tables.push(RejectionTable { name, docs: docs(&rows), rows });
            tables.len() - 1
        }))));
    }
    let forms = forms.into_iter().map(|(name, _, form)| (name, form)).collect();
    (RejectionForms { forms, tables }, of_operations)
}

fn docs(rows: &[RejectionRow]) -> Docs {
    let statuses: Vec<String> = rows.iter().map(|row| row.status.to_string()).collect();
    let statuses = statuses.join(", ");
    Docs::line(format!("Rejections with the documented errors of {statuses}; others are problem documents."))
}

/// A row with the name of its form.
fn named((status, body): Row, forms: &[(String, TypeId, RejectionForm)]) -> Option<RejectionRow> {
    let body = match body {
        Some((media_type, (id, form))) => {
            let (name, ..) = forms.iter().find(|(_, of, known)| *of == id && *known == form)?;
            Some((media_type, name.clone()))
        }
        None => None,
    };
    Some(RejectionRow { status, body })
}

/// What an operation documents for each status, as far as a rejection can be written so.
fn rows(analysis: &TypeAnalysis<'_>, types: &[Item], operation: &OperationSignature<'_>) -> Vec<Row> {
    let outcomes = super::outcomes(operation.named.stated);
    let groups: Vec<&[ResponseVariant<'_>]> =
        operation.errors.chunk_by(|one, other| one.stated.status == other.stated.status).collect();
    let mut rows = Vec::new();
    for &status in STATUSES {
        // A handler that failed may have acted before: only a problem document leaves that open where the document does not.
        let is_nothing = outcomes.contains(&(Status::Code(status), StatedOutcome::Refused));
        if status == FAILURE && is_nothing {
            continue;
        }
        let Some(group) = documented(&groups, status) else { continue };
        if let [ResponseVariant { body: None, .. }] = group {
            rows.push((status, None));
            continue;
        }
        let bodies = group.iter().filter_map(|response| response.body.as_ref());
        let mut json = bodies.filter(|body| body.kind == BodyKind::Json && is_no_problem_document(&body.stated.name));
        let found = json.find_map(|body| {
            let (id, object) = object(types, &value_type(analysis.types, body.value).element())?;
            Some((sent(&body.stated.name), (id, Filling { types, status }.whole(object)?)))
        });
        rows.extend(found.map(|body| (status, Some(body))));
    }
    rows
}

/// Whether it is another media type than that of problem documents, which rejections are anyway.
fn is_no_problem_document(media_type: &str) -> bool {
    !media_type.to_ascii_lowercase().starts_with("application/problem+json")
}

/// The media type that is sent; of a range, the usual one of JSON.
fn sent(media_type: &str) -> String {
    if media_type.contains('*') { "application/json".to_owned() } else { media_type.to_owned() }
}

/// What the document gives a status: an exact status before its range, a range before `default`.
fn documented<'r, 'a>(groups: &[&'r [ResponseVariant<'a>]], status: u16) -> Option<&'r [ResponseVariant<'a>]> {
    let digit = u8::try_from(status / 100).unwrap_or_default();
    let find =
        |of: Status| groups.iter().copied().find(|group| group.first().is_some_and(|one| one.stated.status == of));
    find(Status::Code(status)).or_else(|| find(Status::Range(digit))).or_else(|| find(Status::Default))
}

/// The object that a type is.
fn object<'t>(types: &'t [Item], of: &Type) -> Option<(TypeId, &'t Object)> {
    let Type::Named(id) = of else { return None };
    match &types.get(id.0)?.kind {
        ItemKind::Object(object) => Some((*id, object)),
        _ => None,
    }
}

fn explains(form: &RejectionForm) -> bool {
    match form {
        RejectionForm::Detail | RejectionForm::Code | RejectionForm::Listed(_) => true,
        RejectionForm::Object(members) => members.iter().any(|(_, form)| explains(form)),
        RejectionForm::Faults(form) => explains(form),
        _ => false,
    }
}

/// What rejections of a status say in the place of each value.
struct Filling<'t> {
    types: &'t [Item],
    status: u16,
}

impl Filling<'_> {
    /// The form of a body; `None` where it has no place for the explanation or requires more.
    fn whole(&self, of: &Object) -> Option<RejectionForm> {
        self.object(of, DEPTH).filter(explains)
    }

    fn object(&self, of: &Object, depth: usize) -> Option<RejectionForm> {
        let depth = depth.checked_sub(1)?;
        if !of.check.count().is_empty() {
            return None;
        }
        let constant = |(name, value): &(String, ConstantValue)| {
            Some((name.clone(), RejectionForm::Text(value.as_str()?.to_owned())))
        };
        let mut members: Vec<(String, RejectionForm)> = of.constants.iter().map(constant).collect::<Option<_>>()?;
        for field in &of.structure.fields {
            match (self.member(field, depth), field.presence.is_required()) {
                // A name for programs is the API's to give, unless there has to be one.
                (Some(RejectionForm::Code | RejectionForm::Listed(_)) | None, false) => {}
                (Some(form), _) => members.push((field.wire.clone(), form)),
                (None, true) => return None,
            }
        }
        Some(RejectionForm::Object(members))
    }

    /// What a rejection says in the place of a property.
    fn member(&self, field: &Field, depth: usize) -> Option<RejectionForm> {
        if !is_loose(&field.checks) {
            return None;
        }
        match &field.value {
            Type::String => text(&field.wire, field.example.as_ref().and_then(Value::as_str)),
            Type::I32 | Type::I64 | Type::U32 | Type::U64 => is_status(&field.wire).then_some(RejectionForm::Status),
            Type::List(element) => match &**element {
                Type::String => {
                    (text(&field.wire, None) == Some(RejectionForm::Detail)).then(|| list(RejectionForm::Detail))
                }
                element => {
                    let form = self.object(object(self.types, element)?.1, depth)?;
                    explains(&form).then(|| list(form))
                }
            },
            value => match listed(self.types, value) {
                Some(list) => text(&field.wire, None)
                    .and_then(|_| listed_values::of_status(list, self.status))
                    .map(|value| RejectionForm::Listed(value.to_owned())),
                None => self.nested(object(self.types, value)?.1, depth),
            },
        }
    }

    fn nested(&self, of: &Object, depth: usize) -> Option<RejectionForm> {
        let form = self.object(of, depth)?;
        let is_place = matches!(&form, RejectionForm::Object(members) if members.iter().any(|(_, of)| *of == RejectionForm::Pointer));
        (explains(&form) || is_place).then_some(form)
    }
}

/// The listed strings that a type is.
fn listed<'t>(types: &'t [Item], of: &Type) -> Option<&'t Enum> {
    let Type::Named(id) = of else { return None };
    match &types.get(id.0)?.kind {
        ItemKind::Enum(list) if list.values == EnumValues::Strings => Some(list),
        _ => None,
    }
}

fn list(form: RejectionForm) -> RejectionForm {
    RejectionForm::Faults(Box::new(form))
}

/// Whether nothing is demanded of a value but that it is not empty. What its type demands is looked at with the type.
fn is_loose(checks: &Checks) -> bool {
    let within = match &checks.within {
        Within::Nothing | Within::ByType => true,
        Within::Each(checks) | Within::Items(checks) => is_loose(checks),
    };
    within && checks.own.iter().all(|check| matches!(check, Check::MinLength(0 | 1)))
}

/// A string by the name of its property.
fn text(name: &str, example: Option<&str>) -> Option<RejectionForm> {
    let is_number = example.is_some_and(|text| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit()));
    match plain(name).as_str() {
        "message" | "messages" | "detail" | "details" | "description" | "reason" | "reasons" | "error" | "errors"
        | "msg" | "errormessage" | "errordescription" | "errordetail" | "errormsg" | "explanation" => {
            Some(RejectionForm::Detail)
        }
        "title" | "statustext" | "statusname" => Some(RejectionForm::Reason),
        "status" | "statuscode" | "httpstatus" | "httpstatuscode" => Some(match example {
            Some(_) if !is_number => RejectionForm::Reason,
            _ => RejectionForm::StatusText,
        }),
        "code" | "errorcode" if is_number => Some(RejectionForm::StatusText),
        "code" | "errorcode" | "errorkey" | "errortype" => Some(RejectionForm::Code),
        "pointer" => Some(RejectionForm::Pointer),
        _ => None,
    }
}

/// Whether an integer of this name is the status.
fn is_status(name: &str) -> bool {
    ["status", "statuscode", "httpstatus", "httpstatuscode", "code", "errorcode"].contains(&plain(name).as_str())
}

/// A name without case and signs.
fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::test_fixtures;

    /// The form of an error of this schema, which answers 400.
    fn form(schema: &str) -> Option<RejectionForm> {
        let body = "content: {application/json: {schema: {$ref: '#/components/schemas/Fault'}}}";
        let krate = test_fixtures::krate(&format!(
            "paths:\n  /x:\n    get:\n      operationId: Get\n      responses:\n        '200': {{description: Ok.}}\n        \
             '400': {{description: No., {body}}}\ncomponents:\n  schemas:\n    Fault: {schema}\n"
        ));
        krate.rejection_forms.forms.into_iter().next().map(|(_, form)| form)
    }

    fn members(members: &[(&str, RejectionForm)]) -> RejectionForm {
        RejectionForm::Object(members.iter().map(|(name, form)| ((*name).to_owned(), form.clone())).collect())
    }

    #[test]
    fn what_a_rejection_knows_is_found_by_the_names_of_properties() {
        assert_eq!(
            form(
                "{type: object, required: [code, message], properties: {code: {type: integer}, message: {type: string}, trace: {type: string}}}"
            ),
            Some(members(&[("code", RejectionForm::Status), ("message", RejectionForm::Detail)]))
        );
        assert_eq!(
            form(
                "{type: object, required: [errors], properties: {errors: {type: array, minItems: 1, items: {type: string}}}}"
            ),
            Some(members(&[("errors", list(RejectionForm::Detail))]))
        );
        assert_eq!(
            form(
                "{type: object, properties: {status: {type: string, example: '400'}, code: {type: string}, detail: {type: string}}}"
            ),
            Some(members(&[("status", RejectionForm::StatusText), ("detail", RejectionForm::Detail)]))
        );
    }

    #[test]
    fn what_a_rejection_does_not_know_is_not_made_up() {
        for schema in [
            "{type: object, required: [message, account], properties: {message: {type: string}, account: {type: string}}}",
            "{type: object, required: [message, code], properties: {message: {type: string}, code: {type: string, enum: [e1, e2]}}}",
            "{type: object, required: [message], properties: {message: {type: string, maxLength: 10}}}",
            "{type: object, properties: {trace: {type: string}}}",
            "{type: string}",
        ] {
            assert_eq!(form(schema), None, "{schema}");
        }
    }

    #[test]
    fn a_listed_code_is_the_one_that_stands_for_the_status() {
        let schema = |codes: &str| {
            format!("{{type: object, required: [code], properties: {{code: {{type: string, enum: [{codes}]}}}}}}")
        };
        assert_eq!(
            form(&schema("NO_FUNDS, InvalidParameter")),
            Some(members(&[("code", RejectionForm::Listed("InvalidParameter".to_owned()))]))
        );
        assert_eq!(form(&schema("NO_FUNDS, UNAUTHORIZED")), None);
        let optional = "{type: object, required: [message], properties: {message: {type: string}, code: {type: string, enum: [BAD_REQUEST, X]}}}";
        assert_eq!(form(optional), Some(members(&[("message", RejectionForm::Detail)])));
    }

    #[test]
    fn each_status_has_its_listed_code() {
        let responses = ["400", "401"].map(|status| {
            format!("'{status}': {{description: No., content: {{application/json: {{schema: {{$ref: '#/components/schemas/Fault'}}}}}}}}")
        });
        let krate = test_fixtures::krate(&format!(
            "paths: {{/x: {{get: {{operationId: Get, responses: {{{}}}}}}}}}\ncomponents: {{schemas: {{Fault: {{type: object, \
             required: [code], properties: {{code: {{type: string, enum: [unauthorized, bad_request]}}}}}}}}}}\n",
            responses.join(", ")
        ));
        let code = |text: &str| members(&[("code", RejectionForm::Listed(text.to_owned()))]);
        let forms: Vec<_> =
            krate.rejection_forms.forms.iter().map(|(name, form)| (name.as_str(), form.clone())).collect();
        assert_eq!(forms, [("FAULT", code("bad_request")), ("FAULT_2", code("unauthorized"))]);
        let named =
            krate.rejection_forms.tables[0].rows.iter().map(|row| row.body.as_ref().map(|(_, form)| form.as_str()));
        assert_eq!(named.collect::<Vec<_>>(), [Some("FAULT"), Some("FAULT_2")]);
    }

    #[test]
    fn a_status_without_a_body_and_a_failure_that_would_tell_too_much() {
        let krate = test_fixtures::krate(
            "paths:\n  /x:\n    post:\n      operationId: Pay\n      responses:\n        '200': {description: Ok.}\n        \
             '401': {description: No.}\n        '500': {description: Nothing was paid., x-specie-outcome: refused}\n",
        );
        assert_eq!(krate.rejection_forms.tables.len(), 1);
        assert_eq!(krate.rejection_forms.tables[0].rows, [RejectionRow { status: 401, body: None }]);
    }
}
