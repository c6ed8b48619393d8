//! Tests that the compiler reports each kind of problem. For each code, there is at least one broken guide.
//!
//! Each folder in `tests/broken/` describes a broken guide. Its files are added to the minimal guide in `tests/minimal/`, or replace files there.
//! `removed.txt` lists files to remove from the minimal guide, and `expected.txt` contains the expected output. If you change the output on purpose,
//! run the tests with `BLESS=1` to update the expected output, and review the diff.

#![allow(clippy::disallowed_methods, reason = "tests read and write files, and read the environment")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::{minimal, read};
use sarcoguide_compiler::{Code, SourceFile, codes_page, load, parse_condition, render};

fn printed(files: BTreeMap<String, String>) -> String {
    let files: Vec<SourceFile> = files.into_iter().map(|(path, text)| SourceFile { path, text }).collect();
    render(&load(&files).diagnostics, &files, false)
}

#[test]
fn the_minimal_guide_has_no_diagnostics() {
    assert_eq!(printed(minimal()), "");
}

#[test]
fn each_broken_guide_prints_its_expected_diagnostics() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken");
    let mut different = Vec::new();
    let mut seen = Vec::new();
    for entry in fs::read_dir(&root).expect("a folder") {
        let folder = entry.expect("an entry").path();
        let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
        let mut files = minimal();
        read(&folder, &folder, &mut files);
        for removed in fs::read_to_string(folder.join("removed.txt")).unwrap_or_default().lines() {
            assert!(files.remove(removed).is_some(), "{name}: the minimal guide has no {removed}");
        }
        let printed = printed(files);
        let code = name.split('_').next().expect("a code").to_owned();
        assert!(printed.contains(&format!("[{code}]")), "{name} doesn't print its code:\n{printed}");
        seen.push(code);
        let expected = folder.join("expected.txt");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&expected, &printed).expect("writable");
        } else if fs::read_to_string(&expected).unwrap_or_default() != printed {
            different.push(format!("{name} prints:\n{printed}"));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
    for code in Code::ALL {
        assert!(seen.contains(&code.to_string()), "no broken guide has the code {code}: {}", code.meaning());
    }
}

#[test]
fn codes_are_sorted_by_number_without_duplicates() {
    assert!(Code::ALL.is_sorted_by_key(|code| code.number()), "the codes aren't sorted by number");
    assert!(Code::ALL.windows(2).all(|pair| pair[0].number() != pair[1].number()), "two codes have the same number");
}

#[test]
fn the_generated_page_of_codes_is_up_to_date() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/diagnostics.md");
    let text = codes_page();
    if std::env::var_os("BLESS").is_some() {
        fs::write(&page, &text).expect("writable");
    }
    assert_eq!(fs::read_to_string(&page).unwrap_or_default(), text);
}

/// Multi-line strings, line endings, comments, double quotes, a byte order mark and non-ASCII characters don't shift the underlined place.
#[test]
fn exactly_the_unknown_name_in_a_condition_is_underlined() {
    let old = "'stage is I and grade in G1..G2'";
    for (new, before) in [
        ("'stge is I'", ""),
        ("'''\nstage is I\n  and stge is I'''", ""),
        ("'''\r\nstage is I\r\n  and stge is I'''", ""),
        ("'''grade is G1 # and\nor stge is I'''", ""),
        ("\"stge is I\"", ""),
        ("'stge is I'", "\u{feff}"),
        ("'stge is I'", "# größer\n"),
    ] {
        let mut files = minimal();
        let path = "treatments/surgery/excision.toml";
        assert!(files[path].contains(old));
        let text = format!("{before}{}", files[path].replacen(old, new, 1));
        files.insert(path.to_owned(), text.clone());
        let files: Vec<SourceFile> = files.into_iter().map(|(path, text)| SourceFile { path, text }).collect();
        let found = load(&files).diagnostics;
        let unknown = found.iter().find(|found| found.code == Code::UnknownFact).unwrap_or_else(|| panic!("{new}: {found:?}"));
        assert_eq!(&text[unknown.marks[0].span.clone()], "stge", "{new}");
    }
}

/// Fields that give the same information in two ways, for example the bounds and the count, aren't an error if they agree.
#[test]
fn a_timing_whose_fields_agree_is_read() {
    let week = r#"period = 1, period_unit = "wk""#;
    for timing in [
        format!(r#"bounds_duration = {{ value = 5, unit = "wk" }}, count = 5, {week}"#),
        format!(r#"bounds_range = {{ low = 5, high = 6, unit = "wk" }}, count = 5, count_max = 6, {week}"#),
        format!(r#"bounds_period = {{ start = 0, end = 34, unit = "d" }}, count_max = 5, {week}"#),
        r#"bounds_duration = { value = 4, unit = "mo" }, count = 6, period = 3, period_unit = "wk""#.to_owned(),
        format!(r#"frequency = 2, {week}, day_of_week = ["mon", "thu"]"#),
        format!(r#"count = 3, precision = "at_least", {week}"#),
        r#"frequency = 2, period = 1, period_unit = "d", day_of_week = ["mon", "tue"]"#.to_owned(),
        r#"period = 48, period_unit = "h", duration = 48, duration_unit = "h""#.to_owned(),
        r#"bounds_period = { start = 1, end = 2, unit = "d" }, duration = 48, duration_unit = "h""#.to_owned(),
    ] {
        let mut files = minimal();
        let text = files.get_mut("treatments/surgery/excision.toml").expect("the treatment");
        text.insert_str(0, "index_date = \"the first day\"\n");
        text.push_str("\n[[administration]]\nroute = \"none\"\nschedule = \"often\"\nduration = \"some days\"\n");
        text.push_str(&format!("timing = {{ {timing} }}\ntext = \"It is done.\"\nfrom = [\"book:page.1\"]\n"));
        let files: Vec<SourceFile> = files.into_iter().map(|(path, text)| SourceFile { path, text }).collect();
        let outcome = load(&files);
        assert_eq!(render(&outcome.diagnostics, &files, false), "", "{timing}");
        let guide = outcome.loaded.expect("a guide without errors").guide;
        assert!(guide.treatments[0].administrations[0].timing.is_some(), "{timing}");
    }
}

/// A condition that isn't part of a guide is checked like the guide's own conditions.
#[test]
fn parse_condition_uses_the_facts_of_a_guide() {
    let files: Vec<SourceFile> = minimal().into_iter().map(|(path, text)| SourceFile { path, text }).collect();
    let guide = load(&files).loaded.expect("a guide without errors").guide;
    assert!(parse_condition("stage is I or size > 5 cm", &guide).is_ok());
    let text = "stage is III or size > 50 mm";
    let errors = parse_condition(text, &guide).expect_err("two errors");
    let file = SourceFile { path: "condition".to_owned(), text: text.to_owned() };
    let printed = render(&errors, &[file], false);
    assert!(printed.contains("`stage` has no value `III`") && printed.contains("write `5 cm`"), "{printed}");
}

/// Replaces each value of the minimal guide in turn with other values, most of them invalid, and also removes it.
#[test]
fn replacing_or_removing_a_value_never_causes_a_panic() {
    let minimal = minimal();
    let others = ["1", "-0.5", "nan", "0x10", "99999999999999999999", "true", "2020-01-31", "\"\"", "\"x\"", "[]", "{}"];
    let others = others.into_iter().chain(["[1]", "[[]]", "[{}]", "{ x = 1 }", "''", "'x is y'", "'''\n\n'''"]);
    let others: Vec<Option<&str>> = others.map(Some).chain([None]).collect();
    let mut tried = 0;
    for (path, text) in &minimal {
        let lines: Vec<&str> = text.lines().collect();
        for (index, line) in lines.iter().enumerate() {
            let Some((key, _)) = line.split_once('=').filter(|(key, _)| !key.trim_start().starts_with(['{', '['])) else {
                continue;
            };
            for other in &others {
                let new = other.map(|other| format!("{key}= {other}")).unwrap_or_default();
                let mut changed = lines.clone();
                changed[index] = &new;
                let mut files = minimal.clone();
                files.insert(path.clone(), changed.join("\n"));
                let files: Vec<SourceFile> = files.into_iter().map(|(path, text)| SourceFile { path, text }).collect();
                let outcome = load(&files);
                assert!(outcome.loaded.is_some() || !render(&outcome.diagnostics, &files, false).is_empty(), "{path}: {new}");
                tried += 1;
            }
        }
    }
    assert!(tried > 1000, "{tried}");
}

mod laws {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        /// Loading never panics, whatever text a condition contains, and the places in all diagnostics are within their files.
        #[test]
        fn parsing_a_condition_never_panics(condition in "[a-z0-9_<>=.,()\\[\\] %é-]{0,60}|((grade|size|age|and|or|not|is|in|G1|5|cm|\\(|\\)|>|<=|\\[|\\]|,|\\.\\.) ?){0,25}") {
            let mut files = minimal();
            let text = files["derived/extent.toml"].replacen("size <= 5 cm", &condition.replace('\'', ""), 1);
            files.insert("derived/extent.toml".to_owned(), text);
            let files: Vec<SourceFile> = files.into_iter().map(|(path, text)| SourceFile { path, text }).collect();
            for diagnostic in load(&files).diagnostics {
                for mark in &diagnostic.marks {
                    prop_assert!(mark.span.end <= files[mark.file].text.len());
                }
            }
        }

        /// Loading returns a guide or diagnostics, whatever text a file contains.
        #[test]
        fn loading_a_file_never_panics(which in 0..12_usize, text in "(\\PC|\n){0,200}", cut in 0..400_usize) {
            let mut files = minimal();
            let path = files.keys().nth(which % files.len()).expect("a file").clone();
            let old: String = files[&path].chars().take(cut).collect();
            files.insert(path, old + &text);
            let files: Vec<SourceFile> = files.into_iter().map(|(path, text)| SourceFile { path, text }).collect();
            let outcome = load(&files);
            prop_assert!(outcome.loaded.is_some() || !outcome.diagnostics.is_empty());
            // Rendering the diagnostics must not panic either, whatever the text.
            prop_assert!(render(&outcome.diagnostics, &files, false).len() < usize::MAX);
        }
    }
}

/// The number of derived facts is limited, because the program computes all of them for every case. The error points to the first one above the
/// limit.
#[test]
fn too_many_derived_facts_are_an_error() {
    let chain = |length: usize| {
        let entry = |place: usize| {
            let when = if place == 0 { "size <= 5 cm".to_owned() } else { format!("chain{} is yes", place - 1) };
            format!(
                "[[derived]]\nid = \"chain{place}\"\nname = \"A link\"\ntype = \"yes_no\"\nwhen = '{when}'\nexplain = \"So.\"\nfrom = [\"book:page.1\"]\n"
            )
        };
        let mut files = minimal();
        files.insert("derived/chain.toml".to_owned(), (0..length).map(entry).collect());
        printed(files)
    };
    // The minimal guide already has two derived facts.
    assert_eq!(chain(510), "");
    let rejected = chain(511);
    assert!(
        rejected.contains("error[E051]: the guide has more than 512 derived facts\n --> derived/extent.toml:9:1\n"),
        "{rejected}"
    );
}

/// The number of thresholds is limited, because proofs try every interval between two neighboring ones. The error points to the first one above the
/// limit.
#[test]
fn too_many_thresholds_of_a_fact_are_an_error() {
    let compared = |thresholds: usize| {
        let entry =
            |place: usize| format!("[[precaution]]\nwhen = 'size > 7.{place:03} cm'\ntext = \"So.\"\nfrom = [\"book:page.1\"]\n");
        let mut files = minimal();
        let text = files.get_mut("treatments/surgery/excision.toml").expect("the treatment");
        text.extend((1..=thresholds).map(entry));
        printed(files)
    };
    // The minimal guide already compares `size` with one other number.
    assert_eq!(compared(255), "");
    let rejected = compared(256);
    assert!(rejected.contains("error[E051]: conditions compare `size` with more than 256 different numbers\n"), "{rejected}");
    assert!(rejected.contains(" --> treatments/surgery/excision.toml:1061:9\n"), "{rejected}");
}

/// A check of the guide's cases computes a verdict for every treatment in every case, so the number of these verdicts is limited.
#[test]
fn too_many_verdicts_to_compute_are_an_error() {
    let with = |cases: usize| {
        let mut files = minimal();
        let path = "treatments/surgery/excision.toml";
        let text = files[path].clone();
        let (before, case) = text.split_once("[[case]]").expect("a case");
        let case = format!("[[case]]{}", case.split("[[case]]").next().expect("the first"));
        for place in 0..100 {
            files.insert(format!("treatments/surgery/other{place}.toml"), format!("{before}{}", case.repeat(cases / 100)));
        }
        printed(files)
    };
    assert!(!with(1_000).contains("E051"));
    let rejected = with(40_000);
    assert!(rejected.contains("error[E051]: the guide has 40002 cases for 101 treatments"), "{rejected}");
}

#[test]
fn each_entry_of_follows_is_a_soft_constraint_of_the_same_doubt() {
    let mut files = minimal();
    let doubt = r#"
[[doubt]]
id       = "grade_by_size"
when     = 'spread is no'
follows  = [
  { when = 'size <= 5 cm', means = 'grade is G1' },
  { when = 'size > 5 cm', means = 'grade is not G1 and lung_spread is no' },
]
text     = "The grade doesn't fit the size."
readings = [{ text = "The grade is right" }, { text = "The size is right" }]
question = "Look in the report."
from     = ["book:page.1"]
"#;
    files.insert("doubts/size.toml".to_owned(), doubt.to_owned());
    let files: Vec<SourceFile> = files.into_iter().map(|(path, text)| SourceFile { path, text }).collect();
    let guide = load(&files).loaded.expect("a guide without errors").guide;
    let soft: Vec<_> = guide.constraints.iter().filter(|constraint| constraint.doubt == Some(0)).collect();
    assert_eq!(soft.len(), 3, "one for each condition of `means`");
    assert!(soft.iter().all(|constraint| constraint.mutually_exclusive.len() == 3), "{soft:?}");
    let written = "(spread is no) and (((size <= 5 cm) and not (grade is G1)) \
                   or ((size > 5 cm) and not (grade is not G1 and lung_spread is no)))";
    assert_eq!(guide.doubts[0].rule.written, written);
}
