//! How soon to call for help, in the guide's words.

use sarcoguide_document::Line;
use sarcoguide_model::{Urgency, UrgencyText};
use sarcoguide_text::t;

use crate::Edition;
use crate::line::line;

/// An urgency in a few words, for instance `Call your team today`.
#[must_use]
pub fn urgency_name(guide: Edition<'_>, urgency: Urgency) -> String {
    in_words(guide, urgency, |words| &words.name)
}

/// An urgency in a word or two, for instance `Today`.
#[must_use]
pub fn urgency_short(guide: Edition<'_>, urgency: Urgency) -> String {
    in_words(guide, urgency, |words| &words.short)
}

fn in_words(guide: Edition<'_>, urgency: Urgency, part: impl Fn(&UrgencyText) -> &String) -> String {
    let words = guide.symptom_check.iter().flat_map(|check| &check.urgencies).find(|words| words.urgency == urgency);
    words.map_or_else(|| t!(guide.text, words_urgency, urgency = urgency.id()), |words| part(words).clone())
}

/// A sentence on when to call. If no source supports it, `reason` has the authors' reason for it, which is added in parentheses.
pub(crate) fn with_reason(guide: Edition<'_>, sentence: Line, reason: Option<&String>) -> Line {
    match reason {
        Some(reason) => line!(guide, symptom_reason, text = sentence, reason = reason),
        None => sentence,
    }
}
