//! Measures how long it takes to decode the built-in guide, to prepare it for answering, and to answer each example case.
//!
//! `cargo bench -p sarcoguide-cli`

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "benchmarks read files")]

use std::fs;
use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use sarcoguide_advise::Advisor;
use sarcoguide_case::{Format, read};

fn answers(criterion: &mut Criterion) {
    criterion.bench_function("decode the built-in guide", |bencher| bencher.iter(|| black_box(sarcoguide_bundled::guide())));
    let guide = sarcoguide_bundled::guide();
    criterion.bench_function("prepare the built-in guide", |bencher| bencher.iter(|| black_box(Advisor::new(guide.clone()))));
    let advisor = Advisor::new(guide.clone());
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut paths: Vec<_> = fs::read_dir(examples).expect("examples").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        let bytes = fs::read(&path).expect("readable");
        let case = read(&guide, &bytes, Format::guess(&bytes)).expect("a case");
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        criterion.bench_function(&format!("answer {name}"), |bencher| {
            bencher.iter(|| advisor.advise(black_box(&case.case)).expect("no contradiction"))
        });
        criterion.bench_function(&format!("answer {name} with its scenarios"), |bencher| {
            bencher.iter(|| advisor.answer(black_box(&case.case)).expect("no contradiction"))
        });
        criterion.bench_function(&format!("answer {name} with its scenarios and rare treatments"), |bencher| {
            bencher.iter(|| advisor.answer_in_full(black_box(&case.case)).expect("no contradiction"))
        });
    }
}

criterion_group!(benches, answers);
criterion_main!(benches);
