//! Whom a guide names to be told of mistakes.

mod common;

use common::minimal;
use sarcoguide_compiler::{SourceFile, load};
use sarcoguide_model::Feedback;

fn feedback(guide_toml: &str) -> Option<Feedback> {
    let mut files = minimal();
    files.insert("guide.toml".to_owned(), guide_toml.to_owned());
    let files: Vec<SourceFile> = files.into_iter().map(|(path, text)| SourceFile { path, text }).collect();
    load(&files).loaded.expect("a guide").guide.feedback
}

#[test]
fn a_guide_may_name_who_is_told_of_mistakes() {
    let all = minimal()["guide.toml"].clone();
    let named = Feedback { name: "the makers of the small guide".to_owned(), address: "mailto:guide@example.org".to_owned() };
    assert_eq!(feedback(&all), Some(named));
    let (without, _) = all.split_once("[feedback]").expect("it names them");
    assert_eq!(feedback(without), None);
}
