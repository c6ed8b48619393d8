//! Converts one treatment and the advice about it to JSON.

use std::collections::BTreeMap;

use sarcoguide_model::{
    Administration, Availability, AvailabilityStatus, Conclusion, EffectDuration, EffectUse, Figure, Frequency, Indication,
    Missing, Onset, Outcome, Phase, RequiredTest, Rule, Standing, StatementList, Statistic, Treatment, TreatmentAdvice,
    TreatmentId, Truth, Urgency, Verdict,
};

use super::declare::{
    Citation, EffectKey, FactKey, GivenValue, IntentKey, MeasureKey, ModalityKey, OneOf, RouteKey, SettingKey, StrengthKey,
    TimingKey, TreatmentKey, object,
};
use super::timing::{self, TimingAnswer};
use super::{CitedText, Writer};

object! {
    /// What the guide says about one treatment for the case.
    TreatmentAnswer(writer, treatment: &Treatment, entry: &TreatmentAdvice) {
        /// The treatment's ID.
        id: TreatmentKey = TreatmentKey(treatment.id.clone()),
        /// Its name, for display.
        name: String = treatment.name.clone(),
        /// Brand names.
        brands: Vec<String> = treatment.brands.clone(),
        /// The kind of treatment.
        modality: ModalityKey = ModalityKey(writer.guide[treatment.modality].id.clone()),
        /// Whether it's a supportive treatment, which accompanies other treatments and isn't a main treatment itself.
        around: bool = writer.guide[treatment.modality].supportive,
        /// What it is, in one sentence.
        summary: String = treatment.summary.clone(),
        /// Its codes in standard terminologies, by the name of the terminology.
        codes: BTreeMap<String, String> = treatment.codes.clone(),
        /// The verdict for this case. A withdrawn treatment is `unavailable` in every case.
        verdict: OneOf<Verdict> = OneOf(entry.verdict),
        /// The best standing of the indications that hold; for `possible`, those that may hold count too. Null for `unavailable` and `not_indicated`.
        /// `recommended`: the sources recommend it or call it usual. `option`: they name it as one option. `not_proven`: they doubt its value or
        /// disagree about it. `trial_only`: they describe it only in trials. Never count a treatment with `trial_only` among those that fit, whatever
        /// its verdict. The standing of a technique is never better than the best standing of its main treatments.
        standing: Option<OneOf<Standing>> = entry.standing.map(OneOf),
        /// Whether a contraindication holds. If so, never offer the treatment, whatever its verdict. For `possible`, open facts decide only whether
        /// it would have been indicated.
        ruled_out: bool = entry.is_ruled_out(),
        /// How the treatment was given so far, if the case says so: a value of the treatment's fact in the guide's list. Left out otherwise.
        #[serde(skip_serializing_if = "Option::is_none")]
        given: Option<GivenValue> = given(writer, treatment, entry),
        /// Whether the person is having it now, by itself or as part of a running combination that contains everything in it. `given` may then say
        /// how it ended by itself. Never call it new then, whatever its verdict.
        ongoing: bool = entry.is_ongoing(),
        /// Whether an indication from before the withdrawal holds. Left out unless the verdict is `unavailable`.
        #[serde(skip_serializing_if = "Option::is_none")]
        former_indication: Option<OneOf<Truth>> = entry.former_indication.map(OneOf),
        /// The timings of the indications that hold or, if none does, of those that may hold.
        timing: Vec<TimingKey> = writer.shown(treatment, &entry.indications, |indication| indication.timing, |timing| TimingKey(writer.guide[timing].id.clone())),
        /// The intents of the same indications.
        intent: Vec<IntentKey> = writer.shown(treatment, &entry.indications, |indication| indication.intent, |intent| IntentKey(writer.guide[intent].id.clone())),
        /// The strengths of the same indications, the strongest first.
        strength: Vec<StrengthKey> =
            writer.shown(treatment, &entry.indications, |indication| indication.strength, |strength| StrengthKey(writer.guide[strength].id.clone())),
        /// The stated facts that force the verdict. Empty for `possible`, and for a verdict that needs no facts, such as `unavailable`.
        reason: Vec<FactKey> = writer.facts(&entry.reason),
        /// The unknown facts that would settle a `possible` verdict, the most decisive first. Empty for other verdicts.
        missing: Vec<MissingFact> = entry.missing.iter().map(|missing| MissingFact::new(writer, missing)).collect(),
        /// Whether the person declines it. This doesn't change the verdict.
        declined: OneOf<Truth> = OneOf(entry.declined),
        /// Every indication, and whether it holds for this case.
        #[schemars(length(min = 1))]
        indications: Vec<IndicationAnswer> = treatment
            .indications
            .iter()
            .zip(&entry.indications)
            .map(|(indication, truth)| IndicationAnswer::new(writer, indication, *truth))
            .collect(),
        /// Every contraindication, and whether it holds for this case.
        contraindications: Vec<RuleAnswer> = treatment
            .contraindications
            .iter()
            .zip(&entry.contraindications)
            .map(|(entry, truth)| RuleAnswer::new(writer, &entry.rule, &entry.text, entry.instead.as_ref(), *truth))
            .collect(),
        /// Every precaution, and whether it holds for this case. `unknown` means that someone must check.
        precautions: Vec<RuleAnswer> = treatment
            .precautions
            .iter()
            .zip(&entry.precautions)
            .map(|(entry, truth)| RuleAnswer::new(writer, &entry.rule, &entry.text, None, *truth))
            .collect(),
        /// The regulatory statuses, oldest first. The last one applies.
        availability: Vec<AvailabilityAnswer> =
            treatment.availability.iter().map(|availability| AvailabilityAnswer::new(writer, availability)).collect(),
        /// What it is and how it works.
        #[schemars(length(min = 1))]
        statements: Vec<CitedText> = writer.list(treatment, StatementList::What),
        /// Measured results.
        outcomes: Vec<OutcomeAnswer> =
            treatment.outcomes.iter().zip(&entry.outcomes).map(|(outcome, truth)| OutcomeAnswer::new(writer, outcome, *truth)).collect(),
        /// What isn't known about its benefit or harm.
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
        /// The name of the day from which the times of the treatment's `phases` are counted.
        day_0: Option<String> = treatment.index_date.clone(),
        /// The parts of the treatment's timeline.
        phases: Vec<PhaseAnswer> = treatment.phases.iter().map(|phase| PhaseAnswer::new(writer, phase)).collect(),
        /// Tests needed before the treatment.
        tests_first: Vec<TestAnswer> = treatment.required_tests.iter().map(|test| TestAnswer::new(writer, test)).collect(),
        /// What the team monitors during and after the treatment.
        monitoring: Vec<CitedText> = writer.list(treatment, StatementList::Monitoring),
        /// Where sources disagree.
        disagreements: Vec<CitedText> = writer.list(treatment, StatementList::Disagreement),
        /// Questions to ask the team.
        questions: Vec<CitedText> = writer.list(treatment, StatementList::Question),
        /// The review of the current text about this treatment; null if nobody has reviewed it.
        review: Option<Review> = treatment.review.as_ref().map(|review| Review::new(writer, review)),
        /// Every passage cited for this treatment.
        #[schemars(length(min = 1))]
        sources: Vec<Citation> = writer.sorted(treatment.citations()),
    }
}

fn given(writer: Writer<'_>, treatment: &Treatment, entry: &TreatmentAdvice) -> Option<GivenValue> {
    let value = writer.guide[treatment.given?].domain.values().get(entry.given?)?;
    Some(GivenValue(value.id.clone()))
}

object! {
    /// A fact that could settle a verdict.
    MissingFact(writer, missing: &Missing) {
        /// The fact.
        fact: FactKey = writer.fact(missing.fact),
        /// The share of the fact's possible values, from 0 to 1, that settle the verdict on their own.
        #[schemars(range(min = 0, max = 1))]
        settles: f64 = missing.settles,
    }
}

object! {
    /// The sign-off of a person who read everything that the guide says about a treatment.
    Review(_writer, review: &sarcoguide_model::Review) {
        /// The person's name and role.
        by: String = review.by.clone(),
        /// The day of the sign-off, for instance `2026-11-30`.
        on: String = review.on.to_string(),
    }
}

object! {
    /// An indication, and whether it holds.
    IndicationAnswer(writer, indication: &Indication, truth: Truth) {
        /// Whether it holds. Unless the treatment is for everyone, this also requires that the guide covers the case.
        holds: OneOf<Truth> = OneOf(truth),
        /// When the treatment is given.
        timing: TimingKey = TimingKey(writer.guide[indication.timing].id.clone()),
        /// What the treatment is meant to achieve.
        intent: IntentKey = IntentKey(writer.guide[indication.intent].id.clone()),
        /// How strongly the source recommends it, in its own terms.
        strength: StrengthKey = StrengthKey(writer.guide[indication.strength].id.clone()),
        /// The standing that follows from the strength.
        standing: OneOf<Standing> = OneOf(writer.guide.standing(indication)),
        /// The condition as written in the guide.
        when: String = indication.rule.written.clone(),
        /// The reason, in words. Unless the indication holds, it also says who is excluded.
        text: String = indication.sentence(truth),
        /// The passages that support it.
        #[schemars(length(min = 1))]
        sources: Vec<Citation> = writer.citations(&indication.rule.from),
    }
}

object! {
    /// A contraindication or precaution, and whether it holds.
    RuleAnswer(writer, rule: &Rule, text: &str, instead: Option<&String>, truth: Truth) {
        /// Whether it holds.
        holds: OneOf<Truth> = OneOf(truth),
        /// The condition as written in the guide.
        when: String = rule.written.clone(),
        /// What to know about it.
        text: String = text.to_owned(),
        /// What to do instead, if the guide says. Always null for a precaution.
        instead: Option<String> = instead.cloned(),
        /// The passages that support it.
        #[schemars(length(min = 1))]
        sources: Vec<Citation> = writer.citations(&rule.from),
    }
}

object! {
    /// A regulatory status.
    AvailabilityAnswer(writer, availability: &Availability) {
        /// The status.
        status: OneOf<AvailabilityStatus> = OneOf(availability.status),
        /// The year, month or day from which it applies.
        since: Option<String> = availability.since.map(|date| date.to_string()),
        /// Where it applies, for instance `US`.
        area: Option<String> = availability.jurisdiction.clone(),
        /// The status in a sentence.
        statement: CitedText = CitedText::new(writer, &availability.statement),
    }
}

object! {
    /// A figure, for instance a percentage or a number of months.
    FigureAnswer(_writer, figure: &Figure) {
        /// The figure as written in the guide.
        written: String = figure.written.clone(),
        /// A percentage as a number of people out of 100: the lower and the upper end, rounded. Null if the figure isn't a percentage.
        of_100_people: Option<(i64, i64)> = figure.of_100_people(),
    }
}

object! {
    /// A measured result.
    OutcomeAnswer(writer, outcome: &Outcome, truth: Truth) {
        /// What was measured.
        measure: MeasureKey = MeasureKey(writer.guide[outcome.measure].id.clone()),
        /// The kind of figure.
        statistic: Option<OneOf<Statistic>> = outcome.statistic.map(OneOf),
        /// The time at which a rate was measured.
        at: Option<String> = outcome.at.clone(),
        /// The figure for this treatment.
        value: FigureAnswer = FigureAnswer::new(writer, &outcome.value),
        /// The confidence interval of the figure.
        interval: Option<String> = outcome.interval.clone(),
        /// The level of the confidence intervals; null means 95%.
        interval_level: Option<String> = outcome.interval_level.clone(),
        /// The number of people who had this treatment.
        n: Option<u32> = outcome.n,
        /// What the treatment is compared with.
        comparator: Option<String> = outcome.comparator.clone(),
        /// The figure for the comparator.
        comparator_value: Option<FigureAnswer> = writer.figure(outcome.comparator_value.as_ref()),
        /// The confidence interval of the comparator's figure.
        comparator_interval: Option<String> = outcome.comparator_interval.clone(),
        /// The number of people who had the comparator.
        comparator_n: Option<u32> = outcome.comparator_n,
        /// The difference between this treatment's figure and the comparator's.
        difference: Option<String> = outcome.difference.clone(),
        /// The p value as the source prints it.
        p: Option<String> = outcome.p.clone(),
        /// What the comparison showed.
        conclusion: OneOf<Conclusion> = OneOf(outcome.conclusion),
        /// The study that measured the result.
        trial: Option<String> = outcome.trial.clone(),
        /// The people who were studied.
        population: Option<String> = outcome.population.clone(),
        /// Whether it applies to this person.
        concerns: OneOf<Truth> = OneOf(truth),
        /// The result in a plain sentence.
        text: String = outcome.text.clone(),
        /// The passages that support it.
        #[schemars(length(min = 1))]
        sources: Vec<Citation> = writer.citations(&outcome.from),
    }
}

object! {
    /// An adverse effect.
    EffectAnswer(writer, treatment: TreatmentId, effect: &EffectUse, truth: Truth) {
        /// The effect's ID.
        effect: EffectKey = EffectKey(writer.guide[effect.effect].id.clone()),
        /// Its name in plain words.
        name: String = writer.guide[effect.effect].name.clone(),
        /// Its standard term (CTCAE).
        term: Option<String> = writer.guide[effect.effect].term.clone(),
        /// How soon a person on this treatment needs help with the effect: `emergency` (call the emergency number), `now` (call the team, day or
        /// night), `same_day` or `next_visit`.
        urgency: OneOf<Urgency> = OneOf(writer.guide.effect_urgency(effect.effect, Some(treatment))),
        /// How often it occurs.
        how_often: OneOf<Frequency> = OneOf(effect.frequency),
        /// Whether the source calls it serious.
        serious: bool = effect.serious,
        /// How long it lasts.
        lasting: OneOf<EffectDuration> = OneOf(effect.duration),
        /// When it begins.
        onset: Option<OneOf<Onset>> = effect.onset.map(OneOf),
        /// How many people had it.
        value: Option<FigureAnswer> = writer.figure(effect.value.as_ref()),
        /// What the treatment is compared with.
        comparator: Option<String> = effect.comparator.clone(),
        /// How many people had it with the comparator.
        comparator_value: Option<FigureAnswer> = writer.figure(effect.comparator_value.as_ref()),
        /// The severity grade (CTCAE). The figures count the people who had the effect with this grade.
        grade: Option<String> = effect.grade.clone(),
        /// Whether it applies to this person.
        concerns: OneOf<Truth> = OneOf(truth),
        /// Details that the source adds.
        text: Option<String> = effect.text.clone(),
        /// The passages that support it.
        #[schemars(length(min = 1))]
        sources: Vec<Citation> = writer.citations(&effect.from),
    }
}

object! {
    /// How a treatment is given.
    AdministrationAnswer(writer, way: &Administration, truth: Truth) {
        /// The route.
        route: RouteKey = RouteKey(writer.guide.route_id(way.route).to_owned()),
        /// Where it's given.
        setting: Option<SettingKey> = way.setting.map(|setting| SettingKey(writer.guide[setting].id.clone())),
        /// The form in which it's given, for instance `pills`.
        form: Option<String> = way.form.clone(),
        /// How often it's given, in words.
        schedule: Option<String> = way.schedule.clone(),
        /// How long it's given, in words.
        duration: Option<String> = way.duration.clone(),
        /// The schedule and duration in numbers; null if the sources don't give them exactly.
        timing: Option<TimingAnswer> = way.timing.as_ref().map(Into::into),
        /// Whether it applies to this person.
        concerns: OneOf<Truth> = OneOf(truth),
        /// How it's given, in a sentence.
        statement: CitedText = CitedText::new(writer, &way.statement),
    }
}

object! {
    /// A part of a treatment's timeline.
    PhaseAnswer(writer, phase: &Phase) {
        /// The name of the part.
        name: String = phase.name.clone(),
        /// When it starts, in words.
        starts: Option<String> = phase.starts.clone(),
        /// How long it lasts, in words.
        lasts: Option<String> = phase.lasts.clone(),
        /// The start and end of `timing` as text, for instance `days -7 to -1`. They count from this part's `day_0` or, if that's null, from the
        /// treatment's.
        time: Option<String> = phase.timing.as_ref().and_then(timing::time),
        /// The name of the day from which `time` counts, if it differs from the treatment's `day_0`.
        day_0: Option<String> = phase.timing.as_ref().and_then(|timing| timing.index_date.clone()),
        /// The name of the day on which the part ends, if only the team can set the date of that day.
        until: Option<String> = phase.timing.as_ref().and_then(|timing| timing.until.clone()),
        /// How often something happens during the part, in words.
        schedule: Option<String> = phase.schedule.clone(),
        /// The start, length and schedule in numbers; null if the sources don't give them.
        timing: Option<TimingAnswer> = phase.timing.as_ref().map(Into::into),
        /// What happens in this part, in a sentence.
        statement: CitedText = CitedText::new(writer, &phase.statement),
    }
}

object! {
    /// A test needed before a treatment.
    TestAnswer(writer, test: &RequiredTest) {
        /// The fact that the test settles.
        fact: Option<FactKey> = test.fact.map(|fact| writer.fact(fact)),
        /// What the test is and why it's needed.
        statement: CitedText = CitedText::new(writer, &test.statement),
    }
}
