//! Whether the guide covers a case: where it does not, that is the first thing to be said, in the same form everywhere.

use sarcoguide_model::{Advice, Case, Condition, FactId, OutOfScope, TreatmentId, Truth};

use crate::Answered;
use crate::Edition;
use crate::line::line;
use crate::words::{self, Citations, reasons};
use sarcoguide_document::{Document, Emphasis, Line};
use sarcoguide_text::t;

/// Whether the guide doesn't judge a treatment because it doesn't cover the case. Care that is for everyone is judged in every case.
pub(crate) fn is_not_judged(guide: Edition<'_>, advice: &Advice, treatment: TreatmentId) -> bool {
    advice.scope.covered.is_false() && !guide[treatment].any_scope
}

/// Whether the guide covers the case, where that is open or not so. Nothing where it does.
pub(crate) fn scope(guide: Edition<'_>, answered: Answered<'_>, citations: &mut Citations, document: &mut Document) {
    match answered.advice.scope.covered {
        Truth::True => {}
        Truth::Unknown => open(guide, answered.advice, document),
        Truth::False => {
            document.heading(2, Line::default().add(Emphasis::Bad, t!(guide.text, scope_not_covered)));
            for entry in outside(guide, answered.advice) {
                let mark = citations.mark(&entry.statement.from);
                kind(guide, answered, entry, Line::from(entry.statement.text.clone()).cite(mark), document);
            }
            without_kind(guide, answered, document);
        }
    }
}

/// The same without a heading and citations, for pages that are about something else. Nothing where the guide covers the case, or may.
#[must_use]
pub fn not_covered(guide: Edition<'_>, answered: Answered<'_>) -> Document {
    let mut document = Document::default();
    if answered.advice.scope.covered.is_false() {
        for entry in outside(guide, answered.advice) {
            kind(guide, answered, entry, Line::from(entry.statement.text.clone()), &mut document);
        }
        without_kind(guide, answered, &mut document);
    }
    document
}

/// What the case is instead.
pub(crate) fn outside<'g>(guide: Edition<'g>, advice: &Advice) -> impl Iterator<Item = &'g OutOfScope> {
    advice.scope.outside.iter().map(move |index| &guide.out_of_scope[*index])
}

/// Why a case of this kind is not covered, what was said that makes it one, and where to look.
fn kind(guide: Edition<'_>, answered: Answered<'_>, entry: &OutOfScope, why: Line, document: &mut Document) {
    let facts = because(answered.case, entry);
    document.paragraph(if facts.is_empty() {
        why
    } else {
        line!(guide, scope_because, why = why, facts = reasons(guide, answered.case, &facts))
    });
    document.paragraph(line!(guide, scope_where_to_look, place = &entry.where_to_look));
}

/// What was said, where the guide names no kind that it makes the case.
fn without_kind(guide: Edition<'_>, answered: Answered<'_>, document: &mut Document) {
    let scope = &answered.advice.scope;
    if scope.outside.is_empty() && !scope.reason.is_empty() {
        document.paragraph(t!(guide.text, scope_you_said, facts = reasons(guide, answered.case, &scope.reason)));
    }
}

/// The stated facts that the condition of a kind names.
fn because(case: &Case, entry: &OutOfScope) -> Vec<FactId> {
    let mut named = Vec::new();
    entry.rule.when.walk(&mut |part| {
        if let Condition::Is { fact, .. } | Condition::Compare { fact, .. } = part {
            named.push(*fact);
        }
    });
    case.stated().filter(|fact| named.contains(fact)).collect()
}

/// That it is not settled whether the guide covers the case, on what that depends, and which kinds it would not cover.
fn open(guide: Edition<'_>, advice: &Advice, document: &mut Document) {
    let facts = words::questions(guide, &advice.scope.missing);
    let kinds: Vec<&str> = advice.scope.open.iter().map(|index| guide.out_of_scope[*index].name.as_str()).collect();
    document.paragraph(if kinds.is_empty() {
        line!(guide => Emphasis::Open, scope_open, facts = facts)
    } else {
        line!(guide => Emphasis::Open, scope_open_kinds, facts = facts, kinds = kinds.join("; "))
    });
}
