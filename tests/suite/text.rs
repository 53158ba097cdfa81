//! Cutting texts, deriving titles, datelines, language tags and detection: tables of inputs with expected results.

use feedwright::text::{
    cut::{cut, first_clause, sentence_end, strip_dateline, units},
    language::{Language, detect},
};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

fn sentences(text: &str) -> Vec<&str> {
    let (mut from, mut all) = (0, Vec::new());
    while let Some(end) = sentence_end(text, from) {
        all.push(text[from..end].trim());
        from = end;
    }
    if !text[from..].trim().is_empty() {
        all.push(text[from..].trim());
    }
    all
}

#[test]
fn sentences_end_in_many_scripts() {
    let table: &[&[&str]] = &[
        &["It rained.", "Then it snowed!", "Why?", "“Nobody knows.”", "The end"],
        &[
            "Mr. Smith met Gen. Brown of the U.S. Army on Jan. 5 in St. Louis.",
            "He left.",
        ],
        &["It cost 3.50 euros at J. R. Miller & Co. in 2024.", "Then more."],
        &["“Stop!” he said (twice!) to Yahoo! staff.", "Fine."],
        &["Am 5. März kam z. B. Dr. Meyer bzw. sein Sohn.", "Dann ging er."],
        &["Es gab ca. 3 Mio. Besucher, d.h. mehr als sonst.", "Gut so!"],
        &["今天下雨。", "明天晴天！", "后天呢？", "“好。”", "完"],
        &["आज बारिश हुई।", "कल धूप होगी।"],
        &["هل هذا صحيح؟", "نعم."],
        &["¿Qué pasa?", "¡Nada!", "El Sr. López llegó."],
        &["Wait… what is this?", "A test…", "Really."],
        &["Version 1.2.3 is out.", "See example.org for more."],
    ];
    for row in table {
        assert_eq!(sentences(&row.join(" ")), *row);
    }
    assert_eq!(
        sentences("今天下雨。明天晴天！后天呢？"),
        ["今天下雨。", "明天晴天！", "后天呢？"]
    );
}

#[test]
fn a_long_text_is_cut_at_a_sentence_or_a_word() {
    let table = [
        ("Short enough.", 40, "Short enough."),
        (
            "The first sentence is long enough to stand alone. The second one does not fit.",
            60,
            "The first sentence is long enough to stand alone.",
        ),
        (
            "Too short. The second sentence of this text does not fit into the limit at all.",
            50,
            "Too short. The second sentence of this text does…",
        ),
        (
            "One two three four five six seven eight nine ten, eleven twelve thirteen",
            52,
            "One two three four five six seven eight nine ten…",
        ),
        (
            "今天天气很好我们去公园玩了一整天然后回家吃饭睡觉",
            31,
            "今天天气很好我们去公…",
        ),
        (
            "这是5G Configuration的说明文字很长很长很长很长很长很长",
            40,
            "这是5G Configuration的说明文字…",
        ),
        ("Donaudampfschifffahrtsgesellschaftskapitän", 11, "Donaudampf…"),
        (
            "It costs 1,000 euros and 3 more things than anyone thought",
            26,
            "It costs 1,000 euros and…",
        ),
    ];
    for (text, limit, expected) in table {
        assert_eq!(cut(text, limit), expected, "{text}");
    }
}

#[test]
fn a_title_is_derived_from_the_lead() {
    let table = [
        ("A short lead is taken whole.", "A short lead is taken whole"),
        (
            "OSLO, May 3 (Wire) — The harbor authority has opened a second ferry terminal near the old fish market after two years of construction and a long dispute over noise.",
            "The harbor authority has opened a second ferry terminal near the old fish market",
        ),
        (
            "The city council, which had met behind closed doors for most of the week, voted on Friday to build a bridge.",
            "The city council, which had met behind closed doors for most of the week",
        ),
        (
            "Die Stadtverwaltung hat am Dienstag einen neuen Plan zum Ausbau der Radwege vorgestellt, nachdem die Bürger jahrelang darauf gewartet hatten.",
            "Die Stadtverwaltung hat am Dienstag einen neuen Plan zum Ausbau der Radwege vorgestellt",
        ),
        ("21:43 Uhr. Das Telefon klingelt.", "21:43 Uhr. Das Telefon klingelt"),
        (
            "A remarkably longwinded introductory formulation characterizing administrative responsibilities to the nth",
            "A remarkably longwinded introductory formulation characterizing administrative responsibilities…",
        ),
        (
            "市政府周二公布了新的自行车道建设计划，预计将在三年内完成，总投资约为五亿元人民币并由中央财政支持。",
            "市政府周二公布了新的自行车道建设计划，预计将在三年内完成",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(first_clause(text, 100), expected);
    }
}

#[test]
fn a_dateline_is_removed() {
    let table = [
        ("PARIS, April 8 (Agency) — The sun rose.", "The sun rose."),
        ("LOS ANGELES (AP) — The sun rose.", "The sun rose."),
        ("WASHINGTON - The sun rose.", "The sun rose."),
        ("Berlin (dpa) - Die Sonne ging auf.", "Die Sonne ging auf."),
        ("Berlin/Paris (dpa/tmn) – Die Sonne ging auf.", "Die Sonne ging auf."),
        ("Madrid, 9 dic (EFE).- El sol salió.", "El sol salió."),
        ("МОСКВА, 9 декабря (ТАСС) — Взошло солнце.", "Взошло солнце."),
        ("(CNN) The sun rose.", "The sun rose."),
        ("(CNN)The sun rose.", "The sun rose."),
        ("(Reuters) - The sun rose.", "The sun rose."),
        ("新华社北京12月9日电（记者李明）太阳升起。", "太阳升起。"),
        ("中新网上海12月9日电 太阳升起。", "太阳升起。"),
        ("(서울=연합뉴스) 홍길동 기자 = 해가 떴다.", "해가 떴다."),
        ("Wien, 14. Dezember 2021 – Die Sonne ging auf.", "Die Sonne ging auf."),
        ("06.11.23 - Die Sonne ging auf.", "Die Sonne ging auf."),
        (
            "Apollo 11, 12 und 13 - und wer noch?",
            "Apollo 11, 12 und 13 - und wer noch?",
        ),
        ("1939 - der Krieg beginnt.", "1939 - der Krieg beginnt."),
        ("The sun rose — and set.", "The sun rose — and set."),
        ("Paris — a city of light — slept.", "Paris — a city of light — slept."),
        ("NATO said it was ready - at last.", "NATO said it was ready - at last."),
        ("(update) The sun rose.", "(update) The sun rose."),
        ("PARIS —", "PARIS —"),
        ("", ""),
    ];
    for (text, expected) in table {
        assert_eq!(strip_dateline(text), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn a_cut_text_fits_and_ends_between_graphemes(text in "(\\PC|[a-z ,.。，\u{301}👩‍💻]){0,80}", limit in 2usize..60) {
        let short = cut(&text, limit);
        prop_assert!(units(&short) <= limit);
        let kept = short.trim_end_matches('…').trim_end();
        let whole: Vec<_> = text.trim().grapheme_indices(true).map(|(at, _)| at).chain([text.trim().len()]).collect();
        prop_assert!(short.is_empty() || text.trim().starts_with(kept));
        prop_assert!(whole.contains(&kept.len()) || kept.len() < short.len());
    }

    #[test]
    fn deriving_a_title_never_panics(text in "\\PC{0,200}", limit in 0usize..120) {
        let _ = (first_clause(&text, limit), strip_dateline(&text), cut(&text, limit));
    }
}

#[test]
fn titles_derived_from_sample_articles_are_the_expected_ones() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/articles");
    let Ok(truth) = std::fs::read_to_string(format!("{folder}/truth.json")) else {
        println!("skipped: there is no {folder}");
        return;
    };
    let truth: serde_json::Value = serde_json::from_str(&truth).unwrap();
    for (file, fields) in truth.as_object().unwrap() {
        if fields["title"]["derived"] != true {
            continue;
        }
        let text = std::fs::read_to_string(format!("{folder}/{file}")).unwrap();
        let titles: Vec<_> = text.lines().map(|line| first_clause(line, 100)).collect();
        let wanted = fields["title"]["value"].as_str().unwrap();
        assert!(titles.iter().any(|title| title == wanted), "{file}: {titles:#?}");
    }
}

#[test]
fn language_tags_are_read_as_people_write_them() {
    let table = [
        ("en", "en"),
        (" EN ", "en"),
        ("en_us", "en-US"),
        ("pt_BR.UTF-8", "pt-BR"),
        ("de_DE@euro", "de-DE"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("ZH_CN", "zh-CN"),
        ("zh-CHS", "zh-Hans"),
        ("sr-latn", "sr-Latn"),
        ("es-419", "es-419"),
        ("de-1996", "de-1996"),
        ("de-CH-1996", "de-CH-1996"),
        ("sl-rozaj-biske", "sl-rozaj-biske"),
        ("en-a-bbb-x-a-ccc", "en-a-bbb-x-a-ccc"),
        ("cn", "zh-CN"),
        ("cn-tw", "zh-TW"),
        ("jp", "ja"),
        ("kr", "ko"),
        ("cz", "cs"),
        ("ua", "uk"),
        ("en-UK", "en-GB"),
        ("eng", "en"),
        ("ger-AT", "de-AT"),
        ("iw", "he"),
        ("fil", "fil"),
        ("no", "no"),
        ("English", "en"),
        ("Deutsch", "de"),
        ("Português (Brasil)", "pt-BR"),
        ("简体中文", "zh-Hans"),
        ("日本語", "ja"),
        ("Русский", "ru"),
        ("हिन्दी", "hi"),
        ("हिंदी", "hi"),
        ("मराठी", "mr"),
        ("বাংলা", "bn"),
        ("ਪੰਜਾਬੀ", "pa"),
        ("ગુજરાતી", "gu"),
        ("தமிழ்", "ta"),
        ("తెలుగు", "te"),
        ("ಕನ್ನಡ", "kn"),
        ("മലയാളം", "ml"),
    ];
    for (raw, tag) in table {
        assert_eq!(Language::new(raw).as_ref().map(Language::as_str), Some(tag), "{raw}");
    }
    for raw in [
        "",
        "C",
        "POSIX",
        "und",
        "xx",
        "qq-QQ",
        "x-default",
        "en-",
        "en--US",
        "-en",
        "en-US-US",
        "true",
        "e",
        "Klingonisch",
        "en, de",
        "auto",
        "de-x",
        "english language",
    ] {
        assert_eq!(Language::new(raw), None, "{raw}");
    }
}

#[test]
fn a_language_is_detected_only_in_enough_prose() {
    let english = "The harbor was quiet that morning, and the fishermen who had come back early sat on the stones and mended \
        their nets while the gulls waited for whatever they would throw away. Nobody spoke about the storm, although all of \
        them had seen it coming from the hills.";
    let german = "Der Hafen war an diesem Morgen ruhig, und die Fischer, die früh zurückgekommen waren, saßen auf den Steinen \
        und flickten ihre Netze, während die Möwen warteten, was sie wegwerfen würden. Niemand sprach vom Sturm, obwohl alle \
        ihn von den Hügeln hatten kommen sehen.";
    let japanese = "その朝の港は静かで、早く戻ってきた漁師たちは石の上に座って網を直していた。誰も嵐のことは話さなかったが、みんな丘の上からそれが近づいてくるのを見ていた。カモメは何かが投げられるのを待っていた。";
    let chinese = "那天早晨港口很安静，提早回来的渔民坐在石头上修补渔网，海鸥等着他们扔掉的东西。没有人谈起暴风雨，虽然大家都从山上看见它来了。孩子们在岸边跑来跑去，等着太阳升起来以后去学校，市场上的人也越来越多。";
    let korean = "그날 아침 항구는 조용했고 일찍 돌아온 어부들은 돌 위에 앉아 그물을 손질하고 있었다. 아무도 폭풍에 대해 말하지 않았지만 모두가 언덕에서 그것이 다가오는 것을 보았다. 갈매기들은 무언가를 던져 주기를 기다리고 있었다.";
    let russian = "В то утро в гавани было тихо, и рыбаки, которые вернулись рано, сидели на камнях и чинили свои сети, пока чайки \
        ждали, что им бросят. Никто не говорил о буре, хотя все видели, как она приближалась со стороны холмов, и боялись её. Дети бегали по берегу и ждали, когда поднимется солнце.";
    for (prose, tag) in [
        (english, "en"),
        (german, "de"),
        (japanese, "ja"),
        (chinese, "zh"),
        (korean, "ko"),
        (russian, "ru"),
    ] {
        assert_eq!(detect(prose).as_ref().map(Language::as_str), Some(tag), "{prose}");
    }
    let with_code = format!(
        "{english} `für die Liste` https://example.org/der/und/die {chinese_quote}",
        chinese_quote = "“港口”"
    );
    assert_eq!(detect(&with_code).as_ref().map(Language::as_str), Some("en"));
    assert_eq!(detect(&english[..150]), None);
    assert_eq!(detect(""), None);
    assert_eq!(detect(&"https://example.org/the/and/of ".repeat(100)), None);
}

/// The time is not measured: a quadratic function would take minutes here.
#[test]
fn very_long_texts_are_cut_in_linear_time() {
    for piece in [
        "(",
        "“",
        "a. ",
        "।a",
        "、",
        "e\u{301}",
        "word",
        "CITY — ",
        "14 Dec ",
        "`",
    ] {
        let text = piece.repeat(200_000 / piece.len());
        assert!(units(&cut(&text, 300)) <= 300, "{piece}");
        assert!(units(&first_clause(&text, 100)) <= 100, "{piece}");
        assert!(strip_dateline(&text).len() <= text.len());
        assert_eq!(feedwright::time::written::find(&text, &Default::default()), []);
        let _ = detect(&text);
    }
}
