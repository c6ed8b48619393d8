//! Every kind of problem that a guide's text can have.

use std::fmt;

/// Whether a guide with a problem can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The guide is refused.
    Error,
    /// The guide can be used, but something looks wrong.
    Warning,
}

/// What a [`Diagnostic`](crate::Diagnostic) may be about: a code with its severity. It is displayed as its stable name, for instance
/// `E041`.
pub trait DiagnosticCode: fmt::Display {
    /// Whether a guide with it can be used.
    fn severity(&self) -> Severity;
}

macro_rules! codes {
    ($($name:ident: $number:literal, $severity:ident, $meaning:literal;)*) => {
        /// What kind of problem a diagnostic is about. Its number is stable and never used again for another kind.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $meaning] $name,)*
        }

        impl Code {
            /// Every code, by number.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The number in its name.
            #[must_use]
            pub fn number(self) -> u16 {
                match self {
                    $(Self::$name => $number,)*
                }
            }

            /// What it means, in one line.
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
    NotToml: 1, Error, "a file is not TOML";
    MissingFile: 2, Error, "a file that every guide has is missing";
    StrayFile: 3, Error, "a file stands where the guide has no place for it";
    MissingPart: 10, Error, "a part is missing";
    WrongKind: 11, Error, "a value is of the wrong kind";
    EmptyText: 12, Error, "a text is empty";
    ConditionQuotes: 13, Error, "a condition does not stand in single quotes";
    NotAChoice: 14, Error, "a word is not one of the few that are allowed";
    UnknownPart: 15, Error, "a part is unknown";
    MissingBounds: 16, Error, "a number lacks its bounds";
    RichConstraint: 17, Error, "a constraint is not a conjunction of single facts";
    CircularDerivation: 18, Error, "derived facts rest on one another in a circle";
    ValueWithoutRow: 19, Error, "a value of a derived fact has no row";
    EmptyCondition: 20, Error, "a condition is empty";
    UnreadableCondition: 21, Error, "a condition cannot be read";
    DeepCondition: 22, Error, "a condition is nested too deeply";
    UnknownFact: 30, Error, "a condition names an unknown fact";
    WrongUnit: 31, Error, "a comparison has no unit or the wrong one";
    WrongFactType: 32, Error, "a fact is asked for what its type does not have";
    RepeatedValue: 33, Warning, "a value is named twice in a list";
    AllValuesNamed: 34, Warning, "a list names all values";
    BackwardRange: 35, Error, "a range runs backward";
    UnreadableNumber: 36, Error, "a number cannot be read";
    OutOfBounds: 37, Error, "a comparison always or never holds";
    UnknownValue: 38, Error, "a value is unknown";
    ConstantCondition: 39, Error, "a condition or a part of it always or never holds";
    Uncited: 40, Error, "a statement cites nothing";
    UnknownName: 41, Error, "a name is unknown";
    BadName: 42, Error, "a name is not spelled as names are";
    DuplicateName: 43, Error, "a name is used twice";
    ImpossibleFact: 44, Error, "a case states what a fact cannot be";
    NoExpectation: 45, Error, "a case expects nothing";
    UnknownPassage: 46, Error, "a citation names an unknown passage";
    CitedAndExcepted: 47, Error, "a passage is both cited and excepted";
    OpenPassage: 48, Error, "a passage of a source that must be complete is neither cited nor excepted";
    UncitedPassage: 49, Warning, "a passage is never cited";
    UnusedEffect: 50, Warning, "an effect is never named";
    TooMany: 51, Error, "there are too many of something";
    TreatmentWithoutCase: 52, Warning, "a treatment has no case of its own";
    UndatedWithdrawal: 53, Error, "a withdrawal has no date";
    UnreadableFigure: 54, Warning, "a figure cannot be read";
    CircularKind: 55, Error, "a value is a kind of itself";
    UnorderedAvailability: 56, Error, "availabilities are not in the order of time";
    OtherFolder: 57, Error, "a treatment stands in the folder of another modality";
    ContradictoryExpectation: 58, Error, "a case expects what does not go with its verdict";
    IdleCondition: 59, Warning, "a part of a condition changes nothing";
    WrongSuccessor: 60, Error, "a source is superseded by an unknown one, or by itself";
    UrgencyWords: 61, Error, "an urgency lacks its words, or has them twice";
    UndefinedFrequency: 62, Error, "nothing says what a word for how often means";
    FrequencyFigure: 63, Warning, "a figure does not fit the word for how often";
    UnreadableTiming: 64, Error, "a timing cannot be understood";
    MissingIndexDate: 65, Error, "nothing says from which day a time is counted";
    InterviewParts: 66, Error, "a question stands in no part of the interview, or in several";
    OutdatedReview: 67, Error, "a review is not of the file as it is";
    WithdrawnWithRules: 70, Error, "a withdrawn treatment has a contraindication or a precaution";
    AcceptedFacts: 71, Error, "an accepted warning names other facts than its case states";
    WrongEnd: 72, Error, "a timing cannot be the start or the end of the way";
    TimingWithoutWords: 73, Error, "a timing has no words beside it";
    UnreadableText: 80, Error, "a file of sentences is not Fluent, or is named after no language";
    UnknownMessage: 81, Error, "a sentence has an id that the program does not know";
    UnknownVariable: 82, Error, "a sentence has a variable that the program does not give it";
    VariableLeftOut: 83, Warning, "a sentence leaves out a variable";
    MissingMessages: 84, Warning, "a language lacks sentences";
    UnknownReference: 85, Error, "a sentence refers to what does not exist, or to itself";
    WrongMarkup: 86, Error, "markup of a sentence is unknown, or not closed in the same text";
    UnsupportedFluent: 87, Error, "a sentence uses a part of Fluent that is not used here";
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

/// The page `docs/diagnostics.md`.
#[must_use]
pub fn codes_page() -> String {
    let rows: String = Code::ALL.iter().map(|code| format!("| {code} | {} |\n", code.meaning())).collect();
    format!(
        "# What `sarcoguide check` can find\n\n\
         E: an error, the guide is refused. W: a warning. A code is never reused. Each has a broken guide with its whole message in\n\
         `crates/compiler/tests/broken/`. This page is generated: `BLESS=1 cargo test -p sarcoguide-compiler`.\n\n\
         | code | meaning |\n|---|---|\n{rows}"
    )
}
