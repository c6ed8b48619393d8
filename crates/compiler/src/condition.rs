//! Compiles the text of one condition to its core form, [`Condition`].

use std::ops::Range;

use sarcoguide_model::{Condition, Guide};

use crate::code::Severity;
use crate::dead;
use crate::diagnostic::Diagnostic;
use crate::names::Names;
use crate::syntax::{self, Expression};

/// Compiles a condition that isn't part of a guide, by the same rules as a guide's own conditions. It can use the facts and derived facts of `guide`.
///
/// # Errors
///
/// Returns all errors in the condition, but no warnings. The places in their `marks` are byte ranges in `text`. To print the errors, pass them to
/// [`render`](crate::render) with a single file that contains `text`.
pub fn parse_condition(text: &str, guide: &Guide) -> Result<Condition, Vec<Diagnostic>> {
    let names = Names { facts: guide.facts.clone(), derived: guide.derived.clone() };
    let (expression, mut problems) = syntax::parse(text, 0, 0);
    let condition = lower_and_check(&names, &expression, 0, 0..text.len(), &mut problems);
    problems.retain(|problem| problem.severity() == Severity::Error);
    if problems.is_empty() { Ok(condition) } else { Err(problems) }
}

/// Lowers (converts) an expression to a condition. If there are no errors, also reports parts that are always or never true. If there are no warnings
/// either, also reports a part that has no effect.
pub(crate) fn lower_and_check(
    names: &Names,
    expression: &Expression,
    file: usize,
    span: Range<usize>,
    problems: &mut Vec<Diagnostic>,
) -> Condition {
    let condition = names.lower(expression, file, problems);
    if problems.iter().all(|problem| problem.severity() == Severity::Warning) {
        dead::check(names, expression, &condition, file, span, problems);
        if problems.is_empty() {
            dead::report_idle_part(names, expression, &condition, file, problems);
        }
    }
    condition
}
