//! The one table of rules. Help, statistics and documentation derive from it. What a rule acts for is in reasons.rs.

use std::fmt;
use std::str::FromStr;

use crate::reasons::Reason;

/// Declares the rules: `Variant, Stage, on|off, "id", "one line of help";`. `off`: it has to be switched on.
macro_rules! rules {
    ($($variant:ident, $stage:ident, $on:ident, $id:literal, $help:literal;)*) => {
        /// What makes an edit. A rule has [reasons](Reason), the patterns for which it acts.
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
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        named(Self::ALL, Self::as_str, name)
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
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
    /// Its reasons, in the order of their table.
    pub fn reasons(self) -> impl Iterator<Item = Reason> {
        Reason::ALL.iter().copied().filter(move |reason| reason.info().rule == self)
    }

    /// The name by which options and records know it.
    pub fn as_str(self) -> &'static str {
        self.info().id
    }
}

impl FromStr for Rule {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        named(Self::ALL, Self::as_str, name)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What an option switches: a stage with its rules, a rule with its reasons, or one reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every rule of a stage; where it is switched on, those that are on by default.
    Stage(Stage),
    /// Every reason of a rule.
    Rule(Rule),
    /// One reason.
    Reason(Reason),
}

impl Scope {
    /// Every stage, then every rule, then every reason.
    pub fn all() -> impl Iterator<Item = Self> {
        let stages = Stage::ALL.iter().copied().map(Self::Stage);
        let rules = Rule::ALL.iter().copied().map(Self::Rule);
        stages.chain(rules).chain(Reason::ALL.iter().copied().map(Self::Reason))
    }

    /// The name by which options know it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stage(stage) => stage.as_str(),
            Self::Rule(rule) => rule.as_str(),
            Self::Reason(reason) => reason.as_str(),
        }
    }

    /// The stage that it is, or that it belongs to.
    pub fn stage(self) -> Stage {
        match self {
            Self::Stage(stage) => stage,
            Self::Rule(rule) => rule.info().stage,
            Self::Reason(reason) => reason.rule().info().stage,
        }
    }

    fn covers(self, reason: Reason) -> bool {
        match self {
            Self::Stage(stage) => reason.rule().info().stage == stage,
            Self::Rule(rule) => reason.rule() == rule,
            Self::Reason(one) => one == reason,
        }
    }
}

impl From<Stage> for Scope {
    fn from(stage: Stage) -> Self {
        Self::Stage(stage)
    }
}

impl From<Rule> for Scope {
    fn from(rule: Rule) -> Self {
        Self::Rule(rule)
    }
}

impl From<Reason> for Scope {
    fn from(reason: Reason) -> Self {
        Self::Reason(reason)
    }
}

impl FromStr for Scope {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        Self::all().find(|scope| scope.as_str() == name).ok_or_else(|| UnknownName(name.to_owned()))
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// No stage, rule or reason has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no stage, rule or reason is named '{0}': use markers, titles, truncation or usa, or a name of --list-rules")]
pub struct UnknownName(pub String);

/// The value of a table that has this name.
pub(crate) fn named<T: Copy>(all: &[T], as_str: impl Fn(T) -> &'static str, name: &str) -> Result<T, UnknownName> {
    all.iter().copied().find(|&one| as_str(one) == name).ok_or_else(|| UnknownName(name.to_owned()))
}

/// The reasons that are on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Switches(u128);

const _: () = assert!(Reason::ALL.len() <= 128, "there is a bit for each reason");

impl Default for Switches {
    /// The reasons of every rule that is on by default.
    fn default() -> Self {
        Self::of(|reason| reason.rule().info().on)
    }
}

impl Switches {
    pub(crate) const NONE: Self = Self(0);

    fn of(is_on: impl Fn(Reason) -> bool) -> Self {
        Self(Reason::ALL.iter().filter(|&&reason| is_on(reason)).fold(0, |bits, &reason| bits | 1 << reason as u32))
    }

    pub(crate) fn has(self, reason: Reason) -> bool {
        self.0 & 1 << reason as u32 != 0
    }

    /// Whether any reason in the scope is on.
    pub(crate) fn any(self, scope: impl Into<Scope>) -> bool {
        self.0 & Self::within(scope.into()).0 != 0
    }

    pub(crate) fn with(self, scope: Scope) -> Self {
        let on = match scope {
            Scope::Stage(_) => Self(Self::within(scope).0 & Self::default().0),
            Scope::Rule(_) | Scope::Reason(_) => Self::within(scope),
        };
        Self(self.0 | on.0)
    }

    pub(crate) fn without(self, scope: Scope) -> Self {
        Self(self.0 & !Self::within(scope).0)
    }

    fn within(scope: Scope) -> Self {
        Self::of(|reason| scope.covers(reason))
    }

    /// The shortest list of scopes that switches these on and no other.
    pub(crate) fn scopes(self) -> Vec<Scope> {
        let mut scopes = Vec::new();
        let mut listed = Self::NONE;
        for scope in Scope::all() {
            let on = Self::NONE.with(scope);
            if on.0 != 0 && self.0 & on.0 == on.0 && listed.0 & on.0 != on.0 {
                scopes.push(scope);
                listed = listed.with(scope);
            }
        }
        scopes
    }
}

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
