//! Reads `accepted.toml`: the warnings from the proofs of `sarcoguide check` that the guide's authors accept.

use std::collections::BTreeSet;

use sarcoguide_model::{Acceptable, Accepted, DerivedId, FactId, Guide, Occurrence, RulePlace, TreatmentId};

use crate::cases::{case_facts_if_valid, facts_of};
use crate::code::Code;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::source::Parsed;
use crate::table::Table;

/// Reads `accepted.toml`. `guide` must already contain everything else, because the accepted warnings refer to places in the guide.
pub(crate) fn read(context: &Context, file: &Parsed, guide: &Guide) -> Vec<Accepted> {
    let table = Table::new(file.index, "the accepted warnings", &file.file.text, &file.table, context.errors);
    let names = place_names(guide);
    let occurrence = |entry: &Table| {
        let places = entry.texts("where");
        if places.is_empty() {
            let error =
                Diagnostic::new(Code::MissingPart, "an accepted warning has no `where`", file.index, entry.span.clone(), "here");
            entry.report(error.help("list the places as `sarcoguide check --warnings` prints them"));
        }
        let known = places.iter().filter(|place| context.lookup(place, &names, "place", file.index).is_some());
        let places = known.map(|place| place.text.clone()).collect();
        let case = case_facts_if_valid(context, entry, "case");
        let is_valid = case.is_ok();
        let case = case.unwrap_or_else(|case| case);
        let facts = facts_of(context, entry, "facts");
        let stated: Vec<FactId> = case.stated().collect();
        // An invalid fact has already been reported.
        if facts.as_ref() != Some(&stated) && is_valid {
            let error = Diagnostic::new(
                Code::WrongAcceptedFacts,
                "`facts` doesn't list exactly the facts in `case`",
                file.index,
                entry.span.clone(),
                "here",
            );
            let ids: Vec<String> = stated.iter().map(|fact| format!("\"{}\"", context.names.facts[fact.index()].id)).collect();
            entry.report(error.help(format!("write facts = [{}], or change the case", ids.join(", "))));
        }
        Occurrence { places, case, line: entry.line(entry.span.start) }
    };
    let read = |entry: &Table| {
        let warning = entry.required_choice("code", Acceptable::KleeneGap);
        let reason = entry.text("reason");
        let mut occurrences = vec![occurrence(entry)];
        for also in entry.tables("also", "an accepted warning at other places") {
            occurrences.push(occurrence(&also));
            also.finish();
        }
        entry.finish();
        Accepted { warning, reason, occurrences }
    };
    let accepted = table.tables("accepted", "an accepted warning").iter().map(read).collect();
    table.finish();
    accepted
}

/// The names of all places in the guide that a proof can warn about.
fn place_names(guide: &Guide) -> Vec<String> {
    let rules = guide.rule_places().into_iter().filter(|place| !matches!(place, RulePlace::Row(..)));
    let rules = rules.map(|place| guide.place_name(place));
    let derived = (0..guide.derived.len()).map(|index| guide.derived_name(DerivedId::new(index)));
    let treatments = (0..guide.treatments.len()).map(|index| guide.indications_name(TreatmentId::new(index)));
    rules.chain(derived).chain(treatments).collect::<BTreeSet<_>>().into_iter().collect()
}
