//! The reference evaluator. It works out the possible values of facts, the truth of conditions, and the verdicts on treatments.

use sarcoguide_model::{
    Case, Condition, Constraint, DerivedFact, DerivedId, Domain, Fact, FactId, FactKind, FactValue, Guide, Interval, Standing,
    Treatment, Truth, ValueSet, Verdict,
};

/// Gives the evaluator access to what is known about a case.
pub trait Knowledge {
    /// Returns the values of a fact that are still possible.
    fn possible(&self, fact: FactId) -> ValueSet;
    /// Returns the numbers of a numeric fact that are still possible. The result has no meaning for other facts.
    fn numbers(&self, fact: FactId) -> Interval;
    /// Returns the values of a derived fact that are still possible.
    fn derived(&self, derived: DerivedId) -> ValueSet;
}

/// The possible values of each fact.
#[derive(Clone, Debug)]
pub(crate) struct Facts(Vec<FactState>);

/// The possible values of one fact.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FactState {
    /// The values that are still possible. Empty for a numeric fact.
    pub possible: ValueSet,
    /// The numbers that are still possible. Meaningless for a fact that isn't numeric.
    pub numbers: Interval,
}

impl Facts {
    /// Returns the possible values according to `case` alone, before any constraint is applied.
    pub fn stated(guide: &Guide, case: &Case) -> Self {
        let state = |(index, fact): (usize, &Fact)| {
            let known = case.get(FactId::new(index));
            FactState { possible: possible_of(fact, known), numbers: numbers_of(fact, known) }
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

    fn numbers(&self, fact: FactId) -> Interval {
        self[fact].numbers
    }

    /// Returns the empty set, which means that the value is unknown. This is safe because no constraint uses derived facts.
    fn derived(&self, _: DerivedId) -> ValueSet {
        ValueSet::EMPTY
    }
}

impl Knowledge for State {
    fn possible(&self, fact: FactId) -> ValueSet {
        self.facts.possible(fact)
    }

    fn numbers(&self, fact: FactId) -> Interval {
        self.facts.numbers(fact)
    }

    fn derived(&self, derived: DerivedId) -> ValueSet {
        self.derived[derived.index()]
    }
}

/// The values that are still possible for each fact and derived fact in a case, after the guide's constraints and the tables of
/// its derived facts are applied.
#[derive(Clone, Debug)]
pub struct State {
    /// The possible values of each fact.
    pub(crate) facts: Facts,
    /// The values of each derived fact that are still possible.
    pub derived: Vec<ValueSet>,
    /// The indexes of the soft constraints that weren't applied.
    ignored: Vec<usize>,
}

impl State {
    /// Applies the constraints, except for the `ignored` ones. The error is the index of a constraint that the case breaks.
    pub(crate) fn ignoring(guide: &Guide, case: &Case, ignored: &[usize]) -> Result<Self, usize> {
        let mut facts = Facts::stated(guide, case);
        propagate(&mut facts, constraints(guide, ignored), |_, _| ())?;
        Ok(Self::with_derived(guide, facts, ignored))
    }

    /// The indexes of the soft constraints that weren't applied: those that conflict with the case, and those that use a quoted fact in such a
    /// conflict. A quoted fact is one that only soft constraints use, such as the words of a report.
    #[must_use]
    pub fn ignored_constraints(&self) -> &[usize] {
        &self.ignored
    }

    /// Creates a state from the possible values of facts. Works out the possible values of the derived facts. `ignored` are the constraints that
    /// weren't applied to the facts.
    pub(crate) fn with_derived(guide: &Guide, facts: Facts, ignored: &[usize]) -> Self {
        let mut state = Self { facts, derived: vec![ValueSet::EMPTY; guide.derived.len()], ignored: ignored.to_vec() };
        for (index, derived) in guide.derived.iter().enumerate() {
            state.derived[index] = possible_values(derived, &state);
        }
        state
    }
}

/// Returns the possible values of `fact` if a case states `known` about it.
pub(crate) fn possible_of(fact: &Fact, known: FactValue) -> ValueSet {
    match (&fact.domain, known) {
        (Domain::Values(values), FactValue::Value(index)) => {
            values.get(usize::from(index)).map_or_else(|| fact.domain.all(), |value| value.covers)
        }
        _ => fact.domain.all(),
    }
}

/// Returns the numbers that `fact` can have if a case states `known` about it.
pub(crate) fn numbers_of(fact: &Fact, known: FactValue) -> Interval {
    match (&fact.domain, known) {
        (_, FactValue::Number(number)) => Interval::only(number),
        (_, FactValue::Between(interval)) => interval,
        (domain, _) => domain.interval(),
    }
}

/// Returns the constraints of a guide with their indexes, except for those with an index in `ignored`.
pub(crate) fn constraints<'a>(guide: &'a Guide, ignored: &'a [usize]) -> impl Iterator<Item = (usize, &'a Constraint)> + Clone {
    guide.constraints.iter().enumerate().filter(|(index, _)| !ignored.contains(index))
}

/// Applies the constraints repeatedly until the possible values no longer change. Calls `narrowed` with the constraint's index each time a
/// constraint removes possible values of a fact.
///
/// # Errors
///
/// If all conditions of a constraint hold. The error is the index of that constraint.
pub(crate) fn propagate<'c>(
    facts: &mut Facts,
    constraints: impl Iterator<Item = (usize, &'c Constraint)> + Clone,
    mut narrowed: impl FnMut(usize, FactId),
) -> Result<(), usize> {
    loop {
        let mut changed = false;
        narrow_once(facts, constraints.clone(), |index, fact| {
            changed = true;
            narrowed(index, fact);
        })?;
        if !changed {
            return Ok(());
        }
    }
}

/// Applies each constraint once. The conditions of a constraint can't all hold. So if one of them is unknown and all others hold,
/// the unknown one must be false. If it's an `Is` or `Compare` condition, removes the values or numbers for which it's true from those
/// that are possible for its fact, and calls `narrowed` with the constraint's index. A soft constraint acts only if the unknown condition is its last one.
///
/// # Errors
///
/// If all conditions of a constraint hold. The error is the index of that constraint.
pub(crate) fn narrow_once<'c>(
    facts: &mut Facts,
    constraints: impl Iterator<Item = (usize, &'c Constraint)>,
    mut narrowed: impl FnMut(usize, FactId),
) -> Result<(), usize> {
    for (index, constraint) in constraints {
        let mut open = None;
        let mut others_hold = true;
        let mut broken = true;
        for part in &constraint.mutually_exclusive {
            match truth(part, facts) {
                Truth::True => {}
                Truth::False => {
                    others_hold = false;
                    broken = false;
                    break;
                }
                Truth::Unknown => {
                    broken = false;
                    others_hold &= open.is_none();
                    open = Some(part);
                }
            }
        }
        if broken {
            return Err(index);
        }
        let is_last = |part: &&Condition| constraint.mutually_exclusive.last().is_some_and(|last| std::ptr::eq(last, *part));
        match open.filter(|part| others_hold && (constraint.doubt.is_none() || is_last(part))) {
            Some(Condition::Is { fact, values }) => {
                let possible = &mut facts[*fact].possible;
                *possible = possible.difference(*values);
                narrowed(index, *fact);
            }
            Some(Condition::Compare { fact, comparison, threshold }) => {
                let numbers = facts[*fact].numbers;
                let left = numbers.without(*comparison, *threshold);
                if left != numbers {
                    facts[*fact].numbers = left;
                    narrowed(index, *fact);
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Returns the values of a derived fact that at least one row of its table can still give.
pub(crate) fn possible_values(derived: &DerivedFact, state: &impl Knowledge) -> ValueSet {
    let open = |row: &&sarcoguide_model::Row| !truth(&row.rule.when, state).is_false();
    match (derived.kind, derived.rows.as_slice()) {
        // The row for `no` is the negation of the row for `yes`, so it's enough to evaluate one of them.
        (FactKind::YesNo, [yes, no]) => match truth(&yes.rule.when, state) {
            Truth::True => ValueSet::only(yes.value),
            Truth::False => ValueSet::only(no.value),
            Truth::Unknown => derived.values.iter().enumerate().map(|(index, _)| index).collect(),
        },
        (_, rows) => rows.iter().filter(open).map(|row| row.value).collect(),
    }
}

/// Evaluates a condition in three-valued logic.
#[must_use]
pub fn truth(condition: &Condition, state: &impl Knowledge) -> Truth {
    match condition {
        Condition::Always => Truth::True,
        Condition::Is { fact, values } => one_of(state.possible(*fact), *values),
        Condition::Derived { derived, values } => one_of(state.derived(*derived), *values),
        Condition::Compare { fact, comparison, threshold } => state.numbers(*fact).compare(*comparison, *threshold),
        Condition::Not(inner) => !truth(inner, state),
        Condition::All(parts) => all(parts.iter().map(|part| truth(part, state))),
        Condition::Any(parts) => any(parts.iter().map(|part| truth(part, state))),
    }
}

/// Whether all of `truths` are true. Stops at the first false one, because the rest can't change the result.
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

/// Whether at least one of `truths` is true. Stops at the first true one.
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

/// Whether the value of a fact is one of `values`, given its possible values. The result is decided once all possible values
/// agree.
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

/// Returns the truth of each indication of a treatment. An indication holds only in cases that are in the guide's scope, unless
/// the treatment has `any_scope`.
pub fn indication_truths(guide: &Guide, treatment: &Treatment, state: &impl Knowledge) -> impl Iterator<Item = Truth> {
    treatment.indications.iter().map(|indication| all(guide.scoped(treatment, indication).map(|part| truth(part, state))))
}

/// Returns the verdict on a treatment. A table in `docs/guide-format.md` shows how the verdict is determined.
#[must_use]
pub fn verdict(guide: &Guide, treatment: &Treatment, state: &impl Knowledge) -> Verdict {
    let indicated = any(indication_truths(guide, treatment, state));
    let contraindicated = any(treatment.contraindications.iter().map(|entry| truth(&entry.rule.when, state)));
    decide(treatment, indicated, contraindicated)
}

/// Returns the verdict on a treatment, given whether any of its indications and any of its contraindications holds.
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

/// Returns the best standing among the indications that hold, or `None` if the treatment is unavailable or not indicated. If the
/// verdict is `Possible`, indications that could still hold count too. `indications` holds the truth of each indication. See
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
