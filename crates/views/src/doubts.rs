//! Shows the doubts of a case: stated facts that probably contain a mistake, with each way to read them. Every document that depends on a case shows
//! them near its start.

use std::collections::BTreeSet;

use sarcoguide_model::{Case, Constraint, DoubtAdvice, FactId, Reading, RulePlace};

use crate::Answered;
use crate::Edition;
use crate::words::{Citations, fact_value, reasons, stated_sentences, within};
use sarcoguide_document::{Document, Emphasis, Line};
use sarcoguide_text::t;

/// Adds a section with the doubts of the case, or nothing if it has none.
pub(crate) fn doubts(guide: Edition<'_>, answered: Answered<'_>, citations: &mut Citations, document: &mut Document) {
    let all = &answered.advice.doubts;
    if all.is_empty() {
        return;
    }
    document.heading(2, Line::default().add(Emphasis::Bad, t!(guide.text, doubts_heading, count = all.len())));
    for entry in all {
        let mark = citations.mark(&guide.doubts[entry.doubt].statement.from);
        add(guide, answered.case, entry, |text| Line::from(text).cite(mark), document);
    }
    let unused = unused(guide, answered);
    if unused.is_empty() {
        document.paragraph(t!(guide.text, doubts_followed));
    } else {
        document.paragraph(t!(guide.text, doubts_unused, facts = reasons(guide, answered.case, &unused)));
    }
}

/// Returns the stated facts from which something usually follows, but nothing does in this case, because it breaks a soft constraint.
fn unused(guide: Edition<'_>, answered: Answered<'_>) -> Vec<FactId> {
    let soft = || guide.constraints.iter().filter(|constraint| constraint.doubt.is_some());
    let is_raised = |constraint: &&Constraint| answered.advice.doubts.iter().any(|entry| constraint.doubt == Some(entry.doubt));
    if !soft().any(|constraint| is_raised(&constraint)) {
        return Vec::new();
    }
    // The last condition is what usually follows from the others.
    let given = soft().filter_map(|constraint| Some(constraint.mutually_exclusive.split_last()?.1)).flatten();
    let written: BTreeSet<FactId> = given.flat_map(|part| guide.facts_used_by(part)).collect();
    let concluded: BTreeSet<FactId> =
        soft().filter_map(|constraint| constraint.mutually_exclusive.last()).flat_map(|part| guide.facts_used_by(part)).collect();
    let used = guide.rule_places();
    let used: BTreeSet<FactId> = used
        .iter()
        .filter(|place| !matches!(place, RulePlace::Doubt(_)))
        .filter_map(|place| guide.rule(*place))
        .flat_map(|rule| guide.facts_used_by(&rule.when))
        .collect();
    answered.case.stated().filter(|fact| written.contains(fact) && !concluded.contains(fact) && !used.contains(fact)).collect()
}

/// One doubt, without a heading or citations, for use on other pages.
#[must_use]
pub fn doubt(guide: Edition<'_>, case: &Case, entry: &DoubtAdvice) -> Document {
    let mut document = Document::default();
    add(guide, case, entry, Line::from, &mut document);
    document
}

fn add(guide: Edition<'_>, case: &Case, entry: &DoubtAdvice, cited: impl FnOnce(String) -> Line, document: &mut Document) {
    let doubt = &guide.doubts[entry.doubt];
    document.paragraph(cited(doubt.statement.text.clone()));
    document.paragraph(t!(guide.text, doubts_stated));
    let stated = stated_sentences(guide, case, entry.facts.iter().copied());
    document.points(stated.into_iter().map(Line::from).collect());
    document.paragraph(t!(guide.text, doubts_readings));
    document.points(doubt.readings.iter().map(|reading| Line::from(self::reading(guide, case, reading))).collect());
    document.paragraph(doubt.question.clone());
}

/// A reading in words, with the value that a fact has if the reading is right.
#[must_use]
pub fn reading(guide: Edition<'_>, case: &Case, reading: &Reading) -> String {
    match reading.change(case) {
        Some((fact, value)) => {
            let (name, value) = (within(&guide[fact].name), fact_value(guide, fact, value));
            t!(guide.text, doubts_reading, text = &reading.text, fact = name, value = value)
        }
        None => reading.text.clone(),
    }
}
