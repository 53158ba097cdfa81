//! `feedwright.yaml`: the settings of valid files, the errors of invalid ones, and the keys in the schema.

use std::{collections::BTreeSet, fmt::Write, fs, path::Path};

use feedwright::{
    Error,
    check::Level,
    config::{CheckSettings, Config},
    finding::Rule,
};
use proptest::prelude::*;
use serde_json::Value;

use crate::snapshot::{self, Snapshots};

#[test]
fn valid_files_give_the_expected_settings() {
    let mut snapshots = Snapshots::default();
    for case in snapshot::files(&snapshot::cases("config/good"), "yaml") {
        let text = fs::read_to_string(&case).unwrap();
        let config = Config::from_text(&text, &case, Path::new("site"));
        let config = config.unwrap_or_else(|error| panic!("{}: {error}", case.display()));
        let check_settings = CheckSettings::from_text(&text, &case).unwrap();
        snapshots.compare(
            &case.with_extension("expected"),
            &(describe(&config) + &describe_check(&check_settings)),
        );
    }
    snapshots.finish();
}

#[test]
fn invalid_files_are_rejected_with_position_and_help() {
    let mut snapshots = Snapshots::default();
    for case in snapshot::files(&snapshot::cases("config/bad"), "yaml") {
        let error = Config::load(&case).expect_err(&case.display().to_string());
        let Error::Config {
            path,
            position,
            message,
            help,
        } = error
        else {
            panic!("{}: {error}", case.display());
        };
        assert_eq!(path.as_deref(), Some(&*case));
        let position = position.map_or("-".to_owned(), |(line, column)| format!("{line}:{column}"));
        let help = help.unwrap_or_else(|| "-".to_owned());
        snapshots.compare(
            &case.with_extension("expected"),
            &format!("{position}: {message}\nhelp: {help}\n"),
        );
    }
    snapshots.finish();
}

/// Formats the settings of `check`.
fn describe_check(settings: &CheckSettings) -> String {
    let mut text = String::new();
    let mut line = |glob: &str, rules: &[(&Rule, Level)]| {
        for (rule, level) in rules {
            let _ = writeln!(text, "rule         {glob}{} {}", rule.id, level.as_str());
        }
    };
    line("", &settings.rules);
    for (glob, rules) in &settings.paths {
        line(&format!("{glob} "), rules);
    }
    for glob in &settings.ignore {
        let _ = writeln!(text, "ignored      {glob}");
    }
    text
}

#[test]
fn check_settings_do_not_require_a_site() {
    let settings = CheckSettings::from_text("check: { rules: { feed-empty: error } }", Path::new("a.yaml")).unwrap();
    assert_eq!(describe_check(&settings), "rule         feed-empty error\n");
}

/// Formats all settings.
fn describe(config: &Config) -> String {
    let site = &config.site;
    let mut text = String::new();
    let _ = writeln!(text, "title        {}\nurl          {}", site.title, site.url);
    let _ = writeln!(
        text,
        "description  {:?}",
        site.description.as_ref().map(|line| line.as_str())
    );
    let _ = writeln!(
        text,
        "language     {:?}",
        site.language.as_ref().map(|tag| tag.as_str())
    );
    for author in &site.authors {
        let email = author.email.as_ref().map(|email| email.as_str());
        let url = author.url.as_ref().map(|url| url.as_str());
        let _ = writeln!(text, "author       {} {email:?} {url:?}", author.name);
    }
    let _ = writeln!(
        text,
        "rights       {:?}",
        site.rights.as_ref().map(|line| line.as_str())
    );
    let noon = chrono::NaiveDate::from_ymd_opt(2026, 7, 1)
        .unwrap()
        .and_time(site.default_time);
    let _ = writeln!(text, "1 July is    {}", site.zone.resolve(noon));
    let _ = writeln!(text, "icon         {:?}", site.icon.as_ref().map(|url| url.as_str()));
    let _ = writeln!(text, "logo         {:?}", site.logo.as_ref().map(|url| url.as_str()));
    let _ = writeln!(text, "authority    {:?}", site.id_authority);
    let _ = writeln!(text, "input        {:?}", config.input.paths);
    let _ = writeln!(text, "include      {:?}", config.input.include);
    let _ = writeln!(text, "exclude      {:?}", config.input.exclude);
    let _ = writeln!(text, "link         {}", config.link_pattern);
    let _ = writeln!(text, "output       {}", config.output.display());
    let _ = writeln!(
        text,
        "served at    {:?}",
        config.output_url.as_ref().map(|url| url.as_str())
    );
    let _ = writeln!(text, "ledger       {}", config.ledger.display());
    let _ = writeln!(text, "file times   {}", config.file_time_dates);
    let _ = writeln!(text, "HTML         {:?}", config.html);
    let _ = writeln!(text, "Git dates    {}", config.git_dates);
    let _ = writeln!(text, "guards       {:?}", config.guards);
    for (field, key) in &config.aliases {
        let _ = writeln!(text, "alias        {field} {key}");
    }
    for defaults in &config.defaults {
        let _ = writeln!(text, "default      {defaults:?}");
    }
    for feed in &config.feeds {
        let _ = writeln!(text, "feed         {} {:?} {:?}", feed.path, feed.format, feed.content);
        let title = feed.title.as_ref().map(|line| line.as_str());
        let description = feed.description.as_ref().map(|line| line.as_str());
        let _ = writeln!(
            text,
            "  {title:?} {description:?}\n  {:?}\n  {:?}",
            feed.selection, feed.limits
        );
    }
    text
}

#[test]
fn the_schema_contains_exactly_the_accepted_keys() {
    let mut schema = Config::schema();
    // `anyOf` only requires one of the sections `site` and `check`.
    assert!(schema.as_object_mut().unwrap().remove("anyOf").is_some());
    let everything = fs::read_to_string(snapshot::cases("config/good").join("everything.yaml")).unwrap();
    let everything: serde_yaml::Value = serde_yaml::from_str(&everything).unwrap();
    let everything = serde_json::to_value(everything).unwrap();
    let mut faults = Vec::new();
    compare_keys(&schema, &schema, &everything, "", &mut faults);
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Compares the keys of a value with those of a schema, which must be the same. The schema must describe each key and
/// forbid others.
fn compare_keys(root: &Value, schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            let Some(schema) = alternatives(root, schema)
                .into_iter()
                .find(|s| s["properties"].is_object() || s["additionalProperties"].is_object())
            else {
                faults.push(format!("{at}: no mapping in the schema"));
                return;
            };
            // In `check`, users choose the keys, or the keys are rule ids, and the file contains only some of them.
            if at.starts_with(".check.") {
                for (key, value) in object {
                    let property = [&schema["properties"][key], &schema["additionalProperties"]];
                    let property = property.into_iter().find(|schema| schema.is_object());
                    match property {
                        Some(property) => compare_keys(root, property, value, &format!("{at}.{key}"), faults),
                        None => faults.push(format!("{at}: the schema has no {key}")),
                    }
                }
                return;
            }
            let declared: BTreeSet<&String> = schema["properties"].as_object().unwrap().keys().collect();
            // The file contains only three of the thirteen keys of `aliases`.
            let given: BTreeSet<&String> = object.keys().collect();
            if !given.is_subset(&declared) || (at != ".aliases" && !declared.is_subset(&given) && !at.contains("[]")) {
                faults.push(format!("{at}: the schema has {declared:?}, the file {given:?}"));
            }
            if schema["additionalProperties"] != Value::Bool(false) {
                faults.push(format!("{at}: the schema allows other keys"));
            }
            for (key, value) in object {
                let property = &schema["properties"][key];
                if property["description"].as_str().is_none_or(str::is_empty) {
                    faults.push(format!("{at}.{key}: no description"));
                }
                compare_keys(root, property, value, &format!("{at}.{key}"), faults);
            }
        }
        Value::Array(items) => {
            let lists = alternatives(root, schema);
            let Some(list) = lists.into_iter().find(|schema| schema["items"].is_object()) else {
                faults.push(format!("{at}: no list in the schema"));
                return;
            };
            for item in items {
                compare_keys(root, &list["items"], item, &format!("{at}[]"), faults);
            }
        }
        _ => {}
    }
}

/// The alternatives of a schema, with references resolved.
fn alternatives<'a>(root: &'a Value, schema: &'a Value) -> Vec<&'a Value> {
    if let Some(name) = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/")) {
        let target = name.split('/').fold(root, |value, part| &value[part]);
        return alternatives(root, target);
    }
    match schema["anyOf"].as_array() {
        Some(any) => any.iter().flat_map(|schema| alternatives(root, schema)).collect(),
        None => vec![schema],
    }
}

#[test]
fn moving_a_site_moves_its_images() {
    let text = "site: { title: Tides, url: 'http://a.example/x', icon: i.png, logo: 'https://cdn.example/l.png' }";
    let mut config = Config::from_text(text, Path::new("feedwright.yaml"), Path::new("")).unwrap();
    config.move_to(Config::site_address("https://b.example").unwrap());
    config.rename(feedwright::text::PlainText::new("Ebb").unwrap());
    let image = |url: Option<feedwright::url::Url>| url.map(|url| url.to_string());
    assert_eq!(image(config.site.icon).as_deref(), Some("https://b.example/i.png"));
    assert_eq!(image(config.site.logo).as_deref(), Some("https://cdn.example/l.png"));
    assert_eq!(config.site.authors[0].name.as_str(), "Ebb");
}

proptest! {
    #[test]
    fn no_text_makes_the_configuration_panic(text in "\\PC{0,200}") {
        let _ = Config::from_text(&text, Path::new("feedwright.yaml"), Path::new(""));
    }

    #[test]
    fn errors_in_damaged_files_are_on_one_of_their_lines(at in 0usize..1500, cut in 0usize..40, put in "[\\PC\\n\\t]{0,8}") {
        let good = fs::read_to_string(snapshot::cases("config/good").join("everything.yaml")).unwrap();
        let mut letters: Vec<char> = good.chars().collect();
        let at = at.min(letters.len());
        letters.splice(at..(at + cut).min(letters.len()), put.chars());
        let text: String = letters.into_iter().collect();
        if let Err(Error::Config { position: Some((line, _)), .. }) =
            Config::from_text(&text, Path::new("feedwright.yaml"), Path::new(""))
        {
            prop_assert!(line >= 1 && line as usize <= text.lines().count() + 1, "line {line} of {text}");
        }
    }
}
