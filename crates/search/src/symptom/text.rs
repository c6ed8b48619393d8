//! What a person wrote of a symptom, as words and numbers in their order, and whether a way to write something, or a name, is in it.

use std::collections::BTreeSet;

use sarcoguide_model::{Decimal, GroupKind, SymptomCheck, WordGroup, Wording};
use strsim::osa_distance;

use crate::search::split;

/// A word or a number that was written.
#[derive(Clone, Debug, PartialEq)]
enum What {
    Word(String),
    Number(Decimal),
}

/// A word or a number in its place.
#[derive(Clone, Debug)]
struct Token {
    what: What,
    /// Whether it stands right after a mark that parts sentences or their parts.
    after_pause: bool,
}

/// What was written.
#[derive(Clone, Debug)]
pub(crate) struct SymptomText<'g> {
    tokens: Vec<Token>,
    /// Which of them were taken away.
    taken: Vec<bool>,
    own: &'g [String],
    negations: &'g [String],
}

/// A name made ready to be found in a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Name {
    /// All of its words.
    all: Vec<String>,
    /// Those that tell something.
    telling: Vec<String>,
    /// Whether it has a pause in it itself.
    pause: bool,
}

impl Name {
    /// The name without its `small` words, where two are left.
    pub fn new(name: &str, small: &[String]) -> Self {
        let all: Vec<String> = split(name).collect();
        let telling = all.iter().filter(|word| !small.contains(word)).cloned().collect();
        Self { all, telling, pause: name.contains(',') }
    }

    /// Whether it matches only in exactly this form: `the drip runs` is not `the runs`.
    fn stands_as_it_is(&self) -> bool {
        self.telling.len() < 2
    }

    /// The words that must be there; of most names in any order, with a few more words among them.
    pub fn wanted(&self) -> &[String] {
        if self.stands_as_it_is() { &self.all } else { &self.telling }
    }
}

/// From where to where something stands.
type Span = (usize, usize);

/// How many more words may stand among those of a name.
const BETWEEN: usize = 2;
/// How long an ending may be that makes a form of a word.
const ENDING: usize = 3;

impl<'g> SymptomText<'g> {
    /// Takes it apart: `can't` is one word, `39C` a number and a word, `38,5` one number, `%` a word.
    pub fn new(text: &str, check: Option<&'g SymptomCheck>) -> Self {
        let text: String = text.to_lowercase().chars().filter(|c| !matches!(c, '\'' | '\u{2019}' | '\u{2bc}' | '`')).collect();
        let (own, negations) = check.map_or((&[][..], &[][..]), |check| (&check.exact_words, &check.negations));
        let mut read = Self { tokens: Vec::new(), taken: Vec::new(), own, negations };
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
            let what = if first.is_ascii_digit() {
                Decimal::parse(part.trim_end_matches(['.', ',']).replace(',', ".").as_str()).map(What::Number)
            } else {
                Some(What::Word(part.to_owned()))
            };
            read.tokens.extend(what.map(|what| Token { what, after_pause }));
            after_pause = first.is_ascii_digit() && part.ends_with(['.', ',']);
        }
        read.taken = vec![false; read.tokens.len()];
        read
    }

    /// Whether a name is in it in full, and is not denied. What is one of `known` is no slip of another word.
    pub fn has_name(&self, name: &Name, known: &BTreeSet<String>) -> bool {
        let places: Vec<Vec<usize>> = name.wanted().iter().map(|word| self.forms(word, known)).collect();
        let Some((first, rest)) = places.split_first() else { return false };
        first.iter().any(|start| {
            let mut taken = vec![*start];
            for places in rest {
                let free = places.iter().filter(|place| !taken.contains(place));
                let next = if name.stands_as_it_is() {
                    places.iter().find(|place| **place == start + taken.len())
                } else {
                    free.min_by_key(|place| place.abs_diff(*start))
                };
                let Some(next) = next else { return false };
                taken.push(*next);
            }
            self.is_one_phrase(&taken, name)
        })
    }

    /// Whether words at these places stand close together, without a pause, and no word but one of the name denies them.
    fn is_one_phrase(&self, places: &[usize], name: &Name) -> bool {
        let (Some(first), Some(last)) = (places.iter().min(), places.iter().max()) else { return false };
        let pause = !name.pause && self.tokens[first + 1..=*last].iter().any(|token| token.after_pause);
        let own = |before: usize| matches!(&self.tokens[before].what, What::Word(word) if name.all.contains(word));
        let denied = places.iter().any(|place| self.is_denied(*place) && !own(place - 1));
        last - first < name.all.len() + BETWEEN && !pause && !denied
    }

    /// Everywhere that a word of a name, a form of it, or it with a slip stands.
    fn forms(&self, word: &str, known: &BTreeSet<String>) -> Vec<usize> {
        let is_form = |written: &String| {
            is_form(word, written, self.own) || is_misspelling(word, written, self.own) && !known.contains(written)
        };
        let is = |place: &usize| matches!(&self.tokens[*place].what, What::Word(written) if is_form(written));
        (0..self.tokens.len()).filter(is).collect()
    }

    /// Takes away what some ways to write something stand for, denied or not, and tells whether one of them is in it.
    pub fn take_away(&mut self, words: &[Wording]) -> bool {
        let without = self.not_meant(words, &self.taken);
        let found = without != self.taken;
        self.taken = without;
        found
    }

    /// Whether one of some ways to write something is in it, and not what is not meant. What is directly denied is not in it, but for `denied_too`.
    pub fn means(&self, words: &[Wording], but: &[Wording], denied_too: bool) -> bool {
        let not_meant = self.not_meant(but, &self.taken);
        words.iter().any(|wording| !self.places(wording, &not_meant, denied_too).is_empty())
    }

    fn not_meant(&self, but: &[Wording], already: &[bool]) -> Vec<bool> {
        let mut not_meant = already.to_vec();
        for (first, last) in but.iter().flat_map(|wording| self.places(wording, already, true)) {
            not_meant[first..=last].fill(true);
        }
        not_meant
    }

    /// Where a way to write something stands.
    fn places(&self, wording: &Wording, not_meant: &[bool], denied_too: bool) -> Vec<Span> {
        let here = |place: &usize| !not_meant[*place] && (denied_too || !self.is_denied(*place));
        match wording {
            Wording::Word(word) => {
                let is = |place: &usize| matches!(&self.tokens[*place].what, What::Word(written) if is_written(word, written, self.own));
                (0..self.tokens.len()).filter(is).filter(here).map(|place| (place, place)).collect()
            }
            Wording::Number(least, most) => {
                let is = |place: &usize| matches!(&self.tokens[*place].what, What::Number(number) if least <= number && number <= most);
                (0..self.tokens.len()).filter(is).filter(here).map(|place| (place, place)).collect()
            }
            Wording::Any { of, but } => {
                let mut places = of.iter().flat_map(|wording| self.places(wording, not_meant, denied_too)).collect::<Vec<_>>();
                if !places.is_empty() && !but.is_empty() {
                    let none = self.not_meant(but, not_meant);
                    places.retain(|(first, last)| !(*first..=*last).any(|place| none[place]));
                }
                places
            }
            Wording::All(parts) => {
                let mut whole: Option<Span> = None;
                for part in parts {
                    let Some(&(first, last)) = self.places(part, not_meant, denied_too).first() else { return Vec::new() };
                    whole = Some(whole.map_or((first, last), |(from, to)| (from.min(first), to.max(last))));
                }
                whole.into_iter().collect()
            }
            Wording::Then { parts, between } => {
                let Some((first, rest)) = parts.split_first() else { return Vec::new() };
                let mut places = self.places(first, not_meant, denied_too);
                for part in rest {
                    if places.is_empty() {
                        break;
                    }
                    // The part before it may be the very word that denies it: `no urine`.
                    let next = self.places(part, not_meant, true);
                    let follows = |end: usize, start: usize| start > end && start - end - 1 <= *between;
                    places = places
                        .iter()
                        .flat_map(|(from, end)| {
                            next.iter().filter(|(start, _)| follows(*end, *start)).map(|(_, to)| (*from, *to))
                        })
                        .collect();
                }
                places
            }
        }
    }

    /// Whether the word directly before it denies it.
    fn is_denied(&self, place: usize) -> bool {
        let before = place.checked_sub(1).map(|before| &self.tokens[before].what);
        !self.tokens[place].after_pause && matches!(before, Some(What::Word(word)) if self.negations.contains(word))
    }
}

/// Whether a word was written: as it is, as the beginning of a longer one, or with a slip, two in long words. The first letter must be right, or
/// `blurred` would be `slurred`. A word that is one of `own` is no slip.
fn is_written(word: &str, written: &str, own: &[String]) -> bool {
    if !begin_alike(word, written) {
        return false;
    }
    let length = word.chars().count();
    is_begun(word, written, own) || length >= 5 && slipped(word, written, length) && !own.iter().any(|own| own == written)
}

/// Whether a word was written as it is, or as the beginning of a longer one. Three letters begin too much, as `pee` does `peeling`, or `can` does `cant`,
/// which is one of `own`.
fn is_begun(word: &str, written: &str, own: &[String]) -> bool {
    let (short, long) = (word.chars().count(), written.chars().count());
    let few = || short == 3 && long <= 4 && !own.iter().any(|own| own == written);
    written.starts_with(word) && (written == word || short >= 4 || few())
}

/// Whether a form of a word of a name was written: `sore` for `sores`, but not `number` for `numb`, which is one of `own`.
fn is_form(word: &str, written: &str, own: &[String]) -> bool {
    let own = || own.iter().any(|own| own == written);
    word == written || (is_longer(word, written) || is_longer(written, word)) && !own()
}

/// Whether a word of a name was written with one slip.
fn is_misspelling(word: &str, written: &str, own: &[String]) -> bool {
    let length = word.chars().count();
    let near = length >= 5 && begin_alike(word, written) && length.abs_diff(written.chars().count()) <= 1;
    near && !own.iter().any(|own| own == written) && osa_distance(word, written) <= 1
}

/// Whether one word is another with an ending.
fn is_longer(word: &str, longer: &str) -> bool {
    let Some(ending) = longer.strip_prefix(word) else { return false };
    let short = word.chars().count();
    short >= 3 && ending.chars().count() <= if short == 3 { 1 } else { ENDING }
}

fn begin_alike(word: &str, written: &str) -> bool {
    word.chars().next() == written.chars().next()
}

fn slipped(word: &str, written: &str, length: usize) -> bool {
    let most = if length < 8 { 1 } else { 2 };
    let long = written.chars().count();
    begin_alike(word, written)
        && (long.abs_diff(length) <= most && osa_distance(word, written) <= most
            // The beginning of a longer word, with a slip: `halucinating`.
            || length >= 6 && long >= length && {
                let beginning = |long: usize| written.chars().take(long).collect::<String>();
                (length - 1..=length + 1).any(|long| osa_distance(word, &beginning(long)) <= 1)
            })
}

/// Other words for a word: those that mean the same.
pub(crate) fn others<'g>(groups: &'g [WordGroup], written: &str, own: &[String]) -> Vec<&'g str> {
    let same =
        groups.iter().filter(|group| group.kind == GroupKind::Same && single(group).any(|word| is_written(word, written, own)));
    same.flat_map(single).collect()
}

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

    /// Whether it is in a text, without what is denied and with it.
    fn means(text: &str, wording: Wording) -> (bool, bool) {
        let words: &'static [Wording] = Box::leak(Box::new([wording]));
        let text = read(text);
        (text.means(words, &[], false), text.means(words, &[], true))
    }

    #[test]
    fn words_and_numbers_are_taken_apart_and_an_apostrophe_parts_nothing() {
        let text = read("Can\u{2019}t breathe, 39C or 101.5°F; 38,5 … bp 210/115 80%.");
        let (mut words, mut thousandths) = (Vec::new(), Vec::new());
        for token in &text.tokens {
            match &token.what {
                What::Word(word) => words.push(word.as_str()),
                What::Number(number) => thousandths.push(number.thousandths()),
            }
        }
        assert_eq!(words, ["cant", "breathe", "c", "or", "f", "bp", "%"]);
        assert_eq!(thousandths, [39_000, 101_500, 38_500, 210_000, 115_000, 80_000]);
    }

    #[test]
    fn a_word_is_known_by_its_beginning_and_with_a_slip_but_not_as_another() {
        let own = ["child".to_owned()];
        let has = |word: &str, written: &str| is_written(word, written, &own);
        assert!(has("bleed", "bleeding") && has("seizure", "siezure") && has("leg", "legs") && has("pee", "pee"));
        assert!(has("hallucinat", "halucinating") && has("child", "child"));
        assert!(!has("pee", "peeling") && !has("slurred", "blurred") && !has("leg", "legal") && !has("not", "nothing"));
        assert!(!has("chills", "child") && !has("chils", "child"));
    }

    #[test]
    fn what_is_directly_denied_is_not_meant() {
        assert_eq!(means("no fever, just tired", word("fever")), (false, true));
        assert_eq!(means("no, fever", word("fever")), (true, true));
        assert_eq!(means("no fever at noon, fever at night", word("fever")), (true, true));
        assert_eq!(means("no sleep because of fever", word("fever")), (true, true));
    }

    #[test]
    fn an_order_is_kept_where_it_is_asked_for() {
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
    fn what_is_not_meant_takes_its_words_away() {
        let blood = || Wording::Any {
            of: vec![word("blood")],
            but: vec![Wording::Then { parts: vec![word("blood"), word("test")], between: 0 }],
        };
        assert_eq!(means("a blood test", blood()), (false, false));
        assert_eq!(means("blood after the blood test", blood()), (true, true));
    }

    #[test]
    fn a_name_is_there_in_full_close_together_and_not_denied() {
        let has = |text: &str, name: &str| {
            let small = ["the", "at", "very", "or", "not"].map(str::to_owned);
            let known = BTreeSet::from(["mucositis".to_owned()]);
            read(text).has_name(&Name::new(name, &small), &known)
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
