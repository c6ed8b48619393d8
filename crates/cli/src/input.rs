//! What is said of input: files that cannot be read, names that the guide does not know, facts that contradict one another.

use std::io;
use std::path::Path;

use sarcoguide_model::{Case, Contradiction};
use sarcoguide_text::{suggestion, t};
use sarcoguide_views::{Edition, words};

use crate::output::Failure;

/// What messages call the file of a case.
pub(crate) fn case_name(path: &Path) -> String {
    if path.as_os_str() == "-" { "standard input".to_owned() } else { path.display().to_string() }
}

/// That a file could not be read.
pub(crate) fn unread(path: &Path, error: &io::Error) -> Failure {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        _ => error.to_string(),
    };
    Failure::Io(format!("{}: {why}", case_name(path)))
}

/// A contradiction in words.
pub(crate) fn contradicted(guide: Edition<'_>, case: &Case, contradiction: &Contradiction) -> String {
    let facts: Vec<String> =
        contradiction.facts.iter().map(|fact| format!("`{}` ({})", guide[*fact].id, words::stated(guide, case, *fact))).collect();
    let reason = &guide.constraints[contradiction.constraint].text;
    t!(guide.text, command_contradiction, facts = facts.join(", "), reason = reason)
}

/// What was found for a name, or an error with the nearest name.
pub(crate) fn pick<'a, T>(kind: &str, id: &str, ids: impl Iterator<Item = &'a str>, found: Option<T>) -> Result<T, Failure> {
    found.ok_or_else(|| {
        let near = suggestion(id, ids)
            .map_or_else(|| "`sarcoguide search WORDS` may help".to_owned(), |name| format!("did you mean `{name}`?"));
        let id: String = id.chars().take(60).flat_map(char::escape_debug).collect();
        Failure::Input(format!("the guide knows no {kind} `{id}`; {near}"))
    })
}
