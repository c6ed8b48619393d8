use toml::de::{DeTable, DeValue};

use crate::error::{CaseError, shown};
use crate::{Entry, Raw};

pub(crate) fn entries(text: &str) -> Result<Vec<Entry>, CaseError> {
    let place = |offset: usize| {
        let before = &text[..offset.min(text.len())];
        format!("line {}", 1 + before.bytes().filter(|byte| *byte == b'\n').count())
    };
    let table = DeTable::parse(text).map_err(|error| {
        let place = place(error.span().map_or(0, |span| span.start));
        CaseError::at(place, format!("this is not TOML: {}", shown(error.message())))
    })?;
    let mut entries = Vec::new();
    let mut found = false;
    for (key, value) in table.get_ref() {
        let name: &str = key.get_ref();
        match (name, value.get_ref()) {
            ("facts", DeValue::Table(facts)) => {
                found = true;
                for (name, value) in facts {
                    let name = name.get_ref().to_string();
                    let place = format!("{}, facts.{}", place(value.span().start), shown(&name));
                    entries.push(Entry { raw: raw(value.get_ref()), name, place });
                }
            }
            ("name" | "story", _) => {}
            ("facts", _) => {
                return Err(CaseError::at(place(value.span().start), "`facts` is not a table").help("write [facts] above them"));
            }
            _ => {
                let error = CaseError::at(place(key.span().start), format!("a case has no part `{}`", shown(name)));
                return Err(error.nearest(name, ["facts", "name", "story"]).or_help("write the facts under [facts]"));
            }
        }
    }
    if found {
        Ok(entries)
    } else {
        Err(CaseError::whole("the case has no `facts`").help("write [facts] and the facts under it"))
    }
}

fn raw(value: &DeValue<'_>) -> Raw {
    match value {
        DeValue::String(text) => Raw::Text(text.to_string()),
        DeValue::Integer(number) => Raw::Number(number.as_str().replace('_', "")),
        DeValue::Float(number) => Raw::Number(number.as_str().replace('_', "")),
        DeValue::Boolean(yes) => Raw::Bool(*yes),
        DeValue::Datetime(_) => Raw::Other("a date"),
        DeValue::Array(_) => Raw::Other("a list"),
        DeValue::Table(_) => Raw::Other("a table"),
    }
}
