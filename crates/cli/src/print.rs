//! What is taken along as a file: the summary of an answer as PDF, the schedule of a treatment as a calendar.

use std::io::{self, IsTerminal};

use jiff::Timestamp;
use jiff::civil::Date;
use sarcoguide_document::Document;
use sarcoguide_document::pdf::pdf;
use sarcoguide_model::Guide;
use sarcoguide_views::calendar::{calendar, named_days};

use crate::input::pick;
use crate::output::{Failure, Target, emit};

/// Refuses a PDF without a file, and a file for what is printed.
pub(crate) fn file_of(is_pdf: bool, output: Option<Target>) -> Result<Option<Target>, Failure> {
    match (is_pdf, output) {
        (true, None) => Err(Failure::Input(
            "a PDF is not printed; name a file: --format pdf --output FILE, or `-` for standard output".to_owned(),
        )),
        (false, Some(_)) => Err(Failure::Input("--output is for --format pdf; other formats are printed: > FILE".to_owned())),
        (_, output) => Ok(output),
    }
}

/// Writes a document as PDF.
pub(crate) fn save_pdf(guide: &Guide, document: &Document, target: &Target) -> Result<(), Failure> {
    if target.is_standard_output() && io::stdout().is_terminal() {
        return Err(Failure::Input("a PDF is not for a terminal; name a file, or send it on: --output - > FILE".to_owned()));
    }
    target.write(&pdf(document, &guide.language).map_err(|error| Failure::Io(error.to_string()))?)
}

/// Writes the schedule of a treatment, or prints it.
pub(crate) fn save_calendar(guide: &Guide, id: &str, start: Date, days: &[Date], output: Option<&Target>) -> Result<(), Failure> {
    let found = guide.treatments.iter().find(|treatment| treatment.id == id);
    let treatment = pick("treatment", id, guide.treatments.iter().map(|treatment| treatment.id.as_str()), found)?;
    if treatment.is_withdrawn() {
        return Err(Failure::Input(format!("`{id}` is no longer available; `sarcoguide show treatment {id}` says why")));
    }
    let names = named_days(treatment);
    if days.len() >= names.len() {
        return Err(Failure::Input(format!("`{id}` counts from no more than {} days: {}", names.len(), names.join(", "))));
    }
    if let Some(place) = days.iter().position(|day| *day < start) {
        return Err(Failure::Input(format!("{} cannot lie before {}", names[place + 1], names[0])));
    }
    let further: Vec<Option<Date>> = days.iter().copied().map(Some).collect();
    let text = calendar(guide.into(), treatment, start, &further, Timestamp::now());
    let text = text.ok_or_else(|| Failure::Input("a calendar holds no day before the year 1".to_owned()))?;
    match output {
        Some(target) => target.write(text.as_bytes()),
        None => emit(text),
    }
}
