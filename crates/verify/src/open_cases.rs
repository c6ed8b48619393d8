//! Analyzes a guide over its open cases, which are the cases that can leave facts unknown. For each condition, it finds the result
//! of the three-valued evaluation and the results in all completions. A completion of a case is a complete case that agrees with
//! everything that the case states.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use biodivine_lib_bdd::BddValuation;
use num_bigint::BigUint;
use sarcoguide_advise::State;
use sarcoguide_model::{Case, Comparison, Condition, Decimal, DerivedId, FactId, FactValue, Guide, Interval};

use crate::finding::Subject;
use crate::rules::Rules;
use crate::set::{Bounded, Limits, Set, TooLarge};
use crate::space::{Point, Space, code};

/// The cases, with or without unknown facts, in which the three-valued evaluation of a condition is true (`holds`) and those in
/// which it is false (`fails`). In all other cases it is unknown.
#[derive(Clone)]
pub(crate) struct Truths {
    pub holds: Set,
    pub fails: Set,
}

/// How a condition can turn out once the unknown facts of cases are known.
pub(crate) struct Completions {
    /// The cases that have a completion in which the condition holds.
    pub some_hold: Set,
    /// The cases that have a completion in which the condition fails.
    pub some_fail: Set,
}

/// A guide whose rules are converted to sets of open cases (cases that can leave facts unknown).
///
/// Every valuation of the diagrams' variables encodes two things for each fact: what a case states about it, and its [`Point`] in
/// a completion of the case.
pub(crate) struct OpenCases<'g> {
    pub guide: &'g Guide,
    rules: Rules,
    /// For each fact and each of its values, the cases in which the value is still possible. For a numeric fact, points take the place of
    /// values.
    possible: Vec<Vec<Set>>,
    /// For each derived fact and each of its values, the cases in which the value is still possible.
    derived: Vec<Bounded<Vec<Set>>>,
    /// For each fact, the valuations in which its point agrees with what the case states about it.
    agreeing: Vec<Set>,
    connected_facts: ConnectedFacts,
    /// All facts, those that the fewest rules use first.
    elimination_order: Vec<FactId>,
    /// For each group of connected facts: its possible cases, then those cases with a completion of the group's first fact, of its first two facts,
    /// and so on, in the elimination order.
    eliminated: RefCell<BTreeMap<usize, Vec<Set>>>,
    /// For each group of connected facts and some of these facts, the result of [`completing_others`](Self::completing_others).
    completed: RefCell<BTreeMap<(usize, BTreeSet<FactId>), Set>>,
}

/// Returns all facts, those that the fewest rules use first.
fn least_used_first(guide: &Guide) -> Vec<FactId> {
    let mut uses = vec![0_usize; guide.facts.len()];
    for rule in guide.rule_places().into_iter().filter_map(|place| guide.rule(place)) {
        guide.facts_used_by(&rule.when).iter().for_each(|fact| uses[fact.index()] += 1);
    }
    let mut order: Vec<FactId> = (0..uses.len()).map(FactId::new).collect();
    order.sort_by_key(|fact| (uses[fact.index()], std::cmp::Reverse(*fact)));
    order
}

/// Groups of facts that constraints connect, directly or through other facts.
struct ConnectedFacts {
    /// For each fact, the index of its group.
    group_of: Vec<usize>,
    /// For each group, its facts and the indexes of the constraints between them.
    groups: Vec<(Vec<FactId>, Vec<usize>)>,
}

impl ConnectedFacts {
    fn of(guide: &Guide) -> Self {
        let mut group_of: Vec<usize> = (0..guide.facts.len()).collect();
        let mut groups: Vec<(Vec<FactId>, Vec<usize>)> =
            group_of.iter().map(|index| (vec![FactId::new(*index)], Vec::new())).collect();
        for (place, constraint) in guide.hard_constraints() {
            let facts: BTreeSet<FactId> =
                constraint.mutually_exclusive.iter().flat_map(|part| guide.facts_used_by(part)).collect();
            let mut named: BTreeSet<usize> = facts.iter().map(|fact| group_of[fact.index()]).collect();
            let Some(group) = named.pop_first() else { continue };
            for other in named {
                let (facts, constraints) = std::mem::take(&mut groups[other]);
                facts.iter().for_each(|fact| group_of[fact.index()] = group);
                groups[group].0.extend(facts);
                groups[group].1.extend(constraints);
            }
            groups[group].1.push(place);
        }
        groups.iter_mut().for_each(|(_, constraints)| constraints.sort_unstable());
        Self { group_of, groups }
    }

    /// Returns the groups that contain at least one of `facts`.
    fn connected<'t>(&'t self, facts: &BTreeSet<FactId>) -> impl Iterator<Item = &'t (Vec<FactId>, Vec<usize>)> {
        let groups: BTreeSet<usize> = facts.iter().map(|fact| self.group_of[fact.index()]).collect();
        groups.into_iter().map(|group| &self.groups[group])
    }
}

impl<'g> OpenCases<'g> {
    pub fn of(guide: &'g Guide, limits: Limits) -> Bounded<Self> {
        let whole = |why: TooLarge| why.below(Subject::Guide);
        let rules = Rules::new(guide, Space::with_open_facts(guide, limits)?);
        let connected_facts = ConnectedFacts::of(guide);
        let mut open = Self {
            guide,
            rules,
            possible: Vec::new(),
            derived: Vec::new(),
            agreeing: Vec::new(),
            connected_facts,
            elimination_order: least_used_first(guide),
            eliminated: RefCell::default(),
            completed: RefCell::default(),
        };
        open.agreeing = open.space().facts().map(|fact| open.agreement(fact)).collect::<Bounded<_>>().map_err(whole)?;
        open.possible = open.space().facts().map(|fact| open.values_left(fact)).collect::<Bounded<_>>().map_err(whole)?;
        open.narrow().map_err(whole)?;
        for index in 0..guide.derived.len() {
            let values = open.derived_values(index).map_err(|why| why.below(Subject::Derived(DerivedId::new(index))));
            open.derived.push(values);
        }
        Ok(open)
    }

    pub fn space(&self) -> &Space {
        &self.rules.space
    }

    /// Returns the complete cases, possible or not, in which a condition holds.
    pub fn condition(&self, condition: &Condition) -> Bounded<Set> {
        self.rules.condition(condition)
    }

    /// Decodes what a case states about a fact. Code 0 means that the fact is unknown. Returns `None` for a code that doesn't stand
    /// for anything.
    fn statement(&self, fact: FactId, code: usize) -> Option<FactValue> {
        let count = self.guide[fact].domain.values().len();
        match code.checked_sub(1) {
            None => Some(FactValue::Unknown),
            Some(index) if count > 0 => (index < count).then(|| u8::try_from(index).ok().map(FactValue::Value)).flatten(),
            Some(index) => self.space().intervals(fact).get(index).and_then(|interval| self.space().interval(fact, *interval)),
        }
    }

    /// Returns the cases in which the statement about a fact satisfies `holds`.
    fn stated_where(&self, fact: FactId, holds: impl Fn(FactValue) -> bool) -> Bounded<Set> {
        let bits = self.space().statement_bits(fact);
        self.space().codes(bits, (0..1 << bits.len()).filter(|code| self.statement(fact, *code).is_some_and(&holds)))
    }

    /// For each value or point of a fact, returns the cases whose statement about the fact allows it.
    fn values_left(&self, fact: FactId) -> Bounded<Vec<Set>> {
        let values = self.guide[fact].domain.values();
        if !values.is_empty() {
            let all = self.guide[fact].domain.all();
            let leaves = |place: usize| {
                self.stated_where(fact, |known| match known {
                    FactValue::Value(stated) => values[usize::from(stated)].covers.contains(place),
                    FactValue::Unknown | FactValue::Number(_) | FactValue::Between(_) => all.contains(place),
                })
            };
            return (0..values.len()).map(leaves).collect();
        }
        let bits = self.space().statement_bits(fact);
        let intervals = self.space().intervals(fact);
        let leaves = |place: usize| {
            let around = intervals.iter().enumerate().filter(move |(_, (first, last))| (*first..=*last).contains(&place));
            self.space().codes(bits, std::iter::once(0).chain(around.map(|(index, _)| index + 1)))
        };
        (0..self.space().points(fact).len()).map(leaves).collect()
    }

    /// Returns whether a comparison holds for the numbers of a point.
    fn holds_at(&self, fact: FactId, place: usize, comparison: Comparison, threshold: Decimal) -> bool {
        matches!(self.space().points(fact)[place], Point::Number(number) if comparison.holds(number, threshold))
    }

    /// Removes the values that constraints rule out, in the same way as the reference evaluator.
    fn narrow(&mut self) -> Bounded<()> {
        let guide = self.guide;
        loop {
            let mut changed = false;
            for (_, constraint) in guide.hard_constraints() {
                let truths: Vec<Truths> =
                    constraint.mutually_exclusive.iter().map(|part| self.truths(part)).collect::<Bounded<_>>()?;
                for (place, part) in constraint.mutually_exclusive.iter().enumerate() {
                    let (fact, removed): (FactId, Vec<usize>) = match part {
                        Condition::Is { fact, values } => (*fact, values.iter().collect()),
                        // The evaluator stores numbers as intervals, so it can't remove a single number from the middle of one.
                        Condition::Compare { fact, comparison, threshold } if *comparison != Comparison::Equal => {
                            let places = 0..self.space().points(*fact).len();
                            (*fact, places.filter(|place| self.holds_at(*fact, *place, *comparison, *threshold)).collect())
                        }
                        _ => continue,
                    };
                    let mut acts = truths[place].holds.or(&truths[place].fails)?.not();
                    for (_, other) in truths.iter().enumerate().filter(|(other, _)| *other != place) {
                        acts = acts.and(&other.holds)?;
                    }
                    for value in removed {
                        let left = self.possible[fact.index()][value].and_not(&acts)?;
                        changed |= left != self.possible[fact.index()][value];
                        self.possible[fact.index()][value] = left;
                    }
                }
            }
            if !changed {
                return Ok(());
            }
        }
    }

    /// For each value of a derived fact, returns the cases in which the value is still possible.
    fn derived_values(&self, index: usize) -> Bounded<Vec<Set>> {
        let derived = &self.guide.derived[index];
        let mut values = vec![self.space().none(); derived.values.len()];
        for row in &derived.rows {
            values[row.value] = values[row.value].or(&self.truths(&row.rule.when)?.fails.not())?;
        }
        Ok(values)
    }

    /// Returns the cases in which the three-valued evaluation of a condition is true, and those in which it is false.
    pub fn truths(&self, condition: &Condition) -> Bounded<Truths> {
        let one_of = |possible: &[Set], values: &dyn Fn(usize) -> bool| {
            let none = |inside: bool| {
                let sets = possible.iter().enumerate().filter(|(place, _)| values(*place) == inside);
                Ok(self.space().any(sets.map(|(_, set)| set))?.not())
            };
            let (none_inside, none_outside) = (none(true)?, none(false)?);
            Ok(Truths { holds: none_outside.and_not(&none_inside)?, fails: none_inside.and_not(&none_outside)? })
        };
        match condition {
            Condition::Always => Ok(Truths { holds: self.space().all(), fails: self.space().none() }),
            Condition::Is { fact, values } => one_of(&self.possible[fact.index()], &|place| values.contains(place)),
            Condition::Compare { fact, comparison, threshold } => {
                one_of(&self.possible[fact.index()], &|place| self.holds_at(*fact, place, *comparison, *threshold))
            }
            Condition::Derived { derived, values } => {
                let possible = self.derived[derived.index()].as_ref().map_err(|why| *why)?;
                one_of(possible, &|place| values.contains(place))
            }
            Condition::Not(inner) => {
                let Truths { holds, fails } = self.truths(inner)?;
                Ok(Truths { holds: fails, fails: holds })
            }
            Condition::All(parts) => {
                let mut all = Truths { holds: self.space().all(), fails: self.space().none() };
                for part in parts {
                    let part = self.truths(part)?;
                    all = Truths { holds: all.holds.and(&part.holds)?, fails: all.fails.or(&part.fails)? };
                }
                Ok(all)
            }
            Condition::Any(parts) => {
                let mut any = Truths { holds: self.space().none(), fails: self.space().all() };
                for part in parts {
                    let part = self.truths(part)?;
                    any = Truths { holds: any.holds.or(&part.holds)?, fails: any.fails.and(&part.fails)? };
                }
                Ok(any)
            }
        }
    }

    /// Returns the valuations in which the point of a fact agrees with what the case states about it.
    fn agreement(&self, fact: FactId) -> Bounded<Set> {
        let (bits, statement_bits) = (self.space().bits(fact), self.space().statement_bits(fact));
        let values = self.guide[fact].domain.values();
        let pairs = self.space().points(fact).iter().enumerate().flat_map(|(place, point)| {
            let statements: Vec<usize> = match *point {
                Point::Value(value) => (0..values.len()).filter(|stated| values[*stated].covers.contains(value)).collect(),
                Point::Number(_) => {
                    let intervals = self.space().intervals(fact).iter().enumerate();
                    intervals.filter(|(_, (first, last))| (*first..=*last).contains(&place)).map(|(index, _)| index).collect()
                }
            };
            // Code 0 means that the fact is unknown, so it agrees with every point.
            let statements = std::iter::once(0).chain(statements.into_iter().map(|statement| statement + 1));
            statements.map(move |statement| place | statement << bits.len())
        });
        self.space().codes(&[bits, statement_bits].concat(), pairs)
    }

    /// Returns the cases that have a completion in `set`. `set` must depend only on the points of `facts`.
    fn with_completion(&self, set: Set, facts: &BTreeSet<FactId>) -> Bounded<Set> {
        facts.iter().rev().try_fold(set, |set, fact| self.completing(&set, *fact))
    }

    /// Returns the cases with a point of `fact` that agrees with what they state about it, and with which they are in `set`.
    fn completing(&self, set: &Set, fact: FactId) -> Bounded<Set> {
        set.and(&self.agreeing[fact.index()])?.exists(self.space().bits(fact))
    }

    /// Returns the possible cases of a group of connected facts that have a completion of all facts of the group except `kept`.
    fn completing_others(&self, group: usize, kept: BTreeSet<FactId>) -> Bounded<Set> {
        let key = (group, kept);
        if let Some(completed) = self.completed.borrow().get(&key) {
            return Ok(completed.clone());
        }
        let facts: BTreeSet<FactId> = self.connected_facts.groups[group].0.iter().copied().collect();
        let order: Vec<FactId> = self.elimination_order.iter().copied().filter(|fact| facts.contains(fact)).collect();
        let (first, rest) = order.split_at(order.iter().position(|fact| key.1.contains(fact)).unwrap_or(order.len()));
        let mut eliminated = self.eliminated.borrow_mut();
        let chain = eliminated.entry(group).or_default();
        if chain.is_empty() {
            chain.push(self.possible_cases(&facts)?);
        }
        while let Some(set) = chain.last().filter(|_| chain.len() <= first.len()) {
            chain.push(self.completing(set, first[chain.len() - 1])?);
        }
        let others = rest.iter().filter(|fact| !key.1.contains(fact));
        let completed = others.copied().try_fold(chain[first.len()].clone(), |set, fact| self.completing(&set, fact))?;
        self.completed.borrow_mut().insert(key, completed.clone());
        Ok(completed)
    }

    /// Returns the cases that have a possible completion in which a condition holds, and those that have one in which it fails.
    pub fn completions(&self, condition: &Condition) -> Bounded<Completions> {
        let facts = self.guide.facts_used_by(condition);
        let mut groups: BTreeMap<usize, BTreeSet<FactId>> = BTreeMap::new();
        for fact in &facts {
            groups.entry(self.connected_facts.group_of[fact.index()]).or_default().insert(*fact);
        }
        // The other facts don't matter for the condition, so they can be completed first. No constraint connects two groups.
        let here = groups
            .into_iter()
            .try_fold(self.space().all(), |here, (group, kept)| here.and(&self.completing_others(group, kept)?))?;
        let holds = self.condition(condition)?;
        Ok(Completions {
            some_hold: self.with_completion(here.and(&holds)?, &facts)?,
            some_fail: self.with_completion(here.and_not(&holds)?, &facts)?,
        })
    }

    /// Returns the facts that a condition depends on, and all facts that constraints connect to them.
    pub fn relevant_facts(&self, condition: &Condition) -> BTreeSet<FactId> {
        let facts = self.guide.facts_used_by(condition);
        self.connected_facts.connected(&facts).flat_map(|(facts, _)| facts).copied().collect()
    }

    /// Returns the complete cases that break none of the constraints on `facts` or on facts that constraints connect to them. Other
    /// facts can have any value.
    pub fn possible_cases(&self, facts: &BTreeSet<FactId>) -> Bounded<Set> {
        let mut cases = self.space().stated(facts.iter().copied())?;
        for place in self.connected_facts.connected(facts).flat_map(|(_, constraints)| constraints) {
            let kept = self.space().keeping(&cases, &self.guide.constraints[*place]);
            cases = kept.map_err(|why| why.below(Subject::Constraint(*place)))?;
        }
        Ok(cases)
    }

    /// Decodes the case that a valuation represents.
    fn case(&self, valuation: &BddValuation) -> Case {
        let mut case = Case::unknown(self.guide.facts.len());
        for fact in self.space().facts() {
            case.set(fact, self.statement(fact, code(self.space().statement_bits(fact), valuation)).unwrap_or_default());
        }
        case
    }

    /// Returns the index, in [`Space::intervals`], of the interval that covers the same points as `interval`. Returns `None` if `interval` covers
    /// every point, because it then says no more than an unknown fact.
    fn interval_of(&self, fact: FactId, interval: Interval) -> Option<usize> {
        let points = self.space().points(fact);
        // A number belongs to the last point that isn't larger.
        let place = |number: Decimal| points.iter().rposition(|point| matches!(point, Point::Number(first) if *first <= number));
        let wanted = (place(interval.low())?, place(interval.high())?);
        self.space().intervals(fact).iter().position(|interval| *interval == wanted)
    }

    /// Encodes a case as a valuation.
    pub fn valuation(&self, case: &Case) -> BddValuation {
        let mut valuation = BddValuation::all_false(self.space().width());
        for fact in case.stated() {
            let place = match case.get(fact) {
                FactValue::Unknown => None,
                FactValue::Value(value) => Some(usize::from(value)),
                FactValue::Number(number) => self.interval_of(fact, Interval::only(number)),
                FactValue::Between(interval) => self.interval_of(fact, interval),
            };
            let code = place.map_or(0, |place| place + 1);
            for (place, bit) in self.space().statement_bits(fact).iter().enumerate() {
                valuation.set_value(*bit, code >> place & 1 == 1);
            }
        }
        valuation
    }

    /// Returns a case of `set` that states as few facts as possible, and uses less specific values where possible. `shows` gets what
    /// the reference evaluator derives from a case, and returns whether the case is a witness.
    ///
    /// Returns `None` if the set is empty, or if the reference evaluator disagrees with the diagrams.
    pub fn witness(&self, set: &Set, shows: impl Fn(&State) -> bool) -> Option<Case> {
        let guide = self.guide;
        let inside = |case: &Case| {
            set.contains(&self.valuation(case)) && State::without_soft_constraints(guide, case).is_ok_and(|state| shows(&state))
        };
        let mut case = self.case(&set.with_fewest_groups(|bit| self.space().owner(bit))?.1);
        if !inside(&case) {
            return None;
        }
        for fact in case.stated().collect::<Vec<_>>() {
            let others = self.answers(fact, case.get(fact)).into_iter().map(|answer| case.with(fact, answer));
            if let Some(other) = others.into_iter().find(|other| inside(other)) {
                case = other;
            }
        }
        Some(case)
    }

    /// Returns replacements for `answer` to try in a witness, best first. For a number, this is the next whole number. For a value,
    /// these are all values of the fact, less specific ones first.
    fn answers(&self, fact: FactId, answer: FactValue) -> Vec<FactValue> {
        match answer {
            FactValue::Unknown | FactValue::Between(_) => Vec::new(),
            FactValue::Number(number) => {
                let whole = number.thousandths().div_euclid(1000) + i64::from(number.thousandths().rem_euclid(1000) > 0);
                whole.checked_mul(1000).map(|whole| FactValue::Number(Decimal::from_thousandths(whole))).into_iter().collect()
            }
            FactValue::Value(_) => {
                let values = self.guide[fact].domain.values();
                let mut places: Vec<usize> = (0..values.len()).collect();
                places.sort_by_key(|place| std::cmp::Reverse(values[*place].covers.len()));
                places.into_iter().filter_map(|place| u8::try_from(place).ok()).map(FactValue::Value).collect()
            }
        }
    }

    /// Returns the smallest number of facts that a case of `set` states, or `None` if the set is empty.
    pub fn fewest_facts(&self, set: &Set) -> Option<usize> {
        set.with_fewest_groups(|bit| self.space().owner(bit)).map(|(fewest, _)| fewest)
    }

    /// Returns all possible cases, with or without unknown facts. A case is possible if it has a completion that breaks
    /// no constraint.
    pub fn consistent(&self) -> Bounded<Set> {
        // No constraint connects two groups, so each group can be completed on its own.
        let groups = self.connected_facts.groups.iter().enumerate().filter(|(_, (facts, _))| !facts.is_empty());
        let mut consistent = self.space().all();
        for (group, _) in groups {
            consistent = consistent.and(&self.completing_others(group, BTreeSet::new())?)?;
        }
        consistent.shared()
    }

    /// Counts the cases in a set. The set must not depend on the points of facts, only on what cases state.
    pub fn count(&self, cases: &Set) -> Bounded<BigUint> {
        let unused: usize = self.space().facts().map(|fact| self.space().bits(fact).len()).sum();
        Ok(cases.count()? >> unused)
    }
}
