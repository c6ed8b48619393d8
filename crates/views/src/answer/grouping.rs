//! Groups the treatments that fit or may fit by timing, and lists techniques under their main treatments.

use std::collections::BTreeSet;

use sarcoguide_model::{Advice, AvailabilityStatus, StrengthId, TimingId, TreatmentAdvice, TreatmentId, Verdict};

use super::{Answer, strength};
use crate::Edition;
use crate::fit::{Fit, offering};

/// A treatment, and how strongly it's recommended at one timing.
pub(super) type Recommendation<'a> = (StrengthId, &'a TreatmentAdvice);
/// Items grouped by timing, in the order of the guide's timings.
pub(super) type ByTime<T> = Vec<(TimingId, Vec<T>)>;

/// A treatment at one timing, with its techniques.
pub(super) struct Whole<'a> {
    pub(super) time: TimingId,
    pub(super) strength: StrengthId,
    pub(super) entry: &'a TreatmentAdvice,
    /// The techniques that fit or may fit at the same timing, the strongest recommendation first.
    pub(super) ways: Vec<Recommendation<'a>>,
}

/// The treatments that an answer lists by timing, in display order. Supportive treatments aren't included.
pub(super) struct Grouping<'a> {
    /// The treatments that fit.
    pub(super) recommended: ByTime<Whole<'a>>,
    /// The treatments that may fit.
    pub(super) open: ByTime<Whole<'a>>,
}

/// Counts these treatments and their techniques.
pub(super) fn count_names(main_treatments: &[Whole<'_>]) -> usize {
    main_treatments.iter().map(|whole| 1 + whole.ways.len()).sum()
}

impl<'a> Answer<'a> {
    /// Whether the treatment is new and fits, now or once something is ruled out. False for supportive treatments.
    pub(super) fn fits(&self, entry: &TreatmentAdvice) -> bool {
        Fit::of(self.guide, entry).fits() && self.is_new(entry)
    }

    /// Whether the treatment is new and open facts decide if it fits. False for supportive treatments.
    pub(super) fn may_fit(&self, entry: &TreatmentAdvice) -> bool {
        Fit::of(self.guide, entry) == Fit::MayFit && self.is_new(entry)
    }

    /// Whether the treatment isn't supportive, and the person isn't having it now.
    pub(super) fn is_new(&self, entry: &TreatmentAdvice) -> bool {
        !self.is_supportive(entry) && !entry.is_ongoing()
    }

    /// Returns the treatments that fit, grouped by timing. In each group, the strongest recommendations come first. Treatments of equal strength are
    /// sorted by availability (approved before off-label) and then by kind.
    fn by_time(&self) -> ByTime<Recommendation<'a>> {
        let (guide, advice): (Edition<'a>, &'a Advice) = (self.guide, self.advice);
        let mut all = Vec::new();
        for entry in advice.treatments.iter().filter(|entry| self.fits(entry)) {
            let treatment = &guide[entry.treatment];
            let status = treatment.availability.last().map_or(AvailabilityStatus::Approved, |availability| availability.status);
            let indications = offering(guide, entry).filter(|(_, truth)| truth.is_true());
            let mut strongest: Vec<_> = indications.map(|(indication, _)| (indication.timing, indication.strength)).collect();
            strongest.sort_unstable();
            strongest.dedup_by_key(|(timing, _)| *timing);
            all.extend(strongest.into_iter().map(|(timing, strength)| (timing, (strength, status, treatment.modality), entry)));
        }
        all.sort_by_key(|(timing, order, _)| (*timing, *order));
        let together = all.chunk_by(|one, other| one.0 == other.0);
        together.map(|here| (here[0].0, here.iter().map(|(_, order, entry)| (order.0, *entry)).collect())).collect()
    }

    /// Returns the treatments that may fit, each at the timing for which it would be recommended most strongly.
    fn open_by_time(&self) -> ByTime<Recommendation<'a>> {
        let advice: &'a Advice = self.advice;
        let mut open: Vec<(TimingId, StrengthId, &TreatmentAdvice)> = Vec::new();
        for entry in advice.treatments.iter().filter(|entry| self.may_fit(entry)) {
            open.extend(strength(self.guide, entry).map(|(strength, timing)| (timing, strength, entry)));
        }
        let modality = |entry: &TreatmentAdvice| self.guide[entry.treatment].modality;
        open.sort_by_key(|(timing, strength, entry)| (*timing, *strength, modality(entry)));
        let together = open.chunk_by(|one, other| one.0 == other.0);
        together.map(|here| (here[0].0, here.iter().map(|(_, strength, entry)| (*strength, *entry)).collect())).collect()
    }

    /// Returns the techniques of a treatment that fit or may fit at a timing, the strongest recommendation first.
    fn ways(&self, whole: TreatmentId, time: TimingId) -> Vec<Recommendation<'a>> {
        let (guide, advice): (Edition<'a>, &'a Advice) = (self.guide, self.advice);
        let techniques = advice
            .treatments
            .iter()
            .filter(|entry| guide.is_technique_of(entry.treatment, whole) && (self.fits(entry) || self.may_fit(entry)));
        let mut ways: Vec<Recommendation<'a>> = techniques
            .filter_map(|entry| {
                let then = offering(guide, entry).filter(|(indication, truth)| indication.timing == time && !truth.is_false());
                then.map(|(indication, _)| indication.strength).min().map(|strength| (strength, entry))
            })
            .collect();
        ways.sort_by_key(|(strength, _)| *strength);
        ways
    }

    /// Groups the treatments that fit and those that may fit.
    ///
    /// At each timing, a technique that fits is listed either under its treatment or, if its treatment isn't listed there, as a separate entry. A
    /// technique that may fit is a separate entry only if it isn't listed under any treatment.
    pub(super) fn grouping(&self) -> Grouping<'a> {
        let whole = |time: TimingId, (strength, entry): Recommendation<'a>| {
            let ways = self.ways(entry.treatment, time);
            Whole { time, strength, entry, ways }
        };
        let main_treatments = |by_time: ByTime<Recommendation<'a>>| -> ByTime<Whole<'a>> {
            by_time
                .into_iter()
                .map(|(time, here)| (time, here.into_iter().map(|recommendation| whole(time, recommendation)).collect()))
                .collect()
        };
        let (mut recommended, mut open) = (main_treatments(self.by_time()), main_treatments(self.open_by_time()));
        let ways_of = |main_treatments: &[Whole<'a>]| -> Vec<TreatmentId> {
            main_treatments.iter().flat_map(|whole| &whole.ways).map(|(_, technique)| technique.treatment).collect()
        };
        for (_, here) in &mut recommended {
            let ways = ways_of(here);
            here.retain(|whole| !ways.contains(&whole.entry.treatment));
        }
        let ways: Vec<TreatmentId> = recommended.iter().chain(&open).flat_map(|(_, here)| ways_of(here)).collect();
        open.iter_mut().for_each(|(_, here)| here.retain(|whole| !ways.contains(&whole.entry.treatment)));
        open.retain(|(_, here)| !here.is_empty());
        Grouping { recommended, open }
    }

    /// Whether a treatment fits at a timing.
    pub(super) fn fits_at(&self, entry: &TreatmentAdvice, time: TimingId) -> bool {
        self.fits(entry) && offering(self.guide, entry).any(|(indication, truth)| indication.timing == time && truth.is_true())
    }

    /// Returns these treatments, and their techniques that fit at the same timing. Each is returned only once.
    pub(super) fn all_recommended<'w>(&self, main_treatments: impl Iterator<Item = &'w Whole<'a>>) -> Vec<&'a TreatmentAdvice>
    where
        'a: 'w,
    {
        let mut all: Vec<&'a TreatmentAdvice> = Vec::new();
        for whole in main_treatments {
            let ways = whole.ways.iter().map(|(_, technique)| *technique).filter(|technique| self.fits_at(technique, whole.time));
            for entry in std::iter::once(whole.entry).chain(ways) {
                if all.iter().all(|other| other.treatment != entry.treatment) {
                    all.push(entry);
                }
            }
        }
        all
    }

    /// Returns the supportive treatments to give before any decision: those with an indication at the guide's first timing (`start`) that holds or
    /// may hold. The strongest recommendations come first.
    pub(super) fn initial_care(&self) -> Vec<Recommendation<'a>> {
        let guide = self.guide;
        let advice: &'a Advice = self.advice;
        let mut here: Vec<Recommendation<'a>> = Vec::new();
        for entry in advice.treatments.iter().filter(|entry| self.is_supportive(entry)) {
            let indications = guide[entry.treatment].indications.iter().zip(&entry.indications);
            let first = indications.filter(|(indication, truth)| !truth.is_false() && Some(indication.timing) == guide.start);
            let strength = first.map(|(indication, _)| indication.strength).min();
            let wanted = matches!(entry.verdict, Verdict::Indicated | Verdict::Possible);
            here.extend(strength.filter(|_| wanted).map(|strength| (strength, entry)));
        }
        here.sort_by_key(|(strength, _)| *strength);
        here
    }

    /// Counts the treatments and techniques that may fit, each only once.
    pub(super) fn count_open(&self, all: &Grouping<'_>) -> usize {
        let main_treatments = all.open.iter().flat_map(|(_, here)| here);
        let entries = main_treatments.flat_map(|whole| whole.ways.iter().map(|(_, technique)| *technique).chain([whole.entry]));
        entries.filter(|entry| self.may_fit(entry)).map(|entry| entry.treatment).collect::<BTreeSet<_>>().len()
    }
}
