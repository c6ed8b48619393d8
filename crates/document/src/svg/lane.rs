/// How a time in the course of treatment, such as "before surgery", relates to the other times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// The time is part of the main lane: it follows the previous time in this lane.
    Main,
    /// The time is an alternative, which branches off at the start of the main lane.
    Branch,
    /// The time runs in parallel with all others.
    Alongside,
}
