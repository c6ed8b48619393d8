//! Sends requests that an attacker could send, and checks that they do no harm.

mod common;

use axum::body::Body;
use axum::http::{Request, StatusCode, Version, header};
use common::{Browser, CASE, SeenResponse, settings, site};
use sarcoguide_server::{Site, router};

/// Sends a form with these headers. No other header says where the form comes from.
async fn send_form(
    browser: &mut Browser,
    path: &str,
    kind: &str,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> SeenResponse {
    let mut request = Request::post(path).header(header::CONTENT_TYPE, kind);
    if headers.iter().all(|(name, _)| *name != "host") {
        request = request.header(header::HOST, "localhost");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    browser.send(request.body(body.into()).expect("a request")).await
}

/// Sends this body as the form that opens a saved case.
async fn upload(body: &str) -> SeenResponse {
    send_form(&mut Browser::new(), "/open", "multipart/form-data; boundary=b", &[], body.to_owned()).await
}

/// A browser that visits a site served over HTTPS.
fn https_browser() -> Browser {
    Browser { site: router(Site::new(sarcoguide_bundled::guide(), settings(7).served_over_https(true))), cookie: None }
}

#[tokio::test]
async fn repeated_questions_in_a_form_do_not_make_the_page_larger() {
    let typed = "%22".repeat(9_000);
    let form = format!("age={typed}{}", "&asked=age".repeat(3_350));
    for path in ["/situation/1", "/question/age"] {
        let page = Browser::new().post(path, &form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.html.len() < 20_000, "{path} responds with {} bytes", page.html.len());
        assert_eq!(page.html.matches("name=\"asked\"").count(), 1, "{path}");
    }
    let mut browser = Browser::new();
    browser.post("/situation/1", &"asked=histology&".repeat(4_090)).await;
    let page = browser.get("/situation/1").await;
    assert_eq!(page.html.matches("name=\"asked\"").count(), 1);
    // A form with more questions than a page can have is refused, and nothing is stored.
    let guide = sarcoguide_bundled::guide();
    let all: Vec<String> = guide.facts.iter().map(|fact| format!("asked={}", fact.id)).collect();
    for path in ["/situation/1", "/question/age"] {
        let mut browser = Browser::new();
        assert_eq!(browser.post(path, &all.join("&")).await.status, StatusCode::BAD_REQUEST, "{path}");
        assert!(browser.cookie.is_none());
    }
}

#[tokio::test]
async fn each_problem_with_an_uploaded_file_has_its_own_status() {
    let part = |name: &str, text: &str| format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
    let case = part("file", "\u{feff}{\"facts\": {\"age\": 5}}");
    // A form that ends early is invalid, not too large.
    assert_eq!(upload(case.trim_end()).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(upload(&format!("{}{case}--b--\r\n", part("other", "hello"))).await.status, StatusCode::SEE_OTHER);
    assert_eq!(upload(&format!("{}--b--\r\n", part("other", "{}"))).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let large = upload(&format!("{}--b--\r\n", part("file", &"x".repeat(100_000)))).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(large.html.contains("larger than a case can be"), "{}", large.html);
}

#[tokio::test]
async fn other_cookies_do_not_hide_the_answers() {
    let mut browser = Browser::new();
    browser.open(CASE).await;
    let ours = browser.cookie.clone().expect("a cookie");
    let all =
        [format!("name=J\u{f6}rg; {ours}"), format!("case=AAAA; {ours}"), format!("{ours}; case=AAAA"), format!("case=;{ours}")];
    for cookies in all {
        let request = Request::get("/review").header(header::HOST, "localhost").header(header::COOKIE, cookies.as_bytes());
        let page = Browser::new().send(request.body(Body::empty()).expect("a request")).await;
        assert!(page.html.contains("Synovial sarcoma"), "{cookies}");
        assert!(!page.html.contains("Your earlier answers"), "{cookies}");
    }
}

#[tokio::test]
async fn guides_on_different_ports_have_different_cookies() {
    let name = |seen: &SeenResponse| {
        let cookie = seen.headers[header::SET_COOKIE].to_str().expect("text").to_owned();
        cookie.split_once('=').map(|(name, _)| name.to_owned()).expect("a name")
    };
    for (host, expected) in
        [("localhost", "case"), ("localhost:8080", "case-8080"), ("[::1]", "case"), ("[::1]:81", "case-81"), ("x", "case")]
    {
        let form = "application/x-www-form-urlencoded";
        let plain = send_form(&mut Browser::new(), "/view", form, &[("host", host)], "view=team").await;
        assert_eq!(name(&plain), expected);
        let mut browser = https_browser();
        let kept = send_form(&mut browser, "/view", form, &[("host", host)], "view=team").await;
        assert_eq!(name(&kept), format!("__Host-{expected}"));
        // A browser deletes a `__Host-` cookie only if the `Set-Cookie` header that deletes it has `Secure` too.
        let gone = send_form(&mut browser, "/forget", form, &[("host", host)], "").await;
        assert_eq!(name(&gone), name(&kept));
        let gone = gone.headers[header::SET_COOKIE].to_str().expect("text");
        assert!(gone.contains("; Secure") && gone.contains("Max-Age=0"), "{gone}");
    }
}

#[tokio::test]
async fn answers_that_cannot_be_decrypted_are_reported_and_not_mistaken_for_a_new_case() {
    let mut before = Browser::new();
    before.open(CASE).await;
    let lost = before.cookie.clone();
    let restarted = || Browser { site: router(Site::new(sarcoguide_bundled::guide(), settings(8))), cookie: lost.clone() };
    for path in ["/", "/review", "/options", "/treatment/pazopanib", "/situation/1", "/guide"] {
        let page = restarted().get(path).await;
        assert!(page.html.contains("Your earlier answers can no longer be opened"), "{path}: {}", page.html);
        assert!(page.html.contains("action=\"/forget\""), "{path}");
    }
    for (path, form) in [
        ("/situation/6", "asked=age&age=41"),
        ("/question/age", "asked=age&age=41"),
        ("/matters", "limb=much"),
        ("/compare", "compare=pazopanib&compare=doxorubicin"),
        ("/view", "view=team&to=%2Foptions"),
    ] {
        let mut browser = restarted();
        let page = browser.post(path, form).await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{path}");
        assert!(page.html.contains("What you sent was not kept") && page.html.contains("can no longer be opened"), "{path}");
        assert!(
            page.html.contains("name=\"to\" value=\"/\""),
            "{path}: the footer's form should return to a page that can be opened"
        );
        assert_eq!(browser.cookie, lost, "{path}");
    }
    for path in ["case.json", "options.md", "options.json", "summary.pdf"] {
        assert_eq!(restarted().get(&format!("/take/{path}")).await.status, StatusCode::CONFLICT, "{path}");
    }
    // The symptom check works even if answers were lost. A person who starts over or opens a saved case can answer again.
    assert_eq!(restarted().post("/symptom", "symptom=fever").await.status, StatusCode::OK);
    let mut started_over = restarted();
    started_over.post("/forget", "").await;
    assert!(!started_over.get("/").await.html.contains("Your earlier answers can"));
    assert_eq!(started_over.post("/situation/1", "asked=age&age=41").await.status, StatusCode::SEE_OTHER);
    let mut opened = restarted();
    assert_eq!(opened.open(CASE).await.status, StatusCode::SEE_OTHER);
    assert!(opened.get("/review").await.html.contains("Synovial sarcoma"));
}

#[tokio::test]
async fn a_person_who_only_compared_treatments_can_delete_the_comparison() {
    let mut browser = Browser::new();
    assert!(!browser.get("/").await.html.contains("Forget my answers</button>"));
    browser.post("/compare", "compare=pazopanib&compare=doxorubicin").await;
    assert!(browser.get("/").await.html.contains("Forget my answers</button>"));
}

#[tokio::test]
async fn summaries_are_queued_and_too_many_requests_are_refused() {
    let mut browser = Browser::new();
    browser.open(CASE).await;
    let all: Vec<_> = (0..300)
        .map(|_| {
            let mut browser = Browser { site: browser.site.clone(), cookie: browser.cookie.clone() };
            tokio::spawn(async move { browser.get("/take/summary.pdf").await.status })
        })
        .collect();
    let mut refused = 0;
    for one in all {
        match one.await.expect("the task ends") {
            StatusCode::SERVICE_UNAVAILABLE => refused += 1,
            status => assert_eq!(status, StatusCode::OK),
        }
    }
    assert!((1..300).contains(&refused), "{refused} of 300 were refused");
    assert_eq!(browser.get("/take/summary.pdf").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_footer_of_an_error_page_returns_to_a_page_that_can_be_opened() {
    let mut browser = Browser::new();
    let refused = [browser.open("{").await, browser.post("/take/calendar/doxorubicin", "start=tomorrow").await];
    for page in refused {
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        let to = page.html.split("name=\"to\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a footer");
        assert_eq!(browser.get(to).await.status, StatusCode::OK, "{to}");
    }
}

#[tokio::test]
async fn a_calendar_date_must_be_written_as_year_month_and_day() {
    for start in ["20261201", "2026-12-01T00:00", "2026-12-01T23:59:60Z", "+002026-12-01", "2026-W49-2"] {
        let page = Browser::new().post("/take/calendar/doxorubicin", &format!("start={}", start.replace('+', "%2B"))).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{start}");
    }
}

#[tokio::test]
async fn a_form_is_refused_if_a_header_names_another_origin() {
    let here = ("origin", "http://localhost");
    let form = "application/x-www-form-urlencoded";
    for (headers, plain, secure) in [
        (vec![], true, true),
        (vec![here], true, false),
        (vec![("origin", "https://localhost")], true, true),
        (vec![("origin", "ftp://localhost")], false, false),
        (vec![here, ("origin", "http://elsewhere.example")], false, false),
        (vec![("sec-fetch-site", "same-origin")], true, true),
        (vec![("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")], false, false),
        (vec![("sec-fetch-site", "\u{f6}"), here], false, false),
    ] {
        let headers: Vec<_> = [vec![("host", "localhost")], headers].concat();
        for (mut browser, taken) in [(Browser { site: site(), cookie: None }, plain), (https_browser(), secure)] {
            let seen = send_form(&mut browser, "/view", form, &headers, "view=team").await;
            assert_eq!(seen.status == StatusCode::SEE_OTHER, taken, "{headers:?}: {}", seen.status);
        }
    }
}

/// With the policy `no-referrer`, a browser sends `Origin: null` with every form. Over plain HTTP it doesn't send `Sec-Fetch-Site` either, so the
/// server would refuse the forms.
#[tokio::test]
async fn the_referrer_policy_lets_forms_work_without_https() {
    assert_eq!(Browser::new().get("/").await.headers[header::REFERRER_POLICY], "same-origin");
}

/// Unless a form forbids it, a browser fills in what was entered before, even after "Forget my answers".
#[tokio::test]
async fn no_form_is_filled_in_by_the_browser() {
    let mut browser = Browser::new();
    browser.open(CASE).await;
    let paths = [
        "/",
        "/situation/1",
        "/question/histology",
        "/options",
        "/treatment/doxorubicin",
        "/compare",
        "/timeline",
        "/matters",
        "/carry",
        "/symptom",
    ];
    for path in paths {
        let page = browser.get(path).await.html;
        for form in page.split("<form ").skip(1).filter_map(|rest| rest.split("</form>").next()) {
            let (head, fields) = form.split_once('>').expect("a form");
            let asks =
                ["<input", "<select", "<textarea"].iter().any(|field| fields.contains(field)) || head.contains("id=\"compare\"");
            let is_on_every_page = head.contains("/search") || head.contains("/view");
            assert!(!asks || is_on_every_page || head.contains("autocomplete=\"off\""), "{path}: {head}");
        }
    }
}

#[tokio::test]
async fn forms_behind_a_proxy_with_another_host_need_the_public_address() {
    let form = "application/x-www-form-urlencoded";
    let public = "https://guide.example.org";
    for (origin, unknown, known) in [
        (public, false, true),
        ("https://guide.example.org:8443", false, false),
        ("http://guide.example.org", false, false),
        ("https://elsewhere.example", false, false),
        ("null", false, false),
        // A browser that reaches the server without the proxy sends this origin.
        ("http://backend", true, true),
    ] {
        let address = public.parse().expect("an address");
        for (settings, taken) in [(settings(7), unknown), (settings(7).public_address(Some(address)), known)] {
            let mut browser = Browser { site: router(Site::new(sarcoguide_bundled::guide(), settings)), cookie: None };
            let headers = [("host", "backend"), ("origin", origin)];
            let seen = send_form(&mut browser, "/view", form, &headers, "view=team").await;
            assert_eq!(seen.status == StatusCode::SEE_OTHER, taken, "{origin}: {}", seen.status);
            assert!(taken || seen.html.contains("--public-address"), "the page should name the option to set: {}", seen.html);
            // If the browser sends `Sec-Fetch-Site`, the server doesn't need the public address.
            let headers = [("host", "backend"), ("origin", origin), ("sec-fetch-site", "same-origin")];
            assert_eq!(
                send_form(&mut browser, "/view", form, &headers, "view=team").await.status,
                StatusCode::SEE_OTHER,
                "{origin}"
            );
        }
    }
}

#[tokio::test]
async fn requests_with_a_missing_invalid_or_second_host_are_refused() {
    for (version, hosts, taken) in [
        (Version::HTTP_11, &["localhost"][..], true),
        (Version::HTTP_11, &["[::1]:8080"], true),
        (Version::HTTP_11, &[], false),
        (Version::HTTP_11, &["localhost", "localhost"], false),
        (Version::HTTP_11, &["localhost", "elsewhere.example"], false),
        (Version::HTTP_11, &[""], false),
        (Version::HTTP_11, &["a b"], false),
        (Version::HTTP_11, &["user@localhost"], false),
        // HTTP/1.0 doesn't require a host.
        (Version::HTTP_10, &[], true),
        (Version::HTTP_10, &["localhost", "elsewhere.example"], false),
    ] {
        let mut request = Request::get("/guide").version(version);
        for host in hosts {
            request = request.header(header::HOST, *host);
        }
        let seen = Browser::new().send(request.body(Body::empty()).expect("a request")).await;
        let expected = if taken { StatusCode::OK } else { StatusCode::BAD_REQUEST };
        assert_eq!(seen.status, expected, "{version:?} {hosts:?}");
    }
}

#[tokio::test]
async fn only_a_site_served_over_https_tells_browsers_to_require_https() {
    let plain = Browser::new().get("/").await;
    assert!(!plain.headers.contains_key(header::STRICT_TRANSPORT_SECURITY));
    assert_eq!(https_browser().get("/").await.headers[header::STRICT_TRANSPORT_SECURITY], "max-age=31536000");
}

#[tokio::test]
async fn the_words_of_a_search_are_not_in_the_url() {
    let mut browser = Browser::new();
    let start = browser.get("/").await.html;
    let form = start.split("<form class=\"search\"").nth(1).and_then(|rest| rest.split("</form>").next()).expect("a form");
    assert!(form.contains("method=\"post\" action=\"/search\""), "{form}");
    let found = browser.post("/search", "q=pazopanb").await;
    assert_eq!((found.status, found.location.as_deref()), (StatusCode::OK, None));
    assert!(found.html.contains("/treatment/pazopanib"), "{}", found.html);
    // A link can still contain the words of a search. The footer's form doesn't repeat the words.
    assert!(browser.get("/search?q=pazopanb").await.html.contains("/treatment/pazopanib"));
    assert!(found.html.contains("name=\"to\" value=\"/search\""));
    let nothing = browser.get("/search").await;
    assert!(nothing.html.contains("Type what you"), "{}", nothing.html);
}

#[tokio::test]
async fn the_health_check_returns_versions_and_nothing_about_a_person() {
    let mut browser = Browser::new();
    browser.open(CASE).await;
    let health = browser.get("/health").await;
    assert_eq!((health.status, health.headers[header::CACHE_CONTROL].as_bytes()), (StatusCode::OK, &b"no-store"[..]));
    assert_eq!(health.headers[header::CONTENT_TYPE], "application/json");
    let guide = sarcoguide_bundled::guide();
    let expected = serde_json::json!({
        "status": "ok",
        "version": env!("CARGO_PKG_VERSION"),
        "guide": { "name": guide.name, "version": guide.version, "content_hash": guide.content_hash, "revised": guide.revised.map(|date| date.to_string()) },
    });
    assert_eq!(serde_json::from_str::<serde_json::Value>(&health.html).expect("JSON"), expected);
    assert_eq!(guide.content_hash.len(), 64);
}

/// A link is a secret of its owner. These are things that someone else could try with it, or without it.
#[tokio::test]
async fn a_link_can_be_read_only_by_this_server_and_only_as_a_link() {
    let mut browser = Browser::new();
    browser.open(CASE).await;
    let page = browser.post("/carry", "").await.html;
    let text: String = page.split("/carry#").nth(1).expect("a link").chars().take_while(|c| *c != '<' && *c != '"').collect();
    assert!(text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'), "{text}");
    // Each link has its own nonce.
    assert!(!browser.post("/carry", "").await.html.contains(&text));
    // Set as a cookie, it isn't a session.
    let mut thief = Browser { site: site(), cookie: Some(format!("case={text}")) };
    assert!(thief.get("/review").await.html.contains("Your earlier answers can no longer be opened"));
    // A cookie isn't a link either. Without that, someone who reads a cookie could open it on their device.
    let cookie = browser.cookie.clone().expect("a cookie");
    let value = cookie.split_once('=').expect("a value").1;
    let refused = Browser::new().post("/carry", &format!("link={value}")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Not one changed character is accepted.
    let mut other = Browser::new();
    for place in 0..text.len() {
        let changed = if &text[place..=place] == "A" { "B" } else { "A" };
        let forged = format!("{}{changed}{}", &text[..place], &text[place + 1..]);
        let seen = other.post("/carry", &format!("link={forged}")).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{place}");
    }
}

#[tokio::test]
async fn a_link_is_opened_and_made_only_by_a_form_of_this_site() {
    let mut browser = Browser::new();
    browser.open(CASE).await;
    let page = browser.post("/carry", "").await.html;
    let text = page.split("/carry#").nth(1).and_then(|rest| rest.split('<').next()).expect("a link").to_owned();
    let form = "application/x-www-form-urlencoded";
    for headers in
        [[("sec-fetch-site", "cross-site")], [("sec-fetch-site", "same-site")], [("origin", "https://elsewhere.example")]]
    {
        for body in [format!("link={text}"), String::new()] {
            let seen = send_form(&mut Browser::new(), "/carry", form, &headers, body).await;
            assert_eq!(seen.status, StatusCode::FORBIDDEN, "{headers:?}");
        }
    }
    // A query opens nothing, and the page doesn't repeat it.
    let mut other = Browser::new();
    let seen = other.get(&format!("/carry?link={text}")).await;
    assert_eq!(seen.status, StatusCode::OK);
    assert!(!seen.html.contains(&text) && other.cookie.is_none());
}

#[tokio::test]
async fn a_huge_or_odd_text_instead_of_a_link_gets_a_small_page() {
    for (text, status) in [
        ("A".repeat(60_000), StatusCode::UNPROCESSABLE_ENTITY),
        ("%23".repeat(15_000), StatusCode::UNPROCESSABLE_ENTITY),
        ("%F0%9F%94%91".repeat(400), StatusCode::UNPROCESSABLE_ENTITY),
        ("%00%FF".repeat(300), StatusCode::UNPROCESSABLE_ENTITY),
        ("A".repeat(70_000), StatusCode::PAYLOAD_TOO_LARGE),
    ] {
        let seen = Browser::new().post("/carry", &format!("link={text}")).await;
        assert_eq!(seen.status, status, "{}", &text[..9]);
        assert!(seen.html.len() < 20_000 && !seen.headers.contains_key(header::SET_COOKIE), "{} bytes", seen.html.len());
    }
    // Markup stays text.
    let seen = Browser::new().post("/carry", "link=%3C%2Ftextarea%3E%3Cimg%20src%3Dx%3E").await.html;
    assert!(seen.contains("&lt;/textarea&gt;&lt;img src=x&gt;") && !seen.contains("<img"), "{seen}");
}
