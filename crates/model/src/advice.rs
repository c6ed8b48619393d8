use std::fmt;

use serde::{Deserialize, Serialize};

use crate::closed_set::closed_set;
use crate::{DerivedId, FactId, Standing, TreatmentId, Truth, ValueSet};

closed_set! {
    /// The result for one treatment and one case.
    pub enum Verdict {
        /// An indication holds, and no contraindication can hold.
        Indicated = "indicated",
        /// It depends on unknown facts.
        Possible = "possible",
        /// An indication holds, and so does a contraindication.
        Contraindicated = "contraindicated",
        /// It was withdrawn from the market, so nobody can get it in any case.
        Unavailable = "unavailable",
        /// No indication can hold for this case.
        NotIndicated = "not_indicated",
    }
}

impl Verdict {
    /// The verdict with this ID.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.id() == id)
    }

    /// True for every verdict except `Possible`.
    #[must_use]
    pub fn is_decided(self) -> bool {
        self != Self::Possible
    }
}

/// A fact that is unknown, or known only in part, and could decide a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Missing {
    pub fact: FactId,
    /// The share of its possible answers, 0 to 1, that alone settle the verdict.
    pub settles: f64,
}

/// A question to ask next.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct NextQuestion {
    pub fact: FactId,
    /// The number of open verdicts that its answer settles on average, if every possible answer is equally likely.
    pub settles: f64,
    /// The number of open verdicts that depend on it.
    pub open: usize,
}

/// The verdict on one treatment for a case, with its reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TreatmentAdvice {
    pub treatment: TreatmentId,
    /// The verdict.
    pub verdict: Verdict,
    /// The best of what the sources make of it: over the indications that hold; for `Possible`, over those that may hold. None where there are
    /// no such indications, and for what is withdrawn. A way to give other treatments (`technique_of`) has no better standing than the best of them.
    pub standing: Option<Standing>,
    /// For a withdrawn treatment, whether a former indication holds within the guide's scope. `None` for others.
    pub former_indication: Option<Truth>,
    /// The truth of each indication within the guide's scope, in the order of the treatment.
    pub indications: Vec<Truth>,
    /// The truth of each contraindication.
    pub contraindications: Vec<Truth>,
    /// The truth of each precaution. `Unknown` means that someone must check.
    pub precautions: Vec<Truth>,
    /// Whether each adverse effect concerns this person.
    pub effects: Vec<Truth>,
    /// Whether each outcome concerns this person.
    pub outcomes: Vec<Truth>,
    /// Whether each administration concerns this person.
    pub administrations: Vec<Truth>,
    /// Whether the person declines it.
    pub declined: Truth,
    /// A subset-minimal set of stated facts that forces the verdict; empty when no fact is needed, as for `Unavailable`, or the verdict is
    /// `Possible`.
    pub reason: Vec<FactId>,
    /// The facts that can settle a `Possible` verdict, the most decisive first; empty for other verdicts.
    pub missing: Vec<Missing>,
}

impl TreatmentAdvice {
    /// Whether a contraindication holds. If so, no open fact can make the verdict `Indicated`.
    #[must_use]
    pub fn is_ruled_out(&self) -> bool {
        self.contraindications.iter().any(|truth| truth.is_true())
    }
}

/// The value of a derived fact for a case, with its reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DerivedAdvice {
    pub derived: DerivedId,
    /// The values that are still possible; one when it is decided.
    pub possible: ValueSet,
    /// The index of the row that gives a decided value.
    pub row: Option<usize>,
    /// A subset-minimal set of stated facts that forces a decided value.
    pub reason: Vec<FactId>,
    /// The facts that can settle it, in the order of the vocabulary.
    pub missing: Vec<FactId>,
}

/// Whether the guide covers the case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScopeAdvice {
    /// Whether the guide covers the case.
    pub covered: Truth,
    /// The indexes of the guide's out-of-scope entries that hold.
    pub outside: Vec<usize>,
    /// The indexes of the out-of-scope entries that aren't settled.
    pub open: Vec<usize>,
    /// The stated facts that force a decided answer.
    pub reason: Vec<FactId>,
    /// The facts that can settle it.
    pub missing: Vec<FactId>,
}

/// The answer to one case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Advice {
    /// Whether the guide covers the case.
    pub scope: ScopeAdvice,
    /// Facts that the case doesn't state, but that the stated facts leave only one value. No need to ask them.
    pub implied: Vec<FactId>,
    /// Every derived fact.
    pub derived: Vec<DerivedAdvice>,
    /// The truth of each [`NoTreatmentIndicated`](crate::NoTreatmentIndicated), in the order of the guide.
    pub no_treatment_indicated: Vec<Truth>,
    /// Every treatment, in the order of the guide.
    pub treatments: Vec<TreatmentAdvice>,
    /// The questions to ask next, the most decisive first.
    pub next_questions: Vec<NextQuestion>,
}

/// A case whose facts contradict each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contradiction {
    /// The index of the constraint in the guide.
    pub constraint: usize,
    /// A subset-minimal set of stated facts that contradict each other.
    pub facts: Vec<FactId>,
}

/// By number only: names of facts and the reason are in the guide.
impl fmt::Display for Contradiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} facts of the case contradict one another by constraint {} of the guide", self.facts.len(), self.constraint)
    }
}

impl std::error::Error for Contradiction {}
