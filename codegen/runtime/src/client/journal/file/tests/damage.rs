//! Files that are no whole journal: an error that names the line, and the file as it was.

use super::*;
use crate::client::journal::file_format::header;

/// A journal with three unsettled entries and a settled one.
async fn written(path: &Path) -> Vec<u8> {
    let journal = FileJournal::open(path).await.unwrap();
    for id in 0..4 {
        add(&journal, id).await.unwrap();
    }
    settle(&journal, 1, Done).await.unwrap();
    assert_eq!(ids(&journal), ["entry-0", "entry-2", "entry-3"]);
    drop(journal);
    fs::read(path).unwrap()
}

/// What opening a file with these bytes says; asserts that it leaves them alone.
async fn refused(path: &Path, bytes: &[u8]) -> String {
    fs::write(path, bytes).unwrap();
    let error = FileJournal::open(path).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    assert!(fs::read(path).unwrap() == bytes, "{error}");
    let text = error.to_string();
    let (what, end) = text.split_once("; ").unwrap_or((&text, ""));
    assert!(end.ends_with("the file was left as it is"), "{text}");
    what.to_owned()
}

fn lines(journal: &[u8]) -> Vec<&str> {
    std::str::from_utf8(journal).unwrap().split_inclusive('\n').collect()
}

#[tokio::test]
async fn what_is_no_journal_is_left_alone() {
    let folder = folder();
    let path = folder.path().join("journal");
    let journal = written(&path).await;
    let text = String::from_utf8(journal.clone()).unwrap();
    let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let files: [(&str, Vec<u8>); 9] = [
        ("an empty file", Vec::new()),
        ("a configuration", b"[database]\nurl = \"postgres://localhost\"\n".to_vec()),
        ("one without a newline", b"{\"database\": {}}".to_vec()),
        ("other line ends", text.replace('\n', "\r\n").into_bytes()),
        ("a byte order mark", format!("\u{feff}{text}").into_bytes()),
        ("another encoding", utf_16),
        ("a space in front", format!(" {text}").into_bytes()),
        ("a line without a newline", text.lines().next().unwrap().as_bytes().to_vec()),
        ("the format before this one", b"{\"open\":{\"id\":\"1\",\"api\":\"cublox\"}} 0123456789abcdef\n".to_vec()),
    ];
    for (name, bytes) in files {
        let said = refused(&path, &bytes).await;
        assert!(said.starts_with("line 1 of the journal is"), "{name}: {said}");
    }
}

#[tokio::test]
async fn the_line_that_was_changed_is_named() {
    let folder = folder();
    let path = folder.path().join("journal");
    let journal = written(&path).await;
    let whole = lines(&journal);
    let with = |number: usize, line: &str| {
        let mut all = whole.clone();
        all[number - 1] = line;
        all.concat().into_bytes()
    };
    let (third, last) = (whole[2], whole[5]);
    let (moved, twice, without) = (
        [whole[0], whole[2], whole[1], whole[3], whole[4], whole[5]].concat(),
        [whole[0], whole[1], whole[1]].concat(),
        [whole[0], whole[2], whole[3]].concat(),
    );
    let files: [(&str, usize, Vec<u8>); 10] = [
        ("one character", 3, with(3, &third.replace("inv-1", "inv-7"))),
        ("the line end", 3, with(3, &third.replace('\n', "\r\n"))),
        ("spaces in front", 3, with(3, &format!("  {third}"))),
        ("an empty line", 3, with(3, &format!("\n{third}"))),
        ("half a line in the middle", 3, with(3, &third[..20])),
        ("two lines", 2, [whole[0], "?\n", "?\n", whole[3]].concat().into_bytes()),
        ("lines that changed places", 2, moved.into_bytes()),
        ("a line that stands twice", 3, twice.into_bytes()),
        ("a line that is missing", 2, without.into_bytes()),
        ("more than a line without its end", 6, with(6, &format!("{}?", last.trim_end()))),
    ];
    for (name, line, bytes) in files {
        let said = refused(&path, &bytes).await;
        assert!(said.starts_with(&format!("line {line} of the journal ")), "{name}: {said}");
    }
}

#[tokio::test]
async fn what_a_newer_version_wrote_is_said_and_left_alone() {
    let folder = folder();
    let path = folder.path().join("journal");
    let newer = Checksum::default().seal("specie-journal 2");
    let said = refused(&path, newer.as_bytes()).await;
    assert_eq!(
        said,
        "line 1 of the journal is the header of a journal of version \"2\", and this program reads version 1"
    );
    let variants = [
        r#"{"paused":{"ids":["1"]}}"#,
        r#"{"settled":{"ids":["1"],"outcome":"reversed"}}"#,
        r#"{"settled":{"ids":["1"],"outcome":"done","by":"somebody"}}"#,
        r#"{"open":{"v":1,"id":"1","api":"a","operation":"o","group":"g","time":1,"hash":"00","until":7}}"#,
    ];
    for text in variants {
        let mut checksum = Checksum::default();
        let file = header(&mut checksum) + &checksum.seal(text);
        let said = refused(&path, file.as_bytes()).await;
        assert_eq!(said, "line 2 of the journal is of a kind that this program does not know");
    }
}

#[tokio::test]
async fn no_changed_bit_loses_an_entry() {
    let folder = folder();
    let path = folder.path().join("journal");
    let journal = written(&path).await;
    for place in 0..journal.len() * 8 {
        let mut bytes = journal.clone();
        bytes[place / 8] ^= 1 << (place % 8);
        // As `open` reads it; that it leaves the file alone on an error is tested above.
        match reading::parse(&bytes[..]) {
            Ok(contents) => {
                let found: Vec<_> = contents.table.list().into_iter().map(|entry| entry.id).collect();
                assert_eq!(found, ["entry-0", "entry-2", "entry-3"], "bit {place}");
            }
            Err(error) => assert!(error.to_string().starts_with("line "), "bit {place}: {error}"),
        }
    }
}
