//! Examples as the code of documentation tests.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::imports::{ident, path_tokens};
use crate::emit::rust_types::{self, Naming};
use crate::render;
use crate::rust::{
    CLIENT, CallArgument, CallExample, Example, ExampleRoot, Expression, Fields, Prelude, Setup, Type, TypeId,
    fixed_docs, fixed_modules,
};

/// How to make a request.
pub(super) fn of_request(example: &Example) -> String {
    let request = expression(&example.request);
    let statements = render::statements(&quote!(let request = #request;));
    let (imports, parameters) = (imports(example), parameters(example));
    if parameters.is_empty() {
        return format!("{imports}\n{statements}");
    }
    format!("{imports}\n# fn example({parameters}) {{\n{statements}# }}\n")
}

/// How the client is made and called.
pub(in crate::emit) fn call_example(call: &CallExample) -> String {
    let (builder, request) = (builder(&call.example.root, &call.setup), expression(&call.example.request));
    let method = ident(&call.method);
    let (binding, argument) = match &call.argument {
        CallArgument::Nothing => (None, None),
        CallArgument::Value(value) => (None, Some(expression(value))),
        CallArgument::Request => (Some(quote!(let request = #request;)), Some(quote!(request))),
    };
    let make = render::statements(&quote!(let client = #builder; #binding));
    let calls = if call.prints {
        render::statements(&quote!(let answer = client.#method(#argument).await?; println!("{answer:?}");))
    } else {
        render::statements(&quote!(client.#method(#argument).await?;))
    };
    let (imports, parameters) = (imports(&call.example), parameters(&call.example));
    format!(
        "{imports}\n# async fn example({parameters}) -> Result<(), Box<dyn std::error::Error>> {{\n{make}{calls}# Ok(())\n# }}\n"
    )
}

/// How a receiver of a webhook is made.
pub(super) fn of_receiver(root: &ExampleRoot, function: &str, proof: (&[&str], Option<&str>)) -> String {
    let module = fixed_modules::WEBHOOKS.below(root.path());
    let function = crate::emit::imports::written(function);
    let proof = first_arguments(proof);
    format!(
        "let receiver = {module}::{function}({proof}|payload| async move {{\n    println!(\"{{payload:?}}\");\n    Ok::<(), std::io::Error>(())\n}});\n# drop(receiver);"
    )
}

/// How the fake is used.
pub(super) fn of_fake(root: &ExampleRoot, fake: &str, method: &str) -> String {
    let (krate, client) = (root.path(), CLIENT.name);
    let module = fixed_modules::FAKE.below(krate);
    let (then, refusal) = (fixed_docs::EXAMPLE_FAKE_CALLS, fixed_docs::EXAMPLE_FAKE_REFUSAL);
    let method = crate::emit::imports::written(method);
    format!(
        "use {krate}::{client};\nuse {module}::{fake};\nuse specie_runtime::server::{{Refusal, Rejection}};\n\n\
         let fake = {fake}::new().{method}(|_| async {{\n    \
             Err(Refusal::rejected(Rejection::forbidden({refusal:?})))\n\
         }});\n\
         let client = {client}::over(fake.in_process());\n\
         # drop(client);\n\
         // {then}\n\
         assert!(fake.calls().{method}().is_empty());\n\
         assert!(fake.calls().in_order().is_empty());"
    )
}

/// A receiver of a whole operation, made of a handler that prints it.
pub(super) fn of_callback_receiver(
    module: &str,
    function: &str,
    proof: (&[&str], Option<&str>),
    failure: Option<&str>,
) -> String {
    let function = crate::emit::imports::written(function);
    let proof = first_arguments(proof);
    let (import, end) = match failure {
        None => ("", "Ok(())".to_owned()),
        Some(failure) => ("use specie_runtime::server::Refusal;\n\n", format!("Err(Refusal::internal({failure:?}))")),
    };
    format!(
        "{import}let receiver = {module}::{function}({proof}|request, _| async move {{\n    println!(\"{{request:?}}\");\n    {end}\n}});\n# drop(receiver);"
    )
}

/// The secrets that a receiver is given before its handler, and what verifies credentials, where it takes any.
fn first_arguments((secrets, authenticate): (&[&str], Option<&str>)) -> String {
    let secrets = if secrets.is_empty() { String::new() } else { format!("{secrets:?}, ") };
    secrets + &authenticate.map(|authenticate| format!("{authenticate}, ")).unwrap_or_default()
}

/// `Client::builder()` with what the operation needs.
fn builder(root: &ExampleRoot, setup: &Setup) -> TokenStream {
    let server = setup.server.as_ref().map(|server| {
        let root = path_tokens(root.path());
        let [method, name, variant] = [server.method, &server.enum_name, &server.variant].map(ident);
        quote!(.#method(#root::#name::#variant))
    });
    let base = setup.base.as_ref().map(|method| {
        let (method, url) = (ident(method), fixed_docs::EXAMPLE_BASE_URL);
        quote!(.#method(#url))
    });
    let credentials = setup.credentials.iter().map(|credential| {
        let (method, arguments) = (ident(&credential.method), credential.arguments);
        quote!(.#method(#(#arguments),*))
    });
    let client = ident(CLIENT.name);
    quote!(#client::builder() #server #base #(#credentials)* .build()?)
}

fn imports(example: &Example) -> String {
    let names = match example.uses.as_slice() {
        [only] => only.clone(),
        several => format!("{{{}}}", several.join(", ")),
    };
    let of_runtime = example.runtime_uses.iter().map(|name| format!("use specie_runtime::{name};\n"));
    format!("use {}::{names};\n{}", example.root.path(), of_runtime.collect::<String>())
}

fn parameters(example: &Example) -> String {
    let given = example.given.iter();
    let parameters: Vec<String> =
        given.map(|(name, ty)| format!("{}: {}", ident(name), written(example, ty))).collect();
    parameters.join(", ")
}

/// A type without line breaks.
fn written(example: &Example, ty: &Type) -> String {
    let tokens = rust_types::written(example, ty).to_string();
    tokens.split_whitespace().collect::<String>().replace(',', ", ")
}

/// From outside of the crate, every name has its whole path.
impl Naming for Example {
    fn named(&self, id: TypeId) -> TokenStream {
        let types = path_tokens(&fixed_modules::TYPES.below(self.root.path()));
        let name = self.types.get(&id).map(|name| ident(name));
        name.map_or_else(|| types.clone(), |name| quote!(#types::#name))
    }

    fn beside_request(&self, name: &str) -> TokenStream {
        let (root, name) = (path_tokens(self.root.path()), ident(name));
        quote!(#root::#name)
    }

    fn path(&self, path: &'static str) -> TokenStream {
        path_tokens(path)
    }

    fn prelude(&self, of: Prelude) -> TokenStream {
        self.path(of.name())
    }
}

fn expression(value: &Expression) -> TokenStream {
    match value {
        Expression::Text(text) => {
            let literal = Literal::string(text);
            quote!(#literal)
        }
        Expression::Bool(value) => quote!(#value),
        Expression::Integer(number) => {
            let literal = Literal::i64_unsuffixed(*number);
            quote!(#literal)
        }
        Expression::Float => quote!(1.0),
        Expression::Decimal(text) => {
            let literal: TokenStream = text.parse().unwrap_or_default();
            quote!(dec!(#literal))
        }
        Expression::None => quote!(None),
        Expression::Pairs => quote!([("key", "value")]),
        Expression::List(item) => {
            let item = expression(item);
            quote!(vec![#item])
        }
        Expression::Into(inner) => {
            let inner = expression(inner);
            quote!(#inner.into())
        }
        Expression::Given(name) => {
            let name = ident(name);
            quote!(#name)
        }
        Expression::Variant { name, variant } => {
            let (name, variant) = (ident(name), ident(variant));
            let types = ident(fixed_modules::TYPES.name());
            quote!(#types::#name::#variant)
        }
        Expression::Set { of, method, value } => {
            let (of, method, value) = (expression(of), ident(method), expression(value));
            quote!(#of.#method(#value))
        }
        Expression::New { name, among_types, fields } => construction(name, *among_types, fields),
    }
}

/// `Name::new(…)`
fn construction(name: &str, among_types: bool, fields: &Fields) -> TokenStream {
    let path = |name: &str| {
        let name = ident(name);
        let types = among_types.then(|| ident(fixed_modules::TYPES.name())).map(|types| quote!(#types::));
        quote!(#types #name)
    };
    let name = path(name);
    match fields {
        Fields::None => quote!(#name::new()),
        Fields::One(value) => {
            let value = expression(value);
            quote!(#name::new(#value))
        }
        Fields::Companion(companion, fields) => {
            let companion = path(companion);
            let fields = fields.iter().map(|(name, value)| {
                let (field, value) = (ident(name), expression(value));
                if field == value.to_string() { quote!(#field) } else { quote!(#field: #value) }
            });
            quote!(#name::new(#companion { #(#fields),* }))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::emit::test_fixtures;
    use crate::rust::Paragraph;

    /// The example of a request that needs one list in the query.
    fn example_of(item: &str) -> String {
        let krate = test_fixtures::krate(&format!(
            "paths: {{/x: {{get: {{operationId: List, parameters: [{{name: ids, in: query, required: true, \
             schema: {{type: array, items: {item}}}}}], responses: {{}}}}}}}}\n"
        ));
        let mut paragraphs = krate.operations[0].request.docs.paragraphs.iter();
        let example = paragraphs.find_map(|paragraph| match paragraph {
            Paragraph::Request(example) => Some(example),
            _ => None,
        });
        super::of_request(example.expect("there is an example"))
    }

    #[test]
    fn values_that_are_given_have_their_own_types() {
        for (item, expected) in [
            ("{type: string}", "ids: Vec<String>"),
            ("{type: integer}", "ids: Vec<i64>"),
            ("{type: boolean}", "ids: Vec<bool>"),
            ("{type: number}", "ids: Vec<specie_runtime::Decimal>"),
            ("{type: string, format: uuid}", "ids: Vec<specie_runtime::Uuid>"),
        ] {
            let example = example_of(item);
            assert!(example.contains(&format!("# fn example({expected}) {{")), "{example}");
        }
    }
}
