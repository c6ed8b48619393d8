//! The reference evaluator: what is known, the truth of a condition, the verdict of a treatment.

use sarcoguide_model::{
    Case, Condition, Constraint, Decimal, DerivedFact, DerivedId, Domain, Fact, FactId, FactKind, FactValue, Guide, Standing,
    Treatment, Truth, ValueSet, Verdict,
};

/// What the evaluator needs to know about a case.
pub trait Knowledge {
    /// The values of a fact that are still possible.
    fn possible(&self, fact: FactId) -> ValueSet;
    /// The number of a fact, if stated.
    fn number(&self, fact: FactId) -> Option<Decimal>;
    /// The values of a derived fact that are still possible.
    fn derived(&self, derived: DerivedId) -> ValueSet;
}

/// What is known about each fact.
#[derive(Clone, Debug)]
pub(crate) struct Facts(Vec<FactState>);

#[derive(Clone, Copy, Debug)]
pub(crate) struct FactState {
    /// The values that are still possible. Empty for a number.
    pub possible: ValueSet,
    /// The number, if stated.
    pub number: Option<Decimal>,
}

impl Facts {
    /// Only what `case` states.
    pub fn stated(guide: &Guide, case: &Case) -> Self {
        let state = |(index, fact): (usize, &Fact)| {
            let known = case.get(FactId::new(index));
            let number = if let FactValue::Number(number) = known { Some(number) } else { None };
            FactState { possible: possible_of(fact, known), number }
        };
        Self(guide.facts.iter().enumerate().map(state).collect())
    }
}

impl std::ops::Index<FactId> for Facts {
    type Output = FactState;

    fn index(&self, fact: FactId) -> &FactState {
        &self.0[fact.index()]
    }
}

impl std::ops::IndexMut<FactId> for Facts {
    fn index_mut(&mut self, fact: FactId) -> &mut FactState {
        &mut self.0[fact.index()]
    }
}

impl Knowledge for Facts {
    fn possible(&self, fact: FactId) -> ValueSet {
        self[fact].possible
    }

    fn number(&self, fact: FactId) -> Option<Decimal> {
        self[fact].number
    }

    /// Nothing is known of what is derived: constraints speak of facts alone.
    fn derived(&self, _: DerivedId) -> ValueSet {
        ValueSet::EMPTY
    }
}

impl Knowledge for State {
    fn possible(&self, fact: FactId) -> ValueSet {
        self.facts.possible(fact)
    }

    fn number(&self, fact: FactId) -> Option<Decimal> {
        self.facts.number(fact)
    }

    fn derived(&self, derived: DerivedId) -> ValueSet {
        self.derived[derived.index()]
    }
}

/// What a case states and what follows from it: the values that are still possible for each fact and derived fact.
#[derive(Clone, Debug)]
pub struct State {
    /// What is known about each fact.
    pub(crate) facts: Facts,
    /// For every derived fact, the values still possible.
    pub derived: Vec<ValueSet>,
}

impl State {
    /// What `case` states, with what follows from the guide's constraints and tables.
    ///
    /// # Errors
    ///
    /// The index of a constraint that the case breaks.
    pub fn of(guide: &Guide, case: &Case) -> Result<Self, usize> {
        let mut facts = Facts::stated(guide, case);
        propagate(&mut facts, guide.constraints.iter().enumerate(), |_, _| ())?;
        Ok(Self::with_derived(guide, facts))
    }

    /// These facts with what the guide's tables make of them.
    pub(crate) fn with_derived(guide: &Guide, facts: Facts) -> Self {
        let mut state = Self { facts, derived: vec![ValueSet::EMPTY; guide.derived.len()] };
        for (index, derived) in guide.derived.iter().enumerate() {
            state.derived[index] = possible_values(derived, &state);
        }
        state
    }
}

/// The values of `fact` that are possible when so much is known of it.
pub(crate) fn possible_of(fact: &Fact, known: FactValue) -> ValueSet {
    match (&fact.domain, known) {
        (Domain::Values(values), FactValue::Value(index)) => {
            values.get(usize::from(index)).map_or_else(|| fact.domain.all(), |value| value.covers)
        }
        _ => fact.domain.all(),
    }
}

/// Narrows the possible values by the constraints until nothing changes. Calls `narrowed` with the constraint and the fact for each step.
///
/// # Errors
///
/// The place of a constraint all of whose conditions hold.
pub(crate) fn propagate<'c>(
    facts: &mut Facts,
    constraints: impl Iterator<Item = (usize, &'c Constraint)> + Clone,
    mut narrowed: impl FnMut(&'c Constraint, FactId),
) -> Result<(), usize> {
    loop {
        let mut changed = false;
        narrow_once(facts, constraints.clone(), |constraint, fact| {
            changed = true;
            narrowed(constraint, fact);
        })?;
        if !changed {
            return Ok(());
        }
    }
}

/// Narrows the possible values by each constraint once: where all its conditions hold but one, that one cannot.
///
/// # Errors
///
/// The place of a constraint all of whose conditions hold.
pub(crate) fn narrow_once<'c>(
    facts: &mut Facts,
    constraints: impl Iterator<Item = (usize, &'c Constraint)>,
    mut narrowed: impl FnMut(&'c Constraint, FactId),
) -> Result<(), usize> {
    for (index, constraint) in constraints {
        let mut open = None;
        let mut settled = true;
        let mut broken = true;
        for part in &constraint.mutually_exclusive {
            match truth(part, facts) {
                Truth::True => {}
                Truth::False => {
                    settled = false;
                    broken = false;
                    break;
                }
                Truth::Unknown => {
                    broken = false;
                    settled &= open.is_none();
                    open = Some(part);
                }
            }
        }
        if broken {
            return Err(index);
        }
        if let (true, Some(Condition::Is { fact, values })) = (settled, open) {
            let possible = &mut facts[*fact].possible;
            *possible = possible.difference(*values);
            narrowed(constraint, *fact);
        }
    }
    Ok(())
}

/// The values of a derived fact whose rows are not ruled out.
pub(crate) fn possible_values(derived: &DerivedFact, state: &impl Knowledge) -> ValueSet {
    let open = |row: &&sarcoguide_model::Row| !truth(&row.rule.when, state).is_false();
    match (derived.kind, derived.rows.as_slice()) {
        // The row for `no` is the negation of the row for `yes`: one look is enough.
        (FactKind::YesNo, [yes, no]) => match truth(&yes.rule.when, state) {
            Truth::True => ValueSet::only(yes.value),
            Truth::False => ValueSet::only(no.value),
            Truth::Unknown => derived.values.iter().enumerate().map(|(index, _)| index).collect(),
        },
        (_, rows) => rows.iter().filter(open).map(|row| row.value).collect(),
    }
}

/// The truth of a condition in three values.
#[must_use]
pub fn truth(condition: &Condition, state: &impl Knowledge) -> Truth {
    match condition {
        Condition::Always => Truth::True,
        Condition::Is { fact, values } => one_of(state.possible(*fact), *values),
        Condition::Derived { derived, values } => one_of(state.derived(*derived), *values),
        Condition::Compare { fact, comparison, threshold } => match state.number(*fact) {
            Some(number) => comparison.holds(number, *threshold).into(),
            None => Truth::Unknown,
        },
        Condition::Not(inner) => !truth(inner, state),
        Condition::All(parts) => all(parts.iter().map(|part| truth(part, state))),
        Condition::Any(parts) => any(parts.iter().map(|part| truth(part, state))),
    }
}

/// Whether all hold. One that does not ends the search; the others cannot change it.
fn all(truths: impl Iterator<Item = Truth>) -> Truth {
    let mut all = Truth::True;
    for truth in truths {
        all = all.and(truth);
        if all.is_false() {
            break;
        }
    }
    all
}

/// Whether any holds. One that does ends the search.
pub(crate) fn any(truths: impl Iterator<Item = Truth>) -> Truth {
    let mut any = Truth::False;
    for truth in truths {
        any = any.or(truth);
        if any.is_true() {
            break;
        }
    }
    any
}

/// Whether a fact with these possible values has one of `values`: decided as soon as all possible values agree.
fn one_of(possible: ValueSet, values: ValueSet) -> Truth {
    if possible.is_empty() {
        Truth::Unknown
    } else if possible.is_subset(values) {
        Truth::True
    } else if possible.intersection(values).is_empty() {
        Truth::False
    } else {
        Truth::Unknown
    }
}

/// The truth of each indication of a treatment, within the guide's scope.
pub fn indication_truths(guide: &Guide, treatment: &Treatment, state: &impl Knowledge) -> impl Iterator<Item = Truth> {
    treatment.indications.iter().map(|indication| all(guide.scoped(treatment, indication).map(|part| truth(part, state))))
}

/// The verdict of a treatment; the table is in `docs/guide-format.md`.
#[must_use]
pub fn verdict(guide: &Guide, treatment: &Treatment, state: &impl Knowledge) -> Verdict {
    let indicated = any(indication_truths(guide, treatment, state));
    let contraindicated = any(treatment.contraindications.iter().map(|entry| truth(&entry.rule.when, state)));
    decide(treatment, indicated, contraindicated)
}

/// The verdict that follows from whether any indication and any contraindication holds.
pub(crate) fn decide(treatment: &Treatment, indicated: Truth, contraindicated: Truth) -> Verdict {
    match (indicated, contraindicated) {
        _ if treatment.is_withdrawn() => Verdict::Unavailable,
        (Truth::False, _) => Verdict::NotIndicated,
        (Truth::Unknown, _) => Verdict::Possible,
        (Truth::True, Truth::True) => Verdict::Contraindicated,
        (Truth::True, Truth::Unknown) => Verdict::Possible,
        (Truth::True, Truth::False) => Verdict::Indicated,
    }
}

/// The best standing of a treatment with this verdict and these truths of its indications; see
/// [`TreatmentAdvice::standing`](sarcoguide_model::TreatmentAdvice::standing).
#[must_use]
pub fn standing(guide: &Guide, treatment: &Treatment, verdict: Verdict, indications: &[Truth]) -> Option<Standing> {
    let counts = |truth: Truth| match verdict {
        Verdict::Indicated | Verdict::Contraindicated => truth.is_true(),
        Verdict::Possible => !truth.is_false(),
        Verdict::Unavailable | Verdict::NotIndicated => false,
    };
    let counting = treatment.indications.iter().zip(indications).filter(|(_, truth)| counts(**truth));
    counting.map(|(indication, _)| guide.standing(indication)).min()
}
