//! Tests PDFs by reading them with different libraries than the ones that write them.

use std::path::Path;

use lopdf::Object;
use sarcoguide_advise::advise;
use sarcoguide_document::pdf::pdf;
use sarcoguide_document::{Document, Line};
use sarcoguide_model::{Case, Decimal, FactValue, Guide};
use sarcoguide_views::Answered;
use sarcoguide_views::visit_summary::visit_summary;

/// Loads the minimal guide from the compiler's tests.
fn minimal() -> Guide {
    let files = sarcoguide_bundled::read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../compiler/tests/minimal"));
    sarcoguide_compiler::load(&files.expect("the guide should be readable")).loaded.expect("a guide without errors").guide
}

/// Parses a PDF. Returns the file and its text, with each run of white space replaced by one space.
fn read(bytes: &[u8]) -> (lopdf::Document, String) {
    let file = lopdf::Document::load_mem(bytes).expect("a valid PDF");
    let text = pdf_extract::extract_text_from_mem(bytes).expect("the text of the PDF");
    (file, text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Renders a document as a PDF, and parses the PDF with [`read`].
fn printed(document: &Document) -> (lopdf::Document, String) {
    read(&pdf(document, &minimal().language).expect("a valid PDF"))
}

#[test]
fn a_pdf_contains_all_text_and_the_structure_of_the_document() {
    let mut document = Document::default();
    document.heading(1, "The title");
    document.paragraph(Line::from("Plain and ").strong("strong").faint(" [1, 4-6]"));
    document.heading(2, "A list");
    document.points(vec![Line::from("first"), Line::from("second")]);
    document.points_at(1, vec![Line::from("inside of second")]);
    document.points(vec![Line::from("third")]);
    document.table(&["Head", "Other"], vec![vec!["cell".to_owned(), "last cell".to_owned()]]);
    let (file, text) = printed(&document);
    for part in [
        "The title",
        "Plain and strong [1, 4-6]",
        "A list",
        "first",
        "second",
        "inside of second",
        "third",
        "Head: cell; Other: last cell",
    ] {
        assert!(text.contains(part), "`{part}` is not in `{text}`");
    }
    let catalog = file.catalog().expect("a catalog");
    assert_eq!(catalog.get(b"Lang").and_then(Object::as_str).expect("a language"), b"en");
    let marked = catalog.get(b"MarkInfo").and_then(|object| file.dereference(object)).expect("the mark information").1;
    assert!(
        marked.as_dict().and_then(|marks| marks.get(b"Marked")).and_then(Object::as_bool).expect("`Marked` should be a boolean")
    );
    assert!(catalog.has(b"StructTreeRoot") && catalog.has(b"Outlines"));
    let roles: Vec<&[u8]> =
        file.objects.values().filter_map(|object| object.as_dict().ok()?.get(b"S").ok()?.as_name().ok()).collect();
    let count = |role: &[u8]| roles.iter().filter(|known| **known == role).count();
    // There are two lists: the nested one, and the outer one, which also contains the row of the table.
    assert_eq!([b"H1".as_slice(), b"H2", b"P", b"L", b"LI", b"Lbl", b"LBody"].map(count), [1, 1, 1, 2, 5, 5, 5]);
}

#[test]
fn a_summary_starts_by_saying_that_the_guide_does_not_cover_the_case() {
    let guide = minimal();
    let case = Case::unknown(guide.facts.len())
        .with(guide.fact("age").expect("a fact"), FactValue::Number(Decimal::from_thousandths(15_000)));
    let advice = advise(guide.clone(), &case).expect("no contradiction");
    let answered = Answered { case: &case, advice: &advice, preferences: &[] };
    let (_, text) = printed(&visit_summary((&guide).into(), answered, None));
    let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part} is missing: {text}"));
    let parts = [
        "does not cover this situation",
        "It is for adults.",
        "Age: 15 years",
        "Where to look",
        "It is for tests.",
        "The situation",
    ];
    assert!(parts.windows(2).all(|pair| at(pair[0]) < at(pair[1])), "{text}");
}

#[test]
fn text_that_looks_like_markup_is_printed_unchanged() {
    let markup = "#set page() \\ $x$ *b* _i_ <tag> (paren) %EOF endstream endobj [a](b) `c` ~ ^ {d} \"q\" 'é' – ≤ α";
    let mut document = Document::default();
    document.heading(1, markup);
    document.paragraph(markup);
    let (file, text) = printed(&document);
    assert_eq!(text.matches(markup).count(), 2, "{text}");
    assert_eq!(file.get_pages().len(), 1);
}

#[test]
fn empty_documents_and_unusual_characters_give_valid_pdfs() {
    let (file, _) = printed(&Document::default());
    assert_eq!(file.get_pages().len(), 1);
    let mut document = Document::default();
    document.heading(1, "");
    document.paragraph("   ");
    printed(&document);
    // Control characters, a bidi control, private-use characters, and characters that the fonts lack: an emoji, Chinese, and half of a flag.
    document.heading(1, "\u{0}\u{7}\u{202E}\u{E000}\u{10FFFF}😀漢字🇩\u{FEFF}\u{FFFE}\r\n\ttail");
    document.points_at(250, vec![Line::from("deep")]);
    document.heading(3, "nine");
    let (_, text) = printed(&document);
    assert!(text.contains("tail") && text.contains("deep") && text.contains('\u{FFFD}'), "{text}");
    let mut document = Document::default();
    document.paragraph("w".repeat(10_000));
    let (file, text) = printed(&document);
    assert_eq!(text.matches('w').count(), 10_000);
    assert!(file.get_pages().len() <= 3);
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let mut document = Document::default();
    document.heading(1, "Title");
    document.points(vec![Line::from("point"); 200]);
    let guide = minimal();
    assert_eq!(pdf(&document, &guide.language).expect("a valid PDF"), pdf(&document, &guide.language).expect("a valid PDF"));
    assert!(printed(&document).0.get_pages().len() > 1);
}

#[test]
fn the_pdf_of_a_summary_names_the_guide_its_version_and_the_next_question() {
    let guide = minimal();
    let case = Case::unknown(guide.facts.len());
    let advice = advise(guide.clone(), &case).expect("an answer");
    let document = visit_summary((&guide).into(), Answered { case: &case, advice: &advice, preferences: &[] }, None);
    let (_, text) = printed(&document);
    for part in [&guide.name, &guide.disclaimer.text, &guide.version] {
        assert!(text.contains(part.as_str()), "`{part}` is not in `{text}`");
    }
    let question = &guide[advice.next_questions[0].fact].question;
    assert!(text.contains(question.as_str()), "`{question}` is not in `{text}`");
}
