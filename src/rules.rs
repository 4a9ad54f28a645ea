//! The one table of rules. Help, statistics and documentation derive from it.

use std::str::FromStr;

use crate::options::OptionsError;

/// Declares the rules: `Variant, Stage, "id", "one line of help", "before" => "after";`, with `marker "regex"` before the
/// semicolon where the example needs a pattern of the user's.
macro_rules! rules {
    ($($variant:ident, $stage:ident, $id:literal, $help:literal,
       $before:literal => $after:literal $(, marker $marker:literal)?;)*) => {
        /// What made an edit. Every edit names at least one rule.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Rule {
            $(#[doc = $help] $variant,)*
        }

        impl Rule {
            /// Every rule, in the order of the stages.
            pub const ALL: &'static [Rule] = &[$(Rule::$variant,)*];

            /// What the table says of the rule.
            pub fn info(self) -> RuleInfo {
                match self {
                    $(Rule::$variant => RuleInfo {
                        stage: Stage::$stage,
                        id: $id,
                        help: $help,
                        before: $before,
                        after: $after,
                        marker: [$($marker)?].first().copied(),
                    },)*
                }
            }
        }
    };
}

/// A stage of the pipeline. The order is the order in which they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// Strips SSI error markers and directives that no server expanded.
    Markers,
    /// Removes repeated title lines.
    Titles,
    /// Joins split sentences, marks or drops those cut off.
    Truncation,
    /// One style for the country's short name.
    Usa,
}

impl Stage {
    /// Every stage, in the order in which they run.
    pub const ALL: &'static [Stage] = &[Stage::Markers, Stage::Titles, Stage::Truncation, Stage::Usa];

    /// The name by which options know it.
    pub fn as_str(self) -> &'static str {
        match self {
            Stage::Markers => "markers",
            Stage::Titles => "titles",
            Stage::Truncation => "truncation",
            Stage::Usa => "usa",
        }
    }

    /// One line of help.
    pub fn help(self) -> &'static str {
        match self {
            Stage::Markers => "strips SSI error markers and directives that no server expanded",
            Stage::Titles => "removes repeated title lines",
            Stage::Truncation => "joins sentences that were split, marks or drops those cut off",
            Stage::Usa => "writes USA, U.S. and US in one style",
        }
    }
}

impl FromStr for Stage {
    type Err = OptionsError;

    fn from_str(name: &str) -> Result<Self, OptionsError> {
        Self::ALL.iter().copied().find(|s| s.as_str() == name).ok_or_else(|| OptionsError::Stage(name.to_owned()))
    }
}

/// A row of the table of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleInfo {
    /// The stage that the rule belongs to.
    pub stage: Stage,
    /// The rule's name in records and statistics: lower case, words joined by hyphens, unique.
    pub id: &'static str,
    /// One line of help.
    pub help: &'static str,
    /// A document that the rule changes.
    pub before: &'static str,
    /// The same document when the rule's stage alone has run, with default options but for `marker`.
    pub after: &'static str,
    /// The pattern ([`Options::marker`](crate::Options::marker)) that the example needs.
    pub marker: Option<&'static str>,
}

rules! {
    ErrorString, Markers, "error-string", "Strips the error string of a server that could not expand an include",
        "The bridge [an error occurred while processing this directive] will open on Friday.\n" => "The bridge will open on Friday.\n";
    Directive, Markers, "directive", "Strips a server-side include directive that no server expanded",
        "Rain is due at noon.\n\n<!--#include virtual=\"/foot.html\" -->\n" => "Rain is due at noon.\n";
    CustomMarker, Markers, "custom-marker", "Strips what a pattern of the user's matches (--marker)",
        "The pier stays shut [photo 3 of 9] until May.\n" => "The pier stays shut until May.\n",
        marker r"\[photo \d+ of \d+\]";
    SectionHeading, Markers, "section-heading", "Removes a section heading at the end that stood only over markers",
        "The owl was set free.\n\nRelated news\n\n[an error occurred while processing this directive]\n" => "The owl was set free.\n";
    RepeatedTitle, Titles, "repeated-title", "Removes a further copy of a title line",
        "Ferry strike enters third week\n\nFerry strike enters third week\n\nNo boat has left the harbour since Monday.\n"
        => "Ferry strike enters third week\n\nNo boat has left the harbour since Monday.\n";
    CleanerTitle, Titles, "cleaner-title", "Keeps the clean and whole wording of a title at its first place",
        "Ferry strike enters third week | The Quay Post\n\nFerry strike enters third week\n\nNo boat has left the harbour since Monday.\n"
        => "Ferry strike enters third week\n\nNo boat has left the harbour since Monday.\n";
    SplitSentence, Truncation, "split-sentence", "Joins a sentence whose rest stands in the next paragraph",
        "The crew waited all night for the\n\ntide to turn.\n" => "The crew waited all night for the tide to turn.\n";
    SplitWord, Truncation, "split-word", "Joins a word that a hyphen broke at a paragraph's end",
        "The harbour was closed by the author-\n\nities on Monday.\n" => "The harbour was closed by the authorities on Monday.\n";
    CutSentence, Truncation, "cut-sentence", "Marks (or drops) a sentence that was cut off",
        "The mayor said the pier would be sold to the\n" => "The mayor said the pier would be sold to the …\n";
    TeaserLink, Truncation, "teaser-link", "Removes a teaser's link text behind a cut or an ellipsis",
        "The mayor said that the… Read more »\n" => "The mayor said that the…\n";
    CountryName, Usa, "country-name", "Writes the country's short name in one style",
        "Ships sail to the USA every week.\n" => "Ships sail to the U.S. every week.\n";
    DoubledPeriod, Usa, "doubled-period", "Mends two periods behind the country's short name",
        "They moved to the U.S.. It rained.\n" => "They moved to the U.S. It rained.\n";
}
