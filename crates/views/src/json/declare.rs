//! Macros and types that declare JSON objects. A declaration has the description, type and value of each member in one place.

use std::borrow::Cow;
use std::collections::BTreeSet;

use sarcoguide_model::{ClosedSet, Guide, PassageId};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

/// Declares a JSON object. The macro generates a struct, from which `schemars` derives the schema, and its function `new`, which fills the struct.
/// The names in parentheses are the parameters of `new`.
macro_rules! object {
    (
        $(#[$of_object:meta])*
        $name:ident($writer:ident $(, $input:ident: $input_type:ty)*) {
            $($(#[$of_member:meta])* $member:ident: $member_type:ty = $value:expr,)+
        }
    ) => {
        $(#[$of_object])*
        #[derive(Debug, serde::Serialize, schemars::JsonSchema)]
        #[schemars(deny_unknown_fields)]
        pub struct $name {
            $($(#[$of_member])* pub $member: $member_type,)+
        }

        impl $name {
            pub(crate) fn new($writer: Writer<'_>, $($input: $input_type),*) -> Self {
                Self { $($member: $value,)+ }
            }
        }
    };
}

pub(super) use object;

/// A value of a closed set (an enum whose variants have fixed IDs), written as its ID. The schema lists all IDs of the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OneOf<T>(pub T);

impl<T: ClosedSet> Serialize for OneOf<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.id())
    }
}

impl<T: ClosedSet> JsonSchema for OneOf<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "OneOf".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let ids: Vec<&str> = T::ALL.iter().map(|member| member.id()).collect();
        json_schema!({ "type": "string", "enum": ids })
    }
}

/// Declares string types whose possible values come from the guide, such as the IDs of its facts.
macro_rules! guide_ids {
    ($($(#[$doc:meta])* $name:ident = |$guide:ident| $ids:expr;)+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
            pub struct $name(pub String);
        )+

        /// Returns the names of these types, each with the values that the guide allows.
        pub(super) fn guide_ids(guide: &Guide) -> Vec<(&'static str, Vec<String>)> {
            vec![$((stringify!($name), {
                let $guide = guide;
                $ids.collect()
            })),+]
        }
    };
}

guide_ids! {
    /// The ID of a fact.
    FactKey = |guide| guide.facts.iter().map(|fact| fact.id.clone());
    /// The ID of a derived fact.
    DerivedKey = |guide| guide.derived.iter().map(|fact| fact.id.clone());
    /// The ID of a value of a derived fact.
    DerivedValue = |guide| guide.derived.iter().flat_map(|fact| &fact.values).map(|value| value.id.clone()).collect::<BTreeSet<_>>().into_iter();
    /// The ID of a value of the facts that say whether treatments have been given, and how that ended.
    GivenValue = |guide| guide.fact_lists.iter().filter_map(|list| list.facts.first()).flat_map(|fact| guide[*fact].domain.values()).map(|value| value.id.clone()).collect::<BTreeSet<_>>().into_iter();
    /// The ID of a treatment.
    TreatmentKey = |guide| guide.treatments.iter().map(|treatment| treatment.id.clone());
    /// The ID of a kind of treatment.
    ModalityKey = |guide| guide.modalities.iter().map(|modality| modality.id.clone());
    /// The ID of a timing: when a treatment is given.
    TimingKey = |guide| guide.timings.iter().map(|timing| timing.id.clone());
    /// The ID of an intent: what a treatment is meant to achieve.
    IntentKey = |guide| guide.intents.iter().map(|intent| intent.id.clone());
    /// The ID of a strength: how strongly the sources recommend a treatment, in their own terms.
    StrengthKey = |guide| guide.strengths.iter().map(|strength| strength.id.clone());
    /// The ID of a measure: what an outcome measures.
    MeasureKey = |guide| guide.measures.iter().map(|measure| measure.id.clone());
    /// The ID of a route: how a treatment is given. `none` if there's no route.
    RouteKey = |guide| [guide.route_id(None)].into_iter().chain(guide.routes.iter().map(|route| route.id.as_str())).map(str::to_owned);
    /// The ID of a setting: where a treatment is given.
    SettingKey = |guide| guide.settings.iter().map(|setting| setting.id.clone());
    /// The ID of an adverse effect.
    EffectKey = |guide| guide.effects.iter().map(|effect| effect.id.clone());
    /// The ID of a kind of case that the guide doesn't cover.
    OutOfScopeKey = |guide| guide.out_of_scope.iter().map(|entry| entry.id.clone());
    /// The ID of a doubt.
    DoubtKey = |guide| guide.doubts.iter().map(|doubt| doubt.id.clone());
    /// The ID of a reason why no treatment is indicated.
    NothingDueKey = |guide| guide.no_treatment_indicated.iter().map(|entry| entry.id.clone());
    /// The citation of a passage: a key of `sources`.
    Citation = |guide| (0..guide.passages.len()).map(|index| guide.citation(PassageId::new(index)));
}
