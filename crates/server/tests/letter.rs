//! Tests the page on which a person copies what a letter says, all at once.

mod common;

use axum::http::StatusCode;
use common::{Browser, html_text};

const PAGE: &str = "/question/letter";
const LINK: &str = "href=\"/question/letter\"";
/// The facts of the page, each with a value.
const LETTER: [(&str, &str); 6] = [
    ("written_stage", "IIIA"),
    ("written_edition", "ajcc_8"),
    ("written_t", "T2"),
    ("written_n", "N0"),
    ("written_m", "M0"),
    ("written_margins", "R1"),
];

fn form(fields: &[(&str, &str)]) -> String {
    fields.iter().map(|(fact, value)| format!("asked={fact}&{fact}={value}")).collect::<Vec<_>>().join("&")
}

/// The facts of the saved case.
async fn saved(browser: &mut Browser) -> serde_json::Value {
    let case: serde_json::Value = serde_json::from_str(&browser.get("/take/case.json").await.html).expect("a case");
    case["facts"].clone()
}

#[tokio::test]
async fn all_fields_are_saved_at_once_and_lead_to_the_next_question() {
    let mut browser = Browser::new();
    let page = browser.get(PAGE).await;
    assert_eq!(page.status, StatusCode::OK);
    for (fact, _) in LETTER {
        assert!(page.html.contains(&format!("name=\"{fact}\"")), "no field for {fact}");
    }
    let sent = browser.post(PAGE, &form(&LETTER)).await;
    assert_eq!(sent.location.as_deref(), Some("/situation"));
    let facts = saved(&mut browser).await;
    for (fact, value) in LETTER {
        assert_eq!(facts[fact], value, "{facts}");
    }
    // The form shows what was saved.
    let page = browser.get(PAGE).await.html;
    for (_, value) in LETTER {
        let chosen = ["checked", "selected"].map(|how| format!("value=\"{value}\" {how}"));
        assert!(chosen.iter().any(|chosen| page.contains(chosen)), "{value} isn't chosen: {page}");
    }
}

#[tokio::test]
async fn what_is_left_open_stays_as_it_was() {
    let mut browser = Browser::new();
    // Nothing was asked yet, so an empty form answers nothing.
    browser.post(PAGE, "asked=written_stage&written_stage=&asked=written_n").await;
    assert_eq!(saved(&mut browser).await, serde_json::json!({}));
    browser.post(PAGE, "written_stage=II&written_n=unknown").await;
    assert_eq!(saved(&mut browser).await, serde_json::json!({ "written_stage": "II", "written_n": null }));
    // A field that isn't sent changes nothing. A list that is sent empty withdraws its answer.
    browser.post(PAGE, "written_m=M0").await;
    assert_eq!(saved(&mut browser).await, serde_json::json!({ "written_stage": "II", "written_n": null, "written_m": "M0" }));
    browser.post(PAGE, "written_stage=&written_n=N1").await;
    assert_eq!(saved(&mut browser).await, serde_json::json!({ "written_n": "N1", "written_m": "M0" }));
}

#[tokio::test]
async fn a_wrong_value_has_an_error_at_its_field_and_loses_nothing() {
    let mut browser = Browser::new();
    browser.post(PAGE, "written_margins=R0").await;
    let wrong = LETTER.map(|(fact, value)| if fact == "written_t" { (fact, "T9") } else { (fact, value) });
    let page = browser.post(PAGE, &form(&wrong)).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in ["id=\"error-written_t\"", "href=\"#written_t\"", "aria-invalid=\"true\"", "`T9`"] {
        assert!(page.html.contains(part), "no `{part}` in {}", page.html);
    }
    assert_eq!(page.html.matches("p class=\"error\"").count(), 1, "only one field has an error");
    for (_, value) in LETTER.iter().filter(|(fact, _)| *fact != "written_t") {
        let chosen = ["checked", "selected"].map(|how| format!("value=\"{value}\" {how}"));
        assert!(chosen.iter().any(|chosen| page.html.contains(chosen)), "{value} isn't kept: {}", page.html);
    }
    // What was saved before is still there.
    assert_eq!(saved(&mut browser).await, serde_json::json!({ "written_margins": "R0" }));
}

/// Returns the form of a page as a browser would send it, with these fields changed.
fn filled(page: &str, changed: &[(&str, &str)]) -> String {
    let attribute = |tag: &str, name: &str| {
        let value = tag.split(&format!("{name}=\"")).nth(1)?;
        value.split('"').next().map(str::to_owned)
    };
    let form = page.split("<form").find(|form| form.contains("action=\"/question/letter\"")).expect("the form");
    let mut fields = Vec::new();
    let mut select = None;
    for tag in form.split('<').skip(1).filter_map(|tag| tag.split('>').next()) {
        let value = attribute(tag, "value").unwrap_or_default();
        if tag.starts_with("select") {
            select = attribute(tag, "name");
            fields.extend(select.clone().map(|name| (name, String::new())));
        } else if tag.starts_with("option") && tag.contains(" selected") {
            let (_, chosen) = fields.iter_mut().rfind(|(name, _)| Some(name) == select.as_ref()).expect("the list");
            *chosen = value;
        } else if tag.starts_with("input") && (tag.contains("hidden") || tag.contains(" checked")) {
            fields.push((attribute(tag, "name").expect("a name"), value));
        }
    }
    for (fact, value) in changed {
        fields.retain(|(name, _)| name != fact);
        fields.push(((*fact).to_owned(), (*value).to_owned()));
    }
    fields.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

#[tokio::test]
async fn an_older_tab_changes_only_what_the_person_changed_in_it() {
    let mut browser = Browser::new();
    browser.post(PAGE, "written_n=N0&written_margins=R1").await;
    let older = browser.get(PAGE).await.html;
    // Another tab answers a field that was blank, and changes and withdraws others.
    browser.post(PAGE, "written_stage=IIIA&written_edition=ajcc_8&written_n=N1&written_margins=unknown").await;
    browser.post(PAGE, &filled(&older, &[("written_m", "M0")])).await;
    let expected = serde_json::json!({
        "written_stage": "IIIA", "written_edition": "ajcc_8", "written_n": "N1", "written_m": "M0", "written_margins": null
    });
    assert_eq!(saved(&mut browser).await, expected);
    // What is changed counts, also if it's blank now.
    let page = browser.get(PAGE).await.html;
    browser.post(PAGE, &filled(&page, &[("written_stage", ""), ("written_n", "NX")])).await;
    let expected =
        serde_json::json!({ "written_edition": "ajcc_8", "written_n": "NX", "written_m": "M0", "written_margins": null });
    assert_eq!(saved(&mut browser).await, expected);
}

/// Nothing of a form with an error is saved, so all of its changes still count when it's sent again.
#[tokio::test]
async fn a_form_that_was_refused_can_be_sent_again() {
    let mut browser = Browser::new();
    browser.post(PAGE, "written_n=N0").await;
    let page = browser.get(PAGE).await.html;
    let changes = [("written_n", "N1"), ("written_stage", "II"), ("written_t", "T9")];
    let refused = browser.post(PAGE, &filled(&page, &changes)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    browser.post(PAGE, &filled(&refused.html, &[("written_t", "T2")])).await;
    let expected = serde_json::json!({ "written_stage": "II", "written_n": "N1", "written_t": "T2" });
    assert_eq!(saved(&mut browser).await, expected);
}

#[tokio::test]
async fn a_doubt_about_the_letter_comes_before_the_next_question() {
    let mut browser = Browser::new();
    browser.open(r#"{"facts": {"situation": "before_treatment", "site": "lower_extremity", "lymph_nodes": "involved"}}"#).await;
    let sent = browser.post(PAGE, "written_n=N0").await;
    assert_eq!(sent.location.as_deref(), Some("/doubt"));
    assert!(html_text(&browser.get("/doubt").await.html).contains("N in the report: N0"));
}

#[tokio::test]
async fn a_question_of_the_page_and_the_answers_lead_to_it() {
    let mut browser = Browser::new();
    for (fact, _) in LETTER {
        assert!(browser.get(&format!("/question/{fact}")).await.html.contains(LINK), "{fact}");
    }
    assert!(!browser.get("/question/age").await.html.contains(LINK));
    assert!(browser.get("/review").await.html.contains(LINK));
    // In the interview, the stage is asked because the grade isn't known.
    let facts = r#""situation": "before_treatment", "age": 50, "histology": "myxofibrosarcoma", "site": "lower_extremity""#;
    browser.open(&format!(r#"{{"facts": {{{facts}, "distant_metastasis": "no", "resectability": "resectable"}}}}"#)).await;
    let mut pages = 0;
    let html = loop {
        let page = browser.get("/situation").await.html;
        if page.contains("name=\"asked\" value=\"written_stage\"") {
            break page;
        }
        let here = page.split("action=\"/situation/").nth(1).and_then(|rest| rest.split('"').next()).expect("a form");
        let asked = page.split("name=\"asked\" value=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let answers: Vec<String> = asked.map(|fact| format!("asked={fact}&{fact}=unknown")).collect();
        browser.post(&format!("/situation/{here}"), &answers.join("&")).await;
        pages += 1;
        assert!(pages < 40, "the stage isn't asked");
    };
    assert!(html_text(&html).contains("Copy more from your letter") && html.contains(LINK), "{html}");
}

/// A guide without such a page has neither the page nor links to it.
#[tokio::test]
async fn a_guide_without_such_a_page_has_no_link_to_it() {
    let mut guide = sarcoguide_bundled::guide();
    guide.interview.pages.clear();
    let site = sarcoguide_server::router(sarcoguide_server::Site::new(guide, common::settings(7)));
    let mut browser = Browser { site, cookie: None };
    assert_eq!(browser.get(PAGE).await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.post(PAGE, "written_n=N0").await.status, StatusCode::NOT_FOUND);
    for path in ["/review", "/question/written_stage"] {
        assert!(!browser.get(path).await.html.contains(LINK), "{path}");
    }
}
