//! The one table of rules. Help, statistics and documentation derive from it. What a rule acts for is in reasons.rs.

use crate::names::names;

/// Declares the rules: `Variant, Stage, on|off, "id", "one line of help";`. `off`: it has to be switched on.
macro_rules! rules {
    ($($variant:ident, $stage:ident, $on:ident, $id:literal, $help:literal;)*) => {
        /// What makes an edit. A rule has [reasons](crate::Reason), the patterns for which it acts.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Rule {
            $(#[doc = $help] $variant,)*
        }

        impl Rule {
            /// Every rule, in the order of the stages.
            pub const ALL: &'static [Rule] = &[$(Rule::$variant,)*];

            /// The stage that it belongs to.
            pub fn stage(self) -> Stage {
                match self {
                    $(Rule::$variant => Stage::$stage,)*
                }
            }

            /// What the table says of the rule.
            pub fn info(self) -> RuleInfo {
                match self {
                    $(Rule::$variant => RuleInfo {
                        stage: Stage::$stage,
                        id: $id,
                        help: $help,
                        on: rules!(@$on),
                    },)*
                }
            }
        }
    };
    (@on) => { true };
    (@off) => { false };
}

/// A stage of the pipeline. The order is the order in which they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
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

/// A row of the table of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuleInfo {
    /// The stage that the rule belongs to.
    pub stage: Stage,
    /// The rule's name in records and statistics: lowercase words joined by hyphens, unique.
    pub id: &'static str,
    /// One line of help.
    pub help: &'static str,
    /// Whether it acts unless it is switched off. A rule that is off by default has only likely reasons.
    pub on: bool,
}

impl Rule {
    /// The name by which options and records know it.
    pub fn as_str(self) -> &'static str {
        self.info().id
    }
}

names!(Stage, "stage", "markers, titles, truncation or usa");
names!(Rule, "rule", "a name of --list-rules");

rules! {
    ErrorString, Markers, on, "error-string", "Strips the error string of a server that could not expand an include";
    Directive, Markers, on, "directive", "Strips a server-side include directive that no server expanded";
    CustomMarker, Markers, on, "custom-marker", "Strips what a pattern of the user's matches (--marker)";
    SectionHeading, Markers, on, "section-heading", "Removes a section heading at the end that headed only markers";
    RepeatedTitle, Titles, on, "repeated-title", "Removes a further copy of a title line";
    CleanerTitle, Titles, on, "cleaner-title", "Keeps the clean and whole wording of a title at its first place";
    SplitSentence, Truncation, on, "split-sentence", "Joins a sentence whose rest is in the next paragraph";
    SplitWord, Truncation, on, "split-word", "Joins a word that a hyphen broke at a paragraph's end";
    CutSentence, Truncation, on, "cut-sentence", "Marks (or drops) a sentence that surely was cut off";
    TeaserLink, Truncation, on, "teaser-link", "Removes a teaser's link text after a cut or an ellipsis";
    LikelyCut, Truncation, off, "likely-cut", "Marks (or drops) a sentence that was likely cut off, for corpora known to be cut";
    CountryName, Usa, on, "country-name", "Writes the country's short name in one style";
    DoubledPeriod, Usa, on, "doubled-period", "Mends two periods after the country's short name";
}
