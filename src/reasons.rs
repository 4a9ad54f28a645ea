//! The one table of reasons: the patterns for which a rule acts. A decision that names no row does not compile.
//!
//! How often each is right in real text is in docs/accuracy.md.

use std::fmt;
use std::str::FromStr;

use crate::rules::{Rule, UnknownName, named};

/// How far a reason can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth {
    /// Of its edits in real text nine in ten are right; where it made fewer than 20 there, none is wrong, and 97 % of the
    /// labelled cases are right.
    Sure,
    /// Right more often than not. It belongs to a rule that is off by default.
    Likely,
}

/// Declares the reasons: `Variant, Rule, Sure|Likely, "id", "one line of help", "before" => "after", stays "near miss";`, with
/// `marker "regex"` before the semicolon where the example needs a pattern of the user's.
macro_rules! reasons {
    ($($variant:ident, $rule:ident, $worth:ident, $id:literal, $help:literal,
       $before:literal => $after:literal, stays $near:literal $(, marker $marker:literal)?;)*) => {
        /// Why a rule made an edit. Every edit names at least one reason.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Reason {
            $(#[doc = $help] $variant,)*
        }

        impl Reason {
            /// Every reason, in the order of the rules.
            pub const ALL: &'static [Reason] = &[$(Reason::$variant,)*];

            /// What the table says of the reason.
            pub fn info(self) -> ReasonInfo {
                match self {
                    $(Reason::$variant => ReasonInfo {
                        rule: Rule::$rule,
                        worth: Worth::$worth,
                        id: $id,
                        help: $help,
                        before: $before,
                        after: $after,
                        near: $near,
                        marker: [$($marker)?].first().copied(),
                    },)*
                }
            }
        }
    };
}

impl Reason {
    /// The rule that it belongs to.
    pub fn rule(self) -> Rule {
        self.info().rule
    }

    /// The name by which records know it.
    pub fn as_str(self) -> &'static str {
        self.info().id
    }
}

impl FromStr for Reason {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        named(Self::ALL, Self::as_str, name)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A row of the table of reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReasonInfo {
    /// The rule that acts for it.
    pub rule: Rule,
    /// How far it can be relied on.
    pub worth: Worth,
    /// Its name in records and statistics: lowercase words joined by hyphens, unique among stages, rules and reasons.
    pub id: &'static str,
    /// One line of help.
    pub help: &'static str,
    /// A document that is changed for this reason.
    pub before: &'static str,
    /// The same document when the rule's stage alone has run, with the rule switched on.
    pub after: &'static str,
    /// A document much like it that the stage leaves as it is.
    pub near: &'static str,
    /// The pattern ([`Options::marker`](crate::Options::marker)) that the example needs.
    pub marker: Option<&'static str>,
}

reasons! {
    // markers
    ServerError, ErrorString, Sure, "server-error", "The error string of a server stands in the text",
        "The bridge [an error occurred while processing this directive] will open on Friday.\n" => "The bridge will open on Friday.\n",
        stays "The bridge [an error occurred while painting it] will open on Friday.\n";
    UnexpandedDirective, Directive, Sure, "unexpanded-directive", "A directive for the server reached the reader",
        "Rain is due at noon.\n\n<!--#include virtual=\"/foot.html\" -->\n" => "Rain is due at noon.\n",
        stays "Rain is due at noon.\n\n<!-- include the foot here -->\n";
    UserPattern, CustomMarker, Sure, "user-pattern", "A pattern of the user's matches",
        "The pier stays shut [photo 3 of 9] until May.\n" => "The pier stays shut until May.\n",
        stays "The pier stays shut [photo 3] until May.\n",
        marker r"\[photo \d+ of \d+\]";
    HeadedMarkers, SectionHeading, Sure, "headed-markers", "Nothing but markers followed the heading",
        "The owl was set free.\n\nRelated news\n\n[an error occurred while processing this directive]\n" => "The owl was set free.\n",
        stays "The owl was set free.\n\nRelated news\n\nA second owl was found on Monday.\n";
    // titles
    AdjacentCopy, RepeatedTitle, Sure, "adjacent-copy", "The line right after a title repeats it",
        "Ferry strike enters third week\n\nFerry strike enters third week\n\nNo boat has left the harbour since Monday.\n" => "Ferry strike enters third week\n\nNo boat has left the harbour since Monday.\n",
        stays "Ferry strike enters third week\n\nFerry strike enters fourth week\n\nNo boat has left the harbour since Monday.\n";
    HeadCopy, RepeatedTitle, Sure, "head-copy", "A title is repeated after a byline, a date, a label or the like",
        "Ferry strike enters third week\n\nBy Ada Marsh\n\nFerry strike enters third week\n\nNo boat has left the harbour since Monday.\n" => "Ferry strike enters third week\n\nBy Ada Marsh\n\nNo boat has left the harbour since Monday.\n",
        stays "Ferry strike enters third week\n\nBy Ada Marsh\n\n3 May 2024\n\nBy Ada Marsh\n\nNo boat has left the harbour since Monday.\n";
    NamedCopy, RepeatedTitle, Sure, "named-copy", "A title is repeated with a site's name, a section or a label",
        "Ferry strike enters third week\n\nFerry strike enters third week - BBC News\n\nNo boat has left the harbour since Monday.\n" => "Ferry strike enters third week\n\nNo boat has left the harbour since Monday.\n",
        stays "Ferry strike enters third week\n\nFerry strike enters third week - and no end in sight\n\nNo boat has left the harbour since Monday.\n";
    CutCopy, RepeatedTitle, Sure, "cut-copy", "A title is repeated, cut short by an ellipsis",
        "Ferry strike enters third week\n\nFerry strike enters…\n\nNo boat has left the harbour since Monday.\n" => "Ferry strike enters third week\n\nNo boat has left the harbour since Monday.\n",
        stays "Ferry strike enters third week\n\nFerry strike enters\n\nNo boat has left the harbour since Monday.\n";
    BodyCopy, RepeatedTitle, Sure, "body-copy", "A title is repeated after the first paragraph of prose",
        "Ferry strike enters third week\n\nNo boat has left the harbour since Monday.\n\nFerry strike enters third week\n\nThe owners have not replied.\n" => "Ferry strike enters third week\n\nNo boat has left the harbour since Monday.\n\nThe owners have not replied.\n",
        stays "Ferry strike\n\nNo boat has left the harbour since Monday.\n\nFerry strike\n\nThe owners have not replied.\n";
    TitleSite, CleanerTitle, Sure, "title-site", "Another copy of the title lacks the name or section at its end",
        "Ferry strike enters third week | The Quay Post\n\nFerry strike enters third week\n\nNo boat has left the harbour since Monday.\n" => "Ferry strike enters third week\n\nNo boat has left the harbour since Monday.\n",
        stays "Ferry strike enters third week | The Quay Post\n\nNo boat has left the harbour since Monday.\n";
    TitleLabel, CleanerTitle, Sure, "title-label", "Another copy of the title lacks the label or breadcrumb before it",
        "WATCH: Ferry strike enters third week\n\nFerry strike enters third week\n\nNo boat has left the harbour since Monday.\n" => "Ferry strike enters third week\n\nNo boat has left the harbour since Monday.\n",
        stays "WATCH: Ferry strike enters third week\n\nNo boat has left the harbour since Monday.\n";
    CutTitle, CleanerTitle, Sure, "cut-title", "Another copy of the title is not cut short",
        "Ferry strike enters…\n\nFerry strike enters third week\n\nNo boat has left the harbour since Monday.\n" => "Ferry strike enters third week\n\nNo boat has left the harbour since Monday.\n",
        stays "Ferry strike enters\n\nFerry strike enters third week\n\nNo boat has left the harbour since Monday.\n";
    // truncation
    SentenceRest, SplitSentence, Sure, "sentence-rest", "The next paragraph is the rest of the sentence",
        "The crew waited all night for the\n\ntide to turn.\n" => "The crew waited all night for the tide to turn.\n",
        stays "The crew waited all night.\n\nThe tide did not turn.\n";
    BrokenWord, SplitWord, Sure, "broken-word", "A hyphen broke the word at the paragraph's end",
        "The harbour was closed by the author-\n\nities on Monday.\n" => "The harbour was closed by the authorities on Monday.\n",
        stays "The harbour was closed by the port-\n\nThe ferry left.\n";
    OpenEnd, CutSentence, Sure, "open-end", "The last word can't end a sentence",
        "The mayor said the pier would be sold to the\n" => "The mayor said the pier would be sold to the …\n",
        stays "The mayor said the pier would be sold\n";
    LinkAfterEllipsis, TeaserLink, Sure, "link-after-ellipsis", "A teaser's link text follows an ellipsis or a cut",
        "The mayor said that the… Read more »\n" => "The mayor said that the…\n",
        stays "The mayor told them to read more\n";
    LikelyComma, LikelyCut, Likely, "likely-comma", "A comma ends a paragraph inside the document",
        "It rained. On the quay the crews packed the nets, the ropes,\n\nThe ferry left at noon with no one on board.\n"
        => "It rained. On the quay the crews packed the nets, the ropes, …\n\nThe ferry left at noon with no one on board.\n",
        stays "It rained. On the quay the crews packed the nets, the ropes.\n\nThe ferry left at noon with no one on board.\n";
    // usa
    CountryForm, CountryName, Sure, "country-form", "The country's name is written in another style",
        "Ships sail to the USA every week.\n" => "Ships sail to the U.S. every week.\n",
        stays "Ships sail to the United States every week.\n";
    TwoPeriods, DoubledPeriod, Sure, "two-periods", "Two periods follow the country's name",
        "They moved to the U.S.. It rained.\n" => "They moved to the U.S. It rained.\n",
        stays "They moved to the U.S. It rained.\n";
}
