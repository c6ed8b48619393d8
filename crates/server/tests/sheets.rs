//! Tests the sheets for a visit and for a tumor board: what a person types stays theirs, and nobody else sees it.

mod common;

use axum::http::StatusCode;
use common::{Browser, SeenResponse};

const CASE: &str = r#"{"facts": {"age": 58, "situation": "before_treatment", "histology": "undifferentiated_pleomorphic_sarcoma",
    "site": "lower_extremity", "size": "12 cm", "grade": "G3", "resectability": "resectable", "limb_can_be_spared": "yes", "distant_metastasis": "no"}}"#;

/// The texts of the fields, without the empty one for another question. Markup is decoded.
fn questions(page: &SeenResponse) -> Vec<String> {
    let fields = page.html.split("<textarea").skip(1);
    let text =
        |field: &str| field.split_once('>').and_then(|(_, rest)| rest.split_once("</textarea>")).map(|(text, _)| text.to_owned());
    let decoded = |text: String| text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    fields.filter_map(text).map(decoded).filter(|text| !text.trim().is_empty()).collect()
}

fn encoded(text: &str) -> String {
    let byte = |byte: u8| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(byte).collect()
}

/// The form with these questions, the indexes of the ticked ones, and what the button does.
fn form(questions: &[&str], ticked: &[usize], button: &str) -> String {
    let ticked = ticked.iter().map(|index| format!("ticked={index}&"));
    let texts = questions.iter().map(|text| format!("question={}&", encoded(text)));
    ticked.chain(texts).collect::<String>() + "do=" + button
}

async fn with_case() -> Browser {
    let mut browser = Browser::new();
    browser.open(CASE).await;
    browser
}

#[tokio::test]
async fn five_questions_are_proposed_and_what_a_person_makes_of_them_stays() {
    let mut browser = with_case().await;
    assert_eq!(questions(&browser.get("/visit").await).len(), 5);
    let typed = ["Can my  sister\r\ncome?", "", "Will I keep my knee?"];
    let saved = browser.post("/visit", &form(&typed, &[2], "save")).await;
    assert_eq!((saved.status, saved.location.as_deref()), (StatusCode::SEE_OTHER, Some("/visit")));
    let page = browser.get("/visit").await;
    assert_eq!(questions(&page), ["Can my sister come?", "Will I keep my knee?"]);
    // The tick moved with its question, because the empty one is gone.
    assert_eq!(page.html.matches(" checked aria-label").count(), 1);
    assert!(page.html.contains("value=\"1\" checked aria-label"), "{}", page.html);
    // A changed answer doesn't change the list. What would be proposed now can be added.
    browser.post("/question/grade", "asked=grade&grade=G1").await;
    let page = browser.get("/visit").await;
    assert_eq!(questions(&page), ["Can my sister come?", "Will I keep my knee?"]);
    assert!(page.html.contains("You could also ask"));
    browser.post("/visit", &form(&typed, &[2], "add-0")).await;
    assert_eq!(questions(&browser.get("/visit").await).len(), 3);
    browser.post("/visit", &form(&["one", "two", "three"], &[], "remove-1")).await;
    assert_eq!(questions(&browser.get("/visit").await), ["one", "three"]);
    // The list is on the PDF, and in the saved case, with which it comes back.
    let pdf = browser.get("/take/visit.pdf").await;
    assert!(pdf.bytes.starts_with(b"%PDF"));
    let saved = browser.get("/take/case.json").await.html;
    assert!(saved.contains("\"my_questions\"") && saved.contains("\"text\": \"three\""), "{saved}");
    let mut other = Browser::new();
    other.open(&saved).await;
    assert_eq!(questions(&other.get("/visit").await), ["one", "three"]);
    // Without a list, the proposals are back.
    browser.post("/visit", &form(&["one"], &[], "propose")).await;
    assert_eq!(questions(&browser.get("/visit").await).len(), 5);
    assert!(!browser.get("/take/case.json").await.html.contains("my_questions"));
}

#[tokio::test]
async fn a_form_that_is_refused_keeps_what_was_typed_and_what_was_saved() {
    let mut browser = with_case().await;
    browser.post("/visit", &form(&["saved before"], &[], "save")).await;
    let long = "a".repeat(201);
    let refused = browser.post("/visit", &form(&["first", &long, "third"], &[0], "save")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(questions(&refused), ["first", &long, "third"]);
    assert!(refused.html.contains("role=\"alert\"") && refused.html.contains("href=\"#question-2\""), "{}", refused.html);
    assert!(refused.html.contains("aria-invalid=\"true\"") && refused.html.contains("This has 201 characters"));
    assert_eq!(refused.html.matches(" checked aria-label").count(), 1);
    let nine = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
    let refused = browser.post("/visit", &form(&nine, &[], "save")).await;
    assert_eq!((refused.status, questions(&refused).len()), (StatusCode::UNPROCESSABLE_ENTITY, 9));
    assert_eq!(questions(&browser.get("/visit").await), ["saved before"]);
    // 200 characters are allowed, whatever their size in bytes.
    let just = "é".repeat(200);
    assert_eq!(browser.post("/visit", &form(&[&just], &[], "save")).await.status, StatusCode::SEE_OTHER);
    // If the cookie can't be opened anymore, nothing can be saved, but nothing that was typed is lost.
    let cookie = browser.cookie.clone().expect("a cookie");
    browser.cookie = Some(cookie[..cookie.len() - 4].to_owned() + "AAAA");
    let refused = browser.post("/visit", &form(&["typed after"], &[], "save")).await;
    assert_eq!((refused.status, questions(&refused)), (StatusCode::UNPROCESSABLE_ENTITY, vec!["typed after".to_owned()]));
}

#[tokio::test]
async fn a_list_that_has_no_room_in_the_cookie_is_shown_again() {
    let mut browser = with_case().await;
    // Letters in no order, which can't be compressed.
    let mut state = 7_u32;
    let mut letter = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from_u32(0x4E00 + (state >> 12) % 20_000).expect("a letter")
    };
    let texts: Vec<String> = (0..8).map(|_| (0..200).map(|_| letter()).collect()).collect();
    let refused = browser.post("/visit", &form(&texts.iter().map(String::as_str).collect::<Vec<_>>(), &[], "save")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(questions(&refused), texts);
    assert!(refused.html.contains("There is no room"), "{}", refused.html);
    assert_eq!(questions(&browser.get("/visit").await).len(), 5);
}

#[tokio::test]
async fn what_a_person_types_is_never_markup() {
    let mut browser = with_case().await;
    let attack = "</textarea><script>alert(1)</script><img src=x onerror=alert(1)>\" autofocus onfocus=\"";
    browser.post("/visit", &form(&[attack], &[], "save")).await;
    let page = browser.get("/visit").await;
    assert!(!page.html.contains("<script") && !page.html.contains("<img"), "{}", page.html);
    assert_eq!(questions(&page), [attack]);
    let refused = browser.post("/visit", &form(&[attack, &"b".repeat(300)], &[], "save")).await;
    assert!(!refused.html.contains("<script") && !refused.html.contains("<img"), "{}", refused.html);
}

#[tokio::test]
async fn files_for_programs_and_the_board_are_for_the_team() {
    let mut browser = with_case().await;
    let team_only = ["/take/options.md", "/take/options.json", "href=\"/board\""];
    let page = browser.get("/visit").await;
    assert!(team_only.iter().all(|link| !page.html.contains(link)), "{}", page.html);
    assert!(page.html.contains("/take/summary.pdf") && page.html.contains("/take/visit.pdf"));
    // Without the team view, the board shows no figure.
    for path in ["/board", "/board.txt"] {
        let page = browser.get(path).await;
        assert!(!page.html.contains("Overall survival"), "{path}: {}", page.html);
        assert!(page.html.contains("name=\"view\" value=\"team\""), "{path}");
    }
    browser.post("/view", "view=team&to=%2Fvisit").await;
    let page = browser.get("/visit").await;
    assert!(team_only.iter().all(|link| page.html.contains(link)), "{}", page.html);
    let board = browser.get("/board").await;
    for part in [
        "Stage group (AJCC 8)",
        "IIIB",
        "12 cm",
        "Wide excision",
        "Overall survival",
        "Where sources differ",
        "National Cancer Institute",
        "Decision",
    ] {
        assert!(board.html.contains(part), "{part}: {}", board.html);
    }
    let plain = browser.get("/board.txt").await;
    assert_eq!(plain.headers["content-type"], "text/plain; charset=utf-8");
    for part in ["Tumor board sheet", "Stage group (AJCC 8): IIIB", "Wide excision", "Overall survival", "Content hash"] {
        assert!(plain.html.contains(part), "{part}: {}", plain.html);
    }
    assert!(!plain.html.contains('<'), "{}", plain.html);
}
