//! Writes output files: an answer as a PDF, and a treatment's schedule as a calendar.

use std::io::{self, IsTerminal};

use jiff::Timestamp;
use jiff::civil::Date;
use sarcoguide_document::Document;
use sarcoguide_document::pdf::pdf;
use sarcoguide_text::t;
use sarcoguide_views::Edition;
use sarcoguide_views::calendar::{calendar, days_to_ask};
use sarcoguide_views::provenance::with_note;

use crate::input::pick;
use crate::loaded_guide::LoadedGuide;
use crate::output::{Failure, Target, emit};

/// Returns `output`. Fails if a PDF has no output file, or if another format has one.
pub(crate) fn checked_output(is_pdf: bool, output: Option<Target>) -> Result<Option<Target>, Failure> {
    match (is_pdf, output) {
        (true, None) => {
            Err(Failure::Input("a PDF needs an output file: add --output FILE, or --output - for standard output".to_owned()))
        }
        (false, Some(_)) => {
            Err(Failure::Input("--output works only with --format pdf; redirect other formats: > FILE".to_owned()))
        }
        (_, output) => Ok(output),
    }
}

/// Writes a document as a PDF, with a note at the end that names the guide and the program.
pub(crate) fn save_pdf(guide: Edition<'_>, document: Document, target: &Target) -> Result<(), Failure> {
    if target.is_standard_output() && io::stdout().is_terminal() {
        return Err(Failure::Input(
            "a terminal can't show a PDF; name a file, or redirect the output: --output - > FILE".to_owned(),
        ));
    }
    target.write(&pdf(&with_note(guide, document), &guide.text.language()).map_err(|error| Failure::Io(error.to_string()))?)
}

/// Writes a treatment's schedule to the output file. Without an output file, prints it.
pub(crate) fn save_calendar(
    guide: &LoadedGuide,
    id: &str,
    start: Date,
    days: &[Date],
    output: Option<&Target>,
) -> Result<(), Failure> {
    let text = guide.text();
    let found = guide.treatments.iter().find(|treatment| treatment.id == id);
    let treatment = pick("treatment", id, guide.treatments.iter().map(|treatment| treatment.id.as_str()), found)?;
    if treatment.is_withdrawn() {
        return Err(Failure::Input(t!(text, command_withdrawn, id = id)));
    }
    let names = days_to_ask(guide.into(), treatment);
    if days.len() >= names.len() {
        return Err(Failure::Input(t!(text, command_too_many_days, id = id, count = names.len(), days = names.join(", "))));
    }
    if let Some(index) = days.iter().position(|day| *day < start) {
        return Err(Failure::Input(t!(text, command_day_before, day = &names[index + 1], first = &names[0])));
    }
    let further: Vec<Option<Date>> = days.iter().copied().map(Some).collect();
    let file = calendar(guide.into(), treatment, start, &further, Timestamp::now());
    let file = file.ok_or_else(|| Failure::Input(t!(text, command_year_before_1)))?;
    match output {
        Some(target) => target.write(file.as_bytes()),
        None => emit(file),
    }
}
