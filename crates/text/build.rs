//! Checks the English catalog, and generates a Rust type for each of its messages.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "a build script reads and writes files")]

#[path = "src/catalog.rs"]
#[allow(dead_code, reason = "only the crate uses the rest of this module")]
mod catalog;
#[path = "src/error.rs"]
#[allow(dead_code, reason = "only the crate uses the rest of this module")]
mod error;
#[path = "src/markup.rs"]
#[allow(dead_code, reason = "only the crate uses the rest of this module")]
mod markup;
#[path = "src/suggestion.rs"]
mod suggestion;

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use catalog::{Catalog, Entry};
use fluent_syntax::{ast, parser, serializer};

fn main() -> ExitCode {
    match build("text/en.ftl", "messages.rs").and_then(|()| build("tests/example.ftl", "example.rs")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Checks the catalog at `path`, and writes the types of its messages to the file `target` in `OUT_DIR`.
///
/// The crate and its tests include these files.
fn build(path: &str, target: &str) -> Result<(), String> {
    println!("cargo::rerun-if-changed={path}");
    let source = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let name = path.replace("text/", "guide/text/");
    let catalog = Catalog::read(&name, &source);
    let mut errors = catalog.unknown_references(None);
    errors.extend(catalog.errors.iter().cloned());
    if !errors.is_empty() {
        errors.sort_by_key(|error| error.span.start);
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        return Err(format!("the message catalog has errors\n\n{}\n", lines.join("\n")));
    }
    let folder = env::var("OUT_DIR").map_err(|error| format!("OUT_DIR: {error}"))?;
    let file = Path::new(&name).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let resource = parser::parse(source.as_str()).unwrap_or_else(|(resource, _)| resource);
    let types: String =
        catalog.messages().map(|message| rust(&file, &catalog, message, &canonical(&resource, message.id))).collect();
    let target = Path::new(&folder).join(target);
    fs::write(&target, types).map_err(|error| format!("{}: {error}", target.display()))
}

/// Returns the Rust code for a message: its type, and the implementation of `Message`.
fn rust(file: &str, catalog: &Catalog, message: &Entry, pattern: &str) -> String {
    let line = catalog.line(message.span.start);
    let name = message.id.replace('-', "_");
    let fields: Vec<String> = message.variables.iter().map(|variable| variable.name.replace('-', "_")).collect();
    let mut text = format!("/// `{file}:{line}`\n///\n/// ```text\n");
    for line in pattern.trim_end().lines() {
        let _ = writeln!(text, "/// {line}");
    }
    text.push_str("/// ```\n");
    if fields.is_empty() {
        let _ = writeln!(text, "#[derive(Clone, Debug)]\npub struct {name};");
    } else {
        let _ = writeln!(text, "#[derive(Clone, Debug)]\npub struct {name}<'a> {{");
        for (field, variable) in fields.iter().zip(&message.variables) {
            let _ = writeln!(text, "    /// `${}`\n    pub {field}: ::sarcoguide_text::Arg<'a>,", variable.name);
        }
        text.push_str("}\n");
    }
    let of = if fields.is_empty() { name } else { format!("{name}<'_>") };
    let give = if fields.is_empty() { "_" } else { "give" };
    let _ = writeln!(
        text,
        "impl ::sarcoguide_text::Message for {of} {{\n    fn id(&self) -> &'static ::core::primitive::str {{\n        {:?}\n    }}\n\n    fn variables<'s>(&'s self, {give}: &mut dyn FnMut(&'static ::core::primitive::str, &'s ::sarcoguide_text::Arg<'s>)) {{",
        message.id
    );
    for (field, variable) in fields.iter().zip(&message.variables) {
        let _ = writeln!(text, "        give({:?}, &self.{field});", variable.name);
    }
    text.push_str("    }\n}\n\n");
    text
}

/// Returns a message in Fluent's standard formatting, without its comment.
fn canonical(resource: &ast::Resource<&str>, id: &str) -> String {
    let message = resource.body.iter().find_map(|entry| match entry {
        ast::Entry::Message(message) if message.id.name == id => Some(ast::Message { comment: None, ..message.clone() }),
        _ => None,
    });
    message.map(|message| serializer::serialize(&ast::Resource { body: vec![ast::Entry::Message(message)] })).unwrap_or_default()
}
