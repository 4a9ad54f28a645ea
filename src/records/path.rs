//! How a field is named: by a key of the record, or by a JSON Pointer (RFC 6901).

/// The keys and indices that lead to a field, and below them those of others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Paths {
    /// The numbers of the fields that are here: one that is cleaned, and the title's.
    pub(super) fields: Vec<usize>,
    below: Vec<(String, Paths)>,
}

impl Paths {
    /// The fields by their names, numbered in their order. Those from `cleaned` on are not cleaned.
    pub(super) fn new<'n>(names: impl Iterator<Item = &'n str>, cleaned: usize) -> Self {
        let mut paths = Self::default();
        for (number, name) in names.enumerate() {
            let mut at = &mut paths;
            for key in keys(name) {
                at = at.child(key);
            }
            if at.fields.is_empty() || number >= cleaned {
                at.fields.push(number);
            }
        }
        paths
    }

    fn child(&mut self, key: String) -> &mut Self {
        let found = self.below.iter().position(|(known, _)| *known == key);
        let at = found.unwrap_or_else(|| {
            self.below.push((key, Self::default()));
            self.below.len() - 1
        });
        &mut self.below[at].1
    }

    /// Whether nothing is wanted below.
    pub(super) fn is_end(&self) -> bool {
        self.below.is_empty()
    }

    /// What is wanted below a key.
    pub(super) fn below(&self, key: &str) -> Option<&Self> {
        self.below.iter().find(|(known, _)| known == key).map(|(_, paths)| paths)
    }

    /// What is wanted below an index of an array.
    pub(super) fn at(&self, index: usize) -> Option<&Self> {
        if self.is_end() { None } else { self.below(&index.to_string()) }
    }
}

/// A pointer begins with a slash; anything else is one key.
pub(super) fn keys(name: &str) -> Vec<String> {
    match name.strip_prefix('/') {
        Some(pointer) => pointer.split('/').map(|key| key.replace("~1", "/").replace("~0", "~")).collect(),
        None => vec![name.to_owned()],
    }
}
