//! A treatment's rules: what follows from them for a case and, for the team, each rule in words.

use sarcoguide_model::{Condition, Contraindication, Rule, TreatmentAdvice, Truth, Verdict};

use super::caution::Caution;
use super::{Page, figure};
use crate::fit::{Fit, former_fit, trial_strength, unavailable_since};
use crate::line::line;
use crate::words;
use sarcoguide_document::{Emphasis, Line};
use sarcoguide_text::{Text, t};

impl Page<'_> {
    /// A line that says that the treatment is available only in clinical trials, or no longer available. If it's no longer available, the line also
    /// says whether it would have fit the case.
    pub(super) fn availability_line(&self, entry: &TreatmentAdvice) -> Option<Line> {
        match Fit::of(self.guide, entry) {
            Fit::TrialOnly => {
                let strength = trial_strength(self.guide)?;
                Some(Line::default().add(Emphasis::Open, format!("{}: ", strength.name)).plain(strength.help.clone()))
            }
            Fit::Unavailable => {
                let gone = words::capital(&unavailable_since(self.guide, self.treatment));
                let formerly = entry.former_indication.map(|former| former_fit(self.guide, former)).unwrap_or_default();
                Some(Line::default().add(Emphasis::Bad, format!("{gone}. ")).plain(formerly))
            }
            _ => None,
        }
    }

    /// A line for each indication that holds or may hold, those that hold first.
    pub(super) fn indication_lines(&mut self, entry: &TreatmentAdvice) -> Vec<Line> {
        let guide = self.guide;
        let mut indications: Vec<_> = self.treatment.indications.iter().zip(&entry.indications).collect();
        indications.retain(|(_, truth)| !truth.is_false());
        indications.sort_by_key(|(_, truth)| !truth.is_true());
        let mut lines = Vec::new();
        for (indication, truth) in indications {
            let sentence = indication.sentence(*truth);
            let sources = Line::default().cite(self.citations.mark(&indication.rule.from));
            let timing = &guide[indication.timing].name;
            let strength = guide[indication.strength].name.to_lowercase();
            let aim = guide[indication.intent].name.to_lowercase();
            lines.push(match truth {
                // For a withdrawn treatment, leave out how strongly it was recommended. That no longer helps anyone.
                _ if entry.verdict == Verdict::Unavailable => {
                    line!(guide, treatment_past_reason, sentence = sentence, sources = sources, timing = timing, aim = aim)
                }
                Truth::True => line!(
                    guide,
                    treatment_why,
                    sentence = sentence,
                    sources = sources,
                    timing = timing,
                    strength = strength,
                    aim = aim
                ),
                _ => line!(
                    guide,
                    treatment_when_it_would_fit,
                    sentence = sentence,
                    sources = sources,
                    timing = timing,
                    strength = strength,
                    aim = aim
                ),
            });
        }
        lines
    }

    /// A line for each contraindication and each precaution that applies or may apply to the case, and that `wanted` accepts.
    pub(super) fn warnings(&mut self, entry: &TreatmentAdvice, wanted: impl Fn(Truth, Caution) -> bool) -> Vec<Line> {
        let guide = self.guide;
        let mut lines = Vec::new();
        for (contraindication, truth) in self.treatment.contraindications.iter().zip(&entry.contraindications) {
            if !wanted(*truth, Caution::Contraindication) {
                continue;
            }
            let text = with_alternative(contraindication);
            let line = match truth {
                Truth::True => line!(guide => Emphasis::Bad, treatment_advised_against, text = text),
                Truth::Unknown => line!(guide => Emphasis::Bad, treatment_to_be_ruled_out, text = text),
                Truth::False => continue,
            };
            lines.push(line.cite(self.citations.mark(&contraindication.rule.from)));
        }
        for (precaution, truth) in self.treatment.precautions.iter().zip(&entry.precautions) {
            if !wanted(*truth, Caution::of(precaution)) {
                continue;
            }
            let mark = self.citations.mark(&precaution.rule.from);
            match truth {
                Truth::True => {
                    let emphasis = if precaution.warning { Emphasis::Bad } else { Emphasis::Open };
                    lines.push(line!(guide => emphasis, treatment_take_care, text = &precaution.text).cite(mark));
                }
                Truth::Unknown => {
                    let line = line!(guide, treatment_to_be_checked, text = &precaution.text).cite(mark);
                    let open = self
                        .answered
                        .map(|answered| words::depends_on(guide, answered.case, &answered.advice.implied, &precaution.rule.when));
                    lines.push(line.then(open.unwrap_or_default()));
                }
                Truth::False => {}
            }
        }
        lines
    }

    /// A line for each contraindication and each precaution that `wanted` accepts, regardless of the case. If `team` is true, each line includes
    /// the condition.
    pub(super) fn cautions(&mut self, team: bool, wanted: impl Fn(Caution) -> bool) -> Vec<Line> {
        let guide = self.guide;
        let when = |rule: &Rule| {
            let condition = team.then(|| words::condition(guide, &rule.when));
            condition.map(|condition| line!(guide, treatment_caution_rule, condition = condition)).unwrap_or_default()
        };
        let mut lines = Vec::new();
        for entry in self.treatment.contraindications.iter().filter(|_| wanted(Caution::Contraindication)) {
            let mark = self.citations.mark(&entry.rule.from);
            let line = line!(guide => Emphasis::Bad, treatment_not_to_be_given, text = with_alternative(entry));
            lines.push(line.cite(mark).then(when(&entry.rule)));
        }
        for entry in self.treatment.precautions.iter().filter(|entry| wanted(Caution::of(entry))) {
            let mark = self.citations.mark(&entry.rule.from);
            let emphasis = if entry.warning { Emphasis::Bad } else { Emphasis::Strong };
            lines.push(line!(guide => emphasis, treatment_take_care, text = &entry.text).cite(mark).then(when(&entry.rule)));
        }
        lines
    }

    /// Adds tables of the measured outcomes and of the side effects.
    pub(super) fn evidence(&mut self) {
        let text = self.guide.text;
        let or_dash = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
        let outcomes = self.treatment.outcomes.iter().map(|outcome| {
            let mark = self.citations.mark(&outcome.from);
            let interval = |interval: &Option<String>| {
                let level = outcome.interval_level.as_deref().unwrap_or("95 %");
                interval.as_ref().map(|interval| format!(" ({level}: {interval})")).unwrap_or_default()
            };
            let people =
                |n: Option<u32>| n.map(|n| format!(", {}", t!(text, treatment_evidence_people, people = n))).unwrap_or_default();
            let measure = words::within(&self.guide[outcome.measure].name);
            let measure = match &outcome.at {
                Some(at) => t!(text, treatment_evidence_measure_at, measure = measure, at = at),
                None => measure,
            };
            let statistic =
                outcome.statistic.map(|statistic| format!(", {}", words::statistic(self.guide, statistic))).unwrap_or_default();
            let value = format!("{}{}{}", outcome.value.written, interval(&outcome.interval), people(outcome.n));
            let comparator = outcome.comparator.as_ref().map(|comparator| {
                let other = outcome.comparator_value.as_ref().map(|value| format!(": {}", value.written)).unwrap_or_default();
                format!("{comparator}{other}{}{}", interval(&outcome.comparator_interval), people(outcome.comparator_n))
            });
            let p = outcome.p.as_ref().map(|p| format!("p {p}"));
            let difference: Vec<String> = [outcome.difference.clone(), p].into_iter().flatten().collect();
            let study: Vec<String> = [outcome.trial.clone(), outcome.population.clone()].into_iter().flatten().collect();
            vec![
                format!("{measure}{statistic}"),
                value,
                or_dash(comparator),
                or_dash((!difference.is_empty()).then(|| difference.join("; "))),
                t!(text, treatment_evidence_conclusion, conclusion = outcome.conclusion.id()),
                format!("{}{}", study.join("; "), mark.text),
            ]
        });
        let outcomes: Vec<Vec<String>> = outcomes.collect();
        let effects =
            self.treatment.effects.iter().filter(|effect| effect.value.is_some() || effect.grade.is_some()).map(|effect| {
                let mark = self.citations.mark(&effect.from);
                let about = &self.guide[effect.effect];
                vec![
                    about.name.clone(),
                    or_dash(about.term.clone()),
                    or_dash(effect.grade.clone()),
                    or_dash(effect.value.as_ref().map(|value| figure(self.guide, value))),
                    or_dash(effect.comparator.as_ref().map(|comparator| {
                        let other =
                            effect.comparator_value.as_ref().map(|value| format!(": {}", value.written)).unwrap_or_default();
                        format!("{comparator}{other}")
                    })),
                    mark.text.trim().to_owned(),
                ]
            });
        let effects: Vec<Vec<String>> = effects.collect();
        if outcomes.is_empty() && effects.is_empty() {
            return;
        }
        self.document.heading(3, t!(text, treatment_evidence_heading));
        let heads = [
            t!(text, treatment_evidence_measure),
            t!(text, treatment_evidence_value),
            t!(text, treatment_evidence_compared_with),
            t!(text, treatment_evidence_difference),
            t!(text, treatment_evidence_showed),
            t!(text, treatment_evidence_study),
        ];
        self.document.table(&heads.each_ref().map(String::as_str), outcomes);
        let heads = [
            t!(text, treatment_evidence_effect),
            t!(text, treatment_evidence_term),
            t!(text, treatment_evidence_grade),
            t!(text, treatment_evidence_value),
            t!(text, treatment_evidence_compared_with),
            t!(text, treatment_evidence_sources),
        ];
        self.document.table(&heads.each_ref().map(String::as_str), effects);
    }

    /// Adds every rule in words. If `truth` evaluates conditions for a case, also shows whether the rule and each of its parts are true.
    pub(super) fn rules(&mut self, truth: Option<&dyn Fn(&Condition) -> Truth>) {
        let (guide, text, treatment) = (self.guide, self.guide.text, self.treatment);
        let mut rules: Vec<(String, &Rule)> = Vec::new();
        for indication in &treatment.indications {
            let timing = guide[indication.timing].name.to_lowercase();
            rules.push((t!(text, treatment_rule_indication, timing = timing), &indication.rule));
        }
        let contraindications = treatment.contraindications.iter();
        rules.extend(contraindications.map(|entry| (t!(text, treatment_rule_contraindication), &entry.rule)));
        rules.extend(treatment.precautions.iter().map(|entry| (t!(text, treatment_rule_precaution), &entry.rule)));
        rules.extend(treatment.declined.iter().map(|rule| (t!(text, treatment_rule_declined), rule)));
        if rules.is_empty() {
            return;
        }
        self.document.heading(3, t!(text, treatment_rules_heading));
        if !treatment.any_scope {
            let condition = words::condition(guide, &guide.scope.when);
            self.document.paragraph(t!(text, treatment_rules_scope, condition = condition));
        }
        for (name, rule) in rules {
            let mark = self.citations.mark(&rule.from);
            let condition = words::condition(guide, &rule.when);
            let line = match truth.map(|truth| truth_words(text, truth(&rule.when))) {
                Some(truth) => line!(guide, treatment_rule_in_case, rule = name, truth = truth, condition = condition),
                None => line!(guide, treatment_rule, rule = name, condition = condition),
            };
            self.document.points(vec![line.cite(mark)]);
            if let Some(truth) = truth {
                self.trace(&rule.when, truth, 1);
            }
        }
    }

    /// Adds the parts of a condition as points at `depth`. Each says whether it's true. The parts of a part follow it, one level deeper.
    fn trace(&mut self, condition: &Condition, truth: &dyn Fn(&Condition) -> Truth, depth: u8) {
        let guide = self.guide;
        let (rule, parts): (&str, &[Condition]) = match condition {
            Condition::All(parts) => ("all", parts),
            Condition::Any(parts) => ("any", parts),
            Condition::Not(part) => ("not", std::slice::from_ref(&**part)),
            Condition::Always | Condition::Is { .. } | Condition::Derived { .. } | Condition::Compare { .. } => return,
        };
        for part in parts {
            let (rule, part_truth) = (t!(guide.text, treatment_parts, rule = rule), truth_words(guide.text, truth(part)));
            let line = if matches!(part, Condition::All(_) | Condition::Any(_) | Condition::Not(_)) {
                line!(guide, treatment_part_with_parts, rule = rule, truth = part_truth)
            } else {
                line!(guide, treatment_part, rule = rule, truth = part_truth, condition = words::condition(guide, part))
            };
            self.document.points_at(depth, vec![line]);
            self.trace(part, truth, depth.saturating_add(1));
        }
    }
}

/// The reason not to give a treatment and, if the guide names one, the alternative.
fn with_alternative(entry: &Contraindication) -> String {
    match &entry.instead {
        Some(instead) => format!("{} {instead}", entry.text),
        None => entry.text.clone(),
    }
}

fn truth_words(text: &Text, truth: Truth) -> Line {
    let emphasis = match truth {
        Truth::True => Emphasis::Good,
        Truth::False => Emphasis::Bad,
        Truth::Unknown => Emphasis::Open,
    };
    Line::default().add(emphasis, t!(text, treatment_truth, truth = truth.id()))
}
