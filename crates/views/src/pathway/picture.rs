//! Turns a pathway into a flow chart.

use sarcoguide_document::svg::flow::{Flow, FlowBox, FlowColumn, FlowEdge, FlowGroup};
use sarcoguide_document::{Block, Document};
use sarcoguide_text::t;

use super::text::{depends, document, plain, small};
use super::{Column, Edge, Kind, Pathway, TimedTreatment, group_fit_label, lane, shape};
use crate::Edition;
use crate::provenance::note;

impl Pathway {
    /// The pathway as a flow chart, ready to be drawn.
    #[must_use]
    pub fn flow(&self, guide: Edition<'_>) -> Flow {
        let nothing = self.columns.is_empty().then(|| t!(guide.text, pathway_nothing));
        let boxes = |kind: &Kind| kind.treatments.iter().map(|placed| flow_box(guide, placed)).collect();
        let group = |kind: &Kind| FlowGroup { name: kind.name.clone(), boxes: boxes(kind) };
        let column = |column: &Column| FlowColumn {
            name: column.name.clone(),
            lane: lane(column.course),
            groups: column.kinds.iter().map(group).collect(),
        };
        let label = |edge: &Edge| match edge.only_if.as_slice() {
            [] => String::new(),
            facts => t!(guide.text, pathway_step_only_if, facts = facts.join("; ")),
        };
        let edge = |edge: &Edge| FlowEdge { from: edge.from, to: edge.to, label: label(edge) };
        Flow {
            title: self.title(guide),
            about: self.about(guide),
            notes: self.not_covered.clone().into_iter().chain(notes(&self.doubts)).chain(nothing).collect(),
            start: if self.group.is_empty() { self.guide.clone() } else { self.group.join("; ") },
            legend: self.fits().into_iter().map(|fit| (shape(fit), group_fit_label(guide, fit))).collect(),
            columns: self.columns.iter().map(column).collect(),
            edges: self.edges.iter().map(edge).collect(),
            footnote: format!("{} {}", self.disclaimer, note(guide)),
            description: plain(&document(guide, self)),
        }
    }
}

/// The blocks of a section as notes. The points of a list follow the paragraph that introduces them.
fn notes(section: &Document) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    for (block, text) in section.blocks.iter().zip(plain(section).lines()) {
        match notes.last_mut().filter(|_| matches!(block, Block::Points { .. })) {
            Some(note) => note.push_str(&format!(" {text}")),
            None => notes.push(text.to_owned()),
        }
    }
    notes
}

fn flow_box(guide: Edition<'_>, placed: &TimedTreatment) -> FlowBox {
    let (strength, words, depends) = (small(&placed.strength_name), placed.words(guide), depends(guide, placed));
    let depends = if depends.is_empty() { depends } else { format!("; {depends}") };
    FlowBox {
        name: placed.name.clone(),
        tooltip: format!("{} ({strength}): {words}{depends}", placed.name),
        lines: vec![strength, words],
        shape: shape(placed.fit),
    }
}
