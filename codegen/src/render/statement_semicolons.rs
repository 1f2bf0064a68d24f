//! Semicolons where the formatter has put an expression into a block of its own, because it is long.
//!
//! Everything in a function `check` is called for its effect: the value of a closure or an arm is `()`.

use syn::{Block, Expr, ImplItem, Item, Stmt};

/// Ends with a semicolon what stands alone in a block of a function `check`.
pub(super) fn end_statements(formatted: String) -> String {
    // Without such a block there is nothing to look for.
    if !formatted.contains("fn check(") || !(formatted.contains("| {\n") || formatted.contains("=> {\n")) {
        return formatted;
    }
    let Ok(mut file) = syn::parse_file(&formatted) else { return formatted };
    let mut ended = false;
    for item in &mut file.items {
        let Item::Impl(item) = item else { continue };
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
