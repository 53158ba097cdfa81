//! The full engine of YAML, asked so that every value keeps its text, its line and its column.

use std::collections::HashMap;

use serde::{
    Deserialize,
    de::{self, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor},
};

use super::{
    Field, Value, limits,
    yaml::{Duplicate, value_column},
};

/// What the engine made of a block.
pub(super) struct Document {
    /// Top-level keys and values, duplicates included.
    pub(super) fields: Vec<Field>,
    /// Keys that stand twice in one mapping.
    pub(super) duplicates: Vec<Duplicate>,
}

/// Why the engine refused a block.
pub(super) enum Refusal {
    /// It is no YAML: the reason, with its byte in the block's text where known.
    Syntax(String, Option<usize>),
    /// It is YAML, but no mapping at the top.
    NoMapping,
}

/// The reason that is given for too many or too deep values.
pub(super) const TOO_MANY: &str = "more values than Feedwright reads";

/// Reads a whole block by the engine.
pub(super) fn strict(text: &str, first_line: u32) -> Result<Document, Refusal> {
    let refuse = |error: &serde_yaml::Error| {
        let at = error
            .location()
            .map(|location| byte_at(text, location.line(), location.column()));
        Refusal::Syntax(reason(&error.to_string()), at)
    };
    let mut budget = Budget { nodes: limits::NODES };
    let shape = Outline {
        budget: &mut budget,
        depth: 0,
    }
    .deserialize(serde_yaml::Deserializer::from_str(text))
    .map_err(|error| refuse(&error))?;
    if !matches!(shape, Shape::Map(_)) {
        return match shape {
            Shape::Null => Ok(Document {
                fields: Vec::new(),
                duplicates: Vec::new(),
            }),
            _ => Err(Refusal::NoMapping),
        };
    }
    let source = Source::new(text, first_line);
    let mut duplicates = Vec::new();
    let value = Filled {
        shape: &shape,
        source: &source,
        line: first_line,
        duplicates: &mut duplicates,
    }
    .deserialize(serde_yaml::Deserializer::from_str(text))
    .map_err(|error| refuse(&error))?;
    match value {
        Value::Map(fields) => Ok(Document { fields, duplicates }),
        _ => Err(Refusal::NoMapping),
    }
}

/// The engine's message without its position: ours is the file's.
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

/// The shape of a document. The engine resolves `1.10` to a number when asked for anything; asked for text, it
/// gives what was written. So the first pass asks for the shape, the second for the text of every scalar.
enum Shape {
    Null,
    Scalar,
    List(Vec<Shape>),
    Map(Vec<Shape>),
}

struct Budget {
    nodes: usize,
}

/// The first pass.
struct Outline<'b> {
    budget: &'b mut Budget,
    depth: usize,
}

impl Outline<'_> {
    fn inner(&mut self) -> Outline<'_> {
        Outline {
            budget: self.budget,
            depth: self.depth + 1,
        }
    }
}

impl<'de> DeserializeSeed<'de> for Outline<'_> {
    type Value = Shape;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Shape, D::Error> {
        if self.depth > limits::DEPTH || self.budget.nodes == 0 {
            return Err(de::Error::custom(TOO_MANY));
        }
        self.budget.nodes -= 1;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Outline<'_> {
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
        let (_, content) = tagged.variant::<de::IgnoredAny>()?;
        content.newtype_variant_seed(self.inner())
    }
}

/// The block's text, for finding the line and column of what the engine lends from it.
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

    /// The byte at which a slice of the text starts; `None` for one that lies elsewhere.
    fn offset(&self, slice: &str) -> Option<usize> {
        let at = (slice.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        (at + slice.len() <= self.text.len()).then_some(at)
    }

    /// The line of a key, and the column at which the value after it starts.
    fn key_place(&self, at: usize, length: usize) -> (u32, u32) {
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

/// The second pass.
struct Filled<'s> {
    shape: &'s Shape,
    source: &'s Source<'s>,
    line: u32,
    duplicates: &'s mut Vec<Duplicate>,
}

impl<'de> DeserializeSeed<'de> for Filled<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        match self.shape {
            Shape::Null => de::IgnoredAny::deserialize(deserializer).map(|_| Value::Null),
            Shape::Scalar => deserializer.deserialize_str(self),
            Shape::List(_) => deserializer.deserialize_seq(self),
            Shape::Map(_) => deserializer.deserialize_map(self),
        }
    }
}

impl<'de> Visitor<'de> for Filled<'_> {
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

    /// What the engine had to unescape or to fold stood in quotes or in a block: it is text.
    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::quoted(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let Shape::List(shapes) = self.shape else {
            return Ok(Value::Null);
        };
        let mut items = Vec::with_capacity(shapes.len());
        for shape in shapes {
            let seed = Filled {
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
        let mut seen: HashMap<String, u32> = HashMap::with_capacity(shapes.len());
        for shape in shapes {
            let Some(key) = map.next_key_seed(Key {
                source: self.source,
                line: self.line,
            })?
            else {
                break;
            };
            let seed = Filled {
                shape,
                source: self.source,
                line: key.line,
                duplicates: self.duplicates,
            };
            let value = map.next_value_seed(seed)?;
            if let Some(first_line) = seen.insert(key.text.clone(), key.line) {
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

/// A key, and where it stands.
struct PlacedKey {
    text: String,
    at: usize,
    line: u32,
    column: u32,
}

struct Key<'s> {
    source: &'s Source<'s>,
    line: u32,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = PlacedKey;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<PlacedKey, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key<'_> {
    type Value = PlacedKey;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<PlacedKey, E> {
        let Some(at) = self.source.offset(text) else {
            return self.visit_str(text);
        };
        let (line, column) = self.source.key_place(at, text.len());
        Ok(PlacedKey {
            text: text.to_owned(),
            at,
            line,
            column,
        })
    }

    fn visit_str<E>(self, text: &str) -> Result<PlacedKey, E> {
        Ok(PlacedKey {
            text: text.to_owned(),
            at: 0,
            line: self.line,
            column: 1,
        })
    }
}
