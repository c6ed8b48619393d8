//! A document as blocks, before it becomes text, Markdown or a page.

/// How a piece of text looks. Meaning never rests on it alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// As it is.
    Plain,
    /// A name or a key word.
    Strong,
    /// Sources and other small print.
    Faint,
    /// Held out.
    Good,
    /// Open.
    Open,
    /// Not held out, dangerous or withdrawn.
    Bad,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it says.
    pub text: String,
    /// How it looks.
    pub look: Look,
}

/// A line of text; it is wrapped where it is too long.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line(pub Vec<Piece>);

impl Line {
    /// Adds a piece.
    #[must_use]
    pub fn add(mut self, look: Look, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.0.push(Piece { text, look });
        }
        self
    }

    /// Adds plain text.
    #[must_use]
    pub fn plain(self, text: impl Into<String>) -> Self {
        self.add(Look::Plain, text)
    }

    /// Adds strong text.
    #[must_use]
    pub fn strong(self, text: impl Into<String>) -> Self {
        self.add(Look::Strong, text)
    }

    /// Adds small print.
    #[must_use]
    pub fn faint(self, text: impl Into<String>) -> Self {
        self.add(Look::Faint, text)
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

/// A block of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading: 1 is the document's title.
    Heading {
        /// 1, 2 or 3.
        level: u8,
        /// What it says.
        line: Line,
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
        self.blocks.push(Block::Heading { level, line: line.into() });
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
