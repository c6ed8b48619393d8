//! Reads the guide and the case for a command, and describes errors in them: unreadable files, unknown names, and facts that contradict
//! each other.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use sarcoguide_bundled::shown_path;
use sarcoguide_case::{CaseFile, Format as CaseFormat, MAX_BYTES};
use sarcoguide_model::{Case, Contradiction};
use sarcoguide_text::{suggestion, t};
use sarcoguide_views::changes::intro;
use sarcoguide_views::{Edition, words};

use crate::args::Arguments;
use crate::guide_folder::{files, loaded};
use crate::loaded_guide::LoadedGuide;
use crate::output::Failure;

/// Returns the guide from `--guide`, or the built-in guide.
pub(crate) fn guide(arguments: &Arguments) -> Result<LoadedGuide, Failure> {
    guide_at(arguments.guide.as_deref(), arguments.language.as_deref())
}

/// Returns the guide in a folder, or the built-in guide. Its interface text is in `language`, or in the guide's own language.
pub(crate) fn guide_at(folder: Option<&Path>, language: Option<&str>) -> Result<LoadedGuide, Failure> {
    let guide = match folder {
        Some(folder) => loaded(&files(folder)?)?,
        None => sarcoguide_bundled::guide(),
    };
    LoadedGuide::new(guide, language)
}

/// Reads a case from a file or standard input. Reads at most one byte more than the size limit, which is enough to detect a case that is too large.
pub(crate) fn read_case(guide: &LoadedGuide, path: &Path) -> Result<CaseFile, Failure> {
    let standard_input = path.as_os_str() == "-";
    let named = |error: &str| format!("{}: {error}", case_name(path));
    let limit = MAX_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    let outcome = if standard_input {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else if path.is_dir() {
        return Err(Failure::Input(named("this is a folder, not a case; name a file")));
    } else {
        File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes))
    };
    outcome.map_err(|error| read_error(path, &error))?;
    let format = match path.extension().and_then(|ending| ending.to_str()) {
        Some("json") => CaseFormat::Json,
        Some("toml") => CaseFormat::Toml,
        _ => CaseFormat::guess(&bytes),
    };
    sarcoguide_case::read(guide, &bytes, format).map_err(|error| Failure::Input(named(&error.in_words_for_command(guide.text()))))
}

/// The name of a case file in messages.
pub(crate) fn case_name(path: &Path) -> String {
    if path.as_os_str() == "-" { "standard input".to_owned() } else { shown_path(path) }
}

/// The error for a file that couldn't be read.
pub(crate) fn read_error(path: &Path, error: &io::Error) -> Failure {
    Failure::Io(format!("{}: {}", case_name(path), sarcoguide_bundled::reason(error)))
}

/// Describes a contradiction between facts.
pub(crate) fn contradicted(guide: Edition<'_>, case: &Case, contradiction: &Contradiction) -> String {
    let facts: Vec<String> =
        contradiction.facts.iter().map(|fact| format!("`{}` ({})", guide[*fact].id, words::stated(guide, case, *fact))).collect();
    let reason = &guide.constraints[contradiction.constraint].text;
    t!(guide.text, command_contradiction, facts = facts.join(", "), reason = reason)
}

/// Describes a contradiction between the facts in a case file. If the case was saved with another guide, says that this can be the reason.
pub(crate) fn contradicted_file(guide: Edition<'_>, file: &CaseFile, contradiction: &Contradiction) -> String {
    let contradiction = contradicted(guide, &file.case, contradiction);
    let Some(earlier) = file.earlier.as_ref().filter(|earlier| earlier.is_from_another(guide.guide)) else {
        return contradiction;
    };
    let saved = intro(guide, &earlier.guide, earlier.revised.map(|date| date.to_string()));
    t!(guide.text, command_contradiction_changed, contradiction = contradiction, saved = saved)
}

/// Returns `found`, the result of looking up `id`. If it is `None`, the error suggests the most similar of `ids`, or a search
/// if none is similar.
pub(crate) fn pick<'a, T>(kind: &str, id: &str, ids: impl Iterator<Item = &'a str>, found: Option<T>) -> Result<T, Failure> {
    found.ok_or_else(|| {
        let near = suggestion(id, ids)
            .map_or_else(|| "search for it with `sarcoguide search WORDS`".to_owned(), |name| format!("did you mean `{name}`?"));
        let id: String = id.chars().take(60).flat_map(char::escape_debug).collect();
        Failure::Input(format!("the guide has no {kind} `{id}`; {near}"))
    })
}
