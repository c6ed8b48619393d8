//! What is wrong in a translation or in a guide's own sentences.

use unic_langid::LanguageIdentifier;

use crate::catalog::Catalog;
use crate::error::{Problem, TextError};
use crate::suggestion::suggestion;

/// Checks the messages of a guide or of a translation against the program's English: syntax, ids, variables, references, markup. A
/// file in English holds only what is said differently; in other languages what is missing is a warning.
///
/// `file` is the name that the errors carry.
#[must_use]
pub fn check(language: &str, file: &str, ftl: &str) -> Vec<TextError> {
    check_against(crate::ENGLISH, language, file, ftl)
}

/// The same as [`check`], against another English catalog.
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
            errors.push(catalog.error(message.span.clone(), Problem::VariableLeftOut(variable.name.to_owned())));
        }
    }
    errors.extend(catalog.errors.iter().cloned());
    errors.sort_by_key(|error| error.span.start);
    // Where the file cannot be read, what is missing isn't known.
    if !in_english && errors.iter().all(TextError::is_warning) {
        let missing = english.messages().filter(|message| catalog.get(message.id).is_none());
        let missing: Vec<String> = missing.map(|message| message.id.to_owned()).collect();
        if !missing.is_empty() {
            errors.push(catalog.error(0..0, Problem::MissingMessages(missing)));
        }
    }
    errors
}

/// The language of a tag such as `de` or `pt-BR`. A name such as `english` has the form of a tag too, but is of no language.
pub(crate) fn parse_language(tag: &str) -> Option<LanguageIdentifier> {
    tag.parse()
        .ok()
        .filter(|language: &LanguageIdentifier| language.language.as_str().len() <= 3 && !language.language.is_empty())
}
