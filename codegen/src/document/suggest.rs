//! What someone may have meant to write.

/// Names longer than this are no slip of the pen.
const LONGEST: usize = 40;

/// The candidate closest to a misspelt name, if one is close enough.
pub(crate) fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > LONGEST {
        return None;
    }
    // One slip in a short name, two in a long one; a change of case costs nothing.
    let allowed = if name.len() < 5 { 1 } else { 2 };
    let lower = name.to_lowercase();
    let near = candidates.into_iter().filter_map(|candidate| {
        let close = candidate.len() <= LONGEST && candidate.len().abs_diff(name.len()) <= allowed;
        let distance = close.then(|| distance(&lower, &candidate.to_lowercase()))?;
        (distance <= allowed).then_some((distance, candidate))
    });
    near.min_by_key(|&(distance, _)| distance).map(|(_, candidate)| candidate)
}

/// Edits from one text to the other: letters added, dropped, replaced, or swapped with their neighbour.
fn distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    let mut rows = vec![vec![0; right.len() + 1]; left.len() + 1];
    for i in 0..=left.len() {
        for j in 0..=right.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let replaced = rows[i - 1][j - 1] + usize::from(left[i - 1] != right[j - 1]);
                let edited = replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                let swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
                if swapped { edited.min(rows[i - 2][j - 2] + 1) } else { edited }
            };
        }
    }
    rows[left.len()][right.len()]
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
        assert_eq!(closest(&"x".repeat(1_000_000), keys), None);
    }
}
