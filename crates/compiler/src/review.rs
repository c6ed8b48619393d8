//! Reads the review of a treatment: who signed off its file and when. Checks that the file hasn't changed since.
//!
//! The sign-off covers every byte of the file before the `[review]` line. It treats the line endings `\r\n` and `\n` as equal, because version
//! control may change them. `[review]` must be the last table in the file, so that the sign-off covers everything else.

use sarcoguide_model::Review;

use crate::code::Code;
use crate::content_hash::sha256_hex;
use crate::diagnostic::Diagnostic;
use crate::source::Parsed;
use crate::table::Table;

/// Returns the text that the sign-off covers: the file up to the line that contains the byte offset `review`, where `[review]` starts.
fn signed_text(text: &str, review: usize) -> String {
    let line = text[..review].rfind('\n').map_or(0, |end| end + 1);
    text[..line].replace("\r\n", "\n")
}

/// Reads the review of a treatment's file. Returns `None` if there is no review, or if the review is invalid or doesn't match the current file.
pub(crate) fn read(file: &Parsed, treatment: &Table) -> Option<Review> {
    let table = treatment.table("review", "a review")?;
    let start = table.span.start;
    let is_header = file.file.text[start..].starts_with('[');
    if let Some(later) = treatment.last_other_than("review").filter(|last| !is_header || *last > start) {
        let message = "`[review]` isn't the last table in the file";
        let error = Diagnostic::new(
            Code::OutdatedReview,
            message,
            file.index,
            table.span.clone(),
            "the signature doesn't cover what follows",
        );
        let error = if is_header { error.also(file.index, later..later + 1, "after `[review]`") } else { error };
        treatment.report(error.help("move `[review]` and its lines to the end of the file"));
        return None;
    }
    let (by, on) = (table.text("by"), table.date("on"));
    if on.is_none_or(|on| on.day.is_none()) {
        let message = "a review has no full date";
        let error = Diagnostic::new(Code::OutdatedReview, message, file.index, table.span.clone(), "no full date");
        treatment.report(error.help("write the day on which it was signed, as in on = 2026-11-30"));
    }
    let (now, written) = (sha256_hex(&signed_text(&file.file.text, start)), table.optional("digest"));
    table.finish();
    match written {
        Some(written) if written.text == now => Some(Review { by, on: on.filter(|on| on.day.is_some())? }),
        Some(written) => {
            let message = format!("the file was changed after {by} reviewed it");
            let error =
                Diagnostic::new(Code::OutdatedReview, message, file.index, written.span, "the digest of a different text");
            let renew = format!("if it has been reviewed and signed again, write the new date and digest = \"{now}\"");
            treatment.report(error.help(renew).help("if not, remove `[review]` and its lines"));
            None
        }
        None => {
            let error =
                Diagnostic::new(Code::OutdatedReview, "a review has no `digest`", file.index, table.span.clone(), "no `digest`");
            let help = format!("if the reviewer has read the current file, add digest = \"{now}\"");
            treatment.report(error.help(help));
            None
        }
    }
}
