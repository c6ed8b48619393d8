//! The symptom check: a person describes a symptom, and the page says how soon to get help. The server keeps nothing that they enter.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use sarcoguide_model::{EffectId, Treatment, TreatmentId, Verdict};
use sarcoguide_search::symptom::{MAX_CHARACTERS, Report};
use sarcoguide_text::t;
use sarcoguide_views::answer::full_name;
use sarcoguide_views::symptom::{document, red_flags};

use crate::form::{Fields, fields};
use crate::html::Writer;
use crate::visit::Visit;

/// The treatments to choose from. Only treatments with side effects are included: first those that fit or may fit the case, then the rest by kind.
fn choices(visit: &Visit, chosen: Option<TreatmentId>) -> Markup {
    let guide = visit.guide();
    let advised = if visit.has_a_case() { visit.advised().ok() } else { None };
    let fitting = advised.iter().flat_map(|advice| &advice.treatments);
    let fitting = fitting.filter(|entry| matches!(entry.verdict, Verdict::Indicated | Verdict::Possible));
    let fitting: BTreeSet<TreatmentId> = fitting.map(|entry| entry.treatment).collect();
    let group = |label: &str, belongs: &dyn Fn(TreatmentId, &Treatment) -> bool| {
        let all = guide.treatments.iter().enumerate().map(|(index, entry)| (TreatmentId::new(index), entry));
        let here: Vec<_> = all.filter(|(id, entry)| !entry.effects.is_empty() && belongs(*id, entry)).collect();
        html! {
            @if !here.is_empty() {
                optgroup label=(label) {
                    @for (id, entry) in here { option value=(entry.id) selected[chosen == Some(id)] { (full_name(entry)) } }
                }
            }
        }
    };
    html! {
        (group(&t!(guide.text, symptom_page_treatment_fits), &|id, _| fitting.contains(&id)))
        @for (kind, modality) in guide.modalities.iter().enumerate() {
            (group(&modality.name, &|id, entry| entry.modality.index() == kind && !fitting.contains(&id)))
        }
    }
}

/// The side effects to choose from, grouped by part of the body.
fn effects(visit: &Visit, chosen: Option<EffectId>) -> Markup {
    let guide = visit.guide();
    let mut groups: Vec<&str> = guide.effects.iter().filter_map(|effect| effect.group.as_deref()).collect();
    groups.sort_unstable();
    groups.dedup();
    html! {
        @for group in groups {
            optgroup label=(group) {
                @for (index, effect) in guide.effects.iter().enumerate().filter(|(_, effect)| effect.group.as_deref() == Some(group)) {
                    option value=(effect.id) selected[chosen == Some(EffectId::new(index))] { (effect.name) }
                }
            }
        }
    }
}

/// The fields of a submitted form, used to fill in the form again.
#[derive(Clone, Copy, Default)]
struct Submitted<'a> {
    treatment: Option<TreatmentId>,
    effect: Option<EffectId>,
    words: &'a str,
}

fn form(visit: &Visit, submitted: Submitted) -> Markup {
    let text = visit.guide().text;
    html! {
        form.symptom method="post" action="/symptom" autocomplete="off" {
            p {
                label for="symptom" { (t!(text, symptom_page_label)) } br;
                textarea id="symptom" name="symptom" rows="3" cols="50" autocomplete="off" { (submitted.words) }
            }
            p {
                label for="treatment" { (t!(text, symptom_page_treatment)) } br;
                select id="treatment" name="treatment" {
                    option value="" { (t!(text, symptom_page_treatment_unsure)) }
                    (choices(visit, submitted.treatment))
                }
            }
            details open[submitted.effect.is_some()] {
                summary { (t!(text, symptom_page_effect_fold)) }
                p {
                    label for="effect" { (t!(text, symptom_page_effect)) } br;
                    select id="effect" name="effect" {
                        option value="" { (t!(text, symptom_page_effect_none)) }
                        (effects(visit, submitted.effect))
                    }
                }
            }
            p { button { (t!(text, symptom_page_button)) } }
        }
    }
}

/// The signs of an emergency, shown below the form.
fn emergencies(visit: &Visit) -> Markup {
    let context = visit.context();
    let mut writer = Writer::new(&context);
    writer.document(&red_flags(visit.guide()));
    writer.finish()
}

pub(crate) async fn ask(visit: Visit) -> Response {
    let text = visit.guide().text;
    let body = html! {
        h1 { (t!(text, symptom_page_heading)) }
        (form(&visit, Submitted::default()))
        (emergencies(&visit))
    };
    visit.page(t!(text, frame_symptoms), body).into_response()
}

pub(crate) async fn answered(visit: Visit, sent: Fields) -> Response {
    let sent = match fields(&visit.site, sent) {
        Ok(sent) => sent,
        Err(page) => return *page,
    };
    let field = |wanted: &str| sent.iter().find(|(name, _)| name == wanted).map_or("", |(_, value)| value.trim());
    let guide = visit.guide();
    let (words, treatment, effect) = (field("symptom"), guide.treatment(field("treatment")), guide.effect(field("effect")));
    let submitted = Submitted { treatment, effect, words };
    // Text that is too long is refused, not cut off: its end may describe the worst symptom.
    let text = guide.text;
    let problem = if words.is_empty() && effect.is_none() {
        Some(t!(text, symptom_page_empty))
    } else if words.chars().count() > MAX_CHARACTERS {
        Some(t!(text, symptom_page_long, most = MAX_CHARACTERS))
    } else {
        None
    };
    if let Some(problem) = problem {
        let body = html! {
            h1 { (t!(text, symptom_page_heading)) }
            p.error role="alert" { a href="#symptom" { (problem) } }
            (form(&visit, submitted))
            (emergencies(&visit))
        };
        return visit.page(t!(text, symptom_page_again), body).status(StatusCode::UNPROCESSABLE_ENTITY).into_response();
    }
    // Typed text takes precedence over a chosen side effect, because it may say more.
    let (intro, report) = match effect.filter(|_| words.is_empty()) {
        Some(chosen) => (t!(text, symptom_page_chosen, effect = &guide[chosen].name), Report::Chosen(chosen)),
        None => (t!(text, symptom_page_written, words = words), Report::Words(words)),
    };
    let context = visit.context();
    let mut writer = Writer::new(&context);
    writer.html(&html! { h1 { (t!(text, symptom_page_answer)) } p { (intro) } });
    writer.document(&document(guide, visit.checker(), treatment, report));
    writer.html(&html! { h2 id="ask-again" { (t!(text, symptom_page_ask_again)) } (form(&visit, submitted)) });
    visit.page(t!(text, symptom_page_answer), writer.finish()).into_response()
}
