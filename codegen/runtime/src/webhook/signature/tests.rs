use std::time::{Duration, SystemTime};

use proptest::prelude::*;

use super::SignatureAlgorithm::{
    Base64Sha1SecretBodySecret, HmacSha256, StandardWebhooks, Stripe, TimestampedHmacSha256,
};
use super::SignatureEncoding::{Base64, Hex};
use super::*;

const BODY: &[u8] = br#"{"data":{"type":"payout-invoices","id":"cpoi_VdHYVxq4RsLEebAQ","attributes":{"status":"processed","resolution":"ok"}}}"#;
const SIGNATURE: &str = "aYcSXFdSCRKDunu7BymiM/dneTQ=";
const HEADER: &str = "x-signature";

/// A body whose signatures were made by another program, of [`SECRET`] and [`WHSEC`] at [`SENT`].
const NOTE: &[u8] = "{\"id\":1,\"note\":\"caf\u{e9}\"}".as_bytes();
const SECRET: &str = "sk_test_example_secret";
const WHSEC: &str = "whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=";
const SENT: u64 = 1_700_000_000;
const TIMED: &str = "1e80d1dc2d0d18649bc8b7008faf22d17bda0ee9402d7734aa7b98218c790b4c";
const STANDARD_WEBHOOKS: &str = "u6MbCT23vx0xVd/H2yAfyUwZ3tHz1LAIV5T6q7CzMAA=";

const STANDARD: SignatureAlgorithm =
    StandardWebhooks { id: "webhook-id", timestamp: "webhook-timestamp", tolerance: 300 };
const STRIPE: SignatureAlgorithm = Stripe { tolerance: 300 };

const fn plain(encoding: SignatureEncoding, prefix: &'static str) -> SignatureAlgorithm {
    HmacSha256 { encoding, prefix }
}

const fn timed(encoding: SignatureEncoding) -> SignatureAlgorithm {
    TimestampedHmacSha256 { encoding, prefix: "", timestamp: "x-timestamp", tolerance: 300 }
}

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

fn headers(fields: &[(&'static str, &str)]) -> HeaderMap {
    fields.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse::<HeaderValue>().unwrap())).collect()
}

/// Whether a request with these headers is taken.
fn is_taken(algorithm: SignatureAlgorithm, secrets: &[&str], fields: &[(&'static str, &str)], now: u64) -> bool {
    let secrets: Vec<Secret<String>> = secrets.iter().map(|secret| Secret::from(*secret)).collect();
    let presented = algorithm.present(HEADER, &headers(fields), at(now));
    presented.is_ok_and(|presented| algorithm.verify(&secrets, &presented, NOTE))
}

fn signed(algorithm: SignatureAlgorithm, secret: &str, body: &[u8]) -> HeaderMap {
    algorithm.sign(HEADER, &secret.into(), &MessageStamp::new("msg_1", at(SENT)), body).unwrap()
}

fn verify(secrets: &[Secret<String>], body: &[u8], signature: &str) -> bool {
    Base64Sha1SecretBodySecret.verify(secrets, &Presented::of([signature], "", ""), body)
}

fn secret() -> Secret<String> {
    Secret::from(SECRET)
}

#[test]
fn the_documented_vector_is_met() {
    assert_eq!(signed(Base64Sha1SecretBodySecret, SECRET, BODY), headers(&[(HEADER, SIGNATURE)]));
    assert!(verify(&[secret()], BODY, SIGNATURE));
}

#[test]
fn signatures_are_those_of_other_programs() {
    let stripe = format!("t={SENT},v1={TIMED}");
    let standard = format!("v1,{STANDARD_WEBHOOKS}");
    for (algorithm, secret, fields) in [
        (plain(Hex, ""), SECRET, &[(HEADER, "d20013bf96bf9112f663ac87af7546f4e687930a61ed49afd4e4cd056f56ada7")][..]),
        (
            plain(Hex, "sha256="),
            SECRET,
            &[(HEADER, "sha256=d20013bf96bf9112f663ac87af7546f4e687930a61ed49afd4e4cd056f56ada7")],
        ),
        (plain(Base64, ""), SECRET, &[(HEADER, "0gATv5a/kRL2Y6yHr3VG9OaHkwph7Umv1OTNBW9Wrac=")]),
        (timed(Hex), SECRET, &[(HEADER, TIMED), ("x-timestamp", "1700000000")]),
        (
            timed(Base64),
            SECRET,
            &[(HEADER, "HoDR3C0NGGSbyLcAj68i0XvaDulALXc0qnuYIYx5C0w="), ("x-timestamp", "1700000000")],
        ),
        (STRIPE, SECRET, &[(HEADER, &stripe)]),
        (STANDARD, WHSEC, &[(HEADER, &standard), ("webhook-id", "msg_1"), ("webhook-timestamp", "1700000000")]),
    ] {
        assert_eq!(signed(algorithm, secret, NOTE), headers(fields), "{algorithm:?}");
        assert!(is_taken(algorithm, &["sk_live", secret], fields, SENT), "{algorithm:?}");
        assert!(!is_taken(algorithm, &["sk_live", ""], fields, SENT), "{algorithm:?}");
        assert!(!is_taken(algorithm, &[], fields, SENT), "{algorithm:?}");
        // Every header is needed, once, and covered.
        for (index, (name, value)) in fields.iter().enumerate() {
            let without: Vec<_> = fields.iter().copied().filter(|(other, _)| other != name).collect();
            assert!(!is_taken(algorithm, &[secret], &without, SENT), "{algorithm:?} without {name}");
            let twice: Vec<_> = fields.iter().copied().chain([(*name, *value)]).collect();
            assert!(!is_taken(algorithm, &[secret], &twice, SENT), "{algorithm:?} with {name} twice");
            let mut changed = fields.to_vec();
            let other = value.strip_suffix('0').map_or_else(|| format!("{value}0"), |rest| format!("{rest}1"));
            changed[index].1 = &other;
            assert!(!is_taken(algorithm, &[secret], &changed, SENT), "{algorithm:?} with another {name}");
        }
    }
}

#[test]
fn what_is_too_old_or_from_the_future_is_refused() {
    let stripe = format!("t={SENT},v1={TIMED}");
    for (now, taken) in [(SENT - 301, false), (SENT - 300, true), (SENT + 300, true), (SENT + 301, false)] {
        assert_eq!(is_taken(STRIPE, &[SECRET], &[(HEADER, &stripe)], now), taken, "{now}");
        let fields = [(HEADER, TIMED), ("x-timestamp", "1700000000")];
        assert_eq!(is_taken(timed(Hex), &[SECRET], &fields, now), taken, "{now}");
    }
    for time in ["", "-1", "+1700000000", "1700000000.0", "17e8", "99999999999999999999999"] {
        assert!(!is_taken(STRIPE, &[SECRET], &[(HEADER, &format!("t={time},v1={TIMED}"))], SENT), "{time}");
    }
}

#[test]
fn one_right_signature_among_several_is_enough() {
    for text in [format!("t={SENT},v1=00,v0={TIMED},v1={TIMED}"), format!("v1={TIMED},t={SENT}")] {
        assert!(is_taken(STRIPE, &[SECRET], &[(HEADER, &text)], SENT), "{text}");
    }
    for text in [
        format!("t={SENT},v0={TIMED}"),
        format!("t={SENT},t={SENT},v1={TIMED}"),
        format!("v1={TIMED}"),
        TIMED.to_owned(),
    ] {
        assert!(!is_taken(STRIPE, &[SECRET], &[(HEADER, &text)], SENT), "{text}");
    }
    let standard = |text: &str| {
        let fields = [(HEADER, text), ("webhook-id", "msg_1"), ("webhook-timestamp", "1700000000")];
        is_taken(STANDARD, &[WHSEC], &fields, SENT)
    };
    assert!(standard(&format!("v1a,AAAA v1,AAAA v1,{STANDARD_WEBHOOKS}")));
    assert!(!standard(STANDARD_WEBHOOKS) && !standard(&format!("v2,{STANDARD_WEBHOOKS}")) && !standard("v1,"));
}

#[test]
fn a_secret_of_another_form_signs_and_proves_nothing() {
    let stamp = MessageStamp::new("", at(SENT));
    for (algorithm, secret) in
        [(Base64Sha1SecretBodySecret, ""), (plain(Hex, ""), ""), (STANDARD, "whsec_"), (STANDARD, "not base64!")]
    {
        let error = algorithm.sign(HEADER, &secret.into(), &stamp, NOTE).unwrap_err();
        assert_eq!(error.to_string(), SECRET_FORM);
    }
    let error = STANDARD.sign(HEADER, &WHSEC.into(), &stamp, NOTE).unwrap_err();
    assert_eq!(error.to_string(), "the algorithm signs the id of the message, and there is none");
    // What SHA-1 gives of the body alone.
    assert!(!verify(&[Secret::from("")], b"", "2jmj7l5rSw0yVb/vlWAYkK/YBwk="));
}

#[test]
fn any_of_several_secrets_will_do() {
    let other = || Secret::from("sk_live");
    assert!(verify(&[other(), secret()], BODY, SIGNATURE));
    assert!(verify(&[secret(), other()], BODY, SIGNATURE));
    assert!(!verify(&[other()], BODY, SIGNATURE));
    assert!(!verify(&[], BODY, SIGNATURE));
}

#[test]
fn a_signature_has_one_spelling() {
    let others = [
        SIGNATURE.trim_end_matches('='),
        "aYcSXFdSCRKDunu7BymiM_dneTQ=",
        // The same bytes to a decoder that does not look at the last bits.
        "aYcSXFdSCRKDunu7BymiM/dneTR=",
        "aYcSXFdSCRKDunu7BymiM/dneTQ==",
        " aYcSXFdSCRKDunu7BymiM/dneTQ=",
        "aYcSXFdSCRKDunu7BymiM/dneTQ= ",
        "6987125c5752091283ba7bbb0729a233f7677934",
        "",
    ];
    for other in others {
        assert!(!verify(&[secret()], BODY, other), "{other}");
    }
}

proptest! {
    #[test]
    fn one_bit_is_enough_to_be_refused(at in 0..BODY.len() * 8) {
        let mut body = BODY.to_vec();
        body[at / 8] ^= 1 << (at % 8);
        prop_assert!(!verify(&[secret()], &body, SIGNATURE));
    }

    #[test]
    fn no_other_signature_is_taken(at in 0..SIGNATURE.len(), bit in 0..7) {
        let mut signature = SIGNATURE.as_bytes().to_vec();
        signature[at] ^= 1_u8 << bit;
        let signature = String::from_utf8(signature).unwrap();
        prop_assert!(!verify(&[secret()], BODY, &signature));
    }

    #[test]
    fn what_is_signed_verifies(secret in ".{1,40}", body in prop::collection::vec(any::<u8>(), 0..200), index in 0..6_usize) {
        let algorithm = [Base64Sha1SecretBodySecret, plain(Hex, "a="), plain(Base64, ""), timed(Hex), timed(Base64), STRIPE][index];
        let headers = signed(algorithm, &secret, &body);
        let presented = algorithm.present(HEADER, &headers, at(SENT)).unwrap();
        let secret = Secret::from(secret);
        prop_assert!(algorithm.verify([&secret], &presented, &body));
    }

    #[test]
    fn no_header_panics(text in ".{0,60}", body in prop::collection::vec(any::<u8>(), 0..20)) {
        let Ok(value) = HeaderValue::try_from(text) else { return Ok(()) };
        let names = [HEADER, "webhook-id", "webhook-timestamp", "x-timestamp"].map(HeaderName::from_static);
        let headers: HeaderMap = names.into_iter().map(|name| (name, value.clone())).collect();
        for algorithm in [plain(Hex, ""), timed(Hex), STANDARD, STRIPE] {
            if let Ok(presented) = algorithm.present(HEADER, &headers, at(SENT)) {
                prop_assert!(!algorithm.verify([&secret()], &presented, &body));
            }
        }
    }
}
