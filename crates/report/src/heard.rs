//! What a person wrote of a symptom, as words and numbers, and whether a way to write something is in it.

use sarcoguide_model::{Decimal, GroupKind, WordGroup, Wording, slips};

/// What was written.
pub(crate) struct Heard {
    words: Vec<String>,
    numbers: Vec<Decimal>,
}

impl Heard {
    /// Takes it apart: `can't` is one word, `39C` a number and a word, `38,5` one number.
    pub fn new(text: &str) -> Self {
        let text: String = text.to_lowercase().chars().filter(|c| !matches!(c, '\'' | '\u{2019}' | '\u{2bc}' | '`')).collect();
        let mut heard = Self { words: Vec::new(), numbers: Vec::new() };
        let mut rest = text.as_str();
        while let Some(first) = rest.chars().next() {
            let is_part: fn(char) -> bool = match first {
                c if c.is_ascii_digit() => |c| c.is_ascii_digit() || c == '.' || c == ',',
                c if c.is_alphabetic() => char::is_alphabetic,
                _ => {
                    rest = &rest[first.len_utf8()..];
                    continue;
                }
            };
            let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
            let (part, after) = rest.split_at(end);
            rest = after;
            if first.is_ascii_digit() {
                heard.numbers.extend(Decimal::parse(part.trim_end_matches(['.', ',']).replace(',', ".").as_str()));
            } else {
                heard.words.push(part.to_owned());
            }
        }
        heard
    }

    /// Its words.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Whether a way to write something is in it.
    pub fn has(&self, wording: &Wording) -> bool {
        match wording {
            Wording::Word(word) => self.words.iter().any(|written| is_written(word, written)),
            Wording::Number(least, most) => self.numbers.iter().any(|number| least <= number && number <= most),
            Wording::All(parts) => parts.iter().all(|part| self.has(part)),
            Wording::Any(parts) => parts.iter().any(|part| self.has(part)),
        }
    }

    /// Whether it means what may be written so; a number alone does only where nothing is written beside it that tells anything.
    pub fn means(&self, wording: &Wording, small_words: &[String]) -> bool {
        let bare = matches!(wording, Wording::Number(..));
        self.has(wording) && !(bare && self.words.iter().any(|word| word.chars().count() > 1 && !small_words.contains(word)))
    }
}

/// Whether a word was written: as it is, as the beginning of a longer one, or with a slip, two in long words. The first letter must be right, or
/// `blurred` would be `slurred`; and three letters begin too much, as `pee` does `peeling`.
fn is_written(word: &str, written: &str) -> bool {
    let length = word.chars().count();
    let begins = || written.starts_with(word) && (length >= 4 || length == 3 && written.chars().count() <= 4);
    let slip = || word.chars().next() == written.chars().next() && slips(word, written) <= if length < 8 { 1 } else { 2 };
    word == written || begins() || length >= 5 && slip()
}

/// Other words for a word: those that mean the same.
pub(crate) fn others<'g>(groups: &'g [WordGroup], written: &str) -> Vec<&'g str> {
    let same = groups.iter().filter(|group| group.kind == GroupKind::Same && single(group).any(|word| is_written(word, written)));
    same.flat_map(single).collect()
}

/// Whether a word does not say what is meant, only how strong it is, or where.
pub(crate) fn is_aside(groups: &[WordGroup], written: &str) -> bool {
    let stands = |group: &WordGroup, word: &str| match group.kind {
        GroupKind::Same | GroupKind::Sort => false,
        GroupKind::Degree => is_written(word, written),
        // `nose` is a place, and `nosebleed` is not.
        GroupKind::Place => written.trim_end_matches('s') == word.trim_end_matches('s'),
    };
    groups.iter().any(|group| single(group).any(|word| stands(group, word)))
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

    #[test]
    fn words_and_numbers_are_taken_apart_and_an_apostrophe_parts_nothing() {
        let heard = Heard::new("Can\u{2019}t breathe, 39C or 101.5°F; 38,5 … bp 210/115.");
        assert_eq!(heard.words, ["cant", "breathe", "c", "or", "f", "bp"]);
        let thousandths: Vec<i64> = heard.numbers.iter().map(|number| number.thousandths()).collect();
        assert_eq!(thousandths, [39_000, 101_500, 38_500, 210_000, 115_000]);
    }

    #[test]
    fn a_word_is_known_by_its_beginning_and_with_a_slip_but_not_as_another() {
        let has = |word: &str, written: &str| is_written(word, written);
        assert!(has("bleed", "bleeding") && has("seizure", "siezure") && has("leg", "legs") && has("pee", "pee"));
        assert!(!has("pee", "peeling") && !has("slurred", "blurred") && !has("leg", "legal") && !has("not", "nothing"));
    }

    #[test]
    fn a_bare_number_is_a_temperature_only_where_nothing_else_is_written() {
        let range = Wording::Number(Decimal::from_thousandths(38_000), Decimal::from_thousandths(43_000));
        let small = ["it".to_owned(), "is".to_owned()];
        assert!(Heard::new("39").means(&range, &small) && Heard::new("it is 38.5 C").means(&range, &small));
        assert!(!Heard::new("39 pills").means(&range, &small) && !Heard::new("37.5").means(&range, &small));
        let both = Wording::All(vec![word("temp"), range]);
        assert!(Heard::new("my temperature was 39 last night").means(&both, &small));
    }
}
