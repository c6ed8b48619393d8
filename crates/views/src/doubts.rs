//! Shows the doubts of a case: stated facts that probably contain a mistake, with each way to read them. Every document that depends on a case shows
//! them near its start.

use std::collections::BTreeMap;

use sarcoguide_model::{Case, DoubtAdvice, FactId, Reading, UnusedReason};

use crate::Answered;
use crate::Edition;
use crate::words::{Citations, fact_value, reasons, stated_sentences, within};
use sarcoguide_document::{Document, Emphasis, Line};
use sarcoguide_text::t;

/// Adds a section with the doubts of the case, or nothing if it has none.
pub(crate) fn doubts(guide: Edition<'_>, answered: Answered<'_>, citations: &mut Citations, document: &mut Document) {
    let all = &answered.advice.doubts;
    if all.is_empty() {
        unused(guide, answered).into_iter().for_each(|sentence| document.paragraph(sentence));
        return;
    }
    document.heading(2, Line::default().add(Emphasis::Bad, t!(guide.text, doubts_heading, count = all.len())));
    for entry in all {
        let mark = citations.mark(&guide.doubts[entry.doubt].statement.from);
        add(guide, answered.case, entry, |text| Line::from(text).cite(mark), document);
    }
    document.paragraph(consequence(guide, answered));
    unused(guide, answered).into_iter().for_each(|sentence| document.paragraph(sentence));
}

/// What a case's doubts mean for its answer, in words.
#[must_use]
pub fn consequence(guide: Edition<'_>, answered: Answered<'_>) -> String {
    match unused_because(answered, UnusedReason::Doubt).as_slice() {
        [] => t!(guide.text, doubts_followed).to_string(),
        unused => t!(guide.text, doubts_unused, facts = reasons(guide, answered.case, unused)),
    }
}

/// Sentences about stated facts from which nothing follows although they raise no doubt, because something else is unknown or because of their values.
#[must_use]
pub fn unused(guide: Edition<'_>, answered: Answered<'_>) -> Vec<String> {
    let mut by_missing: BTreeMap<&[FactId], Vec<FactId>> = BTreeMap::new();
    for entry in answered.advice.unused.iter().filter(|entry| entry.reason == UnusedReason::Missing) {
        by_missing.entry(&entry.missing).or_default().push(entry.fact);
    }
    let sentence = |(missing, facts): (&[FactId], Vec<FactId>)| {
        let missing = missing.iter().map(|fact| within(&guide[*fact].name)).collect::<Vec<_>>().join("; ");
        t!(guide.text, unused_missing, facts = reasons(guide, answered.case, &facts), missing = missing)
    };
    let mut sentences: Vec<String> = by_missing.into_iter().map(sentence).collect();
    let nothing = unused_because(answered, UnusedReason::NothingFollows);
    if !nothing.is_empty() {
        sentences.push(t!(guide.text, unused_nothing_follows, facts = reasons(guide, answered.case, &nothing)));
    }
    sentences
}

fn unused_because(answered: Answered<'_>, reason: UnusedReason) -> Vec<FactId> {
    answered.advice.unused.iter().filter(|entry| entry.reason == reason).map(|entry| entry.fact).collect()
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
