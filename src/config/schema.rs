//! The JSON Schema of `feedwright.yaml`, from the same types that read it.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::{
    Config, file,
    value::{OneOrMany, Written},
};

impl Config {
    /// The JSON Schema (draft 2020-12) of the configuration file, for editors.
    pub fn schema() -> serde_json::Value {
        let mut schema = schemars::schema_for!(file::File);
        schema.insert("title".to_owned(), "feedwright.yaml".into());
        schema.to_value()
    }
}

impl<T: JsonSchema> JsonSchema for OneOrMany<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("OneOrMany{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [one.clone(), { "type": "array", "items": one }] })
    }
}

impl<S: JsonSchema, L: JsonSchema> JsonSchema for Written<S, L> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("{}Or{}", S::schema_name(), L::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [generator.subschema_for::<S>(), generator.subschema_for::<L>()] })
    }
}
