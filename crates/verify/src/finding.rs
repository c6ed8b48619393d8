use num_bigint::BigUint;
use sarcoguide_model::{Acceptable, Case, DerivedId, Guide, RulePlace, TreatmentId};

/// The kind of a finding. The codes are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Code {
    /// A derived fact has no value for a possible case.
    NoValue,
    /// A derived fact has two values for a possible case.
    TwoValues,
    /// A possible case in scope has no treatment and no reason why.
    Gap,
    /// A main treatment is contraindicated with nothing to replace it.
    Conflict,
    /// A condition holds in no possible case.
    DeadRule,
    /// A treatment lists the same adverse effect twice for someone.
    ToldTwice,
    /// An indication holds only where another of the same strength, timing and intent does.
    Shadow,
    /// An indication holds only where another of the same strength does, with another timing or intent.
    ShadowElsewhere,
    /// A policy doesn't hold.
    Policy,
    /// Something is too large to prove.
    TooLarge,
    /// The guide accepts a warning that doesn't exist, or with a case that doesn't show it.
    Stale,
    /// The evaluation is unknown although every completion of the case gives the same result.
    KleeneGap,
}

impl Code {
    /// All codes.
    pub const ALL: [Self; 12] = [
        Self::NoValue,
        Self::TwoValues,
        Self::Gap,
        Self::Conflict,
        Self::DeadRule,
        Self::ToldTwice,
        Self::Shadow,
        Self::ShadowElsewhere,
        Self::Policy,
        Self::TooLarge,
        Self::Stale,
        Self::KleeneGap,
    ];

    /// The name in output.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::NoValue => "V001",
            Self::TwoValues => "V002",
            Self::Gap => "V003",
            Self::Conflict => "V004",
            Self::DeadRule => "V005",
            Self::Policy => "V006",
            Self::ToldTwice => "V007",
            Self::TooLarge => "V008",
            Self::Stale => "V009",
            Self::Shadow => Acceptable::Shadow.id(),
            Self::ShadowElsewhere => Acceptable::ShadowElsewhere.id(),
            Self::KleeneGap => Acceptable::KleeneGap.id(),
        }
    }

    /// What it means, in one sentence.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::NoValue => "A derived fact has no value for a possible case.",
            Self::TwoValues => "A derived fact has two values for a possible case.",
            Self::Gap => "A possible case in scope has no treatment, supportive ones aside, and no stated reason why.",
            Self::Conflict => "A main treatment is advised against and nothing stands in its place.",
            Self::DeadRule => "A condition holds in no possible case.",
            Self::Policy => "A statement of the safety policy does not hold.",
            Self::ToldTwice => "A person is told of the same adverse effect of a treatment twice.",
            Self::TooLarge => "Something is too large to be proved; nothing is known of what rests on it.",
            Self::Stale => "The guide accepts a warning that is not there, or with a case that does not show it.",
            Self::Shadow => "An indication adds nothing to another of the same treatment, strength, timing and aim.",
            Self::ShadowElsewhere => "An indication holds only where another of the same treatment and strength does.",
            Self::KleeneGap => "The evaluation leaves open what is the same however the unknown facts turn out.",
        }
    }

    /// Whether it's an error.
    #[must_use]
    pub fn is_error(self) -> bool {
        self.acceptable().is_none()
    }

    /// The kind under which the guide can accept it.
    #[must_use]
    pub fn acceptable(self) -> Option<Acceptable> {
        match self {
            Self::Shadow => Some(Acceptable::Shadow),
            Self::ShadowElsewhere => Some(Acceptable::ShadowElsewhere),
            Self::KleeneGap => Some(Acceptable::KleeneGap),
            _ => None,
        }
    }
}

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    Guide,
    Rule(RulePlace),
    Derived(DerivedId),
    Treatment(TreatmentId),
    /// A constraint, by index.
    Constraint(usize),
    /// A warning that the guide accepts, by place, and the places and the case of it that are meant, by place too.
    Accepted(usize, usize),
}

impl Subject {
    /// The name of this place in `accepted.toml`.
    #[must_use]
    pub fn name(self, guide: &Guide) -> Option<String> {
        match self {
            Self::Rule(place) => Some(guide.place_name(place)),
            Self::Derived(id) => Some(guide.derived_name(id)),
            Self::Treatment(id) => Some(guide.indications_name(id)),
            Self::Guide | Self::Constraint(_) | Self::Accepted(..) => None,
        }
    }
}

/// A finding of a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    pub code: Code,
    pub subject: Subject,
    /// The other rule concerned.
    pub beside: Option<RulePlace>,
    pub message: String,
    pub help: String,
    /// The number of cases; `None` if it's too large to count or doesn't apply.
    pub cases: Option<BigUint>,
    /// The cases as conditions of the guide. Each line is a group of cases. Empty if `cases` is `None`.
    pub which: Vec<String>,
    /// Whether the lines cover all of the cases.
    pub complete: bool,
    /// A case that shows it and needs all of its facts, confirmed by the reference evaluator.
    pub witness: Option<Case>,
    /// Whether the reference evaluator contradicted the diagrams in every case that was tried, which is an error of this program.
    pub unconfirmed: bool,
}

impl Finding {
    pub(crate) fn new(code: Code, subject: Subject, message: String, help: impl Into<String>) -> Self {
        Self {
            code,
            subject,
            beside: None,
            message,
            help: help.into(),
            cases: None,
            which: Vec::new(),
            complete: true,
            witness: None,
            unconfirmed: false,
        }
    }

    pub(crate) fn beside(self, rule: RulePlace) -> Self {
        Self { beside: Some(rule), ..self }
    }

    pub(crate) fn witnessed(self, witness: Option<Case>) -> Self {
        Self { unconfirmed: witness.is_none(), witness, ..self }
    }

    pub(crate) fn which(self, (which, complete): (Vec<String>, bool)) -> Self {
        Self { which, complete, ..self }
    }
}
