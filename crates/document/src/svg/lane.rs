/// How a time in the course of treatment relates to the other times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// The time follows the one before it.
    Main,
    /// The time is an alternative that branches off at the start of the main lane.
    Branch,
    /// The time runs in parallel with all others.
    Alongside,
}
