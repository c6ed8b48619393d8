//! Which guide gave an answer, and which version of the program: a part of every output.

use sarcoguide_document::{Document, Emphasis, Line};
use sarcoguide_model::Guide;
use sarcoguide_text::t;
use schemars::JsonSchema;
use serde::Serialize;

use crate::Edition;

/// How many characters of a content hash are shown to a person.
const SHORT_HASH: usize = 12;

/// The version of the program, which all crates of the workspace share.
pub const PROGRAM_VERSION: &str = env!("CARGO_PKG_VERSION");

/// The guide and the program that gave an answer, for another program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Provenance {
    /// The guide.
    pub guide: GuideVersion,
    /// The program.
    pub program: Program,
}

/// Exactly which guide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct GuideVersion {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The SHA-256 of its files. Two guides with the same hash say the same.
    pub content_hash: String,
    /// The day, month or year of its last change; null where it has no date.
    pub revised: Option<String>,
    /// Whether it is the guide that is part of the program. The people who make the program have not checked any other.
    pub bundled: bool,
}

/// The program that gave an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Program {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl GuideVersion {
    /// The version of a guide; `bundled` is whether it is the one that is part of the program.
    #[must_use]
    pub fn new(guide: &Guide, bundled: bool) -> Self {
        Self {
            name: guide.name.clone(),
            version: guide.version.clone(),
            content_hash: guide.content_hash.clone(),
            revised: guide.revised.map(|date| date.to_string()),
            bundled,
        }
    }
}

impl Program {
    /// The program that runs.
    #[must_use]
    pub fn this() -> Self {
        Self { name: "sarcoguide".to_owned(), version: PROGRAM_VERSION.to_owned() }
    }
}

impl Provenance {
    /// Which guide and program give the answers of an edition.
    #[must_use]
    pub fn of(guide: Edition<'_>) -> Self {
        Self { guide: GuideVersion::new(guide.guide, guide.is_bundled), program: Program::this() }
    }
}

/// The beginning of a content hash, enough for a person to tell two guides apart.
#[must_use]
pub fn short_hash(hash: &str) -> &str {
    hash.get(..SHORT_HASH).unwrap_or(hash)
}

/// The guide and the program in a sentence.
#[must_use]
pub fn sentence(guide: Edition<'_>) -> String {
    let (name, version, hash) = (&guide.name, &guide.version, short_hash(&guide.content_hash));
    match guide.revised {
        Some(date) => {
            let date = date.to_string();
            t!(guide.text, provenance_dated, guide = name, version = version, date = date, hash = hash, program = PROGRAM_VERSION)
        }
        None => t!(guide.text, provenance_undated, guide = name, version = version, hash = hash, program = PROGRAM_VERSION),
    }
}

/// That the guide isn't the one that is part of the program; none where it is.
#[must_use]
pub fn warning(guide: Edition<'_>) -> Option<String> {
    (!guide.is_bundled).then(|| t!(guide.text, provenance_other))
}

/// The warning, where one is due, and the sentence: for an output that is only text.
#[must_use]
pub fn note(guide: Edition<'_>) -> String {
    warning(guide).into_iter().chain([sentence(guide)]).collect::<Vec<_>>().join(" ")
}

/// A document with the note at its end.
#[must_use]
pub fn with_note(guide: Edition<'_>, mut document: Document) -> Document {
    if let Some(warning) = warning(guide) {
        document.paragraph(Line::default().add(Emphasis::Bad, warning));
    }
    document.paragraph(Line::default().faint(sentence(guide)));
    document
}
