//! The RSS document as a whole: its root, its document type, and its image.

use crate::check::field::excerpt;
use crate::check::report::Collector;
use crate::feed::xml::Element;
use crate::finding::rules;

rules! { "rss":
    VERSION_MISSING       = "rss-version-missing",       Error,   "the `rss` element has no version",                                "RSS 2.0, \"What is RSS?\"", "MissingAttribute";
    VERSION_UNKNOWN       = "rss-version-unknown",       Error,   "the RSS version does not exist",                                  "RSS 2.0, \"What is RSS?\"", "InvalidRSSVersion";
    CHANNEL_MISSING       = "rss-channel-missing",       Error,   "the feed has no channel",                                         "RSS 2.0, channel", "MissingElement";
    TITLE_MISSING         = "rss-title-missing",         Error,   "the channel has no title",                                        "RSS 2.0, channel", "MissingTitle";
    LINK_MISSING          = "rss-link-missing",          Error,   "the channel has no link",                                         "RSS 2.0, channel", "MissingLink";
    DESCRIPTION_MISSING   = "rss-description-missing",   Error,   "the channel has no description",                                  "RSS 2.0, channel", "MissingDescription";
    IMAGE_INCOMPLETE      = "rss-image-incomplete",      Error,   "the image lacks a title, a link or a URL",                        "RSS 2.0, image", "MissingElement";
    TEXT_INPUT_INCOMPLETE = "rss-text-input-incomplete", Error,   "the text input lacks a required element",                         "RSS 2.0, textInput", "MissingElement";
    SKIP_EMPTY            = "rss-skip-empty",            Warning, "the list of hours or days to skip is empty",                      "RSS 2.0, skipHours", "MissingElement";
    ITEM_EMPTY            = "rss-item-empty",            Error,   "the item has neither a title nor a description",                  "RSS 2.0, item", "ItemMustContainTitleOrDescription";
    IMAGE_LINK_OTHER      = "rss-image-link-other",      Advice,  "the image's link differs from the channel's link",                "RSS 2.0, image", "ImageLinkDoesntMatch";
    IMAGE_TITLE_OTHER     = "rss-image-title-other",     Advice,  "the image's title differs from the channel's title",              "RSS Advisory Board profile, image", "ImageTitleDoesntMatch";
    IMAGE_FORMAT          = "rss-image-format",          Advice,  "the image is not a GIF, JPEG or PNG file",                        "RSS 2.0, image", "ImageUrlFormat";
    TEXT_INPUT            = "rss-text-input",            Advice,  "the channel has a text input, which readers do not show",         "RSS Advisory Board profile, textInput", "AvoidTextInput";
    DOCTYPE_VERSION       = "rss-doctype-version",       Warning, "the document type is for RSS 0.91, but the feed is not RSS 0.91", "RSS 0.91", "InvalidDoctype";
    DOCTYPE_NETSCAPE      = "rss-doctype-netscape",      Warning, "the document type declaration names a DTD that no longer exists", "RSS 0.91; my.netscape.com", "DeprecatedDTD";
}

/// Checks the root element.
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
            // Versions 0.93 and 0.94 were published between 0.92 and 2.0. Later editions of the RSS 2.0 specification
            // are numbered 2.0.1 and so on, and some feeds use the number of an edition as their version.
            let is_known = matches!(version, "0.91" | "0.92" | "0.93" | "0.94" | "2.0") || version.starts_with("2.0.");
            if !is_known {
                let range = root
                    .attribute("version")
                    .map_or(root.range(), |attribute| attribute.value_range());
                report
                    .add(
                        &VERSION_UNKNOWN,
                        range,
                        format!("there is no RSS version `{}`", excerpt(version)),
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
                "the document type is for RSS 0.91, but the feed is not RSS 0.91",
            )
            .help("remove the document type declaration");
    }
    if system.contains("my.netscape.com/publish/formats/rss-0.91.dtd") {
        report
            .add(
                &DOCTYPE_NETSCAPE,
                doctype.at.clone(),
                "the document type declaration names a DTD that no longer exists",
            )
            .help("remove the document type declaration: RSS 2.0 does not use one");
    }
}

/// Whether the document is RSS 0.9x, which has neither guids nor self links.
pub(super) fn is_old(root: &Element<'_>) -> bool {
    root.value("version").is_some_and(|version| version.starts_with("0.9"))
}

/// Checks that a channel's image has the same link and title as the channel, and a supported format.
pub(super) fn check_image(image: &Element<'_>, report: &mut Collector) {
    let Some(channel) = image.parent() else {
        return;
    };
    let is_same = |name: &str| {
        let text = |element: &Element<'_>| {
            element
                .child(image.ns(), name)
                .map(|child| child.text().trim().to_owned())
        };
        match (text(image), text(&channel)) {
            (Some(image), Some(channel)) => image == channel,
            // A missing title or link is reported by a separate rule.
            _ => true,
        }
    };
    if !is_same("link") {
        let link = image.child(image.ns(), "link").unwrap_or(*image);
        report
            .add(
                &IMAGE_LINK_OTHER,
                link.range(),
                "the image's link differs from the channel's link",
            )
            .help("write the channel's link: readers use the image as a link to the site")
            .about(&link);
    }
    if !is_same("title") {
        let title = image.child(image.ns(), "title").unwrap_or(*image);
        report
            .add(
                &IMAGE_TITLE_OTHER,
                title.range(),
                "the image's title differs from the channel's title",
            )
            .help("write the channel's title: readers use it as the image's alternative text")
            .about(&title);
    }
    if let Some(url) = image.child(image.ns(), "url") {
        let extension = crate::check::grammar::address::extension(url.text().trim());
        // A URL with any other extension may lead to a script that returns an image, but the W3C validator reports such
        // a URL too.
        let supported = ["jpg", "jpeg", "gif", "png"];
        let modern = ["webp", "svg", "avif", "ico"];
        if let Some(extension) = extension.filter(|extension| !supported.contains(&extension.as_str()))
            && (modern.contains(&extension.as_str()) || report.is_w3c())
        {
            report
                .add(&IMAGE_FORMAT, url.range(), format!("the image is a `{extension}` file"))
                .help("use a GIF, JPEG or PNG file; every reader supports these formats")
                .about(&url);
        }
    }
}
