//! Documents made up from the grammar: nearly all of them are valid, whatever their names and texts are.

use super::super::dice::Dice;
use super::super::tree::Tree;
use super::super::words::{NUMBERS, TEXTS};

/// A whole document.
pub fn document(dice: &mut Dice) -> Vec<u8> {
    let names: Vec<String> = (0..=dice.below(8)).map(|index| component_name(dice, index)).collect();
    let mut inventor = Inventor { dice, names };
    let tree = inventor.document();
    let text = if inventor.dice.once_in(2) { tree.to_json() } else { tree.to_yaml() };
    text.into_bytes()
}

/// Components may only be called by letters, digits, dots, dashes and underscores.
fn component_name(dice: &mut Dice, index: usize) -> String {
    let pieces = [
        "a", "A", "Type", "self", "Self", "-", "_", ".", "1", "Error", "Option", "String", "Vec", "Box", "Client",
        "Required", "Unknown", "List", "async", "b",
    ];
    let name: String = (0..=dice.below(3)).map(|_| dice.pick(&pieces)).collect();
    if dice.once_in(2) { name } else { format!("{name}{index}") }
}

struct Inventor<'d> {
    dice: &'d mut Dice,
    names: Vec<String>,
}

impl Inventor<'_> {
    fn maybe(&mut self) -> bool {
        self.dice.once_in(2)
    }

    fn text(&mut self) -> String {
        (0..=self.dice.below(3))
            .map(|_| self.dice.pick(TEXTS))
            .collect::<Vec<_>>()
            .join(self.dice.pick(&["", " ", "\n", "\n\n", "a"]))
    }

    /// A name for a property, a parameter or a value.
    fn name(&mut self) -> String {
        let plain = [
            "id",
            "name",
            "amount",
            "currency",
            "status",
            "type",
            "self",
            "fn",
            "a-b",
            "a_b",
            "aB",
            "x[y]",
            "created_at",
        ];
        if self.dice.once_in(3) { self.text() } else { self.dice.pick(&plain).to_owned() }
    }

    fn described(&mut self, mut entries: Vec<(&'static str, Tree)>) -> Tree {
        if self.maybe() {
            entries.push(("description", Tree::text(self.text())));
        }
        if self.dice.once_in(6) {
            entries.push(("deprecated", Tree::bare("true")));
        }
        Tree::map(entries)
    }

    fn document(&mut self) -> Tree {
        let names = self.names.clone();
        let schemas: Vec<(String, Tree)> = names.iter().map(|name| (name.clone(), self.schema(0))).collect();
        let paths: Vec<(String, Tree)> = (0..=self.dice.below(4)).map(|index| self.path(index)).collect();
        let info = [
            ("title", Tree::text(self.text())),
            ("version", Tree::text(self.text())),
            ("description", Tree::text(self.text())),
        ];
        let schemes = Tree::map([("key", self.scheme()), ("other", self.scheme())]);
        Tree::map([
            ("openapi", Tree::text("3.0.3")),
            ("info", Tree::map(info)),
            (
                "servers",
                Tree::List(vec![Tree::map([(
                    "url",
                    Tree::text(format!("https://example.com/{}", self.dice.pick(TEXTS))),
                )])]),
            ),
            ("tags", Tree::List(vec![Tree::map([("name", Tree::text(self.text()))])])),
            ("security", Tree::List(vec![Tree::map([("key", Tree::List(Vec::new()))])])),
            ("paths", Tree::map(paths)),
            ("components", Tree::map([("schemas", Tree::map(schemas)), ("securitySchemes", schemes)])),
        ])
    }

    fn scheme(&mut self) -> Tree {
        let entries = match self.dice.below(4) {
            0 => vec![("type", Tree::text("http")), ("scheme", Tree::text("basic"))],
            1 => vec![("type", Tree::text("http")), ("scheme", Tree::text("bearer"))],
            _ => {
                let place = self.dice.pick(&["header", "query", "cookie"]);
                vec![("type", Tree::text("apiKey")), ("in", Tree::text(place)), ("name", Tree::text(self.name()))]
            }
        };
        self.described(entries)
    }

    fn path(&mut self, index: usize) -> (String, Tree) {
        let name = self.name().replace(['/', '{', '}', '?', '#'], "");
        let path = match self.dice.below(4) {
            0 => format!("/p{index}"),
            1 => format!("/p{index}/{{{name}}}"),
            2 => format!("/p{index}/{{{name}}}.json/{}", self.dice.pick(TEXTS).replace(['{', '}', '?', '#'], "")),
            _ => format!("/{}/p{index}", self.dice.pick(TEXTS).replace(['{', '}', '?', '#'], "")),
        };
        let methods = ["get", "post", "put", "patch", "delete", "head", "options", "trace"];
        let first = self.dice.below(methods.len());
        let methods: Vec<&str> = methods.iter().copied().skip(first).take(1 + self.dice.below(2)).collect();
        let named = path.contains('{').then_some(name);
        let operations: Vec<(&str, Tree)> =
            methods.into_iter().map(|method| (method, self.operation(method, named.as_deref()))).collect();
        (path, Tree::map(operations))
    }

    fn operation(&mut self, method: &str, named: Option<&str>) -> Tree {
        let mut parameters: Vec<Tree> = named
            .into_iter()
            .map(|name| {
                Tree::map([
                    ("name", Tree::text(name)),
                    ("in", Tree::text("path")),
                    ("required", Tree::bare("true")),
                    ("schema", Tree::map([("type", Tree::text("string"))])),
                ])
            })
            .collect();
        for _ in 0..self.dice.below(4) {
            parameters.push(self.parameter());
        }
        let mut entries = vec![("parameters", Tree::List(parameters))];
        if self.dice.below(4) > 0 {
            entries.push(("operationId", Tree::text(self.name())));
        }
        if self.maybe() {
            entries.push(("summary", Tree::text(self.text())));
        }
        if self.maybe() {
            entries.push(("tags", Tree::List(vec![Tree::text(self.text())])));
        }
        if matches!(method, "post" | "put" | "patch") && self.dice.below(4) > 0 {
            let body = vec![
                ("content", self.content()),
                ("required", Tree::bare(if self.maybe() { "true" } else { "false" })),
            ];
            entries.push(("requestBody", self.described(body)));
        }
        let statuses = ["200", "201", "204", "202", "400", "404", "409", "422", "4XX", "500", "default", "303"];
        let start = self.dice.below(statuses.len());
        let count = 1 + self.dice.below(4);
        let responses: Vec<(&str, Tree)> =
            statuses.iter().copied().skip(start).take(count).map(|status| (status, self.response())).collect();
        entries.push(("responses", Tree::map(responses)));
        self.described(entries)
    }

    fn parameter(&mut self) -> Tree {
        let place = self.dice.pick(&["query", "query", "header", "cookie"]);
        let mut entries = vec![("name", Tree::text(self.name())), ("in", Tree::text(place)), ("schema", self.leaf())];
        if self.maybe() {
            entries.push(("required", Tree::bare("true")));
        }
        if self.dice.once_in(4) {
            entries.push(("example", Tree::text(self.text())));
        }
        self.described(entries)
    }

    fn response(&mut self) -> Tree {
        let mut entries = vec![("description", Tree::text(self.text()))];
        if self.dice.below(3) > 0 {
            entries.push(("content", self.content()));
        }
        if self.dice.once_in(4) {
            entries.push(("headers", Tree::map([(self.name(), Tree::map([("schema", self.leaf())]))])));
        }
        Tree::map(entries)
    }

    fn content(&mut self) -> Tree {
        let media = [
            "application/json",
            "application/json",
            "application/json",
            "application/x-www-form-urlencoded",
            "text/plain",
            "application/octet-stream",
            "multipart/form-data",
            "image/*",
        ];
        let mut entries = vec![("schema", self.schema(1))];
        if self.dice.once_in(4) {
            entries.push(("example", Tree::map([(self.name(), Tree::text(self.text()))])));
        }
        Tree::map([(self.dice.pick(&media), Tree::map(entries))])
    }

    fn reference(&mut self) -> Tree {
        let name = self.names[self.dice.below(self.names.len())].clone();
        Tree::map([("$ref", Tree::text(format!("#/components/schemas/{name}")))])
    }

    fn schema(&mut self, depth: usize) -> Tree {
        if depth > 4 {
            return self.leaf();
        }
        match self.dice.below(12) {
            0..=3 => self.object(depth),
            4 => {
                let items = self.schema(depth + 1);
                self.described(vec![("type", Tree::text("array")), ("items", items)])
            }
            5 => {
                let key = self.dice.pick(&["oneOf", "anyOf"]);
                let branches = (0..=self.dice.below(3)).map(|_| self.schema(depth + 1)).collect();
                self.described(vec![(key, Tree::List(branches))])
            }
            6 => {
                let branches = vec![self.reference(), self.object(depth + 1)];
                self.described(vec![("allOf", Tree::List(branches))])
            }
            7 => {
                let kind = self.name();
                let mapping = Tree::map([(self.name(), self.reference_text()), (self.name(), self.reference_text())]);
                let discriminator = Tree::map([("propertyName", Tree::text(kind)), ("mapping", mapping)]);
                let branches = vec![self.reference(), self.reference()];
                self.described(vec![("oneOf", Tree::List(branches)), ("discriminator", discriminator)])
            }
            8 | 9 => self.reference(),
            _ => self.leaf(),
        }
    }

    fn reference_text(&mut self) -> Tree {
        match self.reference() {
            Tree::Map(mut entries) => entries.remove(0).1,
            other => other,
        }
    }

    fn object(&mut self, depth: usize) -> Tree {
        let properties: Vec<(String, Tree)> =
            (0..self.dice.below(5)).map(|_| (self.name(), self.schema(depth + 1))).collect();
        let required = properties
            .iter()
            .filter(|(name, _)| name.len() % 2 == 0)
            .map(|(name, _)| Tree::text(name.clone()))
            .collect();
        let mut entries = vec![
            ("type", Tree::text("object")),
            ("properties", Tree::map(properties)),
            ("required", Tree::List(required)),
        ];
        match self.dice.below(5) {
            0 => entries.push(("additionalProperties", Tree::bare("false"))),
            1 => {
                let inner = self.schema(depth + 1);
                entries.push(("additionalProperties", inner));
            }
            2 => entries.push(("nullable", Tree::bare("true"))),
            _ => {}
        }
        self.described(entries)
    }

    fn leaf(&mut self) -> Tree {
        let formats = [
            "date",
            "date-time",
            "time",
            "uuid",
            "uri",
            "byte",
            "binary",
            "password",
            "decimal",
            "duration",
            "email",
            "ipv4",
            "int32",
            "int64",
            "float",
            "double",
            "unix-time",
        ];
        let kind = self.dice.pick(&["string", "string", "string", "integer", "number", "boolean", "object", "array"]);
        let mut entries = vec![("type", Tree::text(kind))];
        match kind {
            "array" => entries.push(("items", Tree::map([("type", Tree::text("string"))]))),
            "string" if self.dice.once_in(3) => {
                let values = (0..=self.dice.below(4)).map(|_| Tree::text(self.text())).collect();
                entries.push(("enum", Tree::List(values)));
            }
            _ if self.maybe() => entries.push(("format", Tree::text(self.dice.pick(&formats)))),
            _ => {}
        }
        if self.dice.once_in(3) {
            let key = self.dice.pick(&[
                "minimum",
                "maximum",
                "multipleOf",
                "minLength",
                "maxLength",
                "pattern",
                "minItems",
                "maxItems",
            ]);
            let value = if key == "pattern" { Tree::text(self.text()) } else { Tree::bare(self.dice.pick(NUMBERS)) };
            entries.push((key, value));
        }
        if self.dice.once_in(4) {
            let value = if self.maybe() { Tree::text(self.text()) } else { Tree::bare(self.dice.pick(NUMBERS)) };
            let key = self.dice.pick(&["default", "example"]);
            entries.push((key, value));
        }
        if self.dice.once_in(6) {
            entries.push(("nullable", Tree::bare("true")));
        }
        if self.dice.once_in(10) {
            entries.push(("x-specie-sensitive", Tree::bare("true")));
        }
        self.described(entries)
    }
}
