//! The review of a treatment: it is shown as long as the file is what was signed, and cleared by every edit.

mod common;

use common::minimal;
use proptest::prelude::*;
use sarcoguide_compiler::{Code, SourceFile, load, render};
use sarcoguide_model::Review;
use sha2::{Digest, Sha256};

const FILE: &str = "treatments/surgery/excision.toml";

/// The minimal guide with another text of its treatment.
fn files(treatment: &str) -> Vec<SourceFile> {
    let mut files = minimal();
    files.insert(FILE.to_owned(), treatment.to_owned());
    files.into_iter().map(|(path, text)| SourceFile { path, text }).collect()
}

fn unsigned() -> String {
    minimal()[FILE].clone()
}

/// A text with a signature of it.
fn signed(text: &str) -> String {
    let digest: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{text}[review]\nby = \"Jane Roe, sarcoma surgeon\"\non = 2026-11-30\ndigest = \"{digest}\"\n")
}

/// The review that a guide with this treatment shows; none where the guide is refused.
fn shown(treatment: &str) -> Option<Review> {
    load(&files(treatment)).loaded?.guide.treatments[0].review.clone()
}

#[test]
fn a_review_of_the_file_as_it_is_belongs_to_the_guide() {
    let text = signed(&unsigned());
    let outcome = load(&files(&text));
    assert_eq!(render(&outcome.diagnostics, &files(&text), false), "");
    let review = shown(&text).expect("a review");
    assert_eq!((review.by.as_str(), review.on.to_string().as_str()), ("Jane Roe, sarcoma surgeon", "2026-11-30"));
    assert_eq!(shown(&unsigned()), None);
}

/// Version control may change how lines end; that is no edit.
#[test]
fn other_line_ends_clear_no_review() {
    assert!(shown(&signed(&unsigned()).replace('\n', "\r\n")).is_some());
    assert!(shown(&signed(&unsigned()).replacen('\n', "\r\n", 3)).is_some());
}

/// A line `[review]` within a text is no review, and hides nothing from the one that is.
#[test]
fn a_text_that_looks_like_a_review_hides_nothing() {
    let text = unsigned().replace("\"The tumor is cut out.\"", "\"\"\"The tumor\n[review]\nis cut out.\"\"\"");
    assert_eq!(shown(&text), None);
    assert!(shown(&signed(&text)).is_some());
    assert_eq!(shown(&signed(&text).replacen("is cut out", "was cut out", 1)), None);
}

#[test]
fn nothing_stands_outside_of_the_signature() {
    let inline = format!("review = {{ by = \"Jane Roe\", on = 2026-11-30, digest = \"{}\" }}\n", "0".repeat(64));
    for text in [
        signed(&unsigned()) + "\n[[question]]\ntext = \"Will it hurt?\"\nfrom = [\"book:page.1\"]\n",
        inline.clone() + &unsigned(),
        unsigned().replacen("[[what]]", &format!("{inline}\n[[what]]"), 1),
    ] {
        let outcome = load(&files(&text));
        assert!(outcome.loaded.is_none() && outcome.diagnostics.iter().any(|found| found.code == Code::OutdatedReview), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever is changed, added or taken away before `[review]`, the review is no longer shown.
    #[test]
    fn an_edit_clears_the_review(place in any::<prop::sample::Index>(), other in "[ -~\n]", kind in 0..3_usize) {
        let text = unsigned();
        let at = place.index(text.len());
        let after = if kind == 0 { at } else { at + 1 };
        let edited = format!("{}{}{}", &text[..at], if kind == 2 { "" } else { &other }, &text[after..]);
        prop_assume!(edited != text);
        let review = signed(&text).split_off(text.len());
        let (before, after) = (shown(&(text + &review)), shown(&(edited.clone() + &review)));
        prop_assert!(before.is_some());
        prop_assert_eq!(after, None, "{}", edited);
    }
}
