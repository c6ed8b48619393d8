//! Enums whose variants have IDs in guide files and in output.

/// An enum whose variants have IDs in guide files and in output.
pub trait ClosedSet: Copy + PartialEq + 'static {
    /// Every variant, in the order of declaration.
    const ALL: &'static [Self];

    /// Returns the ID of the variant, for example `not_indicated`.
    fn id(self) -> &'static str;

    /// Returns the variant with this ID, or `None` if no variant has it.
    #[must_use]
    fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|variant| variant.id() == id)
    }
}

/// Declares an enum together with the ID of each variant. The guide compiler, the JSON output and its schema all use these IDs, so they
/// can't differ.
macro_rules! closed_set {
    ($(#[$of_enum:meta])* pub enum $name:ident { $($(#[$of_variant:meta])* $variant:ident = $id:literal,)+ }) => {
        $(#[$of_enum])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$of_variant])* $variant,)+
        }

        impl $name {
            /// Every variant, in the order of declaration.
            pub const ALL: [Self; [$($id),+].len()] = [$(Self::$variant),+];

            /// Returns the ID of the variant in guide files and in output.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$variant => $id,)+
                }
            }
        }

        impl crate::ClosedSet for $name {
            const ALL: &'static [Self] = &Self::ALL;

            fn id(self) -> &'static str {
                self.id()
            }
        }
    };
}

pub(crate) use closed_set;
