//! What is said of an option that there is none: what other programs call what is called otherwise here, or the nearest name.

use super::table::{OPTIONS, Opt};
use crate::app::nearest::nearest;

/// Options of other programs, without their hyphens, and what to use here. One letter is a short option.
const HINTS: &[(&[&str], &str)] = &[
    (&["n", "dry-run", "just-print", "simulate"], "use --diff (shows what would change) or --check (names the files)"),
    (&["i", "inplace", "fix", "write-changes", "apply", "overwrite"], "use -w to rewrite the files"),
    (
        &["encoding", "from-encoding", "input-encoding", "charset", "E"],
        "the input is UTF-8: convert other text first (iconv -f FROM -t UTF-8)",
    ),
    (
        &["hidden", "no-ignore", "unrestricted", "u", "."],
        "hidden and ignored files are taken where --glob names them (--glob '.*.txt')",
    ),
    (&["o", "output", "out", "outfile"], "write '> FILE', or name a directory with --out-dir"),
    (&["backup", "b"], "use --edits LOG to record the edits; --undo LOG takes them back"),
    (&["R", "recurse", "directory"], "use -r"),
    (
        &["f", "format", "reporter", "output-type"],
        "use --output-format text, json, github or sarif, with --check or --stats",
    ),
    (&["p", "patch", "ask", "confirm"], "use --interactive"),
    (&["jobs", "parallel", "workers", "P"], "use -j"),
    (&["no-color", "no-colour", "colour", "colors", "colours"], "use --color never, or --color always"),
    (&["include", "ext", "extension", "type", "t", "iglob"], "use --glob with -r (--glob '*.rst')"),
    (
        &["ignore", "ignore-words", "ignore-words-list", "allow", "keep"],
        "use --protect NAME for a name, --skip RULE for a rule, --exclude GLOB for files",
    ),
    (&["select", "rules", "stages", "stage", "s"], "use --only NAMES, or --skip NAMES"),
    (&["disable"], "use --skip NAMES"),
    (&["list-files", "list", "files-with-matches", "list-different"], "use --check, or -l"),
    (&["stdin", "filter"], "stdin is read where no FILE is named; '-' is stdin among FILEs"),
    (&["stdin-filepath", "stdin-file-path", "assume-filename"], "use --stdin-filename PATH"),
    (&["silent", "no-progress"], "use --quiet"),
    (&["statistics", "count", "c", "summary"], "use --stats"),
    (&["ellipsis"], "use --truncated ellipsis, drop or keep"),
    (&["style"], "use --usa-style"),
    (&["z", "print0", "null-data"], "use -0 with --files-from, for names that end in a NUL byte"),
    (&["log", "record"], "use --edits LOG"),
    (&["revert", "restore"], "use --undo LOG"),
    (&["?"], "use -h or --help"),
];

/// What to say of an unknown option, `name` as typed without its hyphens.
pub(super) fn hint(name: &str) -> Option<String> {
    let known = HINTS.iter().find(|(names, _)| names.contains(&name)).map(|(_, hint)| (*hint).to_owned());
    known.or_else(|| {
        let alike = nearest(name, OPTIONS.iter().flat_map(Opt::names)).filter(|_| name.len() > 1)?;
        Some(format!("did you mean '--{alike}'?"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::args::table;

    #[test]
    fn hints_are_for_what_there_is_not_and_name_what_there_is() {
        for (names, hint) in HINTS {
            for name in *names {
                let mut letters = name.chars();
                let letter = letters.next().filter(|_| letters.next().is_none());
                assert!(
                    table::long(name).is_none() && letter.and_then(table::short).is_none(),
                    "there is an option {name}"
                );
            }
            for word in hint.split([' ', '(', ',', ')']).filter(|word| word.starts_with("--")) {
                assert!(table::long(&word[2..]).is_some(), "{hint}: there is no {word}");
            }
        }
    }

    #[test]
    fn an_unknown_option_comes_with_the_nearest_one() {
        assert_eq!(hint("onyl").as_deref(), Some("did you mean '--only'?"));
        assert_eq!(hint("zzzz"), None);
    }
}
