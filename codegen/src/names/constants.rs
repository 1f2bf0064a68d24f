//! A name in the casing of constants.

use super::Scope;

/// The constants of some names in `snake_case`, each with a number where another one has it. One that reads back as its name comes first:
/// `STRASSE` is `strasse` before it is `straße`.
pub(crate) fn constant_names(names: &[&str], scope: &mut Scope) -> Vec<String> {
    let mut constants: Vec<String> = names.iter().map(|name| name.to_uppercase()).collect();
    let mut order: Vec<(&mut String, bool)> = constants
        .iter_mut()
        .zip(names)
        .map(|(constant, name)| {
            let is_exact = constant.to_lowercase() == *name;
            (constant, is_exact)
        })
        .collect();
    order.sort_by_key(|(_, is_exact)| !is_exact);
    for (constant, _) in order {
        *constant = scope.claim(constant).name;
    }
    constants
}

#[cfg(test)]
mod tests {
    use super::{Scope, constant_names};

    #[test]
    fn no_two_names_have_one_constant() {
        let mut scope = Scope::default();
        assert_eq!(constant_names(&["straße", "pay", "strasse"], &mut scope), ["STRASSE2", "PAY", "STRASSE"]);
        assert_eq!(constant_names(&["pay"], &mut scope), ["PAY2"]);
    }
}
