//! How much may be compared to say how branches of unions stand to each other, so that every comparison comes to an end.
//!
//! A pair of unions is compared by comparing their branches with each other, which may be unions. Without a limit the number of comparisons
//! grows with each level of unions by a factor. What is not compared is unknown, never the same.

/// How many pairs are looked at, for one pair and all that it is made of.
const LOOKS: usize = 4_000;

/// How many pairs are compared within one pair.
const STEPS: usize = 4_000;

/// How many are compared within others in all of which the result cannot be kept. After that each pair has few.
const WASTED: usize = 8_000;

/// How many are compared within one pair at least.
const FEW_STEPS: usize = 16;

/// How many pairs of branches of a union count as one pair that is compared.
const BRANCHES: usize = 32;

/// How deep pairs are compared within pairs.
const DEPTH: usize = 24;

/// How deep it is asked whether objects that differ in one property are one object together.
const DIVIDED: usize = 6;

/// What is left of it.
#[derive(Debug)]
pub(super) struct Budget {
    looks: usize,
    steps: usize,
    wasted: usize,
    divided: usize,
    /// How often something was not compared.
    cuts: usize,
}

impl Budget {
    pub(super) const fn new() -> Self {
        Self { looks: LOOKS, steps: STEPS, wasted: 0, divided: DIVIDED, cuts: 0 }
    }

    /// Begins with a pair that stands within no other one.
    pub(super) fn begin(&mut self) {
        self.looks = LOOKS;
        self.steps = WASTED.saturating_sub(self.wasted).clamp(FEW_STEPS, STEPS);
    }

    /// Whether one more pair may be looked at.
    pub(super) fn look(&mut self) -> bool {
        let is_left = !self.is_spent();
        if is_left {
            self.looks -= 1;
        } else {
            self.cuts += 1;
        }
        is_left
    }

    /// Whether one more pair may be compared within so many.
    pub(super) fn step(&mut self, depth: usize) -> bool {
        let is_left = self.steps > 0 && depth < DEPTH;
        if is_left {
            self.steps -= 1;
        } else {
            self.cuts += 1;
        }
        is_left
    }

    /// Counts so many pairs of branches of a union.
    pub(super) fn weigh(&mut self, branches: usize) {
        let weight = branches / BRANCHES;
        self.steps = self.steps.saturating_sub(weight);
        self.wasted += weight;
    }

    /// The result of a pair cannot be kept.
    pub(super) fn waste(&mut self) {
        self.wasted += 1;
    }

    /// Whether it may be asked once more what objects are together; [`Self::leave`] follows where it may.
    pub(super) fn enter(&mut self, others: usize) -> bool {
        let is_left = self.divided > 0 && self.steps >= others;
        if is_left {
            self.divided -= 1;
            self.steps -= others;
        } else {
            self.cuts += 1;
        }
        is_left
    }

    /// It is answered what objects are together.
    pub(super) fn leave(&mut self) {
        self.divided += 1;
    }

    /// Whether nothing more may be looked at or compared.
    pub(super) const fn is_spent(&self) -> bool {
        self.looks == 0 || self.steps == 0
    }

    /// How often something was not compared so far.
    pub(super) const fn cuts(&self) -> usize {
        self.cuts
    }

    /// How many pairs were compared within others so far, without those of which the result is kept.
    #[cfg(test)]
    pub(super) const fn wasted(&self) -> usize {
        self.wasted
    }
}
