//! The man page, in roff, made of the table of options.

use std::fmt::Write as _;

use copydesk::Stage;

use super::args::help::{ABOUT, EXAMPLES, EXIT, FILE, KEPT, STAGES};
use super::args::table::{Group, OPTIONS, Opt};

const FILES: [(&str, &str); 2] = [
    (
        "copydesk.toml",
        "Settings of a project: looked for in each file's folder and in those above it, up to the root of the repository.",
    ),
    (".gitignore, .ignore", "Files that -r leaves out."),
];

/// The man page.
pub(crate) fn page() -> String {
    let mut page = format!(".TH COPYDESK 1 \"\" \"copydesk {0}\" \"User Commands\"\n", env!("CARGO_PKG_VERSION"));
    page.push_str(".SH NAME\ncopydesk \\- cleans scraped news text\n");
    page.push_str(".SH SYNOPSIS\n.B copydesk\n[\\fIOPTIONS\\fR] [\\fIFILE\\fR]...\n.SH DESCRIPTION\n");
    let _ = writeln!(page, "{}\n.PP\n{}", escaped(ABOUT), escaped(STAGES));
    for stage in Stage::ALL {
        item(&mut page, &format!("\\fB{}\\fR", stage.as_str()), stage.help());
    }
    let _ = writeln!(page, ".PP\n{}\n.SH OPTIONS", escaped(KEPT));
    item(&mut page, &format!("[\\fI{}\\fR]...", FILE.0), FILE.1);
    for group in Group::ALL {
        let _ = writeln!(page, ".SS {}", group.title());
        OPTIONS.iter().filter(|opt| opt.group == group).for_each(|opt| option(&mut page, opt));
    }
    page.push_str(".SH EXIT STATUS\n");
    EXIT.iter().for_each(|(status, meaning)| item(&mut page, &format!("\\fB{status}\\fR"), meaning));
    page.push_str(".SH FILES\n");
    FILES.iter().for_each(|(name, what)| item(&mut page, &format!("\\fI{}\\fR", escaped(name)), what));
    page.push_str(".SH EXAMPLES\n.nf\n");
    EXAMPLES.iter().for_each(|example| {
        let _ = writeln!(page, "{}", escaped(example));
    });
    page.push_str(".fi\n");
    page
}

/// A term with its explanation.
fn item(page: &mut String, term: &str, text: &str) {
    let _ = writeln!(page, ".TP\n{term}\n{}", escaped(text));
}

fn option(page: &mut String, opt: &Opt) {
    let letter = opt.short.map(|letter| format!("\\fB\\-{letter}\\fR"));
    let names = opt.names().map(|name| format!("\\fB\\-\\-{}\\fR", escaped(name)));
    let names: Vec<String> = letter.into_iter().chain(names).collect();
    let value = opt.value.map_or(String::new(), |(name, _)| format!(" \\fI{name}\\fR"));
    item(page, &format!("{}{value}", names.join(", ")), &opt.explained());
}

/// Text in which roff sees no commands.
fn escaped(text: &str) -> String {
    let mut escaped = String::from(if text.starts_with('.') { "\\&" } else { "" });
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\e"),
            '-' => escaped.push_str("\\-"),
            '\'' => escaped.push_str("\\(aq"),
            c if c.is_ascii() => escaped.push(c),
            c => {
                let _ = write!(escaped, "\\[u{:04X}]", u32::from(c));
            }
        }
    }
    escaped
}
