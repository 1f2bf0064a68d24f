//! The multiples of a number, counted exactly. `None` stands for more digits than are computed with.

use specie_codegen::api::Bound;
use specie_codegen::instance::Exact;

/// Where a range ends that has no bound, in steps: further than numbers that are computed with.
pub(super) const END: i128 = 1 << 120;

/// The least number that both divide.
pub(crate) fn common_multiple(one: Exact, other: Exact) -> Option<Exact> {
    let places = one.places().max(other.places());
    let (one, other) = one.aligned(other)?;
    let (mut divisor, mut rest) = (one.checked_abs()?, other.checked_abs()?);
    while rest != 0 {
        (divisor, rest) = (rest, divisor % rest);
    }
    Some(Exact::of(one.checked_div(divisor)?.checked_mul(other)?.checked_abs()?, places))
}

/// How often a step fits into a number from zero on, rounded down, and whether nothing is left over.
pub(super) fn steps(number: Exact, step: Exact) -> Option<(i128, bool)> {
    let (number, step) = number.aligned(step)?;
    Some((number.checked_div_euclid(step)?, number.checked_rem_euclid(step)? == 0)).filter(|_| step > 0)
}

/// How often a step is taken for its first and for its last multiple within bounds.
pub(super) fn times_within(step: Exact, lower: Option<&Bound>, upper: Option<&Bound>) -> Option<(i128, i128)> {
    let first = match lower {
        None => -END,
        Some(bound) => {
            let (at, is_exact) = steps(Exact::parse(&bound.value)?, step)?;
            if is_exact && !bound.exclusive { at } else { at.checked_add(1)? }
        }
    };
    let last = match upper {
        None => END,
        Some(bound) => {
            let (at, is_exact) = steps(Exact::parse(&bound.value)?, step)?;
            if is_exact && bound.exclusive { at.checked_sub(1)? } else { at }
        }
    };
    Some((first, last))
}

/// So many times a step.
pub(super) fn times(step: Exact, count: i128) -> Option<Exact> {
    let places = step.places();
    Some(Exact::of(step.in_places(places)?.checked_mul(count)?, places))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Exact {
        Exact::parse(text).expect(text)
    }

    #[test]
    fn multiples_are_computed_in_decimals() {
        for (one, step, expected) in [
            ("0.01", "0.001", true),
            ("0.001", "0.01", false),
            ("1e3", "2.5", true),
            ("-4", "2.0", true),
            ("0.3", "0.1", true),
        ] {
            assert_eq!(of(one).is_multiple_of(of(step)), Some(expected), "{one} {step}");
        }
        assert_eq!(of("1").is_multiple_of(of("0")), None);
        assert_eq!(Exact::parse("1e99999").and_then(|one| one.is_multiple_of(of("1"))), None);
    }

    #[test]
    fn steps_are_counted_downwards() {
        assert_eq!(steps(of("7"), of("2")), Some((3, false)));
        assert_eq!(steps(of("-7"), of("2")), Some((-4, false)));
        assert_eq!(steps(of("0.6"), of("0.2")), Some((3, true)));
        assert_eq!(common_multiple(of("1.5"), of("1")), Some(of("3")));
    }
}
