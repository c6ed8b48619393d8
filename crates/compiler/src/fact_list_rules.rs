//! Writes the constraints, contraindications and precautions that follow from a `[fact_list]`.

use sarcoguide_model::{
    Condition, Constraint, Contraindication, FactId, FactKind, FactList, PassageId, Precaution, Rule, ValueSet,
};

use crate::code::Code;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::fact_list::{Item, Listed, filled, template};
use crate::ids::Ids;
use crate::source::Parsed;
use crate::table::Table;

/// A class of components, such as those that work in the same way.
struct Class {
    id: String,
    name: String,
    /// The components, without those of the classes in `includes`.
    components: Vec<String>,
    /// The indexes of earlier classes that this one includes.
    includes: Vec<usize>,
    /// A yes/no fact that is true if the person has had a component of the class.
    implies: Option<FactId>,
    /// Whether a component that stopped working rules out the others.
    same_way: bool,
    /// Why having had a component implies the fact.
    text: String,
    /// Why the fact implies the fact of a class that includes this one. If `None`, `text` says so, with the name of the class.
    part_text: Option<String>,
    /// Why the fact can't be true if the person has had no component of the class.
    none_text: Option<String>,
    line: u32,
}

impl Class {
    /// Whether one of the item's components is in the class itself.
    fn has_component_of(&self, item: &Item) -> bool {
        item.components.iter().any(|component| self.components.contains(component))
    }
}

/// Which items of the list decide about a treatment.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Related {
    /// Those that have a component in common with it.
    Component,
    /// Those that have none in common with it, but one of the same class with `same_way`.
    Class,
}

const RELATED: [(&str, Related); 2] = [("component", Related::Component), ("class", Related::Class)];

/// A contraindication or precaution of every treatment with components.
struct Template {
    of: Related,
    /// The IDs of the values for which it holds.
    values: Vec<String>,
    covers: ValueSet,
    text: String,
    instead: Option<String>,
    /// The reason of the guide's authors, if no source is clear enough.
    reason: Option<String>,
    from: Vec<PassageId>,
}

/// What follows from a list of facts.
pub(crate) struct ListRules {
    listed: Listed,
    classes: Vec<Class>,
    contraindications: Vec<Template>,
    precautions: Vec<Template>,
}

/// Reads the classes and rules of the guide's list of facts, if it has one.
pub(crate) fn read(context: &Context, files: &[&Parsed]) -> Option<ListRules> {
    let listed = context.listed.clone()?;
    let file = files.iter().find(|file| file.stem() == listed.area)?;
    let quiet = crate::errors::Errors::default();
    let outer = Table::new(file.index, "a vocabulary", &file.file.text, &file.table, &quiet);
    let list = outer.table("fact_list", "a list of facts")?;
    let loud = |key: &'static str, what: &'static str| -> Vec<Table> {
        list.tables(key, what).iter().map(|entry| Table::of(entry, context.errors)).collect()
    };
    let mut classes: Vec<Class> = Vec::new();
    let mut ids = Ids::new("classes");
    for entry in loud("class", "a class") {
        let class = class(context, &listed, &mut ids, &classes, &entry);
        classes.push(class);
    }
    let contraindications = loud("contraindication", "a contraindication");
    let precautions = loud("precaution", "a precaution");
    Some(ListRules {
        contraindications: contraindications.iter().map(|entry| rule_template(context, &listed, entry, true)).collect(),
        precautions: precautions.iter().map(|entry| rule_template(context, &listed, entry, false)).collect(),
        classes,
        listed,
    })
}

fn class(context: &Context, listed: &Listed, ids: &mut Ids, earlier: &[Class], entry: &Table) -> Class {
    let known: Vec<String> = listed.items.iter().flat_map(|item| item.components.clone()).collect();
    let names: Vec<String> = earlier.iter().map(|class| class.id.clone()).collect();
    let components = entry.texts("components");
    let components = components.iter().filter(|text| context.lookup(text, &known, "component", entry.file).is_some());
    let includes = entry.texts("includes");
    let class = Class {
        id: ids.read(entry).text,
        name: entry.text("name"),
        components: components.map(|text| text.text.clone()).collect(),
        includes: includes.iter().filter_map(|text| context.lookup(text, &names, "earlier class", entry.file)).collect(),
        implies: entry.optional("implies").and_then(|text| {
            let fact = context.fact(&text, entry.file)?;
            if context.names.facts[fact.index()].kind == FactKind::YesNo {
                return Some(fact);
            }
            let message = format!("`{}` isn't a yes/no fact", text.text);
            let error = Diagnostic::new(Code::WrongFactType, message, entry.file, text.span, "a class can't imply it");
            context.report(error.help("name a fact with type = \"yes_no\""));
            None
        }),
        same_way: entry.flag("same_way"),
        text: if entry.has("implies") { template(context, entry, "text", &["name", "Name"]) } else { String::new() },
        part_text: entry.optional_text("part_text"),
        none_text: entry.has("none_text").then(|| template(context, entry, "none_text", &[])),
        line: entry.line(entry.span.start),
    };
    entry.finish();
    class
}

fn rule_template(context: &Context, listed: &Listed, entry: &Table, instead: bool) -> Template {
    let names: Vec<String> = listed.values.iter().map(|(id, _)| id.clone()).collect();
    let texts = entry.texts("values");
    let places: Vec<usize> = texts.iter().filter_map(|text| context.lookup(text, &names, "value", entry.file)).collect();
    if places.is_empty() && texts.is_empty() {
        let error = Diagnostic::new(Code::MissingPart, "the rule has no `values`", entry.file, entry.span.clone(), "here");
        context.report(error.help("list the values for which it holds"));
    }
    let of = entry.required_one_of("of", &RELATED, Related::Component);
    let template = Template {
        of,
        values: places.iter().map(|place| names[*place].clone()).collect(),
        covers: places.iter().fold(ValueSet::EMPTY, |all, place| all.union(listed.values[*place].1)),
        text: template(context, entry, "text", if of == Related::Class { &["class"] } else { &[] }),
        instead: if instead { entry.optional_text("instead") } else { None },
        reason: entry.optional_text("reason"),
        from: context.cited_passages(entry, "from", true),
    };
    entry.finish();
    template
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
    fn present_and_absent(&self) -> (ValueSet, ValueSet) {
        let all = self.listed.values.iter().fold(ValueSet::EMPTY, |all, (_, covers)| all.union(*covers));
        let absent = self.listed.values.get(self.listed.list.absent).map_or(ValueSet::EMPTY, |(_, covers)| *covers);
        (all.difference(absent), absent)
    }

    /// Returns the constraints between the facts of the list and the facts that its classes imply.
    pub fn constraints(&self) -> Vec<Constraint> {
        let (present, absent) = self.present_and_absent();
        let is = |fact: FactId, values: ValueSet| Condition::Is { fact, values };
        // The values of a yes/no fact are `no` and `yes`, in this order.
        let (no, yes) = (ValueSet::only(0), ValueSet::only(1));
        let mut constraints = Vec::new();
        for class in &self.classes {
            let Some(implied) = class.implies else { continue };
            let mut add = |mutually_exclusive: Vec<Condition>, text: String| {
                constraints.push(Constraint { mutually_exclusive, text, area: self.listed.area.clone(), line: class.line });
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
                add(vec![is(implied, no), is(fact, present)], filled(&class.text, &item.name));
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
            precautions.map(|(rule, text, _)| Precaution { rule, text }).collect(),
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
