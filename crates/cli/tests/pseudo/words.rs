//! Which words of a text come neither from the guide nor from the catalog in the language for tests.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;

/// Why the note on the guide is in English here.
const TRUSTED: &str =
    "the tests' guide isn't the built-in one, and only the program's own catalog may name such a guide and warn of it";

/// What is neither in the guide nor a message, and why that is right.
const ALLOWED: [(&str, &str); 8] = [
    ("content hash", TRUSTED),
    ("the people who make sarcoguide haven't checked it", TRUSTED),
    ("this guide isn't the one that comes with sarcoguide", TRUSTED),
    // A picture breaks its lines.
    ("this guide isn't the one", TRUSTED),
    ("that comes with sarcoguide", TRUSTED),
    ("I have a fever", "the test types it, and the page repeats it"),
    ("my hair falls out", "the test types it, and the page repeats it"),
    ("something odd", "the test types it, and the page repeats it"),
];

/// Names of systems of codes, which stand before a code.
const CODE_SYSTEMS: [&str; 2] = ["ncit", "oncotree"];

/// The words of the guide in their order, and what was found that is not among them.
pub struct Words {
    /// Between two texts stands an empty word.
    guide: Vec<String>,
    /// Where two words follow one another in `guide`.
    places: HashMap<(String, String), Vec<usize>>,
    /// The ids of treatments, effects and types: they stand behind names where a page is for the team.
    ids: BTreeSet<String>,
    /// With the place where it was found first.
    found: BTreeMap<String, String>,
}

impl Words {
    pub fn of_guide(folder: &Path) -> Self {
        let mut words = Self { guide: Vec::new(), places: HashMap::new(), ids: BTreeSet::new(), found: BTreeMap::new() };
        words.add(folder);
        for (place, pair) in words.guide.windows(2).enumerate() {
            words.places.entry((pair[0].clone(), pair[1].clone())).or_default().push(place);
        }
        let allowed: Vec<String> = ALLOWED.iter().map(|(text, _)| (*text).to_owned()).collect();
        assert!(allowed.iter().all(|text| runs(text).len() == 1), "each is one run of words");
        words
    }

    fn add(&mut self, path: &Path) {
        if path.is_dir() {
            // The cases are not shown to anyone.
            if !path.ends_with("cases") {
                fs::read_dir(path).expect("a folder").for_each(|entry| self.add(&entry.expect("an entry").path()));
            }
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            let text = fs::read_to_string(path).expect("readable");
            if path.iter().any(|part| ["treatments", "effects", "types"].iter().any(|folder| part == *folder)) {
                let ids = text.lines().filter_map(|line| line.strip_prefix("id ")).filter_map(|line| line.split('"').nth(1));
                self.ids.extend(ids.map(str::to_owned));
                self.ids.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
            }
            self.add_texts(&text.parse::<toml::Table>().expect("TOML").into());
        }
    }

    fn add_texts(&mut self, value: &toml::Value) {
        match value {
            toml::Value::String(text) => {
                for run in runs(text) {
                    self.guide.extend(run);
                    self.guide.push(String::new());
                }
            }
            toml::Value::Array(values) => values.iter().for_each(|value| self.add_texts(value)),
            toml::Value::Table(table) => table.values().for_each(|value| self.add_texts(value)),
            _ => {}
        }
    }

    /// Whether the guide says these words in this order.
    fn is_in_guide(&self, run: &[String]) -> bool {
        let places = self.places.get(&(run[0].clone(), run[1].clone()));
        places.is_some_and(|places| places.iter().any(|place| self.guide[*place..].starts_with(run)))
    }

    /// Looks for words in `text`, which stands at `place`.
    pub fn look(&mut self, text: &str, place: &str) {
        let mut found = Vec::new();
        for whole in runs(text) {
            let allowed = ALLOWED.iter().any(|(text, _)| text.to_lowercase() == whole.join(" "));
            if whole.len() < 2 || allowed || self.is_in_guide(&whole) {
                continue;
            }
            for run in whole.split(|word| self.ids.contains(word)) {
                if run.len() < 2 || self.is_in_guide(run) {
                    continue;
                }
                // A sentence that ends with a name of the guide is listed once and not with every name.
                let ends = (2..run.len() - 1).find(|end| self.is_in_guide(&run[*end..])).unwrap_or(run.len());
                found.push(run[..ends].join(" "));
            }
        }
        for words in found {
            self.found.entry(words).or_insert_with(|| place.to_owned());
        }
    }

    pub fn found(&self) -> Vec<String> {
        self.found.iter().map(|(words, place)| format!("{words} ({place})")).collect()
    }

    pub fn assert_none_found(&self) {
        let help = "move each sentence to guide/text/en.ftl, or add what is no sentence to ALLOWED with the reason";
        assert!(self.found.is_empty(), "{} runs of words stand in Rust: {help}\n{}", self.found.len(), self.found().join("\n"));
    }
}

/// The words of a text, parted at whatever is neither an ordinary letter nor one space between words. Addresses, files, ids and codes are none.
fn runs(text: &str) -> Vec<Vec<String>> {
    let is_name = |word: &str| {
        let is_address = word.contains("://") || word.contains(['/', '@']) || word.contains("www.");
        is_address || word.contains('_') || CODE_SYSTEMS.contains(&word.to_lowercase().as_str())
    };
    let mut all = Vec::new();
    for line in text.lines() {
        let line = line.replace("  ", " | ");
        let line: Vec<&str> = line.split(' ').map(|word| if is_name(word) { "|" } else { word }).collect();
        let line = line.join(" ").to_lowercase().replace('’', "'").replace(" - ", " | ");
        let in_word = |c: char| c.is_ascii_alphabetic() || matches!(c, '\'' | ' ' | '-' | '\u{a0}' | '\u{ad}');
        for run in line.split(|c: char| !in_word(c)) {
            let words: Vec<String> = run
                .replace('\u{ad}', "")
                .split([' ', '-', '\u{a0}'])
                .map(|word| word.trim_matches('\'').to_owned())
                .filter(|word| !word.is_empty())
                .collect();
            if !words.is_empty() {
                all.push(words);
            }
        }
    }
    all
}

/// The texts of a page, each on a line, and what is said in its attributes.
pub fn of_html(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    let mut hidden = "";
    while let Some((text, after)) = rest.split_once('<') {
        if hidden.is_empty() {
            out.push_str(text);
            out.push('\n');
        }
        let Some((tag, after)) = after.split_once('>') else { break };
        rest = after;
        let name = tag.split([' ', '\n', '/']).next().unwrap_or_default();
        match name {
            "style" | "script" => hidden = name,
            _ if tag.strip_prefix('/') == Some(hidden) => hidden = "",
            _ => {}
        }
        let is_button = name == "button" || (name == "input" && tag.contains("type=\"submit\""));
        for attribute in ["title", "aria-label", "placeholder", "alt", "value"] {
            let value = tag.split_once(&format!(" {attribute}=\"")).and_then(|(_, rest)| rest.split('"').next());
            out.extend(value.filter(|_| attribute != "value" || is_button).map(|value| format!("{value}\n")));
        }
    }
    let out = out + rest;
    [("&#39;", "'"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&shy;", ""), ("&amp;", "&")]
        .iter()
        .fold(out, |text, (entity, letter)| text.replace(entity, letter))
}

/// The labels of a Mermaid drawing.
pub fn of_mermaid(text: &str) -> String {
    of_html(&text.split('"').skip(1).step_by(2).collect::<Vec<_>>().join("\n"))
}

/// Markdown without where its links lead.
pub fn of_markdown(text: &str) -> String {
    let mut parts = text.split("](");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + "|" + part.split_once(')').map_or("", |(_, rest)| rest)).replace('\\', "")
}

/// What a calendar shows of its events.
pub fn of_calendar(text: &str) -> String {
    let unfolded = text.replace("\r\n ", "").replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";");
    let mut shown = false;
    let mut lines = Vec::new();
    for line in unfolded.lines() {
        let property = line.split([':', ';']).next().unwrap_or_default();
        let is_property = property.len() > 2 && property.chars().all(|c| c.is_ascii_uppercase() || c == '-');
        if is_property {
            shown = matches!(property, "SUMMARY" | "DESCRIPTION");
        }
        if shown {
            lines.push(if is_property { line.split_once(':').map_or("", |(_, text)| text) } else { line });
        }
    }
    lines.join("\n")
}
