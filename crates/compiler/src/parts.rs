//! Reads types, effects, the glossary, the team, links, policies and `guide.toml`.

use std::collections::BTreeMap;

use sarcoguide_model::{
    About, CallAdvice, Effect, Feedback, GlossaryTerm, Link, MeasureId, Must, NoTreatmentIndicated, OutOfScope, PartialDate,
    Policy, Rule, ScopeKind, Statement, Subtype, TeamMember, Treatment, TreatmentId, Urgency,
};

use crate::code::Code;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::ids::Ids;
use crate::source::Parsed;
use crate::table::Table;
use crate::values::KindsNote;

/// Reads a file in `types/`, with what it says about the kinds of the type.
pub(crate) fn subtype(context: &Context, file: &Parsed) -> (Subtype, KindsNote) {
    let table = Table::new(file.index, "a type", &file.file.text, &file.table, context.errors);
    let subtype = Subtype {
        id: file.stem().to_owned(),
        name: table.text("name"),
        synonyms: table.strings("synonyms"),
        parent: table.optional_text("parent"),
        scope: table.required_choice("scope", ScopeKind::Out),
        group: table.optional_text("group"),
        codes: table.map("codes"),
        special: context.statements(&table, "special", "a special statement"),
    };
    let note = KindsNote::read(&table, 0..0);
    table.finish();
    (subtype, note)
}

/// Reads a file in `effects/`.
pub(crate) fn effect(context: &Context, file: &Parsed) -> Effect {
    let table = Table::new(file.index, "an effect", &file.file.text, &file.table, context.errors);
    let urgency_from = context.cited_passages(&table, "urgency_from", false);
    let urgency_reason = table.optional_text("urgency_reason");
    if urgency_from.is_empty() && urgency_reason.is_none() {
        let error = Diagnostic::new(
            Code::Uncited,
            "the urgency has no source and no reason",
            file.index,
            table.span.clone(),
            "this effect",
        );
        table.report(error.help("add `urgency_from` with passages, or add `urgency_reason`"));
    }
    let call = |entry: &Table| CallAdvice {
        urgency: entry.required_choice("urgency", Urgency::Emergency),
        reason: entry.optional_text("reason"),
        statement: context.statement(entry),
    };
    let effect = Effect {
        id: file.stem().to_owned(),
        name: table.text("name"),
        term: table.optional_text("term"),
        synonyms: table.strings("synonyms"),
        urgency: table.required_choice("urgency", Urgency::Emergency),
        urgency_from,
        urgency_reason,
        found_by_test: table.one_of("found_by", &[("test", true)]).unwrap_or(false),
        symptom_only: table.flag("symptom_only"),
        group: table.optional_text("group"),
        measures: measures(context, &table),
        what: context.statements(&table, "what", "a statement"),
        feels_like: context.statements(&table, "feels_like", "a statement"),
        calls: table.tables("call", "advice to call").iter().map(call).collect(),
        helps: context.statements(&table, "helps", "a statement"),
    };
    table.finish();
    effect
}

/// Reads the outcome measures listed in `measures`.
fn measures(context: &Context, table: &Table) -> Vec<MeasureId> {
    table
        .texts("measures")
        .iter()
        .filter_map(|text| context.label(text, &context.measures, "measure", table.file))
        .map(MeasureId::new)
        .collect()
}

/// Reads the glossary: the terms that it explains, and the numbers of syllables in words that the readability check would miscount.
pub(crate) fn glossary(context: &Context, file: &Parsed) -> (Vec<GlossaryTerm>, BTreeMap<String, u32>) {
    let table = Table::new(file.index, "the glossary", &file.file.text, &file.table, context.errors);
    let mut ids = Ids::new("terms");
    let term = |entry: &Table| GlossaryTerm {
        id: ids.read(entry).text,
        name: entry.text("name"),
        synonyms: entry.strings("synonyms"),
        statement: context.statement(entry),
    };
    let terms = table.tables("term", "a term").iter().map(term).collect();
    let syllables = table.table("syllables", "the syllables of words").map(|entry| entry.whole_numbers()).unwrap_or_default();
    table.finish();
    (terms, syllables)
}

pub(crate) fn team(context: &Context, file: &Parsed) -> Vec<TeamMember> {
    let table = Table::new(file.index, "the team", &file.file.text, &file.table, context.errors);
    let mut ids = Ids::new("members of the team");
    let member = |entry: &Table| {
        let from = context.cited_passages(entry, "from", true);
        TeamMember {
            id: ids.read(entry).text,
            name: entry.text("name"),
            rule: context.rule(entry, "when", from.clone()),
            statement: context.statement(entry),
        }
    };
    let members = table.tables("member", "a member").iter().map(member).collect();
    table.finish();
    members
}

/// Reads a phone number in international form: `+`, then digits, which may be separated by `-` or spaces. Returns it with `-` instead of spaces.
/// Reports any other form.
fn dial(context: &Context, entry: &Table) -> Option<String> {
    let number = entry.optional("dial")?;
    let digits = number.text.strip_prefix('+').unwrap_or_default();
    if digits.starts_with(|first: char| first.is_ascii_digit())
        && digits.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, '-' | ' '))
    {
        return Some(number.text.replace(' ', "-"));
    }
    let message = format!("`{}` isn't a phone number in international form", number.text);
    let error = Diagnostic::new(Code::UnreadableNumber, message, entry.file, number.span.clone(), "this number");
    context.report(error.help("start it with `+` and the country code, as in `+1-800-227-2345`"));
    None
}

pub(crate) fn links(context: &Context, file: &Parsed) -> Vec<Link> {
    let table = Table::new(file.index, "the links", &file.file.text, &file.table, context.errors);
    let mut ids = Ids::new("links");
    let link = |entry: &Table| Link {
        id: ids.read(entry).text,
        name: entry.text("name"),
        address: entry.optional_text("address"),
        phone: entry.optional_text("phone"),
        dial: dial(context, entry),
        message: entry.optional_text("message"),
        statement: context.statement(entry),
    };
    let links = table.tables("link", "a link").iter().map(link).collect();
    table.finish();
    links
}

/// Reads the safety policies. Returns each with the path of its file.
pub(crate) fn policies(context: &Context, files: &[&Parsed], treatments: &[Treatment]) -> Vec<(Policy, String)> {
    let mut ids = Ids::new("policies");
    let mut policy = |entry: &Table| {
        let named = |key: &'static str, names: &[String], what: &str| -> Option<Vec<usize>> {
            let texts = entry.texts(key);
            entry.has(key).then(|| texts.iter().filter_map(|text| context.lookup(text, names, what, entry.file)).collect())
        };
        let chosen = named("treatments", &context.treatments, "treatment");
        let modalities = named("modalities", &context.modalities, "modality");
        let except = named("except", &context.treatments, "treatment").unwrap_or_default();
        let over = |index: &usize| {
            let modality = treatments[*index].modality.index();
            let by_name = chosen.as_ref().is_some_and(|chosen| chosen.contains(index));
            let by_modality = modalities.as_ref().is_some_and(|modalities| modalities.contains(&modality));
            !except.contains(index) && (by_name || by_modality || chosen.is_none() && modalities.is_none())
        };
        let policy = Policy {
            id: ids.read(entry).text,
            text: entry.text("text"),
            rule: context.required_rule(entry, "when", context.cited_passages(entry, "from", false)),
            over: (0..treatments.len()).filter(over).map(TreatmentId::new).collect(),
            must: entry.required_choice("must", Must::NotBeOffered),
            effect: entry.has("effect").then(|| context.effect(entry)).flatten(),
        };
        entry.finish();
        policy
    };
    let mut policies = Vec::new();
    for file in files {
        let table = Table::new(file.index, "the policy", &file.file.text, &file.table, context.errors);
        policies.extend(table.tables("policy", "a policy").iter().map(|entry| (policy(entry), file.file.path.clone())));
        table.finish();
    }
    policies
}

/// The contents of `guide.toml`.
pub(crate) struct Head {
    pub name: String,
    pub version: String,
    pub language: String,
    pub disclaimer: Statement,
    pub reviewers: Vec<String>,
    pub review: String,
    pub revised: Option<PartialDate>,
    pub about: Vec<About>,
    pub feedback: Option<Feedback>,
    pub source_rules: Vec<Statement>,
    pub scope: Rule,
    pub out_of_scope: Vec<OutOfScope>,
    pub no_treatment_indicated: Vec<NoTreatmentIndicated>,
}

/// Reads the contact to which people can report errors in the guide.
fn feedback(table: &Table) -> Feedback {
    let address = table.required("address");
    let has_scheme = ["https://", "http://", "mailto:"].iter().any(|start| address.text.starts_with(start));
    if !address.text.is_empty() && !has_scheme {
        let message = "`address` in `[feedback]` isn't a web or email address";
        let error = Diagnostic::new(Code::WrongKind, message, table.file, address.span, "not a valid link");
        table.report(error.help("start it with `https://` or `mailto:`"));
    }
    let feedback = Feedback { name: table.text("name"), address: address.text };
    table.finish();
    feedback
}

pub(crate) fn head(context: &Context, table: &Table) -> Head {
    let missing = || Statement { text: String::new(), from: Vec::new() };
    let need = |key: &'static str, what: &'static str| {
        let inner = table.table(key, what);
        if inner.is_none() {
            let error = Diagnostic::new(Code::MissingPart, format!("`guide.toml` has no `[{key}]`"), table.file, 0..0, "here");
            table.report(error.help(format!("add [{key}]")));
        }
        inner
    };
    let mut ids = Ids::new("`out_of_scope` entries");
    let out = |entry: &Table| {
        let from = context.cited_passages(entry, "from", true);
        let rule = context.required_rule(entry, "when", from);
        OutOfScope {
            id: ids.read(entry).text,
            name: entry.text("name"),
            rule,
            where_to_look: entry.text("where_to_look"),
            statement: context.statement(entry),
        }
    };
    let mut none_indicated_ids = Ids::new("`no_treatment_indicated` entries");
    let none_indicated = |entry: &Table| {
        let rule = context.required_rule(entry, "when", context.cited_passages(entry, "from", true));
        NoTreatmentIndicated { id: none_indicated_ids.read(entry).text, rule, statement: context.statement(entry) }
    };
    let about = |entry: &Table| {
        let about = About { title: entry.text("title"), text: entry.text("text") };
        entry.finish();
        about
    };
    let always = || Rule {
        when: sarcoguide_model::Condition::Always,
        written: "always".to_owned(),
        from: Vec::new(),
        line: 1,
        generated: false,
    };
    let head = Head {
        name: table.text("name"),
        version: table.text("version"),
        language: table.text("language"),
        disclaimer: need("disclaimer", "the disclaimer").map_or_else(missing, |entry| context.statement(&entry)),
        reviewers: table.strings("reviewers"),
        review: table.text("review"),
        revised: table.date("revised"),
        about: table.tables("about", "an `about` entry").iter().map(about).collect(),
        feedback: table.table("feedback", "the feedback contact").map(|entry| feedback(&entry)),
        source_rules: context.statements(table, "rule", "a rule"),
        scope: need("scope", "the scope").map_or_else(always, |entry| {
            let from = context.cited_passages(&entry, "from", false);
            let rule = context.required_rule(&entry, "when", from);
            entry.finish();
            rule
        }),
        out_of_scope: table.tables("out_of_scope", "an `out_of_scope` entry").iter().map(out).collect(),
        no_treatment_indicated: table
            .tables("no_treatment_indicated", "a `no_treatment_indicated` entry")
            .iter()
            .map(none_indicated)
            .collect(),
    };
    table.finish();
    head
}
