//! Sources and their passages, and which of them the guide cites.

use std::cell::RefCell;
use std::collections::BTreeMap;

use sarcoguide_model::{Passage, PassageId, Source, SourceId};

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::errors::Errors;
use crate::size::MAX_PER_KIND;
use crate::source::Parsed;
use crate::table::{Table, Text};

/// How many of a source's passages the guide cites.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Coverage {
    /// The source.
    pub source: SourceId,
    /// Whether every passage must either be cited or have `not_encoded`, which says why no statement is based on it.
    pub complete: bool,
    /// The number of passages that the guide lists for this source.
    pub total: usize,
    /// The number of passages that the guide cites, without those that also have `not_encoded`.
    pub cited: usize,
    /// The number of passages that have `not_encoded` and aren't cited.
    pub excepted: usize,
    /// The passages that aren't cited and don't have `not_encoded`.
    pub open: Vec<PassageId>,
}

/// The place in the guide's text that defines a passage.
#[derive(Clone, Debug)]
struct Place {
    file: usize,
    span: std::ops::Range<usize>,
}

/// The sources and their passages, and which passages have been cited so far.
#[derive(Debug, Default)]
pub(crate) struct Citations {
    sources: Vec<Source>,
    passages: Vec<Passage>,
    places: Vec<Place>,
    /// The passages by citation, such as `book:page.1`.
    index: BTreeMap<String, PassageId>,
    cited: RefCell<Vec<bool>>,
}

impl Citations {
    /// Reads the files `sources/<source>.toml` and the folders `sources/<source>/`.
    pub fn read(files: &[&Parsed], errors: &Errors) -> Self {
        let mut citations = Self::default();
        let mut folders: BTreeMap<&str, Vec<&Parsed>> = BTreeMap::new();
        for file in files {
            let rest = file.file.path.strip_prefix("sources/").unwrap_or_default();
            let name = rest.split('/').next().unwrap_or_default();
            folders.entry(name.strip_suffix(".toml").unwrap_or(name)).or_default().push(file);
        }
        let mut successors = Vec::new();
        for (name, files) in folders {
            let is_main = |file: &Parsed| file.stem() == "source" || file.file.path.matches('/').count() == 1;
            let main = files.iter().find(|file| is_main(file));
            let Some(main) = main else {
                let error = Diagnostic::new(
                    Code::MissingFile,
                    format!("the source `{name}` has no `source.toml`"),
                    files[0].index,
                    0..0,
                    "passages without a source",
                );
                errors.push(error.help("add one with `id`, `title`, `publisher` and `rank`"));
                continue;
            };
            if let Some(other) = files.iter().find(|file| file.index != main.index && is_main(file)) {
                let error = Diagnostic::new(
                    Code::DuplicateName,
                    format!("two sources are called `{name}`"),
                    other.index,
                    0..0,
                    "the second",
                );
                errors.push(error.also(main.index, 0..0, "the first").help("keep one of the files"));
            }
            let Ok(place) = u16::try_from(citations.sources.len()) else { continue };
            let source = SourceId(place);
            let table = Table::new(main.index, "a source", &main.file.text, &main.table, errors);
            let id = table.required("id");
            if id.text != name {
                let error = Diagnostic::new(
                    Code::BadName,
                    format!("the source in `{name}` is called `{}`", id.text),
                    main.index,
                    id.span.clone(),
                    "a different name",
                );
                table.report(error.help(format!("write id = \"{name}\"")));
            }
            let rank = table.whole("rank").map_or(9, |rank: u32| u8::try_from(rank).unwrap_or(u8::MAX));
            citations.sources.push(Source {
                id: name.to_owned(),
                title: table.text("title"),
                publisher: table.text("publisher"),
                edition: table.optional_text("edition"),
                revised: table.date("revised"),
                read: table.date("read"),
                licence: table.optional_text("licence"),
                address: table.optional_text("address"),
                rank,
                complete: table.flag("complete"),
                superseded_by: None,
            });
            if let Some(successor) = table.optional("superseded_by") {
                successors.push((source, main.index, successor));
            }
            citations.read_passages(source, &table, errors);
            table.finish();
            for file in files.iter().filter(|file| !is_main(file)) {
                let table = Table::new(file.index, "a file of passages", &file.file.text, &file.table, errors);
                citations.read_passages(source, &table, errors);
                table.finish();
            }
        }
        citations.supersede(&successors, errors);
        *citations.cited.borrow_mut() = vec![false; citations.passages.len()];
        citations
    }

    /// Sets `superseded_by` of each source that a newer one supersedes. Reports unknown successors and cycles.
    fn supersede(&mut self, successors: &[(SourceId, usize, Text)], errors: &Errors) {
        let mut placed: Vec<(SourceId, usize, &Text)> = Vec::new();
        for (source, file, successor) in successors {
            match self.sources.iter().position(|other| other.id == successor.text) {
                Some(index) => {
                    self.sources[source.index()].superseded_by = Some(SourceId::new(index));
                    placed.push((*source, *file, successor));
                }
                None => {
                    let message = format!("`{}` is superseded by an unknown source", self.sources[source.index()].id);
                    let error = Diagnostic::new(Code::WrongSuccessor, message, *file, successor.span.clone(), "unknown source");
                    let ids = self.sources.iter().map(|source| source.id.as_str());
                    errors.push(error.suggest(&successor.text, ids).help("write the id of a source in `sources/`"));
                }
            }
        }
        for (source, file, successor) in placed {
            let next = |source: &SourceId| self.sources[source.index()].superseded_by;
            // A cycle can't be longer than the number of sources, so this many steps are enough.
            let cycle = std::iter::successors(next(&source), next).take(self.sources.len()).any(|other| other == source);
            if cycle {
                let message = format!("`{}` is superseded by itself, directly or indirectly", self.sources[source.index()].id);
                let error = Diagnostic::new(Code::WrongSuccessor, message, file, successor.span.clone(), "leads back here");
                errors.push(error.help("write `superseded_by` only in the older source"));
            }
        }
    }

    /// The number of passages in all sources.
    pub fn len(&self) -> usize {
        self.passages.len()
    }

    fn read_passages(&mut self, source: SourceId, table: &Table, errors: &Errors) {
        for entry in table.tables("passage", "a passage") {
            if self.passages.len() > MAX_PER_KIND {
                return;
            }
            let id = entry.required("id");
            let citation = format!("{}:{}", self.sources[source.index()].id, id.text);
            let passage = PassageId(u16::try_from(self.passages.len()).unwrap_or(u16::MAX));
            if let Some(other) = self.index.insert(citation.clone(), passage) {
                let place = &self.places[other.index()];
                let error = Diagnostic::new(
                    Code::DuplicateName,
                    format!("two passages are called `{citation}`"),
                    entry.file,
                    id.span.clone(),
                    "the second",
                );
                errors.push(error.also(place.file, place.span.clone(), "the first").help("each name must be unique"));
            }
            self.places.push(Place { file: entry.file, span: id.span });
            self.passages.push(Passage {
                source,
                id: id.text,
                locator: entry.text("locator"),
                sha256: entry.optional_text("sha256"),
                revised: entry.date("revised"),
                summary: entry.text("summary"),
                address: entry.optional_text("address"),
                quoted_from: entry.optional_text("quoted_from"),
                kind: entry.optional_text("kind"),
                state: entry.optional_text("state"),
                not_encoded: entry.optional_text("not_encoded"),
            });
            entry.finish();
        }
    }

    /// Returns the passage that a citation refers to, and records that the passage is cited. Reports an error if there is no such passage.
    pub fn cite(&self, text: &Text, file: usize, errors: &Errors) -> Option<PassageId> {
        let found = self.index.get(&text.text).copied();
        if errors.is_full() {
            return found;
        }
        match found {
            Some(passage) => self.cited.borrow_mut()[passage.index()] = true,
            None => {
                let error = Diagnostic::new(
                    Code::UnknownPassage,
                    format!("no source has the passage `{}`", text.text),
                    file,
                    text.span.clone(),
                    "unknown passage",
                );
                errors.push(error.suggest(&text.text, self.index.keys().map(String::as_str)));
            }
        }
        found
    }

    /// Returns the sources, the passages and the coverage of each source. Reports passages that aren't cited and don't have `not_encoded`, and
    /// passages that are cited although they have `not_encoded`.
    pub fn finish(self, errors: &Errors) -> (Vec<Source>, Vec<Passage>, Vec<Coverage>) {
        let cited = self.cited.into_inner();
        let mut coverage: Vec<Coverage> = Vec::new();
        for (index, source) in self.sources.iter().enumerate() {
            let mut counts = Coverage {
                source: SourceId::new(index),
                complete: source.complete,
                total: 0,
                cited: 0,
                excepted: 0,
                open: Vec::new(),
            };
            for (position, passage) in self.passages.iter().enumerate().filter(|(_, passage)| passage.source.index() == index) {
                let citation = format!("{}:{}", source.id, passage.id);
                let Place { file, span } = self.places[position].clone();
                counts.total += 1;
                match (cited[position], &passage.not_encoded) {
                    (true, None) => counts.cited += 1,
                    (false, Some(_)) => counts.excepted += 1,
                    (true, Some(_)) => {
                        let error = Diagnostic::new(
                            Code::CitedAndExcepted,
                            format!("`{citation}` is cited, but also has `not_encoded`"),
                            file,
                            span,
                            "cited, and has `not_encoded`",
                        );
                        errors.push(error.help("remove `not_encoded`, or don't cite the passage"));
                    }
                    (false, None) if source.complete => {
                        counts.open.push(PassageId::new(position));
                        let error = Diagnostic::new(
                            Code::UnencodedPassage,
                            format!("no statement cites `{citation}`"),
                            file,
                            span,
                            "not cited, and has no `not_encoded`",
                        );
                        errors.push(error.help(
                            "cite it in the statements that are based on it, or explain in `not_encoded` why there are none",
                        ));
                    }
                    (false, None) => {
                        counts.open.push(PassageId::new(position));
                        let warning = Diagnostic::new(
                            Code::UncitedPassage,
                            format!("no statement cites `{citation}`"),
                            file,
                            span,
                            "never cited",
                        );
                        errors.push(warning.help("cite the passage, or delete it"));
                    }
                }
            }
            coverage.push(counts);
        }
        (self.sources, self.passages, coverage)
    }
}
