//! Fuzz targets for case files and for typed text: a search and a symptom.

use std::sync::LazyLock;

use sarcoguide_advise::Advisor;
use sarcoguide_case::{CaseError, CaseFile, MAX_BYTES, from_json, from_toml};
use sarcoguide_search::search::Index;
use sarcoguide_search::symptom::{Checker, LATEST, Report};

use crate::guide::GUIDE;

static ADVISOR: LazyLock<Advisor> = LazyLock::new(|| Advisor::new(GUIDE.clone()));
static CHECKER: LazyLock<Checker> = LazyLock::new(|| Checker::new(GUIDE.clone()));
static INDEX: LazyLock<Index> = LazyLock::new(|| Index::of(&GUIDE, sarcoguide_text::Text::english()));

/// Reads a case file as JSON. An error must have a message. A valid case must stay the same when it is saved and read again, and must get advice
/// unless its facts contradict each other.
pub(crate) fn case_json(bytes: &[u8]) {
    if let Some(text) = text(bytes) {
        check_result(from_json(&GUIDE, text));
    }
}

/// Like [`case_json`], for TOML.
pub(crate) fn case_toml(bytes: &[u8]) {
    if let Some(text) = text(bytes) {
        check_result(from_toml(&GUIDE, text));
    }
}

fn text(bytes: &[u8]) -> Option<&str> {
    str::from_utf8(bytes).ok().filter(|text| text.len() <= MAX_BYTES)
}

/// Prepares a case for comparison. The entries that this guide can't read are returned separately, sorted and without their positions in the
/// file.
fn comparable(file: &CaseFile) -> (CaseFile, Vec<(&str, &str, String)>) {
    let unreadable = file.unreadable.iter().map(|entry| (entry.part, entry.name.as_str(), entry.value.to_string()));
    let mut unreadable: Vec<_> = unreadable.collect();
    unreadable.sort_unstable();
    (CaseFile { unreadable: Vec::new(), ..file.clone() }, unreadable)
}

fn check_result(read: Result<CaseFile, CaseError>) {
    match read {
        Ok(file) => {
            let saved = file.to_json(&GUIDE);
            let again =
                from_json(&GUIDE, &saved).unwrap_or_else(|error| panic!("the saved case can't be read: {error}\n{saved}"));
            assert_eq!(comparable(&again), comparable(&file), "the saved case is different:\n{saved}");
            // If the facts contradict each other, there is no advice.
            if let Ok(advice) = ADVISOR.advise(&file.case) {
                assert_eq!(advice.treatments.len(), GUIDE.treatments.len(), "a treatment has no verdict");
            }
        }
        Err(error) => assert!(!error.to_string().trim().is_empty(), "an error has no message"),
    }
}

/// Searches for the text, and checks it as the description of a symptom. The answer must never be less urgent than [`LATEST`].
pub(crate) fn query(bytes: &[u8]) {
    const MAX_HITS: usize = 10;
    let Ok(words) = str::from_utf8(bytes) else { return };
    assert!(INDEX.search(words, MAX_HITS).len() <= MAX_HITS, "more hits than asked for");
    let found = CHECKER.find(None, Report::Words(words));
    assert!(found.urgency <= LATEST, "the answer to {words:?} is less urgent than `LATEST`");
}
