//! Cases that leave facts open: what the three-valued evaluation says of them, and what all their completions say.

use std::collections::BTreeSet;

use biodivine_lib_bdd::{Bdd, BddValuation};
use num_bigint::BigUint;
use sarcoguide_advise::{State, truth};
use sarcoguide_model::{
    Case, Condition, DerivedId, FactId, FactKind, Guide, Known, RulePlace, Treatment, TreatmentId, Truth, ValueSet,
};

use crate::compiled::Compiled;
use crate::counts::VerdictCounts;
use crate::describe::{Cube, condition_text};
use crate::finding::{Code, Finding, Subject};
use crate::space::{Point, Space, code, known};

/// The cases, open facts included, in which a condition is true and in which it is false. In the others it is unknown.
#[derive(Clone)]
struct Truths {
    holds: Bdd,
    fails: Bdd,
}

/// The completions of cases that leave facts open.
struct Completions {
    /// The cases that have a completion in which it holds.
    some_hold: Bdd,
    /// The cases that have a completion in which it fails.
    some_fail: Bdd,
}

/// A guide over the cases that leave facts open.
pub(crate) struct Open<'g> {
    compiled: Compiled<'g>,
    /// The cases that can be: those that have a completion.
    consistent: Bdd,
    /// For each fact, for each value by place, the cases in which it is still possible.
    possible: Vec<Vec<Bdd>>,
    /// For each derived fact, for each value, the cases in which it is still possible.
    derived: Vec<Vec<Bdd>>,
}

impl<'g> Open<'g> {
    pub fn of(guide: &'g Guide) -> Self {
        let compiled = Compiled::within(guide, Space::with_open_facts(guide));
        let none = compiled.space.none();
        let mut open = Self { compiled, consistent: none, possible: Vec::new(), derived: Vec::new() };
        open.possible = open.compiled.space.facts().map(|fact| open.values_left(fact)).collect();
        open.narrow();
        for index in 0..guide.derived.len() {
            let values = open.derived_values(index);
            open.derived.push(values);
        }
        let facts: BTreeSet<FactId> = open.compiled.space.facts().collect();
        open.consistent = open.with_completion(open.compiled.cases.clone(), &facts);
        open
    }

    fn space(&self) -> &Space {
        &self.compiled.space
    }

    /// What a case can say of a fact, by the number that stands for it.
    fn saying(&self, fact: FactId, code: usize) -> Option<Known> {
        let of_values = self.compiled.guide.facts[fact.index()].domain.values().len();
        match code.checked_sub(1) {
            None => Some(Known::Unknown),
            Some(index) if of_values > 0 => (index < of_values).then(|| u8::try_from(index).ok().map(Known::Value)).flatten(),
            Some(index) => self.space().points(fact).get(index).map(|point| known(*point)),
        }
    }

    /// The cases that say of a fact something that `holds`.
    fn said(&self, fact: FactId, holds: impl Fn(Known) -> bool) -> Bdd {
        let bits = self.space().said(fact);
        self.space().codes(bits, (0..1 << bits.len()).filter(|code| self.saying(fact, *code).is_some_and(&holds)))
    }

    /// For each value of a fact, the cases whose statement of that fact leaves it possible.
    fn values_left(&self, fact: FactId) -> Vec<Bdd> {
        let values = self.compiled.guide.facts[fact.index()].domain.values();
        let leaves = |place: usize| {
            self.said(fact, |known| match known {
                Known::Value(stated) => values[usize::from(stated)].covers.contains(place),
                Known::Unknown | Known::Number(_) => true,
            })
        };
        (0..values.len()).map(leaves).collect()
    }

    /// What the constraints rule out, as the reference evaluator does it.
    fn narrow(&mut self) {
        let guide = self.compiled.guide;
        loop {
            let mut changed = false;
            for constraint in &guide.constraints {
                let truths: Vec<Truths> = constraint.never.iter().map(|part| self.truths(part)).collect();
                for (place, part) in constraint.never.iter().enumerate() {
                    let Condition::Is { fact, values } = part else { continue };
                    let open = self.space().all().and_not(&truths[place].holds).and_not(&truths[place].fails);
                    let others = truths.iter().enumerate().filter(|(other, _)| *other != place);
                    let acts = others.fold(open, |acts, (_, truths)| acts.and(&truths.holds));
                    for value in values.iter() {
                        let left = self.possible[fact.index()][value].and_not(&acts);
                        changed |= left != self.possible[fact.index()][value];
                        self.possible[fact.index()][value] = left;
                    }
                }
            }
            if !changed {
                return;
            }
        }
    }

    fn derived_values(&self, index: usize) -> Vec<Bdd> {
        let derived = &self.compiled.guide.derived[index];
        let mut values = vec![self.space().none(); derived.values.len()];
        for row in &derived.rows {
            values[row.value] = values[row.value].or(&self.truths(&row.rule.when).fails.not());
        }
        values
    }

    fn truths(&self, condition: &Condition) -> Truths {
        let one_of = |possible: &[Bdd], values: &dyn Fn(usize) -> bool| {
            let none = |inside: bool| {
                let sets = possible.iter().enumerate().filter(|(place, _)| values(*place) == inside);
                sets.fold(self.space().all(), |all, (_, set)| all.and_not(set))
            };
            let (none_inside, none_outside) = (none(true), none(false));
            Truths { holds: none_outside.and_not(&none_inside), fails: none_inside.and_not(&none_outside) }
        };
        match condition {
            Condition::Always => Truths { holds: self.space().all(), fails: self.space().none() },
            Condition::Is { fact, values } => one_of(&self.possible[fact.index()], &|place| values.contains(place)),
            Condition::Compare { fact, comparison, threshold } => {
                let stated = |wanted: bool| {
                    self.said(*fact, |known| match known {
                        Known::Number(number) => comparison.holds(number, *threshold) == wanted,
                        Known::Unknown | Known::Value(_) => false,
                    })
                };
                Truths { holds: stated(true), fails: stated(false) }
            }
            Condition::Derived { derived, values } => one_of(&self.derived[derived.index()], &|place| values.contains(place)),
            Condition::Not(inner) => {
                let Truths { holds, fails } = self.truths(inner);
                Truths { holds: fails, fails: holds }
            }
            Condition::All(parts) => {
                let start = Truths { holds: self.space().all(), fails: self.space().none() };
                parts
                    .iter()
                    .map(|part| self.truths(part))
                    .fold(start, |all, part| Truths { holds: all.holds.and(&part.holds), fails: all.fails.or(&part.fails) })
            }
            Condition::Any(parts) => {
                let start = Truths { holds: self.space().none(), fails: self.space().all() };
                parts
                    .iter()
                    .map(|part| self.truths(part))
                    .fold(start, |any, part| Truths { holds: any.holds.or(&part.holds), fails: any.fails.and(&part.fails) })
            }
        }
    }

    /// The cases that leave facts open and have a completion in `set`, which rests on `facts` only.
    fn with_completion(&self, set: Bdd, facts: &BTreeSet<FactId>) -> Bdd {
        let guide = self.compiled.guide;
        facts.iter().rev().fold(set, |set, fact| {
            let agrees = |point: &Point, known: Known| match (*point, known) {
                (_, Known::Unknown) => true,
                (Point::Value(value), Known::Value(stated)) => {
                    guide.facts[fact.index()].domain.values()[usize::from(stated)].covers.contains(value)
                }
                (Point::Number(number), Known::Number(stated)) => number == stated,
                _ => false,
            };
            let points = self.space().points(*fact);
            let fits = points.iter().enumerate().fold(self.space().none(), |fits, (place, point)| {
                let here = self.space().codes(self.space().bits(*fact), std::iter::once(place));
                fits.or(&here.and(&self.said(*fact, |known| agrees(point, known))))
            });
            set.and(&fits).exists(self.space().bits(*fact))
        })
    }

    /// The completions in which a condition holds and in which it fails.
    fn completions(&self, condition: &Condition) -> Completions {
        let facts = self.cone(condition);
        let here = self.within(&facts);
        let holds = self.compiled.condition(condition);
        Completions {
            some_hold: self.with_completion(here.and(&holds), &facts),
            some_fail: self.with_completion(here.and_not(&holds), &facts),
        }
    }

    /// The facts that a condition rests on, and those that constraints tie to them.
    fn cone(&self, condition: &Condition) -> BTreeSet<FactId> {
        let guide = self.compiled.guide;
        let mut facts = guide.facts_under(condition);
        loop {
            let before = facts.len();
            for constraint in &guide.constraints {
                let named: BTreeSet<FactId> = constraint.never.iter().flat_map(|part| guide.facts_under(part)).collect();
                if !named.is_disjoint(&facts) {
                    facts.extend(named);
                }
            }
            if facts.len() == before {
                return facts;
            }
        }
    }

    /// The possible cases as far as these facts go.
    fn within(&self, facts: &BTreeSet<FactId>) -> Bdd {
        let guide = self.compiled.guide;
        let concerned = guide.constraints.iter().filter(|constraint| {
            constraint.never.iter().flat_map(|part| guide.facts_under(part)).any(|fact| facts.contains(&fact))
        });
        self.space().within(facts.iter().copied(), concerned)
    }

    /// What a valuation says.
    fn case(&self, valuation: &BddValuation) -> Case {
        let mut case = Case::unknown(self.compiled.guide.facts.len());
        for fact in self.space().facts() {
            case.set(fact, self.saying(fact, code(self.space().said(fact), valuation)).unwrap_or_default());
        }
        case
    }

    /// The valuation that stands for a case.
    fn valuation(&self, case: &Case) -> BddValuation {
        let mut valuation = BddValuation::all_false(self.space().width());
        for fact in self.space().facts() {
            let bits = self.space().said(fact);
            let code = (0..1 << bits.len()).find(|code| self.saying(fact, *code) == Some(case.get(fact))).unwrap_or_default();
            for (place, bit) in bits.iter().enumerate() {
                valuation.set_value(*bit, code >> place & 1 == 1);
            }
        }
        valuation
    }

    /// A case of `set` from which no fact can be left out, tried with `shows` on the reference evaluator.
    fn witness(&self, set: &Bdd, shows: impl Fn(&State) -> bool) -> Option<Case> {
        let guide = self.compiled.guide;
        let inside = |case: &Case| set.eval_in(&self.valuation(case)) && State::of(guide, case).is_ok_and(|state| shows(&state));
        let mut case = self.case(&set.most_negative_valuation()?);
        if !inside(&case) {
            return None;
        }
        for fact in self.space().facts().collect::<Vec<_>>().into_iter().rev() {
            let fewer = case.with(fact, Known::Unknown);
            if case.get(fact) != Known::Unknown && inside(&fewer) {
                case = fewer;
            }
        }
        Some(case)
    }

    /// How many cases there are, open facts included.
    pub fn count_all(&self) -> BigUint {
        self.count(&self.consistent)
    }

    /// In how many cases, open facts included, a treatment has each verdict.
    pub fn counts(&self, treatment: &Treatment) -> VerdictCounts {
        if treatment.is_withdrawn() {
            return VerdictCounts { unavailable: self.count_all(), ..VerdictCounts::default() };
        }
        let guide = self.compiled.guide;
        let scoped = |entry| Condition::All(guide.scoped(treatment, entry).cloned().collect());
        let indicated = self.truths(&Condition::Any(treatment.indications.iter().map(scoped).collect()));
        let against = treatment.contraindications.iter().map(|entry| entry.rule.when.clone());
        let against = self.truths(&Condition::Any(against.collect()));
        let open = self.space().all().and_not(&indicated.fails).and_not(&indicated.holds);
        let count = |cases: Bdd| self.count(&cases.and(&self.consistent));
        let undecided = indicated.holds.and_not(&against.holds).and_not(&against.fails);
        VerdictCounts {
            indicated: count(indicated.holds.and(&against.fails)),
            contraindicated: count(indicated.holds.and(&against.holds)),
            possible: count(open.or(&undecided)),
            unavailable: BigUint::default(),
            not_indicated: count(indicated.fails),
        }
    }

    /// How many cases a set of them holds, which says nothing of completions.
    fn count(&self, cases: &Bdd) -> BigUint {
        let unused: usize = self.space().facts().map(|fact| self.space().bits(fact).len()).sum();
        cases.exact_cardinality() >> unused
    }
}

/// Rules that the evaluation leaves open in a case all of whose completions agree, with a clearer form.
pub(crate) fn findings(open: &Open) -> Vec<Finding> {
    let guide = open.compiled.guide;
    let mut findings = Vec::new();
    let mut behind: Vec<Bdd> = Vec::new();
    for index in 0..guide.derived.len() {
        let (finding, cases) = derived_gap(open, index, &behind);
        findings.extend(finding);
        behind.push(cases);
    }
    for place in guide.rule_places() {
        let Some(rule) = guide.rule(place) else { continue };
        if matches!(place, RulePlace::Row(..)) {
            continue;
        }
        let told = told_below(open, &rule.when, &behind);
        findings.extend(rule_gap(open, &rule.when, &told, Subject::Rule(place)));
    }
    for (index, treatment) in guide.treatments.iter().enumerate() {
        if treatment.indications.len() > 1 {
            let together = Condition::Any(treatment.indications.iter().map(|entry| entry.rule.when.clone()).collect());
            // What a single rule leaves open has been told.
            let told = treatment.indications.iter().fold(told_below(open, &together, &behind), |told, entry| {
                let (holds, fails) = gaps(open, &entry.rule.when);
                told.or(&holds).or(&fails)
            });
            findings.extend(rule_gap(open, &together, &told, Subject::Treatment(TreatmentId::new(index))));
        }
    }
    findings
}

/// The cases in which a derived fact that a condition rests on is left open though its completions agree.
fn told_below(open: &Open, condition: &Condition, behind: &[Bdd]) -> Bdd {
    tables_under(open.compiled.guide, condition).iter().fold(open.space().none(), |told, derived| {
        match behind.get(derived.index()) {
            Some(cases) => told.or(cases),
            None => told,
        }
    })
}

fn tables_under(guide: &Guide, condition: &Condition) -> BTreeSet<DerivedId> {
    let mut tables = BTreeSet::new();
    let mut look = vec![condition];
    while let Some(condition) = look.pop() {
        condition.walk(&mut |part| {
            if let Condition::Derived { derived, .. } = part
                && tables.insert(*derived)
            {
                look.extend(guide.derived[derived.index()].rows.iter().map(|row| &row.rule.when));
            }
        });
    }
    tables
}

/// The cases that leave a condition unknown though it holds in all completions, and those though it fails in all.
fn gaps(open: &Open, condition: &Condition) -> (Bdd, Bdd) {
    let Truths { holds, fails } = open.truths(condition);
    let Completions { some_hold, some_fail } = open.completions(condition);
    let holds = some_hold.and_not(&some_fail).and_not(&holds).and(&open.consistent);
    let fails = some_fail.and_not(&some_hold).and_not(&fails).and(&open.consistent);
    (holds, fails)
}

fn rule_gap(open: &Open, condition: &Condition, told: &Bdd, subject: Subject) -> Option<Finding> {
    let guide = open.compiled.guide;
    let (holds, fails) = gaps(open, condition);
    let (set, outcome) = match (holds.and_not(told), fails.and_not(told)) {
        (holds, _) if !holds.is_false() => (holds, true),
        (_, fails) if !fails.is_false() => (fails, false),
        _ => return None,
    };
    let witness = open.witness(&set, |state| truth(condition, state) == Truth::Unknown);
    let clearer = witness.as_ref().map(|case| {
        let wanted = open.compiled.condition(condition);
        let wanted = if outcome { wanted } else { wanted.not() };
        let facts = open.cone(condition);
        let sure = Cube::of_case(open.space(), guide, case).widened(open.space(), &open.within(&facts), &wanted);
        let sure = condition_text(guide, open.space(), &sure);
        if outcome { format!("write `(...) or ({sure})`") } else { format!("write `(...) and not ({sure})`") }
    });
    let words = if outcome { "holds" } else { "does not hold" };
    let message = match subject {
        Subject::Treatment(id) => format!(
            "an indication of `{}` {words} however the unknown facts turn out, yet the evaluation leaves open whether",
            guide.treatments[id.index()].id
        ),
        _ => format!("the condition {words} however the unknown facts turn out, yet the evaluation leaves it open"),
    };
    Some(Finding::new(Code::KleeneGap, subject, message, clearer.unwrap_or_default()).witnessed(witness))
}

/// A derived fact whose value is left open though it is the same in every completion, and the cases in which that is so.
fn derived_gap(open: &Open, index: usize, behind: &[Bdd]) -> (Option<Finding>, Bdd) {
    let guide = open.compiled.guide;
    let derived = &guide.derived[index];
    let is = |value: usize| Condition::Derived { derived: DerivedId::new(index), values: ValueSet::only(value) };
    let mut all = open.space().none();
    let mut first = None;
    let values = if derived.kind == FactKind::YesNo { 1..2 } else { 0..derived.values.len() };
    for value in values {
        let (holds, fails) = gaps(open, &is(value));
        // That it is another value in every completion does not settle which; only for yes and no it does.
        let cases = if derived.kind == FactKind::YesNo { holds.or(&fails) } else { holds };
        let told = derived.rows.iter().fold(open.space().none(), |told, row| told.or(&told_below(open, &row.rule.when, behind)));
        let own = cases.and_not(&told);
        if first.is_none() && !own.is_false() {
            first = Some((value, own));
        }
        all = all.or(&cases);
    }
    let finding = first.map(|(value, cases)| {
        let id = DerivedId::new(index);
        let witness = open.witness(&cases, |state| state.derived[index].len() > 1);
        let value = witness.as_ref().map_or(value, |case| settled_value(open, id, case).unwrap_or(value));
        let clearer = witness.as_ref().map(|case| {
            let state = State::of(guide, case).ok();
            let wanted = open.compiled.condition(&is(value));
            let facts = open.cone(&is(value));
            let sure = Cube::of_case(open.space(), guide, case).widened(open.space(), &open.within(&facts), &wanted);
            let sure = condition_text(guide, open.space(), &sure);
            let open_rows = derived
                .rows
                .iter()
                .filter(|row| row.value != value && state.as_ref().is_some_and(|state| !truth(&row.rule.when, state).is_false()));
            let rows: Vec<String> = open_rows.map(|row| format!("`{}`", derived.values[row.value].id)).collect();
            if derived.kind == FactKind::YesNo {
                if value == 1 { format!("write `(...) or ({sure})`") } else { format!("write `(...) and not ({sure})`") }
            } else {
                format!("add `and not ({sure})` to the row for {}", rows.join(" and "))
            }
        });
        let message = format!(
            "`{}` is `{}` however the unknown facts turn out, yet the evaluation leaves it open",
            derived.id, derived.values[value].id
        );
        Finding::new(Code::KleeneGap, Subject::Derived(id), message, clearer.unwrap_or_default()).witnessed(witness)
    });
    (finding, all)
}

/// The value that a derived fact has in every completion of a case.
fn settled_value(open: &Open, id: DerivedId, case: &Case) -> Option<usize> {
    let valuation = open.valuation(case);
    let is = |value: usize| Condition::Derived { derived: id, values: ValueSet::only(value) };
    (0..open.compiled.guide.derived[id.index()].values.len()).find(|value| {
        let completions = open.completions(&is(*value));
        completions.some_hold.eval_in(&valuation) && !completions.some_fail.eval_in(&valuation)
    })
}
