//! The words for how often adverse effects occur, and whether figures fit them.

use sarcoguide_model::{Decimal, EffectUse, Figure, Frequency, FrequencyWords};

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::ids::Ids;
use crate::table::{Table, choices};

/// What the words mean, as `terms.toml` tells it.
pub(crate) fn read(terms: &Table) -> Vec<FrequencyWords> {
    let mut ids = Ids::new("words for how often");
    // `not_stated` has no meaning to be told.
    let told: Vec<Frequency> = Frequency::ALL.into_iter().filter(|frequency| *frequency != Frequency::NotStated).collect();
    let told = choices(&told);
    let read = |entry: &Table| {
        ids.read(entry);
        let words = FrequencyWords {
            frequency: entry.required_one_of("id", &told, Frequency::Rare),
            name: entry.text("name"),
            help: entry.text("help"),
            at_least: entry.whole("at_least").unwrap_or_default(),
        };
        entry.finish();
        words
    };
    let mut words: Vec<FrequencyWords> = terms.tables("frequency", "a word for how often").iter().map(read).collect();
    words.sort_by_key(|words| words.frequency);
    words
}

/// Reports an effect whose word nothing explains, one whose figure does not fit its word, and one whose figure would have a word.
///
/// A figure for severe forms alone is a floor for all of them. Beside a word for more it is still told: a page prints it right under the word.
pub(crate) fn check(words: &[FrequencyWords], entry: &Table, effect: &EffectUse) {
    let id = effect.frequency.id();
    let warn = |message: String, help: String| {
        let warning = Diagnostic::new(Code::FrequencyFigure, message, entry.file, entry.span.clone(), "this effect");
        entry.report(warning.help(help));
    };
    let figure = effect.value.as_ref().and_then(percent);
    if effect.frequency == Frequency::NotStated {
        // A range that reaches over several words has none.
        let word = |of: Decimal| words.iter().find(|words| Some(of) >= Decimal::from_whole(words.at_least.into()));
        if let Some((low, high)) = figure.filter(|_| effect.grade.is_none())
            && let Some(word) = word(low).filter(|low| word(high).is_some_and(|high| high.frequency == low.frequency))
        {
            let fits = word.frequency.id();
            warn(format!("a figure is given, so how often is stated: `{fits}`"), format!("write frequency = \"{fits}\""));
        }
        return;
    }
    let Some(place) = words.iter().position(|words| words.frequency == effect.frequency) else {
        let message = format!("nothing says what `{id}` means");
        let error = Diagnostic::new(Code::UndefinedFrequency, message, entry.file, entry.span.clone(), "this effect");
        entry.report(error.help(format!("write a [[frequency]] with id = \"{id}\" in terms.toml")));
        return;
    };
    let Some((low, high)) = figure else { return };
    let whole = |people: u32| Decimal::from_whole(people.into());
    let above = place.checked_sub(1).and_then(|above| whole(words[above].at_least));
    if Some(high) < whole(words[place].at_least) || above.is_some_and(|above| low >= above) {
        warn(format!("the figure does not fit the word `{id}`"), "choose the word that fits the figure, or tell the severe forms apart as an effect of their own; see [[frequency]] in terms.toml".to_owned());
    }
}

fn percent(figure: &Figure) -> Option<(Decimal, Decimal)> {
    figure.low.zip(figure.high).filter(|_| figure.unit.as_deref() == Some("%"))
}
