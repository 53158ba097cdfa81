//! Names of languages, and incorrect codes that people use for languages.

use crate::text::squash;

/// The tag of the language with this name. The name may be in the language itself (`Deutsch`) or in another language
/// (`German`).
pub(super) fn by_name(raw: &str) -> Option<&'static str> {
    // An ASCII value of up to three characters is a code, not a name.
    if raw.is_ascii() && raw.len() <= 3 {
        return None;
    }
    let name = squash(raw);
    let at = NAMES.binary_search_by_key(&name.as_str(), |row| row.0).ok()?;
    Some(NAMES[at].1)
}

/// The names of languages, as [`squash`] returns them, and their tags, sorted by name.
#[rustfmt::skip]
pub(super) const NAMES: &[(&str, &str)] = &[
    ("afrikaans", "af"), ("albanian", "sq"), ("alemán", "de"), ("allemand", "de"), ("americanenglish", "en-US"),
    ("anglais", "en"), ("arabic", "ar"), ("armenian", "hy"), ("azerbaijani", "az"), ("azərbaycanca", "az"),
    ("bahasaindonesia", "id"), ("bahasamelayu", "ms"), ("bangla", "bn"), ("basque", "eu"), ("belarusian", "be"),
    ("bengali", "bn"), ("bokmål", "nb"), ("bosanski", "bs"), ("bosnian", "bs"),
    ("brazilianportuguese", "pt-BR"), ("britishenglish", "en-GB"), ("bulgarian", "bg"), ("castellano", "es"),
    ("catalan", "ca"), ("català", "ca"), ("cesky", "cs"), ("chinese", "zh"), ("chinesesimplified", "zh-Hans"),
    ("chinesetraditional", "zh-Hant"), ("chinesisch", "zh"), ("chinois", "zh"), ("croatian", "hr"),
    ("cymraeg", "cy"), ("czech", "cs"), ("danish", "da"), ("dansk", "da"), ("deutsch", "de"), ("dutch", "nl"),
    ("eesti", "et"), ("englisch", "en"), ("english", "en"), ("englishuk", "en-GB"),
    ("englishunitedkingdom", "en-GB"), ("englishunitedstates", "en-US"), ("englishus", "en-US"),
    ("espagnol", "es"), ("espanol", "es"), ("español", "es"), ("esperanto", "eo"), ("estonian", "et"),
    ("euskara", "eu"), ("farsi", "fa"), ("filipino", "fil"), ("finnish", "fi"), ("francais", "fr"),
    ("francés", "fr"), ("französisch", "fr"), ("français", "fr"), ("french", "fr"), ("gaeilge", "ga"),
    ("galego", "gl"), ("galician", "gl"), ("georgian", "ka"), ("german", "de"), ("greek", "el"),
    ("gujarati", "gu"), ("hebrew", "he"), ("hindi", "hi"), ("hrvatski", "hr"), ("hungarian", "hu"),
    ("icelandic", "is"), ("indonesian", "id"), ("inglés", "en"), ("irish", "ga"), ("italian", "it"),
    ("italiano", "it"), ("italien", "it"), ("italienisch", "it"), ("japanese", "ja"), ("japanisch", "ja"),
    ("japonais", "ja"), ("kannada", "kn"), ("kazakh", "kk"), ("kiswahili", "sw"), ("korean", "ko"),
    ("koreanisch", "ko"), ("latin", "la"), ("latina", "la"), ("latvian", "lv"), ("latviešu", "lv"),
    ("lietuvių", "lt"), ("lithuanian", "lt"), ("macedonian", "mk"), ("magyar", "hu"), ("malay", "ms"),
    ("malayalam", "ml"), ("mandarin", "zh"), ("marathi", "mr"), ("mongolian", "mn"), ("nederlands", "nl"),
    ("niederländisch", "nl"), ("norsk", "no"), ("norskbokmål", "nb"), ("norsknynorsk", "nn"),
    ("norwegian", "no"), ("norwegianbokmål", "nb"), ("norwegiannynorsk", "nn"), ("nynorsk", "nn"),
    ("oʻzbekcha", "uz"), ("persian", "fa"), ("polish", "pl"), ("polnisch", "pl"), ("polski", "pl"),
    ("portugiesisch", "pt"), ("portugues", "pt"), ("portuguese", "pt"), ("portuguesebrazil", "pt-BR"),
    ("portugueseportugal", "pt-PT"), ("português", "pt"), ("portuguêsbrasil", "pt-BR"),
    ("portuguêsbrasileiro", "pt-BR"), ("portuguêsportugal", "pt-PT"), ("punjabi", "pa"), ("romana", "ro"),
    ("romanian", "ro"), ("română", "ro"), ("russian", "ru"), ("russisch", "ru"), ("russkij", "ru"),
    ("serbian", "sr"), ("shqip", "sq"), ("simplifiedchinese", "zh-Hans"), ("slovak", "sk"), ("slovene", "sl"),
    ("slovenian", "sl"), ("slovensky", "sk"), ("slovenčina", "sk"), ("slovenščina", "sl"), ("spanisch", "es"),
    ("spanish", "es"), ("srpski", "sr"), ("suomi", "fi"), ("svenska", "sv"), ("swahili", "sw"),
    ("swedish", "sv"), ("tamil", "ta"), ("tedesco", "de"), ("telugu", "te"), ("thai", "th"),
    ("tiengviet", "vi"), ("tiếngviệt", "vi"), ("traditionalchinese", "zh-Hant"), ("tschechisch", "cs"),
    ("turkce", "tr"), ("turkish", "tr"), ("türkisch", "tr"), ("türkçe", "tr"), ("ukenglish", "en-GB"),
    ("ukrainian", "uk"), ("ukrainisch", "uk"), ("ungarisch", "hu"), ("urdu", "ur"), ("usenglish", "en-US"),
    ("uzbek", "uz"), ("vietnamese", "vi"), ("việt", "vi"), ("welsh", "cy"), ("íslenska", "is"), ("česky", "cs"),
    ("čeština", "cs"), ("ελληνικά", "el"), ("английский", "en"), ("беларуская", "be"), ("български", "bg"),
    ("испанский", "es"), ("македонски", "mk"), ("монгол", "mn"), ("немецкий", "de"), ("русский", "ru"),
    ("српски", "sr"), ("українська", "uk"), ("французский", "fr"), ("қазақша", "kk"), ("հայերեն", "hy"),
    ("עברית", "he"), ("اردو", "ur"), ("العربية", "ar"), ("عربي", "ar"), ("فارسی", "fa"), ("मराठी", "mr"),
    ("हिंदी", "hi"), ("हिनदी", "hi"), ("বাংলা", "bn"), ("ਪੰਜਾਬੀ", "pa"), ("ગુજરાતી", "gu"), ("தமிழ", "ta"), ("తెలుగు", "te"),
    ("ಕನನಡ", "kn"), ("മലയാളം", "ml"), ("ภาษาไทย", "th"), ("ไทย", "th"), ("ქართული", "ka"), ("にほんご", "ja"),
    ("スペイン語", "es"), ("ドイツ語", "de"), ("フランス語", "fr"), ("中国語", "zh"), ("中文", "zh"), ("中文简体", "zh-Hans"),
    ("中文繁體", "zh-Hant"), ("俄语", "ru"), ("德語", "de"), ("德语", "de"), ("意大利语", "it"), ("日文", "ja"), ("日本語", "ja"),
    ("日语", "ja"), ("正體中文", "zh-Hant"), ("汉语", "zh"), ("法語", "fr"), ("法语", "fr"), ("漢語", "zh"),
    ("简体", "zh-Hans"), ("简体中文", "zh-Hans"), ("繁体中文", "zh-Hant"), ("繁體中文", "zh-Hant"), ("英文", "en"),
    ("英語", "en"), ("葡萄牙语", "pt"), ("西班牙語", "es"), ("西班牙语", "es"), ("韩语", "ko"), ("조선말", "ko"), ("한국어", "ko"),
];

/// Codes and their replacements, sorted by code. The list contains country codes that people use for languages,
/// withdrawn codes, and three-letter codes of languages that have a two-letter code. A country code is not listed if it
/// is also the code of a language that people publish in.
#[rustfmt::skip]
pub(super) const REPLACED: &[(&str, &str)] = &[
    ("afr", "af"), ("alb", "sq"), ("amh", "am"), ("ara", "ar"), ("arm", "hy"), ("aze", "az"), ("baq", "eu"),
    ("bel", "be"), ("ben", "bn"), ("bos", "bs"), ("bul", "bg"), ("bur", "my"), ("cat", "ca"), ("ces", "cs"),
    ("chi", "zh"), ("cmn", "zh"), ("cn", "zh-CN"), ("cym", "cy"), ("cz", "cs"), ("cze", "cs"), ("dan", "da"),
    ("deu", "de"), ("dk", "da"), ("dut", "nl"), ("ell", "el"), ("eng", "en"), ("epo", "eo"), ("est", "et"),
    ("eus", "eu"), ("fas", "fa"), ("fin", "fi"), ("fra", "fr"), ("fre", "fr"), ("gb", "en-GB"), ("geo", "ka"),
    ("ger", "de"), ("gle", "ga"), ("glg", "gl"), ("gr", "el"), ("gre", "el"), ("guj", "gu"), ("heb", "he"),
    ("hin", "hi"), ("hrv", "hr"), ("hun", "hu"), ("hye", "hy"), ("ice", "is"), ("in", "id"), ("ind", "id"),
    ("isl", "is"), ("ita", "it"), ("iw", "he"), ("ji", "yi"), ("jp", "ja"), ("jpn", "ja"), ("jw", "jv"),
    ("kan", "kn"), ("kat", "ka"), ("kaz", "kk"), ("khm", "km"), ("kor", "ko"), ("kr", "ko"), ("lao", "lo"),
    ("lat", "la"), ("lav", "lv"), ("lit", "lt"), ("mac", "mk"), ("mal", "ml"), ("mar", "mr"), ("may", "ms"),
    ("mkd", "mk"), ("mo", "ro"), ("mon", "mn"), ("msa", "ms"), ("mya", "my"), ("nep", "ne"), ("nld", "nl"),
    ("nno", "nn"), ("nob", "nb"), ("nor", "no"), ("pan", "pa"), ("per", "fa"), ("pol", "pl"), ("por", "pt"),
    ("ron", "ro"), ("rum", "ro"), ("rus", "ru"), ("sh", "sr"), ("sin", "si"), ("slk", "sk"), ("slo", "sk"),
    ("slv", "sl"), ("spa", "es"), ("sqi", "sq"), ("srp", "sr"), ("swa", "sw"), ("swe", "sv"), ("tam", "ta"),
    ("tel", "te"), ("tgl", "tl"), ("tha", "th"), ("tur", "tr"), ("ua", "uk"), ("ukr", "uk"), ("urd", "ur"),
    ("us", "en-US"), ("uzb", "uz"), ("vie", "vi"), ("wel", "cy"), ("yid", "yi"), ("zho", "zh"),
];

/// The two-letter language codes of ISO 639.
pub(super) const TWO_LETTERS: &str = "\
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee \
    el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is \
    it iu ja jv ka kg ki kj kk kl km kn ko ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt \
    my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl \
    sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo \
    za zh zu";
