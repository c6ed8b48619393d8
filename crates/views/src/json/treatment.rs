//! What the JSON says of one treatment.

use std::collections::BTreeMap;

use sarcoguide_model::{
    Administration, Availability, AvailabilityStatus, Conclusion, EffectDuration, EffectUse, Figure, Frequency, Indication,
    Missing, Onset, Outcome, Phase, RequiredTest, Rule, Standing, StatementList, Statistic, Treatment, TreatmentAdvice,
    TreatmentId, Truth, Urgency, Verdict,
};

use super::declare::{
    Citation, EffectKey, FactKey, IntentKey, MeasureKey, ModalityKey, OneOf, RouteKey, SettingKey, StrengthKey, TimingKey,
    TreatmentKey, object,
};
use super::timing::{self, TimingAnswer};
use super::{CitedText, Writer};

object! {
    /// What the guide says of one treatment.
    TreatmentAnswer(writer, treatment: &Treatment, entry: &TreatmentAdvice) {
        /// Its name in files.
        id: TreatmentKey = TreatmentKey(treatment.id.clone()),
        /// Its name for a person.
        name: String = treatment.name.clone(),
        /// Brand names.
        brands: Vec<String> = treatment.brands.clone(),
        /// Its kind.
        modality: ModalityKey = ModalityKey(writer.guide[treatment.modality].id.clone()),
        /// Whether it is care around treatment rather than treatment.
        around: bool = writer.guide[treatment.modality].supportive,
        /// One sentence: what it is.
        summary: String = treatment.summary.clone(),
        /// Codes by system.
        codes: BTreeMap<String, String> = treatment.codes.clone(),
        /// What is withdrawn is `unavailable` in every case.
        verdict: OneOf<Verdict> = OneOf(entry.verdict),
        /// The best standing of the indications that hold; for `possible`, of those that may hold. Null for `unavailable` and `not_indicated`.
        /// The sources recommend it or call it usual (`recommended`), name it as one option (`option`), doubt its value or differ on it
        /// (`not_proven`), or know it from trials only (`trial_only`). Do not count what is `trial_only` among what fits, whatever its verdict.
        standing: Option<OneOf<Standing>> = entry.standing.map(OneOf),
        /// Whether a contraindication holds. A `possible` that is ruled out is never offered: open facts only decide whether it would have been
        /// indicated.
        ruled_out: bool = entry.is_ruled_out(),
        /// For `unavailable` only: whether an indication that it had before it was withdrawn holds.
        #[serde(skip_serializing_if = "Option::is_none")]
        former_indication: Option<OneOf<Truth>> = entry.former_indication.map(OneOf),
        /// The timings of the indications that hold, or, if none does, of those that may hold.
        timing: Vec<TimingKey> = writer.shown(treatment, entry, |indication| indication.timing, |timing| TimingKey(writer.guide[timing].id.clone())),
        /// Their intents.
        intent: Vec<IntentKey> = writer.shown(treatment, entry, |indication| indication.intent, |intent| IntentKey(writer.guide[intent].id.clone())),
        /// Their strengths, the strongest first.
        strength: Vec<StrengthKey> =
            writer.shown(treatment, entry, |indication| indication.strength, |strength| StrengthKey(writer.guide[strength].id.clone())),
        /// The facts that force the verdict; empty for `possible`, and for `unavailable`, which needs none.
        reason: Vec<FactKey> = writer.facts(&entry.reason),
        /// The facts that would settle a `possible`, those that settle most first.
        missing: Vec<MissingFact> = entry.missing.iter().map(|missing| MissingFact::new(writer, missing)).collect(),
        /// Whether the person declines it. It does not change the verdict.
        declined: OneOf<Truth> = OneOf(entry.declined),
        /// Every indication with its truth for this case.
        #[schemars(length(min = 1))]
        indications: Vec<IndicationAnswer> = treatment
            .indications
            .iter()
            .zip(&entry.indications)
            .map(|(indication, truth)| IndicationAnswer::new(writer, indication, *truth))
            .collect(),
        /// Every contraindication with its truth.
        contraindications: Vec<RuleAnswer> = treatment
            .contraindications
            .iter()
            .zip(&entry.contraindications)
            .map(|(entry, truth)| RuleAnswer::new(writer, &entry.rule, &entry.text, entry.instead.as_ref(), *truth))
            .collect(),
        /// Every precaution with its truth. `unknown` means: to be checked.
        precautions: Vec<RuleAnswer> = treatment
            .precautions
            .iter()
            .zip(&entry.precautions)
            .map(|(entry, truth)| RuleAnswer::new(writer, &entry.rule, &entry.text, None, *truth))
            .collect(),
        /// Regulatory status, oldest first; the last one rules.
        availability: Vec<AvailabilityAnswer> =
            treatment.availability.iter().map(|availability| AvailabilityAnswer::new(writer, availability)).collect(),
        /// What it is and how it works.
        #[schemars(length(min = 1))]
        statements: Vec<CitedText> = writer.list(treatment, StatementList::What),
        /// Measured results.
        outcomes: Vec<OutcomeAnswer> =
            treatment.outcomes.iter().zip(&entry.outcomes).map(|(outcome, truth)| OutcomeAnswer::new(writer, outcome, *truth)).collect(),
        /// What is not known about benefit or harm.
        unknowns: Vec<CitedText> = writer.list(treatment, StatementList::Unknown),
        /// Adverse effects.
        effects: Vec<EffectAnswer> = treatment
            .effects
            .iter()
            .zip(&entry.effects)
            .map(|(effect, truth)| EffectAnswer::new(writer, entry.treatment, effect, *truth))
            .collect(),
        /// How it is given.
        administration: Vec<AdministrationAnswer> = treatment
            .administrations
            .iter()
            .zip(&entry.administrations)
            .map(|(way, truth)| AdministrationAnswer::new(writer, way, *truth))
            .collect(),
        /// The day from which times of its parts are counted.
        day_0: Option<String> = treatment.index_date.clone(),
        /// The parts that follow one another.
        phases: Vec<PhaseAnswer> = treatment.phases.iter().map(|phase| PhaseAnswer::new(writer, phase)).collect(),
        /// Tests needed before.
        tests_first: Vec<TestAnswer> = treatment.required_tests.iter().map(|test| TestAnswer::new(writer, test)).collect(),
        /// What is watched.
        monitoring: Vec<CitedText> = writer.list(treatment, StatementList::Monitoring),
        /// Where sources differ.
        disagreements: Vec<CitedText> = writer.list(treatment, StatementList::Disagreement),
        /// Questions to ask the team.
        questions: Vec<CitedText> = writer.list(treatment, StatementList::Question),
        /// Who has reviewed this treatment as the guide has it now; null where nobody has.
        review: Option<Review> = treatment.review.as_ref().map(|review| Review::new(writer, review)),
        /// Every passage cited for it.
        #[schemars(length(min = 1))]
        sources: Vec<Citation> = writer.sorted(treatment.citations()),
    }
}

object! {
    /// A fact that would help to settle a verdict.
    MissingFact(writer, missing: &Missing) {
        /// The fact.
        fact: FactKey = writer.fact(missing.fact),
        /// The share of its possible answers, 0 to 1, that would settle the verdict at once.
        #[schemars(range(min = 0, max = 1))]
        settles: f64 = missing.settles,
    }
}

object! {
    /// The signature of a person who has read everything that the guide says of a treatment.
    Review(_writer, review: &sarcoguide_model::Review) {
        /// Name and role.
        by: String = review.by.clone(),
        /// The day on which it was signed, for instance `2026-11-30`.
        on: String = review.on.to_string(),
    }
}

object! {
    /// An indication with its truth.
    IndicationAnswer(writer, indication: &Indication, truth: Truth) {
        /// Whether it holds, the guide's scope included.
        holds: OneOf<Truth> = OneOf(truth),
        /// When on the way.
        timing: TimingKey = TimingKey(writer.guide[indication.timing].id.clone()),
        /// What for.
        intent: IntentKey = IntentKey(writer.guide[indication.intent].id.clone()),
        /// How strongly the source recommends it, in its own terms.
        strength: StrengthKey = StrengthKey(writer.guide[indication.strength].id.clone()),
        /// What that comes to.
        standing: OneOf<Standing> = OneOf(writer.guide.standing(indication)),
        /// The condition as written in the guide.
        when: String = indication.rule.written.clone(),
        /// Why, in words.
        text: String = indication.sentence(truth),
        /// The passages behind it.
        #[schemars(length(min = 1))]
        sources: Vec<Citation> = writer.citations(&indication.rule.from),
    }
}

object! {
    /// A contraindication or precaution with its truth.
    RuleAnswer(writer, rule: &Rule, text: &str, instead: Option<&String>, truth: Truth) {
        /// Whether it holds.
        holds: OneOf<Truth> = OneOf(truth),
        /// The condition as written in the guide.
        when: String = rule.written.clone(),
        /// What to know.
        text: String = text.to_owned(),
        /// What to do instead, for a contraindication.
        instead: Option<String> = instead.cloned(),
        /// The passages behind it.
        #[schemars(length(min = 1))]
        sources: Vec<Citation> = writer.citations(&rule.from),
    }
}

object! {
    /// A regulatory status.
    AvailabilityAnswer(writer, availability: &Availability) {
        /// The status.
        status: OneOf<AvailabilityStatus> = OneOf(availability.status),
        /// Since when: a year, a month or a day.
        since: Option<String> = availability.since.map(|date| date.to_string()),
        /// Where.
        area: Option<String> = availability.jurisdiction.clone(),
        /// In words.
        statement: CitedText = CitedText::new(writer, &availability.statement),
    }
}

object! {
    /// A figure.
    FigureAnswer(_writer, figure: &Figure) {
        /// As it stands in the guide.
        written: String = figure.written.clone(),
        /// A percentage as people of 100, lower and upper end.
        of_100_people: Option<(i64, i64)> = figure.of_100_people(),
    }
}

object! {
    /// A measured result.
    OutcomeAnswer(writer, outcome: &Outcome, truth: Truth) {
        /// What was measured.
        measure: MeasureKey = MeasureKey(writer.guide[outcome.measure].id.clone()),
        /// What kind of figure it is.
        statistic: Option<OneOf<Statistic>> = outcome.statistic.map(OneOf),
        /// The time that a rate refers to.
        at: Option<String> = outcome.at.clone(),
        /// The figure.
        value: FigureAnswer = FigureAnswer::new(writer, &outcome.value),
        /// Its interval of uncertainty.
        interval: Option<String> = outcome.interval.clone(),
        /// The level of the interval; 95 % where it is not said.
        interval_level: Option<String> = outcome.interval_level.clone(),
        /// How many people.
        n: Option<u32> = outcome.n,
        /// With what it is compared.
        comparator: Option<String> = outcome.comparator.clone(),
        /// The figure there.
        comparator_value: Option<FigureAnswer> = writer.figure(outcome.comparator_value.as_ref()),
        /// Its interval of uncertainty.
        comparator_interval: Option<String> = outcome.comparator_interval.clone(),
        /// How many people there.
        comparator_n: Option<u32> = outcome.comparator_n,
        /// The difference.
        difference: Option<String> = outcome.difference.clone(),
        /// The p value as the source prints it.
        p: Option<String> = outcome.p.clone(),
        /// What it showed.
        conclusion: OneOf<Conclusion> = OneOf(outcome.conclusion),
        /// The study.
        trial: Option<String> = outcome.trial.clone(),
        /// Who was in it.
        population: Option<String> = outcome.population.clone(),
        /// Whether it concerns this person.
        concerns: OneOf<Truth> = OneOf(truth),
        /// The same in a plain sentence.
        text: String = outcome.text.clone(),
        /// The passages behind it.
        #[schemars(length(min = 1))]
        sources: Vec<Citation> = writer.citations(&outcome.from),
    }
}

object! {
    /// An adverse effect.
    EffectAnswer(writer, treatment: TreatmentId, effect: &EffectUse, truth: Truth) {
        /// Its name in files.
        effect: EffectKey = EffectKey(writer.guide[effect.effect].id.clone()),
        /// Its plain name.
        name: String = writer.guide[effect.effect].name.clone(),
        /// Its standard term.
        term: Option<String> = writer.guide[effect.effect].term.clone(),
        /// How soon it needs help on this treatment: `emergency` (the emergency number), `now` (the team, day or night), `same_day` or
        /// `next_visit`.
        urgency: OneOf<Urgency> = OneOf(writer.guide.urgency_on(effect.effect, Some(treatment))),
        /// How often, in the source's words.
        how_often: OneOf<Frequency> = OneOf(effect.frequency),
        /// Whether the source calls it serious.
        serious: bool = effect.serious,
        /// How long it lasts.
        lasting: OneOf<EffectDuration> = OneOf(effect.duration),
        /// When it begins.
        onset: Option<OneOf<Onset>> = effect.onset.map(OneOf),
        /// How many had it.
        value: Option<FigureAnswer> = writer.figure(effect.value.as_ref()),
        /// With what that is compared.
        comparator: Option<String> = effect.comparator.clone(),
        /// How many had it there.
        comparator_value: Option<FigureAnswer> = writer.figure(effect.comparator_value.as_ref()),
        /// The grade that the figures count.
        grade: Option<String> = effect.grade.clone(),
        /// Whether it concerns this person.
        concerns: OneOf<Truth> = OneOf(truth),
        /// What the source adds.
        text: Option<String> = effect.text.clone(),
        /// The passages behind it.
        #[schemars(length(min = 1))]
        sources: Vec<Citation> = writer.citations(&effect.from),
    }
}

object! {
    /// How a treatment is given.
    AdministrationAnswer(writer, way: &Administration, truth: Truth) {
        /// The way in.
        route: RouteKey = RouteKey(writer.guide.route_id(way.route).to_owned()),
        /// Where.
        setting: Option<SettingKey> = way.setting.map(|setting| SettingKey(writer.guide[setting].id.clone())),
        /// In what form.
        form: Option<String> = way.form.clone(),
        /// How often.
        schedule: Option<String> = way.schedule.clone(),
        /// For how long.
        duration: Option<String> = way.duration.clone(),
        /// Both in numbers; null where the sources leave it open.
        timing: Option<TimingAnswer> = way.timing.as_ref().map(Into::into),
        /// Whether it concerns this person.
        concerns: OneOf<Truth> = OneOf(truth),
        /// In words.
        statement: CitedText = CitedText::new(writer, &way.statement),
    }
}

object! {
    /// A part of a treatment's timeline.
    PhaseAnswer(writer, phase: &Phase) {
        /// Its name.
        name: String = phase.name.clone(),
        /// When it starts.
        starts: Option<String> = phase.starts.clone(),
        /// How long it lasts.
        lasts: Option<String> = phase.lasts.clone(),
        /// Both in numbers counted from a named day, such as `days -7 to -1`: the bounds of `timing` in one text.
        time: Option<String> = phase.timing.as_ref().and_then(timing::time),
        /// The day from which it is counted, where it is not the treatment's.
        day_0: Option<String> = phase.timing.as_ref().and_then(|timing| timing.index_date.clone()),
        /// The day on which it ends, where only the team can say when that is.
        until: Option<String> = phase.timing.as_ref().and_then(|timing| timing.until.clone()),
        /// How often in that time.
        schedule: Option<String> = phase.schedule.clone(),
        /// When it is and how often, in numbers; null where the sources give none.
        timing: Option<TimingAnswer> = phase.timing.as_ref().map(Into::into),
        /// In words.
        statement: CitedText = CitedText::new(writer, &phase.statement),
    }
}

object! {
    /// A test needed before a treatment.
    TestAnswer(writer, test: &RequiredTest) {
        /// The fact that it settles.
        fact: Option<FactKey> = test.fact.map(|fact| writer.fact(fact)),
        /// In words.
        statement: CitedText = CitedText::new(writer, &test.statement),
    }
}
