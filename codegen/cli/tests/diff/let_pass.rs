//! The file that lets changes pass.

use std::fs;
use std::path::Path;

use crate::support::{add, commit, diff, document, folder};

const ALLOWED: &str = "request-body-became-required";

/// A file that lets one change of the operation pass.
fn allow(folder: &Path, rule: &str, until: &str) {
    let entry = format!(
        "[[allow]]\nrule = \"{rule}\"\noperation = \"POST /coins\"\naudiences = [\"old-clients\"]\nreason = \"Never shipped.\"\nuntil = \"{until}\"\n"
    );
    fs::write(folder.join("diff-allow.toml"), entry).expect("a file");
}

/// The day that the program takes for today.
fn today(folder: &Path) -> String {
    allow(folder, ALLOWED, "2020-01-01");
    let (_, error, _) = diff(folder, &["old.yaml", "new.yaml"]);
    error.split("today is ").nth(1).and_then(|rest| rest.get(..10)).expect("a day").to_owned()
}

/// A day in a year, but for the leap day.
fn next_year(folder: &Path) -> String {
    let today = today(folder);
    let year: u32 = today[..4].parse().expect("a year");
    let day = if &today[5..] == "02-29" { "02-28" } else { &today[5..] };
    format!("{}-{day}", year + 1)
}

#[test]
fn a_file_lets_changes_pass_and_its_own_faults_do_not() {
    let folder = folder();
    let until = next_year(folder.path());
    allow(folder.path(), ALLOWED, &until);
    let (listing, error, code) = diff(folder.path(), &["old.yaml", "new.yaml"]);
    assert!(listing.contains("let pass for old clients: Never shipped.") && code == Some(0), "{listing}{error}");
    let (markdown, _, _) = diff(folder.path(), &["old.yaml", "new.yaml", "--format", "markdown"]);
    assert!(markdown.contains("| let pass |"), "{markdown}");
    // It breaks an audience that the file does not name.
    let (_, error, code) = diff(folder.path(), &["old.yaml", "new.yaml", "--deny", "old-clients,rust-clients"]);
    assert!(error.contains("1 change breaks rust-clients") && code == Some(1), "{error}");
    for (rule, until, expected) in [
        (ALLOWED, "2020-01-01", "diff-allow.toml:6:9: it has expired: it counts until 2020-01-01"),
        (ALLOWED, "9999-12-31", "diff-allow.toml:6:9: `until` is at most a year away"),
        (ALLOWED, "2027-02-31", "diff-allow.toml:6:9: `until` is a day, such as"),
        ("request-body-became-optional", &until, "diff-allow.toml:2:8: no change of `request-body-became-optional`"),
        (
            "no-rule",
            "tomorrow",
            "diff-allow.toml:2:8: there is no rule `no-rule`\ndiff-allow.toml:6:9: `until` is a day",
        ),
    ] {
        allow(folder.path(), rule, until);
        let (_, error, code) = diff(folder.path(), &["old.yaml", "new.yaml"]);
        assert!(error.contains(expected) && code == Some(1), "{error}");
    }
    assert_eq!(diff(folder.path(), &["old.yaml", "new.yaml", "--allow", "absent.toml"]).2, Some(3));
}

/// Writes a document whose request is a text of at most so many characters.
fn limited(folder: &Path, name: &str, most: u32) {
    let text = document("").replace("{type: string}", &format!("{{type: string, maxLength: {most}}}"));
    fs::write(folder.join(name), text).expect("a file");
}

#[test]
fn an_entry_with_values_lets_no_other_ones_pass() {
    let folder = folder();
    let (path, until) = (folder.path(), next_year(folder.path()));
    let entry = |pins: &str| {
        allow(path, "max-length-changed", &until);
        let text = fs::read_to_string(path.join("diff-allow.toml")).expect("the file");
        fs::write(path.join("diff-allow.toml"), format!("{text}{pins}\n")).expect("a file");
        diff(path, &["old.yaml", "new.yaml"])
    };
    limited(path, "old.yaml", 5);
    limited(path, "new.yaml", 4);
    let exact = "before = \"5\"\nafter = \"4\"\nplace = \"request body (text/plain)\"";
    for pins in ["", "after = \"4\"", exact] {
        let (_, error, code) = entry(pins);
        assert!(code == Some(0) && error.is_empty(), "{pins}: {error}");
    }
    limited(path, "new.yaml", 3);
    assert_eq!(entry("").2, Some(0));
    let (_, error, code) = entry(exact);
    let expected = "diff-allow.toml:2:8: no change of `max-length-changed` (5 → 4) breaks these audiences there";
    assert!(error.contains(expected) && code == Some(1), "{error}");
    assert_eq!(entry("place = \".amount\"").2, Some(1));
}

#[test]
fn what_operations_share_is_let_pass_for_all_of_them() {
    let folder = folder();
    let (path, until) = (folder.path(), next_year(folder.path()));
    let shared = |most: u32| {
        let other = "  /notes:\n    get:\n      parameters: [{$ref: '#/components/parameters/Page'}]\n      responses: {'204': {description: None.}}\n";
        let used =
            document("").replace("post:\n", "post:\n      parameters: [{$ref: '#/components/parameters/Page'}]\n");
        let parameter = format!("{{name: page, in: query, schema: {{type: integer, maximum: {most}}}}}");
        format!("{used}{other}components:\n  parameters:\n    Page: {parameter}\n")
    };
    fs::write(path.join("old.yaml"), shared(5)).expect("a file");
    fs::write(path.join("new.yaml"), shared(4)).expect("a file");
    let entry = |operations: &str| {
        allow(path, "maximum-changed", &until);
        let text = fs::read_to_string(path.join("diff-allow.toml")).expect("the file");
        fs::write(path.join("diff-allow.toml"), text.replace("\"POST /coins\"", operations)).expect("a file");
        diff(path, &["old.yaml", "new.yaml"])
    };
    let (listing, error, code) = entry("[\"POST /coins\", \"GET /notes\"]");
    assert!(listing.contains("let pass for old clients") && code == Some(0), "{listing}{error}");
    for too_few in ["\"POST /coins\"", "[\"GET /notes\"]"] {
        let (_, error, code) = entry(too_few);
        assert!(error.contains("diff-allow.toml:2:8: no change of `maximum-changed`") && code == Some(1), "{error}");
    }
    let (_, error, code) = entry("[]");
    assert!(error.contains("diff-allow.toml:3:13: `operation` names none") && code == Some(1), "{error}");
    let (_, error, code) = entry("3");
    assert!(error.contains("an operation, such as \"POST /pets\", or a list") && code == Some(1), "{error}");
}

#[test]
fn an_entry_that_is_merged_lets_no_other_change_pass() {
    let folder = folder();
    let (path, until) = (folder.path(), next_year(folder.path()));
    limited(path, "old.yaml", 5);
    fs::remove_file(path.join("diff-allow.toml")).expect("the file");
    commit(path);
    limited(path, "old.yaml", 4);
    allow(path, "max-length-changed", &until);
    let again = || diff(path, &["--base", "HEAD", "old.yaml"]);
    assert_eq!(again().2, Some(0));
    commit(path);
    limited(path, "old.yaml", 3);
    let (_, error, code) = again();
    assert!(error.contains("1 change breaks old-clients") && code == Some(1), "{error}");
    assert!(
        error.starts_with("diff-allow.toml:2:8: `max-length-changed`: the entry came with a change that is merged"),
        "{error}"
    );
    let text = fs::read_to_string(path.join("diff-allow.toml")).expect("the file");
    // The same reason until another day is no other one.
    let sooner = format!("{}-12-31", &today(path)[..4]);
    for (from, to) in
        [(until.as_str(), sooner.as_str()), ("Never shipped", "Never \u{a0} shipped"), ("Never", " Never")]
    {
        fs::write(path.join("diff-allow.toml"), text.replace(from, to)).expect("a file");
        let (_, error, code) = again();
        assert!(error.contains("came with a change that is merged") && code == Some(1), "{to}: {error}");
    }
    fs::write(path.join("diff-allow.toml"), text.replace("Never shipped", "Nobody sends four")).expect("a file");
    assert_eq!(again().2, Some(0));
}

#[test]
fn a_file_that_is_another_one_in_the_base_makes_no_entry_new() {
    let folder = folder();
    let (path, until) = (folder.path(), next_year(folder.path()));
    let file = path.join("diff-allow.toml");
    let again = |arguments: &[&str]| diff(path, &[&["--base", "HEAD", "old.yaml"], arguments].concat());
    limited(path, "old.yaml", 4);
    allow(path, "max-length-changed", &until);
    commit(path);
    limited(path, "old.yaml", 3);
    // It is copied, and the copy is new.
    fs::copy(&file, path.join("copy.txt")).expect("a file");
    let (_, error, code) = again(&["--allow", "copy.txt"]);
    assert!(error.contains("copy.txt:2:8") && error.contains("is merged") && code == Some(1), "{error}");
    // It is moved.
    fs::rename(&file, path.join("let.toml")).expect("a file");
    add(path);
    let (_, error, code) = again(&["--allow", "let.toml"]);
    assert!(error.contains("let.toml:2:8") && error.contains("is merged") && code == Some(1), "{error}");
    // It could not be read.
    fs::write(&file, "[[allow]\nrule = \"\u{1b}[2J\"\n").expect("a file");
    commit(path);
    allow(path, "max-length-changed", &until);
    let (_, error, code) = again(&[]);
    assert!(error.contains("diff-allow.toml of the base: TOML parse error") && code == Some(1), "{error}");
}

#[cfg(unix)]
#[test]
fn a_link_in_the_base_makes_no_entry_new() {
    let folder = folder();
    let (path, until) = (folder.path(), next_year(folder.path()));
    allow(path, "max-length-changed", &until);
    fs::rename(path.join("diff-allow.toml"), path.join("let.toml")).expect("a file");
    std::os::unix::fs::symlink("let.toml", path.join("diff-allow.toml")).expect("a link");
    limited(path, "old.yaml", 4);
    commit(path);
    limited(path, "old.yaml", 3);
    let (_, error, code) = diff(path, &["--base", "HEAD", "old.yaml"]);
    assert!(error.contains("diff-allow.toml of the base: it is a symbolic link there") && code == Some(1), "{error}");
}

#[test]
fn what_a_person_has_to_judge_can_be_denied() {
    let folder = folder();
    let (path, until) = (folder.path(), next_year(folder.path()));
    fs::remove_file(path.join("diff-allow.toml")).expect("the file");
    let capture = |value: &str| {
        let of = format!(
            "post:\n      parameters: [{{name: capture, in: query, schema: {{type: boolean, default: {value}}}}}]"
        );
        document("").replace("post:", &of)
    };
    fs::write(path.join("old.yaml"), capture("true")).expect("a file");
    fs::write(path.join("new.yaml"), capture("false")).expect("a file");
    assert_eq!(diff(path, &["old.yaml", "new.yaml"]).2, Some(0));
    let denied = ["old.yaml", "new.yaml", "--deny", "old-clients,review"];
    let (_, error, code) = diff(path, &denied);
    assert!(error.contains("1 change is to be reviewed for old-clients") && code == Some(1), "{error}");
    assert_eq!(diff(path, &["old.yaml", "new.yaml", "--deny", "review"]).2, Some(2));
    allow(path, "default-changed", &until);
    let (listing, error, code) = diff(path, &denied);
    assert!(listing.contains("let pass for old clients") && code == Some(0), "{listing}{error}");
    // Nobody said so for servers.
    let annotations = || diff(path, &["old.yaml", "new.yaml", "--format", "github"]).0;
    assert!(annotations().contains("To be reviewed for old servers."), "{}", annotations());
    let text = fs::read_to_string(path.join("diff-allow.toml")).expect("the file");
    let of_both = text.replace("[\"old-clients\"]", "[\"old-clients\", \"old-servers\"]");
    fs::write(path.join("diff-allow.toml"), of_both).expect("a file");
    assert!(!annotations().contains("default-changed"), "{}", annotations());
}

#[test]
fn an_entry_is_of_an_api_that_there_is() {
    let folder = folder();
    let until = next_year(folder.path());
    let file = folder.path().join("diff-allow.toml");
    let of = |api: &str| {
        allow(folder.path(), ALLOWED, &until);
        let text = fs::read_to_string(&file).expect("the file");
        fs::write(&file, text.replace("operation =", &format!("api = \"{api}\"\noperation ="))).expect("a file");
    };
    of("new");
    let (listing, error, code) = diff(folder.path(), &["old.yaml", "new.yaml"]);
    assert!(listing.contains("let pass for old clients") && code == Some(0), "{listing}{error}");
    let configuration = "[[api]]\nname = \"coins\"\ndocument = \"new.yaml\"\nout = \"coins\"\n\n[[api]]\nname = \"notes\"\ndocument = \"old.yaml\"\nout = \"notes\"\n";
    fs::write(folder.path().join("specie.toml"), configuration).expect("a file");
    of("coin");
    let (_, error, code) = diff(folder.path(), &["old.yaml", "new.yaml"]);
    let expected = "diff-allow.toml:3:7: there is no API `coin`; these are: `coins`, `notes`";
    assert!(error.contains(expected) && code == Some(1), "{error}");
    // Of several it has to be said which one.
    allow(folder.path(), ALLOWED, &until);
    let (_, error, code) = diff(folder.path(), &["old.yaml", "new.yaml"]);
    assert!(error.contains("diff-allow.toml:2:8: there are several APIs; say by `api`") && code == Some(1), "{error}");
    // What is of another one is judged when that one is compared.
    of("notes");
    let (_, error, code) = diff(folder.path(), &["old.yaml", "new.yaml"]);
    assert!(error.starts_with("error: 1 change breaks old-clients\nhelp: ") && code == Some(1), "{error}");
    assert!(error.contains("  api = \"coins\"\n"), "{error}");
}

#[test]
fn a_file_that_cannot_be_read_moves_no_cursor() {
    let folder = folder();
    for name in ["diff-allow.toml", "specie.toml"] {
        fs::write(folder.path().join(name), "# \u{1b}[2J\nrule = \"\u{1b}[31m\n").expect("a file");
        let (_, error, code) = diff(folder.path(), &["old.yaml", "new.yaml"]);
        assert!(error.contains(name) && error.contains("\u{fffd}[") && code == Some(1), "{error}");
        assert!(!error.contains('\u{1b}'), "{error:?}");
    }
}

#[test]
fn a_key_that_an_entry_does_not_have_is_said_with_those_that_it_has() {
    let folder = folder();
    fs::write(folder.path().join("diff-allow.toml"), "[[allow]]\nschemas = \"NewPet\"\n").expect("a file");
    let (_, error, code) = diff(folder.path(), &["old.yaml", "new.yaml"]);
    assert!(error.starts_with("error: diff-allow.toml: TOML parse error at line 2, column 1"), "{error}");
    assert!(error.contains("unknown field `schemas`, expected one of `rule`, `operation`, `schema`"), "{error}");
    assert_eq!(code, Some(1), "{error}");
}

#[test]
fn an_entry_is_spent_once_its_change_is_merged() {
    let folder = folder();
    let until = next_year(folder.path());
    let path = folder.path();
    fs::remove_file(path.join("diff-allow.toml")).expect("the file");
    commit(path);
    // The entry comes with its change.
    fs::copy(path.join("new.yaml"), path.join("old.yaml")).expect("a file");
    allow(path, ALLOWED, &until);
    let (listing, error, code) = diff(path, &["--base", "HEAD", "old.yaml"]);
    assert!(listing.contains("let pass for old clients") && error.is_empty() && code == Some(0), "{listing}{error}");
    commit(path);
    let (listing, error, code) = diff(path, &["--base", "HEAD", "old.yaml"]);
    assert!(listing.contains("no changes") && code == Some(0), "{listing}{error}");
    assert!(error.starts_with("diff-allow.toml:2:8: `request-body-became-required`: no change needs"), "{error}");
    // An entry that is another one has to fit a change.
    let text = fs::read_to_string(path.join("diff-allow.toml")).expect("the file");
    fs::write(path.join("diff-allow.toml"), text.replace("Never", "Hardly")).expect("a file");
    let (_, error, code) = diff(path, &["--base", "HEAD", "old.yaml"]);
    assert!(error.contains("diff-allow.toml:2:8: no change of") && code == Some(1), "{error}");
}

#[test]
fn the_guide_shows_what_is_printed_and_lets_it_pass() {
    let chapter = Path::new(env!("CARGO_MANIFEST_DIR")).join("../book/src/change.md");
    let chapter = fs::read_to_string(chapter).expect("the chapter");
    let block = |language: &str| {
        let mut blocks = chapter.split("\n```").filter_map(|block| block.strip_prefix(language)?.strip_prefix('\n'));
        format!("{}\n", blocks.next().expect("a block"))
    };
    let folder = folder();
    let changed = block("diff");
    for (name, other) in [("old.yaml", '+'), ("payouts.yaml", '-')] {
        let lines = changed.lines().filter(|line| !line.starts_with(other));
        let text: String = lines.filter_map(|line| line.get(1..)).flat_map(|line| [line, "\n"]).collect();
        fs::write(folder.path().join(name), text).expect("a file");
    }
    let printed = block("text");
    let (command, expected) = printed.split_once('\n').expect("a command");
    assert_eq!(command, "$ specie diff old.yaml payouts.yaml");
    let (listing, error, code) = diff(folder.path(), &["old.yaml", "payouts.yaml"]);
    assert_eq!((format!("{listing}{error}").as_str(), code), (expected, Some(1)));
    // Of the changes that break old clients one is left, and none of those that break code.
    fs::write(folder.path().join("diff-allow.toml"), block("toml").replace("2027-03-31", &next_year(folder.path())))
        .expect("a file");
    let all = "old-clients,old-servers,rust-clients,rust-servers";
    let (_, error, _) = diff(folder.path(), &["old.yaml", "payouts.yaml", "--deny", all]);
    assert!(error.starts_with("error: 1 change breaks old-clients\nhelp: "), "{error}");
}

#[test]
fn the_entry_that_is_shown_lets_the_change_pass() {
    let folder = folder();
    let (_, error, code) = diff(folder.path(), &["old.yaml", "new.yaml"]);
    let (head, entry) = error.split_once("such as the first one by\n").expect("an entry");
    assert!(
        head.ends_with("help: a change that is meant is let pass by an entry of `diff-allow.toml`, ")
            && code == Some(1)
    );
    let entry = entry.replace("YYYY-MM-DD", &next_year(folder.path()));
    fs::write(folder.path().join("diff-allow.toml"), entry).expect("a file");
    let (listing, error, code) = diff(folder.path(), &["old.yaml", "new.yaml"]);
    assert!(listing.contains("let pass for old clients: why nobody is harmed") && code == Some(0), "{listing}{error}");
}
