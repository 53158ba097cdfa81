//! `feedwright.yaml`: what good files mean, what is said about bad ones, and that the schema knows each key.

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
fn a_good_file_means_what_is_expected() {
    let mut snapshots = Snapshots::default();
    for case in snapshot::files(&snapshot::cases("config/good"), "yaml") {
        let text = fs::read_to_string(&case).unwrap();
        let config = Config::from_text(&text, &case, Path::new("site"));
        let config = config.unwrap_or_else(|error| panic!("{}: {error}", case.display()));
        let judging = CheckSettings::from_text(&text, &case).unwrap();
        snapshots.compare(
            &case.with_extension("expected"),
            &(described(&config) + &judged(&judging)),
        );
    }
    snapshots.finish();
}

#[test]
fn a_fault_has_a_place_and_a_way_out() {
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
        let place = position.map_or("-".to_owned(), |(line, column)| format!("{line}:{column}"));
        let help = help.unwrap_or_else(|| "-".to_owned());
        snapshots.compare(
            &case.with_extension("expected"),
            &format!("{place}: {message}\nhelp: {help}\n"),
        );
    }
    snapshots.finish();
}

/// How feeds are judged.
fn judged(judging: &CheckSettings) -> String {
    let mut text = String::new();
    let mut line = |glob: &str, rules: &[(&Rule, Level)]| {
        for (rule, level) in rules {
            let _ = writeln!(text, "rule         {glob}{} {}", rule.id, level.as_str());
        }
    };
    line("", &judging.rules);
    for (glob, rules) in &judging.paths {
        line(&format!("{glob} "), rules);
    }
    for glob in &judging.ignore {
        let _ = writeln!(text, "not judged   {glob}");
    }
    text
}

#[test]
fn for_judging_a_file_needs_no_site() {
    let judging = CheckSettings::from_text("check: { rules: { feed-empty: error } }", Path::new("a.yaml")).unwrap();
    assert_eq!(judged(&judging), "rule         feed-empty error\n");
}

/// The settings in a form that shows each of them.
fn described(config: &Config) -> String {
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
fn an_editor_knows_each_key_that_the_program_knows_and_no_other() {
    let mut schema = Config::schema();
    // That a site or the judging of feeds must be there says nothing of keys.
    assert!(schema.as_object_mut().unwrap().remove("anyOf").is_some());
    let everything = fs::read_to_string(snapshot::cases("config/good").join("everything.yaml")).unwrap();
    let everything: serde_yaml::Value = serde_yaml::from_str(&everything).unwrap();
    let everything = serde_json::to_value(everything).unwrap();
    let mut faults = Vec::new();
    compare_keys(&schema, &schema, &everything, "", &mut faults);
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Every key of the value stands in the schema, which allows no others, describes each, and has none that the value lacks.
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
            // Keys that the writer chooses, and ids of rules, of which no file has all.
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
            let known: BTreeSet<&String> = schema["properties"].as_object().unwrap().keys().collect();
            // Three keys of `aliases` stand for all thirteen.
            let given: BTreeSet<&String> = object.keys().collect();
            if !given.is_subset(&known) || (at != ".aliases" && !known.is_subset(&given) && !at.contains("[]")) {
                faults.push(format!("{at}: the schema has {known:?}, the file {given:?}"));
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

/// A schema with its references followed and its alternatives spread out.
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
fn a_site_that_moves_takes_its_pictures_along() {
    let text = "site: { title: Tides, url: 'http://a.example/x', icon: i.png, logo: 'https://cdn.example/l.png' }";
    let mut config = Config::from_text(text, Path::new("feedwright.yaml"), Path::new("")).unwrap();
    config.move_to(Config::site_address("https://b.example").unwrap());
    config.rename(feedwright::text::PlainText::new("Ebb").unwrap());
    let picture = |url: Option<feedwright::url::Url>| url.map(|url| url.to_string());
    assert_eq!(picture(config.site.icon).as_deref(), Some("https://b.example/i.png"));
    assert_eq!(picture(config.site.logo).as_deref(), Some("https://cdn.example/l.png"));
    assert_eq!(config.site.authors[0].name.as_str(), "Ebb");
}

proptest! {
    #[test]
    fn no_text_makes_the_configuration_panic(text in "\\PC{0,200}") {
        let _ = Config::from_text(&text, Path::new("feedwright.yaml"), Path::new(""));
    }

    #[test]
    fn a_damaged_file_is_refused_inside_of_it_or_read(at in 0usize..1500, cut in 0usize..40, put in "[\\PC\\n\\t]{0,8}") {
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
