//! Splits a person's description of a symptom into words and numbers, and finds patterns and names in it.

use std::collections::BTreeSet;

use sarcoguide_model::{Decimal, GroupKind, SymptomCheck, WordGroup, Wording};
use strsim::osa_distance;

use crate::search::split;

/// The content of a token.
#[derive(Clone, Debug, PartialEq)]
enum TokenKind {
    Word(String),
    Number(Decimal),
}

/// A word or a number in a text.
#[derive(Clone, Debug)]
struct Token {
    kind: TokenKind,
    /// Whether punctuation or a line break comes right before it. Also true for the first token of a text.
    after_pause: bool,
}

/// A person's description of a symptom.
#[derive(Clone, Debug)]
pub(crate) struct SymptomText<'g> {
    tokens: Vec<Token>,
    /// For each token, whether it was removed. Patterns don't match removed tokens, but names do.
    removed: Vec<bool>,
    /// Words that never count as a misspelling of another word or, in the search for names, as a form of it.
    exact: &'g [String],
    /// Words that negate the word after them, such as `no`.
    negations: &'g [String],
}

/// The name of an effect, prepared for a search in a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Name {
    /// All words of the name.
    all: Vec<String>,
    /// The words without stop words.
    significant: Vec<String>,
    /// Whether the name itself contains a comma.
    has_comma: bool,
}

impl Name {
    /// Prepares a name. `stop_words` are words that carry no meaning on their own.
    pub fn new(name: &str, stop_words: &[String]) -> Self {
        let all: Vec<String> = split(name).collect();
        let significant = all.iter().filter(|word| !stop_words.contains(word)).cloned().collect();
        Self { all, significant, has_comma: name.contains(',') }
    }

    /// Whether the name matches only as a phrase, with its words in order and nothing between them: `the drip runs` doesn't match `the runs`. True if
    /// at most one of its words isn't a stop word.
    fn is_phrase(&self) -> bool {
        self.significant.len() < 2
    }

    /// Returns the words that the text must contain. Unless the name is matched as a phrase, they can be in any order, with a few other
    /// words between them.
    pub fn wanted(&self) -> &[String] {
        if self.is_phrase() { &self.all } else { &self.significant }
    }
}

/// The indexes of the first and last token of a match.
type Span = (usize, usize);

/// The maximum number of words by which a match can be longer than the name.
const EXTRA_WORDS: usize = 2;
/// The maximum length of an ending that makes one word a form of another, in characters.
const ENDING: usize = 3;

impl<'g> SymptomText<'g> {
    /// Splits a text into words and numbers. `can't` is one word, `39C` is a number and a word, `38,5` is one number, and `%` is a word.
    pub fn new(text: &str, check: Option<&'g SymptomCheck>) -> Self {
        let text: String = text.to_lowercase().chars().filter(|c| !matches!(c, '\'' | '\u{2019}' | '\u{2bc}' | '`')).collect();
        let (exact, negations) = check.map_or((&[][..], &[][..]), |check| (&check.exact_words, &check.negations));
        let mut read = Self { tokens: Vec::new(), removed: Vec::new(), exact, negations };
        let mut rest = text.as_str();
        let mut after_pause = true;
        while let Some(first) = rest.chars().next() {
            let is_part: fn(char) -> bool = match first {
                c if c.is_ascii_digit() => |c| c.is_ascii_digit() || c == '.' || c == ',',
                c if c.is_alphabetic() => char::is_alphabetic,
                '%' => |c| c == '%',
                c => {
                    after_pause |= matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\n' | '(' | ')');
                    rest = &rest[c.len_utf8()..];
                    continue;
                }
            };
            let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
            let (part, after) = rest.split_at(end);
            rest = after;
            let kind = if first.is_ascii_digit() {
                Decimal::parse(part.trim_end_matches(['.', ',']).replace(',', ".").as_str()).map(TokenKind::Number)
            } else {
                Some(TokenKind::Word(part.to_owned()))
            };
            read.tokens.extend(kind.map(|kind| Token { kind, after_pause }));
            after_pause = first.is_ascii_digit() && part.ends_with(['.', ',']);
        }
        read.removed = vec![false; read.tokens.len()];
        read
    }

    /// Whether the text contains all words of a name, without a negation. None of the `name_words` counts as a misspelling of another word.
    pub fn has_name(&self, name: &Name, name_words: &BTreeSet<String>) -> bool {
        let indexes: Vec<Vec<usize>> = name.wanted().iter().map(|word| self.forms(word, name_words)).collect();
        let Some((first, rest)) = indexes.split_first() else { return false };
        first.iter().any(|start| {
            let mut taken = vec![*start];
            for indexes in rest {
                let free = indexes.iter().filter(|index| !taken.contains(index));
                let next = if name.is_phrase() {
                    indexes.iter().find(|index| **index == start + taken.len())
                } else {
                    free.min_by_key(|index| index.abs_diff(*start))
                };
                let Some(next) = next else { return false };
                taken.push(*next);
            }
            self.is_match(&taken, name)
        })
    }

    /// Whether the tokens with these indexes match the name: they are close together, without a pause between them, and not negated. Pauses are
    /// allowed if the name has a comma, and a negation that's part of the name doesn't count.
    fn is_match(&self, indexes: &[usize], name: &Name) -> bool {
        let (Some(first), Some(last)) = (indexes.iter().min(), indexes.iter().max()) else { return false };
        let pause = !name.has_comma && self.tokens[first + 1..=*last].iter().any(|token| token.after_pause);
        let in_name = |before: usize| matches!(&self.tokens[before].kind, TokenKind::Word(word) if name.all.contains(word));
        let negated = indexes.iter().any(|index| self.is_negated(*index) && !in_name(index - 1));
        last - first < name.all.len() + EXTRA_WORDS && !pause && !negated
    }

    /// Returns the indexes of all tokens that are `word` (a word of a name), a form of it, or a misspelling of it.
    fn forms(&self, word: &str, name_words: &BTreeSet<String>) -> Vec<usize> {
        let is_form = |written: &String| {
            is_form(word, written, self.exact) || is_misspelling(word, written, self.exact) && !name_words.contains(written)
        };
        let is = |index: &usize| matches!(&self.tokens[*index].kind, TokenKind::Word(written) if is_form(written));
        (0..self.tokens.len()).filter(is).collect()
    }

    /// Removes all matches of the patterns, negated or not. Returns whether there were any.
    pub fn remove_words(&mut self, words: &[Wording]) -> bool {
        let without = self.excluded(words, &self.removed);
        let found = without != self.removed;
        self.removed = without;
        found
    }

    /// Whether the text matches one of the patterns `words`. Tokens that match an exception in `but` don't count. Negated words count only
    /// if `with_negated` is set.
    pub fn means(&self, words: &[Wording], but: &[Wording], with_negated: bool) -> bool {
        let excluded = self.excluded(but, &self.removed);
        words.iter().any(|wording| !self.spans(wording, &excluded, with_negated).is_empty())
    }

    /// Marks the tokens that match one of the exceptions `but`, in addition to those that are `already` marked.
    fn excluded(&self, but: &[Wording], already: &[bool]) -> Vec<bool> {
        let mut excluded = already.to_vec();
        for (first, last) in but.iter().flat_map(|wording| self.spans(wording, already, true)) {
            excluded[first..=last].fill(true);
        }
        excluded
    }

    /// Returns all matches of a pattern. Tokens that are marked in `excluded` don't match. Negated tokens match only with `with_negated`.
    fn spans(&self, wording: &Wording, excluded: &[bool], with_negated: bool) -> Vec<Span> {
        let here = |index: &usize| !excluded[*index] && (with_negated || !self.is_negated(*index));
        match wording {
            Wording::Word(word) => {
                let is = |index: &usize| matches!(&self.tokens[*index].kind, TokenKind::Word(written) if is_written(word, written, self.exact));
                (0..self.tokens.len()).filter(is).filter(here).map(|index| (index, index)).collect()
            }
            Wording::Number(least, most) => {
                let is = |index: &usize| matches!(&self.tokens[*index].kind, TokenKind::Number(number) if least <= number && number <= most);
                (0..self.tokens.len()).filter(is).filter(here).map(|index| (index, index)).collect()
            }
            Wording::Any { of, but } => {
                let mut spans = of.iter().flat_map(|wording| self.spans(wording, excluded, with_negated)).collect::<Vec<_>>();
                if !spans.is_empty() && !but.is_empty() {
                    let none = self.excluded(but, excluded);
                    spans.retain(|(first, last)| !(*first..=*last).any(|index| none[index]));
                }
                spans
            }
            Wording::All(parts) => {
                let mut whole: Option<Span> = None;
                for part in parts {
                    let Some(&(first, last)) = self.spans(part, excluded, with_negated).first() else { return Vec::new() };
                    whole = Some(whole.map_or((first, last), |(from, to)| (from.min(first), to.max(last))));
                }
                whole.into_iter().collect()
            }
            Wording::Then { parts, between } => {
                let Some((first, rest)) = parts.split_first() else { return Vec::new() };
                let mut spans = self.spans(first, excluded, with_negated);
                for part in rest {
                    if spans.is_empty() {
                        break;
                    }
                    // The part before this one can itself be the negation, as in `no urine`, so negated matches count here.
                    let next = self.spans(part, excluded, true);
                    let follows = |end: usize, start: usize| start > end && start - end - 1 <= *between;
                    spans = spans
                        .iter()
                        .flat_map(|(from, end)| {
                            next.iter().filter(|(start, _)| follows(*end, *start)).map(|(_, to)| (*from, *to))
                        })
                        .collect();
                }
                spans
            }
        }
    }

    /// Whether the word directly before this token negates it.
    fn is_negated(&self, index: usize) -> bool {
        let before = index.checked_sub(1).map(|before| &self.tokens[before].kind);
        !self.tokens[index].after_pause && matches!(before, Some(TokenKind::Word(word)) if self.negations.contains(word))
    }
}

/// Whether `written` matches `word` (a word of a pattern): it's the same word or a misspelling of it, or it begins with one of
/// them.
///
/// A misspelling counts only if `word` has five or more characters and the first letter is correct. Otherwise, `blurred` would match
/// `slurred`. A word in `exact` never counts as a misspelling.
fn is_written(word: &str, written: &str, exact: &[String]) -> bool {
    if !same_first_letter(word, written) {
        return false;
    }
    let length = word.chars().count();
    begins_with(word, written, exact)
        || length >= 5 && has_typos(word, written, length) && !exact.iter().any(|word| word == written)
}

/// Whether `written` is `word`, or begins with it.
///
/// If `word` has three letters, `written` can have at most one more, because too many words begin with the same three letters:
/// `peeling` isn't a form of `pee`. A longer word also can't be in `exact`: `cant` isn't a form of `can`. Shorter words match only themselves.
fn begins_with(word: &str, written: &str, exact: &[String]) -> bool {
    let (short, long) = (word.chars().count(), written.chars().count());
    let few = || short == 3 && long <= 4 && !exact.iter().any(|word| word == written);
    written.starts_with(word) && (written == word || short >= 4 || few())
}

/// Whether `written` is `word` (a word of a name), or one of the two is the other with a short ending: `sore` matches `sores`. A word in `exact`
/// matches only itself: `number` doesn't match `numb`.
fn is_form(word: &str, written: &str, exact: &[String]) -> bool {
    let is_exact = || exact.iter().any(|word| word == written);
    word == written || (is_longer(word, written) || is_longer(written, word)) && !is_exact()
}

/// Whether `written` is `word` (a word of a name) with one typo. A word in `exact` isn't a misspelling.
fn is_misspelling(word: &str, written: &str, exact: &[String]) -> bool {
    let length = word.chars().count();
    let near = length >= 5 && same_first_letter(word, written) && length.abs_diff(written.chars().count()) <= 1;
    near && !exact.iter().any(|word| word == written) && osa_distance(word, written) <= 1
}

/// Whether `longer` is `word` with a short ending.
fn is_longer(word: &str, longer: &str) -> bool {
    let Some(ending) = longer.strip_prefix(word) else { return false };
    let short = word.chars().count();
    short >= 3 && ending.chars().count() <= if short == 3 { 1 } else { ENDING }
}

fn same_first_letter(word: &str, written: &str) -> bool {
    word.chars().next() == written.chars().next()
}

/// Whether `written` is a misspelling of `word`, or begins with one. `length` is the number of characters in `word`.
///
/// A misspelling has at most one typo, or two if `word` has eight or more characters. At the beginning of a longer word, only one typo is
/// allowed, and `word` must have at least six characters.
fn has_typos(word: &str, written: &str, length: usize) -> bool {
    let most = if length < 8 { 1 } else { 2 };
    let long = written.chars().count();
    same_first_letter(word, written)
        && (long.abs_diff(length) <= most && osa_distance(word, written) <= most
            // The beginning of a longer word has a typo: `halucinating` for `hallucinat`.
            || length >= 6 && long >= length && {
                let beginning = |long: usize| written.chars().take(long).collect::<String>();
                (length - 1..=length + 1).any(|long| osa_distance(word, &beginning(long)) <= 1)
            })
}

/// Returns the words that mean the same as `written`, from the guide's word groups. `exact` lists the words that never count
/// as misspellings.
pub(crate) fn words_with_same_meaning<'g>(groups: &'g [WordGroup], written: &str, exact: &[String]) -> Vec<&'g str> {
    let same =
        groups.iter().filter(|group| group.kind == GroupKind::Same && single(group).any(|word| is_written(word, written, exact)));
    same.flat_map(single).collect()
}

/// Returns the single words of a group, without its longer patterns.
fn single(group: &WordGroup) -> impl Iterator<Item = &str> {
    group.words.iter().filter_map(|wording| match wording {
        Wording::Word(word) => Some(word.as_str()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Wording {
        Wording::Word(text.to_owned())
    }

    fn read(text: &str) -> SymptomText<'static> {
        let negations = Box::leak(Box::new(["no".to_owned(), "not".to_owned()]));
        SymptomText { negations, ..SymptomText::new(text, None) }
    }

    /// Returns whether the pattern matches the text: first without negated words, then with them.
    fn means(text: &str, wording: Wording) -> (bool, bool) {
        let words: &'static [Wording] = Box::leak(Box::new([wording]));
        let text = read(text);
        (text.means(words, &[], false), text.means(words, &[], true))
    }

    #[test]
    fn text_is_split_into_words_and_numbers() {
        let text = read("Can\u{2019}t breathe, 39C or 101.5°F; 38,5 … bp 210/115 80%.");
        let (mut words, mut thousandths) = (Vec::new(), Vec::new());
        for token in &text.tokens {
            match &token.kind {
                TokenKind::Word(word) => words.push(word.as_str()),
                TokenKind::Number(number) => thousandths.push(number.thousandths()),
            }
        }
        assert_eq!(words, ["cant", "breathe", "c", "or", "f", "bp", "%"]);
        assert_eq!(thousandths, [39_000, 101_500, 38_500, 210_000, 115_000, 80_000]);
    }

    #[test]
    fn words_match_longer_words_and_misspellings_but_not_other_words() {
        let exact = ["child".to_owned()];
        let has = |word: &str, written: &str| is_written(word, written, &exact);
        assert!(has("bleed", "bleeding") && has("seizure", "siezure") && has("leg", "legs") && has("pee", "pee"));
        assert!(has("hallucinat", "halucinating") && has("child", "child"));
        assert!(!has("pee", "peeling") && !has("slurred", "blurred") && !has("leg", "legal") && !has("not", "nothing"));
        assert!(!has("chills", "child") && !has("chils", "child"));
    }

    #[test]
    fn directly_negated_words_do_not_match() {
        assert_eq!(means("no fever, just tired", word("fever")), (false, true));
        assert_eq!(means("no, fever", word("fever")), (true, true));
        assert_eq!(means("no fever at noon, fever at night", word("fever")), (true, true));
        assert_eq!(means("no sleep because of fever", word("fever")), (true, true));
    }

    #[test]
    fn then_requires_its_parts_in_order_and_all_accepts_any_order() {
        let pass_out = || Wording::Then { parts: vec![word("passing"), word("out")], between: 0 };
        assert_eq!(means("I keep passing out", pass_out()), (true, true));
        assert_eq!(means("passing wind and tired out", pass_out()), (false, false));
        let no_urine = || Wording::Then { parts: vec![word("no"), word("pee")], between: 2 };
        assert_eq!(means("no pee since noon", no_urine()), (true, true));
        assert_eq!(means("no burning when I pee", no_urine()), (false, false));
        let both = || Wording::All(vec![word("wind"), word("passing")]);
        assert_eq!(means("passing wind", both()), (true, true));
    }

    #[test]
    fn exceptions_exclude_their_words() {
        let blood = || Wording::Any {
            of: vec![word("blood")],
            but: vec![Wording::Then { parts: vec![word("blood"), word("test")], between: 0 }],
        };
        assert_eq!(means("a blood test", blood()), (false, false));
        assert_eq!(means("blood after the blood test", blood()), (true, true));
    }

    #[test]
    fn a_name_must_be_complete_close_together_and_not_negated() {
        let has = |text: &str, name: &str| {
            let stop_words = ["the", "at", "very", "or", "not"].map(str::to_owned);
            let known = BTreeSet::from(["mucositis".to_owned()]);
            read(text).has_name(&Name::new(name, &stop_words), &known)
        };
        assert!(has("my ankle is swollen", "swollen ankle") && has("swolen ankles", "swollen ankle"));
        assert!(
            !has("swollen. the ankle is fine", "swollen ankle") && !has("swollen eye and a sore on the ankle", "swollen ankle")
        );
        assert!(has("the runs all day", "the runs") && !has("while the drip runs", "the runs") && !has("it runs", "the runs"));
        assert!(!has("no cough", "cough") && has("sleepy or not awake", "very sleepy or not awake"));
        assert!(!has("mucositis", "myositis") && has("miositis", "mositis"));
    }
}
