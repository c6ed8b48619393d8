#!/usr/bin/env python3
"""Rename the old keys in a guide folder, and add the definitions that used to be built into the compiler.

Usage:

    python3 tools/migrate_guide.py GUIDE_FOLDER...

- Strings, comments and values don't change, except `values_from`, the times of phases, and renamed places in `accepted.toml`. If the `=` of
  neighboring lines were in one column, they still are.
- The folder `histologies/` becomes `types/`.
- If `terms.toml` has no [[measure]], [[route]] or [[setting]], the script adds those that the treatments use, with their IDs as names. It also
  marks the first and last timing and the first strength, because the compiler used to give these places a meaning.
- Phases with a time get a `timing`, which replaces the time. So do schedules and durations that have only one meaning, but their words stay.
  The calendar uses `timing`.
- If a file was signed in `[review]` and its digest was correct, the digest is updated. An incorrect digest doesn't change.

A second run changes nothing. The exit code is 1 if a file isn't valid TOML or has a key under both names; that file isn't changed. Needs
Python 3.11.
"""

import hashlib
import re
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

# For each renamed key: the files, the table that contains the key, the old key and the new key.
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

# Old and new beginnings of the place names in the key `where` of `accepted.toml`.
RENAMED_PLACES = [("nothing due ", "no treatment indicated ")]

BARE = re.compile(r"[A-Za-z0-9_-]+")


class Keys:
    """Finds every key in a TOML text, with the names of the tables that contain it."""

    def __init__(self, text):
        self.text, self.at, self.found, self.ends = text, 0, [], {}
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
        """Skip spaces and comments (and line breaks, if `lines` is true). Return whether anything follows."""
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
        """Read a key, including a dotted key, and return the path of the table that it names."""
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
        first = len(self.found)
        table = self.key(table)
        self.expect("=")
        self.value(table)
        # For the position of each pair's key: the position where its value ends.
        self.ends[self.found[first][0]] = self.at

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
        # A multiline string may end with up to two quotes that belong to its content.
        while len(marks) == 3 and self.text.startswith(quote, self.at):
            self.at += 1


def kept_aligned(old, new):
    """Return the new text. Where the old lines had their `=` in one column, the new lines do too."""
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


def matches(path, pattern):
    """Return whether the path of a guide file matches a pattern. `*` matches any characters except `/`."""
    return fnmatch(path, pattern) and path.count("/") == pattern.count("/")


def values(part):
    """Yield all values of a parsed file, in the order of the file."""
    if isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from values(inner)
    else:
        yield part


def signed_digest(text):
    """Return the digest of the text that a reviewer signs: the file up to the line `[review]`."""
    part = re.split(r"(?m)^\[review\]", text, maxsplit=1)[0]
    return hashlib.sha256(part.replace("\r\n", "\n").encode()).hexdigest()


UNITS = {"days": "d", "weeks": "wk", "months": "mo", "years": "a"}


def number(words):
    """Return `3 weeks` as (3, "week"), or None if the number isn't from 1 to 65,535."""
    match = re.fullmatch(r"([0-9]+) (.+)", words.strip())
    return (int(match[1]), match[2].removesuffix("s")) if match and 0 < int(match[1]) < 65536 else None


def some_days(words):
    """Return `3 weeks` as (3, "wk", 21): the number, the unit and the days. Return None if it is more than 366 days."""
    count, unit = number(words) or (0, "")
    days = count * {"day": 1, "week": 7}.get(unit, 0)
    return (count, {"day": "d", "week": "wk"}[unit], days) if 0 < days <= 366 else None


def rhythm(words):
    """Return the `timing` fields of a schedule whose words have only one meaning, or None for any other schedule."""
    words = words.strip()
    hours = re.fullmatch(r"over (.*?) hours, (.*)", words)
    words = (hours[2] if hours else words).removesuffix(" in trials")
    found = repeated(words)
    # If a dose takes more than a day, leave its hours out. The calendar then shows the first day, as before.
    if found and "period" in found and "duration" not in found and hours and re.fullmatch("[1-9]|1[0-9]|2[0-4]", hours[1]):
        return found | each(int(hours[1]), "h")
    return found


def each(lasts, unit):
    return {"duration": lasts, "duration_unit": unit}


def every(count, unit, times=1):
    return {"frequency": times, "period": count, "period_unit": unit}


def repeated(words):
    if words in ("once", "one dose"):
        return {"count": 1}
    known = {"every day": (1, "d"), "once a day": (1, "d"), "twice a day": (1, "d", 2), "once a week": (1, "wk"), "every week": (1, "wk")}
    if words in known:
        return every(*known[words])
    if words.removeprefix("once a day, ") in ("Monday through Friday", "5 days a week"):
        return every(1, "d") | {"day_of_week": ["mon", "tue", "wed", "thu", "fri"]}
    parts = words.removesuffix(" off").split(", then ", 1)
    if words.endswith(" off") and len(parts) == 2:
        often, _, length = parts[0].partition(" for ")
        base = rhythm(often) or {}
        step = {(1, "d"): 1, (7, "d"): 7, (1, "wk"): 7}.get((base.get("period"), base.get("period_unit")))
        on, off = some_days(length), some_days(parts[1])
        if not step or not on or not off or "day_of_week" in base:
            return None
        if base["frequency"] != 1 or "days_of_cycle" in base or "duration" in base:
            raise ValueError(f"`{words}` has several times a day or several days in a row; write its `timing` by hand (docs/guide-format.md), and run this again")
        # Keep the unit of the source if both parts have the same unit.
        cycle = (on[0] + off[0], on[1]) if on[1] == off[1] else (on[2] + off[2], "d")
        days = list(range(1, on[2] + 1, step))
        return every(*cycle) | (each(*on[:2]) if step == 1 else {"days_of_cycle": days})
    if words.startswith("every "):
        cycle = some_days(words.removeprefix("every "))
        return every(*cycle[:2]) if cycle else None
    match = re.fullmatch(r"days? (.*?) of every (.*)", words)
    cycle = some_days(match[2]) if match else None
    rows = [re.fullmatch(r"([0-9]+)(?: to ([0-9]+))?", row) for row in match[1].replace(" and ", ", ").split(", ")] if cycle else [None]
    if not all(rows):
        return None
    rows = [(int(row[1]), int(row[2] or row[1])) for row in rows]
    flat = [day for row in rows for day in row]
    if flat != sorted(flat) or any(last >= first for (_, last), (first, _) in zip(rows, rows[1:])) or rows[0][0] < 1 or flat[-1] > cycle[2]:
        return None
    lengths = {last - first + 1 for first, last in rows}
    if len(lengths) > 1:
        raise ValueError(f"`{words}` has rows of different lengths; write its `timing` by hand (docs/guide-format.md), and run this again")
    start = {} if rows == [(1, rows[0][1])] else {"days_of_cycle": [first for first, _ in rows]}
    return every(*cycle[:2]) | start | (each(lengths.pop(), "d") if lengths != {1} else {})


def part_timing(entry):
    """Return the `timing` of a phase from its old keys. It is empty if the phase has no time."""
    unit = next((unit for unit in UNITS if unit in entry), None)
    if unit is None:
        return {}
    match = re.fullmatch(r"(?:(about|within|at least|at most) )?(?:from (-?[0-9]+)|(-?[0-9]+)(?: to (-?[0-9]+))?)", entry[unit].strip())
    if not match:
        raise ValueError(f"`{unit} = \"{entry[unit]}\"` of a phase isn't a time")
    precision, begins, first, last = match.groups()
    start = int(begins or first)
    end = {} if begins else {"end": int(last or first)}
    timing = {"bounds_period": {"start": start} | end | {"unit": UNITS[unit]}}
    if precision:
        timing["precision"] = precision.replace(" ", "_")
    timing |= {key: entry[key] for key in ("index_date", "until") if key in entry}
    return timing | (rhythm(entry.get("schedule", "")) or {})


def way_timing(entry):
    """Return the `timing` of an administration. It is empty if the words have more than one meaning."""
    found = rhythm(entry.get("schedule", ""))
    words = entry.get("duration")
    if not found or words is None or words.strip().startswith("until "):
        return found or {}
    rounds = re.fullmatch(r"(up to )?([0-9]+) cycles(?: .*)?", words.strip())
    if rounds and 0 < int(rounds[2]) <= 1000 and "period" in found and "day_of_week" not in found:
        return found | {"count_max" if rounds[1] else "count": int(rounds[2])}
    count, unit = number(words) or (0, "")
    unit = UNITS.get(f"{unit}s")
    return {"bounds_duration": {"value": count, "unit": unit}} | found if count and unit else {}


def written(value):
    """Return a value as TOML on one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {written(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, str):
        return '"' + "".join(f"\\u{ord(c):04X}" if ord(c) < 32 or ord(c) == 127 else {"\\": "\\\\", '"': '\\"'}.get(c, c) for c in value) + '"'
    return str(value)


def timed(text):
    """Return the text of a treatment with a `timing` for its phases and administrations, and the changes as (line, old, new)."""
    keys, parsed = Keys(text), tomllib.loads(text)
    entries, counts = [], {"phase": 0, "administration": 0}
    for at, table, name in keys.found:
        if table == () and name in counts and at in keys.ends:
            raise ValueError(f"line {line_of(text, at)}: write [[{name}]], not a list")
        if table == () and name in counts:
            entries.append((name, parsed[name][counts[name]], {}))
            counts[name] += 1
        elif entries and table == (entries[-1][0],):
            entries[-1][2][name] = at
    edits, lines = [], []
    for name, entry, places in entries:
        phase = name == "phase"
        timing = {} if "timing" in entry else part_timing(entry) if phase else way_timing(entry)
        if not timing:
            continue
        anchor = next(key for key in (UNITS if phase else ("duration", "schedule")) if key in entry)
        at, end = places[anchor], keys.ends[places[anchor]]
        column = re.compile(r"[^=]*").match(text, at).end() - at
        line = f"{'timing'.ljust(column - 1)} = {written(timing)}" if column > 6 else f"timing = {written(timing)}"
        lines.append((line_of(text, at), "times" if phase else "schedule", "timing"))
        if phase:
            edits.append((at, end, line))
            for key in ("index_date", "until"):
                if key in entry:
                    edits.append(whole_line(text, places[key], keys.ends[places[key]]))
            continue
        indent = text[text.rfind("\n", 0, at) + 1 : at]
        newline = text.find("\n", end)
        newline = len(text) if newline < 0 else newline
        cut = newline - 1 if text[newline - 1] == "\r" else newline
        edits.append((cut, cut, f"{text[cut:newline]}\n{indent}{line}"))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    tomllib.loads(text)
    return text, lines


def line_of(text, at):
    return text.count("\n", 0, at) + 1


def whole_line(text, at, end):
    """Return the edit that removes a pair, and also its line if nothing else is on it."""
    start, newline = text.rfind("\n", 0, at) + 1, text.find("\n", end)
    newline = len(text) if newline < 0 else newline + 1
    alone = not (text[start:at] + text[end:newline]).strip()
    return (start, newline, "") if alone else (at, end, "")


def migrated(path, text):
    """Return the new text of a guide file, and the changes as (line, old, new)."""
    renamed = {(table, old): new for files, table, old, new in RENAMED if matches(path, files)}
    new, lines = migrated_keys(text, renamed)
    if matches(path, "treatments/*/*.toml"):
        new, times = timed(new)
        lines += times
    if path == "accepted.toml":
        new, places = with_new_places(new)
        lines += places
    return signed_again(text, new), lines


def signed_again(text, new):
    """Return the new text. If the old text had a correct digest in `[review]`, it is replaced with the digest of the new text."""
    before, after = signed_digest(text), signed_digest(new)
    return re.sub(rf'(?m)^(digest\s*=\s*"){before}"', rf'\g<1>{after}"', new)


def with_new_places(text):
    """Return the text of `accepted.toml` with the new place names in `where`, and the changes as (line, old, new)."""
    keys, lines = Keys(text), []
    wheres = [at for at, table, name in keys.found if name == "where" and table in (("accepted",), ("accepted", "also"))]
    for at in reversed(wheres):
        end = keys.ends[at]
        places = text[at:end]
        for old, new in RENAMED_PLACES:
            places, count = re.subn(rf"""(["']){old}""", rf"\g<1>{new}", places)
            lines += [(line_of(text, at), f"place `{old.strip()}`", f"`{new.strip()}`")] * count
        text = text[:at] + places + text[end:]
    return text, lines


def migrated_keys(text, renamed):
    """Return the text with its keys renamed, and the changes as (line, old, new)."""
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
    return new, [(line_of(text, at), name, name_now) for at, _, name, name_now in changes]


def uses(folder, part, key):
    """Return the sorted values, except `none`, that treatments have for `key` in their `part` tables."""
    found = set()
    for file in folder.glob("treatments/*/*.toml"):
        found.update(entry[key] for entry in tomllib.loads(file.read_bytes().decode()).get(part, []) if key in entry)
    return sorted(found - {"none"})


def defined(folder, text):
    """Return the text of `terms.toml` with the definitions that used to be built into the compiler, and the names of what was added."""
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
    """Rename the folder of types, complete `terms.toml`, and update the fact that takes its values from the types."""
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
                # Read bytes, so that line endings don't change.
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
