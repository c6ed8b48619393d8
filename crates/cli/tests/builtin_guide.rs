//! Tests the built-in guide: its cases, the laws in `ARCHITECTURE.md`, and properties that don't depend on its rules.

use std::path::Path;

use proptest::prelude::*;
use sarcoguide_advise::{Advisor, State, truth, verdict};
use sarcoguide_cli::cases;
use sarcoguide_compiler::{Loaded, SourceFile, load, render};
use sarcoguide_model::{
    Case, Condition, FactId, FactValue, Guide, GuideCase, PassageId, Standing, Truth, Value, ValueSet, Verdict, covered,
};
use sarcoguide_testkit::{case_of, refined};
use sarcoguide_verify::cases::run;

/// Reads the files of the folder `guide`, from which the built-in guide is compiled.
fn files() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guide");
    sarcoguide_bundled::read_folder(&root).expect("readable")
}

/// Compiles a guide and its cases from files.
fn loaded_from(files: &[SourceFile]) -> Loaded {
    let outcome = load(files);
    outcome.loaded.unwrap_or_else(|| panic!("{}", render(&outcome.diagnostics, files, false)))
}

/// Compiles the folder `guide` again, because the built-in guide doesn't include its cases.
fn loaded() -> Loaded {
    loaded_from(&files())
}

/// Describes each case whose answer differs from the expected one.
fn wrong_cases(loaded: &Loaded) -> Vec<String> {
    let wrong = run(&loaded.guide, &loaded.cases).into_iter().map(|failure| {
        let case = &loaded.cases[failure.case];
        let differences = failure.differences.iter().map(|difference| cases::describe(&loaded.guide, difference));
        format!("{}: {}\n  {}", case.file, case.name, differences.collect::<Vec<_>>().join("\n  "))
    });
    wrong.collect()
}

#[test]
fn the_built_in_guide_matches_its_folder() {
    assert!(sarcoguide_bundled::guide() == loaded().guide, "the built-in guide is out of date");
}

#[test]
fn every_case_of_the_guide_gets_its_expected_answer() {
    let wrong = wrong_cases(&loaded());
    assert!(wrong.is_empty(), "{} cases differ\n{}", wrong.len(), wrong.join("\n"));
}

/// If a verdict has several correct reasons, the order of the facts determines which one the program gives. The cases must pass anyway.
#[test]
fn the_cases_pass_if_the_facts_are_in_another_order() {
    let files = files();
    let vocabulary: Vec<usize> = (0..files.len()).filter(|index| files[*index].path.starts_with("vocabulary/")).collect();
    let before = loaded_from(&files);
    let count = vocabulary.len();
    let orders: [Vec<usize>; 3] = [
        (0..count).rev().collect(),
        (0..count).map(|place| (place + 1) % count).collect(),
        (0..count).map(|place| (place + count / 2) % count).collect(),
    ];
    for order in orders {
        let mut reordered = files.clone();
        for (place, index) in vocabulary.iter().enumerate() {
            reordered[vocabulary[order[place]]] = files[*index].clone();
        }
        let loaded = loaded_from(&reordered);
        assert!(loaded.guide.facts != before.guide.facts, "the order of the facts should differ");
        let wrong = wrong_cases(&loaded);
        assert!(wrong.is_empty(), "{} cases differ\n{}", wrong.len(), wrong.join("\n"));
    }
}

/// Checks the reasons that the program gives. They can differ from those that the cases expect.
#[test]
fn reasons_that_the_program_gives_are_sufficient_and_minimal_in_every_case() {
    let loaded = loaded();
    let (guide, advisor) = (&loaded.guide, Advisor::new(loaded.guide.clone()));
    let mut checked = 0;
    for case in &loaded.cases {
        let advice = advisor.advise(&case.case).expect("no contradiction");
        for answer in advice.treatments.iter().filter(|answer| answer.verdict.is_decided()) {
            let reason = answer.reason.iter().copied().collect();
            let found = advisor.check_reason(&case.case, reason, answer.treatment, answer.verdict);
            assert_eq!(found, Ok(()), "{}: {}: {}", case.file, case.name, guide[answer.treatment].id);
            checked += 1;
        }
    }
    assert!(checked > loaded.cases.len(), "{checked} reasons");
}

/// The folder `cases` must describe at least 60 patients with at least 20 histologic types among them, and must state an expected answer for
/// every treatment.
#[test]
fn the_cases_include_every_treatment_and_many_types() {
    let loaded = loaded();
    let guide = &loaded.guide;
    let patients: Vec<_> = loaded.cases.iter().filter(|case| case.file.starts_with("cases/")).collect();
    assert!(patients.len() >= 60, "{} patients", patients.len());
    let histology = guide.fact("histology").expect("a fact");
    let mut types: Vec<_> = patients
        .iter()
        .filter_map(|case| if let FactValue::Value(value) = case.case.get(histology) { Some(value) } else { None })
        .collect();
    types.sort_unstable();
    types.dedup();
    assert!(types.len() >= 20, "{} types", types.len());
    for (index, treatment) in guide.treatments.iter().enumerate() {
        let expected = |case: &GuideCase| case.expect.iter().any(|expected| expected.treatment.index() == index);
        assert!(patients.iter().any(|case| expected(case)), "no case in `cases` states an expected answer for {}", treatment.id);
    }
    for case in &patients {
        for expected in &case.expect {
            let is_explained = match expected.verdict {
                Verdict::Possible => expected.missing.is_some(),
                // This verdict has no reason. The case states the former indication instead.
                Verdict::Unavailable => expected.former_indication.is_some(),
                _ => expected.reason.is_some(),
            };
            assert!(
                is_explained,
                "{}: the expected verdict for {} lacks its reason, missing facts or former indication",
                case.file, guide[expected.treatment].id
            );
        }
    }
}

/// Combines values of the facts that decide the stage. In every combination, each of these derived facts must have exactly one value: the T category,
/// the stage, and the extent of the disease.
#[test]
fn the_stage_tables_give_one_value_for_every_combination_of_facts() {
    let guide = sarcoguide_bundled::guide();
    let fact = |id: &str| guide.fact(id).expect("a fact");
    let leaf = |id: &str| -> Vec<FactValue> {
        let values = guide[fact(id)].domain.values();
        (0..values.len())
            .filter(|index| values[*index].covers.len() == 1)
            .map(|index| FactValue::Value(u8::try_from(index).expect("few")))
            .collect()
    };
    let value = |fact: &str, id: &str| {
        let values = guide[guide.fact(fact).expect("a fact")].domain.values();
        FactValue::Value(
            values.iter().position(|value| value.id == id).and_then(|place| u8::try_from(place).ok()).expect("a value"),
        )
    };
    let types = ["synovial_sarcoma", "desmoid_tumor"].map(|id| value("histology", id)).to_vec();
    let size = |thousandths| FactValue::Number(sarcoguide_model::Decimal::from_thousandths(thousandths));
    let sizes: Vec<FactValue> = [2000, 2001, 4000, 4001, 5000, 5001, 10_000, 10_001, 15_000, 15_001].map(size).to_vec();
    let axes: Vec<(&str, Vec<FactValue>)> = vec![
        ("histology", types),
        ("site", leaf("site")),
        ("size", sizes),
        ("grade", leaf("grade")),
        ("lymph_nodes", leaf("lymph_nodes")),
        ("distant_metastasis", leaf("distant_metastasis")),
        ("visceral_extent", leaf("visceral_extent")),
        ("head_neck_invasion", leaf("head_neck_invasion")),
    ];
    let mut cases = vec![Case::unknown(guide.facts.len())];
    for (id, answers) in &axes {
        cases = cases.iter().flat_map(|case| answers.iter().map(|answer| case.with(fact(id), *answer))).collect();
    }
    let tables = ["t_category", "stage", "disease_extent"].map(|id| guide.derived_fact(id).expect("a derived fact"));
    assert!(cases.len() > 10_000);
    for case in &cases {
        let state = State::of(&guide, case).expect("no contradiction");
        for table in tables {
            assert_eq!(state.derived[table.index()].len(), 1, "{} in {case:?}", guide[table].id);
        }
    }
}

fn verdicts(guide: &Guide, case: &Case) -> Option<Vec<Verdict>> {
    let state = State::of(guide, case).ok()?;
    Some(guide.treatments.iter().map(|treatment| verdict(guide, treatment, &state)).collect())
}

/// Removes facts from a case until the remaining ones don't contradict each other.
fn consistent(guide: &Guide, case: &Case) -> Case {
    let advisor = Advisor::new(guide.clone());
    let mut case = case.clone();
    while let Err(contradiction) = advisor.advise(&case) {
        case.set(contradiction.facts[0], FactValue::Unknown);
    }
    case
}

/// Generates a case in which some facts are unknown, and a case in which none are.
fn cases_of_the_guide(guide: &Guide) -> impl Strategy<Value = (Case, Case)> + use<> {
    (
        prop_oneof![Just(0.2), Just(0.5), Just(0.85)].prop_flat_map({
            let guide = guide.clone();
            move |share| case_of(&guide, share)
        }),
        case_of(guide, 1.0),
    )
}

#[test]
fn the_laws_hold_for_the_built_in_guide() {
    let guide = sarcoguide_bundled::guide();
    let advisor = Advisor::new(guide.clone());
    let mut runner =
        proptest::test_runner::TestRunner::new(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) });
    let outcome = runner.run(&cases_of_the_guide(&guide), |(case, answers)| {
        let case = consistent(&guide, &case);
        let advice = advisor.advise(&case).expect("consistent");
        // Learning a fact never changes a decided verdict. Skip this check if `consistent` removed a fact or `refined` narrowed an interval.
        let more = consistent(&guide, &refined(&guide, &case, &answers));
        let kept = case.stated().all(|fact| {
            more.get(fact) == case.get(fact)
                || matches!((case.get(fact), more.get(fact)), (FactValue::Value(_), FactValue::Value(_)))
        });
        let ignored = |case: &Case| State::of(&guide, case).map(|state| state.ignored_constraints().to_vec());
        // Conclusions from soft constraints are withdrawn once the case conflicts with one.
        let kept = kept && ignored(&case) == ignored(&more);
        if let (true, Some(later)) = (kept, verdicts(&guide, &more)) {
            for (early, late) in advice.treatments.iter().zip(&later) {
                prop_assert!(early.verdict == *late || early.verdict == Verdict::Possible, "{}", guide[early.treatment].id);
            }
        }
        // The guide with only the constraints that are applied to the case.
        let mut applied = guide.clone();
        let ignored = ignored(&case).expect("consistent");
        for index in ignored.into_iter().rev() {
            applied.constraints.remove(index);
        }
        for answer in &advice.treatments {
            let treatment = &guide[answer.treatment];
            let only = |facts: &[FactId]| {
                let mut fewer = Case::unknown(guide.facts.len());
                facts.iter().for_each(|fact| fewer.set(*fact, case.get(*fact)));
                State::of(&applied, &fewer).ok().map(|state| verdict(&applied, treatment, &state))
            };
            // A reason forces the verdict and is minimal. A possible verdict names the missing facts.
            if answer.verdict == Verdict::Possible {
                prop_assert!(!answer.missing.is_empty(), "{}", treatment.id);
            } else {
                prop_assert_eq!(only(&answer.reason), Some(answer.verdict), "{}", &treatment.id);
                for fact in &answer.reason {
                    let fewer: Vec<_> = answer.reason.iter().copied().filter(|other| other != fact).collect();
                    prop_assert_ne!(only(&fewer), Some(answer.verdict), "{}: {:?}", &treatment.id, fact);
                }
            }
            // These properties hold whatever the rules say.
            prop_assert_eq!(treatment.is_withdrawn(), answer.verdict == Verdict::Unavailable, "{}", &treatment.id);
            prop_assert_eq!(treatment.is_withdrawn(), answer.former_indication.is_some(), "{}", &treatment.id);
            let has_no_indication = matches!(answer.verdict, Verdict::NotIndicated | Verdict::Unavailable);
            prop_assert_eq!(has_no_indication, answer.standing.is_none(), "{}", &treatment.id);
            let outside = advice.scope.covered.is_false() && !treatment.any_scope;
            prop_assert!(!outside || has_no_indication && answer.former_indication != Some(Truth::True), "{}", &treatment.id);
        }
        let care = guide.treatment("supportive_care").expect("a treatment");
        prop_assert_eq!(advice[care].verdict, Verdict::Indicated);
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn withdrawn_treatments_have_a_date_and_no_precautions_or_contraindications() {
    let guide = sarcoguide_bundled::guide();
    let withdrawn: Vec<&str> =
        guide.treatments.iter().filter(|treatment| treatment.is_withdrawn()).map(|treatment| treatment.id.as_str()).collect();
    assert_eq!(withdrawn, ["olaratumab", "tazemetostat"]);
    for treatment in guide.treatments.iter().filter(|treatment| treatment.is_withdrawn()) {
        let last = treatment.availability.last().expect("an availability");
        assert!(last.since.is_some(), "{}: the date of the withdrawal is missing", treatment.id);
        assert!(
            treatment.precautions.is_empty() && treatment.contraindications.is_empty(),
            "{}: a withdrawn treatment should have no precautions or contraindications",
            treatment.id
        );
    }
}

#[test]
fn no_treatment_is_indicated_out_of_scope_except_general_care() {
    let guide = sarcoguide_bundled::guide();
    let advisor = Advisor::new(guide.clone());
    let histology = guide.fact("histology").expect("a fact");
    for id in ["gastrointestinal_stromal_tumor", "kaposi_sarcoma", "bone_sarcoma", "alveolar_rhabdomyosarcoma", "benign_tumor"] {
        let value = guide[histology].value(id).expect(id);
        let case = Case::unknown(guide.facts.len()).with(histology, FactValue::Value(u8::try_from(value).expect("few")));
        let advice = advisor.advise(&case).expect("no contradiction");
        assert_eq!(advice.scope.covered, Truth::False, "{id}");
        assert!(!advice.scope.outside.is_empty(), "{id}: the answer should say where to look");
        for answer in advice.treatments.iter().filter(|answer| !guide[answer.treatment].any_scope) {
            if guide[answer.treatment].is_withdrawn() {
                assert_eq!((answer.verdict, answer.former_indication), (Verdict::Unavailable, Some(Truth::False)));
                continue;
            }
            assert_eq!(answer.verdict, Verdict::NotIndicated);
            assert_eq!(answer.reason, [histology]);
        }
    }
}

/// For example, if radiation isn't proven, none of its techniques is an option.
#[test]
fn a_technique_has_no_better_standing_than_its_treatment() {
    let Loaded { guide, cases, .. } = loaded();
    let advisor = Advisor::new(guide.clone());
    let mut limited = 0;
    for case in &cases {
        let advice = advisor.advise(&case.case).expect("no contradiction");
        for (treatment, entry) in guide.treatments.iter().zip(&advice.treatments) {
            let standings = treatment.technique_of.iter().filter_map(|whole| advice[*whole].standing);
            if let (Some(own), Some(best)) = (entry.standing, standings.min()) {
                assert!(own >= best, "{}: {} is {}, but its treatment is only {}", case.name, treatment.id, own.id(), best.id());
                limited += usize::from(own == best && best == Standing::NotProven);
            }
        }
    }
    assert!(limited > 10, "only {limited} times were a technique and its treatment both `not_proven`");
}

#[test]
fn supportive_care_is_always_indicated() {
    let guide = sarcoguide_bundled::guide();
    let advisor = Advisor::new(guide.clone());
    let care = guide.treatment("supportive_care").expect("a treatment");
    let declines = guide.fact("declines_all_cancer_treatment").expect("a fact");
    for case in [Case::unknown(guide.facts.len()), Case::unknown(guide.facts.len()).with(declines, FactValue::Value(1))] {
        let advice = advisor.advise(&case).expect("no contradiction");
        assert_eq!(advice[care].verdict, Verdict::Indicated);
    }
}

#[test]
fn a_person_of_male_sex_is_not_asked_about_pregnancy() {
    let guide = loaded().guide;
    let fact = |id| guide.fact(id).expect("a fact");
    let case = sarcoguide_case::from_json(&guide, r#"{"facts": {"sex": "male"}}"#).expect("a case").case;
    let implied = Advisor::new(guide.clone()).advise(&case).expect("no contradiction").implied;
    assert!(implied.contains(&fact("pregnant")) && !implied.contains(&fact("wants_children")), "{implied:?}");
}

/// The listed kinds of a value are all of its kinds only if the guide says so. Otherwise, stating the value doesn't mean that one of them applies.
#[test]
fn a_stated_value_means_its_listed_kinds_only_if_they_are_complete() {
    // A fact, a stated value, the values in a condition, and the truth of the condition.
    let table: &[(&str, &str, &[&str], Truth)] = &[
        ("histology", "angiosarcoma", &["angiosarcoma"], Truth::True),
        ("histology", "angiosarcoma", &["breast_angiosarcoma"], Truth::Unknown),
        ("histology", "other_angiosarcoma", &["breast_angiosarcoma"], Truth::False),
        ("histology", "other_angiosarcoma", &["angiosarcoma"], Truth::True),
        ("histology", "breast_angiosarcoma", &["angiosarcoma"], Truth::True),
        ("histology", "malignant_peripheral_nerve_sheath_tumor", &["malignant_triton_tumor"], Truth::Unknown),
        ("histology", "epithelioid_sarcoma", &["proximal_epithelioid_sarcoma"], Truth::Unknown),
        (
            "histology",
            "undifferentiated_sarcoma",
            &["undifferentiated_pleomorphic_sarcoma", "undifferentiated_spindle_cell_sarcoma"],
            Truth::Unknown,
        ),
        ("histology", "soft_tissue_sarcoma", &["angiosarcoma"], Truth::Unknown),
        ("histology", "leiomyosarcoma", &["uterine_leiomyosarcoma", "extrauterine_leiomyosarcoma"], Truth::True),
        ("histology", "leiomyosarcoma", &["uterine_leiomyosarcoma"], Truth::Unknown),
        ("site", "trunk", &["chest_wall", "abdominal_wall", "back"], Truth::Unknown),
        ("site", "viscera", &["abdominal_viscera", "thoracic_viscera"], Truth::True),
        ("site", "extremity", &["upper_extremity", "lower_extremity"], Truth::True),
        ("grade", "high", &["G2", "G3"], Truth::True),
        ("ecog", "3_or_4", &["3", "4"], Truth::True),
        ("liver_impairment", "impaired", &["mild", "moderate", "severe"], Truth::True),
    ];
    let guide = sarcoguide_bundled::guide();
    for (fact, stated, named, expected) in table {
        let fact = guide.fact(fact).expect("a fact");
        let place = |id: &str| guide[fact].value(id).unwrap_or_else(|| panic!("no value {id}"));
        let stated_value = FactValue::Value(u8::try_from(place(stated)).expect("few values"));
        let case = Case::unknown(guide.facts.len()).with(fact, stated_value);
        let named_values: Vec<Value> = named.iter().map(|id| guide[fact].domain.values()[place(id)].clone()).collect();
        let condition = Condition::Is { fact, values: covered(&named_values) };
        let state = State::of(&guide, &case).expect("no contradiction");
        assert_eq!(truth(&condition, &state), *expected, "{stated}: is it in {named:?}?");
        // A value with kinds can still become more precise.
        let has_kinds = guide[fact].domain.values().iter().any(|value| value.parent == Some(place(stated)));
        assert_eq!(Advisor::new(guide.clone()).is_settled(&case, fact), !has_kinds, "{stated}");
    }
}

/// A value is either the only value that it covers, or it covers other values only.
#[test]
fn a_value_covers_either_itself_or_its_kinds() {
    for fact in &sarcoguide_bundled::guide().facts {
        let values = fact.domain.values();
        for (place, value) in values.iter().enumerate() {
            let kinds = values.iter().filter(|other| other.parent == Some(place)).map(|kind| kind.covers);
            let below = kinds.fold(ValueSet::EMPTY, ValueSet::union);
            let expected = if below.is_empty() { ValueSet::only(place) } else { below };
            assert_eq!(value.covers, expected, "{}: {}", fact.id, value.id);
            let other = values.iter().position(|other| other.id == format!("other_{}", value.id));
            assert!(other.is_none_or(|other| values[other].parent == Some(place)), "{}: {}", fact.id, value.id);
        }
    }
}

/// A page says of a drug which side effects the boxed warning of its label names. It must name all of them that it lists.
#[test]
fn every_effect_that_cites_a_boxed_warning_is_marked() {
    let guide = sarcoguide_bundled::guide();
    let is_boxed = |passage: &PassageId| guide[*passage].summary.starts_with("Boxed warning");
    let (mut marked, mut missing) = (0, Vec::new());
    for treatment in &guide.treatments {
        // Its label has a boxed warning of its own. What it cites is the warning on the related drug, for effects that can follow both.
        if treatment.id == "liposomal_doxorubicin" {
            continue;
        }
        let in_precautions: Vec<&PassageId> =
            treatment.precautions.iter().filter(|entry| entry.warning).flat_map(|entry| &entry.rule.from).collect();
        for effect in &treatment.effects {
            let boxed: Vec<&PassageId> = effect.from.iter().filter(|passage| is_boxed(passage)).collect();
            let is_said = effect.warning || boxed.iter().any(|passage| in_precautions.contains(passage));
            marked += usize::from(effect.warning);
            if !boxed.is_empty() && !is_said {
                missing.push(format!("{}: {}", treatment.id, guide[effect.effect].id));
            }
        }
    }
    assert!(marked > 50, "{marked}");
    assert!(missing.is_empty(), "mark these with `warning = true`: {missing:?}");
}
