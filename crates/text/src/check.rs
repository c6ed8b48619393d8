//! Checks translations and the messages that a guide replaces.

use unic_langid::LanguageIdentifier;

use crate::catalog::Catalog;
use crate::error::{Problem, TextError};
use crate::suggestion::suggestion;

/// Checks a file of messages against the program's English messages: its syntax, IDs, variables, references and markup.
///
/// An English file needs only the messages that it replaces. In other languages, missing messages cause a warning. `file` is the file
/// name in the errors.
#[must_use]
pub fn check(language: &str, file: &str, ftl: &str) -> Vec<TextError> {
    check_against(crate::ENGLISH, language, file, ftl)
}

/// Like [`check`], but compares with the catalog `english`.
#[must_use]
pub fn check_against(english: &str, language: &str, file: &str, ftl: &str) -> Vec<TextError> {
    let english = Catalog::read("en.ftl", english);
    let catalog = Catalog::read(file, ftl);
    let Some(tag) = parse_language(language) else {
        return vec![catalog.error(0..0, Problem::Language(language.to_owned()))];
    };
    let in_english = tag.language.as_str() == "en";
    let mut errors = catalog.unknown_references(in_english.then_some(&english));
    for message in catalog.messages() {
        let Some(original) = english.get(message.id) else {
            let suggestion = suggestion(message.id, english.messages().map(|message| message.id)).map(str::to_owned);
            errors.push(catalog.error(message.span.clone(), Problem::UnknownMessage { id: message.id.to_owned(), suggestion }));
            continue;
        };
        let known = |name: &str| original.variables.iter().any(|variable| variable.name == name);
        for variable in message.variables.iter().filter(|variable| !known(variable.name)) {
            let known = original.variables.iter().map(|variable| variable.name.to_owned()).collect();
            let problem = Problem::UnknownVariable { variable: variable.name.to_owned(), known };
            errors.push(catalog.error(variable.span.clone(), problem));
        }
        let used = |name: &str| message.variables.iter().any(|variable| variable.name == name);
        for variable in original.variables.iter().filter(|variable| !used(variable.name)) {
            errors.push(catalog.error(message.span.clone(), Problem::UnusedVariable(variable.name.to_owned())));
        }
    }
    errors.extend(catalog.errors.iter().cloned());
    errors.sort_by_key(|error| error.span.start);
    // If the file has errors, some of its messages couldn't be read, and it isn't known which ones are missing.
    if !in_english && errors.iter().all(TextError::is_warning) {
        let missing = english.messages().filter(|message| catalog.get(message.id).is_none());
        let missing: Vec<String> = missing.map(|message| message.id.to_owned()).collect();
        if !missing.is_empty() {
            errors.push(catalog.error(0..0, Problem::MissingMessages(missing)));
        }
    }
    errors
}

/// Parses a language tag such as `de` or `pt-BR`.
///
/// A word such as `english` also has the syntax of a tag. It is rejected because its language part has more than three letters.
pub(crate) fn parse_language(tag: &str) -> Option<LanguageIdentifier> {
    tag.parse()
        .ok()
        .filter(|language: &LanguageIdentifier| language.language.as_str().len() <= 3 && !language.language.is_empty())
}
