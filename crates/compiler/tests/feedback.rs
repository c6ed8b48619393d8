//! Tests the `[feedback]` table of `guide.toml`: the contact to which people can report errors in the guide.

mod common;

use common::minimal;
use sarcoguide_compiler::{SourceFile, load};
use sarcoguide_model::Feedback;

fn feedback(guide_toml: &str) -> Option<Feedback> {
    let mut files = minimal();
    files.insert("guide.toml".to_owned(), guide_toml.to_owned());
    let files: Vec<SourceFile> = files.into_iter().map(|(path, text)| SourceFile { path, text }).collect();
    load(&files).loaded.expect("a guide without errors").guide.feedback
}

#[test]
fn the_feedback_contact_is_optional() {
    let with_feedback = minimal()["guide.toml"].clone();
    let contact = Feedback { name: "the makers of the small guide".to_owned(), address: "mailto:guide@example.org".to_owned() };
    assert_eq!(feedback(&with_feedback), Some(contact));
    let (without, _) = with_feedback.split_once("[feedback]").expect("a `[feedback]` table");
    assert_eq!(feedback(without), None);
}
