//! Pictures of figures: shares of people as numbers of people in 100, and the difference between two groups.

use sarcoguide_model::{BetterIf, Conclusion, EffectUse, Figure, Outcome, Statistic, Treatment};

use crate::Edition;
use crate::line::line;
use crate::words::{capital, within};
use sarcoguide_document::{Array, Block, Line, People, Shape, Share, Tone};
use sarcoguide_text::t;

/// How sure a difference between two groups is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Certainty {
    /// The study showed that the treatment is better.
    Better,
    /// The study showed that the treatment is worse.
    Worse,
    /// The study couldn't show a difference.
    NotShown,
    /// The source doesn't say whether the difference could be chance.
    NotSaid,
    /// The figures have no conclusion of their own. The text next to them can have one.
    Open,
}

/// Returns an outcome as a picture of people in 100, with the treatment and, if known, with the comparator. `None` if the outcome isn't a share of
/// people, or says how long people lived: those figures are shown in words only.
pub(crate) fn of_outcome(guide: Edition<'_>, treatment: &Treatment, outcome: &Outcome) -> Option<Block> {
    let measure = &guide[outcome.measure];
    if measure.by_choice || outcome.statistic.is_some_and(|statistic| statistic != Statistic::Rate) {
        return None;
    }
    let certainty = match outcome.conclusion {
        Conclusion::Better => Certainty::Better,
        Conclusion::Worse => Certainty::Worse,
        Conclusion::NoDifferenceShown => Certainty::NotShown,
        Conclusion::NotCompared => Certainty::NotSaid,
    };
    let other = outcome.comparator.as_deref().zip(outcome.comparator_value.as_ref());
    let groups = Groups::of(guide, treatment, &outcome.value, other)?;
    let text = guide.text;
    let mut caption = Vec::new();
    caption.extend(measure.better.map(|better| {
        let better = match better {
            BetterIf::More => "more",
            BetterIf::Fewer => "fewer",
        };
        t!(text, figures_better, better = better)
    }));
    caption.extend(outcome.at.as_ref().map(|at| t!(text, figures_at, at = at)));
    caption.extend(outcome.population.as_ref().map(|whom| t!(text, figures_whom, whom = whom.trim_end_matches('.'))));
    caption.extend(outcome.n.map(|count| match outcome.comparator_n {
        Some(others) => t!(text, figures_counts, count = count, others = others),
        None => t!(text, figures_count, count = count),
    }));
    let title = measure.event.as_ref().unwrap_or(&measure.name).clone();
    Some(groups.picture(guide, title, certainty, caption))
}

/// Returns how many people in 100 have an adverse effect as a picture. `None` if the figure isn't a share of people.
pub(crate) fn of_effect(guide: Edition<'_>, treatment: &Treatment, effect: &EffectUse) -> Option<Block> {
    let other = effect.comparator.as_deref().zip(effect.comparator_value.as_ref());
    let groups = Groups::of(guide, treatment, effect.value.as_ref()?, other)?;
    let title = match &effect.grade {
        Some(grade) => t!(guide.text, figures_effect_grade, grade = grade),
        None => t!(guide.text, figures_effect),
    };
    Some(groups.picture(guide, title, Certainty::Open, Vec::new()))
}

/// A group of people with the treatment and, if there is one, the group with the comparator.
struct Groups {
    first: People,
    other: Option<People>,
    /// The treatment's name, within a sentence.
    treatment: String,
    /// The comparator.
    comparator: String,
    /// Whether a figure was rounded to a whole number of people.
    rounded: bool,
}

impl Groups {
    fn of(guide: Edition<'_>, treatment: &Treatment, value: &Figure, other: Option<(&str, &Figure)>) -> Option<Self> {
        let first = people(guide, &treatment.name, value)?;
        let compared = other.and_then(|(name, figure)| Some((name, figure, people(guide, name, figure)?)));
        let rounded = is_rounded(value) || compared.as_ref().is_some_and(|(_, figure, _)| is_rounded(figure));
        let comparator = compared.as_ref().map(|(name, ..)| (*name).to_owned()).unwrap_or_default();
        Some(Self { first, other: compared.map(|(.., people)| people), treatment: within(&treatment.name), comparator, rounded })
    }

    /// The picture. `caption` has the sentences that say when the people were counted and who they were.
    fn picture(self, guide: Edition<'_>, title: String, certainty: Certainty, mut caption: Vec<String>) -> Block {
        let mut array = Array { shares: self.shares(guide, certainty), ..Array::default() };
        let mut doubt = Line::default();
        if let Some(other) = &self.other {
            let is_same = (self.first.low, self.first.high) == (other.low, other.high);
            let difference = self.difference(guide, other);
            array.difference = match certainty {
                Certainty::NotShown if !is_same => t!(guide.text, figures_difference_unproven, difference = difference).into(),
                _ => difference.into(),
            };
            array.tone = match certainty {
                Certainty::Better => Tone::Better,
                Certainty::Worse => Tone::Worse,
                Certainty::NotShown | Certainty::NotSaid | Certainty::Open => Tone::Neutral,
            };
            doubt = match certainty {
                Certainty::NotSaid => line!(guide, figures_chance_not_said),
                Certainty::Open => line!(guide, figures_chance_open),
                Certainty::Better | Certainty::Worse | Certainty::NotShown => Line::default(),
            };
        }
        let between = if caption.is_empty() || doubt.0.is_empty() { "" } else { " " };
        caption.retain(|sentence| !sentence.is_empty());
        array.caption = Line::default().plain(caption.join(" ")).plain(between).then(doubt);
        let groups = [Some(self.first), self.other].into_iter().flatten().collect();
        Block::People { title, groups, array }
    }

    /// The difference in words, from the same numbers as the picture.
    fn difference(&self, guide: Edition<'_>, other: &People) -> String {
        let (text, first, treatment) = (guide.text, &self.first, &self.treatment);
        let rounded = if self.rounded { "yes" } else { "no" };
        // The smallest and the greatest difference. It's negative if fewer people have the result with the treatment.
        let (low, high) = (number(first.low) - number(other.high), number(first.high) - number(other.low));
        let direction = if high <= 0 { "fewer" } else { "more" };
        match (low, high) {
            (0, 0) => t!(text, figures_difference_none, rounded = rounded),
            (low, high) if low == high => {
                t!(text, figures_difference, direction = direction, rounded = rounded, count = low.abs(), treatment = treatment)
            }
            (low, high) if low < 0 && high > 0 => {
                t!(text, figures_difference_open, fewer = low.abs(), more = high, treatment = treatment)
            }
            (low, high) => {
                let (least, most) = (low.abs().min(high.abs()), low.abs().max(high.abs()));
                t!(text, figures_difference_range, direction = direction, low = least, high = most, treatment = treatment)
            }
        }
    }

    /// The parts of the picture. They add up to 100 people.
    fn shares(&self, guide: Edition<'_>, certainty: Certainty) -> Vec<Share> {
        let first = &self.first;
        let share = |shape, certain, count, words| Share { shape, certain, count, words };
        let range = |low: u8, high: u8| {
            let count = high.saturating_sub(low);
            share(Shape::InRange, true, count, line!(guide, figures_key_range, count = count))
        };
        let Some(other) = &self.other else {
            let (low, others) = (first.low, 100 - first.high);
            return vec![
                share(Shape::Happened, true, low, line!(guide, figures_key_happened, count = low)),
                range(low, first.high),
                share(Shape::DidNot, true, others, line!(guide, figures_key_did_not, count = others)),
            ];
        };
        let both = |count: u8| share(Shape::Happened, true, count, line!(guide, figures_key_both, count = count));
        let neither = |count: u8| share(Shape::DidNot, true, count, line!(guide, figures_key_neither, count = count));
        let more = first.low >= other.high;
        if more || first.high <= other.low {
            let (least, most) = if more { (other, first) } else { (first, other) };
            let (shape, group) = if more { (Shape::More, &self.treatment) } else { (Shape::Fewer, &self.comparator) };
            let is_shown = matches!(certainty, Certainty::Better | Certainty::Worse);
            let count = most.low - least.high;
            vec![
                both(least.low),
                range(least.low, least.high),
                share(shape, is_shown, count, line!(guide, figures_key_only, count = count, group = group)),
                range(most.low, most.high),
                neither(100 - most.high),
            ]
        } else {
            // The ranges overlap, so nobody knows which group has more.
            let (low, high) = (first.low.min(other.low), first.high.max(other.high));
            vec![both(low), range(low, high), neither(100 - high)]
        }
    }
}

fn number(count: u8) -> i64 {
    i64::from(count)
}

fn is_rounded(figure: &Figure) -> bool {
    [figure.low, figure.high].into_iter().flatten().any(|number| number.thousandths() % 1000 != 0)
}

/// Returns a figure as a number of people in 100, for the group called `name`. `None` if the figure isn't a share of people.
fn people(guide: Edition<'_>, name: &str, figure: &Figure) -> Option<People> {
    let (low, high) = figure.of_100_people()?;
    let share = |people: i64| u8::try_from(people).ok().filter(|people| *people <= 100);
    let (low, high) = (share(low.min(high))?, share(low.max(high))?);
    let (name, fewest_others, most_others) = (capital(name), 100 - high, 100 - low);
    let words = if low == high {
        t!(guide.text, figures_people, name = name, count = low, others = most_others)
    } else {
        t!(
            guide.text,
            figures_people_range,
            name = name,
            low = low,
            high = high,
            fewest_others = fewest_others,
            most_others = most_others
        )
    };
    Some(People { low, high, words })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups((low, high): (u8, u8), other: (u8, u8)) -> Groups {
        let people = |(low, high)| People { low, high, words: String::new() };
        Groups {
            first: people((low, high)),
            other: Some(people(other)),
            treatment: "pruning".to_owned(),
            comparator: "no pruning".to_owned(),
            rounded: false,
        }
    }

    /// The difference in words, and the shape and number of each mark.
    fn drawn(groups: Groups, certainty: Certainty) -> (String, Vec<(Shape, bool, u8)>) {
        let guide = sarcoguide_bundled::guide();
        let Block::People { array, .. } = groups.picture((&guide).into(), String::new(), certainty, Vec::new()) else {
            panic!("a picture of people")
        };
        let shares = array.shares.iter().filter(|share| share.count > 0);
        (array.difference.bare(), shares.map(|share| (share.shape, share.certain, share.count)).collect())
    }

    #[test]
    fn a_difference_is_counted_in_one_picture() {
        let (words, marks) = drawn(groups((1, 1), (24, 24)), Certainty::Better);
        assert_eq!(words, "23 fewer in 100 with pruning");
        assert_eq!(marks, [(Shape::Happened, true, 1), (Shape::Fewer, true, 23), (Shape::DidNot, true, 76)]);
        let (words, marks) = drawn(groups((35, 35), (17, 17)), Certainty::NotShown);
        assert_eq!(words, "18 more in 100 with pruning, but the study couldn't show a difference");
        assert_eq!(marks, [(Shape::Happened, true, 17), (Shape::More, false, 18), (Shape::DidNot, true, 65)]);
        let (words, marks) = drawn(groups((46, 46), (46, 46)), Certainty::NotShown);
        assert_eq!(words, "The same in both groups");
        assert_eq!(marks, [(Shape::Happened, true, 46), (Shape::DidNot, true, 54)]);
    }

    #[test]
    fn ranges_stay_ranges() {
        let (words, marks) = drawn(groups((5, 15), (20, 20)), Certainty::Better);
        assert_eq!(words, "Between 5 and 15 fewer in 100 with pruning");
        let fewer = [(Shape::Happened, true, 5), (Shape::InRange, true, 10), (Shape::Fewer, true, 5), (Shape::DidNot, true, 80)];
        assert_eq!(marks, fewer);
        let (words, marks) = drawn(groups((80, 90), (60, 60)), Certainty::NotSaid);
        assert_eq!(words, "Between 20 and 30 more in 100 with pruning");
        let more = [(Shape::Happened, true, 60), (Shape::More, false, 20), (Shape::InRange, true, 10), (Shape::DidNot, true, 10)];
        assert_eq!(marks, more);
        let (words, marks) = drawn(groups((10, 30), (20, 20)), Certainty::Worse);
        assert_eq!(words, "Between 10 fewer and 10 more in 100 with pruning");
        assert_eq!(marks, [(Shape::Happened, true, 10), (Shape::InRange, true, 20), (Shape::DidNot, true, 70)]);
    }
}
