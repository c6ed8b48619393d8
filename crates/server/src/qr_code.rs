//! Draws a text as a QR code.

use std::fmt::Write;

use maud::{Markup, html};
use qrcode::{Color, EcLevel, QrCode};

/// The white border that scanners need, in modules (the squares of the code).
const BORDER: usize = 4;

/// Draws a QR code as SVG, dark on white in dark mode too, because many scanners can't read it otherwise. `label` is for people who can't see it.
/// Returns `None` if the text is too long for a code.
pub(crate) fn qr_code(text: &str, label: &str) -> Option<Markup> {
    // A screen is never torn or dirty, so the lowest level of error correction is enough, and the squares are larger.
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    let width = code.width();
    let size = width + 2 * BORDER;
    let path = path(&code.to_colors(), width);
    Some(html! {
        svg.qr viewBox={ "0 0 " (size) " " (size) } role="img" aria-label=(label) shape-rendering="crispEdges" {
            rect width=(size) height=(size) fill="#fff" {}
            path fill="#000" d=(path) {}
        }
    })
}

/// The dark modules, as one rectangle for each run of them in a row.
fn path(colors: &[Color], width: usize) -> String {
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, other| one == other) {
            if run.first() == Some(&Color::Dark) {
                // Writing to a string can't fail.
                let _ = write!(path, "M{} {}h{length}v1h-{length}z", x + BORDER, y + BORDER, length = run.len());
            }
            x += run.len();
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads the code of a drawing, as a scanner does.
    fn scanned(svg: &str) -> String {
        let size: usize =
            svg.split('"').find_map(|value| value.strip_prefix("0 0 ")?.split(' ').next()?.parse().ok()).expect("a size");
        let drawn = svg.split("d=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a path");
        let mut dark = vec![false; size * size];
        for run in drawn.split('M').skip(1) {
            let (x, rest) = run.split_once(' ').expect("x");
            let (y, rest) = rest.split_once('h').expect("y");
            let (x, y): (usize, usize) = (x.parse().expect("x"), y.parse().expect("y"));
            let length: usize = rest.split('v').next().and_then(|length| length.parse().ok()).expect("a length");
            dark[y * size + x..][..length].fill(true);
        }
        // Four pixels for each module.
        let mut image =
            rqrr::PreparedImage::prepare_from_greyscale(
                size * 4,
                size * 4,
                |x, y| {
                    if dark[y / 4 * size + x / 4] { 0 } else { 255 }
                },
            );
        let grids = image.detect_grids();
        grids.first().expect("a code").decode().expect("readable").1
    }

    #[test]
    fn a_scanner_reads_the_text() {
        for text in ["https://guide.example.org/carry#abc-DEF_1", &"x_Y-9".repeat(160)] {
            assert_eq!(scanned(&qr_code(text, "A code").expect("a code").0), text);
        }
    }

    #[test]
    fn a_text_that_is_too_long_has_no_code() {
        assert!(qr_code(&"x".repeat(3000), "A code").is_none());
    }
}
