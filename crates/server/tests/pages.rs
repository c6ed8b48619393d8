//! Tests the pages around the options: comparison, plan, symptom check, preferences, team view, downloads and the guide's own pages.

mod common;

use axum::http::{StatusCode, header};
use common::{Browser, CASE};

/// The values of the ticked checkboxes for comparing.
fn ticked(html: &str) -> Vec<&str> {
    let boxes = html.split("type=\"checkbox\"").skip(1).filter_map(|rest| rest.split('>').next());
    let ticked = boxes.filter(|attributes| attributes.contains("name=\"compare\"") && attributes.contains(" checked"));
    ticked.filter_map(|attributes| attributes.split("value=\"").nth(1)?.split('"').next()).collect()
}

#[tokio::test]
async fn two_or_three_treatments_are_compared_and_no_tick_is_lost() {
    let mut browser = Browser::new();
    browser.open(CASE).await;
    for form in ["", "compare=nothing", "other=pazopanib"] {
        let page = browser.post("/compare", form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(page.html.contains("role=\"alert\">Choose two or three treatments."), "{}", page.html);
    }
    for form in ["compare=pazopanib", "compare=pazopanib&compare=pazopanib", "compare=nothing&compare=pazopanib"] {
        let chosen = browser.post("/compare", form).await;
        assert_eq!(chosen.location.as_deref(), Some("/compare"), "{form}");
        let page = browser.get("/compare").await.html;
        assert!(page.contains("You ticked one treatment: Pazopanib. Tick one or two more"), "{page}");
        assert!(!page.contains("class=\"comparison\""), "{form}");
        assert_eq!(ticked(&page), ["pazopanib"], "{form}");
    }
    // An empty form doesn't untick anything.
    browser.post("/compare", "").await;
    assert_eq!(ticked(&browser.get("/compare").await.html), ["pazopanib"]);
    let four = "compare=pazopanib&compare=doxorubicin&compare=ifosfamide&compare=trabectedin";
    assert_eq!(browser.post("/compare", four).await.location.as_deref(), Some("/compare"));
    let page = browser.get("/compare").await.html;
    assert_eq!(page.matches("<th scope=\"col\">").count(), 3);
    let heads = page.split("</thead>").next().and_then(|before| before.split("<thead>").nth(1)).expect("names of columns");
    assert!(heads.contains("Doxorubicin") && !heads.contains("Pazopanib"), "{heads}");
    assert!(page.contains("You ticked 4 treatments.") && page.contains("Not shown: Pazopanib."), "{page}");
    assert_eq!(ticked(&page).len(), 4);
    // More than a cookie can hold are refused, with all of them still ticked.
    let guide = sarcoguide_bundled::guide();
    let many: Vec<String> = guide.treatments.iter().take(20).map(|treatment| format!("compare={}", treatment.id)).collect();
    let refused = browser.post("/compare", &many.join("&")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html.contains("You ticked 20") && ticked(&refused.html).len() == 20, "{}", refused.html);
    let chosen = browser.post("/compare", "compare=pazopanib&compare=doxorubicin").await;
    assert_eq!(chosen.location.as_deref(), Some("/compare"));
    let page = browser.get("/compare").await.html;
    assert_eq!(page.matches("<th scope=\"col\">").count(), 2);
    let rows = page.matches("<tr class=\"short\">").count();
    assert!((6..=8).contains(&rows), "{rows} rows");
    for row in ["Is it recommended for you?", "What may it do?", "Which are serious?"] {
        assert!(page.contains(&format!("<span>{row}</span></th>")), "{row}");
    }
    for more in ["Why, and what to check first", "All side effects, and when to call", "Tests, checks, and what to ask"] {
        assert!(page.contains(&format!(">{more}</h2></summary>")), "{more}");
    }
}

#[tokio::test]
async fn less_treatment_or_none_can_be_added_as_a_column() {
    let mut browser = Browser::new();
    browser.open(CASE).await;
    browser.post("/compare", "compare=pazopanib&compare=doxorubicin").await;
    let page = browser.get("/compare").await.html;
    let form = page.split("<form class=\"add-column\"").nth(1).and_then(|rest| rest.split("</form>").next()).expect("a form");
    let guide = sarcoguide_bundled::guide();
    let less = guide.treatments.iter().filter(|treatment| guide[treatment.modality].less_treatment);
    let less: Vec<&str> = less.map(|treatment| treatment.id.as_str()).collect();
    assert!(less.len() >= 2, "{less:?}");
    for id in &less {
        assert!(form.contains(&format!("<button class=\"plain\" name=\"compare\" value=\"{id}\">")), "{id}: {form}");
    }
    assert!(form.contains("type=\"hidden\" name=\"compare\" value=\"pazopanib\""), "{form}");
    browser.post("/compare", &format!("compare=pazopanib&compare=doxorubicin&compare={}", less[0])).await;
    let page = browser.get("/compare").await.html;
    assert_eq!(page.matches("<th scope=\"col\">").count(), 3);
    assert!(page.contains(&guide[guide.treatment(less[0]).expect("a treatment")].summary), "{page}");
    assert!(!page.contains("add-column"), "there is no room for a fourth column");
}

#[tokio::test]
async fn treatments_can_be_compared_without_a_case() {
    let mut browser = Browser::new();
    browser.post("/compare", "compare=pazopanib&compare=wide_excision&compare=doxorubicin").await;
    let page = browser.get("/compare").await;
    assert!(!page.html.contains("Is it recommended for you?") && page.html.contains("Is it recommended?"));
    let place = |name: &str| page.html.find(name).unwrap_or(usize::MAX);
    assert!(
        place("/treatment/wide_excision") < place("/treatment/doxorubicin"),
        "kinds of treatment should be in the guide's order"
    );
}

#[tokio::test]
async fn a_plan_is_in_chronological_order_and_only_the_person_chooses_its_steps() {
    let mut browser = Browser::new();
    browser.open(CASE).await;
    assert!(!browser.get("/timeline").await.html.contains(" checked"), "nothing should be chosen in advance");
    for form in ["", "step=nothing", "step=surgery%2Fnothing", "other=x"] {
        let page = browser.post("/timeline", form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(page.html.contains("Choose one to 12 steps. You chose 0."), "{}", page.html);
    }
    let chosen = browser.post("/timeline", "step=follow_up%2Fsurvivorship_follow_up&step=advanced%2Fpazopanib").await;
    assert_eq!(chosen.location.as_deref(), Some("/timeline"));
    let page = browser.get("/timeline").await;
    let place = |what: &str| page.html.find(what).unwrap_or_else(|| panic!("{what} is missing"));
    assert!(place("/treatment/pazopanib") < place("/treatment/survivorship_follow_up"));
    let main = page.html.split("<main").nth(1).unwrap_or_default();
    assert_eq!(main.matches("<svg").count(), 2, "there should be a picture for a narrow screen and one for a wide screen");
    assert_eq!(page.html.matches(" checked").count(), 2);
    // If a later answer rules out a chosen treatment, the treatment stays in the plan.
    browser.post("/question/declines_cancer_drugs", "asked=declines_cancer_drugs&declines_cancer_drugs=yes").await;
    assert!(browser.get("/timeline").await.html.contains("/treatment/pazopanib"));
}

#[tokio::test]
async fn a_symptom_gets_an_answer_and_is_not_stored() {
    let mut browser = Browser::new();
    let page = browser.post("/symptom", "treatment=doxorubicin&symptom=I+have+a+fever").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.html.contains("id=\"call\"") && page.html.contains("/effect/fever"), "{}", page.html);
    assert!(page.headers.get(header::SET_COOKIE).is_none() && browser.cookie.is_none());
    let empty = browser.post("/symptom", "treatment=&symptom=+").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let odd = browser.post("/symptom", "treatment=nothing&symptom=%3Cb%3Eqwertz").await;
    assert!(odd.html.contains("&lt;b&gt;qwertz") && odd.html.contains("call your cancer team today"), "{}", odd.html);
    // Text that is too long is refused, not cut off: its end may describe the worst symptom.
    let long = browser.post("/symptom", &format!("treatment=&symptom={}chest+pain", "hair+loss+".repeat(200))).await;
    assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = browser.post("/symptom", &format!("treatment=&symptom={}chest+pain", "hair+loss+".repeat(50))).await;
    assert!(answer.html.contains("Call your emergency number now"), "{}", answer.html);
}

#[tokio::test]
async fn the_answer_to_a_symptom_lists_emergency_signs_first_and_has_phone_numbers() {
    let mut browser = Browser::new();
    let asked = browser.get("/symptom").await.html;
    // On the form, the text box comes before the signs of an emergency.
    let place = |html: &str, what: &str| html.find(what).unwrap_or_else(|| panic!("{what} is not in {html}"));
    assert!(place(&asked, "<textarea") < place(&asked, "id=\"red-flags\""));
    for form in
        ["treatment=&symptom=bit+tired", "treatment=doxorubicin&symptom=&effect=hair_loss", "symptom=I+want+to+kill+myself"]
    {
        let html = browser.post("/symptom", form).await.html;
        let signs = place(&html, "id=\"red-flags\"");
        assert!(
            html.contains("href=\"tel:911\"") && html.contains("href=\"tel:988\"") && html.contains("href=\"sms:988\""),
            "{form}"
        );
        assert!(html.find("id=\"crisis\"").is_none_or(|crisis| crisis < signs), "{form}: the crisis line should come first");
        for later in ["id=\"call\"", "<textarea"] {
            assert!(html.find(later).is_none_or(|later| signs < later), "{form}: {later}");
        }
    }
    let typed = browser.post("/symptom", "treatment=doxorubicin&symptom=hair+loss").await.html;
    assert!(typed.contains("Call your team today") && !typed.contains("at your next visit"), "{typed}");
    let chosen = browser.post("/symptom", "treatment=doxorubicin&symptom=&effect=hair_loss").await.html;
    assert!(chosen.contains("Tell your team at your next visit"), "{chosen}");
    let crisis = browser.post("/symptom", "symptom=I+want+to+kill+myself").await.html;
    assert!(crisis.contains("id=\"crisis\"") && !crisis.contains("id=\"call\""), "{crisis}");
}

#[tokio::test]
async fn preferences_are_stored_shown_with_the_options_and_can_be_removed() {
    let mut browser = Browser::new();
    browser.open(CASE).await;
    let option_count = |html: &str| html.matches("id=\"option-").count();
    let before = browser.get("/options").await.html;
    let kept = browser.post("/matters", "children=much&limb=some&nothing=much&travel=very").await;
    assert_eq!(kept.location.as_deref(), Some("/matters/summary"));
    let summary = browser.get("/matters/summary").await.html;
    assert!(summary.contains(">Where your options differ</h1>"), "{summary}");
    for value in ["Having children later<small> (matters a lot to me)", "Use of my arm or leg<small> (matters somewhat to me)"] {
        assert_eq!(summary.matches(value).count(), 1, "{value}: {summary}");
    }
    let page = browser.get("/options").await.html;
    assert!(page.contains("Having children later") && page.contains("matters a lot to me"), "{page}");
    assert_eq!(option_count(&page), option_count(&before));
    assert!(browser.get("/treatment/doxorubicin").await.html.contains(">What matters to you</h2>"));
    // The page shows the answer to a related question of the interview.
    assert!(!browser.get("/matters").await.html.contains("You have said: "));
    browser.post("/question/wants_children", "asked=wants_children&wants_children=yes").await;
    let matters = browser.get("/matters").await.html;
    assert!(matters.contains("You have said: May want children later: yes"), "{matters}");
    browser.post("/matters", "").await;
    assert!(!browser.get("/options").await.html.contains("What matters to you</h2>"));
}

#[tokio::test]
async fn the_team_view_shows_codes_rules_and_derivations() {
    let mut browser = Browser::new();
    browser.open(CASE).await;
    let plain = browser.get("/treatment/pazopanib").await.html;
    assert!(!plain.contains("rxnorm") && !plain.contains("how they were worked out"));
    let switched = browser.post("/view", "view=team&to=%2Ftreatment%2Fpazopanib").await;
    assert_eq!(switched.location.as_deref(), Some("/treatment/pazopanib"));
    let team = browser.get("/treatment/pazopanib").await.html;
    for part in ["rxnorm", "how they were worked out", ">Evidence</h3>", "does not hold", "not known", "hazard ratio"] {
        assert!(team.contains(part), "{part}");
    }
    assert!(browser.get("/options").await.html.contains("how each derived fact was reached"));
    // Switching to the team view and back keeps the case.
    browser.post("/view", "view=person&to=%2Foptions").await;
    assert!(!browser.get("/options").await.html.contains("how each derived fact was reached"));
    assert!(browser.get("/review").await.html.contains("Synovial sarcoma"));
}

#[tokio::test]
async fn switching_the_view_redirects_only_within_this_site() {
    let mut browser = Browser::new();
    for to in [
        "https://elsewhere.example",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "javascript:alert(1)",
        "/%0d%0aX: y",
        "",
        "/x?y=z",
    ] {
        let form = format!("view=team&to={}", to.replace('%', "%25").replace('/', "%2F").replace(' ', "+"));
        let switched = browser.post("/view", &form).await;
        assert_eq!(switched.location.as_deref(), Some("/"), "{to}");
    }
}

#[tokio::test]
async fn a_calendar_file_needs_an_available_treatment_and_valid_dates() {
    let mut browser = Browser::new();
    let file = browser.post("/take/calendar/radiation_before_surgery", "start=2026-12-01").await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(file.html.starts_with("BEGIN:VCALENDAR") && file.html.contains("20261201"), "{}", file.html);
    let kind = file.headers[header::CONTENT_TYPE].to_str().expect("text");
    assert!(kind.starts_with("text/calendar"), "{kind}");
    for start in ["", "tomorrow", "2026-13-01", "2026-02-30", "9999-12-31", "-0001-01-01", "%00"] {
        let page = browser.post("/take/calendar/radiation_before_surgery", &format!("start={start}")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{start}");
    }
    // The guide defines which dates the form asks for. Only the first one is required.
    let page = browser.get("/treatment/radiation_before_surgery").await.html;
    for label in ["The first day of radiation<", "The last day of radiation, if you know it<"] {
        assert!(page.contains(label), "{label}");
    }
    assert!(browser.get("/treatment/afamitresgene_autoleucel").await.html.contains("The day of the infusion<"));
    assert!(!browser.get("/treatment/second_opinion").await.html.contains("Save as a calendar file"));
    let both = browser.post("/take/calendar/radiation_before_surgery", "start=2026-12-01&day1=2027-01-08").await;
    for part in
        ["DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20270109", "DTSTART;VALUE=DATE:20270129", "DTEND;VALUE=DATE:20270220"]
    {
        assert!(both.html.contains(part), "{part}: {}", both.html);
    }
    let early = browser.post("/take/calendar/radiation_before_surgery", "start=2026-12-01&day1=2026-11-30").await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.html.contains("The last day of radiation can't be before the first day of radiation."), "{}", early.html);
    let gone = browser.post("/take/calendar/tazemetostat", "start=2026-12-01").await;
    assert_eq!(gone.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(gone.html.contains("no longer available"), "{}", gone.html);
    assert_eq!(browser.post("/take/calendar/nothing", "start=2026-12-01").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_summary_is_a_pdf_and_the_advice_is_json() {
    let mut browser = Browser::new();
    browser.open(CASE).await;
    let pdf = browser.get("/take/summary.pdf").await;
    assert!(pdf.html.starts_with("%PDF-"), "{}", &pdf.html[..40]);
    assert_eq!(pdf.headers[header::CACHE_CONTROL], "no-store");
    let json = browser.get("/take/options.json").await;
    let json: serde_json::Value = serde_json::from_str(&json.html).expect("JSON");
    assert!(json["treatments"].as_array().is_some_and(|treatments| treatments.len() > 50));
}

#[tokio::test]
async fn pages_are_compressed_if_the_browser_accepts_it() {
    let mut browser = Browser::new();
    // With only one fact known, most options are still open, so the page is long.
    browser.open(r#"{"facts": {"age": 30}}"#).await;
    let request = axum::http::Request::get("/options").header(header::HOST, "localhost").header(header::ACCEPT_ENCODING, "gzip");
    let page = browser.send(request.body(axum::body::Body::empty()).expect("a request")).await;
    assert_eq!(page.headers[header::CONTENT_ENCODING], "gzip");
    assert!(page.size < 112 * 1024, "{} bytes", page.size);
    assert!(browser.get("/options").await.headers.get(header::CONTENT_ENCODING).is_none());
}

#[tokio::test]
async fn every_link_and_anchor_has_a_target() {
    let mut browser = Browser::new();
    browser.open(CASE).await;
    browser.post("/matters", "children=much").await;
    browser.post("/compare", "compare=pazopanib&compare=doxorubicin").await;
    browser.post("/view", "view=team&to=%2F").await;
    let mut open: Vec<String> = vec!["/".to_owned()];
    let mut seen: std::collections::BTreeSet<String> = open.iter().cloned().collect();
    let mut anchors: Vec<(String, String)> = Vec::new();
    let mut ids: std::collections::BTreeMap<String, std::collections::BTreeSet<String>> = std::collections::BTreeMap::new();
    while let Some(path) = open.pop() {
        let page = browser.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let quoted = |name: &str| -> Vec<String> {
            page.html.split(&format!(" {name}=\"")).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
        };
        let here = quoted("id");
        let unique: std::collections::BTreeSet<String> = here.iter().cloned().collect();
        assert_eq!(here.len(), unique.len(), "{path} has a duplicate ID");
        ids.insert(path.clone(), unique);
        for link in quoted("href") {
            let (to, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let to = if to.is_empty() { path.clone() } else { to.to_owned() };
            if !anchor.is_empty() {
                anchors.push((to.clone(), anchor.to_owned()));
            }
            if to.starts_with('/') && !to.starts_with("/style-") && seen.insert(to.clone()) {
                open.push(to);
            }
        }
    }
    assert!(seen.len() > 300, "{} pages", seen.len());
    for (page, anchor) in anchors {
        assert!(ids[&page].contains(&anchor), "{page}#{anchor}");
    }
}

#[tokio::test]
async fn comparison_rows_show_both_treatments_and_undecided_treatments_can_be_compared() {
    let mut browser = Browser::new();
    browser.open(CASE).await;
    let options = browser.get("/options").await;
    let open = options.html.split(">Might be an option</span>").nth(1).expect("an option that is still open");
    let open = open.split("class=\"treatment\"").next().expect("the row");
    assert!(open.contains("name=\"compare\""), "{open}");
    browser.post("/compare", "compare=pazopanib&compare=trabectedin").await;
    let page = browser.get("/compare").await;
    // The details have each measure under the name of its treatment, and the cells are about the same measure.
    let details =
        page.html.split(">All results and figures").nth(1).and_then(|rest| rest.split("</details>").next()).expect("details");
    let columns: Vec<&str> = details.split("<h3").skip(1).collect();
    assert_eq!(columns.len(), 2, "{details}");
    for (column, name) in columns.iter().zip(["Trabectedin", "Pazopanib"]) {
        assert!(column.contains(name), "{name}: {column}");
        for measure in ["Overall survival", "Progression-free survival"] {
            assert!(column.contains(&format!(">{measure}</h4>")), "{name}: {measure}");
        }
    }
    let row = page.html.split("What may it do?").nth(1).and_then(|rest| rest.split("</tr>").nth(1)).expect("a row");
    assert_eq!(row.matches("Progression-free survival").count(), 2, "{row}");
    assert!(
        page.html.contains("Figures from different studies don&#39;t show which treatment is better")
            || page.html.contains("Figures from different studies don't show which treatment is better")
    );
}

#[tokio::test]
async fn the_about_page_says_who_made_the_guide_and_what_has_not_been_done() {
    let page = Browser::new().get("/guide/about").await;
    let guide = sarcoguide_bundled::guide();
    for expected in ["Who made it", "been done yet", "Flesch-Kincaid", &guide.version, &guide.review] {
        assert!(page.html.contains(expected), "{expected}");
    }
    assert!(page.html.contains(&guide.revised.expect("a date").to_string()));
}

#[tokio::test]
async fn every_page_says_once_who_has_reviewed_it() {
    const NOBODY: &str = "No clinician has reviewed or signed this guide yet";
    let mut guide = sarcoguide_bundled::guide();
    assert!(guide.review.starts_with(NOBODY));
    let mut browser = Browser::new();
    for case in [None, Some(CASE)] {
        if let Some(case) = case {
            browser.open(case).await;
        }
        for path in
            ["/", "/situation", "/review", "/options", "/treatment/pazopanib", "/guide/treatments", "/guide/about", "/symptom"]
        {
            let page = browser.get(path).await;
            assert_eq!(page.html.matches(NOBODY).count(), 1, "{path}");
        }
    }
    let pazopanib = guide.treatment("pazopanib").expect("a treatment").index();
    let on = sarcoguide_model::PartialDate::parse("2026-11-30").expect("a date");
    guide.treatments[pazopanib].review = Some(sarcoguide_model::Review { by: "Jane Roe, oncologist".to_owned(), on });
    let site = sarcoguide_server::router(sarcoguide_server::Site::new(guide, common::settings(7)));
    let mut browser = Browser { site, ..Browser::new() };
    for case in [None, Some(CASE)] {
        if let Some(case) = case {
            browser.open(case).await;
        }
        let page = browser.get("/treatment/pazopanib").await;
        assert_eq!(page.html.matches("Reviewed by Jane Roe, oncologist, on 2026-11-30.").count(), 1, "{}", page.html);
        assert!(!page.html.contains(NOBODY), "{}", page.html);
    }
}

#[tokio::test]
async fn uncovered_cases_have_no_comparison_and_long_lists_are_alphabetical() {
    let mut browser = Browser::new();
    browser.open(include_str!("../../../examples/out_of_scope_gist.json")).await;
    let options = browser.get("/options").await;
    assert!(
        options.html.contains("This guide does not cover this situation") && !options.html.contains("side by side"),
        "{}",
        options.html
    );
    let question = browser.get("/question/histology").await;
    let (_, list) = question.html.split_once("Or choose one:").expect("a list");
    let at = |name: &str| list.find(&format!("<span>{name}")).unwrap_or_else(|| panic!("{name} should be a choice"));
    let group = |name: &str| list.find(&format!("<summary>{name} (")).unwrap_or_else(|| panic!("{name} should be a group"));
    // The general type comes first, because it's all that many people know, and then the one for types that aren't in the list.
    assert!(at("Soft tissue sarcoma, type not stated more closely") < at("Soft tissue sarcoma of a type that isn"));
    assert!(at("Soft tissue sarcoma of a type that isn") < group("Angiosarcoma"));
    // Types with more specific types are groups with them, and the others are in groups by their letters.
    assert!(group("Liposarcoma") < at("Well-differentiated liposarcoma"));
    assert!(at("Well-differentiated liposarcoma") < group("Malignant peripheral nerve sheath tumor"));
    assert!(
        group("Undifferentiated sarcoma") < group("Others, A to I") && group("Others, A to I") < at("Alveolar soft part sarcoma")
    );
    assert!(
        at("Alveolar soft part sarcoma") < at("Synovial sarcoma")
            && at("Fibrosarcoma of adults") > at("Clear cell sarcoma of soft tissue")
    );
    // Types that the guide doesn't cover come last, under their own heading. Each type is listed with its synonyms.
    let outside = group("Not covered by this guide");
    assert!(at("Synovial sarcoma") < outside && outside < at("Aggressive (deep) angiomyxoma"));
    let guide = sarcoguide_bundled::guide();
    let choices = list.matches("type=\"radio\"").count();
    assert_eq!(choices, guide[guide.fact("histology").expect("a fact")].domain.values().len(), "each answer is listed once");
    assert!(question.html.contains("MFH (older name)"));
}

#[tokio::test]
async fn frequency_words_are_explained_and_effects_with_figures_are_not_listed_as_unknown() {
    let mut browser = Browser::new();
    let page = browser.get("/treatment/doxorubicin").await;
    let (_, harms) = page.html.split_once("All side effects</h2>").expect("side effects");
    let part = |title: &str| {
        let (_, rest) = harms.split_once(&format!(">{title}</h3>")).unwrap_or_else(|| panic!("{title}: {harms}"));
        rest.split("<h3").next().unwrap_or_default().to_owned()
    };
    assert!(part("Common").contains("In 10 or more of 100 people"), "{}", part("Common"));
    let figures = part("How often: see each figure");
    assert!(figures.contains("1 to 20 of 100 people") && figures.contains("/effect/heart_failure"), "{figures}");
    let unsaid = part("How often is not said");
    assert!(unsaid.contains("/effect/nerve_damage") && !unsaid.contains("/effect/heart_failure"), "{unsaid}");
}

#[tokio::test]
async fn help_lines_and_sources_are_links() {
    let mut browser = Browser::new();
    let links = browser.get("/guide/links").await.html;
    assert!(links.contains("<a href=\"tel:+1-800-227-2345\""), "{links}");
    assert!(links.contains("<a href=\"https://clinicaltrials.gov/\" rel=\"external noreferrer\">"), "{links}");
    let page = browser.get("/treatment/pazopanib").await.html;
    let (_, sources) = page.split_once(">Sources</h2>").expect("sources");
    assert!(sources.matches("<a href=\"http").count() > 10, "{sources}");
    assert!(sources.contains("American Cancer Society, Targeted drug therapy"), "{sources}");
}

#[tokio::test]
async fn trial_only_and_withdrawn_treatments_are_listed_separately_from_fitting_ones() {
    let mut browser = Browser::new();
    let facts = r#""age": 60, "histology": "leiomyosarcoma", "distant_metastasis": "yes", "situation": "recurrence""#;
    browser.open(&format!("{{\"facts\": {{{facts}}}}}")).await;
    let page = browser.get("/options").await.html;
    let (short, rest) = page
        .split_once("What is usual</h2>")
        .and_then(|(_, rest)| rest.split_once("How treatment could go</h2>"))
        .expect("the answer in short");
    assert!(short.contains("Doxorubicin") && !short.contains("Nivolumab"), "{short}");
    let (fits, trials) = rest.split_once(">Only in a clinical trial<").expect("a heading of its own");
    assert!(!fits.contains("/treatment/nivolumab_ipilimumab"), "{fits}");
    assert!(trials.contains("/treatment/nivolumab_ipilimumab") && trials.contains("isn't approved"), "{trials}");
    let (before, gone) = trials.split_once(">No longer available<").expect("a heading of its own");
    assert!(fits.contains("/treatment/doxorubicin"), "{fits}");
    assert!(!fits.contains("/treatment/olaratumab") && !before.contains("/treatment/olaratumab"));
    assert!(gone.contains("/treatment/olaratumab") && gone.contains("2019"), "{gone}");
    // The other withdrawn treatment wouldn't fit this case anyway, so it's listed among those that don't fit.
    let never = gone.split_once("Does not fit this situation").expect("what does not fit").1;
    assert!(never.contains("/treatment/tazemetostat") && never.contains("no longer available since 2026-03-09"), "{never}");
    let drug = browser.get("/treatment/nivolumab_ipilimumab").await.html;
    assert!(drug.contains("<dt>For you</dt><dd><strong class=\"open\">Only in clinical trials</strong></dd>"), "{drug}");
    let main = drug.split_once("<main").expect("the content").1;
    let (first, _) = main.split_once("<details").expect("folded parts");
    assert!(first.contains("Know this first</h2>") && first.contains("Only in a clinical trial: </strong>"), "{first}");
}
