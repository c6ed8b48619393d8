//! Messages in a language, formatted.

use std::borrow::Cow;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

use crate::arg::Arg;
use crate::catalog::Catalog;
use crate::check::parse_language;
use crate::error::{Problem, TextError};
use crate::markup::{MARKS, Tags, is_reserved};
use crate::numbers::formatter;
use crate::slots::{Part, parts};

/// A message of the catalog with the values of its variables. The types in [`messages`](crate::messages) implement it.
pub trait Message {
    /// Its id in the catalog.
    fn id(&self) -> &'static str;

    /// Gives each variable with its value.
    fn variables<'s>(&'s self, give: &mut dyn FnMut(&'static str, &'s Arg<'s>));
}

/// The sentences of the program in a language. What the language lacks is in English.
///
/// Nothing is parsed before the first message is formatted.
pub struct Text {
    language: LanguageIdentifier,
    sources: Vec<Source>,
    bundle: OnceLock<Bundle>,
    fallback: OnceLock<Bundle>,
}

struct Source {
    /// As errors name it; none for the program's own.
    name: Option<String>,
    ftl: Cow<'static, str>,
}

type Bundle = FluentBundle<FluentResource>;

impl Text {
    /// The sentences of files in a language, each with its name; a later file overrides the earlier ones. For English they lie over
    /// the program's own. Files in which [`check`](crate::check) finds errors may be ignored as a whole.
    ///
    /// # Errors
    ///
    /// If `language` is not the tag of a language, such as `de` or `pt-BR`.
    pub fn new(language: &str, sources: &[(&str, &str)]) -> Result<Self, Vec<TextError>> {
        let error = || TextError { file: String::new(), line: 1, span: 0..0, problem: Problem::Language(language.to_owned()) };
        let language = parse_language(language).ok_or_else(|| vec![error()])?;
        let text = Self::of(language);
        Ok(sources.iter().fold(text, |text, (name, ftl)| text.with_overrides(name, (*ftl).to_owned())))
    }

    /// The program's own English.
    #[must_use]
    pub fn english() -> &'static Self {
        static ENGLISH: OnceLock<Text> = OnceLock::new();
        ENGLISH.get_or_init(|| Self::of(english()))
    }

    fn of(language: LanguageIdentifier) -> Self {
        let sources = if language.language.as_str() == "en" { vec![own()] } else { Vec::new() };
        Self { language, sources, bundle: OnceLock::new(), fallback: OnceLock::new() }
    }

    /// With the messages of another file in the same language over these.
    #[must_use]
    pub fn with_overrides(mut self, name: &str, ftl: impl Into<Cow<'static, str>>) -> Self {
        self.sources.push(Source { name: Some(name.to_owned()), ftl: ftl.into() });
        self.bundle = OnceLock::new();
        self
    }

    /// The tag of the language, for instance for `lang` of a page.
    #[must_use]
    pub fn language(&self) -> String {
        self.language.to_string()
    }

    /// A message as plain text: without markup, and without what is in slots.
    #[must_use]
    pub fn format(&self, message: &dyn Message) -> String {
        let text = self.marked(message);
        if text.bytes().any(|byte| byte == 0xf3) { text.replace(is_reserved, "") } else { text }
    }

    /// A message as parts: texts with their emphasis, and slots.
    #[must_use]
    pub fn parts(&self, message: &dyn Message) -> Vec<Part> {
        parts(&self.marked(message))
    }

    /// A message with marks for markup and slots. Falls back to English, then to the id.
    fn marked(&self, message: &dyn Message) -> String {
        let mut args = FluentArgs::with_capacity(4);
        message.variables(&mut |name, value| args.set(name, value.fluent()));
        let bundle = self.bundle.get_or_init(|| parse(&self.language, &self.sources));
        format(bundle, message.id(), &args)
            .or_else(|| format(self.fallback.get_or_init(|| parse(&english(), &[own()])), message.id(), &args))
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
    // Marks of direction around variables would show up in terminals, and in what people copy.
    bundle.set_use_isolating(false);
    bundle.set_transform(Some(mark));
    bundle.set_formatter(Some(formatter(language.language.as_str())));
    // The name is free in a new bundle.
    let _ = bundle.add_builtins();
    for source in sources {
        // The build has checked the program's own. Errors in others were shown by `check`; formatting them could fail.
        let good = source.name.as_ref().is_none_or(|name| Catalog::read(name, &source.ftl).errors.is_empty());
        let text = source.ftl.strip_prefix('\u{feff}').unwrap_or(&source.ftl).to_owned();
        if let Some(resource) = FluentResource::try_new(text).ok().filter(|_| good) {
            bundle.add_resource_overriding(resource);
        }
    }
    bundle
}

fn format(bundle: &Bundle, id: &str, args: &FluentArgs) -> Option<String> {
    let message = bundle.get_message(id)?;
    let pattern = message.value()?;
    let mut errors = Vec::new();
    let mut text = String::new();
    let written = bundle.write_pattern(&mut text, pattern, Some(args), &mut errors);
    (written.is_ok() && errors.is_empty()).then_some(text)
}

/// Tags become marks. Only the texts of a catalog come here, never what a variable holds.
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
