//! Tests that the site asks about a doubt before the next question, and keeps what the person decides.

mod common;

use axum::http::StatusCode;
use common::{Browser, html_text};

const FACTS: [(&str, &str); 6] = [
    ("age", "40"),
    ("histology", "myxofibrosarcoma"),
    ("site", "upper_extremity"),
    ("grade", "G1"),
    ("lymph_nodes", "not_involved"),
    ("distant_metastasis", "no"),
];
const DOUBT: &str = "This size would be very large for an arm, hand or shoulder.";

/// A person who typed 45 for the size of a tumor in the arm.
async fn with_a_doubt() -> Browser {
    let mut browser = Browser::new();
    for (fact, value) in FACTS {
        browser.post(&format!("/question/{fact}"), &format!("asked={fact}&{fact}={value}")).await;
    }
    let saved = browser.post("/question/size", "asked=size&size=45").await;
    assert_eq!(saved.location.as_deref(), Some("/doubt"));
    browser
}

#[tokio::test]
async fn a_doubt_comes_before_the_next_question() {
    let mut browser = with_a_doubt().await;
    // The first request redirects to the next page of questions, which redirects to the doubt.
    let next = browser.get("/situation/1").await;
    let page = html_text(&next.html);
    for part in [
        DOUBT,
        "The report gives millimeters (size, greatest dimension: 4.5 cm)",
        "Keep what I wrote",
        "You wrote:",
        "<li>Size, greatest dimension: 45 cm</li>",
        "“Size, greatest dimension: 45 cm” is wrong: I'll change it",
        "Which of these fits?",
    ] {
        assert!(page.contains(part), "no `{part}` in {page}");
    }
    for path in ["/options", "/review", "/treatment/wide_excision"] {
        assert!(html_text(&browser.get(path).await.html).contains(DOUBT), "{path}");
    }
}

#[tokio::test]
async fn a_reading_changes_the_answer_and_settles_the_doubt() {
    let mut browser = with_a_doubt().await;
    let saved = browser.post("/doubt", "doubt=very_large_for_an_arm&reading=0").await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    assert!(browser.get("/question/size").await.html.contains("value=\"4.5\""));
    assert!(!browser.get("/options").await.html.contains(DOUBT));
    assert!(browser.get("/situation/1").await.html.contains("name=\"asked\""));
}

#[tokio::test]
async fn a_fact_that_is_wrong_leads_to_its_question() {
    let mut browser = with_a_doubt().await;
    for fact in ["size", "site"] {
        let saved = browser.post("/doubt", &format!("doubt=very_large_for_an_arm&reading={fact}")).await;
        assert_eq!(saved.location, Some(format!("/question/{fact}")));
    }
    // A fact that the doubt isn't about isn't an answer.
    let saved = browser.post("/doubt", "doubt=very_large_for_an_arm&reading=age").await;
    assert_eq!(saved.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_kept_answer_is_not_asked_about_again_but_its_doubt_stays() {
    let mut browser = with_a_doubt().await;
    browser.post("/doubt", "doubt=very_large_for_an_arm&reading=keep").await;
    assert!(browser.get("/situation/1").await.html.contains("name=\"asked\""));
    assert!(browser.get("/question/size").await.html.contains("value=\"45\""));
    assert!(html_text(&browser.get("/options").await.html).contains(DOUBT));
    // Another size that raises the same doubt is asked about again.
    let saved = browser.post("/question/size", "asked=size&size=38").await;
    assert_eq!(saved.location.as_deref(), Some("/doubt"));
}

#[tokio::test]
async fn a_form_without_a_valid_choice_changes_nothing() {
    for form in
        ["", "doubt=very_large_for_an_arm", "doubt=very_large_for_an_arm&reading=1", "doubt=very_large_for_an_arm&reading=x"]
    {
        let mut browser = with_a_doubt().await;
        let page = browser.post("/doubt", form).await;
        assert!(html_text(&page.html).contains(DOUBT), "{form}");
        assert!(browser.get("/question/size").await.html.contains("value=\"45\""), "{form}");
    }
    // Without a doubt, the page leads back to the questions.
    let mut browser = Browser::new();
    let page = browser.get("/doubt").await;
    assert_eq!((page.status, page.location.as_deref()), (StatusCode::SEE_OTHER, Some("/situation/1")));
}

#[tokio::test]
async fn the_answers_of_a_person_name_those_that_a_conflict_leaves_unused() {
    let mut browser = Browser::new();
    browser.open(r#"{"facts": {"written_m": "M1", "written_n": "NX", "lymph_nodes": "not_involved"}}"#).await;
    for path in ["/review", "/options"] {
        let page = html_text(&browser.get(path).await.html);
        assert!(page.contains("we conclude nothing from these answers: N, as the report says: NX. What"), "{path}: {page}");
    }
}
