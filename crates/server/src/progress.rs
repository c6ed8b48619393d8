//! How far a person is in the interview.

use maud::{Markup, html};
use sarcoguide_model::FactId;
use sarcoguide_text::t;
use sarcoguide_views::Edition;

use crate::visit::Visit;

/// The distance between two stops of the picture.
const APART: usize = 24;

/// The step that a page belongs to, and that of the page before it, as numbers from 1. A step never comes after a later one: a page whose questions
/// belong to an earlier step counts as part of the latest.
fn step(visit: &Visit, page: usize, facts: &[FactId]) -> (usize, usize) {
    let interview = &visit.guide().guide.interview;
    let latest = |pages: &mut dyn Iterator<Item = &FactId>| pages.map(|fact| interview.step_of(*fact) + 1).max().unwrap_or(0);
    let before = latest(&mut visit.session.trail.iter().take(page - 1).flatten());
    (before.max(latest(&mut facts.iter())), before)
}

/// The step of a page, as a path with a stop for each step and in words.
pub(crate) fn steps(visit: &Visit, page: usize, facts: &[FactId]) -> Markup {
    let guide = visit.guide();
    let (step, before) = step(visit, page, facts);
    let names = &guide.guide.interview.steps;
    let Some(name) = step.checked_sub(1).and_then(|index| names.get(index)) else { return html! {} };
    html! {
        p.steps {
            (path(names.len(), step)) " "
            span { (t!(guide.text, situation_step, step = step, steps = names.len())) ": " strong { (name) } }
        }
        // After each step, offer the answer.
        @if before > 0 && step > before { (offer(guide)) }
    }
}

/// The picture of the steps. It repeats the words beside it, so screen readers skip it.
fn path(steps: usize, step: usize) -> Markup {
    let width = APART * steps;
    let (start, end) = (APART / 2, width - APART / 2);
    html! {
        svg width=(width) height="20" viewBox={ "0 0 " (width) " 20" } aria-hidden="true" focusable="false" {
            path.rail d={ "M" (start) " 10H" (end) } {}
            @for stop in 1..=steps {
                circle.stop.full-stop[stop <= step] cx=(start + APART * (stop - 1)) cy="10" r=(if stop == step { "7" } else { "4.5" }) {}
            }
        }
    }
}

fn offer(guide: Edition<'_>) -> Markup {
    let text = guide.text;
    html! {
        p.offer { (t!(text, situation_offer)) " " a href="/options" { (t!(text, situation_options_so_far)) } }
    }
}
