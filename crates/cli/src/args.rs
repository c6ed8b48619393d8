//! The command-line arguments. The help, the man page and the shell completions are generated from them.

// Clap prints these doc comments as help texts, so URLs in them have no Markdown markup.
#![allow(rustdoc::bare_urls)]

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::LazyLock;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use sarcoguide_server::{PublicAddress, PublicAddressError};

/// The text at the end of the long help and the man page.
const LONG_HELP_END: &str = "\
Exit codes:
  0  success
  1  `check` found an error, a sentence that is too hard to read, or a passage that needs review
  2  the input or an argument is invalid; the message on standard error says why
  3  a file or folder can't be read or written, or `serve` can't listen at its address
  4  part of the guide is too large to prove or compare; nothing else is wrong

A case is a JSON file such as {\"facts\": {\"age\": 54, \"site\": \"extremity\"}}, or a TOML file with the
same facts under [facts]. A fact that you leave out is unknown. `sarcoguide schema case` lists the facts.

By default, colors appear only on a terminal. The command respects NO_COLOR and CLICOLOR. It sends
nothing over the network, and saves only the files that you name.

sarcoguide informs and doesn't decide. The people who advise you may have reasons for another plan.";

/// The output of `--version`: the versions of the program and its built-in guide, and the content hash of the guide.
static LONG_VERSION: LazyLock<String> = LazyLock::new(|| {
    // This runs at every start, so it uses constants instead of decoding the guide.
    let (program, guide, hash) = (env!("CARGO_PKG_VERSION"), sarcoguide_bundled::VERSION, sarcoguide_bundled::CONTENT_HASH);
    format!("{program}\nguide: {guide}\ncontent hash: {hash}")
});

/// Answer a case from a treatment guide, and read, check and compare guides
#[derive(Debug, Parser)]
#[command(name = "sarcoguide", version, long_version = LONG_VERSION.as_str(), after_long_help = LONG_HELP_END, after_help = "For exit codes and the case format, run sarcoguide --help")]
pub struct Arguments {
    /// Use the guide in this folder instead of the built-in one
    #[arg(long, global = true, value_name = "DIR")]
    pub guide: Option<PathBuf>,
    /// Print sentences in this language, if the guide has them in text/TAG.ftl [default: the language of the guide]
    #[arg(long, global = true, value_name = "TAG")]
    pub language: Option<String>,
    /// Wrap text at this column, from 40 to 400 [default: on a terminal, the environment variable COLUMNS, from 40
    /// to 160; otherwise 100]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(40..=400))]
    pub width: Option<u16>,
    /// When to use colors
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub color: Color,
    /// The subcommand
    #[command(subcommand)]
    pub command: Command,
}

/// When to use colors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// A subcommand.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the treatments that fit a case, with the reasons, the treatments that don't fit, and what is still unknown
    Advise {
        /// The case, a JSON or TOML file; `-` reads standard input
        case: PathBuf,
        /// The output format
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// Print everything about one treatment for this case
        #[arg(long, value_name = "TREATMENT")]
        why: Option<String>,
        /// Write the PDF to this new file, which only you can read; `-` writes to standard output
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Replace the --output file if it exists; a symbolic link is replaced, not followed
        #[arg(long, requires = "output")]
        force: bool,
    },
    /// Write a treatment's schedule as a calendar file (iCalendar)
    Calendar {
        /// The ID of the treatment
        treatment: String,
        /// The date that the schedule counts from; `show treatment` says which date that is
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
        start: jiff::civil::Date,
        /// Another date that part of the schedule counts from; repeat this flag for each one, in the order of the schedule
        #[arg(long = "day", value_name = "YYYY-MM-DD", value_parser = day)]
        days: Vec<jiff::civil::Date>,
        /// Write to this new file, which only you can read [default: standard output]
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Replace the --output file if it exists; a symbolic link is replaced, not followed
        #[arg(long, requires = "output")]
        force: bool,
    },
    /// Answer questions about a case, one at a time; you can always answer "I don't know"
    Ask {
        /// Save the case to this new file at the end, without asking
        #[arg(long, value_name = "FILE")]
        save: Option<PathBuf>,
    },
    /// Show part of the guide: treatments, treatment ID, effects, effect ID, types, type ID, stages, glossary, team, links, sources, passage ID,
    /// pathway CASE
    Show {
        /// The part of the guide
        part: GuidePart,
        /// The ID of the treatment, effect, type or passage; for a pathway, the path of a case file (`-` reads standard input)
        id: Option<String>,
        /// The output format; svg works with pathway and treatment (its timeline), mermaid with pathway
        #[arg(long, value_enum, default_value_t = PageFormat::Text)]
        format: PageFormat,
        /// Limit a pathway to these kinds of treatment, separated by commas
        #[arg(long, value_name = "MODALITY", value_delimiter = ',')]
        only: Vec<String>,
        /// The width of an SVG in pixels
        #[arg(long, value_name = "N", default_value_t = 1200, value_parser = clap::value_parser!(u16).range(280..=4000))]
        pixels: u16,
    },
    /// Search the guide; misspellings are allowed
    Search {
        /// The words to find
        #[arg(required = true)]
        words: Vec<String>,
        /// The maximum number of results
        #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..))]
        most: usize,
    },
    /// Ask how a person feels, and say how soon to call
    ///
    /// Without --group, this lists the groups of questions. With --group, it lists the open questions; answer them with --answers.
    Triage {
        /// A group of questions; repeat this flag for each one
        #[arg(long = "group", value_name = "ID")]
        groups: Vec<String>,
        /// A treatment that the person has or recently had; repeat this flag for each one, or write `none`
        #[arg(long = "treatment", value_name = "ID")]
        treatments: Vec<String>,
        /// How long ago the last treatment was, in the guide's unit
        #[arg(long, value_name = "NUMBER")]
        time: Option<String>,
        /// Answers, separated by commas, such as QUESTION=yes; an answer is yes, no or not_sure
        #[arg(long, value_name = "QUESTION=ANSWER", value_delimiter = ',')]
        answers: Vec<String>,
        /// The output format
        #[arg(long, value_enum, default_value_t = TriageFormat::Text)]
        format: TriageFormat,
    },
    /// Check the text, sources and cases of a guide, and prove over all possible cases that its rules are complete and consistent
    ///
    /// This checks the files of a guide: the --guide folder, or the folder `guide` in the current folder. The built-in guide has no files.
    /// It was checked when the program was built.
    Check {
        /// Also print warnings
        #[arg(long)]
        warnings: bool,
        /// Print how many of all possible cases have each verdict, for each treatment
        #[arg(long)]
        counts: bool,
        /// Only measure how hard the sentences are to read, and list the ones that are too hard
        #[arg(long, conflicts_with_all = ["warnings", "counts", "write_cases", "older_than", "against"])]
        readability: bool,
        /// Write the findings' example cases to this folder; `advise` reads these files
        #[arg(long, value_name = "DIR")]
        write_cases: Option<PathBuf>,
        /// Replace existing files in the --write-cases folder
        #[arg(long, requires = "write_cases")]
        force: bool,
        /// Only compare a source with this revised text, and list what needs review; `-` reads standard input
        #[arg(long, value_name = "TEXT", conflicts_with_all = ["warnings", "counts", "write_cases", "older_than"])]
        against: Option<PathBuf>,
        /// The ID of the source to compare [default: the source with the lowest rank]
        #[arg(long, value_name = "ID", requires = "against")]
        source: Option<String>,
        /// Count the statements whose newest source is older than this many years; --warnings lists them
        #[arg(long, value_name = "YEARS")]
        older_than: Option<u16>,
        /// Count years back from this date [default: today in UTC]
        #[arg(long, value_name = "YYYY-MM-DD", requires = "older_than", value_parser = day)]
        as_of: Option<jiff::civil::Date>,
        /// The output format
        #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
        format: CheckFormat,
    },
    /// Compare two guides: list the statements that differ, and prove which cases get different answers
    Diff {
        /// The old guide: a folder, or a git revision of the new guide's folder
        old: String,
        /// The folder of the new guide [default: the --guide folder, or `guide` in the current folder]
        new: Option<PathBuf>,
        /// The output format
        #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
        format: DiffFormat,
    },
    /// Serve the guide as a website on this computer
    ///
    /// The website stores a case only in an encrypted cookie in the visitor's browser. The server keeps nothing.
    Serve(ServeFlags),
    /// Print a JSON Schema
    Schema {
        /// The JSON that the schema describes
        of: SchemaOf,
    },
    /// Print shell completions
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the man page
    Man,
}

/// The settings of `serve`. If a flag isn't given, the setting comes from an environment variable, the configuration file or a default, in this
/// order.
#[derive(Clone, Debug, Default, Args)]
pub struct ServeFlags {
    /// Listen at this IP address and port [default: 127.0.0.1:8080] [env: SARCOGUIDE_ADDR]
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    pub addr: Option<SocketAddr>,
    /// Encrypt cases with the 32-byte key in this file, so that they can still be read after a restart [env: SARCOGUIDE_KEY_FILES]
    ///
    /// Without this flag, the server makes a new key at each start. To replace a key, repeat the flag: name the new file first and the
    /// old one after it. The first key encrypts cases, and all keys can decrypt them. Cookies expire after a day, so you can remove the old
    /// key a day later.
    #[arg(long, value_name = "FILE")]
    pub key_file: Vec<PathBuf>,
    /// Set this if a proxy in front of this server provides HTTPS; browsers then send the cookie only over HTTPS [env:
    /// SARCOGUIDE_ENCRYPTED]
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    pub encrypted: Option<bool>,
    /// The address that people open, such as https://guide.example.org, if a proxy sends this server a different Host header [env:
    /// SARCOGUIDE_PUBLIC_ADDRESS]
    #[arg(long, value_name = "ADDRESS", value_parser = public_address)]
    pub public_address: Option<PublicAddress>,
    /// Read settings from this TOML file; flags and environment variables override it [env: SARCOGUIDE_CONFIG]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Print every setting and its source, then exit
    #[arg(long)]
    pub show_config: bool,
}

/// The output format of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Text for a terminal
    Text,
    /// Everything, as JSON; `sarcoguide schema advice` prints the schema
    Json,
    /// Markdown
    Markdown,
    /// One self-contained HTML file
    Html,
    /// A PDF summary of one to three pages for a visit, or with --why everything about one treatment; needs --output
    Pdf,
    /// A sheet for a case conference, as text: stage, options with their evidence, and what is open; with --why the same as text
    Board,
}

/// The output format of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PageFormat {
    /// Text for a terminal
    Text,
    /// Markdown
    Markdown,
    /// One self-contained HTML file
    Html,
    /// A picture
    Svg,
    /// A Mermaid flowchart
    Mermaid,
}

/// Parses a date from year 1 to 9999 in the format YYYY-MM-DD.
fn day(text: &str) -> Result<jiff::civil::Date, String> {
    let day = text.parse::<jiff::civil::Date>().ok().filter(|day| (1..=9999).contains(&day.year()));
    // `Date` also accepts other formats, such as 20260309, and a time after the date. Accept only the format in which it prints a date.
    day.filter(|day| day.to_string() == text).ok_or_else(|| "write a date in the years 1 to 9999, such as 2026-03-09".to_owned())
}

/// Parses an address to listen at.
pub(crate) fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "write an IP address and a port, such as 127.0.0.1:8080".to_owned())
}

/// Parses the address at which people open the site.
pub(crate) fn public_address(text: &str) -> Result<PublicAddress, String> {
    text.parse().map_err(|error: PublicAddressError| error.to_string())
}

/// The output format of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// Text for a terminal
    Text,
    /// Everything, as JSON
    Json,
    /// Errors and warnings, as SARIF 2.1.0 for code review tools
    Sarif,
}

/// The output format of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// Text for a terminal
    Text,
    /// Everything, as JSON
    Json,
}

/// The output format of the triage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TriageFormat {
    /// Text for a terminal
    Text,
    /// Everything, as JSON; `sarcoguide schema triage` prints the schema
    Json,
}

/// A part of the guide that `show` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GuidePart {
    /// All treatments, by kind
    Treatments,
    /// One treatment
    Treatment,
    /// All side effects
    Effects,
    /// One side effect
    Effect,
    /// All types that the guide distinguishes
    Types,
    /// One of these types
    Type,
    /// Stages and how they're worked out
    Stages,
    /// Medical terms explained
    Glossary,
    /// The people on a care team
    Team,
    /// Help lines and further reading
    Links,
    /// The sources and their dates
    Sources,
    /// One passage of a source, and the statements that cite it
    Passage,
    /// The order of treatments for everyone whose facts match CASE, or for the whole guide if CASE is left out
    Pathway,
}

impl GuidePart {
    /// Whether `show` prints all entries of this part, and so takes no ID.
    pub(crate) fn is_whole(self) -> bool {
        !matches!(self, Self::Treatment | Self::Effect | Self::Type | Self::Passage | Self::Pathway)
    }
}

/// The JSON that a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// The JSON that `advise --format json` prints
    Advice,
    /// The JSON of a case
    Case,
    /// The JSON that `triage --format json` prints
    Triage,
}
