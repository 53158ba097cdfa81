//! The rules for articles. Every stage that reads or composes articles reports violations of these rules.

use super::rules;

rules! { "article":
    UNREADABLE           = "article-unreadable",            Error,   "the file cannot be read",                       "the file system";
    ENCODING             = "article-encoding-invalid",      Error,   "the file contains bytes that are invalid in its encoding", "Unicode 3.9, The Replacement of Invalid Sequences";
    CONTROL_CHARACTER    = "article-control-character",     Warning, "the article contains a character that XML does not allow", "XML 1.0 section 2.2";
    FRONT_MATTER_UNCLOSED = "article-front-matter-unclosed", Error,  "the front matter is opened but never closed",   "the front matter's own syntax";
    FRONT_MATTER_INVALID = "article-front-matter-invalid",  Error,   "the front matter has a syntax error",           "YAML 1.2, TOML 1.0, RFC 8259";
    LIMIT                = "article-limit-exceeded",        Error,   "the article exceeds a size or nesting limit",   "Feedwright's limits";
    DATE_INVALID         = "article-date-invalid",          Error,   "a date is invalid or ambiguous",                "RFC 3339, ISO 8601 and written dates";
    DATE_MISSING         = "article-date-missing",          Advice,  "the article has no date",                       "RSS 2.0 pubDate, RFC 4287 section 4.2.9";
    DATE_ORDER           = "article-date-order",            Advice,  "an ambiguous date is interpreted like other dates in its folder", "ISO 8601";
    GUESS                = "article-guess",                 Error,   "a required field is only a guess",              "`build --fail-on-guess`";
    TITLE_MISSING        = "article-title-missing",         Advice,  "the article has no title",                      "RFC 4287 section 4.2.14";
    DATE_DOUBTFUL        = "article-date-doubtful",         Warning, "a date is inconsistent or ambiguous",           "RFC 5322 section 3.3, RFC 4287 section 4.2.15";
    VALUE_INVALID        = "article-value-invalid",         Error,   "a value is not valid for its key",              "Feedwright's fields";
    KEY_MISSPELLED       = "article-key-misspelled" (formerly "article-key-misspelt"), Warning, "a key that controls publication is misspelled", "Feedwright's fields";
    LINK_INVALID         = "article-link-invalid",          Error,   "a URL is invalid or does not use http or https", "RFC 3986";
    LINK_REPAIRED        = "article-link-repaired",         Warning, "a URL was repaired",                            "RFC 3986";
    LINK_FOREIGN         = "article-link-foreign",          Warning, "the page's canonical URL is on a different host", "RFC 6596";
    LINK_DUPLICATE       = "article-link-duplicate",        Error,   "two articles have the same URL",                "RFC 4287 section 4.2.7";
    LINK_SIMILAR         = "article-link-similar",          Warning, "two paths differ only in case or in the encoding of accents", "Unicode 3.11, RFC 3986 section 6.2.2";
    TEXT_DUPLICATE       = "article-text-duplicate",        Warning, "two articles have the same text",               "RFC 4287 section 4.1.2";
    ID_DUPLICATE         = "article-id-duplicate",          Error,   "two articles have the same id",                 "RFC 4287 section 4.2.6";
    IDENTITY_UNCLEAR     = "article-identity-unclear",      Warning, "a moved article matches several published entries", "RFC 4287 section 4.2.6";
    ENCLOSURE_INVALID    = "article-enclosure-invalid",     Error,   "an enclosure lacks a URL, a length or a type",  "RSS 2.0 enclosure";
    CONTENT_REMOVED      = "article-content-removed",       Advice,  "unsafe markup was removed",                     "RFC 4287 section 8.1";
    NO_TEXT              = "article-text-missing",          Warning, "the article has a title but no text",           "JSON Feed 1.1 content_html, content_text";
    HELD                 = "article-held",                  Warning, "the entry of a broken article is kept as it was last published", "readers that show a returning entry as unread";
    INTERNAL_ERROR       = "article-internal-error",        Error,   "a bug in Feedwright prevents the article from being published", "Feedwright's validator";
    EMPTY                = "article-empty",                 Error,   "the article has no content to publish",         "RSS 2.0 item";
}
