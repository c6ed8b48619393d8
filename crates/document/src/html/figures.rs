//! Pictures and groups of people as HTML with SVG.

use maud::{Markup, PreEscaped, html};

use crate::block::People;
use crate::svg::Drawing;

/// Widths in pixels for a phone and for a wider screen.
const WIDTHS: (u16, u16) = (330, 700);

/// A picture in two widths; which of them is seen depends on the width of the screen.
pub(super) fn picture(drawing: &Drawing) -> Markup {
    html! {
        div class="narrow" { (PreEscaped(drawing.svg(WIDTHS.0))) }
        div class="wide-enough" { (PreEscaped(drawing.svg(WIDTHS.1))) }
    }
}

/// Groups of 100 people as dots: large ones for those of whom it is so, middling for those of whom it may be so, small for the others. The
/// words beside them say the same.
pub(super) fn people(title: &str, groups: &[People]) -> Markup {
    html! {
        figure class="people" {
            figcaption { (title) }
            @for group in groups {
                div {
                    svg aria-hidden="true" viewBox="0 0 120 120" width="120" height="120" {
                        @for (class, from, to) in [("yes", 0, group.low), ("maybe", group.low, group.high), ("no", group.high, 100)] {
                            @if from < to { path class=(class) d=(dots(from, to)) {} }
                        }
                    }
                    p { (group.words) }
                }
            }
        }
    }
}

/// The dots from one place to another, ten in a row.
fn dots(from: u8, to: u8) -> String {
    (from..to).map(|place| format!("M{} {}h0", 6 + place % 10 * 12, 6 + place / 10 * 12)).collect()
}
