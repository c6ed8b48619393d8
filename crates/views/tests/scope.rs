//! Tests what documents say about the scope. If the guide doesn't cover a case, every document says so first, with the stated facts that put the
//! case out of scope and where to look instead.

use sarcoguide_advise::Advisor;
use sarcoguide_document::markdown::markdown;
use sarcoguide_document::{Block, Document};
use sarcoguide_model::{Advice, Case, Decimal, FactValue, Guide, OutOfScope, Truth};
use sarcoguide_text::{Text, t};
use sarcoguide_views::scope::not_covered;
use sarcoguide_views::treatment::{self, Reader};
use sarcoguide_views::visit_summary::visit_summary;
use sarcoguide_views::{Answered, answer, pathway, timeline, words};

/// Returns a case of each out-of-scope kind, with its advice. Each case states a single fact. To find a case, this tries the facts in the condition
/// of the kind with all their values, or with the number 15.
fn cases(guide: &Guide) -> Vec<(&OutOfScope, Case, Advice)> {
    let advisor = Advisor::new(guide.clone());
    let mut found = Vec::new();
    for (index, kind) in guide.out_of_scope.iter().enumerate() {
        let mut facts = Vec::new();
        kind.rule.when.walk(&mut |part| {
            if let sarcoguide_model::Condition::Is { fact, .. } | sarcoguide_model::Condition::Compare { fact, .. } = part {
                facts.push(*fact);
            }
        });
        let values = facts.iter().flat_map(|fact| {
            let values = guide[*fact].domain.values().len();
            let numbers = if values == 0 { vec![FactValue::Number(Decimal::from_thousandths(15_000))] } else { Vec::new() };
            let values = (0..values).map(|value| FactValue::Value(u8::try_from(value).expect("few values")));
            values.chain(numbers).map(|known| Case::unknown(guide.facts.len()).with(*fact, known)).collect::<Vec<_>>()
        });
        let mut asked = values.map(|case| (advisor.answer(&case).expect("no contradiction"), case));
        let (advice, case) = asked.find(|(advice, _)| advice.scope.outside.contains(&index)).expect("a case of this kind");
        found.push((kind, case, advice));
    }
    found
}

/// Returns the text of each block after the title, without citation marks. Blocks other than headings and paragraphs become `a list`.
fn after_the_title(document: &Document) -> Vec<String> {
    let words = document.blocks.iter().map(|block| match block {
        Block::Heading { line, .. } | Block::Paragraph(line) => {
            line.0.iter().filter(|piece| !piece.text.starts_with(" [")).map(|piece| piece.text.as_str()).collect()
        }
        _ => "a list".to_owned(),
    });
    words.skip(1).collect()
}

#[test]
fn every_document_first_says_that_a_case_is_not_covered_why_and_where_to_look() {
    let guide = sarcoguide_bundled::guide();
    let (text, cases) = (Text::english(), cases(&guide));
    let not_covered_heading = t!(text, scope_not_covered);
    assert!(cases.len() >= 10);
    for (kind, case, advice) in cases {
        assert_eq!(advice.scope.covered, Truth::False, "{}", kind.id);
        let answered = Answered { case: &case, advice: &advice, preferences: &[] };
        let treatment = guide.treatment("pazopanib").expect("a treatment");
        let documents = [
            ("answer", answer::answer((&guide).into(), answered)),
            ("options", answer::options((&guide).into(), answered)),
            ("treatment", treatment::page((&guide).into(), treatment, Some(answered), Reader::Person)),
            ("summary", visit_summary((&guide).into(), answered, None)),
            ("compare", treatment::compare((&guide).into(), &[treatment], Some(answered))),
            ("plan", timeline::plan::page((&guide).into(), answered, &[])),
        ];
        let stated = case.stated().map(|fact| words::stated((&guide).into(), &case, fact)).collect::<Vec<_>>().join("; ");
        let why = t!(text, scope_because, why = &kind.statement.text, facts = &stated);
        let expected = [not_covered_heading.clone(), why, t!(text, scope_where_to_look, place = &kind.where_to_look)];
        for (name, document) in documents {
            assert_eq!(after_the_title(&document)[..3], expected, "{}: {name}", kind.id);
        }
        let brief = not_covered((&guide).into(), answered);
        let rendered: Vec<String> = brief.blocks.iter().map(|block| format!("{block:?}")).collect();
        assert!(rendered.concat().contains(&stated), "{rendered:?}");
        let pathway = pathway::Pathway::of((&guide).into(), &case, &advice, &[]).not_covered.expect("not covered");
        assert!(pathway.starts_with(&not_covered_heading) && pathway.contains(&kind.where_to_look), "{pathway}");
        // Treatments for everyone come later in the document.
        for document in [answer::answer((&guide).into(), answered), visit_summary((&guide).into(), answered, None)] {
            let rendered = after_the_title(&document).concat();
            assert!(rendered.contains(&t!(text, answer_supportive_care)), "{}: {rendered}", kind.id);
        }
    }
}

#[test]
fn no_treatment_is_judged_and_no_question_is_asked_if_the_guide_does_not_cover_the_case() {
    let guide = sarcoguide_bundled::guide();
    let text = Text::english();
    let (not_judged, nothing_against) = (t!(text, scope_not_judged), t!(text, scope_nothing_against));
    for (kind, case, advice) in cases(&guide) {
        let answered = Answered { case: &case, advice: &advice, preferences: &[] };
        for document in [answer::answer((&guide).into(), answered), answer::options((&guide).into(), answered)] {
            let rendered = markdown(&document);
            assert!(rendered.contains(&nothing_against), "{}: {rendered}", kind.id);
            for unexpected in ["not for this situation", "oes not fit this situation", "What to find out"] {
                assert!(!rendered.contains(unexpected), "{}: {unexpected}: {rendered}", kind.id);
            }
        }
        for (index, treatment) in guide.treatments.iter().enumerate().filter(|(_, treatment)| !treatment.any_scope) {
            let id = sarcoguide_model::TreatmentId::new(index);
            for document in [
                treatment::page((&guide).into(), id, Some(answered), Reader::Person),
                treatment::page((&guide).into(), id, Some(answered), Reader::Team { truth: None }),
                treatment::compare((&guide).into(), &[id], Some(answered)),
            ] {
                let rendered = markdown(&document);
                let head = if treatment.is_withdrawn() { "o longer available" } else { &not_judged[1..] };
                assert!(rendered.contains(head) && rendered.contains(&nothing_against), "{}: {rendered}", treatment.id);
                for unexpected in ["does not fit", "did not fit", "ecided by", "o be checked: ", "To be ruled out"] {
                    assert!(!rendered.contains(unexpected), "{}: {}: {unexpected}", kind.id, treatment.id);
                }
            }
        }
    }
}

#[test]
fn answers_and_summaries_first_say_that_the_scope_is_open_and_name_the_kinds_that_are_not_covered() {
    let guide = sarcoguide_bundled::guide();
    let advisor = Advisor::new(guide.clone());
    let nothing = Case::unknown(guide.facts.len());
    let histology = guide.fact("histology").expect("a fact");
    let value = guide[histology].value("synovial_sarcoma").expect("a value");
    let known = FactValue::Value(u8::try_from(value).expect("few values"));
    for (case, kinds) in [(nothing.clone(), guide.out_of_scope.len()), (nothing.with(histology, known), 1)] {
        let advice = advisor.answer(&case).expect("no contradiction");
        assert_eq!(advice.scope.open.len(), kinds);
        let answered = Answered { case: &case, advice: &advice, preferences: &[] };
        for document in [answer::answer((&guide).into(), answered), visit_summary((&guide).into(), answered, None)] {
            let lines = after_the_title(&document);
            let first = &lines[0];
            assert!(first.starts_with("We don't know yet whether this guide is right for you."), "{first}");
            assert!(first.contains(": Age"), "{first}");
            for kind in advice.scope.open.iter().map(|kind| &guide.out_of_scope[*kind]) {
                assert!(lines.iter().any(|line| line.contains(&kind.name)), "{}: {lines:?}", kind.id);
            }
        }
    }
    let adult = nothing
        .with(histology, known)
        .with(guide.fact("age").expect("a fact"), FactValue::Number(Decimal::from_thousandths(40_000)));
    let advice = advisor.answer(&adult).expect("no contradiction");
    assert!(advice.scope.covered.is_true() && advice.scope.open.is_empty() && advice.scope.outside.is_empty());
    let answered = Answered { case: &adult, advice: &advice, preferences: &[] };
    assert!(not_covered((&guide).into(), answered).blocks.is_empty());
}
