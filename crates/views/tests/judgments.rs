//! The list of urgencies that no source gives is complete: law 8, every statement has a source, or is marked as a judgment.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files and run the command")]

use std::path::Path;

use sarcoguide_model::{Guide, Urgency};
use sarcoguide_views::symptom::urgency_name;

/// A table with one row per judgment; empty if there are no judgments.
fn table(guide: &Guide, title: &str, what: &str, rows: Vec<(String, Urgency, &str)>) -> String {
    let mut text = format!("\n## {title}\n\n| {what} | how soon | why |\n|---|---|---|\n");
    for (what, urgency, reason) in &rows {
        text.push_str(&format!("| {what} | {} | {reason} |\n", urgency_name(guide.into(), *urgency)));
    }
    text
}

fn page(guide: &Guide) -> String {
    let mut text = String::from(
        "# Judgments on how soon to call\n\n\
         No source gives these urgencies, or the sources differ. Each was set to the safer side, and pages show the reason. A clinician has to read them.\n\
         This page is generated: `BLESS=1 cargo test -p sarcoguide-views --test judgments`. The data is `urgency_reason` and `reason` in `guide/effects/` and\n\
         `guide/symptoms.toml`.\n",
    );
    let effects = guide.effects.iter();
    let effects = effects.filter_map(|effect| Some((effect.name.clone(), effect.urgency, effect.urgency_reason.as_deref()?)));
    text.push_str(&table(guide, "Side effects, as a rule", "side effect", effects.collect()));
    let calls = guide.effects.iter().flat_map(|effect| {
        let calls = effect.calls.iter();
        calls
            .filter_map(|call| Some((format!("{}: {}", effect.name, call.statement.text), call.urgency, call.reason.as_deref()?)))
    });
    text.push_str(&table(guide, "When to call", "side effect and what to call for", calls.collect()));
    let Some(check) = &guide.symptom_check else { return text };
    let floors = check.floors.iter().filter_map(|floor| {
        let on: Vec<&str> = floor.treatments.iter().map(|id| guide[*id].name.as_str()).collect();
        let effects: Vec<&str> = floor.effects.iter().map(|id| guide[*id].name.as_str()).collect();
        Some((format!("{}. On: {}", effects.join(", "), on.join(", ")), floor.urgency, floor.reason.as_deref()?))
    });
    text.push_str(&table(guide, "Sooner on some treatments", "side effects and treatments", floors.collect()));
    let flags = check.red_flags.iter();
    let flags = flags.filter_map(|flag| Some((flag.statement.text.clone(), Urgency::Emergency, flag.reason.as_deref()?)));
    text.push_str(&table(guide, "Signs that begin every answer of the symptom check", "sign", flags.collect()));
    let signs = check
        .recognized_signs
        .iter()
        .filter_map(|sign| Some((sign.statement.text.clone(), check.calls[sign.call].urgency, sign.reason.as_deref()?)));
    text.push_str(&table(guide, "Signs that the symptom check knows by their words", "sign", signs.collect()));
    text
}

#[test]
fn every_urgency_without_a_source_is_listed() {
    let guide = sarcoguide_bundled::guide();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/judgments.md");
    let wanted = page(&guide);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &wanted).expect("writable");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == wanted, "docs/judgments.md is not fresh: BLESS=1 cargo test -p sarcoguide-views --test judgments");
}
