//! The library's face, as a program that depends on it sees it.

use std::error::Error;
use std::fmt::{Debug, Display};
use std::io::{self, Read};
use std::str::FromStr;

use copydesk::{
    Cleaned, Cleaner, Edit, EditSink, Lang, MarkerPattern, Note, Options, OptionsError, PatternError, ProtectError,
    Reason, RestoreError, Rule, Scope, Session, Stage, Truncated, UnknownName, UsaStyle, WriteSink,
};

const fn is_send<T: Send + Debug + 'static>() {}
const fn is_shared<T: Clone + Debug + Send + Sync + 'static>() {}
const fn is_error<T: Error + Clone + PartialEq + Send + Sync + 'static>() {}
const fn is_sink<T: EditSink>() {}

// What does not hold does not compile.
const _: () = {
    is_send::<Session>();
    is_shared::<Cleaner>();
    is_shared::<Options>();
    is_shared::<MarkerPattern>();
    is_shared::<Edit<'static>>();
    is_shared::<Note>();
    is_shared::<Cleaned>();
    is_shared::<Scope>();
    is_error::<OptionsError>();
    is_error::<PatternError>();
    is_error::<ProtectError>();
    is_error::<RestoreError>();
    is_error::<UnknownName>();
    is_sink::<Vec<u8>>();
    is_sink::<Cleaned<Vec<u8>>>();
    is_sink::<WriteSink<Box<dyn io::Write>>>();
    is_sink::<&mut dyn EditSink>();
};

const TEXT: &str = "Ships sail to the USA every week.\n";
const CLEAN: &str = "Ships sail to the U.S. every week.\n";

/// A cleaner's session beside what it writes to.
struct Stream {
    session: Session,
    out: Vec<u8>,
}

#[test]
fn a_session_outlives_its_cleaner_and_its_thread() {
    let mut stream = Stream { session: Cleaner::default().session(), out: Vec::new() };
    stream.session.push(&TEXT.as_bytes()[..20], &mut stream.out).expect("memory takes everything");
    let stream = std::thread::spawn(move || {
        stream.session.push(&TEXT.as_bytes()[20..], &mut stream.out).expect("memory takes everything");
        stream
    });
    let Stream { session, mut out } = stream.join().expect("no panic");
    session.finish(&mut out).expect("memory takes everything");
    assert_eq!(out, CLEAN.as_bytes());
}

#[test]
fn a_reader_is_cleaned_to_a_writer() {
    let cleaner = Cleaner::default();
    let mut written = Vec::new();
    cleaner.clone().clean_to(TEXT.as_bytes(), &mut written).expect("memory takes everything");
    assert_eq!(written, CLEAN.as_bytes());
    let full = cleaner.clean_to(TEXT.as_bytes(), &mut [0; 4][..]).expect_err("four bytes are no room");
    assert_eq!(full.kind(), io::ErrorKind::WriteZero);
    let gone = cleaner.clean_to(TEXT.as_bytes().chain(Gone), io::sink()).expect_err("the reader fails");
    assert_eq!(gone.to_string(), "the disk is gone");
}

struct Gone;

impl Read for Gone {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("the disk is gone"))
    }
}

#[test]
fn sinks_take_the_same_output() {
    let all = Cleaner::default().clean_bytes(TEXT.as_bytes());
    let emit = |out: &mut dyn EditSink| {
        let mut session = Cleaner::default().session();
        session.push(TEXT.as_bytes(), out).and_then(|()| session.finish(out)).expect("memory takes everything");
    };
    let (mut bytes, mut written, mut cleaned) = (Vec::new(), WriteSink(Vec::new()), Cleaned::<Vec<u8>>::default());
    emit(&mut bytes);
    emit(&mut &mut written);
    emit(&mut &mut cleaned);
    assert_eq!([&bytes, &written.0, &cleaned.text], [CLEAN.as_bytes(); 3]);
    assert_eq!(cleaned, all);
    let text = Cleaner::default().clean(TEXT);
    assert_eq!((text.text.as_bytes(), &text.edits, &text.notes), (&*all.text, &all.edits, &all.notes));
}

/// Each name is read back as the value that has it.
fn names<T>(values: &[T]) -> Vec<String>
where
    T: Copy + Debug + Display + FromStr<Err = UnknownName> + PartialEq,
{
    for &value in values {
        assert_eq!(value.to_string().parse(), Ok(value));
        assert_eq!(format!("{value:>40}").len(), 40, "{value} takes no width");
    }
    let unknown = "no such thing".parse::<T>().expect_err("it names nothing").to_string();
    assert!(unknown.contains("is named 'no such thing': use "), "{unknown}");
    values.iter().map(ToString::to_string).collect()
}

#[test]
fn every_value_has_a_name() {
    assert_eq!(names(Stage::ALL), ["markers", "titles", "truncation", "usa"]);
    assert_eq!(names(Truncated::ALL), ["ellipsis", "drop", "keep"]);
    assert_eq!(names(UsaStyle::ALL), ["U.S.", "US", "USA"]);
    assert_eq!(names(Lang::ALL), ["auto", "en"]);
    let scopes = [Stage::ALL.len(), names(Rule::ALL).len(), names(Reason::ALL).len()];
    assert_eq!(names(&Scope::all().collect::<Vec<_>>()).len(), scopes.iter().sum::<usize>());
}

#[test]
fn an_error_says_what_to_do_and_keeps_its_cause() {
    let refused = |options: Options| options.build().expect_err("the options are refused");
    let marker = refused(Options::default().marker("(a"));
    assert_eq!(marker.to_string(), "pattern `(a`: unclosed group");
    let OptionsError::Marker(PatternError::Invalid { pattern, error }) = marker else { panic!("{marker:?}") };
    assert_eq!(pattern, "(a");
    assert!(matches!(error, regex::Error::Syntax(_)), "{error}");
    let protect = refused(Options::default().protect("Rowan Cola"));
    assert!(matches!(protect, OptionsError::Protect(_)));
    assert!(protect.to_string().starts_with("the protected name 'Rowan Cola' holds none of 'U.S.'"), "{protect}");
    assert_eq!(refused(Options::default().separator("")), OptionsError::Separator);
}
