//! Describes sets of cases in the language of the guide's conditions. A description is a short list of groups of cases. Each group
//! is described by a conjunction of conditions on single facts.

use sarcoguide_model::{Case, Decimal, FactId, FactValue, Guide, Interval, ValueSet};

use crate::set::{Bounded, Set};
use crate::space::{Point, Space};

/// A set of cases that limits some facts to certain points. For each of these facts, it has one flag for each [`Point`] of the
/// fact, which says whether the point is allowed. All other facts can have any value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cube(Vec<(FactId, Vec<bool>)>);

impl Cube {
    /// Returns the cases that agree with everything that `case` states.
    pub fn of_case(space: &Space, guide: &Guide, case: &Case) -> Self {
        let allowed = |fact: FactId| -> Vec<bool> {
            let fits = |point: &Point| match (*point, case.get(fact)) {
                (Point::Value(value), FactValue::Value(stated)) => {
                    guide[fact].domain.values()[usize::from(stated)].covers.contains(value)
                }
                (Point::Number(number), FactValue::Number(stated)) => number == stated,
                (Point::Number(number), FactValue::Between(stated)) => stated.covers(Interval::only(number)),
                _ => false,
            };
            space.points(fact).iter().map(fits).collect()
        };
        Self(case.stated().map(|fact| (fact, allowed(fact))).collect())
    }

    /// Reverses the order of the facts.
    fn reversed(mut self) -> Self {
        self.0.reverse();
        self
    }

    /// Returns the cases as a set.
    fn set(&self, space: &Space) -> Bounded<Set> {
        self.0.iter().try_fold(space.all(), |all, (fact, allowed)| {
            let codes = (0..allowed.len()).filter(|code| allowed[*code]);
            all.and(&space.codes(space.bits(*fact), codes)?)
        })
    }

    /// Makes the cube as large as possible while all of its cases in `possible` stay in `wanted`. First removes the limits on
    /// whole facts, then allows more points of the remaining facts.
    pub fn widened(self, space: &Space, possible: &Set, wanted: &Set) -> Bounded<Self> {
        let outside = possible.and_not(wanted)?;
        let safe = |cube: &Self| Ok(cube.set(space)?.and(&outside)?.is_empty());
        let mut cube = self;
        let facts: Vec<FactId> = cube.0.iter().map(|(fact, _)| *fact).collect();
        for fact in facts {
            let fewer = Self(cube.0.iter().filter(|(other, _)| *other != fact).cloned().collect());
            if safe(&fewer)? {
                cube = fewer;
            }
        }
        for place in 0..cube.0.len() {
            for code in 0..cube.0[place].1.len() {
                if !cube.0[place].1[code] {
                    cube.0[place].1[code] = true;
                    if !safe(&cube)? {
                        cube.0[place].1[code] = false;
                    }
                }
            }
        }
        Ok(cube)
    }
}

/// The maximum number of groups in the description of a set of cases.
const MAX_GROUPS: usize = 12;

/// Describes `set`, a set of `possible` cases, as a condition for each group of cases, and returns whether the groups cover all
/// of it. Returns no groups if the description would be too large, or if half of the allowed steps have already been used.
pub(crate) fn which(guide: &Guide, space: &Space, set: &Set, possible: &Set) -> (Vec<String>, bool) {
    if !space.has_plenty() {
        return (Vec::new(), false);
    }
    let (cubes, complete) = cubes(space, guide, set, possible, MAX_GROUPS).unwrap_or_default();
    (cubes.iter().map(|cube| condition_text(guide, space, cube)).collect(), complete)
}

/// Returns at most `limit` cubes whose possible cases are all in `set`, and whether these cubes together cover the whole set. Each cube
/// covers some cases of the set that no other cube covers.
fn cubes(space: &Space, guide: &Guide, set: &Set, possible: &Set, limit: usize) -> Bounded<(Vec<Cube>, bool)> {
    let support = set.support();
    let matters = |fact: FactId| space.bits(fact).iter().any(|bit| support.contains(bit));
    let mut rest = set.clone();
    let mut cubes: Vec<Cube> = Vec::new();
    while let (true, Some(valuation)) = (cubes.len() < limit, rest.any()) {
        let start = Cube::of_case(space, guide, &space.case(&valuation, matters));
        // The order in which facts are removed affects the result, so both directions are tried.
        let one = start.clone().widened(space, possible, set)?;
        let other = start.reversed().widened(space, possible, set)?;
        let cube = if other.0.len() < one.0.len() { other } else { one };
        rest = rest.and_not(&cube.set(space)?)?;
        cubes.push(cube);
    }
    let mut place = 0;
    while place < cubes.len() {
        let mut alone = cubes[place].set(space)?.and(set)?;
        for (_, cube) in cubes.iter().enumerate().filter(|(other, _)| *other != place) {
            alone = alone.and_not(&cube.set(space)?)?;
        }
        if alone.is_empty() {
            cubes.remove(place);
        } else {
            place += 1;
        }
    }
    Ok((cubes, rest.is_empty()))
}

/// Writes a cube as a condition in the language of the guide.
pub(crate) fn condition_text(guide: &Guide, space: &Space, cube: &Cube) -> String {
    let mut facts: Vec<_> = cube.0.iter().collect();
    facts.sort_by_key(|(fact, _)| *fact);
    let parts: Vec<String> = facts.into_iter().map(|(fact, allowed)| part(guide, space, *fact, allowed)).collect();
    if parts.is_empty() { "always".to_owned() } else { parts.join(" and ") }
}

fn part(guide: &Guide, space: &Space, fact: FactId, allowed: &[bool]) -> String {
    let id = &guide[fact].id;
    let points = space.points(fact);
    if let Some(Point::Number(_)) = points.first() {
        let ranges: Vec<String> = ranges(guide, space, fact, allowed).iter().map(|range| format!("{id} {range}")).collect();
        return if ranges.len() == 1 { ranges.concat() } else { format!("({})", ranges.join(" or ")) };
    }
    let chosen = |wanted: bool| -> ValueSet {
        let values = points.iter().zip(allowed).filter(|(_, allowed)| **allowed == wanted);
        values.filter_map(|(point, _)| if let Point::Value(value) = point { Some(*value) } else { None }).collect()
    };
    let (inside, outside) = (names(guide, fact, chosen(true)), names(guide, fact, chosen(false)));
    match (inside.as_slice(), outside.as_slice()) {
        ([only], _) => format!("{id} is {only}"),
        (_, [only]) => format!("{id} is not {only}"),
        (inside, outside) if outside.len() < inside.len() => format!("{id} not in [{}]", outside.join(", ")),
        (inside, _) => format!("{id} in [{}]", inside.join(", ")),
    }
}

/// Returns as few value names as possible for a set of values. A value's name also covers all of its more specific values.
fn names(guide: &Guide, fact: FactId, set: ValueSet) -> Vec<&str> {
    let values = guide[fact].domain.values();
    let leaves = |place: usize| -> ValueSet {
        values[place].covers.iter().filter(|other| values[*other].covers == ValueSet::only(*other)).collect()
    };
    let mut rest = set;
    let mut places: Vec<usize> = (0..values.len()).filter(|place| leaves(*place).is_subset(set)).collect();
    places.sort_by_key(|place| std::cmp::Reverse(leaves(*place).len()));
    let mut chosen = Vec::new();
    for place in places {
        if !leaves(place).intersection(rest).is_empty() {
            rest = rest.difference(leaves(place));
            chosen.push(place);
        }
    }
    chosen.sort_unstable();
    chosen.into_iter().map(|place| values[place].id.as_str()).collect()
}

/// Returns the allowed ranges of numbers, each written as one or two comparisons.
fn ranges(guide: &Guide, space: &Space, fact: FactId, allowed: &[bool]) -> Vec<String> {
    let sarcoguide_model::Domain::Number { unit, .. } = &guide[fact].domain else { return Vec::new() };
    let id = &guide[fact].id;
    let start = |code: usize| match space.points(fact)[code] {
        Point::Number(number) => number,
        Point::Value(_) => Decimal::from_thousandths(0),
    };
    // The largest number below `number`.
    let just_below = |number: Decimal| Decimal::from_thousandths(number.thousandths() - 1);
    let is_cut = |number: Decimal| space.thresholds(fact).contains(&number);
    let mut texts = Vec::new();
    let mut code = 0;
    while code < allowed.len() {
        let Some(from) = (code..allowed.len()).find(|code| allowed[*code]) else { break };
        let to = (from..allowed.len()).find(|code| !allowed[*code]).unwrap_or(allowed.len());
        let lower = (from > 0).then(|| {
            let number = start(from);
            if is_cut(just_below(number)) { format!("> {} {unit}", just_below(number)) } else { format!(">= {number} {unit}") }
        });
        let upper = (to < allowed.len()).then(|| {
            let number = start(to);
            if is_cut(just_below(number)) { format!("<= {} {unit}", just_below(number)) } else { format!("< {number} {unit}") }
        });
        texts.push(match (lower, upper) {
            (Some(lower), Some(upper)) => format!("{lower} and {id} {upper}"),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => String::new(),
        });
        code = to;
    }
    texts
}
