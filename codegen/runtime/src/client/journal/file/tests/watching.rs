//! Somebody moves, replaces or empties the file while it is open.

use std::task::{Context, Waker};

use super::live::gated;
use super::*;

async fn started(path: &Path) -> FileJournal {
    let journal = FileJournal::open(path).await.unwrap();
    add(&journal, 0).await.unwrap();
    journal
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_was_moved_takes_no_line_until_it_is_back() {
    let folder = folder();
    let (path, away) = (folder.path().join("journal"), folder.path().join("journal.1"));
    let journal = started(&path).await;
    journal.claim(&entry(0), &holder()).await.unwrap();
    let before = fs::read(&path).unwrap();
    for replaced in [false, true] {
        fs::rename(&path, &away).unwrap();
        if replaced {
            fs::write(&path, "").unwrap();
        }
        let error = journal.open(&entry(1), &holder()).await.unwrap_err();
        assert!(error.to_string().starts_with("the journal's file was moved"), "{error}");
        assert!(journal.renew(&holder()).await.is_err(), "nor is anything sent for what is in it");
        assert!(journal.settle(&entry(0), &holder(), &Settlement::of(Done)).await.is_err());
        assert_eq!(ids(&journal), ["entry-0"]);
        assert!(fs::read(&away).unwrap() == before);
        fs::rename(&away, &path).unwrap();
    }
    assert!(journal.renew(&holder()).await.unwrap());
    journal.release(&holder());
    add(&journal, 1).await.unwrap();
    drop(journal);
    assert_eq!(ids(&FileJournal::open(&path).await.unwrap()), ["entry-0", "entry-1"]);
}

#[cfg(unix)]
#[tokio::test]
async fn a_line_that_went_with_a_moved_file_is_taken_back() {
    let folder = folder();
    let (path, away) = (folder.path().join("journal"), folder.path().join("journal.1"));
    let (journal, has_entered, go_on) = gated(&path).await;
    let before = fs::read(&path).unwrap();
    let (entry, holder) = (entry(0), holder());
    let mut opening = journal.open(&entry, &holder);
    assert!(opening.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    has_entered.recv().unwrap();
    fs::rename(&path, &away).unwrap();
    // For the line, and for taking it back.
    go_on.send(()).unwrap();
    go_on.send(()).unwrap();
    let error = opening.await.unwrap_err();
    assert!(error.to_string().starts_with("the journal's file was moved"), "{error}");
    assert!(ids(&journal).is_empty() && fs::read(&away).unwrap() == before);
}

#[tokio::test]
async fn a_file_that_was_copied_and_emptied_takes_no_line() {
    let folder = folder();
    let (path, copy) = (folder.path().join("journal"), folder.path().join("journal.1"));
    let journal = started(&path).await;
    journal.claim(&entry(0), &holder()).await.unwrap();
    fs::copy(&path, &copy).unwrap();
    fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(0).unwrap();
    assert!(journal.renew(&holder()).await.is_err(), "nothing is sent for what is no longer in it");
    let error = journal.open(&entry(1), &holder()).await.unwrap_err();
    assert!(error.to_string().starts_with("somebody else cut or wrote the journal's file"), "{error}");
    assert_eq!(ids(&journal), ["entry-0"]);
    assert_eq!(fs::metadata(&path).unwrap().len(), 0);
    drop(journal);
    let error = FileJournal::open(&path).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::InvalidData, "nobody begins anew beside what is open");
    fs::rename(&copy, &path).unwrap();
    assert_eq!(ids(&FileJournal::open(&path).await.unwrap()), ["entry-0"]);
}

#[tokio::test]
async fn a_file_that_somebody_else_wrote_to_takes_no_line() {
    let folder = folder();
    let path = folder.path().join("journal");
    let journal = started(&path).await;
    let before = fs::read(&path).unwrap();
    fs::write(&path, [&before[..], b"?"].concat()).unwrap();
    let error = journal.open(&entry(1), &holder()).await.unwrap_err();
    assert!(error.to_string().starts_with("somebody else cut or wrote the journal's file"), "{error}");
    assert_eq!(ids(&journal), ["entry-0"]);
    assert!(fs::read(&path).unwrap() == [&before[..], b"?"].concat());
}
