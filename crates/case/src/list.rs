//! Lists of facts: what a case can say about a whole list.

use sarcoguide_model::{Case, FactId, FactList, FactValue};

use crate::error::{CaseError, Choices, FactName, Kind, Problem, meant};
use crate::written::{COMPLETE, Raw, UNKNOWN};

/// Reads what a case in TOML says about a list: whether it's complete.
///
/// # Errors
///
/// If the value isn't `complete` or `unknown`.
pub fn list_is_complete(list: &FactList, value: &toml::de::DeValue<'_>) -> Result<bool, CaseError> {
    is_complete(list, &crate::toml::raw(value))
}

/// Reads what a case says about a list: whether it's complete.
pub(crate) fn is_complete(list: &FactList, raw: &Raw) -> Result<bool, CaseError> {
    let fact = FactName::Id(list.id.clone());
    let choices = Choices::Values(vec![COMPLETE.to_owned()]);
    let found = match raw {
        Raw::Null => return Ok(false),
        Raw::Text(text) if text == COMPLETE => return Ok(true),
        Raw::Text(text) if text == UNKNOWN => return Ok(false),
        Raw::Text(text) => {
            let meant = meant(text, [COMPLETE]).into_iter().collect();
            return Err(Problem::NoValue { fact, value: text.clone(), meant, choices }.into());
        }
        Raw::Bool(_) => Kind::Boolean,
        Raw::Number(_) => Kind::Number,
        Raw::Other(kind) => *kind,
    };
    Err(Problem::WrongKind { fact, found, choices }.into())
}

/// Completes a list: sets each fact of the list to its value for something that isn't on the list, unless `is_stated` returns `true` for the fact.
pub fn complete(case: &mut Case, list: &FactList, is_stated: impl Fn(FactId) -> bool) {
    // The guide compiler rejects a fact with more than 128 values.
    let absent = FactValue::Value(u8::try_from(list.absent).unwrap_or(u8::MAX));
    list.facts.iter().filter(|fact| !is_stated(**fact)).for_each(|fact| case.set(*fact, absent));
}
