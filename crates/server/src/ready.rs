//! What is the same on every page, made once: to write it takes a good part of the time that a page takes.

use rustc_hash::FxHashMap;
use sarcoguide_model::{GlossaryTerm, Guide, PassageId, Treatment, Truth};
use sarcoguide_report::terms::{Mention, Terms};
use sarcoguide_report::words::cited;

use crate::html::{anchor, escaped, linked};
use crate::outside;

/// What is ready to stand on a page.
pub(crate) struct Ready {
    /// Where terms of the glossary stand in a text.
    pub terms: Terms,
    /// For each term of the glossary its explanation, as HTML.
    pub explanations: Vec<String>,
    /// For each passage what is told of it in a list of sources, as HTML.
    pub sources: Vec<String>,
    /// Sentences of the guide that pages show often, with what else would be looked for in them each time.
    sentences: FxHashMap<String, Sentence>,
}

/// A sentence of the guide that holds no address and no telephone number.
pub(crate) struct Sentence {
    /// Where terms of the glossary stand in it.
    pub mentions: Vec<Mention>,
    /// Whether it is the same as HTML.
    pub is_html: bool,
}

/// Shorter texts are looked through as quickly as they are found.
const SHORT: usize = 24;

impl Ready {
    pub fn of(guide: &Guide) -> Self {
        let explanation = |term: &GlossaryTerm| {
            let (id, name, text) = (&term.id, escaped(&term.name), escaped(&term.statement.text));
            format!(
                "<div class=\"word\" id=\"word-{id}\"><p><strong>{name}</strong>: {text} <a href=\"#at-{id}\">Back to the text</a> \
                 <a href=\"/guide/glossary#{}\" aria-label=\"Sources: {name}\">Sources</a></p></div>",
                anchor(&term.name)
            )
        };
        let passages = (0..guide.passages.len()).map(PassageId::new);
        let terms = Terms::of(guide);
        Self {
            explanations: guide.glossary.iter().map(explanation).collect(),
            sources: passages.map(|passage| linked(&cited(guide, passage))).collect(),
            sentences: sentences(guide).filter_map(|text| Some((text.clone(), Sentence::of(&terms, &text)?))).collect(),
            terms,
        }
    }

    /// A sentence, if it is ready.
    pub fn sentence(&self, text: &str) -> Option<&Sentence> {
        if text.len() < SHORT { None } else { self.sentences.get(text) }
    }
}

impl Sentence {
    fn of(terms: &Terms, text: &str) -> Option<Self> {
        let inside = outside::parts(text).all(|(_, href)| href.is_none());
        inside.then(|| Self { mentions: terms.mentions(text).collect(), is_html: escaped(text) == text })
    }
}

/// The sentences that stand in answers: those of treatments and those of questions.
fn sentences(guide: &Guide) -> impl Iterator<Item = String> {
    let treatments = guide.treatments.iter().flat_map(of_treatment);
    let facts = guide.facts.iter().flat_map(|fact| std::iter::once(&fact.question).chain(&fact.why).chain(&fact.found).cloned());
    treatments.chain(facts).filter(|text| text.len() >= SHORT)
}

fn of_treatment(treatment: &Treatment) -> impl Iterator<Item = String> {
    let indications = treatment.indications.iter().flat_map(|entry| [entry.told(Truth::True), entry.told(Truth::Unknown)]);
    let rules = treatment.contraindications.iter().map(|entry| &entry.text);
    let rules = rules.chain(treatment.precautions.iter().map(|entry| &entry.text));
    let status = treatment.availability.iter().map(|entry| &entry.statement);
    let statements = status.chain(&treatment.what).chain(&treatment.questions).map(|statement| &statement.text);
    indications.chain(std::iter::once(&treatment.summary).chain(rules).chain(statements).cloned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_that_is_ready_says_what_would_be_found_in_it() {
        let guide = sarcoguide_bundled::guide();
        let ready = Ready::of(&guide);
        let mut many = 0;
        for text in sentences(&guide) {
            let Some(sentence) = ready.sentence(&text) else {
                assert_ne!(linked(&text), escaped(&text), "{text}");
                continue;
            };
            assert_eq!(sentence.mentions, ready.terms.mentions(&text).collect::<Vec<_>>(), "{text}");
            assert_eq!(linked(&text), escaped(&text), "{text}");
            assert_eq!(sentence.is_html, escaped(&text) == text, "{text}");
            many += 1;
        }
        assert!(many > 500, "{many}");
        assert!(ready.sentence("A sentence that the guide does not say.").is_none());
    }
}
