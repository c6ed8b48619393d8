//! The command `triage`: asks how a person feels, and says how soon to call.

use sarcoguide_advise::triage::advise;
use sarcoguide_case::{parse_number, shown};
use sarcoguide_model::{ClosedSet, TreatmentId, Triage, TriageAnswer, TriageAnswers};
use sarcoguide_views::json;
use sarcoguide_views::triage::document;

use crate::args::{Arguments, TriageFormat};
use crate::input::pick;
use crate::loaded_guide::LoadedGuide;
use crate::output::{Failure, emit_json, show};

/// The word for a person who has no treatment.
const NO_TREATMENT: &str = "none";
/// The most groups that can be asked about together.
const MAX_GROUPS: usize = 16;

/// What the command line says.
pub(crate) struct Input<'a> {
    pub groups: &'a [String],
    pub treatments: &'a [String],
    pub time: Option<&'a str>,
    pub answers: &'a [String],
}

/// Prints the groups, the open questions and how soon to call.
pub(crate) fn triage(arguments: &Arguments, guide: &LoadedGuide, input: &Input<'_>, format: TriageFormat) -> Result<(), Failure> {
    let Some(triage) = &guide.triage else {
        return Err(Failure::Input("this guide has no triage; add questions in `triage/`".to_owned()));
    };
    let (answers, groups) = read(guide, triage, input)?;
    let advice = advise(guide, triage, &answers, &groups);
    match format {
        TriageFormat::Json => emit_json(&json::triage(guide.into(), triage, &advice)),
        TriageFormat::Text => show(guide.into(), document(guide.into(), triage, &advice), arguments),
    }
}

/// Returns the answers and the indexes of the groups to ask about: those that are named, and those of the answers.
fn read(guide: &LoadedGuide, triage: &Triage, input: &Input<'_>) -> Result<(TriageAnswers, Vec<usize>), Failure> {
    let mut answers = TriageAnswers::none(triage);
    let group_ids = || triage.groups.iter().map(|group| group.id.as_str());
    let mut chosen: Vec<usize> = Vec::new();
    for id in input.groups {
        let place = pick("group of questions", id, group_ids(), triage.group(id))?;
        if !chosen.contains(&place) && chosen.len() < MAX_GROUPS {
            chosen.push(place);
        }
    }
    for text in input.answers {
        let wrong =
            || Failure::Input(format!("`{}` isn't an answer; write QUESTION=yes, QUESTION=no or QUESTION=not_sure", shown(text)));
        let (id, answer) = text.split_once('=').ok_or_else(wrong)?;
        let answer = TriageAnswer::from_id(answer.trim()).ok_or_else(wrong)?;
        let ids = || triage.questions().map(|(_, question)| triage.facts[question.fact.index()].id.as_str());
        let id = id.trim();
        let found = triage.fact(id).and_then(|fact| Some((fact, triage.group_of(fact)?)));
        let (fact, group) = pick("question", id, ids(), found)?;
        answers.set(fact, Some(answer));
        if !chosen.contains(&group) {
            chosen.push(group);
        }
    }
    if !input.treatments.is_empty() {
        let named = input.treatments.iter().filter(|id| *id != NO_TREATMENT);
        let ids = || guide.treatments.iter().map(|treatment| treatment.id.as_str());
        let named: Result<Vec<TreatmentId>, Failure> =
            named.map(|id| pick("treatment", id, ids(), guide.treatment(id))).collect();
        answers.treatments = Some(named?);
    }
    if let Some(time) = input.time {
        let Some(fact) = triage.time else {
            return Err(Failure::Input("the triage of this guide doesn't ask for a time; leave out `--time`".to_owned()));
        };
        let time = parse_number(&triage.facts[fact.index()], &guide.number_words, time);
        answers.time = time.map_err(|error| Failure::Input(format!("`--time`: {}", error.message(guide.text()))))?;
    }
    Ok((answers, chosen))
}
