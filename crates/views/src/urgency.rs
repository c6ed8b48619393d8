//! How soon to call for help, in the guide's words.

use sarcoguide_document::{Emphasis, Line, Target};
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

/// The appearance of words about how soon to call.
pub(crate) fn emphasis(urgency: Urgency) -> Emphasis {
    match urgency {
        Urgency::Emergency | Urgency::Now => Emphasis::Bad,
        Urgency::SameDay => Emphasis::Open,
        Urgency::NextVisit => Emphasis::Good,
    }
}

/// The phone numbers in an entry of the guide's `links`, to call or to text. Each is a link that starts the call or message. `link` is the index of the
/// entry.
pub(crate) fn numbers(guide: Edition<'_>, link: Option<usize>) -> Vec<Line> {
    let numbers = link.into_iter().flat_map(|index| {
        let link = &guide.guide.links[index];
        let phone = link.phone.as_ref().map(|number| {
            let dial = link.dial.as_ref().unwrap_or(number).clone();
            (t!(guide.text, symptom_call_number, number = number), Target::Phone(dial))
        });
        let message = link
            .message
            .as_ref()
            .map(|number| (t!(guide.text, symptom_message_number, number = number), Target::Message(number.clone())));
        phone.into_iter().chain(message)
    });
    numbers.map(|(text, target)| Line::default().link(Emphasis::Strong, text, target)).collect()
}

/// The numbers to call or text in an emergency.
pub(crate) fn emergency_numbers(guide: Edition<'_>) -> Vec<Line> {
    let urgencies = guide.guide.symptom_check.iter().flat_map(|check| &check.urgencies);
    let words = urgencies.into_iter().find(|words| words.urgency == Urgency::Emergency);
    numbers(guide, words.and_then(|words| words.link))
}
