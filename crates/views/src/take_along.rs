//! Chooses the questions that matter most for a person to take to their team.
//!
//! The order is a rule, which `docs/guide-format.md` states for guide authors: a doubt about the answers, what matters most to the person, what they're
//! having now, the guide's own questions, then questions about the treatments.

use std::collections::BTreeSet;

use sarcoguide_model::{
    Advice, Case, DoubtAdvice, FactId, FactValue, PassageId, Scenario, ScenarioTreatment, Statement, StatementList, TeamQuestion,
    TreatmentAdvice, TreatmentId, Truth, Value, Verdict,
};
use sarcoguide_text::t;

use crate::answer::{declining, fits_because, strength};
use crate::fit::Fit;
use crate::{Answered, Edition};

/// The number of questions that are proposed for a visit, at most.
pub const PROPOSED: usize = 5;

/// A question to take to the team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The treatment or the wish that the question is about, if the question doesn't say so itself.
    pub about: Option<String>,
    /// The question, in the person's words.
    pub text: String,
    /// The passages that it rests on.
    pub from: Vec<PassageId>,
}

impl Question {
    /// Returns the question with what it's about.
    #[must_use]
    pub fn in_words(&self, guide: Edition<'_>) -> String {
        match &self.about {
            Some(about) => t!(guide.text, take_along_about, about = about, question = &self.text),
            None => self.text.clone(),
        }
    }
}

/// Returns the questions that matter most for this case, the most important first: at most [`PROPOSED`].
#[must_use]
pub fn questions(guide: Edition<'_>, answered: Answered<'_>) -> Vec<Question> {
    up_to(guide, answered, PROPOSED)
}

/// Returns up to `limit` questions, the most important first. At most half of them are about what matters to the person, and a quarter about what the
/// person is having now.
#[must_use]
pub fn up_to(guide: Edition<'_>, answered: Answered<'_>, limit: usize) -> Vec<Question> {
    let Answered { case, advice, preferences } = answered;
    let mut questions: Vec<Question> = advice.doubts.iter().take(1).map(|doubt| about_doubt(guide, doubt)).collect();
    let most = preferences.iter().filter(|weighed| weighed.weight == 0).take(limit / 2);
    questions.extend(most.filter_map(|weighed| {
        let value = guide.guide.exercise.as_ref()?.values.get(weighed.value)?;
        Some(Question { about: Some(value.name.clone()), text: value.ask.clone(), from: value.statement.from.clone() })
    }));
    let text = t!(guide.text, visit_ongoing_question);
    let ongoing = ongoing_names(guide, case, advice).into_iter().take(limit / 4);
    questions.extend(ongoing.map(|name| Question { about: Some(name), text: text.clone(), from: Vec::new() }));
    let discussed = Discussed::of(guide, advice);
    questions.extend(about_treatments(guide, &discussed.instead));
    let mut named: BTreeSet<TreatmentId> = BTreeSet::new();
    if !discussed.nothing_wanted && !advice.scope.covered.is_false() {
        let applying = guide.guide.team_questions.iter().zip(&advice.team_questions);
        for (question, _) in applying.filter(|(question, truth)| truth.is_true() && comes_up(guide, question, case, advice)) {
            let Statement { text, from } = question.statement.clone();
            questions.push(Question { about: None, text, from });
            named.extend(&question.treatments);
        }
    }
    // What a question has already named has no further one before the others.
    let (asked, others): (Vec<TreatmentId>, Vec<TreatmentId>) = discussed.planned.iter().partition(|id| named.contains(id));
    for treatments in [others, asked, discussed.possible, discussed.around] {
        questions.extend(about_treatments(guide, &treatments));
    }
    let mut seen: BTreeSet<String> = BTreeSet::new();
    questions.retain(|question| seen.insert(question.text.clone()) || question.text == text);
    questions.truncate(limit);
    questions
}

/// Asks which of the answers that raise a doubt is right.
fn about_doubt(guide: Edition<'_>, doubt: &DoubtAdvice) -> Question {
    let facts: Vec<&str> = doubt.facts.iter().map(|fact| guide.guide[*fact].name.as_str()).collect();
    let from = guide.doubts[doubt.doubt].rule.from.clone();
    Question { about: None, text: t!(guide.text, take_along_doubt, facts = facts.join("; ")), from }
}

/// Returns whether an answer to the question would still make something known, and whether the question is about treatments of this case.
fn comes_up(guide: Edition<'_>, question: &TeamQuestion, case: &Case, advice: &Advice) -> bool {
    let is_open = |fact: &FactId| match case.get(*fact) {
        FactValue::Unknown => !advice.implied.contains(fact),
        FactValue::Value(stated) => leaves_open(guide[*fact].domain.values(), usize::from(stated)),
        FactValue::Number(_) | FactValue::Between(_) => false,
    };
    let is_indicated = |id: &TreatmentId| {
        let in_scenarios = advice.scenarios.iter().flat_map(|scenario| scenario.indicated());
        in_scenarios.map(|entry| entry.treatment).any(|indicated| indicated == *id)
    };
    (question.decides.is_empty() || question.decides.iter().any(is_open)) && question.treatments.iter().all(is_indicated)
}

/// Returns whether a stated value is a group of most of the values that a fact can have, and so says little.
fn leaves_open(values: &[Value], stated: usize) -> bool {
    let is_group = |index: usize| values.iter().any(|value| value.parent == Some(index));
    let is_within = |index: usize| {
        let mut above = values.get(index).and_then(|value| value.parent);
        while let Some(group) = above.filter(|group| *group != stated) {
            above = values.get(group).and_then(|value| value.parent);
        }
        above.is_some()
    };
    let single = || (0..values.len()).filter(|index| !is_group(*index));
    is_group(stated) && single().filter(|index| is_within(*index)).count() * 2 > single().count()
}

/// Returns the facts about what the person is having now, each with its treatment if the guide has one for it.
pub(crate) fn ongoing_facts<'a>(
    guide: Edition<'_>,
    case: &Case,
    advice: &'a Advice,
) -> Vec<(FactId, Option<&'a TreatmentAdvice>)> {
    let facts = guide.guide.fact_lists.iter().flat_map(|list| list.ongoing(case));
    let treatment_of = |fact: FactId| advice.treatments.iter().find(|entry| guide[entry.treatment].given == Some(fact));
    facts.map(|fact| (fact, treatment_of(fact))).collect()
}

/// Returns the names of what the person is having now.
pub(crate) fn ongoing_names(guide: Edition<'_>, case: &Case, advice: &Advice) -> Vec<String> {
    let name = |(fact, entry): (FactId, Option<&TreatmentAdvice>)| match entry {
        Some(entry) => guide[entry.treatment].name.clone(),
        None => guide.guide.list_of(fact).map_or_else(String::new, |list| list.name_of(fact).to_owned()),
    };
    ongoing_facts(guide, case, advice).into_iter().map(name).collect()
}

/// Returns the questions about the treatments: one of each treatment in turn, so that no treatment takes up all the space.
fn about_treatments(guide: Edition<'_>, treatments: &[TreatmentId]) -> Vec<Question> {
    let lists: Vec<(&String, &[Statement])> =
        treatments.iter().map(|id| (&guide.guide[*id].name, guide.guide[*id].list(StatementList::Question))).collect();
    let longest = lists.iter().map(|(_, list)| list.len()).max().unwrap_or_default();
    let turn = |index: usize| lists.iter().filter_map(move |(name, list)| Some((*name, list.get(index)?)));
    let question = |(name, statement): (&String, &Statement)| {
        let Statement { text, from } = statement.clone();
        Question { about: Some(name.clone()), text, from }
    };
    (0..longest).flat_map(turn).map(question).collect()
}

/// The treatments whose questions can be asked. Declined treatments are left out, as are techniques of treatments that are as certain.
#[derive(Default)]
struct Discussed {
    /// The care that a person gets instead of treatments that they decline.
    instead: Vec<TreatmentId>,
    /// What the scenarios indicate: the most usual scenario first, and in it the strongest recommendation.
    planned: Vec<TreatmentId>,
    /// What else may fit, the strongest recommendation first, and then what is available only in clinical trials.
    possible: Vec<TreatmentId>,
    /// The care around treatment that is indicated, in order of time.
    around: Vec<TreatmentId>,
    /// Whether the person declines everything that could be planned.
    nothing_wanted: bool,
}

impl Discussed {
    fn of(guide: Edition<'_>, advice: &Advice) -> Self {
        let around: Vec<TreatmentId> =
            supportive(guide, advice, |entry| !entry.declined.is_true()).iter().map(|entry| entry.treatment).collect();
        if advice.scope.covered.is_false() {
            return Self { around, ..Self::default() };
        }
        let is_main = |entry: &&TreatmentAdvice| !guide.is_supportive(entry.treatment) && !entry.is_ongoing();
        let that = |fit: &dyn Fn(Fit) -> bool| {
            let mut entries: Vec<&TreatmentAdvice> =
                advice.treatments.iter().filter(is_main).filter(|entry| fit(Fit::of(guide, entry))).collect();
            entries.sort_by_key(|entry| strength(guide, entry));
            entries
        };
        let indicated = advice.scenarios.iter().flat_map(|scenario| indicated(guide, scenario)).map(|id| &advice[id]);
        let mut planned: Vec<&TreatmentAdvice> = indicated.filter(is_main).collect();
        planned.extend(that(&Fit::fits));
        let mut possible = that(&|fit| fit == Fit::MayFit);
        let weighed = if planned.is_empty() { &possible } else { &planned };
        let declined: Vec<&TreatmentAdvice> = weighed.iter().copied().filter(|entry| entry.declined.is_true()).collect();
        let nothing_wanted = !declined.is_empty() && declined.len() == weighed.len();
        let because = declining(guide, &declined);
        let is_instead = |entry: &TreatmentAdvice| fits_because(guide, entry, &because);
        let mut instead = Vec::new();
        if !declined.is_empty() {
            instead = supportive(guide, advice, |entry| nothing_wanted || is_instead(entry));
            instead.sort_by_key(|entry| !is_instead(entry));
        }
        possible.extend(that(&|fit| fit == Fit::TrialOnly));
        let is_technique = |way: &TreatmentAdvice, of: &[&TreatmentAdvice]| {
            of.iter().any(|whole| guide.is_technique_of(way.treatment, whole.treatment))
        };
        possible.retain(|way| !is_technique(way, &planned) && !planned.iter().any(|other| other.treatment == way.treatment));
        let possible: Vec<_> = possible.iter().copied().filter(|way| !is_technique(way, &possible)).collect();
        let planned: Vec<_> = planned.iter().copied().filter(|way| !is_technique(way, &planned)).collect();
        let wanted = |entries: Vec<&TreatmentAdvice>| {
            let mut seen = BTreeSet::new();
            let wanted = entries.into_iter().filter(|entry| entry.declined != Truth::True).map(|entry| entry.treatment);
            wanted.filter(|id| seen.insert(*id)).collect()
        };
        Self { instead: wanted(instead), planned: wanted(planned), possible: wanted(possible), around, nothing_wanted }
    }
}

/// Returns the supportive treatments that are indicated and that `keep` accepts, in order of time.
fn supportive<'a>(guide: Edition<'_>, advice: &'a Advice, keep: impl Fn(&TreatmentAdvice) -> bool) -> Vec<&'a TreatmentAdvice> {
    let entries = advice.treatments.iter().filter(|entry| entry.verdict == Verdict::Indicated);
    let mut entries: Vec<_> = entries.filter(|entry| guide.is_supportive(entry.treatment) && keep(entry)).collect();
    entries.sort_by_key(|entry| strength(guide, entry).map(|(strength, timing)| (timing, strength)));
    entries
}

/// Returns the treatments that a scenario indicates, the strongest recommendation first.
fn indicated(guide: Edition<'_>, scenario: &Scenario) -> Vec<TreatmentId> {
    let strongest = |entry: &ScenarioTreatment| {
        let indications = guide[entry.treatment].indications.iter().zip(&entry.indications);
        indications.filter(|(_, truth)| truth.is_true()).map(|(one, _)| (one.strength, one.timing)).min()
    };
    let mut entries: Vec<_> = scenario.indicated().map(|entry| (strongest(entry), entry.treatment)).collect();
    entries.sort_unstable();
    entries.into_iter().map(|(_, id)| id).collect()
}
