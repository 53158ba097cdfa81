//! The user's settings for individual rules: off, or a different severity.

use std::collections::BTreeMap;

use crate::finding::{Rule, Severity};

/// How violations of a rule are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Violations are not reported.
    Off,
    /// Violations are reported with this severity, whatever severity the rule and the profile specify.
    At(Severity),
}

impl Level {
    /// Every level with its name.
    pub const ALL: [(&'static str, Level); 4] = [
        ("off", Level::Off),
        ("advice", Level::At(Severity::Advice)),
        ("warning", Level::At(Severity::Warning)),
        ("error", Level::At(Severity::Error)),
    ];

    /// The level with this name.
    pub fn from_name(name: &str) -> Option<Level> {
        Level::ALL
            .iter()
            .find(|(other, _)| *other == name)
            .map(|(_, level)| *level)
    }

    /// The level's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::At(severity) => severity.as_str(),
        }
    }
}

/// The levels that the user set, by rule id.
#[derive(Debug, Clone, Default)]
pub struct Levels(BTreeMap<&'static str, Level>);

impl Levels {
    /// Sets the level of a rule, replacing any earlier level.
    pub fn set(&mut self, rule: &'static Rule, level: Level) {
        self.0.insert(rule.id, level);
    }

    /// The level that was set for a rule, if any.
    pub fn get(&self, rule: &Rule) -> Option<Level> {
        self.0.get(rule.id).copied()
    }
}
