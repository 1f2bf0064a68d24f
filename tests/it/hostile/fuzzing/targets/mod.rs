//! What inputs are run against.

// The generator.
mod document;
mod invented;
mod text;

// The runtime, as the generated crates use it.
mod decode;
mod response;
mod server;
mod url;
mod webhook;

use std::hash::{DefaultHasher, Hash, Hasher as _};

use super::Target;

/// All of them.
pub static TARGETS: &[&Target] = &[
    &text::TARGET,
    &document::TARGET,
    &decode::TARGET,
    &response::TARGET,
    &url::TARGET,
    &server::TARGET,
    &webhook::TARGET,
];

/// A number for what a case led to.
fn reached(what: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

/// A message without its numbers and quotations: what is the same for all cases of one kind.
fn gist(message: &str) -> String {
    let mut quoted = false;
    let keep = |c: &char| {
        quoted ^= *c == '`';
        !quoted && !c.is_ascii_digit()
    };
    message.chars().filter(keep).collect()
}

/// Splits an input at its first empty line: a head of lines, and whatever follows.
fn head_and_body(input: &[u8]) -> (Vec<&[u8]>, &[u8]) {
    let end = input.windows(2).position(|pair| pair == b"\n\n");
    let (head, body) = end.map_or((input, &[][..]), |end| (&input[..end], &input[end + 2..]));
    (head.split(|byte| *byte == b'\n').collect(), body)
}

/// The value of a header line, with its name; lines that cannot be headers are none.
fn header(line: &[u8]) -> Option<(http::HeaderName, http::HeaderValue)> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let value = line.get(colon + 1..)?.trim_ascii();
    Some((http::HeaderName::from_bytes(line.get(..colon)?).ok()?, http::HeaderValue::from_bytes(value).ok()?))
}

/// Polls a future once and drops it.
async fn once(future: impl Future) {
    let mut future = std::pin::pin!(future);
    std::future::poll_fn(|context| {
        let _ = future.as_mut().poll(context);
        std::task::Poll::Ready(())
    })
    .await;
}

/// The text of percent-encoded UTF-8, if it is that: a second reading, apart from the runtime's.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let [high, low, after @ ..] = after else { return None };
        let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        bytes.push(digit(high)? * 16 + digit(low)?);
        rest = after;
    }
    String::from_utf8(bytes).ok()
}

/// Whether a query holds a name or a value that is not percent-encoded UTF-8.
fn is_malformed(query: &str) -> bool {
    query.split(['&', '=']).any(|part| decoded(part).is_none())
}

/// Changes an input of a head and a JSON body: one of the two, mostly.
fn mutate_message(dice: &mut super::dice::Dice, input: &[u8], other: &[u8]) -> Vec<u8> {
    let split = |input: &[u8]| input.windows(2).position(|pair| pair == b"\n\n").map_or(input.len(), |at| at + 2);
    let (head, body) = input.split_at(split(input));
    let (other_head, other_body) = other.split_at(split(other));
    let (mut new_head, mut new_body) = (head.to_vec(), body.to_vec());
    match dice.below(8) {
        0..=2 => new_body = super::mutation::payload(dice, body, other_body),
        3 | 4 => new_head = super::lines::lines(dice, head, other_head),
        5 => new_body = other_body.to_vec(),
        _ => new_head = super::mutation::bytes(dice, head, other_head, super::words::HTTP),
    }
    new_head.extend(new_body);
    new_head
}
