//! Tests where the interface text comes from, and how pages tell people to report a mistake.

mod common;

use axum::Router;
use axum::http::StatusCode;
use common::{Browser, CASE, html_text};
use sarcoguide_model::{Feedback, Guide, GuideText};
use sarcoguide_server::{Site, router};

fn site_of(change: impl FnOnce(&mut Guide)) -> Router {
    let mut guide = sarcoguide_bundled::guide();
    change(&mut guide);
    router(Site::new(guide, common::settings(7)))
}

const LEAVE_OUT: &str = "Say which page and which sentence, and leave out anything about your health.";

/// A sample of the pages, including error pages.
const PATHS: [&str; 18] = [
    "/",
    "/situation",
    "/question/histology",
    "/question/size",
    "/review",
    "/options",
    "/treatment/radiation_before_surgery",
    "/compare",
    "/timeline",
    "/matters",
    "/carry",
    "/matters/summary",
    "/symptom",
    "/guide",
    "/guide/about",
    "/search?q=surgery",
    "/nothing",
    "/treatment/nothing",
];

#[tokio::test]
async fn every_page_says_how_to_report_a_mistake_without_health_facts() {
    let mut browser = Browser::new();
    browser.open(CASE).await;
    for path in PATHS {
        let page = browser.get(path).await.html;
        assert_eq!(page.matches(LEAVE_OUT).count(), 1, "{path}");
        assert!(page.contains("Write to the people who run this site."), "{path}");
    }
    for (path, form) in
        [("/compare", ""), ("/symptom", ""), ("/carry", "link="), ("/take/calendar/radiation_before_surgery", "start=x")]
    {
        let page = browser.post(path, form).await;
        assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.html.contains(LEAVE_OUT), "{path}");
    }
}

#[tokio::test]
async fn a_guide_can_name_the_contact_for_reporting_mistakes() {
    let feedback = Feedback { name: "A & B".to_owned(), address: "mailto:guide@example.org".to_owned() };
    let mut browser = Browser { site: site_of(|guide| guide.feedback = Some(feedback)), cookie: None };
    for path in ["/", "/options", "/nothing"] {
        let page = browser.get(path).await.html;
        assert!(page.contains("Write to <a href=\"mailto:guide@example.org\">A &amp; B</a>. Say which page"), "{path}: {page}");
        assert!(!page.contains("the people who run this site"), "{path}");
    }
}

#[tokio::test]
async fn a_guide_can_replace_some_messages_and_keep_the_others() {
    let own = GuideText { language: "en".to_owned(), source: "frame-start = Begin <strong>here</strong>\n".to_owned() };
    let mut browser = Browser { site: site_of(|guide| guide.texts = vec![own]), cookie: None };
    let page = browser.get("/").await.html;
    assert!(page.contains("<html lang=\"en\">") && page.contains(">Begin here</a>"), "{page}");
    assert!(page.contains(">My options</a>"));
}

/// If all messages are in another language, no page has interface text in English, and each page's `lang` attribute names the language.
#[tokio::test]
async fn pages_are_in_the_language_of_the_guide() {
    let other = |guide: &mut Guide| {
        "de".clone_into(&mut guide.language);
        let source = sarcoguide_text::pseudo(sarcoguide_text::ENGLISH);
        guide.texts = vec![GuideText { language: "de".to_owned(), source }];
    };
    let mut browser = Browser { site: site_of(other), cookie: None };
    browser.open(CASE).await;
    for path in PATHS {
        let page = html_text(&browser.get(path).await.html);
        assert!(page.contains("<html lang=\"de\">"), "{path}");
        for english in [
            ">Start<",
            "Skip to content",
            "Feeling ill",
            ">Menu<",
            "Search the guide",
            "For the team",
            "Show codes",
            "Found a mistake",
            "I don't know",
            ">Change<",
            ">Continue<",
            ">Forget my answers<",
            "Compare them side by side",
            "Tick two or three",
            "Where your options differ",
            "Save as a calendar file",
            "What do you notice",
            "This did not work",
            "Not Found",
        ] {
            assert!(!page.contains(english), "{path}: {english}");
        }
    }
}

#[tokio::test]
async fn error_pages_have_a_heading_for_their_status() {
    let mut browser = Browser::new();
    for (path, status, heading) in [
        ("/nothing", StatusCode::NOT_FOUND, "Not Found"),
        ("/take/calendar/nothing", StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed"),
    ] {
        let page = browser.get(path).await;
        assert_eq!(page.status, status);
        assert!(page.html.contains(&format!("<h1>{heading}</h1>")), "{}", page.html);
    }
    let asked: String = ["age", "size", "sex", "grade", "histology"].iter().map(|fact| format!("&asked={fact}")).collect();
    let page = browser.post("/situation/1", &asked[1..]).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert!(page.html.contains("<h1>Bad Request</h1><p>This form asks more than a page does.</p>"), "{}", page.html);
}
