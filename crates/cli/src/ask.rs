//! `sarcoguide ask`: asks questions about a case, one at a time, and then shows the advice.

use std::path::{Path, PathBuf};

use sarcoguide_advise::Advisor;
use sarcoguide_bundled::shown_path;
use sarcoguide_case::CaseFile;
use sarcoguide_document::terminal::text;
use sarcoguide_document::{Document, Line};
use sarcoguide_model::{Case, Contradiction, Domain, EarlierAnswer, Fact, FactId, FactValue};
use sarcoguide_text::{Text, t};
use sarcoguide_views::answer::answer;
use sarcoguide_views::doubts::doubt;
use sarcoguide_views::provenance::with_note;
use sarcoguide_views::scope::not_covered;
use sarcoguide_views::{Answered, Edition, words};

use crate::args::Arguments;
use crate::ask_list::{ListQuestion, Outcome};
use crate::input::contradicted;
use crate::loaded_guide::LoadedGuide;
use crate::output::{Failure, Target, emit, expanded, say, say_styled, terminal};
use crate::prompt::{read_line, read_reply};
use crate::reply::{MAX_LISTED, Meaning, Reply, example, meaning, possible_values};

/// The state of an interview: the answers so far, and the questions already asked.
struct Interview<'g> {
    guide: Edition<'g>,
    advisor: Advisor,
    case: Case,
    /// The questions asked so far. For each of them, the facts that it's about with the values that they had before the answer.
    asked: Vec<Vec<(FactId, FactValue)>>,
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
        // Input or output no longer works, so the person can't be asked for another file. Save to the file that was named.
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
        // The question and the answers to choose from, if the last input was misspelled or could mean several answers.
        let mut shortlist: Option<(FactId, Vec<u8>)> = None;
        while let Some(id) = self.next()? {
            let fact = &guide[id];
            let short = shortlist.take().filter(|(fact, _)| *fact == id);
            let listed = short.as_ref().map_or_else(|| possible_values(fact, self.case.get(id)), |(_, listed)| listed.clone());
            let names: Vec<&str> = fact.domain.values().iter().map(|value| value.name.as_str()).collect();
            let heading = t!(text, ask_question, number = self.asked.len() + 1, open = self.open()?);
            say(&format!("{heading}\n"))?;
            if let Some(list) = guide.guide.list_of(id) {
                let contradiction = |case: &Case| Some(contradicted(guide, case, &self.advisor.advise(case).err()?));
                match ListQuestion::new(guide, list, &self.case).ask(&contradiction)? {
                    Outcome::Back => self.go_back()?,
                    Outcome::Answered(values) if self.answer(&values, arguments)? => break,
                    Outcome::Answered(_) => {}
                    Outcome::Finish(values) => {
                        values.into_iter().for_each(|(fact, known)| self.case.set(fact, known));
                        break;
                    }
                }
                continue;
            }
            say(&format!("{}\n{}", fact.question, choices(guide, id, &listed)))?;
            match read_reply(text, &names)? {
                Reply::Finish => break,
                Reply::Why => {
                    say(&format!("{}\n\n", why(text, fact)))?;
                    shortlist = short;
                }
                Reply::Back => self.go_back()?,
                Reply::Unknown => {
                    say(&format!("{}\n\n", t!(text, ask_left_open)))?;
                    self.asked.push(vec![(id, self.case.get(id))]);
                }
                Reply::Answer(typed) => match meaning(guide, id, &self.case, &listed, &typed) {
                    Meaning::Clear(known) => {
                        let understood = words::stated(guide, &self.case.with(id, known), id);
                        say(&format!("{}\n\n", t!(text, ask_accepted, answer = understood)))?;
                        if self.answer(&[(id, known)], arguments)? {
                            break;
                        }
                    }
                    Meaning::OneOf(values) => {
                        say(&format!("{}\n\n", t!(text, ask_which)))?;
                        shortlist = Some((id, values));
                    }
                    Meaning::Unclear(message) => {
                        say(&format!("{message}\n\n"))?;
                        shortlist = short;
                    }
                },
            }
        }
        let case = &self.case;
        let advice = self.advisor.answer(case).map_err(|contradiction| self.contradicted(&contradiction))?;
        say("\n")?;
        show(&with_note(guide, answer(guide, Answered { case, advice: &advice, preferences: &[] })), arguments)
    }

    /// Takes back the answer to the last question.
    fn go_back(&mut self) -> Result<(), Failure> {
        let text = self.guide.text;
        let Some(before) = self.asked.pop() else { return say(&format!("{}\n\n", t!(text, ask_first_question))) };
        before.into_iter().for_each(|(fact, known)| self.case.set(fact, known));
        say(&format!("{}\n\n", t!(text, ask_is_back)))
    }

    /// Stores an answer, unless it contradicts earlier answers or the person takes it back. Returns whether the interview is over.
    fn answer(&mut self, values: &[(FactId, FactValue)], arguments: &Arguments) -> Result<bool, Failure> {
        let guide = self.guide;
        let mut more = self.case.clone();
        values.iter().for_each(|(fact, known)| more.set(*fact, *known));
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
        if is_outside && prompt_to_take_back(guide, answered, arguments)? {
            return Ok(false);
        }
        let before = self.advisor.advise(&self.case).map(|advice| advice.doubts).unwrap_or_default();
        for entry in advice.doubts.iter().filter(|entry| !before.contains(entry)) {
            let mut document = Document::default();
            document.paragraph(Line::default().strong(t!(guide.text, doubts_heading, count = 1)));
            document.blocks.extend(doubt(guide, &more, entry).blocks);
            document.paragraph(t!(guide.text, ask_doubt));
            show(&document, arguments)?;
        }
        self.asked.push(values.iter().map(|(fact, _)| (*fact, self.case.get(*fact))).collect());
        self.case = more;
        Ok(is_outside)
    }

    /// Returns the first question of the interview that is worth asking now.
    fn next(&self) -> Result<Option<FactId>, Failure> {
        let asked = self.asked.iter().flatten().map(|(fact, _)| *fact).collect();
        let questions = self.advisor.interview_questions(&self.case, asked);
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
        let asked = self.asked.iter().flatten().map(|(fact, _)| *fact);
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
fn prompt_to_take_back(guide: Edition<'_>, answered: Answered<'_>, arguments: &Arguments) -> Result<bool, Failure> {
    say("\n")?;
    let mut document = Document::default();
    document.paragraph(Line::default().strong(format!("{}.", t!(guide.text, scope_not_covered))));
    document.blocks.extend(not_covered(guide, answered).blocks);
    document.paragraph(t!(guide.text, ask_no_more_questions));
    show(&document, arguments)?;
    Ok(matches!(read_reply(guide.text, &[])?, Reply::Back))
}

/// Explains why a question is asked, and where to find its answer.
fn why(text: &Text, fact: &Fact) -> String {
    let why = fact.why.clone().unwrap_or_else(|| t!(text, ask_why));
    fact.where_to_find.as_ref().map_or(why.clone(), |place| t!(text, ask_why_and_where, why = why, place = place))
}

/// Says what the person can type: a number in a range, one of the listed values, or a name.
fn choices(guide: Edition<'_>, id: FactId, listed: &[u8]) -> String {
    let text = guide.text;
    match &guide[id].domain {
        Domain::Number { unit, min, max } => {
            let (min, max, example) = (min.to_string(), max.to_string(), example(&guide, text, id));
            format!("  {}\n", t!(text, ask_number, min = min, max = max, unit = unit, example = example))
        }
        Domain::Values(_) if listed.len() > MAX_LISTED => format!("  {}\n", t!(text, ask_name)),
        Domain::Values(values) => {
            let line = |(number, index): (usize, &u8)| {
                let value = &values[usize::from(*index)];
                let indent = if value.parent.is_some() { "  " } else { "" };
                format!("  {indent}{}  {}\n", number + 1, value.name)
            };
            listed.iter().enumerate().map(line).collect()
        }
    }
}

/// Saves the case to the file `save`, or asks the person for a file. If saving fails, asks for another file.
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
                // The input ended, and the file named last couldn't be written. Print the case so that it isn't lost.
                (None, Some(failure)) => {
                    emit(case)?;
                    return Err(failure);
                }
                (None | Some(""), _) => return Ok(()),
                (Some(name), _) if Reply::of(text, name, &[]) == Reply::Finish => return Ok(()),
                // A single letter is more likely to be meant as a reply, such as `u` for "unknown". `./u` still names a file.
                (Some(name), _) if name.chars().count() == 1 => say(&(t!(text, ask_save_letter, letter = name) + "\n"))?,
                (Some(name), _) => path = Some(expanded(Path::new(name))),
            }
            failure = None;
            continue;
        };
        match file(arguments, &named).and_then(|file| file.write(case.as_bytes())) {
            Ok(()) => return say(&(t!(text, ask_saved, file = shown_path(&named)) + "\n")),
            Err(error) => {
                say(&(t!(text, ask_not_saved, why = error.message().unwrap_or_default()) + "\n"))?;
                failure = Some(error);
            }
        }
    }
}

/// The file to save a case to. An existing file is never replaced.
fn file<'p>(arguments: &Arguments, path: &'p Path) -> Result<Target<'p>, Failure> {
    let target = Target::new(path).protect_input(arguments.guide.as_deref());
    match target.is_standard_output() {
        true => Err(Failure::Input("the questions are on standard output; name a file to save the case to".to_owned())),
        false => Ok(target),
    }
}
