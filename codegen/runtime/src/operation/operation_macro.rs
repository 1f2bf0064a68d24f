//! The table of an operation: [`operation!`](crate::operation!).

use super::{ParameterSpec, StatusRange};

/// Describes an operation in one table, from which its specification follows and, where the crate has the features of that name, how a
/// `client` writes and reads it and how a `server` reads and writes it.
///
/// The crate that uses it has the features `client` and `server`, which turn on those of this one. Where it has none, `[client, server]`
/// before the name says which of them there are.
///
/// ```
/// # use specie_runtime::{Decimal, Json, NoError, Operation, Patch, Status};
/// # struct CreatePayout { account: String, dry_run: Option<bool>, labels: Vec<String>, amount: Decimal, note: Patch<String> }
/// # enum CreatePayoutError { Conflict, ClientError(Status, Json), Default(Status, String) }
/// specie_runtime::operation!(CreatePayout {
///     id: "createPayout", POST: "/accounts/{account}/payouts",
///     parameters: { account: path, dry_run: query("dryRun"), labels: query.list().required() where { max_length(3) } },
///     body: json { amount: required, note: patch where { max_length(80) } },
///     success: Json { 201: json },
///     errors: CreatePayoutError { 409: empty Conflict, 4XX: json ClientError, default: text("text/plain") Default },
/// });
/// assert_eq!(CreatePayout::SPEC.path, "/accounts/{account}/payouts");
/// assert_eq!(CreatePayout::SPEC.parameters[1].name, "dryRun");
/// ```
///
/// - The **method** is a constant of [`Method`](crate::Method), or the name of another one as text: `"COPY": "/files"`.
/// - **parameters** name the field, the place, the name on the wire where that differs, and what is not as the place implies, in the words
///   of [`ParameterSpec`](crate::ParameterSpec). `default` gives the JSON that a server fills in where the parameter is left out.
/// - **body** is `json`, `form`, `text`, `bytes`, `stream`, `json_lines`, `json_sequence` or `multipart`, with its media types where they
///   are not the usual one. Behind it stands the field that holds it, or in braces the fields that are its properties or
///   parts; a part is described in the words of [`PartSpec`](crate::multipart::PartSpec), as `tags: text.list().optional()`, and all
///   others as `rest: text("").others(&["tags"]).optional()`. `optional`
///   before it: it may be left out. `or` behind a property gives the JSON that a server fills in where it is left out. `in` names the
///   envelope around it, `by` the styles of a form, and behind it `constants` names the parts that have one value, `closed` refuses other
///   properties, and `satisfies` lists what they have to be together. A body of one of several media types names its enum: `PayBody body of { Json: json("application/json"), … }`.
/// - **success** and **errors** name the type and list statuses, each with the form of its body (`empty`: none) and the variant that holds
///   it. Where a status has several media types, `|` stands between them. `default` is each status that no other row has: of `success`
///   those from 200 to 299, of `errors` those from 300 on.
/// - **headers** lists the structs of response headers, each of which says by [`response_headers!`](crate::response_headers!) whose it is.
/// - **rejections** names the table of the documented errors that a server writes rejections as.
/// - **where** lists what a server demands beyond the type: methods of [`Checker`](crate::Checker), `each { … }` of the items, `valid` as
///   the type says itself, `items(Type) { … }` of the items of a stream, each as it is read.
///
/// Between path and parameters: `base`, `security`, `idempotency`, `outcomes`, `safe` and `reconcile`, as in
/// [`OperationSpec`](crate::OperationSpec).
#[macro_export]
macro_rules! operation {
    ($([$($side:ident),* $(,)?])? $name:ident {
        id: $id:literal,
        $method:tt: $path:literal,
        $(base: $base:literal,)?
        $(security: [$([$($key:literal),*]),* $(,)?],)?
        $(idempotency: $idempotency:ident $({ $($unique:tt)* })? $(($header:literal))?,)?
        $(outcomes: { $($outcomes:tt)* },)?
        $(safe: $safe:literal,)?
        $(reconcile: $how:ident $lookup:ident { $($reconcile:tt)* },)?
        $(parameters: { $($parameters:tt)* },)?
        $(body: $($word:ident $(($($media:literal),+ $(,)?))? $({ $($inner:tt)* })?)+,)?
        $(headers: [$($headers:ident),+ $(,)?],)?
        $(rejections: $rejections:path,)?
        success: $output:ty { $($success:tt)* },
        errors: $error:ty { $($errors:tt)* } $(,)?
    }) => {
        impl $crate::operation::Operation for $name {
            type Output = $output;
            type Error = $error;
            const SPEC: &'static $crate::operation::OperationSpec = {
                let spec = $crate::__new_spec!($id $method $path);
                $(let spec = spec.base($base);)?
                $(let spec = spec.security(&[$(&[$($key),*]),*]);)?
                $(let spec = spec.idempotency($crate::operation::Idempotency::$idempotency $({ $($unique)* })? $(($header))?);)?
                $(let spec = spec.outcomes($crate::__outcomes!($($outcomes)*));)?
                $(const _: () = assert!($safe, "only `safe: true` can be said"); let spec = spec.safe();)?
                $(let spec = spec.reconcile($crate::__reconcile!($lookup $($reconcile)*));)?
                $(let spec = spec.parameters($crate::__parameters!($($parameters)*));)?
                &spec.responses($crate::__responses!(
                    [$($($headers)+)?] { $($success)* } { $($errors)* }
                ))
            };
        }

        $crate::__api_error!($error { $($errors)* });

        $crate::__for_client!([$(for $($side)*)?] $crate::__invoke!(
            $name [$output] [$error] [$($how $lookup)?] { $($($parameters)*)? }
            { $($($word $(($($media),+))? $({ $($inner)* })?)+)? } { $($success)* } { $($errors)* }
        ););

        $crate::__for_server!([$(for $($side)*)?] $crate::__serve!(
            $name [$output] [$error] [$($rejections)?] { $($($parameters)*)? }
            { $($($word $(($($media),+))? $({ $($inner)* })?)+)? } { $($success)* } { $($errors)* }
        ););
    };
}

/// Expands a call for the client: if the table lists that side, or if it lists none and the crate has the feature.
#[doc(hidden)]
#[macro_export]
macro_rules! __for_client {
    ([] $($call:tt)*) => {
        #[cfg(feature = "client")]
        $($call)*
    };
    ([for client $($side:ident)*] $($call:tt)*) => { $($call)* };
    ([for $other:ident $($side:ident)*] $($call:tt)*) => { $crate::__for_client!([for $($side)*] $($call)*); };
    ([for] $($call:tt)*) => {};
}

/// Expands a call for the server: if the table lists that side, or if it lists none and the crate has the feature.
#[doc(hidden)]
#[macro_export]
macro_rules! __for_server {
    ([] $($call:tt)*) => {
        #[cfg(feature = "server")]
        $($call)*
    };
    ([for server $($side:ident)*] $($call:tt)*) => { $($call)* };
    ([for $other:ident $($side:ident)*] $($call:tt)*) => { $crate::__for_server!([for $($side)*] $($call)*); };
    ([for] $($call:tt)*) => {};
}

/// A specification with id, method and path.
#[doc(hidden)]
#[macro_export]
macro_rules! __new_spec {
    ($id:literal $method:ident $path:literal) => {
        $crate::operation::OperationSpec::new($id, $crate::operation::Method::$method, $path)
    };
    ($id:literal $method:literal $path:literal) => {
        $crate::operation::OperationSpec::named($id, $method, $path)
    };
}

/// The rows of `outcomes`.
#[doc(hidden)]
#[macro_export]
macro_rules! __outcomes {
    ($($status:tt: $outcome:ident),* $(,)?) => {
        &[$(($crate::__status_range!($status), $crate::outcome::Outcome::$outcome)),*]
    };
}

/// A status, a range of them or all others.
#[doc(hidden)]
#[macro_export]
macro_rules! __status_range {
    (1XX) => {
        $crate::operation::StatusRange::Range(1)
    };
    (2XX) => {
        $crate::operation::StatusRange::Range(2)
    };
    (3XX) => {
        $crate::operation::StatusRange::Range(3)
    };
    (4XX) => {
        $crate::operation::StatusRange::Range(4)
    };
    (5XX) => {
        $crate::operation::StatusRange::Range(5)
    };
    (default) => {
        $crate::operation::StatusRange::Default
    };
    ($code:literal) => {
        $crate::operation::StatusRange::Code($code)
    };
}

/// The statuses of a row of `success`, as a pattern: what a client reads as one, and a server sends as one.
#[doc(hidden)]
#[macro_export]
macro_rules! __success_status {
    (default) => { 200..=299 };
    ($($status:tt)*) => { $crate::__error_status!($($status)*) };
}

/// The statuses of a row of `errors`, as a pattern: what a client reads as one, and a server sends as one.
#[doc(hidden)]
#[macro_export]
macro_rules! __error_status {
    (1XX) => {
        100..=199
    };
    (2XX) => {
        200..=299
    };
    (3XX) => {
        300..=399
    };
    (4XX) => {
        400..=499
    };
    (5XX) => {
        500..=599
    };
    // A success that is not declared is no error.
    (default) => {
        300..
    };
    ($code:literal) => {
        $code
    };
}

/// How to ask whether an operation happened.
#[doc(hidden)]
#[macro_export]
macro_rules! __reconcile {
    (
        $lookup:ident parameter: $index:literal, value: $value:literal, $(items: $items:literal,)? matches: $matches:literal,
        agree: { $($request:literal = $found:literal),* $(,)? }, resource: $success:literal $resource:literal
        $(, identity: $identity:literal)? $(, settling: $settling:literal)? $(,)?
    ) => {
        &$crate::operation::ReconcileSpec::new(<$lookup as $crate::operation::Operation>::SPEC, $index, $value)
            .find($crate::__find!($matches $($items)?))
            .agree(&[$(($request, $found)),*])
            .resource($success, $resource)
            $(.identity($identity))?
            $(.settling(::core::time::Duration::from_secs($settling)))?
    };
}

/// Where the response to the lookup has the resource.
#[doc(hidden)]
#[macro_export]
macro_rules! __find {
    ($matches:literal) => {
        $crate::operation::LookupResponse::One($matches)
    };
    ($matches:literal $items:literal) => {
        $crate::operation::LookupResponse::Among { items: $items, matches: $matches }
    };
}

/// The rows of `parameters` as a specification.
#[doc(hidden)]
#[macro_export]
macro_rules! __parameters {
    ($(
        $field:ident: $place:ident $(($wire:literal))? $(.$step:ident $arguments:tt)* $(default $default:literal)? $(as $ty:ty)?
        $(where { $($check:tt)* })?
    ),* $(,)?) => {
        &[$($crate::operation::ParameterSpec::$place($crate::__wire_name!($field ($($wire)?))) $(.$step $arguments)*),*]
    };
}

/// The rows of `success` and `errors` as a specification.
#[doc(hidden)]
#[macro_export]
macro_rules! __responses {
    (
        $headers:tt
        { $($status:tt: $($kind:ident $(($($media:literal),+))? $($variant:ident)?)|+),* $(,)? }
        { $($failed:tt: $($form:ident $(($($of:literal),+))? $($error:ident)?)|+),* $(,)? }
    ) => {
        &[
            $($crate::operation::ResponseSpec::new(
                $crate::__status_range!($status),
                $crate::__media!($($kind $(($($media),+))?)|+),
            )
            .headers($crate::__headers_of!($status $headers)),)*
            $($crate::operation::ResponseSpec::new(
                $crate::__status_range!($failed),
                $crate::__media!($($form $(($($of),+))?)|+),
            )
            .headers($crate::__headers_of!($failed $headers)),)*
        ]
    };
}

/// The headers of a row; none where no status has any.
#[doc(hidden)]
#[macro_export]
macro_rules! __headers_of {
    ($status:tt []) => {
        &[]
    };
    ($status:tt [$($headers:ident)+]) => {
        $crate::operation::operation_macro::headers_of(
            $crate::__status_range!($status),
            &[$((<$headers as $crate::ResponseHeaders>::STATUS, <$headers as $crate::ResponseHeaders>::HEADERS)),+],
        )
    };
}

/// The media types of a body.
#[doc(hidden)]
#[macro_export]
macro_rules! __media {
    (empty) => { &[] };
    (json) => { &[$crate::operation::MediaSpec::new("application/json", $crate::operation::BodyKind::Json)] };
    (form) => {
        &[$crate::operation::MediaSpec::new("application/x-www-form-urlencoded", $crate::operation::BodyKind::Form)]
    };
    ($($kind:ident($($media:literal),+))|+) => {
        &[$($($crate::operation::MediaSpec::$kind($media)),+),+]
    };
}

/// How a body is written and read.
#[doc(hidden)]
#[macro_export]
macro_rules! __kind {
    (json) => {
        $crate::operation::BodyKind::Json
    };
    (form) => {
        $crate::operation::BodyKind::Form
    };
    (text) => {
        $crate::operation::BodyKind::Text
    };
    (bytes) => {
        $crate::operation::BodyKind::Bytes
    };
    (stream) => {
        $crate::operation::BodyKind::Stream
    };
    (multipart) => {
        $crate::operation::BodyKind::Multipart
    };
    (events) => {
        $crate::operation::BodyKind::Events
    };
    (text_events) => {
        $crate::operation::BodyKind::Events
    };
    (json_lines) => {
        $crate::operation::BodyKind::JsonLines
    };
    (json_sequence) => {
        $crate::operation::BodyKind::JsonSequence
    };
}

/// The statuses of errors, and how errors are printed; nothing where there are none.
#[doc(hidden)]
#[macro_export]
macro_rules! __api_error {
    ($error:ty {}) => {};
    ($error:ty { $($status:tt: $($kind:ident $(($($media:literal),+))? $variant:ident)|+),+ $(,)? }) => {
        impl $crate::operation::ApiError for $error {
            fn status(&self) -> u16 {
                match self {
                    $($($crate::__one_or_several!($status { Self::$variant { .. } } { Self::$variant(status, ..) }))|+ => {
                        $crate::__one_or_several!($status { $status } { status.as_u16() })
                    })+
                }
            }
        }

        $crate::opaque_api_error!($error);
    };
}

/// Chooses by the status of a row: the first where it is one status, the second where it is several, so that the variant carries which.
#[doc(hidden)]
#[macro_export]
macro_rules! __one_or_several {
    (1XX $one:tt { $($several:tt)* }) => { $($several)* };
    (2XX $one:tt { $($several:tt)* }) => { $($several)* };
    (3XX $one:tt { $($several:tt)* }) => { $($several)* };
    (4XX $one:tt { $($several:tt)* }) => { $($several)* };
    (5XX $one:tt { $($several:tt)* }) => { $($several)* };
    (default $one:tt { $($several:tt)* }) => { $($several)* };
    ($code:literal { $($one:tt)* } $several:tt) => { $($one)* };
}

/// Gives a table of an operation to another macro: the words of `body` in one order, whatever is left out.
#[doc(hidden)]
#[macro_export]
macro_rules! __body {
    ($to:ident $with:tt) => { $crate::$to! { $with none } };
    ($to:ident $with:tt optional $($words:tt)+) => { $crate::__body! { @ $to $with optional $($words)+ } };
    ($to:ident $with:tt patch $($words:tt)+) => { $crate::__body! { @ $to $with patch $($words)+ } };
    ($to:ident $with:tt maybe $($words:tt)+) => { $crate::__body! { @ $to $with maybe $($words)+ } };
    (@ $to:ident $with:tt $need:ident $kind:ident $(($($media:literal),+))? in $envelope:ident { $($rows:tt)* } $($tail:tt)*) => {
        $crate::$to! { $with fields $need $kind [$($($media),+)?] [$envelope] [] { $($rows)* } [$($tail)*] }
    };
    (@ $to:ident $with:tt $need:ident $kind:ident $(($($media:literal),+))? by $styles:ident { $($rows:tt)* } $($tail:tt)*) => {
        $crate::$to! { $with fields $need $kind [$($($media),+)?] [&[]] [$styles] { $($rows)* } [$($tail)*] }
    };
    (@ $to:ident $with:tt $need:ident $kind:ident $(($($media:literal),+))? { $($rows:tt)* } $($tail:tt)*) => {
        $crate::$to! { $with fields $need $kind [$($($media),+)?] [&[]] [] { $($rows)* } [$($tail)*] }
    };
    (@ $to:ident $with:tt $need:ident $name:ident $field:ident of { $($variants:tt)* }) => {
        $crate::$to! { $with choice $need $name $field { $($variants)* } }
    };
    (@ $to:ident $with:tt $need:ident $kind:ident $(($($media:literal),+))? by $styles:ident $field:ident $(where { $($check:tt)* })?) => {
        $crate::$to! { $with whole $need $kind [$($($media),+)?] [$styles] $field { $($($check)*)? } }
    };
    (@ $to:ident $with:tt $need:ident $kind:ident $(($($media:literal),+))? $field:ident $(where { $($check:tt)* })?) => {
        $crate::$to! { $with whole $need $kind [$($($media),+)?] [] $field { $($($check)*)? } }
    };
    ($to:ident $with:tt $($words:tt)+) => { $crate::__body! { @ $to $with required $($words)+ } };
}

/// The headers of a status, among those of all statuses that have some.
#[doc(hidden)]
#[must_use]
pub const fn headers_of(
    status: StatusRange,
    all: &'static [(StatusRange, &'static [ParameterSpec])],
) -> &'static [ParameterSpec] {
    let mut left = all;
    while let [(range, headers), rest @ ..] = left {
        let is_same = match (status, *range) {
            (StatusRange::Code(one), StatusRange::Code(other)) => one == other,
            (StatusRange::Range(one), StatusRange::Range(other)) => one == other,
            (StatusRange::Default, StatusRange::Default) => true,
            _ => false,
        };
        if is_same {
            return headers;
        }
        left = rest;
    }
    &[]
}

/// The styles of a form; none where none are given.
#[doc(hidden)]
#[macro_export]
macro_rules! __styles {
    () => {
        &[]
    };
    ($styles:ident) => {
        $styles
    };
}
