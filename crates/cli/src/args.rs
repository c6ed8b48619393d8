//! What can be asked on the command line. Help, man page and completions come from here.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use sarcoguide_server::{PublicAddress, PublicAddressError};

/// Told at the end of the help and in the man page.
const AFTER: &str = "\
Exit codes:
  0  all is well
  1  the check found something wrong in the guide
  2  the input or the command cannot be used; the message on standard error says why
  3  something could not be read or written
  4  something in the guide is too large to be proved; nothing else is wrong

A case is a file such as {\"facts\": {\"age\": 54, \"site\": \"extremity\"}}, or the same in TOML
under [facts]. A fact that is not there is unknown. `sarcoguide schema case` lists the facts.

Colors are used on a terminal only; NO_COLOR and CLICOLOR are kept. Nothing is sent anywhere,
and nothing is saved but the file that you name.

This informs and does not prescribe. It is no medical advice; your care team may have reasons
for another plan.";

/// Ask a guide to treatment about a case, check it, cite it
#[derive(Debug, Parser)]
#[command(name = "sarcoguide", version, after_long_help = AFTER, after_help = "Exit codes, the form of a case and more: sarcoguide --help")]
pub struct Arguments {
    /// Use the guide in this folder instead of the built-in one
    #[arg(long, global = true, value_name = "DIR")]
    pub guide: Option<PathBuf>,
    /// Columns of printed text (40 to 400); the terminal's width, or 100
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(40..=400))]
    pub width: Option<u16>,
    /// Whether to use colors
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub color: Color,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// Whether to use colors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Yes
    Always,
    /// No
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Answer a case: which treatments the guide holds out, why, why not, and what is still unknown
    Advise {
        /// A case in JSON or TOML; `-` reads standard input
        case: PathBuf,
        /// How to print the answer
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// Print everything on one treatment for this case
        #[arg(long, value_name = "TREATMENT")]
        why: Option<String>,
        /// Where to write a PDF: a new file that only you can read, or `-` for standard output
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Replace the file of --output if it exists; a link is replaced, not followed
        #[arg(long, requires = "output")]
        force: bool,
    },
    /// Write the schedule of a treatment as a calendar file (iCalendar), as far as the guide gives times
    Calendar {
        /// The id of the treatment
        treatment: String,
        /// The day from which the guide counts; the page of the treatment says which day that is
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
        start: jiff::civil::Date,
        /// A further day from which the guide counts, once it is known
        #[arg(long = "day", value_name = "YYYY-MM-DD", value_parser = day)]
        days: Vec<jiff::civil::Date>,
        /// Where to write it: a new file that only you can read; standard output if it is left out, or `-`
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Replace the file of --output if it exists; a link is replaced, not followed
        #[arg(long, requires = "output")]
        force: bool,
    },
    /// Be asked about a case, one question at a time; "I don't know" is always an answer
    Ask {
        /// Save the case to this new file at the end, without asking
        #[arg(long, value_name = "FILE")]
        save: Option<PathBuf>,
    },
    /// Show a part of the guide: treatments, treatment ID, effects, effect ID, types, type ID, stages, glossary, team, links, sources, passage ID, pathway CASE
    Show {
        /// What to show
        thing: Thing,
        /// Which one, for treatment, effect, type and passage; for pathway the case that its group shares (`-` reads standard input)
        id: Option<String>,
        /// How to print it; svg for pathway and treatment (its timeline), mermaid for pathway
        #[arg(long, value_enum, default_value_t = PageFormat::Text)]
        format: PageFormat,
        /// Of a pathway, only these kinds of treatment
        #[arg(long, value_name = "MODALITY", value_delimiter = ',')]
        only: Vec<String>,
        /// How wide an SVG is, in pixels
        #[arg(long, value_name = "N", default_value_t = 1200, value_parser = clap::value_parser!(u16).range(280..=4000))]
        pixels: u16,
    },
    /// Search the guide; spelling is forgiven
    Search {
        /// The words to look for
        #[arg(required = true)]
        words: Vec<String>,
        /// How many results at most
        #[arg(long, default_value_t = 12)]
        most: usize,
    },
    /// Check a guide: its text, its sources and its cases, and prove over all possible cases that nothing is missing or at odds
    Check {
        /// Print warnings too
        #[arg(long)]
        warnings: bool,
        /// Print in how many of all possible cases each treatment has which verdict
        #[arg(long)]
        counts: bool,
        /// Measure how hard the sentences are to read, and name those that are too hard, instead of everything else
        #[arg(long, conflicts_with_all = ["warnings", "counts", "write_cases", "older_than", "against"])]
        readability: bool,
        /// Write the case that shows each finding into this folder, ready for `advise`
        #[arg(long, value_name = "DIR")]
        write_cases: Option<PathBuf>,
        /// Replace files of --write-cases that exist
        #[arg(long, requires = "write_cases")]
        force: bool,
        /// Compare a source with this revised text of it instead, and name what needs review; `-` reads standard input
        #[arg(long, value_name = "TEXT", conflicts_with_all = ["warnings", "counts", "write_cases", "older_than"])]
        against: Option<PathBuf>,
        /// Which source the text is of; the one of rank 1 if it is left out
        #[arg(long, value_name = "ID", requires = "against")]
        source: Option<String>,
        /// Count the statements that rest on nothing newer than so many years; --warnings lists them
        #[arg(long, value_name = "YEARS")]
        older_than: Option<u16>,
        /// The day from which years are counted back; today, in UTC, if it is left out
        #[arg(long, value_name = "YYYY-MM-DD", requires = "older_than", value_parser = day)]
        as_of: Option<jiff::civil::Date>,
        /// How to print what was found
        #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
        format: CheckFormat,
    },
    /// Compare two guides: what is said otherwise, and by proof which cases are answered otherwise
    Diff {
        /// The old guide: a folder, or a git revision of the new one's folder
        old: String,
        /// The new guide: a folder; the one of --guide, or the folder `guide` here, if it is left out
        new: Option<PathBuf>,
        /// How to print what differs
        #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
        format: DiffFormat,
    },
    /// Open the guide in a browser: answers, pages and search, served from here
    ///
    /// Cases stay with the browser that they are entered in, sealed in a cookie; nothing is kept here.
    Serve(ServeFlags),
    /// Print a JSON Schema
    Schema {
        /// Of what
        of: SchemaOf,
    },
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the man page
    Man,
}

/// How to serve the guide. What no flag says is taken from the environment, then from the configuration file.
#[derive(Clone, Debug, Default, Args)]
pub struct ServeFlags {
    /// Where to listen: an IP address and a port [default: 127.0.0.1:8080] [env: SARCOGUIDE_ADDR]
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    pub addr: Option<SocketAddr>,
    /// Seal cases with the 32 bytes in this file, so that they outlive a restart [env: SARCOGUIDE_KEY_FILES]
    ///
    /// A new key is made otherwise. To replace a key, name the new file first and the old one behind it, each with --key-file: all keys open
    /// cases, and the first seals them. A day later the old one can go.
    #[arg(long, value_name = "FILE")]
    pub key_file: Vec<PathBuf>,
    /// People reach this over an encrypted connection (a proxy in front of it): the cookie never travels otherwise [env:
    /// SARCOGUIDE_ENCRYPTED]
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
    pub encrypted: Option<bool>,
    /// The address that people open, such as https://guide.example.org, where a proxy names another host to this server [env:
    /// SARCOGUIDE_PUBLIC_ADDRESS]
    #[arg(long, value_name = "ADDRESS", value_parser = public_address)]
    pub public_address: Option<PublicAddress>,
    /// Take what no flag and no variable says from this TOML file [env: SARCOGUIDE_CONFIG]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Print every setting and where it comes from, and do not serve
    #[arg(long)]
    pub show_config: bool,
}

/// How to print an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a person, in a terminal
    Text,
    /// Everything, by `sarcoguide schema advice`
    Json,
    /// For a person, as Markdown
    Markdown,
    /// For a person, as a page that needs nothing else
    Html,
    /// A summary of one to three pages for a visit, into the file of --output; everything on one treatment with --why
    Pdf,
}

/// How to print a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PageFormat {
    /// In a terminal
    Text,
    /// As Markdown
    Markdown,
    /// As a page that needs nothing else
    Html,
    /// As a picture
    Svg,
    /// As a Mermaid flowchart
    Mermaid,
}

/// A day that every calendar can hold.
fn day(text: &str) -> Result<jiff::civil::Date, String> {
    let day = text.parse::<jiff::civil::Date>().ok().filter(|day| (1..=9999).contains(&day.year()));
    // What reads days reads times and other ways of writing a day too.
    day.filter(|day| day.to_string() == text).ok_or_else(|| "write a day of the years 1 to 9999 as 2026-03-09".to_owned())
}

/// An address to listen at.
pub(crate) fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "write an IP address and a port, as 127.0.0.1:8080".to_owned())
}

/// The address that people open.
pub(crate) fn public_address(text: &str) -> Result<PublicAddress, String> {
    text.parse().map_err(|error: PublicAddressError| error.to_string())
}

/// How to print what a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// In a terminal
    Text,
    /// Everything, for another program
    Json,
    /// What is wrong, as SARIF 2.1.0 for code review tools
    Sarif,
}

/// How to print what differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// In a terminal
    Text,
    /// Everything, for another program
    Json,
}

/// A part of the guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Thing {
    /// All treatments by kind
    Treatments,
    /// One treatment
    Treatment,
    /// All side effects
    Effects,
    /// One side effect
    Effect,
    /// All types
    Types,
    /// One type
    Type,
    /// Stages and how they are reached
    Stages,
    /// Terms explained
    Glossary,
    /// Who is on the team
    Team,
    /// Help lines and further reading
    Links,
    /// The sources with their dates
    Sources,
    /// One passage of a source, and what rests on it
    Passage,
    /// How treatments follow one another for all who share the facts of a case; without one, the whole guide
    Pathway,
}

/// What there is a schema of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// The JSON that `advise --format json` prints
    Advice,
    /// The JSON of a case
    Case,
}
