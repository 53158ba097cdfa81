"""Compares `feedwright check` with expat, Python's XML parser: which mutated feeds are well-formed?

usage: expat.py FEEDWRIGHT [COUNT [SEED]]

The originals are the feeds of this repository, the examples on the rule pages and the documents below. The script
creates COUNT mutants of them (default 100,000), with changes to bytes, tags, entities, encodings and document types.
The same COUNT and SEED produce the same documents on every machine. Every difference must be of a kind in KINDS;
expat.md has the resulting table and explains each kind. Exits with 1 if there is any other difference.
"""

import codecs
import collections
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import xml.parsers.expat as expat

ROOT = pathlib.Path(__file__).resolve().parent.parent
BATCH = 2_000
# Thousands of small files are written and removed, so use a RAM disk if there is one.
RAM_DISK = "/dev/shm" if pathlib.Path("/dev/shm").is_dir() else None

SEEDS = [
    '<?xml version="1.0" standalone="yes"?>\n<!DOCTYPE rss [\n<!ELEMENT rss (channel, (a | b)*, c?)>\n<!ELEMENT p (#PCDATA | em)*>\n'
    '<!ATTLIST rss version CDATA #FIXED "2.0" lang NMTOKEN #IMPLIED kind (x|y) "x">\n<!NOTATION gif PUBLIC "-//gif" "g.gif">\n'
    '<!ENTITY nbsp "&#160;">\n<!ENTITY both "a&nbsp;<em>b</em>">\n<!ENTITY pic SYSTEM "p.gif" NDATA gif>\n<!-- c -->\n<?pi d?>\n]>\n'
    '<rss version="2.0"><channel><title a="&nbsp;">&both; &nbsp;</title></channel></rss>',
    '<!DOCTYPE feed SYSTEM "http://example.org/feed.dtd" [<!ENTITY % more SYSTEM "m.ent"> %more; <!ENTITY e "x">]>\n'
    '<feed xmlns="http://www.w3.org/2005/Atom">&e;&unknown;</feed>',
    '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">\n'
    '<rss version="0.91"><channel><title>&copy; 2001</title></channel></rss>',
    '<!DOCTYPE a [<!ATTLIST a xmlns:b CDATA "urn:b"><!ENTITY x "<b:c d=\'1\'/>">]><a>&x;<b:c b:e="f" e="g"/></a>',
    '<a:b xmlns:a="urn:a" xmlns:c="urn:a" a:x="1" y="2"><c:d xmlns=""/><![CDATA[<&]]]]><![CDATA[>]]><e xml:lang="de"/></a:b>',
    '<?xml version="1.0" encoding="windows-1252"?><rss version="2.0"><channel><title>\x93Caf\xe9\x94</title></channel></rss>',
    '<?xml version="1.0" encoding="ISO-8859-1"?><rss version="2.0"><channel><title>Caf\xe9 \xdf</title></channel></rss>',
    '<?xml version="1.0" encoding="us-ascii"?><rss version="2.0"><channel><title>Caf&#233;</title></channel></rss>',
]

# Text that mutations insert: parts of feeds, and typical damage by generators, editors and transports.
PIECES = """
< > & ' " / = ! ? - -- ; : # % [ ] ]] ]]> <![CDATA[ <!-- --> <!--- ---> <!-- <? ?> <?x?> <?x y?> <?xml?> <?XML ?> <?a:b c?> </ /> <a> </a> <a/> <a
&amp; &lt; &#65; &#x41; &#0; &#1; &#xFFFE; &#xD800; &#x110000; &#65 &a; &amp &nbsp; &a:b; &%a; && xmlns="" xmlns="urn:x" xmlns:p="urn:p" xmlns:p=""
xmlns:xml="urn:x" xmlns:xmlns="urn:x" p:q="r" p: :q p:q:r a="b" a='b' a="<" a="&" a=b a a="b"a="c" xml:space="preserve" xml:x="y"
<!DOCTYPE <!DOCTYPEa> <!ENTITYa"b"> <!ELEMENTaANY> %a; SYSTEM PUBLIC NDATA (#PCDATA) | , * ? encoding="utf-8" encoding="utf-16" encoding="x" version="1.1"
version="2" standalone="yes" standalone="no" {{ {% é € \U0001f600 ¼ · \u0300 \u0132 \u0e3f \u2160 \ud7ff \ufdd0 \u0085 \u2028 \u00a0 \ufeff \ufffd
""".split()
BYTES = [b"\x00", b"\x01", b"\x0b", b"\x1f", b"\x7f", b"\x80", b"\xc0\x80", b"\xc3", b"\xe2\x82", b"\xed\xa0\x80", b"\xef\xbf\xbe", b"\xef\xbf\xbf", b"\xf4\x90\x80\x80", b"\xff", b"\xfe", b"\r", b"\n", b"\r\n", b"\t", b" "]
INSERTS = [piece.encode("utf-8", "surrogatepass") for piece in PIECES] + BYTES
DECLARATIONS = ["", "?utf-8", "?UTF-8", "?utf-16", "?iso-8859-1", "?us-ascii", "?windows-1252", "?koi8-r", "?nonsense"]
DOCTYPES = [
    b"<!DOCTYPE rss>", b'<!DOCTYPE rss SYSTEM "x">', b'<!DOCTYPE rss PUBLIC "a" "b">', b'<!DOCTYPE rss PUBLIC "a">', b"<!DOCTYPE>",
    b'<!DOCTYPE rss [<!ENTITY a "b">]>', b'<!DOCTYPE rss [<!ENTITY a "<b>"><!ENTITY c "&a;">]>', b'<!DOCTYPE rss [<!ENTITY a SYSTEM "b">]>',
    b'<!DOCTYPE rss [<!ENTITY a "&a;">]>', b'<!DOCTYPE rss [<!ENTITY % p "q"> %p;]>', b'<!DOCTYPE rss [<!ATTLIST item a CDATA "1" p:a CDATA "2">]>',
    b'<!DOCTYPE rss [<!ATTLIST title xmlns:p CDATA "urn:p">]>', b"<!DOCTYPE rss [<!ELEMENT rss (a,(b|c)+)>]>", b"<!DOCTYPE rss [<!ELEMENT rss (a,b|c)>]>",
    b'<!DOCTYPE rss [<!NOTATION n SYSTEM "x"><!ENTITY a SYSTEM "y" NDATA n>]>', b"<!DOCTYPE rss [ <!-- c --> <?p i?> ]>", b"<!DOCTYPE rss [",
]

ILL_FORMED = {
    "xml-not-well-formed", "xml-tag-mismatch", "xml-character-forbidden", "xml-declaration-invalid", "xml-declaration-late",
    "xml-entity-undefined", "xml-prefix-undeclared", "xml-namespace-invalid", "xml-attribute-duplicate", "xml-limit-exceeded",
    "xml-encoding-bytes-invalid", "xml-encoding-unknown", "xml-encoding-contradicted",
}  # fmt: skip


def original_documents():
    """The original documents, without large ones."""
    found = [seed.encode("latin-1" if "8859" in seed or "1252" in seed else "utf-8") for seed in SEEDS]
    for folder in (ROOT / "tests" / "data", ROOT / "feeds"):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".xml", ".rss", ".atom", ".rdf", ".opml") and path.stat().st_size < 20_000:
                found.append(path.read_bytes())
    for page in sorted((ROOT / "src" / "check" / "rules").rglob("*.md")):
        for example in re.findall(r"```xml[^\n]*\n(.*?)```", page.read_text(encoding="utf-8"), re.S):
            if not re.match(r"\s*<(\?xml|!DOCTYPE|rss|feed|entry|opml|rdf:RDF)", example):
                example = f'<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">{example}</rss>'
            found.append(example.strip().encode())
    return found


def mutate(bytes_, dice):
    """The document with one to five changes."""
    document = bytearray(bytes_)
    for _ in range(dice.choice((1, 1, 1, 2, 2, 3, 5))):
        kind = dice.random()
        at = dice.randrange(len(document) + 1)
        if kind < 0.30:
            document[at:at] = dice.choice(INSERTS)
        elif kind < 0.45:
            del document[at : at + dice.choice((1, 1, 2, 3, 8, 40))]
        elif kind < 0.55 and at < len(document):
            document[at] = dice.randrange(256)
        elif kind < 0.62:
            start = dice.randrange(len(document) + 1)
            document[at:at] = document[start : start + dice.randrange(60)]
        elif kind < 0.80:
            document = change_tag(document, dice)
        elif kind < 0.86:
            document = change_declaration(document, dice)
        elif kind < 0.92:
            document = add_doctype(document, dice)
        elif kind < 0.93:
            del document[at:]
        elif kind < 0.97:
            document = insert_valid(document, dice)
        else:
            document = reencode(document, dice)
    return bytes(document)


def change_tag(document, dice):
    """Inserts something into or around a tag or a reference, or replaces it."""
    positions = [found.span() for found in re.finditer(rb"<[^<>]*>|&[^;&<]{1,10};|=", bytes(document))]
    if not positions:
        return document
    start, end = dice.choice(positions)
    piece = dice.choice(INSERTS)
    at = dice.choice((start, start + 1, (start + end) // 2, end - 1, end))
    replaced = dice.choice(((start, end), (at, at), (at, at), (at, at + 1)))
    document[replaced[0] : replaced[1]] = piece if dice.random() < 0.5 else b" " + piece + b" "
    return document


def change_declaration(document, dice):
    name = dice.choice(DECLARATIONS)
    text = re.sub(rb"^<\?xml.*?\?>\s*", b"", bytes(document), flags=re.S)
    if not name:
        return bytearray(text)
    quote = dice.choice("\"'")
    return bytearray(f"<?xml version={quote}1.0{quote} encoding={quote}{name[1:]}{quote}?>\n".encode() + text)


def add_doctype(document, dice):
    declaration = re.match(rb"<\?xml.*?\?>", bytes(document), re.S)
    at = declaration.end() if declaration else 0
    document[at:at] = dice.choice(DOCTYPES)
    if dice.random() < 0.6:
        at = bytes(document).rfind(b"</")
        document[max(at, 0) : max(at, 0)] = dice.choice((b"&a;", b"&c;", b"<p:x/>", b'<x a="&a;"/>', b"&b;"))
    return document


def insert_valid(document, dice):
    """Inserts something that is allowed between two tags."""
    positions = [found.start() + 1 for found in re.finditer(b"><|>\\s+<", bytes(document))]
    if positions:
        at = dice.choice(positions)
        document[at:at] = dice.choice((b"<!-- - -->", b"<?p i?>", b"&#65;&amp;", b"<![CDATA[]]]]>", b"<x xmlns='urn:x' a='&lt;'/>", b"\r\n", b"]] >"))
    return document


def reencode(document, dice):
    text = bytes(document).decode("utf-8", "replace")
    if dice.random() < 0.5:
        text = re.sub(r'encoding="[^"]*"', 'encoding="UTF-16"', text, count=1)
    mark = dice.random() < 0.7
    codec = dice.choice(("utf-16-le", "utf-16-be", "utf-8-sig", "latin-1", "cp1252"))
    encoded = text.encode(codec, "replace")
    if codec.startswith("utf-16") and mark:
        encoded = (b"\xff\xfe" if codec.endswith("le") else b"\xfe\xff") + encoded
    return bytearray(encoded)


def by_expat(document):
    """None if the document is well-formed, otherwise the reason why it is not."""
    # Since 2.4.5, expat rejects namespaces that contain the separator, so it is a character that XML always forbids.
    parser = expat.ParserCreate(namespace_separator="\x01")
    try:
        parser.Parse(document, True)
    except expat.ExpatError as error:
        return expat.ErrorString(error.code)
    except (LookupError, ValueError, UnicodeError) as error:
        return f"codec: {type(error).__name__}"
    return None


def is_ill_formed(finding):
    rule, message = finding["rule"], finding["message"]
    if rule == "xml-version-unsupported":
        # XML 1.0 section 2.8: a document of any version 1.x is read as version 1.0. Messages leave out control
        # characters, so if the version in a message is 1.0, the declared version only looks like 1.0. For version "2",
        # the only number of this form in the message is 1.0.
        version = re.search(r"(?<![\w.-])1\.[0-9]+(?![\w.-])", message)
        return version is None or version[0] == "1.0"
    if rule == "xml-entity-external":
        return "where XML does not allow one" in message
    if rule == "feed-format-unknown":
        return "neither XML nor JSON" in message
    return rule in ILL_FORMED or rule.startswith("json-")


def by_feedwright(program, folder, names):
    """The findings that say that a document is not well-formed, by document."""
    command = [program, "check", "--profile", "w3c", "--format", "jsonl", "--fail-on", "never", str(folder)]
    run = subprocess.run(command, capture_output=True, check=False)
    if run.returncode not in (0, 1):
        sys.exit(f"check ended with {run.returncode}: {run.stderr.decode()[-500:]}")
    found = {name: [] for name in names}
    for line in run.stdout.splitlines():
        finding = json.loads(line)
        if is_ill_formed(finding):
            found[pathlib.Path(finding["file"]).name].append(finding)
    return found


def fifth_edition_names():
    """A pattern for the characters that only the fifth edition, which expat does not support, allows in names."""

    def is_accepted(name):
        try:
            expat.ParserCreate().Parse(f"<{name}/>".encode(), True)
        except expat.ExpatError:
            return False
        return True

    plane = [chr(code) for code in range(0x80, 0xFFFE) if not 0xD800 <= code < 0xE000]
    old = {c for c in plane if is_accepted("a" + c)}
    start = "\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
    new = re.compile(f"[{start}\xb7\u0300-\u036f\u203f\u2040]")
    starts = re.compile(f"[{start}]")
    # Includes characters that were allowed only inside a name and may now also begin one.
    added = [c for c in plane if new.match(c) and (c not in old or starts.match(c) and not is_accepted(c))]
    return re.compile("[" + "".join(map(re.escape, added)) + "\U00010000-\U000effff]")


FIFTH_EDITION = fifth_edition_names()


def text_of(document, keeps_declaration=False):
    """The document as text, by default without its declaration. Without a sign of UTF-16, it is decoded as UTF-8."""
    codec = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(document[:2])
    if codec is None and document[:1] == b"<" and document[1:2] == b"\0":
        codec = "utf-16-le"
    if codec is None and document[:2] == b"\0<":
        codec = "utf-16-be"
    text = document.decode(codec or "utf-8", "replace").lstrip("\ufeff")
    return text if keeps_declaration else re.sub(r"^<\?xml\s.*?\?>", "", text, flags=re.S)


def rules_of(findings):
    return {finding["rule"] for finding in findings}


def has_fifth_edition_name(document, reason, findings):
    return not findings and by_expat(FIFTH_EDITION.sub("x", text_of(document)).encode("utf-8", "replace")) is None


def has_other_version(document, reason, findings):
    return reason is None and rules_of(findings) == {"xml-version-unsupported"}


def has_mark_and_other_encoding(document, reason, findings):
    return reason is None and document[:3] == b"\xef\xbb\xbf" and "xml-encoding-contradicted" in rules_of(findings)


def has_encoding_of_python(document, reason, findings):
    name = re.search(r"encoding\s*=\s*[\"']([\w.-]+)", text_of(document, keeps_declaration=True))
    try:
        return reason is None and rules_of(findings) == {"xml-encoding-unknown"} and bool(codecs.lookup(name[1]))
    except (LookupError, TypeError):
        return False


def has_too_many_levels(document, reason, findings):
    deepest, depth = 0, 0

    def start(*_):
        nonlocal deepest, depth
        depth += 1
        deepest = max(deepest, depth)

    def end(*_):
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(document, True)
    except expat.ExpatError:
        return False
    return rules_of(findings) == {"xml-limit-exceeded"} and deepest > 256


# The differences that expat.md explains: the name, and a test of (document, expat's reason or None, our findings).
KINDS = [
    ("an encoding that only Python supports", has_encoding_of_python),
    ("a name with characters of the fifth edition", has_fifth_edition_name),
    ("a version that is not 1.x", has_other_version),
    ("a UTF-8 byte order mark and a different declared encoding", has_mark_and_other_encoding),
    ("more than 256 levels of elements", has_too_many_levels),
]


def kind_of(document, reason, findings):
    for name, test in KINDS:
        if test(document, reason, findings):
            return name
    ours = ", ".join(sorted({finding["rule"] + ": " + finding["message"][:50] for finding in findings})) or "well-formed"
    return f"UNEXPLAINED: expat: {reason or 'well-formed'}; check: {ours}"


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    originals = original_documents()
    differences = collections.Counter()
    examples = {}
    well_formed = 0
    for start in range(0, count, BATCH):
        documents = {}
        for number in range(start, min(start + BATCH, count)):
            dice = random.Random(f"{seed}/{number}")
            documents[f"{number:06}.rss"] = mutate(dice.choice(originals), dice)
        with tempfile.TemporaryDirectory(dir=RAM_DISK) as folder:
            for name, document in documents.items():
                (pathlib.Path(folder) / name).write_bytes(document)
            found = by_feedwright(program, folder, documents)
        for name, document in documents.items():
            reason = by_expat(document)
            well_formed += reason is None
            if (reason is None) != (not found[name]):
                kind = kind_of(document, reason, found[name])
                differences[kind] += 1
                examples.setdefault(kind, (name, document))
    print(f"{expat.EXPAT_VERSION}; {len(originals)} originals, {count} documents; {well_formed} are well-formed according to expat; {sum(differences.values())} differ")
    for kind, number in differences.most_common():
        print(f"| {kind} | {number} |")
        if kind.startswith("UNEXPLAINED"):
            print("   ", examples[kind][0], examples[kind][1][:600])
    sys.exit(any(kind.startswith("UNEXPLAINED") for kind in differences))


if __name__ == "__main__":
    main()
