//! Settling by hand.

use super::*;
use crate::client::FileJournal;
use crate::outcome::Outcome::Duplicate;

async fn left_open(journal: impl Journal + Clone) -> Vec<Entry> {
    let script = broken().fail(|| TransportError::interrupted("the connection broke"));
    let options = Options::new().environment(Simulated::new(1)).retry(RetryPolicy::never());
    let builder = ApiClientBuilder::new(&API).base(0, "https://api.example.com");
    let client = builder.options(options.journal(journal.clone(), KEY.to_vec())).transport(script).build().unwrap();
    for _ in 0..2 {
        Call::new(&client, Unique::new()).await.unwrap_err();
    }
    journal.list().await.unwrap()
}

const REASON: &str = "case 4711: support says\nthat it never arrived";

#[tokio::test]
async fn an_entry_can_be_settled_by_hand_for_a_reason_that_is_kept() {
    let journal = MemoryJournal::new();
    let entries = left_open(journal.clone()).await;
    journal.settle_by_hand(&entries[0], Refused, REASON).await.unwrap();
    let settlement = Settlement::of(Refused).because(REASON);
    assert_eq!(journal.settled(), [(entries[0].clone(), settlement.clone()), (entries[1].clone(), settlement)]);
    assert!(journal.unsettled().is_empty(), "with all of its reference");
    let error = journal.settle_by_hand(&entries[1], Done, REASON).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::NotFound);
}

#[tokio::test]
async fn a_file_keeps_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    let journal = FileJournal::open(&path).await.unwrap();
    let entries = left_open(journal.clone()).await;
    journal.settle_by_hand(&entries[1], Duplicate, REASON).await.unwrap();
    drop(journal);
    assert!(FileJournal::open(&path).await.unwrap().unsettled().is_empty());
    let text = std::fs::read_to_string(&path).unwrap();
    let kept = r#""outcome":"duplicate","reason":"case 4711: support says\nthat it never arrived"}}"#;
    assert!(text.contains(kept), "{text}");
}

#[tokio::test]
async fn what_is_not_known_has_no_reason_or_is_under_way_is_not_settled_by_hand() {
    let journal = MemoryJournal::new();
    let entries = left_open(journal.clone()).await;
    for (outcome, reason) in [(Unknown, REASON), (Done, ""), (Done, " \n")] {
        let error = journal.settle_by_hand(&entries[0], outcome, reason).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidInput);
    }
    let holder = Holder::new("a call");
    journal.claim(&entries[0], &holder).await.unwrap();
    for entry in &entries {
        let error = journal.settle_by_hand(entry, Refused, REASON).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::WouldBlock);
    }
    assert_eq!(journal.unsettled(), entries);
    journal.release(&holder);
    std::sync::Arc::new(journal.clone()).settle_by_hand(&entries[0], Refused, REASON).await.unwrap();
    assert!(journal.unsettled().is_empty());
}

#[tokio::test]
async fn nothing_is_settled_by_hand_while_another_call_of_the_reference_is_under_way() {
    let folder = tempfile::tempdir().unwrap();
    let memory = MemoryJournal::new();
    let file = FileJournal::open(folder.path().join("journal")).await.unwrap();
    let journals: [Arc<dyn Journal>; 2] = [Arc::new(memory), Arc::new(file)];
    for journal in journals {
        let entries = left_open(Arc::clone(&journal)).await;
        // Whoever held these when the next call began has let go of them since.
        let (earlier, later) = (Holder::new("earlier"), Holder::new("later"));
        journal.claim(&entries[0], &earlier).await.unwrap();
        let next = serde_json::to_string(&entries[0]).unwrap().replace(entries[0].id(), "another");
        let next: Entry = serde_json::from_str(&next).unwrap();
        journal.open(&next, &later).await.unwrap();
        journal.release(&earlier);
        for outcome in [Done, Duplicate, Refused, NotSent] {
            let error = journal.settle_by_hand(&entries[0], outcome, REASON).await.unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::WouldBlock, "{outcome:?}");
        }
        assert!(journal.renew(&later).await.unwrap(), "its call goes on");
        journal.release(&later);
        journal.settle_by_hand(&entries[0], Done, REASON).await.unwrap();
        assert!(journal.list().await.unwrap().is_empty());
    }
}
