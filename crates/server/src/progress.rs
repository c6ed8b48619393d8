//! How far a person is in the interview.

use maud::{Markup, html};
use sarcoguide_advise::Questions;
use sarcoguide_text::t;

use crate::visit::Visit;

/// A progress bar, and how many questions are answered and how many could still matter.
pub(crate) fn so_far(visit: &Visit, questions: &Questions) -> Markup {
    let (guide, text) = (visit.guide(), visit.guide().text);
    let (known, unknown, open) = visit.session.counts(*guide, questions);
    let (answered, all) = (known + unknown, known + unknown + open);
    let words = if answered == 0 {
        t!(text, situation_first, more = open)
    } else {
        t!(text, situation_so_far, known = known, unknown = unknown, more = open)
    };
    html! {
        p {
            progress aria-label=(t!(text, situation_progress_label)) value=(answered) max=(all) {
                (t!(text, situation_progress, answered = answered, all = all))
            }
        }
        p { (words) }
    }
}
