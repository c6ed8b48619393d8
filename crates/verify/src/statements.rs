//! Lists the statements of a guide, and finds those that differ between two guides.

use std::collections::{BTreeMap, BTreeSet};

use sarcoguide_model::{Figure, Guide, PassageId, Rule, Statement, Treatment, Triage, Truth, Value};

/// A statement of a guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuideStatement {
    /// Where the statement is in the guide, for example `treatment surgery: effect pain`.
    pub place: String,
    pub text: String,
    /// The condition under which the statement applies, as written in the guide. `None` if it always applies.
    pub when: Option<String>,
    /// The passages that the statement cites.
    pub from: Vec<PassageId>,
}

impl GuideStatement {
    /// Returns the statement with its condition and citations. Guides are compared in this form.
    fn full(&self, guide: &Guide) -> String {
        let when = self.when.as_ref().map(|when| format!(" (when {when})")).unwrap_or_default();
        let from: Vec<String> = self.from.iter().map(|passage| guide.citation(*passage)).collect();
        let from = if from.is_empty() { String::new() } else { format!(" [{}]", from.join(", ")) };
        format!("{}{when}{from}", self.text)
    }
}

/// A statement that was added, removed or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where the statement is in the guide, for example `treatment surgery: effect pain`.
    pub place: String,
    /// The old statement; `None` if the statement was added.
    pub before: Option<String>,
    /// The new statement; `None` if the statement was removed.
    pub after: Option<String>,
}

/// The statements that differ, sorted by their place in the guide.
pub type Changes = Vec<Change>;

/// Returns the statements that differ between two guides.
pub(crate) fn changes(old: &Guide, new: &Guide) -> Changes {
    let by_place = |guide: &Guide| {
        let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for statement in statements(guide) {
            places.entry(statement.place.clone()).or_default().push(statement.full(guide));
        }
        places
    };
    let (mut before, mut after) = (by_place(old), by_place(new));
    let places: BTreeSet<String> = before.keys().chain(after.keys()).cloned().collect();
    let mut changes = Vec::new();
    for place in places {
        let (mut old, mut new) = (before.remove(&place).unwrap_or_default(), after.remove(&place).unwrap_or_default());
        old.retain(|text| match new.iter().position(|other| other == text) {
            Some(same) => {
                new.remove(same);
                false
            }
            None => true,
        });
        // Pair the remaining old and new statements in the same place, in order.
        let mut new = new.into_iter();
        for text in old {
            changes.push(Change { place: place.clone(), before: Some(text), after: new.next() });
        }
        changes.extend(new.map(|text| Change { place: place.clone(), before: None, after: Some(text) }));
    }
    changes
}

/// Returns all statements of a guide.
#[must_use]
pub fn statements(guide: &Guide) -> Vec<GuideStatement> {
    let mut collected = Collected { guide, all: Vec::new() };
    collected.statement("guide: disclaimer", &guide.disclaimer);
    collected.text("guide: review", guide.review.clone(), None, &[]);
    guide.about.iter().for_each(|about| collected.text(&format!("guide: about, {}", about.title), about.text.clone(), None, &[]));
    guide.source_rules.iter().for_each(|rule| collected.statement("guide: rule on sources", rule));
    collected.rule("guide: scope", &guide.scope);
    for entry in &guide.out_of_scope {
        collected.text(
            &format!("out of scope {}", entry.id),
            entry.where_to_look.clone(),
            Some(&entry.rule),
            &entry.statement.from,
        );
        collected.statement(&format!("out of scope {}: why", entry.id), &entry.statement);
    }
    for entry in &guide.no_treatment_indicated {
        collected.text(
            &format!("no treatment indicated {}", entry.id),
            entry.statement.text.clone(),
            Some(&entry.rule),
            &entry.statement.from,
        );
    }
    for policy in &guide.policies {
        collected.text(&format!("policy {}", policy.id), policy.text.clone(), Some(&policy.rule), &policy.rule.from);
    }
    for entry in &guide.accepted {
        let places: Vec<&str> = entry.occurrences.iter().flat_map(|occurrence| &occurrence.places).map(String::as_str).collect();
        collected.text(&format!("accepted {} at {}", entry.warning.id(), places.join("; ")), entry.reason.clone(), None, &[]);
    }
    for fact in &guide.facts {
        let values: Vec<&str> = fact.domain.values().iter().map(|value| value.id.as_str()).collect();
        collected.text(&format!("fact {}: question", fact.id), fact.question.clone(), None, &[]);
        collected.text(&format!("fact {}: values", fact.id), values.join(", "), None, &[]);
        collected.says(&format!("fact {}", fact.id), fact.domain.values());
        collected.text(&format!("fact {}: why", fact.id), fact.why.clone().unwrap_or_default(), None, &fact.from);
        collected.text(&format!("fact {}: where to find", fact.id), fact.where_to_find.clone().unwrap_or_default(), None, &[]);
    }
    for (_, constraint) in guide.hard_constraints() {
        collected.text("vocabulary: constraint", constraint.text.clone(), None, &[]);
    }
    for doubt in &guide.doubts {
        let place = |part: &str| format!("doubt {}{part}", doubt.id);
        collected.text(&place(""), doubt.statement.text.clone(), Some(&doubt.rule), &doubt.statement.from);
        doubt.readings.iter().for_each(|reading| collected.text(&place(": reading"), reading.text.clone(), None, &[]));
        collected.text(&place(": question"), doubt.question.clone(), None, &[]);
        collected.text(&place(": reason"), doubt.reason.clone().unwrap_or_default(), None, &[]);
    }
    for derived in &guide.derived {
        collected.text(&format!("derived {}", derived.id), derived.explain.clone(), None, &derived.from);
        collected.says(&format!("derived {}", derived.id), &derived.values);
        for row in &derived.rows {
            collected.rule(&format!("derived {} = {}", derived.id, derived.values[row.value].id), &row.rule);
        }
    }
    for words in &guide.frequencies {
        collected.text(&format!("frequency {}", words.frequency.id()), words.help.clone(), None, &[]);
    }
    guide.treatments.iter().for_each(|treatment| collected.treatment(treatment));
    for effect in &guide.effects {
        let place = |part: &str| format!("effect {}: {part}", effect.id);
        collected.text(&place("urgency"), effect.urgency.id().to_owned(), None, &effect.urgency_from);
        effect.what.iter().for_each(|entry| collected.statement(&place("what"), entry));
        effect.feels_like.iter().for_each(|entry| collected.statement(&place("feels like"), entry));
        effect
            .calls
            .iter()
            .for_each(|entry| collected.statement(&place(&format!("call {}", entry.urgency.id())), &entry.statement));
        effect.helps.iter().for_each(|entry| collected.statement(&place("what helps"), entry));
    }
    for subtype in &guide.types {
        subtype.special.iter().for_each(|entry| collected.statement(&format!("type {}", subtype.id), entry));
    }
    guide.glossary.iter().for_each(|term| collected.statement(&format!("term {}", term.id), &term.statement));
    for member in &guide.team {
        collected.statement(&format!("team {}", member.id), &member.statement);
        member.rule.iter().for_each(|rule| collected.rule(&format!("team {}: condition", member.id), rule));
    }
    for question in &guide.team_questions {
        let place = |part: &str| format!("question {}{part}", question.id);
        collected.statement(&place(""), &question.statement);
        question.rule.iter().for_each(|rule| collected.rule(&place(": condition"), rule));
        let decides: Vec<&str> = question.decides.iter().map(|fact| guide[*fact].id.as_str()).collect();
        collected.text(&place(": decides"), decides.join(", "), None, &[]);
        let treatments: Vec<&str> = question.treatments.iter().map(|id| guide[*id].id.as_str()).collect();
        collected.text(&place(": treatments"), treatments.join(", "), None, &[]);
    }
    for modality in &guide.modalities {
        modality.declined.iter().for_each(|rule| collected.rule(&format!("modality {}: declined", modality.id), rule));
    }
    guide.links.iter().for_each(|link| collected.statement(&format!("link {}", link.id), &link.statement));
    let interview = &guide.interview;
    for (key, text) in [("name", &interview.name), ("heading", &interview.heading), ("welcome", &interview.welcome)] {
        collected.text(&format!("interview: {key}"), text.clone().unwrap_or_default(), None, &[]);
    }
    for part in &guide.interview.parts {
        let facts: Vec<&str> = part.facts.iter().map(|fact| guide[*fact].id.as_str()).collect();
        collected.text(&format!("interview: {}", part.title), facts.join(", "), None, &[]);
    }
    for group in &interview.groups {
        let facts: Vec<&str> = group.facts.iter().map(|fact| guide[*fact].id.as_str()).collect();
        collected.text(&format!("interview, together: {}", group.title), facts.join(", "), None, &[]);
    }
    for page in &guide.interview.pages {
        let facts: Vec<&str> = page.facts.iter().map(|fact| guide[*fact].id.as_str()).collect();
        let texts = [
            ("title", page.title.clone()),
            ("link", page.link.clone()),
            ("text", page.text.clone()),
            ("facts", facts.join(", ")),
        ];
        for (key, text) in texts {
            collected.text(&format!("page {}: {key}", page.id), text, None, &[]);
        }
    }
    if let Some(exercise) = &guide.exercise {
        collected.statement("values", &exercise.statement);
        for value in &exercise.values {
            collected.statement(&format!("value {}", value.id), &value.statement);
            collected.text(&format!("value {}: question", value.id), value.question.clone(), None, &[]);
            collected.text(&format!("value {}: what to ask", value.id), value.ask.clone(), None, &[]);
        }
    }
    if let Some(check) = &guide.symptom_check {
        check.recognized_signs.iter().for_each(|sign| collected.statement("symptoms: sign", &sign.statement));
        for words in &check.urgencies {
            collected.statement(&format!("symptoms: {}", words.urgency.id()), &words.statement);
        }
        check.calls.iter().for_each(|call| collected.statement(&format!("symptoms: {}", call.id), &call.statement));
        check.red_flags.iter().for_each(|flag| collected.statement("symptoms: emergency", &flag.statement));
        for floor in &check.floors {
            collected.statement(&format!("symptoms: at least {}", floor.urgency.id()), &floor.statement);
        }
        collected.statement("symptoms: unsure", &check.unsure);
        let crisis = check.crisis.iter().flat_map(|crisis| std::iter::once(&crisis.always).chain(&crisis.statements));
        crisis.for_each(|entry| collected.statement("symptoms: crisis", entry));
        collected.statement("symptoms: not recognized", &check.not_recognized);
        check.know.iter().for_each(|entry| collected.statement("symptoms: general information", entry));
    }
    for (group, question) in guide.triage.iter().flat_map(Triage::questions) {
        let fact = &guide.triage.as_ref().expect("it has questions").facts[question.fact.index()];
        let place = format!("triage {}: {}", group.id, fact.id);
        collected.text(&place, fact.question.clone(), question.when.as_ref(), &[]);
        for rule in &question.rules {
            collected.text(&place, rule.statement.text.clone(), Some(&rule.rule), &rule.statement.from);
        }
    }
    for (index, passage) in guide.passages.iter().enumerate() {
        collected.text(&format!("passage {}", guide.citation(PassageId::new(index))), passage.summary.clone(), None, &[]);
    }
    collected.all
}

struct Collected<'g> {
    guide: &'g Guide,
    all: Vec<GuideStatement>,
}

impl Collected<'_> {
    fn text(&mut self, place: &str, text: String, rule: Option<&Rule>, from: &[PassageId]) {
        if !text.is_empty() {
            let when = rule.map(|rule| rule.written.clone());
            self.all.push(GuideStatement { place: place.to_owned(), text, when, from: from.to_vec() });
        }
    }

    fn statement(&mut self, place: &str, statement: &Statement) {
        self.text(place, statement.text.clone(), None, &statement.from);
    }

    fn says(&mut self, place: &str, values: &[Value]) {
        for (value, says) in values.iter().filter_map(|value| Some((value, value.says.clone()?))) {
            self.text(&format!("{place}: says {}", value.id), says, None, &[]);
        }
    }

    fn rule(&mut self, place: &str, rule: &Rule) {
        self.text(place, rule.written.clone(), None, &rule.from);
    }

    fn treatment(&mut self, treatment: &Treatment) {
        let guide = self.guide;
        let place = |part: &str| format!("treatment {}: {part}", treatment.id);
        self.text(&place("summary"), treatment.summary.clone(), None, &[]);
        if let Some(review) = &treatment.review {
            self.text(&place("review"), format!("{}, {}", review.by, review.on), None, &[]);
        }
        for (list, statements) in treatment.statement_lists() {
            statements.iter().for_each(|entry| self.statement(&place(list.id()), entry));
        }
        for entry in &treatment.indications {
            let (timing, intent) = (&guide[entry.timing].id, &guide[entry.intent].id);
            let strength = &guide[entry.strength].id;
            let text = format!("{timing}, {intent}, {strength}: {}", entry.sentence(Truth::Unknown));
            self.text(&place("indication"), text, Some(&entry.rule), &entry.rule.from);
        }
        for entry in &treatment.contraindications {
            let instead = entry.instead.as_ref().map(|instead| format!(" Instead: {instead}")).unwrap_or_default();
            let text = format!("{}{instead}", entry.text);
            self.text(&place("contraindication"), text, Some(&entry.rule), &entry.rule.from);
        }
        for entry in &treatment.precautions {
            self.text(&place("precaution"), entry.text.clone(), Some(&entry.rule), &entry.rule.from);
        }
        treatment.declined.iter().for_each(|rule| self.rule(&place("declined"), rule));
        for entry in &treatment.availability {
            let since = entry.since.map(|since| format!(" since {since}")).unwrap_or_default();
            let text = format!("{}{since}: {}", entry.status.id(), entry.statement.text);
            self.text(&place("availability"), text, None, &entry.statement.from);
        }
        for entry in &treatment.effects {
            let figure = |figure: &Option<Figure>| figure.as_ref().map(|figure| figure.written.clone()).unwrap_or_default();
            let parts = [
                entry.frequency.id().to_owned(),
                if entry.serious { "serious".to_owned() } else { String::new() },
                entry.duration.id().to_owned(),
                entry.onset.map(|onset| onset.id().to_owned()).unwrap_or_default(),
                figure(&entry.value),
                entry.comparator.clone().unwrap_or_default(),
                figure(&entry.comparator_value),
                entry.grade.clone().unwrap_or_default(),
                entry.text.clone().unwrap_or_default(),
            ];
            let text = joined(&parts);
            let effect = &guide[entry.effect].id;
            self.text(&place(&format!("effect {effect}")), text, entry.rule.as_ref(), &entry.from);
        }
        for entry in &treatment.outcomes {
            let or_nothing = |text: &Option<String>| text.clone().unwrap_or_default();
            let parts = [
                guide[entry.measure].id.clone(),
                or_nothing(&entry.at),
                entry.value.written.clone(),
                or_nothing(&entry.interval),
                entry.n.map(|n| format!("n = {n}")).unwrap_or_default(),
                or_nothing(&entry.comparator),
                entry.comparator_value.as_ref().map(|figure| figure.written.clone()).unwrap_or_default(),
                or_nothing(&entry.comparator_interval),
                entry.comparator_n.map(|n| format!("n = {n}")).unwrap_or_default(),
                or_nothing(&entry.difference),
                or_nothing(&entry.p),
                entry.conclusion.id().to_owned(),
                or_nothing(&entry.trial),
                or_nothing(&entry.population),
                entry.text.clone(),
            ];
            let text = joined(&parts);
            self.text(&place("outcome"), text, entry.rule.as_ref(), &entry.from);
        }
        for entry in &treatment.administrations {
            let timing = entry.timing.as_ref().map(|timing| format!(" {timing}")).unwrap_or_default();
            let text = format!("{}{timing}: {}", guide.route_id(entry.route), entry.statement.text);
            self.text(&place("administration"), text, entry.rule.as_ref(), &entry.statement.from);
        }
        for entry in &treatment.phases {
            let timing = entry.timing.as_ref().map(|timing| format!(" {timing}")).unwrap_or_default();
            self.text(&place("phase"), format!("{}{timing}: {}", entry.name, entry.statement.text), None, &entry.statement.from);
        }
        treatment.required_tests.iter().for_each(|entry| self.statement(&place("required test"), &entry.statement));
    }
}

/// Joins the parts that aren't empty.
fn joined(parts: &[String]) -> String {
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    parts.join("; ")
}
