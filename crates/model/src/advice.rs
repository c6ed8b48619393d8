use serde::{Deserialize, Serialize};

use crate::{DerivedId, FactId, Standing, TreatmentId, Truth, ValueSet};

/// What the guide says of a treatment for a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Verdict {
    /// An indication holds for this case, and nothing speaks against it.
    Indicated,
    /// Unknown facts decide.
    Possible,
    /// It would be indicated, but is advised against.
    Contraindicated,
    /// It is withdrawn, so nobody can have it, whatever the case.
    Unavailable,
    /// No indication holds for this case.
    NotIndicated,
}

impl Verdict {
    /// Every verdict, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::Indicated, Self::Possible, Self::Contraindicated, Self::Unavailable, Self::NotIndicated];

    /// The name in files and output, for instance `not_indicated`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Indicated => "indicated",
            Self::Possible => "possible",
            Self::Contraindicated => "contraindicated",
            Self::Unavailable => "unavailable",
            Self::NotIndicated => "not_indicated",
        }
    }

    /// The verdict with this name.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.id() == id)
    }

    /// Everything but `Possible`.
    #[must_use]
    pub fn is_decided(self) -> bool {
        self != Self::Possible
    }
}

/// A fact that is not known, or known only in part, and would help to decide.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Missing {
    pub fact: FactId,
    /// The share of its possible answers, 0 to 1, that would settle the verdict at once.
    pub settles: f64,
}

/// A question worth asking next.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct NextQuestion {
    pub fact: FactId,
    /// How many open verdicts its answer would settle on average, every possible answer counted alike.
    pub settles: f64,
    /// For how many open verdicts it is missing.
    pub open: usize,
}

/// What the guide says of one treatment for a case, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TreatmentAdvice {
    pub treatment: TreatmentId,
    /// The verdict.
    pub verdict: Verdict,
    /// The best of what the sources make of it: over the indications that hold; for `Possible`, over those that may hold. None where there are
    /// no such indications, and for what is withdrawn. A way to give other treatments (`technique_of`) has no better standing than the best of them.
    pub standing: Option<Standing>,
    /// For what is withdrawn, whether an indication that it had holds for the case, the guide's scope included.
    pub former_indication: Option<Truth>,
    /// The truth of each indication, the guide's scope included, in the treatment's order.
    pub indications: Vec<Truth>,
    /// The truth of each contraindication.
    pub contraindications: Vec<Truth>,
    /// The truth of each precaution. Unknown means: to be checked.
    pub precautions: Vec<Truth>,
    /// Whether each adverse effect concerns this person.
    pub effects: Vec<Truth>,
    /// Whether each outcome concerns this person.
    pub outcomes: Vec<Truth>,
    /// Whether each way of giving it concerns this person.
    pub administrations: Vec<Truth>,
    /// Whether the person declines it.
    pub declined: Truth,
    /// A subset-minimal set of stated facts that forces the verdict; empty when no fact is needed, as for `Unavailable`, or the verdict is
    /// `Possible`.
    pub reason: Vec<FactId>,
    /// The facts that would settle a `Possible`, those that settle most first; empty for the others.
    pub missing: Vec<Missing>,
}

impl TreatmentAdvice {
    /// Whether a contraindication holds: then it cannot come to be indicated, also where open facts decide whether it would be.
    #[must_use]
    pub fn is_ruled_out(&self) -> bool {
        self.contraindications.iter().any(|truth| truth.is_true())
    }
}

/// What the guide says of a derived fact for a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DerivedAdvice {
    pub derived: DerivedId,
    /// The values that are still possible; one when it is decided.
    pub possible: ValueSet,
    /// The place of the row that gives a decided value.
    pub row: Option<usize>,
    /// A subset-minimal set of stated facts that forces a decided value.
    pub reason: Vec<FactId>,
    /// The facts that would settle it, in the order of the vocabulary.
    pub missing: Vec<FactId>,
}

/// Whether the guide covers the case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScopeAdvice {
    /// Whether it does.
    pub covered: Truth,
    /// The entries of the guide's out-of-scope list that hold, by place.
    pub outside: Vec<usize>,
    /// Those that are not settled, by place.
    pub open: Vec<usize>,
    /// The facts that force a decided answer.
    pub reason: Vec<FactId>,
    /// The facts that would settle it.
    pub missing: Vec<FactId>,
}

/// Everything that the guide says about one case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Advice {
    /// Whether the guide covers the case.
    pub scope: ScopeAdvice,
    /// Facts that the case does not state, though what it states leaves them one value only. They need not be asked.
    pub implied: Vec<FactId>,
    /// Every derived fact.
    pub derived: Vec<DerivedAdvice>,
    /// The truth of each reason why nothing is due, in the order of the guide.
    pub no_treatment_indicated: Vec<Truth>,
    /// Every treatment, in the order of the guide.
    pub treatments: Vec<TreatmentAdvice>,
    /// What to ask next, what settles most first.
    pub next_questions: Vec<NextQuestion>,
}

/// A case that states what cannot hold together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contradiction {
    /// The guide's constraint, by place.
    pub constraint: usize,
    /// A subset-minimal set of stated facts that contradict one another.
    pub facts: Vec<FactId>,
}
