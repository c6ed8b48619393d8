//! Runs the subcommands.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::{CommandFactory, ValueEnum};
use sarcoguide_advise::Advisor;
use sarcoguide_case::{CaseFile, shown};
use sarcoguide_document::mermaid::{comment, mermaid};
use sarcoguide_document::terminal::{Terminal, text};
use sarcoguide_model::{Case, ModalityId};
use sarcoguide_search::search;
use sarcoguide_text::t;
use sarcoguide_views::board::board;
use sarcoguide_views::changes::{Changes, verdict_line};
use sarcoguide_views::pathway::{self, Pathway};
use sarcoguide_views::provenance::{note, with_note};
use sarcoguide_views::timeline::Timeline;
use sarcoguide_views::treatment::{Reader, page};
use sarcoguide_views::visit_summary::visit_summary;
use sarcoguide_views::{Answered, Edition, answer, json, pages};

use crate::args::{Arguments, Command, Format, GuidePart, PageFormat, SchemaOf};
use crate::guide_folder::{files, loaded};
use crate::input::{case_name, contradicted_file, guide, pick, read_case};
use crate::loaded_guide::LoadedGuide;
use crate::output::{Failure, Target, emit, emit_json, print, printable, show, show_html, show_markdown, terminal};
use crate::{ask, check, diff, files, readability, serve, staleness, triage};

/// Runs a command, prints any error to standard error, and returns the exit code.
#[must_use]
pub fn run(arguments: &Arguments) -> ExitCode {
    match dispatch(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if let Some(message) = failure.message() {
                // If standard error is closed, the error can't be shown to anyone.
                let _ = writeln!(io::stderr(), "sarcoguide: {}", printable(message, false));
            }
            ExitCode::from(failure.code())
        }
    }
}

/// Prints the requested help or version, or an error in the command line, and returns the exit code.
#[must_use]
pub fn print_usage(error: &clap::Error) -> ExitCode {
    let code = ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
    if !error.use_stderr() {
        // A closed output isn't an error.
        let _ = error.print();
        return code;
    }
    let color = anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never;
    let message = error.render();
    let message = if color { message.ansi().to_string() } else { message.to_string() };
    let _ = write!(io::stderr(), "{}", printable(&message, color));
    code
}

fn dispatch(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Command::Advise { case, format, why, output, force } => {
            let target = output.as_deref().map(|path| Target::new(path).forced(*force).protect_input(Some(case)));
            advise(arguments, case, *format, why.as_deref(), target)
        }
        Command::Calendar { treatment, start, days, output, force } => {
            let target = output.as_deref().map(|path| Target::new(path).forced(*force));
            let target = target.map(|target| target.protect_input(arguments.guide.as_deref()));
            files::save_calendar(&guide(arguments)?, treatment, *start, days, target.as_ref())
        }
        Command::Ask { save } => ask::ask(arguments, &guide(arguments)?, save.as_deref()),
        Command::Show { part, only, .. } if *part != GuidePart::Pathway && !only.is_empty() => {
            Err(Failure::Input("`--only` is for `show pathway`; leave it out".to_owned()))
        }
        Command::Show { part: GuidePart::Treatment, id: Some(id), format: PageFormat::Svg, pixels, .. } => {
            show_timeline(arguments, id, *pixels)
        }
        Command::Show { part, id, format, only, pixels } => show_part(arguments, *part, id.as_deref(), *format, only, *pixels),
        Command::Triage { groups, treatments, time, answers, format } => {
            let input = triage::Input { groups, treatments, time: time.as_deref(), answers };
            triage::triage(arguments, &guide(arguments)?, &input, *format)
        }
        Command::Search { words, most } => find(arguments, &words.join(" "), *most),
        Command::Check { readability: true, format, .. } => {
            let guide = loaded(&files(&check::folder(arguments)?)?)?;
            readability::check(&LoadedGuide::new(guide, arguments.language.as_deref())?, *format)
        }
        Command::Check { warnings, counts, write_cases, force, against, source, older_than, as_of, format, .. } => {
            let (warnings, counts, format) = (*warnings, *counts, *format);
            let against = against.as_deref().map(|text| (text, source.as_deref()));
            let staleness = staleness::AgeLimit::new(*older_than, *as_of);
            let (write_cases, force) = (write_cases.as_deref(), *force);
            check::check(arguments, &check::CheckOptions { warnings, counts, write_cases, force, against, staleness, format })
        }
        Command::Diff { old, new, format } => diff::diff(arguments, old, new.as_deref(), *format),
        Command::Serve(flags) => serve::serve(arguments, flags),
        Command::Schema { of } => {
            let guide = guide(arguments)?;
            let mut schema = match of {
                SchemaOf::Advice => json::advice_schema(&guide.shared()),
                SchemaOf::Triage => json::triage_schema(&guide.shared()),
                SchemaOf::Case => sarcoguide_case::schema(&guide, guide.text()),
            };
            // Both schemas list IDs from the guide, so each schema names that guide.
            schema["$comment"] = note((&guide).into()).into();
            emit_json(&schema)
        }
        Command::Completions { shell } => {
            let mut text = Vec::new();
            clap_complete::generate(*shell, &mut Arguments::command(), "sarcoguide", &mut text);
            emit(&text)
        }
        Command::Man => {
            let mut text = Vec::new();
            // The man page describes the command, so it shows only the program's version, without the guide's.
            clap_mangen::Man::new(Arguments::command().long_version(env!("CARGO_PKG_VERSION")))
                .render(&mut text)
                .map_err(|error| Failure::Io(error.to_string()))?;
            emit(&text)
        }
    }
}

fn advise(arguments: &Arguments, path: &Path, format: Format, why: Option<&str>, output: Option<Target>) -> Result<(), Failure> {
    let output =
        files::checked_output(format == Format::Pdf, output)?.map(|target| target.protect_input(arguments.guide.as_deref()));
    let guide = guide(arguments)?;
    let treatment = why
        .map(|id| pick("treatment", id, guide.treatments.iter().map(|treatment| treatment.id.as_str()), guide.treatment(id)))
        .transpose()?;
    let file = read_case(&guide, path)?;
    let advice = Advisor::new(guide.shared()).answer_in_full(&file.case).map_err(|contradiction| {
        Failure::Input(format!("{}: {}", case_name(path), contradicted_file((&guide).into(), &file, &contradiction)))
    })?;
    let answered = Answered { case: &file.case, advice: &advice, preferences: &file.preferences };
    let edition = Edition::from(&guide);
    let changes = Changes::of(edition, &file, &advice);
    // If verdicts changed since the case was saved, say so before the answer.
    let with_changes = |document| match changes {
        Some(changes) => changes.insert_into(edition, document),
        None => document,
    };
    let document = || {
        with_changes(match treatment {
            Some(treatment) => page(edition, treatment, Some(answered), Reader::Person),
            None => answer::answer(edition, answered),
        })
    };
    match format {
        Format::Pdf => {
            let document = if treatment.is_some() {
                document()
            } else {
                with_changes(visit_summary(edition, answered, Some(staleness::local_today())))
            };
            output.map_or(Ok(()), |target| files::save_pdf(edition, document, &target))
        }
        Format::Board if treatment.is_none() => {
            show(edition, with_changes(board(edition, answered).document(edition)), arguments)
        }
        Format::Text | Format::Board => show(edition, document(), arguments),
        Format::Markdown => show_markdown(edition, document()),
        Format::Html => show_html(edition, document()),
        Format::Json => {
            let mut answer = json::advice(edition, answered.case, &advice, changes.as_ref());
            if let Some(treatment) = treatment {
                let id = &guide[treatment].id;
                answer.treatments.retain(|entry| entry.id.0 == *id);
            }
            emit_json(&answer)
        }
    }
}

fn show_part(
    arguments: &Arguments,
    part: GuidePart,
    id: Option<&str>,
    format: PageFormat,
    only: &[String],
    pixels: u16,
) -> Result<(), Failure> {
    let guide = guide(arguments)?;
    if let (true, Some(id)) = (part.is_whole(), id) {
        let name = part.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
        let id = shown(id);
        return Err(Failure::Input(format!("`show {name}` takes no ID; leave out `{id}`")));
    }
    let needed = |kind: &str| id.ok_or_else(|| Failure::Input(format!("name the {kind}: `sarcoguide show {kind} ID`")));
    let document = match part {
        GuidePart::Treatments => pages::treatments((&guide).into(), true),
        GuidePart::Effects => pages::effects((&guide).into(), true),
        GuidePart::Types => pages::types((&guide).into(), true),
        GuidePart::Stages => pages::stages((&guide).into(), true),
        GuidePart::Glossary => pages::glossary((&guide).into()),
        GuidePart::Team => pages::team((&guide).into()),
        GuidePart::Links => pages::links((&guide).into()),
        GuidePart::Sources => pages::sources((&guide).into(), None),
        GuidePart::Treatment => {
            let id = needed("treatment")?;
            let ids = guide.treatments.iter().map(|treatment| treatment.id.as_str());
            page((&guide).into(), pick("treatment", id, ids, guide.treatment(id))?, None, Reader::Team { truth: None })
        }
        GuidePart::Effect => {
            let id = needed("effect")?;
            let found = guide.effects.iter().find(|effect| effect.id == id);
            pages::effect(
                (&guide).into(),
                pick("effect", id, guide.effects.iter().map(|effect| effect.id.as_str()), found)?,
                true,
            )
        }
        GuidePart::Type => {
            let id = needed("type")?;
            let found = guide.types.iter().find(|subtype| subtype.id == id);
            pages::subtype((&guide).into(), pick("type", id, guide.types.iter().map(|subtype| subtype.id.as_str()), found)?, true)
        }
        GuidePart::Passage => {
            let id = needed("passage")?;
            let citations: Vec<String> =
                (0..guide.passages.len()).map(|index| guide.citation(sarcoguide_model::PassageId::new(index))).collect();
            let found = guide.passage(id).or_else(|| {
                // For a passage of the main source (the one with the lowest rank), the part of the ID after the colon is enough.
                let first = guide.sources.iter().min_by_key(|source| source.rank)?;
                guide.passage(&format!("{}:{id}", first.id))
            });
            pages::passage((&guide).into(), pick("passage", id, citations.iter().map(String::as_str), found)?)
        }
        GuidePart::Pathway => return show_pathway(arguments, &guide, id, format, only, pixels),
    };
    match format {
        PageFormat::Text => show((&guide).into(), document, arguments),
        PageFormat::Markdown => show_markdown((&guide).into(), document),
        PageFormat::Html => show_html((&guide).into(), document),
        PageFormat::Svg => Err(Failure::Input("--format svg works only with `show pathway` and `show treatment ID`".to_owned())),
        PageFormat::Mermaid => Err(Failure::Input("--format mermaid works only with `show pathway`".to_owned())),
    }
}

/// Shows the order of treatments for everyone whose facts match the case at `path`, or for the whole guide if there is no path.
fn show_pathway(
    arguments: &Arguments,
    guide: &LoadedGuide,
    path: Option<&str>,
    format: PageFormat,
    only: &[String],
    pixels: u16,
) -> Result<(), Failure> {
    let kind = |id: &String| {
        let found = guide.modalities.iter().position(|modality| modality.id == *id).map(ModalityId::new);
        pick("kind of treatment", id, guide.modalities.iter().map(|modality| modality.id.as_str()), found)
    };
    let only: Vec<ModalityId> = only.iter().map(kind).collect::<Result<_, _>>()?;
    let file =
        path.map_or_else(|| Ok(CaseFile::of(Case::unknown(guide.facts.len()))), |path| read_case(guide, Path::new(path)))?;
    let case = &file.case;
    let advice = Advisor::new(guide.shared()).advise(case).map_err(|contradiction| {
        let message = contradicted_file(guide.into(), &file, &contradiction);
        Failure::Input(path.map_or_else(|| message.clone(), |path| format!("{}: {message}", case_name(Path::new(path)))))
    })?;
    let edition = Edition::from(guide);
    let pathway = Pathway::of(edition, case, &advice, &only);
    let changes = Changes::of(edition, &file, &advice);
    let document = || {
        let document = pathway::text::document(edition, &pathway);
        match changes {
            Some(changes) => changes.insert_into(edition, document),
            None => document,
        }
    };
    // A picture has no room for notes about entries that the guide can't read, or about verdicts that changed.
    if matches!(format, PageFormat::Svg | PageFormat::Mermaid) {
        if let Some(unreadable) = file.unreadable.first() {
            let why = unreadable.error.in_words_for_command(guide.text());
            return Err(Failure::Input(format!(
                "use another format, because a picture can't say that part of the case can't be read: {why}"
            )));
        }
        if let Some(change) = changes.and_then(|changes| changes.verdicts(edition).into_iter().next()) {
            let why = verdict_line(edition, case, &change).bare();
            return Err(Failure::Input(format!(
                "use another format, because a picture can't show what changed since the case was saved: {why}"
            )));
        }
    }
    match format {
        PageFormat::Text => show(edition, document(), arguments),
        PageFormat::Markdown => show_markdown(edition, document()),
        PageFormat::Html => show_html(edition, document()),
        PageFormat::Svg => emit(pathway.flow(edition).svg(pixels)),
        PageFormat::Mermaid => emit(comment(&note(edition)) + &mermaid(&pathway.flow(edition))),
    }
}

/// Shows a treatment's timeline as an SVG.
fn show_timeline(arguments: &Arguments, id: &str, pixels: u16) -> Result<(), Failure> {
    let guide = guide(arguments)?;
    let found = guide.treatments.iter().find(|treatment| treatment.id == id);
    let treatment = pick("treatment", id, guide.treatments.iter().map(|treatment| treatment.id.as_str()), found)?;
    let timeline = Timeline::of((&guide).into(), treatment, None)
        .ok_or_else(|| Failure::Input(t!(guide.text(), command_no_parts, id = id)))?;
    emit(timeline.svg((&guide).into(), pixels))
}

fn find(arguments: &Arguments, wanted: &str, most: usize) -> Result<(), Failure> {
    let guide = guide(arguments)?;
    if !wanted.contains(char::is_alphanumeric) {
        return Err(Failure::Input("nothing to search for; type at least one word".to_owned()));
    }
    let mut hits = guide.index().search(wanted, usize::MAX);
    let found = hits.len();
    hits.truncate(most);
    if hits.is_empty() {
        let nothing = t!(guide.text(), command_nothing_found, words = wanted);
        let mut document = sarcoguide_document::Document::default();
        document.paragraph(nothing);
        // Print without colors. With colors, `print_styled` would also keep color sequences that are part of the search words.
        let plain = Terminal { color: false, ..terminal(arguments) };
        return print(&text(&with_note((&guide).into(), document), plain));
    }
    let mut document = sarcoguide_document::Document::default();
    let line = |hit: &search::Hit| {
        let line = sarcoguide_document::Line::default().strong(hit.title.clone()).faint(format!(
            " ({} {})",
            sarcoguide_views::search::kind_name((&guide).into(), hit.kind),
            hit.id
        ));
        if hit.snippet == hit.title { line } else { line.plain(format!(": {}", hit.snippet)) }
    };
    document.points(hits.iter().map(line).collect());
    if found > hits.len() {
        document.paragraph(t!(guide.text(), command_more_results, shown = hits.len(), found = found));
    }
    show((&guide).into(), document, arguments)
}
