use std::fmt;

use sarcoguide_text::suggestion;

/// Why something is not a case of a guide: where, what is wrong, what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseError {
    /// Where it is wrong, for instance `facts.size`; none for the whole.
    pub place: Option<String>,
    pub message: String,
    pub help: Option<String>,
}

impl CaseError {
    pub(crate) fn whole(message: impl Into<String>) -> Self {
        Self { place: None, message: message.into(), help: None }
    }

    pub(crate) fn at(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self { place: Some(place.into()), message: message.into(), help: None }
    }

    pub(crate) fn placed(self, place: impl Into<String>) -> Self {
        Self { place: Some(place.into()), ..self }
    }

    /// The same with a place, unless that is empty.
    pub(crate) fn placed_if(self, place: &str) -> Self {
        if place.is_empty() { self } else { self.placed(place) }
    }

    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    pub(crate) fn suggest<'a>(self, word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        match suggestion(word, candidates) {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }

    pub(crate) fn or_help(self, help: &str) -> Self {
        if self.help.is_some() { self } else { self.help(help) }
    }
}

impl fmt::Display for CaseError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(formatter, "{place}: ")?;
        }
        write!(formatter, "{}", self.message)?;
        match &self.help {
            Some(help) => write!(formatter, "; {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for CaseError {}

/// User text for a message: one line, not too long, nothing that a terminal would act on.
pub(crate) fn shown(text: &str) -> String {
    let mut clean: String = text.chars().take(60).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if text.chars().count() > 60 {
        clean.push('…');
    }
    clean
}
