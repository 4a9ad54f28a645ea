//! What options switch on and off: stages, rules, reasons.

use std::fmt;
use std::str::FromStr;

use crate::names::UnknownName;
use crate::reasons::Reason;
use crate::rules::{Rule, Stage};

/// What an option switches: a stage with its rules, a rule with its reasons, or one reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
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
            Self::Rule(rule) => rule.stage(),
            Self::Reason(reason) => reason.rule().stage(),
        }
    }

    fn covers(self, reason: Reason) -> bool {
        match self {
            Self::Stage(stage) => reason.rule().stage() == stage,
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
        let known = "markers, titles, truncation or usa, or a name of --list-rules";
        Self::all()
            .find(|scope| scope.as_str() == name)
            .ok_or_else(|| UnknownName::new("stage, rule or reason", name, known))
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
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
