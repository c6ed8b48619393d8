//! The frame around every page, and the pages for problems.

use std::sync::OnceLock;

use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};
use sha2::{Digest, Sha256};

use sarcoguide_document::html::STYLE;
use sarcoguide_text::{Text, t};
use sarcoguide_views::{Edition, provenance};

use crate::guide_change::Notice;
use crate::html::line;
use crate::site::Site;

/// The path of the style sheet. It contains a hash of the content, so that browsers can cache the file for a long time.
pub(crate) fn style_path() -> &'static str {
    static PATH: OnceLock<String> = OnceLock::new();
    PATH.get_or_init(|| {
        let digest = Sha256::digest(STYLE.as_bytes());
        format!("/style-{:02x}{:02x}{:02x}{:02x}.css", digest[0], digest[1], digest[2], digest[3])
    })
}

/// The parts of a page that depend on the session.
#[derive(Debug)]
pub(crate) struct Frame {
    /// The path that the forms in the frame return to: normally the page's own path. See [`Page::at`].
    pub path: String,
    /// Whether the page is shown in the team view.
    pub team: bool,
    /// Whether the person asks for someone else.
    pub for_someone_else: bool,
    /// Whether earlier answers are lost because the cookie can no longer be opened.
    pub lost: bool,
    /// Whether the footer says whether and by whom the guide has been reviewed.
    pub review_in_footer: bool,
    /// The notice about a changed guide. `None` if there is no change, or if the person has confirmed the notice.
    pub change: Option<Notice>,
}

/// An extension of a response whose page runs the site's own script.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RunsScript;

/// A page: its status, title and content.
pub(crate) struct Page {
    site: Site,
    status: StatusCode,
    title: String,
    body: Markup,
    frame: Option<Frame>,
    /// The path of the script that the page runs. Nearly all pages have none.
    script: Option<&'static str>,
}

impl Page {
    pub fn new(site: &Site, title: impl Into<String>, body: Markup) -> Self {
        Self { site: site.clone(), status: StatusCode::OK, title: title.into(), body, frame: None, script: None }
    }

    pub fn status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// Sets the path that the forms on the page return to, if the page's own path can't be opened with GET.
    pub fn at(mut self, path: &str) -> Self {
        if let Some(frame) = &mut self.frame {
            frame.path = path.to_owned();
        }
        self
    }

    /// Adds a script of this site to the page.
    pub fn with_script(self, path: &'static str) -> Self {
        Self { script: Some(path), ..self }
    }

    pub fn within(self, frame: Frame) -> Self {
        Self { frame: Some(frame), ..self }
    }
}

/// A page that reports a problem.
pub(crate) fn problem(site: &Site, status: StatusCode, message: &str) -> Page {
    let text = site.edition().text;
    let body = html! {
        h1 { (t!(text, problem_heading, status = status.as_u16())) }
        p { (message) }
        p { a href="/" { (t!(text, frame_start)) } }
    };
    Page::new(site, t!(text, problem_title), body).status(status)
}

/// The page that says that the server is too busy to respond.
pub(crate) fn busy(site: &Site) -> Response {
    problem(site, StatusCode::SERVICE_UNAVAILABLE, &t!(site.edition().text, problem_busy)).into_response()
}

/// The links that are in the row at the top of a wide page, and in the menu.
fn main_links(text: &Text) -> [(&'static str, String); 3] {
    [("/options", t!(text, frame_my_options)), ("/compare", t!(text, frame_compare)), ("/visit", t!(text, frame_visit))]
}

/// Links to parts of the guide, in the menu.
fn guide_links(text: &Text) -> [(&'static str, String); 5] {
    [
        ("/search", t!(text, frame_search_label)),
        ("/guide/treatments", t!(text, frame_treatments)),
        ("/guide/glossary", t!(text, frame_words)),
        ("/guide/links", t!(text, frame_help_lines)),
        ("/guide", t!(text, frame_read_guide)),
    ]
}

/// The mark of the site: a path with three stops.
fn mark() -> Markup {
    html! {
        svg viewBox="0 0 48 24" aria-hidden="true" focusable="false" {
            path.rail d="M6 12h36" {}
            circle.stop cx="6" cy="12" r="4" {}
            circle.stop.full-stop cx="24" cy="12" r="8" {}
            circle.stop cx="42" cy="12" r="4" {}
        }
    }
}

/// The path of the page for a person who feels ill: the triage or, if the guide has none, the symptom check.
pub(crate) fn feeling_ill(guide: Edition<'_>) -> &'static str {
    if guide.guide.triage.is_some() { "/triage" } else { "/symptom" }
}

/// The top of a page, in one row: the name of the guide, a few links, and a menu with all links.
fn page_header(guide: Edition<'_>, frame: Option<&Frame>) -> Markup {
    let text = guide.text;
    let path = frame.map_or("", |frame| frame.path.as_str());
    let current = |address: &str| {
        let within = address != "/" && path.strip_prefix(address).is_some_and(|rest| rest.starts_with('/'));
        if address == path { Some("page") } else { within.then_some("true") }
    };
    let links = main_links(text);
    let feeling_ill = feeling_ill(guide);
    html! {
        div { a.skip href="#main" { (t!(text, frame_skip)) } }
        header.top {
            div {
                a.logo href="/" { (mark()) " " span { (guide.interview.name.as_ref().unwrap_or(&guide.name)) } } " "
                nav aria-label=(t!(text, frame_site)) {
                    @for (address, name) in &links { a.desk href=(address) aria-current=[current(address)] { (name) } " " }
                    a href=(feeling_ill) aria-current=[current(feeling_ill)] { (t!(text, frame_symptoms)) } " "
                    details.menu {
                        summary { (t!(text, frame_menu)) }
                        ul {
                            li { a href="/" aria-current=[current("/")] { (t!(text, frame_start)) } }
                            li { a href="/review" aria-current=[current("/review")] { (t!(text, frame_my_answers)) } }
                            @for (address, name) in &links { li { a href=(address) aria-current=[current(address)] { (name) } } }
                            @for (place, (address, name)) in guide_links(text).into_iter().enumerate() {
                                @let here = (address == path).then_some("page");
                                li class=[(place == 0).then_some("apart")] { a href=(address) aria-current=[here] { (name) } }
                            }
                            @if let Some(frame) = frame { li.apart { (view_form(&frame.path, &menu_view_button(text, frame.team))) } }
                        }
                    }
                }
            }
        }
    }
}

/// The line that says for whom the person asks, with a button to ask for themselves.
fn asking_for_someone(guide: Edition<'_>, path: &str) -> Markup {
    html! {
        form.asker method="post" action="/asker" autocomplete="off" {
            input type="hidden" name="to" value=(path);
            p { (t!(guide.text, frame_for_someone)) " " button.plain name="asker" value="myself" { (t!(guide.text, frame_for_myself)) } }
        }
    }
}

/// The form that searches the guide.
pub(crate) fn search_form(text: &Text, words: &str) -> Markup {
    html! {
        form.search method="post" action="/search" role="search" {
            input id="q" name="q" type="search" maxlength="100" autocomplete="off" value=(words) aria-label=(t!(text, frame_search_label)); " "
            button.plain { (t!(text, frame_search)) }
        }
    }
}

/// A form with a button that switches between the team view and the view for a person. The path has no query, so the form doesn't contain the words
/// of a search.
fn view_form(path: &str, content: &Markup) -> Markup {
    html! {
        form method="post" action="/view" {
            input type="hidden" name="to" value=(path);
            (content)
        }
    }
}

fn menu_view_button(text: &Text, team: bool) -> Markup {
    let (view, words) = if team { ("person", t!(text, frame_menu_person)) } else { ("team", t!(text, frame_menu_team)) };
    html! { button name="view" value=(view) { (words) } }
}

/// A button that switches between the team view and the view for a person, on a page of its own.
pub(crate) fn view_switch(text: &Text, team: bool) -> Markup {
    view_form("/options", &menu_view_button(text, team))
}

/// The message that earlier answers are lost. Every page shows it until the person starts over.
fn lost(guide: Edition<'_>) -> Markup {
    let text = guide.text;
    let start_page = html! { a href="/" { (t!(text, frame_lost_start_page)) } };
    html! {
        div.error role="alert" {
            p { (t!(text, frame_lost)) }
            p { (line!(guide, frame_lost_saved, start_page = start_page)) }
            form method="post" action="/forget" { button { (t!(text, frame_start_anew)) } }
        }
    }
}

/// The notice that the guide has changed. Every page shows it until the person confirms it. It lists the answers that the guide can no longer read.
/// The verdicts that changed since a file was saved are collapsed, because they would fill a phone's screen.
fn guide_changed(guide: Edition<'_>, Notice { unreadable, file }: &Notice, path: &str) -> Markup {
    let text = guide.text;
    let my_answers = html! { a href="/review" { (t!(text, frame_my_answers)) } };
    html! {
        div.error role="alert" {
            @if let Some(file) = file {
                p { (file.intro) }
            }
            @if unreadable.is_empty() {
                @if file.is_none() { p { (t!(text, frame_changed)) } }
            } @else {
                p { (t!(text, frame_changed_unplaced)) }
                ul { @for line in unreadable { li { (line) } } }
                p { (line!(guide, frame_changed_next, my_answers = my_answers)) }
            }
            @if let Some(file) = file {
                @if file.verdicts.is_empty() && file.more == 0 {
                    p { (t!(text, changes_no_verdict)) }
                } @else {
                    details {
                        summary { (t!(text, changes_show_verdicts, count = file.verdicts.len() + file.more)) }
                        ul {
                            @for line in &file.verdicts { li { (line) } }
                            @if file.more > 0 { li { (t!(text, changes_more, count = file.more)) } }
                        }
                        p { (t!(text, changes_edited)) }
                    }
                }
            }
            form method="post" action="/guide-change" {
                input type="hidden" name="to" value=(path);
                button { (if unreadable.is_empty() { t!(text, frame_changed_read) } else { t!(text, frame_changed_go_on) }) }
            }
        }
    }
}

/// The footer: what the guide is not, which guide this is, how to report an error, and a button that switches between the team view and the view for
/// a person.
fn page_footer(guide: Edition<'_>, frame: Option<&Frame>) -> Markup {
    let text = guide.text;
    html! {
        footer.foot {
            div {
                @if let Some(warning) = provenance::warning(guide) { p { strong { (warning) } } }
                p { (guide.disclaimer.text) }
                p { (report(guide)) }
                p {
                    (provenance::sentence(guide))
                    @if frame.is_some_and(|frame| frame.review_in_footer) { " " (guide.review) }
                }
                @if let Some(frame) = frame {
                    (view_form(&frame.path, &html! { p { (line!(guide, frame_view, button = view_button(guide, frame.team))) } }))
                    nav aria-label=(t!(text, frame_about_links)) {
                        a href="/guide/about" { (t!(text, frame_about)) } " "
                        a href="/guide/sources" { (t!(text, frame_sources)) } " "
                        a href="/guide/links" { (t!(text, frame_help_lines)) }
                    }
                }
            }
        }
    }
}

fn view_button(guide: Edition<'_>, team: bool) -> Markup {
    let (view, words) =
        if team { ("person", t!(guide.text, frame_view_person)) } else { ("team", t!(guide.text, frame_view_team)) };
    html! { button.plain name="view" value=(view) { (words) } }
}

/// How to report an error.
fn report(guide: Edition<'_>) -> Markup {
    match &guide.feedback {
        Some(feedback) => line!(guide, frame_report_to, who = html! { a href=(feedback.address) { (feedback.name) } }),
        None => html! { (t!(guide.text, frame_report)) },
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let frame = self.frame.as_ref();
        let for_someone_else = frame.filter(|frame| frame.for_someone_else);
        let guide = if for_someone_else.is_some() { self.site.edition_for_someone_else() } else { self.site.edition() };
        let page = html! {
            (DOCTYPE)
            html lang=(guide.text.language()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) }
                    link rel="stylesheet" href=(style_path());
                    @if let Some(path) = self.script { script src=(path) defer {} }
                }
                body {
                    (page_header(guide, frame))
                    main id="main" tabindex="-1" {
                        @if frame.is_some_and(|frame| frame.lost) { (lost(guide)) }
                        @if let Some((frame, change)) = frame.and_then(|frame| Some((frame, frame.change.as_ref()?))) {
                            (guide_changed(guide, change, &frame.path))
                        }
                        @if let Some(frame) = for_someone_else { (asking_for_someone(guide, &frame.path)) }
                        @if frame.is_some_and(|frame| frame.team) { p.help { (t!(guide.text, frame_team)) } }
                        (self.body)
                    }
                    (page_footer(guide, frame))
                }
            }
        };
        let mut response = (self.status, Html(page.0)).into_response();
        if self.script.is_some() {
            response.extensions_mut().insert(RunsScript);
        }
        response
    }
}

/// Serves the style sheet. Browsers cache it for a year, and a changed style sheet has a different path.
pub(crate) async fn style() -> Response {
    let headers =
        [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    (headers, STYLE).into_response()
}
