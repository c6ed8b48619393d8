use std::fmt;

use serde::{Deserialize, Serialize};

use crate::closed_set::closed_set;
use crate::{Case, DerivedId, DoubtAdvice, FactId, FactValue, Guide, Standing, TreatmentId, Truth, ValueSet};

closed_set! {
    /// Whether a treatment fits a case.
    pub enum Verdict {
        /// An indication holds, and no contraindication can hold.
        Indicated = "indicated",
        /// The result depends on unknown facts.
        Possible = "possible",
        /// An indication and a contraindication both hold.
        Contraindicated = "contraindicated",
        /// The treatment was withdrawn from the market, so nobody can get it.
        Unavailable = "unavailable",
        /// No indication can hold for the case.
        NotIndicated = "not_indicated",
    }
}

impl Verdict {
    /// Returns `true` for every verdict except `Possible`.
    #[must_use]
    pub fn is_decided(self) -> bool {
        self != Self::Possible
    }
}

/// A fact that could decide a verdict, but is unknown or only partly known.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Missing {
    pub fact: FactId,
    /// The share (from 0 to 1) of the fact's possible answers that would settle the verdict without any further facts.
    pub settles: f64,
}

/// A question to ask next.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct NextQuestion {
    pub fact: FactId,
    /// The number of undecided verdicts that an answer settles on average, if every possible answer is equally likely.
    pub settles: f64,
    /// The number of undecided verdicts that depend on the fact.
    pub open: usize,
}

/// The verdict on one treatment for a case, with the reason for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TreatmentAdvice {
    pub treatment: TreatmentId,
    pub verdict: Verdict,
    /// The best standing of the indications that hold or, if the verdict is `Possible`, of those that can hold. `None` if there are no
    /// such indications, or if the treatment was withdrawn.
    ///
    /// If the treatment is a technique of others ([`technique_of`](crate::Treatment::technique_of)), its standing is never better than the
    /// best of theirs.
    pub standing: Option<Standing>,
    /// For a withdrawn treatment, whether a former indication holds within the guide's scope. `None` for other treatments.
    pub former_indication: Option<Truth>,
    /// If the case states whether the treatment has been given, the index of the stated value of [`Treatment::given`](crate::Treatment::given).
    pub given: Option<usize>,
    /// The treatment that the person is having now and that contains all components of this one: the treatment itself or a combination.
    pub ongoing_in: Option<TreatmentId>,
    /// Whether each indication holds within the guide's scope, in the order of [`Treatment::indications`](crate::Treatment::indications).
    pub indications: Vec<Truth>,
    /// Whether each contraindication holds.
    pub contraindications: Vec<Truth>,
    /// Whether each precaution applies. If the value is `Unknown`, the treatment team must check.
    pub precautions: Vec<Truth>,
    /// Whether each adverse effect can occur in this person.
    pub effects: Vec<Truth>,
    /// Whether each outcome applies to this person.
    pub outcomes: Vec<Truth>,
    /// Whether each administration applies to this person.
    pub administrations: Vec<Truth>,
    /// Whether the person declines the treatment.
    pub declined: Truth,
    /// A minimal set of stated facts that forces the verdict. Empty if the verdict needs no facts, such as `Unavailable`, or if it's
    /// `Possible`.
    pub reason: Vec<FactId>,
    /// The facts that can settle a `Possible` verdict, the most decisive first. Empty for other verdicts.
    pub missing: Vec<Missing>,
}

impl TreatmentAdvice {
    /// Returns whether the person is having the treatment now, by itself or as part of a combination.
    #[must_use]
    pub fn is_ongoing(&self) -> bool {
        self.ongoing_in.is_some()
    }

    /// Returns whether a contraindication holds. If so, no unknown fact can make the verdict `Indicated`.
    #[must_use]
    pub fn is_ruled_out(&self) -> bool {
        self.contraindications.iter().any(|truth| truth.is_true())
    }
}

/// The value of a derived fact for a case, with the reason for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DerivedAdvice {
    pub derived: DerivedId,
    /// The values that are still possible. If there is exactly one, the value is decided.
    pub possible: ValueSet,
    /// The index of the table row that gives the decided value. `None` if the value isn't decided, or if it's decided only because all rows
    /// with other values are ruled out.
    pub row: Option<usize>,
    /// A minimal set of stated facts that forces the decided value. Empty if the value isn't decided.
    pub reason: Vec<FactId>,
    /// The facts that can settle the value, in the order of [`Guide::facts`](crate::Guide::facts).
    pub missing: Vec<FactId>,
}

/// Whether the guide covers the case, with the reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScopeAdvice {
    /// Whether the guide covers the case.
    pub covered: Truth,
    /// The indexes of the entries of [`Guide::out_of_scope`](crate::Guide::out_of_scope) that the case matches.
    pub outside: Vec<usize>,
    /// The indexes of the out-of-scope entries that the case may match, depending on unknown facts.
    pub open: Vec<usize>,
    /// A minimal set of stated facts that decides whether the case is covered. Empty if this isn't decided.
    pub reason: Vec<FactId>,
    /// The facts that can settle whether the case is covered.
    pub missing: Vec<FactId>,
}

/// A stated fact that doesn't affect the advice, for example a stage in a letter that contradicts the size.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnusedFact {
    pub fact: FactId,
    pub reason: UnusedReason,
    /// The unknown facts on which it depends what follows. Empty unless the reason is [`Missing`](UnusedReason::Missing).
    pub missing: Vec<FactId>,
}

closed_set! {
    /// Why nothing follows from a stated fact.
    pub enum UnusedReason {
        /// It's part of a doubt, or what follows from it depends on a fact that is.
        Doubt = "doubt",
        /// What follows depends on unknown facts.
        Missing = "missing",
        /// Nothing follows from this value in a case like this one.
        NothingFollows = "nothing_follows",
    }
}

/// A value that a scenario assumes for an open fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assumption {
    pub fact: FactId,
    pub value: FactValue,
    /// The index of the entry in [`Guide::usual_values`] that the value comes from.
    pub entry: usize,
    /// The index of the alternative of the entry that the value comes from. `None` if it's the usual value.
    pub alternative: Option<usize>,
}

impl Assumption {
    /// Whether the value is the usual one.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        self.alternative.is_none()
    }

    /// Returns what is assumed, as a clause after "we assume that" or "if". For a routine check, returns what the team looks at.
    #[must_use]
    pub fn says<'g>(&self, guide: &'g Guide) -> &'g str {
        let usual = &guide.usual_values[self.entry];
        self.alternative.map_or(&usual.says, |index| &usual.alternatives[index].says)
    }
}

/// A case with a few assumptions, and the verdicts on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scenario {
    /// The assumptions on which the indicated treatments depend, in the order of [`Guide::usual_values`].
    pub assumptions: Vec<Assumption>,
    /// The case with the assumptions stated.
    pub case: Case,
    /// The verdict on every treatment in [`Self::case`], in the order of the guide.
    pub treatments: Vec<ScenarioTreatment>,
}

/// The verdict on a treatment in a scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScenarioTreatment {
    pub treatment: TreatmentId,
    pub verdict: Verdict,
    /// As in [`TreatmentAdvice`](TreatmentAdvice::standing).
    pub standing: Option<Standing>,
    /// The truth of each indication.
    pub indications: Vec<Truth>,
    /// A minimal set of stated and assumed facts that forces the verdict. Empty unless the treatment is indicated.
    pub reason: Vec<FactId>,
}

impl Scenario {
    /// Whether the scenario assumes a value for `fact`.
    #[must_use]
    pub fn assumes(&self, fact: FactId) -> bool {
        self.assumptions.iter().any(|assumption| assumption.fact == fact)
    }

    /// Returns the treatments that are indicated, and not only for trials.
    pub fn indicated(&self) -> impl Iterator<Item = &ScenarioTreatment> {
        let fits =
            |entry: &&ScenarioTreatment| entry.verdict == Verdict::Indicated && entry.standing != Some(Standing::TrialOnly);
        self.treatments.iter().filter(fits)
    }
}

/// A treatment that is possible in a case, but that no scenario of the case indicates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RareTreatment {
    pub treatment: TreatmentId,
    /// The facts that must have other values than usual, mostly as few as possible. If no circumstances were found in which the treatment is indicated,
    /// the open facts of its rules.
    pub facts: Vec<FactId>,
    /// A case that states everything that the open case states, and in which the treatment is indicated. `None` if none was found.
    pub witness: Option<Case>,
}

/// Everything that the guide says about one case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Advice {
    /// Whether the guide covers the case.
    pub scope: ScopeAdvice,
    /// The doubts that the case raises, in the order of the guide. They don't change any verdict, except that what usually follows from doubtful
    /// facts isn't concluded; see [`Constraint`](crate::Constraint).
    pub doubts: Vec<DoubtAdvice>,
    /// The stated facts that don't affect this advice. Something usually follows from facts like them, and nothing else uses them.
    pub unused: Vec<UnusedFact>,
    /// The facts that the case doesn't state, but for which the stated facts leave only one possible value. There's no need to ask for them.
    pub implied: Vec<FactId>,
    /// The value of every derived fact, in the order of the guide.
    pub derived: Vec<DerivedAdvice>,
    /// Whether each [`NoTreatmentIndicated`](crate::NoTreatmentIndicated) entry applies, in the order of the guide.
    pub no_treatment_indicated: Vec<Truth>,
    /// Whether the condition of each of the [questions to take to the team](crate::Guide::team_questions) holds in the most usual scenario, or in the
    /// case itself if there are no scenarios.
    pub team_questions: Vec<Truth>,
    /// The advice on every treatment, in the order of the guide.
    pub treatments: Vec<TreatmentAdvice>,
    /// The questions to ask next, the most decisive first.
    pub next_questions: Vec<NextQuestion>,
    /// A few scenarios of the case, the most usual first. Empty if the guide doesn't cover the case, or if the scenarios weren't asked for.
    pub scenarios: Vec<Scenario>,
    /// The treatments that are possible, but that no scenario indicates, in the order of the guide. Empty if the scenarios weren't asked for.
    pub rare: Vec<RareTreatment>,
}

/// The error for a case whose facts contradict each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contradiction {
    /// The index in [`Guide::constraints`](crate::Guide::constraints) of the constraint that the facts violate.
    pub constraint: usize,
    /// Stated facts that contradict each other. If any one of them is left out, the rest no longer contradict each other.
    pub facts: Vec<FactId>,
}

/// Formats the contradiction with numbers only, because the names of the facts and the constraint's text are in the guide.
impl fmt::Display for Contradiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} facts of the case contradict each other (constraint {} of the guide)", self.facts.len(), self.constraint)
    }
}

impl std::error::Error for Contradiction {}
