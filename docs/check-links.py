"""Checks the local links in the built book: each must lead to a file that exists, and each fragment to an id in it.

`python3 docs/check-links.py target/book` prints the broken links and exits with 1 if there are any. Needs no network.
"""

import html.parser
import pathlib
import sys
import urllib.parse


class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.links, self.ids = [], set()
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name in ("href", "src") and value:
                self.links.append(value)
            if name in ("id", "name") and value:
                self.ids.add(value)


def main(folder):
    pages = {path: Page(path) for path in folder.rglob("*.html") if path.name not in ("print.html", "404.html", "toc.html")}
    links = broken = 0
    for path, page in pages.items():
        for link in page.links:
            url = urllib.parse.urlsplit(link)
            if url.scheme or url.netloc:
                continue
            links += 1
            target = (path.parent / urllib.parse.unquote(url.path)).resolve() if url.path else path
            fragment = urllib.parse.unquote(url.fragment)
            if not target.exists() or fragment and target in pages and fragment not in pages[target].ids:
                print(f"{path.relative_to(folder)}: {link}")
                broken += 1
    print(f"{len(pages)} pages, {links} local links, {broken} broken")
    return 1 if broken or not links else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
