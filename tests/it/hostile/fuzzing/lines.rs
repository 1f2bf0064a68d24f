//! Changes of whole lines, which is what documents and heads of requests are made of.

use super::dice::Dice;

/// Changes a few lines.
pub fn lines(dice: &mut Dice, input: &[u8], other: &[u8]) -> Vec<u8> {
    let mut lines: Vec<Vec<u8>> = split(input);
    let others = split(other);
    for _ in 0..=dice.below(3) {
        let range = dice.range(lines.len());
        match dice.below(6) {
            0 => drop(lines.drain(range)),
            1 => {
                let piece = others.get(dice.range(others.len())).unwrap_or_default().to_vec();
                lines.splice(range, piece);
            }
            2 => {
                let piece = lines.get(range.clone()).unwrap_or_default().to_vec();
                let at = dice.below(lines.len() + 1);
                lines.splice(at..at, piece);
            }
            3 => lines[range].reverse(),
            4 => {
                let indent = dice.below(5);
                for line in &mut lines[range] {
                    line.splice(0..0, std::iter::repeat_n(b' ', indent));
                }
            }
            _ => {
                for line in &mut lines[range] {
                    let spaces = line.iter().take_while(|byte| **byte == b' ').count();
                    line.drain(..dice.below(spaces + 1));
                }
            }
        }
    }
    lines.join(&b'\n')
}

fn split(input: &[u8]) -> Vec<Vec<u8>> {
    input.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect()
}
