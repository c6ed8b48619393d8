//! `sarcoguide check --against`: compares a source with its revised text, and lists what needs review in the guide.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use sarcoguide_bundled::shown_path;
use sarcoguide_case::shown;
use sarcoguide_compiler::{Loaded, load, render};
use sarcoguide_model::{Guide, GuideCase, SourceId};
use sarcoguide_text::suggestion;
use sarcoguide_verify::{AffectedPassage, PassageChange, Piece, SourceComparison, source_diff};
use sarcoguide_views::provenance::{Provenance, note};
use serde_json::{Value, json};

use crate::args::{Arguments, CheckFormat};
use crate::input::read_error;
use crate::loaded_guide::edition;
use crate::output::{Failure, emit_json, print};

/// The maximum size of the revised text, in bytes.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// Compares a source of the guide in `folder` with the revised text at `path`, and prints the differences. Fails with [`Failure::Found`] if any
/// passage needs review.
pub(crate) fn check(
    arguments: &Arguments,
    folder: &Path,
    path: &Path,
    source: Option<&str>,
    format: CheckFormat,
) -> Result<(), Failure> {
    if format == CheckFormat::Sarif {
        return Err(Failure::Input("--against prints text or JSON; leave out --format sarif".to_owned()));
    }
    let text = read(path)?;
    let files = crate::guide_folder::files(folder)?;
    let outcome = load(&files);
    let Some(loaded) = outcome.loaded else {
        let diagnostics = render(&outcome.diagnostics, &files, false);
        return Err(Failure::Input(format!("the guide in {} has errors\n\n{diagnostics}", shown_path(folder))));
    };
    let source = pick(&loaded.guide, source)?;
    let comparison = source_diff(&loaded.guide, source, &text);
    if comparison.unchanged + comparison.affected.len() == 0 {
        let id = &loaded.guide[source].id;
        let message = format!("no passage of `{id}` has a hash, so there is nothing to compare");
        return Err(Failure::Input(format!("{message}; name another source with --source")));
    }
    match format {
        CheckFormat::Json => emit_json(&document(&loaded, &comparison))?,
        _ => {
            let text = format!("{}\n{}\n", render_text(&loaded, &comparison), note(edition(&loaded.guide)));
            print(&wrapped(&text, crate::output::terminal(arguments).width))?;
        }
    }
    if comparison.needs_review() { Err(Failure::Found) } else { Ok(()) }
}

/// Returns the source with this ID. Without an ID, returns the main source: the first one with the lowest rank.
fn pick(guide: &Guide, id: Option<&str>) -> Result<SourceId, Failure> {
    let sources = guide.sources.iter().enumerate();
    let found = match id {
        Some(id) => sources.filter(|(_, source)| source.id == id).map(|(index, _)| index).next(),
        None => sources.min_by_key(|(_, source)| source.rank).map(|(index, _)| index),
    };
    found.map(SourceId::new).ok_or_else(|| {
        let Some(id) = id else { return Failure::Input("the guide has no sources".to_owned()) };
        let near = suggestion(id, guide.sources.iter().map(|source| source.id.as_str()))
            .map_or_else(|| "`sarcoguide show sources` lists them".to_owned(), |name| format!("did you mean `{name}`?"));
        Failure::Input(format!("the guide has no source `{}`; {near}", shown(id)))
    })
}

fn read(path: &Path) -> Result<String, Failure> {
    let standard_input = path.as_os_str() == "-";
    let named = |message: &str| {
        let place = if standard_input { "standard input".to_owned() } else { shown_path(path) };
        Failure::Input(format!("{place}: {message}"))
    };
    let mut bytes = Vec::new();
    let outcome = if standard_input {
        io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes)
    } else if path.is_dir() {
        return Err(named("this is a folder, not a text; name a file"));
    } else {
        File::open(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes))
    };
    outcome.map_err(|error| read_error(path, &error))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(named("the text is larger than 16 MiB; use the text of a single source"));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        named(&format!("this isn't UTF-8 text (byte {at}); convert it to UTF-8, or extract the text first if it's a PDF"))
    })?;
    if text.trim().is_empty() {
        return Err(named("the text is empty"));
    }
    Ok(text)
}

/// Returns the guide's cases with an expected answer for a treatment that depends on the passage.
fn cases<'l>(loaded: &'l Loaded, affected: &AffectedPassage) -> Vec<&'l GuideCase> {
    let concerns = |case: &&GuideCase| case.expect.iter().any(|expected| affected.treatments.contains(&expected.treatment));
    loaded.cases.iter().filter(concerns).collect()
}

/// The maximum number of entries in each list below a passage in text output, such as the list of cases.
const MAX_SHOWN: usize = 8;

fn render_text(loaded: &Loaded, comparison: &SourceComparison) -> String {
    let guide = &loaded.guide;
    let source = &guide[comparison.source];
    let count =
        |wanted: fn(&PassageChange) -> bool| comparison.affected.iter().filter(|affected| wanted(&affected.change)).count();
    let mut text = format!(
        "{}: {}\n{} passages unchanged, {} changed, {} moved, {} vanished; {} new pieces of text\n",
        source.id,
        source.title,
        comparison.unchanged,
        count(|change| matches!(change, PassageChange::Changed(_))),
        count(|change| matches!(change, PassageChange::Moved(_))),
        count(|change| matches!(change, PassageChange::Vanished)),
        comparison.new.len(),
    );
    if !comparison.unknown.is_empty() {
        text.push_str(&format!("{} passages have no hash and were not compared\n", comparison.unknown.len()));
    }
    for affected in &comparison.affected {
        let passage = &guide[affected.passage];
        let change = match &affected.change {
            PassageChange::Moved(piece) => format!("moved, now at line {}", piece.line),
            PassageChange::Changed(piece) => format!("changed, now at line {}", piece.line),
            PassageChange::Vanished => "vanished".to_owned(),
        };
        text.push_str(&format!("\n{} ({}): {change}\n", guide.citation(affected.passage), passage.locator));
        text.push_str(&format!("  the guide's summary: {}\n", passage.summary));
        if let PassageChange::Changed(piece) = &affected.change {
            text.push_str(&format!("  the new text: {}\n", piece.text));
        }
        let derived = affected.derived.iter().map(|derived| guide[*derived].id.clone()).collect();
        let treatments = affected.treatments.iter().map(|treatment| guide[*treatment].id.clone()).collect();
        let rules = affected.rules.iter().map(|rule| format!("{} when {}", rule.place, rule.written)).collect();
        let cases = cases(loaded, affected).into_iter().map(|case| case.name.clone()).collect();
        if affected.statements.is_empty() && affected.rules.is_empty() && affected.derived.is_empty() {
            text.push_str("  nothing in the guide depends on it\n");
        }
        for statement in &affected.statements {
            text.push_str(&format!("  to review: {}: {}\n", statement.place, statement.text));
        }
        text.push_str(&list("derived facts", derived, "; "));
        text.push_str(&list("treatments", treatments, "; "));
        text.push_str(&list("conditions", rules, "\n    "));
        text.push_str(&list("cases", cases, "; "));
    }
    for piece in &comparison.new {
        text.push_str(&format!("\nnew at line {}: {}\n", piece.line, piece.text));
    }
    if comparison.needs_review() {
        text.push_str(
            "\nThe guide needs review: add the new text, review everything that depends on the passages listed above, then update the hashes.\n",
        );
    }
    text
}

fn list(title: &str, names: Vec<String>, between: &str) -> String {
    if names.is_empty() {
        return String::new();
    }
    let shown = names[..names.len().min(MAX_SHOWN)].join(between);
    let more = names.len().saturating_sub(MAX_SHOWN);
    let more = if more > 0 { format!("{between}and {more} more (--format json lists all)") } else { String::new() };
    let first = if between.contains('\n') { "\n    " } else { " " };
    format!("  {title} ({}):{first}{shown}{more}\n", names.len())
}

/// Wraps lines at spaces. Continuation lines are indented by two more spaces than the line that they continue. Control characters are removed, so
/// that the text can't control a terminal.
pub(crate) fn wrapped(text: &str, width: usize) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        let mut used = 0;
        for word in line.split_whitespace() {
            let word: String = word.chars().filter(|letter| !letter.is_control()).collect();
            let length = word.chars().count();
            if used == 0 {
                out.push_str(&" ".repeat(indent));
                used = indent;
            } else if used + 1 + length > width {
                out.push('\n');
                out.push_str(&" ".repeat(indent + 2));
                used = indent + 2;
            } else {
                out.push(' ');
                used += 1;
            }
            out.push_str(&word);
            used += length;
        }
        out.push('\n');
    }
    out
}

fn document(loaded: &Loaded, comparison: &SourceComparison) -> Value {
    let guide = &loaded.guide;
    let piece = |piece: &Piece| json!({ "line": piece.line, "text": piece.text });
    let affected = |affected: &AffectedPassage| {
        let passage = &guide[affected.passage];
        let (change, now) = match &affected.change {
            PassageChange::Moved(now) => ("moved", Some(now)),
            PassageChange::Changed(now) => ("changed", Some(now)),
            PassageChange::Vanished => ("vanished", None),
        };
        json!({
            "passage": guide.citation(affected.passage),
            "locator": passage.locator,
            "summary": passage.summary,
            "fate": change,
            "now": now.map(piece),
            "statements": affected.statements.iter().map(|statement| statement_json(guide, statement)).collect::<Vec<_>>(),
            "derived": affected.derived.iter().map(|derived| &guide[*derived].id).collect::<Vec<_>>(),
            "rules": affected.rules.iter().map(|rule| json!({ "place": rule.place, "when": rule.written })).collect::<Vec<_>>(),
            "treatments": affected.treatments.iter().map(|entry| &guide[*entry].id).collect::<Vec<_>>(),
            "cases": cases(loaded, affected).iter().map(|case| json!({ "file": case.file, "name": case.name })).collect::<Vec<_>>(),
        })
    };
    let provenance = Provenance::of(edition(guide));
    json!({
        "guide": provenance.guide,
        "program": provenance.program,
        "source": guide[comparison.source].id,
        "needs_review": comparison.needs_review(),
        "unchanged": comparison.unchanged,
        "without_hash": comparison.unknown.iter().map(|passage| guide.citation(*passage)).collect::<Vec<_>>(),
        "touched": comparison.affected.iter().map(affected).collect::<Vec<_>>(),
        "new": comparison.new.iter().map(piece).collect::<Vec<_>>(),
    })
}

/// A statement as JSON.
pub(crate) fn statement_json(guide: &Guide, statement: &sarcoguide_verify::GuideStatement) -> Value {
    json!({
        "place": statement.place,
        "text": statement.text,
        "when": statement.when,
        "from": statement.from.iter().map(|passage| guide.citation(*passage)).collect::<Vec<_>>(),
    })
}
