//! What someone may have meant to write.

/// Longer names are not compared.
const LONGEST: usize = 40;

/// The candidate closest to a misspelt name, if one is close enough.
pub(crate) fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > LONGEST {
        return None;
    }
    // How many letters may differ: none in a very short name, one in a short one, two in a long one. A change of case counts as none.
    let allowed = match name.len() {
        0..=2 => 0,
        3..=4 => 1,
        _ => 2,
    };
    let near = candidates.into_iter().filter_map(|candidate| {
        let close = candidate.len() <= LONGEST && candidate.len().abs_diff(name.len()) <= allowed;
        let distance = close.then(|| distance(name.as_bytes(), candidate.as_bytes(), allowed))??;
        Some((distance, candidate))
    });
    near.min_by_key(|&(distance, _)| distance).map(|(_, candidate)| candidate)
}

/// Edits from one text to the other: letters added, dropped, replaced, or swapped with their neighbour. `None` where there are more of them
/// than allowed.
fn distance(left: &[u8], right: &[u8], allowed: usize) -> Option<usize> {
    let same = |a: Option<&u8>, b: Option<&u8>| a.map(u8::to_ascii_lowercase) == b.map(u8::to_ascii_lowercase);
    // The row before the last one, the last one, and the one at hand.
    let mut rows = [[0; LONGEST + 1]; 3];
    rows[1] = std::array::from_fn(|column| column);
    for i in 1..=left.len() {
        let [before, last, row] = &mut rows;
        row[0] = i;
        for j in 1..=right.len() {
            let replaced = last[j - 1] + usize::from(!same(left.get(i - 1), right.get(j - 1)));
            row[j] = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            let swapped =
                i > 1 && j > 1 && same(left.get(i - 1), right.get(j - 2)) && same(left.get(i - 2), right.get(j - 1));
            if swapped {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        // A later row continues one of the last two, and no edit makes it shorter.
        let is_over = |row: &[usize]| row.iter().take(right.len() + 1).all(|&edits| edits > allowed);
        if is_over(last) && is_over(row) {
            return None;
        }
        rows.rotate_left(1);
    }
    Some(rows[1][right.len()]).filter(|&edits| edits <= allowed)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn slips_are_recognised() {
        let keys = ["required", "properties", "type", "in"];
        assert_eq!(closest("requried", keys), Some("required"));
        assert_eq!(closest("Required", keys), Some("required"));
        assert_eq!(closest("propertys", keys), Some("properties"));
        assert_eq!(closest("tpye", keys), Some("type"));
        assert_eq!(closest("color", keys), None);
        assert_eq!(closest("an", keys), None);
        assert_eq!(closest("rqeuiedr", keys), None, "three edits");
        assert_eq!(closest("rqeuierd", keys), Some("required"), "two neighbours swapped, twice");
        assert_eq!(closest("porperteis", keys), Some("properties"));
        assert_eq!(closest("In", keys), Some("in"));
        assert_eq!(closest(&"x".repeat(1_000_000), keys), None);
    }
}
