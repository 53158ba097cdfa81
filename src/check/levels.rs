//! What people decide about single rules: whether they count, and how much.

use std::collections::BTreeMap;

use crate::finding::{Rule, Severity};

/// How bad a breach of a rule is for whoever asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Not looked at.
    Off,
    /// Of this severity, whatever the rule and the profile say.
    At(Severity),
}

impl Level {
    /// Every level with its name.
    pub const NAMED: [(&'static str, Level); 4] = [
        ("off", Level::Off),
        ("advice", Level::At(Severity::Advice)),
        ("warning", Level::At(Severity::Warning)),
        ("error", Level::At(Severity::Error)),
    ];

    /// The level of a name.
    pub fn named(name: &str) -> Option<Level> {
        Level::NAMED
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, level)| *level)
    }

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::At(severity) => severity.as_str(),
        }
    }
}

/// The levels of the rules that have one of their own.
#[derive(Debug, Clone, Default)]
pub struct Levels(BTreeMap<&'static str, Level>);

impl Levels {
    /// Gives a rule a level; the last one counts.
    pub fn set(&mut self, rule: &'static Rule, level: Level) {
        self.0.insert(rule.id, level);
    }

    /// The level that a rule was given.
    pub fn of(&self, rule: &Rule) -> Option<Level> {
        self.0.get(rule.id).copied()
    }
}
