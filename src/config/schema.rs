//! The JSON Schema of `feedwright.yaml`, generated from the types that parse it.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::{
    Config, file,
    value::{Glob, LevelName, OneOrMany, Pairs, RuleId, Written},
};
use crate::check;

impl Config {
    /// The JSON Schema (draft 2020-12) of the configuration file, for editors.
    pub fn schema() -> serde_json::Value {
        let mut schema = schemars::schema_for!(file::File);
        schema.insert("title".to_owned(), "feedwright.yaml".into());
        // A file that is used only by `feedwright check` does not need `site`.
        let required = serde_json::json!([{ "required": ["site"] }, { "required": ["check"] }]);
        schema.insert("anyOf".to_owned(), required);
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

impl<V: JsonSchema> JsonSchema for Pairs<Glob, V> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("{}ByGlob", V::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "additionalProperties": generator.subschema_for::<V>() })
    }
}

// Lists every rule with its title, so that editors can complete rule ids. Former ids are valid but deprecated.
impl JsonSchema for Pairs<RuleId, LevelName> {
    fn schema_name() -> Cow<'static, str> {
        "Rules".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut properties = serde_json::Map::new();
        for rule in check::rules() {
            let mut level = generator.subschema_for::<LevelName>();
            level.insert("description".to_owned(), rule.title.into());
            properties.insert(rule.id.to_owned(), level.clone().to_value());
            for alias in rule.aliases {
                level.insert("deprecated".to_owned(), true.into());
                properties.insert((*alias).to_owned(), level.clone().to_value());
            }
        }
        json_schema!({ "type": "object", "properties": properties, "additionalProperties": false })
    }
}
