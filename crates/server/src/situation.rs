//! The questions: which come next, and how one is asked.

use sarcoguide_advise::Advisor;
use sarcoguide_model::{Case, Contradiction, Domain, Fact, FactId, Guide, Known};
use sarcoguide_report::words;

use crate::html::escaped;
use crate::sealed::Held;

/// How many questions stand on one page at most.
const ON_A_PAGE: usize = 4;

/// What is asked next.
#[derive(Debug)]
pub(crate) struct Next {
    /// A few questions that belong together; empty when nothing more would help.
    pub facts: Vec<FactId>,
    /// How many more would help, these included.
    pub open: usize,
}

/// The questions that would settle most and have not been asked, a few of one area.
pub(crate) fn next(guide: &Guide, held: &Held) -> Result<Next, Contradiction> {
    let advisor = Advisor::new(guide);
    let questions = advisor.relevant_questions(&held.case)?;
    let open: Vec<FactId> = questions.iter().map(|question| question.fact).filter(|fact| !held.unknown.contains(fact)).collect();
    let area = open.first().map(|fact| guide.facts[fact.index()].area.as_str());
    let together = open.iter().copied().filter(|fact| Some(guide.facts[fact.index()].area.as_str()) == area);
    Ok(Next { facts: together.take(ON_A_PAGE).collect(), open: open.len() })
}

/// What was typed for a fact and why it cannot be.
#[derive(Debug)]
pub(crate) struct Refused {
    pub fact: FactId,
    pub typed: String,
    pub message: String,
}

/// Takes the answers of a form. An answer that is left empty is "I don't know".
pub(crate) fn take(guide: &Guide, held: &mut Held, facts: &[FactId], fields: &[(String, String)]) -> Vec<Refused> {
    let mut refused = Vec::new();
    for fact in facts {
        let id = &guide.facts[fact.index()].id;
        let typed = fields.iter().find(|(name, _)| name == id).map_or("", |(_, value)| value.trim());
        if typed.is_empty() {
            held.answer(*fact, Known::Unknown);
            continue;
        }
        match sarcoguide_case::parse_answer(guide, *fact, typed) {
            Ok(known) => held.answer(*fact, known),
            Err(error) => refused.push(Refused { fact: *fact, typed: typed.to_owned(), message: error.to_string() }),
        }
    }
    refused
}

/// A question with its answers, "I don't know" among them.
pub(crate) fn question(guide: &Guide, fact: FactId, case: &Case, refused: Option<&Refused>) -> String {
    let entry = &guide.facts[fact.index()];
    let id = &entry.id;
    let mut out = format!("<fieldset id=\"ask-{id}\"><legend>{}</legend>", escaped(&entry.question));
    for (label, text) in [("Why this is asked: ", &entry.why), ("Where to find it: ", &entry.found)] {
        if let Some(text) = text {
            out.push_str(&format!("<p class=\"help\">{label}{}</p>", escaped(text)));
        }
    }
    if let Some(refused) = refused {
        out.push_str(&format!("<p class=\"error\" id=\"error-{id}\">{}</p>", escaped(&refused.message)));
    }
    let described =
        if refused.is_some() { format!(" aria-invalid=\"true\" aria-describedby=\"error-{id}\"") } else { String::new() };
    match &entry.domain {
        Domain::Number { unit, min, max } => {
            let value = refused.map_or_else(|| number(case.get(fact)), |refused| refused.typed.clone());
            out.push_str(&format!(
                "<label for=\"{id}\">A number from {min} to {max}, in {unit}. Leave it empty if you don't know.</label><br>\
                 <input id=\"{id}\" name=\"{id}\" type=\"text\" inputmode=\"decimal\" autocomplete=\"off\" maxlength=\"30\" value=\"{}\"{described}>",
                escaped(&value)
            ));
        }
        Domain::Values(values) if values.len() > 14 => out.push_str(&list(entry, case.get(fact), &described)),
        Domain::Values(values) => {
            for (index, value) in values.iter().enumerate() {
                let kind = if value.parent.is_some() { " kind" } else { "" };
                let checked = if chosen(case.get(fact), index) { " checked" } else { "" };
                let help = value.help.as_ref().map(|help| format!(" <small>{}</small>", escaped(help))).unwrap_or_default();
                out.push_str(&format!(
                    "<label class=\"choice{kind}\"><input type=\"radio\" name=\"{id}\" value=\"{}\"{checked}{described}><span>{}{help}</span></label>",
                    value.id,
                    escaped(&words::capital(&value.name))
                ));
            }
            out.push_str(&format!(
                "<label class=\"choice\"><input type=\"radio\" name=\"{id}\" value=\"unknown\"><span>I don't know</span></label>"
            ));
        }
    }
    out.push_str("</fieldset>");
    out
}

fn chosen(known: Known, index: usize) -> bool {
    matches!(known, Known::Value(value) if usize::from(value) == index)
}

fn number(known: Known) -> String {
    match known {
        Known::Number(number) => number.to_string(),
        Known::Unknown | Known::Value(_) => String::new(),
    }
}

/// Many values as a list to choose from, by name, kinds behind what they are kinds of.
fn list(fact: &Fact, known: Known, described: &str) -> String {
    let id = &fact.id;
    let values = fact.domain.values();
    let mut options = String::new();
    let mut add = |index: usize, depth: usize| {
        let selected = if chosen(known, index) { " selected" } else { "" };
        let indent = "\u{a0}\u{a0}\u{a0}".repeat(depth);
        options.push_str(&format!(
            "<option value=\"{}\"{selected}>{indent}{}</option>",
            values[index].id,
            escaped(&values[index].name)
        ));
    };
    fn visit(values: &[sarcoguide_model::Value], parent: Option<usize>, depth: usize, add: &mut impl FnMut(usize, usize)) {
        for index in (0..values.len()).filter(|index| values[*index].parent == parent) {
            add(index, depth);
            visit(values, Some(index), depth + 1, add);
        }
    }
    visit(values, None, 0, &mut add);
    format!(
        "<label for=\"{id}\">Choose the one that the report names</label><br><select id=\"{id}\" name=\"{id}\"{described}>\
         <option value=\"unknown\">I don't know</option>{options}</select>"
    )
}
