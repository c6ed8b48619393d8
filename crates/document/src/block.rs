//! The blocks of a document. Renderers turn them into text, HTML and other formats.

use crate::svg::Drawing;

/// The appearance of a piece of text. Some renderers can't show it, so the words must be clear without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emphasis {
    /// Normal text.
    Plain,
    /// A name or an important word.
    Strong,
    /// Sources and other less important text.
    Faint,
    /// Something recommended.
    Good,
    /// Something that depends on unknown facts or needs special care.
    Open,
    /// Something not recommended, dangerous or withdrawn.
    Bad,
}

/// The target of a link. HTML pages link to the targets that have an address (see [`Context::address`](crate::html::Context::address)). All other
/// links are shown as text only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The page for the treatment with this ID.
    Treatment(String),
    /// The section of the same document about the treatment option with this ID.
    TreatmentSection(String),
    /// The page for the adverse effect with this ID.
    Effect(String),
    /// The page for the adverse effect with this ID. The piece is also the entry for the effect in this document, for
    /// [`EffectEntry`](Self::EffectEntry).
    EffectOfEntry(String),
    /// The entry for the adverse effect with this ID in the same document.
    EffectEntry(String),
    /// The page for the type of the disease with this ID.
    Subtype(String),
    /// The question about the fact with this ID.
    Fact(String),
    /// The passage with this number in the document's list of sources. The first passage has number 1.
    Source(usize),
    /// This phone number, for a call.
    Phone(String),
    /// This phone number, for a text message.
    Message(String),
    /// The page with the questions that the person takes to a visit.
    Visit,
}

/// A piece of a line: text with one appearance and at most one link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// The appearance of the text.
    pub emphasis: Emphasis,
    /// The target of the link, or `None` if the piece isn't a link.
    pub to: Option<Target>,
}

/// A line of text. Renderers wrap it if it's too long.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line(pub Vec<Piece>);

impl Line {
    /// Adds text with the given appearance, unless it's empty.
    #[must_use]
    pub fn add(mut self, emphasis: Emphasis, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.0.push(Piece { text, emphasis, to: None });
        }
        self
    }

    /// Adds a link.
    #[must_use]
    pub fn link(mut self, emphasis: Emphasis, text: impl Into<String>, to: Target) -> Self {
        self.0.push(Piece { text: text.into(), emphasis, to: Some(to) });
        self
    }

    /// Adds a citation mark, unless it has no sources.
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

    /// Joins several lines into one, with the text `between` between them.
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

    /// Adds less important text, such as sources.
    #[must_use]
    pub fn faint(self, text: impl Into<String>) -> Self {
        self.add(Emphasis::Faint, text)
    }

    /// Returns the text of the line, without emphasis and links.
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

/// A citation mark: the numbers of the sources for a sentence, for example ` [1, 4-6]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// The text to show, for example ` [1, 4-6]`.
    pub text: String,
    /// The first number, or `None` if there are no sources.
    pub first: Option<usize>,
}

/// The kind of section below a heading. The section ends before the next heading of the same or a higher level.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Section {
    /// Normal text.
    #[default]
    Plain,
    /// Text that most people don't need. If the format allows it, only the heading is visible until a person opens the section.
    Folded,
    /// Like `Folded`, but printed pages leave it out.
    FoldedExtra,
    /// A treatment option: the treatment with this ID.
    Treatment(String),
    /// A time in the course of treatment, with what is given then. HTML pages draw these sections as stops on a line.
    Stop {
        /// Whether the main treatment is given at this time.
        is_main: bool,
    },
    /// Signs of an emergency.
    RedFlags,
    /// Help for a person who may harm themselves.
    Crisis,
    /// How soon to call about a symptom.
    Call,
    /// What a person must know before all else. The section has only the lists that directly follow its heading.
    Warning,
}

/// A number of people out of 100, or a range of numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct People {
    /// The lowest number, at most 100.
    pub low: u8,
    /// The highest number, at most 100. It equals `low` if there is only one number.
    pub high: u8,
    /// The same information in words, including the people who aren't counted, for example
    /// `With the drug: yes for 41 of 100 people, no for 59`.
    pub words: String,
}

/// The picture of one group of 100 people, or of two groups in one picture, so that only the difference stands out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Array {
    /// The difference between the groups in words, for example `23 fewer in 100 with the drug`. Empty if there is only one group.
    pub difference: Line,
    /// What the study showed about the difference.
    pub tone: Tone,
    /// The parts of the picture, in order. Their counts add up to 100. Empty if there is no picture.
    pub shares: Vec<Share>,
    /// When the people were counted, who was studied, and how sure the difference is. Can be empty.
    pub caption: Line,
}

/// Whether a difference is good or bad for the people with the treatment. It's only the color of the marks; the words say the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// The difference can be chance, or there is only one group.
    #[default]
    Neutral,
    Better,
    Worse,
}

/// A number of the 100 people in an [`Array`], all drawn with the same mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The shape of the mark.
    pub shape: Shape,
    /// Whether the study showed the difference. If it didn't, the difference can be chance. True for all marks that aren't a difference.
    pub certain: bool,
    /// The number of people.
    pub count: u8,
    /// What the mark means, with the number, for example `23 only with the drug`.
    pub words: Line,
}

/// What happened to the people in a [`Share`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// It happened, in both groups if there are two.
    Happened,
    /// It may or may not have happened, because the figure is a range.
    InRange,
    /// It happened only in the other group, so fewer people had it with the treatment.
    Fewer,
    /// It happened only with the treatment, so more people had it.
    More,
    /// It didn't happen.
    DidNot,
}

/// Several things compared, with the same rows for each of them. HTML pages show a table with a column for each; other renderers show, in each row,
/// one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// What the table shows, for people who can't see it.
    pub label: String,
    /// The names of the compared things: the headings of the columns.
    pub heads: Vec<Line>,
    /// The rows, in order.
    pub rows: Vec<ComparisonRow>,
}

/// One row of a [`Comparison`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ComparisonRow {
    /// The question that the row answers. Empty if the row has only details.
    pub title: String,
    /// A short text for each column. Empty for a column that has none, and for all of them if the row has only details.
    pub cells: Vec<Vec<CellLine>>,
    /// A sentence about the whole row, for example which columns have no figure. Can be empty.
    pub note: Line,
    /// The heading above `details`.
    pub more: String,
    /// The full text for each column, or none if `cells` already says everything. HTML pages fold it.
    pub details: Vec<Document>,
}

/// A line of a short text in a [`Comparison`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellLine {
    /// The words.
    pub line: Line,
    /// If the words give a number of people out of 100, or a range of numbers: the lowest and the highest number. HTML pages draw a bar.
    pub people: Option<(u8, u8)>,
}

impl From<Line> for CellLine {
    fn from(line: Line) -> Self {
        Self { line, people: None }
    }
}

/// A part of an answer in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardPart {
    /// The heading of the part.
    pub head: Line,
    /// The content of the part.
    pub document: Document,
}

/// How good the evidence for something is. It decides how a [`Tag`] looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Support {
    /// The main choice.
    Main,
    /// It's usual.
    Usual,
    /// It's an option, or whether it's one depends on what isn't known yet.
    Optional,
    /// It isn't proven to help.
    Unproven,
    /// It's available only in clinical trials.
    TrialOnly,
}

/// A few words that stand out next to a name, for example `An option`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The words.
    pub words: String,
    /// The look of the tag. The words say the same.
    pub support: Support,
}

/// Something in one line, with more about it. HTML pages show the rest when a person opens the row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The level of the heading that has the name, as in [`Block::Heading`].
    pub level: u8,
    /// The name.
    pub name: Line,
    /// The words that stand out next to the name.
    pub tag: Option<Tag>,
    /// A few words about it.
    pub words: Line,
    /// The ID of the treatment, if the row describes it as an option. Other rows of the document may be about the same treatment.
    pub option: Option<String>,
    /// Everything else about it.
    pub inside: Document,
    /// Its sources, in one line.
    pub sources: Line,
}

/// A block of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading {
        /// The level, from 1 (the document's title) to 5.
        level: u8,
        /// The text of the heading.
        line: Line,
        /// The kind of section that the heading begins.
        section: Section,
    },
    /// A paragraph.
    Paragraph(Line),
    /// A bulleted list, or a part of one.
    Points {
        /// The depth: 0 for the outermost list, 1 for a list in one of its items, and so on.
        depth: u8,
        /// The items of the list.
        lines: Vec<Line>,
    },
    /// A table with a header row.
    Table {
        /// The column headers.
        heads: Vec<String>,
        /// The other rows, with one cell for each column.
        rows: Vec<Vec<String>>,
    },
    /// A few facts, each with its name.
    Facts(Vec<(String, Line)>),
    /// A group of 100 people, or two groups for comparison.
    People {
        /// What happened to the counted people, for example `The tree was still standing`.
        title: String,
        /// The groups. The first has the treatment.
        groups: Vec<People>,
        /// The picture of the groups.
        array: Array,
    },
    /// A picture, with its content as text for people who can't see it and for renderers without pictures.
    Picture {
        /// The picture.
        drawing: Drawing,
        /// The same content as text.
        words: Vec<Block>,
    },
    /// Several things compared.
    Comparison(Comparison),
    /// Something to fill in by hand, once it's on paper.
    ToFill {
        /// What to fill in.
        line: Line,
        /// Whether the box before the text is ticked. `None` if there is no box.
        ticked: Option<bool>,
        /// The number of empty lines below the text.
        lines: u8,
    },
    /// A sentence that says what most readers come for.
    Lead(Line),
    /// The answer in short, in a few parts.
    Card(Vec<CardPart>),
    /// Something in one line, with more about it.
    Row(Box<Row>),
    /// Details that HTML pages show when a person opens them.
    Fold {
        /// What the details are about.
        name: Line,
        /// The details.
        inside: Document,
    },
    /// The sources of the document. They must be the last block of their section.
    Sources {
        /// The cited passages, in the order of their numbers. The first has number 1.
        passages: Vec<String>,
        /// The heading above `works`.
        heading: String,
        /// The works that contain the passages.
        works: Vec<Line>,
    },
}

impl Block {
    /// Converts the block to headings, paragraphs, lists and tables, for renderers that support only these blocks. Returns `None` if the block is
    /// already one of them. Blocks inside a picture or a comparison aren't converted, so renderers call this function for them too.
    #[must_use]
    pub fn in_words(&self) -> Option<Document> {
        let mut document = Document::default();
        match self {
            Self::Heading { .. } | Self::Paragraph(_) | Self::Points { .. } | Self::Table { .. } => return None,
            Self::Facts(facts) => {
                let line = |(name, fact): &(String, Line)| Line::default().strong(format!("{name}: ")).then(fact.clone());
                document.points(facts.iter().map(line).collect());
            }
            Self::People { title, groups, array } => {
                let head = Line::default().plain(format!("{title}: ")).then(array.difference.clone());
                let is_alone = array.difference.0.is_empty();
                document.points(vec![if is_alone { format!("{title}:").into() } else { head }]);
                document.points_at(1, groups.iter().map(|group| group.words.clone().into()).collect());
                document.points_at(1, Some(array.caption.clone()).filter(|line| !line.0.is_empty()).into_iter().collect());
            }
            Self::ToFill { line, ticked: Some(_), .. } => document.points(vec![line.clone()]),
            Self::ToFill { line, ticked: None, .. } => document.paragraph(line.clone()),
            Self::Picture { words, .. } => document.blocks.clone_from(words),
            Self::Lead(line) => document.paragraph(line.clone()),
            Self::Row(row) => {
                let section = row.option.clone().map_or(Section::Plain, Section::Treatment);
                let tag = row.tag.iter().flat_map(|tag| [": ", &tag.words]).collect::<String>();
                document.section(row.level, row.name.clone().strong(tag), section);
                document.paragraph(row.words.clone());
                document.blocks.extend(row.inside.blocks.iter().cloned());
                document.paragraph(row.sources.clone());
            }
            Self::Fold { name, inside } => {
                document.paragraph(Line::default().strong(name.bare()));
                document.blocks.extend(inside.blocks.iter().cloned());
            }
            Self::Card(columns) => {
                for column in columns {
                    document.paragraph(column.head.clone());
                    document.blocks.extend(column.document.blocks.iter().cloned());
                }
            }
            Self::Comparison(Comparison { heads, rows, .. }) => {
                for row in rows {
                    document.heading(2, if row.title.is_empty() { row.more.as_str() } else { row.title.as_str() });
                    for (column, head) in heads.iter().enumerate() {
                        let lines = row.cells.get(column).map_or(&[][..], Vec::as_slice);
                        let details = row.details.get(column).map_or(&[][..], |details| details.blocks.as_slice());
                        if !lines.is_empty() || !details.is_empty() {
                            document.paragraph(head.clone());
                            document.points(lines.iter().map(|line| line.line.clone()).collect());
                            document.blocks.extend(details.iter().cloned());
                        }
                    }
                    document.paragraph(row.note.clone());
                }
            }
            Self::Sources { passages, heading, works } => {
                let line = |(index, text)| Line::default().faint(format!("[{}] {text}", index + 1));
                document.points(passages.iter().enumerate().map(line).collect());
                document.heading(3, heading.as_str());
                document.points(works.clone());
            }
        }
        Some(document)
    }
}

/// A document: a list of blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The blocks, in order.
    pub blocks: Vec<Block>,
}

impl Document {
    /// Converts all blocks to headings, paragraphs, lists and tables, also those inside of others.
    #[must_use]
    pub fn in_words(&self) -> Self {
        let words = |block: &Block| match block.in_words() {
            Some(document) => document.in_words().blocks,
            None => vec![block.clone()],
        };
        Self { blocks: self.blocks.iter().flat_map(words).collect() }
    }

    /// Adds a heading.
    pub fn heading(&mut self, level: u8, line: impl Into<Line>) {
        self.section(level, line, Section::Plain);
    }

    /// Adds a heading that begins a section of the given kind.
    pub fn section(&mut self, level: u8, line: impl Into<Line>, section: Section) {
        self.blocks.push(Block::Heading { level, line: line.into(), section });
    }

    /// Adds a paragraph, unless it's empty.
    pub fn paragraph(&mut self, line: impl Into<Line>) {
        let line = line.into();
        if !line.0.is_empty() {
            self.blocks.push(Block::Paragraph(line));
        }
    }

    /// Adds a bulleted list, unless it's empty.
    pub fn points(&mut self, lines: Vec<Line>) {
        self.points_at(0, lines);
    }

    /// Adds a bulleted list at the given depth, unless it's empty. A list with a depth above 0 belongs to the list item before it.
    pub fn points_at(&mut self, depth: u8, lines: Vec<Line>) {
        if !lines.is_empty() {
            self.blocks.push(Block::Points { depth, lines });
        }
    }

    /// Adds something to fill in by hand.
    pub fn blank(&mut self, line: impl Into<Line>, ticked: Option<bool>, lines: u8) {
        self.blocks.push(Block::ToFill { line: line.into(), ticked, lines });
    }

    /// Adds a table, unless it has no rows.
    pub fn table(&mut self, heads: &[&str], rows: Vec<Vec<String>>) {
        if !rows.is_empty() {
            self.blocks.push(Block::Table { heads: heads.iter().map(|head| (*head).to_owned()).collect(), rows });
        }
    }
}
