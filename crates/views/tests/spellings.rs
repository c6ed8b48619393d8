//! Tests that two values that are written together are never read as a third one.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use sarcoguide_case::{Problem, parse_answer, value_misspelled, values_meant};
use sarcoguide_model::{Fact, FactId, FactValue, Guide};

static GUIDE: LazyLock<Guide> = LazyLock::new(sarcoguide_bundled::guide);

/// A fact of the built-in guide with the spellings of its values. Each spelling has the index of its value.
type Spelled = (FactId, Vec<(usize, String)>);

/// The facts that accept synonyms.
static FACTS: LazyLock<Vec<Spelled>> = LazyLock::new(|| {
    let spellings = |fact: &Fact| {
        let values = fact.domain.values().iter().enumerate();
        let of_value = values.flat_map(|(index, value)| {
            value.synonyms.iter().chain([&value.id, &value.name]).map(move |name| (index, name.clone()))
        });
        of_value.collect()
    };
    let facts = GUIDE.facts.iter().enumerate().filter(|(_, fact)| fact.accepts_synonyms);
    facts.map(|(index, fact)| (FactId::new(index), spellings(fact))).collect()
});

const SEPARATORS: [&str; 14] = [" ", "-", "–", "—", ".", "_", "/", ",", ", ", " - ", " – ", " to ", " or ", "--"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn two_spellings_are_never_read_as_a_third_value(
        fact in any::<prop::sample::Index>(),
        spellings in any::<[prop::sample::Index; 2]>(),
        separator in prop::sample::select(&SEPARATORS[..]),
    ) {
        let (fact, names) = fact.get(&FACTS[..]);
        let [(_, first), (_, second)] = spellings.map(|index| index.get(names));
        let text = format!("{first}{separator}{second}");
        let stated: BTreeSet<usize> =
            names.iter().filter(|(_, name)| name == first || name == second).map(|(value, _)| *value).collect();
        let id = |index: &usize| GUIDE[*fact].domain.values()[*index].id.as_str();
        match parse_answer(&GUIDE, *fact, &text).map_err(|error| *error.problem) {
            Ok(FactValue::Value(value)) => prop_assert!(stated.contains(&usize::from(value)), "{} is read as {}", text, value),
            Ok(other) => prop_assert!(false, "{} is read as {:?}", text, other),
            Err(Problem::NoValue { meant, .. }) => {
                let others: Vec<_> = meant.iter().filter(|meant| !stated.iter().any(|value| id(value) == *meant)).collect();
                prop_assert!(others.is_empty(), "{} leads to {:?}", text, others);
            }
            Err(problem) => prop_assert!(false, "{}: {:?}", text, problem),
        }
        let typed = values_meant(&GUIDE, *fact, &text).into_iter().chain(value_misspelled(&GUIDE, *fact, &text));
        for value in typed {
            prop_assert!(stated.contains(&value), "{} means {}", text, id(&value));
        }
    }
}

/// Ranges of stages, and stages that a report can also write with a separator.
#[test]
fn a_range_of_stages_is_refused_and_a_stage_with_a_separator_is_read() {
    let fact = GUIDE.fact("written_stage").expect("a fact");
    for text in
        ["I-IIA", "I-II", "II-I", "I II", "I–II", "stage I-II", "I-IB", "I-V", "I.V", "I_I", "I/II", "I,II", "I to II", "1-2"]
    {
        let problem = parse_answer(&GUIDE, fact, text).map_err(|error| *error.problem);
        assert!(matches!(&problem, Err(Problem::NoValue { meant, .. }) if meant.is_empty()), "{text}: {problem:?}");
        assert_eq!(value_misspelled(&GUIDE, fact, text), None, "{text}");
    }
    for (text, value) in [
        ("II-A", "IIA"),
        ("stage III B", "IIIB"),
        ("Stage IV", "IV"),
        ("stageIIa", "IIA"),
        ("2-b", "IIB"),
        ("Clinical stage IA", "IA"),
    ] {
        let index = GUIDE[fact].domain.values().iter().position(|entry| entry.id == value).expect("a value");
        let read = parse_answer(&GUIDE, fact, text);
        assert_eq!(read, Ok(FactValue::Value(u8::try_from(index).expect("few"))), "{text}");
    }
    let fact = GUIDE.fact("written_t").expect("a fact");
    for text in ["pT 2b", "T-2b", "p T2-b"] {
        assert_eq!(parse_answer(&GUIDE, fact, text).is_ok(), text != "p T2-b", "{text}");
    }
}
