//! Figures by reason: how often each made an edit, and how often it was right.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use copydesk::{Cleaner, Edit, Options, Reason, Scope};

use super::cases::{Group, rules_that_are_off};
use super::labels::Label;
use super::score::share;
use super::texts::{Text, Texts};
use super::worth::Tally;

/// What was counted.
#[derive(Default)]
pub(crate) struct Counts {
    pub(crate) tallies: BTreeMap<Reason, Tally>,
    pub(crate) folders: Vec<Folder>,
    /// Edits that were wrong, and those that no label names.
    pub(crate) doubtful: BTreeMap<Reason, Vec<String>>,
}

/// How often each reason made an edit in a folder of texts.
pub(crate) struct Folder {
    pub(crate) name: String,
    /// Lines that hold more than white space.
    pub(crate) lines: usize,
    pub(crate) edits: BTreeMap<Reason, usize>,
}

impl Folder {
    pub(crate) fn per_1000_lines(&self, reason: Reason) -> f64 {
        1000.0 * share(self.edits.get(&reason).copied().unwrap_or(0), self.lines.max(1))
    }
}

impl Counts {
    /// Counts the edits in labelled cases: right ones in those that come out as expected, wrong ones in the others.
    pub(crate) fn add_cases(&mut self, group: &Group) -> Result<(), String> {
        let pass = Pass::new(group.options.clone())?;
        for case in &group.cases {
            let cleaned = pass.cleaner.clean(&case.input);
            let exact = case.is_met_by(&cleaned.text);
            let text = Text { name: case.id.clone(), bytes: case.input.clone().into_bytes() };
            for (edit, reason) in pass.counted(&cleaned.edits) {
                self.tallies.entry(reason).or_default().add_case(exact);
                if !exact {
                    self.doubt(reason, "wrong, case", &text, edit);
                }
            }
        }
        Ok(())
    }

    /// Counts the edits in a folder of texts. Labels, where it has any, say which of them are right.
    pub(crate) fn add_texts(&mut self, texts: &Texts) -> Result<(), String> {
        let all = Options::default().enable(rules_that_are_off());
        let passes = [Pass::new(Options::default())?, Pass::new(all)?];
        let mut folder = Folder { name: texts.name.clone(), lines: 0, edits: BTreeMap::new() };
        let mut seen = HashSet::new();
        for text in texts.read() {
            let text = text?;
            folder.lines += text.lines();
            for pass in &passes {
                let edits = pass.cleaner.clean_bytes(&text.bytes).edits;
                for (edit, reason) in pass.counted(&edits) {
                    *folder.edits.entry(reason).or_default() += 1;
                    let Some(labels) = &texts.labels else { continue };
                    let key = labels.key(&text, edit);
                    let label = labels.get(&key);
                    if seen.insert((reason, key)) {
                        self.add_real(reason, label, &text, edit);
                    }
                }
            }
        }
        self.folders.push(folder);
        Ok(())
    }

    fn add_real(&mut self, reason: Reason, label: Option<Label>, text: &Text, edit: &Edit<'_>) {
        self.tallies.entry(reason).or_default().add_real(label);
        match label {
            Some(Label::Right | Label::Harmless) => {}
            Some(Label::Wrong) => self.doubt(reason, "wrong,", text, edit),
            None => self.doubt(reason, "new,", text, edit),
        }
    }

    fn doubt(&mut self, reason: Reason, what: &str, text: &Text, edit: &Edit<'_>) {
        self.doubtful.entry(reason).or_default().push(format!("{what} {}", shown(text, edit)));
    }
}

/// Bytes beside an edit that are shown.
const SHOWN: usize = 80;

/// An edit with some of the text around it, in a line. `⏎` is a line's end.
fn shown(text: &Text, edit: &Edit<'_>) -> String {
    let [pre, post] = text.around(edit, SHOWN);
    let [before, after] = [&edit.before, &edit.after].map(|bytes| String::from_utf8_lossy(bytes));
    format!("{}, byte {}: {pre}⟦{before} → {after}⟧{post}", text.name, edit.start).replace('\n', "⏎")
}

/// A way to clean texts, and the reasons that are counted there: where rules that are off by default are on, only theirs.
struct Pass {
    cleaner: Cleaner,
    by_default: bool,
}

impl Pass {
    fn new(options: Options) -> Result<Self, String> {
        let is_off = |scope: &Scope| matches!(scope, Scope::Rule(rule) if !rule.info().on);
        let by_default = !options.scopes().iter().any(is_off);
        options.build().map(|cleaner| Self { cleaner, by_default }).map_err(|e| e.to_string())
    }

    /// The edits with each of their reasons that is counted.
    fn counted<'e>(&self, edits: &'e [Edit<'static>]) -> impl Iterator<Item = (&'e Edit<'static>, Reason)> {
        edits.iter().flat_map(|edit| {
            let reasons: BTreeSet<_> = edit.reasons.iter().copied().collect();
            reasons
                .into_iter()
                .filter(|reason| reason.rule().info().on == self.by_default)
                .map(move |reason| (edit, reason))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use copydesk::Stage;

    use super::*;
    use crate::cases::Case;
    use crate::worth::Judged;

    const CUT: &str = "The keeper of the light has asked the council for the\n";

    fn case(input: &str, expected: &str) -> Case {
        let [id, kind, input, expected] = ["t1", "cut", input, expected].map(str::to_owned);
        Case { id, kind, input, expected, joins_ok: false }
    }

    fn truncation() -> Options {
        Options::default().only([Stage::Truncation])
    }

    fn counted(options: Options, cases: Vec<Case>) -> Counts {
        let mut counts = Counts::default();
        counts.add_cases(&Group { options, cases }).expect("the options are valid");
        counts
    }

    fn in_folder(files: &[(&str, &str)]) -> Counts {
        let folder = tempfile::tempdir().expect("a folder can be made");
        for (name, text) in files {
            let file = folder.path().join(name);
            fs::create_dir_all(file.parent().unwrap_or(Path::new(""))).expect("a folder can be made");
            fs::write(file, text).expect("a file can be written");
        }
        let mut counts = Counts::default();
        counts.add_texts(&Texts::open(folder.path()).expect("it is a folder of texts")).expect("texts can be read");
        counts
    }

    #[test]
    fn an_edit_in_a_case_is_right_where_the_case_is_exact() {
        let marked = CUT.replace('\n', " …\n");
        let counts = counted(truncation(), vec![case(CUT, &marked), case(CUT, CUT), case(CUT, CUT)]);
        assert_eq!(counts.tally(Reason::AfterArticle).cases, Judged { right: 1, wrong: 2 });
        assert_eq!(counts.doubtful[&Reason::AfterArticle].len(), 2);
    }

    #[test]
    fn reasons_that_are_off_are_counted_in_a_pass_of_their_own() {
        let likely = "It rained all day. The old ferry with its two tired captains\n";
        let cases = vec![case(likely, &likely.replace('\n', " …\n")), case(CUT, CUT)];
        let counts = counted(truncation().enable(rules_that_are_off()), cases);
        assert_eq!(counts.tally(Reason::LikelyVerb).cases, Judged { right: 1, wrong: 0 });
        assert_eq!(counts.tally(Reason::AfterArticle).cases, Judged::default());
    }

    #[test]
    fn an_edit_that_several_texts_of_a_page_share_counts_once() {
        let label = r#"{"page": "p1", "pre": "asked the council for the", "post": "", "before": "", "after": "…", "label": "right"}"#;
        let longer = format!("The lamp is dark.\n\n{CUT}");
        let texts =
            [("labels.jsonl", label), ("texts/p1.a.txt", CUT), ("texts/p1.b.txt", &longer), ("texts/p2.a.txt", CUT)];
        let counts = in_folder(&texts);
        let tally = counts.tally(Reason::AfterArticle);
        assert_eq!((tally.real, tally.new), (Judged { right: 1, wrong: 0 }, 1));
        assert_eq!((counts.folders[0].lines, counts.folders[0].edits[&Reason::AfterArticle]), (4, 3));
    }

    #[test]
    fn an_edit_is_labelled_by_its_place() {
        let label = format!(
            r#"{{"file": "quay/a.txt", "start": {}, "before": "", "after": " …", "label": "wrong"}}"#,
            CUT.trim_end().len()
        );
        let counts = in_folder(&[("labels.jsonl", &label), ("texts/quay/a.txt", CUT), ("texts/quay/b.txt", CUT)]);
        let tally = counts.tally(Reason::AfterArticle);
        assert_eq!((tally.real, tally.new), (Judged { right: 0, wrong: 1 }, 1));
        assert!(
            counts.doubtful[&Reason::AfterArticle][0].starts_with("wrong, quay/a.txt, byte 53: "),
            "{:?}",
            counts.doubtful
        );
    }

    #[test]
    fn texts_without_labels_are_only_counted() {
        let counts = in_folder(&[("a.txt", CUT), ("b.md", CUT)]);
        assert_eq!(counts.folders[0].per_1000_lines(Reason::AfterArticle), 1000.0);
        assert!(counts.tallies.is_empty() && counts.doubtful.is_empty());
    }
}
