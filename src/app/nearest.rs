//! The nearest of some names, for a name that is none of them.

/// How alike two names must be for a suggestion (Jaro).
const ALIKE: f64 = 0.7;

/// The name that is most like this one, if any is much like it.
pub(crate) fn nearest<T: AsRef<str>>(name: &str, names: impl IntoIterator<Item = T>) -> Option<T> {
    let alike = names.into_iter().map(|n| (strsim::jaro(name, n.as_ref()), n)).filter(|(alike, _)| *alike >= ALIKE);
    alike.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}
