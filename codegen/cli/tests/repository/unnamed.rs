//! Commands that are given no document: those of the configuration are meant, or there has to be one.

use crate::support::{Repository, begun};

#[test]
fn without_a_configuration_each_command_says_what_to_do() {
    let repository = Repository::new();
    for (command, without) in [
        (&["lint"][..], "lint DOCUMENT"),
        (&["surface"], "surface DOCUMENT"),
        (&["surface", "--check"], "surface DOCUMENT"),
        (&["surface", "--write"], "surface DOCUMENT"),
        (&["mock"], "mock DOCUMENT"),
        (&["regenerate"], "generate DOCUMENT --out DIR"),
        (&["regenerate", "--check"], "generate DOCUMENT --out DIR"),
        (&["generate"], "generate DOCUMENT --out DIR"),
        (&["generate", "--check"], "generate DOCUMENT --out DIR"),
        (&["diff", "--base", "HEAD"], "diff OLD NEW"),
    ] {
        let expected = format!(
            "error: no configuration found: neither this folder nor one above it has a `specie.toml`, or a `Cargo.toml` with \
             `[workspace.metadata.specie]`\nhelp: name a document (`specie {without}`), or write a configuration with `specie init DOCUMENT`\n"
        );
        assert_eq!(repository.specie(command, 2), expected, "{command:?}");
    }
    let diff = repository.specie(&["diff"], 2);
    assert!(diff.contains("name two documents, OLD and NEW, or `--base REV`"), "{diff}");
}

#[test]
fn lint_and_surface_take_all_documents_of_the_configuration() {
    let repository = begun();
    repository.replace("specie.toml", "name = \"bank\"", "name = \"bank\"\nallow = [\"secret-not-marked\"]");
    let all = repository.specie(&["lint"], 0);
    for said in ["  vendor/bank.yaml  ", "  vendor/shop.json  "] {
        assert!(all.contains(said), "{all}");
    }
    assert!(!all.contains("secret-not-marked"), "the configuration allows it: {all}");
    assert_eq!(repository.specie_in("src", &["lint"], 0), all);
    // An overlay of the configuration is read, too.
    repository.replace("specs/shop.overlay.yaml", "$.paths['/orders'].post", "$.paths['/gone'].post");
    repository.replace(
        "specie.toml",
        "overlays = [\"specs/shop",
        "deny = [\"overlay-target\"]\noverlays = [\"specs/shop",
    );
    let denied = repository.specie(&["lint"], 1);
    assert!(
        denied.contains("error[overlay-target]") && denied.contains("error: at fault: vendor/shop.json"),
        "{denied}"
    );

    let surfaces = repository.specie(&["surface"], 0);
    assert!(surfaces.contains("bank: Bank, version 1") && surfaces.contains("shop: Shop, version 2"), "{surfaces}");
}

#[test]
fn diff_compares_all_documents_of_the_configuration_with_a_revision() {
    let repository = begun();
    repository.commit();
    let unchanged = repository.specie(&["diff", "--base", "HEAD"], 0);
    assert!(unchanged.contains("vendor/bank.yaml") && unchanged.contains("vendor/shop.json"), "{unchanged}");
    repository.replace("vendor/bank.yaml", "required: [id, balance]", "required: [id]");
    repository.replace("vendor/shop.json", "\"required\": [\"sku\"]", "\"required\": [\"sku\", \"note\"]");
    let broken = repository.specie(&["diff", "--base", "HEAD"], 1);
    let both = "error: vendor/bank.yaml: 1 change breaks old-clients\nvendor/shop.json: 1 change breaks old-clients\n";
    assert!(broken.contains(&format!("{both}help: ")), "{broken}");
    assert_eq!(broken.matches("\nhelp: ").count(), 1, "{broken}");
    assert!(broken.contains("\n\nvendor/shop.json at HEAD → vendor/shop.json\n"), "{broken}");
    let json = repository.specie(&["diff", "--base", "HEAD", "--format", "json"], 1);
    assert_eq!(json.lines().filter(|line| line.starts_with("{\"schema_version\"")).count(), 2, "{json}");
    let one = repository.specie(&["diff", "--base", "HEAD", "shop"], 1);
    assert!(one.contains("error: 1 change breaks old-clients\nhelp: ") && !one.contains("vendor/bank.yaml"), "{one}");
}

#[test]
fn one_document_is_meant_where_there_is_one() {
    let repository = begun();
    for command in [&["mock"][..], &["generate", "--check"]] {
        let several = repository.specie(command, 2);
        let expected = "error: no API is named, and specie.toml has several\nhelp: name one of bank, shop\n";
        assert_eq!(several, expected, "{command:?}");
    }
    let configuration = repository.read("specie.toml");
    let (bank, _) = configuration.split_once("\n[[api]]\nname = \"shop\"").expect("two APIs");
    repository.write("specie.toml", bank);
    repository.specie(&["generate", "--check"], 0);
    repository.replace("vendor/bank.yaml", "'#/components/schemas/Account'", "'#/components/schemas/Acount'");
    let refused = repository.specie(&["mock"], 1);
    assert!(refused.contains("vendor/bank.yaml cannot be served"), "{refused}");
}

#[test]
fn what_the_configuration_denies_is_denied_by_each_command() {
    let repository = begun();
    repository.replace("vendor/bank.yaml", "\"404\": ", "404: ");
    repository.specie(&["lint", "bank"], 0);
    let configuration = repository.read("specie.toml");
    let denied = "deny = [\"unquoted-status\", \"overlay-target\"]";
    repository.write("specie.toml", &configuration.replacen("deny = [\"overlay-target\"]", denied, 1));
    for command in ["lint", "generate", "regenerate", "mock"] {
        let refused = repository.specie(&[command, "bank"], 1);
        assert!(refused.contains("error[unquoted-status]") && refused.contains("(1 error"), "{command}: {refused}");
    }
}

#[test]
fn generate_writes_where_the_configuration_says() {
    let repository = begun();
    let unchanged = repository.specie(&["generate", "shop"], 0);
    assert!(unchanged.starts_with("  crates/shop  unchanged"), "{unchanged}");
    assert_eq!(repository.specie_in("src", &["generate", "shop", "--check"], 0), "");
    repository.replace("vendor/shop.json", "placeOrder", "buy");
    let stale = repository.specie_in("src", &["generate", "shop", "--check"], 1);
    assert!(
        stale.contains("../crates/shop/src/client.rs  stale") && stale.contains("`../crates/shop` is out of date"),
        "{stale}"
    );
    repository.specie_in("src", &["generate", "shop"], 0);
    repository.specie(&["regenerate", "--check"], 0);
    let nowhere = repository.specie(&["generate", "vendor/other.yaml"], 3);
    assert!(nowhere.contains("vendor/other.yaml: there is no such file"), "{nowhere}");
    repository.write("vendor/other.yaml", crate::support::BANK);
    let nowhere = repository.specie(&["generate", "vendor/other.yaml"], 2);
    let expected = "error: vendor/other.yaml is no document of a configuration, so nothing says where its crate goes\nhelp: name a folder with --out DIR\n";
    assert_eq!(nowhere, expected);

    // A module, and the crates of a folder, too.
    let module = "\n[[api]]\nname = \"part\"\ndocument = \"vendor/other.yaml\"\nonly = [\"tag:statements\"]\nout = \"src/part\"\nmodule = \"crate::part\"\n\
        sides = [\"client\"]\n\n[[folder]]\ndocuments = \"documents\"\nout = \"generated\"\npackage = \"workspace\"\n";
    let configuration = repository.read("specie.toml");
    repository.write("documents/theirs.yaml", crate::support::BANK);
    repository.write("specie.toml", &(configuration + module));
    repository.specie(&["generate", "part"], 0);
    assert!(!repository.read("src/part/client.rs").contains("get_account"));
    repository.specie(&["generate", "theirs"], 0);
    assert!(repository.read("generated/theirs/Cargo.toml").contains("version.workspace = true"));
    repository.specie(&["regenerate", "--check"], 0);
}

#[test]
fn a_misspelt_code_or_rule_proposes_the_nearest() {
    let repository = Repository::new();
    for (command, said) in [
        (&["explain", "unknown-kee"][..], "error: there is no code `unknown-kee`; did you mean `unknown-key`?\n"),
        (
            &["diff", "--explain", "enum-value-ad"],
            "error: there is no rule `enum-value-ad`; did you mean `enum-value-added`?\n",
        ),
        (
            &["explain", "enum-value-added"],
            "error: `enum-value-added` is no code of a problem, but a rule of `diff`\n\
             help: `specie diff --explain enum-value-added` says what it means\n",
        ),
    ] {
        assert_eq!(repository.specie(command, 2), said);
    }
}
