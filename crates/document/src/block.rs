//! A document as blocks, before a renderer writes it.

use crate::svg::Drawing;

/// How a piece of text looks. Meaning never rests on it alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emphasis {
    /// As it is.
    Plain,
    /// A name or a key word.
    Strong,
    /// Sources and other small print.
    Faint,
    /// Recommended.
    Good,
    /// Open.
    Open,
    /// Not recommended, dangerous or withdrawn.
    Bad,
}

/// What a piece of text leads to. Each renderer decides which of these it can follow; the rest stays text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The page of a treatment, by its id.
    Treatment(String),
    /// The section of a treatment in this document, by its id.
    Option(String),
    /// The page of an adverse effect, by its id.
    Effect(String),
    /// The page of a type, by its id.
    Subtype(String),
    /// The question about a fact, by its id.
    Fact(String),
    /// The source with this number in the document's list, from 1.
    Source(usize),
    /// A number to call.
    Phone(String),
    /// A number to send a text message to.
    Message(String),
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it says.
    pub text: String,
    /// How it looks.
    pub emphasis: Emphasis,
    /// What it leads to.
    pub to: Option<Target>,
}

/// A line of text; it is wrapped where it is too long.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line(pub Vec<Piece>);

impl Line {
    /// Adds a piece.
    #[must_use]
    pub fn add(mut self, emphasis: Emphasis, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.0.push(Piece { text, emphasis, to: None });
        }
        self
    }

    /// Adds text that leads somewhere.
    #[must_use]
    pub fn link(mut self, emphasis: Emphasis, text: impl Into<String>, to: Target) -> Self {
        self.0.push(Piece { text: text.into(), emphasis, to: Some(to) });
        self
    }

    /// Adds the numbers of sources.
    #[must_use]
    pub fn cite(self, mark: Mark) -> Self {
        match mark.first {
            Some(first) => self.link(Emphasis::Faint, mark.text, Target::Source(first)),
            None => self,
        }
    }

    /// Adds the pieces of another line.
    #[must_use]
    pub fn then(mut self, line: Line) -> Self {
        self.0.extend(line.0);
        self
    }

    /// Lines in one, with this between them.
    #[must_use]
    pub fn joined(lines: impl Iterator<Item = Self>, between: &str) -> Self {
        lines.reduce(|line, next| line.plain(between).then(next)).unwrap_or_default()
    }

    /// Adds plain text.
    #[must_use]
    pub fn plain(self, text: impl Into<String>) -> Self {
        self.add(Emphasis::Plain, text)
    }

    /// Adds strong text.
    #[must_use]
    pub fn strong(self, text: impl Into<String>) -> Self {
        self.add(Emphasis::Strong, text)
    }

    /// Adds small print.
    #[must_use]
    pub fn faint(self, text: impl Into<String>) -> Self {
        self.add(Emphasis::Faint, text)
    }

    /// Its words without their looks.
    #[must_use]
    pub fn bare(&self) -> String {
        self.0.iter().map(|piece| piece.text.as_str()).collect()
    }
}

impl<T: Into<String>> From<T> for Line {
    fn from(text: T) -> Self {
        Self::default().plain(text)
    }
}

/// The numbers of sources behind a sentence, as ` [1, 4-6]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// As it is printed.
    pub text: String,
    /// The first number.
    pub first: Option<usize>,
}

/// What stands below a heading, up to the next heading of its level or above.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Section {
    /// Text to read on.
    #[default]
    Plain,
    /// Text that most need not read: where it can be folded, it is.
    Folded,
    /// A treatment as an option, by its id.
    Option(String),
    /// Signs of an emergency.
    RedFlags,
    /// Help for a person who may harm themself.
    Crisis,
    /// How soon to call.
    Call,
}

/// So many of 100 people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct People {
    /// At least so many, up to 100.
    pub low: u8,
    /// At most so many; the same as `low` for a single figure.
    pub high: u8,
    /// The same in words, from both sides: `With the drug: 41 of 100 people; not so for the other 59`.
    pub words: String,
}

/// One of several texts that stand side by side where there is room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Whose text it is.
    pub head: Line,
    /// The text.
    pub document: Document,
}

/// A block of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading: 1 is the document's title.
    Heading {
        /// 1 to 5.
        level: u8,
        /// What it says.
        line: Line,
        /// What stands below it.
        section: Section,
    },
    /// A paragraph.
    Paragraph(Line),
    /// A list of points, indented so many times.
    Points {
        /// 0 for the outermost.
        depth: u8,
        /// The points.
        lines: Vec<Line>,
    },
    /// A table: a row of heads, then rows of cells.
    Table {
        /// The heads of the columns.
        heads: Vec<String>,
        /// The rows.
        rows: Vec<Vec<String>>,
    },
    /// Groups of 100 people, to be seen beside each other.
    People {
        /// What the people have in common, for instance `Alive after 5 years`.
        title: String,
        /// The groups.
        groups: Vec<People>,
    },
    /// A picture, and what it shows as blocks for readers and renderers that have no pictures.
    Picture {
        /// What is drawn.
        drawing: Drawing,
        /// The same in words.
        words: Vec<Block>,
    },
    /// Texts side by side.
    Columns(Vec<Column>),
    /// What the document cites, as the last block of its section.
    Sources {
        /// The passages, in the order of their numbers from 1.
        passages: Vec<String>,
        /// The heading over the works.
        heading: String,
        /// The works that the passages stand in.
        works: Vec<Line>,
    },
}

impl Block {
    /// What is more than text, as text; none for what is text.
    #[must_use]
    pub fn in_words(&self) -> Option<Document> {
        let mut document = Document::default();
        match self {
            Self::Heading { .. } | Self::Paragraph(_) | Self::Points { .. } | Self::Table { .. } => return None,
            Self::People { title, groups } => {
                document.points(vec![Line::default().plain(format!("{title}:"))]);
                document.points_at(1, groups.iter().map(|group| group.words.clone().into()).collect());
            }
            Self::Picture { words, .. } => document.blocks.clone_from(words),
            Self::Columns(columns) => {
                for column in columns {
                    document.paragraph(column.head.clone());
                    document.blocks.extend(column.document.blocks.iter().cloned());
                }
            }
            Self::Sources { passages, heading, works } => {
                let line = |(place, text)| Line::default().faint(format!("[{}] {text}", place + 1));
                document.points(passages.iter().enumerate().map(line).collect());
                document.heading(3, heading.as_str());
                document.points(works.clone());
            }
        }
        Some(document)
    }
}

/// A document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its blocks in order.
    pub blocks: Vec<Block>,
}

impl Document {
    /// Adds a heading.
    pub fn heading(&mut self, level: u8, line: impl Into<Line>) {
        self.section(level, line, Section::Plain);
    }

    /// Adds a heading with something special below it.
    pub fn section(&mut self, level: u8, line: impl Into<Line>, section: Section) {
        self.blocks.push(Block::Heading { level, line: line.into(), section });
    }

    /// Adds a paragraph, unless it is empty.
    pub fn paragraph(&mut self, line: impl Into<Line>) {
        let line = line.into();
        if !line.0.is_empty() {
            self.blocks.push(Block::Paragraph(line));
        }
    }

    /// Adds points, unless there are none.
    pub fn points(&mut self, lines: Vec<Line>) {
        self.points_at(0, lines);
    }

    /// Adds points at a depth, unless there are none.
    pub fn points_at(&mut self, depth: u8, lines: Vec<Line>) {
        if !lines.is_empty() {
            self.blocks.push(Block::Points { depth, lines });
        }
    }

    /// Adds a table, unless it has no rows.
    pub fn table(&mut self, heads: &[&str], rows: Vec<Vec<String>>) {
        if !rows.is_empty() {
            self.blocks.push(Block::Table { heads: heads.iter().map(|head| (*head).to_owned()).collect(), rows });
        }
    }
}
