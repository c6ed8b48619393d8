//! Sets of cases as decision diagrams that stay small enough to be worked with, whatever a guide says.
//!
//! A diagram of a handful of facts can have more nodes than any memory holds. So every operation counts its steps, and one that needs too
//! many gives up. All limits are counts of steps and nodes, never of time, so that a guide is judged alike on every machine.

use std::cell::Cell;
use std::collections::HashSet;
use std::rc::Rc;

use biodivine_lib_bdd::{Bdd, BddPartialValuation, BddPointer, BddValuation, BddVariable, op_function};
use num_bigint::BigUint;

use crate::finding::Subject;

/// Limits on the size of sets of cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The maximum number of steps of one operation. Anything larger is too large to prove.
    pub steps: u64,
    /// The maximum number of steps of all operations on a guide. After that, nothing more is proved.
    pub steps_in_all: u64,
    /// The maximum number of nodes of all sets that are kept at the same time.
    pub nodes: usize,
}

impl Default for Limits {
    /// The largest operation over the built-in guide takes some 165,000 steps, all of them together 155 million, and 280,000 nodes are kept:
    /// a guide several times as large still fits. 100 million steps take about a second; the largest operation that is allowed needs
    /// some 50 megabytes, and the nodes, of 12 bytes each, 100 to 200 megabytes.
    fn default() -> Self {
        Self { steps: 1 << 21, steps_in_all: 1 << 30, nodes: 1 << 23 }
    }
}

/// How many times the nodes of a set that every other set is joined with the steps of an operation are at least.
const STEPS_PER_SHARED_NODE: u64 = 128;

/// The same of a set that some others are joined with.
const STEPS_PER_KEPT_NODE: u64 = 32;

/// What an operation costs at least, in steps.
const LEAST_STEPS: u64 = 100;

/// Why a set could not be worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TooLarge {
    /// Its own diagram is too large.
    Itself,
    /// That of something that it rests on is, or the guide as a whole.
    Below(Subject),
}

impl TooLarge {
    /// What is too large, when it came up while `subject` was worked out.
    pub fn subject(self, subject: Subject) -> Subject {
        match self {
            Self::Itself => subject,
            Self::Below(below) => below,
        }
    }

    /// The same, seen from something that rests on `subject`.
    pub fn below(self, subject: Subject) -> Self {
        Self::Below(self.subject(subject))
    }
}

/// What was worked out, or why it could not be.
pub(crate) type Bounded<T> = Result<T, TooLarge>;

/// What the sets of one space have used up.
#[derive(Debug)]
pub(crate) struct Meter {
    limits: Limits,
    steps: Cell<u64>,
    nodes: Cell<usize>,
}

impl Meter {
    pub fn new(limits: Limits) -> Rc<Self> {
        Rc::new(Self { limits, steps: Cell::new(0), nodes: Cell::new(0) })
    }

    /// Whether there is enough left for what is good to have but no proof.
    pub fn has_plenty(&self) -> bool {
        self.steps.get() < self.limits.steps_in_all / 2
    }

    /// Counts the steps of one operation.
    ///
    /// # Errors
    ///
    /// If they are too many, or too much has been used up before.
    pub fn spend(&self, steps: u64) -> Bounded<()> {
        self.steps.set(self.steps.get().saturating_add(steps));
        if steps > self.limits.steps {
            Err(TooLarge::Itself)
        } else if self.steps.get() > self.limits.steps_in_all || self.nodes.get() > self.limits.nodes {
            Err(TooLarge::Below(Subject::Guide))
        } else {
            Ok(())
        }
    }
}

/// A set of cases.
#[derive(Debug)]
pub(crate) struct Set {
    diagram: Bdd,
    meter: Rc<Meter>,
}

impl Set {
    /// The set of a diagram that is small, as that of a single fact is.
    pub fn new(diagram: Bdd, meter: &Rc<Meter>) -> Self {
        meter.nodes.set(meter.nodes.get() + diagram.size());
        Self { diagram, meter: Rc::clone(meter) }
    }

    pub fn and(&self, other: &Self) -> Bounded<Self> {
        self.joined(other, op_function::and)
    }

    pub fn or(&self, other: &Self) -> Bounded<Self> {
        self.joined(other, op_function::or)
    }

    pub fn and_not(&self, other: &Self) -> Bounded<Self> {
        self.joined(other, op_function::and_not)
    }

    pub fn xor(&self, other: &Self) -> Bounded<Self> {
        self.joined(other, op_function::xor)
    }

    /// The set, if it is small enough for every other one to be joined with it.
    pub fn shared(self) -> Bounded<Self> {
        self.at_most(STEPS_PER_SHARED_NODE)
    }

    /// The set, if it is small enough to be joined with some others: rather it is called too large than what rests on it.
    pub fn kept(self) -> Bounded<Self> {
        self.at_most(STEPS_PER_KEPT_NODE)
    }

    fn at_most(self, steps_per_node: u64) -> Bounded<Self> {
        if self.size() > self.meter.limits.steps / steps_per_node { Err(TooLarge::Itself) } else { Ok(self) }
    }

    /// Every case that is not in it.
    pub fn not(&self) -> Self {
        Self::new(self.diagram.not(), &self.meter)
    }

    fn joined(&self, other: &Self, join: impl Fn(Option<bool>, Option<bool>) -> Option<bool>) -> Bounded<Self> {
        self.counted(other, |left, right, steps| Bdd::binary_op(left, right, steps.of(join)))
    }

    /// The cases that differ from one in it at most in `variables`.
    pub fn exists(&self, variables: &[BddVariable]) -> Bounded<Self> {
        let chosen = |variable: BddVariable| variables.contains(&variable);
        self.counted(self, |left, right, steps| {
            Bdd::binary_op_nested(left, right, chosen, steps.of(op_function::and), steps.of(op_function::or))
        })
    }

    fn counted(&self, other: &Self, work: impl FnOnce(&Bdd, &Bdd, &Steps) -> Bdd) -> Bounded<Self> {
        // Room for all nodes of both is set aside before the first step.
        self.meter.spend(LEAST_STEPS + self.size().max(other.size()) / 4)?;
        let steps = Steps { taken: Cell::new(0), most: self.meter.limits.steps };
        let diagram = work(&self.diagram, &other.diagram, &steps);
        self.meter.spend(steps.taken.get())?;
        Ok(Self::new(diagram, &self.meter))
    }

    fn size(&self) -> u64 {
        u64::try_from(self.diagram.size()).unwrap_or(u64::MAX)
    }

    /// Whether no case is in it.
    pub fn is_empty(&self) -> bool {
        self.diagram.is_false()
    }

    /// Whether a case is in it.
    pub fn contains(&self, case: &BddValuation) -> bool {
        self.diagram.eval_in(case)
    }

    /// How many cases are in it, of all variables.
    pub fn count(&self) -> Bounded<BigUint> {
        // A number of some hundred bits is kept for each node meanwhile.
        self.meter.spend(self.size())?;
        Ok(self.diagram.exact_cardinality())
    }

    /// The variables that it rests on.
    pub fn support(&self) -> HashSet<BddVariable> {
        self.diagram.support_set()
    }

    /// One of its cases.
    pub fn any(&self) -> Option<BddValuation> {
        self.diagram.sat_witness()
    }

    /// A case of it that has a bit set in as few groups of variables as can be, and how many those are. The variables of a group follow
    /// one another.
    pub fn sparest<G: PartialEq>(&self, group_of: impl Fn(BddVariable) -> G) -> Option<(usize, BddValuation)> {
        let diagram = &self.diagram;
        if diagram.is_false() {
            return None;
        }
        let group = |node: BddPointer| if node.is_terminal() { None } else { Some(group_of(diagram.var_of(node))) };
        // For each node, how many groups it takes from there on if its own group has no bit set yet, and if it has one.
        let mut least: Vec<[Option<usize>; 2]> = Vec::with_capacity(diagram.size());
        // What it takes to go on to `next` from a node where a bit of its group is set or not, before this bit and with it.
        let step = |least: &[[Option<usize>; 2]], node: BddPointer, next: BddPointer, before: bool, with: bool| {
            let same = group(next) == group(node);
            least[next.to_index()][usize::from(same && with)].map(|rest| rest + usize::from(with && !before))
        };
        for node in diagram.pointers() {
            let both = [false, true].map(|before| {
                if node.is_terminal() {
                    return node.is_one().then_some(0);
                }
                let low = step(&least, node, diagram.low_link_of(node), before, before);
                let high = step(&least, node, diagram.high_link_of(node), before, true);
                low.into_iter().chain(high).min()
            });
            least.push(both);
        }
        let mut valuation = BddValuation::all_false(diagram.num_vars());
        let (mut node, mut before) = (diagram.root_pointer(), false);
        let fewest = least[node.to_index()][0]?;
        while !node.is_terminal() {
            let (low, high) = (diagram.low_link_of(node), diagram.high_link_of(node));
            let (by_low, by_high) = (step(&least, node, low, before, before), step(&least, node, high, before, true));
            let set = by_low.is_none_or(|low| by_high.is_some_and(|high| high < low));
            valuation.set_value(diagram.var_of(node), set);
            let next = if set { high } else { low };
            before = (before || set) && group(next) == group(node);
            node = next;
        }
        Some((fewest, valuation))
    }

    /// What the variables must be for the most cases at once to be in it.
    pub fn widest(&self) -> Option<BddPartialValuation> {
        self.diagram.most_free_clause()
    }
}

impl Clone for Set {
    fn clone(&self) -> Self {
        Self::new(self.diagram.clone(), &self.meter)
    }
}

impl PartialEq for Set {
    fn eq(&self, other: &Self) -> bool {
        self.diagram == other.diagram
    }
}

impl Drop for Set {
    fn drop(&mut self) {
        self.meter.nodes.set(self.meter.nodes.get().saturating_sub(self.diagram.size()));
    }
}

/// The steps of one operation.
struct Steps {
    taken: Cell<u64>,
    most: u64,
}

impl Steps {
    /// Counts how often it is asked what two bits come to. After too many questions everything comes to false, which ends the operation soon.
    fn of(
        &self,
        join: impl Fn(Option<bool>, Option<bool>) -> Option<bool>,
    ) -> impl Fn(Option<bool>, Option<bool>) -> Option<bool> {
        move |left, right| {
            self.taken.set(self.taken.get() + 1);
            if self.taken.get() > self.most { Some(false) } else { join(left, right) }
        }
    }
}
