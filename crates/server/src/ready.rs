//! What is the same on every page, made once: to write it takes a good part of the time that a page takes.

use sarcoguide_model::{GlossaryTerm, Guide, PassageId};
use sarcoguide_report::terms::Terms;
use sarcoguide_report::words::cited;

use crate::html::{anchor, escaped, linked};

/// What is ready to stand on a page.
pub(crate) struct Ready {
    /// Where terms of the glossary stand in a text.
    pub terms: Terms,
    /// For each term of the glossary its explanation, as HTML.
    pub explanations: Vec<String>,
    /// For each passage what is told of it in a list of sources, as HTML.
    pub sources: Vec<String>,
}

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
        Self {
            terms: Terms::of(guide),
            explanations: guide.glossary.iter().map(explanation).collect(),
            sources: passages.map(|passage| linked(&cited(guide, passage))).collect(),
        }
    }
}
