//! Represents sets of cases as decision diagrams, and limits their size.
//!
//! A diagram over a few dozen facts can have more nodes than fit in memory. So every operation counts its steps, and fails if it
//! needs too many. All limits are numbers of steps and nodes, never times, so the result for a guide is the same on every
//! machine.

use std::cell::Cell;
use std::collections::HashSet;
use std::rc::Rc;

use biodivine_lib_bdd::{Bdd, BddPartialValuation, BddPointer, BddValuation, BddVariable, op_function};
use num_bigint::BigUint;

use crate::finding::Subject;

/// Limits on the size of sets of cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The maximum number of steps of one operation. If an operation needs more, nothing that depends on its result is proved.
    pub steps: u64,
    /// The maximum number of steps of all operations on a guide together. After that, nothing more is proved.
    pub steps_in_all: u64,
    /// The maximum number of nodes of all sets that exist at the same time.
    pub nodes: usize,
}

impl Default for Limits {
    /// Leaves room for a guide larger than the built-in one, for which a check needs about 130 MB.
    ///
    /// 100 million steps take about a second. The largest operation that is allowed needs about 100 MB. The nodes, with 12 bytes
    /// each, need 100 to 200 MB.
    fn default() -> Self {
        Self { steps: 1 << 22, steps_in_all: 1 << 30, nodes: 1 << 23 }
    }
}

/// Limits the size of a set that every other set is combined with, such as the set of all possible cases. The maximum number of
/// nodes of such a set is the step limit of one operation divided by this number.
const STEPS_PER_SHARED_NODE: u64 = 128;

/// Like [`STEPS_PER_SHARED_NODE`], but for a set that only some other sets are combined with, such as that of one rule.
const STEPS_PER_KEPT_NODE: u64 = 32;

/// The minimum cost of an operation, in steps.
const LEAST_STEPS: u64 = 100;

/// The error if a set is too large to compute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TooLarge {
    /// The diagram of the set itself is too large.
    Itself,
    /// The diagram of something that the set depends on is too large, or the guide as a whole is.
    Below(Subject),
}

impl TooLarge {
    /// Returns what is too large, if this error occurred while computing a set for `subject`.
    pub fn subject(self, subject: Subject) -> Subject {
        match self {
            Self::Itself => subject,
            Self::Below(below) => below,
        }
    }

    /// Converts an error about `subject` to one about something that depends on `subject`.
    pub fn below(self, subject: Subject) -> Self {
        Self::Below(self.subject(subject))
    }
}

/// The result of a computation, or an error if it's too large.
pub(crate) type Bounded<T> = Result<T, TooLarge>;

/// Counts the steps and nodes that the sets of one space use.
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

    /// Whether less than half of the allowed steps have been used. If not, callers skip work that no proof needs, such as
    /// describing sets.
    pub fn has_plenty(&self) -> bool {
        self.steps.get() < self.limits.steps_in_all / 2
    }

    /// Adds the steps of one operation to the total.
    ///
    /// # Errors
    ///
    /// If the operation took too many steps, or if all operations and sets together use too many steps or nodes.
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

/// A set of cases, stored as a decision diagram.
#[derive(Debug)]
pub(crate) struct Set {
    diagram: Bdd,
    meter: Rc<Meter>,
}

impl Set {
    /// Creates a set from a diagram. Doesn't check the step limits.
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

    /// Returns the set if it's small enough to be combined with every other set.
    pub fn shared(self) -> Bounded<Self> {
        self.at_most(STEPS_PER_SHARED_NODE)
    }

    /// Returns the set if it's small enough to be combined with some other sets. Without this check, the results of those
    /// combinations would be reported as too large instead of this set.
    pub fn kept(self) -> Bounded<Self> {
        self.at_most(STEPS_PER_KEPT_NODE)
    }

    fn at_most(self, steps_per_node: u64) -> Bounded<Self> {
        if self.size() > self.meter.limits.steps / steps_per_node { Err(TooLarge::Itself) } else { Ok(self) }
    }

    /// Returns the cases that aren't in the set.
    pub fn not(&self) -> Self {
        Self::new(self.diagram.not(), &self.meter)
    }

    fn joined(&self, other: &Self, join: impl Fn(Option<bool>, Option<bool>) -> Option<bool>) -> Bounded<Self> {
        self.counted(other, |left, right, steps| Bdd::binary_op(left, right, steps.of(join)))
    }

    /// Returns the cases that would be in the set if `variables` had suitable values. All other variables keep their values.
    pub fn exists(&self, variables: &[BddVariable]) -> Bounded<Self> {
        let chosen = |variable: BddVariable| variables.contains(&variable);
        self.counted(self, |left, right, steps| {
            Bdd::binary_op_nested(left, right, chosen, steps.of(op_function::and), steps.of(op_function::or))
        })
    }

    /// Computes a set from two sets with `work`, and counts the steps.
    fn counted(&self, other: &Self, work: impl FnOnce(&Bdd, &Bdd, &Steps) -> Bdd) -> Bounded<Self> {
        // The diagram library allocates memory in proportion to the larger set before the first step, so count that too.
        self.meter.spend(LEAST_STEPS + self.size().max(other.size()) / 4)?;
        let steps = Steps { taken: Cell::new(0), most: self.meter.limits.steps };
        let diagram = work(&self.diagram, &other.diagram, &steps);
        self.meter.spend(steps.taken.get())?;
        Ok(Self::new(diagram, &self.meter))
    }

    fn size(&self) -> u64 {
        u64::try_from(self.diagram.size()).unwrap_or(u64::MAX)
    }

    /// Whether the set contains no cases.
    pub fn is_empty(&self) -> bool {
        self.diagram.is_false()
    }

    /// Whether the set contains a case.
    pub fn contains(&self, case: &BddValuation) -> bool {
        self.diagram.eval_in(case)
    }

    /// Counts the cases in the set. Each assignment of values to all variables counts as one case.
    pub fn count(&self) -> Bounded<BigUint> {
        // Counting stores a number of up to several hundred bits for each node, so it costs steps too.
        self.meter.spend(self.size())?;
        Ok(self.diagram.exact_cardinality())
    }

    /// Returns the variables that the set depends on.
    pub fn support(&self) -> HashSet<BddVariable> {
        self.diagram.support_set()
    }

    /// Returns a case of the set, or `None` if it's empty.
    pub fn any(&self) -> Option<BddValuation> {
        self.diagram.sat_witness()
    }

    /// Returns a case of the set in which as few groups of variables as possible have a bit set, and the number of these groups.
    /// `group_of` returns the group of a variable. The variables of each group must follow one another. Returns `None` if the set
    /// is empty.
    pub fn with_fewest_groups<G: PartialEq>(&self, group_of: impl Fn(BddVariable) -> G) -> Option<(usize, BddValuation)> {
        let diagram = &self.diagram;
        if diagram.is_false() {
            return None;
        }
        let group = |node: BddPointer| if node.is_terminal() { None } else { Some(group_of(diagram.var_of(node))) };
        // For each node, the smallest number of further groups that have a bit set on a path from the node to a case. The first
        // number is for paths on which the node's own group has no bit set yet, and the second is for paths on which it has one.
        // `None` if no path leads to a case.
        let mut least: Vec<[Option<usize>; 2]> = Vec::with_capacity(diagram.size());
        // The same number for a path that continues from `node` to `next`. `before` is whether the node's group has a bit set
        // before this step, and `with` is whether it has one after it.
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

    /// Returns a partial assignment of the variables that fixes as few of them as possible. All cases that agree with it are in the
    /// set. Returns `None` if the set is empty.
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

/// A counter for the steps of one operation.
struct Steps {
    taken: Cell<u64>,
    most: u64,
}

impl Steps {
    /// Wraps `join` so that every call counts as a step. If there are too many steps, all further results are false, which soon
    /// ends the operation.
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
