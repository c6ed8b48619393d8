//! The codes of the problems that a guide's text can have.

use std::fmt;

/// How serious a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The guide is rejected.
    Error,
    /// The guide can be used, but something looks wrong.
    Warning,
}

/// A code for a [`Diagnostic`](crate::Diagnostic). Its `Display` form is its stable name, such as `E041`.
pub trait DiagnosticCode: fmt::Display {
    /// Whether this is an error or a warning.
    fn severity(&self) -> Severity;
}

macro_rules! codes {
    ($($name:ident: $number:literal, $severity:ident, $meaning:literal;)*) => {
        /// The kind of problem that a diagnostic reports. Its number never changes, and no other kind of problem ever gets the same number.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $meaning] $name,)*
        }

        impl Code {
            /// All codes, in ascending order of their numbers.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The number in the code's name, for example 41 in `E041`.
            #[must_use]
            pub fn number(self) -> u16 {
                match self {
                    $(Self::$name => $number,)*
                }
            }

            /// The meaning of the code, in one line.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self {
                    $(Self::$name => $meaning,)*
                }
            }
        }

        impl DiagnosticCode for Code {
            fn severity(&self) -> Severity {
                match self {
                    $(Self::$name => Severity::$severity,)*
                }
            }
        }
    };
}

codes! {
    NotToml: 1, Error, "a file isn't valid TOML";
    MissingFile: 2, Error, "a required file is missing";
    StrayFile: 3, Error, "a guide can't have a file with this path";
    MissingPart: 10, Error, "a required part is missing";
    WrongKind: 11, Error, "a value has the wrong type, or a whole number is too large or too small";
    EmptyText: 12, Error, "a string is empty";
    ConditionQuotes: 13, Error, "a condition isn't in single quotes";
    NotAChoice: 14, Error, "a word isn't one of the allowed words";
    UnknownPart: 15, Error, "a key is unknown";
    MissingBounds: 16, Error, "a fact that is a number has no valid bounds";
    UnsupportedConstraint: 17, Error, "a constraint isn't made only of conditions on single facts, joined with `and`";
    CircularDerivation: 18, Error, "derived facts depend on one another in a cycle";
    ValueWithoutRow: 19, Error, "a value of a derived fact has no row";
    EmptyCondition: 20, Error, "a condition is empty";
    UnreadableCondition: 21, Error, "a condition can't be parsed";
    DeepCondition: 22, Error, "a condition is nested too deeply";
    UnknownFact: 30, Error, "a condition uses an unknown fact";
    WrongUnit: 31, Error, "a comparison has no unit or the wrong unit";
    WrongFactType: 32, Error, "a condition doesn't suit the type of its fact";
    RepeatedValue: 33, Warning, "a list contains the same entry twice";
    AllValuesNamed: 34, Warning, "a list contains every value of its fact";
    BackwardRange: 35, Error, "a range runs backward";
    UnreadableNumber: 36, Error, "a number can't be parsed";
    OutOfBounds: 37, Error, "a comparison is always or never true because of the bounds of its fact";
    UnknownValue: 38, Error, "a value is unknown";
    ConstantCondition: 39, Error, "a condition or a part of it is always or never true";
    Uncited: 40, Error, "a statement has no source, or an urgency has neither a source nor a reason";
    UnknownName: 41, Error, "a name is unknown";
    BadName: 42, Error, "a name breaks the spelling rules for names";
    DuplicateName: 43, Error, "a name is used twice";
    ImpossibleValue: 44, Error, "a case or a phrase gives a fact a value that it can't have";
    NoExpectation: 45, Error, "a case has neither `[[expect]]`, `[[first_scenario]]` nor `scope`";
    UnknownPassage: 46, Error, "a citation refers to an unknown passage";
    CitedAndExcepted: 47, Error, "a passage is cited, but has `not_encoded`";
    UnencodedPassage: 48, Error, "a passage of a source with `complete = true` isn't cited and has no `not_encoded`";
    UncitedPassage: 49, Warning, "a passage is never cited";
    UnusedEffect: 50, Warning, "no treatment or policy uses an effect";
    TooMany: 51, Error, "the guide exceeds a size limit";
    TreatmentWithoutCase: 52, Warning, "a treatment has no case of its own";
    UndatedWithdrawal: 53, Error, "a withdrawal has no date";
    UnreadableFigure: 54, Warning, "a figure can't be parsed";
    CircularParent: 55, Error, "a value is its own parent, directly or indirectly";
    UnorderedAvailability: 56, Error, "availabilities aren't in chronological order";
    WrongFolder: 57, Error, "a treatment is in the folder of another modality";
    ContradictoryExpectation: 58, Error, "an expectation contradicts its verdict";
    IdleCondition: 59, Warning, "a part of a condition has no effect";
    WrongSuccessor: 60, Error, "a source is superseded by an unknown source, or by itself, directly or indirectly";
    UrgencyText: 61, Error, "an urgency has no `[[urgency]]` entry in `symptoms.toml`, or more than one";
    UndefinedFrequency: 62, Error, "a frequency word has no definition";
    FrequencyFigure: 63, Warning, "a figure doesn't match its frequency word";
    UnreadableTiming: 64, Error, "a timing isn't valid";
    MissingIndexDate: 65, Error, "a timing has no index date to count from";
    InterviewParts: 66, Error, "a fact isn't in exactly one part of the interview";
    OutdatedReview: 67, Error, "a review is incomplete or doesn't match its file";
    InterviewPage: 68, Error, "a page of questions is empty, or has a question twice or one that can't be on it";
    WithdrawnWithRules: 70, Error, "a withdrawn treatment has a contraindication or a precaution";
    WrongAcceptedFacts: 71, Error, "an accepted warning doesn't list exactly the facts in its case";
    WrongEnd: 72, Error, "a timing can't be the start or the end of the treatment course";
    TimingWithoutWords: 73, Error, "a timing isn't described in words";
    KindsNote: 74, Error, "a value with kinds doesn't have exactly one of `complete` and `other`, or a value without kinds has one of them";
    WrongUsualValue: 75, Error, "a usual value is incomplete or doesn't suit its facts";
    WrongTriage: 76, Error, "a part of the triage is incomplete, or a yes could lower its urgency";
    UnreadableText: 80, Error, "a text file isn't valid Fluent, or its name isn't a language";
    UnknownMessage: 81, Error, "the program doesn't know the ID of a message";
    UnknownVariable: 82, Error, "a message or a text of a list uses a variable that the program doesn't provide";
    UnusedVariable: 83, Warning, "a message omits a variable";
    MissingMessages: 84, Warning, "a language is missing messages";
    UnknownReference: 85, Error, "a message refers to something that doesn't exist, or to itself";
    WrongMarkup: 86, Error, "markup in a message is unknown, or isn't closed in the same text";
    UnsupportedFluent: 87, Error, "a message uses a Fluent feature that isn't supported";
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = match self.severity() {
            Severity::Error => 'E',
            Severity::Warning => 'W',
        };
        write!(formatter, "{letter}{:03}", self.number())
    }
}

/// Generates the page `docs/diagnostics.md`.
#[must_use]
pub fn codes_page() -> String {
    let rows: String = Code::ALL.iter().map(|code| format!("| {code} | {} |\n", code.meaning())).collect();
    format!(
        "# What `sarcoguide check` can find\n\n\
         E: an error; the guide is rejected. W: a warning. Codes are never reused. For each code, `crates/compiler/tests/broken/` contains a\n\
         broken guide and the complete message. [What check and diff prove](verification.md) explains the findings of proofs (V001 to V103).\n\
         This page is generated. To update it, run `BLESS=1 cargo test -p sarcoguide-compiler`.\n\n\
         | code | meaning |\n|---|---|\n{rows}"
    )
}
