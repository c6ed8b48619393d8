//! Renders pictures and groups of people as HTML with SVG.

use maud::{Markup, PreEscaped, html};

use crate::block::People;
use crate::svg::Drawing;

/// The widths of a picture in pixels: for a phone, and for a wider screen.
const WIDTHS: (u16, u16) = (330, 700);

/// Renders a picture in two widths. The style sheet shows the one that suits the width of the screen.
pub(super) fn picture(drawing: &Drawing) -> Markup {
    html! {
        div class="narrow" { (PreEscaped(drawing.svg(WIDTHS.0))) }
        div class="wide-enough" { (PreEscaped(drawing.svg(WIDTHS.1))) }
    }
}

/// Renders each group of 100 people as 100 dots, with the same information in words next to the dots.
///
/// The first `low` dots are large, the next dots up to `high` are medium, and all others are small.
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

/// Returns SVG path data for the dots with the numbers `from..to`. Each row has ten dots.
fn dots(from: u8, to: u8) -> String {
    (from..to).map(|dot| format!("M{} {}h0", 6 + dot % 10 * 12, 6 + dot / 10 * 12)).collect()
}
