//! Typed values of any operation behind one face, so that a test is written, and compiled, once for all of them.

use std::any::Any;
use std::error::Error as StdError;
use std::fmt::{self, Debug, Write as _};

use specie_runtime::client::{Call, Error, Invoke};
use specie_runtime::server::Bytes;
use specie_runtime::{ApiError, Outcome};

/// What every request, output and error of a generated crate can do.
pub trait Value: Any + Send + Sync {
    /// Whether both are of one type, and equal by its `PartialEq`.
    fn equals(&self, other: &dyn Value) -> bool;
    /// Its `Debug` forms.
    fn shown(&self) -> String;
    /// Its `Clone`.
    fn copied(&self) -> Box<dyn Value>;
}

impl<T: Any + Send + Sync + Clone + PartialEq + Debug> Value for T {
    fn equals(&self, other: &dyn Value) -> bool {
        (other as &dyn Any).downcast_ref() == Some(self)
    }

    fn shown(&self) -> String {
        format!("{self:?}\n{self:#?}")
    }

    fn copied(&self) -> Box<dyn Value> {
        Box::new(self.clone())
    }
}

impl Debug for dyn Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown())
    }
}

/// Takes a value whose type is known from elsewhere.
pub fn taken<T: Any>(value: Box<dyn Value>) -> T {
    let value: Box<dyn Any> = value;
    *value.downcast().expect("the value is of the operation's type")
}

/// Asserts that two values are equal.
#[track_caller]
pub fn assert_equal(left: &dyn Value, right: &dyn Value, what: &str) {
    assert!(left.equals(right), "{what}:\n{}\n{}", left.shown(), right.shown());
}

/// Which variant of [`Error`] it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Api,
    Undocumented,
    Problem,
    Decode,
    Transport,
    Auth,
    Build,
    Mismatch,
}

/// A client's error of any operation.
pub struct Failure {
    pub kind: Kind,
    /// The documented error.
    pub api: Option<Box<dyn Value>>,
    /// The document in a response that is about another request.
    pub document: Option<Answered>,
    /// The status that the documented error says it has.
    pub api_status: Option<u16>,
    pub status: Option<u16>,
    pub outcome: Outcome,
    pub body: Option<Bytes>,
    /// Its text, and the texts of what caused it.
    pub texts: String,
    /// Its `Debug` forms.
    pub shown: String,
}

/// A response as the document gives it: a success or an error.
pub type Answered = Result<Box<dyn Value>, Box<dyn Value>>;

/// What a call came to: the output, or why there is none.
pub type Settled = Result<Box<dyn Value>, Failure>;

/// Awaits a call.
pub async fn settle<O>(call: Call<O>) -> Settled
where
    O: Invoke,
    O::Output: Value,
    O::Error: Value + Clone,
{
    match call.await {
        Ok(output) => Ok(Box::new(output)),
        Err(error) => Err(Failure { document: document::<O>(&error), ..failure(&error) }),
    }
}

fn document<O>(error: &Error<O::Error>) -> Option<Answered>
where
    O: Invoke,
    O::Output: Value,
    O::Error: Value,
{
    let Error::Mismatch(mismatch, _) = error else { return None };
    Some(match O::decode(mismatch.response()).expect("it is of the documented form") {
        Ok(output) => Ok(Box::new(output)),
        Err(error) => Err(Box::new(error)),
    })
}

fn failure<E: ApiError + Value + Clone>(error: &Error<E>) -> Failure {
    let kind = match error {
        Error::Api(..) => Kind::Api,
        Error::Undocumented(..) => Kind::Undocumented,
        Error::Problem(..) => Kind::Problem,
        Error::Decode(..) => Kind::Decode,
        Error::Transport(..) => Kind::Transport,
        Error::Auth(..) => Kind::Auth,
        Error::Build(..) => Kind::Build,
        Error::Mismatch(..) => Kind::Mismatch,
        other => panic!("another kind of error: {other}"),
    };
    Failure {
        kind,
        api: error.api().map(Value::copied),
        document: None,
        api_status: error.api().map(ApiError::status),
        status: error.status(),
        outcome: error.outcome(),
        body: error.body().cloned(),
        texts: texts(error),
        shown: format!("{error:?}\n{error:#?}"),
    }
}

/// The texts of an error and of everything that caused it, in both forms.
pub fn texts(error: &dyn StdError) -> String {
    let mut all = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        writeln!(all, "{error}\n{error:#}\n{error:?}\n{error:#?}").unwrap();
        next = error.source();
    }
    all
}

impl Failure {
    /// The documented error's variant, by the reason phrase of the one status that it stands for.
    pub fn variant(&self) -> String {
        let shown = self.api.as_ref().expect("a documented error").shown();
        let status = shown.split(['(', ')']).nth(1).expect("an error shows its type and status");
        status.chars().filter(|character| character.is_alphabetic()).collect()
    }

    /// The documented response that the failure is about, whether it was about the request or not.
    pub fn into_response(self) -> Option<Answered> {
        self.document.or(self.api.map(Err))
    }
}

impl Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}
