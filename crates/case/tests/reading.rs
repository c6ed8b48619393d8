//! Tests which inputs are valid cases and answers, and which errors the others give.

use proptest::prelude::*;
use sarcoguide_case::{CaseFile, Format, from_json, from_toml, parse_answer, read, to_json, value_misspelled, values_meant};
use sarcoguide_model::{
    Case, Decimal, Domain, FactId, FactKind, FactValue, Guide, OwnQuestion, PersonalValue, Statement, Value, ValueSet,
    ValuesExercise, WeighedValue, Weight,
};
use sarcoguide_testkit::{case_of, empty_guide, fact, small_guide};

fn values(ids: &[(&str, &str)]) -> Domain {
    let value = |(index, (id, name)): (usize, &(&str, &str))| Value {
        id: (*id).to_owned(),
        name: (*name).to_owned(),
        help: None,
        says: None,
        synonyms: Vec::new(),
        parent: None,
        covers: ValueSet::only(index),
    };
    Domain::Values(ids.iter().enumerate().map(value).collect())
}

fn guide() -> Guide {
    let size =
        Domain::Number { unit: "cm".to_owned(), min: Decimal::from_thousandths(100), max: Decimal::from_thousandths(60_000) };
    let age =
        Domain::Number { unit: "years".to_owned(), min: Decimal::from_thousandths(0), max: Decimal::from_thousandths(120_000) };
    empty_guide(vec![
        fact("size", FactKind::Number, size),
        fact("age", FactKind::Number, age),
        fact("pregnant", FactKind::YesNo, values(&[("no", "no"), ("yes", "yes")])),
        fact("ecog", FactKind::Scale, values(&[("0", "fully active"), ("1", "limited")])),
        fact("grade", FactKind::Choice, values(&[("G1", "low grade"), ("G2", "intermediate"), ("G3", "high grade")])),
    ])
}

/// Returns the error for an invalid case.
fn message(text: &str) -> String {
    from_json(&guide(), text).expect_err(text).to_string()
}

#[test]
fn facts_that_a_case_leaves_out_are_unknown() {
    let guide = guide();
    let file = from_json(&guide, r#"{"name": "a", "facts": {"size": 5.25, "pregnant": true, "ecog": 1, "grade": null}}"#)
        .expect("a case");
    let case = &file.case;
    assert_eq!(case.get(FactId(0)), FactValue::Number(Decimal::from_thousandths(5250)));
    assert_eq!(case.get(FactId(1)), FactValue::Unknown);
    assert_eq!(case.get(FactId(2)), FactValue::Value(1));
    assert_eq!(case.get(FactId(3)), FactValue::Value(1));
    assert_eq!(case.get(FactId(4)), FactValue::Unknown, "null is unknown, not a default");
    let toml = "[facts]\nsize = 5.25\npregnant = \"yes\"\necog = 1\ngrade = \"unknown\"\n";
    assert_eq!(file.unknown, [FactId(4)], "`null` and `unknown` state explicitly that a fact is unknown");
    assert_eq!(from_toml(&guide, toml).expect("a case"), file);
}

#[test]
fn a_length_can_be_written_in_any_unit_of_length() {
    let size =
        |text: &str| from_json(&guide(), &format!(r#"{{"facts": {{"size": "{text}"}}}}"#)).expect(text).case.get(FactId(0));
    for text in ["52 mm", "52 MM", "5.2 cm", "5.2 Cm", "5.2", "52mm", "0.052 m", "5,2", "5,20 cm"] {
        assert_eq!(size(text), FactValue::Number(Decimal::from_thousandths(5200)), "{text}");
    }
    assert_eq!(size("2 in"), FactValue::Number(Decimal::from_thousandths(5080)));
}

/// Numbers are read exactly as written, in every notation that JSON and TOML allow.
#[test]
fn a_number_is_exact_in_every_notation() {
    let guide = guide();
    let of = |file: Result<CaseFile, _>, text: &str| file.unwrap_or_else(|error| panic!("{text}: {error}")).case.get(FactId(1));
    for (text, thousandths) in [
        ("54", 54_000),
        ("54.0", 54_000),
        ("54.250", 54_250),
        ("5.4e1", 54_000),
        ("540E-1", 54_000),
        ("0.054e+3", 54_000),
        ("5e-3", 5),
        ("0e0", 0),
        ("-0.0", 0),
        ("1.0000000000000000000000", 1_000),
    ] {
        let known = FactValue::Number(Decimal::from_thousandths(thousandths));
        assert_eq!(of(from_json(&guide, &format!("{{\"facts\": {{\"age\": {text}}}}}")), text), known, "{text}");
        assert_eq!(of(from_toml(&guide, &format!("[facts]\nage = {text}\n")), text), known, "{text}");
    }
    for (text, whole) in [("0x36", 54), ("0o66", 54), ("0b11_0110", 54), ("+54", 54), ("5_4", 54), ("+5_0.5_0", 50)] {
        let thousandths = whole * 1000 + if text.contains('.') { 500 } else { 0 };
        let known = FactValue::Number(Decimal::from_thousandths(thousandths));
        assert_eq!(of(from_toml(&guide, &format!("[facts]\nage = {text}\n")), text), known, "{text}");
    }
    for text in ["0xFFFFFFFFFFFFFFFFFFFF", "inf", "-nan", "54.0001", "1e31", "99999999999999999999", "5e-4"] {
        let error = from_toml(&guide, &format!("[facts]\nage = {text}\n")).expect_err(text).to_string();
        assert!(error.starts_with(&format!("line 2, facts.age: `{text}` isn't a valid number for `age`")), "{error}");
    }
    let scale = |text: &str| from_json(&guide, &format!("{{\"facts\": {{\"ecog\": {text}}}}}"));
    assert_eq!(scale("1.0").expect("a value").case.get(FactId(3)), FactValue::Value(1));
    assert!(scale("1.0000000000000000001").is_err(), "almost 1 isn't 1");
}

/// If a case contains the name of a value instead of its ID, the error suggests the ID.
#[test]
fn a_fact_that_accepts_synonyms_takes_one_that_only_one_value_has() {
    let mut guide = guide();
    let fact = guide.fact("grade").expect("a fact");
    let Domain::Values(values) = &mut guide.facts[fact.index()].domain else { panic!("a fact with values") };
    values[1].synonyms = vec!["mid grade".to_owned(), "not low".to_owned()];
    values[2].synonyms = vec!["not low".to_owned()];
    let read = |guide: &Guide, text: &str| {
        from_json(guide, &format!(r#"{{"facts": {{"grade": "{text}"}}}}"#)).map(|file| file.case.get(fact))
    };
    assert!(read(&guide, "mid grade").expect_err("a synonym").to_string().contains("did you mean `G2`?"));
    guide.facts[fact.index()].accepts_synonyms = true;
    for text in ["mid grade", "Mid-Grade", "g-2", "mid. grade"] {
        assert_eq!(read(&guide, text), Ok(FactValue::Value(1)), "{text}");
    }
    // Two values share the first synonym. No value has the second one.
    for text in ["not low", "grade 5"] {
        assert!(read(&guide, text).is_err(), "{text}");
    }
}

#[test]
fn the_error_for_the_name_of_a_value_suggests_its_id() {
    let mut guide = guide();
    let Domain::Values(values) = &mut guide.facts[4].domain else { panic!("values") };
    values[0].name = "low grade (well differentiated)".to_owned();
    for text in ["low grade", "Well Differentiated", "low grade (well differentiated)"] {
        let error = from_json(&guide, &format!(r#"{{"facts": {{"grade": "{text}"}}}}"#)).expect_err(text).to_string();
        assert!(error.ends_with("; did you mean `G1`?"), "{error}");
    }
}

#[test]
fn an_invalid_case_gives_an_error_with_a_place_and_a_fix() {
    for (text, expected) in [
        (r#"{"facts": {"sise": 5}}"#, "facts.sise: the guide has no fact `sise`; did you mean `size`?"),
        (
            r#"{"facts": {"grade": "G4"}}"#,
            "facts.grade: `grade` has no value `G4`; write one of `G1`, `G2`, `G3`, or leave it out if you don't know it",
        ),
        (
            r#"{"facts": {"grade": 2}}"#,
            "facts.grade: `grade` must be one of its values, as text, not a number; write one of `G1`, `G2`, `G3`, or leave it out if you don't know it",
        ),
        (
            r#"{"facts": {"size": true}}"#,
            "facts.size: `size` must be a number in cm, not true or false; write a number from 0.1 to 60, in cm",
        ),
        (
            r#"{"facts": {"size": [5]}}"#,
            "facts.size: `size` must be a number in cm, not a list; write a number from 0.1 to 60, in cm",
        ),
        (r#"{"facts": {"size": -3}}"#, "facts.size: `size` can't be -3 cm; write a number from 0.1 to 60, in cm"),
        (
            r#"{"facts": {"size": "5 kg"}}"#,
            "facts.size: `size` is measured in cm, and `5 kg` can't be converted to cm; write a number from 0.1 to 60, in cm",
        ),
        (
            r#"{"facts": {"age": "50 cm"}}"#,
            "facts.age: `age` is measured in years, and `50 cm` can't be converted to years; write a number from 0 to 120, in years",
        ),
        (
            r#"{"facts": {"age": "80s"}}"#,
            "facts.age: `age` is measured in years, and `80s` can't be converted to years; write a number from 0 to 120, in years",
        ),
        (
            r#"{"facts": {"size": "5,200"}}"#,
            "facts.size: `5,200` isn't a valid number for `size`; write decimals with a point, as in 5.2",
        ),
        (
            r#"{"facts": {"size": 5.12345}}"#,
            "facts.size: `5.12345` isn't a valid number for `size`; write a number from 0.1 to 60, in cm; at most three decimals",
        ),
        (
            r#"{"facts": {"age": 17.9999999999999999}}"#,
            "facts.age: `17.9999999999999999` isn't a valid number for `age`; write a number from 0 to 120, in years; at most three decimals",
        ),
        (
            r#"{"facts": {"size": 5.0000000000000000001}}"#,
            "facts.size: `5.0000000000000000001` isn't a valid number for `size`; write a number from 0.1 to 60, in cm; at most three decimals",
        ),
        (
            r#"{"facts": {"size": 1e400}}"#,
            "facts.size: `1e400` isn't a valid number for `size`; write a number from 0.1 to 60, in cm; at most three decimals",
        ),
        (r#"{"facts": {"grade": "\ud800"}}"#, "facts.grade: this text contains an escape sequence that isn't a character"),
        (r#"{"facts": {"\ud800": 5}}"#, "facts: a name contains an escape sequence that isn't a character"),
        (r#"{"facts": {"size": 5, "size": 7}}"#, "facts.size: `size` is stated twice; keep one of the two"),
        (r#"{"fact": {}}"#, "fact: a case can't have a part `fact`; did you mean `facts`?"),
        (r#"{}"#, r#"the case has no `facts`; a case looks like {"facts": {"age": 54}}"#),
        (r#"{"facts": 5}"#, r#"facts: `facts` is not an object; a case looks like {"facts": {"age": 54}}"#),
        (r#"[]"#, r#"this is not a case; a case looks like {"facts": {"age": 54}}"#),
        (r#"{"facts": {}, "facts": {}}"#, "facts: `facts` appears twice; keep one of the two"),
        (
            r#"{"facts": {}, "what_matters": {"limb": "much"}}"#,
            "what_matters.limb: this guide doesn't ask what matters to you; leave `what_matters` out",
        ),
        ("{", "line 1, column 1: this is not JSON: EOF while parsing an object"),
    ] {
        assert_eq!(message(text), expected);
    }
    let guide = guide();
    let bytes = |bytes: &[u8]| read(&guide, bytes, Format::guess(bytes)).expect_err("no case").to_string();
    assert_eq!(bytes(b""), r#"the case is empty; write at least {"facts": {}}"#);
    assert_eq!(bytes(b"{\"facts\":\n\xff}"), "line 2: this is not UTF-8 text; save the file as UTF-8");
    assert!(bytes(&vec![b'['; 2 << 20]).starts_with("the case is larger than 64 kB"));
    assert!(bytes("[".repeat(60_000).as_bytes()).contains("this is not TOML"));
    assert_eq!(
        from_toml(&guide, "[facts]\nage = 5\nsize = -1\n").expect_err("no case").to_string(),
        "line 3, facts.size: `size` can't be -1 cm; write a number from 0.1 to 60, in cm"
    );
    assert_eq!(
        from_toml(&guide, "age = 5\n").expect_err("no case").to_string(),
        "line 1: a case can't have a part `age`; write the facts under [facts]"
    );
    assert_eq!(from_toml(&guide, "[facts]\nage 5\n").expect_err("no case").to_string().split(':').next(), Some("line 2"));
}

#[test]
fn a_byte_order_mark_before_a_case_is_ignored() {
    let guide = guide();
    for text in ["\u{feff}{\"facts\": {\"age\": 54}}", "\u{feff}[facts]\nage = 54\n"] {
        let file = read(&guide, text.as_bytes(), Format::guess(text.as_bytes())).expect(text);
        assert_eq!(file.case.get(FactId(1)), FactValue::Number(Decimal::from_thousandths(54_000)));
    }
    let read = read(&guide, "\u{feff}".as_bytes(), Format::guess("\u{feff}".as_bytes()));
    assert!(read.expect_err("no case").to_string().starts_with("the case is empty"));
}

/// A case that is too large is rejected before it's parsed. A smaller case with very many entries or lines gives one error, with the correct line.
#[test]
fn a_case_with_very_many_invalid_entries_gives_one_error_with_its_place() {
    let guide = guide();
    let entries = |many: usize| format!("[facts]\n{}", (0..many).map(|place| format!("{place:x}=1\n")).collect::<String>());
    let error_of = |text: &str| read(&guide, text.as_bytes(), Format::Toml).expect_err("no case").to_string();
    assert!(error_of(&entries(100_000)).starts_with("the case is larger than 64 kB"));
    assert!(error_of(&entries(9_000)).starts_with("line 2, facts.0: the guide has no fact `0`"));
    let blank = format!("[facts]\n{}age = 300\n", "\n".repeat(60_000));
    assert!(error_of(&blank).starts_with("line 60002, facts.age: "));
}

#[test]
fn a_case_can_have_the_person_s_own_questions() {
    let guide = guide();
    let written = r#"{"facts": {}, "my_questions": [{"text": "Will I keep my knee?", "ticked": true}, {"text": "Ä & <b>?", "ticked": false}]}"#;
    let file = from_json(&guide, written).expect("a case");
    let question = |text: &str, ticked| OwnQuestion { text: text.to_owned(), ticked };
    assert_eq!(file.questions, [question("Will I keep my knee?", true), question("Ä & <b>?", false)]);
    assert_eq!(from_json(&guide, &file.to_json(&guide)), Ok(file.clone()));
    let toml =
        "my_questions = [{ text = \"Will I keep my knee?\", ticked = true }, { text = \"Ä & <b>?\", ticked = false }]\n[facts]\n";
    assert_eq!(from_toml(&guide, toml), Ok(file));
    let nine = format!("[{}]", [r#"{"text": "a", "ticked": false}"#; 9].join(", "));
    let long = format!(r#"[{{"text": "{}", "ticked": false}}]"#, "a".repeat(201));
    for written in [
        "5",
        "{}",
        r#"["text"]"#,
        r#"[{"text": "a"}]"#,
        r#"[{"text": "a", "ticked": "yes"}]"#,
        r#"[{"text": "a", "ticked": true, "more": 1}]"#,
        r#"[{"text": "  ", "ticked": true}]"#,
        r#"[{"text": "a\nb", "ticked": true}]"#,
        &nine,
        &long,
    ] {
        let error =
            from_json(&guide, &format!(r#"{{"facts": {{}}, "my_questions": {written}}}"#)).expect_err(written).to_string();
        assert!(error.starts_with("my_questions: this isn't a question as sarcoguide saves it"), "{written}: {error}");
    }
}

#[test]
fn a_case_can_state_what_matters_to_the_person() {
    let mut guide = guide();
    let statement = Statement { text: "Words.".to_owned(), from: Vec::new() };
    let weight = |id: &str| Weight { id: id.to_owned(), name: id.to_owned() };
    let value = |id: &str| PersonalValue {
        id: id.to_owned(),
        name: id.to_owned(),
        question: String::new(),
        statement: statement.clone(),
        ask: String::new(),
        fact: None,
        effects: Vec::new(),
        measures: Vec::new(),
        settings: Vec::new(),
        modalities: Vec::new(),
        serious: false,
        lasting: false,
    };
    guide.exercise = Some(ValuesExercise {
        statement: statement.clone(),
        weights: vec![weight("much"), weight("little")],
        values: vec![value("life"), value("limb")],
    });
    let written = r#"{"facts": {}, "what_matters": {"limb": "much", "life": "little"}}"#;
    let file = from_json(&guide, written).expect("a case");
    assert_eq!(file.preferences, [WeighedValue { value: 0, weight: 1 }, WeighedValue { value: 1, weight: 0 }]);
    assert_eq!(from_json(&guide, &file.to_json(&guide)), Ok(file.clone()));
    assert_eq!(from_toml(&guide, "[facts]\n[what_matters]\nlimb = \"much\"\nlife = \"little\"\n"), Ok(file));
    for (written, message) in [
        (r#"{"lim": "much"}"#, "what_matters.lim: the guide does not ask how much `lim` matters; did you mean `limb`?"),
        (
            r#"{"limb": "mush"}"#,
            "what_matters.limb: this isn't a valid answer to how much `limb` matters; write one of `much`, `little`",
        ),
        (
            r#"{"limb": 3}"#,
            "what_matters.limb: this isn't a valid answer to how much `limb` matters; write one of `much`, `little`",
        ),
        (r#"{"limb": "much", "limb": "little"}"#, "what_matters.limb: `limb` is stated twice; keep one of the two"),
        ("5", r#"what_matters: `what_matters` is not an object; a case looks like {"facts": {"age": 54}}"#),
    ] {
        let text = format!(r#"{{"facts": {{}}, "what_matters": {written}}}"#);
        assert_eq!(from_json(&guide, &text).expect_err(written).to_string(), message);
    }
}

#[test]
fn a_typed_answer_can_be_a_name_a_number_or_unknown() {
    let guide = guide();
    assert_eq!(parse_answer(&guide, FactId(4), " High Grade "), Ok(FactValue::Value(2)));
    assert_eq!(parse_answer(&guide, FactId(0), "52 mm"), Ok(FactValue::Number(Decimal::from_thousandths(5200))));
    assert_eq!(parse_answer(&guide, FactId(2), "unknown"), Ok(FactValue::Unknown));
    let error_of = |fact: usize, text: &str| parse_answer(&guide, FactId::new(fact), text).expect_err(text).to_string();
    assert_eq!(
        error_of(2, "perhaps"),
        "this has no value `perhaps`; write one of `no`, `yes`, or leave it out if you don't know it"
    );
    assert_eq!(
        error_of(1, "old"),
        "please write a number such as 11 or 5.2, or a range such as 14 to 16, from 0 to 120, in years"
    );
    // A comma is read as a decimal point only if it can't mean anything else.
    for (text, thousandths) in [("11,5", 11_500), ("5,25 cm", 5_250), ("0,1", 100)] {
        assert_eq!(
            parse_answer(&guide, FactId(0), text),
            Ok(FactValue::Number(Decimal::from_thousandths(thousandths))),
            "{text}"
        );
    }
    for text in ["1,000", "5,2,1", "1.5,2", ",5", "5,", "11,5000"] {
        assert!(error_of(0, text).starts_with("please write a number such as 11 or 5.2"), "{text}");
    }
    assert_eq!(error_of(1, "200"), "this can't be 200 years; write a number from 0 to 120, in years");
}

/// Returns a guide with one fact. The names of its values cover all rules for typed answers.
fn guide_of_names() -> Guide {
    let mut places = values(&[
        ("lower_extremity", "leg, thigh, knee or foot"),
        ("upper_extremity", "arm or hand (with the shoulder)"),
        ("back", "back of the leg"),
        ("growing", "Tumor is growing"),
        ("stable", "Tumors stay the same"),
        ("G1", "grade 1: low"),
        ("G10", "grade 10: high"),
        ("lipoma", "fatty lump"),
    ]);
    if let Domain::Values(places) = &mut places {
        places[7].synonyms = vec!["adipose swelling".to_owned()];
    }
    empty_guide(vec![fact("finding", FactKind::Choice, places)])
}

#[test]
fn the_first_rule_that_matches_decides_what_a_typed_answer_means() {
    let guide = guide_of_names();
    for (text, meant) in [
        // The ID or the name.
        (" g10 ", &[6][..]),
        ("LEG, thigh, knee or foot", &[0]),
        // A part of the name, or a synonym.
        ("with the shoulder", &[1]),
        ("Adipose Swelling", &[7]),
        // The beginning of the name, before a comma or the separate word `or`. `tum` has no such match, only matches at the beginning of a word.
        ("leg", &[0]),
        ("arm", &[1]),
        ("tum", &[3, 4]),
        // The beginning of a word. "grade 1" doesn't match the start of "grade 10".
        ("thi", &[0]),
        ("swell", &[7]),
        ("grade 1", &[5]),
        ("the", &[1, 2, 4]),
        // No match: too short, only digits, inside a word, or empty.
        ("gr", &[]),
        ("10", &[]),
        ("100", &[]),
        ("oot", &[]),
        ("", &[]),
    ] {
        assert_eq!(values_meant(&guide, FactId(0), text), meant, "{text}");
    }
}

#[test]
fn a_misspelled_answer_means_the_nearest_value_with_the_same_digits() {
    let guide = guide_of_names();
    for (text, meant) in [
        ("leg, thigh, kne or foot", Some(0)),
        ("tumor is groing", Some(3)),
        ("fatty lmup", Some(7)),
        ("grade 1: lwo", Some(5)),
        ("grade 2: low", None),
        ("lu", None),
        ("something else", None),
    ] {
        assert_eq!(value_misspelled(&guide, FactId(0), text), meant, "{text}");
    }
}

/// The IDs of treatments in `answered` have no maximum length.
#[test]
fn a_saved_verdict_for_a_treatment_with_a_long_id_can_be_read() {
    let guide = guide();
    let case = |id: &str| {
        let answered = format!(r#"{{"guide": "{}", "verdicts": {{"{id}": "indicated"}}}}"#, "0".repeat(64));
        from_json(&guide, &format!(r#"{{"facts": {{}}, "answered": {answered}}}"#))
    };
    let file = case(&"long_".repeat(60)).expect("a case");
    assert_eq!(from_json(&guide, &file.to_json(&guide)), Ok(file));
    for id in ["", "_a", "1a", "A", "a-b", "é"] {
        assert!(case(id).is_err(), "{id}");
    }
}

proptest! {
    /// A number with or without an exponent is either read exactly or rejected.
    #[test]
    fn no_number_is_rounded(whole in 0..130_u32, decimals in "[0-9]{0,20}", exponent in -3..4_i32, exponent_written in any::<bool>()) {
        let guide = guide();
        let mantissa = if decimals.is_empty() { whole.to_string() } else { format!("{whole}.{decimals}") };
        let (text, exponent) = if exponent_written { (format!("{mantissa}e{exponent}"), exponent) } else { (mantissa, 0) };
        // The number in units of 10^-24, which is always a whole number here.
        let places = 24 - i32::try_from(decimals.len()).expect("few");
        let digits: u128 = format!("{whole}{decimals}").parse().expect("digits");
        let exact = digits * 10_u128.pow(u32::try_from(places + exponent).expect("above zero"));
        let thousandth = 10_u128.pow(21);
        let expected = (exact.is_multiple_of(thousandth) && exact <= 120_000 * thousandth)
            .then(|| FactValue::Number(Decimal::from_thousandths(i64::try_from(exact / thousandth).expect("small"))));
        for read in [
            from_json(&guide, &format!("{{\"facts\": {{\"age\": {text}}}}}")),
            from_toml(&guide, &format!("[facts]\nage = {text}\n")),
        ] {
            prop_assert_eq!(read.ok().map(|file| file.case.get(FactId(1))), expected, "{}", text);
        }
    }

    /// Writing a case as JSON and reading it back gives the same case.
    #[test]
    fn reading_a_written_case_gives_the_same_case((guide, case) in small_guide().prop_flat_map(|guide| { let case = case_of(&guide, 0.5); (Just(guide), case) })) {
        let case: Case = case;
        let mut file = CaseFile::of(case);
        prop_assert_eq!(from_json(&guide, &to_json(&guide, &file.case)), Ok(file.clone()));
        file.unknown = (0..guide.facts.len()).map(FactId::new).filter(|fact| file.case.get(*fact) == FactValue::Unknown).step_by(2).collect();
        prop_assert_eq!(from_json(&guide, &file.to_json(&guide)), Ok(file));
    }

    /// Reading any text gives a case, or an error with a message on one line.
    #[test]
    fn reading_any_text_never_panics(text in ".{0,200}", head in prop::sample::select(vec!["", "{\"facts\": {\"size\": ", "[facts]\nsize = ", "{\"facts\": {\"grade\": \""])) {
        let text = format!("{head}{text}");
        for format in [Format::Json, Format::Toml] {
            if let Err(error) = read(&guide(), text.as_bytes(), format) {
                prop_assert!(!error.to_string().is_empty());
                prop_assert!(!error.to_string().contains('\n'));
            }
        }
    }
}
