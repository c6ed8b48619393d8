//! How a treatment fits a case, as it is shown: its verdict, with what can be had only in clinical trials set apart.

use crate::Edition;
use sarcoguide_model::{Indication, Standing, TimingId, TreatmentAdvice, Truth, Verdict};

use sarcoguide_document::Emphasis;

/// How a treatment fits a case, in the order in which treatments are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fit {
    /// It fits.
    Fits,
    /// It fits once something is ruled out.
    FitsOnceRuledOut,
    /// Facts that are not known decide.
    MayFit,
    /// It fits or may fit, but only in clinical trials. It is counted with none of the above.
    TrialOnly,
    /// It would fit, but is advised against.
    AdvisedAgainst,
    /// It is withdrawn.
    Unavailable,
    /// It does not fit.
    DoesNotFit,
}

impl Fit {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::Fits,
        Self::FitsOnceRuledOut,
        Self::MayFit,
        Self::TrialOnly,
        Self::AdvisedAgainst,
        Self::Unavailable,
        Self::DoesNotFit,
    ];

    /// Whatever the time.
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

    /// At one time; none where no indication of that time holds or may hold.
    #[must_use]
    pub fn at(guide: Edition<'_>, entry: &TreatmentAdvice, timing: TimingId) -> Option<Self> {
        let then = |(indication, truth): &(&Indication, Truth)| indication.timing == timing && !truth.is_false();
        let open = || indications(guide, entry).filter(then);
        let holds = open().any(|(_, truth)| truth.is_true());
        let best =
            open().filter(|(_, truth)| truth.is_true() == holds).map(|(indication, _)| guide.standing(indication)).min()?;
        // Something may rule it out at every time, whatever the indication turns out to be.
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

    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Fits => "fits this situation",
            Self::FitsOnceRuledOut => "fits, if something is ruled out first",
            Self::MayFit => "might be an option",
            Self::TrialOnly => "only in clinical trials",
            Self::AdvisedAgainst => "advised against here",
            Self::Unavailable => "no longer available",
            Self::DoesNotFit => "does not fit this situation",
        }
    }

    pub(crate) fn emphasis(self) -> Emphasis {
        match self {
            Self::Fits => Emphasis::Good,
            Self::FitsOnceRuledOut | Self::MayFit | Self::TrialOnly => Emphasis::Open,
            Self::AdvisedAgainst | Self::Unavailable | Self::DoesNotFit => Emphasis::Bad,
        }
    }

    /// Whether it fits, now or once something is ruled out.
    #[must_use]
    pub fn fits(self) -> bool {
        matches!(self, Self::Fits | Self::FitsOnceRuledOut)
    }
}

/// The indications that reach beyond clinical trials, with their truth.
pub(crate) fn offering<'a>(guide: Edition<'a>, entry: &'a TreatmentAdvice) -> impl Iterator<Item = (&'a Indication, Truth)> {
    indications(guide, entry).filter(move |(indication, _)| guide.standing(indication) != Standing::TrialOnly)
}

/// Those that lead into clinical trials only, with their truth.
pub(crate) fn in_trials<'a>(guide: Edition<'a>, entry: &'a TreatmentAdvice) -> impl Iterator<Item = (&'a Indication, Truth)> {
    indications(guide, entry).filter(move |(indication, _)| guide.standing(indication) == Standing::TrialOnly)
}

fn indications<'a>(guide: Edition<'a>, entry: &'a TreatmentAdvice) -> impl Iterator<Item = (&'a Indication, Truth)> {
    guide[entry.treatment].indications.iter().zip(entry.indications.iter().copied())
}
