//! The programs of `tests/examples` say the same whether their server is their own or the sandbox (`SPECIE_TARGET=sandbox`).

use std::process::{Command, Output};

use crate::support::checkout;

#[derive(Clone, Copy, Debug)]
enum Server {
    Own,
    Sandbox,
}

const SERVERS: [Server; 2] = [Server::Own, Server::Sandbox];

fn output(example: &str, server: Server) -> Output {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--quiet", "--locked", "--package", "specie-tests", "--example", example]);
    if !cfg!(debug_assertions) {
        command.arg("--release");
    }
    match server {
        Server::Own => command.env_remove("SPECIE_TARGET"),
        Server::Sandbox => command.env("SPECIE_TARGET", "sandbox"),
    };
    command.current_dir(checkout()).output().expect("cargo runs")
}

/// What an example prints.
fn printed(example: &str, server: Server) -> Vec<String> {
    let output = output(example, server);
    assert!(output.status.success(), "{example}, {server:?}: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("text");
    text.lines().map(str::to_owned).collect()
}

/// A line without the part of an id that each server makes in its own way.
fn without_ids(line: &str) -> String {
    let mut parts = line.split("cpoi_");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + "cpoi_" + part.trim_start_matches(|char: char| char.is_ascii_alphanumeric()))
}

/// The lines of which each server prints the same. How often a client asks in a minute is left to chance.
fn comparable(lines: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = lines.iter().map(|line| without_ids(line)).collect();
    lines.dedup();
    lines.retain(|line| !line.starts_with("= ask again"));
    lines
}

/// Holds that the lines begin like this, each.
fn assert_begin(lines: &[String], beginnings: &[&str], server: Server) {
    assert_eq!(lines.len(), beginnings.len(), "{server:?}: {lines:#?}");
    for (line, beginning) in lines.iter().zip(beginnings) {
        assert!(line.starts_with(beginning), "{server:?}: {line} does not begin with {beginning}");
    }
}

#[test]
fn whoever_reconciles_or_resumes_sees_the_same_of_both_servers() {
    for (example, ends) in [("reconcile", "= cpoi_3 over 40.00"), ("journal", "a card number in none: true")] {
        let [own, sandbox] = SERVERS.map(|server| printed(example, server));
        assert!(own.iter().any(|line| line.ends_with(ends)), "{own:#?}");
        assert_eq!(comparable(&own), comparable(&sandbox), "{example}");
    }
}

#[test]
fn the_output_in_the_guide_is_what_the_programs_print() {
    for (example, chapter) in [("reconcile", "pay.md"), ("journal", "journal.md")] {
        let guide = std::fs::read_to_string(checkout().join("codegen/book/src").join(chapter)).unwrap();
        let call = format!("$ cargo run -q -p specie-tests --example {example}\n");
        let (_, shown) = guide.split_once(&call).expect("the chapter shows it");
        let (shown, _) = shown.split_once("\n…\n").expect("the output is shortened");
        assert!(printed(example, Server::Own).join("\n").starts_with(shown), "{example}");
    }
}

#[test]
fn a_payout_is_made_refused_or_lost() {
    for server in SERVERS {
        let refused = "no money moved: createPayoutInvoice: 422 Unprocessable Entity (refused)";
        assert_begin(&printed("pay_out", server), &["cpoi_", refused, "ask before you pay again: "], server);
    }
}

#[test]
fn errors_are_the_documented_ones() {
    for server in SERVERS {
        let beginnings = [
            "amount: \"This value should be greater than 0.\"",
            "already created as Some(\"cpoi_",
            "createPayoutInvoice: the document does not give status 418",
        ];
        assert_begin(&printed("documented_errors", server), &beginnings, server);
    }
}

#[test]
fn a_token_that_the_server_takes_no_more_is_renewed() {
    let token = "POST /realms/omno/protocol/openid-connect/token";
    for server in SERVERS {
        let payin = "POST /public/payin";
        let beginnings = ["order-7 is pay-in ", "order-8 is pay-in ", token, payin, payin, token, payin];
        assert_begin(&printed("renew_tokens", server), &beginnings, server);
    }
}

#[test]
fn lists_are_read_to_their_end_and_from_a_position_on() {
    for (server, services) in [(Server::Own, 4), (Server::Sandbox, 5)] {
        let lines = printed("paging", server);
        assert!(lines.contains(&format!("{services} services from page:2 on")), "{lines:#?}");
        let last = lines.last().unwrap();
        assert!(last.starts_with("2 pages asked for, the last one by GET /payout-invoices?page[before]="), "{last}");
    }
}

#[test]
fn callbacks_are_booked_once_whoever_sends_them() {
    let own = printed("webhooks", Server::Own);
    assert!(own.ends_with(&["cpoi_1 is created", "failed once", "cpoi_1 is processed"].map(ledger)), "{own:#?}");
    let sandbox: Vec<String> = printed("webhooks", Server::Sandbox).iter().map(|line| without_ids(line)).collect();
    let booked = ["cpoi_ is processing", "failed once", "cpoi_ is processed", "cpoi_ is processed"].map(ledger);
    assert!(sandbox.ends_with(&booked), "{sandbox:#?}");
    for fault in ["processed: 500, fault: sent twice", "processing: 401, fault: wrong signature"] {
        assert!(sandbox.iter().any(|line| line.ends_with(fault)), "{fault}: {sandbox:#?}");
    }
}

fn ledger(line: &str) -> String {
    format!("ledger: {line}")
}

#[test]
fn the_others_say_why_the_sandbox_is_not_their_server() {
    for example in ["be_the_server", "clear_it", "layer", "limits", "observe", "serve_fake"] {
        let output = output(example, Server::Sandbox);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && told.contains("does not run against the sandbox: "), "{example}: {told}");
    }
}
