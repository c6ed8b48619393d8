//! The review of a treatment: who has read its file, when, and whether the file is still what they read.
//!
//! What a reviewer signs is the file up to the line of `[review]`, every byte of it; only line ends written as `\r\n` count as `\n`, because
//! version control may change them. `[review]` is the last table of the file, so nothing escapes the signature.

use sarcoguide_model::Review;

use crate::code::Code;
use crate::content_hash::sha256_hex;
use crate::diagnostic::Diagnostic;
use crate::source::Parsed;
use crate::table::Table;

/// What is signed: the file up to the line on which `[review]` begins.
fn signed(text: &str, review: usize) -> String {
    let line = text[..review].rfind('\n').map_or(0, |end| end + 1);
    text[..line].replace("\r\n", "\n")
}

/// The review of a treatment's file, if it has one that is of the file as it is.
pub(crate) fn read(file: &Parsed, treatment: &Table) -> Option<Review> {
    let table = treatment.table("review", "a review")?;
    let start = table.span.start;
    let header = file.file.text[start..].starts_with('[');
    if let Some(later) = treatment.last_beside("review").filter(|last| !header || *last > start) {
        let message = "[review] is not the last table of the file";
        let error =
            Diagnostic::new(Code::OutdatedReview, message, file.index, table.span.clone(), "what stands behind it is not signed");
        let error = if header { error.also(file.index, later..later + 1, "behind it") } else { error };
        treatment.report(error.help("move [review] with its lines to the end of the file"));
        return None;
    }
    let (by, on) = (table.text("by"), table.date("on"));
    if on.is_none_or(|on| on.day.is_none()) {
        let message = "a review has no day";
        let error = Diagnostic::new(Code::OutdatedReview, message, file.index, table.span.clone(), "when?");
        treatment.report(error.help("write the day on which it was signed, for instance on = 2026-11-30"));
    }
    let (now, written) = (sha256_hex(&signed(&file.file.text, start)), table.optional("digest"));
    table.finish();
    match written {
        Some(written) if written.text == now => Some(Review { by, on: on.filter(|on| on.day.is_some())? }),
        Some(written) => {
            let message = format!("the file was changed after it was reviewed by {by}");
            let error = Diagnostic::new(Code::OutdatedReview, message, file.index, written.span, "the digest of another text");
            let renew = format!("if they have read and signed it again, write the new day and digest = \"{now}\"");
            treatment.report(error.help(renew).help("if not, remove [review] with its lines"));
            None
        }
        None => {
            let error = Diagnostic::new(
                Code::OutdatedReview,
                "a review has no `digest`",
                file.index,
                table.span.clone(),
                "of which text?",
            );
            let help = format!("if the reviewer has read the file as it is now, add digest = \"{now}\"");
            treatment.report(error.help(help));
            None
        }
    }
}
