//! An entry's picture as Media RSS, for both XML formats. The crates for RSS and Atom have different types for
//! extensions, so each format converts an [`Element`] to the type of its crate.

use crate::model::Image;

/// The namespace prefix of Media RSS.
pub(super) const PREFIX: &str = "media";
/// The Media RSS namespace. The trailing slash matters, because readers compare namespaces byte by byte.
pub(super) const NAMESPACE: &str = "http://search.yahoo.com/mrss/";

/// A Media RSS element.
pub(super) struct Element {
    pub(super) local_name: &'static str,
    pub(super) text: String,
    pub(super) attributes: Vec<(&'static str, String)>,
    pub(super) children: Vec<Element>,
}

/// A `media:content` element with `medium="image"` and the known properties of the picture.
pub(super) fn content(image: &Image) -> Element {
    // If the media type is unknown, `type` is omitted, but `medium` still tells readers that this is a picture.
    let mut attributes = vec![("url", image.url.to_string()), ("medium", "image".to_owned())];
    attributes.extend(image.media_type.iter().map(|it| ("type", it.as_str().to_owned())));
    let plain = || vec![("type", "plain".to_owned())];
    let children = [
        image.caption.as_ref().map(|it| element("title", it.as_str(), plain())),
        image
            .alt
            .as_ref()
            .map(|it| element("description", it.as_str(), plain())),
        image
            .credit
            .as_ref()
            .map(|it| element("credit", it.as_str(), Vec::new())),
        license(image),
    ];
    Element {
        local_name: "content",
        text: String::new(),
        attributes,
        children: children.into_iter().flatten().collect(),
    }
}

fn license(image: &Image) -> Option<Element> {
    let address = image.license_url.as_ref().map(|it| it.as_str());
    // If a license has no name, its address is used as the name.
    let name = image.license.as_ref().map(|it| it.as_str()).or(address)?;
    let attributes = address.map(|it| vec![("type", "text/html".to_owned()), ("href", it.to_owned())]);
    Some(element("license", name, attributes.unwrap_or_default()))
}

fn element(local_name: &'static str, text: &str, attributes: Vec<(&'static str, String)>) -> Element {
    Element {
        local_name,
        text: text.to_owned(),
        attributes,
        children: Vec::new(),
    }
}
