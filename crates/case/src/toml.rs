use sarcoguide_model::OwnQuestion;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::error::{CaseError, Kind, Place, Problem, meant, shown};
use crate::format::Format;
use crate::written::{
    ANSWERED, Answered, Entry, FACTS, PARTS, Parts, QUESTIONS, Raw, STANDINGS, VERDICTS, WHAT_MATTERS, are_valid,
};

pub(crate) fn parts(text: &str) -> Result<Parts, CaseError> {
    // Every entry needs its line number, so find the line breaks only once.
    let ends: Vec<usize> = text.match_indices('\n').map(|(end, _)| end).collect();
    let place = |offset: usize| Place::line(1 + ends.partition_point(|end| *end < offset));
    let table = DeTable::parse(text).map_err(|error| {
        let place = place(error.span().map_or(0, |span| span.start));
        Problem::NotWellFormed { format: Format::Toml, why: error.message().to_owned() }.at(place)
    })?;
    let entries = |part: &str, value: &Spanned<DeValue<'_>>| {
        let DeValue::Table(pairs) = value.get_ref() else {
            let problem = Problem::NotATable { part: part.to_owned(), format: Format::Toml };
            return Err(problem.at(place(value.span().start)));
        };
        let entry = |(name, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| {
            let name = format!("{}", name.get_ref());
            let place = Place { part: Some(format!("{part}.{}", shown(&name))), ..place(value.span().start) };
            Entry { raw: raw(value.get_ref()), name, place }
        };
        Ok(pairs.iter().map(entry).collect::<Vec<Entry>>())
    };
    let mut parts = Parts::default();
    let mut found = false;
    for (key, value) in table.get_ref() {
        let name: &str = key.get_ref();
        match name {
            FACTS => {
                found = true;
                parts.facts = entries(name, value)?;
            }
            WHAT_MATTERS => parts.preferences = entries(name, value)?,
            QUESTIONS => {
                let read = questions(value.get_ref()).filter(|questions| are_valid(questions));
                let place = Place { part: Some(name.to_owned()), ..place(value.span().start) };
                parts.questions = read.ok_or_else(|| Problem::InvalidQuestion.at(place))?;
            }
            // In `answered`, a date can also be written without quotes, as a TOML date.
            ANSWERED => {
                let nested = |part: &str| {
                    let nested = value.get_ref().as_table().and_then(|table| table.get(part));
                    let nested = nested.filter(|nested| nested.get_ref().is_table());
                    nested.map_or_else(|| Ok(Vec::new()), |nested| entries(&format!("{name}.{part}"), nested))
                };
                let (verdicts, standings) = (nested(VERDICTS)?, nested(STANDINGS)?);
                let mut entries = entries(name, value)?;
                for entry in &mut entries {
                    let written = value.get_ref().as_table().and_then(|table| table.get(entry.name.as_str()));
                    if let Some(DeValue::Datetime(date)) = written.map(Spanned::get_ref) {
                        entry.raw = Raw::Text(date.to_string());
                    }
                }
                parts.answered = Some(Answered { entries, verdicts, standings });
            }
            _ if PARTS.contains(&name) && matches!(value.get_ref(), DeValue::String(_)) => {}
            _ if PARTS.contains(&name) => {
                return Err(Problem::NotText(name.to_owned()).at(place(value.span().start)));
            }
            _ => {
                let (part, meant) = (name.to_owned(), meant(name, PARTS));
                let problem = Problem::UnknownPart { part, meant, format: Format::Toml };
                return Err(problem.at(place(key.span().start)));
            }
        }
    }
    if found { Ok(parts) } else { Err(Problem::NoFacts(Format::Toml).into()) }
}

/// Reads the person's own questions: a list of tables with `text` and `ticked`. Returns `None` if they have another form.
fn questions(value: &DeValue<'_>) -> Option<Vec<OwnQuestion>> {
    let question = |value: &Spanned<DeValue<'_>>| {
        let table = value.get_ref().as_table().filter(|table| table.len() == 2)?;
        match (table.get("text")?.get_ref(), table.get("ticked")?.get_ref()) {
            (DeValue::String(text), DeValue::Boolean(ticked)) => Some(OwnQuestion { text: text.to_string(), ticked: *ticked }),
            _ => None,
        }
    };
    value.as_array()?.iter().map(question).collect()
}

/// Converts a TOML value to a raw value, without checking it against a guide.
pub(crate) fn raw(value: &DeValue<'_>) -> Raw {
    match value {
        DeValue::String(text) => Raw::Text(text.to_string()),
        // Convert binary, octal and hexadecimal integers to decimal. A number that doesn't fit in an `i64` stays as written and is rejected later.
        DeValue::Integer(number) => match (number.radix(), i64::from_str_radix(number.as_str(), number.radix())) {
            (10, _) => Raw::Number(number.as_str().to_owned()),
            (_, Ok(read)) => Raw::Number(read.to_string()),
            (_, Err(_)) => Raw::Number(number.to_string()),
        },
        DeValue::Float(number) => Raw::Number(number.as_str().to_owned()),
        DeValue::Boolean(yes) => Raw::Bool(*yes),
        DeValue::Datetime(_) => Raw::Other(Kind::Date),
        DeValue::Array(_) => Raw::Other(Kind::List),
        DeValue::Table(_) => Raw::Other(Kind::Table),
    }
}
