//! Enums that are kept in the database by name: the name, all of them, and the one of a name, written once.

/// Writes enums with `ALL`, `as_str` and `parse`.
macro_rules! stored_names {
    ($($(#[$doc:meta])+ $enum:ident { $($(#[$item_doc:meta])+ $name:ident = $text:literal),+ $(,)? })+) => {$(
        $(#[$doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $enum {
            $($(#[$item_doc])+ $name),+
        }

        impl $enum {
            /// All of them.
            pub const ALL: &[$enum] = &[$($enum::$name),+];

            /// Its name in the database and in the API.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $($enum::$name => $text),+
                }
            }

            /// The one of a name.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.as_str() == text)
            }
        }
    )+};
}

pub(crate) use stored_names;
