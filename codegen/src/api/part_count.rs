//! How large operations and texts are, as a number of parts. The limits on how much the planned code may copy count these parts.

use super::{Docs, Encoding, Example, MediaType, Operation, Parameter, Response, Value};

/// The bytes of texts that count as one part.
const TEXT_BYTES: usize = 512;

impl Operation {
    /// The parts of the operation with all that it only refers to, but without its callbacks: itself, each alternative of its security, each
    /// parameter, media type, response, header and link count one, and so do every 512 bytes of texts and examples.
    #[must_use]
    pub fn part_count(&self) -> usize {
        let alternatives = self.security.iter().map(|all| 1 + all.schemes.len()).sum::<usize>();
        let parameters = self.parameters.iter().map(of_parameter).sum::<usize>();
        let content = self.request_body.iter().flat_map(|body| &body.content).map(of_media_type).sum::<usize>();
        let responses = self.responses.iter().map(of_response).sum::<usize>();
        1 + self.docs.part_count() + alternatives + parameters + content + responses
    }
}

impl Docs {
    /// The parts of its texts: one for every 512 bytes.
    #[must_use]
    pub fn part_count(&self) -> usize {
        [&self.summary, &self.description].into_iter().flatten().map(String::len).sum::<usize>() / TEXT_BYTES
    }
}

fn of_parameter(parameter: &Parameter) -> usize {
    1 + parameter.docs.part_count() + of_examples(&parameter.examples)
}

fn of_media_type(media_type: &MediaType) -> usize {
    let headers = |encoding: &Encoding| encoding.headers.iter().map(of_parameter).sum::<usize>();
    let encoding = media_type.encoding.iter().map(|encoding| 1 + headers(encoding)).sum::<usize>();
    1 + of_examples(&media_type.examples) + encoding
}

fn of_response(response: &Response) -> usize {
    let headers = response.headers.iter().map(of_parameter).sum::<usize>();
    let content = response.content.iter().map(of_media_type).sum::<usize>();
    1 + response.docs.part_count() + headers + content + response.links.len()
}

fn of_examples(examples: &[Example]) -> usize {
    let values = examples.iter().filter_map(|example| example.value.as_ref()).map(Value::bytes).sum::<usize>();
    values / TEXT_BYTES + examples.iter().map(|example| example.docs.part_count()).sum::<usize>()
}
