use serde::{Deserialize, Serialize};

use crate::{Case, Decimal, FactId, FactValue, Rule, Statement};

/// Facts that a case can state but that don't fit together, so that one of them is probably a mistake. Unlike a [`Constraint`](crate::Constraint), a
/// doubt doesn't make the case invalid: verdicts follow what the case states, and every answer shows the doubt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// The ID in guide files and in output.
    pub id: String,
    /// Holds for the cases that have the doubt. Only `True` counts: an unknown fact is no reason for doubt.
    pub rule: Rule,
    /// What doesn't fit.
    pub statement: Statement,
    /// The authors' reason for the doubt, if it's their judgment and the passages only support a part of it.
    pub reason: Option<String>,
    /// What the person can have meant. Always at least two.
    pub readings: Vec<Reading>,
    /// What to check, or whom to ask.
    pub question: String,
    /// Whether an interview asks about the first fact of the condition if the person doesn't know the facts that follow from it.
    pub asks: bool,
    /// The name of the file in `doubts/` that defines the doubt, without `.toml`.
    pub area: String,
}

/// One of the ways to read facts that don't fit together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The reading as a sentence.
    pub text: String,
    /// The fact that has another value if this reading is right. `None` if the guide can't name one.
    pub changes: Option<(FactId, Correction)>,
}

/// The value that a fact has if a reading is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Correction {
    /// This value.
    Value(FactValue),
    /// The stated number divided by this one.
    DividedBy(u32),
}

impl Reading {
    /// Returns the fact that has another value in `case` if this reading is right, with that value. `None` if the guide can't name one, or if the
    /// value is already the one that `case` states.
    #[must_use]
    pub fn change(&self, case: &Case) -> Option<(FactId, FactValue)> {
        let (fact, correction) = self.changes?;
        let stated = case.get(fact);
        let value = match (correction, stated) {
            (Correction::Value(value), _) => value,
            (Correction::DividedBy(by), FactValue::Number(number)) => FactValue::Number(divided(number, by)),
            // The end of an interval can be the largest number that the fact allows. Dividing it would make up a limit.
            (Correction::DividedBy(_), FactValue::Between(_) | FactValue::Unknown | FactValue::Value(_)) => return None,
        };
        (value != stated).then_some((fact, value))
    }
}

fn divided(number: Decimal, by: u32) -> Decimal {
    Decimal::from_thousandths(number.thousandths() / i64::from(by.max(1)))
}

/// A doubt that a case has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoubtAdvice {
    /// The index in [`Guide::doubts`](crate::Guide::doubts).
    pub doubt: usize,
    /// Stated facts that don't fit together. If any one of them is left out, the rest raise no doubt.
    pub facts: Vec<FactId>,
}
