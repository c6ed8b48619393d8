//! A list of facts that says which treatments a person has had and how each one ended, and what follows from it: constraints, contraindications and
//! precautions.

use sarcoguide_model::{Condition, Constraint, Contraindication, FactId, FactList, PassageId, Precaution, Rule, ValueSet};

/// Something that a person may have had: a treatment with components, or an entry under `other`.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// The ID of the treatment or of the entry.
    pub id: String,
    pub name: String,
    /// The components. An entry under `other` has one: itself.
    pub components: Vec<String>,
}

impl Item {
    /// Whether the two items have a component in common.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.components.iter().any(|component| other.components.contains(component))
    }
}

/// The list, and what each of its facts is about.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    pub list: FactList,
    /// The start of the ID of each fact. The ID of the item follows.
    pub prefix: String,
    /// The items, in the order of `list.facts`.
    pub items: Vec<Item>,
    /// The values of each fact, for messages and written conditions: their IDs and what they cover.
    pub values: Vec<(String, ValueSet)>,
    /// The name of the vocabulary file without `.toml`.
    pub area: String,
}

/// Puts a name into a text: as written for `{Name}`, and as within a sentence for `{name}`.
pub(crate) fn filled(text: &str, name: &str) -> String {
    text.replace("{Name}", name).replace("{name}", &within_sentence(name))
}

/// Returns the name in lower case at its start, unless it starts with an abbreviation.
fn within_sentence(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(name.chars().skip(1)).collect(),
        _ => name.to_owned(),
    }
}

/// A class of components, such as those that work in the same way.
pub(crate) struct Class {
    pub id: String,
    pub name: String,
    /// The components, without those of the classes in `includes`.
    pub components: Vec<String>,
    /// The indexes of earlier classes that this one includes.
    pub includes: Vec<usize>,
    /// A yes/no fact that is true if the person has had a component of the class.
    pub implies: Option<FactId>,
    /// Whether a component that stopped working rules out the others.
    pub same_way: bool,
    /// Why having had a component implies the fact.
    pub text: String,
    /// Why the fact implies the fact of a class that includes this one. If `None`, `text` says so, with the name of the class.
    pub part_text: Option<String>,
    /// Why the fact can't be true if the person has had no component of the class.
    pub none_text: Option<String>,
    pub line: u32,
}

impl Class {
    /// Whether one of the item's components is in the class itself.
    fn has_component_of(&self, item: &Item) -> bool {
        item.components.iter().any(|component| self.components.contains(component))
    }
}

/// Which items of the list decide about a treatment.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Related {
    /// Those that have a component in common with it.
    Component,
    /// Those that have none in common with it, but one of the same class with `same_way`.
    Class,
}

pub(crate) const RELATED: [(&str, Related); 2] = [("component", Related::Component), ("class", Related::Class)];

/// A contraindication or precaution of every treatment with components.
pub(crate) struct Template {
    pub of: Related,
    /// The IDs of the values for which it holds.
    pub values: Vec<String>,
    pub covers: ValueSet,
    pub text: String,
    pub instead: Option<String>,
    /// The reason of the guide's authors, if no source is clear enough.
    pub reason: Option<String>,
    pub from: Vec<PassageId>,
}

/// What follows from a list of facts.
pub(crate) struct ListRules {
    pub listed: Listed,
    pub classes: Vec<Class>,
    pub contraindications: Vec<Template>,
    pub precautions: Vec<Template>,
}

impl ListRules {
    /// The items of the list with their facts.
    fn items(&self) -> impl Iterator<Item = (FactId, &Item)> {
        self.listed.list.facts.iter().copied().zip(&self.listed.items)
    }

    /// Returns the list, with the judgments of its rules.
    pub fn list(&self) -> FactList {
        let templates = self.contraindications.iter().chain(&self.precautions);
        let judgments = templates.filter_map(|template| Some((template.text.clone(), template.reason.clone()?))).collect();
        FactList { judgments, ..self.listed.list.clone() }
    }

    /// Returns the fact that says whether the treatment with this ID has been given.
    pub fn given(&self, treatment: &str) -> Option<FactId> {
        self.items().find(|(_, item)| item.id == treatment).map(|(fact, _)| fact)
    }

    /// Returns the values of the list's facts for what is on the person's list, and for what isn't.
    fn values_on_and_off(&self) -> (ValueSet, ValueSet) {
        let all = self.listed.values.iter().fold(ValueSet::EMPTY, |all, (_, covers)| all.union(*covers));
        let absent = self.listed.values.get(self.listed.list.absent).map_or(ValueSet::EMPTY, |(_, covers)| *covers);
        (all.difference(absent), absent)
    }

    /// Returns the constraints between the facts of the list and the facts that its classes imply.
    pub fn constraints(&self) -> Vec<Constraint> {
        let (on, absent) = self.values_on_and_off();
        let is = |fact: FactId, values: ValueSet| Condition::Is { fact, values };
        // The values of a yes/no fact are `no` and `yes`, in this order.
        let (no, yes) = (ValueSet::only(0), ValueSet::only(1));
        let mut constraints = Vec::new();
        for class in &self.classes {
            let Some(implied) = class.implies else { continue };
            let mut add = |mutually_exclusive: Vec<Condition>, text: String| {
                constraints.push(Constraint {
                    mutually_exclusive,
                    text,
                    area: self.listed.area.clone(),
                    line: class.line,
                    doubt: None,
                });
            };
            let mut none = vec![is(implied, yes)];
            let (parts, merged): (Vec<&Class>, Vec<&Class>) =
                class.includes.iter().map(|index| &self.classes[*index]).partition(|included| included.implies.is_some());
            for (part, fact) in parts.iter().filter_map(|part| Some((part, part.implies?))) {
                let text = part.part_text.clone().unwrap_or_else(|| filled(&class.text, &part.name));
                add(vec![is(implied, no), is(fact, yes)], text);
                none.push(is(fact, no));
            }
            // An item of a part implies the fact of the part, which implies this fact.
            let is_own = |item: &Item| {
                let within = |class: &&Class| class.has_component_of(item);
                within(&class) || merged.iter().any(within)
            };
            let is_of_part = |item: &Item| parts.iter().any(|part| part.has_component_of(item));
            for (fact, item) in self.items().filter(|(_, item)| is_own(item) && !is_of_part(item)) {
                add(vec![is(implied, no), is(fact, on)], filled(&class.text, &item.name));
                none.push(is(fact, absent));
            }
            if let Some(text) = &class.none_text {
                add(none, text.clone());
            }
        }
        constraints
    }

    /// Returns the contraindications and precautions of the treatment with this ID. `line` is the line of its components.
    pub fn rules(&self, treatment: &str, line: u32) -> (Vec<Contraindication>, Vec<Precaution>) {
        let Some((_, own)) = self.items().find(|(_, item)| item.id == treatment) else { return Default::default() };
        let all = |templates: &[Template]| -> Vec<(Rule, String, Option<String>)> {
            let of_template = |template: &Template| -> Vec<_> {
                let rule =
                    |facts: Vec<FactId>, text: String| Some((self.rule(template, &facts, line)?, text, template.instead.clone()));
                match template.of {
                    Related::Component => {
                        let facts = self.items().filter(|(_, item)| item.overlaps(own)).map(|(fact, _)| fact).collect();
                        rule(facts, template.text.clone()).into_iter().collect()
                    }
                    Related::Class => {
                        let in_class =
                            |class: &Class, item: &Item| item.components.iter().any(|part| class.components.contains(part));
                        let classes = self.classes.iter().filter(|class| class.same_way && in_class(class, own));
                        let of_class = |class: &Class| {
                            let others = self.items().filter(|(_, item)| !item.overlaps(own) && class.has_component_of(item));
                            rule(others.map(|(fact, _)| fact).collect(), template.text.replace("{class}", &class.name))
                        };
                        classes.filter_map(of_class).collect()
                    }
                }
            };
            templates.iter().flat_map(of_template).collect()
        };
        let contraindications = all(&self.contraindications).into_iter();
        let precautions = all(&self.precautions).into_iter();
        (
            contraindications.map(|(rule, text, instead)| Contraindication { rule, text, instead }).collect(),
            precautions.map(|(rule, text, _)| Precaution { rule, text, warning: false }).collect(),
        )
    }

    /// Returns the rule that holds if one of the facts has one of the template's values, or `None` without facts.
    fn rule(&self, template: &Template, facts: &[FactId], line: u32) -> Option<Rule> {
        let is = |fact: &FactId| Condition::Is { fact: *fact, values: template.covers };
        let written = |fact: &FactId| {
            let place = self.listed.list.facts.iter().position(|listed| listed == fact).unwrap_or_default();
            let name = format!("{}{}", self.listed.prefix, self.listed.items[place].id);
            match template.values.as_slice() {
                [value] => format!("{name} is {value}"),
                values => format!("{name} in [{}]", values.join(", ")),
            }
        };
        let when = match facts {
            [] => return None,
            [fact] => is(fact),
            facts => Condition::Any(facts.iter().map(is).collect()),
        };
        let written = facts.iter().map(written).collect::<Vec<_>>().join(" or ");
        Some(Rule { when, written, from: template.from.clone(), line, generated: true })
    }
}
