"""Writes the reference pages of the book from the program: settings, commands, front matter keys and rules.

mdBook runs this script as a preprocessor (https://rust-lang.github.io/mdBook/for_developers/preprocessors.html). It
replaces lines such as `{{reference rules}}`. The environment variable FEEDWRIGHT contains the path of the program; the
default is `target/release/feedwright`.
"""

import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("FEEDWRIGHT", ROOT / "target/release/feedwright")


def run(*arguments):
    environment = {"COLUMNS": "100", "PATH": os.environ["PATH"]}
    done = subprocess.run([PROGRAM, *arguments], cwd="/", env=environment, check=True, capture_output=True, text=True)
    return done.stdout


def configuration():
    """A table for each mapping of the schema, in the order of the schema."""
    schema = json.loads(run("schema"))
    parts, todo, done = [], [("", schema)], set()
    while todo:
        path, mapping = todo.pop(0)
        rows = []
        for key, value in mapping["properties"].items():
            name = f"{path}.{key}" if path else key
            for definition in definitions(value):
                if definition not in done:
                    done.add(definition)
                    suffix = "[]" if "array" in value.get("type", "") else ""
                    todo.append((name + suffix, schema["$defs"][definition]))
            required = " **Required.**" if key in mapping.get("required", []) else ""
            rows.append(f"| `{key}` | {shape(value, schema)} | {cell(value.get('description', ''))}{required} |")
        title = f"## `{path}`" if path else "## Top level"
        description = mapping.get("description", "")
        parts.append("\n".join([title, "", description, "", "| Key | Type | Meaning |", "|---|---|---|", *rows, ""]))
    return "\n".join(parts)


def definitions(value):
    """The names of the mappings in the schema that a value can be, without duplicates."""
    return list(dict.fromkeys(re.findall(r"#/\$defs/(\w+)", json.dumps(value))))


def shape(value, schema):
    """`string`, `list of strings`, `mapping` … : the JSON types that a value can have, without null."""
    if "$ref" in value:
        return shape(schema["$defs"][value["$ref"].rsplit("/", 1)[1]], schema)
    if "anyOf" in value or "oneOf" in value:
        shapes = [shape(part, schema) for part in value.get("anyOf") or value["oneOf"]]
        return " or ".join(dict.fromkeys(part for part in shapes if part))
    if "enum" in value:
        return " or ".join(f"`{choice}`" for choice in value["enum"] if choice is not None)
    types = value.get("type", "string")
    types = [types] if isinstance(types, str) else types
    names = {"object": "mapping", "array": "list", "boolean": "true or false", "integer": "number"}
    return " or ".join(names.get(name, name) for name in types if name != "null")


def cell(text):
    return " ".join(text.split()).replace("|", "\\|")


def commands():
    """The help of every command, as the program prints it."""
    listed = re.search(r"\nCommands:\n(.*?)\n\n", run("--help"), re.S).group(1)
    names = re.findall(r"^  (\w+)", listed, re.M)
    parts = [f"## feedwright {name}\n\n```text\n{run(name, '--help').strip()}\n```\n" for name in names if name != "help"]
    return "\n".join(parts)


def front_matter():
    """The keys of each field, from the files that the extractor reads, in the same order."""
    folder = ROOT / "src/extract/keys"
    parts = []
    for name in re.findall(r'include_str!\("names/(\w+)\.txt"\)', (folder / "table.rs").read_text("utf-8")):
        keys = (folder / f"names/{name}.txt").read_text("utf-8").split("|")
        keys = [", ".join(f"`{key}`" for key in part.split()) for part in keys]
        parts.append(f"**{name.replace('_', ' ')}**: {'; '.join(keys)}\n")
    return "\n".join(parts)


def rules():
    """The pages of all rules, grouped by the first word of the id."""
    pages = {path.stem: path for path in (ROOT / "src").rglob("*.md")}
    listed = re.findall(r"^(\S+)\s+(error|warning|advice)\s+(.*)$", run("rule"), re.M)
    groups = {}
    for rule, severity, title in listed:
        groups.setdefault(rule.split("-")[0], []).append((rule, severity, title))
    parts = ["| Group | Rules |", "|---|---|"]
    for name, group in groups.items():
        parts.append(f"| `{name}-` | {', '.join(f'[{rule}](#{rule})' for rule, _, _ in group)} |")
    for name, group in groups.items():
        for rule, severity, title in group:
            parts.append(f"\n## {rule}\n\n*{severity}*: {title}.\n\n{page(pages[rule])}")
    return "\n".join(parts)


def page(path):
    """A rule's page without its title, with headings and info strings adapted to a section of a chapter."""
    text = path.read_text("utf-8").split("\n", 1)[1].strip()
    text = re.sub(r"^## (.*)$", r"**\1**", text, flags=re.M)
    return re.sub(r"^```(\w+) .*$", r"```\1", text, flags=re.M)


def expand(text):
    def replace(match):
        kind, name = match.group(1), match.group(2)
        if kind == "page":
            return page(next((ROOT / "src").rglob(f"{name}.md"))).split("**Bad**")[0]
        return {"configuration": configuration, "commands": commands, "front-matter": front_matter, "rules": rules}[kind]()

    text = re.sub(r"^\{\{reference ([\w-]+) ?([\w-]*)\}\}$", replace, text, flags=re.M)
    # The test suite writes such a block to the file. On the page, the file's name is shown above the block.
    return re.sub(r"^```(\w+),file=(.*)$", r"`\2`:\n\n```\1", text, flags=re.M)


def expand_chapters(items):
    for item in items:
        if isinstance(item, dict) and "Chapter" in item:
            item["Chapter"]["content"] = expand(item["Chapter"]["content"])
            expand_chapters(item["Chapter"]["sub_items"])


if __name__ == "__main__":
    if sys.argv[1:2] != ["supports"]:
        _, book = json.load(sys.stdin)
        expand_chapters(book.get("items") or book["sections"])
        json.dump(book, sys.stdout)
