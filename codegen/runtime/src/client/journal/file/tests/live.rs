//! What `unsettled` says while lines are written, and what the file says then.

use std::future::Future;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::task::{Context, Waker};

use super::*;

/// A file whose `fsync` waits to be let through.
#[derive(Debug)]
struct Gated {
    placed: Placed,
    entered: Mutex<Sender<()>>,
    gate: Mutex<Receiver<()>>,
}

impl Storage for Gated {
    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        self.placed.write(bytes)
    }

    fn sync(&self) -> io::Result<()> {
        lock(&self.entered).send(()).unwrap();
        lock(&self.gate).recv().unwrap();
        self.placed.sync()
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

/// A journal on a path, what says that its `fsync` has begun, and what lets that go on.
pub(super) async fn gated(path: &Path) -> (FileJournal, Receiver<()>, Sender<()>) {
    drop(FileJournal::open(path).await.unwrap());
    let (entered, has_entered) = channel();
    let (go_on, gate) = channel();
    let placed = Placed { file: storage::open(path).unwrap(), path: path.to_owned() };
    let contents = reading::read(&placed.file).unwrap();
    let storage = Gated { placed, entered: Mutex::new(entered), gate: Mutex::new(gate) };
    (FileJournal::over(storage, contents), has_entered, go_on)
}

/// Begins something and drops it while its line is on the way to the disk.
fn begin_and_drop<T>(future: impl Future<Output = T>, has_entered: &Receiver<()>) {
    let mut future = Box::pin(future);
    assert!(future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    has_entered.recv().unwrap();
}

/// The unsettled entries of a copy of the file.
async fn in_the_file(path: &Path) -> Vec<String> {
    let copy = path.with_extension("copy");
    fs::copy(path, &copy).unwrap();
    ids(&FileJournal::open(&copy).await.unwrap())
}

#[tokio::test]
async fn an_entry_whose_call_is_dropped_is_unsettled_as_long_as_it_is_in_the_file() {
    let folder = folder();
    let path = folder.path().join("journal");
    let (journal, has_entered, go_on) = gated(&path).await;
    for id in 0..20 {
        begin_and_drop(journal.open(&entry(id), &holder()), &has_entered);
        journal.release(&holder());
        assert_eq!(ids(&journal).len(), id + 1, "its bytes may be in the file");
        assert_eq!(in_the_file(&path).await, ids(&journal));
        // A line that only waits is in no file, and is given up.
        let (waits, by) = (entry(1000), Holder::new("other"));
        let mut waiting = journal.open(&waits, &by);
        assert!(waiting.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        assert_eq!(ids(&journal).len(), id + 2);
        drop(waiting);
        assert_eq!(ids(&journal).len(), id + 1);
        go_on.send(()).unwrap();
    }
    let claimed = journal.claim(&entry(7), &Holder::new("other")).await.unwrap();
    assert_eq!(claimed, Claimed::Taken, "whoever dropped its call holds it no more");
    drop(go_on);
    let live = ids(&journal);
    drop(journal);
    assert_eq!(in_the_file(&path).await, live);
}

#[tokio::test]
async fn an_entry_is_unsettled_until_its_mark_is_in_the_file() {
    let folder = folder();
    let path = folder.path().join("journal");
    let (journal, has_entered, go_on) = gated(&path).await;
    go_on.send(()).unwrap();
    journal.open(&entry(0), &holder()).await.unwrap();
    has_entered.recv().unwrap();
    let refused = Settlement::of(Refused);
    begin_and_drop(journal.settle(&entry(0), &holder(), &refused), &has_entered);
    journal.release(&holder());
    assert_eq!(ids(&journal), ["entry-0"]);
    go_on.send(()).unwrap();
    // The next line is written after the mark.
    go_on.send(()).unwrap();
    add(&journal, 1).await.unwrap();
    assert_eq!(ids(&journal), ["entry-1"], "the mark was written, whoever waited for it");
    assert_eq!(in_the_file(&path).await, ["entry-1"]);
}

#[tokio::test]
async fn an_entry_that_is_opened_while_the_mark_is_written_leaves_its_group_open() {
    let folder = folder();
    let path = folder.path().join("journal");
    let (journal, has_entered, go_on) = gated(&path).await;
    let grouped = |id| Entry { group: "of both".to_owned(), ..entry(id) };
    let (first, second, other) = (grouped(0), grouped(1), Holder::new("other"));
    go_on.send(()).unwrap();
    journal.open(&first, &holder()).await.unwrap();
    has_entered.recv().unwrap();
    let refused = Settlement::of(Refused);
    let by = holder();
    let mut settling = journal.settle(&first, &by, &refused);
    let mut opening = journal.open(&second, &other);
    let mut context = Context::from_waker(Waker::noop());
    assert!(settling.as_mut().poll(&mut context).is_pending());
    has_entered.recv().unwrap();
    assert!(opening.as_mut().poll(&mut context).is_pending());
    // Both lines are written, and the second call learns what became of its operation, before the first one hears of its mark.
    go_on.send(()).unwrap();
    go_on.send(()).unwrap();
    assert_eq!(opening.await.unwrap(), std::slice::from_ref(&first));
    go_on.send(()).unwrap();
    assert_eq!(ids(&journal), ["entry-1"]);
    let settled = journal.settle(&second, &other, &Settlement::of(Outcome::Done)).await;
    assert!(settled.is_ok_and(|settled| settled == Settled::Closed));
    assert_eq!(settling.await.unwrap(), Settled::OthersOpen, "the second request was sent beside it");
}
