//! "I have this symptom while on this treatment": nothing of it is kept anywhere.

use std::collections::BTreeSet;

use axum::response::{IntoResponse, Response};
use sarcoguide_model::{Effect, EffectId, Treatment, TreatmentId, Verdict};
use sarcoguide_search::symptom::{LONGEST, Report};
use sarcoguide_views::answer::full_name;
use sarcoguide_views::symptom::{document, red_flags};

use crate::html::{Raw, Writer, escaped};
use crate::routes::{Fields, fields};
use crate::visit::Visit;

/// The treatments to choose from: those that fit the case first, then all by kind.
fn choices(visit: &Visit, chosen: Option<TreatmentId>) -> String {
    let guide = visit.guide();
    let advised = if visit.has_a_case() { visit.advised().ok() } else { None };
    let fitting = advised.iter().flat_map(|advice| &advice.treatments);
    let fitting = fitting.filter(|entry| matches!(entry.verdict, Verdict::Indicated | Verdict::Possible));
    let first: BTreeSet<TreatmentId> = fitting.map(|entry| entry.treatment).collect();
    let group = |label: &str, fits: &dyn Fn(TreatmentId, &Treatment) -> bool| {
        let here = guide.treatments.iter().enumerate().map(|(place, entry)| (TreatmentId::new(place), entry));
        let here = here.filter(|(id, entry)| !entry.effects.is_empty() && fits(*id, entry));
        let option = |(id, entry): (TreatmentId, &Treatment)| {
            let selected = if chosen == Some(id) { " selected" } else { "" };
            format!("<option value=\"{}\"{selected}>{}</option>", entry.id, escaped(&full_name(entry)))
        };
        let here: String = here.map(option).collect();
        if here.is_empty() { here } else { format!("<optgroup label=\"{}\">{here}</optgroup>", escaped(label)) }
    };
    let mut options = group("For my answers", &|id, _| first.contains(&id));
    for (kind, modality) in guide.modalities.iter().enumerate() {
        options.push_str(&group(&modality.name, &|id, entry| entry.modality.index() == kind && !first.contains(&id)));
    }
    options
}

/// The side effects to choose from, by the part of the body.
fn effects(visit: &Visit, chosen: Option<EffectId>) -> String {
    let guide = visit.guide();
    let mut groups: Vec<&str> = guide.effects.iter().filter_map(|effect| effect.group.as_deref()).collect();
    groups.sort_unstable();
    groups.dedup();
    let group = |group: &&str| {
        let here = guide.effects.iter().enumerate().filter(|(_, effect)| effect.group.as_deref() == Some(group));
        let option = |(place, effect): (usize, &Effect)| {
            let selected = if chosen == Some(EffectId::new(place)) { " selected" } else { "" };
            format!("<option value=\"{}\"{selected}>{}</option>", effect.id, escaped(&effect.name))
        };
        format!("<optgroup label=\"{}\">{}</optgroup>", escaped(group), here.map(option).collect::<String>())
    };
    groups.iter().map(group).collect()
}

/// What was sent before, to be sent again.
#[derive(Clone, Copy, Default)]
struct Sent<'a> {
    treatment: Option<TreatmentId>,
    effect: Option<EffectId>,
    words: &'a str,
}

fn form(visit: &Visit, sent: Sent) -> String {
    let open = if sent.effect.is_some() { " open" } else { "" };
    format!(
        "<form class=\"symptom\" method=\"post\" action=\"/symptom\" autocomplete=\"off\">\
         <p><label for=\"symptom\">What do you notice? A few words are enough.</label><br>\
         <textarea id=\"symptom\" name=\"symptom\" rows=\"3\" cols=\"50\" autocomplete=\"off\">{}</textarea></p>\
         <p><label for=\"treatment\">Which treatment are you on, or did you have?</label><br>\
         <select id=\"treatment\" name=\"treatment\"><option value=\"\">I\u{2019}m not sure, or more than one</option>{}</select></p>\
         <details{open}><summary>Or choose a side effect by its name</summary><p><label for=\"effect\">Side effect</label><br>\
         <select id=\"effect\" name=\"effect\"><option value=\"\">None chosen</option>{}</select></p></details>\
         <p><button>What should I do?</button></p></form>",
        escaped(sent.words),
        choices(visit, sent.treatment),
        effects(visit, sent.effect)
    )
}

/// What is said before anything is asked.
fn emergencies(visit: &Visit) -> String {
    let context = visit.context();
    let mut writer = Writer::new(&context);
    writer.document(&red_flags(visit.guide()));
    writer.finish().0
}

pub(crate) async fn ask(visit: Visit) -> Response {
    let out = format!("<h1>I have a symptom</h1>{}{}", form(&visit, Sent::default()), emergencies(&visit));
    visit.page("Symptoms", out).into_response()
}

pub(crate) async fn answered(visit: Visit, sent: Fields) -> Response {
    let sent = match fields(sent) {
        Ok(sent) => sent,
        Err(page) => return *page,
    };
    let field = |wanted: &str| sent.iter().find(|(name, _)| name == wanted).map_or("", |(_, value)| value.trim());
    let guide = visit.guide();
    let (words, treatment, effect) = (field("symptom"), guide.treatment(field("treatment")), guide.effect(field("effect")));
    let sent = Sent { treatment, effect, words };
    // What is too long is not cut: the end may say the worst.
    let problem = if words.is_empty() && effect.is_none() {
        Some("Write in a few words what you notice, or choose a side effect by its name.".to_owned())
    } else if words.chars().count() > LONGEST {
        Some(format!("This is too long: at most {LONGEST} characters fit. Write in a few words what bothers you most."))
    } else {
        None
    };
    if let Some(problem) = problem {
        let out = format!(
            "<h1>I have a symptom</h1><p class=\"error\" role=\"alert\"><a href=\"#symptom\">{problem}</a></p>{}{}",
            form(&visit, sent),
            emergencies(&visit)
        );
        return visit
            .page("Please look at this again: symptoms", out)
            .status(axum::http::StatusCode::UNPROCESSABLE_ENTITY)
            .into_response();
    }
    // What was typed rules: it may say more than what was chosen.
    let (intro, report) = match effect.filter(|_| words.is_empty()) {
        Some(chosen) => ("You chose", Report::Chosen(chosen)),
        None => ("You wrote", Report::Words(words)),
    };
    let shown = match report {
        Report::Chosen(chosen) => &guide[chosen].name,
        Report::Words(words) => words,
    };
    let context = visit.context();
    let mut writer = Writer::new(&context);
    writer.raw(&format!("<h1>What to do</h1><p>{intro}: {}</p>", escaped(shown)));
    writer.document(&document(visit.guide(), visit.checker(), treatment, report));
    writer.raw(&format!("<h2 id=\"ask-again\">Ask again</h2>{}", form(&visit, sent)));
    visit.page("What to do", writer.finish().0).into_response()
}
