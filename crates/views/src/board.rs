//! A sheet of one page for a case conference: the case with its stage, the options with their evidence, where sources differ, and what is still open.
//!
//! Unlike pages for a person, it shows all figures at once.

mod evidence;

use std::collections::BTreeSet;

use sarcoguide_document::{Document, Line};
use sarcoguide_model::{
    AssumptionKind, Case, FactId, FactKind, FactValue, PassageId, Scenario, ScenarioTreatment, SourceId, Standing, StatementList,
    StrengthId, TimingId, TreatmentId, Truth,
};
use sarcoguide_text::t;

use crate::fit::{Fit, in_trials};
use crate::line::line;
use crate::provenance::note;
use crate::situation::values;
use crate::words::{reasons, within};
use crate::{Answered, Edition, doubts, listed};

/// The number of figures of an option that are on the sheet itself.
pub const MAX_FIGURES: usize = 2;
/// The number of options whose figures are on the sheet itself. The others are there by name.
pub const MAX_ROWS: usize = 8;
/// The number of precautions, and of statements on where sources differ, that are on the sheet itself.
pub const MAX_STATEMENTS: usize = 3;
/// The number of open facts that are on the sheet itself.
pub const MAX_OPEN: usize = 8;

/// The number of values up to which a derived fact that isn't decided is shown with all that are still possible.
const MAX_VALUES: usize = 3;

/// The content of a sheet for a case conference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Board {
    /// The case in a few clauses.
    pub title: String,
    /// What the guide says about cases that it doesn't cover or may not cover.
    pub scope: Option<String>,
    /// The stage and its parts, then the stated facts, each as a name and a value.
    pub facts: Vec<(String, String)>,
    /// The names of the facts that are stated as "no".
    pub no: Vec<String>,
    /// What doesn't fit together, with each way to read it.
    pub doubts: Document,
    /// What the options assume. Empty if they assume nothing.
    pub assumed: Vec<String>,
    /// The routine checks that the options assume to be fine.
    pub checks: Vec<String>,
    /// The options in the most usual scenario, the strongest recommendation first.
    pub options: Vec<BoardOption>,
    /// The other scenarios: what is different, and the options that they add.
    pub others: Vec<(String, Vec<String>)>,
    /// What is available only in clinical trials.
    pub trials: Vec<String>,
    /// The treatments that are advised against, each with the facts that rule it out.
    pub against: Vec<(String, String)>,
    /// What may fit, depending on facts that no scenario assumes. Each with these facts.
    pub rare: Vec<(String, String)>,
    /// What is to be kept in mind in this case: the options and the precaution.
    pub precautions: Vec<(String, String)>,
    /// Where sources differ: the options and the statement. First one statement of each option, the strongest recommendation first.
    pub conflicts: Vec<(String, String)>,
    /// The facts that are open, the most decisive first.
    pub open: Vec<String>,
    /// The names of the sources, with their dates.
    pub sources: Vec<String>,
    /// The guide and the program, and who has reviewed the guide.
    pub closing: String,
}

/// An option on the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardOption {
    /// The treatment.
    pub treatment: TreatmentId,
    /// Its name, with recommended techniques.
    pub name: String,
    /// The names of all its techniques that are indicated.
    pub techniques: Vec<String>,
    /// Its name and how strongly it's recommended.
    pub name_with_strength: String,
    /// How strongly it's recommended, and when it's given.
    pub strength: String,
    /// The figures that apply to the case, those with a comparison first.
    pub figures: Vec<String>,
    /// The same figures, with the people who were studied.
    pub figures_with_people: Vec<String>,
    /// The routine checks on which it depends.
    pub check: String,
}

/// Returns the sheet for a case.
#[must_use]
pub fn board(guide: Edition<'_>, answered: Answered<'_>) -> Board {
    let Answered { case, advice, .. } = answered;
    let mut cited = BTreeSet::new();
    let covered = !advice.scope.covered.is_false();
    let scenario = advice.scenarios.first().filter(|_| covered);
    let options = scenario.map(|scenario| options(guide, answered, scenario, &mut cited)).unwrap_or_default();
    let shown: BTreeSet<TreatmentId> =
        advice.scenarios.iter().flat_map(Scenario::indicated).map(|entry| entry.treatment).collect();
    let conflicts = conflicts(guide, &options, &mut cited);
    let is_main = |id: TreatmentId| !guide.is_supportive(id);
    let with_fit =
        |fit: Fit| advice.treatments.iter().filter(move |entry| is_main(entry.treatment) && Fit::of(guide, entry) == fit);
    let may_fit = with_fit(Fit::MayFit).chain(with_fit(Fit::FitsOnceRuledOut)).filter(|entry| !shown.contains(&entry.treatment));
    let rare = may_fit.map(|entry| {
        let facts: Vec<&str> = entry.missing.iter().take(3).map(|missing| listed::question_name(guide, missing.fact)).collect();
        (guide[entry.treatment].name.clone(), facts.join(", "))
    });
    let trials = with_fit(Fit::TrialOnly).filter(|entry| in_trials(guide, entry).any(|(_, truth)| !truth.is_false()));
    let against = with_fit(Fit::AdvisedAgainst).map(|entry| {
        let holding = guide[entry.treatment].contraindications.iter().zip(&entry.contraindications);
        let facts: BTreeSet<_> = holding
            .filter(|(_, truth)| truth.is_true())
            .flat_map(|(rule, _)| guide.facts_used_by(&rule.rule.when))
            .filter(|fact| case.stated().any(|stated| stated == *fact))
            .collect();
        (guide[entry.treatment].name.clone(), reasons(guide, case, &facts.into_iter().collect::<Vec<_>>()))
    });
    let open = listed::next_questions(guide, advice);
    Board {
        title: values(guide, case, advice).join("; "),
        scope: scope(guide, answered),
        facts: facts(guide, answered),
        no: case.stated().filter(|fact| is_no(guide, case, *fact)).map(|fact| guide[fact].name.clone()).collect(),
        doubts: doubts::section(guide, case, advice),
        assumed: scenario.map(|scenario| said(guide, scenario, |kind| kind != AssumptionKind::RoutineCheck)).unwrap_or_default(),
        checks: scenario.map(|scenario| said(guide, scenario, |kind| kind == AssumptionKind::RoutineCheck)).unwrap_or_default(),
        others: if covered { others(guide, answered) } else { Vec::new() },
        trials: if covered { trials.map(|entry| guide[entry.treatment].name.clone()).collect() } else { Vec::new() },
        against: if covered { against.collect() } else { Vec::new() },
        rare: if covered { rare.collect() } else { Vec::new() },
        open: if covered {
            open.iter().map(|one| listed::question_name(guide, one.fact).to_owned()).collect()
        } else {
            Vec::new()
        },
        sources: sources(guide, &cited),
        closing: [note(guide), guide.review.clone()].join(" "),
        precautions: precautions(guide, answered, &options),
        options,
        conflicts,
    }
}

/// Says that the guide doesn't cover the case, or for which cases like it that isn't known.
fn scope(guide: Edition<'_>, answered: Answered<'_>) -> Option<String> {
    let scope = &answered.advice.scope;
    let named = |entries: &[usize]| {
        let names: Vec<&str> = entries.iter().map(|index| guide.out_of_scope[*index].name.as_str()).collect();
        names.join("; ")
    };
    match scope.covered {
        Truth::True => None,
        Truth::False => Some(t!(guide.text, board_not_covered, kinds = named(&scope.outside))),
        Truth::Unknown => Some(t!(guide.text, board_maybe_not_covered, kinds = named(&scope.open))),
    }
}

/// Returns the derived facts that reports give, such as the parts of a stage, and then what is stated.
fn facts(guide: Edition<'_>, answered: Answered<'_>) -> Vec<(String, String)> {
    let Answered { case, advice, .. } = answered;
    let mut facts = Vec::new();
    if !advice.scope.covered.is_false() {
        for entry in &advice.derived {
            let fact = &guide[entry.derived];
            let applies = entry.possible.intersection(fact.not_shown).is_empty();
            let is_decided = entry.possible.len() == 1;
            if !applies || fact.reported_as.is_none() || !(fact.headline || is_decided) {
                continue;
            }
            if entry.possible.len() > MAX_VALUES {
                facts.push((fact.name.clone(), t!(guide.text, board_value_open)));
                continue;
            }
            let values = entry.possible.iter().map(|index| fact.values[index].name.clone());
            let values = values.reduce(|first, second| t!(guide.text, words_values_or, first = first, second = second));
            facts.push((fact.name.clone(), values.unwrap_or_default()));
        }
    }
    let stated = listed::stated_lines(guide, case, case.stated().filter(|fact| !is_no(guide, case, *fact)));
    facts.extend(stated.into_iter().map(|line| (line.name, line.value)));
    facts
}

/// Whether a fact that is a yes or a no is stated as "no".
fn is_no(guide: Edition<'_>, case: &Case, fact: FactId) -> bool {
    guide[fact].kind == FactKind::YesNo && case.get(fact) == FactValue::Value(0)
}

/// Returns the precautions that hold for these options in this case. Options with the same precaution share it.
fn precautions(guide: Edition<'_>, answered: Answered<'_>, options: &[BoardOption]) -> Vec<(String, String)> {
    let mut shared = Shared::default();
    for option in options {
        let treatment = &guide[option.treatment];
        let precautions = treatment.precautions.iter().zip(&answered.advice[option.treatment].precautions);
        for (precaution, _) in precautions.filter(|(one, truth)| truth.is_true() && !one.is_for_everyone()) {
            shared.add(&treatment.name, &precaution.text);
        }
    }
    shared.0
}

/// Statements, each once with the names of the treatments that it's about.
#[derive(Default)]
struct Shared(Vec<(String, String)>);

impl Shared {
    fn add(&mut self, treatment: &str, statement: &str) {
        match self.0.iter_mut().find(|(_, text)| text == statement) {
            Some((names, _)) => names.extend(["; ", treatment]),
            None => self.0.push((treatment.to_owned(), statement.to_owned())),
        }
    }
}

/// Returns where sources differ on these options. Options with the same statement share it.
fn conflicts(guide: Edition<'_>, options: &[BoardOption], cited: &mut BTreeSet<PassageId>) -> Vec<(String, String)> {
    let lists: Vec<_> = options.iter().map(|option| &guide.guide[option.treatment]).collect();
    let longest = lists.iter().map(|treatment| treatment.list(StatementList::Disagreement).len()).max().unwrap_or_default();
    let mut conflicts = Shared::default();
    for (index, treatment) in (0..longest).flat_map(|index| lists.iter().map(move |treatment| (index, treatment))) {
        let Some(statement) = treatment.list(StatementList::Disagreement).get(index) else { continue };
        cited.extend(&statement.from);
        conflicts.add(&treatment.name, &statement.text);
    }
    conflicts.0
}

/// Returns what a scenario assumes, of the kinds that `wanted` accepts, each once.
fn said(guide: Edition<'_>, scenario: &Scenario, wanted: impl Fn(AssumptionKind) -> bool) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let assumptions = scenario.assumptions.iter().filter(|one| wanted(guide.usual_values[one.entry].kind));
    assumptions.map(|one| one.says(guide.guide)).filter(|says| seen.insert(*says)).map(str::to_owned).collect()
}

/// Returns the strength and the timing of the strongest indication that holds, other than for clinical trials.
fn best(guide: Edition<'_>, entry: &ScenarioTreatment) -> Option<(StrengthId, TimingId)> {
    let indications = guide[entry.treatment].indications.iter().zip(&entry.indications);
    let holding = indications.filter(|(one, truth)| truth.is_true() && guide.standing(one) != Standing::TrialOnly);
    holding.map(|(one, _)| (one.strength, one.timing)).min()
}

/// Returns the treatments that a scenario indicates, without care around treatment and techniques of others, the strongest recommendation first.
fn indicated<'a>(guide: Edition<'a>, scenario: &'a Scenario) -> Vec<(StrengthId, TimingId, &'a ScenarioTreatment)> {
    let all: BTreeSet<TreatmentId> = scenario.indicated().map(|entry| entry.treatment).collect();
    let mains = scenario.indicated().filter(|entry| {
        let is_technique = guide[entry.treatment].technique_of.iter().any(|whole| all.contains(whole));
        !is_technique && !guide.is_supportive(entry.treatment)
    });
    let mut entries: Vec<_> = mains.filter_map(|entry| best(guide, entry).map(|(one, two)| (one, two, entry))).collect();
    entries.sort_by_key(|(strength, timing, entry)| (*strength, *timing, entry.treatment));
    entries
}

fn options(guide: Edition<'_>, answered: Answered<'_>, scenario: &Scenario, cited: &mut BTreeSet<PassageId>) -> Vec<BoardOption> {
    let text = guide.text;
    let option = |(strength, timing, entry): (StrengthId, TimingId, &ScenarioTreatment)| {
        let (id, treatment) = (entry.treatment, &guide[entry.treatment]);
        let advice = &answered.advice[id];
        let is_way = |other: &&ScenarioTreatment| guide.is_technique_of(other.treatment, id);
        let techniques: Vec<_> = scenario.indicated().filter(is_way).collect();
        let recommended = techniques.iter().filter(|way| way.standing == Some(Standing::Recommended));
        let ways: Vec<String> = recommended.map(|way| within(&guide[way.treatment].name)).collect();
        let mut name = treatment.name.clone();
        if !ways.is_empty() {
            name = t!(text, board_ways, treatment = name, ways = ways.join(", "));
        }
        if advice.declined.is_true() {
            name = t!(text, board_declined, treatment = name);
        }
        if advice.is_ongoing() {
            name = t!(text, board_ongoing, treatment = name);
        }
        let applying = treatment.outcomes.iter().zip(&advice.outcomes).filter(|(_, truth)| !truth.is_false());
        let mut outcomes: Vec<_> = applying.map(|(outcome, _)| outcome).collect();
        outcomes.sort_by_key(|outcome| (outcome.comparator_value.is_none(), outcome.trial.is_none()));
        cited.extend(outcomes.iter().flat_map(|outcome| &outcome.from));
        let indications = treatment.indications.iter().zip(&entry.indications).filter(|(_, truth)| truth.is_true());
        cited.extend(indications.flat_map(|(one, _)| &one.rule.from));
        let assumed = scenario.assumptions.iter().filter(|one| entry.reason.contains(&one.fact));
        let checks = assumed.filter(|one| guide.usual_values[one.entry].kind == AssumptionKind::RoutineCheck);
        let mut check: Vec<&str> = checks.map(|one| one.says(guide.guide)).collect();
        check.dedup();
        let strength_name = within(&guide[strength].name);
        BoardOption {
            treatment: id,
            name_with_strength: t!(text, board_with_strength, treatment = &treatment.name, strength = strength_name),
            name,
            strength: t!(text, board_strength, strength = &guide[strength].name, timing = within(&guide[timing].name)),
            figures: outcomes.iter().map(|outcome| evidence::figure(guide, outcome)).collect(),
            figures_with_people: outcomes.iter().map(|outcome| evidence::with_people(guide, outcome)).collect(),
            techniques: techniques.iter().map(|way| within(&guide[way.treatment].name)).collect(),
            check: check.join("; "),
        }
    };
    indicated(guide, scenario).into_iter().map(option).collect()
}

/// Returns the options that each other scenario adds to those before it.
fn others(guide: Edition<'_>, answered: Answered<'_>) -> Vec<(String, Vec<String>)> {
    let mut shown: BTreeSet<TreatmentId> = BTreeSet::new();
    let mut others = Vec::new();
    for (index, scenario) in answered.advice.scenarios.iter().enumerate() {
        let new: Vec<_> =
            indicated(guide, scenario).into_iter().filter(|(.., entry)| !shown.contains(&entry.treatment)).collect();
        shown.extend(new.iter().map(|(.., entry)| entry.treatment));
        if index == 0 || new.is_empty() {
            continue;
        }
        let unusual: Vec<&str> =
            scenario.assumptions.iter().filter(|one| !one.is_usual()).map(|one| one.says(guide.guide)).collect();
        let names = new.iter().map(|(strength, _, entry)| {
            t!(
                guide.text,
                board_with_strength,
                treatment = &guide[entry.treatment].name,
                strength = within(&guide[*strength].name)
            )
        });
        others.push((unusual.join("; "), names.collect()));
    }
    others
}

/// Returns the sources of these passages by name, each with its date.
fn sources(guide: Edition<'_>, cited: &BTreeSet<PassageId>) -> Vec<String> {
    let sources: BTreeSet<SourceId> = cited.iter().map(|id| guide[*id].source).collect();
    let name = |id: &SourceId| {
        let source = &guide[*id];
        let revised = source.revised.map(|date| t!(guide.text, visit_source_revised, date = date.to_string()));
        let date = revised.or_else(|| source.read.map(|date| t!(guide.text, visit_source_read, date = date.to_string())));
        match date {
            Some(date) => t!(guide.text, board_source, publisher = &source.publisher, title = &source.title, date = date),
            None => t!(guide.text, board_source_undated, publisher = &source.publisher, title = &source.title),
        }
    };
    sources.iter().map(name).collect()
}

impl Board {
    /// Returns the options after the first [`MAX_ROWS`], each with its strength.
    #[must_use]
    pub fn further_options(&self) -> Vec<String> {
        self.options.iter().skip(MAX_ROWS).map(|option| option.name_with_strength.clone()).collect()
    }

    /// Returns the sheet as a document, for text and for files.
    #[must_use]
    pub fn document(&self, guide: Edition<'_>) -> Document {
        let text = guide.text;
        let mut document = Document::default();
        document.heading(1, t!(text, board_title));
        for line in [Some(&self.title), self.scope.as_ref()].into_iter().flatten().filter(|line| !line.is_empty()) {
            document.paragraph(line.clone());
        }
        let named = |(name, value): &(String, String)| line!(guide, board_fact, name = name, value = value);
        document.blocks.extend(self.doubts.blocks.iter().cloned());
        document.points(self.facts.iter().map(named).collect());
        if !self.no.is_empty() {
            document.points(vec![line!(guide, visit_no, facts = self.no.join("; "))]);
        }
        let mut section = |heading: String, lines: Vec<Line>| {
            if !lines.is_empty() {
                document.heading(2, heading);
                document.points(lines);
            }
        };
        let plain = |lines: &[String]| lines.iter().map(Line::from).collect::<Vec<Line>>();
        section(t!(text, board_assumed), plain(&self.assumed));
        section(t!(text, board_checks), plain(&self.checks));
        let option = |option: &BoardOption| {
            let (name, strength) = (&option.name, &option.strength);
            let mut figures: Vec<String> = option.figures.iter().take(MAX_FIGURES).cloned().collect();
            if figures.is_empty() {
                figures.push(t!(text, board_no_figures));
            }
            if option.figures.len() > MAX_FIGURES {
                figures.push(t!(text, board_more_figures, count = option.figures.len() - MAX_FIGURES));
            }
            let figures = figures.join(" ");
            match option.check.as_str() {
                "" => line!(guide, board_option, name = name, strength = strength, figures = figures),
                check => line!(guide, board_option_check, name = name, strength = strength, figures = figures, check = check),
            }
        };
        let mut options: Vec<Line> = self.options.iter().take(MAX_ROWS).map(option).collect();
        let by_name = self.further_options();
        if !by_name.is_empty() {
            options.push(line!(guide, board_fact, name = t!(text, board_further), value = by_name.join("; ")));
        }
        section(t!(text, board_options), options);
        let other = |(difference, names): &(String, Vec<String>)| {
            line!(guide, board_other, difference = difference, treatments = names.join("; "))
        };
        section(t!(text, board_others), self.others.iter().map(other).collect());
        section(t!(text, board_trials), plain(&self.trials));
        section(t!(text, board_against), self.against.iter().map(named).collect());
        section(t!(text, board_rare), self.rare.iter().map(named).collect());
        let statements = |statements: &[(String, String)]| {
            let mut lines: Vec<Line> = statements.iter().take(MAX_STATEMENTS).map(named).collect();
            if statements.len() > MAX_STATEMENTS {
                lines.push(t!(text, board_more_figures, count = statements.len() - MAX_STATEMENTS).into());
            }
            lines
        };
        section(t!(text, board_precautions), statements(&self.precautions));
        section(t!(text, board_conflicts), statements(&self.conflicts));
        let all_open = self.open.join("; ");
        section(t!(text, board_open), if all_open.is_empty() { Vec::new() } else { vec![all_open.into()] });
        section(t!(text, board_sources), plain(&self.sources));
        document
    }
}
