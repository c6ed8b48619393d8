#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sarcoguide_fuzz::run("form", bytes));
