//! What looks random and is not: drawn from the seed and from names, so that the order of requests does not matter.

use sha2::{Digest, Sha256};

/// Letters and digits, as in the ids of the APIs.
const ALPHANUMERIC: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Draws from a seed.
#[derive(Clone, Copy, Debug)]
pub struct Chance {
    seed: u64,
}

impl Chance {
    /// Draws from this seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { seed }
    }

    /// The bytes for a name; the same name has the same.
    fn bytes(self, name: &[&str], block: u32) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(self.seed.to_be_bytes());
        hash.update(block.to_be_bytes());
        for part in name {
            hash.update(part.len().to_be_bytes());
            hash.update(part.as_bytes());
        }
        hash.finalize().into()
    }

    /// Letters and digits for a name.
    #[must_use]
    pub fn token(self, name: &[&str], length: usize) -> String {
        let mut token = String::with_capacity(length);
        for block in 0_u32.. {
            for byte in self.bytes(name, block) {
                if token.len() == length {
                    return token;
                }
                // 248 is a multiple of 62, so that each letter is as likely.
                if byte < 248 {
                    token.push(ALPHANUMERIC.get(usize::from(byte % 62)).map_or('0', |letter| char::from(*letter)));
                }
            }
        }
        token
    }

    /// Hexadecimal digits for a name, at most 64.
    #[must_use]
    pub fn hex(self, name: &[&str], length: usize) -> String {
        let bytes = self.bytes(name, 0);
        let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        digits.take(length).filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()
    }

    /// A number below the bound for a name.
    #[must_use]
    pub fn below(self, name: &[&str], bound: u64) -> u64 {
        let bytes = self.bytes(name, 0);
        let drawn = bytes.first_chunk().copied().map_or(0, u64::from_be_bytes);
        drawn.checked_rem(bound).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_decides_and_so_does_the_seed() {
        let chance = Chance::new(7);
        assert_eq!(chance.token(&["a", "b"], 16), chance.token(&["a", "b"], 16));
        assert_ne!(chance.token(&["a", "b"], 16), chance.token(&["ab", ""], 16));
        assert_ne!(chance.token(&["a"], 16), Chance::new(8).token(&["a"], 16));
        assert_eq!(chance.token(&["a"], 100).len(), 100);
        assert_eq!(chance.hex(&["a"], 32).len(), 32);
        assert!(chance.below(&["a"], 100) < 100);
        assert_eq!(chance.below(&["a"], 0), 0);
    }
}
