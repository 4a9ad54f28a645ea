//! Completions and the man page: they know every argument.

use super::copydesk;

fn printed(args: &[&str]) -> String {
    let assert = copydesk(args).assert().code(0).stderr("");
    String::from_utf8(assert.get_output().stdout.clone()).expect("it is UTF-8")
}

/// The long flags that help explains.
fn flags() -> Vec<String> {
    let help = printed(&["--help"]);
    let lines = help.lines().filter(|line| line.starts_with("  -") || line.starts_with("      -")).map(str::trim_start);
    let flag = |line: &str| line.split([' ', ',']).find(|word| word.starts_with("--")).map(str::to_owned);
    let mut flags: Vec<String> = lines.filter_map(flag).collect();
    flags.sort();
    flags.dedup();
    assert!(flags.len() >= 20 && flags.contains(&"--usa-style".to_owned()), "{flags:?}");
    flags
}

#[test]
fn completions_know_every_flag_and_its_values() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = printed(&["--completions", shell]);
        for flag in flags() {
            let name = if shell == "fish" { flag.trim_start_matches('-') } else { &flag };
            assert!(script.contains(name), "{shell} does not know {flag}");
        }
        if ["bash", "fish", "zsh"].contains(&shell) {
            assert!(script.contains("ellipsis drop keep") || script.contains("ellipsis\\t"), "{shell} knows no values");
        }
    }
}

/// A shell that is there takes its script.
#[test]
fn shells_take_their_completions() {
    for shell in ["bash", "zsh", "fish"] {
        let script = printed(&["--completions", shell]);
        let folder = super::folder(&[("script", script.as_bytes())]);
        let Ok(output) = std::process::Command::new(shell).arg("-n").arg("script").current_dir(folder.path()).output()
        else {
            eprintln!("skipped: there is no {shell} here");
            continue;
        };
        assert!(output.status.success(), "{shell}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn the_man_page_knows_every_flag() {
    let page = printed(&["--man"]);
    assert!(page.lines().any(|line| line.starts_with(".TH COPYDESK 1 ")), "{page}");
    for flag in flags() {
        let flag = flag.replace('-', "\\-");
        let mut parts = page.split(".TP\n").map(|part| part.lines().take(2).collect::<Vec<_>>());
        let explained = parts.any(|lines| lines.len() == 2 && lines[0].contains(&flag) && !lines[1].starts_with('.'));
        assert!(explained, "the man page does not explain {flag}");
    }
    for part in [
        ".SH EXIT STATUS\n",
        "\\fBmarkers\\fR\nstrips",
        "copydesk < scraped.txt",
        "\\-\\-in\\-place",
        "auto (on a terminal), always or never",
    ] {
        assert!(page.contains(part), "the man page does not hold: {part}");
    }
    assert!(!page.contains("EXTRA"), "{page}");
}

#[test]
fn an_unknown_shell_is_reported_with_the_known_ones() {
    let message = super::refused(&["--completions", "tcsh"]);
    assert!(message.contains("'tcsh'") && message.contains("bash, elvish, fish, powershell, zsh"), "{message}");
}

/// man itself has nothing to complain of.
#[test]
fn man_takes_the_page() {
    let page = printed(&["--man"]);
    let folder = super::folder(&[("copydesk.1", page.as_bytes())]);
    let mut groff = std::process::Command::new("groff");
    let Ok(output) = groff.args(["-man", "-Tutf8", "-ww", "copydesk.1"]).current_dir(folder.path()).output() else {
        eprintln!("skipped: there is no groff here");
        return;
    };
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.stdout.len() > page.len() / 2, "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn help_says_where_each_shell_looks() {
    let help = printed(&["--help"]).split_whitespace().collect::<Vec<_>>().join(" ");
    for place in
        ["~/.local/share/bash-completion/completions", "~/.config/fish/completions", "_copydesk", "rc.elv", "$PROFILE"]
    {
        assert!(help.contains(place), "{place}");
    }
}
