//! Numbers that a case knows only in part: limits, ranges and words.

use proptest::prelude::*;
use sarcoguide_case::{CaseFile, from_json, parse_answer};
use sarcoguide_model::{Case, Decimal, Domain, Fact, FactId, FactKind, FactValue, Guide, Interval, NumberWords, Phrase};
use sarcoguide_testkit::{empty_guide, fact};

fn interval(low: i64, high: i64) -> Interval {
    Interval::new(Decimal::from_thousandths(low), Decimal::from_thousandths(high)).expect("not empty")
}

fn number(id: &str, unit: &str, min: i64, max: i64) -> Fact {
    let (min, max) = (Decimal::from_thousandths(min), Decimal::from_thousandths(max));
    fact(id, FactKind::Number, Domain::Number { unit: unit.to_owned(), min, max })
}

/// A guide with a width in cm and a share in percent. `< 50 %` excludes a share of zero.
fn guide() -> Guide {
    let mut share = number("share", "%", 0, 100_000);
    share.limit_excludes_min = true;
    share.phrases = vec![Phrase { text: "some".to_owned(), numbers: interval(1, 100_000) }];
    let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let mut width = number("width", "cm", 100, 60_000);
    width.takes_largest = true;
    let mut guide = empty_guide(vec![width, share]);
    guide.number_words = NumberWords {
        less_than: list(&["less than", "under"]),
        at_most: list(&["no more than", "up to", "or less", "and under"]),
        more_than: list(&["more than", "over"]),
        at_least: list(&["at least", "or more", "and over"]),
        to: list(&["to"]),
        from: list(&["from"]),
        between: list(&["between"]),
        and: list(&["and"]),
        joins: list(&["and", "but"]),
        units: [("centimeters", "cm"), ("per cent", "%")].map(|(word, unit)| (word.to_owned(), unit.to_owned())).into(),
        numerals: [("zero", 0), ("one", 1), ("five", 5), ("six", 6), ("ten", 10), ("sixteen", 16), ("twenty", 20)]
            .map(|(word, number)| (word.to_owned(), number))
            .into(),
    };
    guide
}

#[test]
fn limits_and_ranges_are_read() {
    let guide = guide();
    for (text, low, high) in [
        ("> 5 cm", 5_001, 60_000),
        (">5", 5_001, 60_000),
        (">= 5 cm", 5_000, 60_000),
        ("≥5cm", 5_000, 60_000),
        ("<5cm", 100, 4_999),
        ("≤ 40 mm", 100, 4_000),
        ("Less than 5 cm", 100, 4_999),
        ("under 5", 100, 4_999),
        ("no more than 5 cm", 100, 5_000),
        ("5 cm or less", 100, 5_000),
        ("over 52 mm", 5_201, 60_000),
        ("more than 5,5 cm", 5_501, 60_000),
        ("5 or more", 5_000, 60_000),
        ("5 to 6 cm", 5_000, 6_000),
        ("5-6 cm", 5_000, 6_000),
        ("50 mm - 60", 5_000, 6_000),
        ("5 – 6 cm", 5_000, 6_000),
        ("50 to 60 mm", 5_000, 6_000),
        ("50 mm to 6 cm", 5_000, 6_000),
        ("between 5 and 6.5 cm", 5_000, 6_500),
        ("from 5 cm to 6 cm", 5_000, 6_000),
        ("Less than five centimeters.", 100, 4_999),
        ("five to ten cm", 5_000, 10_000),
        ("more than twenty-five cm", 25_001, 60_000),
        ("> 5 cm and ≤ 10 cm", 5_001, 10_000),
        ("more than 5 but less than 10 cm", 5_001, 9_999),
        ("over 5, under 10", 5_001, 9_999),
        ("> 5 cm, but <= 10 cm", 5_001, 10_000),
        ("5+", 5_000, 60_000),
        ("+5+", 5_000, 60_000),
        ("5 and over", 5_000, 60_000),
        ("5 cm and over", 5_000, 60_000),
        ("5 and under", 100, 5_000),
        ("more than 5 and under 10 cm", 5_001, 9_999),
        ("over 5 and under 10 cm", 5_001, 9_999),
    ] {
        assert_eq!(parse_answer(&guide, FactId(0), text), Ok(FactValue::Between(interval(low, high))), "{text}");
    }
    // A range of one number is the number.
    let exactly = |thousandths| Ok(FactValue::Number(Decimal::from_thousandths(thousandths)));
    assert_eq!(parse_answer(&guide, FactId(0), "5 to 5 cm"), exactly(5_000));
    for (text, thousandths) in [
        ("5 x 3 cm", 5_000),
        ("30 x 52x7 mm", 5_200),
        ("5,2 × 3 cm", 5_200),
        ("five cm", 5_000),
        ("50 mm x 30 x 20", 5_000),
        ("+5", 5_000),
        ("six cm", 6_000),
        ("sixteen cm", 16_000),
        ("Twenty-six cm", 26_000),
    ] {
        assert_eq!(parse_answer(&guide, FactId(0), text), exactly(thousandths), "{text}");
    }
    assert!(parse_answer(&guide, FactId(1), "5 x 3 %").is_err());
    // Only the words that the guide defines are recognized.
    assert!(parse_answer(&guide, FactId(0), "at most 5 cm").is_err());
    // The smallest possible width is 1 mm, so only one number is left.
    assert_eq!(parse_answer(&guide, FactId(0), "no more than 1 mm"), exactly(100));
}

#[test]
fn only_less_than_can_exclude_zero() {
    let guide = guide();
    for (text, low, high) in [
        ("< 50 %", 1, 49_999),
        ("some, < 50 per cent", 1, 49_999),
        ("less than 50 %", 1, 49_999),
        ("up to 50 %", 0, 50_000),
        ("50 % or less", 0, 50_000),
        ("<= 50 %", 0, 50_000),
        ("> 0 %", 1, 100_000),
        ("some", 1, 100_000),
        ("Some ", 1, 100_000),
    ] {
        assert_eq!(parse_answer(&guide, FactId(1), text), Ok(FactValue::Between(interval(low, high))), "{text}");
    }
    assert_eq!(parse_answer(&guide, FactId(1), "0 to 10 %"), Ok(FactValue::Between(interval(0, 10_000))));
}

#[test]
fn an_invalid_text_gives_an_error_with_the_reason() {
    let guide = guide();
    for (text, reason) in [
        ("about 5 cm", "number"),
        ("5 kg to 6 kg", "cm"),
        ("> 70 cm", "70"),
        ("5 to 70 cm", "70"),
        ("> 60 cm", "> 60 cm"),
        ("< 0.1 cm", "< 0.1 cm"),
        ("6 to 5 cm", "6 to 5 cm"),
        ("5 - - 6 cm", "number"),
        ("5 and 7 cm", "cm"),
        ("> 10 cm and < 5 cm", "> 10 cm and < 5 cm"),
        ("> 5 cm and 7", "number"),
        ("5 x 3 kg", "cm"),
        ("5 x", "number"),
        ("5 cm x 30 mm x 20", "cm"),
        ("< 5 cm and < 3 cm", "cm"),
        ("5-7 cm, 3-6 cm", "cm"),
        ("over 30 mm, under 50", "cm"),
        ("five ten", "cm"),
        ("twenty zero", "cm"),
        ("six x five cm", "number"),
        ("+", "number"),
        ("+-5", "number"),
        ("++5", "number"),
        ("5 and under 10 cm", "cm"),
        ("smallest side 5 cm", "number"),
        ("5 6 cm", "cm"),
        ("> < 5", "number"),
        ("overweight 5", "number"),
        ("to 5", "number"),
        (">", "number"),
    ] {
        let error = parse_answer(&guide, FactId(0), text).expect_err(text);
        assert!(error.in_words(sarcoguide_text::Text::english()).contains(reason), "{text}: {error:?}");
    }
}

proptest! {
    /// Everything that a case can know about a number is written to JSON and read back unchanged.
    #[test]
    fn written_intervals_are_read_back(low in prop_oneof![0_i64..=3, 100_i64..=60_000], length in 0_i64..=60_000, fact in 0_usize..2) {
        let guide = guide();
        let fact = FactId::new(fact);
        let possible = guide[fact].domain.interval();
        let wanted = Interval::new(Decimal::from_thousandths(low), Decimal::from_thousandths(low + length));
        let Some(wanted) = wanted.and_then(|wanted| wanted.intersection(possible)) else { return Ok(()) };
        let known = FactValue::from(wanted);
        let file = CaseFile::of(Case::unknown(2).with(fact, known));
        prop_assert_eq!(from_json(&guide, &file.to_json(&guide)), Ok(file));
    }
}
