//! All possible cases of a guide as the paths of a decision diagram.

use biodivine_lib_bdd::{Bdd, BddPartialValuation, BddValuation, BddVariable, BddVariableSet, BddVariableSetBuilder};
use sarcoguide_model::{Case, Comparison, Condition, Constraint, Decimal, Domain, Fact, FactId, Guide, Known, ValueSet};

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
    said: Vec<BddVariable>,
}

/// The cases in which every fact of a guide is stated, and which of them can be.
///
/// A fact with values takes each value that has no kinds of its own. A number takes one point of each range that no condition of the
/// guide tells apart.
#[derive(Debug)]
pub(crate) struct Space {
    variables: BddVariableSet,
    facts: Vec<Coded>,
}

impl Space {
    /// The space of the fully stated cases of guides that have the same facts. Their cut points are taken together.
    pub fn of(guides: &[&Guide]) -> Self {
        Self::new(guides, false)
    }

    /// The same, with variables beside those of each fact for what a case that leaves facts open says of it.
    pub fn with_open_facts(guide: &Guide) -> Self {
        Self::new(&[guide], true)
    }

    fn new(guides: &[&Guide], open: bool) -> Self {
        let facts = guides.first().map_or(&[][..], |guide| guide.facts.as_slice());
        let cuts = Cuts::of(facts.len(), guides);
        let mut builder = BddVariableSetBuilder::new();
        let facts: Vec<Coded> = facts
            .iter()
            .enumerate()
            .map(|(index, fact)| {
                let points = points(fact, &cuts.0[index]);
                let mut bits = |name: &str, count: usize| -> Vec<BddVariable> {
                    let width = count.next_power_of_two().trailing_zeros();
                    (0..width).map(|bit| builder.make_variable(&format!("{name}_{index}_{bit}"))).collect()
                };
                let sayings = if open { 1 + points.len().max(fact.domain.values().len()) } else { 1 };
                let said = bits("said", sayings);
                let thresholds = cuts.0[index].iter().map(|(_, threshold)| *threshold).collect();
                Coded { bits: bits("is", points.len()), points, thresholds, said }
            })
            .collect();
        Self { variables: builder.build(), facts }
    }

    /// The cases in which each of these facts has one of its points, and that break none of the constraints.
    pub fn within<'c>(&self, facts: impl Iterator<Item = FactId>, constraints: impl Iterator<Item = &'c Constraint>) -> Bdd {
        let any = facts.map(|fact| self.points_where(fact, |_| true)).fold(self.all(), |all, set| all.and(&set));
        constraints.fold(any, |all, constraint| {
            let parts = constraint.never.iter().map(|part| self.atom(part));
            all.and_not(&parts.fold(self.all(), |together, part| together.and(&part)))
        })
    }

    /// Every case.
    pub fn all(&self) -> Bdd {
        self.variables.mk_true()
    }

    /// No case.
    pub fn none(&self) -> Bdd {
        self.variables.mk_false()
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
    pub fn points_where(&self, fact: FactId, holds: impl Fn(Point) -> bool) -> Bdd {
        let Coded { bits, points, .. } = &self.facts[fact.index()];
        self.codes(bits, (0..points.len()).filter(|code| holds(points[*code])))
    }

    /// The cases in which the bits stand for one of the numbers.
    pub fn codes(&self, bits: &[BddVariable], codes: impl Iterator<Item = usize>) -> Bdd {
        let clause = |code: usize| {
            let literals: Vec<_> = bits.iter().enumerate().map(|(place, bit)| (*bit, code >> place & 1 == 1)).collect();
            BddPartialValuation::from_values(&literals)
        };
        self.variables.mk_dnf(&codes.map(clause).collect::<Vec<_>>())
    }

    /// The variables for what a case that leaves facts open says of a fact.
    pub fn said(&self, fact: FactId) -> &[BddVariable] {
        &self.facts[fact.index()].said
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
    pub fn atom(&self, condition: &Condition) -> Bdd {
        match condition {
            Condition::Is { fact, values } => self.points_where(*fact, |point| match point {
                Point::Value(value) => values.contains(value),
                Point::Number(_) => false,
            }),
            Condition::Compare { fact, comparison, threshold } => self.points_where(*fact, |point| match point {
                Point::Number(number) => comparison.holds(number, *threshold),
                Point::Value(_) => false,
            }),
            _ => self.all(),
        }
    }

    /// The cases that a clause stands for.
    pub fn clause(&self, clause: &BddPartialValuation) -> Bdd {
        self.variables.mk_conjunctive_clause(clause)
    }

    /// The case that a valuation of the variables stands for, with only the facts that `stated` takes.
    pub fn case(&self, valuation: &BddValuation, stated: impl Fn(FactId) -> bool) -> Case {
        let mut case = Case::unknown(self.facts.len());
        for (index, Coded { bits, points, .. }) in self.facts.iter().enumerate() {
            let fact = FactId::new(index);
            let code = code(bits, valuation);
            if let (true, Some(point)) = (stated(fact), points.get(code)) {
                case.set(fact, known(*point));
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
pub(crate) fn known(point: Point) -> Known {
    match point {
        Point::Value(value) => u8::try_from(value).map_or(Known::Unknown, Known::Value),
        Point::Number(number) => Known::Number(number),
    }
}

/// The comparisons that the conditions of a guide make with each of its numbers.
#[derive(Debug)]
struct Cuts(Vec<Vec<(Comparison, Decimal)>>);

impl Cuts {
    fn of(facts: usize, guides: &[&Guide]) -> Self {
        let mut cuts = vec![Vec::new(); facts];
        let mut see = |condition: &Condition| {
            condition.walk(&mut |part| {
                if let Condition::Compare { fact, comparison, threshold } = part {
                    let seen: &mut Vec<_> = &mut cuts[fact.index()];
                    if !seen.contains(&(*comparison, *threshold)) {
                        seen.push((*comparison, *threshold));
                    }
                }
            });
        };
        for guide in guides {
            guide.rule_places().iter().filter_map(|place| guide.rule(*place)).for_each(|rule| see(&rule.when));
            guide.constraints.iter().flat_map(|constraint| &constraint.never).for_each(&mut see);
        }
        Self(cuts)
    }
}

fn points(fact: &Fact, cuts: &[(Comparison, Decimal)]) -> Vec<Point> {
    match &fact.domain {
        Domain::Values(values) => {
            let all = values.iter().enumerate();
            all.filter(|(index, value)| value.covers == ValueSet::only(*index)).map(|(index, _)| Point::Value(index)).collect()
        }
        Domain::Number { min, max, .. } => {
            let near = |threshold: Decimal, by: i64| Decimal::from_thousandths(threshold.thousandths() + by);
            let beside = cuts.iter().flat_map(|(_, threshold)| [near(*threshold, -1), *threshold, near(*threshold, 1)]);
            let mut numbers: Vec<Decimal> = beside.filter(|number| number >= min && number <= max).chain([*min]).collect();
            numbers.sort_unstable();
            let told = |number: Decimal| -> Vec<bool> {
                cuts.iter().map(|(comparison, threshold)| comparison.holds(number, *threshold)).collect()
            };
            numbers.dedup_by_key(|number| told(*number));
            numbers.into_iter().map(Point::Number).collect()
        }
    }
}
