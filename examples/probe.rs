use feedwright::{text::cut::*, text::language::detect, time::written::*};
use std::io::{BufRead, Write};
fn main() {
    let mode = std::env::args().nth(1).unwrap();
    let o = std::io::stdout();
    let mut o = o.lock();
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let v: serde_json::Value = serde_json::from_str(&line).unwrap();
        let t = v["t"].as_str().unwrap();
        let r = match mode.as_str() {
            "lang" => serde_json::json!(detect(t).map(|l| l.to_string())),
            "date" => {
                let c = DateContext {
                    language: v["l"].as_str(),
                    order: None,
                };
                match parse(t, &c) {
                    Ok(r) => serde_json::json!({"d":r.date.to_string(),"n":r.notes}),
                    Err(e) => serde_json::json!({"e":e.0}),
                }
            }
            "find" => serde_json::json!(
                find(t, &DateContext::default())
                    .into_iter()
                    .map(|f| (f.reading.date.to_string(), t[f.range].to_owned()))
                    .collect::<Vec<_>>()
            ),
            "title" => serde_json::json!(first_clause(t, 100)),
            "cut" => serde_json::json!(cut(t, 300)),
            "dateline" => serde_json::json!(strip_dateline(t).chars().take(60).collect::<String>()),
            _ => panic!(),
        };
        writeln!(o, "{}", r).unwrap();
    }
}
