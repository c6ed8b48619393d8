//! What is taken along as a file: the summary of an answer as PDF, the schedule of a treatment as a calendar.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use sarcoguide_document::Document;
use sarcoguide_document::pdf::pdf;
use sarcoguide_model::Guide;
use sarcoguide_views::calendar::{calendar, named_days};

use crate::commands::pick;
use crate::output::{Failure, print};

/// Refuses a PDF without a file, and a file for what is printed.
pub(crate) fn file_of(is_pdf: bool, output: Option<&Path>) -> Result<Option<&Path>, Failure> {
    match (is_pdf, output) {
        (true, None) => Err(Failure::Input("a PDF is not printed; name a file: --format pdf --output FILE".to_owned())),
        (false, Some(_)) => Err(Failure::Input("--output is for --format pdf; other formats are printed: > FILE".to_owned())),
        (_, output) => Ok(output),
    }
}

/// Writes a document as PDF.
pub(crate) fn save_pdf(guide: &Guide, document: &Document, path: &Path) -> Result<(), Failure> {
    let bytes = pdf(document, &guide.language).map_err(|error| Failure::Io(error.to_string()))?;
    save(path, &bytes)
}

/// Writes the schedule of a treatment, or prints it.
pub(crate) fn save_calendar(guide: &Guide, id: &str, start: Date, days: &[Date], output: Option<&Path>) -> Result<(), Failure> {
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
    match output {
        Some(path) => save(path, text.as_bytes()),
        None => print(&text),
    }
}

/// Writes a whole file or none: beside its place first, then into it.
fn save(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error: io::Error| Failure::Io(format!("{}: {error}", path.display()));
    // What is no plain file, for instance a pipe, cannot be replaced.
    if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        return fs::write(path, bytes).map_err(failed);
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.part", std::process::id()));
    let beside = PathBuf::from(beside);
    let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        // The message tells what went wrong; a part that cannot be removed tells nothing more.
        let _ = fs::remove_file(&beside);
        failed(error)
    })
}
