//! A copy of the project in which every condition of the rules can be removed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::conditions::{Kind, conditions, switched};

/// Where the rules are.
const RULES: [&str; 3] = ["src/stages/", "src/english/", "src/document/"];
/// Files of tests.
const TESTS: [&str; 3] = ["tests.rs", "properties.rs", "mutation.rs"];

/// A condition of the rules.
#[derive(Debug)]
pub struct Mutant {
    pub number: usize,
    pub kind: Kind,
    pub file: String,
    pub line: usize,
    pub function: String,
    pub text: String,
}

/// Copies what git knows of the project to a folder, with a switch for each condition. Gives them in their order.
pub fn copy(root: &Path, to: &Path) -> io::Result<Vec<Mutant>> {
    let listed = Command::new("git").args(["ls-files", "-z"]).current_dir(root).output()?;
    let mut mutants = Vec::new();
    for file in String::from_utf8_lossy(&listed.stdout).split_terminator('\0') {
        let (source, copy) = (root.join(file), to.join(file));
        fs::create_dir_all(copy.parent().unwrap_or(to))?;
        let name = source.file_name().unwrap_or_default().to_string_lossy();
        let has_rules = RULES.iter().any(|folder| file.starts_with(folder)) && file.ends_with(".rs");
        let text = match file {
            "src/lib.rs" => format!("{}\nmod mutation;\n", fs::read_to_string(&source)?).into_bytes(),
            _ if has_rules && !TESTS.contains(&&*name) => {
                switched_file(file, &fs::read_to_string(&source)?, &mut mutants)?
            }
            _ => fs::read(&source)?,
        };
        write(&copy, &text)?;
    }
    write(&to.join("src/mutation.rs"), include_bytes!("switch.rs"))?;
    Ok(mutants)
}

fn switched_file(file: &str, source: &str, mutants: &mut Vec<Mutant>) -> io::Result<Vec<u8>> {
    let found = conditions(source).map_err(|error| io::Error::other(format!("{file}: {error}")))?;
    let first = mutants.len() + 1;
    mutants.extend(found.iter().enumerate().map(|(n, condition)| Mutant {
        number: first + n,
        kind: condition.kind,
        file: file.to_owned(),
        line: condition.line,
        function: condition.function.clone(),
        text: source[condition.range.clone()].split_whitespace().collect::<Vec<_>>().join(" "),
    }));
    Ok(switched(source, &found, first).into_bytes())
}

/// Writes a file unless it is there as it should be: cargo goes by its time.
fn write(path: &PathBuf, text: &[u8]) -> io::Result<()> {
    if fs::read(path).is_ok_and(|old| old == text) { Ok(()) } else { fs::write(path, text) }
}
