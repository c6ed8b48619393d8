use num_bigint::BigUint;
use sarcoguide_model::{Acceptable, Case, DerivedId, Guide, RulePlace, TreatmentId};

/// What kind of thing was found. The codes are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A derived fact has no value for a possible case.
    NoValue,
    /// A derived fact has two values for a possible case.
    TwoValues,
    /// A possible case in scope has no treatment of the disease and no reason why.
    Gap,
    /// A main treatment is advised against with nothing in its place.
    Conflict,
    /// A condition holds in no possible case.
    DeadRule,
    /// Someone is told of the same adverse effect of a treatment twice.
    ToldTwice,
    /// An indication says nothing that another of the same strength, timing and aim does not say.
    Shadow,
    /// An indication holds only where another of the same strength does, at another time or with another aim.
    ShadowElsewhere,
    /// A policy does not hold.
    Policy,
    /// Something is too large to be proved.
    TooLarge,
    /// The guide accepts a warning that there is not, or with a case that does not show it.
    Stale,
    /// The evaluation leaves open what is the same in every completion of the case.
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

    /// Whether the guide must not go out with it.
    #[must_use]
    pub fn is_error(self) -> bool {
        self.acceptable().is_none()
    }

    /// As what the guide may accept it.
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
    /// What cannot be together, by place.
    Constraint(usize),
    /// A warning that the guide accepts, by place, and the places and the case of it that are meant, by place too.
    Accepted(usize, usize),
}

impl Subject {
    /// The name by which the guide accepts warnings here.
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

/// Something that a proof found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub code: Code,
    pub subject: Subject,
    /// The other rule concerned.
    pub beside: Option<RulePlace>,
    pub message: String,
    pub help: String,
    /// In how many cases; none where that cannot be counted or is not the point.
    pub cases: Option<BigUint>,
    /// Which cases these are, in the language of the guide's conditions: each line is a group of them. Empty where `cases` is.
    pub which: Vec<String>,
    /// Whether those lines are all of them.
    pub complete: bool,
    /// A case that shows it, tried on the reference evaluator, from which no fact can be left out.
    pub witness: Option<Case>,
    /// Whether the reference evaluator disagreed with the diagrams on every case tried: an error of this program.
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
