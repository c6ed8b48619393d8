//! Measures how long it takes to format a message, and to parse and check a large catalog and then format one of its messages.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use sarcoguide_text::{Arg, Message, Text, t};

struct Greeting<'a>(Arg<'a>);

impl Message for Greeting<'_> {
    fn id(&self) -> &'static str {
        "message-7"
    }

    fn variables<'s>(&'s self, give: &mut dyn FnMut(&'static str, &'s Arg<'s>)) {
        give("count", &self.0);
    }
}

fn bench(criterion: &mut Criterion) {
    let english = Text::english();
    criterion.bench_function("a message with two plurals", |bencher| {
        bencher.iter(|| t!(english, errors_count, errors = black_box(3), warnings = 1));
    });
    let catalog: String = (0..1000)
        .map(|n| format!("message-{n} = {{ $count ->\n    [one] <strong>One treatment</strong> fits what you told us so far.\n   *[other] {{ $count }} treatments fit what you told us so far.\n }}\n"))
        .collect();
    let text = Text::new("en", &[("large.ftl", &catalog)]).expect("a language");
    criterion
        .bench_function("a message with one plural", |bencher| bencher.iter(|| text.format(&Greeting(Arg::from(black_box(3))))));
    criterion.bench_function("parse and check 1,000 messages, then format one", |bencher| {
        bencher
            .iter(|| Text::new("en", &[("large.ftl", &catalog)]).expect("a language").format(&Greeting(Arg::from(black_box(3)))));
    });
}

criterion_group!(benches, bench);
criterion_main!(benches);
