//! `sarcoguide ask`: an interview, one question at a time.

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
fn line() -> Result<Option<String>, Failure> {
    say("> ")?;
    let mut bytes = Vec::new();
    let mut input = io::stdin().lock().take(LONGEST);
    let read = input.read_until(b'\n', &mut bytes).map_err(|error| Failure::Io(format!("standard input: {error}")))?;
    if read == 0 {
        say("\n")?;
        return Ok(None);
    }
    // What is no UTF-8 is no answer; the person is told that it is not understood.
    Ok(Some(String::from_utf8_lossy(&bytes).trim().to_owned()))
}

fn reply() -> Result<Reply, Failure> {
    let Some(line) = line()? else { return Ok(Reply::Finish) };
    Ok(match line.as_str() {
        "" | "u" | "U" => Reply::Unknown,
        "?" => Reply::Why,
        "b" | "B" => Reply::Back,
        "q" | "Q" => Reply::Finish,
        _ => Reply::Answer(line),
    })
}

/// What has been answered so far.
struct Interview<'g> {
    guide: Edition<'g>,
    advisor: Advisor,
    case: Case,
    /// Questions asked so far, with what was known of their fact before.
    asked: Vec<(FactId, FactValue)>,
}

/// Asks, answers, and saves the case to `save` or offers to save it.
pub(crate) fn ask(arguments: &Arguments, guide: &LoadedGuide, save: Option<&Path>) -> Result<(), Failure> {
    let save = save.map(expanded);
    // Nobody should answer thirty questions and hear then that there is no such folder.
    save.as_deref().map_or(Ok(()), |path| file(arguments, path)?.check())?;
    let case = Case::unknown(guide.facts.len());
    let mut interview = Interview { guide: guide.into(), advisor: Advisor::new(guide.shared()), case, asked: Vec::new() };
    match interview.run(arguments) {
        Ok(()) => finish(arguments, guide, &interview.case_file(), save),
        // Nobody can be asked any more for another file.
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
    /// Asks until nothing is left to ask or the person wants no more, then shows the answer.
    fn run(&mut self, arguments: &Arguments) -> Result<(), Failure> {
        let guide = self.guide;
        let text = guide.text;
        say(&format!("{}\n\n{}\n{}\n\n", guide.name, guide.review, t!(text, ask_help)))?;
        while let Some(id) = self.next()? {
            let fact = &guide[id];
            let heading = t!(text, ask_question, number = self.asked.len() + 1, open = self.open()?);
            say(&format!("{heading}\n"))?;
            say(&format!("{}\n{}", fact.question, choices(text, fact, self.case.get(id))))?;
            match reply()? {
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
        tell(&with_note(guide, answer(guide, Answered { case, advice: &advice, preferences: &[] })), arguments)
    }

    /// Adds an answer, unless it contradicts others or the person takes it back. Whether nothing more is asked.
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

    /// The first question of the guide's interview that is worth asking now.
    fn next(&self) -> Result<Option<FactId>, Failure> {
        let asked = self.asked.iter().map(|(fact, _)| *fact).collect();
        let questions = self.advisor.questions(&self.case, asked);
        let worth = questions.map_err(|contradiction| self.contradicted(&contradiction))?.ask;
        let mut in_order = self.guide.interview.parts.iter().flat_map(|part| &part.facts).copied();
        Ok(in_order.find(|fact| worth.contains(*fact)))
    }

    /// How many treatments are not decided yet.
    fn open(&self) -> Result<usize, Failure> {
        let advice = self.advisor.advise(&self.case);
        let advice = advice.map_err(|contradiction| self.contradicted(&contradiction))?;
        Ok(advice.treatments.iter().filter(|entry| !entry.verdict.is_decided()).count())
    }

    fn contradicted(&self, contradiction: &Contradiction) -> Failure {
        Failure::Input(contradicted(self.guide, &self.case, contradiction))
    }

    /// What was answered, also that something is not known.
    fn case_file(&self) -> CaseFile {
        let asked = self.asked.iter().map(|(fact, _)| *fact);
        let mut unknown: Vec<FactId> = asked.filter(|fact| self.case.get(*fact) == FactValue::Unknown).collect();
        unknown.sort_unstable();
        // With what the guide answers now, so that a newer one can say what it changes.
        let earlier = self.advisor.advise(&self.case).ok().map(|advice| EarlierAnswer::new(&self.guide, &advice));
        CaseFile { unknown, earlier, ..CaseFile::of(self.case.clone()) }
    }
}

/// Shows a document as a part of the conversation.
fn tell(document: &Document, arguments: &Arguments) -> Result<(), Failure> {
    let terminal = terminal(arguments);
    say_styled(&text(document, terminal), terminal.color)
}

/// Says that the guide does not cover the case, and whether the last answer is taken back. If not, nothing more is asked.
fn is_taken_back(guide: Edition<'_>, answered: Answered<'_>, arguments: &Arguments) -> Result<bool, Failure> {
    say("\n")?;
    let mut document = Document::default();
    document.paragraph(Line::default().strong(format!("{}.", t!(guide.text, scope_not_covered))));
    document.blocks.extend(not_covered(guide, answered).blocks);
    document.paragraph(t!(guide.text, ask_no_more_questions));
    tell(&document, arguments)?;
    Ok(matches!(reply()?, Reply::Back))
}

/// The values that may be answered: kinds of what is known already, parents before their kinds.
fn values(fact: &Fact, known: FactValue) -> Vec<(u8, &Value)> {
    let all = fact.domain.values();
    let possible = match known {
        FactValue::Value(index) => all[usize::from(index)].covers,
        _ => fact.domain.all(),
    };
    (0..=u8::MAX).zip(all).filter(|(index, _)| possible.contains(usize::from(*index))).collect()
}

/// Why a question is asked, and where its answer is found.
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

/// The value that a reply means: its number in the list, its name, or the only one whose name holds the words.
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

/// Saves the case where the person wants it, and asks again where that cannot be.
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
            match (line()?.as_deref(), failure) {
                // The input has ended: what was answered is printed rather than lost.
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

/// The file of a case. One that exists is never replaced.
fn file<'p>(arguments: &Arguments, path: &'p Path) -> Result<Target<'p>, Failure> {
    let target = Target::new(path).apart_from(arguments.guide.as_deref());
    match target.is_standard_output() {
        true => Err(Failure::Input("the questions are on standard output; name a file to save the case to".to_owned())),
        false => Ok(target),
    }
}
