//! The card at the top of the page: what is usual, what is worth discussing, and what to ask.

use std::collections::BTreeSet;

use sarcoguide_model::{AssumptionKind, Standing, TreatmentAdvice, TreatmentId, Verdict};

use super::Page;
use super::course::short;
use crate::answer::grouping::{Grouping, Whole};
use crate::answer::scenarios::is_check;
use crate::answer::{Answer, care_instead};
use crate::line::line;
use crate::words::within;
use crate::{Answered, take_along};
use sarcoguide_document::{Block, CardPart, Document, Emphasis, Line, Target};
use sarcoguide_text::t;

/// The maximum number of treatments that the card names as usual or as an option. The rows below name all of them.
const NAMES: usize = 3;
/// The maximum number of treatments that the card names as not proven.
const NOT_PROVEN_NAMES: usize = 2;
/// The maximum number of questions to ask.
const QUESTIONS: usize = 2;

impl<'a> Page<'a> {
    /// Adds the card. `is_unwanted` says whether the person wants no treatment.
    pub(super) fn in_short(&mut self, all: &Grouping<'a>, is_unwanted: bool) {
        let text = self.answer.guide.text;
        let mut parts: Vec<CardPart> = Vec::new();
        let mut part = |head: String, document: Document| {
            if !document.blocks.is_empty() {
                parts.push(CardPart { head: head.into(), document });
            }
        };
        let mut wholes: Vec<&Whole<'a>> = all.recommended.iter().flat_map(|(_, here)| here).collect();
        // The strongest recommendation of each treatment counts.
        wholes.sort_by_key(|whole| (whole.strength, whole.time));
        let mut seen: BTreeSet<TreatmentId> = BTreeSet::new();
        wholes.retain(|whole| seen.insert(whole.entry.treatment));
        if is_unwanted {
            part(t!(text, options_wanted), self.wanted_care(&wholes));
        }
        part(t!(text, options_usual), self.usual(&wholes));
        part(t!(text, options_discuss), self.worth_discussing(&wholes));
        part(t!(text, options_ask), self.to_ask());
        self.answer.document.blocks.push(Block::Card(parts));
    }

    /// Names the care that is for people who want no treatment.
    fn wanted_care(&self, wholes: &[&Whole<'a>]) -> Document {
        let guide = self.answer.guide;
        let recommended: Vec<&TreatmentAdvice> = wholes.iter().map(|whole| whole.entry).collect();
        let care = care_instead(guide, self.answer.advice, &recommended);
        let names = care.iter().map(|entry| Line::default().strong(guide[entry.treatment].name.clone()));
        let mut document = Document::default();
        document.paragraph(Line::joined(names, "; "));
        document
    }

    /// Says how treatment starts, what is usual, and what this assumes.
    fn usual(&mut self, wholes: &[&Whole<'a>]) -> Document {
        let guide = self.answer.guide;
        let mut document = Document::default();
        let first: Vec<String> = self
            .first_care()
            .iter()
            .filter(|(strength, _)| guide[*strength].standing == Standing::Recommended)
            .enumerate()
            .map(|(index, (_, entry))| {
                let name = &guide[entry.treatment].name;
                if index == 0 { name.clone() } else { within(name) }
            })
            .collect();
        let usual = self.with_standing(wholes, Standing::Recommended);
        match (first.is_empty(), usual.is_empty()) {
            (_, true) => {
                document.paragraph(if first.is_empty() {
                    Line::default()
                } else {
                    line!(guide, options_first, care = first.join("; "))
                });
                let due = guide.no_treatment_indicated.iter().zip(&self.open.no_treatment_indicated);
                let reasons: Vec<&str> =
                    due.filter(|(_, truth)| truth.is_true()).map(|(entry, _)| entry.statement.text.as_str()).collect();
                if reasons.is_empty() {
                    document.paragraph(if self.answer.has_ongoing() {
                        t!(guide.text, answer_nothing_new)
                    } else {
                        t!(guide.text, scenarios_nothing)
                    });
                }
                reasons.into_iter().for_each(|reason| document.paragraph(reason));
            }
            (true, false) => document.paragraph(self.names(&usual, NAMES, Emphasis::Strong)),
            (false, false) => {
                document.paragraph(line!(guide, options_first, care = first.join("; ")));
                document.paragraph(line!(guide, options_then, treatments = self.names(&usual, NAMES, Emphasis::Strong)));
            }
        }
        if let Some(scenario) = self.scenario {
            let mut says: Vec<(bool, &str)> = Vec::new();
            for assumption in scenario.assumptions.iter().filter(|assumption| !is_check(guide.guide, assumption)) {
                let is_decisive = guide.usual_values[assumption.entry].kind == AssumptionKind::Decisive;
                let clause = assumption.says(guide.guide);
                if says.iter().all(|(_, other)| *other != clause) {
                    says.push((!is_decisive, clause));
                }
            }
            says.sort_by_key(|(is_minor, _)| *is_minor);
            match says.as_slice() {
                [] => {}
                [(_, only)] => document.paragraph(Line::default().faint(t!(guide.text, options_assumes, assumed = *only))),
                [(_, first), others @ ..] => {
                    let name = t!(guide.text, options_assumes_more, first = *first, count = others.len());
                    let mut inside = Document::default();
                    inside.points(says.iter().map(|(_, clause)| Line::from(*clause)).collect());
                    document.blocks.push(Block::Fold { name: name.into(), inside });
                }
            }
        }
        document
    }

    /// Names the treatments that are an option, and those that aren't proven to help.
    fn worth_discussing(&self, wholes: &[&Whole<'a>]) -> Document {
        let guide = self.answer.guide;
        let mut document = Document::default();
        document.paragraph(self.names(&self.with_standing(wholes, Standing::Option), NAMES, Emphasis::Plain));
        let not_proven = self.with_standing(wholes, Standing::NotProven);
        if !not_proven.is_empty() {
            document.paragraph(line!(
                guide,
                options_not_proven,
                treatments = self.names(&not_proven, NOT_PROVEN_NAMES, Emphasis::Plain)
            ));
        }
        document
    }

    /// Lists the questions for the team that matter most.
    fn to_ask(&self) -> Document {
        let Answer { guide, case, preferences, .. } = self.answer;
        let answered = Answered { case, advice: self.open, preferences };
        let questions = take_along::up_to(guide, answered, QUESTIONS);
        let mut document = Document::default();
        document.points(questions.iter().map(|question| question.in_words(guide).into()).collect());
        document.paragraph(Line::default().link(Emphasis::Plain, t!(guide.text, options_ask_more), Target::Visit));
        document
    }

    fn with_standing<'w>(&self, wholes: &[&'w Whole<'a>], standing: Standing) -> Vec<&'w Whole<'a>> {
        let guide = self.answer.guide;
        wholes.iter().copied().filter(|whole| guide[whole.strength].standing == standing).collect()
    }

    /// Returns the first names, each with the usual ways to give the treatment, and how many more there are.
    fn names(&self, wholes: &[&Whole<'a>], most: usize, emphasis: Emphasis) -> Line {
        let guide = self.answer.guide;
        let (named, others) = wholes.split_at(wholes.len().min(most));
        let names = named.iter().map(|whole| {
            let name = Line::default().add(emphasis, short(&guide.guide[whole.entry.treatment].name));
            let name = if whole.entry.declined.is_true() { line!(guide, answer_not_wanted, treatment = name) } else { name };
            let usual = whole.ways.iter().filter(|(strength, entry)| {
                guide[*strength].standing == Standing::Recommended && entry.verdict == Verdict::Indicated
            });
            let ways: Vec<String> = usual.map(|(_, way)| within(&guide[way.treatment].name)).collect();
            if ways.is_empty() { name } else { line!(guide, scenarios_ways, treatment = name, ways = ways.join(", ")) }
        });
        let names = Line::joined(names, "; ");
        if others.is_empty() { names } else { line!(guide, options_more_names, names = names, count = others.len()) }
    }
}
