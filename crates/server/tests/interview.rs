//! Tests which questions an interview asks, and in which order.

mod common;

use axum::http::StatusCode;
use common::{Browser, html_text};

/// The facts that a page asks for, or the list of facts.
fn asked(html: &str) -> Vec<String> {
    let ids = html.split("name=\"asked\" value=\"").skip(1).chain(html.split("name=\"list\" value=\"").skip(1).take(1));
    ids.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

/// The form field that answers a question about a fact or a list.
fn field(id: &str, answer: &str) -> String {
    let is_list = sarcoguide_bundled::guide().fact(id).is_none();
    if is_list { format!("list={id}&done={answer}") } else { format!("asked={id}&{id}={answer}") }
}

/// The path to which a page of questions sends its answers.
fn action(html: &str) -> String {
    let form = html.split("<form method=\"post\" action=\"/situation/").nth(1).and_then(|rest| rest.split('"').next());
    format!("/situation/{}", form.expect("a form"))
}

/// The answers that a page offers for a fact, including "I don't know". For an empty number field, the answer is 50.
fn offered(html: &str, fact: &str) -> Vec<String> {
    if !html.contains(&format!("id=\"ask-{fact}\"")) {
        return ["none", "unknown"].map(str::to_owned).to_vec();
    }
    let question =
        html.split(&format!("id=\"ask-{fact}\"")).nth(1).and_then(|rest| rest.split("</fieldset>").next()).expect("a question");
    // A question with a long list also takes every name that its text field suggests.
    let before = if question.contains("<datalist") { "<option value=\"" } else { "value=\"" };
    let values = question.split(before).skip(1).filter_map(|rest| rest.split('"').next());
    let values = values.chain(question.contains("<datalist").then_some("unknown"));
    values.map(|value| if value.is_empty() { "50".to_owned() } else { value.to_owned() }).collect()
}

/// Whether a page asks one question, or up to four that the guide asks together.
fn is_one_decision(facts: &[String]) -> bool {
    let guide = sarcoguide_bundled::guide();
    let is_group = |facts: &[String]| {
        let group = |first| guide.interview.group_of(guide.fact(first)?);
        group(&facts[0])
            .is_some_and(|group| facts.iter().all(|id| guide.fact(id).is_some_and(|fact| group.facts.contains(&fact))))
    };
    facts.len() == 1 || facts.len() <= 4 && is_group(facts)
}

/// Simulates 16 people with made-up answers. Each interview must end, whatever they answer.
#[tokio::test]
async fn an_interview_always_ends_and_leads_to_options() {
    let (mut pages_of_all, mut contradictions, mut ends) = (0, 0, std::collections::BTreeSet::new());
    for person in 0..16 {
        let mut browser = Browser::new();
        let mut pages = 0;
        loop {
            let page = browser.get("/situation").await;
            assert_eq!(page.status, StatusCode::OK);
            let facts = asked(&page.html);
            if facts.is_empty() {
                let end =
                    ["You have been asked everything", "That is enough for now", "This guide does not cover this situation"];
                let end = end.into_iter().find(|end| page.html.contains(end));
                ends.insert(end.unwrap_or_else(|| panic!("no end: {}", page.html)));
                break;
            }
            assert!(is_one_decision(&facts), "{facts:?}");
            let form = |answer: &dyn Fn(usize, &str) -> String| -> String {
                let field = |(place, fact): (usize, &String)| field(fact, &answer(place, fact));
                facts.iter().enumerate().map(field).collect::<Vec<_>>().join("&")
            };
            let answer = |place: usize, fact: &str| {
                // Many types are out of scope, which ends an interview. So half of the people don't know the type.
                if fact == "histology" && person % 2 == 0 {
                    return "unknown".to_owned();
                }
                let offered = offered(&page.html, fact);
                offered[(person * 7919 + pages * 104_729 + place * 5 + person * pages * 31) % offered.len()].clone()
            };
            let here = action(&page.html);
            let next = browser.post_and_keep(&here, &form(&answer)).await;
            pages += 1;
            let to = format!("/situation/{}", pages + 1);
            if next.location.as_deref() == Some("/situation") {
                // Made-up answers may contradict each other. The site must say so, and then this page is answered with "I don't know".
                assert_eq!(browser.get("/situation").await.status, StatusCode::UNPROCESSABLE_ENTITY);
                let again = browser.post_and_keep(&here, &form(&|_, _| "unknown".to_owned())).await;
                assert_eq!(again.location.as_deref(), Some(to.as_str()), "{}", again.html);
                contradictions += 1;
            } else {
                assert_eq!(next.location.as_deref(), Some(to.as_str()), "{}", next.html);
            }
            assert!(pages < 90, "the interview does not end");
        }
        assert!(browser.get("/options").await.html.contains("id=\"the-situation\""));
        pages_of_all += pages;
    }
    assert!(pages_of_all > 50 && contradictions > 0, "{pages_of_all} pages, {contradictions} contradictions");
    assert!(ends.len() > 1, "{ends:?}");
}

#[tokio::test]
async fn a_person_can_go_back_to_a_page_of_questions_and_change_the_answers() {
    let mut browser = Browser::new();
    let first = browser.get("/situation").await;
    assert!(!first.html.contains(">Back</a>"));
    let sent = browser.post("/situation/1", "asked=age&age=41&asked=fit_for_surgery&fit_for_surgery=yes").await;
    assert_eq!(sent.location.as_deref(), Some("/situation/2"));
    let second = browser.get("/situation/2").await;
    assert!(second.html.contains("href=\"/situation/1\""), "{}", second.html);
    assert!(!asked(&second.html).contains(&"age".to_owned()));
    let back = browser.get("/situation/1").await;
    assert_eq!(asked(&back.html), ["age", "fit_for_surgery"]);
    assert!(back.html.contains("value=\"41\"") && back.html.contains("value=\"yes\" checked"), "{}", back.html);
    let sent = browser.post("/situation/1", "asked=age&age=42&asked=fit_for_surgery&fit_for_surgery=no").await;
    assert_eq!(sent.location.as_deref(), Some("/situation/2"));
    assert!(browser.get("/situation/1").await.html.contains("value=\"42\""));
    // An invalid page number leads to the next page of questions.
    for path in ["/situation/0", "/situation/99", "/situation/x"] {
        assert_eq!(asked(&browser.get(path).await.html), asked(&browser.get("/situation/2").await.html), "{path}");
    }
}

#[tokio::test]
async fn a_person_under_18_is_told_at_once_that_the_guide_is_for_adults_and_asked_nothing_more() {
    const ADULTS: &str = "This guide is for adults.";
    let mut browser = Browser::new();
    let first = browser.get("/situation").await;
    assert_eq!(asked(&first.html), ["situation"]);
    browser.post("/situation/1", "asked=situation&situation=unknown").await;
    assert_eq!(asked(&browser.get("/situation").await.html), ["age"]);
    browser.post("/situation/2", "asked=age&age=15").await;
    let next = browser.get("/situation").await;
    assert_eq!(next.status, StatusCode::OK);
    assert!(asked(&next.html).is_empty() && !next.html.contains("<fieldset"), "{}", next.html);
    let places = [">This guide does not cover this situation</h1>", ADULTS, "Age: 15 years", "Where to look"];
    let main = |html: &str| html.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).expect("a page").to_owned();
    let order = |html: &str, parts: &[&str]| {
        let at = |part: &str| html.find(part).unwrap_or_else(|| panic!("{part} is missing: {html}"));
        assert!(parts.windows(2).all(|pair| at(pair[0]) < at(pair[1])), "{html}");
    };
    order(&main(&next.html), &places);
    for way in ["href=\"/options\"", "href=\"/question/age\"", "href=\"/situation/2\"", "href=\"/review\"", "1-800-4-CANCER"] {
        assert!(next.html.contains(way), "{way}: {}", next.html);
    }
    // The pages that the person opens from here show this message first.
    let heading = "This guide does not cover this situation";
    order(
        &main(&browser.get("/options").await.html),
        &["<h1", heading, ADULTS, "Where to look", "Supportive and palliative care", "id=\"the-situation\""],
    );
    order(&main(&browser.get("/review").await.html), &["<h1", heading, ADULTS, "Where to look", "1 known", "<dl>"]);
    order(&main(&browser.get("/treatment/pazopanib").await.html), &["<h1", heading, ADULTS, "Where to look", "A pill that"]);
    let saved = browser.get("/take/options.md").await.html;
    order(&saved, &[heading, ADULTS, "Where to look", "The situation"]);
    // If the age was a mistake, the person can correct it, and the questions go on.
    let back = browser.get("/situation/2").await;
    assert_eq!(asked(&back.html), ["age"]);
    browser.post("/situation/2", "asked=age&age=50").await;
    assert!(!asked(&browser.get("/situation").await.html).is_empty());
    assert!(!browser.get("/review").await.html.contains(ADULTS));
}

/// Answers the questions page by page until no more are asked. Facts that aren't in `answers` are answered with "I don't know". Returns the heading
/// of each page and the facts that it asks for.
async fn walk(browser: &mut Browser, answers: &[(&str, &str)]) -> Vec<(String, Vec<String>)> {
    let mut pages = Vec::new();
    loop {
        let page = browser.get("/situation").await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.html);
        let facts = asked(&page.html);
        if facts.is_empty() {
            return pages;
        }
        let answer = |fact: &str| answers.iter().find(|(name, _)| *name == fact).map_or("unknown", |(_, value)| value);
        let form: Vec<String> = facts.iter().map(|fact| field(fact, answer(fact))).collect();
        browser.post(&action(&page.html), &form.join("&")).await;
        let heading = page.html.split("<h1>").nth(1).and_then(|rest| rest.split('<').next()).unwrap_or_default();
        pages.push((heading.to_owned(), facts));
        assert!(pages.len() < 40, "the interview does not end");
    }
}

/// The index of the page that asks for a fact.
fn page_of(pages: &[(String, Vec<String>)], fact: &str) -> Option<usize> {
    pages.iter().position(|(_, facts)| facts.iter().any(|asked| asked == fact))
}

/// Facts that come from tests of the tumor or the blood, or that matter for only one drug.
const OF_A_DRUG: [&str; 14] = [
    "ntrk_fusion",
    "ntrk_resistance_mutation",
    "alk_status",
    "ini1_loss",
    "pdgfb_fusion",
    "mage_a4",
    "ny_eso_1",
    "hla_a02_eligible",
    "hla_a02_05",
    "hla_lete_cel_eligible",
    "her2_3plus",
    "trabectedin_allergy",
    "docetaxel_allergy",
    "congenital_long_qt",
];

#[tokio::test]
async fn the_main_questions_come_first_step_by_step_and_each_page_has_one_decision() {
    let mut browser = Browser::new();
    let pages = walk(&mut browser, &[]).await;
    let first: Vec<&str> = pages.iter().flat_map(|(_, facts)| facts).map(String::as_str).collect();
    assert_eq!(first[..3], ["situation", "age", "sex"]);
    let in_any_order =
        |facts: &[&str]| facts.iter().map(|fact| (*fact).to_owned()).collect::<std::collections::BTreeSet<String>>();
    assert_eq!(in_any_order(&first[3..7]), in_any_order(&["histology", "site", "size", "grade"]), "{first:?}");
    let spread = ["distant_metastasis", "lymph_nodes", "resectability", "fit_for_surgery"];
    assert_eq!(in_any_order(&first[7..11]), in_any_order(&spread), "{first:?}");
    assert_eq!(first[3], "histology");
    let guide = sarcoguide_bundled::guide();
    for (heading, facts) in &pages {
        assert!(is_one_decision(facts), "{facts:?}");
        // The only question of a page is its heading.
        if let ([fact], heading) = (facts.as_slice(), html_text(heading)) {
            let list = guide.fact_lists.iter().find(|list| list.id == *fact).map(|list| &list.name);
            let question = || guide.fact(fact).map(|fact| &guide[fact].question);
            assert_eq!(list.or_else(question), Some(&heading));
        }
    }
}

/// The step that a page says it belongs to, and of how many.
fn step(html: &str) -> (usize, usize) {
    let words = html.split("<span>Step ").nth(1).and_then(|rest| rest.split(':').next()).expect("a step");
    let (step, steps) = words.split_once(" of ").expect("two numbers");
    (step.parse().expect("a number"), steps.parse().expect("a number"))
}

#[tokio::test]
async fn a_step_never_comes_after_a_later_one_and_an_answer_is_offered_after_two_questions_and_each_step() {
    let offer = "See what this says so far";
    for situation in ["before_treatment", "progression", "unknown"] {
        let mut browser = Browser::new();
        let (mut before, mut pages) = (1, 0);
        loop {
            let page = browser.get("/situation").await;
            let facts = asked(&page.html);
            if facts.is_empty() {
                break;
            }
            let (now, steps) = step(&page.html);
            assert!((before..=5).contains(&now) && steps == 5, "{facts:?}: step {now} of {steps} after {before}");
            let offers = page.html.matches(offer).count();
            assert_eq!(offers, usize::from(pages >= 2) + usize::from(now > before), "{facts:?}");
            before = now;
            pages += 1;
            let form: Vec<String> =
                facts.iter().map(|fact| field(fact, if fact == "situation" { situation } else { "unknown" })).collect();
            browser.post_and_keep(&action(&page.html), &form.join("&")).await;
        }
        assert!(pages > 8, "{pages}");
    }
}

#[tokio::test]
async fn nobody_newly_diagnosed_is_asked_about_stopping_and_no_man_or_older_woman_about_pregnancy() {
    let walk_with = async |known: &[(&str, &str)]| -> Vec<String> {
        let mut browser = Browser::new();
        walk(&mut browser, known).await.into_iter().flat_map(|(_, facts)| facts).collect()
    };
    let case = [
        ("histology", "undifferentiated_pleomorphic_sarcoma"),
        ("site", "lower_extremity"),
        ("grade", "G3"),
        ("size", "9"),
        ("distant_metastasis", "yes"),
        ("resectability", "unresectable"),
        ("fit_for_surgery", "no"),
        ("drugs_so_far", "none"),
    ];
    let with = |more: &[(&'static str, &'static str)]| [more, case.as_slice()].concat();
    let woman = walk_with(&with(&[("situation", "progression"), ("sex", "female"), ("age", "41")])).await;
    assert!(woman.contains(&"pregnant".to_owned()), "{woman:?}");
    assert!(woman.contains(&"considers_stopping".to_owned()), "{woman:?}");
    for (sex, age) in [("male", "41"), ("female", "66")] {
        let other = walk_with(&with(&[("situation", "progression"), ("sex", sex), ("age", age)])).await;
        assert!(
            !other.contains(&"pregnant".to_owned()) && !other.contains(&"breastfeeding".to_owned()),
            "{sex} {age}: {other:?}"
        );
    }
    for situation in ["before_treatment", "unknown"] {
        let new = walk_with(&with(&[("situation", situation), ("sex", "female"), ("age", "41")])).await;
        assert!(
            !new.contains(&"considers_stopping".to_owned()) && !new.contains(&"declines_all_cancer_treatment".to_owned()),
            "{new:?}"
        );
    }
}

#[tokio::test]
async fn facts_that_affect_only_precautions_are_listed_at_the_end_of_the_interview() {
    let mut browser = Browser::new();
    browser.open(include_str!("../../../examples/newly_found_large_high_grade_thigh.json")).await;
    walk(&mut browser, &[]).await;
    let end = browser.get("/situation").await.html;
    let (_, cautions) = end.split_once("What your team should know too").unwrap_or_else(|| panic!("{end}"));
    assert!(cautions.contains("href=\"/question/heart_disease\""), "{cautions}");
    browser.post("/question/heart_disease", "asked=heart_disease&heart_disease=unknown").await;
    let again = browser.get("/situation").await.html;
    assert!(!again.contains("href=\"/question/heart_disease\""), "a fact that the person doesn't know shouldn't be listed again");
    let options = browser.get("/options").await.html;
    let (_, to_check) = options.split_once("To be checked: ").expect("what is to be checked");
    assert!(to_check[..200].contains("href=\"/question/"), "{}", &to_check[..200]);
}

#[tokio::test]
async fn a_person_who_knows_nothing_is_asked_few_questions_and_told_what_to_find_out() {
    let mut browser = Browser::new();
    let pages = walk(&mut browser, &[]).await;
    assert!(pages.len() <= 11, "{pages:?}");
    for fact in OF_A_DRUG.into_iter().chain(["metastasis_number", "lung_metastasis", "margin_status", "liver_impairment"]) {
        assert_eq!(page_of(&pages, fact), None, "{fact}");
    }
    let end = browser.get("/situation").await.html;
    assert!(end.contains("That is enough for now") && end.contains("href=\"/options\""), "{end}");
    assert!(end.contains("0 known, 11 you don't know"), "{end}");
    for fact in ["situation", "histology", "distant_metastasis", "resectability"] {
        assert!(end.contains(&format!("href=\"/question/{fact}\"")), "{fact}");
    }
    // Every question can still be answered from the review page.
    let review = browser.get("/review").await.html;
    let guide = sarcoguide_bundled::guide();
    for (index, fact) in guide.facts.iter().enumerate() {
        let id = guide.list_of(sarcoguide_model::FactId::new(index)).map_or(&fact.id, |list| &list.id);
        assert!(review.contains(&format!("href=\"/question/{id}\"")), "{id}");
    }
    // When the person finds out more, the interview asks the questions that follow from it.
    browser.post("/question/situation", "asked=situation&situation=progression").await;
    browser.post("/question/age", "asked=age&age=50").await;
    browser.post("/question/histology", "asked=histology&histology=leiomyosarcoma").await;
    browser.post("/question/distant_metastasis", "asked=distant_metastasis&distant_metastasis=yes").await;
    assert!(!asked(&browser.get("/situation").await.html).is_empty());
}

#[tokio::test]
async fn test_results_for_a_drug_are_asked_for_only_after_spread_and_resectability_are_known() {
    let mut browser = Browser::new();
    let known = [
        ("situation", "progression"),
        ("age", "41"),
        ("histology", "synovial_sarcoma"),
        ("site", "lower_extremity"),
        ("size", "8"),
        ("grade", "G3"),
        ("lymph_nodes", "not_involved"),
        ("fit_for_surgery", "yes"),
        ("prior_chemotherapy", "yes"),
        ("prior_anthracycline", "yes"),
    ];
    let pages = walk(&mut browser, &known).await;
    for fact in OF_A_DRUG {
        assert_eq!(page_of(&pages, fact), None, "{fact} is asked although spread and resectability aren't known: {pages:?}");
    }
    let mut browser = Browser::new();
    let pages =
        walk(&mut browser, &[known.as_slice(), &[("distant_metastasis", "yes"), ("resectability", "removed")]].concat()).await;
    let spread = page_of(&pages, "distant_metastasis");
    let test = page_of(&pages, "mage_a4");
    assert!(spread < test && page_of(&pages, "drugs_so_far") < test && test.is_some(), "{pages:?}");
    // For another type of the disease, none of these test results matters.
    let mut browser = Browser::new();
    let other: Vec<(&str, &str)> =
        known.into_iter().map(|(fact, value)| (fact, if fact == "histology" { "angiosarcoma" } else { value })).collect();
    let pages =
        walk(&mut browser, &[other.as_slice(), &[("distant_metastasis", "yes"), ("resectability", "removed")]].concat()).await;
    for fact in ["mage_a4", "hla_a02_eligible", "alk_status", "pdgfb_fusion"] {
        assert_eq!(page_of(&pages, fact), None, "{fact}: {pages:?}");
    }
}

#[tokio::test]
async fn no_question_is_asked_twice_if_only_some_answers_are_known() {
    let mut browser = Browser::new();
    let known = [
        ("situation", "before_treatment"),
        ("age", "58"),
        ("histology", "liposarcoma"),
        ("site", "extremity"),
        ("grade", "high"),
    ];
    let pages = walk(&mut browser, &known).await;
    let asked: Vec<&String> = pages.iter().flat_map(|(_, facts)| facts).collect();
    let once: std::collections::BTreeSet<&&String> = asked.iter().collect();
    assert_eq!(once.len(), asked.len(), "{pages:?}");
}

#[tokio::test]
async fn a_question_waits_until_earlier_answers_show_that_it_matters() {
    let mut browser = Browser::new();
    // A person without spread isn't asked where the spread is.
    let known = [("situation", "before_treatment"), ("age", "58"), ("histology", "leiomyosarcoma"), ("distant_metastasis", "no")];
    let pages = walk(&mut browser, &known).await;
    assert!(page_of(&pages, "distant_metastasis").is_some());
    for fact in ["lung_metastasis", "brain_metastasis", "other_metastasis", "metastasis_number"] {
        assert_eq!(page_of(&pages, fact), None, "{fact}: {pages:?}");
    }
    // Neither is a person who doesn't know whether there is spread.
    let mut browser = Browser::new();
    let pages = walk(&mut browser, &known[..3]).await;
    for fact in ["lung_metastasis", "brain_metastasis", "other_metastasis", "metastasis_number"] {
        assert_eq!(page_of(&pages, fact), None, "{fact}: {pages:?}");
    }
    // A person with spread is asked first where it is, and then how many spots there are.
    let mut browser = Browser::new();
    let yes = |fact: &'static str| (fact, "yes");
    let known = [
        ("situation", "progression"),
        ("age", "58"),
        ("histology", "leiomyosarcoma"),
        ("site", "back"),
        ("grade", "G2"),
        yes("distant_metastasis"),
        ("resectability", "resectable"),
        yes("fit_for_surgery"),
        yes("lung_metastasis"),
    ];
    let pages = walk(&mut browser, &known).await;
    assert!(page_of(&pages, "lung_metastasis") < page_of(&pages, "metastasis_number"), "{pages:?}");
    assert!(page_of(&pages, "metastasis_number").is_some());
}
