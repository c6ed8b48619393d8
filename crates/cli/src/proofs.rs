//! Presents the results of the proofs as diagnostics, counts and example cases.

use std::path::Path;

use num_bigint::BigUint;
use sarcoguide_compiler::{Diagnostic, Loaded, Mark, SourceFile};
use sarcoguide_model::{Case, Guide, RulePlace};
use sarcoguide_verify::{Counts, Finding, Proof, Proposal, Subject, VerdictCounts};
use sarcoguide_views::words;
use serde_json::{Value, json};

use crate::code::CheckCode;
use crate::output::{Failure, Target, make_folder};

/// The maximum number of groups of cases that a diagnostic describes. JSON output describes more.
const MAX_GROUPS: usize = 3;

/// Converts the findings to diagnostics that point into the guide's files.
pub(crate) fn diagnostics(
    loaded: &Loaded,
    counts: &Counts,
    findings: &[Finding],
    files: &[SourceFile],
) -> Vec<Diagnostic<CheckCode>> {
    findings.iter().map(|finding| diagnostic(loaded, counts, finding, files)).collect()
}

fn diagnostic(loaded: &Loaded, counts: &Counts, finding: &Finding, files: &[SourceFile]) -> Diagnostic<CheckCode> {
    let guide = &loaded.guide;
    let mut help = Vec::new();
    if let (Some(cases), Some(all)) = (&finding.cases, &counts.complete) {
        help.push(format!("in {} of {} possible cases ({})", short(cases), short(all), share(cases, all)));
    }
    if !finding.which.is_empty() {
        let shown = &finding.which[..finding.which.len().min(MAX_GROUPS)];
        let more = if finding.complete && shown.len() == finding.which.len() { "" } else { "\nand others" };
        help.push(format!("in these cases:\n{}{more}", shown.join("\nor ")));
    }
    if let Some(case) = &finding.witness {
        help.push(format!("for instance: {}", in_words(guide, case)));
    }
    if finding.unconfirmed {
        help.push(
            "the reference evaluator doesn't confirm this finding. This is a bug in sarcoguide; please report it".to_owned(),
        );
    }
    if !finding.help.is_empty() {
        help.push(finding.help.clone());
    }
    let beside = finding.beside.and_then(|place| line_of(loaded, Subject::Rule(place)));
    let (what, other) = match finding.subject {
        Subject::Accepted(..) => ("accepted here", "the condition"),
        _ => ("this condition", "together with this condition"),
    };
    let lines = [(line_of(loaded, finding.subject), what), (beside, other)];
    let marks = lines.into_iter().filter_map(|(line, label)| mark(line?, files, label));
    Diagnostic { code: CheckCode::Proof(finding.code), message: finding.message.clone(), marks: marks.collect(), help }
}

/// Returns the file and the line where a finding is shown.
fn line_of(loaded: &Loaded, subject: Subject) -> Option<(String, u32)> {
    let guide = &loaded.guide;
    let place = match subject {
        Subject::Guide => RulePlace::Scope,
        Subject::Rule(place) => place,
        Subject::Derived(id) => RulePlace::Row(id, 0),
        Subject::Treatment(id) => RulePlace::Indication(id, 0),
        Subject::Constraint(place) => {
            let constraint = guide.constraints.get(place)?;
            return Some((loaded.file_of_constraint(constraint), constraint.line));
        }
        Subject::Triage(group, question) => {
            let group = guide.triage.as_ref()?.groups.get(group)?;
            let rule = group.questions.get(question)?.rules.first()?;
            return Some((format!("triage/{}.toml", group.id), rule.rule.line));
        }
        Subject::Accepted(entry, shown) => {
            return Some(("accepted.toml".to_owned(), guide.accepted.get(entry)?.occurrences.get(shown)?.line));
        }
    };
    Some((loaded.file_of(place), guide.rule(place)?.line))
}

/// Creates a [`Mark`], which highlights one line of a file. Returns `None` if the guide has no such file or line.
fn mark((path, line): (String, u32), files: &[SourceFile], label: &str) -> Option<Mark> {
    let line = usize::try_from(line).ok()?;
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

/// Describes a case as `Fact: value; Fact: value`.
pub(crate) fn in_words(guide: &Guide, case: &Case) -> String {
    let facts: Vec<String> = case.stated().map(|fact| words::stated(guide.into(), case, fact)).collect();
    if facts.is_empty() { "any case".to_owned() } else { facts.join("; ") }
}

/// Returns entries that accept the current warnings from the proofs. Authors add them to `accepted.toml`, and fill in the empty reasons.
pub(crate) fn proposals(guide: &Guide, proposals: &[Proposal]) -> String {
    let list = |words: &[String]| words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>();
    let entry = |proposal: &Proposal| {
        let places = match list(&proposal.places).as_slice() {
            [place] => format!("[{place}]"),
            places => format!("[\n  {},\n]", places.join(",\n  ")),
        };
        let facts = facts(guide, &proposal.case);
        let ids: Vec<String> = facts.iter().map(|(id, _)| id.clone()).collect();
        let case: Vec<String> = facts.iter().map(|(id, value)| format!("{id} = {value}")).collect();
        format!(
            "[[accepted]]\ncode   = \"{}\"\nwhere  = {places}\nfacts  = [{}]\ncase   = {{ {} }}\nreason = \"\"\n",
            proposal.warning.id(),
            list(&ids).join(", "),
            case.join(", ")
        )
    };
    proposals.iter().map(entry).collect::<Vec<_>>().join("\n")
}

/// The IDs and values of a case's facts, as they are written in a guide.
fn facts(guide: &Guide, case: &Case) -> Vec<(String, Value)> {
    let document: Value = serde_json::from_str(&sarcoguide_case::to_json(guide, case)).unwrap_or_default();
    let ids = case.stated().map(|fact| guide[fact].id.clone());
    ids.map(|id| (id.clone(), document["facts"][&id].clone())).collect()
}

/// Writes the example cases of the findings to a folder, and returns how many were written. A file's name contains the code and the number of
/// its finding. Fails without writing any file if one of the files exists and `force` is false. Doesn't create the folder if no finding has an
/// example case.
pub(crate) fn write_cases(guide: &Guide, findings: &[Finding], folder: &Path, force: bool) -> Result<usize, Failure> {
    let case = |(index, finding): (usize, &Finding)| {
        let path = folder.join(format!("{}-{:03}.json", finding.code.id(), index + 1));
        finding.witness.as_ref().map(|case| (path, sarcoguide_case::to_json(guide, case)))
    };
    let cases: Vec<_> = findings.iter().enumerate().filter_map(case).collect();
    if cases.is_empty() {
        return Ok(0);
    }
    make_folder(folder)?;
    let target = |path| Target::new(path).forced(force);
    cases.iter().try_for_each(|(path, _)| target(path).check())?;
    cases.iter().try_for_each(|(path, text)| target(path).write(text.as_bytes()))?;
    Ok(cases.len())
}

/// Formats the counts as a table.
pub(crate) fn table(guide: &Guide, counts: &Counts) -> String {
    let width = guide.treatments.iter().map(|treatment| treatment.id.len()).max().unwrap_or_default();
    let number = |count: &Option<BigUint>| count.as_ref().map_or_else(|| "too many".to_owned(), ToString::to_string);
    let share = |part: Option<&BigUint>, whole: &Option<BigUint>| match (part, whole) {
        (Some(part), Some(whole)) => share(part, whole),
        _ => "?".to_owned(),
    };
    let mut text = format!(
        "{} possible cases with every fact stated; the guide covers {} of them ({})\n{} cases if some facts can be unknown\n\n",
        number(&counts.complete),
        number(&counts.in_scope),
        share(counts.in_scope.as_ref(), &counts.complete),
        number(&counts.all)
    );
    text.push_str(&format!(
        "{:width$}  share of cases with every fact stated   share of cases with unknown facts allowed\n\
         {:width$}  indicated   advised against  withdrawn  indicated   possible  advised against\n",
        "", ""
    ));
    for entry in &counts.treatments {
        let stated = |of: fn(&VerdictCounts) -> &BigUint| share(entry.complete.as_ref().map(of), &counts.complete);
        let open = |of: fn(&VerdictCounts) -> &BigUint| share(entry.all.as_ref().map(of), &counts.all);
        text.push_str(&format!(
            "{:width$}  {:>9}   {:>15}  {:>9}  {:>9}  {:>9}  {:>15}\n",
            guide[entry.treatment].id,
            stated(|counts| &counts.indicated),
            stated(|counts| &counts.contraindicated),
            stated(|counts| &counts.unavailable),
            open(|counts| &counts.indicated),
            open(|counts| &counts.possible),
            open(|counts| &counts.contraindicated),
        ));
    }
    text.push_str("\nExact numbers: --format json.\n");
    text
}

/// Says in how many cases the evaluation leaves a condition unknown although the unknown facts can't change its result (V103).
pub(crate) fn gaps(counts: &Counts) -> String {
    let (Some(gaps), Some(all)) = (&counts.gaps, &counts.all) else {
        return "conditions left unknown although no unknown fact can change them: too large to count\n".to_owned();
    };
    let conditions = match gaps.conditions {
        0 => "no condition is".to_owned(),
        1 => "1 condition is".to_owned(),
        count => format!("{count} conditions are"),
    };
    let (cases, share, all) = (short(&gaps.cases), share(&gaps.cases, all), short(all));
    format!(
        "{conditions} left unknown although no unknown fact can change the result (V103), in {cases} of {all} cases with unknown facts allowed ({share})\n"
    )
}

/// The results of the proofs as JSON.
pub(crate) fn document(loaded: &Loaded, Proof { findings, unproved, accepted, proposals, counts, .. }: &Proof) -> Value {
    let guide = &loaded.guide;
    let number = |count: &Option<BigUint>| count.as_ref().map(ToString::to_string);
    let verdicts = |counts: &VerdictCounts| {
        json!({
            "indicated": counts.indicated.to_string(),
            "possible": counts.possible.to_string(),
            "contraindicated": counts.contraindicated.to_string(),
            "unavailable": counts.unavailable.to_string(),
            "not_indicated": counts.not_indicated.to_string(),
        })
    };
    let at =
        |subject: Subject| line_of(loaded, subject).map_or(Value::Null, |(file, line)| json!({ "file": file, "line": line }));
    let case = |case: &Case| serde_json::from_str::<Value>(&sarcoguide_case::to_json(guide, case)).unwrap_or_default();
    let finding = |finding: &Finding| {
        json!({
            "code": finding.code.id(),
            "severity": if finding.code.is_error() { "error" } else { "warning" },
            "message": finding.message,
            "place": at(finding.subject),
            "beside": finding.beside.map(|place| at(Subject::Rule(place))),
            "cases": number(&finding.cases),
            "which": finding.which,
            "which_is_complete": finding.complete,
            "witness": finding.witness.as_ref().map(case),
            "confirmed": !finding.unconfirmed,
            "help": finding.help,
        })
    };
    json!({
        "findings": findings.iter().map(finding).collect::<Vec<_>>(),
        "accepted": accepted,
        "proposals": proposals.iter().map(|proposal| json!({
            "code": proposal.warning.id(),
            "where": proposal.places,
            "facts": facts(guide, &proposal.case).into_iter().map(|(id, _)| id).collect::<Vec<_>>(),
            "case": facts(guide, &proposal.case).into_iter().collect::<serde_json::Map<_, _>>(),
        })).collect::<Vec<_>>(),
        "unproved": unproved.iter().map(|part| json!({
            "place": at(part.subject),
            "open": part.open_questions.iter().map(|(code, subject)| json!({ "code": code.id(), "place": at(*subject) })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "counts": {
            "stated": number(&counts.complete),
            "in_scope": number(&counts.in_scope),
            "open": number(&counts.all),
            "gaps": counts.gaps.as_ref().map(|gaps| json!({ "conditions": gaps.conditions, "open": gaps.cases.to_string() })),
            "treatments": counts.treatments.iter().map(|entry| json!({
                "id": guide[entry.treatment].id,
                "stated": entry.complete.as_ref().map(verdicts),
                "open": entry.all.as_ref().map(verdicts),
            })).collect::<Vec<_>>(),
        },
    })
}

/// Formats a large number with few digits: `1234567` or `1.7e28`.
pub(crate) fn short(number: &BigUint) -> String {
    let digits = number.to_string();
    if digits.len() <= 9 { digits } else { format!("{}.{}e{}", &digits[..1], &digits[1..2], digits.len() - 1) }
}

/// Formats a share as a percentage: `0`, `< 0.1 %`, `12.3 %`.
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
