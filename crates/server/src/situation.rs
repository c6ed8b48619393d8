//! The questions: which come next, and how one is asked.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use sarcoguide_advise::Advisor;
use sarcoguide_model::{Contradiction, Domain, Fact, FactId, Guide, Known};
use sarcoguide_report::words;

use crate::html::escaped;
use crate::pages::problem;
use crate::routes::{Fields, fields};
use crate::sealed::Held;
use crate::visit::{Name, Visit, unknown};

/// How many questions stand on one page at most.
const ON_A_PAGE: usize = 4;
/// The most letters of an answer that is typed.
const MOST_TYPED: usize = 30;
/// Up to how many answers of a question each is tried for what it would make needless.
const FEW_VALUES: usize = 8;

/// What is asked next.
#[derive(Debug)]
struct Next {
    /// A few questions that belong together; empty when nothing more would help.
    pub facts: Vec<FactId>,
    /// How many more would help, these included.
    pub open: usize,
}

/// The questions that would settle most and have not been asked, a few of one area, in the order of the vocabulary. A question waits for an
/// earlier one of its area if one of the answers to that would make it needless: who has no spread is not asked where it is.
fn next(advisor: &Advisor<'_>, held: &Held) -> Result<Next, Contradiction> {
    let guide = advisor.guide();
    let questions = advisor.relevant_questions(&held.case)?;
    let open: Vec<FactId> = questions.iter().map(|question| question.fact).filter(|fact| !held.unknown.contains(fact)).collect();
    let area = |fact: &FactId| guide.facts[fact.index()].area.as_str();
    let here: Vec<FactId> = open.iter().copied().filter(|fact| Some(area(fact)) == open.first().map(area)).collect();
    let mut facts = here.clone();
    for first in &here {
        let Domain::Values(values) = &guide.facts[first.index()].domain else { continue };
        if values.len() > FEW_VALUES {
            continue;
        }
        for value in (0..values.len()).filter_map(|value| u8::try_from(value).ok()) {
            // An answer that cannot be tells nothing.
            let Ok(then) = advisor.relevant_questions(&held.case.with(*first, Known::Value(value))) else { continue };
            facts.retain(|fact| fact <= first || then.iter().any(|question| question.fact == *fact));
        }
    }
    facts.truncate(ON_A_PAGE);
    facts.sort_unstable();
    Ok(Next { facts, open: open.len() })
}

/// What was typed for a fact and why it cannot be.
#[derive(Debug)]
struct Refused {
    pub fact: FactId,
    pub typed: String,
    pub message: String,
}

/// Takes the answers of a form. An answer that is left empty is "I don't know".
fn take(guide: &Guide, held: &mut Held, facts: &[FactId], fields: &[(String, String)]) -> Vec<Refused> {
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
            Err(error) => {
                let typed = typed.chars().take(MOST_TYPED).collect();
                refused.push(Refused { fact: *fact, typed, message: words::capital(&error.to_string()) })
            }
        }
    }
    refused
}

/// A question with its answers, "I don't know" among them.
fn question(guide: &Guide, fact: FactId, held: &Held, refused: Option<&Refused>) -> String {
    let entry = &guide.facts[fact.index()];
    let known = held.case.get(fact);
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
            let value = refused.map_or_else(|| number(known), |refused| refused.typed.clone());
            out.push_str(&format!(
                "<label for=\"{id}\">A number from {min} to {max}, in {unit}. Leave it empty if you don't know.</label><br>\
                 <input id=\"{id}\" name=\"{id}\" type=\"text\" inputmode=\"decimal\" autocomplete=\"off\" maxlength=\"{MOST_TYPED}\" value=\"{}\"{described}>",
                escaped(&value)
            ));
        }
        Domain::Values(values) if values.len() > 14 => out.push_str(&list(entry, known, &described)),
        Domain::Values(values) => {
            for (index, value) in values.iter().enumerate() {
                let kind = if value.parent.is_some() { " kind" } else { "" };
                let checked = if chosen(known, index) { " checked" } else { "" };
                let help = value.help.as_ref().map(|help| format!(" <small>{}</small>", escaped(help))).unwrap_or_default();
                let first = if index == 0 { format!(" id=\"{id}\"") } else { String::new() };
                out.push_str(&format!(
                    "<label class=\"choice{kind}\"><input type=\"radio\"{first} name=\"{id}\" value=\"{}\"{checked}{described}><span>{}{help}</span></label>",
                    value.id,
                    escaped(&words::capital(&value.name))
                ));
            }
            let checked = if held.unknown.contains(&fact) { " checked" } else { "" };
            out.push_str(&format!(
                "<label class=\"choice unknown\"><input type=\"radio\" name=\"{id}\" value=\"unknown\"{checked}><span>I don't know</span></label>"
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

/// From how many values on a list stands by the alphabet: its own order can no longer be seen at a glance.
const LONG: usize = 30;

/// Many values as a list to choose from, kinds behind what they are kinds of. In a long list what has kinds comes first, then by name.
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
        let mut here: Vec<usize> = (0..values.len()).filter(|index| values[*index].parent == parent).collect();
        if values.len() >= LONG {
            let is_kind = |index: &usize| !values.iter().any(|value| value.parent == Some(*index));
            here.sort_by_cached_key(|index| (is_kind(index), values[*index].name.to_lowercase()));
        }
        for index in here {
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

/// The questions of a page, with a summary of what was refused.
fn form(guide: &Guide, held: &Held, facts: &[FactId], refused: &[Refused], action: &str, more: &str) -> String {
    let mut out = String::new();
    if !refused.is_empty() {
        out.push_str("<div class=\"error\" role=\"alert\"><p>Please look at this again:</p><ul>");
        for entry in refused {
            let fact = &guide.facts[entry.fact.index()];
            out.push_str(&format!(
                "<li><a href=\"#{}\">{}</a>: {}</li>",
                fact.id,
                escaped(&fact.name),
                escaped(&words::within(&entry.message))
            ));
        }
        out.push_str("</ul></div>");
    }
    out.push_str(&format!("<form method=\"post\" action=\"{action}\" autocomplete=\"off\">"));
    for fact in facts {
        let refused = refused.iter().find(|entry| entry.fact == *fact);
        out.push_str(&question(guide, *fact, held, refused));
        out.push_str(&format!("<input type=\"hidden\" name=\"asked\" value=\"{}\">", guide.facts[fact.index()].id));
    }
    out.push_str(&format!("<div class=\"row\"><button>Next</button>{more}</div></form>"));
    out
}

const LEAVE: &str = "<a href=\"/review\">My answers</a> <a href=\"/options\">My options with what is known so far</a>";

/// To the page that comes next.
pub(crate) async fn go_on(visit: Visit) -> Response {
    Redirect::to(&address(visit.held.trail.len() + 1)).into_response()
}

/// The address of a page of questions. It tells how many were answered and nothing of them.
fn address(page: usize) -> String {
    format!("/situation/{page}")
}

/// The page of an address: one that was answered, or the next.
fn page_of(visit: &Visit, page: &str) -> Option<usize> {
    page.parse().ok().filter(|page| (1..=visit.held.trail.len() + 1).contains(page))
}

fn back(page: usize) -> String {
    if page > 1 { format!("<a href=\"{}\">Back</a> ", address(page - 1)) } else { String::new() }
}

pub(crate) async fn ask(visit: Visit, Name(page): Name) -> Response {
    let Some(page) = page_of(&visit, &page) else { return go_on(visit).await };
    let next = match next(&visit.site.knowledge.advisor, &visit.held) {
        Ok(next) => next,
        Err(contradiction) => return visit.contradicted(&contradiction),
    };
    let facts = visit.held.trail.get(page - 1).unwrap_or(&next.facts);
    if facts.is_empty() {
        let out = format!(
            "<h1>My situation</h1><p>You have been asked everything that would change the answer. What you don't know stays open, and your options say what it would settle.</p>\
             <div class=\"row\"><a class=\"button\" href=\"/options\">My options</a> {}<a href=\"/review\">My answers</a></div>",
            back(page)
        );
        return visit.page("My situation", out).into_response();
    }
    let form = form(visit.guide(), &visit.held, facts, &[], &address(page), &format!("{}{LEAVE}", back(page)));
    let answered = visit.held.case.stated().count() + visit.held.unknown.len();
    let all = answered + next.open;
    let out = format!(
        "<h1>My situation</h1><p><progress aria-label=\"Questions answered\" value=\"{answered}\" max=\"{all}\">{answered} of {all}</progress></p>\
         <p>{answered} answered; {} more could matter, fewer with each answer. You need not answer all. What you leave out counts as \"I don't know\".</p>{form}",
        next.open
    );
    visit.page("My situation", out).into_response()
}

/// The facts that a form says it asked, each once. A form that asks more than a page does is none of ours.
fn asked(guide: &Guide, fields: &[(String, String)]) -> Result<Vec<FactId>, Box<Response>> {
    let mut facts = Vec::new();
    for fact in fields.iter().filter(|(name, _)| name == "asked").filter_map(|(_, id)| guide.fact(id)) {
        if !facts.contains(&fact) {
            facts.push(fact);
        }
    }
    if facts.len() > ON_A_PAGE {
        return Err(Box::new(problem(StatusCode::BAD_REQUEST, "This form asks more than a page does.").into_response()));
    }
    Ok(facts)
}

pub(crate) async fn answered(mut visit: Visit, Name(page): Name, form: Fields) -> Response {
    let fields = match fields(form) {
        Ok(fields) => fields,
        Err(page) => return *page,
    };
    // Who went back and answers otherwise is asked anew from there.
    let page = page_of(&visit, &page).unwrap_or(visit.held.trail.len() + 1);
    visit.held.trail.truncate(page - 1);
    let asked = match asked(visit.guide(), &fields) {
        Ok(asked) => asked,
        Err(page) => return *page,
    };
    if !asked.is_empty() {
        visit.held.trail.push(asked.clone());
    }
    let to = address(visit.held.trail.len() + 1);
    keep(visit, &asked, &fields, &address(page), &to)
}

fn keep(mut visit: Visit, facts: &[FactId], fields: &[(String, String)], action: &str, to: &str) -> Response {
    let guide = visit.guide();
    let refused = take(guide, &mut visit.held, facts, fields);
    if refused.is_empty() {
        // What cannot hold together is told at once.
        let contradiction = visit.site.knowledge.advisor.advise(&visit.held.case).is_err();
        return visit.onward(if contradiction { "/situation" } else { to });
    }
    let out = format!("<h1>My situation</h1>{}", form(guide, &visit.held, facts, &refused, action, LEAVE));
    visit.page("Please look at this again: my situation", out).status(StatusCode::UNPROCESSABLE_ENTITY).into_response()
}

pub(crate) async fn ask_again(visit: Visit, Name(id): Name) -> Response {
    let Some(fact) = visit.guide().fact(&id) else { return unknown() };
    let back = "<a href=\"/review\">Back to my answers</a>";
    let form = form(visit.guide(), &visit.held, &[fact], &[], &format!("/question/{id}"), back);
    visit.page("One question", format!("<h1>One question</h1>{form}")).into_response()
}

pub(crate) async fn answered_again(visit: Visit, Name(id): Name, form: Fields) -> Response {
    if visit.guide().fact(&id).is_none() {
        return unknown();
    }
    let read = fields(form).and_then(|fields| Ok((asked(visit.guide(), &fields)?, fields)));
    match read {
        Ok((asked, fields)) => keep(visit, &asked, &fields, &format!("/question/{id}"), "/review"),
        Err(page) => *page,
    }
}

pub(crate) async fn review(visit: Visit) -> Response {
    let guide = visit.guide();
    let row = |fact: FactId, said: &str| {
        let entry = &guide.facts[fact.index()];
        let name = escaped(&entry.name);
        format!(
            "<dt>{name}</dt><dd>{}</dd><dd><a href=\"/question/{}\">Change<span class=\"unseen\">: {name}</span></a></dd>",
            escaped(said),
            entry.id
        )
    };
    let mut rows: String =
        visit.held.case.stated().map(|fact| row(fact, &words::known(guide, fact, visit.held.case.get(fact)))).collect();
    rows.extend(visit.held.unknown.iter().map(|fact| row(*fact, "I don't know")));
    let rows = if rows.is_empty() { "<p>Nothing is answered yet.</p>".to_owned() } else { format!("<dl>{rows}</dl>") };
    let out = format!(
        "<h1>My answers</h1>{rows}<div class=\"row\"><a class=\"button\" href=\"/situation\">Go on</a> <a href=\"/options\">My options</a> \
         <a href=\"/take/case.json\">Save my answers</a><form method=\"post\" action=\"/forget\"><button class=\"plain\">Forget my answers</button></form></div>"
    );
    visit.page("My answers", out).into_response()
}
