//! The options of a case, one treatment, and several side by side.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sarcoguide_document::{Block, Document, Section};
use sarcoguide_model::{Treatment, TreatmentId};
use sarcoguide_views::answer;
use sarcoguide_views::derivation::derivation;
use sarcoguide_views::treatment::compare;
use sarcoguide_views::words::capital;

use crate::html::{Raw, Writer, escaped};
use crate::routes::{Fields, fields};
use crate::visit::{Name, Visit, unknown};

/// How many treatments stand side by side at most.
const MAX_COMPARED: usize = 3;

const TAKE: &str = "<section class=\"take\" aria-labelledby=\"take-along\"><h2 id=\"take-along\">Take along</h2><p>For a visit: a summary of one to three pages with what to ask.</p>\
     <div class=\"row\"><a class=\"button plain\" href=\"/take/summary.pdf\">Summary as PDF</a> <a href=\"/take/options.md\">All as Markdown</a> \
     <a href=\"/take/options.json\">All as JSON</a> <a href=\"/take/case.json\">Save my answers</a></div></section>";

pub(crate) async fn options(visit: Visit) -> Response {
    let advice = match visit.advised() {
        Ok(advice) => advice,
        Err(page) => return *page,
    };
    let guide = visit.guide();
    let context = visit.context().choosing(&visit.session.compared);
    let mut writer = Writer::new(&context).with_contents();
    writer.raw("<div class=\"row beside\"><a href=\"/review\">My answers</a> <a href=\"/situation\">Answer more</a> <a href=\"/matters\">What matters to me</a> <a href=\"/timeline\">One after the other</a> <a href=\"#take-along\">Take along</a></div>");
    let document = answer::options(guide, visit.answered(&advice));
    writer.document(&document);
    if visit.session.team {
        writer.document(&derivation(guide, &visit.session.case, &advice));
    }
    // Who is not covered has nothing to compare.
    if choices(&document) > 1 {
        writer.raw(
            "<section class=\"comparing\" aria-labelledby=\"compare-options\"><h2 id=\"compare-options\">Compare</h2>\
             <form id=\"compare\" method=\"post\" action=\"/compare\" autocomplete=\"off\"><p>Tick \"Compare\" beside two or three options above, then</p>\
             <p><button>Compare them side by side</button></p></form></section>",
        );
    }
    writer.raw(TAKE);
    visit.page_with_review("My options", writer.finish().0).into_response()
}

/// How many options of a document can be chosen.
fn choices(document: &Document) -> usize {
    let option = |block: &&Block| matches!(block, Block::Heading { section: Section::Option(_), .. });
    document.blocks.iter().filter(option).count()
}

pub(crate) async fn treatment(visit: Visit, Name(id): Name) -> Response {
    let guide = visit.guide();
    let Some(index) = guide.treatment(&id) else { return unknown() };
    let document = match visit.treatment(index) {
        Ok(document) => document,
        Err(page) => return *page,
    };
    let treatment = &guide[index];
    let context = visit.context();
    let mut writer = Writer::new(&context).with_contents();
    writer.document(&document);
    if !treatment.is_withdrawn() && treatment.index_date.is_some() {
        writer.raw(&calendar_form(treatment));
    }
    if visit.has_a_case() {
        writer.raw("<p><a href=\"/options\">Back to my options</a></p>");
    }
    visit.page_with_review(treatment.name.clone(), writer.finish().0).into_response()
}

/// Asks for the days from which the schedule of a treatment is counted: the first must be known.
fn calendar_form(treatment: &Treatment) -> String {
    let days = sarcoguide_views::calendar::named_days(treatment);
    let field = |(place, name): (usize, &&str)| {
        let (id, label) = (day_field(place), escaped(&capital(name)));
        let (known, required) = if place == 0 { ("", " required") } else { (", if you know it", "") };
        format!("<p><label for=\"{id}\">{label}{known}</label><br><input id=\"{id}\" name=\"{id}\" type=\"date\"{required}></p>")
    };
    let fields: String = days.iter().enumerate().map(field).collect();
    format!(
        "<section class=\"take\" aria-labelledby=\"calendar\"><h2 id=\"calendar\">Calendar</h2><p>Once your team has told you {}, the \
         schedule can be saved for your calendar. Go by the dates that your team gives you.</p><form method=\"post\" action=\"/take/calendar/{}\" autocomplete=\"off\">{fields}\
         <p><button>Save as a calendar file</button></p></form></section>",
        escaped(days[0]),
        treatment.id
    )
}

/// The name in forms of a day from which a schedule is counted.
pub(crate) fn day_field(place: usize) -> String {
    if place == 0 { "start".to_owned() } else { format!("day{place}") }
}

/// Keeps which treatments are to be compared.
pub(crate) async fn choose(mut visit: Visit, form: Fields) -> Response {
    let form = match fields(form) {
        Ok(form) => form,
        Err(page) => return *page,
    };
    let chosen = form.iter().filter(|(name, _)| name == "compare").filter_map(|(_, id)| visit.guide().treatment(id));
    let mut chosen: Vec<TreatmentId> = chosen.collect();
    // In the order in which the guide shows kinds of treatment.
    chosen.sort_by_key(|id| (visit.guide()[*id].modality, *id));
    chosen.dedup();
    if !(2..=MAX_COMPARED).contains(&chosen.len()) {
        let out = format!(
            "<h1>Compare</h1><p class=\"error\" role=\"alert\">Choose two or three treatments. You chose {}.</p>{}",
            chosen.len(),
            chooser(&visit, &chosen)
        );
        return visit.page("Please look at this again: compare", out).status(StatusCode::UNPROCESSABLE_ENTITY).into_response();
    }
    visit.session.compared = chosen;
    visit.onward("/compare")
}

/// All treatments to choose from.
fn chooser(visit: &Visit, chosen: &[TreatmentId]) -> String {
    let guide = visit.guide();
    let mut out = "<form method=\"post\" action=\"/compare\" autocomplete=\"off\">".to_owned();
    for (kind, modality) in guide.modalities.iter().enumerate() {
        out.push_str(&format!("<fieldset><legend>{}</legend>", escaped(&modality.name)));
        for (place, treatment) in guide.treatments.iter().enumerate().filter(|(_, treatment)| treatment.modality.index() == kind)
        {
            let checked = if chosen.contains(&TreatmentId::new(place)) { " checked" } else { "" };
            let name = escaped(&treatment.name);
            out.push_str(&format!(
                "<label class=\"choice\"><input type=\"checkbox\" name=\"compare\" value=\"{}\"{checked}><span>{name}</span></label>",
                treatment.id
            ));
        }
        out.push_str("</fieldset>");
    }
    out.push_str("<p><button>Compare them side by side</button></p></form>");
    out
}

pub(crate) async fn compared(visit: Visit) -> Response {
    let guide = visit.guide();
    if visit.session.compared.is_empty() {
        let out = format!("<h1>Compare</h1><p>Choose two or three treatments.</p>{}", chooser(&visit, &[]));
        return visit.page("Compare", out).into_response();
    }
    let advice = match visit.has_a_case().then(|| visit.advised()).transpose() {
        Ok(advice) => advice,
        Err(page) => return *page,
    };
    let asked = advice.as_ref().map(|advice| visit.answered(advice));
    let context = visit.context();
    let mut writer = Writer::new(&context).with_contents();
    writer.raw("<div class=\"comparison\">");
    writer.document(&compare(guide, &visit.session.compared, asked));
    writer.raw("</div>");
    writer.raw(&format!(
        "<details><summary><h2 id=\"others\">Compare others</h2></summary>{}</details>",
        chooser(&visit, &visit.session.compared)
    ));
    writer.raw("<p><a href=\"/options\">Back to my options</a></p>");
    visit.page("Compare", writer.finish().0).into_response()
}
