use std::fs;

use tempfile::TempDir;

use super::*;
use crate::outcome::Outcome::{Done, Refused};

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn entry(id: usize) -> Entry {
    Entry {
        id: format!("entry-{id}"),
        api: "cublox".into(),
        operation: "pay".into(),
        reference: Some(format!("inv-{id}")),
        key: None,
        time: 1_700_000_000_000,
        hash: "00".into(),
    }
}

fn ids(journal: &FileJournal) -> Vec<String> {
    journal.unsettled().iter().map(|entry| entry.id().to_owned()).collect()
}

#[tokio::test]
async fn what_is_not_settled_is_there_after_a_restart() {
    let folder = folder();
    let path = folder.path().join("journal");
    let journal = FileJournal::open(&path).await.unwrap();
    for id in 0..4 {
        journal.open(&entry(id)).await.unwrap();
    }
    journal.settle(&entry(1), Done).await.unwrap();
    journal.settle(&entry(2), Refused).await.unwrap();
    assert_eq!(ids(&journal), ["entry-0", "entry-3"]);
    drop(journal);
    let journal = FileJournal::open(&path).await.unwrap();
    assert_eq!(journal.unsettled(), [entry(0), entry(3)]);
    journal.settle(&entry(0), Done).await.unwrap();
    assert_eq!(ids(&FileJournal::open(&path).await.unwrap()), ["entry-3"]);
}

#[tokio::test]
async fn wherever_the_last_line_is_torn_it_is_cut_off_and_the_file_goes_on() {
    let folder = folder();
    let path = folder.path().join("journal");
    let journal = FileJournal::open(&path).await.unwrap();
    journal.open(&entry(1)).await.unwrap();
    let whole = fs::read(&path).unwrap().len();
    journal.open(&entry(2)).await.unwrap();
    let text = fs::read(&path).unwrap();
    for end in whole..text.len() {
        fs::write(&path, &text[..end]).unwrap();
        let journal = FileJournal::open(&path).await.unwrap();
        assert_eq!(ids(&journal), ["entry-1"], "{end}");
        journal.open(&entry(3)).await.unwrap();
        assert_eq!(ids(&FileJournal::open(&path).await.unwrap()), ["entry-1", "entry-3"], "{end}");
    }
}

#[tokio::test]
async fn damage_that_is_no_torn_end_is_an_error() {
    let folder = folder();
    let path = folder.path().join("journal");
    let journal = FileJournal::open(&path).await.unwrap();
    for id in 0..3 {
        journal.open(&entry(id)).await.unwrap();
    }
    let mut text = fs::read_to_string(&path).unwrap();
    let place = text.find("inv-1").unwrap();
    text.replace_range(place..place + 5, "inv-7");
    fs::write(&path, &text).unwrap();
    let error = FileJournal::open(&path).await.unwrap_err();
    let line = text.lines().next().unwrap().len() + 1;
    assert_eq!(error.to_string(), format!("the journal is damaged at byte {line}"));
    assert_eq!(fs::read_to_string(&path).unwrap(), text, "what cannot be read is not touched");
}

#[tokio::test]
async fn many_at_a_time_are_all_written() {
    let folder = folder();
    let path = folder.path().join("journal");
    let journal = FileJournal::open(&path).await.unwrap();
    let each = (0..200).map(|id| {
        let journal = journal.clone();
        tokio::spawn(async move {
            journal.open(&entry(id)).await.unwrap();
            if id % 2 == 0 {
                journal.settle(&entry(id), Done).await.unwrap();
            }
        })
    });
    for task in each.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    assert_eq!(journal.unsettled().len(), 100);
    let mut found = ids(&FileJournal::open(&path).await.unwrap());
    found.sort();
    let mut expected: Vec<_> = (0..200).filter(|id| id % 2 == 1).map(|id| format!("entry-{id}")).collect();
    expected.sort();
    assert_eq!(found, expected);
}

#[tokio::test]
async fn after_an_error_nothing_is_added_behind_what_may_be_half_a_line() {
    let folder = folder();
    let path = folder.path().join("journal");
    fs::write(&path, "").unwrap();
    let shared = Shared {
        // Opened for reading alone, it takes no line.
        file: Mutex::new(File::open(&path).unwrap()),
        queue: Mutex::default(),
        open: Mutex::default(),
    };
    let journal = FileJournal(Arc::new(shared));
    journal.open(&entry(1)).await.unwrap_err();
    let error = journal.open(&entry(2)).await.unwrap_err();
    assert_eq!(error.to_string(), "the journal failed before; open it again");
    assert!(journal.unsettled().is_empty());
}

#[test]
fn a_runtime_that_ends_leaves_nobody_waiting() {
    let folder = folder();
    let path = folder.path().join("journal");
    let runtime = || tokio::runtime::Builder::new_current_thread().build().unwrap();
    let journal = runtime().block_on(FileJournal::open(&path)).unwrap();
    lock(&journal.0.queue).is_served = true;
    // A task that is dropped unrun, as a runtime does that shuts down.
    drop(Service { shared: Arc::clone(&journal.0), is_over: false });
    runtime().block_on(journal.open(&entry(1))).unwrap();
    assert_eq!(ids(&journal), ["entry-1"]);
}

#[cfg(unix)]
#[tokio::test]
async fn a_new_file_is_its_owners() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let path = folder.path().join("journal");
    FileJournal::open(&path).await.unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}
