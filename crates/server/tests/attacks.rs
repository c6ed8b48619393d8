//! What someone who means harm sends, and what must not follow from it.

mod common;

use axum::body::Body;
use axum::http::{Request, StatusCode, Version, header};
use common::{Browser, CASE, Seen, settings, site};
use sarcoguide_server::{Site, router};

/// A form sent with these headers, by a browser that says nothing else of where it comes from.
async fn sent(browser: &mut Browser, path: &str, kind: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Seen {
    let mut request = Request::post(path).header(header::CONTENT_TYPE, kind);
    if headers.iter().all(|(name, _)| *name != "host") {
        request = request.header(header::HOST, "localhost");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    browser.send(request.body(body.into()).expect("a request")).await
}

async fn file(body: &str) -> Seen {
    sent(&mut Browser::new(), "/open", "multipart/form-data; boundary=b", &[], body.to_owned()).await
}

fn encrypted() -> Browser {
    Browser { site: router(Site::new(sarcoguide_bundled::guide(), settings(7).encrypted(true))), cookie: None }
}

#[tokio::test]
async fn a_form_that_repeats_its_questions_is_no_larger_for_it() {
    let typed = "%22".repeat(9_000);
    let form = format!("age={typed}{}", "&asked=age".repeat(3_350));
    for path in ["/situation/1", "/question/age"] {
        let page = Browser::new().post(path, &form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.html.len() < 20_000, "{path} answers {} bytes", page.html.len());
        assert_eq!(page.html.matches("name=\"asked\"").count(), 1, "{path}");
    }
    let mut browser = Browser::new();
    browser.post("/situation/1", &"asked=histology&".repeat(4_090)).await;
    let page = browser.get("/situation/1").await;
    assert_eq!(page.html.matches("name=\"asked\"").count(), 1);
    // More questions than a page has are refused, and nothing of them is kept.
    let guide = sarcoguide_bundled::guide();
    let all: Vec<String> = guide.facts.iter().map(|fact| format!("asked={}", fact.id)).collect();
    for path in ["/situation/1", "/question/age"] {
        let mut browser = Browser::new();
        assert_eq!(browser.post(path, &all.join("&")).await.status, StatusCode::BAD_REQUEST, "{path}");
        assert!(browser.cookie.is_none());
    }
}

#[tokio::test]
async fn what_the_file_of_a_form_is_not_is_told_as_what_it_is() {
    let part = |name: &str, text: &str| format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
    let case = part("file", "\u{feff}{\"facts\": {\"age\": 5}}");
    // A form that breaks off is broken, not too large.
    assert_eq!(file(case.trim_end()).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(file(&format!("{}{case}--b--\r\n", part("other", "hello"))).await.status, StatusCode::SEE_OTHER);
    assert_eq!(file(&format!("{}--b--\r\n", part("other", "{}"))).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let large = file(&format!("{}--b--\r\n", part("file", &"x".repeat(100_000)))).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(large.html.contains("larger than a case can be"), "{}", large.html);
}

#[tokio::test]
async fn other_cookies_take_nothing_away() {
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
async fn two_guides_on_one_machine_have_a_cookie_each() {
    let name = |seen: &Seen| {
        let cookie = seen.headers[header::SET_COOKIE].to_str().expect("text").to_owned();
        cookie.split_once('=').map(|(name, _)| name.to_owned()).expect("a name")
    };
    for (host, expected) in
        [("localhost", "case"), ("localhost:8080", "case-8080"), ("[::1]", "case"), ("[::1]:81", "case-81"), ("x", "case")]
    {
        let form = "application/x-www-form-urlencoded";
        let plain = sent(&mut Browser::new(), "/view", form, &[("host", host)], "view=team").await;
        assert_eq!(name(&plain), expected);
        let mut browser = encrypted();
        let kept = sent(&mut browser, "/view", form, &[("host", host)], "view=team").await;
        assert_eq!(name(&kept), format!("__Host-{expected}"));
        // Such a cookie is removed only by one that is as secure.
        let gone = sent(&mut browser, "/forget", form, &[("host", host)], "").await;
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
        assert!(page.html.contains("name=\"to\" value=\"/\""), "{path}: the foot leads to a page that can be got");
        assert_eq!(browser.cookie, lost, "{path}");
    }
    for path in ["case.json", "options.md", "options.json", "summary.pdf"] {
        assert_eq!(restarted().get(&format!("/take/{path}")).await.status, StatusCode::CONFLICT, "{path}");
    }
    // A symptom is answered whatever was lost. Who starts anew, or opens what was saved, can answer again.
    assert_eq!(restarted().post("/symptom", "symptom=fever").await.status, StatusCode::OK);
    let mut anew = restarted();
    anew.post("/forget", "").await;
    assert!(!anew.get("/").await.html.contains("Your earlier answers can"));
    assert_eq!(anew.post("/situation/1", "asked=age&age=41").await.status, StatusCode::SEE_OTHER);
    let mut opened = restarted();
    assert_eq!(opened.open(CASE).await.status, StatusCode::SEE_OTHER);
    assert!(opened.get("/review").await.html.contains("Synovial sarcoma"));
}

#[tokio::test]
async fn whoever_only_compared_can_forget_it() {
    let mut browser = Browser::new();
    assert!(!browser.get("/").await.html.contains("Forget my answers</button>"));
    browser.post("/compare", "compare=pazopanib&compare=doxorubicin").await;
    assert!(browser.get("/").await.html.contains("Forget my answers</button>"));
}

#[tokio::test]
async fn summaries_wait_for_one_another_and_too_many_are_told_so() {
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
        match one.await.expect("it ends") {
            StatusCode::SERVICE_UNAVAILABLE => refused += 1,
            status => assert_eq!(status, StatusCode::OK),
        }
    }
    assert!((1..300).contains(&refused), "{refused} of 300 were refused");
    assert_eq!(browser.get("/take/summary.pdf").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_foot_of_a_refusal_leads_to_a_page_that_can_be_got() {
    let mut browser = Browser::new();
    let refused = [browser.open("{").await, browser.post("/take/calendar/doxorubicin", "start=tomorrow").await];
    for page in refused {
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        let to = page.html.split("name=\"to\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a foot");
        assert_eq!(browser.get(to).await.status, StatusCode::OK, "{to}");
    }
}

#[tokio::test]
async fn a_day_is_year_month_and_day() {
    for start in ["20261201", "2026-12-01T00:00", "2026-12-01T23:59:60Z", "+002026-12-01", "2026-W49-2"] {
        let page = Browser::new().post("/take/calendar/doxorubicin", &format!("start={}", start.replace('+', "%2B"))).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{start}");
    }
}

#[tokio::test]
async fn a_form_is_accepted_only_if_all_its_headers_name_this_site() {
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
        for (mut browser, taken) in [(Browser { site: site(), cookie: None }, plain), (encrypted(), secure)] {
            let seen = sent(&mut browser, "/view", form, &headers, "view=team").await;
            assert_eq!(seen.status == StatusCode::SEE_OTHER, taken, "{headers:?}: {}", seen.status);
        }
    }
}

/// A browser tells `Origin: null` for every form of a page with `no-referrer`, and where nothing is encrypted no `Sec-Fetch-Site`.
#[tokio::test]
async fn forms_work_where_nothing_is_encrypted() {
    assert_eq!(Browser::new().get("/").await.headers[header::REFERRER_POLICY], "same-origin");
}

/// A browser puts back what was entered in a form, after "Forget my answers" too, unless the form says not to.
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
        "/symptom",
    ];
    for path in paths {
        let page = browser.get(path).await.html;
        for form in page.split("<form ").skip(1).filter_map(|rest| rest.split("</form>").next()) {
            let (head, fields) = form.split_once('>').expect("a form");
            let asks = ["<input", "<select"].iter().any(|field| fields.contains(field)) || head.contains("id=\"compare\"");
            let is_of_the_frame = head.contains("/search") || head.contains("/view");
            assert!(!asks || is_of_the_frame || head.contains("autocomplete=\"off\""), "{path}: {head}");
        }
    }
}

#[tokio::test]
async fn a_proxy_that_names_another_host_is_made_known_by_the_public_address() {
    let form = "application/x-www-form-urlencoded";
    let public = "https://guide.example.org";
    for (origin, unknown, known) in [
        (public, false, true),
        ("https://guide.example.org:8443", false, false),
        ("http://guide.example.org", false, false),
        ("https://elsewhere.example", false, false),
        ("null", false, false),
        // Someone at the machine itself, past the proxy.
        ("http://backend", true, true),
    ] {
        let address = public.parse().expect("an address");
        for (settings, taken) in [(settings(7), unknown), (settings(7).public_address(Some(address)), known)] {
            let mut browser = Browser { site: router(Site::new(sarcoguide_bundled::guide(), settings)), cookie: None };
            let headers = [("host", "backend"), ("origin", origin)];
            let seen = sent(&mut browser, "/view", form, &headers, "view=team").await;
            assert_eq!(seen.status == StatusCode::SEE_OTHER, taken, "{origin}: {}", seen.status);
            assert!(taken || seen.html.contains("--public-address"), "the way out is told: {}", seen.html);
            // What the browser itself says of where a form comes from needs no address.
            let headers = [("host", "backend"), ("origin", origin), ("sec-fetch-site", "same-origin")];
            assert_eq!(sent(&mut browser, "/view", form, &headers, "view=team").await.status, StatusCode::SEE_OTHER, "{origin}");
        }
    }
}

#[tokio::test]
async fn a_request_names_one_host() {
    for (version, hosts, taken) in [
        (Version::HTTP_11, &["localhost"][..], true),
        (Version::HTTP_11, &["[::1]:8080"], true),
        (Version::HTTP_11, &[], false),
        (Version::HTTP_11, &["localhost", "localhost"], false),
        (Version::HTTP_11, &["localhost", "elsewhere.example"], false),
        (Version::HTTP_11, &[""], false),
        (Version::HTTP_11, &["a b"], false),
        (Version::HTTP_11, &["user@localhost"], false),
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
async fn only_an_encrypted_site_asks_for_encryption_ever_after() {
    let plain = Browser::new().get("/").await;
    assert!(!plain.headers.contains_key(header::STRICT_TRANSPORT_SECURITY));
    assert_eq!(encrypted().get("/").await.headers[header::STRICT_TRANSPORT_SECURITY], "max-age=31536000");
}

#[tokio::test]
async fn the_words_of_a_search_stand_in_no_address() {
    let mut browser = Browser::new();
    let start = browser.get("/").await.html;
    let form = start.split("<form class=\"search\"").nth(1).and_then(|rest| rest.split("</form>").next()).expect("a form");
    assert!(form.contains("method=\"post\" action=\"/search\""), "{form}");
    let found = browser.post("/search", "q=pazopanb").await;
    assert_eq!((found.status, found.location.as_deref()), (StatusCode::OK, None));
    assert!(found.html.contains("/treatment/pazopanib"), "{}", found.html);
    // Whoever writes a link to a search may still do so, and what was searched for is not asked for again by the foot.
    assert!(browser.get("/search?q=pazopanb").await.html.contains("/treatment/pazopanib"));
    assert!(found.html.contains("name=\"to\" value=\"/search\""));
    let nothing = browser.get("/search").await;
    assert!(nothing.html.contains("Write what you look for"), "{}", nothing.html);
}

#[tokio::test]
async fn health_names_the_program_and_guide_but_no_person() {
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
