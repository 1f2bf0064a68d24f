//! Values to URLs and back: what a client sends arrives unchanged, at the base that it was built with, or is refused before it is sent.

mod everything;

use specie_runtime::InProcess;
use specie_runtime::Outcome;
use specie_runtime::client::{ApiClient, ApiClientBuilder, Call, Error, Options, RetryPolicy, Scripted};

use super::super::dice::Dice;
use super::super::words::{HTTP, TEXTS};
use super::super::{Target, lines, mutation};
use super::reached;
use crate::support::raw::encoded;
use crate::support::run as block_on;
use everything::{API, Everything, EverythingServer, Keeper};

pub static TARGET: Target = Target { name: "url", seeds, mutate, run };

/// A base in the first line, then a line for each field: percent-encoded texts, the items of a list set apart by spaces.
fn seeds() -> Vec<Vec<u8>> {
    let bases = [
        "https://api.example.com",
        "https://api.example.com/v1/",
        "http://127.0.0.1:8080/a%20b",
        "HTTPS://EXAMPLE.com:443/../x",
        "https://[::1]:9/",
    ];
    let mut seeds = Vec::new();
    for (index, text) in TEXTS.iter().enumerate() {
        let base = bases[index % bases.len()];
        let text = encoded(text);
        let lines = [base, &text, "a b", &text, "a b c", &format!("{text} x"), "y", &text, "1 2", &text, "3"];
        seeds.push(lines.join("\n").into_bytes());
    }
    seeds
}

fn mutate(dice: &mut Dice, input: &[u8], other: &[u8]) -> Vec<u8> {
    match dice.below(3) {
        0 => lines::lines(dice, input, other),
        1 => mutation::bytes(dice, input, other, HTTP),
        _ => {
            let text = encoded(&dice.pick(TEXTS).repeat(1 + dice.below(3)));
            mutation::bytes(dice, input, other, &[&text, " ", "\n"])
        }
    }
}

fn run(input: &[u8]) -> Result<u64, String> {
    let text = String::from_utf8_lossy(input);
    let (base, fields) = text.split_once('\n').unwrap_or((&text, ""));
    let request = Everything::read(fields);
    let keeper = Keeper::default();
    let over = ApiClient::over(API, InProcess::new(EverythingServer::new(keeper.clone())));
    let failure = block_on(async { Call::new(&over, request.clone()).await }).err();
    let arrived = keeper.take();
    let result = match (failure, arrived) {
        (None, Some(arrived)) if arrived == request => "arrived",
        (Some(Error::Build(error)), None)
            if Error::<specie_runtime::NoError>::Build(error.clone()).outcome() == Outcome::NotSent =>
        {
            "refused"
        }
        (failure, arrived) => {
            return Err(format!("neither arrived nor was refused: {request:?}, {arrived:?}, {failure:?}"));
        }
    };
    let base = sent_to(base, request)?;
    Ok(reached((result, base, text.len() / 128)))
}

/// Looks at where a client with this base sends the request.
fn sent_to(base: &str, request: Everything) -> Result<&'static str, String> {
    let script = Scripted::new().respond(418, "");
    let options = Options::new().retry(RetryPolicy::never());
    let Ok(core) = ApiClientBuilder::new(API).base(0, base).options(options).transport(script.clone()).build() else {
        return Ok("no base");
    };
    // A URL may also turn out to be longer than any request's, when the base stands before it.
    let refused =
        block_on(async { Call::new(&core, request).await }).is_err_and(|error| error.outcome() == Outcome::NotSent);
    match script.sent().pop() {
        None if refused => Ok("nothing sent"),
        None => Err(format!("nothing was sent to {base}, and nothing said")),
        Some(sent) => {
            let written = sent.uri.to_string();
            let below = written.split_once("/everything/").map(|(before, _)| before);
            let same = below.is_some_and(|below| is_same_place(base, below));
            // Whatever parses the URL once more must find the same.
            let stays = url::Url::parse(&written).is_ok_and(|url| url.as_str() == written);
            if same && stays { Ok("sent") } else { Err(format!("{base} became {written}")) }
        }
    }
}

/// Whether two URLs are the same base, by the rules of URLs (WHATWG URL) and not of the runtime.
fn is_same_place(base: &str, below: &str) -> bool {
    let parsed = |text: &str| url::Url::parse(text).ok();
    match (parsed(base), parsed(below)) {
        (Some(base), Some(below)) => {
            base.origin() == below.origin() && base.path().trim_end_matches('/') == below.path().trim_end_matches('/')
        }
        _ => false,
    }
}
