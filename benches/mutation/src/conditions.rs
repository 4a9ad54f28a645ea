//! The conditions of a source file, and the file with a switch for each of them.

use std::ops::Range;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, BinOp, Expr, Stmt};

/// What a condition is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An operand of `&&`: without it, true.
    And,
    /// An operand of `||`: without it, false.
    Or,
    /// The condition of an `if`: without it, the branch is never taken.
    If,
    /// The guard of a match arm: without it, the arm is never taken.
    Guard,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::And => "and",
            Self::Or => "or",
            Self::If => "if",
            Self::Guard => "guard",
        }
    }
}

/// A condition and where it is.
#[derive(Debug)]
pub struct Condition {
    pub kind: Kind,
    /// In bytes.
    pub range: Range<usize>,
    pub line: usize,
    pub function: String,
}

/// The conditions of a file, in the order in which they begin; those of its tests and of what is worked out at compile time
/// are left out, and so are those in macros.
pub fn conditions(source: &str) -> syn::Result<Vec<Condition>> {
    let mut found = Found::default();
    found.visit_file(&syn::parse_file(source)?);
    Ok(found.conditions)
}

/// The file with a switch for each condition; the first has the number `first`.
pub fn switched(source: &str, conditions: &[Condition], first: usize) -> String {
    let mut inserts = Vec::new();
    for (n, condition) in conditions.iter().enumerate() {
        let number = first + n;
        let kept = if condition.kind == Kind::And { "and" } else { "or" };
        inserts.push((condition.range.start, n as isize, format!("crate::mutation::{kept}({number}, ")));
        // What is inside another condition ends before it.
        inserts.push((condition.range.end, -(n as isize) - 1, ")".into()));
    }
    inserts.sort_by_key(|(at, order, _)| (*at, *order));
    let mut out = String::with_capacity(source.len() * 2);
    let mut done = 0;
    for (at, _, text) in inserts {
        out.push_str(&source[done..at]);
        out.push_str(&text);
        done = at;
    }
    out + &source[done..]
}

#[derive(Default)]
struct Found {
    conditions: Vec<Condition>,
    functions: Vec<String>,
}

impl Found {
    fn add(&mut self, kind: Kind, condition: &Expr) {
        if has_let(condition) {
            return;
        }
        let span = condition.span();
        self.conditions.push(Condition {
            kind,
            range: span.byte_range(),
            line: span.start().line,
            function: self.functions.join("::"),
        });
    }

    fn within(&mut self, function: &syn::Signature, visit: impl FnOnce(&mut Self)) {
        if function.constness.is_none() {
            self.functions.push(function.ident.to_string());
            visit(self);
            self.functions.pop();
        }
    }
}

impl<'a> Visit<'a> for Found {
    fn visit_item_mod(&mut self, item: &'a syn::ItemMod) {
        if !is_test(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_fn(&mut self, item: &'a syn::ItemFn) {
        if !is_test(&item.attrs) {
            self.within(&item.sig, |found| visit::visit_item_fn(found, item));
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'a syn::ImplItemFn) {
        if !is_test(&item.attrs) {
            self.within(&item.sig, |found| visit::visit_impl_item_fn(found, item));
        }
    }

    fn visit_item_impl(&mut self, item: &'a syn::ItemImpl) {
        if !is_test(&item.attrs) {
            visit::visit_item_impl(self, item);
        }
    }

    fn visit_item_const(&mut self, _: &'a syn::ItemConst) {}

    fn visit_item_static(&mut self, _: &'a syn::ItemStatic) {}

    fn visit_expr_const(&mut self, _: &'a syn::ExprConst) {}

    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        if !matches!(stmt, Stmt::Item(syn::Item::Const(_) | syn::Item::Static(_))) {
            visit::visit_stmt(self, stmt);
        }
    }

    fn visit_expr_binary(&mut self, expr: &'a syn::ExprBinary) {
        let Some(kind) = kind_of(&expr.op) else {
            return visit::visit_expr_binary(self, expr);
        };
        for side in [&*expr.left, &*expr.right] {
            let chained = matches!(side, Expr::Binary(inner) if kind_of(&inner.op) == Some(kind));
            if !chained {
                self.add(kind, side);
            }
            self.visit_expr(side);
        }
    }

    fn visit_expr_if(&mut self, expr: &'a syn::ExprIf) {
        self.add(Kind::If, &expr.cond);
        visit::visit_expr_if(self, expr);
    }

    fn visit_arm(&mut self, arm: &'a syn::Arm) {
        if let Some((_, guard)) = &arm.guard {
            self.add(Kind::Guard, guard);
        }
        visit::visit_arm(self, arm);
    }
}

fn kind_of(operator: &BinOp) -> Option<Kind> {
    match operator {
        BinOp::And(_) => Some(Kind::And),
        BinOp::Or(_) => Some(Kind::Or),
        _ => None,
    }
}

/// Whether a condition binds names.
fn has_let(condition: &Expr) -> bool {
    match condition {
        Expr::Let(_) => true,
        Expr::Binary(expr) => matches!(expr.op, BinOp::And(_)) && (has_let(&expr.left) || has_let(&expr.right)),
        _ => false,
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || attribute.path().is_ident("cfg")
                && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"))
    })
}
