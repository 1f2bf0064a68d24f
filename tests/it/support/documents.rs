//! The documents as the tests read them: bundled JSON, and what it says about each operation.
//!
//! Only references are resolved by the generator; names, types and statuses are read from the document's own words, so that the tests and
//! the generated code can disagree.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde_json::Value;
use specie_codegen::Strictness;
use specie_codegen::{resolve, syntax};

use super::apis::Api;
use super::specs;

/// One API's document, with every reference inside it.
pub struct Document {
    pub root: Value,
    /// By `operationId`.
    pub operations: BTreeMap<String, Documented>,
}

/// One operation, as the document says it.
pub struct Documented {
    pub id: String,
    /// Upper case.
    pub method: String,
    pub path: String,
    /// Of the path and of the operation.
    pub parameters: Vec<Value>,
    /// The request body object.
    pub body: Option<Value>,
    /// Response objects by status.
    pub responses: BTreeMap<u16, Value>,
    /// Alternatives of scheme keys.
    pub security: Vec<BTreeSet<String>>,
    /// `x-specie-server-name` of the one server it goes to; `None` where the document's own servers are several or none.
    pub server: Option<String>,
}

static DOCUMENTS: LazyLock<Vec<Document>> = LazyLock::new(|| Api::ALL.map(|api| Document::read(api.name())).into());

/// The document of an API.
pub fn document(api: Api) -> &'static Document {
    &DOCUMENTS[Api::ALL.iter().position(|other| *other == api).unwrap()]
}

impl Document {
    fn read(name: &str) -> Self {
        let source = specs::source(name);
        let (documents, _) = syntax::read(&source);
        let (bundled, diagnostics) = resolve::bundled(&source, documents, Strictness::Strict);
        let bundled = bundled.unwrap_or_else(|| panic!("{}", specs::listing(name, &diagnostics)));
        let mut document = Self { root: bundled.root.to_json(), operations: BTreeMap::new() };
        document.operations = document.read_operations();
        document
    }

    fn read_operations(&self) -> BTreeMap<String, Documented> {
        let mut operations = BTreeMap::new();
        for (path, item) in self.root["paths"].as_object().unwrap() {
            let item = self.resolve(item);
            for method in ["get", "put", "post", "delete", "options", "head", "patch", "trace"] {
                let Some(operation) = item.get(method) else { continue };
                let operation = self.read_operation(path, item, method, operation);
                operations.insert(operation.id.clone(), operation);
            }
        }
        operations
    }

    fn read_operation(&self, path: &str, item: &Value, method: &str, operation: &Value) -> Documented {
        let lists = [&item["parameters"], &operation["parameters"]];
        let parameters = lists.into_iter().filter_map(Value::as_array).flatten();
        let responses = operation["responses"].as_object().unwrap().iter();
        let security = operation.get("security").unwrap_or(&self.root["security"]).as_array();
        let servers = [operation, item, &self.root].into_iter().find_map(|place| place["servers"].as_array());
        Documented {
            id: operation["operationId"].as_str().unwrap().to_owned(),
            method: method.to_uppercase(),
            path: path.to_owned(),
            parameters: parameters.map(|parameter| self.resolve(parameter).clone()).collect(),
            body: operation.get("requestBody").map(|body| self.resolve(body).clone()),
            responses: responses
                .map(|(status, response)| (status.parse().unwrap(), self.resolve(response).clone()))
                .collect(),
            security: security
                .into_iter()
                .flatten()
                .map(|alternative| alternative.as_object().unwrap().keys().cloned().collect())
                .collect(),
            server: servers
                .filter(|servers| servers.len() == 1)
                .map(|servers| servers[0]["x-specie-server-name"].as_str().unwrap().to_owned()),
        }
    }

    /// What a reference leads to.
    pub fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        let mut value = value;
        while let Some(reference) = value["$ref"].as_str() {
            value = self.root.pointer(reference.trim_start_matches('#')).expect("references lead somewhere");
        }
        value
    }

    /// The payload of the webhook with this `operationId`.
    pub fn webhook(&self, id: &str) -> &Value {
        let webhooks = self.root["x-webhooks"].as_object().unwrap().values();
        let operation =
            webhooks.map(|item| &self.resolve(item)["post"]).find(|operation| operation["operationId"] == id);
        json_schema(self.resolve(&operation.expect("the index names a webhook")["requestBody"])).unwrap()
    }
}

impl Documented {
    /// The schema of the JSON body.
    pub fn body_schema(&self) -> Option<&Value> {
        self.body.as_ref().and_then(json_schema)
    }

    /// The schema of the JSON body of a response; `None` where it has no body.
    pub fn response_schema(&self, status: u16) -> Option<&Value> {
        json_schema(&self.responses[&status])
    }

    /// The documented statuses whose response has a body.
    pub fn statuses_with_body(&self) -> impl Iterator<Item = u16> {
        self.responses.keys().copied().filter(|status| self.response_schema(*status).is_some())
    }

    /// Parameters of one place.
    pub fn parameters_in(&self, place: &str) -> impl Iterator<Item = &Value> {
        self.parameters.iter().filter(move |parameter| parameter["in"] == place)
    }
}

fn json_schema(holder: &Value) -> Option<&Value> {
    holder.get("content").map(|content| &content["application/json"]["schema"])
}
