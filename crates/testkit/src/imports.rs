//! Finds import cycles among the files of a crate.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The path of a module within its crate, which is empty for the crate root.
type Module = Vec<String>;

/// A name in a `use`, or a path in the code.
#[derive(Debug, PartialEq)]
struct Import {
    path: Vec<String>,
    /// The name that the import has in this file. `None` for a path in the code and for `*`.
    name: Option<String>,
    /// Whether this is a re-export (`pub use`).
    is_export: bool,
}

/// Files of a crate that import one another, directly or indirectly. Maps each file to the files of the cycle that
/// it imports.
pub type Cycle = BTreeMap<String, BTreeSet<String>>;

/// Finds the import cycles among the files in a crate's `src` folder.
///
/// A path counts as an import of the file that defines the item, not of a file that only re-exports it with `pub use`. Everything in a file after
/// the first `#[cfg(test)]` is ignored.
///
/// # Panics
///
/// If a file or folder can't be read.
#[must_use]
pub fn cycles(source_folder: &Path) -> Vec<Cycle> {
    let mut files = BTreeMap::new();
    gather(source_folder, &Module::new(), &mut files);
    let edges = edges(&files);
    let reached: BTreeMap<&Module, BTreeSet<&Module>> = edges.keys().map(|start| (start, reachable(&edges, start))).collect();
    let mut cycles: Vec<Cycle> = Vec::new();
    let mut seen = BTreeSet::new();
    for module in edges.keys() {
        let cycle: BTreeSet<&Module> = reached[module].iter().copied().filter(|other| reached[*other].contains(module)).collect();
        if cycle.len() > 1 && cycle.iter().all(|module| seen.insert(*module)) {
            let within = |module: &&Module| {
                let targets = edges[*module].iter().filter(|target| cycle.contains(target));
                (shown(module), targets.map(shown).collect())
            };
            cycles.push(cycle.iter().map(within).collect());
        }
    }
    cycles
}

/// Returns the name of a module in the result.
fn shown(module: &Module) -> String {
    if module.is_empty() { "(root)".to_owned() } else { module.join("::") }
}

/// Returns the modules that `start` imports, directly or indirectly.
fn reachable<'e>(edges: &'e BTreeMap<Module, BTreeSet<Module>>, start: &Module) -> BTreeSet<&'e Module> {
    let mut found = BTreeSet::new();
    let mut pending: Vec<&Module> = edges[start].iter().collect();
    while let Some(module) = pending.pop() {
        if found.insert(module) {
            pending.extend(&edges[module]);
        }
    }
    found
}

/// Collects the modules that have their own file, with the text of the file.
fn gather(folder: &Path, module: &Module, into: &mut BTreeMap<Module, String>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("the folder entry should be readable").path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let child: Module = module.iter().cloned().chain([stem.clone()]).collect();
        if path.is_dir() {
            gather(&path, &child, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let is_root = module.is_empty() && ["lib", "main"].contains(&stem.as_str());
            let named = if is_root || stem == "mod" { module.clone() } else { child };
            let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            into.entry(named).or_default().push_str(&text);
        }
    }
}

/// For each module, returns the modules that it imports.
fn edges(files: &BTreeMap<Module, String>) -> BTreeMap<Module, BTreeSet<Module>> {
    let imports: BTreeMap<&Module, Vec<Import>> = files.iter().map(|(module, text)| (module, imports(text))).collect();
    let targets = |module: &Module| {
        let used = imports[module].iter().filter(|import| !import.is_export);
        used.filter_map(|import| defining(&imports, module, &import.path, 0)).filter(|target| target != module).collect()
    };
    files.keys().map(|module| (module.clone(), targets(module))).collect()
}

/// Returns the module whose file defines the item that `path` refers to in `module`, or `None` if the item is from another crate.
fn defining(imports: &BTreeMap<&Module, Vec<Import>>, module: &Module, path: &[String], depth: usize) -> Option<Module> {
    let mut base = module.clone();
    let mut rest = path;
    while let Some((first, others)) = rest.split_first() {
        match first.as_str() {
            "crate" => base.clear(),
            "self" => {}
            "super" => {
                base.pop();
            }
            _ => break,
        }
        rest = others;
    }
    let is_relative = rest.len() < path.len();
    let child = |base: &Module, name: &String| base.iter().cloned().chain([name.clone()]).collect::<Module>();
    if !is_relative && !rest.first().is_some_and(|first| imports.contains_key(&child(&base, first))) {
        return None;
    }
    while let Some((first, others)) = rest.split_first() {
        let inner = child(&base, first);
        if !imports.contains_key(&inner) {
            break;
        }
        base = inner;
        rest = others;
    }
    let re_export = rest.first().and_then(|name| imports[&base].iter().find(|import| import.name.as_ref() == Some(name)));
    match re_export.filter(|_| depth < 8 && base != *module) {
        Some(import) => defining(imports, &base, &import.path, depth + 1),
        None => Some(base),
    }
}

/// Splits Rust source into identifiers and punctuation. Comments, string literals and everything after the first `#[cfg(test)]` are left out.
fn tokens(text: &str) -> Vec<&str> {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let until = |end: &str, from: usize| rest[from..].find(end).map_or(rest.len(), |place| from + place + end.len());
        let length = if rest.starts_with("//") {
            until("\n", 2)
        } else if rest.starts_with("/*") {
            until("*/", 2)
        } else if rest.starts_with("r#\"") {
            until("\"#", 3)
        } else if c == '"' {
            let mut escaped = false;
            let end = rest[1..].find(|c| {
                let ends = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            });
            end.map_or(rest.len(), |end| end + 2)
        } else if rest.starts_with("'\"'") {
            3
        } else if rest.starts_with("'\\") {
            until("'", 3)
        } else if c.is_alphanumeric() || c == '_' {
            let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
            found.push(&rest[..end]);
            end
        } else if rest.starts_with("::") {
            found.push("::");
            2
        } else {
            if !c.is_whitespace() {
                found.push(&rest[..c.len_utf8()]);
            }
            c.len_utf8()
        };
        at += length;
    }
    found
}

/// Returns the imports and paths in Rust source.
fn imports(text: &str) -> Vec<Import> {
    let tokens = tokens(text);
    let is_word = |token: &str| token.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let before = at.checked_sub(1).map(|before| tokens[before]);
        if tokens[at] == "use" {
            let is_export = matches!(before, Some("pub" | ")"));
            at += 1;
            tree(&tokens, &mut at, &[], is_export, &mut found);
        } else if is_word(tokens[at]) && before != Some("::") && tokens.get(at + 1) == Some(&"::") {
            let mut path = vec![tokens[at].to_owned()];
            while tokens.get(at + 1) == Some(&"::") && tokens.get(at + 2).is_some_and(|next| is_word(next)) {
                path.push(tokens[at + 2].to_owned());
                at += 2;
            }
            found.push(Import { path, name: None, is_export: false });
            at += 1;
        } else {
            at += 1;
        }
    }
    found
}

/// Reads a `use` tree up to the token that ends it, which isn't consumed.
fn tree(tokens: &[&str], at: &mut usize, prefix: &[String], is_export: bool, found: &mut Vec<Import>) {
    let mut path = prefix.to_vec();
    let mut name = None;
    while let Some(token) = tokens.get(*at) {
        *at += 1;
        match *token {
            "{" => {
                loop {
                    tree(tokens, at, &path, is_export, found);
                    *at += 1;
                    if tokens.get(*at - 1) != Some(&",") {
                        break;
                    }
                }
                path.clear();
            }
            "," | ";" | "}" => {
                *at -= 1;
                break;
            }
            "::" => {}
            "*" => name = None,
            "as" => {
                name = tokens.get(*at).map(|&alias| alias.to_owned());
                *at += 1;
            }
            "self" if !path.is_empty() => {}
            word => {
                path.push(word.to_owned());
                name = Some(word.to_owned());
            }
        }
    }
    if path.len() > prefix.len() || (!path.is_empty() && name.is_some()) {
        found.push(Import { path, name, is_export });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the modules that can reach themselves, as one cycle, or nothing if there are none.
    fn cycles_in(files: &[(&str, &str)]) -> Vec<Cycle> {
        let files = files.iter().map(|(path, text)| {
            let module = path.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect();
            (module, (*text).to_owned())
        });
        let edges = edges(&files.collect());
        let reached = |start: &Module| reachable(&edges, start);
        let cycle = |module: &&Module| reached(module).contains(*module);
        let names = edges.keys().filter(cycle).map(|module| (shown(module), edges[module].iter().map(shown).collect()));
        let cycle: Cycle = names.collect();
        if cycle.is_empty() { Vec::new() } else { vec![cycle] }
    }

    #[test]
    fn a_cycle_is_found_with_every_form_of_import() {
        for (a, b) in [
            ("use crate::b::B;", "use crate::a::A;"),
            ("use crate::{c::C, b::{self, B as Other}};", "fn b() { crate::a::f() }"),
            ("use super::b;", "use super::{a};"),
            ("fn f() { format!(\"{}\", crate::b::g()) }", "use crate::A;"),
            ("const Q: char = '\"'; use crate::b::B;", "const Q: char = '\\''; fn b() { super::a::f() }"),
        ] {
            let found = cycles_in(&[("", "mod a; mod b; pub use a::A; pub use b::*;"), ("a", a), ("b", b), ("c", "")]);
            let names: Vec<&String> = found.iter().flat_map(BTreeMap::keys).collect();
            assert_eq!(names, ["a", "b"], "{a} {b}");
        }
    }

    #[test]
    fn re_exports_comments_strings_and_tests_do_not_count_as_imports() {
        for (root, a, b) in [
            ("mod a; mod b; pub use a::A;", "use crate::b::B;", "use std::fmt;"),
            (
                "mod a; mod b; pub use a::A;",
                "use crate::b::B;",
                "// use crate::a::A;\n/* crate::a::A */ const T: &str = \"crate::a\";",
            ),
            ("mod a; mod b; pub use a::A;", "use crate::b::B;", "#[cfg(test)]\nmod tests { use crate::a::A; }"),
        ] {
            assert_eq!(cycles_in(&[("", root), ("a", a), ("b", b)]), [], "{b}");
        }
    }

    #[test]
    fn a_parent_and_its_child_are_a_cycle_only_if_each_uses_the_other() {
        assert_eq!(cycles_in(&[("", "mod a; use a::A;"), ("a", "pub struct A;")]), []);
        assert_eq!(cycles_in(&[("", "mod a; fn f() { a::f() }"), ("a", "use super::g;")]).len(), 1);
    }
}
