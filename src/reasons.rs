//! The one table of reasons: the patterns for which a rule acts. A decision that names no row does not compile.
//!
//! How often each is right in real text is in docs/accuracy.md.

use crate::names::names;
use crate::rules::Rule;

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

            /// The rule that it belongs to.
            pub fn rule(self) -> Rule {
                match self {
                    $(Reason::$variant => Rule::$rule,)*
                }
            }

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
    /// The name by which records know it.
    pub fn as_str(self) -> &'static str {
        self.info().id
    }
}

impl Rule {
    /// Its reasons, in the order of their table.
    pub fn reasons(self) -> impl Iterator<Item = Reason> {
        Reason::ALL.iter().copied().filter(move |reason| reason.info().rule == self)
    }
}

names!(Reason, "reason", "a name of --list-rules");

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
    ProcessingError, ErrorString, Sure, "processing-error", "What Apache, nginx and others write for a directive that failed, in brackets",
        "The bridge [an error occurred while processing this directive] will open on Friday.\n" => "The bridge will open on Friday.\n",
        stays "The bridge [an error occurred while painting it] will open on Friday.\n";
    OtherServerError, ErrorString, Sure, "other-server-error", "What lighttpd, OpenLiteSpeed, Resin or a Go server writes for one",
        "The bridge ['fsiz' is an unknown command.] will open on Friday.\n" => "The bridge will open on Friday.\n",
        stays "The bridge ['fsiz' is a new command.] will open on Friday.\n";
    BareError, ErrorString, Sure, "bare-error", "A line is a server's error string without brackets",
        "Rain is due at noon.\n\nAn error occurred while processing this directive\n" => "Rain is due at noon.\n",
        stays "Rain is due at noon.\n\nAn error occurred while processing this request\n";
    PlainDirective, Directive, Sure, "plain-directive", "A directive for the server reached the reader",
        "Rain is due at noon.\n\n<!--#include virtual=\"/foot.html\" -->\n" => "Rain is due at noon.\n",
        stays "Rain is due at noon.\n\n<!-- include the foot here -->\n";
    EscapedDirective, Directive, Sure, "escaped-directive", "A directive, its brackets escaped, reached the reader",
        "Rain is due at noon.\n\n&lt;!--#include virtual=&quot;/foot.html&quot; --&gt;\n" => "Rain is due at noon.\n",
        stays "Rain is due at noon.\n\n&lt;!-- include the foot here --&gt;\n";
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
    RestAfterWord, SplitSentence, Sure, "rest-after-word", "The last word asks for the rest, and the next paragraph begins in lowercase",
        "The crew waited all night for the\n\ntide to turn.\n" => "The crew waited all night for the tide to turn.\n",
        stays "The crew waited all night.\n\ntide tables\n";
    RestLowercase, SplitSentence, Sure, "rest-lowercase", "The next paragraph begins in lowercase and closes like prose",
        "The crew had waited all night in the rain\n\nuntil the tide turned in the harbour.\n" => "The crew had waited all night in the rain until the tide turned in the harbour.\n",
        stays "The crew had waited all night in the rain\n\nupdated 3 hours ago\n";
    RestAfterCut, SplitSentence, Sure, "rest-after-cut", "After a comma or without a verb: the next paragraph begins in lowercase and closes",
        "When the tide turned in the harbour at last,\n\nthe crew went home with empty nets.\n" => "When the tide turned in the harbour at last, the crew went home with empty nets.\n",
        stays "When the tide turned in the harbour at last,\n\nby Ada Mills\n";
    RestAfterAbbreviation, SplitSentence, Sure, "rest-after-abbreviation", "After an abbreviation the next paragraph begins in lowercase",
        "The tug was bought by Hale Inc.\n\nfor a million last week.\n" => "The tug was bought by Hale Inc. for a million last week.\n",
        stays "The tug was bought by Hale Inc.\n\nFor a million it was cheap.\n";
    RestName, SplitSentence, Sure, "rest-name", "A title or an initial asks for the name that begins the next paragraph",
        "The pier was opened by Gov.\n\nHale on Monday.\n" => "The pier was opened by Gov. Hale on Monday.\n",
        stays "The ships go to Pier C.\n\nHale and Rowe sail at noon.\n";
    RestNumber, SplitSentence, Sure, "rest-number", "A month, No. or a time asks for what begins the next paragraph",
        "The pier was opened on Nov.\n\n3 by the mayor.\n" => "The pier was opened on Nov. 3 by the mayor.\n",
        stays "The pier was opened in November.\n\n3 boats came.\n";
    RestInstitution, SplitSentence, Sure, "rest-institution", "The U.S. asks for the office that begins the next paragraph",
        "The tug was searched by the U.S.\n\nCoast Guard on Monday.\n" => "The tug was searched by the U.S. Coast Guard on Monday.\n",
        stays "The tug was sold in the U.S.\n\nThe Coast Guard searched it.\n";
    RestPiece, SplitSentence, Sure, "rest-piece", "The last word asks, and the next paragraph is a piece of the sentence",
        "The keeper of the light has lived in the\n\nU.S.\n" => "The keeper of the light has lived in the U.S.\n",
        stays "The keeper of the light has lived here.\n\nU.S.\n";
    RestLink, SplitSentence, Sure, "rest-link", "A link's few words are a paragraph of their own, and the sentence goes on after them",
        "The last of the books belongs to\n\nJenifer Penhale\n\n, who found it by the stove.\n" => "The last of the books belongs to Jenifer Penhale, who found it by the stove.\n",
        stays "The last of the books belongs to them.\n\nJenifer Penhale\n\nWho found it?\n";
    RestAfterMark, SplitSentence, Sure, "rest-after-mark", "The next paragraph begins with a comma or a period",
        "The books belong to an old friend of the keeper\n\n, who found them by the stove.\n" => "The books belong to an old friend of the keeper, who found them by the stove.\n",
        stays "The books belong to an old friend of the keeper\n\n.5 of them are lost.\n";
    BrokenWord, SplitWord, Sure, "broken-word", "A hyphen broke the word at the paragraph's end",
        "The harbour was closed by the author-\n\nities on Monday.\n" => "The harbour was closed by the authorities on Monday.\n",
        stays "The harbour was closed by the port-\n\nThe ferry left.\n";
    SplitCompound, SplitWord, Sure, "split-compound", "The hyphen belongs to the word: only the break goes",
        "The harbour master is a well-\n\nknown sailor.\n" => "The harbour master is a well-known sailor.\n",
        stays "The harbour master found it at https://quay.example/old-\n\npier on Monday.\n";
    SuspendedHyphen, SplitWord, Sure, "suspended-hyphen", "The hyphen waits for the second part's word and keeps its space",
        "The harbour has a plan for the mid-\n\nto long-term future.\n" => "The harbour has a plan for the mid- to long-term future.\n",
        stays "The harbour has a plan for the mid-\n\nThe plan is old.\n";
    AfterArticle, CutSentence, Sure, "after-article", "The text ends in an article or a possessive",
        "The mayor said the old pier would be sold to the\n" => "The mayor said the old pier would be sold to the …\n",
        stays "The mayor said the old pier would be sold to them\n";
    AfterPreposition, CutSentence, Sure, "after-preposition", "The text ends in a preposition that waits for its noun",
        "The mayor talked for an hour about the price of\n" => "The mayor talked for an hour about the price of …\n",
        stays "Nobody on the island knows what the pier is made of\n";
    AfterConjunction, CutSentence, Sure, "after-conjunction", "The text ends in a conjunction or a relative word",
        "The crew mended the nets on the quay all day and\n" => "The crew mended the nets on the quay all day and …\n",
        stays "The crew mended the nets on the quay all day and night\n";
    AfterAuxiliary, CutSentence, Sure, "after-auxiliary", "The text ends in an auxiliary whose verb is missing",
        "The mayor said on Friday that the old pier would\n" => "The mayor said on Friday that the old pier would …\n",
        stays "The mayor says the old pier is safe, but it isn't\n";
    AfterPronoun, CutSentence, Sure, "after-pronoun", "The document ends in he, she, they, we or I without a verb",
        "The pier was shut for a week. When it opened again, they\n" => "The pier was shut for a week. When it opened again, they …\n",
        stays "The pier was shut for a week. Nobody asked them\n";
    HalfWord, CutSentence, Sure, "half-word", "The document ends in letters that only begin a word",
        "The divers found the old bell in the mud of the harb\n" => "The divers found the old bell in the mud of the harb …\n",
        stays "The divers found the old bell in the mud of the harbour\n";
    AfterComma, CutSentence, Sure, "after-comma", "The document ends in a comma",
        "The pilot thanked his crew, his doctor, and the owner of the field,\n" => "The pilot thanked his crew, his doctor, and the owner of the field, …\n",
        stays "The pilot thanked his crew, his doctor, and the owner of the field\n";
    AfterTitle, CutSentence, Sure, "after-title", "A title or rank waits for its name",
        "The council sent a letter about the pier to Gov.\n\nNobody answered.\n" => "The council sent a letter about the pier to Gov. …\n\nNobody answered.\n",
        stays "The letter came from the office of the Customer Service Reps.\n";
    AfterMonth, CutSentence, Sure, "after-month", "An abbreviated month waits for its day",
        "The council said the pier would stay shut until Nov.\n" => "The council said the pier would stay shut until Nov. …\n",
        stays "The council said the pier would stay shut until November.\n";
    AfterNumberSign, CutSentence, Sure, "after-number-sign", "No., p. or Sec. waits for its number",
        "The council moved the ferry for the summer to berth No.\n" => "The council moved the ferry for the summer to berth No. …\n",
        stays "The council was asked for the ferry, and it said no.\n";
    AfterPlacePrefix, CutSentence, Sure, "after-place-prefix", "St., Mt. or Ft. waits for the place's name",
        "The council wants to build a road and a railway up Mt.\n" => "The council wants to build a road and a railway up Mt. …\n",
        stays "The council wants to build a new house on Garnet St.\n";
    AfterLatin, CutSentence, Sure, "after-latin", "Latin words such as e.g. or vs. wait for what they introduce",
        "The judge said that the case was like that of Rowe v.\n" => "The judge said that the case was like that of Rowe v. …\n",
        stays "The judge spoke about the boats, the nets, the ropes, etc.\n";
    CountrySubject, CutSentence, Sure, "country-subject", "The U.S. is a subject without its verb",
        "The minister would look for another port if the U.S.\n\nNobody answered.\n" => "The minister would look for another port if the U.S. …\n\nNobody answered.\n",
        stays "The minister would look for another port in the U.S.\n\nNobody answered.\n";
    BeforeLink, CutSentence, Sure, "before-link", "A teaser's link text follows the cut",
        "It rained all day. The keeper of the light on the Read more »\n" => "It rained all day. The keeper of the light on the …\n",
        stays "It rained all day. The keeper of the light on the island left.\n";
    LinkAfterEllipsis, TeaserLink, Sure, "link-after-ellipsis", "A teaser's link text follows an ellipsis or a cut",
        "The mayor said that the… Read more »\n" => "The mayor said that the…\n",
        stays "The mayor told them to read more\n";
    LikelyWord, LikelyCut, Likely, "likely-word", "A paragraph inside the document ends in a word that hardly ends a sentence",
        "The crew mended the nets on the quay all day and\n\nNo boat\n" => "The crew mended the nets on the quay all day and …\n\nNo boat\n",
        stays "The crew mended the nets on the quay all day\n\nNo boat\n";
    LikelyComma, LikelyCut, Likely, "likely-comma", "A comma ends a paragraph inside the document",
        "It rained all day. On the quay the crews packed the nets, the ropes,\n\nThe ferry left at noon with no one on board.\n"
        => "It rained all day. On the quay the crews packed the nets, the ropes, …\n\nThe ferry left at noon with no one on board.\n",
        stays "It rained all day. On the quay the crews packed the nets, the ropes.\n\nThe ferry left at noon with no one on board.\n";
    LikelyHalfWord, LikelyCut, Likely, "likely-half-word", "Letters that only begin a word end a paragraph inside the document",
        "The divers found the old bell in the mud of the harb\n\nNo boat\n" => "The divers found the old bell in the mud of the harb …\n\nNo boat\n",
        stays "The divers found the old bell in the mud of the harbour\n\nNo boat\n";
    LikelyAbbreviation, LikelyCut, Likely, "likely-abbreviation", "An abbreviation that may end a sentence waits for more",
        "The pier was shut. Nobody was as critical of U.S.\n" => "The pier was shut. Nobody was as critical of U.S. …\n",
        stays "The pier was shut. Nobody was as critical of the U.S.\n";
    LikelyBracket, LikelyCut, Likely, "likely-bracket", "A bracket is left open",
        "It rained all day. The harbour bought the tug (which was built in Leith\n" => "It rained all day. The harbour bought the tug (which was built in Leith …\n",
        stays "It rained all day. The harbour bought the tug (which was built in Leith)\n";
    LikelyClause, LikelyCut, Likely, "likely-clause", "A clause has no verb",
        "It rained all day. She said that the keeper of the light\n" => "It rained all day. She said that the keeper of the light …\n",
        stays "It rained all day. She said that the keeper of the light slept\n";
    LikelyVerb, LikelyCut, Likely, "likely-verb", "The last sentence has no verb",
        "It rained all day. The old ferry with its two tired captains\n" => "It rained all day. The old ferry with its two tired captains …\n",
        stays "It rained all day. The old ferry lost its two tired captains\n";
    LikelyObject, LikelyCut, Likely, "likely-object", "An adjective waits for its noun, or a verb for its object",
        "It rained for a week. The town has paid for a new municipal\n" => "It rained for a week. The town has paid for a new municipal …\n",
        stays "It rained for a week. The town has paid for a new regatta\n";
    // usa
    CountryForm, CountryName, Sure, "country-form", "The country itself is named in another form than the style's",
        "Ships sail to the USA every week.\n" => "Ships sail to the U.S. every week.\n",
        stays "Clients of Corvin Lamps USA were told on Monday.\n";
    CountryAdjective, CountryName, Sure, "country-adjective", "The country's name is before a noun",
        "Two US ferries met at sea.\n" => "Two U.S. ferries met at sea.\n",
        stays "Two USA Today readers met at sea.\n";
    CountryOffice, CountryName, Sure, "country-office", "The country's name is before an office, an institution or a date",
        "The US Senate met at noon.\n" => "The U.S. Senate met at noon.\n",
        stays "The US Open began at noon.\n";
    CountryBeforeName, CountryName, Sure, "country-before-name", "The country's name is before another name",
        "Engines came from the US Tarnway ships.\n" => "Engines came from the U.S. Tarnway ships.\n",
        stays "US Tarnway said that its engines were late.\n";
    CountryCompound, CountryName, Sure, "country-compound", "The country's name is joined to another word",
        "A US-led fleet sailed for Fiji.\n" => "A U.S.-led fleet sailed for Fiji.\n",
        stays "The en-US file was sent to Fiji.\n";
    CountryHeadline, CountryName, Sure, "country-headline", "The country's name is in a heading or a line in capitals",
        "FERRY SINKS OFF US COAST\n\nIt rained all day on the quay.\n" => "FERRY SINKS OFF U.S. COAST\n\nIt rained all day on the quay.\n",
        stays "CONTACT US\n\nIt rained all day on the quay.\n";
    UnevenForm, CountryName, Sure, "uneven-form", "The form lacks a period or has a space too many",
        "Ships from the U. S. met ships of the U.S fleet.\n" => "Ships from the U.S. met ships of the U.S. fleet.\n",
        stays "Ships of the U.S. met ships of the U.S. fleet.\n";
    TwoPeriods, DoubledPeriod, Sure, "two-periods", "Two periods follow the country's name",
        "They moved to the U.S.. It rained.\n" => "They moved to the U.S. It rained.\n",
        stays "They moved to the U.S. It rained.\n";
}
