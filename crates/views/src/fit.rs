//! Sorts treatments into categories by how they fit a case. The categories follow the verdict, with a separate category for treatments available only
//! in clinical trials.

use sarcoguide_model::{Advice, Indication, Standing, Strength, TimingId, Treatment, TreatmentAdvice, Truth, Verdict};

use crate::Edition;
use crate::line::line;
use crate::links;
use crate::scope::is_not_judged;
use crate::words::within;
use sarcoguide_document::{Emphasis, Line};
use sarcoguide_text::t;

/// How a treatment fits a case. The variants are in display order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fit {
    /// An indication holds, and no contraindication can hold.
    Fits,
    /// An indication holds, but a contraindication must be ruled out first.
    FitsOnceRuledOut,
    /// Unknown facts decide whether it fits.
    MayFit,
    /// It fits or may fit, but only in clinical trials. It's never counted in the categories above.
    TrialOnly,
    /// A contraindication holds.
    AdvisedAgainst,
    /// It was withdrawn from the market.
    Unavailable,
    /// No indication can hold.
    DoesNotFit,
}

impl Fit {
    /// All variants, in display order.
    pub const ALL: [Self; 7] = [
        Self::Fits,
        Self::FitsOnceRuledOut,
        Self::MayFit,
        Self::TrialOnly,
        Self::AdvisedAgainst,
        Self::Unavailable,
        Self::DoesNotFit,
    ];

    /// Returns how a treatment fits, regardless of timing.
    #[must_use]
    pub fn of(guide: Edition<'_>, entry: &TreatmentAdvice) -> Self {
        match entry.verdict {
            Verdict::NotIndicated => Self::DoesNotFit,
            Verdict::Unavailable => Self::Unavailable,
            Verdict::Contraindicated => Self::AdvisedAgainst,
            Verdict::Possible if entry.is_ruled_out() => Self::AdvisedAgainst,
            Verdict::Indicated | Verdict::Possible if entry.standing == Some(Standing::TrialOnly) => Self::TrialOnly,
            Verdict::Indicated => Self::Fits,
            Verdict::Possible if offering(guide, entry).any(|(_, truth)| truth.is_true()) => Self::FitsOnceRuledOut,
            Verdict::Possible => Self::MayFit,
        }
    }

    /// Returns how a treatment fits at one timing, or `None` if no indication with that timing holds or may hold.
    #[must_use]
    pub fn at(guide: Edition<'_>, entry: &TreatmentAdvice, timing: TimingId) -> Option<Self> {
        let then = |(indication, truth): &(&Indication, Truth)| indication.timing == timing && !truth.is_false();
        let open = || indications(guide, entry).filter(then);
        let holds = open().any(|(_, truth)| truth.is_true());
        let best =
            open().filter(|(_, truth)| truth.is_true() == holds).map(|(indication, _)| guide.standing(indication)).min()?;
        // The first three arms rule the treatment out at every timing, whether or not an indication holds.
        Some(match entry.verdict {
            Verdict::Unavailable => Self::Unavailable,
            Verdict::Contraindicated => Self::AdvisedAgainst,
            Verdict::Possible if entry.is_ruled_out() => Self::AdvisedAgainst,
            _ if best == Standing::TrialOnly => Self::TrialOnly,
            Verdict::Indicated if holds => Self::Fits,
            _ if holds => Self::FitsOnceRuledOut,
            _ => Self::MayFit,
        })
    }

    /// Returns the label shown to people.
    #[must_use]
    pub fn label(self, guide: Edition<'_>) -> String {
        match self {
            Self::Fits => t!(guide.text, fit_fits),
            Self::FitsOnceRuledOut => t!(guide.text, fit_fits_once_ruled_out),
            Self::MayFit => t!(guide.text, fit_may_fit),
            Self::TrialOnly => t!(guide.text, fit_trial_only),
            Self::AdvisedAgainst => t!(guide.text, fit_advised_against),
            Self::Unavailable => t!(guide.text, fit_unavailable),
            Self::DoesNotFit => t!(guide.text, fit_does_not_fit),
        }
    }

    pub(crate) fn emphasis(self) -> Emphasis {
        match self {
            Self::Fits => Emphasis::Good,
            Self::FitsOnceRuledOut | Self::MayFit | Self::TrialOnly => Emphasis::Open,
            Self::AdvisedAgainst | Self::Unavailable | Self::DoesNotFit => Emphasis::Bad,
        }
    }

    /// Whether the treatment fits, now or once something is ruled out.
    #[must_use]
    pub fn fits(self) -> bool {
        matches!(self, Self::Fits | Self::FitsOnceRuledOut)
    }
}

/// Returns the indications that aren't limited to clinical trials, with their truth.
pub(crate) fn offering<'a>(guide: Edition<'a>, entry: &'a TreatmentAdvice) -> impl Iterator<Item = (&'a Indication, Truth)> {
    indications(guide, entry).filter(move |(indication, _)| guide.standing(indication) != Standing::TrialOnly)
}

/// Returns the indications that are limited to clinical trials, with their truth.
pub(crate) fn in_trials<'a>(guide: Edition<'a>, entry: &'a TreatmentAdvice) -> impl Iterator<Item = (&'a Indication, Truth)> {
    indications(guide, entry).filter(move |(indication, _)| guide.standing(indication) == Standing::TrialOnly)
}

fn indications<'a>(guide: Edition<'a>, entry: &'a TreatmentAdvice) -> impl Iterator<Item = (&'a Indication, Truth)> {
    guide[entry.treatment].indications.iter().zip(entry.indications.iter().copied())
}

/// Returns the guide's strength of recommendation for treatments available only in clinical trials.
pub(crate) fn trial_strength(guide: Edition<'_>) -> Option<&Strength> {
    guide.strengths.iter().find(|strength| strength.standing == Standing::TrialOnly)
}

/// Returns text that says when a withdrawn treatment became unavailable, for instance `no longer available since 2026-03-09`.
pub(crate) fn unavailable_since(guide: Edition<'_>, treatment: &Treatment) -> String {
    match treatment.availability.last().and_then(|last| last.since) {
        Some(date) => t!(guide.text, fit_unavailable_since, date = date.to_string()),
        None => Fit::Unavailable.label(guide),
    }
}

/// Returns a sentence that says whether a withdrawn treatment used to be an option in this situation.
pub(crate) fn former_fit(guide: Edition<'_>, former_indication: Truth) -> String {
    match former_indication {
        Truth::True => t!(guide.text, fit_formerly),
        Truth::Unknown => t!(guide.text, fit_formerly_open),
        Truth::False => t!(guide.text, fit_formerly_not),
    }
}

/// Returns the combinations that fit or may fit and include this treatment, if the treatment doesn't fit by itself.
pub(crate) fn part_of<'a>(guide: Edition<'_>, advice: &'a Advice, entry: &TreatmentAdvice) -> Vec<&'a TreatmentAdvice> {
    let whole = guide[entry.treatment].part_of.iter().map(|id| &advice[*id]);
    whole
        .filter(|whole| {
            entry.verdict == Verdict::NotIndicated
                && matches!(Fit::of(guide, whole), Fit::Fits | Fit::FitsOnceRuledOut | Fit::MayFit)
        })
        .collect()
}

/// Returns a line that names these combinations and says how each fits, or `None` if the list is empty.
pub(crate) fn part_of_line(guide: Edition<'_>, combinations: &[&TreatmentAdvice]) -> Option<Line> {
    let names = combinations.iter().map(|whole| {
        let name = guide[whole.treatment].name.clone();
        let name = Line::default().link(Emphasis::Plain, name, links::treatment(guide, whole.treatment));
        line!(guide, fit_whole, treatment = name, fit = Fit::of(guide, whole).label(guide))
    });
    (!combinations.is_empty()).then(|| line!(guide, fit_part_of, treatments = Line::joined(names, "; ")))
}

/// Returns the label that says how a treatment fits a case, with its emphasis.
pub(crate) fn verdict_label(guide: Edition<'_>, advice: &Advice, entry: &TreatmentAdvice) -> (Emphasis, String) {
    if is_not_judged(guide, advice, entry.treatment) && entry.verdict != Verdict::Unavailable {
        (Emphasis::Open, t!(guide.text, scope_not_judged))
    } else if part_of(guide, advice, entry).is_empty() {
        let fit = Fit::of(guide, entry);
        let is_option = fit.fits() || fit == Fit::MayFit;
        (fit.emphasis(), if entry.is_ongoing() && is_option { t!(guide.text, fit_ongoing) } else { fit.label(guide) })
    } else {
        (Emphasis::Open, t!(guide.text, fit_not_by_itself))
    }
}

/// Says that the person is having the treatment now and, if it's part of a combination, with what. Returns `None` if the person isn't having it.
pub(crate) fn ongoing_words(guide: Edition<'_>, entry: &TreatmentAdvice) -> Option<String> {
    let whole = entry.ongoing_in?;
    let own = &guide[entry.treatment].components;
    let mut others = guide[whole].components.iter().filter(|component| !own.contains(component)).peekable();
    if whole == entry.treatment || others.peek().is_none() {
        return Some(t!(guide.text, fit_ongoing_now));
    }
    let called = |component: &String| {
        let mut single = guide.treatments.iter().filter(|treatment| treatment.components.len() == 1);
        single.find(|treatment| treatment.components[0] == *component).map(|treatment| within(&treatment.name))
    };
    let names: Option<Vec<String>> = others.map(called).collect();
    Some(match names {
        Some(names) => t!(guide.text, fit_ongoing_with, treatments = names.join("; ")),
        None => t!(guide.text, fit_ongoing_part, treatment = within(&guide[whole].name)),
    })
}
