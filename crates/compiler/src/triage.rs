//! Reads the triage: the groups of questions about how a person feels, in `triage/`.

use std::ops::Range;

use sarcoguide_model::{
    Condition, Domain, EffectId, Fact, FactId, FactKind, Modality, Rule, Statement, Treatment, TreatmentGroup, TreatmentId,
    Triage, TriageGroup, TriageQuestion, TriageRule, Urgency, ValueSet,
};

use crate::code::Code;
use crate::condition::lower_and_check;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::ids::Ids;
use crate::names::Names;
use crate::source::Parsed;
use crate::syntax;
use crate::table::Table;
use crate::values::yes_no;
use crate::vocabulary::number;

/// The name, without `.toml`, of the file that says which treatments the conditions of the triage can name.
const TREATMENTS: &str = "treatments";

/// Reads the files in `triage/`. Returns `None` if there are none.
pub(crate) fn read(context: &Context, files: &[&Parsed], modalities: &[Modality], treatments: &[Treatment]) -> Option<Triage> {
    let (first, groups): (Vec<&Parsed>, Vec<&Parsed>) = files.iter().copied().partition(|file| file.stem() == TREATMENTS);
    if groups.is_empty() && first.is_empty() {
        return None;
    }
    let mut reader = Reader { context, names: Names::default(), ids: Ids::new("facts of the triage"), triage: Triage::default() };
    for file in first {
        reader.treatment_groups(file, modalities, treatments);
    }
    let mut read: Vec<(u32, TriageGroup)> = groups.into_iter().map(|file| reader.group(file)).collect();
    read.sort_by(|(order, one), (other_order, other)| (order, &one.id).cmp(&(other_order, &other.id)));
    let Reader { names, mut triage, .. } = reader;
    triage.groups = read.into_iter().map(|(_, group)| group).collect();
    triage.facts = names.facts;
    Some(triage)
}

struct Reader<'c, 'e> {
    context: &'c Context<'e>,
    /// The facts that have been read so far.
    names: Names,
    ids: Ids,
    triage: Triage,
}

impl Reader<'_, '_> {
    /// Reads `triage/treatments.toml`.
    fn treatment_groups(&mut self, file: &Parsed, modalities: &[Modality], treatments: &[Treatment]) {
        let context = self.context;
        let table = Table::new(file.index, "the treatments of the triage", &file.file.text, &file.table, context.errors);
        let kinds: Vec<String> = modalities.iter().map(|modality| modality.id.clone()).collect();
        for entry in table.tables("treatment_group", "a group of treatments") {
            let fact = self.add(&entry, FactKind::YesNo, Domain::Values(yes_no()), "name");
            let kinds: Vec<usize> = entry
                .texts("modalities")
                .iter()
                .filter_map(|text| context.lookup(text, &kinds, "modality", file.index))
                .collect();
            let named: Vec<usize> = entry
                .texts("treatments")
                .iter()
                .filter_map(|text| context.lookup(text, &context.treatments, "treatment", file.index))
                .collect();
            let all = entry.flag("all");
            let is_in = |(place, treatment): &(usize, &Treatment)| {
                all || named.contains(place) || kinds.contains(&treatment.modality.index())
            };
            let found = treatments.iter().enumerate().filter(is_in).map(|(place, _)| TreatmentId::new(place)).collect::<Vec<_>>();
            if found.is_empty() {
                self.wrong(&entry, "a group of treatments is empty", "add `treatments`, `modalities` or `all = true`");
            }
            entry.finish();
            self.triage.treatment_groups.push(TreatmentGroup { fact, treatments: found });
        }
        if let Some(entry) = table.table("time", "the time since the last treatment") {
            let domain = number(&entry);
            self.triage.time = Some(self.add(&entry, FactKind::Number, domain, "question"));
            entry.finish();
        }
        table.finish();
    }

    /// Reads the file of a group. Returns its place among the groups, too.
    fn group(&mut self, file: &Parsed) -> (u32, TriageGroup) {
        let table = Table::new(file.index, "a group of questions", &file.file.text, &file.table, self.context.errors);
        let (first, order) = (self.names.facts.len(), table.whole("order").unwrap_or(u32::MAX));
        let (name, help) = (table.text("name"), table.optional_text("help"));
        let entries = table.tables("question", "a question of the triage");
        // Conditions of a rule can use all questions of the file, so all of them are read before the rules.
        let conditions_of_questions: Vec<(FactId, Option<Rule>)> = entries
            .iter()
            .map(|entry| {
                let when = entry.has("when").then(|| self.condition(entry, first, Vec::new())).flatten();
                (self.add(entry, FactKind::YesNo, Domain::Values(yes_no()), "text"), when)
            })
            .collect();
        let questions = entries.iter().zip(conditions_of_questions);
        let questions = questions.map(|(entry, (fact, when))| {
            let rules = entry.tables("rule", "a rule of the triage");
            let rules: Vec<TriageRule> = rules.iter().map(|rule| self.rule(rule, first, fact)).collect();
            if rules.is_empty() {
                self.wrong(entry, "a question has no rule", "add a [[question.rule]] that says what a yes means");
            }
            entry.finish();
            TriageQuestion { fact, when, rules }
        });
        let questions = questions.collect::<Vec<_>>();
        if questions.is_empty() {
            self.wrong(&table, "a group has no questions", "add a [[question]], or delete the file");
        }
        table.finish();
        (order, TriageGroup { id: file.stem().to_owned(), name, help, questions })
    }

    /// Reads a rule of the question `fact`. `first` is the index of the first question of the group.
    fn rule(&self, entry: &Table, first: usize, fact: FactId) -> TriageRule {
        let reason = entry.optional_text("reason");
        let statement =
            Statement { text: entry.text("text"), from: self.context.cited_passages(entry, "from", reason.is_none()) };
        let holds = || {
            let when = Condition::Is { fact, values: ValueSet::only(1) };
            let written = format!("{} is yes", self.names.facts[fact.index()].id);
            Rule { when, written, from: statement.from.clone(), line: entry.line(entry.span.start), generated: true }
        };
        let rule = match entry.has("when") {
            true => self.condition(entry, first, statement.from.clone()).unwrap_or_else(holds),
            false => holds(),
        };
        let effects = entry.texts("effects");
        let effects = effects
            .iter()
            .filter_map(|text| self.context.lookup(text, &self.context.effects, "effect", entry.file).map(EffectId::new));
        let rule = TriageRule {
            rule,
            urgency: entry.required_choice("urgency", Urgency::Emergency),
            crisis: entry.flag("crisis"),
            effects: effects.collect::<Vec<EffectId>>(),
            statement,
            reason,
        };
        entry.finish();
        rule
    }

    /// Reads the condition under `when`. `first` is the index of the first question of the group: a condition can't use the questions of other
    /// groups.
    fn condition(&self, entry: &Table, first: usize, from: Vec<sarcoguide_model::PassageId>) -> Option<Rule> {
        let (text, start) = entry.condition("when")?;
        let (expression, mut problems) = syntax::parse(&text.text, entry.file, start);
        let span = start..start + text.text.len();
        let condition = lower_and_check(&self.names, &expression, entry.file, span.clone(), &mut problems);
        self.context.errors.extend(problems);
        self.check(entry, &condition, first, span);
        let written = text.text.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(Rule { when: condition, written, from, line: entry.line(start), generated: false })
    }

    /// Reports a condition that another yes could make false, and one that uses a question of another group.
    fn check(&self, entry: &Table, condition: &Condition, first: usize, span: Range<usize>) {
        let yes = ValueSet::only(1);
        let is_question = |fact: FactId| self.triage.time != Some(fact) && self.treatment_group(fact).is_none();
        let (mut lowers, mut strange) = (false, false);
        condition.walk(&mut |part| match part {
            Condition::Not(_) => lowers = true,
            Condition::Is { fact, values } => {
                lowers |= *values != yes;
                strange |= is_question(*fact) && fact.index() < first;
            }
            _ => {}
        });
        let report = |is_wrong: bool, message: &str, help: &str| {
            if is_wrong {
                let error = Diagnostic::new(Code::WrongTriage, message, entry.file, span.clone(), "this condition");
                entry.report(error.help(help));
            }
        };
        report(
            lowers,
            "another yes could make this condition false",
            "use only `is yes`, `and` and `or`, so that a yes never lowers the urgency",
        );
        report(strange, "this condition uses a question of another group", "use only questions of the same file");
    }

    fn treatment_group(&self, fact: FactId) -> Option<&TreatmentGroup> {
        self.triage.treatment_groups.iter().find(|group| group.fact == fact)
    }

    /// Adds a fact. `question` is the key of its text.
    fn add(&mut self, entry: &Table, kind: FactKind, domain: Domain, question: &'static str) -> FactId {
        let text = entry.text(question);
        let fact = Fact {
            id: self.ids.read(entry).text,
            name: text.clone(),
            area: "triage".to_owned(),
            kind,
            domain,
            question: text,
            why: None,
            where_to_find: entry.optional_text("help"),
            phrases: Vec::new(),
            limit_excludes_min: false,
            takes_largest: false,
            accepts_synonyms: false,
            codes: std::collections::BTreeMap::new(),
            from: Vec::new(),
        };
        self.names.facts.push(fact);
        FactId::new(self.names.facts.len() - 1)
    }

    fn wrong(&self, entry: &Table, message: &str, help: &str) {
        let error = Diagnostic::new(Code::WrongTriage, message, entry.file, entry.span.clone(), "here");
        entry.report(error.help(help));
    }
}
