//! The data types for compiled guides, cases and advice.
//!
//! The guide compiler (`sarcoguide_compiler`) turns the files of a guide into a [`Guide`], which is called the guide's core form. The
//! evaluator (`sarcoguide_advise`) applies the guide to a [`Case`] and returns [`Advice`].
//! This crate contains no medical knowledge and no file formats. It doesn't depend on any other crate of the workspace.
//!
//! A fact that a case doesn't state is unknown. It never gets a default value. For this reason, [`Truth`] has three values:
//!
//! ```
//! use sarcoguide_model::{Case, FactId, FactValue, Truth};
//!
//! let fact = FactId::new(0);
//! let mut case = Case::unknown(2);
//! assert_eq!(case.get(fact), FactValue::Unknown);
//!
//! case.set(fact, FactValue::Value(1));
//! assert_eq!(case.stated().collect::<Vec<_>>(), [fact]);
//!
//! assert_eq!(Truth::True.and(Truth::Unknown), Truth::Unknown);
//! assert_eq!(Truth::False.and(Truth::Unknown), Truth::False);
//! ```

mod accepted;
mod advice;
mod case;
mod closed_set;
mod condition;
mod doubt;
mod earlier;
mod figure;
mod guide;
mod guide_case;
mod id;
mod index;
mod interval;
mod interview;
mod person;
mod policy;
mod rules;
mod statement;
mod strength;
mod timing;
mod treatment;
mod triage;
mod truth;
mod usual_value;
mod vocabulary;

pub use accepted::{Acceptable, Accepted, Occurrence};
pub use advice::{
    Advice, Assumption, Contradiction, DerivedAdvice, Missing, NextQuestion, RareTreatment, Scenario, ScenarioTreatment,
    ScopeAdvice, TreatmentAdvice, UnusedFact, UnusedReason, Verdict,
};
pub use case::{Case, FactValue};
pub use closed_set::ClosedSet;
pub use condition::{Comparison, Condition, Rule};
pub use doubt::{Correction, Doubt, DoubtAdvice, Reading};
pub use earlier::EarlierAnswer;
pub use figure::{Decimal, Figure, PartialDate};
pub use guide::{
    About, BetterIf, CallAdvice, Course, Effect, Feedback, GlossaryTerm, Guide, GuideText, Label, Link, Measure, Modality,
    NoTreatmentIndicated, OutOfScope, Passage, ScopeKind, Source, Subtype, TeamMember, Term,
};
pub use guide_case::{Expectation, GuideCase};
pub use id::{
    DerivedId, EffectId, FactId, ID_PATTERN, IntentId, MeasureId, ModalityId, PassageId, RouteId, SettingId, SourceId,
    StrengthId, TimingId, TreatmentId, ValueSet, is_id,
};
pub use interval::Interval;
pub use interview::{Interview, QuestionCondition, QuestionGroup, QuestionPage, QuestionPart};
pub use person::{
    Crisis, FirstCall, GroupKind, OwnQuestion, PersonalValue, RecognizedSign, RedFlag, SymptomCheck, TeamQuestion, UrgencyFloor,
    UrgencyText, ValuesExercise, WeighedValue, Weight, WordGroup, Wording,
};
pub use policy::{Must, Policy};
pub use rules::RulePlace;
pub use statement::{Statement, Urgency};
pub use strength::{Standing, Strength};
pub use timing::{Bounds, Count, Length, Phase, Precision, TimeUnit, Timing, Weekday};
pub use treatment::{
    Administration, Availability, AvailabilityStatus, Conclusion, Contraindication, EffectDuration, EffectUse, Frequency,
    FrequencyTerm, Indication, Onset, Outcome, Precaution, RequiredTest, Review, StatementList, Statistic, Treatment,
};
pub use triage::{
    TreatmentGroup, Triage, TriageAdvice, TriageAnswer, TriageAnswers, TriageFinding, TriageGroup, TriageOutcome, TriageQuestion,
    TriageRule,
};
pub use truth::Truth;
pub use usual_value::{AssumptionKind, UnusualValue, UsualValue};
pub use vocabulary::{Constraint, DerivedFact, Domain, Fact, FactKind, FactList, NumberWords, Phrase, Row, Value, covered};
