//! `sarcoguide check --readability`: measures how hard the guide's sentences are to read.

use sarcoguide_search::readability::{MAX_AVERAGE_GRADE, MAX_GRADE, Sentence, average, measure};
use sarcoguide_text::{Arg, t};
use sarcoguide_views::Edition;
use sarcoguide_views::provenance::{Provenance, note};
use sarcoguide_views::search::kind_name;
use serde_json::json;

use crate::args::CheckFormat;
use crate::loaded_guide::LoadedGuide;
use crate::output::{Failure, emit_json, print};

/// Prints the reading grades, and lists the sentences that are too hard.
pub(crate) fn check(guide: &LoadedGuide, format: CheckFormat) -> Result<(), Failure> {
    let sentences = measure(guide);
    let hard: Vec<&Sentence> = sentences.iter().filter(|sentence| sentence.is_too_hard()).collect();
    let mean = average(&sentences);
    match format {
        CheckFormat::Text => {
            let text = render_text(guide.into(), &sentences, &hard, mean);
            print(&format!("{text}\n{}\n", note(guide.into())))?;
        }
        CheckFormat::Json => {
            let entry = |sentence: &&Sentence| json!({ "place": place(guide.into(), sentence), "grade": sentence.grade, "text": sentence.text });
            let provenance = Provenance::of(guide.into());
            let document = json!({
                "guide": provenance.guide,
                "program": provenance.program,
                "sentences": sentences.len(),
                "average": mean,
                "too_hard": hard.iter().map(entry).collect::<Vec<_>>(),
            });
            emit_json(&document)?;
        }
        CheckFormat::Sarif => return Err(Failure::Input("--readability can't print SARIF; use --format json".to_owned())),
    }
    if mean > MAX_AVERAGE_GRADE || !hard.is_empty() { Err(Failure::Found) } else { Ok(()) }
}

/// The entry of the guide that a sentence belongs to, such as `team pathologist`.
fn place(guide: Edition<'_>, sentence: &Sentence) -> String {
    format!("{} {}", kind_name(guide, sentence.kind), sentence.id)
}

fn render_text(guide: Edition<'_>, sentences: &[Sentence], hard: &[&Sentence], mean: f64) -> String {
    let text = guide.text;
    let mut out = String::new();
    for sentence in hard {
        out.push_str(&format!("{:5.1}  {}: {}\n", sentence.grade, place(guide, sentence), sentence.text));
    }
    if !hard.is_empty() {
        out.push_str(&format!("\n{}\n\n", t!(text, readability_too_hard, grade = MAX_GRADE)));
    }
    out.push_str(&format!("{:8}{}\n", t!(text, readability_grade), t!(text, readability_sentences)));
    for (name, least, most) in [
        (t!(text, readability_to, most = 6), f64::MIN, 6.0),
        (t!(text, readability_between, least = 6, most = 8), 6.0, 8.0),
        (t!(text, readability_between, least = 8, most = 10), 8.0, 10.0),
        (t!(text, readability_between, least = 10, most = 12), 10.0, 12.0),
        (t!(text, readability_above, least = 12), 12.0, f64::MAX),
    ] {
        let here = sentences.iter().filter(|sentence| sentence.grade > least && sentence.grade <= most).count();
        out.push_str(&format!("{name:8} {here:8}\n"));
    }
    let explained = sentences.iter().filter(|sentence| sentence.grade > MAX_GRADE && sentence.explained).count();
    let summary = t!(
        text,
        readability_summary,
        sentences = sentences.len(),
        average = Arg::number(format!("{mean:.1}")),
        allowed = MAX_AVERAGE_GRADE,
        hard = hard.len(),
        explained = explained,
        hardest = MAX_GRADE
    );
    out.push_str(&format!("\n{summary}\n{}\n", t!(text, readability_names)));
    out
}
