//! Shows the doubts of a case: stated facts that probably contain a mistake, with each way to read them. Every document that depends on a case shows
//! them near its start, with the stated facts from which nothing follows.

use std::collections::BTreeMap;

use sarcoguide_model::{Advice, Case, DoubtAdvice, FactId, Reading, UnusedReason};

use crate::Answered;
use crate::Edition;
use crate::words::{Citations, fact_value, reasons, stated_sentences, within};
use sarcoguide_document::{Document, Emphasis, Line};
use sarcoguide_text::t;

/// Adds a section with the doubts of the case, or nothing if it has none.
pub(crate) fn doubts(guide: Edition<'_>, answered: Answered<'_>, citations: &mut Citations, document: &mut Document) {
    let Answered { case, advice, .. } = answered;
    let cited =
        |entry: &DoubtAdvice, text: String| Line::from(text).cite(citations.mark(&guide.doubts[entry.doubt].statement.from));
    add_section(guide, case, advice, cited, document);
}

/// The same section without citations, for pages that have no list of sources. Empty if the case has no doubts, and something follows from every fact.
#[must_use]
pub fn section(guide: Edition<'_>, case: &Case, advice: &Advice) -> Document {
    let mut document = Document::default();
    add_section(guide, case, advice, |_, text| text.into(), &mut document);
    document
}

fn add_section(
    guide: Edition<'_>,
    case: &Case,
    advice: &Advice,
    mut cited: impl FnMut(&DoubtAdvice, String) -> Line,
    document: &mut Document,
) {
    let all = &advice.doubts;
    if all.is_empty() {
        unused(guide, case, advice).into_iter().for_each(|sentence| document.paragraph(sentence));
        return;
    }
    document.heading(2, Line::default().add(Emphasis::Bad, t!(guide.text, doubts_heading, count = all.len())));
    for entry in all {
        add(guide, case, entry, |text| cited(entry, text), document);
    }
    document.paragraph(match unused_because(advice, UnusedReason::Doubt).as_slice() {
        [] => t!(guide.text, doubts_followed).to_string(),
        unused => t!(guide.text, doubts_unused, facts = reasons(guide, case, unused)),
    });
    unused(guide, case, advice).into_iter().for_each(|sentence| document.paragraph(sentence));
}

/// Sentences about stated facts from which nothing follows although they raise no doubt, because something else is unknown or because of their values.
fn unused(guide: Edition<'_>, case: &Case, advice: &Advice) -> Vec<String> {
    let mut by_missing: BTreeMap<&[FactId], Vec<FactId>> = BTreeMap::new();
    for entry in advice.unused.iter().filter(|entry| entry.reason == UnusedReason::Missing) {
        by_missing.entry(&entry.missing).or_default().push(entry.fact);
    }
    let sentence = |(missing, facts): (&[FactId], Vec<FactId>)| {
        let missing = missing.iter().map(|fact| within(&guide[*fact].name)).collect::<Vec<_>>().join("; ");
        t!(guide.text, unused_missing, facts = reasons(guide, case, &facts), missing = missing)
    };
    let mut sentences: Vec<String> = by_missing.into_iter().map(sentence).collect();
    let nothing = unused_because(advice, UnusedReason::NothingFollows);
    if !nothing.is_empty() {
        sentences.push(t!(guide.text, unused_nothing_follows, facts = reasons(guide, case, &nothing)));
    }
    sentences
}

fn unused_because(advice: &Advice, reason: UnusedReason) -> Vec<FactId> {
    advice.unused.iter().filter(|entry| entry.reason == reason).map(|entry| entry.fact).collect()
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
