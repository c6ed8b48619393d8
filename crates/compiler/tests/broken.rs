//! One broken guide for each code, its whole message asserted.
//!
//! Each folder of `tests/broken/` is laid over the good guide of `tests/minimal/`: its files replace or join those, and `removed.txt`
//! names files to take away. `expected.txt` holds what must be printed. After a wanted change run with `BLESS=1`, and read the diff.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files and run the command")]

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
fn the_good_guide_has_nothing_wrong() {
    assert_eq!(printed(minimal()), "");
}

#[test]
fn each_broken_guide_is_told_what_is_wrong_with_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken");
    let mut different = Vec::new();
    let mut seen = Vec::new();
    for entry in fs::read_dir(&root).expect("a folder") {
        let folder = entry.expect("an entry").path();
        let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
        let mut files = minimal();
        read(&folder, &folder, &mut files);
        for removed in fs::read_to_string(folder.join("removed.txt")).unwrap_or_default().lines() {
            assert!(files.remove(removed).is_some(), "{name}: {removed} is not there");
        }
        let printed = printed(files);
        let code = name.split('_').next().expect("a code").to_owned();
        assert!(printed.contains(&format!("[{code}]")), "{name} does not print its code:\n{printed}");
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
        assert!(seen.contains(&code.to_string()), "no broken guide shows {code}: {}", code.meaning());
    }
}

/// A code is never used for another kind of problem, nor twice.
#[test]
fn codes_are_in_the_order_of_their_numbers() {
    assert!(Code::ALL.is_sorted_by_key(|code| code.number()), "out of order");
    assert!(Code::ALL.windows(2).all(|pair| pair[0].number() != pair[1].number()), "a number is used twice");
}

#[test]
fn the_page_of_codes_is_fresh() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/diagnostics.md");
    let text = codes_page();
    if std::env::var_os("BLESS").is_some() {
        fs::write(&page, &text).expect("writable");
    }
    assert_eq!(fs::read_to_string(&page).unwrap_or_default(), text);
}

/// A block, line ends of any kind and a byte order mark before the text do not move what is underlined.
#[test]
fn the_unknown_name_is_underlined_however_the_condition_is_written() {
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

/// Fields that give the same information in two ways are no error.
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

/// A condition from outside is read as the guide's own are.
#[test]
fn a_condition_alone_is_read_against_a_guide() {
    let files: Vec<SourceFile> = minimal().into_iter().map(|(path, text)| SourceFile { path, text }).collect();
    let guide = load(&files).loaded.expect("a good guide").guide;
    assert!(parse_condition("stage is I or size > 5 cm", &guide).is_ok());
    let text = "stage is III or size > 50 mm";
    let errors = parse_condition(text, &guide).expect_err("two slips");
    let file = SourceFile { path: "condition".to_owned(), text: text.to_owned() };
    let printed = render(&errors, &[file], false);
    assert!(printed.contains("`stage` has no value `III`") && printed.contains("write `5 cm`"), "{printed}");
}

/// Every value of the good guide in turn becomes something else, or is taken away.
#[test]
fn no_value_of_another_kind_panics() {
    let good = minimal();
    let others = ["1", "-0.5", "nan", "0x10", "99999999999999999999", "true", "2020-01-31", "\"\"", "\"x\"", "[]", "{}"];
    let others = others.into_iter().chain(["[1]", "[[]]", "[{}]", "{ x = 1 }", "''", "'x is y'", "'''\n\n'''"]);
    let others: Vec<Option<&str>> = others.map(Some).chain([None]).collect();
    let mut tried = 0;
    for (path, text) in &good {
        let lines: Vec<&str> = text.lines().collect();
        for (index, line) in lines.iter().enumerate() {
            let Some((key, _)) = line.split_once('=').filter(|(key, _)| !key.trim_start().starts_with(['{', '['])) else {
                continue;
            };
            for other in &others {
                let new = other.map(|other| format!("{key}= {other}")).unwrap_or_default();
                let mut changed = lines.clone();
                changed[index] = &new;
                let mut files = good.clone();
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

        /// Whatever stands in a condition, it is read or refused; nothing panics and every place lies within the file.
        #[test]
        fn no_condition_panics(condition in "[a-z0-9_<>=.,()\\[\\] %é-]{0,60}|((grade|size|age|and|or|not|is|in|G1|5|cm|\\(|\\)|>|<=|\\[|\\]|,|\\.\\.) ?){0,25}") {
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

        /// Whatever a file holds, loading ends with a guide or with diagnostics.
        #[test]
        fn no_file_panics(which in 0..12_usize, text in "(\\PC|\n){0,200}", cut in 0..400_usize) {
            let mut files = minimal();
            let path = files.keys().nth(which % files.len()).expect("a file").clone();
            let old: String = files[&path].chars().take(cut).collect();
            files.insert(path, old + &text);
            let files: Vec<SourceFile> = files.into_iter().map(|(path, text)| SourceFile { path, text }).collect();
            let outcome = load(&files);
            prop_assert!(outcome.loaded.is_some() || !outcome.diagnostics.is_empty());
            prop_assert!(render(&outcome.diagnostics, &files, false).len() < usize::MAX);
        }
    }
}

/// An answer works out every derived fact, each after those that it rests on, so that there are not too many of them.
#[test]
fn too_many_derived_facts_are_refused_at_the_first_that_is_too_many() {
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
    // The minimal guide has two of its own.
    assert_eq!(chain(510), "");
    let refused = chain(511);
    assert!(
        refused.contains("error[E051]: the guide has more than 512 derived facts\n --> derived/extent.toml:9:1\n"),
        "{refused}"
    );
}

/// Proofs tell the numbers between any two thresholds apart, so that there are not too many of them.
#[test]
fn too_many_thresholds_of_a_fact_are_refused_at_the_first_that_is_too_many() {
    let compared = |thresholds: usize| {
        let entry =
            |place: usize| format!("[[precaution]]\nwhen = 'size > 7.{place:03} cm'\ntext = \"So.\"\nfrom = [\"book:page.1\"]\n");
        let mut files = minimal();
        let text = files.get_mut("treatments/surgery/excision.toml").expect("there");
        text.extend((1..=thresholds).map(entry));
        printed(files)
    };
    // The minimal guide compares it with one number of its own.
    assert_eq!(compared(255), "");
    let refused = compared(256);
    assert!(refused.contains("error[E051]: conditions compare `size` with more than 256 different numbers\n"), "{refused}");
    assert!(refused.contains(" --> treatments/surgery/excision.toml:1061:9\n"), "{refused}");
}

/// Every case asks for every treatment, so their product is bounded.
#[test]
fn a_guide_has_only_so_many_cases_for_its_treatments() {
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
    let refused = with(40_000);
    assert!(refused.contains("error[E051]: the guide has 40002 cases for 101 treatments"), "{refused}");
}
