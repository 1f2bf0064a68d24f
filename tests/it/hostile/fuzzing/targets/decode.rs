//! Payloads to the types of the generated crates: what decodes encodes to something that decodes to the same; what does not is told
//! without a word of the payload.

use specie_runtime::decode::DecodeFault;

use super::super::dice::Dice;
use super::super::{Target, mutation, seeds};
use super::{gist, reached};
use crate::support::types::{TYPES, Typed};

pub static TARGET: Target = Target { name: "decode", seeds: seeds::payloads, mutate, run };

/// A text that no message may repeat; the seeds hold it in their secrets.
const CANARY: &str = crate::support::instances::MARKER;

fn mutate(dice: &mut Dice, input: &[u8], other: &[u8]) -> Vec<u8> {
    let ((title, body), (other_title, other_body)) = (split(input), split(other));
    // The payload of one type for another is what a mixed-up endpoint gets.
    let title = if dice.once_in(8) { other_title } else { title };
    let body = mutation::payload(dice, body, other_body);
    [title, b"\n", &body].concat()
}

fn split(input: &[u8]) -> (&[u8], &[u8]) {
    let end = input.iter().position(|byte| *byte == b'\n').unwrap_or(input.len());
    (&input[..end], input.get(end + 1..).unwrap_or_default())
}

fn run(input: &[u8]) -> Result<u64, String> {
    let (title, body) = split(input);
    let Some(kind) = TYPES.iter().find(|kind| kind.title().as_bytes() == title) else { return Ok(0) };
    match (kind.through)(body) {
        Ok(encoded) => {
            is_stable(kind, &encoded)?;
            Ok(reached((kind.name, shape(&encoded))))
        }
        Err(fault) => {
            is_discreet(body, &fault)?;
            Ok(reached((kind.name, gist(&fault.message), fault.pointer.matches('/').count())))
        }
    }
}

/// What a payload has, without its values: the structure bytes of the first level or two.
fn shape(encoded: &[u8]) -> usize {
    encoded.iter().filter(|byte| matches!(byte, b'{' | b'[' | b':')).count()
}

fn is_stable(kind: &Typed, encoded: &[u8]) -> Result<(), String> {
    match (kind.through)(encoded) {
        Ok(again) if again == encoded => Ok(()),
        Ok(_) => Err(format!("{} encodes to something else the second time", kind.title())),
        Err(fault) => Err(format!("{} does not decode what it encoded: {fault}", kind.title())),
    }
}

/// Whether a fault says where and what without quoting values; keys may be part of the pointer.
pub fn is_discreet(body: &[u8], fault: &DecodeFault) -> Result<(), String> {
    if !fault.pointer.is_empty() && !fault.pointer.starts_with('/') {
        return Err(format!("`{}` is no pointer", fault.pointer));
    }
    let shown = format!("{fault} {fault:?}");
    if shown.contains(CANARY) && !has_canary_as_key(body) {
        return Err(format!("a fault quotes the payload: {shown}"));
    }
    Ok(())
}

/// Whether the canary may stand in a key, as far as the text can tell.
pub fn has_canary_as_key(body: &[u8]) -> bool {
    match str::from_utf8(body).ok().and_then(|text| serde_json::from_str::<serde_json::Value>(text).ok()) {
        Some(value) => in_keys(&value),
        None => true,
    }
}

fn in_keys(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Object(entries) => entries.iter().any(|(key, value)| key.contains(CANARY) || in_keys(value)),
        serde_json::Value::Array(items) => items.iter().any(in_keys),
        _ => false,
    }
}
