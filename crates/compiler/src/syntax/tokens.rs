//! Splits a condition into tokens.

use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
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
    Unrecognized,
}

#[derive(Clone, Debug)]
pub(super) struct Token {
    pub kind: Kind,
    pub text: String,
    pub span: Range<usize>,
}

pub(super) fn tokens(text: &str, offset: usize) -> Vec<Token> {
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
                '!' => followed('=', Kind::Unrecognized, Kind::Unrecognized),
                '&' | '|' => followed(c, Kind::Unrecognized, Kind::Unrecognized),
                '.' => followed('.', Kind::Dots, Kind::Unrecognized),
                '(' => Kind::Open,
                ')' => Kind::Close,
                '[' => Kind::OpenList,
                ']' => Kind::CloseList,
                ',' => Kind::Comma,
                _ => Kind::Unrecognized,
            }
        };
        found.push(Token { kind, text: text[start..end].to_owned(), span: offset + start..offset + end });
    }
    found
}

/// Whether `word` is a keyword in conditions. The ID of a fact or a value can't be a keyword.
pub(crate) fn is_keyword(word: &str) -> bool {
    ["and", "or", "not", "is", "in"].contains(&word)
}

/// If `text` is notation from another language, such as `&&` or `≥`, returns a hint that says what to write instead.
pub(super) fn instead(text: &str) -> Option<&'static str> {
    Some(match text {
        "&" | "&&" | "AND" | "And" | "∧" => "write `and`",
        "|" | "||" | "OR" | "Or" | "∨" => "write `or`",
        "!" | "NOT" | "Not" | "¬" => "write `not`",
        "!=" | "≠" => "write `is not`",
        "IS" | "Is" | ":" => "write `is`",
        "IN" | "In" | "∈" => "write `in`",
        "≤" => "write `<=`",
        "≥" => "write `>=`",
        "\"" | "'" | "`" | "“" | "”" => "write values without quotes",
        _ => return None,
    })
}
