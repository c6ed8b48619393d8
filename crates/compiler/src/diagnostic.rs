//! What is wrong in a guide's text, where, and what to do.

use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use sarcoguide_text::{Text, t};

use crate::SourceFile;

/// Whether a guide with it can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The guide is refused.
    Error,
    /// The guide can be used, but something looks wrong.
    Warning,
}

/// A place in a file, with what is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The file, by its place in the list that was loaded.
    pub file: usize,
    /// The bytes.
    pub span: Range<usize>,
    /// What is there.
    pub label: String,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its stable code; [`CODES`](crate::codes) explains it.
    pub code: &'static str,
    /// How bad.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Where: the first mark is the place itself, the others belong to it.
    pub marks: Vec<Mark>,
    /// What to do.
    pub help: Vec<String>,
}

impl Diagnostic {
    pub(crate) fn new(
        code: &'static str,
        message: impl Into<String>,
        file: usize,
        span: Range<usize>,
        label: impl Into<String>,
    ) -> Self {
        let severity = if code.starts_with('W') { Severity::Warning } else { Severity::Error };
        Self { code, severity, message: message.into(), marks: vec![Mark { file, span, label: label.into() }], help: Vec::new() }
    }

    /// About the guide as a whole, not about a place in a file.
    pub(crate) fn whole(code: &'static str, message: impl Into<String>) -> Self {
        Self { marks: Vec::new(), ..Self::new(code, message, 0, 0..0, "") }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    pub(crate) fn also(mut self, file: usize, span: Range<usize>, label: impl Into<String>) -> Self {
        self.marks.push(Mark { file, span, label: label.into() });
        self
    }

    /// Adds `did you mean` when a candidate is near.
    pub(crate) fn suggest<'a>(self, word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        match sarcoguide_model::suggestion(word, candidates) {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }
}

/// The diagnostics as a person reads them, underlined in their files, with a count at the end.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], files: &[SourceFile], color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for diagnostic in diagnostics {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut group = Group::with_title(level.primary_title(&diagnostic.message).id(diagnostic.code));
        let mut order: Vec<usize> = Vec::new();
        for mark in &diagnostic.marks {
            if !order.contains(&mark.file) {
                order.push(mark.file);
            }
        }
        for file in order {
            let Some(source) = files.get(file) else { continue };
            let mut snippet = Snippet::source(source.text.as_str()).path(source.path.as_str()).fold(true);
            for (index, mark) in diagnostic.marks.iter().enumerate().filter(|(_, mark)| mark.file == file) {
                let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
                let start = source.text.floor_char_boundary(mark.span.start);
                let end = source.text.ceil_char_boundary(mark.span.end).max(start);
                snippet = snippet.annotation(kind.span(start..end).label(mark.label.as_str()));
            }
            group = group.element(snippet);
        }
        for help in &diagnostic.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        text.push_str(&renderer.render(&[group]));
        text.push_str("\n\n");
    }
    let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if errors + warnings > 0 {
        let _ = writeln!(text, "{}", t!(Text::english(), errors_count, errors = errors, warnings = warnings));
    }
    text
}
