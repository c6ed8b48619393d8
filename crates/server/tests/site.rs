//! Tests the site as a browser sees it: pages, forms, cookies and headers.

mod common;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use common::{Browser, CASE, html_text, settings, site};
use sarcoguide_server::{Site, router};

#[tokio::test]
async fn a_number_can_be_answered_with_i_do_not_know() {
    let mut browser = Browser::new();
    let page = browser.get("/question/size").await.html;
    assert!(page.contains("<input type=\"checkbox\" name=\"size\" value=\"unknown\">"), "{page}");
    assert!(page.contains("aria-labelledby=\"question-size\" aria-describedby=\"hint-size\""), "{page}");
    browser.post("/question/size", "asked=size&size=&size=unknown").await;
    assert!(browser.get("/question/size").await.html.contains("value=\"unknown\" checked"));
    // A number counts, even if "I don't know" is still ticked from before.
    browser.post("/question/size", "asked=size&size=8&size=unknown").await;
    let page = browser.get("/question/size").await.html;
    assert!(page.contains("value=\"8\"") && !page.contains("value=\"unknown\" checked"), "{page}");
    // What was left blank stays blank.
    browser.post("/question/size", "asked=size&size=").await;
    let page = browser.get("/question/size").await.html;
    assert!(page.contains("value=\"\"") && !page.contains("value=\"unknown\" checked"), "{page}");
    // If a form has both a number and a newly ticked "I don't know", the question is asked again with both filled in.
    let both = browser.post("/question/size", "asked=size&size=12&size=unknown").await;
    assert_eq!(both.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(both.html.contains("Please keep one of the two") && both.html.contains("value=\"12\""), "{}", both.html);
    assert!(both.html.contains("value=\"unknown\" checked"));
    browser.post("/question/size", "asked=size&size=11%2C5").await;
    let page = browser.get("/question/size").await.html;
    assert!(page.contains("value=\"11.5\"") && !page.contains("value=\"unknown\" checked"), "{page}");
}

#[tokio::test]
async fn answers_are_grouped_by_part_and_unknown_facts_are_counted_separately() {
    let mut browser = Browser::new();
    browser.open(CASE).await;
    browser.post("/question/grade", "asked=grade&grade=unknown").await;
    let review = browser.get("/review").await.html;
    assert!(review.contains("<p>4 known, 1 you don't know, "), "{review}");
    let place = |what: &str| review.find(what).unwrap_or_else(|| panic!("{what} is missing: {review}"));
    let (unknown, unasked) = (place("<details id=\"unknown\">"), place("<details id=\"unasked\">"));
    assert!(place("<h2>Where you are now</h2>") < place("href=\"/question/age\""));
    assert!(place("href=\"/question/age\"") < place("<h2>The type of tumor</h2>"));
    assert!(place("href=\"/question/histology\"") < unknown && unknown < place("href=\"/question/grade\""));
    assert!(place("href=\"/question/grade\"") < unasked && unasked < place("href=\"/question/size\""));
    assert!(review.contains(" could still matter"), "{review}");
}

#[tokio::test]
async fn page_titles_are_unique_and_end_with_the_name_of_the_guide() {
    let mut browser = Browser::new();
    let guide = sarcoguide_bundled::guide();
    let mut titles = std::collections::BTreeSet::new();
    for path in ["/", "/situation", "/question/size", "/question/grade", "/review", "/options", "/matters", "/guide"] {
        let page = browser.get(path).await.html;
        let title = page.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).expect("a title").to_owned();
        assert!(title.ends_with(&guide.name), "{path}: {title}");
        assert!(titles.insert(title.clone()), "two pages have the title `{title}`");
    }
    browser.post("/situation/1", "asked=situation&situation=progression&asked=age&age=50&asked=sex&sex=male").await;
    let page = browser.get("/situation").await.html;
    assert!(page.contains("<title>Which type of tumor did the pathologist find? My situation - "), "{page}");
    assert!(page.contains("<h1>Which type of tumor did the pathologist find?</h1>"), "{page}");
}

#[tokio::test]
async fn the_start_page_has_the_welcome_and_the_start_button_before_the_disclaimer() {
    let mut browser = Browser::new();
    let page = html_text(&browser.get("/").await.html);
    let guide = sarcoguide_bundled::guide();
    let place = |what: &str| page.find(what).unwrap_or_else(|| panic!("{what} is missing"));
    let welcome = place(guide.interview.welcome.as_deref().expect("a welcome"));
    let button = place("class=\"button go\" href=\"/situation\"");
    assert!(welcome < button && button < place(&guide.disclaimer.text));
}

#[tokio::test]
async fn a_case_can_be_opened_changed_saved_and_deleted() {
    let mut browser = Browser::new();
    let opened = browser.open(CASE).await;
    assert_eq!((opened.status, opened.location.as_deref()), (StatusCode::SEE_OTHER, Some("/review")), "{}", opened.html);
    let review = browser.get("/review").await;
    assert!(review.html.contains("Synovial sarcoma") && review.html.contains("href=\"/question/age\""), "{}", review.html);
    let options = browser.get("/options").await;
    assert!(options.html.contains("Might be an option"), "{}", options.html);
    assert!(options.html.contains("<h1"));
    let why = browser.get("/treatment/pazopanib").await;
    assert!(why.html.contains("Pazopanib"), "{}", why.html);

    let changed = browser.post("/question/prior_chemotherapy", "asked=prior_chemotherapy&prior_chemotherapy=no").await;
    assert_eq!(changed.location.as_deref(), Some("/review"));
    let saved = browser.get("/take/case.json").await;
    let guide = sarcoguide_bundled::guide();
    let case = sarcoguide_case::from_json(&guide, &saved.html).expect("a case").case;
    let stated = case.stated().map(|fact| guide[fact].id.as_str()).collect::<Vec<_>>();
    assert_eq!(stated, ["prior_chemotherapy", "age", "distant_metastasis", "histology"]);
    assert!(saved.html.contains("\"prior_chemotherapy\": \"no\""), "{}", saved.html);
    assert!(browser.get("/take/options.md").await.html.starts_with("# "));

    // Unknown facts and preferences are saved too, and another browser can open them.
    browser.post("/question/grade", "asked=grade&grade=unknown").await;
    browser.post("/matters", "limb=much&travel=little").await;
    let saved = browser.get("/take/case.json").await.html;
    assert!(saved.contains("\"grade\": null") && saved.contains("\"limb\": \"much\""), "{saved}");
    let mut another = Browser::new();
    another.open(&saved).await;
    assert_eq!(another.get("/take/case.json").await.html, saved);
    assert!(another.get("/review").await.html.contains("href=\"/question/grade\""));
    assert!(another.get("/options").await.html.contains("What matters to you"));

    let gone = browser.post("/forget", "").await;
    assert_eq!(gone.location.as_deref(), Some("/"));
    assert!(browser.get("/review").await.html.contains("Nothing is answered yet"));
}

#[tokio::test]
async fn an_invalid_answer_is_reported_at_its_field_and_stays_filled_in() {
    let mut browser = Browser::new();
    let page = browser.post("/situation/1", "asked=age&age=old%3Cb%3E&asked=size&size=5").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.html.contains("role=\"alert\"") && page.html.contains("href=\"#age\""), "{}", page.html);
    assert!(page.html.contains("id=\"error-age\"") && page.html.contains("value=\"old&lt;b&gt;\""), "{}", page.html);
    assert!(page.html.contains("aria-invalid=\"true\""));
    assert!(
        page.html.contains("Please write a number such as 11 or 5.2, or a range such as 14 to 16, from 0 to 120, in years"),
        "{}",
        page.html
    );
}

#[tokio::test]
async fn contradictory_answers_are_reported_with_links_to_change_them() {
    let mut browser = Browser::new();
    browser
        .post("/situation/1", "asked=distant_metastasis&distant_metastasis=no&asked=lung_metastasis&lung_metastasis=yes")
        .await;
    for path in ["/situation", "/options", "/treatment/pazopanib"] {
        let page = browser.get(path).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(
            page.html.contains("/question/distant_metastasis") && page.html.contains("/question/lung_metastasis"),
            "{}",
            page.html
        );
    }
}

#[tokio::test]
async fn every_page_has_security_headers_and_no_scripts_images_or_inline_styles() {
    let mut browser = Browser::new();
    browser.open(CASE).await;
    let mut paths: Vec<String> = [
        "/",
        "/situation",
        "/review",
        "/options",
        "/guide",
        "/search?q=radation",
        "/nothing",
        "/take/case.json",
        "/compare",
        "/matters",
        "/symptom",
    ]
    .map(str::to_owned)
    .to_vec();
    paths.extend(
        ["treatments", "effects", "types", "stages", "team", "glossary", "links", "sources"].map(|part| format!("/guide/{part}")),
    );
    let guide = sarcoguide_bundled::guide();
    paths.extend(guide.treatments.iter().map(|treatment| format!("/treatment/{}", treatment.id)));
    paths.extend(guide.effects.iter().map(|effect| format!("/effect/{}", effect.id)));
    paths.extend(guide.types.iter().map(|histology| format!("/type/{}", histology.id)));
    for path in paths {
        let page = browser.get(&path).await;
        assert_eq!(page.status, if path == "/nothing" { StatusCode::NOT_FOUND } else { StatusCode::OK }, "{path}");
        let policy = page.headers[header::CONTENT_SECURITY_POLICY].to_str().expect("text");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(page.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(page.headers[header::CACHE_CONTROL], "no-store", "{path}");
        for forbidden in ["<script", " style=", "http-equiv", " onclick", "<img", "<iframe"] {
            assert!(!page.html.contains(forbidden), "{path} has {forbidden}");
        }
    }
}

#[tokio::test]
async fn a_post_from_another_site_is_refused() {
    for (name, value) in [("origin", "https://elsewhere.example"), ("sec-fetch-site", "cross-site"), ("origin", "null")] {
        let request = Request::post("/forget")
            .header(header::HOST, "localhost")
            .header(name, value)
            .body(Body::empty())
            .expect("a request");
        let seen = Browser::new().send(request).await;
        assert_eq!(seen.status, StatusCode::FORBIDDEN, "{name}: {value}");
    }
}

#[tokio::test]
async fn a_cookie_that_is_broken_or_sealed_with_another_key_is_not_opened() {
    let mut browser = Browser::new();
    browser.open(CASE).await;
    let cookie = browser.cookie.clone().expect("a cookie");
    assert!(!cookie.contains("synovial"), "the case can be read in the cookie");
    let mut other = Browser { site: router(Site::new(sarcoguide_bundled::guide(), settings(8))), cookie: Some(cookie.clone()) };
    assert!(other.get("/review").await.html.contains("Nothing is answered yet"));
    for broken in ["case=", "case=AAAA", &format!("{cookie}A"), "case=%00", &cookie[..cookie.len() / 2]] {
        let mut browser = Browser { site: site(), cookie: Some(broken.to_owned()) };
        let page = browser.get("/review").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.html.contains("Nothing is answered yet"), "{broken}");
    }
}

#[tokio::test]
async fn invalid_and_oversized_input_is_refused_with_an_error_page() {
    let mut browser = Browser::new();
    for file in ["", "[[[[", "{\"facts\": {\"histolgy\": 1}}", "\u{0}\u{1}"] {
        let page = browser.open(file).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{file:?}");
        assert!(page.html.contains("What is wrong: ") || page.html.contains("Choose a file"), "{}", page.html);
    }
    let large = "x".repeat(3 * 1024 * 1024);
    assert_eq!(browser.open(&large).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(browser.post("/situation/1", &format!("age={large}")).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let request = Request::builder()
        .method(Method::DELETE)
        .uri("/options")
        .header(header::HOST, "localhost")
        .body(Body::empty())
        .expect("a request");
    assert_eq!(browser.send(request).await.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn an_unknown_url_leads_to_an_error_page() {
    let mut browser = Browser::new();
    for path in
        ["/nothing", "/treatment/nothing", "/treatment/%ff", "/question/%00", "/guide/nothing", "/effect/..%2f", "/type/%3Cb%3E"]
    {
        let page = browser.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.html.contains("<h1>") && page.html.contains("href=\"/\""), "{path}: {}", page.html);
    }
    let twice = browser.get("/search?q=a&q=b").await;
    assert!(twice.html.contains("<h1>"), "{}: {}", twice.status, twice.html);
}

#[tokio::test]
async fn no_url_contains_an_answer() {
    let mut browser = Browser::new();
    browser.open(CASE).await;
    let guide = sarcoguide_bundled::guide();
    for path in ["/", "/situation", "/review", "/options", "/treatment/pazopanib"] {
        let page = browser.get(path).await;
        for link in page.html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            // A link to another site must be exactly the URL of a source in the guide.
            let link = link.replace("&amp;", "&");
            let passages = guide.passages.iter().filter_map(|passage| passage.address.as_ref());
            let of_a_source =
                passages.chain(guide.sources.iter().filter_map(|source| source.address.as_ref())).any(|known| *known == link);
            assert!(link.starts_with(['/', '#']) && !link.contains('?') || of_a_source, "{path}: {link}");
        }
    }
    let answered = browser.post("/situation/1", "asked=sex&sex=female").await;
    assert_eq!(answered.location.as_deref(), Some("/situation/2"));
}

#[tokio::test]
async fn search_tolerates_misspelled_words() {
    let mut browser = Browser::new();
    assert!(browser.get("/search?q=pazopanb").await.html.contains("/treatment/pazopanib"));
    assert!(browser.get("/search?q=radation").await.html.contains("/treatment/external_beam_radiation"));
    // A search for a whole question finds pages that match its significant words.
    assert!(browser.get("/search?q=will+I+lose+my+leg").await.html.contains("/treatment/limb_sparing_surgery"));
    assert!(browser.get("/search?q=%3Cscript%3E").await.html.contains("&lt;script&gt;"));
}

/// People on the site can't use the command.
#[tokio::test]
async fn the_error_about_a_saved_case_names_no_command() {
    for (facts, part) in [
        (r#"{"facts": {"power_line": "yes"}}"#, "the guide has no fact `power_line`"),
        (r#"{"facts": {"histology": "oak"}}"#, "`histology` has no value `oak`"),
        (r#"{"facts": {"histology": 5}}"#, "must be one of its values"),
        (r#"{"facts": {}, "what_matters": {"power_line": "much"}}"#, "the guide does not ask how much `power_line` matters"),
    ] {
        let page = Browser::new().open(facts).await;
        assert!(html_text(&page.html).contains(part) && !page.html.contains("sarcoguide schema"), "{}", page.html);
        let error = sarcoguide_case::from_json(&sarcoguide_bundled::guide(), facts).expect_err("a case with an error");
        assert!(error.to_string().contains("`sarcoguide schema case` lists the"), "{error}");
    }
}
