//! Converts to JSON the changes since a case was saved.

use sarcoguide_case::Unreadable;
use sarcoguide_model::{Standing, Verdict};
use serde_json::Value;

use super::Writer;
use super::declare::{FactKey, OneOf, object};
use crate::changes::{Cause, Changes, VerdictChange};

object! {
    /// The differences between the advice saved with a case and this guide's advice.
    ChangesDocument(writer, changes: &Changes<'_>) {
        /// The content hash of the guide that the case was saved with.
        guide: String = changes.earlier.guide.clone(),
        /// When that guide was last changed.
        revised: Option<String> = changes.earlier.revised.map(|date| date.to_string()),
        /// Entries of the case that this guide can't read. The answer ignores them.
        not_read: Vec<NotRead> = changes.file.unreadable.iter().map(|entry| NotRead::new(writer, entry)).collect(),
        /// Treatments whose verdict or standing changed.
        verdicts: Vec<VerdictChangeAnswer> =
            changes.verdicts(writer.guide).into_iter().map(|change| VerdictChangeAnswer::new(writer, change)).collect(),
    }
}

object! {
    /// An entry of a case that the guide can't read.
    NotRead(writer, entry: &Unreadable) {
        /// The part of the case that has this entry: `facts` or `what_matters`.
        part: String = entry.part.to_owned(),
        /// The ID of the fact, or of the thing that matters to the person.
        name: String = entry.name.clone(),
        /// The value in the case.
        value: Value = entry.value.clone(),
        /// Why the guide can't read it, in a sentence.
        why: String = entry.error.in_words(writer.guide.text),
    }
}

object! {
    /// A treatment whose verdict or standing has changed since the case was saved.
    VerdictChangeAnswer(writer, change: VerdictChange) {
        /// The treatment's ID.
        treatment: String = change.treatment,
        /// The verdict when the case was saved; `not_indicated` if the earlier guide didn't have the treatment.
        before: OneOf<Verdict> = OneOf(change.before),
        /// The verdict now; null if the guide no longer has the treatment.
        now: Option<OneOf<Verdict>> = change.now.map(OneOf),
        /// The standing when the case was saved; null if the verdict had none, or the case was saved without standings.
        before_standing: Option<OneOf<Standing>> = change.before_standing.map(OneOf),
        /// The standing now; null if the verdict has none.
        now_standing: Option<OneOf<Standing>> = change.now_standing.map(OneOf),
        /// Why the verdict or the standing changed.
        cause: Cause = change.cause,
        /// The stated facts that force the new verdict. If the new verdict is `possible`, the unknown facts that would settle it.
        facts: Vec<FactKey> = change.facts.iter().map(|fact| FactKey(writer.guide[*fact].id.clone())).collect(),
    }
}
