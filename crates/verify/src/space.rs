//! Encodes the cases of a guide in the variables of decision diagrams.

use std::collections::BTreeSet;
use std::ops::Bound;
use std::rc::Rc;

use biodivine_lib_bdd::{BddPartialValuation, BddValuation, BddVariable, BddVariableSet, BddVariableSetBuilder};
use sarcoguide_model::{
    Case, Comparison, Condition, Constraint, Decimal, Domain, Fact, FactId, FactValue, Guide, Interval, RulePlace, ValueSet,
};

use crate::finding::Subject;
use crate::set::{Bounded, Limits, Meter, Set, TooLarge};

/// The maximum number of variables of a diagram.
const MAX_VARIABLES: usize = 65_535;

/// The cost of creating a set from codes, in steps for each bit of each code. See [`Space::codes`].
const STEPS_PER_BIT: u64 = 8;

/// An answer that states a fact as precisely as possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Point {
    /// The index of a value that has no more specific kinds.
    Value(usize),
    /// The smallest number of an interval of numbers that the guide doesn't distinguish.
    Number(Decimal),
}

/// The encoding of a fact in bits. The code of each point is its index, written in binary.
#[derive(Debug)]
struct FactEncoding {
    bits: Vec<BddVariable>,
    points: Vec<Point>,
    /// For a numeric fact, the intervals that a case can state, each as the indexes of its first and last points. Intervals of a single point
    /// come first, in order. The interval of all points isn't in the list, because it says no more than an unknown fact.
    intervals: Vec<(usize, usize)>,
    /// The largest number that the fact can have.
    max: Decimal,
    /// The thresholds that the guide compares the fact with.
    thresholds: Vec<Decimal>,
    /// The bits for what a case states about the fact, which can be nothing. Empty if the space is only for complete cases.
    statement_bits: Vec<BddVariable>,
}

/// The encoding of a guide's cases in variables. In a complete case, every fact has a [`Point`].
///
/// A fact with values has a point for each value that has no more specific kinds. A numeric fact has a point for each range of
/// numbers that no condition of the guide distinguishes.
#[derive(Debug)]
pub(crate) struct Space {
    variables: BddVariableSet,
    facts: Vec<FactEncoding>,
    /// For each variable, the fact that it belongs to.
    owners: Vec<FactId>,
    meter: Rc<Meter>,
}

impl Space {
    /// Creates the space of the complete cases of some guides. The guides must have the same facts, and the thresholds of all of
    /// them are used.
    pub fn of(guides: &[&Guide], limits: Limits) -> Bounded<Self> {
        Self::new(guides, limits, false)
    }

    /// Creates a space for cases that can leave facts unknown. For each fact, it has additional variables for what a case states.
    pub fn with_open_facts(guide: &Guide, limits: Limits) -> Bounded<Self> {
        Self::new(&[guide], limits, true)
    }

    fn new(guides: &[&Guide], limits: Limits, open: bool) -> Bounded<Self> {
        let facts = guides.first().map_or(&[][..], |guide| guide.facts.as_slice());
        // Proofs over open cases look neither at doubts nor at soft constraints, so they need no points for their thresholds.
        let cuts = Cuts::of(facts.len(), guides, !open);
        let width = |count: usize| usize::try_from(count.next_power_of_two().trailing_zeros()).unwrap_or_default();
        let mut builder = BddVariableSetBuilder::new();
        let mut owners = Vec::new();
        let mut coded = Vec::with_capacity(facts.len());
        for (index, fact) in facts.iter().enumerate() {
            let points = points(fact, &cuts[index]);
            let thresholds = cuts[index].below.union(&cuts[index].above).copied().collect();
            let intervals = if fact.domain.values().is_empty() { intervals(points.len()) } else { Vec::new() };
            let statements = if open { 1 + intervals.len().max(fact.domain.values().len()) } else { 1 };
            owners.extend(std::iter::repeat_n(FactId::new(index), width(points.len()) + width(statements)));
            if owners.len() > MAX_VARIABLES {
                return Err(TooLarge::Below(Subject::Guide));
            }
            let mut bits = |name: &str, count: usize| -> Vec<BddVariable> {
                (0..width(count)).map(|bit| builder.make_variable(&format!("{name}_{index}_{bit}"))).collect()
            };
            let statement_bits = bits("said", statements);
            let max = fact.domain.interval().high();
            coded.push(FactEncoding { bits: bits("is", points.len()), points, intervals, max, thresholds, statement_bits });
        }
        Ok(Self { variables: builder.build(), facts: coded, owners, meter: Meter::new(limits) })
    }

    /// Returns the cases in which each of these facts has one of its points. Excludes values of the variables that encode no point.
    pub fn stated(&self, facts: impl Iterator<Item = FactId>) -> Bounded<Set> {
        let mut cases = self.all();
        for fact in facts {
            cases = cases.and(&self.points_where(fact, |_| true)?)?;
        }
        Ok(cases)
    }

    /// Returns the cases in `cases` that don't break `constraint`.
    pub fn keeping(&self, cases: &Set, constraint: &Constraint) -> Bounded<Set> {
        let mut broken = self.all();
        for part in &constraint.mutually_exclusive {
            broken = broken.and(&self.atom(part)?)?;
        }
        cases.and_not(&broken)
    }

    /// Whether less than half of the allowed steps have been used. If not, callers skip work that no proof needs, such as
    /// describing sets.
    pub fn has_plenty(&self) -> bool {
        self.meter.has_plenty()
    }

    /// Returns the set of all cases.
    pub fn all(&self) -> Set {
        Set::new(self.variables.mk_true(), &self.meter)
    }

    /// Returns the empty set.
    pub fn none(&self) -> Set {
        Set::new(self.variables.mk_false(), &self.meter)
    }

    /// Returns the cases that are in at least one of the sets.
    pub fn any<'s>(&self, sets: impl IntoIterator<Item = &'s Set>) -> Bounded<Set> {
        sets.into_iter().try_fold(self.none(), |any, set| any.or(set))
    }

    /// The number of variables of the diagrams.
    pub fn width(&self) -> u16 {
        self.variables.num_vars()
    }

    /// The variables that encode the point of a fact.
    pub fn bits(&self, fact: FactId) -> &[BddVariable] {
        &self.facts[fact.index()].bits
    }

    /// The points of a fact.
    pub fn points(&self, fact: FactId) -> &[Point] {
        &self.facts[fact.index()].points
    }

    /// For a numeric fact, the intervals that a case can state, as the indexes of their first and last points.
    pub fn intervals(&self, fact: FactId) -> &[(usize, usize)] {
        &self.facts[fact.index()].intervals
    }

    /// Converts an interval of points of a numeric fact to the value that a case states for it. For a single point, this is the point's first
    /// number.
    pub fn interval(&self, fact: FactId, (first, last): (usize, usize)) -> Option<FactValue> {
        let FactEncoding { points, max, .. } = &self.facts[fact.index()];
        let number = |place: usize| {
            points.get(place).and_then(|point| if let Point::Number(number) = point { Some(*number) } else { None })
        };
        if first == last {
            return number(first).map(FactValue::Number);
        }
        let high = number(last + 1).map_or(*max, Decimal::previous);
        Interval::new(number(first)?, high).map(FactValue::from)
    }

    /// Returns the cases in which the fact has a point that satisfies `holds`.
    pub fn points_where(&self, fact: FactId, holds: impl Fn(Point) -> bool) -> Bounded<Set> {
        let FactEncoding { bits, points, .. } = &self.facts[fact.index()];
        self.codes(bits, (0..points.len()).filter(|code| holds(points[*code])))
    }

    /// Returns the cases in which `bits` encode one of the numbers in `codes`.
    pub fn codes(&self, bits: &[BddVariable], codes: impl Iterator<Item = usize>) -> Bounded<Set> {
        let clause = |code: usize| {
            let literals: Vec<_> = bits.iter().enumerate().map(|(place, bit)| (*bit, code >> place & 1 == 1)).collect();
            BddPartialValuation::from_values(&literals)
        };
        let codes: Vec<usize> = codes.collect();
        self.meter.spend(STEPS_PER_BIT * u64::try_from(codes.len() * bits.len()).unwrap_or(u64::MAX))?;
        Ok(Set::new(self.variables.mk_dnf(&codes.into_iter().map(clause).collect::<Vec<_>>()), &self.meter))
    }

    /// Returns the fact that a variable belongs to.
    pub fn owner(&self, variable: BddVariable) -> FactId {
        self.owners[variable.to_index()]
    }

    /// The variables that encode what a case states about a fact. Empty if the space is only for complete cases.
    pub fn statement_bits(&self, fact: FactId) -> &[BddVariable] {
        &self.facts[fact.index()].statement_bits
    }

    /// The thresholds that the guide compares a fact with.
    pub fn thresholds(&self, fact: FactId) -> &[Decimal] {
        &self.facts[fact.index()].thresholds
    }

    /// Iterates over all facts.
    pub fn facts(&self) -> impl Iterator<Item = FactId> {
        (0..self.facts.len()).map(FactId::new)
    }

    /// Returns the cases in which a condition on a single fact holds. For any other condition, returns all cases.
    pub fn atom(&self, condition: &Condition) -> Bounded<Set> {
        match condition {
            Condition::Is { fact, values } => self.points_where(*fact, |point| match point {
                Point::Value(value) => values.contains(value),
                Point::Number(_) => false,
            }),
            Condition::Compare { fact, comparison, threshold } => self.points_where(*fact, |point| match point {
                Point::Number(number) => comparison.holds(number, *threshold),
                Point::Value(_) => false,
            }),
            _ => Ok(self.all()),
        }
    }

    /// Returns a valuation that agrees with a partial one. Variables that the partial one doesn't fix become false.
    pub fn completed(&self, clause: &BddPartialValuation) -> BddValuation {
        let mut valuation = BddValuation::all_false(self.width());
        clause.to_values().into_iter().for_each(|(variable, value)| valuation.set_value(variable, value));
        valuation
    }

    /// Decodes a complete case from a valuation of the variables. The result states only the facts for which `stated` is true.
    pub fn case(&self, valuation: &BddValuation, stated: impl Fn(FactId) -> bool) -> Case {
        let mut case = Case::unknown(self.facts.len());
        for (index, FactEncoding { bits, points, .. }) in self.facts.iter().enumerate() {
            let fact = FactId::new(index);
            let code = code(bits, valuation);
            if let (true, Some(point)) = (stated(fact), points.get(code)) {
                case.set(fact, fact_value(*point));
            }
        }
        case
    }
}

/// Returns the number that `bits` encode. The first bit is the lowest.
pub(crate) fn code(bits: &[BddVariable], valuation: &BddValuation) -> usize {
    bits.iter().enumerate().map(|(place, bit)| usize::from(valuation.value(*bit)) << place).sum()
}

/// Returns the value of a fact for a point.
pub(crate) fn fact_value(point: Point) -> FactValue {
    match point {
        Point::Value(value) => u8::try_from(value).map_or(FactValue::Unknown, FactValue::Value),
        Point::Number(number) => FactValue::Number(number),
    }
}

/// The thresholds at which the conditions of guides distinguish the numbers of a fact.
#[derive(Clone, Debug, Default)]
struct Cuts {
    /// The thresholds that a condition distinguishes from all smaller numbers, such as the threshold of `< 5`.
    below: BTreeSet<Decimal>,
    /// The thresholds that a condition distinguishes from all larger numbers, such as the threshold of `> 5`.
    above: BTreeSet<Decimal>,
}

impl Cuts {
    /// Returns the thresholds of each fact, with or without those that only doubts use.
    fn of(facts: usize, guides: &[&Guide], doubts: bool) -> Vec<Self> {
        let mut cuts = vec![Self::default(); facts];
        let mut see = |condition: &Condition| {
            condition.walk(&mut |part| {
                if let Condition::Compare { fact, comparison, threshold } = part {
                    let Self { below, above } = &mut cuts[fact.index()];
                    if matches!(comparison, Comparison::Less | Comparison::AtLeast | Comparison::Equal) {
                        below.insert(*threshold);
                    }
                    if matches!(comparison, Comparison::AtMost | Comparison::Greater | Comparison::Equal) {
                        above.insert(*threshold);
                    }
                }
            });
        };
        for guide in guides {
            let counts = |place: &&RulePlace| doubts || !matches!(place, RulePlace::Doubt(_));
            guide.rule_places().iter().filter(counts).filter_map(|place| guide.rule(*place)).for_each(|rule| see(&rule.when));
            guide.hard_constraints().flat_map(|(_, constraint)| &constraint.mutually_exclusive).for_each(&mut see);
        }
        cuts
    }

    /// Whether a condition distinguishes `smaller` from `larger`.
    fn distinguish(&self, smaller: Decimal, larger: Decimal) -> bool {
        let between = (Bound::Excluded(smaller), Bound::Included(larger));
        smaller < larger && (self.below.range(between).next().is_some() || self.above.range(smaller..larger).next().is_some())
    }
}

/// Returns the intervals of `count` points, as described at [`FactEncoding::intervals`].
fn intervals(count: usize) -> Vec<(usize, usize)> {
    let singles = (0..count).map(|place| (place, place));
    let longer = (0..count).flat_map(|first| (first + 1..count).map(move |last| (first, last)));
    singles.chain(longer.filter(|(first, last)| last - first + 1 < count)).collect()
}

fn points(fact: &Fact, cuts: &Cuts) -> Vec<Point> {
    match &fact.domain {
        Domain::Values(values) => {
            let all = values.iter().enumerate();
            all.filter(|(index, value)| value.covers == ValueSet::only(*index)).map(|(index, _)| Point::Value(index)).collect()
        }
        Domain::Number { min, max, .. } => {
            let near = |threshold: Decimal, by: i64| Decimal::from_thousandths(threshold.thousandths().saturating_add(by));
            let beside =
                cuts.below.union(&cuts.above).flat_map(|threshold| [near(*threshold, -1), *threshold, near(*threshold, 1)]);
            let mut numbers: Vec<Decimal> = beside.filter(|number| number >= min && number <= max).chain([*min]).collect();
            numbers.sort_unstable();
            numbers.dedup_by(|number, kept| !cuts.distinguish(*kept, *number));
            numbers.into_iter().map(Point::Number).collect()
        }
    }
}
