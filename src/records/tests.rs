use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::script::{Edit, Note, restore};

/// All that comes out, problems and fields as lines.
#[derive(Debug, Default, PartialEq)]
struct Everything {
    cleaned: Cleaned<Vec<u8>>,
    said: Vec<String>,
}

impl EditSink for Everything {
    fn keep(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.cleaned.keep(bytes)
    }

    fn edit(&mut self, edit: Edit<'_>) -> io::Result<()> {
        self.cleaned.edit(edit)
    }

    fn note(&mut self, note: Note) -> io::Result<()> {
        self.cleaned.note(note)
    }
}

impl RecordSink for Everything {
    fn field(&mut self, record: u64, name: &str) -> io::Result<()> {
        self.said.push(format!("{record}: {name}"));
        Ok(())
    }

    fn problem(&mut self, problem: RecordProblem) -> io::Result<()> {
        self.said.push(format!("{}! {}", problem.record, problem.kind));
        Ok(())
    }
}

fn clean_in_pieces(records: &Records, input: &[u8], size: usize) -> io::Result<Everything> {
    let records = Records { longest: 400, ..records.clone() };
    let mut session = records.session(&Cleaner::default());
    let mut out = Everything::default();
    input.chunks(size).try_for_each(|piece| session.push(piece, &mut out))?;
    session.finish(&mut out)?;
    Ok(out)
}

/// Cleans records in pieces of several sizes, which changes nothing, and back.
fn clean(records: &Records, input: &[u8]) -> Everything {
    let whole = clean_in_pieces(records, input, usize::MAX).expect("the fields exist");
    for size in [1, 5, 64] {
        assert_eq!(clean_in_pieces(records, input, size).expect("as above"), whole, "{size} bytes at once");
    }
    assert_eq!(restore(&whole.cleaned.text, &whole.cleaned.edits).expect("they belong together"), input);
    whole
}

/// What comes out, and what was reported.
fn shown(records: &Records, input: &str) -> String {
    let Everything { cleaned, said } = clean(records, input.as_bytes());
    format!(
        "{}{}",
        String::from_utf8_lossy(&cleaned.text),
        said.iter().map(|l| format!("-- {l}\n")).collect::<String>()
    )
}

fn lines() -> Records {
    Records::new(RecordFormat::JsonLines, ["text"])
}

#[test]
fn only_what_is_edited_is_written_anew() {
    let input = r#"{}
 { "id" : 1.50e+3, "text":"Caf\u00e9s \/ bars in the USA open.\n\n[an error occurred while processing this directive]" , "text":"In the USA, \"x\""}
{"text":"Caf\u00e9."}
"#;
    insta::assert_snapshot!(shown(&lines(), input), @r#"
    {}
     { "id" : 1.50e+3, "text":"Caf\u00e9s \/ bars in the U.S. open.\n" , "text":"In the U.S., \"x\""}
    {"text":"Caf\u00e9."}
    -- 1! there is no field 'text'
    -- 2: text
    -- 2: text
    "#);
}

#[test]
fn what_can_not_be_cleaned_is_reported_and_kept() {
    let input =
        "{\"text\":1}\n\n{\"body\":\"the USA.\"}\n{\"text\":\"the USA.\nx\"}\n{\"text\":\"Ships sail to the USA.\"}";
    insta::assert_snapshot!(shown(&lines(), input), @r#"
    {"text":1}

    {"body":"the USA."}
    {"text":"the USA.
    x"}
    {"text":"Ships sail to the U.S."}-- 1! the field 'text' is no string
    -- 2! there is no field 'text'
    -- 3! control character (\u0000-\u001F) found while parsing a string, at byte 17
    -- 4! expected value, at byte 1
    -- 5: text
    "#);
}

#[test]
fn a_record_over_the_limit_is_kept() {
    let long = "the USA ".repeat(60);
    for (records, input) in [
        (lines(), format!("{{\"text\":\"{long}\"}}\n{{\"text\":\"Ships sail to the USA.\"}}\n")),
        (Records::new(RecordFormat::Csv, ["text"]), format!("text\n\"{long}\"\nShips sail to the USA.\n")),
    ] {
        let out = clean(&records, input.as_bytes());
        assert!(String::from_utf8_lossy(&out.cleaned.text).contains(&long), "it is edited");
        assert_eq!(out.said, ["1! it is longer than 64 MiB", "2: text"]);
    }
}

#[test]
fn the_title_beside_a_text_is_known() {
    let titled = lines().title_field("title");
    let input = "{\"text\":\"Ferry strike ends\\n\\n\\n\\nShips sail again.\",\"title\":\"Ferry strike ends\"}\n\
                 {\"title\":\"Ferry talks in the USA\",\"text\":\"Talks go on.\\n\\nFerry talks in the USA\\n\\nShips wait.\"}\n\
                 {\"title\":null,\"text\":\"Ferry strike ends\\n\\nShips sail.\"}\n";
    insta::assert_snapshot!(shown(&titled, input), @r#"
    {"text":"Ships sail again.","title":"Ferry strike ends"}
    {"title":"Ferry talks in the USA","text":"Talks go on.\n\nShips wait."}
    {"title":null,"text":"Ferry strike ends\n\nShips sail."}
    -- 1: text
    -- 2: text
    "#);
}

#[test]
fn a_title_that_is_a_field_is_cleaned_too() {
    let records = Records::new(RecordFormat::JsonLines, ["title", "/title", "text"]).title_field("title");
    let input = "{\"title\":\"Ships sail to the USA\",\"text\":\"Ships sail to the USA\\n\\nIt rains.\"}\n";
    insta::assert_snapshot!(shown(&records, input), @r#"
    {"title":"Ships sail to the U.S.","text":"It rains."}
    -- 1: title
    -- 1: text
    "#);
}

#[test]
fn a_table_keeps_its_quotes() {
    let input = "id,text,note\r\n1,\"Owls, \"\"set\"\" free in the USA.\n\n[an error occurred while processing this directive]\",USA\r\n\
                 2,Owls fly to the USA.,x\r\n\r\n3,a,b,c\r\n4,\"open,b\r\n";
    insta::assert_snapshot!(shown(&Records::new(RecordFormat::Csv, ["text"]), input).replace('\r', "␍"), @r#"
    id,text,note␍
    1,"Owls, ""set"" free in the U.S.
    ",USA␍
    2,Owls fly to the U.S.,x␍
    ␍
    3,a,b,c␍
    4,"open,b␍
    -- 1: text
    -- 2: text
    -- 3! it has 4 columns, and the header has 3
    -- 4! a field begins with a quote and does not end with one
    "#);
}

#[test]
fn a_field_is_quoted_where_it_has_to_be() {
    let input = "text\n[an error occurred while processing this directive]\"Owls\" is a poem.\n";
    let input = format!("{input}[an error occurred while processing this directive]\n");
    insta::assert_snapshot!(shown(&Records::new(RecordFormat::Csv, ["text"]), &input), @r#"
    text
    """Owls"" is a poem."
    ""
    -- 1: text
    -- 2: text
    "#);
}

#[test]
fn columns_are_found_by_name_number_and_delimiter() {
    let csv = |names: &[&str]| Records::new(RecordFormat::Csv, names.iter().copied());
    let row = "7;Owls fly to the USA.\n";
    assert!(shown(&csv(&["text"]), &format!("\u{FEFF}id;text\n{row}")).contains("U.S."));
    assert!(shown(&csv(&["2"]), "1,Owls fly to the USA.\n").contains("1: 2"));
    let error = clean_in_pieces(&csv(&["body"]), b"id,text\n1,x\n", 1).expect_err("there is none");
    assert_eq!(error.to_string(), "there is no column 'body'; there are 'id', 'text'");
    assert_eq!(shown(&csv(&["body"]), ""), "");
}

#[test]
fn half_a_pair_and_nul_stay() {
    let input = r#"{"text":"\ud83d in the USA. \u0000 \udc00\ud83d\ude00 the USA."}"#;
    let want = r#"{"text":"\ud83d in the U.S. \u0000 \udc00\ud83d\ude00 the U.S."}"#;
    assert_eq!(String::from_utf8_lossy(&clean(&lines(), input.as_bytes()).cleaned.text), want);
}

const PARTS: &[&str] = &[
    "{\"text\":\"",
    "\"}",
    "\n",
    "\r\n",
    "Ships sail to the USA.",
    "\\n\\n",
    "\\u00e9",
    "\\ud83d",
    "\"",
    ",",
    "\t",
    "text",
    "1",
    "[an error occurred while processing this directive]",
    "Ferry strike ends",
    "\"\"",
    "{",
    "}",
    "é",
    "\u{FEFF}",
    "\\",
];

proptest! {
    /// Whatever comes: nothing is lost, pieces make no difference, and cleaning twice is cleaning once.
    #[test]
    fn any_records(parts in prop::collection::vec(select(PARTS), 0..30), format in 0..3_usize, header: bool, titled: bool) {
        let format = [RecordFormat::JsonLines, RecordFormat::Csv, RecordFormat::Tsv][format];
        let mut records = Records::new(format, if format == RecordFormat::JsonLines { ["text"] } else { ["1"] });
        if titled {
            records = records.title_field(if format == RecordFormat::JsonLines { "title" } else { "1" });
        }
        let input = if header { "text\n" } else { "" }.to_owned() + &parts.concat();
        // Without a header and without a first row there are no columns.
        prop_assume!(clean_in_pieces(&records, input.as_bytes(), 1).is_ok());
        let once = clean(&records, input.as_bytes());
        let twice = clean(&records, &once.cleaned.text);
        prop_assert_eq!(String::from_utf8_lossy(&twice.cleaned.text), String::from_utf8_lossy(&once.cleaned.text));
    }

    /// A field is cleaned as its text is.
    #[test]
    fn a_record_is_cleaned_as_its_text(paragraphs in prop::collection::vec(select(crate::records::tests::TEXTS), 0..6), csv: bool) {
        let text = paragraphs.join("\n\n");
        let want = Cleaner::default().clean(&text).text;
        let (format, input) = match csv {
            false => (RecordFormat::JsonLines, serde_json::json!({ "id": 7, "text": text }).to_string()),
            true => (RecordFormat::Csv, format!("id,text\n7,\"{}\"\n", text.replace('"', "\"\""))),
        };
        let out = clean(&Records::new(format, ["text"]), input.as_bytes());
        let got = String::from_utf8_lossy(&out.cleaned.text);
        match csv {
            false => prop_assert_eq!(&serde_json::from_str::<serde_json::Value>(&got).expect("it is JSON")["text"], &want),
            true => prop_assert_eq!(got, format!("id,text\n7,\"{}\"\n", want.replace('"', "\"\""))),
        }
    }
}

const TEXTS: &[&str] = &[
    "Ferry strike ends",
    "The mayor said \"yes\" to ships from the USA.",
    "Ships sail to the USA… \\ every week.",
    "[an error occurred while processing this directive]",
    "A crossing takes two hours if the U.S.",
    "Cafés by the quay, “Owl” among them, are full.",
];
