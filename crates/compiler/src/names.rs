//! Looks up the names of facts, derived facts and values in conditions, and lowers (converts) conditions to the core form.

use std::ops::Range;

use sarcoguide_case::convert;
use sarcoguide_model::{
    Comparison, Condition, Decimal, DerivedFact, DerivedId, Domain, Fact, FactId, FactKind, Value, ValueSet, covered,
};

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::syntax::{Expression, Word};

/// The facts and derived facts that conditions can use.
#[derive(Clone, Default)]
pub(crate) struct Names {
    pub facts: Vec<Fact>,
    /// The derived facts. Their values are complete, but their rows may not have been read yet.
    pub derived: Vec<DerivedFact>,
}

/// A fact or a derived fact that a condition uses.
enum Named<'a> {
    Fact(FactId, &'a Fact),
    Derived(DerivedId, &'a DerivedFact),
}

impl Names {
    fn all(&self) -> impl Iterator<Item = &str> {
        self.facts.iter().map(|fact| fact.id.as_str()).chain(self.derived.iter().map(|derived| derived.id.as_str()))
    }

    fn find(&self, word: &Word, file: usize, errors: &mut Vec<Diagnostic>) -> Option<Named<'_>> {
        if let Some(index) = self.facts.iter().position(|fact| fact.id == word.text) {
            return Some(Named::Fact(FactId::new(index), &self.facts[index]));
        }
        if let Some(index) = self.derived.iter().position(|derived| derived.id == word.text) {
            return Some(Named::Derived(DerivedId::new(index), &self.derived[index]));
        }
        let error = Diagnostic::new(
            Code::UnknownFact,
            format!("there is no fact `{}`", word.text),
            file,
            word.span.clone(),
            "unknown fact",
        );
        let fact = self.facts.iter().find(|fact| fact.value(&word.text).is_some()).map(|fact| fact.id.as_str());
        let derived = || self.derived.iter().find(|fact| fact.value(&word.text).is_some()).map(|fact| fact.id.as_str());
        errors.push(match fact.or_else(derived) {
            Some(owner) => error.help(format!("`{}` is a value of `{owner}`: write `{owner} is {}`", word.text, word.text)),
            None => error.suggest(&word.text, self.all()),
        });
        None
    }

    /// Lowers an expression to a condition. Reports errors, such as unknown names. A comparison that can't be lowered becomes [`Condition::Always`].
    pub fn lower(&self, expression: &Expression, file: usize, errors: &mut Vec<Diagnostic>) -> Condition {
        let mut each = |parts: &[Expression]| parts.iter().map(|part| self.lower(part, file, errors)).collect();
        match expression {
            Expression::Always | Expression::Broken => Condition::Always,
            Expression::Not(inner) => Condition::Not(Box::new(self.lower(inner, file, errors))),
            Expression::All(parts) => Condition::All(each(parts)),
            Expression::Any(parts) => Condition::Any(each(parts)),
            Expression::Is { fact, values, negated } => self.is(fact, values, *negated, file, errors),
            Expression::Range { fact, low, high, negated } => self.range(fact, low, high, *negated, file, errors),
            Expression::Compare { fact, comparison, negated, number, unit, span } => {
                let condition = self.compare(fact, *comparison, number, unit.as_ref(), span, file, errors);
                if *negated { Condition::Not(Box::new(condition)) } else { condition }
            }
        }
    }

    fn is(&self, fact: &Word, values: &[Word], negated: bool, file: usize, errors: &mut Vec<Diagnostic>) -> Condition {
        let Some(named) = self.find(fact, file, errors) else { return Condition::Always };
        let choices = named.values();
        if let Named::Fact(_, Fact { domain: Domain::Number { unit, .. }, .. }) = named {
            errors.push(match values {
                [number] if Decimal::parse(&number.text).is_some() => {
                    let message = format!("`{}` is compared without a unit", fact.text);
                    let error = Diagnostic::new(Code::WrongUnit, message, file, number.span.clone(), "no unit");
                    error.help(format!("write `{} {unit}`", number.text))
                }
                _ => {
                    let message = format!("`{}` is a number, so it has no values", fact.text);
                    let error = Diagnostic::new(Code::WrongFactType, message, file, fact.span.clone(), "a number");
                    error.help(format!("compare it with a number and its unit, as in `{} > 1 {unit}`", fact.text))
                }
            });
            return Condition::Always;
        }
        let mut set = ValueSet::EMPTY;
        for word in values {
            let Some(index) = value(choices, word, &fact.text, file, errors) else { continue };
            if choices[index].covers.is_subset(set) {
                let error = Diagnostic::new(
                    Code::RepeatedValue,
                    format!("`{}` is already in the list", word.text),
                    file,
                    word.span.clone(),
                    "repeated",
                );
                errors.push(error.help("list each value once; a parent value includes its subtypes"));
            }
            set = set.union(choices[index].covers);
        }
        let all = covered(choices);
        if set == all && !values.is_empty() {
            let error = Diagnostic::new(
                Code::AllValuesNamed,
                format!("the list contains every value of `{}`", fact.text),
                file,
                fact.span.clone(),
                "always true if the fact is known",
            );
            errors.push(error.help("remove the condition"));
        }
        named.condition(if negated { all.difference(set) } else { set })
    }

    fn range(&self, fact: &Word, low: &Word, high: &Word, negated: bool, file: usize, errors: &mut Vec<Diagnostic>) -> Condition {
        let Some(named) = self.find(fact, file, errors) else { return Condition::Always };
        if named.kind() != FactKind::Scale {
            let message = format!("`{}` isn't a scale, so a condition can't use a range of its values", fact.text);
            let error = Diagnostic::new(Code::WrongFactType, message, file, fact.span.clone(), "not a scale");
            errors.push(if let Named::Fact(_, Fact { domain: Domain::Number { unit, .. }, .. }) = named {
                let (id, low, high) = (&fact.text, &low.text, &high.text);
                error.help(format!("write `{id} >= {low} {unit} and {id} <= {high} {unit}`"))
            } else {
                error.help("list the values, as in `in [a, b]`")
            });
            return Condition::Always;
        }
        let choices = named.values();
        let ends = (value(choices, low, &fact.text, file, errors), value(choices, high, &fact.text, file, errors));
        let (Some(first), Some(last)) = ends else { return Condition::Always };
        if first > last {
            let span = low.span.start..high.span.end;
            errors.push(
                Diagnostic::new(Code::BackwardRange, "a range runs backward", file, span, "from high to low")
                    .help("write the lower value first"),
            );
        }
        let set = covered(choices.get(first..=last).unwrap_or_default());
        named.condition(if negated { covered(choices).difference(set) } else { set })
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one comparison")]
    fn compare(
        &self,
        fact: &Word,
        comparison: Comparison,
        number: &Word,
        unit: Option<&Word>,
        span: &Range<usize>,
        file: usize,
        errors: &mut Vec<Diagnostic>,
    ) -> Condition {
        let Some(named) = self.find(fact, file, errors) else { return Condition::Always };
        let Named::Fact(id, Fact { domain: Domain::Number { unit: fact_unit, min, max }, .. }) = named else {
            let error = Diagnostic::new(
                Code::WrongFactType,
                format!("`{}` is not a number", fact.text),
                file,
                fact.span.clone(),
                "it has values",
            );
            errors.push(match named.values() {
                [first, ..] if named.kind() == FactKind::Scale => {
                    let last = named.values().last().unwrap_or(first);
                    error.help(format!("write a range of its values, as in `{} in {}..{}`", fact.text, first.id, last.id))
                }
                [first, ..] => error.help(format!("write, for example, `{} is {}`", fact.text, first.id)),
                [] => error,
            });
            return Condition::Always;
        };
        let Some(threshold) = Decimal::parse(&number.text) else {
            let message = format!("`{}` is not a number with at most three decimals", number.text);
            let error = Diagnostic::new(Code::UnreadableNumber, message, file, number.span.clone(), "here");
            errors.push(error.help("write digits, with a point before the decimals"));
            return Condition::Always;
        };
        match unit {
            None => {
                let error = Diagnostic::new(
                    Code::WrongUnit,
                    format!("`{}` is compared without a unit", fact.text),
                    file,
                    number.span.clone(),
                    "no unit",
                );
                errors.push(error.help(format!("write `{} {fact_unit}`", number.text)));
            }
            Some(unit) if unit.text != *fact_unit => {
                let message = format!("the unit of `{}` is {fact_unit}, not {}", fact.text, unit.text);
                let error = Diagnostic::new(Code::WrongUnit, message, file, unit.span.clone(), "wrong unit");
                errors.push(match convert(threshold, &unit.text, fact_unit) {
                    Some(number) => error.help(format!("write `{number} {fact_unit}`")),
                    None => error.help(format!("write the number in {fact_unit}")),
                });
                return Condition::Always;
            }
            Some(_) => {}
        }
        let (low, high) = (comparison.holds(*min, threshold), comparison.holds(*max, threshold));
        let outside = threshold < *min || threshold > *max;
        if outside || (low == high && comparison != Comparison::Equal) {
            let holds = if low { "always" } else { "never" };
            let error = Diagnostic::new(
                Code::OutOfBounds,
                format!("this comparison is {holds} true"),
                file,
                span.clone(),
                format!("`{}` ranges from {min} to {max} {fact_unit}", fact.text),
            );
            errors.push(error.help("check the number and the unit"));
        }
        Condition::Compare { fact: id, comparison, threshold }
    }
}

impl Named<'_> {
    fn values(&self) -> &[Value] {
        match self {
            Self::Fact(_, fact) => fact.domain.values(),
            Self::Derived(_, derived) => &derived.values,
        }
    }

    fn kind(&self) -> FactKind {
        match self {
            Self::Fact(_, fact) => fact.kind,
            Self::Derived(_, derived) => derived.kind,
        }
    }

    fn condition(&self, values: ValueSet) -> Condition {
        match self {
            Self::Fact(fact, _) => Condition::Is { fact: *fact, values },
            Self::Derived(derived, _) => Condition::Derived { derived: *derived, values },
        }
    }
}

fn value(choices: &[Value], word: &Word, fact: &str, file: usize, errors: &mut Vec<Diagnostic>) -> Option<usize> {
    let found = choices.iter().position(|value| value.id == word.text);
    if found.is_none() {
        let error = Diagnostic::new(
            Code::UnknownValue,
            format!("`{fact}` has no value `{}`", word.text),
            file,
            word.span.clone(),
            "unknown value",
        );
        let error = error.suggest(&word.text, choices.iter().map(|value| value.id.as_str()));
        errors.push(if choices.len() <= 12 {
            let ids: Vec<&str> = choices.iter().map(|value| value.id.as_str()).collect();
            error.help(format!("its values are {}", ids.join(", ")))
        } else {
            error
        });
    }
    found
}
