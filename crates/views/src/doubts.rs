//! Shows the doubts of a case: stated facts that probably contain a mistake, with each way to read them. Every document that depends on a case shows
//! them near its start.

use sarcoguide_model::{Case, DoubtAdvice, Reading};

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
    document.paragraph(consequence(guide, answered));
}

/// What a case's doubts mean for its answer, in words.
#[must_use]
pub fn consequence(guide: Edition<'_>, answered: Answered<'_>) -> String {
    match answered.advice.unused.as_slice() {
        [] => t!(guide.text, doubts_followed).to_string(),
        unused => t!(guide.text, doubts_unused, facts = reasons(guide, answered.case, unused)),
    }
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
