/// Where a time stands to the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// One after the other.
    Main,
    /// Branches off where the main lane begins.
    Branch,
    /// Runs alongside all others.
    Alongside,
}
