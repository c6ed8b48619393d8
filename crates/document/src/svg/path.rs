//! Draws the times of a course of treatment as stops on a line.

use super::canvas::{Canvas, Font, MAIN_STOP, STOP, measure};
use super::lane::Lane;

/// The width that the words of a stop need, in pixels.
const NARROWEST: f32 = 66.0;
/// The space between the stop and its name, and between two lines of stops, in pixels.
const SPACE: f32 = 10.0;
/// The smallest size of a name, as a share of its usual size.
const SMALLEST: f32 = 0.8;
/// The font for the name of a stop.
const NAME: Font = Font { size: 12.5, bold: true, faint: false };
/// The font for the note below the name.
const NOTE: Font = Font { size: 12.0, bold: false, faint: true };

/// A time in the course of treatment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathStop {
    /// The name of the time, in as few words as possible.
    pub name: String,
    /// What happens then, in as few words as possible. May be empty.
    pub note: String,
    /// Whether the time follows the previous one or is an alternative.
    pub lane: Lane,
    /// Whether the main treatment is given at this time.
    pub is_main: bool,
}

/// The times of a course of treatment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The title of the picture.
    pub title: String,
    /// The times, in order.
    pub stops: Vec<PathStop>,
}

impl Path {
    /// Renders the stops as SVG: those that follow one another on a solid line, then the alternatives, each after a dotted line. `width` is in pixels.
    #[must_use]
    pub fn svg(&self, width: u16) -> String {
        let mut canvas = Canvas::new(width);
        let lane = |wanted: bool| self.stops.iter().filter(move |stop| (stop.lane == Lane::Main) == wanted);
        let places = (canvas.width / NARROWEST).floor().max(1.0) as usize;
        // The alternatives come after the others.
        let stops: Vec<&PathStop> = lane(true).chain(lane(false)).collect();
        let mut y = 0.0;
        for stops in stops.chunks(places) {
            y = line(&mut canvas, stops, y) + SPACE;
        }
        canvas.finish(&self.title, "", "path-picture", (y - SPACE).max(1.0))
    }
}

/// Draws stops on a line below `top`. Returns the y coordinate of the end of their words.
fn line(canvas: &mut Canvas, stops: &[&PathStop], top: f32) -> f32 {
    let each = (canvas.width / stops.len() as f32).min(2.0 * NARROWEST);
    let y = top + MAIN_STOP + 2.0;
    let x = |index: usize| each * (index as f32 + 0.5);
    let radius = |stop: &PathStop| if stop.is_main { MAIN_STOP } else { STOP };
    for (index, pair) in stops.windows(2).enumerate() {
        let dotted = pair[1].lane != Lane::Main;
        canvas.rail((x(index) + radius(pair[0]), y), (x(index + 1) - radius(pair[1]), y), dotted);
    }
    // A word that is too long for its place is smaller, not broken.
    let words = stops.iter().flat_map(|stop| stop.name.split_whitespace());
    let widest = words.map(|word| measure(word, NAME)).fold(0.0, f32::max);
    let name_font = Font { size: NAME.size * ((each - 4.0) / widest).clamp(SMALLEST, 1.0), ..NAME };
    let mut end = y;
    for (index, stop) in stops.iter().enumerate() {
        canvas.stop((x(index), y), stop.is_main);
        let name = canvas.centered(x(index), y + MAIN_STOP + SPACE / 2.0, each - 4.0, &stop.name, name_font);
        end = end.max(canvas.centered(x(index), name, each - 4.0, &stop.note, NOTE));
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stop_is_drawn_with_its_words_and_only_the_main_one_is_filled() {
        let stop = |name: &str, lane: Lane, is_main: bool| PathStop {
            name: name.to_owned(),
            note: "2 <more>".to_owned(),
            lane,
            is_main,
        };
        let stops = vec![stop("First", Lane::Main, false), stop("Then", Lane::Main, true), stop("Or", Lane::Branch, false)];
        for width in [330, 700] {
            let svg = Path { title: "The path".to_owned(), stops: stops.clone() }.svg(width);
            assert_eq!(svg.matches("<circle").count(), 3);
            assert_eq!(svg.matches("full-stop").count(), 1);
            assert_eq!(svg.matches("class=\"rail\"").count(), 2, "{svg}");
            assert_eq!(svg.matches("stroke-dasharray").count(), 1, "{svg}");
            assert_eq!(svg.matches("2 &lt;more&gt;").count(), 3);
            assert!(["First", "Then", "Or"].iter().all(|name| svg.contains(name)));
        }
    }
}
