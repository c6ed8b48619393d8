//! `sarcoguide diff`: lists the statements that differ between two guides, and proves which cases get different answers.

use std::path::Path;
use std::process::Command;

use num_bigint::BigUint;
use sarcoguide_bundled::{reason, shown_path};
use sarcoguide_case::shown;
use sarcoguide_compiler::{SizeLimits, SourceFile, load, render};
use sarcoguide_model::{Case, Guide};
use sarcoguide_verify::{Difference, VerdictChange, difference};
use sarcoguide_views::provenance::{GuideVersion, Program, note};
use serde_json::{Value, json};

use crate::args::{Arguments, DiffFormat};
use crate::check::folder;
use crate::guide_folder::files;
use crate::loaded_guide::{edition, is_bundled};
use crate::output::{Failure, emit_json, print, terminal};
use crate::proofs::{in_words, share, short};
use crate::source_diff::wrapped;

/// Compares two guides. `old` is a folder, or a git revision of the new guide's folder.
pub(crate) fn diff(arguments: &Arguments, old: &str, new: Option<&Path>, format: DiffFormat) -> Result<(), Failure> {
    let new = new.map_or_else(|| folder(arguments), |new| Ok(new.to_owned()))?;
    let after = guide(&files(&new)?, &shown_path(&new))?;
    let (before, name) = if Path::new(old).is_dir() {
        (files(Path::new(old))?, shown_path(Path::new(old)))
    } else {
        (at_revision(old, &new)?, shown(old))
    };
    let before = guide(&before, &name)?;
    let difference = difference(&before, &after);
    let guides = [&before, &after].map(|guide| GuideVersion::new(guide, is_bundled(guide)));
    let notes = [&before, &after].map(|guide| note(edition(guide)));
    // The example cases can state facts of either guide, so describe them with a guide that has all of these facts.
    let merged = Guide { facts: difference.facts.clone(), ..after };
    match format {
        DiffFormat::Text => {
            let [before, after] = notes;
            let guides = format!("\nOld guide: {before}\nNew guide: {after}\n");
            print(&(text(&merged, &difference) + &wrapped(&guides, terminal(arguments).width)))?;
        }
        DiffFormat::Json => emit_json(&document(&merged, &difference, &guides))?,
    }
    if difference.unproved.is_empty() { Ok(()) } else { Err(Failure::Unproved) }
}

fn guide(files: &[SourceFile], name: &str) -> Result<Guide, Failure> {
    let outcome = load(files);
    let errors: Vec<_> = outcome.diagnostics;
    match outcome.loaded {
        Some(loaded) => Ok(loaded.guide),
        None => Err(Failure::Input(format!("the guide in {name} has errors\n\n{}", render(&errors, files, false)))),
    }
}

/// Reads the files that a guide's folder has in a git revision.
fn at_revision(revision: &str, folder: &Path) -> Result<Vec<SourceFile>, Failure> {
    let name = shown(revision);
    let unknown =
        |why: &str| Failure::Input(format!("`{name}` is neither a folder nor a git revision of {}: {why}", shown_path(folder)));
    let git = |arguments: &[&str], failed: &str| -> Result<Vec<u8>, Failure> {
        let output = Command::new("git").arg("-C").arg(folder).args(arguments).output();
        let output = output.map_err(|error| unknown(&format!("git can't be run: {}", reason(&error))))?;
        if output.status.success() { Ok(output.stdout) } else { Err(unknown(failed)) }
    };
    git(&["rev-parse", "--git-dir"], "the folder isn't in a git repository")?;
    // Resolve the revision first, so that git can't mistake it for an option.
    let resolved = git(
        &["rev-parse", "--verify", "--end-of-options", &format!("{revision}^{{commit}}")],
        "the repository has no such revision",
    )?;
    let commit = String::from_utf8_lossy(&resolved).trim().to_owned();
    // Git prints each entry as mode, type, object and size, then a tab and the path.
    let listed = git(&["ls-tree", "-r", "-z", "-l", &commit, "--", "."], "git can't list the files of that revision")?;
    let listed = String::from_utf8_lossy(&listed);
    let listed = listed.split('\0').filter_map(|entry| entry.split_once('\t'));
    let mut limits = SizeLimits::default();
    let read = |(entry, path): (&str, &str)| {
        let shown_name = shown_path(Path::new(path));
        // Like `read_folder`, refuse symbolic links and names with control characters.
        if entry.starts_with("120000 ") || path != shown_name {
            let problem = "a guide can't contain symbolic links, or files with control characters in their names";
            return Err(Failure::Input(format!("{shown_name} at {name}: {problem}")));
        }
        let size = entry.split_whitespace().last().unwrap_or_default();
        let too_large = |why: String| Failure::Input(format!("{path} at {name}: {why}"));
        limits.add(size.parse().unwrap_or(u64::MAX)).map_err(too_large)?;
        let text = git(&["show", &format!("{commit}:./{path}")], "git can't read a file of that revision")?;
        let text = String::from_utf8(text).map_err(|_| Failure::Input(format!("{path} at {name}: this isn't UTF-8")))?;
        Ok(SourceFile { path: path.to_owned(), text })
    };
    let files = listed
        .filter(|(_, path)| path.ends_with(".toml") || path.ends_with(".ftl"))
        .map(read)
        .collect::<Result<Vec<_>, Failure>>()?;
    if files.is_empty() {
        return Err(Failure::Input(format!("the git revision `{name}` has no guide in {}", shown_path(folder))));
    }
    Ok(files)
}

fn text(merged: &Guide, difference: &Difference) -> String {
    let mut text = String::new();
    let count = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    text.push_str(&format!("{} changed\n", count(difference.statements.len(), "statement")));
    for change in &difference.statements {
        text.push_str(&format!("\n  {}\n", change.place));
        for (sign, statement) in [('-', &change.before), ('+', &change.after)] {
            if let Some(statement) = statement {
                text.push_str(&format!("    {sign} {statement}\n"));
            }
        }
    }
    let number = |count: &Option<BigUint>| count.as_ref().map_or_else(|| "all".to_owned(), short);
    if !difference.unproved.is_empty() {
        let treatments = difference.unproved.join(", ");
        text.push_str(&format!(
            "\nThese treatments are too large to compare, so their verdicts might have changed: {treatments}\n"
        ));
    }
    if difference.verdicts.is_empty() {
        let other = if difference.unproved.is_empty() { "" } else { " other" };
        let cases = difference
            .cases
            .as_ref()
            .map_or_else(|| "any possible case".to_owned(), |count| format!("any of the {} possible cases", short(count)));
        text.push_str(&format!("\nNo{other} verdict changes in {cases}.\n"));
        return text;
    }
    text.push_str(&format!(
        "\nVerdicts that change, among {} cases that are possible in both guides:\n",
        number(&difference.cases)
    ));
    for change in &difference.verdicts {
        let share = match (&change.cases, &difference.cases) {
            (Some(part), Some(whole)) => format!(" in {} cases ({})", short(part), share(part, whole)),
            _ => String::new(),
        };
        let (from, to) = (change.from.id(), change.to.id());
        text.push_str(&format!("\n  {}: {from} -> {to}{share}\n", change.treatment));
        if !change.which.is_empty() {
            text.push_str(&format!("    where {}\n", change.which.join("\n    or    ")));
        }
        if !change.complete && !change.which.is_empty() {
            text.push_str("    and other cases\n");
        }
        if let Some(case) = &change.witness {
            text.push_str(&format!("    for instance: {}\n", in_words(merged, case)));
        }
    }
    text
}

fn document(merged: &Guide, difference: &Difference, [before, after]: &[GuideVersion; 2]) -> Value {
    let case = |case: &Case| serde_json::from_str::<Value>(&sarcoguide_case::to_json(merged, case)).unwrap_or_default();
    let verdict = |change: &VerdictChange| {
        json!({
            "treatment": change.treatment,
            "from": change.from.id(),
            "to": change.to.id(),
            "cases": change.cases.as_ref().map(ToString::to_string),
            "which": change.which,
            "which_is_complete": change.complete,
            "witness": change.witness.as_ref().map(case),
        })
    };
    let statements = difference.statements.iter();
    json!({
        "guides": { "before": before, "after": after },
        "program": Program::this(),
        "statements": statements.map(|change| json!({ "place": change.place, "before": change.before, "after": change.after })).collect::<Vec<_>>(),
        "cases": difference.cases.as_ref().map(ToString::to_string),
        "unproved": difference.unproved,
        "verdicts": difference.verdicts.iter().map(verdict).collect::<Vec<_>>(),
    })
}
