//! Finds words in a text that come neither from the guide nor from the catalog in the test language.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;

use sarcoguide_model::Guide;

/// The reason why the warning about a guide that isn't built in is in English.
const WHY_ENGLISH: &str =
    "the tests use a copy of the guide, and the warning about such a guide always comes from the program's own catalog";

/// A text that is neither in the guide nor in the catalog, and the reason why it's allowed.
pub type Allowed = (&'static str, &'static str);

/// The warning that the guide isn't built in.
pub const WARNING: [Allowed; 3] = [
    ("content hash", WHY_ENGLISH),
    ("the people who make sarcoguide haven't checked it", WHY_ENGLISH),
    ("this guide isn't the one that comes with sarcoguide", WHY_ENGLISH),
];

/// The same warning in a picture, where it's split into lines.
pub const WARNING_IN_PICTURES: [Allowed; 1] = [("this guide isn't the one that comes with", WHY_ENGLISH)];

/// The names of code systems, which are shown before a code.
const CODE_SYSTEMS: [&str; 2] = ["ncit", "oncotree"];

/// The words of the guide, and the runs of words in the checked texts that the guide doesn't contain. [`runs`] says what a run is.
pub struct Words {
    /// The words of the guide's texts in order, with an empty word after each run.
    guide: Vec<String>,
    /// For each pair of consecutive words, the indexes in `guide` where it starts.
    pairs: HashMap<(String, String), Vec<usize>>,
    /// The IDs of treatments, effects and types. Pages for the care team show them after names.
    ids: BTreeSet<String>,
    /// The allowed texts in lowercase, each with whether it was found.
    allowed: BTreeMap<String, bool>,
    /// For each run of words that isn't in the guide, the place where it was first found.
    found: BTreeMap<String, String>,
}

impl Words {
    pub fn of_guide(folder: &Path, allowed: &[Allowed]) -> Self {
        let allowed: BTreeMap<String, bool> = allowed.iter().map(|(text, _)| (text.to_lowercase(), false)).collect();
        assert!(allowed.keys().all(|text| runs(text).len() == 1), "each allowed text must be a single run of words");
        let mut words = Self { guide: Vec::new(), pairs: HashMap::new(), ids: BTreeSet::new(), allowed, found: BTreeMap::new() };
        words.add(folder);
        words.add_generated(&sarcoguide_bundled::guide());
        for (index, pair) in words.guide.windows(2).enumerate() {
            words.pairs.entry((pair[0].clone(), pair[1].clone())).or_default().push(index);
        }
        words
    }

    /// Adds the texts that the compiler makes of the guide's templates for a list of facts.
    fn add_generated(&mut self, guide: &Guide) {
        let listed = guide.fact_lists.iter().flat_map(|list| &list.facts).map(|fact| &guide[*fact]);
        let facts = listed.flat_map(|fact| {
            [&fact.name, &fact.question].into_iter().chain(fact.why.as_ref()).chain(fact.where_to_find.as_ref())
        });
        let constraints = guide.constraints.iter().map(|constraint| &constraint.text);
        let contraindications = guide.treatments.iter().flat_map(|treatment| &treatment.contraindications);
        let contraindications = contraindications.filter(|entry| entry.rule.generated).map(|entry| &entry.text);
        let precautions = guide.treatments.iter().flat_map(|treatment| &treatment.precautions);
        let precautions = precautions.filter(|entry| entry.rule.generated).map(|entry| &entry.text);
        let texts: Vec<String> = facts.chain(constraints).chain(contraindications).chain(precautions).cloned().collect();
        texts.into_iter().for_each(|text| self.add_texts(&toml::Value::String(text)));
    }

    fn add(&mut self, path: &Path) {
        if path.is_dir() {
            // Cases aren't shown to anyone.
            if !path.ends_with("cases") {
                fs::read_dir(path)
                    .expect("the folder should be accessible")
                    .for_each(|entry| self.add(&entry.expect("the folder entry should be readable").path()));
            }
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            let text = fs::read_to_string(path).expect("the file should be readable");
            if path.iter().any(|part| ["treatments", "effects", "types"].iter().any(|folder| part == *folder)) {
                let ids = text.lines().filter_map(|line| line.strip_prefix("id ")).filter_map(|line| line.split('"').nth(1));
                self.ids.extend(ids.map(str::to_owned));
                self.ids.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
            }
            self.add_texts(&text.parse::<toml::Table>().expect("valid TOML").into());
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

    /// Returns whether the guide contains these words in this order. `run` must have at least two words.
    fn is_in_guide(&self, run: &[String]) -> bool {
        let starts = self.pairs.get(&(run[0].clone(), run[1].clone()));
        starts.is_some_and(|starts| starts.iter().any(|start| self.guide[*start..].starts_with(run)))
    }

    /// Records the runs of words in `text` that aren't in the guide. `place` says where the text comes from.
    pub fn check(&mut self, text: &str, place: &str) {
        let mut found = Vec::new();
        for whole in runs(text) {
            if let Some(is_found) = self.allowed.get_mut(&whole.join(" ")) {
                *is_found = true;
                continue;
            }
            if whole.len() < 2 || self.is_in_guide(&whole) {
                continue;
            }
            for run in whole.split(|word| self.ids.contains(word)) {
                if run.len() < 2 || self.is_in_guide(run) {
                    continue;
                }
                // Leave out words from the guide at the end of a run, such as a treatment's name, so that sentences that differ only in these
                // words are listed once.
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

    /// Checks that no words were found except the allowed ones, and that all of those were found.
    pub fn assert_only_allowed_found(&self) {
        let unused: Vec<&String> = self.allowed.iter().filter(|(_, is_found)| !**is_found).map(|(text, _)| text).collect();
        assert!(unused.is_empty(), "these texts are allowed but don't occur, so remove them: {unused:?}");
        let help =
            "move each sentence to guide/text/en.ftl; if the text isn't a sentence, add it to the allowed texts with the reason";
        assert!(
            self.found.is_empty(),
            "found {} runs of words that are neither in the guide nor in the catalog: {help}\n{}",
            self.found.len(),
            self.found().join("\n")
        );
    }
}

/// Splits a text into runs of words. A run ends at the end of a line, at a double space, and at any character that can't be part of unaccented words.
/// Addresses, file paths, IDs, hashes and code systems end a run too and aren't part of it.
fn runs(text: &str) -> Vec<Vec<String>> {
    let ends_run = |word: &str| {
        let is_address = word.contains("://") || word.contains(['/', '@']) || word.contains("www.");
        // A short content hash, perhaps in parentheses or before a period. It can begin or end with letters that look like a word.
        let hash = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        let is_hash = hash.len() == 12 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_address || is_hash || word.contains('_') || CODE_SYSTEMS.contains(&word.to_lowercase().as_str())
    };
    let mut all = Vec::new();
    for line in text.lines() {
        let line = line.replace("  ", " | ");
        let line: Vec<&str> = line.split(' ').map(|word| if ends_run(word) { "|" } else { word }).collect();
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

/// Returns the texts of a page, each on its own line, with the texts in its attributes.
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

/// Returns the labels of a Mermaid diagram.
pub fn of_mermaid(text: &str) -> String {
    of_html(&text.split('"').skip(1).step_by(2).collect::<Vec<_>>().join("\n"))
}

/// Returns Markdown text without the targets of its links.
pub fn of_markdown(text: &str) -> String {
    let mut parts = text.split("](");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + "|" + part.split_once(')').map_or("", |(_, rest)| rest)).replace('\\', "")
}

/// Returns the titles and descriptions of a calendar's events.
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
