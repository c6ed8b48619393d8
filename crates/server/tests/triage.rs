//! Tests the pages of the triage as a browser without JavaScript sees them.

#![allow(clippy::disallowed_methods, reason = "tests run the site")]

mod common;

use axum::http::StatusCode;
use common::Browser;
use sarcoguide_model::{Guide, Triage, Urgency};
use sarcoguide_views::symptom::urgency_name;

fn triage(guide: &Guide) -> &Triage {
    guide.triage.as_ref().expect("the guide has a triage")
}

/// Answers every question of a group with `answer`, and returns the last page.
async fn walk(browser: &mut Browser, group: &str, treatment: &str, answer: &str) -> String {
    let guide = sarcoguide_bundled::guide();
    let mut fields = vec![
        ("group".to_owned(), group.to_owned()),
        ("about".to_owned(), "asked".to_owned()),
        ("treatment".to_owned(), treatment.to_owned()),
    ];
    loop {
        let form: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let page = browser.post("/triage", &form.join("&")).await;
        assert_eq!(page.status, StatusCode::OK, "{group}");
        let questions = triage(&guide).questions().map(|(_, question)| &triage(&guide).facts[question.fact.index()].id);
        let asked = questions.map(|id| format!("q-{id}")).find(|name| page.html.contains(&format!("<button name=\"{name}\"")));
        match asked {
            Some(name) => {
                assert!(!fields.iter().any(|(known, _)| *known == name), "{name} is asked twice");
                fields.push((name, answer.to_owned()));
            }
            None => return page.html,
        }
    }
}

#[tokio::test]
async fn a_person_chooses_groups_first() {
    let guide = sarcoguide_bundled::guide();
    let mut browser = Browser::new();
    let page = browser.get("/triage").await;
    for group in &triage(&guide).groups {
        assert!(page.html.contains(&format!("value=\"{}\"", group.id)), "{}", group.id);
    }
    let empty = browser.post("/triage", "").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let unknown = browser.post("/triage", "group=%3Cscript%3E&q-%3Cb%3E=yes").await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!unknown.html.contains("<script>") && !unknown.html.contains("<b>"));
}

#[tokio::test]
async fn no_to_everything_leads_to_the_next_visit_and_stores_nothing() {
    let guide = sarcoguide_bundled::guide();
    let next_visit = urgency_name((&guide).into(), Urgency::NextVisit);
    for group in &triage(&guide).groups {
        let mut browser = Browser::new();
        let html = walk(&mut browser, &group.id, "none", "no").await;
        assert!(html.contains(&next_visit), "{}", group.id);
        assert_eq!(browser.cookie, None, "{}: nothing is kept", group.id);
    }
}

/// The first question of every group is about what is most urgent. A yes ends the questions if it's an emergency.
#[tokio::test]
async fn yes_to_everything_is_as_urgent_as_the_most_urgent_rule() {
    let guide = sarcoguide_bundled::guide();
    for group in &triage(&guide).groups {
        let rules = group.questions.iter().flat_map(|question| &question.rules);
        let certain = rules.filter(|rule| rule.rule.generated).map(|rule| rule.urgency);
        let Some(highest) = certain.min() else { continue };
        for answer in ["yes", "not_sure"] {
            let html = walk(&mut Browser::new(), &group.id, "none", answer).await;
            let shown = Urgency::ALL.into_iter().find(|urgency| html.contains(&urgency_name((&guide).into(), *urgency)));
            assert!(shown.is_some_and(|shown| shown <= highest), "{} with {answer}: {shown:?}", group.id);
            if highest == Urgency::Emergency {
                assert!(html.contains("href=\"tel:"), "{}: a number to call", group.id);
            }
        }
    }
}

#[tokio::test]
async fn a_time_that_cannot_be_read_is_asked_for_again() {
    let guide = sarcoguide_bundled::guide();
    let first = &triage(&guide).groups[0].id;
    let mut browser = Browser::new();
    let page = browser.post("/triage", &format!("group={first}&about=asked&time=some+time+ago")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.html.contains("id=\"time\"") && page.html.contains(&format!("value=\"{first}\"")));
    let page = browser.post("/triage", &format!("group={first}&about=asked&time=3")).await;
    assert_eq!(page.status, StatusCode::OK);
}
