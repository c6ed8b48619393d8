//! Explains whether the guide covers a case. If it doesn't, every document says so first, in the same form.

use sarcoguide_model::{Advice, Case, Condition, FactId, OutOfScope, TreatmentId, Truth};

use crate::Answered;
use crate::Edition;
use crate::line::line;
use crate::words::{self, Citations, reasons};
use sarcoguide_document::{Document, Emphasis, Line};
use sarcoguide_text::t;

/// Whether the guide can't judge a treatment because it doesn't cover the case. Treatments for everyone (`any_scope`) are always judged.
pub(crate) fn is_not_judged(guide: Edition<'_>, advice: &Advice, treatment: TreatmentId) -> bool {
    advice.scope.covered.is_false() && !guide[treatment].any_scope
}

/// Adds a section if the guide doesn't cover the case, or a paragraph if that isn't known yet. Adds nothing if the guide covers it.
pub(crate) fn scope(guide: Edition<'_>, answered: Answered<'_>, citations: &mut Citations, document: &mut Document) {
    match answered.advice.scope.covered {
        Truth::True => {}
        Truth::Unknown => open(guide, answered.advice, document),
        Truth::False => {
            document.heading(2, Line::default().add(Emphasis::Bad, t!(guide.text, scope_not_covered)));
            for entry in outside(guide, answered.advice) {
                let mark = citations.mark(&entry.statement.from);
                out_of_scope(guide, answered, entry, Line::from(entry.statement.text.clone()).cite(mark), document);
            }
            stated_reason(guide, answered, document);
        }
    }
}

/// The reason why the guide doesn't cover the case, without a heading or citations, for use on other pages. Empty if the guide covers the case or
/// may cover it.
#[must_use]
pub fn not_covered(guide: Edition<'_>, answered: Answered<'_>) -> Document {
    let mut document = Document::default();
    if answered.advice.scope.covered.is_false() {
        for entry in outside(guide, answered.advice) {
            out_of_scope(guide, answered, entry, Line::from(entry.statement.text.clone()), &mut document);
        }
        stated_reason(guide, answered, &mut document);
    }
    document
}

/// The out-of-scope kinds of case that this case belongs to.
pub(crate) fn outside<'g>(guide: Edition<'g>, advice: &Advice) -> impl Iterator<Item = &'g OutOfScope> {
    advice.scope.outside.iter().map(move |index| &guide.out_of_scope[*index])
}

/// Adds why this kind of case isn't covered, which stated facts make the case one of this kind, and where to look instead.
fn out_of_scope(guide: Edition<'_>, answered: Answered<'_>, entry: &OutOfScope, why: Line, document: &mut Document) {
    let facts = stated_facts(answered.case, entry);
    document.paragraph(if facts.is_empty() {
        why
    } else {
        line!(guide, scope_because, why = why, facts = reasons(guide, answered.case, &facts))
    });
    document.paragraph(line!(guide, scope_where_to_look, place = &entry.where_to_look));
}

/// If the case belongs to none of the out-of-scope kinds, adds the stated facts that put it out of scope.
fn stated_reason(guide: Edition<'_>, answered: Answered<'_>, document: &mut Document) {
    let scope = &answered.advice.scope;
    if scope.outside.is_empty() && !scope.reason.is_empty() {
        document.paragraph(t!(guide.text, scope_you_said, facts = reasons(guide, answered.case, &scope.reason)));
    }
}

/// The stated facts that occur in the condition of an out-of-scope kind of case.
fn stated_facts(case: &Case, entry: &OutOfScope) -> Vec<FactId> {
    let mut named = Vec::new();
    entry.rule.when.walk(&mut |part| {
        if let Condition::Is { fact, .. } | Condition::Compare { fact, .. } = part {
            named.push(*fact);
        }
    });
    case.stated().filter(|fact| named.contains(fact)).collect()
}

/// Adds a paragraph for a case that the guide may or may not cover. It names the facts that decide, and the out-of-scope kinds that the case may
/// belong to.
/// The kinds of situations that the guide doesn't cover and that this case may be. Empty if that is decided.
pub(crate) fn open_kinds<'g>(guide: Edition<'g>, advice: &Advice) -> Vec<&'g str> {
    advice.scope.open.iter().map(|index| guide.guide.out_of_scope[*index].name.as_str()).collect()
}

/// A sentence on which it depends whether the guide covers the case.
pub(crate) fn open_line(guide: Edition<'_>, advice: &Advice) -> Line {
    line!(guide => Emphasis::Open, scope_open, facts = words::questions(guide, &advice.scope.missing))
}

fn open(guide: Edition<'_>, advice: &Advice, document: &mut Document) {
    let kinds = open_kinds(guide, advice);
    document.paragraph(if kinds.is_empty() {
        open_line(guide, advice)
    } else {
        let facts = words::questions(guide, &advice.scope.missing);
        line!(guide => Emphasis::Open, scope_open_kinds, facts = facts, kinds = kinds.join("; "))
    });
}
