//! Reads the text of a configuration file, and parses its YAML.

use std::{io::ErrorKind, path::Path};

use super::{
    fault::{self, Fault},
    file,
};
use crate::{error::Error, source::regular_file};

/// The maximum file size, in bytes. Real files are far smaller, and the YAML parser is slow on large hostile files.
const MAX_BYTES: u64 = 1 << 20;

/// The maximum nesting depth of brackets. Real files have five levels. The YAML parser takes seconds to parse thousands
/// of levels.
const MAX_BRACKETS: usize = 64;

/// Reads the text of a configuration file.
pub(super) fn read(path: &Path) -> Result<String, Error> {
    let bytes = regular_file::read(path, MAX_BYTES).map_err(|error| match error.kind() {
        ErrorKind::NotFound => Error::Config {
            path: None,
            position: None,
            message: format!("the configuration file {} does not exist", path.display()),
            help: Some("run `feedwright init` to write one".to_owned()),
        },
        ErrorKind::FileTooLarge => too_large(path),
        _ => Error::io("read", path)(error),
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let valid = String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned();
        let line = valid.split('\n').count();
        let column = valid.chars().rev().take_while(|c| *c != '\n').count() + 1;
        let position = u32::try_from(line).ok().zip(u32::try_from(column).ok());
        Fault::new("the configuration is not UTF-8", "save it as UTF-8").at(path, position)
    })
}

/// Parses the text of a configuration file.
pub(super) fn parse(text: &str, path: &Path) -> Result<file::File, Error> {
    // Editors on Windows may write a byte order mark.
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    reject_hostile(text, path)?;
    serde_yaml::from_str(text).map_err(|error| fault::explain(&error, text, path))
}

fn too_large(path: &Path) -> Error {
    let message = format!("the configuration is larger than {MAX_BYTES} bytes");
    Fault::new(message, "check that this is the right file").at(path, None)
}

/// Rejects text that the YAML parser would take seconds to parse, and text that the parser would reject without giving
/// a position.
fn reject_hostile(text: &str, path: &Path) -> Result<(), Error> {
    if text.len() as u64 > MAX_BYTES {
        return Err(too_large(path));
    }
    if text.trim().is_empty() {
        return Err(Fault::new(
            "the configuration is empty",
            "run `feedwright init --force` to write one",
        )
        .at(path, None));
    }
    let mut depth = 0usize;
    let (mut line, mut column) = (1u32, 0u32);
    for c in text.chars() {
        column += 1;
        match c {
            '\n' => (line, column) = (line + 1, 0),
            // Brackets in quotes are counted too, which is harmless, because a real file does not contain 64 unmatched
            // brackets.
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            '\t' | '\r' => {}
            // U+0085 is a printable character in YAML (section 5.1).
            c if c.is_control() && c != '\u{85}' => {
                let message = format!("the control character U+{:04X} is not allowed", u32::from(c));
                return Err(Fault::new(message, "remove it").at(path, Some((line, column))));
            }
            _ => {}
        }
        if depth > MAX_BRACKETS {
            let message = format!("brackets are nested more than {MAX_BRACKETS} levels deep");
            return Err(Fault::new(message, "close the open brackets").at(path, Some((line, column))));
        }
    }
    Ok(())
}
