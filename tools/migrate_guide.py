#!/usr/bin/env python3
"""Rename the keys of a guide folder to those that the compiler reads now, and define what was once built into it.

    python3 tools/migrate_guide.py GUIDE_FOLDER...

Of what is there, only keys change: never a string, a comment or a value, but for `values_from`. Lines whose `=` stood in one column still do.
The folder `histologies/` becomes `types/`. A `terms.toml` without [[measure]], [[route]] or [[setting]] gets those that its treatments use, named
after their ids, and marks for the first and last timing and the first strength: what was true of these places. A signature in `[review]` that was
valid before the renaming gets the digest of the renamed file; one that was not stays as it is. A second run changes nothing.
Exit code 1: a file is no TOML, or has a key by both names; it is left as it was. Needs Python 3.11.
"""

import hashlib
import re
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

# Files of a guide, the table in which the key stands, the old key, the new key.
RENAMED = [
    ("guide.toml", (), "nothing_due", "no_treatment_indicated"),
    ("cases/*.toml", (), "nothing_due", "no_treatment_indicated"),
    ("terms.toml", ("modality",), "around", "supportive"),
    ("vocabulary/*.toml", (), "never", "mutually_exclusive"),
    ("vocabulary/*.toml", ("fact",), "found", "where_to_find"),
    ("glossary.toml", ("term",), "also", "synonyms"),
    ("team.toml", ("member",), "site_when", "when"),
    ("types/*.toml", (), "also", "synonyms"),
    ("effects/*.toml", (), "also", "synonyms"),
    ("treatments/*/*.toml", (), "also", "synonyms"),
    ("treatments/*/*.toml", (), "day_0", "index_date"),
    ("treatments/*/*.toml", ("phase",), "day_0", "index_date"),
    ("treatments/*/*.toml", (), "test_first", "required_test"),
    ("treatments/*/*.toml", ("availability",), "area", "jurisdiction"),
    ("treatments/*/*.toml", ("indication",), "left_out", "exclusions"),
    ("treatments/*/*.toml", ("effect",), "how_often", "frequency"),
    ("treatments/*/*.toml", ("effect",), "lasting", "duration"),
    ("symptoms.toml", (), "small_words", "stop_words"),
    ("symptoms.toml", (), "own_words", "exact_words"),
    ("symptoms.toml", (), "denials", "negations"),
    ("symptoms.toml", (), "sign", "recognized_sign"),
    ("symptoms.toml", (), "at_least", "urgency_floor"),
]

BARE = re.compile(r"[A-Za-z0-9_-]+")


class Keys:
    """Finds every key of a TOML text, with the names of the tables around it."""

    def __init__(self, text):
        self.text, self.at, self.found = text, 0, []
        table = ()
        while self.blank(lines=True):
            if self.text.startswith("[", self.at):
                double = self.text.startswith("[[", self.at)
                self.at += 2 if double else 1
                table = self.key(())
                self.expect("]]" if double else "]")
            else:
                self.pair(table)

    def blank(self, lines):
        """Skips blanks and comments; whether anything follows."""
        while self.at < len(self.text):
            if self.text[self.at] == "#":
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            elif self.text[self.at] in (" \t\r\n\ufeff" if lines else " \t"):
                self.at += 1
            else:
                return True
        return False

    def expect(self, what):
        self.blank(lines=False)
        if not self.text.startswith(what, self.at):
            raise ValueError(f"line {self.line()}: `{what}` is missing")
        self.at += len(what)

    def line(self):
        return self.text.count("\n", 0, self.at) + 1

    def key(self, table):
        """Reads a key, dots and all, and gives the path of the table that it names."""
        while True:
            self.blank(lines=False)
            start = self.at
            if self.text[start : start + 1] in ('"', "'"):
                self.string()
                name = self.text[start + 1 : self.at - 1]
                self.found.append((start + 1, table, name))
            else:
                match = BARE.match(self.text, start)
                if not match:
                    raise ValueError(f"line {self.line()}: a key is missing")
                self.at, name = match.end(), match.group()
                self.found.append((start, table, name))
            table = (*table, name)
            self.blank(lines=False)
            if not self.text.startswith(".", self.at):
                return table
            self.at += 1

    def pair(self, table):
        table = self.key(table)
        self.expect("=")
        self.value(table)

    def value(self, table):
        self.blank(lines=True)
        first = self.text[self.at : self.at + 1]
        if first in ('"', "'"):
            self.string()
        elif first in ("[", "{"):
            end = "]" if first == "[" else "}"
            self.at += 1
            while self.blank(lines=True) and self.text[self.at] != end:
                if self.text[self.at] == ",":
                    self.at += 1
                elif first == "[":
                    self.value(table)
                else:
                    self.pair(table)
            self.expect(end)
        else:
            match = re.compile(r"[^\s,\]}#]+").match(self.text, self.at)
            if not match:
                raise ValueError(f"line {self.line()}: a value is missing")
            self.at = match.end()

    def string(self):
        quote = self.text[self.at]
        marks = quote * 3 if self.text.startswith(quote * 3, self.at) else quote
        self.at += len(marks)
        while not self.text.startswith(marks, self.at):
            if self.at >= len(self.text):
                raise ValueError("a string is not closed")
            self.at += 2 if quote == '"' and self.text[self.at] == "\\" else 1
        self.at += len(marks)
        # A string may end in up to two quotes of its own.
        while len(marks) == 3 and self.text.startswith(quote, self.at):
            self.at += 1


def kept_aligned(old, new):
    """The new lines, those that stood with their `=` in one column set so again."""
    pair = re.compile(r"([\w.-]+)( *)=")
    old, new = old.split("\n"), new.split("\n")
    start = 0
    while start < len(old):
        end = start
        columns = []
        while end < len(old) and (match := pair.match(old[end])):
            columns.append(match.end())
            end += 1
        padded = any(pair.match(line).group(2) != " " for line in old[start:end])
        if end - start > 1 and padded and len(set(columns)) == 1 and old[start:end] != new[start:end]:
            wide = max(len(pair.match(line).group(1)) for line in new[start:end])
            column = max(columns[0] - 1, wide + 1)
            for place in range(start, end):
                match = pair.match(new[place])
                new[place] = match.group(1).ljust(column) + new[place][match.end() - 1 :]
        start = max(end, start + 1)
    return "\n".join(new)


def values(part):
    """All values of a parsed file, in its order."""
    if isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from values(inner)
    else:
        yield part


def signed_digest(text):
    """The digest of what a reviewer signs: the file up to the line of `[review]`."""
    part = re.split(r"(?m)^\[review\]", text, maxsplit=1)[0]
    return hashlib.sha256(part.replace("\r\n", "\n").encode()).hexdigest()


def migrated(path, text):
    """The new text of a file of a guide, and what was changed as (line, old, new)."""
    renamed = {(table, old): new for files, table, old, new in RENAMED if fnmatch(path, files) and path.count("/") == files.count("/")}
    if not renamed:
        return text, []
    keys = Keys(text).found
    changes = [(at, table, name, renamed[table, name]) for at, table, name in keys if (table, name) in renamed]
    if not changes:
        return text, []
    new = text
    for at, _, name, name_now in reversed(changes):
        new = new[:at] + name_now + new[at + len(name) :]
    try:
        tomllib.loads(new)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"a table has a key both by its old and by its new name: {error}") from error
    aligned = kept_aligned(text, new)
    new = aligned if list(values(tomllib.loads(aligned))) == list(values(tomllib.loads(text))) else new
    before, after = signed_digest(text), signed_digest(new)
    lines = [(text.count("\n", 0, at) + 1, name, name_now) for at, _, name, name_now in changes]
    return re.sub(rf'(?m)^(digest\s*=\s*"){before}"', rf'\g<1>{after}"', new), lines


def uses(folder, part, key):
    """What treatments name under a key of a part, in order."""
    found = set()
    for file in folder.glob("treatments/*/*.toml"):
        found.update(entry[key] for entry in tomllib.loads(file.read_text()).get(part, []) if key in entry)
    return sorted(found - {"none"})


def defined(folder, text):
    """The text of `terms.toml` with what was once built into the compiler, and what was added."""
    terms = tomllib.loads(text)
    added = []
    for kind, part in (("measure", "outcome"), ("route", "administration"), ("setting", "administration")):
        for name in [] if kind in terms else uses(folder, part, kind):
            words = name.replace("_free_", "-free ").replace("_", " ")
            text = text.rstrip("\n") + f'\n\n[[{kind}]]\nid   = "{name}"\nname = "{words[:1].upper() + words[1:]}"\n'
            added.append(kind)

    def mark(kind, place, key):
        nonlocal text
        entries = terms.get(kind, [])
        if entries and "course" not in entries[place] and not any(key in entry for entry in entries):
            at = [match.end() for match in re.finditer(rf"(?m)^\[\[{kind}\]\].*\n", text)][place]
            text = text[:at] + f"{key} = true\n" + text[at:]
            added.append(key)

    if added:
        mark("timing", 0, "start")
        mark("timing", -1, "end")
        mark("strength", 0, "main")
    tomllib.loads(text)
    return text, added


def restructured(folder):
    """Moves the folder of types, and completes `terms.toml` and the fact that takes its values from the types."""
    old, new = folder / "histologies", folder / "types"
    if old.is_dir() and new.exists():
        raise ValueError("both `histologies/` and `types/` are there")
    if old.is_dir():
        old.rename(new)
        print(f"{folder}: histologies/ -> types/")
    for file in [*folder.glob("vocabulary/*.toml"), folder / "terms.toml"]:
        if not file.is_file():
            continue
        text = file.read_bytes().decode()
        if file.name == "terms.toml":
            changed, added = defined(folder, text)
        else:
            changed, count = re.subn(r'(?m)^(\s*values_from\s*=\s*)"histologies"', r'\1"types"', text)
            added = ["values_from"] * count
        if added:
            temporary = file.with_name(file.name + ".migrating")
            temporary.write_bytes(changed.encode())
            temporary.replace(file)
        for key in dict.fromkeys(added):
            print(f"{folder}: {file.name}: {key} ({added.count(key)})")


def main(folders):
    failed = False
    for folder in map(Path, folders):
        if not folder.is_dir():
            sys.exit(f"migrate_guide: `{folder}` is not a folder")
        try:
            restructured(folder)
        except (ValueError, tomllib.TOMLDecodeError) as error:
            print(f"{folder}: left alone: {error}", file=sys.stderr)
            failed = True
            continue
        counts, files = {}, 0
        for file in sorted(folder.rglob("*.toml")):
            try:
                # Line ends stay as they are.
                text = file.read_bytes().decode()
                new, changes = migrated(file.relative_to(folder).as_posix(), text)
            except (ValueError, IndexError) as error:
                print(f"{file}: left alone: {error}", file=sys.stderr)
                failed = True
                continue
            if changes:
                temporary = file.with_name(file.name + ".migrating")
                temporary.write_bytes(new.encode())
                temporary.replace(file)
                files += 1
            for _, old, name in changes:
                counts[old, name] = counts.get((old, name), 0) + 1
        for (old, name), count in sorted(counts.items()):
            print(f"{folder}: {old} -> {name} ({count})")
        print(f"{folder}: {files} files changed")
    return int(failed)


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
