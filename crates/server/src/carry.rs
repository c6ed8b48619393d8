//! The page that carries a person's answers to another device: as a link and a QR code that hold them encrypted, and a form that opens a link.
//!
//! The server keeps nothing. The answers are in the fragment of the link, which browsers don't send. A small script moves the fragment to the form;
//! without scripts, the person pastes the link. In both cases the answers are opened only after the person presses a button.

use std::sync::OnceLock;

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::html;
use sarcoguide_text::{Text, t};
use sha2::{Digest, Sha256};

use crate::clock::now;
use crate::downloads::refused;
use crate::form::{Fields, field, fields};
use crate::link::{self, LinkError, MAX_PASTED_BYTES};
use crate::pages::problem;
use crate::public_address::PublicAddress;
use crate::qr_code::qr_code;
use crate::sealed::{SealError, Session};
use crate::site::Settings;
use crate::visit::Visit;

/// The script that moves the text of a link from the address to the form.
const SCRIPT: &str = include_str!("carry.js");

/// The path of the script. It contains a hash of the content, so that browsers can cache the file for a long time.
pub(crate) fn script_path() -> &'static str {
    static PATH: OnceLock<String> = OnceLock::new();
    PATH.get_or_init(|| {
        let digest = Sha256::digest(SCRIPT);
        format!("/carry-{:02x}{:02x}{:02x}{:02x}.js", digest[0], digest[1], digest[2], digest[3])
    })
}

/// Serves the script.
pub(crate) async fn script() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, SCRIPT).into_response()
}

pub(crate) async fn ask(visit: Visit) -> Response {
    page(&visit, &Opening::default())
}

/// Makes a link, or opens one.
pub(crate) async fn carry(visit: Visit, headers: HeaderMap, form: Fields) -> Response {
    let form = match fields(&visit.site, form) {
        Ok(form) => form,
        Err(page) => return *page,
    };
    let address = address(&visit.site.settings, &headers);
    match field(&form, "link") {
        Some(pasted) => open(visit, &address, pasted, field(&form, "replaces").is_some()),
        None => made(&visit, &address),
    }
}

/// Returns the address of this site as the person's browser knows it, without a path: the public address, or where the browser says that it sent the
/// form from, or the requested host.
fn address(settings: &Settings, headers: &HeaderMap) -> String {
    if let Some(public) = &settings.public_address {
        return public.to_string();
    }
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let scheme = if settings.served_over_https { "https" } else { "http" };
    let host = header(header::HOST).map(|host| format!("{scheme}://{host}"));
    let known = header(header::ORIGIN).map(str::to_owned).into_iter().chain(host);
    known
        .filter_map(|address| address.parse::<PublicAddress>().ok())
        .map(|address| address.to_string())
        .next()
        .unwrap_or_default()
}

/// What the form that opens a link shows.
#[derive(Default)]
struct Opening<'a> {
    /// What the person pasted.
    pasted: &'a str,
    /// Why it wasn't opened.
    error: Option<LinkError>,
    /// Whether it wasn't opened because the person hasn't been told yet that it replaces the answers on this device.
    must_confirm: bool,
}

/// Opens a link. `may_replace` says whether the person has read that it replaces the answers on this device.
fn open(mut visit: Visit, address: &str, pasted: &str, may_replace: bool) -> Response {
    let (guide, keys) = (visit.site.guide(), &visit.site.settings.keys);
    let opened = match link::open(guide, keys, pasted, address, now()) {
        Ok(opened) => opened,
        Err(error) => {
            // Far too much text isn't shown again.
            let pasted = if pasted.len() > MAX_PASTED_BYTES { "" } else { pasted };
            return page(&visit, &Opening { pasted, error: Some(error), must_confirm: false });
        }
    };
    if !may_replace && !visit.session.is_empty(guide) {
        return page(&visit, &Opening { pasted, error: None, must_confirm: true });
    }
    visit.session = Session { team: visit.session.team, ..opened };
    // The opened answers replace those that were lost.
    visit.lost = false;
    visit.save_and_redirect("/review")
}

fn page(visit: &Visit, opening: &Opening) -> Response {
    let text = visit.guide().text;
    let has_answers = !visit.session.is_empty(visit.site.guide());
    let is_refused = opening.error.is_some() || opening.must_confirm;
    let send = html! {
        section.carry id="make" aria-labelledby="send" {
            h2 id="send" { (t!(text, carry_send)) }
            @if has_answers {
                p { (t!(text, carry_send_how)) }
                p { strong { (t!(text, carry_bearer)) } " " (t!(text, carry_day)) }
                form method="post" action="/carry" { button { (t!(text, carry_make)) } }
            } @else {
                p { (t!(text, carry_nothing)) }
            }
        }
    };
    let get = html! {
        section.carry aria-labelledby="get" {
            h2 id="get" { (t!(text, carry_get)) }
            p.arrived id="arrived" tabindex="-1" hidden { (t!(text, carry_arrived)) }
            form method="post" action="/carry" autocomplete="off" {
                label for="link" { (t!(text, carry_paste)) }
                p.help id="hint" { (t!(text, carry_hint)) }
                textarea id="link" name="link" rows="4" autocomplete="off" autocapitalize="off" spellcheck="false"
                    aria-describedby="hint" aria-invalid=[opening.error.map(|_| "true")] { (opening.pasted) }
                p { (t!(text, carry_trust)) }
                @if has_answers {
                    input type="hidden" name="replaces" value="yes";
                    p { strong { (t!(text, carry_replaces)) } " " a href="/take/case.json" { (t!(text, carry_save_first)) } }
                }
                div.row {
                    button { (t!(text, carry_open)) }
                    @if has_answers { " " a href="/review" { (t!(text, carry_keep)) } }
                }
            }
        }
    };
    let body = html! {
        h1 { (t!(text, carry_title)) }
        @if let Some(error) = opening.error {
            div.error role="alert" {
                p { a href="#link" { (reason(text, error)) } }
                p { (t!(text, carry_unchanged)) }
            }
        } @else if opening.must_confirm {
            div.error role="alert" { p { (t!(text, carry_must_confirm)) } }
        }
        @if has_answers && !is_refused { (send) }
        (get)
        @if !has_answers && !is_refused { (send) }
    };
    let status = match (opening.error, opening.must_confirm) {
        (Some(_), _) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, true) => StatusCode::CONFLICT,
        (None, false) => StatusCode::OK,
    };
    visit.page(t!(text, carry_title), body).status(status).with_script(script_path()).into_response()
}

fn reason(text: &Text, error: LinkError) -> String {
    match error {
        LinkError::Empty => t!(text, carry_error_empty),
        LinkError::TooLong => t!(text, carry_error_too_long),
        LinkError::NotALink => t!(text, carry_error_not_a_link),
        LinkError::OtherSite => t!(text, carry_error_other_site),
        LinkError::NotOpened => t!(text, carry_error_not_opened),
        LinkError::Expired => t!(text, carry_error_expired),
        LinkError::GuideChanged => t!(text, carry_error_guide_changed),
    }
}

/// The page with a link to the answers, and its QR code.
fn made(visit: &Visit, address: &str) -> Response {
    if let Some(page) = refused(visit) {
        return page;
    }
    let guide = visit.guide();
    let text = guide.text;
    if visit.session.is_empty(visit.site.guide()) {
        return page(visit, &Opening::default());
    }
    let sealed = match link::seal(&visit.session, visit.site.guide(), &visit.site.settings.keys, now()) {
        Ok(sealed) => sealed,
        Err(SealError::NoRandomBytes) => {
            return problem(&visit.site, StatusCode::INTERNAL_SERVER_ERROR, &t!(text, problem_no_random)).into_response();
        }
        Err(SealError::TooLong) => return visit.refusal(&t!(text, carry_too_much), &t!(text, carry_too_much_why)),
    };
    let link = format!("{address}/carry#{sealed}");
    let code = qr_code(&link, &t!(text, carry_code_label));
    let body = html! {
        h1 { (t!(text, carry_ready)) }
        div.secret {
            p { strong { (t!(text, carry_bearer)) } }
            p { (t!(text, carry_bearer_why)) }
        }
        section.carry aria-labelledby="code" {
            h2 id="code" { (t!(text, carry_code)) }
            p { (t!(text, carry_code_how)) }
            @if let Some(code) = code { (code) }
        }
        section.carry aria-labelledby="copy" {
            h2 id="copy" { label for="made" { (t!(text, carry_copy)) } }
            p id="copy-hint" { (t!(text, carry_copy_how)) }
            textarea id="made" rows="5" readonly spellcheck="false" aria-describedby="copy-hint" { (link) }
            p { a href=(link) { (t!(text, carry_link)) } }
        }
        section.carry aria-labelledby="rules" {
            h2 id="rules" { (t!(text, carry_rules)) }
            ul {
                li { (t!(text, carry_rule_day)) }
                li { (t!(text, carry_rule_restart)) }
                li { (t!(text, carry_rule_no_recall)) }
                li { (t!(text, carry_rule_copy)) }
            }
            p { (t!(text, carry_or_file)) " " a href="/take/case.json" { (t!(text, frame_save_answers)) } }
        }
        p { a href="/review" { (t!(text, frame_my_answers)) } }
    };
    visit.page(t!(text, carry_ready), body).into_response()
}
