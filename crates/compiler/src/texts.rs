//! Reads the interface texts of a guide, `text/<language>.ftl`.

use sarcoguide_model::GuideText;
use sarcoguide_text::{Problem, TextError, check};

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::errors::Errors;
use crate::source::SourceFile;

/// Whether a file contains interface texts (in Fluent) rather than TOML.
pub(crate) fn is_text(file: &SourceFile) -> bool {
    file.path.ends_with(".ftl")
}

/// Reads and checks the interface texts among `files`. Skips an English file that is identical to the one built into the program, so that the loaded
/// guide contains only texts that differ.
pub(crate) fn read(files: &[SourceFile], errors: &Errors) -> Vec<GuideText> {
    let mut texts = Vec::new();
    for (index, file) in files.iter().enumerate().filter(|(_, file)| is_text(file)) {
        let name = file.path.strip_prefix("text/").and_then(|name| name.strip_suffix(".ftl"));
        let Some(language) = name.filter(|name| !name.contains('/')) else {
            let message = format!("a guide can't have a file `{}`", file.path);
            let error = Diagnostic::new(Code::StrayFile, message, index, 0..0, "this file isn't read");
            errors.push(error.help("move it to `text/` and name it after its language, as in `text/de.ftl`"));
            continue;
        };
        if file.text == sarcoguide_text::ENGLISH && language == "en" {
            continue;
        }
        errors.extend(check(language, &file.path, &file.text).into_iter().map(|error| diagnostic(index, error)));
        texts.push(GuideText { language: language.to_owned(), source: file.text.clone() });
    }
    texts
}

fn diagnostic(file: usize, error: TextError) -> Diagnostic {
    let help = error.help();
    Diagnostic::new(code(&error.problem), error.problem.to_string(), file, error.span, "here").help(help)
}

fn code(problem: &Problem) -> Code {
    match problem {
        Problem::UnknownMessage { .. } => Code::UnknownMessage,
        Problem::UnknownVariable { .. } => Code::UnknownVariable,
        Problem::UnusedVariable(_) => Code::UnusedVariable,
        Problem::MissingMessages(_) => Code::MissingMessages,
        Problem::UnknownReference { .. } | Problem::CircularReference(_) => Code::UnknownReference,
        Problem::UnknownTag(_) | Problem::NotClosed(_) | Problem::NotOpen(_) | Problem::NestedTag(_) => Code::WrongMarkup,
        Problem::DuplicateId { .. } => Code::DuplicateName,
        Problem::BadName(_) => Code::BadName,
        Problem::Attribute(_)
        | Problem::TermNotConstant
        | Problem::Function(_)
        | Problem::Expression
        | Problem::ReservedCharacter
        | Problem::TooManyPlaceables(_) => Code::UnsupportedFluent,
        _ => Code::UnreadableText,
    }
}
