#!/usr/bin/env python3
"""List what the `sarcoguide` command is built from, as third-party notices or as a software bill of materials.

    tools/dependencies.py notices           write THIRD-PARTY-NOTICES.md
    tools/dependencies.py notices --check   fail if that file is out of date
    tools/dependencies.py sbom              print a CycloneDX 1.5 bill of materials as JSON

Both cover every crate that is linked into the command on any platform, and the fonts that it embeds. Crates that are used only to build or
test the command aren't included. Needs cargo and Python 3.11 or newer, and no packages from PyPI.
"""

import argparse
import collections
import difflib
import json
import os
import pathlib
import re
import subprocess
import sys
import tomllib
import uuid

ROOT = pathlib.Path(__file__).resolve().parent.parent
NOTICES = ROOT / "THIRD-PARTY-NOTICES.md"
COMMAND = "sarcoguide"

# The fonts that a crate embeds under a different license than its own. `file` is the path of that license in the crate.
EMBEDDED = {
    "dejavu": {
        "name": "DejaVu Sans",
        "version": "2.37",
        "license": "Bitstream-Vera",
        "file": "assets/dejavu-fonts-ttf-2.37/LICENSE",
        "home": "https://dejavu-fonts.github.io",
    },
}

# If a crate offers a choice of licenses, we use the first of these that it offers.
PREFERRED = ["MIT", "Apache-2.0", "BSD-3-Clause", "Zlib", "Unlicense"]


def metadata():
    """Return the output of `cargo metadata` for all platforms. Cargo downloads the crates that it doesn't have yet."""
    command = ["cargo", "metadata", "--locked", "--format-version", "1"]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)


def linked(graph):
    """Return the command's package, and a dict from the ID of each package linked into it to the package and the IDs that it links to."""
    packages = {package["id"]: package for package in graph["packages"]}
    nodes = {node["id"]: node for node in graph["resolve"]["nodes"]}

    def has_target(package, kind, name=None):
        return any(kind in target["kind"] and name in (None, target["name"]) for target in package["targets"])

    members = [packages[member] for member in graph["workspace_members"]]
    [command] = [package for package in members if has_target(package, "bin", COMMAND)]
    links, waiting = {}, [command["id"]]
    while waiting:
        package = waiting.pop()
        if package in links:
            continue
        links[package] = sorted(
            dependency["pkg"]
            for dependency in nodes[package]["deps"]
            if any(kind["kind"] is None for kind in dependency["dep_kinds"])
            and not has_target(packages[dependency["pkg"]], "proc-macro")
        )
        waiting.extend(links[package])
    order = sorted(links, key=lambda id: (packages[id]["name"], packages[id]["version"]))
    return command, {id: (packages[id], links[id]) for id in order}


def expression(package):
    """Return the license of a package as an SPDX expression. Older crates write `/` instead of `OR`."""
    return re.sub(r"\s*/\s*", " OR ", package["license"] or "NOASSERTION")


def used_under(license):
    """Return the licenses in an SPDX expression that we use: one license of each choice (`OR`), and every license joined by `AND`."""
    parts = license.split(" AND ")
    if len(parts) > 1:
        return " AND ".join(used_under(part.strip("() ")) for part in parts)
    offered = license.split(" OR ")
    return next((known for known in PREFERRED if known in offered), license)


def license_files(package, license):
    """Return the license texts of a package for `license`, and its notices.

    If no license file is named after `license`, a file without a license name counts, such as `LICENSE`, or else all license files. All files count
    if `license` joins several licenses with `AND`.
    """
    folder = pathlib.Path(package["manifest_path"]).parent
    names = re.compile(r"(licen[cs]e|copying|unlicense|notice)", re.I)
    found = sorted(path for path in folder.iterdir() if path.is_file() and names.match(path.name))
    words = {word for part in license.split(" AND ") for word in [part.split("-")[0].lower()]}
    named = [path for path in found if words & set(re.split(r"[^a-z]+", path.name.lower()))]
    plain = [path for path in found if path.name.lower().removesuffix(".txt").removesuffix(".md") in ("license", "licence", "copying")]
    notices = [path for path in found if path.name.lower().startswith("notice")]
    chosen = (named or plain or found) + notices
    if "AND" in license:
        chosen = found
    return list(dict.fromkeys(path.read_text(encoding="utf-8", errors="replace") for path in chosen))


def tidy(text):
    """Return a license text without carriage returns, tabs, trailing spaces, and blank lines around it."""
    return "\n".join(line.rstrip() for line in text.replace("\r", "").expandtabs().strip("\n").split("\n"))


def fenced(text):
    return f"```text\n{text}\n```\n"


def notices(graph):
    """Return the text of THIRD-PARTY-NOTICES.md."""
    _, packages = linked(graph)
    texts = collections.defaultdict(list)
    rows, without = [], []
    for package, _ in packages.values():
        if package["source"] is None:
            continue
        title = f"{package['name']} {package['version']}"
        license = used_under(expression(package))
        rows.append(f"| {package['name']} | {package['version']} | {expression(package)} | {package['repository'] or ''} |")
        files = license_files(package, license)
        if not files:
            without.append((title, license, ", ".join(package["authors"]) or "the authors named in its repository"))
        for text in files:
            texts[" ".join(text.split())].append((title, tidy(text)))
    out = [
        "# Third-party notices",
        "",
        "The `sarcoguide` command contains the crates and fonts below. `tools/dependencies.py notices` writes this file.",
        "Where a crate offers a choice of licenses, we use it under the first of these that it offers: " + ", ".join(PREFERRED) + ".",
        "",
        "## Fonts",
        "",
    ]
    for package, _ in packages.values():
        if font := EMBEDDED.get(package["name"]):
            text = (pathlib.Path(package["manifest_path"]).parent / font["file"]).read_text(encoding="utf-8")
            out += [f"### {font['name']} {font['version']}", "", f"Embedded in PDF documents. From <{font['home']}>.", "", fenced(tidy(text))]
    out += ["## Crates", "", "| crate | version | license | repository |", "|---|---|---|---|", *rows, "", "## License texts", ""]
    for _, entries in sorted(texts.items(), key=lambda item: (-len(item[1]), item[1][0])):
        crates = ", ".join(sorted({title for title, _ in entries}))
        out += [f"### {crates}", "", fenced(entries[0][1])]
    if without:
        out += ["## Crates without a license text", "", "They are used under the license that they declare.", ""]
        out += [f"- {title}: {license}, by {authors}" for title, license, authors in without] + [""]
        if any(license == "MIT" for _, license, _ in without):
            ours = (ROOT / "LICENSE-MIT").read_text(encoding="utf-8")
            out += ["### MIT", "", fenced(tidy(ours[ours.index("Permission is hereby granted"):]))]
    return "\n".join(out)


def checksums():
    """Return the SHA-256 of each package from the registry, by name and version."""
    lock = tomllib.loads((ROOT / "Cargo.lock").read_text(encoding="utf-8"))
    return {(package["name"], package["version"]): package.get("checksum") for package in lock["package"]}


def commit_time():
    """Return the time of the checked-out commit, or None outside of a repository."""
    command = ["git", "log", "-1", "--format=%cd", "--date=format-local:%Y-%m-%dT%H:%M:%SZ"]
    found = subprocess.run(command, cwd=ROOT, env={**os.environ, "TZ": "UTC"}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return found.stdout.strip() or None


def sbom(graph):
    """Return a CycloneDX 1.5 bill of materials. It is always the same for the same commit."""
    command, packages = linked(graph)
    sums = checksums()

    def reference(package):
        registry = "pkg:cargo/" if package["source"] else ""
        return f"{registry}{package['name']}@{package['version']}"

    def component(package):
        entry = {
            "type": "application" if package is command else "library",
            "bom-ref": reference(package),
            "name": package["name"],
            "version": package["version"],
            "licenses": [{"expression": expression(package)}],
        }
        # Our own crates aren't published, so a package URL would name someone else's crate.
        if package["source"]:
            entry["purl"] = reference(package)
        if package["description"]:
            entry["description"] = " ".join(package["description"].split())
        if checksum := sums.get((package["name"], package["version"])):
            entry["hashes"] = [{"alg": "SHA-256", "content": checksum}]
        if package["repository"]:
            entry["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
        return entry

    components = [component(package) for package, _ in packages.values() if package is not command]
    depends = {reference(package): sorted({reference(packages[id][0]) for id in to}) for package, to in packages.values()}
    for package, _ in packages.values():
        if font := EMBEDDED.get(package["name"]):
            name = f"font:{font['name'].replace(' ', '-')}@{font['version']}"
            depends[reference(package)] = sorted([*depends[reference(package)], name])
            depends[name] = []
            components.append({
                "type": "file",
                "bom-ref": name,
                "name": font["name"],
                "version": font["version"],
                "licenses": [{"license": {"id": font["license"]}}],
                "externalReferences": [{"type": "website", "url": font["home"]}],
            })
    about = {"tools": {"components": [{"type": "application", "name": "tools/dependencies.py"}]}, "component": component(command)}
    if time := commit_time():
        about = {"timestamp": time, **about}
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": about,
        "components": components,
        "dependencies": [{"ref": ref, "dependsOn": to} for ref, to in sorted(depends.items())],
    }
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(document, sort_keys=True))
    return {"$schema": document.pop("$schema"), "bomFormat": document.pop("bomFormat"), "specVersion": document.pop("specVersion"),
            "serialNumber": f"urn:uuid:{serial}", **document}


def main():
    parser = argparse.ArgumentParser(description="What the sarcoguide command is built from.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("notices", help="write THIRD-PARTY-NOTICES.md").add_argument(
        "--check", action="store_true", help="change nothing; fail if the file is out of date")
    commands.add_parser("sbom", help="print a CycloneDX 1.5 bill of materials")
    options = parser.parse_args()
    graph = metadata()
    if options.command == "sbom":
        print(json.dumps(sbom(graph), indent=2))
        return
    text = notices(graph)
    if not options.check:
        NOTICES.write_text(text, encoding="utf-8")
        return
    old = NOTICES.read_text(encoding="utf-8") if NOTICES.exists() else ""
    if old != text:
        changes = list(difflib.unified_diff(old.splitlines(), text.splitlines(), "THIRD-PARTY-NOTICES.md", "expected", lineterm="", n=0))
        print("\n".join(changes[:40]), file=sys.stderr)
        sys.exit("THIRD-PARTY-NOTICES.md is out of date: run `python3 tools/dependencies.py notices` and commit the file")


if __name__ == "__main__":
    main()
