//! Tests what happens to answers if the browser keeps no cookie, or if the guide or the key has changed since they were stored.

mod common;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use common::{Browser, CASE, SeenResponse, settings};
use sarcoguide_model::Guide;
use sarcoguide_server::{Key, Keys, Settings, Site, router};

/// The built-in guide after a change: the fact `prior_chemotherapy` and a treatment have new IDs.
fn changed() -> Guide {
    let mut guide = sarcoguide_bundled::guide();
    let fact = guide.fact("prior_chemotherapy").expect("a fact");
    guide.facts[fact.index()].id = "earlier_chemotherapy".to_owned();
    let treatment = guide.treatment("pazopanib").expect("a treatment");
    guide.treatments[treatment.index()].id = "another_name".to_owned();
    guide.content_hash = "of another guide".to_owned();
    guide
}

fn with_guide(guide: Guide, cookie: Option<String>) -> Browser {
    Browser { site: router(Site::new(guide, settings(7))), cookie }
}

/// A browser whose cookie was sealed before the guide changed.
async fn answered_before_the_change() -> Browser {
    let mut before = Browser::new();
    before.open(CASE).await;
    before.post("/compare", "compare=pazopanib&compare=doxorubicin").await;
    with_guide(changed(), before.cookie)
}

const PATHS: [&str; 8] =
    ["/", "/review", "/options", "/situation", "/treatment/doxorubicin", "/guide/about", "/symptom", "/compare"];

#[tokio::test]
async fn answers_that_a_changed_guide_cannot_read_are_listed_on_every_page_until_the_notice_is_confirmed() {
    let mut browser = answered_before_the_change().await;
    let lists_answers = |page: &SeenResponse| {
        page.html.contains("<li>prior chemotherapy: yes</li><li>to compare: pazopanib</li>")
            && page.html.contains("action=\"/guide-change\"")
    };
    for path in PATHS {
        let page = browser.get(path).await;
        assert!(lists_answers(&page), "{path}: {}", page.html);
    }
    // Downloads are refused, because a downloaded file wouldn't say what is missing.
    for path in ["case.json", "options.md", "options.json", "summary.pdf"] {
        let page = browser.get(&format!("/take/{path}")).await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{path}");
        assert!(lists_answers(&page), "{path}");
    }
    // New answers are stored together with the unreadable ones, and the notice stays.
    assert_eq!(browser.post("/question/age", "asked=age&age=42").await.status, StatusCode::SEE_OTHER);
    for path in PATHS {
        assert!(lists_answers(&browser.get(path).await), "{path}");
    }
    let confirmed = browser.post("/guide-change", "to=%2Freview").await;
    assert_eq!((confirmed.status, confirmed.location.as_deref()), (StatusCode::SEE_OTHER, Some("/review")));
    for path in PATHS {
        let page = browser.get(path).await;
        assert!(!page.html.contains("/guide-change"), "{path}: {}", page.html);
    }
    let saved = browser.get("/take/case.json").await.html;
    assert!(saved.contains("\"age\": \"42 years\"") && !saved.contains("_chemotherapy\": \"yes\""), "{saved}");
}

#[tokio::test]
async fn answers_are_restored_if_the_server_returns_to_the_old_guide() {
    let mut browser = answered_before_the_change().await;
    browser.post("/question/age", "asked=age&age=42").await;
    let mut back = with_guide(sarcoguide_bundled::guide(), browser.cookie.clone());
    let saved = back.get("/take/case.json").await.html;
    assert!(saved.contains("\"age\": \"42 years\"") && saved.contains("\"prior_chemotherapy\": \"yes\""), "{saved}");
}

#[tokio::test]
async fn a_guide_change_that_loses_no_answer_is_reported_until_it_is_confirmed() {
    let mut before = Browser::new();
    before.open(CASE).await;
    let mut guide = sarcoguide_bundled::guide();
    guide.content_hash = "of another guide".to_owned();
    let mut browser = with_guide(guide, before.cookie);
    let page = browser.get("/options").await;
    assert!(page.html.contains("Your answers are all still here"), "{}", page.html);
    assert_eq!(browser.get("/take/options.md").await.status, StatusCode::OK);
    browser.post("/guide-change", "to=%2Foptions").await;
    assert!(!browser.get("/options").await.html.contains("/guide-change"));
}

/// Sends a form from a browser that keeps no cookies, and follows the redirect. Returns both responses.
async fn without_cookies(encrypted: bool) -> [SeenResponse; 2] {
    let site = router(Site::new(sarcoguide_bundled::guide(), settings(7).served_over_https(encrypted)));
    let mut browser = Browser { site, cookie: None };
    let form = Request::post("/situation/1")
        .header(header::HOST, "localhost")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let sent = browser.send_once(form.body(Body::from("asked=age&age=41")).expect("a request")).await;
    let to = sent.location.clone().expect("a redirect");
    browser.cookie = None;
    let request = Request::get(to).header(header::HOST, "localhost").body(Body::empty()).expect("a request");
    let seen = browser.send_once(request).await;
    [sent, seen]
}

#[tokio::test]
async fn a_person_whose_browser_keeps_no_cookies_is_told_so() {
    for encrypted in [false, true] {
        let [sent, seen] = without_cookies(encrypted).await;
        assert_eq!((sent.status, sent.location.as_deref()), (StatusCode::SEE_OTHER, Some("/situation/2?cookie-check")));
        assert_eq!(seen.status, StatusCode::CONFLICT);
        assert!(seen.html.contains("Your browser did not keep your answers"), "{}", seen.html);
        assert!(seen.html.contains("href=\"/symptom\""), "{}", seen.html);
        // A site served over HTTPS has a cookie that no browser keeps over plain HTTP, so the page says to check the address.
        assert_eq!(seen.html.contains("it must begin with https://"), encrypted);
    }
}

#[tokio::test]
async fn the_cookie_check_happens_once_and_does_not_stay_in_the_url() {
    let mut browser = Browser::new();
    let first = browser.post("/situation/1", "asked=age&age=41").await;
    assert_eq!((first.status, first.location.as_deref()), (StatusCode::SEE_OTHER, Some("/situation/2")));
    let form = Request::post("/situation/2")
        .header(header::HOST, "localhost")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let second = browser.send_once(form.body(Body::from("asked=sex&sex=female")).expect("a request")).await;
    assert_eq!(second.location.as_deref(), Some("/situation/3"));
}

#[tokio::test]
async fn a_key_can_be_replaced_while_people_use_the_site() {
    let key = |byte| Key::new([byte; 32]).expect("the key isn't all zeros");
    let site = |keys: Keys| router(Site::new(sarcoguide_bundled::guide(), Settings::new(keys)));
    let mut browser = Browser { site: site(key(1).into()), cookie: None };
    browser.open(CASE).await;
    browser.site = site(Keys::new(key(2), vec![key(1)]));
    assert!(browser.get("/review").await.html.contains("Synovial sarcoma"));
    browser.post("/question/age", "asked=age&age=42").await;
    // The latest answer was sealed with the new key, so the old key is no longer needed.
    browser.site = site(key(2).into());
    assert!(browser.get("/review").await.html.contains("Synovial sarcoma"));
}

/// The start page says what isn't kept.
#[tokio::test]
async fn the_name_and_story_of_an_opened_case_are_not_kept() {
    let mut browser = Browser::new();
    assert!(browser.get("/").await.html.contains("isn't kept when you save it again"));
    let opened = browser.open(r#"{"name": "A man", "story": "He walks.", "facts": {"age": 54}}"#).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.html);
    let saved = browser.get("/take/case.json").await.html;
    assert!(saved.contains("\"age\"") && !saved.contains("He walks") && !saved.contains("story"), "{saved}");
}
