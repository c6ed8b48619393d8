//! Loads a guide: compiles the text of its files to the core form.

use std::cell::RefCell;

use sarcoguide_model::{Constraint, Guide, GuideCase, GuideText, Label, NumberWords, RulePlace, Term};
use toml::de::DeTable;

use crate::code::{Code, Severity};
use crate::content_hash::content_hash;
use crate::context::Context;
use crate::coverage::{Citations, Coverage};
use crate::diagnostic::Diagnostic;
use crate::errors::Errors;
use crate::fact_list::ListRules;
use crate::ids::{Ids, check_files};
use crate::names::Names;
use crate::size::MAX_PER_KIND;
use crate::source::{Parsed, SourceFile};
use crate::table::Table;
use crate::texts;
use crate::thresholds::Thresholds;

/// The maximum number of verdicts that a check of the guide's cases may have to compute: the number of cases times the number of treatments. The
/// built-in guide needs about a hundredth of this number.
const MAX_VERDICTS: usize = 4_000_000;

/// The result of loading a guide.
#[derive(Debug)]
#[non_exhaustive]
pub struct LoadResult {
    /// The guide, or `None` if there is an error.
    pub loaded: Option<Loaded>,
    /// All errors, then all warnings, each sorted by place.
    pub diagnostics: Vec<Diagnostic>,
}

/// A guide without errors.
#[derive(Debug)]
#[non_exhaustive]
pub struct Loaded {
    /// The core form of the guide.
    pub guide: Guide,
    /// The guide's test cases, from the files of treatments and from `cases/`.
    pub cases: Vec<GuideCase>,
    /// For each source, how many of its passages the guide cites.
    pub coverage: Vec<Coverage>,
    /// For each policy, the path of the file that defines it, in the order of `guide.policies`.
    policy_files: Vec<String>,
    /// For each usual value, the path of the file that defines it, in the order of `guide.usual_values`.
    usual_value_files: Vec<String>,
}

impl Loaded {
    /// The path, within the guide's folder, of the file that contains the rule at `place`.
    #[must_use]
    pub fn file_of(&self, place: RulePlace) -> String {
        let guide = &self.guide;
        match place {
            RulePlace::Scope | RulePlace::OutOfScope(_) | RulePlace::NoTreatmentIndicated(_) => "guide.toml".to_owned(),
            RulePlace::Policy(index) => self.policy_files.get(index).cloned().unwrap_or_default(),
            RulePlace::Doubt(index) => format!("doubts/{}.toml", guide.doubts[index].area),
            RulePlace::Row(derived, _) => format!("derived/{}.toml", guide[derived].area),
            RulePlace::ModalityDeclined(_) => "terms.toml".to_owned(),
            RulePlace::Team(_) => "team.toml".to_owned(),
            RulePlace::UsualValue(index) => self.usual_value_files.get(index).cloned().unwrap_or_default(),
            RulePlace::TeamQuestion(_) => "questions.toml".to_owned(),
            RulePlace::TreatmentDeclined(id)
            | RulePlace::Indication(id, _)
            | RulePlace::Contraindication(id, _)
            | RulePlace::Precaution(id, _)
            | RulePlace::Effect(id, _)
            | RulePlace::Outcome(id, _)
            | RulePlace::Administration(id, _) => {
                let treatment = &guide[id];
                format!("treatments/{}/{}.toml", guide[treatment.modality].id, treatment.id)
            }
        }
    }

    /// The path, within the guide's folder, of the file that contains `constraint`.
    #[must_use]
    pub fn file_of_constraint(&self, constraint: &Constraint) -> String {
        let folder = if constraint.doubt.is_some() { "doubts" } else { "vocabulary" };
        format!("{folder}/{}.toml", constraint.area)
    }
}

/// Reads and checks a guide and compiles it to the core form. `files` must contain all files of the guide, because `load` reads nothing else.
#[must_use]
pub fn load(files: &[SourceFile]) -> LoadResult {
    if let Some(error) = crate::size::check_complexity(files) {
        return LoadResult { loaded: None, diagnostics: vec![error] };
    }
    let errors = Errors::default();
    let toml = files.iter().enumerate().filter(|(_, file)| !texts::is_text(file));
    let parsed: Vec<Parsed> = toml.map(|(index, file)| parse(index, file, &errors)).collect();
    let texts = texts::read(files, &errors);
    let mut loaded = lower(&parsed, &errors, texts);
    if let Some(loaded) = &mut loaded {
        loaded.guide.content_hash = content_hash(files);
    }
    let mut diagnostics = errors.into_inner();
    remove_follow_on_errors(&mut diagnostics);
    diagnostics.sort_by_key(|diagnostic| {
        let mark = diagnostic.marks.first();
        (diagnostic.severity(), mark.map(|mark| (mark.file, mark.span.start)), diagnostic.code)
    });
    diagnostics.dedup();
    let no_errors = diagnostics.iter().all(|diagnostic| diagnostic.severity() == Severity::Warning);
    LoadResult { loaded: loaded.filter(|_| no_errors), diagnostics }
}

/// If a file isn't valid TOML, removes diagnostics that are probably only consequences of that: those in `FOLLOW_ON`, because what they report as
/// unknown, unused or missing may be in the broken file, and all others in the broken file itself.
fn remove_follow_on_errors(diagnostics: &mut Vec<Diagnostic>) {
    let file = |diagnostic: &Diagnostic| diagnostic.marks.first().map(|mark| mark.file);
    let broken: Vec<Option<usize>> = diagnostics.iter().filter(|found| found.code == Code::NotToml).map(file).collect();
    if !broken.is_empty() {
        const FOLLOW_ON: [Code; 9] = [
            Code::UnknownFact,
            Code::UnknownValue,
            Code::UnknownName,
            Code::ImpossibleValue,
            Code::UnknownPassage,
            Code::UnencodedPassage,
            Code::UncitedPassage,
            Code::UnusedEffect,
            Code::TreatmentWithoutCase,
        ];
        diagnostics.retain(|found| {
            found.code == Code::NotToml
                || !(FOLLOW_ON.contains(&found.code) || broken.contains(&file(found)) && file(found).is_some())
        });
    }
}

fn parse<'a>(index: usize, file: &'a SourceFile, errors: &Errors) -> Parsed<'a> {
    let (table, problems) = DeTable::parse_recoverable(&file.text);
    for problem in problems {
        let span = problem.span().unwrap_or(0..0);
        let error = Diagnostic::new(Code::NotToml, format!("this isn't valid TOML: {}", problem.message()), index, span, "here");
        errors.push(error.help("fix this first; names are checked only when every file can be read"));
    }
    Parsed { index, file, table }
}

fn is_known_path(path: &str) -> bool {
    match path.split('/').collect::<Vec<_>>().as_slice() {
        [name] => [
            "guide.toml",
            "terms.toml",
            "accepted.toml",
            "policy.toml",
            "glossary.toml",
            "team.toml",
            "links.toml",
            "interview.toml",
            "values.toml",
            "symptoms.toml",
            "scenarios.toml",
            "questions.toml",
        ]
        .contains(name),
        ["sources", _] | ["sources", _, _] | ["treatments", _, _] => true,
        [folder, _] => {
            ["vocabulary", "derived", "doubts", "types", "effects", "cases", "policy", "scenarios", "triage"].contains(folder)
        }
        _ => false,
    }
}

/// Lowers (converts) the parsed files to the core form. Returns `None` after an error that makes further checks pointless.
fn lower(parsed: &[Parsed], errors: &Errors, texts: Vec<GuideText>) -> Option<Loaded> {
    let required_file = |path: &str| {
        let found = parsed.iter().find(|file| file.file.path == path);
        if found.is_none() {
            errors.push(Diagnostic::whole(Code::MissingFile, format!("the guide has no file `{path}`")).help("add it"));
        }
        found
    };
    let (known, strays): (Vec<&Parsed>, Vec<&Parsed>) = parsed.iter().partition(|file| is_known_path(&file.file.path));
    for file in strays {
        let message = format!("a guide can't have a file `{}`", file.file.path);
        let error = Diagnostic::new(Code::StrayFile, message, file.index, 0..0, "this file isn't read");
        errors.push(error.help("`docs/guide-format.md` lists the files that a guide can have"));
    }
    let in_folder = |folder: &'static str| known.iter().copied().filter(move |file| file.in_folder(folder));
    let mut context = Context {
        errors,
        names: Names::default(),
        types: Vec::new(),
        thresholds: Thresholds::default(),
        citations: Citations::default(),
        doubts: Vec::new(),
        modalities: Vec::new(),
        timings: Vec::new(),
        intents: Vec::new(),
        strengths: Vec::new(),
        measures: Vec::new(),
        routes: Vec::new(),
        settings: Vec::new(),
        frequencies: Vec::new(),
        number_words: NumberWords::default(),
        effects: in_folder("effects").map(|file| file.stem().to_owned()).collect(),
        effects_used: RefCell::default(),
        treatments: in_folder("treatments").map(|file| file.stem().to_owned()).collect(),
        listed: None,
        list_rules: None,
    };
    context.effects_used = RefCell::new(vec![false; context.effects.len()]);
    check_files(in_folder("effects"), errors);
    check_files(in_folder("treatments"), errors);
    check_files(in_folder("types"), errors);
    let sources = in_folder("sources").collect::<Vec<_>>();
    context.citations = Citations::read(&sources, errors);

    let counts =
        [("treatments", context.treatments.len()), ("effects", context.effects.len()), ("passages", context.citations.len())];
    for (what, count) in counts {
        if count > MAX_PER_KIND {
            let message = format!("the guide has {count} {what}; the maximum is {MAX_PER_KIND}");
            errors.push(Diagnostic::whole(Code::TooMany, message));
            return None;
        }
    }
    let (guide_file, terms_file) = (required_file("guide.toml")?, required_file("terms.toml")?);
    let terms_table = Table::new(terms_file.index, "terms.toml", &terms_file.file.text, &terms_file.table, errors);
    context.number_words = crate::terms::number_words(&terms_table);
    let type_files: Vec<_> = in_folder("types").collect();
    let types: Vec<_> = type_files.iter().map(|file| crate::parts::subtype(&context, file)).collect();
    let vocabulary: Vec<_> = in_folder("vocabulary").collect();
    let mut ids = Ids::new("facts");
    let with_components = crate::read_fact_list::treatments(&in_folder("treatments").collect::<Vec<_>>());
    if !crate::vocabulary::read(&mut context, &mut ids, &vocabulary, &types, &type_files, &with_components) {
        return None;
    }
    context.types = types.into_iter().map(|(subtype, _)| subtype).collect();
    let derived: Vec<_> = in_folder("derived").collect();
    if !crate::derived::read(&mut context, &mut ids, &derived) {
        return None;
    }
    let mut constraints = crate::vocabulary::constraints(&context, &vocabulary);
    context.list_rules = crate::read_fact_list::read_rules(&context, &vocabulary);
    constraints.extend(context.list_rules.iter().flat_map(ListRules::constraints));
    let (doubts, soft) = crate::doubts::read(&context, &in_folder("doubts").collect::<Vec<_>>());
    constraints.extend(soft);
    context.doubts = doubts.iter().map(|doubt| doubt.id.clone()).collect();

    let terms = crate::terms::read(&context, &terms_table);
    let ids = |terms: &[Term]| terms.iter().map(|term| term.id.clone()).collect();
    let labels = |labels: &[Label]| labels.iter().map(|label| label.id.clone()).collect();
    context.modalities = terms.modalities.iter().map(|modality| modality.id.clone()).collect();
    (context.timings, context.intents) = (ids(&terms.timings), ids(&terms.intents));
    context.strengths = terms.strengths.iter().map(|strength| strength.id.clone()).collect();
    context.measures = terms.measures.iter().map(|measure| measure.id.clone()).collect();
    (context.routes, context.settings) = (labels(&terms.routes), labels(&terms.settings));
    context.frequencies = terms.frequencies;

    let mut cases = Vec::new();
    let treatments: Vec<_> = in_folder("treatments").map(|file| crate::treatment::read(&context, file, &mut cases)).collect();
    let effects: Vec<_> = in_folder("effects").map(|file| crate::parts::effect(&context, file)).collect();
    let (glossary, syllables) =
        required_file("glossary.toml").map(|file| crate::parts::glossary(&context, file)).unwrap_or_default();
    let team = required_file("team.toml").map(|file| crate::parts::team(&context, file)).unwrap_or_default();
    let links = required_file("links.toml").map(|file| crate::parts::links(&context, file)).unwrap_or_default();
    let optional = |path: &str| parsed.iter().find(|file| file.file.path == path);
    let interview = match optional("interview.toml") {
        Some(file) => crate::interview::interview(&context, file),
        None => crate::interview::default_interview(&context.names.facts),
    };
    let scenario_files = optional("scenarios.toml").into_iter().chain(in_folder("scenarios"));
    let (usual_values, usual_value_files): (Vec<_>, Vec<_>) = scenario_files
        .flat_map(|file| crate::scenarios::usual_values(&context, file).into_iter().map(|entry| (entry, file.file.path.clone())))
        .unzip();
    let team_questions = optional("questions.toml").map(|file| crate::person::team_questions(&context, file)).unwrap_or_default();
    let exercise = optional("values.toml").map(|file| crate::person::exercise(&context, file, &terms.modalities, &treatments));
    let symptom_check =
        optional("symptoms.toml").map(|file| crate::person::symptom_check(&context, file, &terms.modalities, &links));
    let triage_files: Vec<_> = in_folder("triage").collect();
    let triage = crate::triage::read(&context, &triage_files, &terms.modalities, &treatments);
    let guide_table = Table::new(guide_file.index, "guide.toml", &guide_file.file.text, &guide_file.table, errors);
    let head = crate::parts::head(&context, &guide_table);
    let policy_files: Vec<_> = optional("policy.toml").into_iter().chain(in_folder("policy")).collect();
    let (policies, policy_files) = crate::parts::policies(&context, &policy_files, &treatments).into_iter().unzip();
    cases.extend(
        in_folder("cases").map(|file| crate::cases::of_file(&context, file, &head.out_of_scope, &head.no_treatment_indicated)),
    );
    for (index, used) in context.effects_used.borrow().iter().enumerate() {
        if !used && !effects[index].symptom_only {
            let file = in_folder("effects").nth(index).map_or(0, |file| file.index);
            let warning = Diagnostic::new(
                Code::UnusedEffect,
                format!("no treatment or policy uses the effect `{}`", context.effects[index]),
                file,
                0..0,
                "unused",
            );
            context.report(warning.help(
                "add it to a treatment, write `symptom_only = true` if only the symptom check uses it, or delete the file",
            ));
        }
    }
    // Take only some fields out of the context, because `accepted.toml` is read later and needs the others.
    let (names, frequencies) = (context.names.clone(), std::mem::take(&mut context.frequencies));
    let (sources, passages, coverage) = std::mem::take(&mut context.citations).finish(errors);
    let mut guide = Guide {
        name: head.name,
        version: head.version,
        // `load` sets this, because only `load` has all files.
        content_hash: String::new(),
        language: head.language,
        disclaimer: head.disclaimer,
        reviewers: head.reviewers,
        review: head.review,
        revised: head.revised,
        about: head.about,
        feedback: head.feedback,
        source_rules: head.source_rules,
        scope: head.scope,
        out_of_scope: head.out_of_scope,
        no_treatment_indicated: head.no_treatment_indicated,
        policies,
        accepted: Vec::new(),
        modalities: terms.modalities,
        timings: terms.timings,
        start: terms.start,
        end: terms.end,
        intents: terms.intents,
        strengths: terms.strengths,
        frequencies,
        number_words: context.number_words.clone(),
        measures: terms.measures,
        routes: terms.routes,
        settings: terms.settings,
        syllables,
        facts: names.facts,
        fact_lists: context.list_rules.iter().map(ListRules::list).collect(),
        constraints,
        doubts,
        derived: names.derived,
        treatments,
        effects,
        types: context.types.clone(),
        glossary,
        team,
        team_questions,
        links,
        interview,
        usual_values,
        exercise,
        symptom_check,
        triage,
        sources,
        passages,
        texts,
    };
    // `accepted.toml` refers to places in the guide by names that contain IDs. After an error, these names may be wrong, so the file isn't read.
    if let Some(file) = optional("accepted.toml").filter(|_| !errors.has_errors()) {
        guide.accepted = crate::accepted::read(&context, file, &guide);
    }
    if cases.len().saturating_mul(guide.treatments.len()) > MAX_VERDICTS {
        let (many, treatments) = (cases.len(), guide.treatments.len());
        let message = format!("the guide has {many} cases for {treatments} treatments");
        let error = Diagnostic::whole(Code::TooMany, message);
        errors.push(error.help(format!(
            "a check computes a verdict for every treatment in every case; the maximum is {MAX_VERDICTS} verdicts"
        )));
        return None;
    }
    Some(Loaded { guide, cases, coverage, policy_files, usual_value_files })
}
