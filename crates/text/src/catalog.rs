//! Reads a file of messages: finds its messages, the variables and references that they use, and errors.
//!
//! The build script also includes this file.

use std::collections::BTreeMap;
use std::ops::Range;

use fluent_syntax::ast::{self, Expression, InlineExpression, PatternElement};
use fluent_syntax::parser;

use crate::error::{Problem, TextError};
use crate::markup::Tags;
use crate::suggestion::suggestion;

/// The attribute with the variant of a message for a person who asks for someone else. Messages have no other attributes.
pub const FOR_SOMEONE_ELSE: &str = "for-someone-else";

/// The maximum depth of nested braces or parentheses. The Fluent parser is recursive, so deep nesting could overflow the stack.
const MAX_DEPTH: usize = 16;

/// The maximum number of placeables (expressions in braces) that Fluent formats in one message, including referenced messages and terms.
const MAX_PLACEABLES: usize = 100;

/// A file of messages.
pub struct Catalog<'s> {
    file: &'s str,
    source: &'s str,
    /// The byte offset of the start of each line.
    lines: Vec<usize>,
    /// The index in `entries` of each ID.
    indexes: BTreeMap<&'s str, usize>,
    /// The messages and terms, in the order of the file. If an ID occurs twice, only the first entry is kept.
    pub entries: Vec<Entry<'s>>,
    /// The errors that can be found without other files. References to unknown messages aren't among them; see [`Catalog::unknown_references`].
    pub errors: Vec<TextError>,
}

/// A message or a term.
pub struct Entry<'s> {
    /// The ID; for a term, it begins with `-`.
    pub id: &'s str,
    /// The byte range of the ID.
    pub span: Range<usize>,
    /// The variables, each listed once, in the order of their first use.
    pub variables: Vec<Variable<'s>>,
    /// The references to messages and terms.
    pub references: Vec<Reference<'s>>,
    /// The number of placeables, without those of referenced messages and terms.
    placeables: usize,
    /// The byte ranges of the text between placeables.
    pub texts: Vec<Range<usize>>,
}

/// A variable of an entry.
pub struct Variable<'s> {
    /// The name without `$`.
    pub name: &'s str,
    /// The byte range of the name at its first use.
    pub span: Range<usize>,
}

/// A reference to a message or a term.
pub struct Reference<'s> {
    /// The ID of the message or term; for a term, it begins with `-`.
    pub name: &'s str,
    /// The byte range of the reference.
    pub span: Range<usize>,
}

impl Entry<'_> {
    /// Whether this is a term. The program never shows a term itself; messages and other terms refer to it.
    pub fn is_term(&self) -> bool {
        self.id.starts_with('-')
    }
}

impl<'s> Catalog<'s> {
    /// Reads a file named `file` with the content `source`. If the file has errors, reads as much of it as possible, and lists them in `errors`.
    pub fn read(file: &'s str, source: &'s str) -> Self {
        let lines = std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut catalog = Self { file, source, lines, indexes: BTreeMap::new(), entries: Vec::new(), errors: Vec::new() };
        if let Some(at) = too_deep(source) {
            catalog.report(at..at + 1, Problem::TooDeep);
            return catalog;
        }
        // Fluent's parser doesn't accept a byte order mark.
        let text = source.strip_prefix('\u{feff}').unwrap_or(source);
        let shift = source.len() - text.len();
        let resource = parser::parse(text).unwrap_or_else(|(resource, errors)| {
            for error in errors {
                let start = source.floor_char_boundary(error.pos.start + shift);
                let end = source.ceil_char_boundary(error.pos.end + shift).max(start);
                let why = error.kind.to_string();
                let mut letters = why.chars();
                let why = letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters);
                catalog.report(start..end, Problem::Syntax(why.collect::<String>().replace('"', "`")));
            }
            resource
        });
        for entry in &resource.body {
            match entry {
                ast::Entry::Message(message) => catalog.message(message),
                ast::Entry::Term(term) => catalog.term(term),
                _ => {}
            }
        }
        catalog.check_references_within();
        catalog.errors.sort_by_key(|error| error.span.start);
        catalog
    }

    /// Returns the entry with this ID.
    pub fn get(&self, id: &str) -> Option<&Entry<'s>> {
        self.indexes.get(id).map(|index| &self.entries[*index])
    }

    /// Returns the messages, without the terms.
    pub fn messages(&self) -> impl Iterator<Item = &Entry<'s>> {
        self.entries.iter().filter(|entry| !entry.is_term())
    }

    /// Returns the line number of a byte offset, from 1.
    pub fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|start| *start <= at)
    }

    /// Creates an error at a byte range of this file.
    pub fn error(&self, span: Range<usize>, problem: Problem) -> TextError {
        TextError { file: self.file.to_owned(), line: self.line(span.start), span, problem }
    }

    fn report(&mut self, span: Range<usize>, problem: Problem) {
        let error = self.error(span, problem);
        self.errors.push(error);
    }

    /// Returns an error for each reference to a message or term that neither this file nor `others` contains.
    pub fn unknown_references(&self, others: Option<&Catalog>) -> Vec<TextError> {
        let ids: BTreeMap<&str, ()> =
            self.entries.iter().chain(others.iter().flat_map(|others| &others.entries)).map(|entry| (entry.id, ())).collect();
        let references = self.entries.iter().flat_map(|entry| &entry.references);
        let unknown = references.filter(|reference| !ids.contains_key(reference.name));
        let error = |reference: &Reference| {
            let same_kind = ids.keys().copied().filter(|id| id.starts_with('-') == reference.name.starts_with('-'));
            let problem = Problem::UnknownReference {
                name: reference.name.to_owned(),
                suggestion: suggestion(reference.name, same_kind).map(str::to_owned),
            };
            self.error(reference.span.clone(), problem)
        };
        unknown.map(error).collect()
    }

    fn message(&mut self, message: &ast::Message<&'s str>) {
        let id = message.id.name;
        let span = self.span(id);
        if !is_name(id) || KEYWORDS.contains(&id) {
            self.report(span.clone(), Problem::BadName(id.to_owned()));
        }
        let (variants, others): (Vec<_>, Vec<_>) =
            message.attributes.iter().partition(|attribute| attribute.id.name == FOR_SOMEONE_ELSE);
        if let Some(attribute) = others.first() {
            self.report(self.span(attribute.id.name), Problem::Attribute(id.to_owned()));
        }
        match &message.value {
            Some(pattern) => self.entry(id, span, std::iter::once(pattern).chain(variants.iter().map(|variant| &variant.value))),
            None => self.report(span, Problem::NoText(id.to_owned())),
        }
    }

    fn term(&mut self, term: &ast::Term<&'s str>) {
        let name = self.span(term.id.name);
        let span = name.start - 1..name.end;
        let id = &self.source[span.clone()];
        if !is_name(term.id.name) {
            self.report(span.clone(), Problem::BadName(id.to_owned()));
        }
        let attributes = term.attributes.iter().map(|attribute| &attribute.value);
        self.entry(id, span, std::iter::once(&term.value).chain(attributes));
    }

    fn entry<'p>(&mut self, id: &'s str, span: Range<usize>, patterns: impl Iterator<Item = &'p ast::Pattern<&'s str>>)
    where
        's: 'p,
    {
        if let Some(first) = self.get(id) {
            let first = self.line(first.span.start);
            self.report(span, Problem::DuplicateId { id: id.to_owned(), first });
            return;
        }
        let mut entry = Entry { id, span, variables: Vec::new(), references: Vec::new(), placeables: 0, texts: Vec::new() };
        for pattern in patterns {
            self.pattern(&mut entry, pattern, None);
        }
        self.indexes.insert(id, self.entries.len());
        self.entries.push(entry);
    }

    /// Reads a text. `outer` is the name of the tag around it, if any.
    fn pattern(&mut self, entry: &mut Entry<'s>, pattern: &ast::Pattern<&'s str>, outer: Option<&'static str>) {
        let mut open: Option<(&'static str, Range<usize>)> = None;
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => {
                    let span = self.span(value);
                    if value.contains(crate::markup::is_reserved) {
                        self.report(span.clone(), Problem::ReservedCharacter);
                    }
                    for tag in Tags::of(value) {
                        let at = span.start + tag.span.start..span.start + tag.span.end;
                        let Some(name) = tag.known else {
                            let written = value[tag.span].to_owned();
                            self.report(at, Problem::UnknownTag(written));
                            continue;
                        };
                        match (&open, tag.closes) {
                            (None, false) if outer.is_none() => open = Some((name, at)),
                            (_, false) => self.report(at, Problem::NestedTag(name.to_owned())),
                            (Some((other, _)), true) if *other == name => open = None,
                            (_, true) => self.report(at, Problem::NotOpen(name.to_owned())),
                        }
                    }
                    entry.texts.push(span);
                }
                PatternElement::Placeable { expression } => {
                    entry.placeables += 1;
                    self.expression(entry, expression, outer.or(open.as_ref().map(|(name, _)| *name)));
                }
            }
        }
        if let Some((name, at)) = open {
            self.report(at, Problem::NotClosed(name.to_owned()));
        }
    }

    fn expression(&mut self, entry: &mut Entry<'s>, expression: &Expression<&'s str>, outer: Option<&'static str>) {
        match expression {
            Expression::Inline(inline) => self.inline(entry, inline),
            Expression::Select { selector, variants } => {
                self.selector(entry, selector);
                for variant in variants {
                    self.pattern(entry, &variant.value, outer);
                }
            }
        }
    }

    fn inline(&mut self, entry: &mut Entry<'s>, inline: &InlineExpression<&'s str>) {
        match inline {
            InlineExpression::VariableReference { id } if entry.is_term() => {
                self.report(self.span(id.name), Problem::TermNotConstant);
            }
            InlineExpression::VariableReference { id } => self.variable(entry, id.name),
            InlineExpression::MessageReference { id, attribute } => {
                let span = self.span(id.name);
                if entry.is_term() {
                    self.report(span, Problem::TermNotConstant);
                } else if attribute.is_some() {
                    self.report(span, Problem::Attribute(id.name.to_owned()));
                } else {
                    entry.references.push(Reference { name: id.name, span });
                }
            }
            InlineExpression::TermReference { id, .. } => self.term_reference(entry, id.name),
            InlineExpression::StringLiteral { value } => {
                if fluent_syntax::unicode::unescape_unicode_to_string(value).contains(crate::markup::is_reserved) {
                    self.report(self.span(value), Problem::ReservedCharacter);
                }
            }
            InlineExpression::FunctionReference { id, .. } => {
                self.report(self.span(id.name), Problem::Function(id.name.to_owned()));
            }
            InlineExpression::NumberLiteral { value } => self.report(self.span(value), Problem::Expression),
            InlineExpression::Placeable { .. } => self.report(entry.span.clone(), Problem::Expression),
        }
    }

    fn selector(&mut self, entry: &mut Entry<'s>, selector: &InlineExpression<&'s str>) {
        match selector {
            // References to a term set its variables: `{ -term(case: "genitive") }`.
            InlineExpression::VariableReference { .. } if entry.is_term() => {}
            InlineExpression::VariableReference { id } => self.variable(entry, id.name),
            InlineExpression::TermReference { id, .. } => self.term_reference(entry, id.name),
            InlineExpression::FunctionReference { id, arguments } => {
                let ordinal = |named: &ast::NamedArgument<&str>| {
                    named.name.name == "type" && matches!(named.value, InlineExpression::StringLiteral { .. })
                };
                match arguments.positional.as_slice() {
                    [InlineExpression::VariableReference { id: variable }]
                        if id.name == "NUMBER" && arguments.named.iter().all(ordinal) && !entry.is_term() =>
                    {
                        self.variable(entry, variable.name);
                    }
                    _ => self.report(self.span(id.name), Problem::Function(id.name.to_owned())),
                }
            }
            _ => self.report(entry.span.clone(), Problem::Expression),
        }
    }

    fn variable(&mut self, entry: &mut Entry<'s>, name: &'s str) {
        let span = self.span(name);
        if !is_name(name) || KEYWORDS.contains(&name) {
            self.report(span.clone(), Problem::BadName(name.to_owned()));
        }
        if entry.variables.iter().all(|variable| variable.name != name) {
            entry.variables.push(Variable { name, span });
        }
    }

    fn term_reference(&mut self, entry: &mut Entry<'s>, name: &'s str) {
        let span = self.span(name);
        let span = span.start - 1..span.end;
        entry.references.push(Reference { name: &self.source[span.clone()], span });
    }

    /// Reports entries that refer to themselves, directly or through others, and entries with too many placeables, including those of referenced
    /// entries.
    fn check_references_within(&mut self) {
        let mut counts: Vec<Option<usize>> = vec![None; self.entries.len()];
        let mut problems = Vec::new();
        for index in 0..self.entries.len() {
            let mut path = Vec::new();
            let entry = &self.entries[index];
            match count(&self.entries, &self.indexes, &mut counts, &mut path, index) {
                // The error is reported at the entry that causes it, not at each entry that refers to it.
                Err(Problem::CircularReference(id) | Problem::TooManyPlaceables(id)) if id != entry.id => {}
                Err(problem) => problems.push((entry.span.clone(), problem)),
                Ok(_) => {}
            }
        }
        problems.into_iter().for_each(|(span, problem)| self.report(span, problem));
    }

    /// Returns the byte range of `part`, which must be a slice of the source.
    fn span(&self, part: &str) -> Range<usize> {
        let start = (part.as_ptr() as usize).saturating_sub(self.source.as_ptr() as usize);
        start..start + part.len()
    }
}

/// Returns the number of placeables of an entry, including those of referenced entries.
///
/// `counts` caches the results. `path` lists the entries that led to this one: each refers to the next, and the last refers to this one.
fn count(
    entries: &[Entry],
    indexes: &BTreeMap<&str, usize>,
    counts: &mut [Option<usize>],
    path: &mut Vec<usize>,
    index: usize,
) -> Result<usize, Problem> {
    if let Some(known) = counts[index] {
        return Ok(known);
    }
    let entry = &entries[index];
    if path.contains(&index) {
        return Err(Problem::CircularReference(entry.id.to_owned()));
    }
    path.push(index);
    let mut sum = entry.placeables;
    for reference in &entry.references {
        if let Some(next) = indexes.get(reference.name).filter(|_| path.len() <= MAX_PLACEABLES) {
            sum = sum.saturating_add(count(entries, indexes, counts, path, *next)?);
        }
    }
    if sum > MAX_PLACEABLES {
        return Err(Problem::TooManyPlaceables(entry.id.to_owned()));
    }
    path.pop();
    counts[index] = Some(sum);
    Ok(sum)
}

/// Returns the byte offset of the first brace or parenthesis that is nested too deeply.
fn too_deep(source: &str) -> Option<usize> {
    let (mut braces, mut parentheses): (usize, usize) = (0, 0);
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        // A line that begins with `id =` is a new entry, never a part of an expression in braces.
        let id = line.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        if id.len() < line.len() && id.trim_start_matches(' ').starts_with('=') {
            (braces, parentheses) = (0, 0);
        }
        for (at, byte) in line.bytes().enumerate() {
            match byte {
                b'{' => braces += 1,
                b'}' => braces = braces.saturating_sub(1),
                b'(' if braces > 0 => parentheses += 1,
                b')' => parentheses = parentheses.saturating_sub(1),
                _ => {}
            }
            if braces.max(parentheses) > MAX_DEPTH {
                return Some(start + at);
            }
        }
        start += line.len();
    }
    None
}

/// Whether a name consists of lowercase words and numbers joined by `-`. Two such names never become the same Rust name.
fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.split('-').all(|word| !word.is_empty())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Rust keywords, which can't be the whole name of a message or a variable.
const KEYWORDS: [&str; 51] = [
    "abstract", "override", "priv", "typeof", "unsized", "virtual", "yield", "as", "async", "await", "become", "box", "break",
    "const", "continue", "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "pub", "ref", "return", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "unsafe", "use", "where", "while",
];
