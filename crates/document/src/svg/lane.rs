/// How a time in the course of treatment relates to the other times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Comes after the time before it.
    Main,
    /// Is an alternative that branches off at the start of the main lane.
    Branch,
    /// Runs in parallel with all other times.
    Alongside,
}
