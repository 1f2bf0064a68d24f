use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};

use tempfile::TempDir;

use super::*;
use crate::outcome::Outcome::{Done, Duplicate, NotSent, Refused};

mod damage;
mod live;
mod watching;

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn entry(id: usize) -> Entry {
    Entry {
        v: 1,
        id: format!("entry-{id}"),
        api: "cublox".into(),
        operation: "pay".into(),
        group: format!("group-{id}"),
        reference: Some(format!("inv-{id}")),
        key: None,
        time: 1_700_000_000_000,
        hash: "00".into(),
    }
}

fn holder() -> Holder {
    Holder::new("holder")
}

/// Adds an entry whose call is over.
async fn add(journal: &FileJournal, id: usize) -> io::Result<()> {
    journal.open(&entry(id), &holder()).await.map(|others| assert!(others.is_empty()))?;
    journal.release(&holder());
    Ok(())
}

async fn settle(journal: &FileJournal, id: usize, outcome: Outcome) -> io::Result<()> {
    journal.claim(&entry(id), &holder()).await?;
    let settled = journal.settle(&entry(id), &holder(), &Settlement::of(outcome)).await;
    journal.release(&holder());
    settled.map(|settled| assert_eq!(settled, Settled::Closed))
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
        add(&journal, id).await.unwrap();
    }
    settle(&journal, 1, Done).await.unwrap();
    settle(&journal, 2, Refused).await.unwrap();
    assert_eq!(ids(&journal), ["entry-0", "entry-3"]);
    drop(journal);
    let journal = FileJournal::open(&path).await.unwrap();
    assert_eq!(journal.unsettled(), [entry(0), entry(3)]);
    settle(&journal, 0, Done).await.unwrap();
    drop(journal);
    assert_eq!(ids(&FileJournal::open(&path).await.unwrap()), ["entry-3"]);
}

#[tokio::test]
async fn wherever_the_last_line_is_torn_it_is_cut_off_and_the_file_goes_on() {
    let folder = folder();
    let path = folder.path().join("journal");
    let journal = FileJournal::open(&path).await.unwrap();
    add(&journal, 1).await.unwrap();
    let whole = fs::read(&path).unwrap().len();
    add(&journal, 2).await.unwrap();
    drop(journal);
    let text = fs::read(&path).unwrap();
    for end in whole..text.len() {
        fs::write(&path, &text[..end]).unwrap();
        let journal = FileJournal::open(&path).await.unwrap();
        assert_eq!(ids(&journal), ["entry-1"], "{end}");
        add(&journal, 3).await.unwrap();
        drop(journal);
        assert_eq!(ids(&FileJournal::open(&path).await.unwrap()), ["entry-1", "entry-3"], "{end}");
    }
}

#[tokio::test]
async fn damage_that_is_no_torn_end_is_an_error() {
    let folder = folder();
    let path = folder.path().join("journal");
    let journal = FileJournal::open(&path).await.unwrap();
    for id in 0..3 {
        add(&journal, id).await.unwrap();
    }
    drop(journal);
    let mut text = fs::read_to_string(&path).unwrap();
    let place = text.find("inv-1").unwrap();
    text.replace_range(place..place + 5, "inv-7");
    fs::write(&path, &text).unwrap();
    let error = FileJournal::open(&path).await.unwrap_err();
    let expected = "line 3 of the journal is damaged: it does not end in the checksum of the file up to it; the file was left as it is";
    assert_eq!(error.to_string(), expected);
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
            add(&journal, id).await.unwrap();
            if id % 2 == 0 {
                settle(&journal, id, Done).await.unwrap();
            }
        })
    });
    for task in each.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    assert_eq!(journal.unsettled().len(), 100);
    drop(journal);
    let mut found = ids(&FileJournal::open(&path).await.unwrap());
    found.sort();
    let mut expected: Vec<_> = (0..200).filter(|id| id % 2 == 1).map(|id| format!("entry-{id}")).collect();
    expected.sort();
    assert_eq!(found, expected);
}

/// A file that fails at one point, once.
#[derive(Debug)]
struct Failing {
    placed: Placed,
    at: Point,
    has_failed: AtomicBool,
}

#[derive(Debug, PartialEq)]
enum Point {
    Writing,
    Syncing,
}

impl Failing {
    fn new(path: &Path, at: Point) -> Self {
        let placed = Placed { file: storage::open(path).unwrap(), path: path.to_owned() };
        Self { placed, at, has_failed: AtomicBool::new(false) }
    }

    fn fails(&self, at: &Point) -> bool {
        self.at == *at && !self.has_failed.swap(true, Ordering::SeqCst)
    }
}

impl Storage for Failing {
    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        if !self.fails(&Point::Writing) {
            return self.placed.write(bytes);
        }
        // All lines but the end of the last one still fit.
        self.placed.write(&bytes[..bytes.len() - 5])?;
        Err(io::Error::other("the disk is full"))
    }

    fn sync(&self) -> io::Result<()> {
        if self.fails(&Point::Syncing) { Err(io::Error::other("the disk is broken")) } else { self.placed.sync() }
    }

    fn cut(&self, length: u64) -> io::Result<()> {
        self.placed.cut(length)
    }

    fn length(&self) -> io::Result<u64> {
        self.placed.length()
    }

    fn is_in_place(&self) -> io::Result<bool> {
        self.placed.is_in_place()
    }
}

#[tokio::test]
async fn what_could_not_be_written_is_not_found_after_a_restart() {
    for at in [Point::Writing, Point::Syncing] {
        let folder = folder();
        let path = folder.path().join("journal");
        let first = FileJournal::open(&path).await.unwrap();
        add(&first, 0).await.unwrap();
        drop(first);
        let file = Failing::new(&path, at);
        let contents = reading::read(&file.placed.file).unwrap();
        let journal = FileJournal::over(file, contents);
        // Both wait for the task that writes, which has more to come when it fails.
        journal.0.lock().is_served = true;
        let service = Service::new(Arc::clone(&journal.0));
        let written = async { tokio::task::spawn_blocking(|| service.run()).await.unwrap() };
        let (one, other) = (entry(1), entry(2));
        let held = holder();
        let (one, other, ()) = tokio::join!(journal.open(&one, &held), journal.open(&other, &held), written);
        assert!(one.is_err() && other.is_err());
        let error = add(&journal, 3).await.unwrap_err();
        assert_eq!(error.to_string(), "the journal failed before; open it again");
        assert_eq!(ids(&journal), ["entry-0"]);
        drop(journal);
        assert_eq!(
            ids(&FileJournal::open(&path).await.unwrap()),
            ["entry-0"],
            "whoever was told so may have called again"
        );
    }
}

#[tokio::test]
async fn what_did_not_happen_is_on_the_disk_before_its_call_says_so() {
    let folder = folder();
    for (outcome, durable) in [(NotSent, true), (Refused, true), (Done, false), (Duplicate, false)] {
        let path = folder.path().join(format!("{outcome:?}"));
        add(&FileJournal::open(&path).await.unwrap(), 1).await.unwrap();
        let file = Failing::new(&path, Point::Syncing);
        let contents = reading::read(&file.placed.file).unwrap();
        let journal = FileJournal::over(file, contents);
        assert_eq!(settle(&journal, 1, outcome).await.is_err(), durable, "{outcome:?}");
    }
}

#[tokio::test]
async fn a_file_belongs_to_one_journal_at_a_time() {
    let folder = folder();
    let path = folder.path().join("journal");
    for number in 0..20 {
        let journal = FileJournal::open(&path).await.unwrap();
        let error = FileJournal::open(&path).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::WouldBlock);
        assert!(error.to_string().starts_with("the journal is open already"), "{error}");
        let clone = journal.clone();
        drop(journal);
        assert!(FileJournal::open(&path).await.is_err(), "a clone has it");
        add(&clone, number).await.unwrap();
        // Right after the last line, with the task that wrote it perhaps still there.
        drop(clone);
    }
}

#[test]
fn a_runtime_that_ends_leaves_nobody_waiting() {
    let folder = folder();
    let path = folder.path().join("journal");
    let runtime = || tokio::runtime::Builder::new_current_thread().build().unwrap();
    let journal = runtime().block_on(FileJournal::open(&path)).unwrap();
    journal.0.lock().is_served = true;
    // A task that is dropped unrun, as a runtime does that shuts down.
    drop(Service::new(Arc::clone(&journal.0)));
    runtime().block_on(add(&journal, 1)).unwrap();
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
