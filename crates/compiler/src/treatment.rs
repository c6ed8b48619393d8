//! Reads a file in `treatments/`.

use sarcoguide_model::{
    Administration, Availability, AvailabilityStatus, Conclusion, Contraindication, EffectDuration, EffectUse, Figure, Frequency,
    GuideCase, Indication, IntentId, MeasureId, ModalityId, Outcome, PartialDate, Phase, Precaution, RequiredTest, RouteId,
    SettingId, StatementList, StrengthId, TimingId, Treatment, TreatmentId,
};

use crate::code::Code;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::frequency;
use crate::source::Parsed;
use crate::table::Table;
use crate::timing::{self, Holder};

/// The value of `route` for a treatment that has no route, such as surgery.
const NO_ROUTE: &str = "none";

pub(crate) fn read(context: &Context, file: &Parsed, cases: &mut Vec<GuideCase>) -> Treatment {
    let table = Table::new(file.index, "a treatment", &file.file.text, &file.table, context.errors);
    let id = file.stem().to_owned();
    let place = context.treatments.iter().position(|name| *name == id).unwrap_or_default();
    let own_cases = table.tables("case", "a case");
    if own_cases.is_empty() {
        let warning = Diagnostic::new(
            Code::TreatmentWithoutCase,
            format!("`{id}` has no case of its own"),
            file.index,
            table.span.clone(),
            "this treatment",
        );
        table.report(warning.help(
            "add a [[case]] in which it is indicated, one in which a fact is missing, and one in which it isn't indicated",
        ));
    }
    cases.extend(own_cases.iter().map(|entry| crate::cases::of_treatment(context, file, entry, TreatmentId::new(place))));
    let index_date = table.optional_text("index_date");
    let components = table.texts("components");
    let line = components.first().map_or(1, |component| table.line(component.span.start));
    if let (Some(component), None) = (components.first(), &context.listed) {
        let message = "a treatment has `components`, but the guide has no list of facts for them";
        let error = Diagnostic::new(Code::MissingPart, message, file.index, component.span.clone(), "unused");
        table.report(error.help("add `[fact_list]` to a file in `vocabulary/`, or remove `components`"));
    }
    let mut treatment = Treatment {
        name: table.text("name"),
        brands: table.strings("brands"),
        synonyms: table.strings("synonyms"),
        modality: ModalityId::new(context.term(&table, "modality", &context.modalities)),
        codes: table.map("codes"),
        summary: table.text("summary"),
        any_scope: table.flag("any_scope"),
        part_of: treatments(context, &table, "part_of"),
        components: components.into_iter().map(|component| component.text).collect(),
        given: context.list_rules.as_ref().and_then(|rules| rules.given(&id)),
        technique_of: treatments(context, &table, "technique_of"),
        lists: StatementList::ALL.into_iter().map(|list| (list, context.statements(&table, list.id(), "a statement"))).collect(),
        indications: table.tables("indication", "an indication").iter().map(|entry| indication(context, entry)).collect(),
        contraindications: table
            .tables("contraindication", "a contraindication")
            .iter()
            .map(|entry| contraindication(context, entry))
            .collect(),
        precautions: table.tables("precaution", "a precaution").iter().map(|entry| precaution(context, entry)).collect(),
        declined: table.table("declined", "a `declined` table").and_then(|entry| {
            let rule = context.rule(&entry, "when", Vec::new());
            entry.finish();
            rule
        }),
        availability: table.tables("availability", "an availability").iter().map(|entry| availability(context, entry)).collect(),
        effects: table.tables("effect", "an effect").iter().filter_map(|entry| effect(context, entry)).collect(),
        outcomes: table.tables("outcome", "an outcome").iter().map(|entry| outcome(context, entry)).collect(),
        administrations: table
            .tables("administration", "an administration")
            .iter()
            .map(|entry| administration(context, entry, index_date.is_some()))
            .collect(),
        phases: table.tables("phase", "a phase").iter().map(|entry| phase(context, entry, index_date.is_some())).collect(),
        index_date,
        required_tests: table.tables("required_test", "a test").iter().map(|entry| required_test(context, entry)).collect(),
        review: crate::review::read(file, &table),
        id,
    };
    for (empty, part) in
        [(treatment.list(StatementList::What).is_empty(), "what"), (treatment.indications.is_empty(), "indication")]
    {
        if empty {
            let error = Diagnostic::new(
                Code::MissingPart,
                format!("a treatment has no [[{part}]]"),
                file.index,
                table.span.clone(),
                "this treatment",
            );
            table.report(error.help(format!("add [[{part}]]")));
        }
    }
    let folder = file.file.path.split('/').nth(1).unwrap_or_default();
    let modality = table.required("modality");
    if !modality.text.is_empty() && folder != modality.text {
        let message = format!("a treatment of the modality `{}` is in the folder `{folder}`", modality.text);
        let error = Diagnostic::new(Code::WrongFolder, message, file.index, modality.span, "a different folder");
        table.report(error.help("move the file, or correct the modality"));
    }
    check_chronological_order(&table, &treatment.availability);
    check_withdrawn(&table, &treatment);
    if let Some(rules) = context.list_rules.as_ref().filter(|_| !treatment.is_withdrawn()) {
        let (contraindications, precautions) = rules.rules(&treatment.id, line);
        treatment.contraindications.extend(contraindications);
        treatment.precautions.extend(precautions);
    }
    table.finish();
    treatment
}

/// Reports contraindications and precautions of a withdrawn treatment. Nobody can get the treatment, so they'd have no effect.
fn check_withdrawn(table: &Table, treatment: &Treatment) {
    if !treatment.is_withdrawn() {
        return;
    }
    let withdrawal = table.tables("availability", "an availability").pop();
    for (key, what) in [("contraindication", "a contraindication"), ("precaution", "a precaution")] {
        for entry in table.tables(key, what) {
            let message = format!("a withdrawn treatment has {what}");
            let error = Diagnostic::new(
                Code::WithdrawnWithRules,
                message,
                table.file,
                entry.span.clone(),
                "nobody can get this treatment",
            );
            let error = withdrawal.iter().fold(error, |error, last| error.also(table.file, last.span.clone(), "withdrawn here"));
            table.report(
                error.help(
                    "remove the entry; in [[what]] or [[monitoring]], write what people who had this treatment need to know",
                ),
            );
        }
    }
}

/// Reports `[[availability]]` entries that aren't in chronological order. The order matters, because the last entry applies.
fn check_chronological_order(table: &Table, availability: &[Availability]) {
    let entries = table.tables("availability", "an availability");
    let dated: Vec<(PartialDate, &Table)> =
        availability.iter().zip(&entries).filter_map(|(entry, table)| entry.since.map(|since| (since, table))).collect();
    for pair in dated.windows(2) {
        let ((previous, first), (next, second)) = (&pair[0], &pair[1]);
        let backward = match (next.year == previous.year, previous.month, next.month) {
            (true, Some(_), Some(_)) => (next.month, next.day.or(Some(31))) < (previous.month, previous.day.or(Some(0))),
            _ => next.year < previous.year,
        };
        if backward {
            let message = format!("the availability since {next} is listed after the one since {previous}");
            let error = Diagnostic::new(Code::UnorderedAvailability, message, table.file, second.span.clone(), "older");
            let error = error.also(table.file, first.span.clone(), "newer");
            table.report(error.help("sort them by date, the oldest first; the last one applies"));
        }
    }
}

fn treatments(context: &Context, table: &Table, key: &'static str) -> Vec<TreatmentId> {
    let texts = table.texts(key);
    texts
        .iter()
        .filter_map(|text| context.lookup(text, &context.treatments, "treatment", table.file))
        .map(TreatmentId::new)
        .collect()
}

fn indication(context: &Context, entry: &Table) -> Indication {
    let from = context.cited_passages(entry, "from", true);
    let indication = Indication {
        rule: context.required_rule(entry, "when", from),
        timing: TimingId::new(context.term(entry, "timing", &context.timings)),
        intent: IntentId::new(context.term(entry, "intent", &context.intents)),
        strength: StrengthId::new(context.term(entry, "strength", &context.strengths)),
        text: entry.text("text"),
        exclusions: entry.optional_text("exclusions"),
    };
    entry.finish();
    indication
}

fn contraindication(context: &Context, entry: &Table) -> Contraindication {
    let from = context.cited_passages(entry, "from", true);
    let contraindication = Contraindication {
        rule: context.required_rule(entry, "when", from),
        text: entry.text("text"),
        instead: entry.optional_text("instead"),
    };
    entry.finish();
    contraindication
}

fn precaution(context: &Context, entry: &Table) -> Precaution {
    let from = context.cited_passages(entry, "from", true);
    let precaution =
        Precaution { rule: context.required_rule(entry, "when", from), text: entry.text("text"), warning: entry.flag("warning") };
    entry.finish();
    precaution
}

fn availability(context: &Context, entry: &Table) -> Availability {
    let status = entry.required_choice("status", AvailabilityStatus::Investigational);
    let since = entry.date("since");
    if status == AvailabilityStatus::Withdrawn && since.is_none() {
        let error =
            Diagnostic::new(Code::UndatedWithdrawal, "a withdrawal has no date", entry.file, entry.span.clone(), "no `since`");
        entry.report(error.help("add `since`, so that people can see how old this information is"));
    }
    Availability { status, since, jurisdiction: entry.optional_text("jurisdiction"), statement: context.statement(entry) }
}

fn figure(entry: &Table, key: &'static str) -> Option<Figure> {
    let text = entry.optional(key)?;
    let figure = Figure::parse(&text.text);
    if !figure.has_accepted_form() {
        let message = format!("the figure `{}` can't be parsed", text.text);
        let warning = Diagnostic::new(Code::UnreadableFigure, message, entry.file, text.span, "kept as written");
        let warning = warning.help("write, for example, `41 %`, `4.6 months`, `17 to 32 %`, `up to 64 %`, `5 of 7`");
        entry.report(warning.help("if the source gives no number, use words without digits"));
    }
    Some(figure)
}

fn effect(context: &Context, entry: &Table) -> Option<EffectUse> {
    let from = context.cited_passages(entry, "from", true);
    let frequency = entry.required_choice("frequency", Frequency::NotStated);
    let effect = context.effect(entry).map(|effect| EffectUse {
        effect,
        frequency,
        serious: entry.flag("serious"),
        warning: entry.flag("warning"),
        duration: entry.choice("duration").unwrap_or(EffectDuration::NotStated),
        onset: entry.choice("onset"),
        rule: context.rule(entry, "when", from.clone()),
        value: figure(entry, "value"),
        comparator: entry.optional_text("comparator"),
        comparator_value: figure(entry, "comparator_value"),
        grade: entry.optional_text("grade"),
        text: entry.optional_text("text"),
        from,
    });
    if let Some(effect) = &effect {
        frequency::check(&context.frequencies, entry, effect);
        entry.finish();
    }
    effect
}

fn outcome(context: &Context, entry: &Table) -> Outcome {
    let from = context.cited_passages(entry, "from", true);
    if !entry.has("value") {
        let error = Diagnostic::new(Code::MissingPart, "an outcome has no `value`", entry.file, entry.span.clone(), "here");
        entry.report(error.help("add `value` with the figure and its unit"));
    }
    let outcome = Outcome {
        measure: measure(context, entry),
        statistic: entry.choice("statistic"),
        at: entry.optional_text("at"),
        value: figure(entry, "value").unwrap_or_else(|| Figure::parse("")),
        interval: entry.optional_text("interval"),
        interval_level: entry.optional_text("interval_level"),
        n: entry.whole("n"),
        comparator: entry.optional_text("comparator"),
        comparator_value: figure(entry, "comparator_value"),
        comparator_interval: entry.optional_text("comparator_interval"),
        comparator_n: entry.whole("comparator_n"),
        difference: entry.optional_text("difference"),
        p: entry.optional_text("p"),
        conclusion: entry.required_choice("conclusion", Conclusion::NotCompared),
        trial: entry.optional_text("trial"),
        population: entry.optional_text("population"),
        rule: context.rule(entry, "when", from.clone()),
        text: entry.text("text"),
        from,
    };
    entry.finish();
    outcome
}

fn setting(context: &Context, entry: &Table) -> Option<SettingId> {
    context.label(&entry.optional("setting")?, &context.settings, "setting", entry.file).map(SettingId::new)
}

fn measure(context: &Context, entry: &Table) -> MeasureId {
    let text = entry.required("measure");
    context.label(&text, &context.measures, "measure", entry.file).map_or(MeasureId::new(0), MeasureId::new)
}

fn route(context: &Context, entry: &Table) -> Option<RouteId> {
    let text = entry.required("route");
    if text.text == NO_ROUTE { None } else { context.label(&text, &context.routes, "route", entry.file).map(RouteId::new) }
}

fn administration(context: &Context, entry: &Table, has_index_date: bool) -> Administration {
    let rule = context.rule(entry, "when", Vec::new());
    Administration {
        route: route(context, entry),
        setting: setting(context, entry),
        form: entry.optional_text("form"),
        schedule: entry.optional_text("schedule"),
        duration: entry.optional_text("duration"),
        timing: timing::read(entry, Holder::Administration, has_index_date),
        rule,
        statement: context.statement(entry),
    }
}

fn phase(context: &Context, entry: &Table, has_index_date: bool) -> Phase {
    Phase {
        name: entry.text("name"),
        starts: entry.optional_text("starts"),
        lasts: entry.optional_text("lasts"),
        schedule: entry.optional_text("schedule"),
        timing: timing::read(entry, Holder::Phase, has_index_date),
        statement: context.statement(entry),
    }
}

fn required_test(context: &Context, entry: &Table) -> RequiredTest {
    let fact = entry.optional("fact").and_then(|text| context.fact(&text, entry.file));
    RequiredTest { fact, statement: context.statement(entry) }
}
