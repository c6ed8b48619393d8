//! `sarcoguide ask`: an interview, one question at a time.

use std::fs::OpenOptions;
use std::io::{self, BufRead, Read, Write};
use std::path::Path;

use sarcoguide_advise::Advisor;
use sarcoguide_case::{CaseFile, parse_answer};
use sarcoguide_document::{Document, Line};
use sarcoguide_model::{Case, Domain, Fact, FactId, FactKind, FactValue, Guide, NextQuestion};
use sarcoguide_views::Answered;
use sarcoguide_views::answer::answer;
use sarcoguide_views::scope::{NOT_COVERED, not_covered};
use sarcoguide_views::words;

use crate::args::Arguments;
use crate::commands::contradicted;
use crate::output::{Failure, print, show};

const HELP: &str = "\
Answer with the number or the words of an answer, or with a number and its unit.
  Enter or u   I don't know (the question is left open)
  ?            why this is asked, and where to find the answer
  b            back to the question before
  q            finish now, with the answer for what is known so far
";

/// The most bytes of one answer; what comes after them is taken as the next answer.
const LONGEST: u64 = 4096;

/// What the person typed.
enum Reply {
    Unknown,
    Why,
    Back,
    Finish,
    Answer(String),
}

/// Reads a line; none at the end of the input.
fn reply() -> Result<Reply, Failure> {
    print("> ")?;
    let mut bytes = Vec::new();
    let mut input = io::stdin().lock().take(LONGEST);
    let read = input.read_until(b'\n', &mut bytes).map_err(|error| Failure::Io(format!("standard input: {error}")))?;
    if read == 0 {
        print("\n")?;
        return Ok(Reply::Finish);
    }
    // What is no UTF-8 is no answer; it is told as one that is not understood.
    let line = String::from_utf8_lossy(&bytes);
    Ok(match line.trim() {
        "" | "u" | "U" => Reply::Unknown,
        "?" => Reply::Why,
        "b" | "B" => Reply::Back,
        "q" | "Q" => Reply::Finish,
        text => Reply::Answer(text.to_owned()),
    })
}

/// Asks, answers, and offers to save the case.
pub(crate) fn ask(arguments: &Arguments, guide: &Guide, save: Option<&Path>) -> Result<(), Failure> {
    let advisor = Advisor::new(guide);
    let mut case = Case::unknown(guide.facts.len());
    // Questions asked so far, with what was known of their fact before.
    let mut asked: Vec<(FactId, FactValue)> = Vec::new();
    print(&format!("{}\n\n{}\n{HELP}\n", guide.name, guide.review))?;
    while let Some(question) = next(&advisor, &case, &asked)? {
        let fact = &guide[question.fact];
        print(&format!("Question {} ({} treatments still open)\n", asked.len() + 1, open(&advisor, &case)?))?;
        print(&format!("{}\n{}", fact.question, choices(fact, case.get(question.fact))))?;
        match reply()? {
            Reply::Finish => break,
            Reply::Why => {
                let found = fact.where_to_find.as_ref().map(|found| format!(" Where to find it: {found}")).unwrap_or_default();
                print(&format!("{}{found}\n\n", fact.why.as_deref().unwrap_or("The guide's conditions depend on it.")))?;
            }
            Reply::Back => match asked.pop() {
                Some((fact, before)) => case.set(fact, before),
                None => print("This is the first question.\n\n")?,
            },
            Reply::Unknown => asked.push((question.fact, case.get(question.fact))),
            Reply::Answer(text) => match chosen(guide, question.fact, &case, &text) {
                Ok(known) => {
                    let more = case.with(question.fact, known);
                    match advisor.advise(&more) {
                        Ok(advice) => {
                            let answered = Answered { case: &more, advice: &advice, preferences: &[] };
                            if advice.scope.covered.is_false() && is_taken_back(guide, answered, arguments)? {
                                continue;
                            }
                            asked.push((question.fact, case.get(question.fact)));
                            case = more;
                            if advice.scope.covered.is_false() {
                                break;
                            }
                        }
                        Err(contradiction) => {
                            print(&format!(
                                "That does not fit: {}. The answer was taken back.\n\n",
                                contradicted(guide, &more, &contradiction)
                            ))?;
                        }
                    }
                }
                Err(message) => print(&format!("{message}\n\n"))?,
            },
        }
    }
    let advice = advisor.advise(&case).map_err(|contradiction| Failure::Input(contradicted(guide, &case, &contradiction)))?;
    print("\n")?;
    show(&answer(guide.into(), Answered { case: &case, advice: &advice, preferences: &[] }), arguments)?;
    let mut unknown: Vec<FactId> =
        asked.into_iter().map(|(fact, _)| fact).filter(|fact| case.get(*fact) == FactValue::Unknown).collect();
    unknown.sort_unstable();
    finish(guide, &CaseFile { unknown, ..CaseFile::of(case) }, save)
}

/// Says that the guide does not cover the case, and whether the last answer is taken back. If not, nothing more is asked.
fn is_taken_back(guide: &Guide, answered: Answered<'_>, arguments: &Arguments) -> Result<bool, Failure> {
    print("\n")?;
    let mut document = Document::default();
    document.paragraph(Line::default().strong(format!("{NOT_COVERED}.")));
    document.blocks.extend(not_covered(guide.into(), answered).blocks);
    document.paragraph("There are no more questions. Enter shows what is for everyone; b goes back to the last question.");
    show(&document, arguments)?;
    Ok(matches!(reply()?, Reply::Back))
}

/// The most helpful question that has not been asked.
fn next(advisor: &Advisor, case: &Case, asked: &[(FactId, FactValue)]) -> Result<Option<NextQuestion>, Failure> {
    let questions = advisor.relevant_questions(case).map_err(|_| Failure::Input("the case contradicts itself".to_owned()))?;
    Ok(questions.into_iter().find(|question| asked.iter().all(|(fact, _)| *fact != question.fact)))
}

fn open(advisor: &Advisor, case: &Case) -> Result<usize, Failure> {
    let advice = advisor.advise(case).map_err(|_| Failure::Input("the case contradicts itself".to_owned()))?;
    Ok(advice.treatments.iter().filter(|entry| !entry.verdict.is_decided()).count())
}

/// The values that may be answered: kinds of what is known already, parents before their kinds.
fn values(fact: &Fact, known: FactValue) -> Vec<(usize, &sarcoguide_model::Value)> {
    let all = fact.domain.values();
    let possible = match known {
        FactValue::Value(index) => all[usize::from(index)].covers,
        _ => fact.domain.all(),
    };
    all.iter().enumerate().filter(|(index, _)| possible.contains(*index)).collect()
}

fn choices(fact: &Fact, known: FactValue) -> String {
    match &fact.domain {
        Domain::Number { unit, min, max } => format!("  a number from {min} to {max}, in {unit}\n"),
        Domain::Values(_) => {
            let values = values(fact, known);
            if values.len() > 20 {
                return "  type its name, for instance as in the report; part of it is enough\n".to_owned();
            }
            let line = |(number, (_, value)): (usize, &(usize, &sarcoguide_model::Value))| {
                let kind = if value.parent.is_some() { "  " } else { "" };
                format!("  {kind}{}  {}\n", number + 1, value.name)
            };
            values.iter().enumerate().map(line).collect()
        }
    }
}

/// The value that a reply means: its number in the list, its name, or the only one whose name holds the words.
fn chosen(guide: &Guide, id: FactId, case: &Case, text: &str) -> Result<FactValue, String> {
    let fact = &guide[id];
    let values = values(fact, case.get(id));
    let value = |index: usize| u8::try_from(index).map(FactValue::Value).map_err(|_| "too many values".to_owned());
    if let (Ok(number), true) = (text.parse::<usize>(), fact.kind != FactKind::Number && values.len() <= 20) {
        return match number.checked_sub(1).and_then(|place| values.get(place)) {
            Some((index, _)) => value(*index),
            None => Err(format!("Answer with a number from 1 to {}, or u for \"I don't know\".", values.len())),
        };
    }
    let error = match parse_answer(guide, id, text) {
        Ok(FactValue::Value(index)) if values.iter().all(|(place, _)| *place != usize::from(index)) => {
            return Err("That does not fit what is known already.".to_owned());
        }
        Ok(known) => return Ok(known),
        Err(error) => error,
    };
    let wanted = text.to_lowercase();
    let holding: Vec<_> = values.iter().filter(|(_, value)| value.name.to_lowercase().contains(&wanted)).collect();
    match holding.as_slice() {
        [(index, _)] => value(*index),
        [] => Err(format!("{error}.")),
        many => {
            let names: Vec<&str> = many.iter().take(12).map(|(_, value)| value.name.as_str()).collect();
            Err(format!("Which one: {}?", names.join("; ")))
        }
    }
}

/// Saves the case where the person wants it.
fn finish(guide: &Guide, file_to_save: &CaseFile, save: Option<&Path>) -> Result<(), Failure> {
    if let Some(path) = save {
        return write(guide, file_to_save, path);
    }
    let mut document = Document::default();
    let stated = file_to_save.case.stated().map(|fact| Line::from(words::stated(guide.into(), &file_to_save.case, fact)));
    document.points(stated.collect());
    if document.blocks.is_empty() {
        return Ok(());
    }
    print("\nSave the case? Type the name of a file to write, or Enter to leave nothing behind.\n")?;
    if let Reply::Answer(name) = reply()? { write(guide, file_to_save, Path::new(&name)) } else { Ok(()) }
}

/// Writes the case to a new file; one that exists is left as it is.
fn write(guide: &Guide, file_to_save: &CaseFile, path: &Path) -> Result<(), Failure> {
    let named = |error: &io::Error| {
        let exists = error.kind() == io::ErrorKind::AlreadyExists;
        Failure::Io(format!(
            "{}: {}",
            path.display(),
            if exists { "this file exists and was left as it is".to_owned() } else { error.to_string() }
        ))
    };
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(|error| named(&error))?;
    file.write_all(file_to_save.to_json(guide).as_bytes()).map_err(|error| named(&error))?;
    print(&format!("Saved to {}.\n", path.display()))
}
