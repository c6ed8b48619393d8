//! Tests that the guide has a place of origin and a type for each code of a cancer registry that it covers, and that its stages agree with the
//! staging schemas of registries.

use std::collections::BTreeSet;

use sarcoguide_advise::State;
use sarcoguide_case::from_toml;
use sarcoguide_model::{Guide, ScopeKind};

const PRIMARY_SITES: &str = include_str!("data/registry/primary_site.tsv");
const HISTOLOGIES: &str = include_str!("data/registry/histology.tsv");

/// The reasons why a code has no place of origin.
const NO_PLACE: [&str; 5] = ["blood", "bone", "lymph_nodes", "nervous_system", "place_not_stated"];

/// Returns the rows of a table, without its comments and its header.
fn rows(table: &'static str) -> Vec<Vec<&'static str>> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.skip(1).map(|line| line.split('\t').collect()).collect()
}

/// Returns the values of the derived fact `stage` that are possible with these facts.
fn stages(guide: &Guide, facts: &str) -> Vec<String> {
    let case = from_toml(guide, &format!("[facts]\n{facts}")).expect("a valid case").case;
    let stage = guide.derived_fact("stage").expect("the guide works out stages");
    let possible = State::of(guide, &case).expect("no contradiction").derived[stage.index()];
    possible.iter().map(|value| guide.derived[stage.index()].values[value].id.clone()).collect()
}

#[test]
fn every_site_code_has_a_place_or_a_reason_why_not() {
    let guide = sarcoguide_bundled::guide();
    let site = guide.fact("site").expect("a fact `site`");
    let known: BTreeSet<&str> = guide.facts[site.index()].domain.values().iter().map(|value| value.id.as_str()).collect();
    let mut used = BTreeSet::new();
    for row in rows(PRIMARY_SITES) {
        let [code, when, places, _, reason] = row[..] else { panic!("{row:?}") };
        match places.is_empty() {
            true => assert!(NO_PLACE.contains(&reason), "{code} {when}: neither a place nor a reason"),
            false => assert!(reason.is_empty(), "{code} {when}: both a place and a reason"),
        }
        for place in places.split(',').filter(|place| !place.is_empty()) {
            assert!(known.contains(place), "{code} {when}: the guide has no place `{place}`");
            used.insert(place);
        }
    }
    for place in [
        "breast",
        "eye_or_orbit",
        "groin",
        "heart",
        "paratesticular",
        "pelvis",
        "outer_genitals",
        "peritoneum",
        "uterus",
        "urinary_tract",
    ] {
        assert!(used.contains(place), "no code leads to `{place}`");
    }
}

#[test]
fn stages_agree_with_the_staging_schemas_of_registries() {
    let guide = sarcoguide_bundled::guide();
    for row in rows(PRIMARY_SITES) {
        let [code, when, places, schema, _] = row[..] else { panic!("{row:?}") };
        for place in places.split(',').filter(|place| !place.is_empty()) {
            let found = |nodes: &str| {
                let facts = format!(
                    "histology = \"alveolar_soft_part_sarcoma\"\nsite = \"{place}\"\nsize = 7\ngrade = \"G2\"\ndistant_metastasis = \"no\"\nlymph_nodes = \"{nodes}\""
                );
                stages(&guide, &facts)
            };
            let expected: (&[&str], &[&str]) = match (schema, place) {
                ("00410", _) => (&["IIIA"], &["IV"]),
                ("00440", _) => (&["IIIA"], &["IIIB"]),
                ("00528" | "00541", _) => (&["uterine_system"], &["uterine_system"]),
                // The tables of stages name neither these places nor anything close to them.
                ("00421", "outer_genitals" | "paratesticular" | "pelvis") | ("00700", _) => {
                    (&["not_worked_out"], &["not_worked_out"])
                }
                // These places contain the womb.
                ("00400" | "00421", "abdominal_viscera" | "viscera") => {
                    (&["no_stage_group", "uterine_system"], &["no_stage_group", "uterine_system"])
                }
                ("00400" | "00421" | "00422", _) => (&["no_stage_group"], &["no_stage_group"]),
                // Skin, ill-defined places, and organs with schemas of their own.
                ("00459" | "00551" | "00553", _) => continue,
                _ => panic!("{code} {when}: unknown schema `{schema}`"),
            };
            assert_eq!(found("not_involved"), expected.0, "{code} {when}: {place}, schema {schema}");
            assert_eq!(found("involved"), expected.1, "{code} {when}: {place}, schema {schema}, nodes with cancer");
        }
    }
}

#[test]
fn every_histology_code_has_a_type_of_the_same_scope() {
    let guide = sarcoguide_bundled::guide();
    for row in rows(HISTOLOGIES) {
        let [code, when, subtype, scope] = row[..] else { panic!("{row:?}") };
        if scope == "none" {
            assert!(subtype.is_empty(), "{code} {when}: a type without scope");
            continue;
        }
        let found = guide.types.iter().find(|known| known.id == subtype);
        let found = found.unwrap_or_else(|| panic!("{code} {when}: the guide has no type `{subtype}`"));
        assert_eq!(found.scope.id(), scope, "{code} {when}: the scope of `{subtype}`");
    }
}

#[test]
fn every_type_with_a_code_has_its_row() {
    let guide = sarcoguide_bundled::guide();
    let rows = rows(HISTOLOGIES);
    for subtype in &guide.types {
        let Some(code) = subtype.codes.get("icdo3") else { continue };
        let found: Vec<&str> = rows.iter().filter(|row| row[0] == code).map(|row| row[2]).collect();
        assert!(!found.is_empty(), "{}: no row for {code}", subtype.id);
        // A code that several types share leads to the type that covers them.
        let covers = |id: &str| {
            guide.types.iter().any(|known| known.id == id && (known.id == subtype.id || subtype.parent.as_deref() == Some(id)))
        };
        let shared = found.iter().all(|id| id.is_empty());
        assert!(
            shared || subtype.scope == ScopeKind::Out || found.iter().any(|id| covers(id)),
            "{}: {code} leads to {found:?}",
            subtype.id
        );
    }
}
