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
        "The report gives millimeters (size (greatest diameter): 4.5 cm)",
        "Keep what I wrote",
        "You wrote:",
        "<li>Size (greatest diameter): 45 cm</li>",
        "“Size (greatest diameter): 45 cm” is wrong: I'll change it",
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
    let letter =
        r#"{"facts": {"situation": "before_treatment", "written_m": "M1", "written_n": "NX", "lymph_nodes": "not_involved"}}"#;
    browser.open(letter).await;
    for path in ["/review", "/options"] {
        let page = html_text(&browser.get(path).await.html);
        assert!(page.contains("we conclude nothing from these answers: N in the report: NX. What"), "{path}: {page}");
    }
}

/// For each route of the site that can show a page or a file: an address to request and, if it doesn't show the doubts of a case, why not. For a route
/// that also takes a form, the form is sent as well.
const ROUTES: [(&str, &str, Option<&str>, Option<&str>); 33] = [
    ("/", "/", None, Some("it says nothing about the case")),
    ("/situation/{page}", "/situation/1", None, Some("it asks; answers that raise doubts lead to `/doubt` first")),
    ("/question/{fact}", "/question/size", None, Some("it asks; answers that raise doubts lead to `/doubt` first")),
    ("/doubt", "/doubt", None, None),
    ("/review", "/review", None, None),
    ("/options", "/options", None, None),
    ("/treatment/{id}", "/treatment/wide_excision", None, None),
    ("/compare", "/compare", Some(""), None),
    ("/timeline", "/timeline", Some(""), None),
    ("/visit", "/visit", None, None),
    ("/board", "/board", None, Some("it opens only in the team view")),
    ("/board.txt", "/board.txt", None, Some("it opens only in the team view")),
    ("/matters", "/matters", None, Some("it asks what matters to a person")),
    ("/carry", "/carry", Some(""), Some("it sends the answers to another device as they were given")),
    ("/matters/summary", "/matters/summary", None, None),
    ("/triage", "/triage", Some("group=breathing"), Some("what to do about a symptom doesn't follow from the case")),
    ("/symptom", "/symptom", Some("treatment=&symptom=fever"), Some("what to do about a symptom doesn't follow from the case")),
    ("/guide", "/guide", None, Some("it doesn't depend on a case")),
    ("/guide/{part}", "/guide/treatments", None, Some("it doesn't depend on a case")),
    ("/effect/{id}", "/effect/nausea", None, Some("it doesn't depend on a case")),
    ("/type/{id}", "/type/myxofibrosarcoma", None, Some("it doesn't depend on a case")),
    ("/search", "/search?q=surgery", None, Some("it doesn't depend on a case")),
    ("/take/case.json", "/take/case.json", None, Some("it holds the answers as they were given")),
    ("/take/options.md", "/take/options.md", None, None),
    ("/take/options.json", "/take/options.json", None, None),
    ("/take/summary.pdf", "/take/summary.pdf", None, None),
    ("/take/visit.pdf", "/take/visit.pdf", None, None),
    ("/take/calendar/{id}", "", None, Some("it depends on the dates that are typed, not on the case")),
    ("/view", "", None, Some("it only redirects")),
    ("/asker", "", None, Some("it only redirects")),
    ("/forget", "", None, Some("it only redirects")),
    ("/guide-change", "", None, Some("it only redirects")),
    ("/open", "", None, Some("it only redirects")),
];

/// Whether a page or a file shows the doubt of [`with_a_doubt`], with both of its readings.
fn shows_the_doubt(path: &str, seen: &common::SeenResponse) -> bool {
    if path.ends_with(".json") {
        return seen.html.contains("\"very_large_for_an_arm\"");
    }
    let text = if path.ends_with(".pdf") {
        pdf_extract::extract_text_from_mem(&seen.bytes).expect("the text of the PDF")
    } else {
        html_text(&seen.html).replace('\\', "")
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    [DOUBT, "The report gives millimeters", "Size (greatest diameter): 45 cm"].iter().all(|part| text.contains(part))
}

#[tokio::test]
async fn every_page_and_file_that_depends_on_a_case_shows_its_doubts() {
    let source = include_str!("../src/routes.rs");
    let routes = source.split(".route(\"").skip(1).filter_map(|rest| rest.split('"').next());
    // These routes redirect to another one, or have nothing to do with people.
    let routes: Vec<&str> = routes.filter(|route| !["/situation", "/health"].contains(route)).collect();
    assert_eq!(routes, ROUTES.map(|(route, ..)| route), "each route needs a row in `ROUTES`");
    let mut browser = with_a_doubt().await;
    for (_, path, form, why_not) in ROUTES.iter().filter(|(_, path, ..)| !path.is_empty()) {
        let seen = browser.get(path).await;
        // While a doubt is open, the questions lead to it.
        let expected = why_not.is_none() || *path == "/situation/1";
        assert_eq!(shows_the_doubt(path, &seen), expected, "{path}");
        if let Some(form) = form {
            let seen = browser.post(path, form).await;
            assert_eq!(shows_the_doubt(path, &seen), expected, "POST {path}: {}", seen.html);
        }
    }
}

#[tokio::test]
async fn the_sheets_of_the_team_show_doubts() {
    let mut browser = with_a_doubt().await;
    browser.post("/view", "view=team&to=%2Fboard").await;
    for path in ["/board", "/board.txt"] {
        assert!(shows_the_doubt(path, &browser.get(path).await), "{path}");
    }
    // A list that isn't saved is shown again, with the doubt.
    let refused = browser.post("/visit", &format!("question={}", "a".repeat(300))).await;
    assert!(shows_the_doubt("/visit", &refused), "{}", refused.html);
}

/// The pages that follow a choice or the last question show doubts too, even those that the person has decided to keep.
#[tokio::test]
async fn a_kept_doubt_stays_on_the_pages_that_follow() {
    let mut browser = with_a_doubt().await;
    browser.post("/doubt", "doubt=very_large_for_an_arm&reading=keep").await;
    for form in ["compare=wide_excision", "compare=wide_excision&compare=amputation"] {
        let sent = browser.post("/compare", form).await;
        assert_eq!(sent.location.as_deref(), Some("/compare"));
        assert!(shows_the_doubt("/compare", &browser.get("/compare").await), "{form}");
    }
    let chooser = browser.get("/timeline").await.html;
    let step = chooser.split("name=\"step\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a step");
    browser.post("/timeline", &format!("step={step}")).await;
    assert!(shows_the_doubt("/timeline", &browser.get("/timeline").await));
    let last = loop {
        let page = browser.get("/situation").await.html;
        let here = page.split("action=\"/situation/").nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned);
        let Some(here) = here else { break page };
        let form = if page.contains("name=\"list\"") {
            "list=drugs_so_far&done=none".to_owned()
        } else {
            let asked = page.split("name=\"asked\" value=\"").skip(1).filter_map(|rest| rest.split('"').next());
            asked.map(|fact| format!("asked={fact}&{fact}=unknown")).collect::<Vec<_>>().join("&")
        };
        browser.post(&format!("/situation/{here}"), &form).await;
    };
    assert!(html_text(&last).contains(DOUBT), "{last}");
    // A type that the guide doesn't cover may be the mistake.
    browser.post("/question/histology", "asked=histology&histology=gastrointestinal_stromal_tumor").await;
    let page = browser.get("/situation").await.html;
    assert!(page.contains("Care for everyone") && html_text(&page).contains(DOUBT), "{page}");
}
