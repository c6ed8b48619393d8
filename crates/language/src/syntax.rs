//! Conditions as text: tokens, grammar, recovery. Names are not looked up here.

use std::ops::Range;

use crate::diagnostic::Diagnostic;

/// How deep parentheses and negations may go.
const MOST_DEPTH: usize = 64;

/// A condition as written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expression {
    Always,
    /// `fact is value`, `fact in [a, b]`, with negation.
    Is {
        fact: Word,
        values: Vec<Word>,
        negated: bool,
    },
    /// `fact in a..b`, with negation.
    Range {
        fact: Word,
        low: Word,
        high: Word,
        negated: bool,
    },
    Compare {
        fact: Word,
        comparison: sarcoguide_model::Comparison,
        negated: bool,
        number: Word,
        unit: Option<Word>,
        span: Range<usize>,
    },
    Not(Box<Expression>),
    All(Vec<Expression>),
    Any(Vec<Expression>),
    /// Something that could not be read; the error is told already.
    Broken,
}

/// A word with its place in the file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Word {
    pub text: String,
    pub span: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Word,
    Number,
    Less,
    AtMost,
    Greater,
    AtLeast,
    Equal,
    Open,
    Close,
    OpenList,
    CloseList,
    Comma,
    Dots,
    Strange,
}

#[derive(Clone, Debug)]
struct Token {
    kind: Kind,
    text: String,
    span: Range<usize>,
}

fn tokens(text: &str, offset: usize) -> Vec<Token> {
    let mut found = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut take_while = |accept: &dyn Fn(char) -> bool, end: &mut usize| {
            while let Some((at, next)) = rest.next_if(|(_, next)| accept(*next)) {
                *end = at + next.len_utf8();
            }
        };
        let kind = if c.is_ascii_digit() || (c == '-' && text[end..].starts_with(|next: char| next.is_ascii_digit())) {
            take_while(&|next| next.is_ascii_digit(), &mut end);
            if text[end..].starts_with('.') && !text[end..].starts_with("..") {
                take_while(&|next| next == '.', &mut end);
                take_while(&|next| next.is_ascii_digit(), &mut end);
            }
            Kind::Number
        } else if c.is_alphabetic() || c == '_' || c == '%' {
            take_while(&|next| next.is_alphanumeric() || next == '_', &mut end);
            Kind::Word
        } else {
            let mut followed = |next: char, yes: Kind, no: Kind| match rest.next_if(|(_, c)| *c == next) {
                Some((at, c)) => {
                    end = at + c.len_utf8();
                    yes
                }
                None => no,
            };
            match c {
                '<' => followed('=', Kind::AtMost, Kind::Less),
                '>' => followed('=', Kind::AtLeast, Kind::Greater),
                '=' => followed('=', Kind::Equal, Kind::Equal),
                '.' => followed('.', Kind::Dots, Kind::Strange),
                '(' => Kind::Open,
                ')' => Kind::Close,
                '[' => Kind::OpenList,
                ']' => Kind::CloseList,
                ',' => Kind::Comma,
                _ => Kind::Strange,
            }
        };
        found.push(Token { kind, text: text[start..end].to_owned(), span: offset + start..offset + end });
    }
    found
}

/// Reads a condition that stands at `offset` in `file`. Whatever cannot be read is reported and left out, and reading goes on.
pub(crate) fn parse(text: &str, file: usize, offset: usize) -> (Expression, Vec<Diagnostic>) {
    let tokens = tokens(text, offset);
    let mut parser = Parser { tokens, next: 0, file, end: offset + text.len(), errors: Vec::new() };
    if parser.tokens.is_empty() {
        parser.error(
            "E020",
            "a condition is empty",
            offset..offset + text.len(),
            "nothing is said here",
            "write `always` if it holds for everyone",
        );
        return (Expression::Broken, parser.errors);
    }
    let expression = parser.any(0);
    if let Some(token) = parser.peek().cloned() {
        let (message, label) = match token.kind {
            Kind::Close => ("a parenthesis is closed that was never opened", "closed here"),
            _ => ("a condition goes on where it should end", "not expected here"),
        };
        parser.error("E021", message, token.span, label, "join conditions with `and` or `or`");
    }
    (expression, parser.errors)
}

struct Parser {
    tokens: Vec<Token>,
    next: usize,
    file: usize,
    end: usize,
    errors: Vec<Diagnostic>,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn is_word(&self, word: &str) -> bool {
        self.peek().is_some_and(|token| token.kind == Kind::Word && token.text == word)
    }

    fn take(&mut self, accept: impl Fn(&Token) -> bool) -> Option<Token> {
        let token = self.peek().filter(|token| accept(token)).cloned();
        self.next += usize::from(token.is_some());
        token
    }

    fn take_word(&mut self, word: &str) -> bool {
        self.take(|token| token.kind == Kind::Word && token.text == word).is_some()
    }

    fn here(&self) -> Range<usize> {
        self.peek().map_or(self.end..self.end, |token| token.span.clone())
    }

    fn error(&mut self, code: &'static str, message: &str, span: Range<usize>, label: &str, help: &str) {
        self.errors.push(Diagnostic::new(code, message, self.file, span, label).help(help));
    }

    /// After an error: go on behind the next `and`, `or` or closing parenthesis, which is left to be read.
    fn recover(&mut self) -> Expression {
        while self.peek().is_some()
            && !self.is_word("and")
            && !self.is_word("or")
            && self.peek().is_some_and(|token| token.kind != Kind::Close)
        {
            self.next += 1;
        }
        Expression::Broken
    }

    fn any(&mut self, depth: usize) -> Expression {
        self.chain(depth, "or", Expression::Any, Self::all)
    }

    fn all(&mut self, depth: usize) -> Expression {
        self.chain(depth, "and", Expression::All, Self::not)
    }

    fn chain(
        &mut self,
        depth: usize,
        word: &str,
        join: fn(Vec<Expression>) -> Expression,
        part: fn(&mut Self, usize) -> Expression,
    ) -> Expression {
        let first = part(self, depth);
        let mut parts = vec![first];
        while self.take_word(word) {
            parts.push(part(self, depth));
        }
        match parts.len() {
            1 => parts.remove(0),
            _ => join(parts),
        }
    }

    fn not(&mut self, depth: usize) -> Expression {
        if depth > MOST_DEPTH {
            self.error("E022", "a condition is nested too deeply", self.here(), "this deep", "name its parts as derived facts");
            self.next = self.tokens.len();
            return Expression::Broken;
        }
        if self.take_word("not") {
            return Expression::Not(Box::new(self.not(depth + 1)));
        }
        if let Some(open) = self.take(|token| token.kind == Kind::Open) {
            let inner = self.any(depth + 1);
            let too_deep = self.errors.last().is_some_and(|error| error.code == "E022");
            if self.take(|token| token.kind == Kind::Close).is_none() && !too_deep {
                let here = self.here();
                let error = Diagnostic::new("E021", "a parenthesis is not closed", self.file, here, "`)` is missing here");
                self.errors.push(error.also(self.file, open.span, "opened here").help("close it"));
            }
            return inner;
        }
        self.statement()
    }

    fn word(&mut self) -> Option<Word> {
        self.take(|token| matches!(token.kind, Kind::Word | Kind::Number))
            .map(|token| Word { text: token.text, span: token.span })
    }

    fn statement(&mut self) -> Expression {
        let keyword = |word: &str| ["and", "or", "is", "in", "not"].contains(&word);
        let Some(fact) = self.take(|token| token.kind == Kind::Word && !keyword(&token.text)) else {
            self.error(
                "E021",
                "a fact's name is expected",
                self.here(),
                "not a fact",
                "begin with the fact, as in `grade is G2` or `size > 5 cm`",
            );
            return self.recover();
        };
        let fact = Word { text: fact.text, span: fact.span };
        if fact.text == "always"
            && self.peek().is_none_or(|token| matches!(token.kind, Kind::Close) || ["and", "or"].contains(&token.text.as_str()))
        {
            return Expression::Always;
        }
        if self.take_word("is") {
            let negated = self.take_word("not");
            return match self.word() {
                Some(value) if value.text.starts_with(|c: char| c.is_ascii_digit() || c == '-') && self.unit_follows() => {
                    let span = fact.span.start..value.span.end;
                    let unit = self.word();
                    Expression::Compare {
                        fact,
                        comparison: sarcoguide_model::Comparison::Equal,
                        negated,
                        number: value,
                        unit,
                        span,
                    }
                }
                Some(value) if !keyword(&value.text) => Expression::Is { fact, values: vec![value], negated },
                _ => {
                    self.error(
                        "E021",
                        "a value is expected after `is`",
                        self.here(),
                        "not a value",
                        "write for instance `grade is G2`",
                    );
                    self.recover()
                }
            };
        }
        let negated = self.take_word("not");
        if self.take_word("in") {
            return self.list(fact, negated);
        }
        let comparison =
            self.take(|token| matches!(token.kind, Kind::Less | Kind::AtMost | Kind::Greater | Kind::AtLeast | Kind::Equal));
        if let (Some(operator), false) = (comparison, negated) {
            return self.comparison(fact, &operator);
        }
        let help = format!("write `{} is ...`, `{} in [...]` or a comparison with its unit", fact.text, fact.text);
        self.error(
            "E021",
            "a fact's name is not followed by what it should be",
            self.here(),
            "`is`, `in` or a comparison is expected here",
            &help,
        );
        self.recover()
    }

    fn unit_follows(&self) -> bool {
        self.peek().is_some_and(|token| token.kind == Kind::Word && !["and", "or"].contains(&token.text.as_str()))
    }

    fn comparison(&mut self, fact: Word, operator: &Token) -> Expression {
        use sarcoguide_model::Comparison;
        if operator.kind == Kind::Equal {
            self.error("E021", "`=` is not used in conditions", operator.span.clone(), "here", "write `is`");
        }
        let comparison = match operator.kind {
            Kind::Less => Comparison::Less,
            Kind::AtMost => Comparison::AtMost,
            Kind::Greater => Comparison::Greater,
            Kind::AtLeast => Comparison::AtLeast,
            _ => Comparison::Equal,
        };
        let Some(number) = self.take(|token| token.kind == Kind::Number) else {
            self.error(
                "E021",
                "a number is expected after a comparison",
                self.here(),
                "not a number",
                "write for instance `size > 5 cm`",
            );
            return self.recover();
        };
        let number = Word { text: number.text, span: number.span };
        let unit = if self.unit_follows() { self.word() } else { None };
        let span = fact.span.start..unit.as_ref().map_or(number.span.end, |unit| unit.span.end);
        if let Some(again) = self.take(|token| matches!(token.kind, Kind::Less | Kind::AtMost | Kind::Greater | Kind::AtLeast)) {
            self.error(
                "E021",
                "comparisons cannot be chained",
                again.span,
                "a second comparison",
                "write two, joined with `and`",
            );
            return self.recover();
        }
        Expression::Compare { fact, comparison, negated: false, number, unit, span }
    }

    fn list(&mut self, fact: Word, negated: bool) -> Expression {
        let Some(open) = self.take(|token| token.kind == Kind::OpenList) else {
            let low = self.word();
            let dots = self.take(|token| token.kind == Kind::Dots);
            return match (low, dots, self.word()) {
                (Some(low), Some(_), Some(high)) => Expression::Range { fact, low, high, negated },
                _ => {
                    self.error(
                        "E021",
                        "a list or a range is expected after `in`",
                        self.here(),
                        "neither",
                        "write `in [a, b]` or `in a..b`",
                    );
                    self.recover()
                }
            };
        };
        let mut values = Vec::new();
        loop {
            match self.word() {
                Some(value) => values.push(value),
                None if self.peek().is_some_and(|token| token.kind == Kind::CloseList) => {}
                None => {
                    self.error(
                        "E021",
                        "a value is expected in a list",
                        self.here(),
                        "not a value",
                        "write values with commas between them",
                    );
                    return self.recover();
                }
            }
            if self.take(|token| token.kind == Kind::Comma).is_none() {
                break;
            }
        }
        if self.take(|token| token.kind == Kind::CloseList).is_none() {
            let here = self.here();
            let error = Diagnostic::new("E021", "a list is not closed", self.file, here, "`]` is missing here");
            self.errors.push(error.also(self.file, open.span, "opened here").help("close it; put commas between values"));
            return self.recover();
        }
        if values.is_empty() {
            self.error("E021", "a list is empty", open.span, "no value", "name at least one value");
            return Expression::Broken;
        }
        Expression::Is { fact, values, negated }
    }
}
