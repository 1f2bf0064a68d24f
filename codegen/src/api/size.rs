//! How large operations and texts are, counted in parts. The limits on what components are copied into are stated in these parts.

use super::{Docs, Encoding, Example, MediaType, Operation, Parameter, Response, Value};

/// The bytes of texts that count as one part.
const TEXT_BYTES: usize = 512;

impl Operation {
    /// The parts of the operation with all that it only refers to, but without its callbacks: itself, each alternative of its security, each
    /// parameter, media type, response, header and link count one, and so do every 512 bytes of texts and examples.
    #[must_use]
    pub fn size(&self) -> usize {
        let alternatives = self.security.iter().map(|all| 1 + all.schemes.len()).sum::<usize>();
        let parameters = self.parameters.iter().map(of_parameter).sum::<usize>();
        let content = self.request_body.iter().flat_map(|body| &body.content).map(of_media_type).sum::<usize>();
        let responses = self.responses.iter().map(of_response).sum::<usize>();
        1 + self.docs.size() + alternatives + parameters + content + responses
    }
}

impl Docs {
    /// The parts of its texts: one for every 512 bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        [&self.summary, &self.description].into_iter().flatten().map(String::len).sum::<usize>() / TEXT_BYTES
    }
}

fn of_parameter(parameter: &Parameter) -> usize {
    1 + parameter.docs.size() + of_examples(&parameter.examples)
}

fn of_media_type(media_type: &MediaType) -> usize {
    let headers = |encoding: &Encoding| encoding.headers.iter().map(of_parameter).sum::<usize>();
    let encoding = media_type.encoding.iter().map(|encoding| 1 + headers(encoding)).sum::<usize>();
    1 + of_examples(&media_type.examples) + encoding
}

fn of_response(response: &Response) -> usize {
    let headers = response.headers.iter().map(of_parameter).sum::<usize>();
    let content = response.content.iter().map(of_media_type).sum::<usize>();
    1 + response.docs.size() + headers + content + response.links.len()
}

fn of_examples(examples: &[Example]) -> usize {
    let values = examples.iter().filter_map(|example| example.value.as_ref()).map(Value::bytes).sum::<usize>();
    values / TEXT_BYTES + examples.iter().map(|example| example.docs.size()).sum::<usize>()
}
