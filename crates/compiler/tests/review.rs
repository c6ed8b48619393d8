//! Tests the review of a treatment. It's part of the loaded guide only while the file is the same as when it was signed off.

mod common;

use common::minimal;
use proptest::prelude::*;
use sarcoguide_compiler::{Code, SourceFile, load, render};
use sarcoguide_model::Review;
use sha2::{Digest, Sha256};

const FILE: &str = "treatments/surgery/excision.toml";

/// Returns the minimal guide, with `treatment` as the text of its treatment.
fn files(treatment: &str) -> Vec<SourceFile> {
    let mut files = minimal();
    files.insert(FILE.to_owned(), treatment.to_owned());
    files.into_iter().map(|(path, text)| SourceFile { path, text }).collect()
}

fn unsigned() -> String {
    minimal()[FILE].clone()
}

/// Returns the text with a `[review]` that signs it off.
fn signed(text: &str) -> String {
    let digest: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{text}[review]\nby = \"Jane Roe, sarcoma surgeon\"\non = 2026-11-30\ndigest = \"{digest}\"\n")
}

/// Returns the review of the treatment in the loaded guide, or `None` if there is no review or the guide has errors.
fn review_of(treatment: &str) -> Option<Review> {
    load(&files(treatment)).loaded?.guide.treatments[0].review.clone()
}

#[test]
fn a_review_of_an_unchanged_file_is_loaded() {
    let text = signed(&unsigned());
    let outcome = load(&files(&text));
    assert_eq!(render(&outcome.diagnostics, &files(&text), false), "");
    let review = review_of(&text).expect("a review");
    assert_eq!((review.by.as_str(), review.on.to_string().as_str()), ("Jane Roe, sarcoma surgeon", "2026-11-30"));
    assert_eq!(review_of(&unsigned()), None);
}

/// Version control may change the line endings of a file. The review stays valid.
#[test]
fn changed_line_endings_keep_the_review_valid() {
    assert!(review_of(&signed(&unsigned()).replace('\n', "\r\n")).is_some());
    assert!(review_of(&signed(&unsigned()).replacen('\n', "\r\n", 3)).is_some());
}

/// A line `[review]` inside a string isn't a review. The text after it is still covered by the actual review.
#[test]
fn a_string_that_looks_like_a_review_is_signed_too() {
    let text = unsigned().replace("\"The tumor is cut out.\"", "\"\"\"The tumor\n[review]\nis cut out.\"\"\"");
    assert_eq!(review_of(&text), None);
    assert!(review_of(&signed(&text)).is_some());
    assert_eq!(review_of(&signed(&text).replacen("is cut out", "was cut out", 1)), None);
}

#[test]
fn a_review_before_other_parts_of_the_file_is_an_error() {
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

    /// If any character before `[review]` is added, changed or removed, the review is no longer valid.
    #[test]
    fn an_edit_invalidates_the_review(place in any::<prop::sample::Index>(), other in "[ -~\n]", kind in 0..3_usize) {
        let text = unsigned();
        let at = place.index(text.len());
        let after = if kind == 0 { at } else { at + 1 };
        let edited = format!("{}{}{}", &text[..at], if kind == 2 { "" } else { &other }, &text[after..]);
        prop_assume!(edited != text);
        let review = signed(&text).split_off(text.len());
        let (before, after) = (review_of(&(text + &review)), review_of(&(edited.clone() + &review)));
        prop_assert!(before.is_some());
        prop_assert_eq!(after, None, "{}", edited);
    }
}
