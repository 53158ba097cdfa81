//! The words that surround a date, in many languages. The words are folded in the same way as the tokens, and each list
//! is sorted for binary search.

/// Words that can come before, between or after the parts of a date without changing its meaning: prepositions,
/// articles, "year", "o'clock", and endings of ordinals.
#[rustfmt::skip]
pub(super) const PARTICLES: &[&str] = &[
    "a", "aasta", "agus", "ai", "ajal", "al", "alas", "alle", "am", "an", "ar", "as", "at", "au", "av", "az",
    "casov", "d", "da", "dag", "dal", "das", "data", "dated", "dato", "day", "de", "del", "dell", "dels", "den",
    "der", "dh", "di", "dia", "dne", "dnia", "do", "dt", "du", "dy", "e", "ei", "eko", "el", "em", "eme", "en",
    "er", "feira", "g", "gada", "god", "goda", "godine", "godini", "godz", "gunu", "h", "hod", "hodin", "hrs",
    "hs", "i", "ika", "iken", "il", "in", "jam", "jen", "jour", "kell", "kello", "kl", "klo", "klukkan", "ko",
    "kuupaeval", "l", "la", "las", "le", "les", "lo", "los", "luc", "m", "metu", "mi", "min", "mins", "minuts",
    "na", "nam", "nang", "nd", "ne", "nella", "ng", "ngay", "noong", "o", "ob", "oclock", "of", "oji", "om",
    "on", "ora", "orakor", "ore", "os", "p", "pada", "pe", "pkl", "po", "pukul", "pvm", "r", "rd", "re", "rok",
    "roku", "saat", "saatte", "san", "sina", "st", "ste", "t", "tanggal", "tarihi", "tarihinde", "tarihli",
    "te", "tgl", "th", "the", "time", "to", "u", "uhr", "uhren", "um", "urah", "uri", "uur", "v", "vao", "ve",
    "vid", "vom", "w", "xx", "y", "z", "στη", "στισ", "την", "του", "χρονοσ", "в", "во", "від", "г", "гараг",
    "гг", "го", "год", "года", "годо", "ж", "жылы", "жылғы", "и", "на", "о", "он", "оны", "от", "р", "року",
    "рр", "рік", "у", "թ", "թվականի", "ב", "בשעה", "ה", "של", "الساعة", "بتاریخ", "بروز", "تاریخ", "ساعت",
    "سنة", "سنه", "عام", "فی", "من", "مورخه", "کو", "یوم", "ए", "के", "को", "तारीख", "दिनांक", "बजे", "रोजी",
    "वाजता", "এ", "அன்று", "కి", "ರಂದು", "ಸಮಯಕ್ಕೆ", "ന്", "දින", "ค.ศ", "ที่", "น", "ปี", "วัน", "วันที่",
    "เดือน", "เมื่อ", "เวลา", "ປີ", "ວັນທີ", "ເດືອນ", "ი", "წ", "წელი", "წლის", "ខែ", "ឆ្នាំ", "ថ្ងៃ", "ថ្ងៃទី",
    "ទី", "នៅ", "ម៉ោង", "に", "の", "于", "在", "於", "日", "時点", "曜", "에", "일자",
];

/// Labels of dates, which may be followed by a colon. Each comes with a flag that says whether the label marks a date
/// as the date of an update.
#[rustfmt::skip]
pub(super) const LABELS: &[(&str, bool)] = &[
    ("actualizado", true), ("actualizado el", true), ("actualizado en", true), ("actualizat", true),
    ("actualizat la", true), ("added", false), ("added on", false), ("aggiornato", true),
    ("aggiornato il", true), ("aktualisiert", true), ("aktualisiert am", true), ("aktualizacja", true),
    ("aktualizovane", true), ("aktualizovano", true), ("atjaunots", true), ("atnaujinta", true),
    ("atualizado", true), ("atualizado em", true), ("avaldatud", false), ("azurirano", true),
    ("bearbeitet", true), ("bearbeitet am", true), ("bijgewerkt", true), ("bijgewerkt op", true),
    ("cap nhat", true), ("cap nhat luc", true), ("creado", false), ("creado el", false), ("created", false),
    ("created on", false), ("cree", false), ("cree le", false), ("criado em", false),
    ("data da publicacao", false), ("data de publicacao", false), ("data di pubblicazione", false),
    ("data dodania", false), ("data publikacji", false), ("date", false), ("date created", false),
    ("date de publication", false), ("date posted", false), ("date published", false), ("date(", false),
    ("datum", false), ("datum van publicatie", false), ("derniere mise a jour", true), ("dikemas kini", true),
    ("diperbarui", true), ("diposting pada", false), ("dipublikasikan", false), ("dipublikasikan pada", false),
    ("diterbitkan", false), ("diterbitkan pada", false), ("dodano", false), ("ecrit le", false),
    ("edite le", true), ("edited", true), ("edited on", true), ("editiert", true), ("editiert am", true),
    ("eingestellt", false), ("eingestellt am", false), ("eklenme", false), ("eklenme tarihi", false),
    ("erschienen", false), ("erschienen am", false), ("erstellt", false), ("erstellt am", false),
    ("erstmals veroffentlicht", false), ("escrito", false), ("escrito el", false), ("escrito em", false),
    ("fecha", false), ("fecha de publicacion", false), ("first published", false),
    ("first published on", false), ("frissitve", true), ("geandert", true), ("geandert am", true),
    ("geplaatst", false), ("geplaatst op", false), ("gepostet", false), ("gepostet am", false),
    ("gepubliceerd", false), ("gepubliceerd op", false), ("geschreven op", false), ("geschrieben", false),
    ("geschrieben am", false), ("guncelleme", true), ("guncellendi", true), ("issued", false),
    ("issued on", false), ("julkaistu", false), ("kirjoitettu", false), ("kozzeteve", false),
    ("kreirano", false), ("laatst bijgewerkt", true), ("laatst gewijzigd", true), ("laatst gewijzigd op", true),
    ("last edited", true), ("last edited on", true), ("last modified", true), ("last modified on", true),
    ("last revised", true), ("last update", true), ("last updated", true), ("last updated on", true),
    ("letrehozva", false), ("letzte aktualisierung", true), ("letzte anderung", true), ("luotu", false),
    ("megjelent", false), ("mis a jour", true), ("mis a jour le", true), ("mis en ligne", false),
    ("mis en ligne le", false), ("mise a jour", true), ("mise a jour le", true), ("modifica", true),
    ("modificado em", true), ("modifie", true), ("modifie le", true), ("modified", true), ("modified on", true),
    ("modositva", true), ("muokattu", true), ("new", false), ("new date", false), ("ngay", false),
    ("ngay đang", false), ("objavljen", false), ("objavljena", false), ("objavljeno", false),
    ("offentliggjort", false), ("olusturulma", false), ("online gestellt", false), ("online seit", false),
    ("opdateret", true), ("oppdatert", true), ("opprettet", false), ("oprettet", false),
    ("opublikowane", false), ("opublikowano", false), ("opublikowano dnia", false), ("paivitetty", true),
    ("paru", false), ("paru le", false), ("paskelbta", false), ("posodobljeno", true), ("postado em", false),
    ("postat", false), ("poste le", false), ("posted", false), ("posted at", false), ("posted on", false),
    ("pubblicata il", false), ("pubblicato", false), ("pubblicato il", false), ("publicada", false),
    ("publicada el", false), ("publicada em", false), ("publicado", false), ("publicado a", false),
    ("publicado el", false), ("publicado em", false), ("publicado en", false), ("publicat", false),
    ("publicat el", false), ("publicat la", false), ("publicat pe", false), ("publication date", false),
    ("publicerad", false), ("publicerades", false), ("publicerat", false), ("publicets", false),
    ("publie", false), ("publie le", false), ("publikovane", false), ("publikovano", false),
    ("publikuota", false), ("publisert", false), ("publish date", false), ("published", false),
    ("published at", false), ("published date", false), ("published on", false), ("publiziert", false),
    ("publiziert am", false), ("redige le", false), ("release date", false), ("released", false),
    ("released on", false), ("revised", true), ("revised on", true), ("scritto il", false),
    ("senast uppdaterad", true), ("senest opdateret", true), ("sist oppdatert", true), ("skapad", false),
    ("skriven", false), ("son guncelleme", true), ("son guncellenme", true), ("stand", true),
    ("stand vom", false), ("submitted", false), ("submitted on", false), ("tanggal terbit", false),
    ("tarih", false), ("tarikh", false), ("udgivet", false), ("ultima actualizacion", true),
    ("ultima atualizacao", true), ("ultima modifica", true), ("ultima modificacion", true),
    ("ultimo aggiornamento", true), ("update", true), ("updated", true), ("updated at", true),
    ("updated on", true), ("uppdaterad", true), ("uppdaterat", true), ("upravil", true), ("uuendatud", true),
    ("uverejnene", false), ("veroffentlicht", false), ("veroffentlicht am", false),
    ("viimeksi paivitetty", true), ("vydano", false), ("vytvoreno", false), ("written", false),
    ("written on", false), ("xuat ban", false), ("yayimlanma", false), ("yayin tarihi", false),
    ("yayinlandi", false), ("yayinlanma", false), ("yayinlanma tarihi", false), ("zaktualizowano", true),
    ("zuletzt aktualisiert", true), ("zuletzt bearbeitet", true), ("zuletzt bearbeitet am", true),
    ("zuletzt geandert", true), ("zuletzt geandert am", true), ("zverejnene", false), ("zverejneno", false),
    ("đang", false), ("đang luc", false), ("đang ngay", false), ("δημοσιευθηκε", false), ("δημοσιευση", false),
    ("δημοσιευτηκε", false), ("ημερομηνια", false), ("ημερομηνια δημοσιευσησ", false), ("ажурирано", true),
    ("актуализирано", true), ("дата", false), ("дата публикации", false), ("дата публікаціі", false),
    ("изменено", true), ("обновлено", true), ("објављено", false), ("оновлено", true), ("оприлюднено", false),
    ("опубликован", false), ("опубликована", false), ("опубликовано", false), ("опубліковано", false),
    ("публикувана", false), ("публикувано", false), ("размещено", false), ("создан", false), ("создано", false),
    ("створено", false), ("נכתב", false), ("עדכון", true), ("עודכן", true), ("פורסם", false),
    ("פורסם ב", false), ("פורסם בתאריך", false), ("תאריך", false), ("اخر تحدیث", true), ("انتشار", false),
    ("به روز رسانی", true), ("تاریخ", false), ("تاریخ النشر", false), ("تاریخ انتشار", false), ("تحدیث", true),
    ("تم التحدیث", true), ("شایع", false), ("منتشر شده", false), ("منشور", false), ("نشر", false),
    ("نشر فی", false), ("نشرت", false), ("अपडेट", true), ("प्रकाशन तिथि", false), ("प्रकाशित", false),
    ("প্রকাশ", false), ("প্রকাশিত", false), ("வெளியிடப்பட்டது", false), ("อัปเดต", true), ("อัพเดท", true),
    ("เผยแพร่", false), ("เผยแพร่เมื่อ", false), ("แก้ไขล่าสุด", true), ("โพสต์", false), ("โพสต์เมื่อ", false),
    ("作成", false), ("作成日", false), ("作成日時", false), ("修改", true), ("公開", false), ("公開日", false),
    ("公開日時", false), ("写于", false), ("创建", false), ("创建于", false), ("创建时间", false), ("創建", false),
    ("发布", false), ("发布于", false), ("发布日期", false), ("发布时间", false), ("发文", false), ("发表", false),
    ("发表于", false), ("发表日期", false), ("发表时间", false), ("发表時間", false), ("投稿", false), ("投稿日", false),
    ("投稿日時", false), ("掲載", false), ("掲載日", false), ("日付", false), ("日期", false), ("时间", false), ("時間", false),
    ("更新", true), ("更新于", true), ("更新於", true), ("更新日", true), ("更新日時", true), ("更新日期", true), ("更新时间", true),
    ("更新時間", true), ("最后更新", true), ("最后更新于", true), ("最後更新", true), ("最終更新", true), ("最終更新日", true),
    ("発行日", false), ("發佈", false), ("發佈於", false), ("發布", false), ("發布於", false), ("發布日期", false),
    ("發布時間", false), ("發表", false), ("發表於", false), ("配信", false), ("게시", false), ("게시일", false),
    ("기사입력", false), ("날짜", false), ("등록", false), ("등록일", false), ("발행일", false), ("수정", true), ("수정일", true),
    ("승인", false), ("업데이트", true), ("입력", false), ("입력일", false), ("작성", false), ("작성일", false), ("최종수정", true),
];

/// Words that can start the text that follows a date, such as a byline, a source or the name of a section.
#[rustfmt::skip]
pub(super) const STARTS_OF_TAIL: &[&str] = &[
    "af", "and", "auteur", "autor", "autora", "autores", "autorin", "av", "by", "category", "comment",
    "comments", "di", "door", "et", "filed", "first", "fonte", "forfattare", "from", "fuente", "in",
    "kategorie", "last", "leave", "od", "opracował", "ot", "par", "por", "przez", "quelle", "read", "redaccion",
    "reporter", "share", "skribent", "source", "tag", "tags", "teksti", "text", "und", "under", "updated",
    "ved", "via", "von", "yazar", "автор", "автора", "источник", "от", "текст", "作者", "來源", "出典", "執筆", "撰文",
    "文", "来源", "編集", "编辑", "著者", "記者", "记者", "글", "기자", "작성자",
];

/// Words that make a date relative to an unknown day: yesterday, ago, next.
#[rustfmt::skip]
pub(super) const RELATIVE: &[&str] = &[
    "acum", "ago", "agora", "ahora", "amanha", "aujourd", "ayer", "azi", "bugun", "dag", "danas", "demain",
    "dnes", "domani", "dun", "dzis", "dzisiaj", "earlier", "eilen", "ezelott", "fa", "gar", "geleden",
    "gestern", "gisteren", "ha", "hace", "hari", "heute", "hier", "hoje", "holnap", "hom", "hoy", "huomenna",
    "i gar", "idag", "ieri", "igar", "imorgon", "jetzt", "jucer", "just", "jutro", "kemarin", "lalu", "last",
    "ma", "maine", "maintenant", "manana", "morgen", "morning", "nay", "neulich", "next", "now", "oggi", "once",
    "ontem", "pred", "prije", "qua", "recently", "sedan", "semalam", "siden", "simdi", "sitten", "soon",
    "sutra", "tanaan", "tegnap", "temu", "this", "today", "tomorrow", "tonight", "truoc", "vandaag",
    "vanochtend", "vcera", "vor", "vorgestern", "wczoraj", "week", "yarin", "yesterday", "zajtra", "zitra",
    "αυριο", "πριν", "σημερα", "χθεσ", "вчера", "вчора", "днес", "дня", "завтра", "назад", "сегодня",
    "сьогодні", "тому", "אתמול", "היום", "לפני", "פیش", "الیوم", "امروز", "امس", "دیروز", "غدا", "قبل", "منذ",
    "आज", "कल", "पहले", "วันนี้", "เมื่อวาน", "今天", "今日", "刚刚", "前", "前天", "剛剛", "明天", "昨天", "昨日", "本日", "내일",
    "어제", "오늘", "전",
];

/// Values that authors and programs write instead of a date.
#[rustfmt::skip]
pub(super) const PLACEHOLDERS: &[&str] = &[
    "a", "coming soon", "date", "date here", "draft", "empty", "false", "insert date here", "invalid date", "n",
    "na", "nan", "never", "nil", "no", "none", "null", "placeholder", "tba", "tbc", "tbd", "todo", "true",
    "undefined", "unknown", "unset", "xxx", "yes", "your date here", "yyyy",
];

/// Words for the halves of the day in languages with a 12-hour clock: (words, whether they mean the afternoon).
#[rustfmt::skip]
pub(super) const DAY_HALVES: &[(&str, bool)] = &[
    ("a m", false), ("am", false), ("amకి", false), ("ch", true), ("chieu", true), ("dop", false),
    ("e m", true), ("f m", false), ("fm", false), ("i paradites", false), ("ip", false), ("m d", true),
    ("md", true), ("nachm", true), ("odp", true), ("oo", false), ("os", true), ("p d", false), ("p m", true),
    ("pg", false), ("pm", true), ("pmకి", true), ("ptg", true), ("sa", false), ("sang", false), ("toi", true),
    ("vorm", false), ("μ μ", true), ("μμ", true), ("π μ", false), ("πμ", false), ("ب ظ", true), ("ص", false),
    ("ق ظ", false), ("م", true), ("अपराह्न", true), ("पूर्वाह्न", false), ("शाम", true), ("सुबह", false),
    ("ከሰዓት", true), ("ጥዋት", false), ("上午", false), ("下午", true), ("中午", true), ("傍晚", true), ("凌晨", false),
    ("午前", false), ("午後", true), ("早上", false), ("晚上", true), ("清晨", false), ("오전", false), ("오후", true),
];

/// Words for the unit "hour", which come between the hour and the minute (`8 h 30`) or after both (`8:30 Uhr`).
#[rustfmt::skip]
pub(super) const HOURS: &[&str] = &[
    "gio", "godz", "h", "heures", "hod", "horas", "hours", "hr", "hrs", "hs", "ora", "ore", "u", "uhr", "uur",
    "год", "ч", "час", "часа", "часов", "น", "นาฬิกา", "时", "時", "点", "點", "시",
];

/// Words for the unit "minute", which follow the number.
#[rustfmt::skip]
pub(super) const MINUTES: &[&str] = &["m", "min", "mn", "phut", "мин", "хв", "分", "분"];

/// Words for the unit "second", which follow the number.
#[rustfmt::skip]
pub(super) const SECONDS: &[&str] = &["giay", "s", "sec", "sek", "с", "сек", "秒", "초"];

/// Words that mark a year of the Buddhist Era, whose years are 543 higher than those of the Common Era.
pub(super) const BUDDHIST: &[&str] = &["be", "พ.ศ", "ພ.ສ"];

/// Months of the Solar Hijri calendar, which Iran and Afghanistan use. Dates in this calendar are not converted but
/// rejected; the names are needed only to give the right reason.
#[rustfmt::skip]
pub(super) const SOLAR_MONTHS: &[&str] = &[
    "ابان", "اذر", "اردیبهشت", "اسفند", "بهمن", "تیر", "خرداد", "دی", "شهریور", "فروردین", "مرداد", "مهر",
];

/// Eras of Japan and the Republic of China: (name, the Gregorian year before the first year of the era).
#[rustfmt::skip]
pub(super) const ERAS: &[(&str, u32)] = &[
    ("中华民国", 1911), ("中華民國", 1911), ("令和", 2018), ("大正", 1911), ("平成", 1988), ("明治", 1867), ("昭和", 1925),
    ("民国", 1911), ("民國", 1911),
];

pub(super) fn is_particle(word: &str) -> bool {
    contains(PARTICLES, word)
}

/// Whether a sorted list contains the word.
pub(super) fn contains(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

/// The value of a word in a table that is sorted by word.
pub(super) fn lookup<T: Copy>(table: &[(&str, T)], word: &str) -> Option<T> {
    let index = table.binary_search_by(|row| row.0.cmp(word)).ok()?;
    Some(table[index].1)
}

/// Whether any row starts with the word. For most words, no row does. This check needs only a single search, whereas a
/// lookup would need one search for each possible number of words.
pub(super) fn is_start_of_row<T>(table: &[(&str, T)], word: &str) -> bool {
    let row = table.partition_point(|row| row.0 < word);
    table.get(row).is_some_and(|row| row.0.starts_with(word))
}
