//! Renders pictures and groups of people as HTML with SVG.

use maud::{Markup, PreEscaped, html};

use super::Writer;
use crate::block::{Array, People, Shape, Share, Tone};
use crate::svg::Drawing;

/// The widths of a picture in pixels: for a phone, and for a wider screen.
const WIDTHS: (u16, u16) = (330, 700);

impl Writer<'_> {
    /// Renders a picture in two widths. The style sheet shows the one that suits the width of the screen.
    pub(super) fn picture(&mut self, drawing: &Drawing) {
        self.html(&html! {
            div class="narrow" { (PreEscaped(drawing.svg(WIDTHS.0))) }
            div class="wide-enough" { (PreEscaped(drawing.svg(WIDTHS.1))) }
        });
    }

    /// Renders a group of 100 people, or the difference between two groups, as an array of 10 by 10 marks. The words next to it say the same.
    pub(super) fn people(&mut self, title: &str, groups: &[People], array: &Array) {
        let shown = || array.shares.iter().filter(|share| share.count > 0);
        let key: Vec<(Markup, Markup)> = shown().map(|share| (mark(share, array.tone), self.line(&share.words, false))).collect();
        let difference = self.line(&array.difference, false);
        let caption = self.line(&array.caption, false);
        self.html(&html! {
            figure class="people" {
                p class="label" { (title) }
                @if !difference.0.is_empty() { p class="difference" { (difference) } }
                @if !key.is_empty() {
                    div class="array" {
                        (picture_of(&array.shares, array.tone))
                        ul class="key" { @for (mark, words) in key { li { (mark) span { (words) } } } }
                    }
                }
                figcaption {
                    @for group in groups { p { (group.words) } }
                    @if !caption.0.is_empty() { p { (caption) } }
                }
            }
        });
    }
}

/// The array. Each share is one path.
fn picture_of(shares: &[Share], tone: Tone) -> Markup {
    let mut from: u8 = 0;
    let mut paths = Vec::new();
    for share in shares.iter().filter(|share| share.count > 0) {
        let to = from.saturating_add(share.count);
        let marks: String = (from..to).map(|place| shape(share, 6 + place % 10 * 12, 6 + place / 10 * 12)).collect();
        paths.push((class(share, tone), marks));
        from = to;
    }
    html! {
        svg class="marks" aria-hidden="true" viewBox="0 0 120 120" width="120" height="120" {
            @for (class, marks) in paths { path class=(class) d=(marks) {} }
        }
    }
}

/// One mark, for the key of the picture.
fn mark(share: &Share, tone: Tone) -> Markup {
    html! {
        svg aria-hidden="true" viewBox="0 0 12 12" width="16" height="16" { path class=(class(share, tone)) d=(shape(share, 6, 6)) {} }
    }
}

fn class(share: &Share, tone: Tone) -> &'static str {
    match (share.shape, tone) {
        (Shape::Happened | Shape::InRange, _) => "happened",
        (Shape::DidNot, _) => "did-not",
        (Shape::Fewer | Shape::More, Tone::Better) => "better",
        (Shape::Fewer | Shape::More, Tone::Worse) => "worse",
        (Shape::Fewer | Shape::More, Tone::Neutral) => "chance",
    }
}

/// Returns SVG path data for a mark around the point (`x`, `y`). Some marks are outlines, and a difference that isn't certain is an outline with a
/// small mark inside. Both need the fill rule `evenodd`.
fn shape(share: &Share, x: u8, y: u8) -> String {
    let outline = |radius: f32| match share.shape {
        Shape::Happened | Shape::InRange => {
            format!("M{} {}h{size}v{size}h-{size}z", f32::from(x) - radius, f32::from(y) - radius, size = 2.0 * radius)
        }
        Shape::Fewer | Shape::DidNot => {
            let (size, radius) = (2.0 * radius, radius);
            format!("M{} {y}a{radius} {radius} 0 1 0 {size} 0a{radius} {radius} 0 1 0-{size} 0", f32::from(x) - radius)
        }
        Shape::More => {
            let radius = radius + 1.0;
            format!("M{x} {}l{radius} {radius}-{radius} {radius}-{radius}-{radius}z", f32::from(y) - radius)
        }
    };
    match (share.shape, share.certain) {
        (Shape::DidNot, _) => outline(3.5),
        (Shape::InRange, _) => [outline(4.5), outline(3.25)].concat(),
        (_, true) => outline(4.5),
        (_, false) => [outline(4.5), outline(3.25), outline(1.5)].concat(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::block::Line;

    fn share(shape: Shape, certain: bool, count: u8) -> Share {
        Share { shape, certain, count, words: Line::default() }
    }

    #[test]
    fn every_picture_has_100_marks() {
        let picture = picture_of(
            &[share(Shape::Happened, true, 17), share(Shape::Fewer, true, 15), share(Shape::DidNot, true, 68)],
            Tone::Better,
        )
        .0;
        assert_eq!(picture.matches('M').count(), 100, "{picture}");
        assert_eq!(picture.matches("<path").count(), 3, "{picture}");
    }

    #[test]
    fn each_mark_has_a_shape_of_its_own() {
        let certain =
            [Shape::Happened, Shape::InRange, Shape::Fewer, Shape::More, Shape::DidNot].map(|kind| share(kind, true, 1));
        let uncertain = [Shape::Fewer, Shape::More].map(|kind| share(kind, false, 1));
        let marks: BTreeSet<String> = certain.iter().chain(&uncertain).map(|share| shape(share, 6, 6)).collect();
        assert_eq!(marks.len(), 7, "{marks:?}");
    }
}
