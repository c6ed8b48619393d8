//! All possible cases of a guide as the paths of a decision diagram.

use std::collections::BTreeSet;
use std::ops::Bound;
use std::rc::Rc;

use biodivine_lib_bdd::{BddPartialValuation, BddValuation, BddVariable, BddVariableSet, BddVariableSetBuilder};
use sarcoguide_model::{Case, Comparison, Condition, Constraint, Decimal, Domain, Fact, FactId, FactValue, Guide, ValueSet};

use crate::finding::Subject;
use crate::set::{Bounded, Limits, Meter, Set, TooLarge};

/// The most variables that a diagram can have.
const MAX_VARIABLES: usize = 65_535;

/// What one bit of the number of a point costs in the making of a set, in steps.
const STEPS_PER_BIT: u64 = 8;

/// One answer to a fact that says all that can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Point {
    /// A value without kinds of its own.
    Value(usize),
    /// A number that stands for a range between the cut points that the guide uses.
    Number(Decimal),
}

/// A fact as bits: each of its points has a number, written in binary.
#[derive(Debug)]
struct Coded {
    bits: Vec<BddVariable>,
    points: Vec<Point>,
    /// The thresholds that it is compared with.
    thresholds: Vec<Decimal>,
    /// Bits for what a case says of it that may leave it open; none where the space is of fully stated cases.
    statement_bits: Vec<BddVariable>,
}

/// The cases in which every fact of a guide is stated, and which of them can be.
///
/// A fact with values takes each value that has no kinds of its own. A number takes one point of each range that no condition of the
/// guide tells apart.
#[derive(Debug)]
pub(crate) struct Space {
    variables: BddVariableSet,
    facts: Vec<Coded>,
    /// For each variable, the fact that it is a bit of.
    owners: Vec<FactId>,
    meter: Rc<Meter>,
}

impl Space {
    /// The space of the fully stated cases of guides that have the same facts. Their cut points are taken together.
    pub fn of(guides: &[&Guide], limits: Limits) -> Bounded<Self> {
        Self::new(guides, limits, false)
    }

    /// The same, with variables beside those of each fact for what a case that leaves facts open says of it.
    pub fn with_open_facts(guide: &Guide, limits: Limits) -> Bounded<Self> {
        Self::new(&[guide], limits, true)
    }

    fn new(guides: &[&Guide], limits: Limits, open: bool) -> Bounded<Self> {
        let facts = guides.first().map_or(&[][..], |guide| guide.facts.as_slice());
        let cuts = Cuts::of(facts.len(), guides);
        let width = |count: usize| usize::try_from(count.next_power_of_two().trailing_zeros()).unwrap_or_default();
        let mut builder = BddVariableSetBuilder::new();
        let mut owners = Vec::new();
        let mut coded = Vec::with_capacity(facts.len());
        for (index, fact) in facts.iter().enumerate() {
            let points = points(fact, &cuts[index]);
            let thresholds = cuts[index].below.union(&cuts[index].above).copied().collect();
            let statements = if open { 1 + points.len().max(fact.domain.values().len()) } else { 1 };
            owners.extend(std::iter::repeat_n(FactId::new(index), width(points.len()) + width(statements)));
            if owners.len() > MAX_VARIABLES {
                return Err(TooLarge::Below(Subject::Guide));
            }
            let mut bits = |name: &str, count: usize| -> Vec<BddVariable> {
                (0..width(count)).map(|bit| builder.make_variable(&format!("{name}_{index}_{bit}"))).collect()
            };
            let statement_bits = bits("said", statements);
            coded.push(Coded { bits: bits("is", points.len()), points, thresholds, statement_bits });
        }
        Ok(Self { variables: builder.build(), facts: coded, owners, meter: Meter::new(limits) })
    }

    /// The cases in which each of these facts has one of its points.
    pub fn stated(&self, facts: impl Iterator<Item = FactId>) -> Bounded<Set> {
        let mut cases = self.all();
        for fact in facts {
            cases = cases.and(&self.points_where(fact, |_| true)?)?;
        }
        Ok(cases)
    }

    /// Those of `cases` that do not break a constraint.
    pub fn keeping(&self, cases: &Set, constraint: &Constraint) -> Bounded<Set> {
        let mut broken = self.all();
        for part in &constraint.mutually_exclusive {
            broken = broken.and(&self.atom(part)?)?;
        }
        cases.and_not(&broken)
    }

    /// Whether there is enough left of what sets may use up for what is good to have but no proof.
    pub fn has_plenty(&self) -> bool {
        self.meter.has_plenty()
    }

    /// Every case.
    pub fn all(&self) -> Set {
        Set::new(self.variables.mk_true(), &self.meter)
    }

    /// No case.
    pub fn none(&self) -> Set {
        Set::new(self.variables.mk_false(), &self.meter)
    }

    /// The cases that are in one of the sets.
    pub fn any<'s>(&self, sets: impl IntoIterator<Item = &'s Set>) -> Bounded<Set> {
        sets.into_iter().try_fold(self.none(), |any, set| any.or(set))
    }

    /// How many variables the diagrams have.
    pub fn width(&self) -> u16 {
        self.variables.num_vars()
    }

    /// The variables of a fact.
    pub fn bits(&self, fact: FactId) -> &[BddVariable] {
        &self.facts[fact.index()].bits
    }

    /// The answers to a fact.
    pub fn points(&self, fact: FactId) -> &[Point] {
        &self.facts[fact.index()].points
    }

    /// The cases in which the fact has a point that `holds`.
    pub fn points_where(&self, fact: FactId, holds: impl Fn(Point) -> bool) -> Bounded<Set> {
        let Coded { bits, points, .. } = &self.facts[fact.index()];
        self.codes(bits, (0..points.len()).filter(|code| holds(points[*code])))
    }

    /// The cases in which the bits stand for one of the numbers.
    pub fn codes(&self, bits: &[BddVariable], codes: impl Iterator<Item = usize>) -> Bounded<Set> {
        let clause = |code: usize| {
            let literals: Vec<_> = bits.iter().enumerate().map(|(place, bit)| (*bit, code >> place & 1 == 1)).collect();
            BddPartialValuation::from_values(&literals)
        };
        let codes: Vec<usize> = codes.collect();
        self.meter.spend(STEPS_PER_BIT * u64::try_from(codes.len() * bits.len()).unwrap_or(u64::MAX))?;
        Ok(Set::new(self.variables.mk_dnf(&codes.into_iter().map(clause).collect::<Vec<_>>()), &self.meter))
    }

    /// The fact that a variable is a bit of.
    pub fn owner(&self, variable: BddVariable) -> FactId {
        self.owners[variable.to_index()]
    }

    /// The variables for what a case that leaves facts open says of a fact.
    pub fn statement_bits(&self, fact: FactId) -> &[BddVariable] {
        &self.facts[fact.index()].statement_bits
    }

    /// The thresholds that a fact is compared with anywhere in the guide.
    pub fn thresholds(&self, fact: FactId) -> &[Decimal] {
        &self.facts[fact.index()].thresholds
    }

    /// The facts.
    pub fn facts(&self) -> impl Iterator<Item = FactId> {
        (0..self.facts.len()).map(FactId::new)
    }

    /// The cases in which a condition on a single fact holds. Every case, for another condition.
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

    /// One of the valuations that a clause stands for.
    pub fn completed(&self, clause: &BddPartialValuation) -> BddValuation {
        let mut valuation = BddValuation::all_false(self.width());
        clause.to_values().into_iter().for_each(|(variable, value)| valuation.set_value(variable, value));
        valuation
    }

    /// The case that a valuation of the variables stands for, with only the facts that `stated` takes.
    pub fn case(&self, valuation: &BddValuation, stated: impl Fn(FactId) -> bool) -> Case {
        let mut case = Case::unknown(self.facts.len());
        for (index, Coded { bits, points, .. }) in self.facts.iter().enumerate() {
            let fact = FactId::new(index);
            let code = code(bits, valuation);
            if let (true, Some(point)) = (stated(fact), points.get(code)) {
                case.set(fact, fact_value(*point));
            }
        }
        case
    }
}

/// The number that the bits stand for.
pub(crate) fn code(bits: &[BddVariable], valuation: &BddValuation) -> usize {
    bits.iter().enumerate().map(|(place, bit)| usize::from(valuation.value(*bit)) << place).sum()
}

/// What a case says that states a point.
pub(crate) fn fact_value(point: Point) -> FactValue {
    match point {
        Point::Value(value) => u8::try_from(value).map_or(FactValue::Unknown, FactValue::Value),
        Point::Number(number) => FactValue::Number(number),
    }
}

/// Where the conditions of guides tell the numbers of a fact apart.
#[derive(Clone, Debug, Default)]
struct Cuts {
    /// Between these numbers and all that are smaller.
    below: BTreeSet<Decimal>,
    /// Between these numbers and all that are larger.
    above: BTreeSet<Decimal>,
}

impl Cuts {
    /// Those of every fact.
    fn of(facts: usize, guides: &[&Guide]) -> Vec<Self> {
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
            guide.rule_places().iter().filter_map(|place| guide.rule(*place)).for_each(|rule| see(&rule.when));
            guide.constraints.iter().flat_map(|constraint| &constraint.mutually_exclusive).for_each(&mut see);
        }
        cuts
    }

    /// Whether a condition tells two numbers apart, the smaller one given first.
    fn part(&self, smaller: Decimal, larger: Decimal) -> bool {
        let between = (Bound::Excluded(smaller), Bound::Included(larger));
        smaller < larger && (self.below.range(between).next().is_some() || self.above.range(smaller..larger).next().is_some())
    }
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
            numbers.dedup_by(|number, kept| !cuts.part(*kept, *number));
            numbers.into_iter().map(Point::Number).collect()
        }
    }
}
