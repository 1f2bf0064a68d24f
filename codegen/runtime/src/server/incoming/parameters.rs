//! Reads parameters by their table.

use std::borrow::Cow;

use serde::de::DeserializeOwned;

use super::Incoming;
use crate::check::{self, Checker};
use crate::decode;
use crate::operation::belongs_to_another;
use crate::operation::{ParameterKind, ParameterLocation, ParameterSpec};
use crate::param::{ParameterTree, ParameterValue};
use crate::server::rejection::Rejection;
use crate::server::rejection::faults::Faults;
use crate::server::rejection::location::RequestLocation;
use crate::wire::cookie;
use crate::wire::style::{self, Raw};

/// Takes the parameters of a request, in the order of [`OperationSpec::parameters`](crate::OperationSpec::parameters).
#[derive(Debug)]
pub struct Parameters<'r> {
    incoming: &'r Incoming,
    next: usize,
    faults: Faults,
}

impl Parameters<'_> {
    /// The next parameter, as [`Incoming::parameter`] reads it; `None` where it was refused, which is noted.
    pub fn take<T: ParameterValue>(&mut self) -> Option<T> {
        let value = self.incoming.parameter(self.next);
        self.next += 1;
        self.faults.keep(value)
    }

    /// Checks the parameter that was taken last.
    pub fn check(&mut self, check: impl FnOnce(&mut Checker<'_>)) {
        let index = self.next.saturating_sub(1);
        let violations = check::collect(|checker| checker.parameter(index, check));
        self.faults.extend(violations.into_iter().map(|violation| self.incoming.fault(violation)));
    }

    /// What is wrong with the parameters, to which that of the body is added.
    #[must_use]
    pub fn faults(self) -> Faults {
        self.faults
    }
}

impl Incoming {
    /// The parameters, one after the other.
    #[must_use]
    pub fn parameters(&self) -> Parameters<'_> {
        Parameters { incoming: self, next: 0, faults: Faults::default() }
    }

    /// A parameter, by its index in [`OperationSpec::parameters`](crate::OperationSpec::parameters).
    ///
    /// In a path `.` and `..`, slashes, backslashes and control characters are refused, because a handler that builds a path or a URL
    /// of such a value reaches something else than was asked for; `x-specie-path: any` lets them through. A value that is there twice
    /// is refused, because its readers would not agree on which one counts.
    pub fn parameter<T: ParameterValue>(&self, index: usize) -> Result<T, Rejection> {
        let spec = self.operation().parameters.get(index);
        let spec = spec.ok_or_else(|| Rejection::internal("the operation has no parameter of this index"))?;
        let reject = |detail: Cow<'static, str>| Rejection::at(RequestLocation::of(spec), detail);
        match self.read(spec).map_err(reject)? {
            None => T::absent().or_else(|| empty(spec)).ok_or_else(|| reject("it is required".into())),
            Some(ParameterTree::Text(json)) if spec.kind == ParameterKind::Json => {
                let value = decode::serving(|| decode::from_slice(json.as_bytes()));
                value.map_err(|fault| reject(fault.to_string().into()))
            }
            Some(tree) => decode::serving(|| T::from_tree(tree)).map_err(|error| reject(error.to_string().into())),
        }
    }

    /// The value of a parameter that may be left out, or else the default that the document gives it, as JSON. A default that is not of
    /// the type is none.
    #[must_use]
    pub fn or_default<T: DeserializeOwned>(&self, value: Option<T>, default: &str) -> Option<T> {
        value.or_else(|| decode::from_slice(default.as_bytes()).ok())
    }

    fn read(&self, spec: &ParameterSpec) -> Result<Option<ParameterTree>, Cow<'static, str>> {
        let raw = match spec.location {
            ParameterLocation::Path => Raw::Path(self.path_texts(spec.name).collect()),
            ParameterLocation::Query | ParameterLocation::QueryString => Raw::Query(self.query_text()),
            ParameterLocation::Cookie => Raw::Cookies(cookie::pairs(self.context().headers()).collect()),
            ParameterLocation::Header => {
                let fields = self.context().headers().get_all(spec.name).iter();
                let texts: Result<Vec<_>, _> = fields.map(|field| std::str::from_utf8(field.as_bytes())).collect();
                Raw::Header(texts.map_err(|_| "it is not UTF-8")?)
            }
        };
        let (parameters, schemes) = (self.operation().parameters, self.schemes());
        style::read(spec, &raw, &|name| belongs_to_another(name, spec, parameters, schemes))
    }
}

/// What stands for nothing where each item or property stands by itself: a list or an object without content, if its type has one.
fn empty<T: ParameterValue>(spec: &ParameterSpec) -> Option<T> {
    let tree = match spec.kind {
        ParameterKind::List => ParameterTree::List(Vec::new()),
        ParameterKind::Object(_) | ParameterKind::OpenObject(_) => ParameterTree::Object(Vec::new()),
        ParameterKind::Scalar | ParameterKind::Any | ParameterKind::Json => return None,
    };
    if spec.location == ParameterLocation::Path || spec.has_empty_text() { None } else { T::from_tree(tree).ok() }
}
