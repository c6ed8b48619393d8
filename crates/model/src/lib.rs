//! The core form of a guide, and what is said with it.
//!
//! Everything that reads a guide (the reference evaluator, reports, later targets) reads these types and nothing of the
//! text files. This crate knows three-valued truth, facts, conditions, treatments, cases and advice. It knows no medicine, no file
//! format, and depends on no other crate of this project.

mod accepted;
mod advice;
mod case;
mod condition;
mod figure;
mod guide;
mod guide_case;
mod id;
mod index;
mod person;
mod policy;
mod rules;
mod statement;
mod strength;
mod time;
mod treatment;
mod truth;
mod vocabulary;

pub use accepted::{Acceptable, Accepted, Shown};
pub use advice::{Advice, Contradiction, DerivedAdvice, Missing, NextQuestion, ScopeAdvice, TreatmentAdvice, Verdict};
pub use case::{Case, FactValue};
pub use condition::{Comparison, Condition, Rule};
pub use figure::{Decimal, Figure, PartialDate};
pub use guide::{
    About, CallAdvice, Course, Effect, Feedback, GlossaryTerm, Guide, GuideText, Label, Link, Modality, NoTreatmentIndicated,
    OutOfScope, Passage, ScopeKind, Source, Subtype, TeamMember, Term,
};
pub use guide_case::{Expectation, GuideCase};
pub use id::{
    DerivedId, EffectId, FactId, IntentId, MeasureId, ModalityId, PassageId, RouteId, SettingId, SourceId, StrengthId, TimingId,
    TreatmentId, ValueSet,
};
pub use person::{
    Crisis, FirstCall, GroupKind, Interview, PersonalValue, QuestionPart, RecognizedSign, RedFlag, SymptomCheck, UrgencyFloor,
    UrgencyWords, ValuesExercise, WeighedValue, Weight, WordGroup, Wording,
};
pub use policy::{Must, Policy};
pub use rules::RulePlace;
pub use statement::{Statement, Urgency};
pub use strength::{Standing, Strength};
pub use time::{Phase, Precision, Time, TimeUnit};
pub use treatment::{
    Administration, Availability, AvailabilityStatus, Conclusion, Contraindication, Disagreement, EffectDuration, EffectUse,
    Frequency, FrequencyWords, Indication, Onset, Outcome, Precaution, RequiredTest, Review, Treatment,
};
pub use truth::Truth;
pub use vocabulary::{Constraint, DerivedFact, Domain, Fact, FactKind, Row, Value};
