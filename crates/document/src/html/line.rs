//! Renders lines as HTML: emphasis, links, glossary terms, web addresses and phone numbers.

use maud::{Markup, PreEscaped, html};

use super::Writer;
use crate::autolink::{self, Part};
use crate::block::{Emphasis, Line, Piece, Target};

impl Writer<'_> {
    /// Renders a line. If `explain` is set, links glossary terms to their explanations.
    pub(super) fn line(&mut self, line: &Line, explain: bool) -> Markup {
        let pieces: Vec<Markup> = line.0.iter().map(|piece| self.piece(piece, explain)).collect();
        html! { @for piece in pieces { (piece) } }
    }

    fn piece(&mut self, piece: &Piece, explain: bool) -> Markup {
        let address = piece.to.as_ref().and_then(|target| self.context.address(target));
        let text = match address {
            Some(address) => {
                let text = piece.text.trim_start();
                let entry = match &piece.to {
                    Some(Target::EffectOfEntry(id)) => Some(format!("effect-{id}")),
                    _ => None,
                };
                // The first entry for an effect is the target of links to its entry.
                let id = entry.filter(|id| self.anchors.insert(id.clone()));
                html! { @if text.len() < piece.text.len() { " " } a id=[id] href=(address) { (text) } }
            }
            None if explain && self.explains && matches!(piece.emphasis, Emphasis::Plain | Emphasis::Strong) => {
                self.explained(&piece.text)
            }
            None => self.linked(&piece.text),
        };
        match piece.emphasis {
            Emphasis::Plain => text,
            Emphasis::Strong => html! { strong { (text) } },
            Emphasis::Faint => html! { small { (text) } },
            Emphasis::Good => html! { strong class="good" { (text) } },
            Emphasis::Open => html! { strong class="open" { (text) } },
            Emphasis::Bad => html! { strong class="bad" { (text) } },
        }
    }

    /// Renders text, with links for web addresses and phone numbers.
    pub(super) fn linked(&self, text: &str) -> Markup {
        html! {
            @for part in autolink::parts(text, self.context.phones()) {
                @match part {
                    Part::Text(text) => (text),
                    Part::Link { text, href } => a href=(href) rel="external noreferrer" { (text) },
                }
            }
        }
    }

    /// Like [`Self::linked`], but also links the first use of each glossary term on the page to the term's explanation.
    fn explained(&mut self, text: &str) -> Markup {
        let context = self.context;
        let mut out = String::with_capacity(text.len());
        for part in autolink::parts(text, context.phones()) {
            match part {
                Part::Link { text, href } => {
                    out.push_str(&html! { a href=(href) rel="external noreferrer" { (text) } }.0);
                }
                Part::Text(text) => {
                    let mut from = 0;
                    for mention in context.mentions(text) {
                        if self.explained.contains(&mention.term) {
                            continue;
                        }
                        let Some((id, _)) = context.explanation(mention.term) else { continue };
                        self.explained.push(mention.term);
                        let before = &text[from..mention.range.start];
                        let term = &text[mention.range.clone()];
                        let link = html! { (before) a class="term" id={ "at-" (id) } href={ "#word-" (id) } { (term) } };
                        out.push_str(&link.0);
                        from = mention.range.end;
                    }
                    let rest = &text[from..];
                    out.push_str(&html! { (rest) }.0);
                }
            }
        }
        PreEscaped(out)
    }
}
