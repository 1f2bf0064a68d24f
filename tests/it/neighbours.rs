//! A generated crate changes nothing in a program that depends on it: its reqwest and its rustls do what they did alone.
//!
//! And what is generated fits into programs of others: as a module, from a build script, with an `xtask` of their own, beside a newer runtime.
//!
//! The programs stand in `tests/neighbours`. Each is built alone and beside a generated crate, and run against listeners on loopback with a
//! certificate that is made here; what the two print has to be the same, and the generated crate's own https has to work.

mod listeners;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::support::checkout;
use listeners::Listeners;

/// Builds a program and gives its path; a copy, since the next build writes to the same place.
fn build(program: &str, beside: bool) -> PathBuf {
    let target = checkout().join("target/neighbours");
    let mut command = Command::new(env!("CARGO"));
    command
        .args(["build", "--quiet", "--locked", "--package", program])
        .current_dir(checkout().join("tests/neighbours"));
    if beside {
        command.args(["--features", "beside"]);
    }
    let output = command.env("CARGO_TARGET_DIR", &target).output().expect("cargo runs");
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    let built = target.join("debug").join(program);
    let kept = target.join(format!("{program}-{}", if beside { "beside" } else { "alone" }));
    std::fs::copy(built, &kept).expect("a program");
    kept
}

/// What a program prints, and what the generated crate in it says.
fn run(program: &PathBuf, listeners: &Listeners, install: &str) -> (String, String) {
    let mut command = Command::new(program);
    for proxy in ["http_proxy", "https_proxy", "all_proxy", "no_proxy"] {
        command.env_remove(proxy).env_remove(proxy.to_uppercase());
    }
    command.envs(listeners.settings()).env("INSTALL", install).env("RUST_BACKTRACE", "0");
    let output = command.output().expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    assert!(output.status.success(), "{}", text(output.stderr));
    (text(output.stdout), text(output.stderr))
}

/// Compares a program alone with the same program beside a generated crate, and gives what both print for each of the settings.
fn compare(program: &str, installs: &[&str]) -> Vec<String> {
    let listeners = Listeners::start();
    let (alone, beside) = (build(program, false), build(program, true));
    let compared = installs.iter().map(|install| {
        let (expected, _) = run(&alone, &listeners, install);
        let (printed, told) = run(&beside, &listeners, install);
        assert_eq!(printed, expected, "{program}, provider installed: {install}");
        let calls: Vec<_> = told.lines().filter(|line| line.starts_with("beside: ")).collect();
        assert_eq!(calls, ["beside: Some(404)"; 2], "{program}, provider installed: {install}: {told}");
        expected
    });
    compared.collect()
}

/// The features that cargo turns on for a program whose only dependency is a generated crate, as lines like `rustls feature "std"`.
fn features() -> Vec<String> {
    let mut command = Command::new(env!("CARGO"));
    command.args(["tree", "--locked", "--package", "cublox", "--edges", "normal,features", "--prefix", "none"]);
    let output = command.current_dir(checkout()).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text").lines().map(|line| line.replace(" (*)", "")).collect()
}

#[test]
fn no_feature_chooses_for_the_rest_of_the_program() {
    let features = features();
    let of = |name: &str| -> BTreeSet<_> {
        let prefix = format!("{name} feature ");
        features.iter().filter_map(|line| line.strip_prefix(&prefix).map(|feature| feature.trim_matches('"'))).collect()
    };
    assert_eq!(of("rustls"), BTreeSet::from(["std"]));
    assert_eq!(of("tokio-rustls"), BTreeSet::new());
    assert!(!of("rustls-webpki").contains("ring") && !of("rustls-webpki").contains("aws-lc-rs"));
    assert!(of("hyper-util").contains("client-proxy") && !of("hyper-util").contains("client-proxy-system"));
    assert!(!features.iter().any(|line| line.starts_with("reqwest ")), "{features:?}");
}

/// What a program prints.
fn printed(program: &str) -> String {
    let output = Command::new(build(program, false)).output().expect("the program runs");
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// Runs cargo in the programs' workspace, as its owner would.
fn cargo(arguments: &[&str], packages: &[&str], more: &[&str]) {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).args(packages.iter().flat_map(|package| ["--package", package])).args(more);
    command.current_dir(checkout().join("tests/neighbours")).env("RUSTDOCFLAGS", "-D warnings");
    let output = command.env("CARGO_TARGET_DIR", checkout().join("target/neighbours")).output().expect("cargo runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
#[ignore = "builds much; .ci/judges runs it"]
fn an_earlier_crate_works_with_this_runtime() {
    let expected = "ordered 1 for 10.10\n\
        refused: createOrder: 422 Unprocessable Entity (refused), Refused\n\
        listed 2 as paid for 1.50\n\
        Some(501)\n";
    assert_eq!(printed("earlier-program"), expected);
}

#[test]
#[ignore = "builds much; .ci/judges runs it"]
fn a_build_script_makes_a_module() {
    assert_eq!(printed("in-build-script"), "ordered 7 for 10.00\n");
}

/// Its module, with a server and a fake in a crate of edition 2021, is committed, and an `xtask` of the repository's own says that it is as
/// it should be.
#[test]
#[ignore = "builds much; .ci/judges runs it"]
fn a_module_in_a_crate_is_kept_by_an_xtask() {
    let mut xtask = Command::new(build("own-xtask", false));
    xtask.args(["generate", "shop.yaml", "--out", "in-module/src/api", "--module", "crate::api", "--side", "fake"]);
    let output = xtask.arg("--check").current_dir(checkout().join("tests/neighbours")).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(printed("in-module"), "ordered 7 for 10.00\n");
}

/// Editions 2021 and 2024, `missing_docs`, `unreachable_pub` and clippy's pedantic lints.
#[test]
#[ignore = "builds much; .ci/judges runs it"]
fn the_tools_of_another_workspace_accept_what_is_generated() {
    let hosts = ["in-build-script", "in-module"];
    cargo(&["fmt", "--check"], &hosts, &[]);
    let packages = [hosts[0], hosts[1], "shop"];
    cargo(&["clippy", "--quiet"], &packages, &["--", "-D", "warnings"]);
    cargo(&["doc", "--quiet", "--no-deps", "--document-private-items"], &packages, &[]);
}

/// `rustfmt FILE`, as editors call it, knows nothing of the attribute above the module.
#[test]
fn the_files_of_a_module_are_left_as_they_are_one_by_one() {
    let folder = checkout().join("tests/neighbours/in-module/src/api");
    let files = fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("a file").path());
    let files: Vec<_> = files.filter(|file| file.extension().is_some_and(|ending| ending == "rs")).collect();
    assert!(files.len() > 1, "{files:?}");
    let output = Command::new("rustfmt").args(["--check", "--edition", "2024"]).args(files).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

/// The program has a receiver of OTLP of its own, and prints what that is sent below its log.
#[test]
#[ignore = "builds much; .ci/judges runs it"]
fn telemetry_arrives_at_a_receiver_of_otlp() {
    let printed = printed("otlp");
    let (log, sent): (Vec<_>, Vec<_>) = printed.lines().partition(|line| line.starts_with(' '));

    // One event at the end of each call, as a plain `fmt` layer shows it.
    let ends = [
        (" INFO call{", "}: call finished operation=\"listPayoutServices\" outcome=\"done\" "),
        (" INFO call{", "}: call finished operation=\"getPayoutInvoice\" outcome=\"refused\" "),
        (
            " WARN call{",
            "}: call finished; nobody knows whether the operation happened operation=\"createPayoutInvoice\" outcome=\"unknown\" ",
        ),
    ];
    assert_eq!(log.len(), ends.len(), "{printed}");
    for (line, (beginning, end)) in log.iter().zip(ends) {
        assert!(line.starts_with(beginning) && line.contains(end), "{line}");
    }
    assert!(!printed.contains("4111111111111111"), "{printed}");

    // The port is chosen by the system; the server's span is the child of the client's, over a socket.
    let sent = sent.join("\n");
    let (before, after) = sent.split_once("127.0.0.1 server.port=").expect("the server's address");
    let after = after.trim_start_matches(|digit: char| digit.is_ascii_digit());
    assert_eq!(format!("{before}127.0.0.1 server.port=…{after}\n"), include_str!("neighbours/telemetry.txt"));
}

#[test]
fn a_reqwest_without_tls_stays_one() {
    let printed = compare("plain-reqwest", &["never"]).remove(0);
    assert!(printed.contains("http, after: HTTP/1.1 404"), "{printed}");
    assert!(printed.contains("https, after: error: "), "{printed}");
}

#[test]
#[ignore = "builds much; .ci/judges runs it"]
fn a_reqwest_with_rustls_stays_one() {
    let printed = compare("reqwest-rustls", &["never"]).remove(0);
    assert!(printed.contains("https, after: HTTP/1.1 404"), "{printed}");
    assert!(printed.contains("https of TLS 1.2, after: HTTP/1.1 404"), "{printed}");
}

#[test]
#[ignore = "builds much; .ci/judges runs it"]
fn a_reqwest_with_a_provider_of_the_process_keeps_it_and_misses_it() {
    let printed = compare("reqwest-provider", &["before", "never"]);
    assert!(printed[0].contains("https, after: HTTP/1.1 404"), "{}", printed[0]);
    assert!(printed[1].contains("https, after: panic: No rustls crypto provider"), "{}", printed[1]);
}

#[test]
#[ignore = "needs the system's OpenSSL; .ci/judges runs it"]
fn a_reqwest_with_the_tls_of_the_system_stays_one() {
    let printed = compare("reqwest-native-tls", &["never"]).remove(0);
    assert!(printed.contains("https, after: HTTP/1.1 404"), "{printed}");
}

/// Whenever the provider is installed, and also if it is not: with TLS 1.3 alone, since the program does not ask for more.
fn rustls_is_the_same(program: &str) {
    for printed in compare(program, &["before", "after", "never"]) {
        assert!(printed.contains("https again: HTTP/1.1 404 over Some(TLSv1_3)"), "{printed}");
        assert!(printed.contains("https of TLS 1.2: error: "), "{printed}");
    }
}

#[test]
#[ignore = "builds much; .ci/judges runs it"]
fn a_rustls_with_ring_stays_one() {
    rustls_is_the_same("rustls-ring");
}

#[test]
#[ignore = "builds much; .ci/judges runs it"]
fn a_rustls_with_aws_lc_rs_stays_one() {
    rustls_is_the_same("rustls-aws-lc");
}

#[test]
#[ignore = "builds much; .ci/judges runs it"]
fn a_rustls_without_a_provider_still_has_none() {
    let printed = compare("rustls-bare", &["never"]).remove(0);
    assert!(printed.contains("https again: panic: "), "{printed}");
}
