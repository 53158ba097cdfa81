//! Reads any valid YAML with a full parser, and keeps the text, line and column of every value.
//!
//! The generic `Value` of the `serde_yaml` crate is not enough: it turns `1.10` into the number 1.1 and drops
//! positions. If we request a string, however, the parser returns the scalar as written, in the form of a slice of our
//! text. The position of the scalar follows from the address of the slice. We therefore parse the text twice: first to
//! learn the shape of the document, then to read every scalar as a string.

use std::collections::HashMap;

use serde::{
    Deserialize,
    de::{self, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor},
};

use crate::front_matter::{Field, Value, duplicate::Duplicate, limits, lines::value_column};

/// A block that is valid YAML.
pub(super) struct Document {
    /// The keys and values at the top level, including duplicates.
    pub(super) fields: Vec<Field>,
    /// The keys that are set twice in one mapping, at any level.
    pub(super) duplicates: Vec<Duplicate>,
}

/// Why a block could not be read.
pub(super) enum ParseError {
    /// The block is not valid YAML. Contains the reason and, if it is known, the byte offset of the error in the
    /// block's text.
    Syntax(String, Option<usize>),
    /// The block is valid YAML, but not a mapping.
    NotAMapping,
}

/// The reason in [`ParseError::Syntax`] if there are too many values or they are nested too deeply.
pub(super) const TOO_MANY: &str = "the block contains too many values, or they are nested too deeply";

/// Parses a block that starts on line `first_line` of its file.
pub(super) fn parse(text: &str, first_line: u32) -> Result<Document, ParseError> {
    let syntax_error = |error: &serde_yaml::Error| {
        let at = error
            .location()
            .map(|location| byte_at(text, location.line(), location.column()));
        ParseError::Syntax(reason(&error.to_string()), at)
    };
    // The first pass enforces the limits, so the second pass does not have to check them.
    let mut budget = Budget { nodes: limits::NODES };
    let shape = ShapeSeed {
        budget: &mut budget,
        depth: 0,
    }
    .deserialize(serde_yaml::Deserializer::from_str(text))
    .map_err(|error| syntax_error(&error))?;
    if !matches!(shape, Shape::Map(_)) {
        return match shape {
            // A block that contains only comments is valid.
            Shape::Null => Ok(Document {
                fields: Vec::new(),
                duplicates: Vec::new(),
            }),
            _ => Err(ParseError::NotAMapping),
        };
    }
    let source = Source::new(text, first_line);
    let mut duplicates = Vec::new();
    let value = ValueSeed {
        shape: &shape,
        source: &source,
        line: first_line,
        duplicates: &mut duplicates,
    }
    .deserialize(serde_yaml::Deserializer::from_str(text))
    .map_err(|error| syntax_error(&error))?;
    match value {
        Value::Map(fields) => Ok(Document { fields, duplicates }),
        _ => Err(ParseError::NotAMapping),
    }
}

/// The parser's message without the position, which is relative to the start of the block.
fn reason(message: &str) -> String {
    let end = message.find(" at line ").unwrap_or(message.len());
    message[..end].to_owned()
}

fn byte_at(text: &str, line: usize, column: usize) -> usize {
    let mut start = 0;
    for _ in 1..line {
        match text.get(start..).and_then(|rest| rest.find('\n')) {
            Some(end) => start += end + 1,
            None => break,
        }
    }
    let rest = text.get(start..).unwrap_or_default();
    start
        + rest
            .char_indices()
            .nth(column.saturating_sub(1))
            .map_or(0, |(at, _)| at)
}

/// The shape of a document, without its scalars and keys.
enum Shape {
    Null,
    Scalar,
    List(Vec<Shape>),
    Map(Vec<Shape>),
}

/// How many more values may be read. Without a limit, aliases could expand a small block to any size.
struct Budget {
    nodes: usize,
}

/// The first pass, which reads the shape of a value.
struct ShapeSeed<'b> {
    budget: &'b mut Budget,
    depth: usize,
}

impl ShapeSeed<'_> {
    fn inner(&mut self) -> ShapeSeed<'_> {
        ShapeSeed {
            budget: self.budget,
            depth: self.depth + 1,
        }
    }
}

impl<'de> DeserializeSeed<'de> for ShapeSeed<'_> {
    type Value = Shape;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Shape, D::Error> {
        if self.depth > limits::DEPTH || self.budget.nodes == 0 {
            return Err(de::Error::custom(TOO_MANY));
        }
        self.budget.nodes -= 1;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ShapeSeed<'_> {
    type Value = Shape;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Shape, E> {
        Ok(Shape::Scalar)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Shape, E> {
        Ok(Shape::Scalar)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Shape, E> {
        Ok(Shape::Scalar)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Shape, E> {
        Ok(Shape::Scalar)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Shape, E> {
        Ok(Shape::Scalar)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Shape, E> {
        Ok(Shape::Scalar)
    }

    fn visit_str<E>(self, _: &str) -> Result<Shape, E> {
        Ok(Shape::Scalar)
    }

    fn visit_unit<E>(self) -> Result<Shape, E> {
        Ok(Shape::Null)
    }

    fn visit_none<E>(self) -> Result<Shape, E> {
        Ok(Shape::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<Shape, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(self.inner())? {
            items.push(item);
        }
        Ok(Shape::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Shape, A::Error> {
        let mut values = Vec::new();
        while map.next_key::<de::IgnoredAny>()?.is_some() {
            values.push(map.next_value_seed(self.inner())?);
        }
        Ok(Shape::Map(values))
    }

    fn visit_enum<A: EnumAccess<'de>>(mut self, tagged: A) -> Result<Shape, A::Error> {
        // The parser presents a tagged value, such as `!date 2026-03-01`, as a variant of an enum.
        let (_, content) = tagged.variant::<de::IgnoredAny>()?;
        content.newtype_variant_seed(self.inner())
    }
}

/// The block's text, with an index for finding the line and column of a slice.
struct Source<'a> {
    text: &'a str,
    first_line: u32,
    line_starts: Vec<usize>,
}

impl<'a> Source<'a> {
    fn new(text: &'a str, first_line: u32) -> Self {
        let mut line_starts = vec![0];
        line_starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1));
        Source {
            text,
            first_line,
            line_starts,
        }
    }

    /// The byte offset of `slice` in the block's text; `None` if it is not a slice of that text.
    fn offset(&self, slice: &str) -> Option<usize> {
        let at = (slice.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        (at + slice.len() <= self.text.len()).then_some(at)
    }

    /// The line of a key, and the column of its value.
    fn position_of_key(&self, at: usize, length: usize) -> (u32, u32) {
        let index = self.line_starts.partition_point(|start| *start <= at).saturating_sub(1);
        let start = self.line_starts.get(index).copied().unwrap_or(0);
        let line = self.first_line + u32::try_from(index).unwrap_or(u32::MAX);
        let end = self.line_starts.get(index + 1).map_or(self.text.len(), |next| next - 1);
        (
            line,
            value_column(self.text.get(start..end).unwrap_or_default(), at + length - start),
        )
    }

    fn is_quoted(&self, at: usize) -> bool {
        matches!(
            at.checked_sub(1).and_then(|before| self.text.as_bytes().get(before)),
            Some(b'"' | b'\'')
        )
    }
}

/// The second pass, which reads the value that has the given shape.
struct ValueSeed<'s> {
    shape: &'s Shape,
    source: &'s Source<'s>,
    /// The line of the enclosing key.
    line: u32,
    duplicates: &'s mut Vec<Duplicate>,
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        match self.shape {
            // If we requested a string, the parser would return `~` and `null` as text.
            Shape::Null => de::IgnoredAny::deserialize(deserializer).map(|_| Value::Null),
            Shape::Scalar => deserializer.deserialize_str(self),
            Shape::List(_) => deserializer.deserialize_seq(self),
            Shape::Map(_) => deserializer.deserialize_map(self),
        }
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a value")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Value, E> {
        let quoted = self.source.offset(text).is_some_and(|at| self.source.is_quoted(at));
        Ok(Value::Scalar {
            text: text.to_owned(),
            quoted,
        })
    }

    /// A string that the parser had to unescape or fold is usually in quotes or in a block scalar, so it counts as
    /// quoted.
    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::quoted(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let Shape::List(shapes) = self.shape else {
            return Ok(Value::Null);
        };
        let mut items = Vec::with_capacity(shapes.len());
        for shape in shapes {
            let seed = ValueSeed {
                shape,
                source: self.source,
                line: self.line,
                duplicates: self.duplicates,
            };
            let Some(item) = seq.next_element_seed(seed)? else {
                break;
            };
            items.push(item);
        }
        while seq.next_element::<de::IgnoredAny>()?.is_some() {}
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let Shape::Map(shapes) = self.shape else {
            return Ok(Value::Null);
        };
        let mut fields: Vec<Field> = Vec::with_capacity(shapes.len());
        let mut lines: HashMap<String, u32> = HashMap::with_capacity(shapes.len());
        for shape in shapes {
            let Some(key) = map.next_key_seed(KeySeed {
                source: self.source,
                line: self.line,
            })?
            else {
                break;
            };
            let seed = ValueSeed {
                shape,
                source: self.source,
                line: key.line,
                duplicates: self.duplicates,
            };
            let value = map.next_value_seed(seed)?;
            if let Some(first_line) = lines.insert(key.text.clone(), key.line) {
                self.duplicates.push(Duplicate {
                    key: key.text.clone(),
                    first_line,
                    at: key.at,
                });
            }
            fields.push(Field {
                key: key.text,
                value,
                line: key.line,
                column: key.column,
            });
        }
        while map.next_entry::<de::IgnoredAny, de::IgnoredAny>()?.is_some() {}
        Ok(Value::Map(fields))
    }
}

/// A key and its position.
struct Key {
    text: String,
    /// The byte offset in the block's text at which the key starts.
    at: usize,
    line: u32,
    column: u32,
}

/// Reads a key.
struct KeySeed<'s> {
    source: &'s Source<'s>,
    line: u32,
}

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeySeed<'_> {
    type Value = Key;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Key, E> {
        let Some(at) = self.source.offset(text) else {
            return self.visit_str(text);
        };
        let (line, column) = self.source.position_of_key(at, text.len());
        Ok(Key {
            text: text.to_owned(),
            at,
            line,
            column,
        })
    }

    fn visit_str<E>(self, text: &str) -> Result<Key, E> {
        Ok(Key {
            text: text.to_owned(),
            // An escaped key is not a slice of the text, so its position is unknown. Use the line of the enclosing key.
            at: 0,
            line: self.line,
            column: 1,
        })
    }
}
