//! Asks about a list of facts in `sarcoguide ask`: a person types one name after another, says for each one how it went, and then whether that's all.

use sarcoguide_model::{Case, FactId, FactList, FactValue};
use sarcoguide_search::search::{Found, ListIndex};
use sarcoguide_text::t;
use sarcoguide_views::{Edition, words};

use crate::output::{Failure, say};
use crate::prompt::{read_line, read_reply};
use crate::reply::{Meaning, Reply, is_word, meaning};

/// How the question ends.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The person answered. These are the values of all facts of the list; those that the person doesn't know are unknown.
    Answered(Vec<(FactId, FactValue)>),
    /// The person goes back to the previous question.
    Back,
    /// The person ends the interview. These are the values known so far.
    Finish(Vec<(FactId, FactValue)>),
}

/// The question about a list.
pub(crate) struct ListQuestion<'a> {
    guide: Edition<'a>,
    list: &'a FactList,
    index: ListIndex,
    case: Case,
    /// The facts on the person's list that they added here, in this order.
    added: Vec<FactId>,
}

impl<'a> ListQuestion<'a> {
    /// Prepares the question. `case` states what is known so far.
    pub fn new(guide: Edition<'a>, list: &'a FactList, case: &Case) -> Self {
        let index = ListIndex::of(guide.guide, list, guide.text);
        Self { guide, list, index, case: case.clone(), added: Vec::new() }
    }

    /// Asks until the person is done. `contradiction` says what is wrong with a case that contradicts itself.
    pub fn ask(mut self, contradiction: &dyn Fn(&Case) -> Option<String>) -> Result<Outcome, Failure> {
        let text = self.guide.text;
        // The entries to choose from, if a name could mean several.
        let mut shortlist: Vec<FactId> = Vec::new();
        say(&format!("{}\n", self.list.question))?;
        loop {
            let present: Vec<FactId> = self.list.present(&self.case).collect();
            if shortlist.is_empty() {
                let lines = present.iter().map(|fact| format!("  {}\n", self.line(*fact))).collect::<String>();
                let hint = if present.is_empty() { t!(text, ask_list_first) } else { t!(text, ask_list_more) };
                say(&format!("{lines}  {hint}\n"))?;
            }
            let Some(typed) = read_line()? else { return Ok(Outcome::Finish(self.known())) };
            let listed = std::mem::take(&mut shortlist);
            let names: Vec<&str> = self.list.names.iter().map(String::as_str).collect();
            let done = match Reply::of(text, &typed, &names) {
                Reply::Finish => return Ok(Outcome::Finish(self.known())),
                Reply::Why => {
                    say(&self.explanation())?;
                    shortlist = self.ask_which(listed)?;
                    None
                }
                // The person doesn't choose an entry of the numbered list. Ask for a name again.
                Reply::Back | Reply::Unknown if !listed.is_empty() => None,
                Reply::Back => match self.added.pop() {
                    Some(fact) => {
                        self.case.set(fact, FactValue::Unknown);
                        say(&format!("{}\n\n", t!(text, ask_list_removed, name = self.list.name_of(fact))))?;
                        None
                    }
                    None => return Ok(Outcome::Back),
                },
                Reply::Unknown if typed.is_empty() && !present.is_empty() => match self.is_complete()? {
                    Some(true) => Some(self.absent()),
                    Some(false) => None,
                    None => Some(FactValue::Unknown),
                },
                Reply::Unknown => Some(FactValue::Unknown),
                Reply::Answer(typed) if present.is_empty() && is_word(&typed, &t!(text, ask_words_none)) => Some(self.absent()),
                Reply::Answer(typed) => {
                    match self.meant(&typed, &listed) {
                        Ok(fact) => {
                            if let Some(outcome) = self.add(fact, contradiction)? {
                                return Ok(outcome);
                            }
                        }
                        Err(several) if several.is_empty() && !listed.is_empty() => {
                            say(&format!("{}\n\n", t!(text, ask_no_such_answer, last = listed.len())))?;
                            shortlist = self.ask_which(listed)?;
                        }
                        Err(several) if several.is_empty() => say(&format!("{}\n\n", t!(text, ask_list_no_such_name)))?,
                        Err(several) => shortlist = self.ask_which(several)?,
                    }
                    None
                }
            };
            let Some(rest) = done else { continue };
            let (case, said) = self.finished(rest);
            match contradiction(&case) {
                Some(why) => say(&format!("{}\n\n", t!(text, ask_contradiction, why = why)))?,
                None => {
                    say(&format!("{said}\n\n"))?;
                    return Ok(Outcome::Answered(self.list.facts.iter().map(|fact| (*fact, case.get(*fact))).collect()));
                }
            }
        }
    }

    /// Asks which of these entries is meant, and returns them. Asks nothing if there are none.
    fn ask_which(&self, several: Vec<FactId>) -> Result<Vec<FactId>, Failure> {
        if !several.is_empty() {
            let line = |(number, fact): (usize, &FactId)| format!("  {}  {}\n", number + 1, self.list.name_of(*fact));
            let lines = several.iter().enumerate().map(line).collect::<String>();
            say(&format!("{}\n{lines}", t!(self.guide.text, ask_which)))?;
        }
        Ok(several)
    }

    /// A fact of the list with its value, as a line.
    fn line(&self, fact: FactId) -> String {
        words::stated_sentences(self.guide, &self.case, [fact]).concat()
    }

    fn absent(&self) -> FactValue {
        u8::try_from(self.list.absent).map_or(FactValue::Unknown, FactValue::Value)
    }

    /// The values of the facts on the person's list.
    fn known(&self) -> Vec<(FactId, FactValue)> {
        self.list.present(&self.case).map(|fact| (fact, self.case.get(fact))).collect()
    }

    /// Returns the case in which all facts that aren't on the person's list have the value `rest`, and what was understood.
    fn finished(&self, rest: FactValue) -> (Case, String) {
        let present: Vec<FactId> = self.list.present(&self.case).collect();
        let mut case = self.case.clone();
        self.list.facts.iter().filter(|fact| !present.contains(fact)).for_each(|fact| case.set(*fact, rest));
        let text = self.guide.text;
        let stated = self.list.facts.iter().copied().filter(|fact| case.get(*fact) != FactValue::Unknown);
        let said = words::stated_sentences(self.guide, &case, stated).join("; ");
        let said = if said.is_empty() { t!(text, ask_left_open) } else { t!(text, ask_accepted, answer = said) };
        (case, said)
    }

    /// Says why the question is asked, and which names can be typed.
    fn explanation(&self) -> String {
        let text = self.guide.text;
        let about = self.list.facts.first().map(|fact| &self.guide[*fact]);
        let why = about.and_then(|fact| fact.why.clone()).unwrap_or_else(|| t!(text, ask_why));
        let place = about.and_then(|fact| fact.where_to_find.as_ref());
        let why = place.map_or(why.clone(), |place| t!(text, ask_why_and_where, why = why, place = place));
        let mut names: Vec<&str> = self.list.names.iter().map(String::as_str).collect();
        names.sort_unstable_by_key(|name| name.to_lowercase());
        format!("{why}\n\n{}\n\n", t!(text, ask_list_names, names = names.join("; ")))
    }

    /// Returns the entry that a name means, or the entries that it could mean. `listed` are the entries in the numbered list above, if there is one.
    fn meant(&self, typed: &str, listed: &[FactId]) -> Result<FactId, Vec<FactId>> {
        let numbered = typed.parse::<usize>().ok().and_then(|number| listed.get(number.checked_sub(1)?)).copied();
        if let Some(fact) = numbered.or_else(|| self.index.named(typed)) {
            return Ok(fact);
        }
        // A number that isn't in the numbered list isn't a name either.
        if !listed.is_empty() && typed.chars().all(|letter| letter.is_ascii_digit()) {
            return Err(Vec::new());
        }
        match self.index.find(self.guide.guide, typed) {
            Found::Matches(facts) | Found::Nearest(facts) => Err(facts),
        }
    }

    /// Asks how it went with one entry, and adds the entry. Returns an outcome only if the question ends here.
    fn add(&mut self, fact: FactId, contradiction: &dyn Fn(&Case) -> Option<String>) -> Result<Option<Outcome>, Failure> {
        let (guide, text, entry) = (self.guide, self.guide.text, &self.guide[fact]);
        let values = entry.domain.values();
        let indexes = (0..=u8::MAX).zip(values).filter(|(index, _)| usize::from(*index) != self.list.absent);
        let (general, kinds): (Vec<_>, Vec<_>) = indexes.partition(|(_, value)| value.parent.is_none());
        let unknown = general.first().map(|(index, _)| *index);
        let listed: Vec<u8> = kinds.into_iter().chain(general).map(|(index, _)| index).collect();
        loop {
            let line = |(number, index): (usize, &u8)| format!("  {}  {}\n", number + 1, values[usize::from(*index)].name);
            let lines = listed.iter().enumerate().map(line).collect::<String>();
            say(&format!("{}\n{lines}", entry.question))?;
            let names: Vec<&str> = values.iter().map(|value| value.name.as_str()).collect();
            let value = match read_reply(text, &names)? {
                Reply::Finish => return Ok(Some(Outcome::Finish(self.known()))),
                Reply::Back => return Ok(None),
                Reply::Why => {
                    say(&self.explanation())?;
                    continue;
                }
                Reply::Unknown => unknown.map_or(FactValue::Unknown, FactValue::Value),
                Reply::Answer(typed) => match meaning(guide, fact, &Case::unknown(guide.facts.len()), &listed, &typed) {
                    Meaning::Clear(value) => value,
                    Meaning::OneOf(_) => {
                        say(&format!("{}\n\n", t!(text, ask_no_such_answer, last = listed.len())))?;
                        continue;
                    }
                    Meaning::Unclear(message) => {
                        say(&format!("{message}\n\n"))?;
                        continue;
                    }
                },
            };
            let more = self.case.with(fact, value);
            match contradiction(&more) {
                Some(why) => {
                    say(&format!("{}\n\n", t!(text, ask_contradiction, why = why)))?;
                    let is_possible = |index: &u8| contradiction(&self.case.with(fact, FactValue::Value(*index))).is_none();
                    if listed.iter().any(is_possible) {
                        continue;
                    }
                }
                None => {
                    self.added.retain(|other| *other != fact);
                    self.added.extend((!self.list.is_absent(value)).then_some(fact));
                    self.case = more;
                    say("\n")?;
                }
            }
            return Ok(None);
        }
    }

    /// Asks whether the list is complete. Returns `None` if the person doesn't know.
    fn is_complete(&self) -> Result<Option<bool>, Failure> {
        let text = self.guide.text;
        let (yes, no) = (t!(text, ask_list_yes), t!(text, ask_list_no));
        loop {
            say(&format!("{}\n  1  {yes}\n  2  {no}\n", self.list.confirmation))?;
            match read_reply(text, &[&yes, &no])? {
                Reply::Finish | Reply::Unknown => return Ok(None),
                Reply::Back => return Ok(Some(false)),
                Reply::Why => say(&format!("{}\n\n", t!(text, ask_list_why_complete)))?,
                Reply::Answer(typed) => {
                    let begins = |word: &str| word.to_lowercase().starts_with(&typed.to_lowercase());
                    match typed.as_str() {
                        "1" => return Ok(Some(true)),
                        "2" => return Ok(Some(false)),
                        _ if begins(&yes) => return Ok(Some(true)),
                        _ if begins(&no) => return Ok(Some(false)),
                        _ => say(&format!("{}\n\n", t!(text, ask_no_such_answer, last = 2)))?,
                    }
                }
            }
        }
    }
}
