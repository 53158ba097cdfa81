//! The front matter keys that authors use for each field, in several languages and in order of preference.
//!
//! Names are squashed (lowercase letters and digits only), so `date-modified`, `dateModified` and `Date Modified` are
//! the same name. Names after `|` are secondary: they are meant for a platform, for a shorter form of the value, or for
//! another purpose. All names were collected from the documentation of site generators and from the front matter of 29
//! real sites.

use super::Target;

/// Every field, with the names of its keys.
pub(super) const ALIASES: &[(Target, &str)] = &[
    (Target::Title, include_str!("names/title.txt")),
    (Target::Published, include_str!("names/published.txt")),
    (Target::Updated, include_str!("names/updated.txt")),
    (Target::Expires, include_str!("names/expires.txt")),
    (Target::Summary, include_str!("names/summary.txt")),
    (Target::Author, include_str!("names/author.txt")),
    (Target::Image, include_str!("names/image.txt")),
    (Target::Tags, include_str!("names/tags.txt")),
    (Target::Language, include_str!("names/language.txt")),
    (Target::Link, include_str!("names/link.txt")),
    (Target::Path, include_str!("names/path.txt")),
    (Target::Draft, include_str!("names/draft.txt")),
    (Target::Id, include_str!("names/id.txt")),
    (Target::Enclosure, include_str!("names/enclosure.txt")),
    (Target::EnclosureLength, include_str!("names/enclosure_length.txt")),
    (Target::EnclosureType, include_str!("names/enclosure_type.txt")),
];

/// The first parts of keys that describe a picture.
///
/// Front matter may name several pictures; the first part shows that `figure_author` and `figure_license` describe the
/// same picture.
pub(super) const STEMS: &[&str] = &[
    "image",
    "images",
    "img",
    "hero",
    "heroimage",
    "header",
    "headerimage",
    "headeroverlayimage",
    "featureimage",
    "featuredimage",
    "featured",
    "feature",
    "cover",
    "coverimage",
    "banner",
    "bannerimage",
    "thumbnail",
    "thumb",
    "photo",
    "picture",
    "pic",
    "figure",
    "fig",
    "ogimage",
    "opengraphimage",
    "twitterimage",
    "socialimage",
    "bild",
    "titelbild",
    "foto",
    "imagen",
    "immagine",
    "titleimage",
    "leadimage",
    "mainimage",
    "postimage",
    "articleimage",
];

/// The endings of picture keys such as `image_alt`, grouped by the detail of the picture that the key sets.
pub(super) const DETAILS: &[(Target, &str)] = &[
    (Target::ImageAlt, "alt alttext alternative altdescription"),
    (Target::ImageCaption, "caption p description desc text title legend"),
    (
        Target::ImageCredit,
        "credit credits author by source photographer artist creator attribution copyright creditname authorname",
    ),
    (
        Target::ImageCreditUrl,
        "crediturl creditlink creditslink authorurl authorlink sourceurl sourcelink profileurl creditprofileurl photographerurl",
    ),
    (Target::ImageLicense, "license licence rights"),
    (Target::ImageLicenseUrl, "licenseurl licenceurl licenselink licencelink"),
];

/// Further keys that describe a picture. Most of them do not consist of a first part from [`STEMS`] and a last part
/// from [`DETAILS`].
pub(super) const PICTURE: &[(Target, &str)] = &[
    (Target::ImageAlt, "alt alttext"),
    (
        Target::ImageCaption,
        "caption figcaption bildunterschrift légende legende leyenda piedefoto didascalia legenda 图片说明",
    ),
    (
        Target::ImageCredit,
        "photographer credit credits copyrightimage creditphoto créditphoto crédit créditofoto bildquelle \
         bildnachweis fotograf fotografía 图片来源",
    ),
];

/// Maps whose keys set the article's own fields: `extra.author`, `seo.description`.
///
/// Hugo uses `params`, Zola uses `extra` and `taxonomies`, and the plugin `jekyll-seo-tag` reads `seo`.
pub(super) const PARENTS: &str = "extra params param meta metadata frontmatter page post article data custom info \
    taxonomies taxonomy dates seo og opengraph twitter social sitemap config";

/// Prefixes that do not change the meaning of a name: `page_title`, `og:description`, `articleDate`.
///
/// `wf` is from Google's Web Fundamentals, and `dc` is from Dublin Core.
pub(super) const PREFIXES: &[&str] = &[
    "page", "post", "article", "blog", "news", "entry", "meta", "seo", "og", "twitter", "social", "header", "content",
    "wf", "dc", "my",
];
