//! The rules of a treatment: what they come to in a case, and, for the team, each in words.

use sarcoguide_model::{Condition, Rule, TreatmentAdvice, Truth, Verdict};

use super::{Page, figure};
use crate::answer::{formerly, gone_since, trial_strength};
use crate::fit::Fit;
use crate::words::{self, humanize};
use sarcoguide_document::{Emphasis, Line};

impl Page<'_> {
    /// That it can be had only in clinical trials, or no longer, and whether it fitted the case before.
    pub(super) fn fit_here(&self, entry: &TreatmentAdvice) -> Option<Line> {
        match Fit::of(self.guide, entry) {
            Fit::TrialOnly => {
                let strength = trial_strength(self.guide)?;
                Some(Line::default().add(Emphasis::Open, format!("{}: ", strength.name)).plain(strength.help.clone()))
            }
            Fit::Unavailable => {
                let gone = words::capital(&gone_since(self.treatment));
                let formerly = entry.former_indication.map(formerly).unwrap_or_default();
                Some(Line::default().add(Emphasis::Bad, format!("{gone}. ")).plain(formerly))
            }
            _ => None,
        }
    }

    /// Indications that hold or may hold.
    pub(super) fn indications_here(&mut self, entry: &TreatmentAdvice) -> Vec<Line> {
        let guide = self.guide;
        let mut holding: Vec<_> = self.treatment.indications.iter().zip(&entry.indications).collect();
        holding.retain(|(_, truth)| !truth.is_false());
        holding.sort_by_key(|(_, truth)| !truth.is_true());
        let mut lines = Vec::new();
        for (indication, truth) in holding {
            let mark = self.citations.mark(&indication.rule.from);
            let timing = guide[indication.timing].name.clone();
            let strength = guide[indication.strength].name.to_lowercase();
            let aim = format!("aim: {}", guide[indication.intent].name.to_lowercase());
            // How strongly something was recommended that is withdrawn is of no use now, and its own words say that it is past.
            let (head, place) = match truth {
                _ if entry.verdict == Verdict::Unavailable => ("", vec![timing, aim]),
                Truth::True => ("Why: ", vec![timing, strength, aim]),
                _ => ("When it would fit: ", vec![timing, strength, aim]),
            };
            let place = format!(" ({})", place.join(", "));
            lines.push(Line::default().strong(head).plain(indication.sentence(*truth)).cite(mark).faint(place));
        }
        lines
    }

    /// What speaks against it, and what to take care of, in the case.
    pub(super) fn warnings(&mut self, entry: &TreatmentAdvice) -> Vec<Line> {
        let mut lines = Vec::new();
        for (contraindication, truth) in self.treatment.contraindications.iter().zip(&entry.contraindications) {
            let head = match truth {
                Truth::True => "Advised against: ",
                Truth::Unknown => "To be ruled out first: ",
                Truth::False => continue,
            };
            let mark = self.citations.mark(&contraindication.rule.from);
            let instead = contraindication.instead.as_ref().map(|text| format!(" {text}")).unwrap_or_default();
            lines.push(Line::default().add(Emphasis::Bad, head).plain(contraindication.text.clone()).plain(instead).cite(mark));
        }
        for (precaution, truth) in self.treatment.precautions.iter().zip(&entry.precautions) {
            let mark = self.citations.mark(&precaution.rule.from);
            match truth {
                Truth::True => {
                    lines.push(Line::default().add(Emphasis::Open, "Take care: ").plain(precaution.text.clone()).cite(mark));
                }
                Truth::Unknown => {
                    let line = Line::default().strong("To be checked: ").plain(precaution.text.clone()).cite(mark);
                    let open = self.answered.map(|answered| {
                        words::depends_on(self.guide, answered.case, &answered.advice.implied, &precaution.rule.when)
                    });
                    lines.push(line.then(open.unwrap_or_default()));
                }
                Truth::False => {}
            }
        }
        lines
    }

    /// The same whatever the case.
    pub(super) fn cautions(&mut self, team: bool) -> Vec<Line> {
        let guide = self.guide;
        let when = |rule: &Rule| {
            if team { format!(" (when {})", words::condition(guide, &rule.when)) } else { String::new() }
        };
        let mut lines = Vec::new();
        for entry in &self.treatment.contraindications {
            let mark = self.citations.mark(&entry.rule.from);
            let instead = entry.instead.as_ref().map(|text| format!(" {text}")).unwrap_or_default();
            let line = Line::default().add(Emphasis::Bad, "Not to be given: ").plain(format!("{}{instead}", entry.text));
            lines.push(line.cite(mark).faint(when(&entry.rule)));
        }
        for entry in &self.treatment.precautions {
            let mark = self.citations.mark(&entry.rule.from);
            let line = Line::default().strong("Take care: ").plain(entry.text.clone());
            lines.push(line.cite(mark).faint(when(&entry.rule)));
        }
        lines
    }

    /// The figures as tables.
    pub(super) fn evidence(&mut self) {
        let or_dash = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
        let outcomes = self.treatment.outcomes.iter().map(|outcome| {
            let mark = self.citations.mark(&outcome.from);
            let interval = |interval: &Option<String>| {
                let level = outcome.interval_level.as_deref().unwrap_or("95 %");
                interval.as_ref().map(|interval| format!(" ({level}: {interval})")).unwrap_or_default()
            };
            let people = |n: Option<u32>| n.map(|n| format!(", n = {n}")).unwrap_or_default();
            let at = outcome.at.as_ref().map(|at| format!(" at {at}")).unwrap_or_default();
            let statistic = outcome.statistic.as_ref().map(|statistic| format!(", {}", humanize(statistic))).unwrap_or_default();
            let value = format!("{}{}{}", outcome.value.written, interval(&outcome.interval), people(outcome.n));
            let comparator = outcome.comparator.as_ref().map(|comparator| {
                let other = outcome.comparator_value.as_ref().map(|value| format!(": {}", value.written)).unwrap_or_default();
                format!("{comparator}{other}{}{}", interval(&outcome.comparator_interval), people(outcome.comparator_n))
            });
            let p = outcome.p.as_ref().map(|p| format!("p {p}"));
            let difference: Vec<String> = [outcome.difference.clone(), p].into_iter().flatten().collect();
            let study: Vec<String> = [outcome.trial.clone(), outcome.population.clone()].into_iter().flatten().collect();
            vec![
                format!("{}{at}{statistic}", words::within(&self.guide[outcome.measure].name)),
                value,
                or_dash(comparator),
                or_dash((!difference.is_empty()).then(|| difference.join("; "))),
                humanize(outcome.conclusion.id()),
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
                    or_dash(effect.value.as_ref().map(figure)),
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
        self.document.heading(2, "Evidence");
        self.document.table(&["measure", "value", "compared with", "difference", "showed", "study"], outcomes);
        self.document.table(&["side effect", "CTCAE term", "grade", "value", "compared with", "sources"], effects);
    }

    /// Every rule in words, and how it was worked out for the case.
    pub(super) fn rules(&mut self, truth: Option<&dyn Fn(&Condition) -> Truth>) {
        let treatment = self.treatment;
        let mut rules: Vec<(String, &Rule)> = Vec::new();
        for indication in &treatment.indications {
            let timing = &self.guide[indication.timing].name;
            rules.push((format!("Indication, {}", timing.to_lowercase()), &indication.rule));
        }
        rules.extend(treatment.contraindications.iter().map(|entry| ("Contraindication".to_owned(), &entry.rule)));
        rules.extend(treatment.precautions.iter().map(|entry| ("Precaution".to_owned(), &entry.rule)));
        rules.extend(treatment.declined.iter().map(|rule| ("Declined".to_owned(), rule)));
        if rules.is_empty() {
            return;
        }
        self.document.heading(2, "Rules, and how they were worked out");
        if !treatment.any_scope {
            let scope = words::condition(self.guide, &self.guide.scope.when);
            self.document.paragraph(format!("Every indication also asks that the guide covers the case: {scope}."));
        }
        for (name, rule) in rules {
            let mark = self.citations.mark(&rule.from);
            let words = words::condition(self.guide, &rule.when);
            let head = Line::default().strong(format!("{name}: "));
            let head = match truth.map(|truth| truth_words(truth(&rule.when))) {
                Some((emphasis, word)) => head.add(emphasis, word).plain("; when "),
                None => head.plain("when "),
            };
            self.document.points(vec![head.plain(words).cite(mark)]);
            if let Some(truth) = truth {
                self.trace(&rule.when, truth, 1);
            }
        }
    }

    /// The parts of a condition with what each comes to; a part without parts of its own stands for itself.
    fn trace(&mut self, condition: &Condition, truth: &dyn Fn(&Condition) -> Truth, depth: u8) {
        let (name, parts): (&str, &[Condition]) = match condition {
            Condition::All(parts) => ("all of these", parts),
            Condition::Any(parts) => ("one of these", parts),
            Condition::Not(part) => ("not", std::slice::from_ref(&**part)),
            Condition::Always | Condition::Is { .. } | Condition::Derived { .. } | Condition::Compare { .. } => return,
        };
        for part in parts {
            let (emphasis, word) = truth_words(truth(part));
            let compound = matches!(part, Condition::All(_) | Condition::Any(_) | Condition::Not(_));
            let words = if compound { String::new() } else { format!(": {}", words::condition(self.guide, part)) };
            self.document.points_at(depth, vec![Line::default().faint(format!("{name}: ")).add(emphasis, word).plain(words)]);
            self.trace(part, truth, depth.saturating_add(1));
        }
    }
}

fn truth_words(truth: Truth) -> (Emphasis, &'static str) {
    match truth {
        Truth::True => (Emphasis::Good, "holds"),
        Truth::False => (Emphasis::Bad, "does not hold"),
        Truth::Unknown => (Emphasis::Open, "not known"),
    }
}
