//! `sarcoguide ask`: answers questions about a case, one at a time.

use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};

use sarcoguide_advise::Advisor;
use sarcoguide_case::{CaseFile, parse_answer};
use sarcoguide_document::terminal::text;
use sarcoguide_document::{Document, Line};
use sarcoguide_model::{Case, Contradiction, Domain, EarlierAnswer, Fact, FactId, FactKind, FactValue, Value};
use sarcoguide_text::{Text, t};
use sarcoguide_views::answer::answer;
use sarcoguide_views::provenance::with_note;
use sarcoguide_views::scope::not_covered;
use sarcoguide_views::{Answered, Edition};

use crate::args::Arguments;
use crate::input::contradicted;
use crate::loaded_guide::LoadedGuide;
use crate::output::{Failure, Target, emit, expanded, say, say_styled, terminal};

/// The maximum number of bytes read for one answer. The rest of a longer line is read as the next answer.
const MAX_ANSWER_BYTES: u64 = 4096;

/// What the person typed.
enum Reply {
    Unknown,
    Why,
    Back,
    Finish,
    Answer(String),
}

/// Reads a line. Returns `None` at the end of the input.
fn read_line() -> Result<Option<String>, Failure> {
    say("> ")?;
    let mut bytes = Vec::new();
    let mut input = io::stdin().lock().take(MAX_ANSWER_BYTES);
    let read = input.read_until(b'\n', &mut bytes).map_err(|error| Failure::Io(format!("standard input: {error}")))?;
    if read == 0 {
        say("\n")?;
        return Ok(None);
    }
    // Invalid UTF-8 is replaced, so the person is told that the answer isn't understood.
    Ok(Some(String::from_utf8_lossy(&bytes).trim().to_owned()))
}

fn read_reply() -> Result<Reply, Failure> {
    let Some(line) = read_line()? else { return Ok(Reply::Finish) };
    Ok(match line.as_str() {
        "" | "u" | "U" => Reply::Unknown,
        "?" => Reply::Why,
        "b" | "B" => Reply::Back,
        "q" | "Q" => Reply::Finish,
        _ => Reply::Answer(line),
    })
}

/// An interview with the answers so far.
struct Interview<'g> {
    guide: Edition<'g>,
    advisor: Advisor,
    case: Case,
    /// The questions asked so far, each with the value of its fact before.
    asked: Vec<(FactId, FactValue)>,
}

/// Asks the questions, shows the answer, and saves the case to `save` or offers to save it.
pub(crate) fn ask(arguments: &Arguments, guide: &LoadedGuide, save: Option<&Path>) -> Result<(), Failure> {
    let save = save.map(expanded);
    // Check the file first, so that people don't answer thirty questions only to learn that the folder doesn't exist.
    save.as_deref().map_or(Ok(()), |path| file(arguments, path)?.check())?;
    let case = Case::unknown(guide.facts.len());
    let mut interview = Interview { guide: guide.into(), advisor: Advisor::new(guide.shared()), case, asked: Vec::new() };
    match interview.run(arguments) {
        Ok(()) => finish(arguments, guide, &interview.case_file(), save),
        // The interview has failed, so the person can't be asked for another file.
        Err(failure) => {
            if let Some(path) = save {
                file(arguments, &path)?.write(interview.case_file().to_json(guide).as_bytes())?;
            }
            match failure {
                Failure::Closed => Ok(()),
                _ => Err(failure),
            }
        }
    }
}

impl Interview<'_> {
    /// Asks until there is nothing left to ask or the person stops, then shows the answer.
    fn run(&mut self, arguments: &Arguments) -> Result<(), Failure> {
        let guide = self.guide;
        let text = guide.text;
        say(&format!("{}\n\n{}\n{}\n\n", guide.name, guide.review, t!(text, ask_help)))?;
        while let Some(id) = self.next()? {
            let fact = &guide[id];
            let heading = t!(text, ask_question, number = self.asked.len() + 1, open = self.open()?);
            say(&format!("{heading}\n"))?;
            say(&format!("{}\n{}", fact.question, choices(text, fact, self.case.get(id))))?;
            match read_reply()? {
                Reply::Finish => break,
                Reply::Why => say(&format!("{}\n\n", why(text, fact)))?,
                Reply::Back => match self.asked.pop() {
                    Some((fact, before)) => self.case.set(fact, before),
                    None => say(&format!("{}\n\n", t!(text, ask_first_question)))?,
                },
                Reply::Unknown => self.asked.push((id, self.case.get(id))),
                Reply::Answer(typed) => match chosen(guide, id, &self.case, &typed) {
                    Ok(known) => {
                        if self.answer(id, known, arguments)? {
                            break;
                        }
                    }
                    Err(message) => say(&format!("{message}\n\n"))?,
                },
            }
        }
        let case = &self.case;
        let advice = self.advisor.advise(case).map_err(|contradiction| self.contradicted(&contradiction))?;
        say("\n")?;
        show(&with_note(guide, answer(guide, Answered { case, advice: &advice, preferences: &[] })), arguments)
    }

    /// Stores an answer, unless it contradicts others or the person takes it back. Returns whether the interview is over.
    fn answer(&mut self, fact: FactId, known: FactValue, arguments: &Arguments) -> Result<bool, Failure> {
        let guide = self.guide;
        let more = self.case.with(fact, known);
        let advice = match self.advisor.advise(&more) {
            Ok(advice) => advice,
            Err(contradiction) => {
                let why = contradicted(guide, &more, &contradiction);
                say(&format!("{}\n\n", t!(guide.text, ask_contradiction, why = why)))?;
                return Ok(false);
            }
        };
        let is_outside = advice.scope.covered.is_false();
        let answered = Answered { case: &more, advice: &advice, preferences: &[] };
        if is_outside && is_taken_back(guide, answered, arguments)? {
            return Ok(false);
        }
        self.asked.push((fact, self.case.get(fact)));
        self.case = more;
        Ok(is_outside)
    }

    /// Returns the first question of the interview that is worth asking now.
    fn next(&self) -> Result<Option<FactId>, Failure> {
        let asked = self.asked.iter().map(|(fact, _)| *fact).collect();
        let questions = self.advisor.questions(&self.case, asked);
        let worth = questions.map_err(|contradiction| self.contradicted(&contradiction))?.ask;
        let mut in_order = self.guide.interview.parts.iter().flat_map(|part| &part.facts).copied();
        Ok(in_order.find(|fact| worth.contains(*fact)))
    }

    /// The number of treatments without a decided verdict.
    fn open(&self) -> Result<usize, Failure> {
        let advice = self.advisor.advise(&self.case);
        let advice = advice.map_err(|contradiction| self.contradicted(&contradiction))?;
        Ok(advice.treatments.iter().filter(|entry| !entry.verdict.is_decided()).count())
    }

    fn contradicted(&self, contradiction: &Contradiction) -> Failure {
        Failure::Input(contradicted(self.guide, &self.case, contradiction))
    }

    /// Returns the case to save, including which facts the person doesn't know.
    fn case_file(&self) -> CaseFile {
        let asked = self.asked.iter().map(|(fact, _)| *fact);
        let mut unknown: Vec<FactId> = asked.filter(|fact| self.case.get(*fact) == FactValue::Unknown).collect();
        unknown.sort_unstable();
        // Save the current verdicts too, so that a newer guide can say what changed.
        let earlier = self.advisor.advise(&self.case).ok().map(|advice| EarlierAnswer::new(&self.guide, &advice));
        CaseFile { unknown, earlier, ..CaseFile::of(self.case.clone()) }
    }
}

/// Prints a document during the interview.
fn show(document: &Document, arguments: &Arguments) -> Result<(), Failure> {
    let terminal = terminal(arguments);
    say_styled(&text(document, terminal), terminal.color)
}

/// Says that the guide doesn't cover the case, and returns whether the person takes the last answer back. If they don't, the interview is
/// over.
fn is_taken_back(guide: Edition<'_>, answered: Answered<'_>, arguments: &Arguments) -> Result<bool, Failure> {
    say("\n")?;
    let mut document = Document::default();
    document.paragraph(Line::default().strong(format!("{}.", t!(guide.text, scope_not_covered))));
    document.blocks.extend(not_covered(guide, answered).blocks);
    document.paragraph(t!(guide.text, ask_no_more_questions));
    show(&document, arguments)?;
    Ok(matches!(read_reply()?, Reply::Back))
}

/// The values that the person can choose from, with general values before their subtypes. If the fact is already known, only its subtypes
/// are left.
fn values(fact: &Fact, known: FactValue) -> Vec<(u8, &Value)> {
    let all = fact.domain.values();
    let possible = match known {
        FactValue::Value(index) => all[usize::from(index)].covers,
        _ => fact.domain.all(),
    };
    (0..=u8::MAX).zip(all).filter(|(index, _)| possible.contains(usize::from(*index))).collect()
}

/// Explains why a question is asked, and where to find its answer.
fn why(text: &Text, fact: &Fact) -> String {
    let why = fact.why.clone().unwrap_or_else(|| t!(text, ask_why));
    fact.where_to_find.as_ref().map_or(why.clone(), |place| t!(text, ask_why_and_where, why = why, place = place))
}

fn choices(text: &Text, fact: &Fact, known: FactValue) -> String {
    match &fact.domain {
        Domain::Number { unit, min, max } => {
            format!("  {}\n", t!(text, ask_number, min = min.to_string(), max = max.to_string(), unit = unit))
        }
        Domain::Values(_) => {
            let values = values(fact, known);
            if values.len() > 20 {
                return format!("  {}\n", t!(text, ask_name));
            }
            let line = |(number, (_, value)): (usize, &(u8, &Value))| {
                let kind = if value.parent.is_some() { "  " } else { "" };
                format!("  {kind}{}  {}\n", number + 1, value.name)
            };
            values.iter().enumerate().map(line).collect()
        }
    }
}

/// Parses a reply: a number in the list of values, the name of a value, or words that only one name contains.
fn chosen(guide: Edition<'_>, id: FactId, case: &Case, typed: &str) -> Result<FactValue, String> {
    let fact = &guide[id];
    let values = values(fact, case.get(id));
    if let (Ok(number), true) = (typed.parse::<usize>(), fact.kind != FactKind::Number && values.len() <= 20) {
        return match number.checked_sub(1).and_then(|place| values.get(place)) {
            Some((index, _)) => Ok(FactValue::Value(*index)),
            None => Err(t!(guide.text, ask_no_such_number, last = values.len())),
        };
    }
    let error = match parse_answer(&guide, id, typed) {
        Ok(FactValue::Value(index)) if values.iter().all(|(place, _)| *place != index) => {
            return Err(t!(guide.text, ask_known_otherwise));
        }
        Ok(known) => return Ok(known),
        Err(error) => error,
    };
    let wanted = typed.to_lowercase();
    let holding: Vec<_> = values.iter().filter(|(_, value)| value.name.to_lowercase().contains(&wanted)).collect();
    match holding.as_slice() {
        [(index, _)] => Ok(FactValue::Value(*index)),
        [] => Err(format!("{}.", error.in_words(guide.text))),
        many => {
            let names: Vec<&str> = many.iter().take(12).map(|(_, value)| value.name.as_str()).collect();
            Err(t!(guide.text, ask_which, names = names.join("; ")))
        }
    }
}

/// Saves the case to a file that the person names. If that fails, asks for another file.
fn finish(arguments: &Arguments, guide: &LoadedGuide, file_to_save: &CaseFile, save: Option<PathBuf>) -> Result<(), Failure> {
    let nothing_to_save = save.is_none() && file_to_save.case.stated().next().is_none();
    if nothing_to_save {
        return Ok(());
    }
    let text = guide.text();
    let case = file_to_save.to_json(guide);
    let mut path = save;
    let mut failure = None;
    loop {
        let Some(named) = path.take() else {
            say(&format!("\n{}\n", t!(text, ask_save)))?;
            match (read_line()?.as_deref(), failure) {
                // The input has ended without a usable file, so print the case instead of losing it.
                (None, Some(failure)) => {
                    emit(case)?;
                    return Err(failure);
                }
                (None | Some("" | "q" | "Q"), _) => return Ok(()),
                (Some(name), _) => path = Some(expanded(Path::new(name))),
            }
            failure = None;
            continue;
        };
        match file(arguments, &named).and_then(|file| file.write(case.as_bytes())) {
            Ok(()) => return say(&(t!(text, ask_saved, file = named.display().to_string()) + "\n")),
            Err(error) => {
                say(&(t!(text, ask_not_saved, why = error.message().unwrap_or_default()) + "\n"))?;
                failure = Some(error);
            }
        }
    }
}

/// The file to save a case to. A file that exists is never replaced.
fn file<'p>(arguments: &Arguments, path: &'p Path) -> Result<Target<'p>, Failure> {
    let target = Target::new(path).protect_input(arguments.guide.as_deref());
    match target.is_standard_output() {
        true => Err(Failure::Input("the questions are on standard output; name a file to save the case to".to_owned())),
        false => Ok(target),
    }
}
