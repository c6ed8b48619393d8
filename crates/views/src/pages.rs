//! Pages of the guide itself: what it knows, without a case. Names in files, codes and conditions are told where `codes` is true: for a
//! team or an editor.

use sarcoguide_model::{
    Effect, EffectId, PartialDate, PassageId, ScopeKind, Statement, Subtype, TreatmentId, Urgency, UrgencyFloor,
};

use crate::Edition;
use crate::answer::full_name;
use crate::links;
use crate::symptom::{urgency_name, urgency_short};
use crate::words::{self, Citations, within};
use sarcoguide_document::{Document, Emphasis, Line};

/// A page under way: its document and the citations collected so far.
struct Page<'g> {
    guide: Edition<'g>,
    document: Document,
    citations: Citations,
}

impl<'g> Page<'g> {
    fn new(guide: Edition<'g>, title: impl Into<Line>) -> Self {
        let mut document = Document::default();
        document.heading(1, title);
        Self { guide, document, citations: Citations::default() }
    }

    fn cited(&mut self, statement: &Statement) -> Line {
        let mark = self.citations.mark(&statement.from);
        Line::default().plain(statement.text.clone()).cite(mark)
    }

    fn named(&mut self, name: &str, statement: &Statement) -> Line {
        let mut line = Line::default().strong(format!("{name}: "));
        line.0.extend(self.cited(statement).0);
        line
    }

    /// The same with the reason where no source says it.
    fn reasoned(&mut self, name: &str, statement: &Statement, reason: Option<&String>) -> Line {
        let line = self.named(name, statement);
        reasons(line, reason)
    }

    fn section(&mut self, title: &str, statements: &[Statement]) {
        let lines: Vec<Line> = statements.iter().map(|statement| self.cited(statement)).collect();
        self.lines(title, lines);
    }

    fn lines(&mut self, title: &str, lines: Vec<Line>) {
        if !lines.is_empty() {
            self.document.heading(2, title);
            self.document.points(lines);
        }
    }

    fn finish(mut self) -> Document {
        words::sources(self.guide, &self.citations, &mut self.document);
        self.document
    }
}

/// All treatments by kind.
#[must_use]
pub fn treatments(guide: Edition<'_>, codes: bool) -> Document {
    let mut page = Page::new(guide, "Treatments");
    for (index, modality) in guide.modalities.iter().enumerate() {
        let of_kind = guide.treatments.iter().filter(|treatment| treatment.modality.index() == index);
        let lines = of_kind.map(|treatment| {
            let name = match guide.treatment(&treatment.id) {
                Some(id) => Line::default().link(Emphasis::Strong, full_name(treatment), links::treatment(guide, id)),
                None => Line::default().strong(full_name(treatment)),
            };
            let name = name.plain(" ").faint(if codes { format!("{} ", treatment.id) } else { String::new() });
            let name = if treatment.is_withdrawn() { name.add(Emphasis::Bad, "no longer available ") } else { name };
            name.plain(treatment.summary.clone())
        });
        let lines = lines.collect();
        page.lines(&modality.name, lines);
    }
    page.finish()
}

/// All adverse effects.
#[must_use]
pub fn effects(guide: Edition<'_>, codes: bool) -> Document {
    let mut page = Page::new(guide, "Side effects");
    let mut groups: Vec<&str> = guide.effects.iter().filter_map(|effect| effect.group.as_deref()).collect();
    groups.sort_unstable();
    groups.dedup();
    let line = |effect: &Effect| {
        let term = effect.term.as_ref().map(|term| format!(", CTCAE: {term}")).unwrap_or_default();
        let name = match guide.effect(&effect.id) {
            Some(id) => Line::default().link(Emphasis::Strong, effect.name.clone(), links::effect(guide, id)),
            None => Line::default().strong(effect.name.clone()),
        };
        let about = if codes { format!(" {}{term}", effect.id) } else { String::new() };
        name.faint(about).plain(": ").plain(urgency(guide, effect))
    };
    for group in groups {
        let lines = guide.effects.iter().filter(|effect| effect.group.as_deref() == Some(group)).map(line).collect();
        page.lines(group, lines);
    }
    let lines = guide.effects.iter().filter(|effect| effect.group.is_none()).map(line).collect();
    page.lines("Other", lines);
    page.finish()
}

/// The treatments on which an effect is as urgent as a floor says: those that name it, or that the floor names with it.
fn on<'g>(guide: Edition<'g>, floor: &UrgencyFloor, effect: Option<EffectId>) -> Vec<&'g str> {
    let treatments = guide.treatments.iter().enumerate().filter(|(place, treatment)| {
        let on = floor.treatments.contains(&TreatmentId::new(*place)) || floor.modalities.contains(&treatment.modality);
        on && treatment.effects.iter().any(|entry| Some(entry.effect) == effect)
    });
    treatments.map(|(_, treatment)| treatment.name.as_str()).collect()
}

fn reasons(line: Line, reason: Option<&String>) -> Line {
    reason.into_iter().fold(line, |line, reason| line.faint(format!(" ({reason})")))
}

/// How soon to call for an effect as a rule, and on the treatments where it is soonest.
fn urgency(guide: Edition<'_>, effect: &Effect) -> String {
    let rule = within(&urgency_name(guide, effect.urgency));
    let soonest = guide.effect(&effect.id).and_then(|id| {
        let names = |place: &usize| guide.treatments[*place].effects.iter().any(|entry| entry.effect == id);
        let on = (0..guide.treatments.len()).filter(names).map(|place| guide.urgency_on(id, Some(TreatmentId::new(place))));
        on.min()
    });
    match soonest.filter(|soonest| *soonest < effect.urgency) {
        Some(soonest) => format!("{rule}; on some treatments {}", within(&urgency_name(guide, soonest))),
        None => rule,
    }
}

/// Everything that the guide has on an adverse effect.
#[must_use]
pub fn effect(guide: Edition<'_>, effect: &Effect, codes: bool) -> Document {
    let mut page = Page::new(guide, effect.name.clone());
    let mut about = Vec::new();
    about.extend(effect.term.as_ref().filter(|_| codes).map(|term| format!("{}, CTCAE term: {term}", effect.id)));
    about.extend((!effect.synonyms.is_empty()).then(|| format!("also called {}", effect.synonyms.join(", "))));
    page.document.paragraph(Line::default().faint(about.join("; ")));
    let mark = page.citations.mark(&effect.urgency_from);
    let reason = effect.urgency_reason.as_ref().map(|reason| format!(" ({reason})")).unwrap_or_default();
    page.document.paragraph(Line::default().strong(format!("As a rule: {}.", urgency(guide, effect))).plain(reason).cite(mark));
    page.section("What it is", &effect.what);
    page.section("What it feels like", &effect.feels_like);
    let index = guide.effect(&effect.id);
    let mut calls: Vec<(Urgency, Line)> = Vec::new();
    for call in &effect.calls {
        calls.push((call.urgency, page.reasoned(&urgency_short(guide, call.urgency), &call.statement, call.reason.as_ref())));
    }
    // Where it is more urgent than as a rule.
    for floor in guide.symptom_check.iter().flat_map(|check| &check.floors).filter(|floor| floor.urgency < effect.urgency) {
        let concerns = index.is_some_and(|id| floor.effects.contains(&id)) || floor.effects.is_empty();
        let on = on(guide, floor, index);
        if concerns && !on.is_empty() {
            let line = page.reasoned(&urgency_short(guide, floor.urgency), &floor.statement, floor.reason.as_ref());
            calls.push((floor.urgency, line.faint(format!(" (on {})", on.join(", ")))));
        }
    }
    calls.sort_by_key(|(urgency, _)| *urgency);
    page.lines("When to call", calls.into_iter().map(|(_, line)| line).collect());
    page.section("What helps", &effect.helps);
    let treatments =
        guide.treatments.iter().filter(|treatment| treatment.effects.iter().any(|entry| Some(entry.effect) == index));
    let treatments = treatments.map(|treatment| match guide.treatment(&treatment.id) {
        Some(id) => Line::default().link(Emphasis::Plain, full_name(treatment), links::treatment(guide, id)),
        None => Line::from(full_name(treatment)),
    });
    let treatments = treatments.collect();
    page.lines("Treatments that can cause it", treatments);
    page.finish()
}

/// All tumor types.
#[must_use]
pub fn types(guide: Edition<'_>, codes: bool) -> Document {
    let mut page = Page::new(guide, "Types of tumors");
    for (scope, title) in [
        (ScopeKind::In, "Covered by this guide"),
        (ScopeKind::Intermediate, "Covered: between benign and malignant"),
        (ScopeKind::Out, "Not covered"),
    ] {
        let mut of_scope: Vec<(usize, &Subtype)> =
            guide.types.iter().enumerate().filter(|(_, subtype)| subtype.scope == scope).collect();
        of_scope.sort_by_cached_key(|(_, subtype)| subtype.name.to_lowercase());
        let lines = of_scope
            .into_iter()
            .map(|(place, subtype)| {
                let name = Line::default().link(Emphasis::Strong, subtype.name.clone(), links::subtype(guide, place));
                name.faint(if codes { format!(" {}", about(subtype)) } else { String::new() })
            })
            .collect();
        page.lines(title, lines);
    }
    page.finish()
}

fn about(subtype: &Subtype) -> String {
    let mut parts = vec![subtype.id.clone()];
    parts.extend(subtype.codes.iter().map(|(system, code)| format!("{system} {code}")));
    parts.join(", ")
}

/// Everything that the guide has on a tumor type.
#[must_use]
pub fn subtype(guide: Edition<'_>, subtype: &Subtype, codes: bool) -> Document {
    let mut page = Page::new(guide, subtype.name.clone());
    page.document.paragraph(Line::default().faint(if codes { about(subtype) } else { String::new() }));
    let mut sentences = Vec::new();
    sentences.extend((!subtype.synonyms.is_empty()).then(|| format!("Also called {}.", subtype.synonyms.join(", "))));
    let parent = subtype.parent.as_ref().and_then(|parent| guide.types.iter().find(|other| other.id == *parent));
    // What follows a comma in a name tells which of its kinds is meant (type not stated): what stands before it names the whole.
    let kind_of = |parent: &Subtype| parent.name.split(',').next().unwrap_or_default().to_lowercase();
    sentences.extend(parent.map(|parent| format!("A kind of {}.", kind_of(parent))));
    sentences.extend(match subtype.scope {
        ScopeKind::In => None,
        ScopeKind::Intermediate => Some("Between benign and malignant; covered by this guide.".to_owned()),
        ScopeKind::Out => Some("Not covered by this guide.".to_owned()),
    });
    page.document.paragraph(sentences.join(" "));
    page.section("What is special about it", &subtype.special);
    page.finish()
}

/// The derived facts at the head of an answer, each with its table.
#[must_use]
pub fn stages(guide: Edition<'_>, codes: bool) -> Document {
    let mut page = Page::new(guide, "Stages and how they are reached");
    for derived in guide.derived.iter().filter(|derived| derived.headline) {
        let mark = page.citations.mark(&derived.from);
        page.document.heading(2, derived.name.clone());
        page.document.paragraph(Line::default().plain(derived.explain.clone()).cite(mark));
        let rows = derived.rows.iter().map(|row| {
            let value = derived.values[row.value].name.clone();
            let when = words::condition(guide, &row.rule.when);
            match &row.text {
                Some(text) if !codes => vec![value, text.clone()],
                None if !codes => vec![value, when],
                text => vec![value, text.clone().unwrap_or_default(), when],
            }
        });
        page.document.table(if codes { &["value", "in words", "when"] } else { &["value", "when"] }, rows.collect());
    }
    page.finish()
}

/// The glossary.
#[must_use]
pub fn glossary(guide: Edition<'_>) -> Document {
    let mut page = Page::new(guide, "Glossary");
    let mut terms: Vec<_> = guide.glossary.iter().collect();
    terms.sort_by_key(|term| term.name.to_lowercase());
    let mut letter = None;
    for term in terms {
        let first = term.name.chars().next().map(|first| first.to_ascii_uppercase());
        if let Some(first) = first.filter(|_| first != letter) {
            page.document.heading(2, first.to_string());
            letter = Some(first);
        }
        page.document.heading(3, term.name.clone());
        let text = page.cited(&term.statement);
        page.document.paragraph(text);
    }
    page.finish()
}

/// The treatment team.
#[must_use]
pub fn team(guide: Edition<'_>) -> Document {
    let mut page = Page::new(guide, "The team");
    let lines = guide.team.iter().map(|member| page.named(&member.name, &member.statement)).collect();
    page.document.points(lines);
    page.finish()
}

/// Help lines and places to read on.
#[must_use]
pub fn links(guide: Edition<'_>) -> Document {
    let mut page = Page::new(guide, "Help and further reading");
    let lines = guide.links.iter().map(|link| {
        let mut line = page.named(&link.name, &link.statement);
        for way in [&link.phone, &link.address].into_iter().flatten() {
            line = line.plain(" ").strong(way.clone());
        }
        line
    });
    let lines = lines.collect();
    page.document.points(lines);
    page.finish()
}

/// The sources with their dates, how old they are where it is known which day it is, and which rules where they differ.
#[must_use]
pub fn sources(guide: Edition<'_>, today: Option<PartialDate>) -> Document {
    let mut page = Page::new(guide, "Sources");
    let rows = guide.sources.iter().enumerate().map(|(index, source)| {
        let passages = guide.passages.iter().filter(|passage| passage.source.index() == index);
        let aged = |date: PartialDate| {
            today.map_or_else(|| date.to_string(), |today| format!("{date}: {} ago", words::age(date, today)))
        };
        let mut parts: Vec<PartialDate> = passages.clone().filter_map(|passage| passage.revised).collect();
        parts.sort_by_key(|date| (date.year, date.month, date.day));
        let date = match (source.revised, parts.as_slice(), source.read) {
            (Some(revised), ..) => format!("revised {}", aged(revised)),
            // A copy read today may hold parts that are years old.
            (None, [oldest, .., newest], _) if oldest != newest => {
                format!("oldest part revised {}; newest part revised {}", aged(*oldest), aged(*newest))
            }
            (None, [only, ..], _) => format!("revised {}", aged(*only)),
            (None, [], Some(read)) => format!("no date of its own; read {}", aged(read)),
            (None, [], None) => String::new(),
        };
        let date = match source.superseded_by {
            Some(other) => format!("{date}; superseded by {}", guide[other].id),
            None => date,
        };
        vec![
            format!("{}, {}", source.publisher, source.title),
            date,
            source.id.clone(),
            source.rank.to_string(),
            passages.count().to_string(),
        ]
    });
    page.document.table(&["source", "date", "cited as", "rank", "passages"], rows.collect());
    page.section("Which source rules where they differ", &guide.source_rules);
    let references = guide.passages.iter().filter(|passage| passage.kind.as_deref() == Some("reference"));
    let references = references.map(|passage| Line::default().faint(format!("{}: {}", passage.id, passage.summary))).collect();
    page.lines("References that the sources name", references);
    page.finish()
}

/// What a reader may want to know of the guide itself: who made it, how old it is, what was not done. `grade` is the average Flesch-Kincaid grade
/// of so many sentences.
#[must_use]
pub fn this_guide(guide: Edition<'_>, today: Option<PartialDate>, (sentences, grade): (usize, f64)) -> Document {
    let mut page = Page::new(guide, "About this guide");
    let disclaimer = page.cited(&guide.disclaimer);
    page.document.paragraph(disclaimer);
    for about in &guide.about {
        page.document.heading(2, about.title.clone());
        page.document.paragraph(about.text.clone());
    }
    page.document.heading(2, "Who has reviewed it");
    page.document.paragraph(guide.review.clone());
    page.document.heading(2, "How old it is");
    let aged = |date: PartialDate| today.map_or_else(String::new, |today| format!(", {} ago", words::age(date, today)));
    let changed = guide.revised.map(|date| format!("This is version {}, last changed on {date}{}. ", guide.version, aged(date)));
    let dates = guide.sources.iter().filter_map(|source| source.revised);
    let dates = dates.chain(guide.passages.iter().filter_map(|passage| passage.revised));
    let oldest = dates.min_by_key(|date| (date.year, date.month, date.day));
    let oldest = oldest.map(|date| format!("The oldest text that it rests on is of {date}{}. ", aged(date)));
    let dates = changed.into_iter().chain(oldest).collect::<String>();
    page.document.paragraph(dates);
    page.document.heading(2, "How hard it is to read");
    page.document.paragraph(format!(
        "Its {sentences} sentences have a Flesch-Kincaid level of {grade:.1} on average: about as many years of school. Names of treatments and of \
         tumor types are left out of that measure."
    ));
    page.finish()
}

/// A passage, and what rests on it.
#[must_use]
pub fn passage(guide: Edition<'_>, id: PassageId) -> Document {
    let passage = &guide[id];
    let mut page = Page::new(guide, guide.citation(id));
    page.document.paragraph(words::passage(guide, id));
    page.document.paragraph(Line::default().strong("In our words: ").plain(passage.summary.clone()));
    let state = [
        passage.kind.as_ref().map(|kind| format!("kind: {kind}")),
        passage.state.as_ref().map(|state| format!("state: {state}")),
    ];
    let state: Vec<String> = state.into_iter().flatten().collect();
    page.document.paragraph(Line::default().faint(state.join("; ")));
    if let Some(hash) = &passage.sha256 {
        page.document.paragraph(Line::default().faint(format!("SHA-256 of its text: {hash}")));
    }
    if let Some(reason) = &passage.not_encoded {
        page.document.paragraph(Line::default().strong("Not encoded: ").plain(reason.clone()));
    }
    let uses = sarcoguide_search::search::entries(*guide).into_iter().filter(|entry| entry.from.contains(&id));
    let lines =
        uses.map(|entry| Line::default().strong(format!("{} {}: ", entry.kind.name(), entry.id)).plain(entry.text)).collect();
    page.lines("What rests on it", lines);
    page.document
}
