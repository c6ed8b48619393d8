//! Tests how the messages of a small catalog are formatted, overridden and checked.

use proptest::prelude::*;
use sarcoguide_text::{Arg, Emphasis, Fill, Filled, Message, Part, Problem, Slots, Text, check, check_against, pseudo, t};

#[allow(non_camel_case_types, reason = "each type has the name of a message")]
mod example {
    include!(concat!(env!("OUT_DIR"), "/example.rs"));
}

const EXAMPLE: &str = include_str!("example.ftl");

fn example() -> Text {
    Text::new("en", &[("example.ftl", EXAMPLE)]).expect("a language")
}

fn heading(count: impl Into<Arg<'static>>) -> example::options_heading<'static> {
    example::options_heading { count: count.into() }
}

fn plain(text: &str) -> Part {
    Part::Text { text: text.to_owned(), emphasis: Emphasis::Plain }
}

#[test]
fn messages_are_formatted_with_terms_plurals_and_numbers() {
    let text = example();
    assert_eq!(text.format(&example::page_title), "Treatments for sarcoma");
    for (count, expected) in [
        (Arg::from(0), "No treatment fits"),
        (Arg::from(1_usize), "One treatment fits"),
        (Arg::from(2.5), "2.5 treatments fit"),
        (Arg::from(9999), "9999 treatments fit"),
        (Arg::from(12_345_u64), "12,345 treatments fit"),
        (Arg::number("1.0"), "1.0 treatments fit"),
        (Arg::from(u128::MAX), "340282366920938463463374607431768211455 treatments fit"),
        (Arg::from(i64::MIN), "-9223372036854775808 treatments fit"),
        (Arg::from(f64::NAN), "NaN treatments fit"),
        (Arg::from("no"), "no treatments fit"),
    ] {
        assert_eq!(text.format(&heading(count.clone())), expected, "{count:?}");
    }
    for (number, expected) in [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (21, "21st")] {
        let message = example::visit { number: number.into() };
        assert_eq!(text.format(&message), format!("This is your {expected} visit."));
    }
    assert_eq!(text.format(&example::usage), "sarcoguide <case> reads a file < 1 MB");
    assert_eq!(text.format(&example::first_name { first_name: "Jo".into() }), "Hello Jo");
    assert_eq!(text.format(&example::str { number: 3.into() }), "Treatments for sarcoma: 3");
    assert_eq!(t!(Text::english(), errors_count, errors = 2, warnings = 1,), "2 errors, 1 warning");
}

#[test]
fn a_person_who_asks_for_someone_else_gets_the_variant_of_a_message() {
    let options = example::whose_options { count: 2.into() };
    let text = example();
    assert_eq!(text.format(&options), "My options: 2");
    let text = text.for_someone_else();
    assert_eq!(text.format(&options), "Their options: 2");
    assert_eq!(text.format(&heading(2)), "2 treatments fit", "a message without a variant stays as it is");
    // A message that overrides another one has its own variant, or none.
    let other = example().with_overrides("other.ftl", "whose-options = All options: { $count }").for_someone_else();
    assert_eq!(other.format(&options), "All options: 2");
    // A variant can be translated, and its letters count as text of the catalog.
    let german = "whose-options = Meine: { $count }\n    .for-someone-else = <strong>Deren</strong>: { $count }";
    assert!(check_against(EXAMPLE, "de", "de.ftl", german).iter().all(sarcoguide_text::TextError::is_warning));
    assert_eq!(Text::new("de", &[("de.ftl", german)]).expect("a language").for_someone_else().format(&options), "Deren: 2");
    assert!(pseudo(EXAMPLE).contains(".for-someone-else = Ŧ"), "{}", pseudo(EXAMPLE));
    for (variant, problem) in [
        ("{ $number }", "the message has no variable `number`"),
        ("<strong>Their", "`<strong>` isn't closed"),
        ("a\n    .other = b", "the message `whose-options` has an attribute"),
    ] {
        let errors =
            check_against(EXAMPLE, "en", "en.ftl", &format!("whose-options = {{ $count }}\n    .for-someone-else = {variant}"));
        assert!(errors.iter().any(|error| error.to_string().contains(problem)), "{variant}: {errors:?}");
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Link(&'static str);

impl Fill<'static, Link> for Link {
    fn fill(self, slots: &mut Slots<Link>) -> Arg<'static> {
        slots.add(self)
    }
}

#[test]
fn a_message_with_markup_and_slots_becomes_parts() {
    let text = example();
    let mut slots = Slots::default();
    let message = example::call_now { who: slots.arg("<strong>us</strong>"), source: slots.arg(Link("/source")) };
    let parts = text.parts(&message);
    let strong = "Call <strong>us</strong> now".to_owned();
    assert_eq!(
        parts,
        [
            Part::Text { text: strong.clone(), emphasis: Emphasis::Strong },
            plain(", also at night. "),
            Part::Text { text: "Source: ".to_owned(), emphasis: Emphasis::Small },
            Part::Slot(0),
        ]
    );
    assert_eq!(text.format(&message), "Call <strong>us</strong> now, also at night. Source: ");
    let filled = slots.fill(parts);
    assert_eq!(filled[0], Filled::Text { text: strong, emphasis: Emphasis::Strong });
    assert_eq!(filled[3], Filled::Piece(Link("/source")));
}

#[test]
fn a_language_falls_back_to_english_and_then_to_the_id() {
    let german = "errors-count = { $errors ->\n [one] Ein Fehler\n *[other] { $errors } Fehler\n}\n";
    let count = |text: &Text, errors| t!(text, errors_count, errors = errors, warnings = 0);
    let text = Text::new("de", &[("de.ftl", german)]).expect("a language");
    assert_eq!(count(&text, 1), "Ein Fehler");
    assert_eq!(count(&text, 12_345), "12.345 Fehler");
    assert_eq!(text.language(), "de");
    // The program's own messages don't include this one.
    assert_eq!(text.format(&heading(3)), "options-heading");
    for broken in ["errors-count = { $erors }", "errors-count = { -nothing }", "errors-count", "errors-count = { errors-count }"]
    {
        let text = Text::new("de", &[("de.ftl", broken)]).expect("a language");
        assert_eq!(count(&text, 1), "1 error, 0 warnings", "{broken}");
        let text = Text::new("en", &[("en.ftl", broken)]).expect("a language");
        assert_eq!(count(&text, 1), "1 error, 0 warnings", "{broken}");
    }
    let text = Text::new("en-US", &[]).expect("a language").with_overrides("guide", "errors-count = { $errors } slips");
    assert_eq!(count(&text, 3), "3 slips");
    for name in ["no such language", "english", "", "und"] {
        let errors = Text::new(name, &[]).err().expect("an error");
        assert_eq!(errors[0].problem, Problem::Language(name.to_owned()));
    }
}

#[test]
fn a_text_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    let text = example();
    shared(&text);
    std::thread::scope(|scope| {
        for count in 2..6 {
            let text = &text;
            scope.spawn(move || assert_eq!(text.format(&heading(count)), format!("{count} treatments fit")));
        }
    });
}

/// Each case has a language, the content of a file, and the expected errors. Warnings begin with `warning: `.
#[test]
fn each_error_in_a_file_is_reported_with_its_line_and_help() {
    for (language, ftl, expected) in [
        ("en", "page-title = Treatments\n", &[][..]),
        ("en", "\u{feff}page-title = Treatments\r\nusage = Use it\r\n", &[]),
        ("en", "page-titel = x", &["en.ftl:1: the program has no message `page-titel`: did you mean `page-title`?"]),
        (
            "en",
            "page-title = a\npage-title = b",
            &["en.ftl:2: `page-title` is already defined on line 1: rename or delete one of the two"],
        ),
        ("en", "\npage-title = { -diseas }", &["en.ftl:2: there is no term `-diseas`: did you mean `-disease`?"]),
        ("en", "page-title = { page-titl }", &["en.ftl:1: there is no message `page-titl`: did you mean `page-title`?"]),
        (
            "en",
            "page-title = { usage }\nusage = { page-title }",
            &[
                "en.ftl:1: `page-title` refers to itself: replace one of the references with text",
                "en.ftl:2: `usage` refers to itself: replace one of the references with text",
            ],
        ),
        (
            "en",
            "options-heading = { $cuont }",
            &[
                "warning: en.ftl:1: the message doesn't use the variable `count`: add `{ $count }`, unless the sentence is correct without it",
                "en.ftl:1: the message has no variable `cuont`: use one of the message's variables: `{ $count }`",
            ],
        ),
        (
            "en",
            "page-title = { $x }",
            &["en.ftl:1: the message has no variable `x`: write it as text; the English message has no variables"],
        ),
        ("en", "page-title = <strong>a", &["en.ftl:1: `<strong>` isn't closed: add `</strong>` to the same text"]),
        (
            "en",
            "page-title = a</small>",
            &["en.ftl:1: `</small>` has no start tag: add `<small>` before it in the same text, or delete it"],
        ),
        (
            "en",
            "page-title = <strong>a<small>b</small></strong>",
            &[
                "en.ftl:1: `<small>` is inside another tag: close the other tag first",
                "en.ftl:1: `</small>` has no start tag: add `<small>` before it in the same text, or delete it",
            ],
        ),
        ("en", "page-title = a <b>c", &["en.ftl:1: unknown tag `<b>`: use `<strong>` or `<small>`, or write `<` as {\"<\"}"]),
        ("en", "page-title = \u{f0010}", &["en.ftl:1: the text contains a private-use character: delete it"]),
        ("en", "page-title = {\"\\U0F0010\"}", &["en.ftl:1: the text contains a private-use character: delete it"]),
        (
            "en",
            "page-title = { 1 }",
            &[
                "en.ftl:1: the braces contain an expression that isn't allowed: select on a variable; write numbers and the content of nested braces as text",
            ],
        ),
        (
            "en",
            "page-title =\n  .x = y",
            &[
                "en.ftl:1: the message `page-title` has no text: write the text after `=`",
                "en.ftl:2: the message `page-title` has an attribute: make it a separate message",
            ],
        ),
        (
            "en",
            "-term = { $x }",
            &[
                "en.ftl:1: a term's text can't include a variable or a message: a term has the same text everywhere; use a message, or select on a variable that each reference to the term sets",
            ],
        ),
        (
            "en",
            "page-title = { NUMBER(3) }",
            &[
                "en.ftl:1: the function `NUMBER` can't be used here: the only function call allowed is `{ NUMBER($count, type: \"ordinal\") -> ... }`",
            ],
        ),
        (
            "en",
            "page-title = { $x",
            &[
                "en.ftl:1: invalid Fluent syntax: expected a token starting with `}`: write a message as `id = text`, indent its other lines, and write a brace in the text as {\"{\"}",
            ],
        ),
        (
            "de",
            "page-title = Behandlungen\noptions-heading = { $count }",
            &[
                "warning: de.ftl:1: 6 messages are missing: `call-now`, `visit`, `usage`, `first-name`, `str`, `whose-options`: translate them; until then they are shown in English",
            ],
        ),
        (
            "de",
            "page-title = { -disease }",
            &["de.ftl:1: there is no term `-disease`: add it to the file, or write its text here"],
        ),
        (
            "x!",
            "page-title = x",
            &["x!.ftl:1: `x!` isn't a language tag: name the file after the language, for example `en.ftl` or `de.ftl`"],
        ),
    ] {
        let found = check_against(EXAMPLE, language, &format!("{language}.ftl"), ftl);
        let reported: Vec<String> =
            found.iter().map(|error| format!("{}{error}", if error.is_warning() { "warning: " } else { "" })).collect();
        assert_eq!(reported, expected, "{ftl}");
        assert!(found.iter().all(|error| ftl.get(error.span.clone()).is_some()), "{ftl}: {found:?}");
    }
    assert_eq!(check("en", "en.ftl", sarcoguide_text::ENGLISH), []);
}

#[test]
fn deep_nesting_and_long_chains_of_references_are_refused() {
    let deep = format!("page-title = {}", "{".repeat(100_000));
    assert_eq!(check("en", "en.ftl", &deep)[0].problem, Problem::TooDeep);
    let calls = format!("page-title = {{ {}", "F(\n".repeat(100_000));
    assert_eq!(check("en", "en.ftl", &calls)[0].problem, Problem::TooDeep);
    let doubling: String = (0..50).map(|n| format!("m{n} = {{ m{0} }}{{ m{0} }}\n", n + 1)).collect();
    let found = check("en", "en.ftl", &(doubling + "m50 = x\n"));
    assert!(found.iter().any(|error| matches!(error.problem, Problem::TooManyPlaceables(_))));
    let chain: String = (0..20_000).map(|n| format!("m{n} = {{ m{} }}\n", n + 1)).collect();
    assert!(!check("en", "en.ftl", &chain).is_empty());
}

#[test]
fn the_pseudo_language_changes_only_letters_in_text() {
    let ftl = "# Note\n-disease = sarcoma\npage = <strong>To { $who }</strong> { -disease }{\" abc\"}\n";
    let expected = "# Note\n-disease = śáŕćóṁá\npage = <strong>Ŧó { $who }</strong> { -disease }{\" abc\"}\n";
    assert_eq!(pseudo(ftl), expected);
    let text = Text::new("en", &[("pseudo", &pseudo(sarcoguide_text::ENGLISH))]).expect("a language");
    assert_eq!(t!(text, errors_count, errors = 1, warnings = 2), "1 éŕŕóŕ, 2 ŵáŕńíńğś");
    assert_eq!(check_against(EXAMPLE, "en", "pseudo", &pseudo(EXAMPLE)), []);
}

struct Any;

impl Message for Any {
    fn id(&self) -> &'static str {
        "page-title"
    }

    fn variables<'s>(&'s self, _: &mut dyn FnMut(&'static str, &'s Arg<'s>)) {}
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// Any file can be checked and used without a panic, and each error's span is within the file.
    #[test]
    fn no_file_causes_a_panic(
        ftl in "(\\PC|\n){0,120}|page-title = ((\\{|\\}|\\$x|-a|\"|<strong>|</strong>|</|<|->|\\[one\\]|\\*\\[other\\]|NUMBER\\(|\\)|\\.b|\n |\npage-title|1|é| |=|\u{f0010}){0,30})"
    ) {
        for error in check_against(EXAMPLE, "en", "en.ftl", &ftl) {
            prop_assert!(ftl.get(error.span.clone()).is_some(), "{error:?}");
        }
        let _ = pseudo(&ftl);
        let text = Text::new("en", &[("en.ftl", &ftl)]).expect("a language");
                prop_assert!(!text.parts(&Any).contains(&Part::Slot(0)));
        let _ = text.format(&Any);
    }

    /// The text of a variable is shown unchanged, except that reserved characters are replaced. It never becomes markup or a slot.
    #[test]
    fn text_in_a_variable_never_becomes_markup_or_a_slot(name in "\\PC{0,20}|[<>/a-z]{0,20}|(<strong>|</small>|\\{|\u{f0000}|\u{f0011}){0,4}") {
        let expected = format!("Hello {}", name.replace(|c| ('\u{f0000}'..='\u{fffff}').contains(&c), "\u{fffd}"));
        let text = example();
        let message = example::first_name { first_name: name.as_str().into() };
        prop_assert_eq!(text.parts(&message), [plain(&expected)]);
        prop_assert_eq!(text.format(&message), expected);
    }

    /// Any number can be formatted, and can select a plural form, without a panic. Integers keep all of their digits.
    #[test]
    fn every_number_can_be_formatted(bits in any::<u64>(), whole in any::<i128>(), written in "-?[0-9]{0,25}(\\.[0-9]{0,25})?") {
        let text = example();
        prop_assert!(text.format(&heading(f64::from_bits(bits))).contains("treatment"));
        prop_assert!(text.format(&heading(Arg::number(&written))).contains("treatment"));
        let digits: String = text.format(&example::str { number: whole.into() }).chars().filter(|c| c.is_ascii_digit() || *c == '-').collect();
        prop_assert_eq!(digits, whole.to_string());
    }
}
