//! Tests the question about a list of facts: searching, adding, changing, removing and confirming.

mod common;

use axum::http::StatusCode;
use common::{Browser, html_text};

const PAGE: &str = "/question/drugs_so_far";

/// Sends a form of the page.
async fn send(browser: &mut Browser, fields: &str) -> common::SeenResponse {
    browser.post(PAGE, &format!("list=drugs_so_far&{fields}")).await
}

/// Adds an entry with what became of it.
async fn add(browser: &mut Browser, fact: &str, how: &str) {
    let sent = send(browser, &format!("entry={fact}&how={how}")).await;
    assert_eq!(sent.location.as_deref(), Some(PAGE), "{}", sent.html);
}

/// The saved case.
async fn saved(browser: &mut Browser) -> serde_json::Value {
    serde_json::from_str(&browser.get("/take/case.json").await.html).expect("a case")
}

#[tokio::test]
async fn a_search_shows_matches_to_add_and_keeps_what_is_on_the_list() {
    let mut browser = Browser::new();
    add(&mut browser, "given_pazopanib", "stopped_for_side_effects").await;
    for (words, found) in [("adriamicin", "value=\"given_doxorubicin\""), ("Keytruda", "value=\"given_pembrolizumab\"")] {
        let page = send(&mut browser, &format!("find={words}")).await;
        assert_eq!(page.status, StatusCode::OK);
        let results =
            page.html.split("role=\"status\"").nth(1).and_then(|rest| rest.split("</section>").next()).expect("results");
        assert!(results.contains(found) && page.html.contains(&format!("value=\"{words}\"")), "{results}");
        assert!(page.html.contains("name=\"remove\" value=\"given_pazopanib\""), "the list is kept");
    }
    let nothing = html_text(&send(&mut browser, "find=xyzxyzxyz%3Cb%3E").await.html);
    assert!(nothing.contains("We didn't find “xyzxyzxyz&lt;b&gt;”") && !nothing.contains("<details open"), "{nothing}");
    let results = nothing.split("role=\"status\"").nth(1).and_then(|rest| rest.split("</section>").next()).expect("results");
    assert!(results.contains("value=\"given_other_chemotherapy\"") && !results.contains("given_doxorubicin"), "{results}");
    assert!(send(&mut browser, "find=").await.html.contains("Type a name first."));
    let page = browser.get(PAGE).await.html;
    assert!(page.len() < 60_000 && page.matches("type=\"radio\"").count() == 0, "{} bytes", page.len());
}

#[tokio::test]
async fn an_entry_is_added_changed_and_removed() {
    let mut browser = Browser::new();
    let step = send(&mut browser, "add=given_doxorubicin").await.html;
    assert!(step.contains("Have you had doxorubicin for this sarcoma?") && !step.contains("checked"), "{step}");
    assert!(!step.contains("value=\"no\""), "what isn't on the list isn't an answer here");
    let refused = send(&mut browser, "entry=given_doxorubicin").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html.contains("aria-invalid=\"true\"") && refused.html.contains("href=\"#how\""), "{}", refused.html);
    assert_eq!(send(&mut browser, "entry=given_doxorubicin&how=no").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    add(&mut browser, "given_doxorubicin", "running").await;
    let step = send(&mut browser, "add=given_doxorubicin").await.html;
    assert!(step.contains("value=\"running\" checked"), "{step}");
    add(&mut browser, "given_doxorubicin", "stopped_working").await;
    assert_eq!(saved(&mut browser).await["facts"]["given_doxorubicin"], "stopped_working");
    assert_eq!(send(&mut browser, "remove=given_doxorubicin").await.location.as_deref(), Some(PAGE));
    assert_eq!(saved(&mut browser).await["facts"], serde_json::json!({}));
    // An entry that isn't on the list changes nothing.
    for fields in ["add=age", "remove=given_nothing", "entry=age&how=yes", "done", ""] {
        assert_eq!(send(&mut browser, fields).await.status, StatusCode::OK, "{fields}");
        assert_eq!(saved(&mut browser).await["facts"], serde_json::json!({}), "{fields}");
    }
}

#[tokio::test]
async fn a_list_stays_open_until_it_is_confirmed() {
    let mut browser = Browser::new();
    add(&mut browser, "given_doxorubicin", "stopped_working").await;
    assert_eq!(send(&mut browser, "done=next").await.location.as_deref(), Some("/review"));
    let facts = saved(&mut browser).await["facts"].clone();
    assert_eq!(facts, serde_json::json!({ "drugs_so_far": null, "given_doxorubicin": "stopped_working" }));
    let review = html_text(&browser.get("/review").await.html);
    assert!(
        review.contains("Other cancer drugs</dt><dd>we don't know") && review.contains("1 known, 0 you don't know"),
        "{review}"
    );
    assert!(!browser.get(PAGE).await.html.contains("checked"));

    send(&mut browser, "done=next&complete=yes").await;
    let facts = saved(&mut browser).await["facts"].clone();
    assert_eq!(facts, serde_json::json!({ "drugs_so_far": "complete", "given_doxorubicin": "stopped_working" }));
    let review = html_text(&browser.get("/review").await.html);
    assert!(review.contains("Other cancer drugs</dt><dd>none") && !review.contains("Pazopanib"), "{review}");
    let page = browser.get(PAGE).await.html;
    assert!(page.contains("checked"), "{page}");
    for path in ["/options", "/take/options.md"] {
        let answer = html_text(&browser.get(path).await.html);
        // The list as a whole can be a reason. It isn't listed as an answer of its own.
        let listed = answer.replace("Drugs so far: no others", "");
        assert!(listed.contains("Other cancer drugs") && !listed.contains("Drugs so far"), "{path}");
        assert!(!answer.contains("Have you had pazopanib"), "{path} has no question about a single entry");
    }
    // If an entry of a complete list is removed, it isn't on the list any more, and the list stays complete.
    send(&mut browser, "remove=given_doxorubicin").await;
    assert_eq!(saved(&mut browser).await["facts"], serde_json::json!({ "drugs_so_far": "complete" }));
    assert!(html_text(&browser.get(PAGE).await.html).contains("You said that you haven't had any cancer drugs."));
}

#[tokio::test]
async fn nothing_and_i_do_not_know_take_one_tap() {
    let mut browser = Browser::new();
    send(&mut browser, "done=none").await;
    assert_eq!(saved(&mut browser).await["facts"], serde_json::json!({ "drugs_so_far": "complete" }));
    send(&mut browser, "done=unknown").await;
    assert_eq!(saved(&mut browser).await["facts"], serde_json::json!({ "drugs_so_far": null }));
    assert!(html_text(&browser.get("/review").await.html).contains("0 known, 1 you don't know"));
}

/// Below the results of a search, a button about having had none would seem to be about the results.
#[tokio::test]
async fn a_search_keeps_the_question_and_has_no_button_for_nothing() {
    let mut browser = Browser::new();
    assert!(html_text(&browser.get(PAGE).await.html).contains("I haven't had any cancer drugs"));
    for words in ["pazopanib", "xyzxyzxyz", ""] {
        let page = html_text(&send(&mut browser, &format!("find={words}")).await.html);
        assert!(page.contains("Which cancer drugs have you had for this sarcoma"), "{words}: {page}");
        assert!(page.contains("Search the cancer drugs") && !page.contains("value=\"none\""), "{words}: {page}");
        assert!(page.contains(&format!("href=\"{PAGE}\"")), "{words}: a link leads back to the list");
    }
}

/// In an interview, the page stays until the person says that the list is done.
#[tokio::test]
async fn an_interview_stays_at_the_list_until_it_is_done() {
    let mut browser = Browser::new();
    browser.open(include_str!("../../../examples/advanced_synovial_sarcoma_tests_open.json")).await;
    let mut page = 1;
    while !browser.get("/situation").await.html.contains("name=\"list\"") {
        let html = browser.get("/situation").await.html;
        let ids: Vec<&str> = html.split("name=\"asked\" value=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(!ids.is_empty(), "the list isn't asked");
        let form: Vec<String> = ids.iter().map(|id| format!("asked={id}&{id}=unknown")).collect();
        browser.post(&format!("/situation/{page}"), &form.join("&")).await;
        page += 1;
    }
    let here = format!("/situation/{page}");
    let search = browser.post(&here, "list=drugs_so_far&find=doxorubicin").await.html;
    assert!(search.contains("<span>Step 4 of 5: <strong>Treatment so far</strong></span>"), "{search}");
    let sent = browser.post(&here, "list=drugs_so_far&entry=given_doxorubicin&how=stopped_working").await;
    assert_eq!(sent.location.as_deref(), Some(here.as_str()));
    assert!(browser.get(&here).await.html.contains("name=\"remove\" value=\"given_doxorubicin\""));
    let next = format!("/situation/{}", page + 1);
    let sent = browser.post(&here, "list=drugs_so_far&done=next&complete=yes").await;
    assert_eq!(sent.location.as_deref(), Some(next.as_str()));
    let html = browser.get(&next).await.html;
    assert!(!html.contains("name=\"list\"") && !html.contains("value=\"prior_"), "the list answers what it implies: {html}");
    assert!(html.contains(&format!("href=\"{here}\"")), "a link leads back to the list");
}

/// The facts of the list lead to its page, because links from before the list may name them.
#[tokio::test]
async fn a_fact_of_the_list_leads_to_the_list() {
    let mut browser = Browser::new();
    let page = browser.get("/question/given_pazopanib").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.html.contains("name=\"list\" value=\"drugs_so_far\""), "{}", page.html);
}
