//! The rules for articles: what an author can get wrong, found by `article`, `extract`, `compose` and `select`.

use super::rules;

rules! { "article":
    UNREADABLE           = "article-unreadable",            Error,   "the file cannot be read",                       "the file system";
    ENCODING             = "article-encoding-invalid",      Error,   "bytes do not fit the encoding",                 "Unicode 3.9, The Replacement of Invalid Sequences";
    CONTROL_CHARACTER    = "article-control-character",     Warning, "a character that XML cannot hold",              "XML 1.0 section 2.2";
    FRONT_MATTER_UNCLOSED = "article-front-matter-unclosed", Error,  "front matter is opened but never closed",       "the front matter's own syntax";
    FRONT_MATTER_INVALID = "article-front-matter-invalid",  Error,   "front matter does not follow its syntax",       "YAML 1.2, TOML 1.0, RFC 8259";
    LIMIT                = "article-limit-exceeded",        Error,   "larger or deeper than Feedwright reads",        "Feedwright's limits";
    DATE_INVALID         = "article-date-invalid",          Error,   "a date that cannot be read",                    "RFC 3339, ISO 8601 and written dates";
    DATE_MISSING         = "article-date-missing",          Advice,  "no date of its own",                            "RSS 2.0 pubDate, RFC 4287 section 4.2.9";
    DATE_ORDER           = "article-date-order",            Advice,  "a date that the folder's other dates decide",    "ISO 8601";
    GUESS                = "article-guess",                 Error,   "a field that may only be guessed",              "`build --fail-on-guess`";
    TITLE_MISSING        = "article-title-missing",         Advice,  "no title of its own",                           "RFC 4287 section 4.2.14";
    DATE_DOUBTFUL        = "article-date-doubtful",         Warning, "a date that contradicts itself or another",      "RFC 5322 section 3.3, RFC 4287 section 4.2.15";
    VALUE_INVALID        = "article-value-invalid",         Error,   "a value that its key cannot take",              "Feedwright's fields";
    KEY_MISSPELT         = "article-key-misspelt",          Warning, "a misspelt key that decides what is published", "Feedwright's fields";
    LINK_INVALID         = "article-link-invalid",          Error,   "an address that cannot be used",                "RFC 3986";
    LINK_REPAIRED        = "article-link-repaired",         Warning, "an address that had to be repaired",            "RFC 3986";
    LINK_FOREIGN         = "article-link-foreign",          Warning, "a page that calls another host its home",       "RFC 6596";
    LINK_DUPLICATE       = "article-link-duplicate",        Error,   "two articles have the same address",            "RFC 4287 section 4.2.7";
    LINK_SIMILAR         = "article-link-similar",          Warning, "addresses that differ in case or accents only", "Unicode 3.11, RFC 3986 section 6.2.2";
    TEXT_DUPLICATE       = "article-text-duplicate",        Warning, "two articles have the same text",               "RFC 4287 section 4.1.2";
    ID_DUPLICATE         = "article-id-duplicate",          Error,   "two articles have the same id",                 "RFC 4287 section 4.2.6";
    ENCLOSURE_INVALID    = "article-enclosure-invalid",     Error,   "an enclosure without address, length or type",  "RSS 2.0 enclosure";
    CONTENT_REMOVED      = "article-content-removed",       Advice,  "markup that a feed must not carry was removed", "RFC 4287 section 8.1";
    NO_TEXT              = "article-text-missing",          Warning, "a title and no text",                           "JSON Feed 1.1 content_html, content_text";
    HELD                 = "article-held",                  Warning, "an entry is kept although its article is broken", "readers that show what comes back as unread";
    EMPTY                = "article-empty",                 Error,   "nothing to publish",                            "RSS 2.0 item";
}
