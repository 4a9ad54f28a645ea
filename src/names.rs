//! Names of settings and of the tables' rows, as options and records write them.

/// Nothing of the kind that was asked for has this name. The message says which names there are.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no {what} is named '{name}': use {known}")]
pub struct UnknownName {
    what: &'static str,
    name: String,
    known: &'static str,
}

impl UnknownName {
    pub(crate) fn new(what: &'static str, name: &str, known: &'static str) -> Self {
        Self { what, name: name.to_owned(), known }
    }
}

/// `Display` and `FromStr` of a type whose values are listed in `ALL` and named by `as_str`:
/// `names!(Type, "what it is", "the names that there are");`.
macro_rules! names {
    ($type:ident, $what:literal, $known:literal) => {
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $type {
            type Err = $crate::names::UnknownName;

            fn from_str(name: &str) -> Result<Self, Self::Err> {
                let named = Self::ALL.iter().copied().find(|value| value.as_str() == name);
                named.ok_or_else(|| $crate::names::UnknownName::new($what, name, $known))
            }
        }
    };
}
pub(crate) use names;
