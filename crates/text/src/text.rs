//! Formats messages in a language.

use std::borrow::Cow;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

use crate::arg::Arg;
use crate::catalog::{Catalog, FOR_SOMEONE_ELSE};
use crate::check::parse_language;
use crate::error::{Problem, TextError};
use crate::markup::{MARKS, Tags, is_reserved};
use crate::numbers::formatter;
use crate::slots::{Part, parts};

/// A message of the catalog with the values of its variables. The types in [`messages`](crate::messages) implement this trait.
pub trait Message {
    /// Returns the ID of the message in the catalog.
    fn id(&self) -> &'static str;

    /// Calls `give` with the name and value of each variable.
    fn variables<'s>(&'s self, give: &mut dyn FnMut(&'static str, &'s Arg<'s>));
}

/// The messages of the program in one language. Messages that the language lacks are shown in English.
///
/// The files that contain the messages are parsed when the first message is formatted.
pub struct Text {
    language: LanguageIdentifier,
    sources: Vec<Source>,
    bundle: OnceLock<Bundle>,
    fallback: OnceLock<Bundle>,
    for_someone_else: bool,
}

#[derive(Clone)]
struct Source {
    /// The name of the file in errors, or `None` for the program's own messages.
    name: Option<String>,
    ftl: Cow<'static, str>,
}

type Bundle = FluentBundle<FluentResource>;

impl Text {
    /// Creates the messages of a language from `sources`, which are pairs of a file name and its content.
    ///
    /// A later file overrides messages of earlier ones. English files also override the program's own messages. If
    /// [`check`](crate::check) finds an error in a file, the whole file may be ignored.
    ///
    /// # Errors
    ///
    /// If `language` isn't a language tag, such as `de` or `pt-BR`.
    pub fn new(language: &str, sources: &[(&str, &str)]) -> Result<Self, Vec<TextError>> {
        let error = || TextError { file: String::new(), line: 1, span: 0..0, problem: Problem::Language(language.to_owned()) };
        let language = parse_language(language).ok_or_else(|| vec![error()])?;
        let text = Self::of(language);
        Ok(sources.iter().fold(text, |text, (name, ftl)| text.with_overrides(name, (*ftl).to_owned())))
    }

    /// Returns the program's own English messages.
    #[must_use]
    pub fn english() -> &'static Self {
        static ENGLISH: OnceLock<Text> = OnceLock::new();
        ENGLISH.get_or_init(|| Self::of(english()))
    }

    fn of(language: LanguageIdentifier) -> Self {
        let sources = if language.language.as_str() == "en" { vec![own()] } else { Vec::new() };
        Self { language, sources, bundle: OnceLock::new(), fallback: OnceLock::new(), for_someone_else: false }
    }

    /// Adds the messages of another file in the same language. They override the existing ones.
    #[must_use]
    pub fn with_overrides(mut self, name: &str, ftl: impl Into<Cow<'static, str>>) -> Self {
        self.sources.push(Source { name: Some(name.to_owned()), ftl: ftl.into() });
        self.bundle = OnceLock::new();
        self
    }

    /// Returns the same messages for a person who asks for someone else. A message that has the attribute `.for-someone-else` is shown in that variant.
    #[must_use]
    pub fn for_someone_else(&self) -> Self {
        let (bundle, fallback) = (OnceLock::new(), OnceLock::new());
        Self { language: self.language.clone(), sources: self.sources.clone(), bundle, fallback, for_someone_else: true }
    }

    /// Returns the language tag, for example for the `lang` attribute of a page.
    #[must_use]
    pub fn language(&self) -> String {
        self.language.to_string()
    }

    /// Formats a message as plain text. Leaves out its markup, and values that aren't text or numbers, such as links ([`Part::Slot`]).
    #[must_use]
    pub fn format(&self, message: &dyn Message) -> String {
        let text = self.marked(message);
        // The UTF-8 encoding of every reserved character begins with this byte.
        if text.bytes().any(|byte| byte == 0xf3) { text.replace(is_reserved, "") } else { text }
    }

    /// Formats a message as parts: texts with their emphasis, and slots.
    #[must_use]
    pub fn parts(&self, message: &dyn Message) -> Vec<Part> {
        parts(&self.marked(message))
    }

    /// Formats a message, with reserved characters in place of its markup and slots. Falls back to English, then to the message's ID.
    fn marked(&self, message: &dyn Message) -> String {
        let mut args = FluentArgs::with_capacity(4);
        message.variables(&mut |name, value| args.set(name, value.fluent()));
        let bundle = self.bundle.get_or_init(|| parse(&self.language, &self.sources));
        let formatted = |bundle: &Bundle| format(bundle, message.id(), self.for_someone_else, &args);
        formatted(bundle)
            .or_else(|| formatted(self.fallback.get_or_init(|| parse(&english(), &[own()]))))
            .unwrap_or_else(|| message.id().to_owned())
    }
}

fn english() -> LanguageIdentifier {
    "en".parse().unwrap_or_default()
}

fn own() -> Source {
    Source { name: None, ftl: Cow::Borrowed(crate::ENGLISH) }
}

fn parse(language: &LanguageIdentifier, sources: &[Source]) -> Bundle {
    let mut bundle = FluentBundle::new_concurrent(vec![language.clone()]);
    // By default, Fluent puts Unicode isolation marks around variables. They would show up in terminals and in copied text.
    bundle.set_use_isolating(false);
    bundle.set_transform(Some(mark));
    bundle.set_formatter(Some(formatter(language.language.as_str())));
    // This fails only if a function with the same name exists, and a new bundle has no functions.
    let _ = bundle.add_builtins();
    for source in sources {
        // The build script has checked the program's own messages. Skip other files with errors, because formatting them could fail.
        // `check` reports these errors.
        let good = source.name.as_ref().is_none_or(|name| Catalog::read(name, &source.ftl).errors.is_empty());
        let text = source.ftl.strip_prefix('\u{feff}').unwrap_or(&source.ftl).to_owned();
        if let Some(resource) = FluentResource::try_new(text).ok().filter(|_| good) {
            bundle.add_resource_overriding(resource);
        }
    }
    bundle
}

fn format(bundle: &Bundle, id: &str, for_someone_else: bool, args: &FluentArgs) -> Option<String> {
    let message = bundle.get_message(id)?;
    let variant = message.get_attribute(FOR_SOMEONE_ELSE).filter(|_| for_someone_else).map(|variant| variant.value());
    let pattern = variant.or_else(|| message.value())?;
    let mut errors = Vec::new();
    let mut text = String::new();
    let written = bundle.write_pattern(&mut text, pattern, Some(args), &mut errors);
    (written.is_ok() && errors.is_empty()).then_some(text)
}

/// Replaces tags with reserved characters. Fluent calls this only for the text of messages, never for the values of variables.
fn mark(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let mut marked = String::with_capacity(text.len());
    let mut from = 0;
    for tag in Tags::of(text) {
        let Some((start, end, _)) = MARKS.iter().find(|(_, _, name)| tag.known == Some(name)) else { continue };
        marked.push_str(&text[from..tag.span.start]);
        marked.push(if tag.closes { *end } else { *start });
        from = tag.span.end;
    }
    marked.push_str(&text[from..]);
    Cow::Owned(marked)
}
