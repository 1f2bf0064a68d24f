//! Semicolons where the formatter has put an expression into a block of its own, because it is long.
//!
//! Everything in an implementation of the runtime's `Check` is called for its effect: the value of a closure or an arm is `()`.

use syn::{Block, Expr, ImplItem, Item, ItemImpl, Stmt};

/// Ends with a semicolon what stands alone in a block of an implementation of `Check`. Other functions `check` are left as they are: a
/// schema or an operation may be called so.
pub(super) fn end_statements(formatted: String) -> String {
    // Without such a block there is nothing to look for.
    if !formatted.contains("Check for ") || !(formatted.contains("| {\n") || formatted.contains("=> {\n")) {
        return formatted;
    }
    let Ok(mut file) = syn::parse_file(&formatted) else { return formatted };
    let mut ended = false;
    for item in &mut file.items {
        let Item::Impl(item) = item else { continue };
        if !is_of_check(item) {
            continue;
        }
        for member in &mut item.items {
            if let ImplItem::Fn(function) = member
                && function.sig.ident == "check"
            {
                ended |= in_block(&mut function.block);
            }
        }
    }
    if ended { prettyplease::unparse(&file) } else { formatted }
}

fn is_of_check(item: &ItemImpl) -> bool {
    let of = item.trait_.as_ref().and_then(|(path, _)| path.segments.last());
    of.is_some_and(|of| of.ident == "Check")
}

fn in_block(block: &mut Block) -> bool {
    let mut ended = false;
    for statement in &mut block.stmts {
        if let Stmt::Expr(expression, semicolon) = statement {
            ended |= within(expression);
            if semicolon.is_none() && matches!(expression, Expr::MethodCall(_) | Expr::Call(_)) {
                *semicolon = Some(syn::token::Semi::default());
                ended = true;
            }
        }
    }
    ended
}

fn within(expression: &mut Expr) -> bool {
    match expression {
        Expr::MethodCall(call) => call.args.iter_mut().fold(false, |ended, argument| within(argument) | ended),
        Expr::Call(call) => call.args.iter_mut().fold(false, |ended, argument| within(argument) | ended),
        Expr::Closure(closure) => within(&mut closure.body),
        Expr::Match(of) => of.arms.iter_mut().fold(false, |ended, arm| within(&mut arm.body) | ended),
        Expr::Block(block) => in_block(&mut block.block),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An item in which a function `check` has one long match, whose arm the formatter has put into a block.
    fn item(of: &str) -> String {
        let text = format!("impl {of} {{ fn check(&self) -> u8 {{ match self {{ Self::A => {{ call(self) }} }} }} }}");
        prettyplease::unparse(&syn::parse_file(&text).unwrap())
            .replace("=> call(self),", "=> {\n                call(self)\n            }")
    }

    #[test]
    fn only_implementations_of_check_get_semicolons() {
        assert!(end_statements(item("specie_runtime::check::Check for Union")).contains("call(self);"));
        for of in ["Client", "Service for Check", "Other for Union"] {
            assert_eq!(end_statements(item(of)), item(of), "{of}");
        }
    }
}
