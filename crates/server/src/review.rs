//! All answers to look at and change, and all questions to answer.

use axum::response::{IntoResponse, Response};
use sarcoguide_model::{FactId, QuestionPart};
use sarcoguide_views::{scope, words};

use crate::html::{Raw, Writer, escaped};
use crate::situation::counted;
use crate::visit::Visit;

/// What is known by the parts of the interview; what is not known, and what was not asked, folded below.
pub(crate) async fn review(visit: Visit) -> Response {
    let (guide, session) = (visit.guide(), &visit.session);
    let asked = session.asked();
    // Where answers contradict one another they can still be looked at and changed here.
    let questions = visit.site.services.advisor.questions(&session.case, asked).ok();
    let link = |fact: FactId, word: &str| {
        let entry = &guide[fact];
        format!("<a href=\"/question/{}\">{word}<span class=\"unseen\">: {}</span></a>", entry.id, escaped(&entry.name))
    };
    let known = |fact: FactId| {
        let stated = escaped(&words::fact_value(guide, fact, session.case.get(fact)));
        format!("<dt>{}</dt><dd>{stated}</dd><dd>{}</dd>", escaped(&guide[fact].name), link(fact, "Change"))
    };
    let open = |fact: FactId| {
        let matters = questions.as_ref().is_some_and(|questions| questions.open.contains(fact));
        let matters = if matters { " <small>could change your options</small>" } else { "" };
        format!("<li>{}{matters} {}</li>", escaped(&guide[fact].name), link(fact, "Answer"))
    };
    // The rows of the facts that are `wanted`, under the names of their parts.
    let by_part = |heading: &str, list: &str, wanted: &dyn Fn(FactId) -> bool, row: &dyn Fn(FactId) -> String| -> String {
        let part = |part: &QuestionPart| {
            let rows: String = part.facts.iter().copied().filter(|fact| wanted(*fact)).map(row).collect();
            let title = escaped(&part.title);
            if rows.is_empty() { rows } else { format!("<{heading}>{title}</{heading}><{list}>{rows}</{list}>") }
        };
        guide.interview.parts.iter().map(part).collect()
    };
    let folded = |title: &str, id: &str, count: usize, rows: String| match count {
        0 => String::new(),
        _ => format!("<details id=\"{id}\"><summary><h2>{title} ({count})</h2></summary>{rows}</details>"),
    };
    let context = visit.context();
    let mut writer = Writer::new(&context);
    writer.raw("<h1>My answers</h1>");
    // Who is not covered is told so before anything else.
    if let Ok(advice) = visit.site.services.advisor.advise(&session.case)
        && advice.scope.covered.is_false()
    {
        writer.raw(&format!("<h2>{}</h2>", scope::NOT_COVERED));
        writer.document(&scope::not_covered(guide, visit.answered(&advice)));
    }
    let mut out = String::new();
    out.push_str(&match &questions {
        _ if asked.is_empty() => "<p>Nothing is answered yet.</p>".to_owned(),
        Some(questions) => {
            let (known, unknown, more) = counted(session, questions);
            format!("<p>{known} known, {unknown} you don't know, {more} could still matter.</p>")
        }
        None => "<p class=\"error\">Two answers do not go together. <a href=\"/options\">Which they are</a></p>".to_owned(),
    });
    out.push_str(&by_part("h2", "dl", &|fact| session.case.stated().any(|stated| stated == fact), &known));
    out.push_str(
        "<div class=\"row\"><a class=\"button\" href=\"/situation\">Go on</a> <a href=\"/options\">My options</a> \
         <a href=\"/take/case.json\">Save my answers</a><form method=\"post\" action=\"/forget\"><button class=\"plain\">Forget my answers</button></form></div>",
    );
    let unknown = by_part("h3", "ul", &|fact| session.unknown.contains(&fact), &open);
    out.push_str(&folded("What you don't know", "unknown", session.unknown.len(), unknown));
    let rest = by_part("h3", "ul", &|fact| !asked.contains(fact), &open);
    out.push_str(&folded("Not asked so far", "unasked", guide.facts.len() - asked.len(), rest));
    writer.raw(&out);
    visit.page("My answers", writer.finish().0).into_response()
}
