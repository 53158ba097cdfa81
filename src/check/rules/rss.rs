//! What a whole RSS document must have.

use crate::check::document::Element;
use crate::check::report::Collector;
use crate::finding::rules;

rules! { "rss":
    VERSION_MISSING       = "rss-version-missing",        Error,   "no version",                            "RSS 2.0, \"What is RSS?\"", "MissingAttribute";
    VERSION_UNKNOWN       = "rss-version-unknown",        Error,   "a version that there is not",           "RSS 2.0, \"What is RSS?\"", "InvalidRSSVersion";
    CHANNEL_MISSING       = "rss-channel-missing",        Error,   "no channel",                            "RSS 2.0, channel", "MissingElement";
    TITLE_MISSING         = "rss-title-missing",          Error,   "the channel has no title",              "RSS 2.0, channel", "MissingTitle";
    LINK_MISSING          = "rss-link-missing",           Error,   "the channel has no link",               "RSS 2.0, channel", "MissingLink";
    DESCRIPTION_MISSING   = "rss-description-missing",    Error,   "the channel has no description",        "RSS 2.0, channel", "MissingDescription";
    IMAGE_INCOMPLETE      = "rss-image-incomplete",       Error,   "an image without title, link or address", "RSS 2.0, image", "MissingElement";
    TEXT_INPUT_INCOMPLETE = "rss-text-input-incomplete",  Error,   "a text input with a part missing",      "RSS 2.0, textInput", "MissingElement";
    SKIP_EMPTY            = "rss-skip-empty",             Warning, "a list of hours or days without any",   "RSS 2.0, skipHours", "MissingElement";
    ITEM_EMPTY            = "rss-item-empty",             Error,   "an item without title and description", "RSS 2.0, item", "ItemMustContainTitleOrDescription";
    IMAGE_LINK_OTHER      = "rss-image-link-other",       Advice,  "the image links elsewhere than the channel", "RSS 2.0, image", "ImageLinkDoesntMatch";
    IMAGE_TITLE_OTHER     = "rss-image-title-other",      Advice,  "the image has another title than the channel", "RSS Advisory Board profile, image", "ImageTitleDoesntMatch";
    IMAGE_FORMAT          = "rss-image-format",           Advice,  "an image in a format that RSS does not know", "RSS 2.0, image", "ImageUrlFormat";
    TEXT_INPUT            = "rss-text-input",             Advice,  "a text input, which no reader shows",   "RSS Advisory Board profile, textInput", "AvoidTextInput";
    DOCTYPE_VERSION       = "rss-doctype-version",        Warning, "a document type of another version",    "RSS 0.91", "InvalidDoctype";
    DOCTYPE_NETSCAPE      = "rss-doctype-netscape",       Warning, "a document type that is gone",          "RSS 0.91; my.netscape.com", "DeprecatedDTD";
}

/// Checks the root.
pub(super) fn check_root(root: &Element<'_>, report: &mut Collector) {
    match root.value("version") {
        None => {
            report
                .add(&VERSION_MISSING, root.range(), "`rss` has no `version`")
                .help("write `<rss version=\"2.0\">`")
                .about(root)
                .attribute("version");
        }
        Some(version) => {
            let is_known = matches!(version, "0.91" | "0.92" | "0.93" | "0.94" | "2.0") || version.starts_with("2.0.");
            if !is_known {
                let range = root
                    .attribute("version")
                    .map_or(root.range(), |attribute| attribute.value_range());
                report
                    .add(
                        &VERSION_UNKNOWN,
                        range,
                        format!("there is no RSS `{}`", super::values::shown(version)),
                    )
                    .help("write `<rss version=\"2.0\">`")
                    .about(root)
                    .attribute("version");
            }
        }
    }
    check_doctype(root, report);
}

fn check_doctype(root: &Element<'_>, report: &mut Collector) {
    let Some(doctype) = &root.document().doctype else {
        return;
    };
    let is_netscape = doctype
        .public
        .as_deref()
        .is_some_and(|public| public.contains("Netscape"));
    let system = doctype.system.as_deref().unwrap_or("");
    if is_netscape && root.value("version") != Some("0.91") {
        report
            .add(
                &DOCTYPE_VERSION,
                doctype.at.clone(),
                "the document type is that of RSS 0.91",
            )
            .help("remove it");
    }
    if system.contains("my.netscape.com/publish/formats/rss-0.91.dtd") {
        report
            .add(
                &DOCTYPE_NETSCAPE,
                doctype.at.clone(),
                "the document type's address is gone",
            )
            .help("remove it: RSS 2.0 has none");
    }
}

/// Whether the document is RSS 0.9x, which knows no guid and no self link.
pub(super) fn is_old(root: &Element<'_>) -> bool {
    root.value("version").is_some_and(|version| version.starts_with("0.9"))
}

/// Checks a whole image.
pub(super) fn check_image(image: &Element<'_>, report: &mut Collector) {
    let Some(channel) = image.parent() else {
        return;
    };
    let same = |name: &str| {
        let of = |element: &Element<'_>| {
            element
                .child(image.ns(), name)
                .map(|child| child.text().trim().to_owned())
        };
        match (of(image), of(&channel)) {
            (Some(here), Some(there)) => here == there,
            _ => true,
        }
    };
    if !same("link") {
        let link = image.child(image.ns(), "link").unwrap_or(*image);
        report
            .add(&IMAGE_LINK_OTHER, link.range(), "the image's link is not the channel's")
            .help("readers make the image a link to the site: write the channel's link")
            .about(&link);
    }
    if !same("title") {
        let title = image.child(image.ns(), "title").unwrap_or(*image);
        report
            .add(
                &IMAGE_TITLE_OTHER,
                title.range(),
                "the image's title is not the channel's",
            )
            .help("readers show it as the image's alternative text: write the channel's title")
            .about(&title);
    }
    if let Some(url) = image.child(image.ns(), "url") {
        let extension = crate::check::grammar::address::extension(url.text().trim());
        let known = ["jpg", "jpeg", "gif", "png"];
        let modern = ["webp", "svg", "avif", "ico"];
        if let Some(extension) = extension.filter(|extension| !known.contains(&extension.as_str()))
            && (modern.contains(&extension.as_str()) || report.is_w3c())
        {
            report
                .add(&IMAGE_FORMAT, url.range(), format!("the image is a `{extension}` file"))
                .help("use PNG, JPEG or GIF, which every reader shows")
                .about(&url);
        }
    }
}
