//! Compares a revised text of a source with the passages of the guide, and finds the parts of the guide that the changed passages
//! affect.

use std::collections::{BTreeMap, BTreeSet};

use sarcoguide_model::{Condition, DerivedId, Guide, PassageId, Rule, RulePlace, SourceId, TreatmentId};

use crate::pieces::{Hash, TextPart, hash, longest_run, text_parts};
use crate::statements::{GuideStatement, statements};

/// The result of comparing a source of a guide with a revised text of that source.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SourceComparison {
    pub source: SourceId,
    /// The number of passages that are unchanged and in order.
    pub unchanged: usize,
    /// The passages without a valid hash. It's unknown whether they changed, because the hash is needed to find them in the text.
    pub unknown: Vec<PassageId>,
    /// Passages that moved, changed or vanished, in the order of the guide.
    pub affected: Vec<AffectedPassage>,
    /// Pieces of the text that are left once each passage has been matched with at most one piece, in the order of the text.
    pub new: Vec<Piece>,
}

impl SourceComparison {
    /// Whether the guide needs review because the text differs from its passages. Passages without a hash don't count.
    #[must_use]
    pub fn needs_review(&self) -> bool {
        !self.affected.is_empty() || !self.new.is_empty()
    }
}

/// A passage that moved, changed or vanished, and the parts of the guide that depend on the passage.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AffectedPassage {
    pub passage: PassageId,
    /// What happened to the passage.
    pub change: PassageChange,
    /// The statements that cite the passage.
    pub statements: Vec<GuideStatement>,
    /// The derived facts that depend on the passage, directly or through other derived facts.
    pub derived: Vec<DerivedId>,
    /// The conditions that depend on the passage or on one of these derived facts.
    pub rules: Vec<AffectedCondition>,
    /// The treatments with one of these statements or conditions.
    pub treatments: Vec<TreatmentId>,
}

/// What happened to a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PassageChange {
    /// The words of the passage moved to this piece.
    Moved(Piece),
    /// The words of the passage are gone, and this piece is in their position.
    Changed(Piece),
    /// The words of the passage are gone, and nothing is in their position.
    Vanished,
}

/// A piece of the text, such as a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Piece {
    pub text: String,
    /// The line where the piece starts, from 1.
    pub line: usize,
}

/// A condition of the guide, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AffectedCondition {
    /// Where the condition is in the guide, for example `treatment wide_removal: indication`.
    pub place: String,
    pub written: String,
}

/// Compares the passages of `source` with `text`, a revised edition of it.
///
/// Passages are recognized by the hashes of their words. If the words of a passage are gone, a new piece between the same unchanged
/// passages counts as the changed passage. If there are several such passages or pieces, each passage is paired with at most one
/// piece. The pairs are chosen so that the pieces share the most words with the guide's summaries of the passages.
#[must_use]
pub fn source_diff(guide: &Guide, source: SourceId, text: &str) -> SourceComparison {
    let mut unknown = Vec::new();
    let mut passages: Vec<(PassageId, Hash)> = Vec::new();
    for (index, passage) in guide.passages.iter().enumerate().filter(|(_, passage)| passage.source == source) {
        match passage.sha256.as_deref().and_then(hash) {
            Some(hash) => passages.push((PassageId::new(index), hash)),
            None => unknown.push(PassageId::new(index)),
        }
    }
    let wanted: BTreeSet<Hash> = passages.iter().map(|(_, hash)| *hash).collect();
    let pieces = text_parts(text, |hash| wanted.contains(hash));
    let (changes, unchanged) = changes(guide, &passages, &pieces);
    let used: BTreeSet<usize> =
        changes.values().filter_map(|(_, piece)| *piece).chain(unchanged.iter().map(|pair| pair.1)).collect();
    let new = pieces.iter().enumerate().filter(|(place, _)| !used.contains(place)).map(|(_, piece)| Piece::of(piece)).collect();
    let citing = CitingParts::of(guide);
    let affected = changes.into_iter().map(|(rank, (change, _))| citing.affected(passages[rank].0, change)).collect();
    SourceComparison { source, unchanged: unchanged.len(), unknown, affected, new }
}

impl Piece {
    fn of(part: &TextPart) -> Self {
        Self { text: part.text.clone(), line: part.line }
    }
}

/// For each passage that moved, changed or vanished, says what happened to it, and gives the index of its piece in the revised text, if
/// any. The keys are indexes in `passages`.
type PassageChanges = BTreeMap<usize, (PassageChange, Option<usize>)>;

/// Returns what happened to the passages that moved, changed or vanished. Also returns the unchanged passages that are in order, as
/// pairs of an index in `passages` and an index in `pieces`.
fn changes(guide: &Guide, passages: &[(PassageId, Hash)], pieces: &[TextPart]) -> (PassageChanges, Vec<(usize, usize)>) {
    let mut positions: BTreeMap<Hash, Vec<usize>> = BTreeMap::new();
    for (place, piece) in pieces.iter().enumerate() {
        if let Some(hash) = piece.known {
            positions.entry(hash).or_default().push(place);
        }
    }
    let pairs = passages.iter().enumerate().filter_map(|(rank, (_, hash))| Some((rank, positions.get(hash)?.clone()))).collect();
    let unchanged = longest_run(&pairs);
    let mut taken: BTreeSet<usize> = unchanged.iter().map(|pair| pair.1).collect();
    let kept: BTreeSet<usize> = unchanged.iter().map(|pair| pair.0).collect();
    let mut changes = PassageChanges::new();
    for (rank, places) in pairs.iter().filter(|(rank, _)| !kept.contains(rank)) {
        if let Some(place) = places.iter().find(|place| !taken.contains(place)) {
            taken.insert(*place);
            changes.insert(*rank, (PassageChange::Moved(Piece::of(&pieces[*place])), Some(*place)));
        }
    }
    // Between each unchanged passage and the next one, match the passages that are gone with the new pieces, in order.
    let mut low = (0, 0);
    for high in unchanged.iter().copied().chain([(passages.len(), pieces.len())]) {
        let gone: Vec<usize> = (low.0..high.0).filter(|rank| !kept.contains(rank) && !changes.contains_key(rank)).collect();
        let fresh: Vec<usize> = (low.1..high.1).filter(|place| !taken.contains(place)).collect();
        let summaries: Vec<BTreeSet<String>> =
            gone.iter().map(|rank| significant_words(&guide[passages[*rank].0].summary)).collect();
        let texts: Vec<BTreeSet<String>> = fresh.iter().map(|place| significant_words(&pieces[*place].text)).collect();
        for (rank, partner) in gone.iter().zip(matched(&summaries, &texts)) {
            let change = match partner.map(|partner| fresh[partner]) {
                Some(place) => (PassageChange::Changed(Piece::of(&pieces[place])), Some(place)),
                None => (PassageChange::Vanished, None),
            };
            changes.insert(*rank, change);
        }
        low = (high.0 + 1, high.1 + 1);
    }
    (changes, unchanged)
}

/// Returns the significant words of a text in lowercase. These have more than three characters or contain a digit.
fn significant_words(text: &str) -> BTreeSet<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words
        .filter(|word| word.chars().count() > 3 || word.chars().any(|letter| letter.is_ascii_digit()))
        .map(str::to_lowercase)
        .collect()
}

/// The maximum number of pairs whose words are compared. If there are more, passages and pieces are paired in order instead.
const MAX_PAIRS: usize = 1_000_000;

/// For each passage in `gone`, returns the index of its partner in `fresh`, if any. Partners are in the same order as the
/// passages. Among the solutions with the most pairs, this returns one whose pairs share the most words.
fn matched(gone: &[BTreeSet<String>], fresh: &[BTreeSet<String>]) -> Vec<Option<usize>> {
    if gone.len().saturating_mul(fresh.len()) > MAX_PAIRS {
        return (0..gone.len()).map(|place| (place < fresh.len()).then_some(place)).collect();
    }
    let alike = |left: usize, right: usize| {
        let common = gone[left].intersection(&fresh[right]).count();
        // The number of pairs matters more than how similar they are.
        1_000_000 + 1000 * common / gone[left].len().max(1)
    };
    let mut best = vec![vec![0_usize; fresh.len() + 1]; gone.len() + 1];
    for left in (0..gone.len()).rev() {
        for right in (0..fresh.len()).rev() {
            let paired = best[left + 1][right + 1] + alike(left, right);
            best[left][right] = paired.max(best[left + 1][right]).max(best[left][right + 1]);
        }
    }
    let mut partners = vec![None; gone.len()];
    let (mut left, mut right) = (0, 0);
    while left < gone.len() && right < fresh.len() {
        if best[left][right] == best[left + 1][right + 1] + alike(left, right) {
            partners[left] = Some(right);
            (left, right) = (left + 1, right + 1);
        } else if best[left][right] == best[left + 1][right] {
            left += 1;
        } else {
            right += 1;
        }
    }
    partners
}

/// Everything in a guide that can depend on a passage.
struct CitingParts<'g> {
    guide: &'g Guide,
    statements: Vec<GuideStatement>,
    rules: Vec<(String, Option<TreatmentId>, &'g Rule)>,
}

impl<'g> CitingParts<'g> {
    fn of(guide: &'g Guide) -> Self {
        Self { guide, statements: statements(guide), rules: rules(guide) }
    }

    /// Collects the parts of the guide that depend on `passage`.
    fn affected(&self, passage: PassageId, change: PassageChange) -> AffectedPassage {
        let derived = self.derived(passage);
        let depends = |rule: &Rule| rule.from.contains(&passage) || uses_any(&rule.when, &derived);
        let statements: Vec<GuideStatement> =
            self.statements.iter().filter(|statement| statement.from.contains(&passage)).cloned().collect();
        let depending: Vec<_> = self.rules.iter().filter(|(_, _, rule)| depends(rule)).collect();
        let cites = |treatment: &str| {
            let place = format!("treatment {treatment}: ");
            statements.iter().any(|statement| statement.place.starts_with(&place))
        };
        let mut treatments: BTreeSet<TreatmentId> = depending.iter().filter_map(|(_, treatment, _)| *treatment).collect();
        let cited = self.guide.treatments.iter().enumerate().filter(|(_, treatment)| cites(&treatment.id));
        treatments.extend(cited.map(|(index, _)| TreatmentId::new(index)));
        let rules = depending
            .iter()
            .map(|(place, _, rule)| AffectedCondition { place: place.clone(), written: rule.written.clone() })
            .collect();
        AffectedPassage {
            passage,
            change,
            statements,
            derived: derived.into_iter().collect(),
            rules,
            treatments: treatments.into_iter().collect(),
        }
    }

    /// Returns the derived facts that depend on a passage. The guide lists each derived fact after those that it uses, so one
    /// pass is enough.
    fn derived(&self, passage: PassageId) -> BTreeSet<DerivedId> {
        let mut found = BTreeSet::new();
        for (index, derived) in self.guide.derived.iter().enumerate() {
            let depends = |rule: &Rule| rule.from.contains(&passage) || uses_any(&rule.when, &found);
            if derived.from.contains(&passage) || derived.rows.iter().any(|row| depends(&row.rule)) {
                found.insert(DerivedId::new(index));
            }
        }
        found
    }
}

fn uses_any(condition: &Condition, wanted: &BTreeSet<DerivedId>) -> bool {
    let mut found = false;
    condition.walk(&mut |part| found |= matches!(part, Condition::Derived { derived, .. } if wanted.contains(derived)));
    found
}

/// Returns the conditions of a guide, each with its location in the guide and its treatment, if any. Leaves out the conditions in tables of derived
/// facts, because [`CitingParts::derived`] covers them.
fn rules(guide: &Guide) -> Vec<(String, Option<TreatmentId>, &Rule)> {
    let located = |place: RulePlace| {
        let part = match place {
            RulePlace::Row(..) => return None,
            RulePlace::Scope => return Some(("guide: scope".to_owned(), None, &guide.scope)),
            RulePlace::OutOfScope(_)
            | RulePlace::NoTreatmentIndicated(_)
            | RulePlace::Policy(_)
            | RulePlace::Doubt(_)
            | RulePlace::ModalityDeclined(_)
            | RulePlace::Team(_)
            | RulePlace::UsualValue(_)
            | RulePlace::TeamQuestion(_) => return Some((guide.place_name(place), None, guide.rule(place)?)),
            RulePlace::TreatmentDeclined(_) => "declined",
            RulePlace::Indication(..) => "indication",
            RulePlace::Contraindication(..) => "contraindication",
            RulePlace::Precaution(..) => "precaution",
            RulePlace::Effect(..) => "effect",
            RulePlace::Outcome(..) => "outcome",
            RulePlace::Administration(..) => "administration",
        };
        let treatment = place.treatment()?;
        Some((format!("treatment {}: {part}", guide[treatment].id), Some(treatment), guide.rule(place)?))
    };
    guide.rule_places().into_iter().filter_map(located).collect()
}
