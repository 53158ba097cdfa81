//! The form in which the addresses of entries are compared.

use std::collections::BTreeMap;

/// The hosts of a site, used to compare addresses.
///
/// A site may move to another host or to https, so the scheme and the site's own hosts are ignored. The hosts of other
/// sites are compared, because the entries of a link blog may link to home pages, which differ only in their hosts. The
/// fragment is compared too, because a one-page site has entries such as `/#a` and `/#b`.
#[derive(Debug, Clone, Default)]
pub struct Addresses {
    hosts: Vec<String>,
}

impl Addresses {
    /// The hosts of a site that has, or had, these home pages.
    pub fn new<'a>(home_pages: impl IntoIterator<Item = &'a str>) -> Self {
        let hosts = home_pages.into_iter().map(|page| split(page).0);
        Addresses {
            hosts: hosts.filter(|host| !host.is_empty()).collect(),
        }
    }

    /// The hosts of a site whose home page may be unknown. If no home page is known, a host counts as the site's host
    /// if more than half of the links have it, because most entries of a feed usually link to the feed's own site.
    pub fn from_links<'a>(home_pages: impl IntoIterator<Item = &'a str>, links: &[&str]) -> Self {
        let mut addresses = Addresses::new(home_pages);
        if addresses.hosts.is_empty() {
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            for link in links {
                *counts.entry(split(link).0).or_default() += 1;
            }
            let common = counts
                .into_iter()
                .filter(|(host, count)| !host.is_empty() && count * 2 > links.len());
            addresses.hosts.extend(common.map(|(host, _)| host));
        }
        addresses
    }

    /// Adds the hosts of another site, or of the same site under another address.
    #[must_use]
    pub fn and(mut self, other: Addresses) -> Self {
        self.hosts.extend(other.hosts);
        self
    }

    /// Whether an address is on another site.
    pub fn is_elsewhere(&self, address: &str) -> bool {
        let (host, _) = split(address.trim());
        !host.is_empty() && !self.hosts.contains(&host)
    }

    /// The address without its scheme, a leading `www.` and trailing slashes, and without its host if that host belongs
    /// to the site; `None` if the address is empty.
    pub fn normalize(&self, address: &str) -> Option<String> {
        let address = address.trim();
        if address.is_empty() {
            return None;
        }
        let (host, rest) = split(address);
        let (path, fragment) = rest
            .split_once('#')
            .map_or((rest, None), |(path, fragment)| (path, Some(fragment)));
        let mut normal = match self.hosts.contains(&host) {
            true => String::new(),
            false => host,
        };
        normal.push_str(path.trim_end_matches('/'));
        if let Some(fragment) = fragment {
            normal.push('#');
            normal.push_str(fragment);
        }
        Some(normal)
    }
}

/// The host in lowercase without `www.`, and the rest of the address. The host is empty if the address has no host.
fn split(address: &str) -> (String, &str) {
    let Some((_, rest)) = address.split_once("://") else {
        return (String::new(), address);
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = rest[..end].to_ascii_lowercase();
    (host.strip_prefix("www.").unwrap_or(&host).to_owned(), &rest[end..])
}
