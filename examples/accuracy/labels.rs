//! Edits in real texts that a reader has labelled: how labels are stored, and how an edit finds its own.
//!
//! `FOLDER/labels.jsonl` is JSON Lines, an object an edit. The texts are the `.txt` files below `FOLDER/texts`.
//!
//! - `before`, `after`: the bytes that the edit replaces, and those that it puts there
//! - `label`: `right`: an editor would do it; `harmless`: needless, but nothing is spoilt; `wrong`: good text is spoilt
//! - where it is: `file`, the path below `FOLDER/texts`, and `start`, the edit's offset there in bytes
//! - or, where several programs took the text of one page: `page`, the files' name up to its first period, and the ends of
//!   what is around the edit, `pre` (20 chars or more) and `post` (12 or more). White space counts as one space. An edit
//!   that several texts of a page share is one edit.
//!
//! Other fields are ignored. One file holds labels of one sort.

use std::collections::HashMap;
use std::path::Path;

use copydesk::Edit;
use serde_json::Value;

use super::files::{self, string};
use super::texts::Text;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    Right,
    Harmless,
    Wrong,
}

impl Label {
    fn parse(name: &str) -> Result<Self, String> {
        match name {
            "right" => Ok(Self::Right),
            "harmless" => Ok(Self::Harmless),
            "wrong" => Ok(Self::Wrong),
            _ => Err(format!("'{name}' is no label: use right, harmless or wrong")),
        }
    }
}

/// The page that a text was taken from.
fn page(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or_default();
    file.split('.').next().unwrap_or_default().to_owned()
}

/// What identifies an edit in a folder of texts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    place: Place,
    before: String,
    after: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Place {
    At { file: String, start: u64 },
    Around { page: String, pre: String, post: String },
}

/// Chars of what is before and after an edit that have to be those of the label.
const PRE: usize = 20;
const POST: usize = 12;

/// Bytes beside an edit that hold this many chars in any case, if white space is no more than that of a page.
const MARGIN: usize = 110;

impl Key {
    fn parse(label: &Value) -> Result<Self, String> {
        let (before, after) = (string(label, "before")?, string(label, "after")?);
        if label.get("page").is_some() {
            let (pre, post) = (string(label, "pre")?, string(label, "post")?);
            return Ok(Self::around(string(label, "page")?, &pre, &post, &before, &after));
        }
        let start = label["start"].as_u64().ok_or("'start' is missing or no offset")?;
        Ok(Self { place: Place::At { file: string(label, "file")?, start }, before, after })
    }

    fn around(page: String, pre: &str, post: &str, before: &str, after: &str) -> Self {
        let (pre, post) = (squeezed(pre), squeezed(post));
        let skipped = pre.chars().count().saturating_sub(PRE);
        let pre = pre.chars().skip(skipped).collect();
        let place = Place::Around { page, pre, post: post.chars().take(POST).collect() };
        Self { place, before: squeezed(before), after: squeezed(after) }
    }
}

/// The text with each run of white space as one space, and none at its ends.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The labels of a folder; none where nobody has labelled its edits.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    by_page: bool,
    labels: HashMap<Key, Label>,
}

impl Labels {
    pub(crate) fn read(file: &Path) -> Result<Self, String> {
        let rows = files::lines(file, |row| Ok((Key::parse(row)?, Label::parse(&string(row, "label")?)?)))?;
        let pages = rows.iter().filter(|(key, _)| matches!(key.place, Place::Around { .. })).count();
        if pages > 0 && pages < rows.len() {
            return Err(format!("{}: some labels have a page, others a file", file.display()));
        }
        Ok(Self { by_page: pages > 0, labels: rows.into_iter().collect() })
    }

    pub(crate) fn key(&self, text: &Text, edit: &Edit<'_>) -> Key {
        let [before, after] = [&edit.before, &edit.after].map(|bytes| String::from_utf8_lossy(bytes));
        if self.by_page {
            let [pre, post] = text.around(edit, MARGIN);
            return Key::around(page(&text.name), &pre, &post, &before, &after);
        }
        let place = Place::At { file: text.name.clone(), start: edit.start };
        Key { place, before: before.into_owned(), after: after.into_owned() }
    }

    pub(crate) fn get(&self, key: &Key) -> Option<Label> {
        self.labels.get(key).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text() -> Text {
        Text {
            name: "news/p1.reader.txt".to_owned(),
            bytes: "The buoy’s bell rang  all\nnight.\n\nNobody slept.\n".into(),
        }
    }

    fn edit(start: u64, before: &'static str, after: &'static str) -> Edit<'static> {
        let reasons = vec![copydesk::Reason::CountryForm];
        Edit::new(start, before.as_bytes(), after.as_bytes(), reasons)
    }

    fn labels(row: Value) -> Labels {
        let by_page = row.get("page").is_some();
        Labels { by_page, labels: [(Key::parse(&row).expect("a label"), Label::Wrong)].into() }
    }

    #[test]
    fn an_edit_is_found_by_its_place() {
        let row = serde_json::json!({"file": "news/p1.reader.txt", "start": 34, "before": "\n", "after": " "});
        let labels = labels(row);
        let label = |edit| labels.get(&labels.key(&text(), &edit));
        assert_eq!(label(edit(34, "\n", " ")), Some(Label::Wrong));
        assert_eq!(label(edit(33, "\n", " ")), None);
        assert_eq!(label(edit(34, "\n", "")), None);
    }

    #[test]
    fn an_edit_of_a_page_is_found_by_what_is_around_it() {
        let pre = "at sea. The buoy’s bell rang all night.";
        let row = serde_json::json!({"page": "p1", "pre": pre, "post": "Nobody slept.", "before": "", "after": ""});
        let labels = labels(row);
        let label = |edit| labels.get(&labels.key(&text(), &edit));
        assert_eq!(label(edit(34, "\n\n", " ")), Some(Label::Wrong));
        assert_eq!(label(edit(34, "\n\n", " …")), None);
        assert_eq!(label(edit(26, "", " ")), None);
    }

    #[test]
    fn what_is_no_label_is_refused() {
        assert!(Label::parse("good").is_err());
        for row in [
            serde_json::json!({"before": "", "after": " …"}),
            serde_json::json!({"file": "a.txt", "start": -1, "before": "", "after": " …"}),
            serde_json::json!({"page": "p1", "pre": "", "before": "", "after": " …"}),
        ] {
            assert!(Key::parse(&row).is_err(), "{row}");
        }
    }
}
