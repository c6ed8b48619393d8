//! Decides which question of an interview comes next.

use sarcoguide_model::{Advice, AssumptionKind, FactId, Guide};

use crate::advisor::Advisor;
use crate::questions::Questions;

impl Advisor {
    /// Returns the fact to ask about next, if any. `questions` and `advice` are those of the same case.
    ///
    /// It's from the first step of the interview with a question to ask. In a step, parts with `first = true` come before the others, each in their
    /// order. Of the questions of a part, one about a decisive fact that a scenario assumes comes first. Then, in parts with `first = true`, comes the
    /// one on which most open verdicts depend, and in the others the first one.
    #[must_use]
    pub fn next_in_interview(&self, questions: &Questions, advice: &Advice) -> Option<FactId> {
        let guide = &**self.guide();
        let is_asked = |fact: &FactId| questions.ask.contains(*fact);
        let parts = guide.interview.parts.iter().filter(|part| part.facts.iter().any(is_asked));
        let part = parts.min_by_key(|part| (part.step, !part.first))?;
        let depending = |fact: FactId| {
            let found = advice.next_questions.iter().find(|question| question.fact == fact).filter(|_| part.first);
            found.map_or(0, |question| question.open)
        };
        let key = |fact: FactId| (is_decisive(guide, advice, fact), depending(fact));
        let mut candidates = part.facts.iter().copied().filter(is_asked);
        let mut best = candidates.next()?;
        for fact in candidates {
            if key(fact) > key(best) {
                best = fact;
            }
        }
        Some(best)
    }
}

/// Whether a scenario assumes a value of this fact that splits the plan.
fn is_decisive(guide: &Guide, advice: &Advice, fact: FactId) -> bool {
    let assumed = advice.scenarios.iter().flat_map(|scenario| &scenario.assumptions);
    assumed
        .filter(|assumption| assumption.fact == fact)
        .any(|assumption| guide.usual_values[assumption.entry].kind == AssumptionKind::Decisive)
}
