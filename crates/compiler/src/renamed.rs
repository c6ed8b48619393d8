//! The keys of the guide format that were renamed.

/// Returns the new name of a key that was renamed, or `None`. The same list applies to all files of a guide. `tools/migrate_guide.py` renames these
/// keys in all files of a folder.
pub(crate) fn renamed(old: &str) -> Option<&'static str> {
    let new = match old {
        "also" => "synonyms",
        "area" => "jurisdiction",
        "around" => "supportive",
        "at_least" => "urgency_floor",
        "day_0" => "index_date",
        "days" | "index_date" | "months" | "until" | "weeks" | "years" => "timing",
        "denials" => "negations",
        "found" => "where_to_find",
        "how_often" => "frequency",
        "lasting" => "duration",
        "left_out" => "exclusions",
        "never" => "mutually_exclusive",
        "nothing_due" => "no_treatment_indicated",
        "own_words" => "exact_words",
        "sign" => "recognized_sign",
        "site_when" => "when",
        "small_words" => "stop_words",
        "test_first" => "required_test",
        _ => return None,
    };
    Some(new)
}
