//! Reads TOML tables key by key, with the place of each value in its file. Reports keys that are missing or unknown, and values of the wrong type.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::str::FromStr;

use sarcoguide_model::{ClosedSet, PartialDate};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::errors::Errors;
use crate::renamed::renamed;

/// A hint for guides that still use old names of keys.
const MIGRATE: &str = "`python3 tools/migrate_guide.py FOLDER` renames such keys in a whole guide";

/// A string with its place in the file.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub text: String,
    pub span: Range<usize>,
}

/// Returns the digits of a number if it's written in base 10, or `None` for any other value.
pub(crate) fn decimal<'v>(value: &'v DeValue) -> Option<&'v str> {
    match value {
        DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str()),
        DeValue::Float(number) => Some(number.as_str()),
        _ => None,
    }
}

/// Returns a whole number if it's written in base 10 and fits in `T`.
fn whole<T: FromStr>(value: &DeValue) -> Option<T> {
    matches!(value, DeValue::Integer(_)).then(|| decimal(value)).flatten()?.parse().ok()
}

/// Returns a hint on how to write a binary, octal or hexadecimal integer in base 10, or `None` for any other value.
pub(crate) fn in_base_ten(value: &DeValue) -> Option<String> {
    let DeValue::Integer(number) = value else { return None };
    let read = i128::from_str_radix(number.as_str(), number.radix()).ok().filter(|_| number.radix() != 10)?;
    Some(format!("write it in base 10: `{read}`"))
}

/// A TOML table in one of the guide's files.
pub(crate) struct Table<'a> {
    pub file: usize,
    /// The place that messages about the whole table point to. For the table of a file, this is the first character of the file.
    pub span: Range<usize>,
    /// What the table describes, for messages, such as `a treatment`.
    what: &'static str,
    source: &'a str,
    table: &'a DeTable<'a>,
    pub errors: &'a Errors,
    /// The known keys: those that have been read, and those passed to [`expect`](Self::expect). [`finish`](Self::finish) reports all others.
    read_keys: RefCell<Vec<&'static str>>,
}

impl<'a> Table<'a> {
    pub fn new(file: usize, what: &'static str, source: &'a str, table: &'a Spanned<DeTable<'a>>, errors: &'a Errors) -> Self {
        let span = 0..source.chars().next().map_or(0, char::len_utf8);
        Self { file, span, what, source, table: table.get_ref(), errors, read_keys: RefCell::default() }
    }

    /// Returns the same table as if no key had been read yet. It reports errors to `errors`.
    pub fn of(table: &Table<'a>, errors: &'a Errors) -> Self {
        Self { errors, span: table.span.clone(), read_keys: RefCell::default(), ..*table }
    }

    /// The line number of a byte offset in the file, from 1.
    pub fn line(&self, start: usize) -> u32 {
        let before = &self.source.as_bytes()[..start.min(self.source.len())];
        u32::try_from(before.iter().filter(|byte| **byte == b'\n').count() + 1).unwrap_or(u32::MAX)
    }

    pub fn has(&self, key: &str) -> bool {
        self.table.iter().any(|(name, _)| name.get_ref() == key)
    }

    /// Returns whether the value of `key` is an empty list.
    pub fn is_empty_list(&self, key: &'static str) -> bool {
        self.value(key).is_some_and(|value| matches!(value.get_ref(), DeValue::Array(items) if items.is_empty()))
    }

    /// Marks these keys as known, so that [`finish`](Self::finish) doesn't report them even if nothing reads them.
    pub fn expect(&self, keys: &[&'static str]) {
        self.read_keys.borrow_mut().extend(keys);
    }

    fn inner(&self, what: &'static str, table: &'a DeTable<'a>, span: Range<usize>) -> Table<'a> {
        Table { file: self.file, span, what, source: self.source, table, errors: self.errors, read_keys: RefCell::default() }
    }

    pub fn report(&self, diagnostic: Diagnostic) {
        self.errors.push(diagnostic);
    }

    fn value(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.read_keys.borrow_mut().push(key);
        self.table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    fn wrong(&self, key: &str, wanted: &str, value: &Spanned<DeValue<'a>>) {
        let message = format!("`{key}` of {} must be {wanted}", self.what);
        let error = Diagnostic::new(Code::WrongKind, message, self.file, value.span(), "wrong type");
        self.report(match in_base_ten(value.get_ref()) {
            Some(help) => error.help(help),
            None => error,
        });
    }

    /// Reports a value that isn't a whole number, or a whole number that doesn't fit in its type.
    fn not_whole(&self, key: &str, value: &Spanned<DeValue<'a>>) {
        match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => {
                let label = if number.as_str().starts_with('-') { "too small" } else { "too large" };
                let message = format!("`{key}` of {} is {label}", self.what);
                self.report(Diagnostic::new(Code::WrongKind, message, self.file, value.span(), label));
            }
            _ => self.wrong(key, "a whole number", value),
        }
    }

    fn empty(&self, key: &str, span: Range<usize>) {
        let message = format!("`{key}` of {} is empty", self.what);
        let error = Diagnostic::new(Code::EmptyText, message, self.file, span, "empty");
        self.report(error.help("write some text, or remove the key"));
    }

    fn empty_item(&self, key: &str, span: Range<usize>) {
        let message = format!("`{key}` of {} contains an empty string", self.what);
        let error = Diagnostic::new(Code::EmptyText, message, self.file, span, "empty");
        self.report(error.help("write some text, or remove the item"));
    }

    fn missing(&self, key: &str) {
        let message = format!("{} has no `{key}`", self.what);
        self.report(
            Diagnostic::new(Code::MissingPart, message, self.file, self.span.clone(), "here").help(format!("add `{key}`")),
        );
    }

    pub fn optional(&self, key: &'static str) -> Option<Text> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => Some(Text { text: text.trim().to_owned(), span: value.span() }),
            DeValue::String(_) => {
                self.empty(key, value.span());
                None
            }
            _ => {
                self.wrong(key, "a string", value);
                None
            }
        }
    }

    pub fn required(&self, key: &'static str) -> Text {
        let there = self.table.iter().any(|(name, _)| name.get_ref() == key);
        self.optional(key).unwrap_or_else(|| {
            if !there {
                self.missing(key);
            }
            Text { text: String::new(), span: self.span.clone() }
        })
    }

    pub fn text(&self, key: &'static str) -> String {
        self.required(key).text
    }

    pub fn optional_text(&self, key: &'static str) -> Option<String> {
        self.optional(key).map(|text| text.text)
    }

    pub fn flag(&self, key: &'static str) -> bool {
        let Some(value) = self.value(key) else { return false };
        match value.get_ref() {
            DeValue::Boolean(yes) => *yes,
            _ => {
                self.wrong(key, "`true` or `false`", value);
                false
            }
        }
    }

    /// Reads a whole number that fits in `T`.
    pub fn whole<T: FromStr>(&self, key: &'static str) -> Option<T> {
        let value = self.value(key)?;
        let number = whole(value.get_ref());
        if number.is_none() {
            self.not_whole(key, value);
        }
        number
    }

    pub fn integers(&self, key: &'static str) -> Vec<i64> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let numbers = match value.get_ref() {
            DeValue::Array(items) if !items.is_empty() => items.iter().map(|item| whole(item.get_ref())).collect(),
            _ => None,
        };
        numbers.unwrap_or_else(|| {
            self.wrong(key, "a list of whole numbers", value);
            Vec::new()
        })
    }

    /// Reads a number as its digits, with their place in the file.
    pub fn digits(&self, key: &'static str) -> Option<Text> {
        let value = self.value(key)?;
        let digits = decimal(value.get_ref());
        if digits.is_none() {
            self.wrong(key, "a number", value);
        }
        digits.map(|digits| Text { text: digits.to_owned(), span: value.span() })
    }

    pub fn date(&self, key: &'static str) -> Option<PartialDate> {
        let value = self.value(key)?;
        let date = match value.get_ref() {
            DeValue::Datetime(date) => PartialDate::parse(&date.to_string()),
            DeValue::String(text) => PartialDate::parse(text),
            _ => None,
        };
        if date.is_none() {
            self.wrong(key, "a date such as 2026-03-09, \"2026-03\" or \"2026\"", value);
        }
        date
    }

    pub fn texts(&self, key: &'static str) -> Vec<Text> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong(key, "a list of strings", value);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::String(text) if !text.trim().is_empty() => {
                    texts.push(Text { text: text.to_string(), span: item.span() });
                }
                DeValue::String(_) => self.empty_item(key, item.span()),
                _ => self.wrong(key, "a list of strings", item),
            }
        }
        texts
    }

    pub fn strings(&self, key: &'static str) -> Vec<String> {
        self.texts(key).into_iter().map(|text| text.text).collect()
    }

    pub fn map(&self, key: &'static str) -> BTreeMap<String, String> {
        let Some(value) = self.value(key) else { return BTreeMap::new() };
        let DeValue::Table(pairs) = value.get_ref() else {
            self.wrong(key, "a table of strings", value);
            return BTreeMap::new();
        };
        let mut map = BTreeMap::new();
        for (name, value) in pairs {
            match value.get_ref() {
                DeValue::String(text) if text.trim().is_empty() => self.empty(name.get_ref(), value.span()),
                DeValue::String(text) => {
                    map.insert(name.get_ref().to_string(), text.to_string());
                }
                _ => self.wrong(key, "a table of strings", value),
            }
        }
        map
    }

    /// Reads a table in which all values must be whole numbers.
    pub fn whole_numbers(&self) -> BTreeMap<String, u32> {
        let mut numbers = BTreeMap::new();
        for (name, value) in self.table {
            match whole(value.get_ref()) {
                Some(number) => drop(numbers.insert(name.get_ref().to_string(), number)),
                None => self.not_whole(name.get_ref(), value),
            }
        }
        numbers
    }

    /// Returns all keys with their values, for a table whose keys are names defined in the guide, such as the facts of a case.
    pub fn entries(&self) -> Vec<(Text, &'a Spanned<DeValue<'a>>)> {
        let entry = |(name, value): (&'a Spanned<_>, &'a _)| {
            let name: &Spanned<std::borrow::Cow<'a, str>> = name;
            (Text { text: name.get_ref().to_string(), span: name.span() }, value)
        };
        self.table.iter().map(entry).collect()
    }

    pub fn table(&self, key: &'static str, what: &'static str) -> Option<Table<'a>> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(self.inner(what, table, value.span())),
            _ => {
                self.wrong(key, "a table", value);
                None
            }
        }
    }

    pub fn tables(&self, key: &'static str, what: &'static str) -> Vec<Table<'a>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong(key, "a list of tables", value);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::Table(table) => tables.push(self.inner(what, table, item.span())),
                _ => self.wrong(key, "a list of tables", item),
            }
        }
        tables
    }

    /// The byte offset at which the last key, value or list item of the table starts. Ignores `key` and its value.
    pub fn last_other_than(&self, key: &str) -> Option<usize> {
        let others = self.table.iter().filter(|(name, _)| name.get_ref() != key);
        let places = others.flat_map(|(name, value)| {
            let items = if let DeValue::Array(items) = value.get_ref() { &items[..] } else { &[] };
            items.iter().map(|item| item.span().start).chain([name.span().start, value.span().start])
        });
        places.max()
    }

    /// Reads a condition. Returns its text, and the byte offset of its first character in the file. The condition must be a literal string (in single
    /// quotes), so that positions in the text match those in the file.
    pub fn condition(&self, key: &'static str) -> Option<(Text, usize)> {
        let text = self.optional_raw(key)?;
        let written = self.source.get(text.span.clone()).unwrap_or_default();
        let quotes = if let Some(inner) = written.strip_prefix("'''") {
            // A line break directly after the opening quotes isn't part of the text.
            3 + usize::from(inner.starts_with('\n')) + 2 * usize::from(inner.starts_with("\r\n"))
        } else if written.starts_with('\'') {
            1
        } else {
            let message = format!("the condition `{key}` must be in single quotes");
            let error = Diagnostic::new(Code::ConditionQuotes, message, self.file, text.span.clone(), "in double quotes");
            self.report(error.help(format!("write {key} = '...'")));
            // Continue, so that other errors in the condition are reported too. But stop if the string contains escapes, because then the places of
            // those errors would be wrong.
            if written.len() != text.text.len() + 2 {
                return None;
            }
            1
        };
        let start = text.span.start + quotes;
        Some((text, start))
    }

    /// Like [`Self::condition`], but without reporting errors.
    pub fn condition_quietly(&self, key: &'static str) -> Option<(Text, usize)> {
        Table::of(self, &Errors::default()).condition(key)
    }

    fn optional_raw(&self, key: &'static str) -> Option<Text> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(Text { text: text.to_string(), span: value.span() }),
            _ => {
                self.wrong(key, "a condition", value);
                None
            }
        }
    }

    /// Reads a word that must be one of `choices`.
    pub fn one_of<T: Copy>(&self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.optional(key)?;
        let found = choices.iter().find(|(name, _)| *name == text.text).map(|(_, choice)| *choice);
        if found.is_none() {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            let error = Diagnostic::new(
                Code::NotAChoice,
                format!("`{key}` of {} can't be `{}`", self.what, text.text),
                self.file,
                text.span,
                "not one of the choices",
            );
            self.report(error.suggest(&text.text, names.iter().copied()).help(format!("write one of {}", names.join(", "))));
        }
        found
    }

    /// Reads a required word that must be one of `choices`. After an error, returns `fallback`, so that reading can continue.
    pub fn required_one_of<T: Copy>(&self, key: &'static str, choices: &[(&str, T)], fallback: T) -> T {
        if !self.has(key) {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            let message = format!("{} has no `{key}`", self.what);
            let error = Diagnostic::new(Code::MissingPart, message, self.file, self.span.clone(), "here");
            self.report(error.help(format!("add `{key}`, one of {}", names.join(", "))));
        }
        self.one_of(key, choices).unwrap_or(fallback)
    }

    /// Reads the ID of a member of a closed set.
    pub fn choice<T: ClosedSet>(&self, key: &'static str) -> Option<T> {
        self.one_of(key, &choices(T::ALL))
    }

    /// Reads the required ID of a member of a closed set. After an error, returns `fallback`, so that reading can continue.
    pub fn required_choice<T: ClosedSet>(&self, key: &'static str, fallback: T) -> T {
        self.required_one_of(key, &choices(T::ALL), fallback)
    }

    /// Reports each unknown key: one that hasn't been read or passed to [`expect`](Self::expect). Call this after reading all possible keys.
    pub fn finish(&self) {
        if self.errors.is_full() {
            return;
        }
        let read_keys = self.read_keys.borrow();
        for (name, _) in self.table {
            if !read_keys.iter().any(|key| key == name.get_ref()) {
                let message = format!("{} can't have a key `{}`", self.what, name.get_ref());
                let error = Diagnostic::new(Code::UnknownPart, message, self.file, name.span(), "unknown");
                let mut keys: Vec<&str> = read_keys.clone();
                keys.sort_unstable();
                keys.dedup();
                let mut names = std::iter::successors(renamed(name.get_ref()), |new| renamed(new));
                let error = match names.find(|new| keys.contains(new)) {
                    Some(new) => error.help(format!("write `{new}`; this key was renamed")).help(MIGRATE),
                    None => error.suggest(name.get_ref(), keys.iter().copied()),
                };
                self.report(error.help(format!("the possible keys are {}", keys.join(", "))));
            }
        }
    }
}

/// Returns the members of a closed set, each with its ID.
pub(crate) fn choices<T: ClosedSet>(members: &[T]) -> Vec<(&'static str, T)> {
    members.iter().map(|member| (member.id(), *member)).collect()
}
