use num_bigint::BigUint;
use sarcoguide_model::{Acceptable, Case, DerivedId, Guide, RulePlace, TreatmentId};

/// The kind of a finding. Its ID doesn't change between versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Code {
    /// A derived fact has no value in a possible case.
    NoValue,
    /// A derived fact has two values in a possible case.
    TwoValues,
    /// A possible case in scope has no treatment except supportive treatment, and the guide gives no reason for that.
    Gap,
    /// A main treatment is contraindicated, and the guide offers nothing instead.
    Conflict,
    /// A condition doesn't hold in any possible case.
    DeadRule,
    /// A treatment lists the same adverse effect twice for the same person.
    RepeatedEffect,
    /// An indication holds only where another indication of the same treatment, strength, timing and intent holds.
    Shadow,
    /// An indication holds only where another indication of the same treatment and strength holds, with a different timing or
    /// intent.
    ShadowOtherTiming,
    /// A policy is broken in a possible case, or never applies.
    Policy,
    /// A part of the guide is too large to prove.
    TooLarge,
    /// The guide accepts a warning that doesn't exist, or the case in its entry doesn't show the warning or states more facts than
    /// needed.
    Stale,
    /// The evaluation leaves a result unknown, although every way to complete the case gives the same result.
    KleeneGap,
    /// The triage breaks one of its laws.
    Triage,
}

impl Code {
    /// All codes.
    pub const ALL: [Self; 13] = [
        Self::NoValue,
        Self::TwoValues,
        Self::Gap,
        Self::Conflict,
        Self::DeadRule,
        Self::RepeatedEffect,
        Self::Shadow,
        Self::ShadowOtherTiming,
        Self::Policy,
        Self::TooLarge,
        Self::Stale,
        Self::KleeneGap,
        Self::Triage,
    ];

    /// Returns the ID of the code in output, for example `V001`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::NoValue => "V001",
            Self::TwoValues => "V002",
            Self::Gap => "V003",
            Self::Conflict => "V004",
            Self::DeadRule => "V005",
            Self::Policy => "V006",
            Self::RepeatedEffect => "V007",
            Self::TooLarge => "V008",
            Self::Stale => "V009",
            Self::Triage => "V010",
            Self::Shadow => Acceptable::Shadow.id(),
            Self::ShadowOtherTiming => Acceptable::ShadowOtherTiming.id(),
            Self::KleeneGap => Acceptable::KleeneGap.id(),
        }
    }

    /// Describes this kind of finding in one sentence.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::NoValue => "A derived fact has no value in a possible case.",
            Self::TwoValues => "A derived fact has two values in a possible case.",
            Self::Gap => {
                "A possible case in scope has no treatment except supportive treatment, and the guide gives no reason for that."
            }
            Self::Conflict => "A main treatment is contraindicated, and the guide offers nothing instead.",
            Self::DeadRule => "A condition doesn't hold in any possible case.",
            Self::Policy => "A policy of the guide is broken in a possible case, or never applies.",
            Self::RepeatedEffect => "A treatment lists the same adverse effect twice for the same person.",
            Self::TooLarge => "Something is too large to prove, so results that depend on it are unknown.",
            Self::Stale => {
                "The guide accepts a warning that doesn't exist, or the case in its entry doesn't show the warning or states more facts than needed."
            }
            Self::Triage => {
                "In the triage, a yes can lower the urgency, \"not sure\" doesn't count like a yes, or a rule never holds."
            }
            Self::Shadow => {
                "An indication holds only in cases in which another indication of the same treatment with the same strength, timing and intent also holds."
            }
            Self::ShadowOtherTiming => {
                "An indication holds only in cases in which another indication of the same treatment with the same strength but a different timing or intent also holds."
            }
            Self::KleeneGap => {
                "The evaluation leaves a result unknown, although every way to complete the case gives the same result."
            }
        }
    }

    /// Whether findings with this code are errors. If not, they're warnings, which the guide can accept.
    #[must_use]
    pub fn is_error(self) -> bool {
        self.acceptable().is_none()
    }

    /// Returns the kind of warning in `accepted.toml` that this code corresponds to, or `None` for an error.
    #[must_use]
    pub fn acceptable(self) -> Option<Acceptable> {
        match self {
            Self::Shadow => Some(Acceptable::Shadow),
            Self::ShadowOtherTiming => Some(Acceptable::ShadowOtherTiming),
            Self::KleeneGap => Some(Acceptable::KleeneGap),
            _ => None,
        }
    }
}

/// The part of a guide that a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    Guide,
    Rule(RulePlace),
    Derived(DerivedId),
    Treatment(TreatmentId),
    /// A constraint, by its index in the guide.
    Constraint(usize),
    /// A warning that the guide accepts: an index in [`Guide::accepted`], and an index in that entry's `occurrences`.
    Accepted(usize, usize),
    /// A question of the triage: the index of its group, and its index in the group.
    Triage(usize, usize),
}

impl Subject {
    /// Returns the name of this part of the guide in `accepted.toml`, or `None` if warnings about it can't be accepted.
    #[must_use]
    pub fn name(self, guide: &Guide) -> Option<String> {
        match self {
            Self::Rule(place) => Some(guide.place_name(place)),
            Self::Derived(id) => Some(guide.derived_name(id)),
            Self::Treatment(id) => Some(guide.indications_name(id)),
            Self::Guide | Self::Constraint(_) | Self::Accepted(..) | Self::Triage(..) => None,
        }
    }
}

/// A problem that a proof has found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    pub code: Code,
    pub subject: Subject,
    /// The other rule that the finding is about, if any.
    pub beside: Option<RulePlace>,
    pub message: String,
    pub help: String,
    /// The number of cases that have the problem. `None` if they weren't counted, for example because there are too many.
    pub cases: Option<BigUint>,
    /// The cases, written as conditions in the language of the guide. Each line is a group of cases. Empty if there is no
    /// description.
    pub which: Vec<String>,
    /// Whether `which` covers all of the cases.
    pub complete: bool,
    /// A case that shows the problem, confirmed by the reference evaluator. None of its facts can be left out.
    pub witness: Option<Case>,
    /// Whether the reference evaluator couldn't confirm the finding. This means that this program has a bug.
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
