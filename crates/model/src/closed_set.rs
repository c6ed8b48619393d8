//! Enums whose variants are written as IDs, in guides and in output.

/// An enum whose variants each have an ID in files and output.
pub trait ClosedSet: Copy + PartialEq + 'static {
    /// Every variant, in the order of the declaration.
    const ALL: &'static [Self];

    /// The ID in files and output, for instance `not_indicated`.
    fn id(self) -> &'static str;
}

/// Declares an enum with the ID of each variant, so that whoever reads, writes or describes it (the compiler, JSON, its schema) takes
/// the IDs from here.
macro_rules! closed_set {
    ($(#[$of_enum:meta])* pub enum $name:ident { $($(#[$of_variant:meta])* $variant:ident = $id:literal,)+ }) => {
        $(#[$of_enum])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$of_variant])* $variant,)+
        }

        impl $name {
            /// Every variant, in the order of the declaration.
            pub const ALL: [Self; [$($id),+].len()] = [$(Self::$variant),+];

            /// The ID in files and output.
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
