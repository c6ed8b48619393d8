//! Reads the frequency words for adverse effects, such as "common", and checks that figures match them.

use sarcoguide_model::{Decimal, EffectUse, Figure, Frequency, FrequencyTerm};

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::ids::Ids;
use crate::table::{Table, choices};

/// Reads the definitions of the frequency words from `terms.toml`.
pub(crate) fn read(terms: &Table) -> Vec<FrequencyTerm> {
    let mut ids = Ids::new("frequency words");
    // `not_stated` needs no definition.
    let defined: Vec<Frequency> = Frequency::ALL.into_iter().filter(|frequency| *frequency != Frequency::NotStated).collect();
    let defined = choices(&defined);
    let read = |entry: &Table| {
        ids.read(entry);
        let term = FrequencyTerm {
            frequency: entry.required_one_of("id", &defined, Frequency::Rare),
            name: entry.text("name"),
            help: entry.text("help"),
            at_least: entry.whole("at_least").unwrap_or_default(),
        };
        entry.finish();
        term
    };
    let mut words: Vec<FrequencyTerm> = terms.tables("frequency", "a frequency word").iter().map(read).collect();
    words.sort_by_key(|term| term.frequency);
    words
}

/// Reports an effect whose frequency word isn't defined, whose figure doesn't match its word, or that has no word although its figure fits one.
///
/// If the effect has a `grade`, its figure counts only severe forms. It's a lower bound for the whole effect, so it doesn't suggest a word. But if
/// the effect has a word, the figure must still match it, because pages print the figure directly under the word.
pub(crate) fn check(words: &[FrequencyTerm], entry: &Table, effect: &EffectUse) {
    let id = effect.frequency.id();
    let warn = |message: String, help: String| {
        let warning = Diagnostic::new(Code::FrequencyFigure, message, entry.file, entry.span.clone(), "this effect");
        entry.report(warning.help(help));
    };
    let figure = effect.value.as_ref().and_then(percent);
    if effect.frequency == Frequency::NotStated {
        // A range that spans several words suggests none of them.
        let word = |of: Decimal| words.iter().find(|term| Some(of) >= Decimal::from_whole(term.at_least.into()));
        if let Some((low, high)) = figure.filter(|_| effect.grade.is_none())
            && let Some(word) = word(low).filter(|low| word(high).is_some_and(|high| high.frequency == low.frequency))
        {
            let fits = word.frequency.id();
            warn(format!("the frequency isn't stated, but the figure means `{fits}`"), format!("write frequency = \"{fits}\""));
        }
        return;
    }
    let Some(place) = words.iter().position(|term| term.frequency == effect.frequency) else {
        let message = format!("the frequency word `{id}` isn't defined");
        let error = Diagnostic::new(Code::UndefinedFrequency, message, entry.file, entry.span.clone(), "this effect");
        entry.report(error.help(format!("add a [[frequency]] with id = \"{id}\" to `terms.toml`")));
        return;
    };
    let Some((low, high)) = figure else { return };
    let whole = |people: u32| Decimal::from_whole(people.into());
    let above = place.checked_sub(1).and_then(|above| whole(words[above].at_least));
    if Some(high) < whole(words[place].at_least) || above.is_some_and(|above| low >= above) {
        let help = "choose the word that matches the figure, or make the severe forms a separate effect; see [[frequency]] in `terms.toml`";
        warn(format!("the figure doesn't match the frequency word `{id}`"), help.to_owned());
    }
}

/// Returns the lower and the upper end of a figure in percent, or `None` for any other figure.
fn percent(figure: &Figure) -> Option<(Decimal, Decimal)> {
    figure.low.zip(figure.high).filter(|_| figure.unit.as_deref() == Some("%"))
}
