//! What is proved of a guide, as diagnostics on its text, as counts, and as cases.

use std::fs;
use std::path::Path;

use num_bigint::BigUint;
use sarcoguide_language::{Diagnostic, Mark, Severity, SourceFile};
use sarcoguide_model::{Case, Guide, RulePlace};
use sarcoguide_report::words;
use sarcoguide_verify::{Counts, Finding, Subject, VerdictCounts};
use serde_json::{Value, json};

use crate::output::Failure;

/// The most groups of cases that are told in a diagnostic; JSON has more.
const MOST_GROUPS: usize = 3;

/// The findings as diagnostics on the files of the guide.
pub(crate) fn diagnostics(guide: &Guide, counts: &Counts, findings: &[Finding], files: &[SourceFile]) -> Vec<Diagnostic> {
    findings.iter().map(|finding| diagnostic(guide, counts, finding, files)).collect()
}

fn diagnostic(guide: &Guide, counts: &Counts, finding: &Finding, files: &[SourceFile]) -> Diagnostic {
    let mut help = Vec::new();
    if let Some(cases) = &finding.cases {
        help.push(format!("in {} of {} possible cases ({})", short(cases), short(&counts.stated), share(cases, &counts.stated)));
    }
    if !finding.which.is_empty() {
        let shown = &finding.which[..finding.which.len().min(MOST_GROUPS)];
        let more = if finding.complete && shown.len() == finding.which.len() { "" } else { "\nand others" };
        help.push(format!("that is, where\n{}{more}", shown.join("\nor ")));
    }
    if let Some(case) = &finding.witness {
        help.push(format!("for instance: {}", in_words(guide, case)));
    }
    if finding.unconfirmed {
        help.push("the reference evaluator does not confirm it: this is an error of the program, please report it".to_owned());
    }
    if !finding.help.is_empty() {
        help.push(finding.help.clone());
    }
    let place = place_of(finding.subject);
    let marks =
        place.into_iter().map(|place| (place, "this condition")).chain(finding.beside.map(|place| (place, "beside this one")));
    Diagnostic {
        code: finding.code.id(),
        severity: if finding.code.is_error() { Severity::Error } else { Severity::Warning },
        message: finding.message.clone(),
        marks: marks.filter_map(|(place, label)| mark(guide, place, files, label)).collect(),
        help,
    }
}

/// The rule at which a finding is shown.
fn place_of(subject: Subject) -> Option<RulePlace> {
    match subject {
        Subject::Guide => Some(RulePlace::Scope),
        Subject::Rule(place) => Some(place),
        Subject::Derived(id) => Some(RulePlace::Row(id, 0)),
        Subject::Treatment(id) => Some(RulePlace::Indication(id, 0)),
    }
}

/// The line on which a rule begins.
fn mark(guide: &Guide, place: RulePlace, files: &[SourceFile], label: &str) -> Option<Mark> {
    let path = guide.file_of(place);
    let line = usize::try_from(guide.rule(place)?.line).ok()?;
    let file = files.iter().position(|file| file.path == path)?;
    let mut start = 0;
    for (index, text) in files[file].text.split_inclusive('\n').enumerate() {
        if index + 1 == line {
            let span = start..start + text.trim_end().len();
            return Some(Mark { file, span, label: label.to_owned() });
        }
        start += text.len();
    }
    None
}

/// A case as `Fact: value; Fact: value`.
pub(crate) fn in_words(guide: &Guide, case: &Case) -> String {
    let facts: Vec<String> = case.stated().map(|fact| words::stated(guide, case, fact)).collect();
    if facts.is_empty() { "any case".to_owned() } else { facts.join("; ") }
}

/// Writes the case of each finding that has one into a folder, named by code and place in the list.
pub(crate) fn write_cases(guide: &Guide, findings: &[Finding], folder: &Path) -> Result<usize, Failure> {
    let failed = |path: &Path, error: std::io::Error| Failure::Io(format!("{}: {error}", path.display()));
    fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    let mut written = 0;
    for (index, finding) in findings.iter().enumerate() {
        if let Some(case) = &finding.witness {
            let path = folder.join(format!("{}-{:03}.json", finding.code.id(), index + 1));
            fs::write(&path, sarcoguide_case::to_json(guide, case)).map_err(|error| failed(&path, error))?;
            written += 1;
        }
    }
    Ok(written)
}

/// The counts as a table.
pub(crate) fn table(guide: &Guide, counts: &Counts) -> String {
    let width = guide.treatments.iter().map(|treatment| treatment.id.len()).max().unwrap_or_default();
    let mut text = format!(
        "{} possible cases with every fact stated; the guide covers {} of them ({})\n{} cases if facts may be open\n\n",
        counts.stated,
        counts.in_scope,
        share(&counts.in_scope, &counts.stated),
        counts.open
    );
    text.push_str(&format!(
        "{:width$}  of the cases with every fact stated    of those that may leave facts open\n\
         {:width$}  indicated   advised against  withdrawn  indicated   possible  advised against\n",
        "", ""
    ));
    for entry in &counts.treatments {
        let (stated, open) = (&entry.stated, &entry.open);
        text.push_str(&format!(
            "{:width$}  {:>9}   {:>15}  {:>9}  {:>9}  {:>9}  {:>15}\n",
            guide.treatments[entry.treatment.index()].id,
            share(&stated.indicated, &counts.stated),
            share(&stated.contraindicated, &counts.stated),
            share(&stated.unavailable, &counts.stated),
            share(&open.indicated, &counts.open),
            share(&open.possible, &counts.open),
            share(&open.contraindicated, &counts.open),
        ));
    }
    text.push_str("\nExact numbers: --format json.\n");
    text
}

/// What was proved, for another program.
pub(crate) fn document(guide: &Guide, counts: &Counts, findings: &[Finding]) -> Value {
    let verdicts = |counts: &VerdictCounts| {
        json!({
            "indicated": counts.indicated.to_string(),
            "possible": counts.possible.to_string(),
            "contraindicated": counts.contraindicated.to_string(),
            "unavailable": counts.unavailable.to_string(),
            "not_indicated": counts.not_indicated.to_string(),
        })
    };
    let at = |place: RulePlace| json!({ "file": guide.file_of(place), "line": guide.rule(place).map(|rule| rule.line) });
    let case = |case: &Case| serde_json::from_str::<Value>(&sarcoguide_case::to_json(guide, case)).unwrap_or_default();
    let finding = |finding: &Finding| {
        json!({
            "code": finding.code.id(),
            "severity": if finding.code.is_error() { "error" } else { "warning" },
            "message": finding.message,
            "place": place_of(finding.subject).map(at),
            "beside": finding.beside.map(at),
            "cases": finding.cases.as_ref().map(ToString::to_string),
            "which": finding.which,
            "which_is_complete": finding.complete,
            "witness": finding.witness.as_ref().map(case),
            "confirmed": !finding.unconfirmed,
            "help": finding.help,
        })
    };
    json!({
        "findings": findings.iter().map(finding).collect::<Vec<_>>(),
        "counts": {
            "stated": counts.stated.to_string(),
            "in_scope": counts.in_scope.to_string(),
            "open": counts.open.to_string(),
            "treatments": counts.treatments.iter().map(|entry| json!({
                "id": guide.treatments[entry.treatment.index()].id,
                "stated": verdicts(&entry.stated),
                "open": verdicts(&entry.open),
            })).collect::<Vec<_>>(),
        },
    })
}

/// A large number in few digits: `1234567` or `1.7e28`.
pub(crate) fn short(number: &BigUint) -> String {
    let digits = number.to_string();
    if digits.len() <= 9 { digits } else { format!("{}.{}e{}", &digits[..1], &digits[1..2], digits.len() - 1) }
}

/// A share in percent: `0`, `< 0.1 %`, `12.3 %`.
pub(crate) fn share(part: &BigUint, whole: &BigUint) -> String {
    if *part == BigUint::default() || *whole == BigUint::default() {
        return "0".to_owned();
    }
    let thousandths = (part * 1000_u32 / whole).to_string().parse::<u32>().unwrap_or_default();
    match thousandths {
        0 => "< 0.1 %".to_owned(),
        tenths => format!("{}.{} %", tenths / 10, tenths % 10),
    }
}
