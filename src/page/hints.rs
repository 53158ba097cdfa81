//! Interprets an element's class and id.
//!
//! Theme authors can choose any names, but most of them choose from the same few words of their language. The words in
//! this file were collected from real sites, most of which are in English or German. A name is only a hint: `analysis`
//! ignores a hint that would discard most of the page.

/// A set of hints, as bit flags.
pub(super) type Hints = u16;

pub(super) const TITLE: Hints = 1;
/// A kicker above a headline, a subtitle below it, or a label inside it. Not part of the headline.
pub(super) const KICKER: Hints = 1 << 1;
pub(super) const DATE: Hints = 1 << 2;
pub(super) const UPDATED: Hints = 1 << 3;
pub(super) const AUTHOR: Hints = 1 << 4;
/// The element that contains the main text.
pub(super) const CONTENT: Hints = 1 << 5;
/// Not part of the article: navigation, comments, related pages, dialogs, advertisements.
pub(super) const BOILERPLATE: Hints = 1 << 6;
/// Belongs to the article, but not to its text: tags, a box about the author, share buttons.
pub(super) const ACCESSORY: Hints = 1 << 7;
/// Readers' comments and cookie notices, which are never taken for the article, however long they are.
pub(super) const COMMENT_OR_NOTICE: Hints = 1 << 11;
/// The opening paragraph of an article, often placed before the element with the main text.
pub(super) const LEAD: Hints = 1 << 12;
// Words of these kinds are hints only in combination with another word: `post-content`, `author-box`.
const POST: Hints = 1 << 8;
const BODY: Hints = 1 << 9;
const BOX: Hints = 1 << 10;
/// The name describes the layout of the page, not the element: `has-sidebar`.
const LAYOUT: Hints = 1 << 13;

/// The hints in a class or id attribute.
pub(super) fn from_names(names: &str) -> Hints {
    names
        .split_ascii_whitespace()
        .map(from_name)
        .fold(0, |all, one| all | one)
}

/// The hints in a single class or id, such as `post-content`, `articleBody` or `c-share__list`.
fn from_name(name: &str) -> Hints {
    // Classes for text that is not visible on screen, but meant for screen readers or for printing.
    if matches!(
        name,
        "screen-reader-text" | "sr-only" | "visually-hidden" | "visuallyhidden" | "element-invisible" | "print-only"
    ) {
        return ACCESSORY;
    }
    let bytes = name.as_bytes();
    // No word in `from_word` is longer than this buffer. The buffer is on the stack for speed, because this function is
    // called for every class on a page.
    let mut word = [0_u8; 24];
    let mut length = 0;
    let mut hints = 0;
    for (i, &b) in bytes.iter().enumerate() {
        let starts_word = b.is_ascii_uppercase() && i > 0 && bytes[i - 1].is_ascii_lowercase();
        if (starts_word || !b.is_ascii_alphabetic()) && length > 0 {
            hints |= word.get(..length).map_or(0, from_word);
            length = 0;
        }
        if b.is_ascii_alphabetic() {
            if let Some(slot) = word.get_mut(length) {
                *slot = b.to_ascii_lowercase();
            }
            length += 1;
        }
    }
    hints |= word.get(..length).map_or(0, from_word);
    if hints & POST != 0 && hints & BODY != 0 {
        hints |= CONTENT;
    }
    if hints & AUTHOR != 0 && hints & BOX != 0 {
        hints |= ACCESSORY;
    }
    // `has-sidebar` describes the page, not this element.
    if hints & LAYOUT != 0 {
        return 0;
    }
    hints & !(POST | BODY | BOX)
}

fn from_word(word: &[u8]) -> Hints {
    match word {
        b"title" | b"headline" | b"titel" | b"titulo" | b"titre" | b"titolo" | b"contentheading" | b"posttitle"
        | b"heading" | b"entrytitle" => TITLE,
        b"kicker" | b"overline" | b"dachzeile" | b"topline" | b"eyebrow" | b"subtitle" | b"subhead" | b"subline"
        | b"subheadline" | b"pretitle" | b"supertitle" | b"suptitle" | b"roofline" | b"spitzmarke" | b"rubrik"
        | b"preheadline" | b"superheadline" | b"supra" | b"subtitulo" | b"antetitulo" | b"catchline"
        | b"untertitel" | b"label" | b"topic" | b"category" | b"section" | b"badge" | b"prefix" | b"suffix"
        | b"flag" => KICKER,
        // `data` means "date" in Italian, Polish and Portuguese.
        b"date" | b"datum" | b"dateline" | b"timestamp" | b"fecha" | b"pubdate" | b"published" | b"publish"
        | b"posted" | b"publication" | b"datetime" | b"time" | b"zeit" | b"createdate" | b"created" | b"postdate"
        | b"data" | b"dated" | b"postinfo" | b"articleinfo" | b"erstellt" | b"dtreviewed" => DATE,
        b"updated" | b"modified" | b"lastmod" | b"modifydate" | b"aktualisiert" => DATE | UPDATED,
        b"author" | b"authors" | b"byline" | b"autor" | b"autoren" | b"writer" | b"contributor" | b"auteur"
        | b"verfasser" | b"redakteur" | b"vcard" | b"postauthor" | b"autore" | b"columnist" | b"journalist"
        | b"authorname" => AUTHOR,
        b"articlebody" | b"entrycontent" | b"postcontent" | b"postbody" | b"maintext" | b"articletext"
        | b"articlecontent" | b"storybody" | b"bodytext" | b"fulltext" | b"storytext" | b"newstext"
        | b"artikeltext" | b"maincontent" => CONTENT,
        // `e` comes from `e-content`, which microformats2 defines for a post's text.
        b"article" | b"post" | b"entry" | b"story" | b"news" | b"main" | b"page" | b"blog" | b"artikel" | b"single"
        | b"node" | b"e" => POST,
        b"content" | b"body" | b"text" | b"inhalt" | b"copy" | b"contents" => BODY,
        b"comment" | b"comments" | b"commentlist" | b"commentform" | b"respond" | b"disqus" | b"kommentare"
        | b"kommentar" | b"comentarios" | b"commentaires" | b"trackback" | b"trackbacks" | b"pingback" | b"cookie"
        | b"cookies" | b"cookiebar" | b"consent" | b"gdpr" | b"dsgvo" => COMMENT_OR_NOTICE | BOILERPLATE,
        b"sidebar" | b"sidebars" | b"rail" | b"nav" | b"navi" | b"navigation" | b"navbar" | b"menu" | b"submenu"
        | b"topmenu" | b"mainmenu" | b"breadcrumb" | b"breadcrumbs" | b"footer" | b"colophon" | b"fusszeile"
        | b"newsletter" | b"popup" | b"modal" | b"dialog" | b"related" | b"relatedposts" | b"recommended"
        | b"recommendations" | b"recommendation" | b"yarpp" | b"outbrain" | b"taboola" | b"pagination" | b"pager"
        | b"login" | b"searchform" | b"masthead" | b"blogroll" | b"tagcloud" | b"ads" | b"advert"
        | b"advertisement" | b"adsbygoogle" | b"adbox" | b"anzeige" | b"anzeigen" | b"sponsored" | b"impressum"
        | b"toolbar" | b"subscribe" | b"teaserlist" | b"mostread" | b"popular" | b"offcanvas" | b"megamenu"
        | b"disclaimer" | b"copyright" | b"printfooter" | b"catlinks" | b"werbung" | b"addtoany" | b"prevnext" => {
            BOILERPLATE
        }
        b"share" | b"sharing" | b"sharebar" | b"sharedaddy" | b"shares" | b"social" | b"socials" | b"socialmedia"
        | b"addthis" | b"shariff" | b"tags" | b"taglist" | b"postmeta" | b"entrymeta" | b"utility" | b"rating"
        | b"ratings" | b"feedback" | b"authorbox" | b"authorbio" | b"bio" | b"likes" | b"wpulike" | b"postmetadata"
        | b"articlemeta" | b"jetpack" | b"sociable" | b"teilen" | b"bookmarks" | b"heateor" | b"ssba" | b"wabtn"
        | b"editsection" | b"donate" | b"ad" | b"adv" | b"banner" | b"promo" | b"promotion" | b"sharelinks"
        | b"shareblock" | b"shareinfo" | b"backlink" | b"tagged" | b"noprint" => ACCESSORY,
        b"lead" | b"lede" | b"intro" | b"teaser" | b"standfirst" | b"dek" | b"excerpt" | b"chapo" | b"preface"
        | b"vorspann" | b"einleitung" | b"abstract" | b"deck" | b"introtext" | b"summary" | b"sommaire"
        | b"entradilla" => LEAD,
        b"has" | b"with" | b"no" | b"without" | b"mit" | b"ohne" => LAYOUT,
        b"box" | b"about" | b"card" | b"profile" | b"block" | b"description" | b"image" | b"avatar" => BOX,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_names_give_hints() {
        for (names, expected) in [
            ("post-content", CONTENT),
            ("articleBody", CONTENT),
            ("entry-title h1", TITLE),
            ("c-comments__list", COMMENT_OR_NOTICE | BOILERPLATE),
            ("td_post_published", DATE),
            ("wp-block-image", 0),
            ("has-sidebar", 0),
            ("content", 0),
            ("author-box", AUTHOR | ACCESSORY),
            ("contentious bodyguard", 0),
            ("averyveryveryveryverylongword-share", ACCESSORY),
            ("größe datum", DATE),
        ] {
            assert_eq!(from_names(names), expected, "{names}");
        }
    }
}
