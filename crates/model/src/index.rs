//! Implementations of [`Index`], so that entries of guides and advice can be looked up by ID.

use std::ops::{Index, IndexMut};

use crate::{
    Advice, DerivedFact, DerivedId, Effect, EffectId, Fact, FactId, Guide, IntentId, Label, Measure, MeasureId, Modality,
    ModalityId, Passage, PassageId, RouteId, SettingId, Source, SourceId, Strength, StrengthId, Term, TimingId, Treatment,
    TreatmentAdvice, TreatmentId,
};

/// Implements `Index` and `IndexMut` for [`Guide`] and an ID type, so that `guide[treatment]` returns the treatment's entry.
///
/// # Panics
///
/// Indexing panics if the guide has no entry at the ID's index. This can happen if the ID comes from a different guide.
macro_rules! index_guide {
    ($($id:ident => $list:ident: $entry:ident)*) => { $(
        impl Index<$id> for Guide {
            type Output = $entry;

            fn index(&self, id: $id) -> &$entry {
                &self.$list[id.index()]
            }
        }

        impl IndexMut<$id> for Guide {
            fn index_mut(&mut self, id: $id) -> &mut $entry {
                &mut self.$list[id.index()]
            }
        }
    )* };
}

index_guide! {
    FactId => facts: Fact
    DerivedId => derived: DerivedFact
    TreatmentId => treatments: Treatment
    EffectId => effects: Effect
    SourceId => sources: Source
    PassageId => passages: Passage
    ModalityId => modalities: Modality
    TimingId => timings: Term
    IntentId => intents: Term
    StrengthId => strengths: Strength
    MeasureId => measures: Measure
    RouteId => routes: Label
    SettingId => settings: Label
}

impl Index<TreatmentId> for Advice {
    type Output = TreatmentAdvice;

    fn index(&self, id: TreatmentId) -> &TreatmentAdvice {
        &self.treatments[id.index()]
    }
}
