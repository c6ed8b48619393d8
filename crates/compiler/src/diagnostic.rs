//! Diagnostics: what is wrong in a guide's text, where, and how to fix it.

use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use sarcoguide_text::{Text, t};

use crate::code::{Code, DiagnosticCode, Severity};
use crate::source::SourceFile;

/// A labeled place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The index of the file in the list of files that was checked.
    pub file: usize,
    /// The range of bytes in the file.
    pub span: Range<usize>,
    /// A short text that describes the place.
    pub label: String,
}

/// A problem in a guide's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic<C = Code> {
    /// The kind of problem, which determines its severity.
    pub code: C,
    /// What is wrong, in one line.
    pub message: String,
    /// The places of the problem: first the main one, then related ones.
    pub marks: Vec<Mark>,
    /// Hints on how to fix the problem.
    pub help: Vec<String>,
}

impl<C: DiagnosticCode> Diagnostic<C> {
    /// Whether this is an error or a warning.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

impl<C> Diagnostic<C> {
    /// Converts the code, so that a program can show diagnostics with different types of codes in one list.
    pub fn map_code<D>(self, code: impl FnOnce(C) -> D) -> Diagnostic<D> {
        Diagnostic { code: code(self.code), message: self.message, marks: self.marks, help: self.help }
    }
}

impl Diagnostic {
    pub(crate) fn new(code: Code, message: impl Into<String>, file: usize, span: Range<usize>, label: impl Into<String>) -> Self {
        Self { code, message: message.into(), marks: vec![Mark { file, span, label: label.into() }], help: Vec::new() }
    }

    /// Creates a diagnostic about the guide as a whole, without a place in a file.
    pub(crate) fn whole(code: Code, message: impl Into<String>) -> Self {
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

    /// Adds the hint "did you mean ...?" if one of the candidates is similar to `word`.
    pub(crate) fn suggest<'a>(self, word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        match sarcoguide_text::suggestion(word, candidates) {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }
}

/// The maximum length of a line to show, in bytes. Rendering a longer line takes too much time.
const MAX_LINE_BYTES: usize = 4_000;

/// The part of a file that a diagnostic shows.
enum Excerpt<'a> {
    /// The lines, with the marks underlined.
    Lines(Snippet<'a, Annotation<'a>>),
    /// Only the positions of the marks, because a line is too long.
    Places(Vec<Origin<'a>>),
}

/// Returns the lines of a file from the first to the last mark, or only the positions of the marks if a line is too long to show. Each mark comes
/// with its index in the diagnostic; the mark with index 0 is the main one.
fn excerpt<'a>(source: &'a SourceFile, marks: &[(usize, &'a Mark)]) -> Excerpt<'a> {
    let text = source.text.as_str();
    let spans = marks.iter().map(|(_, mark)| {
        let start = text.floor_char_boundary(mark.span.start);
        start..text.ceil_char_boundary(mark.span.end).max(start)
    });
    let spans: Vec<Range<usize>> = spans.collect();
    // Show a mark at the very end of the file on the last line with text, not on the empty line after it.
    let text_end = text.trim_end_matches('\n').len();
    let line_start = |place: usize| {
        let place = if place == text.len() { text_end } else { place };
        text[..place].rfind('\n').map_or(0, |end| end + 1)
    };
    let line_end = |place: usize| text[place..].find('\n').map_or(text.len(), |end| place + end);
    let number = |place: usize| 1 + text[..place].matches('\n').count();
    let ends = spans.iter().flat_map(|span| [span.start, span.end]);
    if ends.clone().any(|place| line_end(place) - line_start(place) > MAX_LINE_BYTES) {
        let place = |span: &Range<usize>| {
            let column = 1 + text[line_start(span.start)..span.start].chars().count();
            Origin::path(source.path.as_str()).line(number(span.start)).char_column(column)
        };
        return Excerpt::Places(spans.iter().map(place).collect());
    }
    let first = line_start(ends.clone().min().unwrap_or_default());
    let last = line_end(ends.max().unwrap_or_default());
    let mut snippet = Snippet::source(&text[first..last]).path(source.path.as_str()).line_start(number(first)).fold(true);
    for ((index, mark), span) in marks.iter().zip(spans) {
        let kind = if *index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        snippet = snippet.annotation(kind.span(span.start - first..span.end - first).label(mark.label.as_str()));
    }
    Excerpt::Lines(snippet)
}

/// Renders diagnostics as text for people. Each diagnostic shows the lines that it concerns, with the marked places underlined. The last line gives
/// the number of errors and warnings.
#[must_use]
pub fn render<C: DiagnosticCode>(diagnostics: &[Diagnostic<C>], files: &[SourceFile], color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for diagnostic in diagnostics {
        let level = match diagnostic.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut group = Group::with_title(level.primary_title(&diagnostic.message).id(diagnostic.code.to_string()));
        let mut order: Vec<usize> = Vec::new();
        for mark in &diagnostic.marks {
            if !order.contains(&mark.file) {
                order.push(mark.file);
            }
        }
        for file in order {
            let Some(source) = files.get(file) else { continue };
            let marks: Vec<(usize, &Mark)> = diagnostic.marks.iter().enumerate().filter(|(_, mark)| mark.file == file).collect();
            group = match excerpt(source, &marks) {
                Excerpt::Lines(snippet) => group.element(snippet),
                Excerpt::Places(places) => places.into_iter().fold(group, Group::element),
            };
        }
        for help in &diagnostic.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        text.push_str(&renderer.render(&[group]));
        text.push_str("\n\n");
    }
    let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity() == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if errors + warnings > 0 {
        let _ = writeln!(text, "{}", t!(Text::english(), errors_count, errors = errors, warnings = warnings));
    }
    text
}
