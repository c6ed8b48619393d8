//! Prompts a person, and reads what they type.

use std::io::{self, BufRead, Read};
use std::path::Path;

use sarcoguide_text::Text;

use crate::input::read_error;
use crate::output::{Failure, say};
use crate::reply::Reply;

/// The maximum number of bytes read for one answer. The rest of a longer line is read as the next answer.
const MAX_ANSWER_BYTES: u64 = 4096;

/// Prints the prompt and reads a line. Returns `None` at the end of the input.
pub(crate) fn read_line() -> Result<Option<String>, Failure> {
    say("> ")?;
    let mut bytes = Vec::new();
    let mut input = io::stdin().lock().take(MAX_ANSWER_BYTES);
    let read = input.read_until(b'\n', &mut bytes).map_err(|error| read_error(Path::new("-"), &error))?;
    if read == 0 {
        say("\n")?;
        return Ok(None);
    }
    // Replace invalid UTF-8 instead of failing. `ask` then treats the answer like any other that it doesn't understand.
    Ok(Some(String::from_utf8_lossy(&bytes).trim().to_owned()))
}

/// Reads a reply to a question whose answers have these names. The end of the input counts as [`Reply::Finish`].
pub(crate) fn read_reply(text: &Text, names: &[&str]) -> Result<Reply, Failure> {
    Ok(read_line()?.map_or(Reply::Finish, |line| Reply::of(text, &line, names)))
}
