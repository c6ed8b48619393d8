//! The questions: which come next, and how one is asked.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use sarcoguide_advise::{Advisor, Questions};
use sarcoguide_model::{Advice, Contradiction, Domain, Fact, FactId, FactValue, Guide, QuestionPart, ScopeKind, Truth, Value};
use sarcoguide_views::fit::Fit;
use sarcoguide_views::{scope, words};

use crate::html::{Raw, Writer, escaped};
use crate::pages::problem;
use crate::routes::{Fields, fields};
use crate::sealed::Session;
use crate::visit::{Name, Visit, unknown};

/// How many questions stand on one page at most.
const ON_A_PAGE: usize = 4;
/// The most letters of an answer that is typed.
const MAX_TYPED_CHARS: usize = 30;
/// How many things to find out are named at most when nothing more is worth asking.
const MAX_AWAITED: usize = 10;
/// Up to how many answers of a question each is tried for what it would make needless.
const FEW_VALUES: usize = 8;
/// How many answers stand side by side at most; more of them are a list to choose from.
const MAX_CHOICES: usize = 14;

/// What is asked next.
#[derive(Debug)]
struct Next {
    /// A few questions that belong together; empty when nothing more would help.
    facts: Vec<FactId>,
    /// What could be asked.
    questions: Questions,
}

/// The first questions of the interview that are worth asking now, a few of one part. Behind the parts that come first, a question waits for
/// an earlier one of its part if one of the answers to that would make it needless.
fn next(advisor: &Advisor<'_>, session: &Session) -> Result<Next, Contradiction> {
    let guide = advisor.guide();
    let asked = session.asked();
    let questions = advisor.questions(&session.case, asked)?;
    let worth = |part: &QuestionPart| -> Vec<FactId> {
        part.facts.iter().copied().filter(|fact| questions.ask.contains(*fact)).collect()
    };
    let parts = guide.interview.parts.iter().map(|part| (part.first, worth(part)));
    let (first, here) = parts.into_iter().find(|(_, facts)| !facts.is_empty()).unwrap_or_default();
    let mut facts = here.clone();
    for (place, earlier) in here.iter().enumerate().filter(|_| !first) {
        let Domain::Values(values) = &guide[*earlier].domain else { continue };
        if values.len() > FEW_VALUES {
            continue;
        }
        for value in (0..values.len()).filter_map(|value| u8::try_from(value).ok()) {
            // An answer that cannot be tells nothing.
            let Ok(then) = advisor.questions(&session.case.with(*earlier, FactValue::Value(value)), asked) else { continue };
            facts.retain(|fact| here[..=place].contains(fact) || then.open.contains(*fact));
        }
    }
    // A page of its own for the only one that waits would cost more than it spares.
    if facts.len() + 1 == here.len() {
        facts = here;
    }
    facts.truncate(ON_A_PAGE);
    Ok(Next { facts, questions })
}

/// How much is known, not known, and could still matter.
pub(crate) fn counted(session: &Session, questions: &Questions) -> (usize, usize, usize) {
    let asked = session.asked();
    (session.case.stated().count(), session.unknown.len(), questions.open.iter().filter(|fact| !asked.contains(*fact)).count())
}

/// What was said for a fact and why it cannot be.
#[derive(Debug)]
struct Refused {
    fact: FactId,
    typed: String,
    /// Whether "I don't know" was ticked beside it.
    unknown: bool,
    message: String,
}

const UNKNOWN: &str = "unknown";

/// Takes the answers of a form. An answer that is left empty is "I don't know".
fn take(guide: &Guide, session: &mut Session, facts: &[FactId], fields: &[(String, String)]) -> Vec<Refused> {
    let mut refused = Vec::new();
    for fact in facts {
        let id = &guide[*fact].id;
        let values = || fields.iter().filter(|(name, _)| name == id).map(|(_, value)| value.trim());
        let unknown = values().any(|value| value == UNKNOWN);
        let Some(typed) = values().find(|value| !value.is_empty() && *value != UNKNOWN) else {
            session.answer(*fact, FactValue::Unknown);
            continue;
        };
        let message = if unknown {
            "Please keep one of the two: what you wrote, or \"I don't know\"".to_owned()
        } else {
            match sarcoguide_case::parse_answer(guide, *fact, typed) {
                Ok(known) => {
                    session.answer(*fact, known);
                    continue;
                }
                Err(error) => words::capital(&error.to_string()),
            }
        };
        let typed = typed.chars().take(MAX_TYPED_CHARS).collect();
        refused.push(Refused { fact: *fact, typed, unknown, message });
    }
    refused
}

/// A question with its answers, "I don't know" among them. Each answer stands in a block of its own, so that a text browser breaks the lines.
fn question(guide: &Guide, fact: FactId, session: &Session, refused: Option<&Refused>) -> String {
    let entry = &guide[fact];
    let known = session.case.get(fact);
    let id = &entry.id;
    let mut out = format!("<fieldset id=\"ask-{id}\"><legend id=\"question-{id}\">{}</legend>", escaped(&entry.question));
    for (label, text) in [("Why this is asked: ", &entry.why), ("Where to find it: ", &entry.where_to_find)] {
        if let Some(text) = text {
            out.push_str(&format!("<p class=\"help\">{label}{}</p>", escaped(text)));
        }
    }
    if let Some(refused) = refused {
        out.push_str(&format!("<p class=\"error\" id=\"error-{id}\">{}</p>", escaped(&refused.message)));
    }
    let invalid = if refused.is_some() { " aria-invalid=\"true\"" } else { "" };
    let error = if refused.is_some() { format!("error-{id}") } else { String::new() };
    let unknown = |kind: &str| {
        let checked =
            if session.unknown.contains(&fact) || refused.is_some_and(|refused| refused.unknown) { " checked" } else { "" };
        format!(
            "<div><label class=\"choice unknown\"><input type=\"{kind}\" name=\"{id}\" value=\"{UNKNOWN}\"{checked}><span>I don't know</span></label></div>"
        )
    };
    // A field of its own has the question as its name, and what is wrong and the hint as its description.
    let hinted = |hint: &str| format!("<p class=\"help\" id=\"hint-{id}\">{}</p>", escaped(hint));
    let named =
        format!(" aria-labelledby=\"question-{id}\" aria-describedby=\"{}\"{invalid}", format!("{error} hint-{id}").trim());
    match &entry.domain {
        Domain::Number { unit, min, max } => {
            let value = refused.map_or_else(|| number(known), |refused| refused.typed.clone());
            out.push_str(&hinted(&format!("A number from {min} to {max}{}", in_unit(unit))));
            out.push_str(&format!(
                "<div><input id=\"{id}\" name=\"{id}\" type=\"text\" inputmode=\"decimal\" autocomplete=\"off\" maxlength=\"{MAX_TYPED_CHARS}\" value=\"{}\"{named}></div>",
                escaped(&value)
            ));
            out.push_str(&unknown("checkbox"));
        }
        Domain::Values(values) if values.len() > MAX_CHOICES => {
            out.push_str(&hinted("Choose the one that the report names"));
            out.push_str(&format!("<div><select id=\"{id}\" name=\"{id}\"{named}>{}</select></div>", list(guide, entry, known)));
        }
        Domain::Values(values) => {
            let described = if error.is_empty() { String::new() } else { format!("{invalid} aria-describedby=\"{error}\"") };
            for (index, value) in values.iter().enumerate() {
                let kind = if value.parent.is_some() { " kind" } else { "" };
                let checked = if chosen(known, index) { " checked" } else { "" };
                let help = value.help.as_ref().map(|help| format!(" <small>{}</small>", escaped(help))).unwrap_or_default();
                let first = if index == 0 { format!(" id=\"{id}\"") } else { String::new() };
                out.push_str(&format!(
                    "<div><label class=\"choice{kind}\"><input type=\"radio\"{first} name=\"{id}\" value=\"{}\"{checked}{described}><span>{}{help}</span></label></div>",
                    value.id,
                    escaped(&words::capital(&value.name))
                ));
            }
            out.push_str(&unknown("radio"));
        }
    }
    out.push_str("</fieldset>");
    out
}

/// The unit of a number behind it: `, in cm`, `, per 10 fields`.
fn in_unit(unit: &str) -> String {
    let unit = unit.replace('_', " ");
    if unit.starts_with("per ") { format!(", {unit}") } else { format!(", in {unit}") }
}

fn chosen(known: FactValue, index: usize) -> bool {
    matches!(known, FactValue::Value(value) if usize::from(value) == index)
}

fn number(known: FactValue) -> String {
    match known {
        FactValue::Number(number) => number.to_string(),
        FactValue::Unknown | FactValue::Value(_) => String::new(),
    }
}

/// Many values as a list to choose from by the alphabet: first that nothing is known, then what only says that it is covered, then types
/// that the guide covers, then those that it does not. A type stands with its other names.
fn list(guide: &Guide, fact: &Fact, known: FactValue) -> String {
    let values = fact.domain.values();
    let of = |value: &Value| guide.types.iter().find(|subtype| subtype.id == value.id);
    let outside = |value: &Value| of(value).is_some_and(|subtype| subtype.scope == ScopeKind::Out);
    let vague = |place: usize| values[place].parent.is_none() && values.iter().any(|value| value.parent == Some(place));
    let mut places: Vec<usize> = (0..values.len()).collect();
    places.sort_by_cached_key(|place| values[*place].name.to_lowercase());
    let option = |place: &usize| {
        let value = &values[*place];
        let synonyms = of(value).map(|subtype| subtype.synonyms.as_slice()).unwrap_or_default();
        let synonyms = if synonyms.is_empty() { String::new() } else { format!(" (also: {})", synonyms.join(", ")) };
        let selected = if chosen(known, *place) { " selected" } else { "" };
        format!("<option value=\"{}\"{selected}>{}</option>", value.id, escaped(&format!("{}{synonyms}", value.name)))
    };
    let (out, covered): (Vec<usize>, Vec<usize>) = places.into_iter().partition(|place| outside(&values[*place]));
    let (first, covered): (Vec<usize>, Vec<usize>) = covered.into_iter().partition(|place| vague(*place));
    let group = |label: &str, places: &[usize]| {
        let options: String = places.iter().map(option).collect();
        if out.is_empty() || options.is_empty() { options } else { format!("<optgroup label=\"{label}\">{options}</optgroup>") }
    };
    format!(
        "<option value=\"{UNKNOWN}\">I don't know</option>{}{}{}",
        first.iter().map(option).collect::<String>(),
        group("Covered by this guide", &covered),
        group("Not covered by this guide", &out)
    )
}

/// The questions of a page, with a summary of what was refused.
fn form(guide: &Guide, session: &Session, facts: &[FactId], refused: &[Refused], action: &str, more: &str) -> String {
    let mut out = String::new();
    if !refused.is_empty() {
        out.push_str("<div class=\"error\" role=\"alert\"><p>Please look at this again:</p><ul>");
        for entry in refused {
            let fact = &guide[entry.fact];
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
        out.push_str(&question(guide, *fact, session, refused));
        out.push_str(&format!("<input type=\"hidden\" name=\"asked\" value=\"{}\">", guide[*fact].id));
    }
    out.push_str(&format!("<div class=\"row\"><button>Next</button> {more}</div></form>"));
    out
}

const LEAVE: &str = "<a href=\"/review\">My answers</a> <a href=\"/options\">My options with what is known so far</a>";

/// To the page that comes next.
pub(crate) async fn go_on(visit: Visit) -> Response {
    Redirect::to(&address(visit.session.trail.len() + 1)).into_response()
}

/// The address of a page of questions. It tells how many were answered and nothing of them.
fn address(page: usize) -> String {
    format!("/situation/{page}")
}

/// The page of an address: one that was answered, or the next.
fn page_of(visit: &Visit, page: &str) -> Option<usize> {
    page.parse().ok().filter(|page| (1..=visit.session.trail.len() + 1).contains(page))
}

fn back(page: usize) -> String {
    if page > 1 { format!("<a href=\"{}\">Back</a> ", address(page - 1)) } else { String::new() }
}

/// What the questions of a page are about: the name of their part.
fn about<'a>(guide: &'a Guide, facts: &[FactId]) -> &'a str {
    let part = facts.first().and_then(|fact| guide.interview.parts.iter().find(|part| part.facts.contains(fact)));
    part.map_or("My situation", |part| part.title.as_str())
}

/// The title of a page of questions: its first question, so that no two pages have the same.
fn title(guide: &Guide, facts: &[FactId]) -> String {
    let first = facts.first().map_or("", |fact| guide[*fact].question.as_str());
    format!("{first} My situation")
}

pub(crate) async fn ask(visit: Visit, Name(page): Name) -> Response {
    let Some(page) = page_of(&visit, &page) else { return go_on(visit).await };
    let next = match next(&visit.site.services.advisor, &visit.session) {
        Ok(next) => next,
        Err(contradiction) => return visit.contradicted(&contradiction),
    };
    let guide = visit.guide();
    let facts = visit.session.trail.get(page - 1).unwrap_or(&next.facts);
    // Nothing more is asked of who is not covered. Pages that were answered can still be gone back to.
    if page > visit.session.trail.len() {
        match visit.advised() {
            Ok(advice) if advice.scope.covered.is_false() => return not_covered(&visit, &advice, page),
            Ok(_) => {}
            Err(page) => return *page,
        }
    }
    if facts.is_empty() {
        return enough(&visit, &next.questions, page);
    }
    let form = form(*guide, &visit.session, facts, &[], &address(page), &format!("{}{LEAVE}", back(page)));
    let (known, unknown, more) = counted(&visit.session, &next.questions);
    let (answered, all) = (known + unknown, known + unknown + more);
    let so_far = if answered == 0 {
        format!("{more} questions could matter")
    } else {
        format!("{known} known, {unknown} you don't know, {more} could still matter")
    };
    let out = format!(
        "<h1>{}</h1><p><progress aria-label=\"Questions asked\" value=\"{answered}\" max=\"{all}\">{answered} of {all}</progress></p>\
         <p>{so_far}, fewer with each answer. You need not answer all. What you leave out counts as \"I don't know\".</p>{form}",
        escaped(about(*guide, facts))
    );
    visit.page(title(*guide, facts), out).into_response()
}

/// The guide does not cover the case: that it ends here, where to look, and the way back for who made a slip.
fn not_covered(visit: &Visit, advice: &Advice, page: usize) -> Response {
    let guide = visit.guide();
    let context = visit.context();
    let mut writer = Writer::new(&context);
    writer.raw(&format!("<h1>{}</h1>", scope::NOT_COVERED));
    writer.document(&scope::not_covered(guide, visit.answered(advice)));
    let change = |fact: &FactId| {
        let fact = &guide[*fact];
        format!("<a href=\"/question/{}\">Change: {}</a> ", fact.id, escaped(&fact.name))
    };
    let changes: String = advice.scope.reason.iter().map(change).collect();
    writer.raw(&format!(
        "<p>There are no more questions. Some care is for everyone.</p><div class=\"row\"><a class=\"button\" href=\"/options\">Care for everyone</a> \
         {}{changes}<a href=\"/review\">My answers</a></div>",
        back(page)
    ));
    visit.page(scope::NOT_COVERED, writer.finish().0).into_response()
}

/// Nothing more is worth asking now: where to go on, and what would be worth finding out.
fn enough(visit: &Visit, questions: &Questions, page: usize) -> Response {
    let guide = visit.guide();
    let (known, unknown, more) = counted(&visit.session, questions);
    let (heading, note) = if more == 0 {
        let note = "You have been asked everything that would change the answer. What you don't know stays open, and your options say what it would settle.";
        ("That is all", note.to_owned())
    } else {
        let note = format!(
            "{known} known, {unknown} you don't know. {more} other questions could still matter, but they wait until more is known. Your options already say what fits, what is open, and what would settle it."
        );
        ("That is enough for now", note)
    };
    let mut out = format!(
        "<h1>{heading}</h1><p>{note}</p><div class=\"row\"><a class=\"button\" href=\"/options\">My options</a> {}<a href=\"/review\">My answers and all questions</a></div>",
        back(page)
    );
    let line = |fact: &FactId| {
        let entry = &guide[*fact];
        let found =
            entry.where_to_find.as_ref().map(|found| format!("<br><small>{}</small>", escaped(found))).unwrap_or_default();
        format!("<li><a href=\"/question/{}\">{}</a>{found}</li>", entry.id, escaped(&entry.question))
    };
    let awaited = guide.interview.parts.iter().flat_map(|part| &part.facts).filter(|fact| questions.awaited.contains(**fact));
    let lines: String = awaited.take(MAX_AWAITED).map(line).collect();
    if !lines.is_empty() {
        out.push_str(&format!("<h2>What would help to know</h2><p>Look in your papers, ask your team, or think it over. Then come back and answer here.</p><ul>{lines}</ul>"));
    }
    let cautions: String = cautions(visit).iter().map(line).collect();
    if !cautions.is_empty() {
        out.push_str(&format!("<h2>What your team should know too</h2><p>These answers do not change which treatments fit. They change what to take care of.</p><ul>{cautions}</ul>"));
    }
    visit.page(format!("{heading}: my situation"), out).into_response()
}

/// Facts that no verdict rests on, but a precaution of a treatment that fits, and of which nothing has been said.
fn cautions(visit: &Visit) -> Vec<FactId> {
    let (guide, case) = (visit.guide(), &visit.session.case);
    let Ok(advice) = visit.site.services.advisor.advise(case) else { return Vec::new() };
    let mut facts = Vec::new();
    for entry in advice.treatments.iter().filter(|entry| Fit::of(guide, entry).fits()) {
        let precautions = guide[entry.treatment].precautions.iter().zip(&entry.precautions);
        for (precaution, _) in precautions.filter(|(_, truth)| **truth == Truth::Unknown) {
            let open = words::open_facts(guide, case, &advice.implied, std::iter::once(&precaution.rule.when));
            facts.extend(open.into_iter().filter_map(|(_, fact)| fact).filter(|fact| !visit.session.unknown.contains(fact)));
        }
    }
    facts.sort_unstable();
    facts.dedup();
    facts
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
    let page = page_of(&visit, &page).unwrap_or(visit.session.trail.len() + 1);
    visit.session.trail.truncate(page - 1);
    let asked = match asked(*visit.guide(), &fields) {
        Ok(asked) => asked,
        Err(page) => return *page,
    };
    if !asked.is_empty() {
        visit.session.trail.push(asked.clone());
    }
    let to = address(visit.session.trail.len() + 1);
    keep(visit, &asked, &fields, &address(page), &to)
}

fn keep(mut visit: Visit, facts: &[FactId], fields: &[(String, String)], action: &str, to: &str) -> Response {
    let guide = visit.guide();
    let refused = take(*guide, &mut visit.session, facts, fields);
    if refused.is_empty() {
        // What cannot hold together is told at once.
        let contradiction = visit.site.services.advisor.advise(&visit.session.case).is_err();
        return visit.onward(if contradiction { "/situation" } else { to });
    }
    let out =
        format!("<h1>{}</h1>{}", escaped(about(*guide, facts)), form(*guide, &visit.session, facts, &refused, action, LEAVE));
    visit
        .page(format!("Please look at this again: {}", title(*guide, facts)), out)
        .status(StatusCode::UNPROCESSABLE_ENTITY)
        .into_response()
}

pub(crate) async fn ask_again(visit: Visit, Name(id): Name) -> Response {
    let Some(fact) = visit.guide().fact(&id) else { return unknown() };
    let back = "<a href=\"/review\">Back to my answers</a>";
    let form = form(*visit.guide(), &visit.session, &[fact], &[], &format!("/question/{id}"), back);
    let heading = escaped(&words::capital(&visit.guide()[fact].name));
    visit.page(title(*visit.guide(), &[fact]), format!("<h1>{heading}</h1>{form}")).into_response()
}

pub(crate) async fn answered_again(visit: Visit, Name(id): Name, form: Fields) -> Response {
    if visit.guide().fact(&id).is_none() {
        return unknown();
    }
    let read = fields(form).and_then(|fields| Ok((asked(*visit.guide(), &fields)?, fields)));
    match read {
        Ok((asked, fields)) => keep(visit, &asked, &fields, &format!("/question/{id}"), "/review"),
        Err(page) => *page,
    }
}
