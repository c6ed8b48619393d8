//! Parses conditions and recovers from syntax errors. Names are looked up later.

mod tokens;

use std::ops::Range;

use self::tokens::{Kind, Token, instead, tokens};
use crate::code::Code;
use crate::diagnostic::Diagnostic;

pub(crate) use self::tokens::is_keyword;

/// The maximum depth of nested parentheses and negations.
const MAX_DEPTH: usize = 64;

/// The maximum number of tokens in a condition. The longest condition of the built-in guide has about a tenth of this number.
const MAX_TOKENS: usize = 2_000;

/// A parsed condition whose names haven't been looked up.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expression {
    Always,
    /// `fact is value` or `fact in [a, b]`, or their negations.
    Is {
        fact: Word,
        values: Vec<Word>,
        negated: bool,
    },
    /// `fact in a..b`, or its negation.
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
    /// A part that couldn't be parsed. Its error has already been reported.
    Broken,
}

impl Expression {
    /// The place of the expression in the file, from its first comparison to its last, without outer parentheses and without a leading `not`.
    /// `None` if it contains no comparison.
    pub fn span(&self) -> Option<Range<usize>> {
        match self {
            Self::Always | Self::Broken => None,
            Self::Is { fact, values, .. } => Some(fact.span.start..values.last().map_or(fact.span.end, |value| value.span.end)),
            Self::Range { fact, high, .. } => Some(fact.span.start..high.span.end),
            Self::Compare { span, .. } => Some(span.clone()),
            Self::Not(inner) => inner.span(),
            Self::All(parts) | Self::Any(parts) => {
                parts.iter().filter_map(Self::span).reduce(|a, b| a.start.min(b.start)..a.end.max(b.end))
            }
        }
    }
}

/// A word or a number, with its place in the file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Word {
    pub text: String,
    pub span: Range<usize>,
}

/// Parses a condition that starts at byte `offset` of the file with the index `file`. Reports each part that can't be parsed, replaces it with
/// [`Expression::Broken`], and continues.
pub(crate) fn parse(text: &str, file: usize, offset: usize) -> (Expression, Vec<Diagnostic>) {
    let tokens = tokens(text, offset);
    let mut parser = Parser { tokens, next: 0, file, end: offset + text.len(), errors: Vec::new() };
    if parser.tokens.is_empty() {
        parser.error(
            Code::EmptyCondition,
            "a condition is empty",
            offset..offset + text.len(),
            "empty",
            "write `always` if it applies to everyone",
        );
        return (Expression::Broken, parser.errors);
    }
    if let Some(token) = parser.tokens.get(MAX_TOKENS) {
        let message = format!("a condition has more than {MAX_TOKENS} tokens");
        let error = Diagnostic::new(Code::TooMany, message, file, token.span.clone(), "too long from here");
        return (Expression::Broken, vec![error.help("define its parts as derived facts")]);
    }
    let mut parts = vec![parser.sequence(0)];
    while let Some(token) = parser.take(|_| true) {
        // A sequence ends before the end of the text only at a closing parenthesis.
        parser.error(
            Code::UnreadableCondition,
            "a parenthesis is closed but was never opened",
            token.span,
            "closed here",
            "remove it, or open it earlier",
        );
        if parser.take_word("and") || parser.take_word("or") || parser.peek().is_some() {
            parts.push(parser.sequence(0));
        }
    }
    let expression = if parts.len() == 1 { parts.remove(0) } else { Expression::All(parts) };
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

    /// Reports an error. If the token at `span` is notation from another language, the hint says what to write instead of it, and `help` isn't used.
    fn error(&mut self, code: Code, message: &str, span: Range<usize>, label: &str, help: &str) {
        let token = self.tokens.iter().find(|token| token.span == span);
        let help = token.and_then(|token| instead(&token.text)).unwrap_or(help);
        self.errors.push(Diagnostic::new(code, message, self.file, span, label).help(help));
    }

    /// After an error, skips to the next `and` or `or` outside nested parentheses, or to the parenthesis that closes this part. Doesn't consume that
    /// token.
    fn recover(&mut self) -> Expression {
        let mut open = 0_usize;
        while let Some(token) = self.peek() {
            match token.kind {
                Kind::Open => open += 1,
                Kind::Close if open == 0 => break,
                Kind::Close => open -= 1,
                Kind::Word if open == 0 && ["and", "or"].contains(&token.text.as_str()) => break,
                _ => {}
            }
            self.next += 1;
        }
        Expression::Broken
    }

    /// Parses up to a closing parenthesis or the end of the text. If `and` or `or` is missing between two conditions, reports an error but parses
    /// both.
    fn sequence(&mut self, depth: usize) -> Expression {
        let mut parts = vec![self.any(depth)];
        while let Some(token) = self.peek().filter(|token| token.kind != Kind::Close).cloned() {
            let starts = matches!(token.kind, Kind::Word | Kind::Open) && instead(&token.text).is_none();
            self.error(
                Code::UnreadableCondition,
                "a condition continues where it should end",
                token.span,
                "not expected here",
                "join conditions with `and` or `or`",
            );
            if !starts {
                self.next += 1;
                let joined = ["AND", "And", "OR", "Or", "&", "&&", "|", "||", "∧", "∨"].contains(&token.text.as_str());
                if !joined {
                    self.recover();
                    if !self.take_word("and") && !self.take_word("or") {
                        continue;
                    }
                }
            }
            parts.push(self.any(depth));
        }
        if parts.len() == 1 { parts.remove(0) } else { Expression::All(parts) }
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
        if depth > MAX_DEPTH {
            self.error(
                Code::DeepCondition,
                "a condition is nested too deeply",
                self.here(),
                "too deep here",
                "define its parts as derived facts",
            );
            self.next = self.tokens.len();
            return Expression::Broken;
        }
        if self.take_word("not") {
            return Expression::Not(Box::new(self.not(depth + 1)));
        }
        if let Some(open) = self.take(|token| token.kind == Kind::Open) {
            let inner = self.sequence(depth + 1);
            let too_deep = self.errors.last().is_some_and(|error| error.code == Code::DeepCondition);
            if self.take(|token| token.kind == Kind::Close).is_none() && !too_deep {
                let here = self.here();
                let error = Diagnostic::new(
                    Code::UnreadableCondition,
                    "a parenthesis isn't closed",
                    self.file,
                    here,
                    "`)` is missing here",
                );
                self.errors.push(error.also(self.file, open.span, "opened here").help("close it"));
            }
            return inner;
        }
        self.simple_condition()
    }

    fn word(&mut self) -> Option<Word> {
        self.take(|token| matches!(token.kind, Kind::Word | Kind::Number) && !is_keyword(&token.text))
            .map(|token| Word { text: token.text, span: token.span })
    }

    fn simple_condition(&mut self) -> Expression {
        let named = |token: &Token| token.kind == Kind::Word && !is_keyword(&token.text) && instead(&token.text).is_none();
        let Some(fact) = self.take(named) else {
            self.error(
                Code::UnreadableCondition,
                "a fact's name is expected",
                self.here(),
                "not a fact",
                "start with the fact, as in `grade is G2` or `size > 5 cm`",
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
            return match self.number().or_else(|| self.word()) {
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
                Some(value) => Expression::Is { fact, values: vec![value], negated },
                _ => {
                    self.error(
                        Code::UnreadableCondition,
                        "a value is expected after `is`",
                        self.here(),
                        "not a value",
                        "write, for example, `grade is G2`",
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
            Code::UnreadableCondition,
            "a fact's name isn't followed by a comparison",
            self.here(),
            "`is`, `in`, `<`, `<=`, `>` or `>=` is expected here",
            &help,
        );
        self.recover()
    }

    fn unit_follows(&self) -> bool {
        let unit = |token: &Token| {
            token.kind == Kind::Word && !["and", "or"].contains(&token.text.as_str()) && instead(&token.text).is_none()
        };
        self.peek().is_some_and(unit)
    }

    /// Parses a number. Reports a comma in a number, and parses the comma as a decimal point.
    fn number(&mut self) -> Option<Word> {
        let whole = self.take(|token| token.kind == Kind::Number)?;
        let decimals = match self.tokens.get(self.next..self.next + 2) {
            Some([comma, decimals])
                if (comma.kind, decimals.kind) == (Kind::Comma, Kind::Number)
                    && (whole.span.end, comma.span.end) == (comma.span.start, decimals.span.start) =>
            {
                decimals.clone()
            }
            _ => return Some(Word { text: whole.text, span: whole.span }),
        };
        self.next += 2;
        let unit = self.peek().filter(|_| self.unit_follows()).map(|unit| format!(" {}", unit.text)).unwrap_or_default();
        let span = whole.span.start..decimals.span.end;
        let message = format!("`{},{}` is written with a comma", whole.text, decimals.text);
        let error = Diagnostic::new(
            Code::UnreadableNumber,
            message,
            self.file,
            span.clone(),
            "use a point before decimals, and no separator for thousands",
        );
        let [point, nothing] = [".", ""].map(|between| format!("{}{between}{}", whole.text, decimals.text));
        let help = match decimals.text.len() {
            3 => format!("write `{nothing}{unit}` or `{point}{unit}`, whichever is meant"),
            _ => format!("write `{point}{unit}`"),
        };
        self.errors.push(error.help(help));
        Some(Word { text: point, span })
    }

    fn comparison(&mut self, fact: Word, operator: &Token) -> Expression {
        use sarcoguide_model::Comparison;
        if operator.kind == Kind::Equal {
            self.error(Code::UnreadableCondition, "conditions can't contain `=`", operator.span.clone(), "here", "write `is`");
            if let Some(value) = self.take(|token| token.kind == Kind::Word) {
                return Expression::Is { fact, values: vec![Word { text: value.text, span: value.span }], negated: false };
            }
        }
        let comparison = match operator.kind {
            Kind::Less => Comparison::Less,
            Kind::AtMost => Comparison::AtMost,
            Kind::Greater => Comparison::Greater,
            Kind::AtLeast => Comparison::AtLeast,
            _ => Comparison::Equal,
        };
        let Some(number) = self.number() else {
            self.error(
                Code::UnreadableCondition,
                "a number is expected after a comparison",
                self.here(),
                "not a number",
                "write, for example, `size > 5 cm`",
            );
            return self.recover();
        };
        let unit = if self.unit_follows() { self.word() } else { None };
        let span = fact.span.start..unit.as_ref().map_or(number.span.end, |unit| unit.span.end);
        if let Some(again) = self.take(|token| matches!(token.kind, Kind::Less | Kind::AtMost | Kind::Greater | Kind::AtLeast)) {
            self.error(
                Code::UnreadableCondition,
                "comparisons can't be chained",
                again.span,
                "a second comparison",
                "write two comparisons, joined with `and`",
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
                        Code::UnreadableCondition,
                        "a list or a range is expected after `in`",
                        self.here(),
                        "neither a list nor a range",
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
                        Code::UnreadableCondition,
                        "a value is expected in a list",
                        self.here(),
                        "not a value",
                        "separate values with commas",
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
            let error = Diagnostic::new(Code::UnreadableCondition, "a list isn't closed", self.file, here, "`]` is missing here");
            self.errors.push(error.also(self.file, open.span, "opened here").help("close it, and separate values with commas"));
            return self.recover();
        }
        if values.is_empty() {
            self.error(Code::UnreadableCondition, "a list is empty", open.span, "no value", "list at least one value");
            return Expression::Broken;
        }
        Expression::Is { fact, values, negated }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes an expression as text, with parentheses around everything that `and` or `or` joins.
    fn shown(expression: &Expression) -> String {
        let list = |values: &[Word]| values.iter().map(|value| value.text.as_str()).collect::<Vec<_>>().join(",");
        let not = |negated: &bool| if *negated { "!" } else { "" };
        let join = |parts: &[Expression], word: &str| format!("({})", parts.iter().map(shown).collect::<Vec<_>>().join(word));
        match expression {
            Expression::Always => "always".to_owned(),
            Expression::Broken => "?".to_owned(),
            Expression::Is { fact, values, negated } => format!("{}{}={}", not(negated), fact.text, list(values)),
            Expression::Range { fact, low, high, negated } => {
                format!("{}{}={}..{}", not(negated), fact.text, low.text, high.text)
            }
            Expression::Compare { fact, comparison, negated, number, unit, .. } => {
                let unit = unit.as_ref().map_or("", |unit| unit.text.as_str());
                format!("{}{} {comparison:?} {}{unit}", not(negated), fact.text, number.text)
            }
            Expression::Not(inner) => format!("!{}", shown(inner)),
            Expression::All(parts) => join(parts, " & "),
            Expression::Any(parts) => join(parts, " | "),
        }
    }

    fn read(text: &str) -> (String, usize) {
        let (expression, errors) = parse(text, 0, 0);
        (shown(&expression), errors.len())
    }

    #[test]
    fn not_binds_tighter_than_and_which_binds_tighter_than_or() {
        for (text, meant) in [
            ("a is x or b is y and not c is z", "(a=x | (b=y & !c=z))"),
            ("(a is x or b is y) and c is z", "((a=x | b=y) & c=z)"),
            ("not (a is x or b is not y)", "!(a=x | !b=y)"),
            ("a in [x, y,] and b not in I..IIB", "(a=x,y & !b=I..IIB)"),
            ("ecog in 0..2 and ecog in [0, 1]", "(ecog=0..2 & ecog=0,1)"),
            ("size > 5 cm and necrosis <= 2.5 %", "(size Greater 5cm & necrosis AtMost 2.5%)"),
            ("age is 18 years or age is not 20 years", "(age Equal 18years | !age Equal 20years)"),
            ("t > -1.5 c and t<3c", "(t Greater -1.5c & t Less 3c)"),
            ("ecog in [0,1] and a in [1,2,3]", "(ecog=0,1 & a=1,2,3)"),
            ("always", "always"),
            ("always is x", "always=x"),
        ] {
            assert_eq!(read(text), (meant.to_owned(), 0), "{text}");
        }
    }

    #[test]
    fn parsing_continues_after_an_error() {
        for (text, meant, errors) in [
            ("a is and b is y", "(? & b=y)", 1),
            ("a x and b is y", "(? & b=y)", 1),
            ("a is x b is y", "(a=x & b=y)", 1),
            ("(a is x b is y) and c is z", "((a=x & b=y) & c=z)", 1),
            ("a is x) and b is y", "(a=x & b=y)", 1),
            ("(a is x and b is y", "(a=x & b=y)", 1),
            ("a (b is c) or d is e", "(? | d=e)", 1),
            ("a in [x y] and b is z", "(? & b=z)", 1),
            ("a is x AND b is y", "(a=x & b=y)", 1),
            ("a is x && b is y || c is z", "(a=x & b=y & c=z)", 2),
            ("a = x and b != y and c is z", "(a=x & ? & c=z)", 2),
            ("NOT a is x and b is y", "(? & b=y)", 1),
            ("a is \"x\" and b is y", "(? & b=y)", 1),
            ("size > and b is y", "(? & b=y)", 1),
            ("size > 5,5 cm and b is y", "(size Greater 5.5cm & b=y)", 1),
            ("size is not 1,000 cm or size < 5,5", "(!size Equal 1.000cm | size Less 5.5)", 2),
            ("size > 5, 5 cm", "size Greater 5", 1),
            ("1 cm < size < 5 cm", "?", 1),
            ("size > 1 cm > 2 cm and b is y", "(? & b=y)", 1),
            ("and", "(? & ?)", 2),
            (")", "?", 2),
        ] {
            assert_eq!(read(text), (meant.to_owned(), errors), "{text}");
        }
    }

    #[test]
    fn notation_from_other_languages_gets_a_hint() {
        for (text, help) in [
            ("a is x && b is y", "write `and`"),
            ("a is x OR b is y", "write `or`"),
            ("a != x", "write `is not`"),
            ("size ≥ 5 cm", "write `>=`"),
            ("a IS x", "write `is`"),
            ("a is 'x'", "write values without quotes"),
            ("NOT a is x", "write `not`"),
            ("size > 5,5 cm", "write `5.5 cm`"),
            ("size > 1,000 mm", "write `1000 mm` or `1.000 mm`, whichever is meant"),
            ("size is 5,25", "write `5.25`"),
        ] {
            let (_, errors) = parse(text, 0, 0);
            assert_eq!(errors[0].help, [help], "{text}");
        }
    }

    #[test]
    fn spans_are_byte_offsets_in_the_file() {
        let (expression, errors) = parse("größe is x and b ? c", 0, 10);
        let Expression::All(parts) = &expression else { panic!("{expression:?}") };
        assert_eq!(parts[0].span(), Some(10..22));
        assert_eq!(errors[0].marks[0].span, 29..30);
    }

    #[test]
    fn the_length_of_a_condition_is_limited() {
        let long = |parts: usize| vec!["a is x"; parts].join(" or ");
        assert_eq!(parse(&long(500), 0, 0).1, []);
        let (expression, errors) = parse(&long(501), 0, 0);
        assert_eq!((expression, errors.len(), errors[0].code), (Expression::Broken, 1, Code::TooMany));
    }

    #[test]
    fn the_depth_of_nesting_is_limited() {
        for text in ["(".repeat(1500), "not ".repeat(1500), format!("{}a is x{}", "(".repeat(60), ")".repeat(60))] {
            let deep = parse(&text, 0, 0).1.iter().filter(|error| error.code == Code::DeepCondition).count();
            assert_eq!(deep, usize::from(text.len() > 1000));
        }
    }
}
