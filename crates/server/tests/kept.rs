//! What becomes of answers that a browser does not keep, and of those that were sealed with another guide or key.

mod common;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use common::{Browser, CASE, Seen, settings};
use sarcoguide_model::Guide;
use sarcoguide_server::{Key, Keys, Settings, Site, router};

/// The bundled guide after a change: the fact `prior_chemotherapy` and a treatment have other names.
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

async fn asked_before_the_change() -> Browser {
    let mut before = Browser::new();
    before.open(CASE).await;
    before.post("/compare", "compare=pazopanib&compare=doxorubicin").await;
    with_guide(changed(), before.cookie)
}

const PATHS: [&str; 8] =
    ["/", "/review", "/options", "/situation", "/treatment/doxorubicin", "/guide/about", "/symptom", "/compare"];

#[tokio::test]
async fn answers_that_a_changed_guide_cannot_read_are_named_on_every_page_until_the_person_goes_on() {
    let mut browser = asked_before_the_change().await;
    let told = |page: &Seen| {
        page.html.contains("<li>prior chemotherapy: yes</li><li>to compare: pazopanib</li>")
            && page.html.contains("action=\"/guide-change\"")
    };
    for path in PATHS {
        let page = browser.get(path).await;
        assert!(told(&page), "{path}: {}", page.html);
    }
    // A file would not tell what is missing.
    for path in ["case.json", "options.md", "options.json", "summary.pdf"] {
        let page = browser.get(&format!("/take/{path}")).await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{path}");
        assert!(told(&page), "{path}");
    }
    // New answers are kept beside them, and do not end it.
    assert_eq!(browser.post("/question/age", "asked=age&age=42").await.status, StatusCode::SEE_OTHER);
    for path in PATHS {
        assert!(told(&browser.get(path).await), "{path}");
    }
    let on = browser.post("/guide-change", "to=%2Freview").await;
    assert_eq!((on.status, on.location.as_deref()), (StatusCode::SEE_OTHER, Some("/review")));
    for path in PATHS {
        let page = browser.get(path).await;
        assert!(!page.html.contains("/guide-change"), "{path}: {}", page.html);
    }
    let saved = browser.get("/take/case.json").await.html;
    assert!(saved.contains("\"age\": \"42 years\"") && !saved.contains("_chemotherapy\": \"yes\""), "{saved}");
}

#[tokio::test]
async fn a_guide_that_reads_them_again_takes_them_in_again() {
    let mut browser = asked_before_the_change().await;
    browser.post("/question/age", "asked=age&age=42").await;
    let mut back = with_guide(sarcoguide_bundled::guide(), browser.cookie.clone());
    let saved = back.get("/take/case.json").await.html;
    assert!(saved.contains("\"age\": \"42 years\"") && saved.contains("\"prior_chemotherapy\": \"yes\""), "{saved}");
}

#[tokio::test]
async fn a_change_that_loses_no_answer_is_told_once() {
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

/// A browser that keeps no cookie, on its way from a form to the page that it is led to.
async fn without_cookies(encrypted: bool) -> [Seen; 2] {
    let site = router(Site::new(sarcoguide_bundled::guide(), settings(7).encrypted(encrypted)));
    let mut browser = Browser { site, cookie: None };
    let form = Request::post("/situation/1")
        .header(header::HOST, "localhost")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let sent = browser.send_once(form.body(Body::from("asked=age&age=41")).expect("a request")).await;
    let to = sent.location.clone().expect("a way on");
    browser.cookie = None;
    let request = Request::get(to).header(header::HOST, "localhost").body(Body::empty()).expect("a request");
    let seen = browser.send_once(request).await;
    [sent, seen]
}

#[tokio::test]
async fn a_browser_that_keeps_no_cookie_is_told_so() {
    for encrypted in [false, true] {
        let [sent, seen] = without_cookies(encrypted).await;
        assert_eq!((sent.status, sent.location.as_deref()), (StatusCode::SEE_OTHER, Some("/situation/2?cookie-check")));
        assert_eq!(seen.status, StatusCode::CONFLICT);
        assert!(seen.html.contains("Your browser did not keep your answers"), "{}", seen.html);
        assert!(seen.html.contains("href=\"/symptom\""), "{}", seen.html);
        // Over plain HTTP no browser keeps the cookie of a site that is encrypted.
        assert_eq!(seen.html.contains("it must begin with https://"), encrypted);
    }
}

#[tokio::test]
async fn the_check_of_the_cookie_stays_in_no_address_and_happens_once() {
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
async fn a_key_can_be_replaced_while_people_are_at_work() {
    let key = |byte| Key::new([byte; 32]).expect("no zeros");
    let site = |keys: Keys| router(Site::new(sarcoguide_bundled::guide(), Settings::new(keys)));
    let mut browser = Browser { site: site(key(1).into()), cookie: None };
    browser.open(CASE).await;
    browser.site = site(Keys::new(key(2), vec![key(1)]));
    assert!(browser.get("/review").await.html.contains("Synovial sarcoma"));
    browser.post("/question/age", "asked=age&age=42").await;
    // What was sent since was sealed with the new key.
    browser.site = site(key(2).into());
    assert!(browser.get("/review").await.html.contains("Synovial sarcoma"));
}
