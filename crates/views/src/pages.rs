//! Pages about the guide itself, without a case.
//!
//! If `codes` is true, a page also shows IDs, codes and conditions, for clinicians and for editors of the guide.

use sarcoguide_model::{
    Effect, EffectId, PartialDate, PassageId, ScopeKind, Statement, Subtype, TreatmentId, Urgency, UrgencyFloor,
};

use sarcoguide_document::{Document, Emphasis, Line};
use sarcoguide_search::search::EntryText;
use sarcoguide_text::{Arg, t};

use crate::Edition;
use crate::line::line;
use crate::links;
use crate::search::kind_name;
use crate::urgency::{urgency_name, urgency_short, with_reason};
use crate::words::{self, Citations, full_name, within};

/// A page that is being built, with the passages that it cites so far.
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
        let text = self.cited(statement);
        line!(self.guide, pages_named, name = name, text = text)
    }

    /// Like [`named`](Self::named), but adds the reason if no source supports the statement.
    fn reasoned(&mut self, name: &str, statement: &Statement, reason: Option<&String>) -> Line {
        let line = self.named(name, statement);
        with_reason(self.guide, line, reason)
    }

    fn section(&mut self, title: String, statements: &[Statement]) {
        let lines: Vec<Line> = statements.iter().map(|statement| self.cited(statement)).collect();
        self.lines(title, lines);
    }

    fn lines(&mut self, title: impl Into<Line>, lines: Vec<Line>) {
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

/// The page that lists all treatments, grouped by kind.
#[must_use]
pub fn treatments(guide: Edition<'_>, codes: bool) -> Document {
    let mut page = Page::new(guide, t!(guide.text, pages_treatments));
    for (index, modality) in guide.modalities.iter().enumerate() {
        let of_kind = guide.treatments.iter().filter(|treatment| treatment.modality.index() == index);
        let lines = of_kind.map(|treatment| {
            let name = match guide.treatment(&treatment.id) {
                Some(id) => Line::default().link(Emphasis::Strong, full_name(treatment), links::treatment(guide, id)),
                None => Line::default().strong(full_name(treatment)),
            };
            let (id, summary) = (&treatment.id, &treatment.summary);
            let unavailable = || Line::default().add(Emphasis::Bad, t!(guide.text, pages_unavailable));
            match (codes, treatment.is_withdrawn()) {
                (false, false) => line!(guide, pages_treatment, treatment = name, summary = summary),
                (false, true) => {
                    line!(guide, pages_treatment_unavailable, treatment = name, unavailable = unavailable(), summary = summary)
                }
                (true, false) => line!(guide, pages_treatment_id, treatment = name, id = id, summary = summary),
                (true, true) => line!(
                    guide,
                    pages_treatment_id_unavailable,
                    treatment = name,
                    id = id,
                    unavailable = unavailable(),
                    summary = summary
                ),
            }
        });
        let lines = lines.collect();
        page.lines(modality.name.as_str(), lines);
    }
    page.finish()
}

/// The page that lists all adverse effects, grouped by part of the body, with how soon to call about each.
#[must_use]
pub fn effects(guide: Edition<'_>, codes: bool) -> Document {
    let mut page = Page::new(guide, t!(guide.text, pages_effects));
    let mut groups: Vec<&str> = guide.effects.iter().filter_map(|effect| effect.group.as_deref()).collect();
    groups.sort_unstable();
    groups.dedup();
    let line = |effect: &Effect| {
        let name = match guide.effect(&effect.id) {
            Some(id) => Line::default().link(Emphasis::Strong, effect.name.clone(), links::effect(guide, id)),
            None => Line::default().strong(effect.name.clone()),
        };
        let urgency = urgency(guide, effect);
        match &effect.term {
            _ if !codes => line!(guide, pages_effect_urgency, effect = name, urgency = urgency),
            None => line!(guide, pages_effect_urgency_id, effect = name, id = &effect.id, urgency = urgency),
            Some(term) => {
                line!(guide, pages_effect_urgency_term, effect = name, id = &effect.id, term = term, urgency = urgency)
            }
        }
    };
    for group in groups {
        let lines = guide.effects.iter().filter(|effect| effect.group.as_deref() == Some(group)).map(line).collect();
        page.lines(group, lines);
    }
    let lines = guide.effects.iter().filter(|effect| effect.group.is_none()).map(line).collect();
    page.lines(t!(guide.text, pages_effects_other), lines);
    page.finish()
}

/// The names of the treatments that the floor applies to and that list the effect as a side effect. A floor is a minimum urgency during some
/// treatments.
fn floor_treatments<'g>(guide: Edition<'g>, floor: &UrgencyFloor, effect: Option<EffectId>) -> Vec<&'g str> {
    let treatments = guide.treatments.iter().enumerate().filter(|(index, treatment)| {
        let on = floor.treatments.contains(&TreatmentId::new(*index)) || floor.modalities.contains(&treatment.modality);
        on && treatment.effects.iter().any(|entry| Some(entry.effect) == effect)
    });
    treatments.map(|(_, treatment)| treatment.name.as_str()).collect()
}

/// How soon to call about an effect, in words. If some treatments make the effect more urgent, the text also gives the highest of these urgencies.
fn urgency(guide: Edition<'_>, effect: &Effect) -> String {
    let rule = within(&urgency_name(guide, effect.urgency));
    let soonest = guide.effect(&effect.id).and_then(|id| {
        let names = |index: &usize| guide.treatments[*index].effects.iter().any(|entry| entry.effect == id);
        let on = (0..guide.treatments.len()).filter(names).map(|index| guide.effect_urgency(id, Some(TreatmentId::new(index))));
        on.min()
    });
    match soonest.filter(|soonest| *soonest < effect.urgency) {
        Some(soonest) => {
            t!(guide.text, pages_urgency_on_some, rule = rule, soonest = within(&urgency_name(guide, soonest)))
        }
        None => rule,
    }
}

/// The page about an adverse effect: what it is, when to call, what helps, and which treatments can cause it.
#[must_use]
pub fn effect(guide: Edition<'_>, effect: &Effect, codes: bool) -> Document {
    let mut page = Page::new(guide, effect.name.clone());
    let mut about = Vec::new();
    let term = effect.term.as_ref().filter(|_| codes);
    about.extend(term.map(|term| t!(guide.text, pages_effect_term, id = &effect.id, term = term)));
    let synonyms = Some(effect.synonyms.join(", ")).filter(|synonyms| !synonyms.is_empty());
    about.extend(synonyms.map(|synonyms| t!(guide.text, pages_effect_also_called, names = synonyms)));
    page.document.paragraph(Line::default().faint(about.join("; ")));
    let sources = Line::default().cite(page.citations.mark(&effect.urgency_from));
    let rule = urgency(guide, effect);
    page.document.paragraph(match &effect.urgency_reason {
        Some(reason) => line!(guide, pages_effect_rule_reason, urgency = rule, reason = reason, sources = sources),
        None => line!(guide, pages_effect_rule, urgency = rule, sources = sources),
    });
    page.section(t!(guide.text, pages_effect_what), &effect.what);
    page.section(t!(guide.text, pages_effect_feels_like), &effect.feels_like);
    let index = guide.effect(&effect.id);
    let mut calls: Vec<(Urgency, Line)> = Vec::new();
    for call in &effect.calls {
        calls.push((call.urgency, page.reasoned(&urgency_short(guide, call.urgency), &call.statement, call.reason.as_ref())));
    }
    // Add how soon to call during treatments that make this effect more urgent than usual.
    for floor in guide.symptom_check.iter().flat_map(|check| &check.floors).filter(|floor| floor.urgency < effect.urgency) {
        let concerns = index.is_some_and(|id| floor.effects.contains(&id)) || floor.effects.is_empty();
        let on = floor_treatments(guide, floor, index);
        if concerns && !on.is_empty() {
            let line = page.reasoned(&urgency_short(guide, floor.urgency), &floor.statement, floor.reason.as_ref());
            calls.push((floor.urgency, line!(guide, pages_effect_call_on, text = line, treatments = on.join(", "))));
        }
    }
    calls.sort_by_key(|(urgency, _)| *urgency);
    page.lines(t!(guide.text, pages_effect_calls), calls.into_iter().map(|(_, line)| line).collect());
    page.section(t!(guide.text, pages_effect_helps), &effect.helps);
    let treatments =
        guide.treatments.iter().filter(|treatment| treatment.effects.iter().any(|entry| Some(entry.effect) == index));
    let treatments = treatments.map(|treatment| match guide.treatment(&treatment.id) {
        Some(id) => Line::default().link(Emphasis::Plain, full_name(treatment), links::treatment(guide, id)),
        None => Line::from(full_name(treatment)),
    });
    let treatments = treatments.collect();
    page.lines(t!(guide.text, pages_effect_treatments), treatments);
    page.finish()
}

/// The page that lists all types of the disease ([`Subtype`]), grouped by whether the guide covers them.
#[must_use]
pub fn types(guide: Edition<'_>, codes: bool) -> Document {
    let mut page = Page::new(guide, t!(guide.text, pages_types));
    for (scope, title) in [
        (ScopeKind::In, t!(guide.text, pages_types_in)),
        (ScopeKind::Intermediate, t!(guide.text, pages_types_intermediate)),
        (ScopeKind::Out, t!(guide.text, pages_types_out)),
    ] {
        let mut of_scope: Vec<(usize, &Subtype)> =
            guide.types.iter().enumerate().filter(|(_, subtype)| subtype.scope == scope).collect();
        of_scope.sort_by_cached_key(|(_, subtype)| subtype.name.to_lowercase());
        let lines = of_scope
            .into_iter()
            .map(|(index, subtype)| {
                let name = Line::default().link(Emphasis::Strong, subtype.name.clone(), links::subtype(guide, index));
                if codes { line!(guide, pages_type_codes, subtype = name, codes = id_and_codes(subtype)) } else { name }
            })
            .collect();
        page.lines(title, lines);
    }
    page.finish()
}

fn id_and_codes(subtype: &Subtype) -> String {
    let mut parts = vec![format!("`{}`", subtype.id)];
    parts.extend(subtype.codes.iter().map(|(system, code)| format!("{system} {code}")));
    parts.join(", ")
}

/// The page about a type of the disease: its other names, its parent, whether the guide covers it, and what is special about it.
#[must_use]
pub fn subtype(guide: Edition<'_>, subtype: &Subtype, codes: bool) -> Document {
    let mut page = Page::new(guide, subtype.name.clone());
    page.document.paragraph(Line::default().faint(if codes { id_and_codes(subtype) } else { String::new() }));
    let mut sentences = Vec::new();
    let synonyms = Some(subtype.synonyms.join(", ")).filter(|synonyms| !synonyms.is_empty());
    sentences.extend(synonyms.map(|synonyms| t!(guide.text, pages_type_also_called, names = synonyms)));
    let parent = subtype.parent.as_ref().and_then(|parent| guide.types.iter().find(|other| other.id == *parent));
    // Use only the part of the parent's name before the first comma. The rest, for instance `type not stated`, doesn't fit into `A kind of ...`.
    let kind_of = |parent: &Subtype| parent.name.split(',').next().unwrap_or_default().to_lowercase();
    sentences.extend(parent.map(|parent| t!(guide.text, pages_type_kind, parent = kind_of(parent))));
    sentences.extend(match subtype.scope {
        ScopeKind::In => None,
        ScopeKind::Intermediate => Some(t!(guide.text, pages_type_intermediate)),
        ScopeKind::Out => Some(t!(guide.text, pages_type_out)),
    });
    page.document.paragraph(sentences.join(" "));
    page.section(t!(guide.text, pages_type_special), &subtype.special);
    page.finish()
}

/// The page about the derived facts that are shown at the start of an answer, such as the stage. Each has a table that shows how its values are
/// derived.
#[must_use]
pub fn stages(guide: Edition<'_>, codes: bool) -> Document {
    let mut page = Page::new(guide, t!(guide.text, pages_stages));
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
        let (value, when) = (t!(guide.text, pages_stages_value), t!(guide.text, pages_stages_when));
        let words = t!(guide.text, pages_stages_words);
        let heads: &[&str] = if codes { &[&value, &words, &when] } else { &[&value, &when] };
        page.document.table(heads, rows.collect());
    }
    page.finish()
}

/// The glossary page, in alphabetical order.
#[must_use]
pub fn glossary(guide: Edition<'_>) -> Document {
    let mut page = Page::new(guide, t!(guide.text, pages_glossary));
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

/// The page that explains who is on a treatment team.
#[must_use]
pub fn team(guide: Edition<'_>) -> Document {
    let mut page = Page::new(guide, t!(guide.text, pages_team));
    let lines = guide.team.iter().map(|member| page.named(&member.name, &member.statement)).collect();
    page.document.points(lines);
    page.finish()
}

/// The page that lists help lines and further reading.
#[must_use]
pub fn links(guide: Edition<'_>) -> Document {
    let mut page = Page::new(guide, t!(guide.text, pages_links));
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

/// The page that lists the sources with their dates, and with their age if `today` is known. It also explains which source the guide follows if
/// sources differ.
#[must_use]
pub fn sources(guide: Edition<'_>, today: Option<PartialDate>) -> Document {
    let mut page = Page::new(guide, t!(guide.text, pages_sources));
    let rows = guide.sources.iter().enumerate().map(|(index, source)| {
        let passages = guide.passages.iter().filter(|passage| passage.source.index() == index);
        let aged = |date: PartialDate| match today {
            Some(today) => {
                t!(guide.text, pages_date_age, date = date.to_string(), age = words::time_since(guide, date, today))
            }
            None => date.to_string(),
        };
        let mut parts: Vec<PartialDate> = passages.clone().filter_map(|passage| passage.revised).collect();
        parts.sort_by_key(|date| (date.year, date.month, date.day));
        let date = match (source.revised, parts.as_slice(), source.read) {
            (Some(revised), ..) => t!(guide.text, pages_source_revised, date = aged(revised)),
            // The source has no date, but its passages have dates. Show the oldest date too: some parts can be years older than others.
            (None, [oldest, .., newest], _) if oldest != newest => {
                t!(guide.text, pages_source_parts_revised, oldest = aged(*oldest), newest = aged(*newest))
            }
            (None, [only, ..], _) => t!(guide.text, pages_source_revised, date = aged(*only)),
            (None, [], Some(read)) => t!(guide.text, pages_source_no_date, date = aged(read)),
            (None, [], None) => String::new(),
        };
        let date = match source.superseded_by {
            Some(other) => t!(guide.text, pages_source_superseded, date = date, source = &guide[other].id),
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
    let heads = [
        t!(guide.text, pages_sources_source),
        t!(guide.text, pages_sources_date),
        t!(guide.text, pages_sources_cited_as),
        t!(guide.text, pages_sources_rank),
        t!(guide.text, pages_sources_passages),
    ];
    page.document.table(&heads.each_ref().map(String::as_str), rows.collect());
    page.section(t!(guide.text, pages_source_rules), &guide.source_rules);
    let references = guide.passages.iter().filter(|passage| passage.kind.as_deref() == Some("reference"));
    let references = references.map(|passage| Line::default().faint(format!("{}: {}", passage.id, passage.summary))).collect();
    page.lines(t!(guide.text, pages_references), references);
    page.finish()
}

/// The page about the guide: who made and reviewed it, how old it is, and how easy it is to read.
///
/// `grade` is the average Flesch-Kincaid grade of the guide's sentences, and `sentences` is the number of sentences measured.
#[must_use]
pub fn this_guide(guide: Edition<'_>, today: Option<PartialDate>, (sentences, grade): (usize, f64)) -> Document {
    let mut page = Page::new(guide, t!(guide.text, pages_guide));
    let disclaimer = page.cited(&guide.disclaimer);
    page.document.paragraph(disclaimer);
    for about in &guide.about {
        page.document.heading(2, about.title.clone());
        page.document.paragraph(about.text.clone());
    }
    page.document.heading(2, t!(guide.text, pages_guide_review));
    page.document.paragraph(guide.review.clone());
    page.document.heading(2, t!(guide.text, pages_guide_age));
    let age = |date: PartialDate| today.map(|today| words::time_since(guide, date, today));
    let changed = guide.revised.map(|revised| {
        let (version, date) = (&guide.version, revised.to_string());
        match age(revised) {
            Some(age) => t!(guide.text, pages_guide_version_age, version = version, date = date, age = age),
            None => t!(guide.text, pages_guide_version, version = version, date = date),
        }
    });
    let dates = guide.sources.iter().filter_map(|source| source.revised);
    let dates = dates.chain(guide.passages.iter().filter_map(|passage| passage.revised));
    let oldest = dates.min_by_key(|date| (date.year, date.month, date.day));
    let oldest = oldest.map(|oldest| match age(oldest) {
        Some(age) => t!(guide.text, pages_guide_oldest_age, date = oldest.to_string(), age = age),
        None => t!(guide.text, pages_guide_oldest, date = oldest.to_string()),
    });
    let dates: Vec<String> = changed.into_iter().chain(oldest).collect();
    page.document.paragraph(dates.join(" "));
    page.document.heading(2, t!(guide.text, pages_guide_readability));
    let grade = Arg::number(format!("{grade:.1}"));
    page.document.paragraph(t!(guide.text, pages_guide_grade, sentences = sentences, grade = grade));
    page.finish()
}

/// The page about one passage of a source, with everything in the guide that cites it.
#[must_use]
pub fn passage(guide: Edition<'_>, id: PassageId) -> Document {
    let passage = &guide[id];
    let mut page = Page::new(guide, guide.citation(id));
    page.document.paragraph(words::passage(guide, id));
    page.document.paragraph(line!(guide, pages_passage_summary, summary = &passage.summary));
    let state = [
        passage.kind.as_ref().map(|kind| t!(guide.text, pages_passage_kind, kind = kind)),
        passage.state.as_ref().map(|state| t!(guide.text, pages_passage_state, state = state)),
    ];
    let state: Vec<String> = state.into_iter().flatten().collect();
    page.document.paragraph(Line::default().faint(state.join("; ")));
    if let Some(hash) = &passage.sha256 {
        page.document.paragraph(line!(guide, pages_passage_hash, hash = hash));
    }
    if let Some(reason) = &passage.not_encoded {
        page.document.paragraph(line!(guide, pages_passage_not_encoded, reason = reason));
    }
    let uses = sarcoguide_search::search::entries(*guide).into_iter().filter(|entry| entry.from.contains(&id));
    let lines = uses.map(|entry| {
        let text = match entry.text {
            EntryText::Text(text) => text,
            EntryText::Urgency(urgency) => t!(guide.text, pages_passage_urgency, urgency = urgency.id()),
            EntryText::Scope => t!(guide.text, pages_passage_scope),
        };
        line!(guide, pages_passage_use, kind = kind_name(guide, entry.kind), id = entry.id, text = text)
    });
    let lines = lines.collect();
    page.lines(t!(guide.text, pages_passage_uses), lines);
    page.document
}
