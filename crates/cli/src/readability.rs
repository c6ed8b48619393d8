//! `sarcoguide check --readability`: how hard the guide's sentences are to read.

use std::fmt::Write;

use sarcoguide_model::Guide;
use sarcoguide_search::readability::{AVERAGE, HARDEST, Sentence, average, measure};
use serde_json::json;

use crate::args::CheckFormat;
use crate::output::{Failure, emit, print};

/// Prints the measure, with the sentences that are too hard.
pub(crate) fn check(guide: &Guide, format: CheckFormat) -> Result<(), Failure> {
    let sentences = measure(guide);
    let hard: Vec<&Sentence> = sentences.iter().filter(|sentence| sentence.is_too_hard()).collect();
    let mean = average(&sentences);
    match format {
        CheckFormat::Text => print(&render_text(&sentences, &hard, mean))?,
        CheckFormat::Json => {
            let entry = |sentence: &&Sentence| json!({ "place": sentence.place, "grade": sentence.grade, "text": sentence.text });
            let document =
                json!({ "sentences": sentences.len(), "average": mean, "too_hard": hard.iter().map(entry).collect::<Vec<_>>() });
            emit(format!("{document:#}\n"))?;
        }
        CheckFormat::Sarif => return Err(Failure::Input("--readability has no SARIF; use --format json".to_owned())),
    }
    if mean > AVERAGE || !hard.is_empty() { Err(Failure::Found) } else { Ok(()) }
}

fn render_text(sentences: &[Sentence], hard: &[&Sentence], mean: f64) -> String {
    let mut out = String::new();
    for sentence in hard {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{:5.1}  {}: {}", sentence.grade, sentence.place, sentence.text);
    }
    if !hard.is_empty() {
        let _ = writeln!(
            out,
            "\nAbove grade {HARDEST}, and no word in them is explained: write shorter sentences and plainer words, or explain a word in glossary.toml.\n"
        );
    }
    let _ = writeln!(out, "grade   sentences");
    for (name, least, most) in [
        ("to 6", f64::MIN, 6.0),
        ("6 to 8", 6.0, 8.0),
        ("8 to 10", 8.0, 10.0),
        ("10 to 12", 10.0, 12.0),
        ("above 12", 12.0, f64::MAX),
    ] {
        let here = sentences.iter().filter(|sentence| sentence.grade > least && sentence.grade <= most).count();
        let _ = writeln!(out, "{name:8} {here:8}");
    }
    let explained = sentences.iter().filter(|sentence| sentence.grade > HARDEST && sentence.explained).count();
    let _ = writeln!(
        out,
        "\n{} sentences, Flesch-Kincaid grade {mean:.1} on average (at most {AVERAGE}); {} too hard; {explained} more above {HARDEST} with a word that the page explains.",
        sentences.len(),
        hard.len()
    );
    out.push_str(
        "Names of treatments, brands and types count as one short word each; fragments of fewer than four words are left out.\n",
    );
    out
}
