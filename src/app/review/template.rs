//! The page without its articles.

use copydesk::{Reason, Rule, Stage};
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// Nothing is loaded, and nothing runs but the page's own script; the hashes are those of the style and of the script.
const POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; \
    style-src 'sha256-kDOST87V/uhC+7Cf6CwV0N1ppZShetO8UDSysq+diWI='; \
    script-src 'sha256-xFCLMGLCI4UXNvRDSWRkxSQibcbqk5mgwbEcVA1WpZc='";
/// How every page begins.
pub(super) const HEAD: &str =
    "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"generator\" content=\"copydesk\">";
/// Where the rest comes in. In no text: control characters are written out.
pub(super) const SLOT: &str = "\0";

/// An article, its text left out. `file`: how the file is named in what is saved.
pub(super) fn article(number: usize, file: &str, name: &str) -> String {
    let page = html! {
        article id={ "article-" (number) } data-file=(file) {
            h2 { (name) }
            div class="piece" { (PreEscaped(SLOT)) }
        }
    };
    page.into_string()
}

/// The page, its articles left out. `list`: their names, and how many edits each has.
pub(super) fn page(list: &[(String, u64)]) -> String {
    let edits: u64 = list.iter().map(|(_, edits)| edits).sum();
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="generator" content="copydesk";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Review of " (edits) " edits" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a class="skip" href="#main" { "To the article" }
                (header(edits))
                (articles(list))
                main id="main" tabindex="-1" {
                    @if list.is_empty() { p { "No article has an edit." } }
                    (PreEscaped(SLOT))
                }
                (about())
                (reasons())
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    page.into_string()
}

fn header(edits: u64) -> Markup {
    html! {
        header {
            h1 { "Review of edits" }
            output id="count" { (edits) " edits" }
            label for="filter" { "Show" }
            select id="filter" aria-label="Which edits are shown" {
                option value="all" { "All edits" }
                option value="state:accepted" { "Accepted" }
                option value="state:refused" { "Refused" }
                optgroup label="Stage" {
                    @for stage in Stage::ALL { option value={ "stage:" (stage.as_str()) } { (stage.as_str()) } }
                }
                optgroup label="Rule" {
                    @for rule in Rule::ALL { option value={ "rule:" (rule.as_str()) } { (rule.as_str()) } }
                }
                optgroup label="Reason" {
                    @for reason in Reason::ALL { option value={ "reason:" (reason.as_str()) } { (reason.as_str()) } }
                }
            }
            button id="save" class="main" type="button" { "Save refused " kbd { "s" } }
        }
    }
}

fn articles(list: &[(String, u64)]) -> Markup {
    html! {
        nav aria-label="Articles" {
            h2 { "Articles" }
            ul {
                @for (i, (name, edits)) in list.iter().enumerate() {
                    li { a href={ "#article-" (i) } { span { (name) } span { (edits) } } }
                }
            }
        }
    }
}

/// What there is to say of the current edit, and what can be done with it.
fn about() -> Markup {
    let button = |id: &str, text: &str, key: &str| {
        html! { button id=(id) type="button" { (text) @if !key.is_empty() { " " kbd { (key) } } } }
    };
    html! {
        aside id="about" aria-label="The current edit" {
            h2 { "This edit" }
            div class="row" { (button("previous", "Previous", "p")) (button("next", "Next", "n")) }
            p id="none" { "No edit is chosen." }
            div id="choice" hidden {
                p id="place" class="place" {}
                div id="why" {}
                div class="row" { (button("accept", "Accept", "a")) (button("refuse", "Refuse", "r")) }
                h2 { "All for this reason, in all articles" }
                div class="row" { (button("accept-alike", "Accept all like it", "A")) (button("refuse-alike", "Refuse all like it", "R")) }
                h2 { "All in this article" }
                div class="row" { (button("accept-article", "Accept article", "")) (button("refuse-article", "Refuse article", "")) }
            }
            p id="keys" { kbd { "n" } " next, " kbd { "p" } " previous, " kbd { "a" } " accept, " kbd { "r" } " refuse" }
            p class="skip" id="status" role="status" {}
        }
    }
}

/// What the rules and reasons say in words.
fn reasons() -> Markup {
    html! {
        ul id="reasons" hidden {
            @for reason in Reason::ALL {
                @let rule = reason.rule();
                li data-reason=(reason.as_str()) data-rule=(rule.as_str()) data-stage=(rule.info().stage.as_str()) {
                    h3 class="help" { (reason.info().help) }
                    p { (rule.info().help) "." }
                    p class="place" { (rule.info().stage.as_str()) " › " (rule.as_str()) " › " (reason.as_str()) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use sha2::{Digest, Sha256};

    use super::*;

    /// A browser refuses the script or the style if its hash is another one.
    #[test]
    fn the_policy_has_the_hashes_of_style_and_script() {
        for (kind, text) in [("style", STYLE), ("script", SCRIPT)] {
            let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text));
            assert!(POLICY.contains(&format!("{kind}-src 'sha256-{hash}'")), "the hash of the {kind} is {hash}");
            assert!(!text.contains("</"), "it would end the element that it is in");
        }
    }

    #[test]
    fn pages_and_articles_have_one_slot() {
        let page = page(&[("<a>\u{202E}".to_owned(), 2)]);
        assert!(page.starts_with(HEAD) && page.matches(SLOT).count() == 1 && page.contains("&lt;a&gt;"));
        let article = article(0, "<\"", "<b>");
        assert_eq!(article.matches(SLOT).count(), 1);
        assert!(article.contains("data-file=\"&lt;&quot;\"") && article.contains("<h2>&lt;b&gt;</h2>"), "{article}");
    }
}
