//! Tests how answers go from one device to another: the page that makes a link and a QR code, and the form that opens the link.

mod common;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use common::{Browser, CASE, SeenResponse, html_text, settings};
use sarcoguide_server::{Site, router};

/// The link on the page that a browser gets for its answers.
async fn link(browser: &mut Browser) -> String {
    let page = browser.post("/carry", "").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.html);
    link_on(&page)
}

fn link_on(page: &SeenResponse) -> String {
    let field = page.html.split("id=\"made\"").nth(1).and_then(|rest| rest.split_once('>')).expect("a field").1;
    field.split('<').next().expect("a link").to_owned()
}

/// A form with this link.
fn form(link: &str, more: &str) -> String {
    format!("link={}{more}", link.replace('#', "%23"))
}

/// A browser with answers, preferences, treatments to compare, and a fact that isn't known.
async fn answered() -> Browser {
    let mut browser = Browser::new();
    browser.open(CASE).await;
    browser.post("/question/grade", "asked=grade&grade=unknown").await;
    browser.post("/matters", "limb=much&travel=little").await;
    browser.post("/compare", "compare=pazopanib&compare=doxorubicin").await;
    browser
}

#[tokio::test]
async fn a_link_carries_everything_to_another_browser() {
    let mut first = answered().await;
    let link = link(&mut first).await;
    assert!(link.starts_with("http://localhost/carry#") && !link.contains("synovial"), "{link}");
    let mut second = Browser::new();
    let opened = second.post("/carry", &form(&link, "")).await;
    assert_eq!((opened.status, opened.location.as_deref()), (StatusCode::SEE_OTHER, Some("/review")), "{}", opened.html);
    for path in ["/take/case.json", "/review", "/options", "/compare", "/matters"] {
        assert_eq!(second.get(path).await.html, first.get(path).await.html, "{path}");
    }
}

#[tokio::test]
async fn the_page_with_the_link_says_what_it_is_and_stores_nothing() {
    let mut browser = answered().await;
    let before = browser.cookie.clone();
    let page = browser.post("/carry", "").await;
    let text = html_text(&page.html);
    for said in [
        "Anyone who has this link can read your answers.",
        "works for 24 hours",
        "If this website is restarted, the link may expire sooner.",
        "You can't take it back",
        "<svg class=\"qr\"",
        "role=\"img\"",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    // A link is also there to be pressed: what it opens is in the fragment only.
    assert!(page.html.contains(&format!("href=\"{}\"", link_on(&page))));
    assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
    assert!(!page.headers.contains_key(header::SET_COOKIE) && browser.cookie == before);
    assert!(!page.html.contains("<script"), "only the page that opens a link has a script");
}

#[tokio::test]
async fn the_link_has_the_address_that_the_person_uses() {
    let cookie = answered().await.cookie;
    let guide = sarcoguide_bundled::guide();
    let secure = settings(7).served_over_https(true);
    let public = settings(7).public_address(Some("https://guide.example.org".parse().expect("an address")));
    for (settings, host, origin, start) in [
        (settings(7), "localhost:8080", None, "http://localhost:8080/carry#"),
        // The browser says that a proxy has HTTPS.
        (settings(7), "guide.example", Some("https://guide.example"), "https://guide.example/carry#"),
        (settings(7), "guide.example", Some("null"), "http://guide.example/carry#"),
        (settings(7), "guide.example", Some("https://a\"b.example"), "http://guide.example/carry#"),
        (secure, "guide.example", None, "https://guide.example/carry#"),
        (public, "backend", Some("http://backend"), "https://guide.example.org/carry#"),
    ] {
        let is_secure = start.starts_with("https") && origin.is_none() && host != "backend";
        let name = format!(
            "{}case{}",
            if is_secure { "__Host-" } else { "" },
            host.strip_prefix("localhost:").map(|port| format!("-{port}")).unwrap_or_default()
        );
        let value = cookie.as_deref().and_then(|cookie| cookie.split_once('=')).expect("a cookie").1;
        let mut request = Request::post("/carry")
            .header(header::HOST, host)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(origin) = origin {
            request = request.header(header::ORIGIN, origin);
        }
        let mut browser = Browser { site: router(Site::new(guide.clone(), settings)), cookie: Some(format!("{name}={value}")) };
        let page = browser.send(request.body(Body::empty()).expect("a request")).await;
        assert!(link_on(&page).starts_with(start), "{start}: {}", page.html);
    }
}

#[tokio::test]
async fn answers_on_the_device_are_replaced_only_after_the_person_has_been_told() {
    let link = link(&mut answered().await).await;
    let mut second = Browser::new();
    // A page without a warning is open while the device gets answers.
    assert!(!second.get("/carry").await.html.contains("replaces"));
    second.post("/question/age", "asked=age&age=70").await;
    let before = second.cookie.clone();
    let asked = second.post("/carry", &form(&link, "")).await;
    assert_eq!(asked.status, StatusCode::CONFLICT);
    assert!(asked.html.contains("Nothing is replaced yet") && asked.html.contains("name=\"replaces\""), "{}", asked.html);
    assert!(asked.html.contains("href=\"/review\"") && asked.html.contains("href=\"/take/case.json\""));
    assert!(asked.html.contains(&link), "the link should still be in the field");
    assert_eq!(second.cookie, before);
    let told = second.get("/carry").await.html;
    assert!(told.contains("The link replaces them.") && told.contains("name=\"replaces\""), "{told}");
    assert_eq!(second.post("/carry", &form(&link, "&replaces=yes")).await.status, StatusCode::SEE_OTHER);
    let saved = second.get("/take/case.json").await.html;
    assert!(saved.contains("41 years") && saved.contains("synovial_sarcoma"), "{saved}");
}

#[tokio::test]
async fn a_link_that_is_refused_changes_nothing_and_says_what_to_do() {
    let link = link(&mut answered().await).await;
    let mut browser = Browser::new();
    browser.post("/question/age", "asked=age&age=70").await;
    let before = browser.cookie.clone();
    let reversed: String = link.chars().rev().take(80).collect();
    for (pasted, reason) in [
        (String::new(), "Paste the link that you made on the other device."),
        ("http://localhost/carry".to_owned(), "This isn't a whole link."),
        ("%3Cscript%3Ealert(1)%3C%2Fscript%3E".to_owned(), "This isn't a whole link."),
        (link[..link.len() - 3].to_owned(), "We can't open this link."),
        (format!("https://elsewhere.example/carry#{reversed}"), "This link was made on another website."),
        ("x".repeat(5_000), "This is longer than one of our links."),
    ] {
        let page = browser.post("/carry", &form(&pasted, "&replaces=yes")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{pasted}");
        let text = html_text(&page.html);
        assert!(text.contains(reason) && text.contains("The answers on this device haven't changed."), "{pasted}: {text}");
        assert!(page.html.contains("href=\"#link\"") && page.html.contains("aria-invalid=\"true\""), "{}", page.html);
        assert!(!page.html.contains("<script>") && page.html.len() < 20_000, "{}", page.html.len());
        assert_eq!(browser.cookie, before);
    }
}

#[tokio::test]
async fn a_link_does_not_open_after_a_restart_with_a_new_key() {
    let link = link(&mut answered().await).await;
    let mut restarted = Browser { site: router(Site::new(sarcoguide_bundled::guide(), settings(8))), cookie: None };
    let page = restarted.post("/carry", &form(&link, "")).await;
    assert!(html_text(&page.html).contains("this website was restarted"), "{}", page.html);
}

#[tokio::test]
async fn a_link_from_before_a_change_of_the_guide_is_opened_with_a_notice_or_refused() {
    let link = link(&mut answered().await).await;
    let mut edition = sarcoguide_bundled::guide();
    edition.content_hash = "of another guide".to_owned();
    let mut browser = Browser { site: router(Site::new(edition.clone(), settings(7))), cookie: None };
    assert_eq!(browser.post("/carry", &form(&link, "")).await.status, StatusCode::SEE_OTHER);
    assert!(browser.get("/review").await.html.contains("Your answers are all still here"));
    edition.facts[3].id = "another".to_owned();
    let mut browser = Browser { site: router(Site::new(edition, settings(7))), cookie: None };
    let page = browser.post("/carry", &form(&link, "")).await;
    assert!(page.html.contains("This guide was updated after the link was made."), "{}", page.html);
    assert!(browser.cookie.is_none());
}

#[tokio::test]
async fn no_link_is_made_without_answers_or_with_answers_missing() {
    let nothing = Browser::new().post("/carry", "").await;
    assert!(nothing.html.contains("there's nothing to send") && !nothing.html.contains("carry#"), "{}", nothing.html);
    // Answers that can't be opened would be missing from the link. The person may still open a link.
    let cookie = answered().await.cookie;
    let restarted = || Browser { site: router(Site::new(sarcoguide_bundled::guide(), settings(8))), cookie: cookie.clone() };
    assert_eq!(restarted().post("/carry", "").await.status, StatusCode::CONFLICT);
    let mut other = Browser { cookie: None, ..restarted() };
    other.open(CASE).await;
    let link = link(&mut other).await;
    let mut browser = restarted();
    assert_eq!(browser.post("/carry", &form(&link, "")).await.status, StatusCode::SEE_OTHER);
    assert!(browser.get("/review").await.html.contains("Synovial sarcoma"));
}

#[tokio::test]
async fn the_team_view_stays_as_it_is_on_each_device() {
    let mut first = answered().await;
    first.post("/view", "view=team").await;
    let link = link(&mut first).await;
    let mut second = Browser::new();
    second.post("/carry", &form(&link, "")).await;
    assert!(second.get("/review").await.html.contains("Show codes, rules and evidence"));
}

#[tokio::test]
async fn only_the_page_that_opens_a_link_runs_a_script_and_it_is_small_and_ours() {
    let mut browser = answered().await;
    let page = browser.get("/carry").await;
    let policy = page.headers[header::CONTENT_SECURITY_POLICY].to_str().expect("text");
    assert!(policy.contains("default-src 'none'; script-src 'self'; style-src 'self'") && !policy.contains("unsafe"), "{policy}");
    let scripts: Vec<&str> = page.html.split("<script").skip(1).collect();
    assert_eq!(scripts.len(), 1);
    let path = scripts[0].split("src=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a path");
    assert!(scripts[0].contains("></script>") && path.starts_with("/carry-"), "{}", scripts[0]);
    for forbidden in [" style=", " onclick", "javascript:"] {
        assert!(!page.html.contains(forbidden), "{forbidden}");
    }
    let script = browser.get(path).await;
    assert_eq!(script.headers[header::CONTENT_TYPE], "text/javascript; charset=utf-8");
    assert!(script.size <= 1_000, "{}", script.size);
    // The script sends nothing and makes no HTML.
    for forbidden in ["fetch", "XMLHttpRequest", "submit", "click", "innerHTML", "eval", "http"] {
        assert!(!script.html.contains(forbidden), "{forbidden}");
    }
    for path in ["/", "/review", "/options", path] {
        let seen = browser.get(path).await;
        assert!(!seen.headers[header::CONTENT_SECURITY_POLICY].to_str().expect("text").contains("script-src"), "{path}");
    }
}

/// A button that says for whom the person asks changes only the words, on every page and in the link.
#[tokio::test]
async fn a_person_who_asks_for_someone_else_is_addressed_so_on_every_page_and_on_the_other_device() {
    let mut browser = Browser::new();
    let start = browser.get("/").await.html;
    assert!(start.contains("action=\"/asker\"") && start.contains("value=\"someone\""), "{start}");
    assert!(!start.contains("Their options"));
    let chosen = browser.post("/asker", "asker=someone&to=%2Fsituation").await;
    assert_eq!((chosen.status, chosen.location.as_deref()), (StatusCode::SEE_OTHER, Some("/situation")));
    browser.open(CASE).await;
    for path in ["/", "/situation", "/review", "/options", "/treatment/pazopanib", "/carry", "/guide", "/symptom"] {
        let page = html_text(&browser.get(path).await.html);
        assert!(page.contains("You're asking for someone else.") && page.contains("means that person."), "{path}: {page}");
        assert!(page.contains("Their options") && !page.contains(">My options<"), "{path}");
        assert!(page.contains(&format!("name=\"to\" value=\"{path}")), "{path}");
    }
    // The answers are those of the same case.
    let mut myself = Browser::new();
    myself.open(CASE).await;
    assert_eq!(browser.get("/take/case.json").await.html, myself.get("/take/case.json").await.html);
    let link = link(&mut browser).await;
    let mut second = Browser::new();
    second.post("/carry", &form(&link, "")).await;
    assert!(second.get("/review").await.html.contains("Their options"));
    second.post("/asker", "asker=myself&to=%2Freview").await;
    let back = second.get("/review").await.html;
    assert!(back.contains("My options") && !back.contains("Their options") && !back.contains("asking for someone else"));
    // The choice alone says nothing about a case.
    let mut other = Browser::new();
    other.post("/asker", "asker=someone&to=https%3A%2F%2Felsewhere.example").await;
    let page = other.get("/carry").await.html;
    assert!(!page.contains("name=\"replaces\"") && !other.get("/").await.html.contains("action=\"/forget\""), "{page}");
}
