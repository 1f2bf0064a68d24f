//! The front page and the guide, walked as they are written: files are saved, commands run, and what is shown is what is printed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::support::{checkout, said};

/// A block between fences, with what stands before it.
struct Block<'a> {
    before: &'a str,
    language: &'a str,
    text: &'a str,
}

impl<'a> Block<'a> {
    fn all(page: &'a str) -> Vec<Self> {
        let parts: Vec<&str> = page.split("```").collect();
        let pairs = parts.chunks_exact(2).filter_map(|pair| {
            let (language, text) = pair[1].split_once('\n')?;
            Some(Self { before: pair[0], language, text })
        });
        pairs.collect()
    }

    /// The file that the block shows: the last one that is named in the sentence before it, which ends with a colon.
    fn file(&self) -> Option<&'a str> {
        let sentence = self.before.trim_end().strip_suffix("`:")?;
        sentence.rsplit_once('`').map(|(_, file)| file)
    }
}

/// A folder beside an empty one that stands for the checkout, with the program at hand.
pub(crate) struct Walk {
    root: TempDir,
    here: PathBuf,
    /// The commands that were run, in their order.
    pub(crate) commands: Vec<String>,
}

impl Walk {
    pub(crate) fn new() -> Self {
        let root = tempfile::tempdir().expect("a folder");
        let here = root.path().join("specie");
        fs::create_dir(&here).expect("a folder");
        Self { root, here, commands: Vec::new() }
    }

    /// Does what the text of a page says.
    pub(crate) fn walk(&mut self, page: &str) {
        for block in Block::all(page) {
            match (block.language, block.file()) {
                ("sh", _) => self.commands_of(block.text),
                ("text", _) if block.text.starts_with("$ ") => self.session(block.text),
                ("diff", Some(file)) => self.change(file, block.text),
                (_, Some(file)) => self.save(file, block.text),
                _ => {}
            }
        }
    }

    /// Runs each line of a block, which passes.
    fn commands_of(&mut self, text: &str) {
        for line in text.lines() {
            let line = line.split(" #").next().unwrap_or_default().trim_end();
            // The program is the one that was built.
            if !line.starts_with("cargo install ") {
                let ran = self.run(line);
                assert!(ran.status.success(), "{line}\n{}", said(&ran));
            }
        }
    }

    /// Runs each command that is shown with what it prints; one that ends with an error fails.
    fn session(&mut self, text: &str) {
        for shown in text.strip_prefix("$ ").unwrap_or(text).split("\n$ ") {
            let (line, expected) = shown.split_once('\n').expect("what it prints");
            let ran = self.run(line);
            let printed = said(&ran);
            assert!(is_shown(&format!("{}\n", expected.trim_end()), &printed), "{line}\n{printed}");
            assert_eq!(ran.status.success(), !expected.contains("error: "), "{line}\n{printed}");
        }
    }

    fn change(&self, file: &str, text: &str) {
        let lines = |sign: char| -> String {
            text.lines().filter_map(|line| line.strip_prefix(sign)).flat_map(|line| [line, "\n"]).collect()
        };
        let before = fs::read_to_string(self.here.join(file)).expect("a file");
        assert_eq!(before.matches(&lines('-')).count(), 1, "{file}");
        self.save(file, &before.replace(&lines('-'), &lines('+')));
    }

    fn save(&self, file: &str, text: &str) {
        let file = self.here.join(file);
        fs::create_dir_all(file.parent().expect("a folder")).expect("folders");
        fs::write(file, text).expect("a file");
    }

    /// Runs a line of a shell, and stays where it leads.
    fn run(&mut self, line: &str) -> Output {
        self.commands.push(line.to_owned());
        let left = self.root.path().join("left");
        // The runtime is the one of this checkout, and the versions are those that it was tested with.
        let script = line.replace("../specie", &checkout().display().to_string());
        if self.here.join("Cargo.toml").exists() {
            fs::copy(checkout().join("Cargo.lock"), self.here.join("Cargo.lock")).expect("a lock file");
        }
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(format!("exec 2>&1; {script} && pwd > {}", left.display())).current_dir(&self.here);
        shell.env("PATH", path()).env("CARGO_NET_OFFLINE", "true").env_remove("TARGET");
        shell.env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("building"));
        let ran = shell.output().expect("a shell runs");
        if ran.status.success() {
            self.here = PathBuf::from(fs::read_to_string(left).expect("the folder").trim_end());
        }
        ran
    }
}

/// The folders of programs, with that of the program that was built first.
fn path() -> std::ffi::OsString {
    let program = Path::new(env!("CARGO_BIN_EXE_specie")).parent().expect("a folder");
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths([program.to_owned()].into_iter().chain(std::env::split_paths(&path))).expect("folders")
}

/// Whether a text is the one that is shown, in which `…` on a line of its own stands for any lines.
fn is_shown(shown: &str, printed: &str) -> bool {
    let mut parts = shown.split("…\n");
    let Some(mut rest) = parts.next().and_then(|first| printed.strip_prefix(first)) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, between)) = parts.split_last() else { return rest.is_empty() };
    for part in between {
        let Some((_, after)) = rest.split_once(part) else { return false };
        rest = after;
    }
    rest.ends_with(last)
}
