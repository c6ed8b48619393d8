//! Writes the findings of `check` as SARIF 2.1.0, so that code review tools can show them on the affected lines.

use std::path::Path;

use sarcoguide_compiler::{Diagnostic, Mark, Severity, SourceFile};
use sarcoguide_views::provenance::GuideVersion;
use serde_json::{Value, json};

use crate::code::CheckCode;

/// Builds the SARIF document. `folder` is prepended to the paths of `files`. `guide` is `None` if the guide has errors.
pub(crate) fn document(
    diagnostics: &[Diagnostic<CheckCode>],
    files: &[SourceFile],
    folder: &Path,
    guide: Option<GuideVersion>,
) -> Value {
    let rule = |code: CheckCode| json!({ "id": code.to_string(), "shortDescription": { "text": code.meaning() } });
    let rules: Vec<Value> = CheckCode::all().map(rule).collect();
    let place = |mark: &Mark| location(mark, files, folder);
    let result = |diagnostic: &Diagnostic<CheckCode>| {
        let mut text = diagnostic.message.clone();
        diagnostic.help.iter().for_each(|help| {
            text.push('\n');
            text.push_str(help);
        });
        let mut result = json!({
            "ruleId": diagnostic.code.to_string(),
            "level": if diagnostic.severity() == Severity::Error { "error" } else { "warning" },
            "message": { "text": text },
        });
        if let [first, others @ ..] = diagnostic.marks.as_slice() {
            result["locations"] = json!([place(first)]);
            if !others.is_empty() {
                let related = |(index, mark): (usize, &Mark)| {
                    let mut location = place(mark);
                    location["id"] = json!(index + 1);
                    location["message"] = json!({ "text": mark.label });
                    location
                };
                result["relatedLocations"] = others.iter().enumerate().map(related).collect();
            }
        }
        result
    };
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "sarcoguide", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "properties": { "guide": guide },
            "results": diagnostics.iter().map(result).collect::<Vec<_>>(),
        }],
    })
}

fn location(mark: &Mark, files: &[SourceFile], folder: &Path) -> Value {
    let file = &files[mark.file];
    let path = folder.join(&file.path).to_string_lossy().replace('\\', "/");
    let at = |offset: usize| {
        let before = &file.text[..file.text.floor_char_boundary(offset)];
        let line = before.matches('\n').count() + 1;
        (line, before.rsplit('\n').next().map_or(0, |text| text.chars().count()) + 1)
    };
    let ((start_line, start_column), (end_line, end_column)) = (at(mark.span.start), at(mark.span.end));
    json!({
        "physicalLocation": {
            "artifactLocation": { "uri": path.strip_prefix("./").unwrap_or(&path) },
            "region": { "startLine": start_line, "startColumn": start_column, "endLine": end_line, "endColumn": end_column },
        },
    })
}
