//! The versions of the guide and the program that gave an answer. Every output includes them.

use sarcoguide_document::{Document, Emphasis, Line};
use sarcoguide_model::Guide;
use sarcoguide_text::{Text, t};
use schemars::JsonSchema;
use serde::Serialize;

use crate::Edition;

/// The number of characters of a content hash that are shown to people.
const SHORT_HASH: usize = 12;

/// The version of the program. All crates of the workspace share it.
pub const PROGRAM_VERSION: &str = env!("CARGO_PKG_VERSION");

/// The guide and the program that gave an answer, for JSON output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Provenance {
    /// The guide.
    pub guide: GuideVersion,
    /// The program.
    pub program: Program,
}

/// Identifies the exact version of a guide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct GuideVersion {
    /// The guide's name.
    pub name: String,
    /// The guide's version.
    pub version: String,
    /// The SHA-256 hash of the guide's files. Two guides with the same hash have the same content.
    pub content_hash: String,
    /// The day, month or year of the guide's last change; null if the guide has no date.
    pub revised: Option<String>,
    /// Whether the guide is the one that is built into the program. The authors of the program haven't checked any other guide.
    pub bundled: bool,
}

/// The program that gave an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Program {
    /// The program's name.
    pub name: String,
    /// The program's version.
    pub version: String,
}

impl GuideVersion {
    /// Describes a guide. `bundled` says whether it's the one that is built into the program.
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
    /// Describes the running program.
    #[must_use]
    pub fn this() -> Self {
        Self { name: "sarcoguide".to_owned(), version: PROGRAM_VERSION.to_owned() }
    }
}

impl Provenance {
    /// Describes the edition's guide and the running program.
    #[must_use]
    pub fn of(guide: Edition<'_>) -> Self {
        Self { guide: GuideVersion::new(guide.guide, guide.is_bundled), program: Program::this() }
    }
}

/// The first characters of a content hash, enough for a person to tell two guides apart.
#[must_use]
pub fn short_hash(hash: &str) -> &str {
    hash.get(..SHORT_HASH).unwrap_or(hash)
}

/// The message catalog for the sentences of this module. A guide that isn't built in can override messages, and could thereby remove the warning or
/// claim to be another guide. For such a guide, these sentences always come from the program's own English text.
fn trusted_text(guide: Edition<'_>) -> &Text {
    if guide.is_bundled { guide.text } else { Text::english() }
}

/// A sentence that names the guide, its version and the program's version.
#[must_use]
pub fn sentence(guide: Edition<'_>) -> String {
    let text = trusted_text(guide);
    let (name, version, hash) = (&guide.name, &guide.version, short_hash(&guide.content_hash));
    match guide.revised {
        Some(date) => {
            let date = date.to_string();
            t!(text, provenance_dated, guide = name, version = version, date = date, hash = hash, program = PROGRAM_VERSION)
        }
        None => t!(text, provenance_undated, guide = name, version = version, hash = hash, program = PROGRAM_VERSION),
    }
}

/// A warning that the guide isn't the one that is built into the program, or `None` if it is.
#[must_use]
pub fn warning(guide: Edition<'_>) -> Option<String> {
    (!guide.is_bundled).then(|| t!(trusted_text(guide), provenance_other))
}

/// The [`warning`], if any, and the [`sentence`], as plain text.
#[must_use]
pub fn note(guide: Edition<'_>) -> String {
    warning(guide).into_iter().chain([sentence(guide)]).collect::<Vec<_>>().join(" ")
}

/// Adds the [`warning`], if any, and the [`sentence`] to the end of a document.
#[must_use]
pub fn with_note(guide: Edition<'_>, mut document: Document) -> Document {
    if let Some(warning) = warning(guide) {
        document.paragraph(Line::default().add(Emphasis::Bad, warning));
    }
    document.paragraph(Line::default().faint(sentence(guide)));
    document
}
