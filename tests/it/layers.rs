//! The arrows between the modules: each uses only what is below it, so that any can be read with nothing but those in mind.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The modules of the crate, from the lowest to the highest.
const ORDER: [&str; 16] = [
    "data", "english", "names", "rules", "reasons", "scope", "change", "script", "document", "stages", "pipeline",
    "options", "session", "cleaner", "records", "app",
];

/// The files of `src/` as the paths of their modules, with their text. Test modules are left out: they may use anything.
fn modules() -> Vec<(Vec<String>, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![src.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let inside = path.strip_prefix(&src).expect("it is in the folder").with_extension("");
            let mut module: Vec<_> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            module.pop_if(|last| last == "mod");
            if !["lib", "main"].contains(&module[0].as_str()) && !is_test(&module) {
                found.push((module, fs::read_to_string(&path).expect("the file is UTF-8")));
            }
        }
    }
    found
}

fn is_test(module: &[String]) -> bool {
    module.last().is_some_and(|last| ["tests", "properties"].contains(&last.as_str()))
}

/// The code of a file: without comments, and without the tests at its end.
fn code(source: &str) -> String {
    let lines: Vec<_> = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let tests = lines.windows(2).position(|pair| pair[0] == "#[cfg(test)]" && pair[1].ends_with('{'));
    lines[..tests.unwrap_or(lines.len())].join("\n")
}

/// Names, and all other marks one by one except the `::` between names.
fn tokens(code: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = code.trim_start();
    while !rest.is_empty() {
        let name = rest.find(|c: char| c != '_' && !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let mark = if rest.starts_with("::") { 2 } else { rest.chars().next().map_or(0, char::len_utf8) };
        let (token, left) = rest.split_at(name.max(mark));
        tokens.push(token);
        rest = left.trim_start();
    }
    tokens
}

/// The paths in the crate that a module's code uses, in `use` and elsewhere.
fn paths(module: &[String], source: &str) -> Vec<Vec<String>> {
    let code = code(source);
    let tokens = tokens(&code);
    let mut found = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        let begins = (i == 0 || tokens[i - 1] != "::") && tokens.get(i + 1) == Some(&"::");
        match *token {
            "crate" if begins => tree(&tokens, i + 2, Vec::new(), &mut found),
            "super" if begins => tree(&tokens, i + 2, parent(module), &mut found),
            _ => continue,
        };
    }
    found
}

fn parent(module: &[String]) -> Vec<String> {
    module[..module.len().saturating_sub(1)].to_vec()
}

/// Reads what follows a `::` or stands in the braces of a `use`; gives the place after it.
fn tree(tokens: &[&str], mut at: usize, base: Vec<String>, found: &mut Vec<Vec<String>>) -> usize {
    if tokens[at] == "{" {
        at += 1;
        while tokens[at] != "}" {
            at = if tokens[at] == "," { at + 1 } else { tree(tokens, at, base.clone(), found) };
        }
        return at + 1;
    }
    let base = match tokens[at] {
        "super" => parent(&base),
        name => [base, vec![name.to_owned()]].concat(),
    };
    if tokens.get(at + 1) == Some(&"::") && tokens.get(at + 2) != Some(&"<") {
        return tree(tokens, at + 2, base, found);
    }
    found.push(base);
    if tokens.get(at + 1) == Some(&"as") { at + 3 } else { at + 1 }
}

fn rank(module: &str) -> usize {
    ORDER.iter().position(|name| *name == module).unwrap_or_else(|| panic!("{module} has no place in ORDER"))
}

/// Whether an arrow points up, or from one stage to another.
fn is_wrong(module: &[String], path: &[String]) -> bool {
    let to_other_stage = || match (module, path) {
        ([a, stage, ..], [b, other, ..]) if a == "stages" && b == "stages" => {
            let is_stage = |name: &str| copydesk::Stage::ALL.iter().any(|stage| stage.as_str() == name);
            is_stage(other) && stage != other
        }
        _ => false,
    };
    rank(&path[0]) > rank(&module[0]) || to_other_stage()
}

/// The wrong arrows of a file, as text.
fn wrong(module: &[String], source: &str) -> Vec<String> {
    let wrong = paths(module, source).into_iter().filter(|path| is_wrong(module, path));
    wrong.map(|path| format!("{} uses {}", module.join("::"), path.join("::"))).collect()
}

/// Modules that use each other, round in a circle, apart from a file that uses the folder it is in.
fn circle(arrows: &BTreeMap<String, BTreeSet<String>>) -> Option<Vec<&String>> {
    fn walk<'a>(
        at: &'a String,
        arrows: &'a BTreeMap<String, BTreeSet<String>>,
        way: &mut Vec<&'a String>,
        done: &mut BTreeSet<&'a String>,
    ) -> Option<Vec<&'a String>> {
        if let Some(first) = way.iter().position(|seen| *seen == at) {
            return Some(way[first..].to_vec());
        }
        if !done.insert(at) {
            return None;
        }
        way.push(at);
        let found = arrows.get(at).into_iter().flatten().find_map(|next| walk(next, arrows, way, done));
        way.pop();
        found
    }
    let mut done = BTreeSet::new();
    arrows.keys().find_map(|at| walk(at, arrows, &mut Vec::new(), &mut done))
}

/// Of each module of the library the modules that it uses, without those that it is in.
fn arrows(modules: &[(Vec<String>, String)]) -> BTreeMap<String, BTreeSet<String>> {
    let names: BTreeSet<String> = modules.iter().map(|(module, _)| module.join("::")).collect();
    let target =
        |path: &[String]| (1..=path.len()).rev().map(|n| path[..n].join("::")).find(|name| names.contains(name));
    let library = modules.iter().filter(|(module, _)| module[0] != "app");
    library
        .map(|(module, source)| {
            let name = module.join("::");
            let used = paths(module, source).into_iter().filter_map(|path| target(&path));
            let used = used.filter(|other| !format!("{name}::").starts_with(&format!("{other}::"))).collect();
            (name, used)
        })
        .collect()
}

#[test]
fn no_file_of_the_library_is_in_a_circle() {
    let modules = modules();
    let arrows = arrows(&modules);
    assert!(arrows["stages::titles::head"].contains("stages::titles::known"), "{arrows:#?}");
    assert_eq!(circle(&arrows), None);
}

#[test]
fn a_circle_is_seen() {
    let modules = ["a: use super::b::x;", "b: use super::c;", "c: use crate::b::{self, y};", "d: use crate::a;"];
    let modules = modules.map(|text| text.split_once(": ").expect("a name and a text"));
    let arrows = arrows(&modules.map(|(name, source)| (vec![name.to_owned()], source.to_owned())));
    assert_eq!(circle(&arrows).expect("b and c use each other"), ["b", "c"]);
}

#[test]
fn every_arrow_points_down() {
    let modules = modules();
    let arrows: usize = modules.iter().map(|(module, source)| paths(module, source).len()).sum();
    assert!(modules.len() > 100 && arrows > 400, "{} modules and {arrows} arrows were found", modules.len());
    let wrong: Vec<_> = modules.iter().flat_map(|(module, source)| wrong(module, source)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn an_arrow_that_points_up_is_seen() {
    let found = |module: &str, source: &str| {
        let module: Vec<_> = module.split("::").map(str::to_owned).collect();
        wrong(&module, source)
    };
    for (module, source, path) in [
        ("data", "use crate::english::token::tokens;", "english::token::tokens"),
        ("document::role", "use crate::{data::list, stages::{self, ActiveStage}};", "stages::self"),
        (
            "document::text",
            "fn f() {\n    crate::pipeline::emitter::Emitter::new(None);\n}",
            "pipeline::emitter::Emitter::new",
        ),
        ("english::clause::tag", "use super::super::super::rules::Rule as R;", "rules::Rule"),
        ("stages::titles::head", "use super::super::truncation::decide;", "stages::truncation::decide"),
        ("stages::titles::head", "use crate::stages::usa::{scan, Usa};", "stages::usa::scan"),
    ] {
        assert_eq!(found(module, source)[0], format!("{module} uses {path}"));
    }
    for (module, source) in [
        (
            "english::token",
            "//! As in [`crate::stages`].\nuse crate::data::List;\nuse super::lexicon::{self, Classes};",
        ),
        (
            "stages::titles::head",
            "use crate::stages::{ActiveStage, StageContext};\nuse super::known::Titles;\nuse super::super::StageContext;",
        ),
        ("names", "fn f() {}\n#[cfg(test)]\nmod tests {\n    use crate::cleaner::Cleaner;\n}"),
    ] {
        assert_eq!(found(module, source), Vec::<String>::new());
    }
}
