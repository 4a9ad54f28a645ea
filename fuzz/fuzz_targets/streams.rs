//! Streams of documents: each comes out as it would alone.

#![no_main]

use copydesk_fuzz::{Article, Heap, SHORT, Settings, check_stream};

libfuzzer_sys::fuzz_target!(|input: (Settings, u8, Vec<Article>, Vec<Heap<'_>>)| {
    let (settings, separator, articles, heaps) = input;
    let mut texts: Vec<_> = articles.into_iter().map(|article| article.text.into_bytes()).take(4).collect();
    texts.extend(heaps.iter().map(|heap| heap.bytes(SHORT)).take(4));
    check_stream(settings.options(), &texts, separator);
});
