//! Cleans pictures: removes tracking pixels, and finds the addresses of pictures that a script would load.

use crate::html::{address, policy, policy::Value, tree::Element};

use super::{
    escape,
    value::{self, number},
    writer::Writer,
};

impl Writer<'_> {
    pub(super) fn image(&mut self, element: &Element) {
        let alt = element.attribute("alt").map(crate::text::collapse);
        if is_pixel(element) {
            return self.note("tracking pixel".to_owned());
        }
        if !self.keeps_pictures() {
            self.note("img element".to_owned());
            return escape(&alt.unwrap_or_default(), &mut self.out);
        }
        let picture = picture_source(element);
        let address = picture
            .src
            .and_then(|src| address::resource(src, self.base).or_else(|| address::embedded_picture(src)));
        let set = picture.srcset.and_then(|set| address::source_set(set, self.base));
        let Some(address) = address else {
            if let Some(src) = picture.src.filter(|src| !address::is_placeholder(src)) {
                self.note_value("src", Value::Resource, src);
            }
            // The alternative text is more useful than a broken picture.
            return escape(alt.as_deref().unwrap_or_default(), &mut self.out);
        };
        self.out.push_str("<img");
        self.attribute("src", &address);
        if let Some(set) = set {
            self.attribute("srcset", &set);
        }
        for (attribute, raw) in element.attributes() {
            match policy::value("img", attribute) {
                _ if matches!(attribute, "src" | "srcset") => {}
                Some(kind) => {
                    if let Some(value) = value::read(kind, raw, self.base, &self.targets) {
                        self.attribute(attribute, &value);
                    }
                }
                None if policy::is_active(attribute) => self.note(format!("{attribute} attribute")),
                None => {}
            }
        }
        self.out.push('>');
    }
}

/// Whether the picture is a tracking pixel, whose only purpose is to tell a server that the entry was opened. Miniflux
/// removes tracking pixels too.
fn is_pixel(element: &Element) -> bool {
    let is_tiny = |name| {
        element
            .attribute(name)
            .and_then(|v| number(v.trim()))
            .is_some_and(|n| n == "0" || n == "1")
    };
    is_tiny("width") || is_tiny("height")
}

/// The addresses of a picture.
pub(crate) struct PictureSource<'e> {
    /// The main address. Readers use it if there is no `srcset`, or if they do not support `srcset`.
    pub(crate) src: Option<&'e str>,
    /// The addresses of the picture in different sizes, in `srcset` syntax.
    pub(crate) srcset: Option<&'e str>,
}

/// Returns the addresses of a picture. If the page loads its pictures lazily, `src` is only a placeholder until a
/// script loads the real picture. In that case, the addresses that the script would load are returned.
///
/// Feed readers do not run the script, so they would show only the placeholder.
pub(crate) fn picture_source(element: &Element) -> PictureSource<'_> {
    let first = |names: &[&str]| {
        names
            .iter()
            .filter_map(|name| element.attribute(name))
            // A value that starts with a brace or bracket is a template or JSON for the script, not an address.
            .find(|v| !v.trim().is_empty() && !v.trim_start().starts_with(['{', '[']))
    };
    let src = element.attribute("src").filter(|src| !address::is_placeholder(src));
    // lazysizes and vanilla-lazyload read `data-src`, Jetpack reads `data-lazy-src`, and jQuery Lazy Load reads
    // `data-original`.
    let lazy = first(&[
        "data-src",
        "data-lazy-src",
        "data-original",
        "data-lazy",
        "data-orig-src",
        "data-lazyload",
        "data-url",
    ]);
    let srcset = element
        .attribute("srcset")
        // Some pages also put a placeholder picture in `srcset`.
        .filter(|set| !set.trim().is_empty() && !set.trim_start().starts_with("data:"));
    let srcset = srcset.or_else(|| first(&["data-srcset", "data-lazy-srcset"]));
    let from_set = || srcset.and_then(|set| address::candidates(set).next().map(|(address, _)| address));
    PictureSource {
        // The file name of a real picture can look like that of a placeholder, so `src` is used if there is no other
        // address.
        src: src.or(lazy).or_else(from_set).or_else(|| element.attribute("src")),
        srcset,
    }
}
