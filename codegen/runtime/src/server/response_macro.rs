//! What [`operation!`](crate::operation!) says of responses, as a server writes them.

/// The documented success as a response.
#[doc(hidden)]
#[macro_export]
macro_rules! __respond {
    ($output:ident $of:ident) => {{
        let () = $output;
        $crate::server::ServerResponse::empty(204)
    }};
    ($output:ident $of:ident $status:tt: empty $(,)?) => {{
        let () = $output;
        $crate::server::ServerResponse::empty($crate::__first_status!($status))
    }};
    ($output:ident $of:ident $status:tt: $kind:ident $(($($media:literal),+))? $(,)?) => {{
        let status = $crate::__first_status!($status);
        $crate::__body_response!($kind [$($($media),+)?] status $output)
    }};
    ($output:ident $of:ident $($status:tt: $($kind:ident $(($($media:literal),+))? $variant:ident)|+),+ $(,)?) => {
        match $output {
            $($($crate::__variant!($status $kind $of::$variant, status body) => {
                $crate::__response!(__success_status $status $kind [$($($media),+)?] status body)
            })+)+
        }
    };
}

/// The status that is sent where a row has several and the output does not say which.
#[doc(hidden)]
#[macro_export]
macro_rules! __first_status {
    (1XX) => {
        100
    };
    (2XX) => {
        200
    };
    (3XX) => {
        300
    };
    (default) => {
        200
    };
    ($code:literal) => {
        $code
    };
}

/// A variant as a pattern: what it holds is its body, behind the status where its row has several.
#[doc(hidden)]
#[macro_export]
macro_rules! __variant {
    (1XX $($rest:tt)+) => { $crate::__variant!(several $($rest)+) };
    (2XX $($rest:tt)+) => { $crate::__variant!(several $($rest)+) };
    (3XX $($rest:tt)+) => { $crate::__variant!(several $($rest)+) };
    (4XX $($rest:tt)+) => { $crate::__variant!(several $($rest)+) };
    (5XX $($rest:tt)+) => { $crate::__variant!(several $($rest)+) };
    (default $($rest:tt)+) => { $crate::__variant!(several $($rest)+) };
    (several empty $of:ident::$variant:ident, $status:ident $body:ident) => { $of::$variant($status) };
    (several $kind:ident $of:ident::$variant:ident, $status:ident $body:ident) => { $of::$variant($status, $body) };
    ($code:literal empty $of:ident::$variant:ident, $status:ident $body:ident) => { $of::$variant };
    ($code:literal $kind:ident $of:ident::$variant:ident, $status:ident $body:ident) => { $of::$variant($body) };
}

/// The response of a row; a status that the variant carries is held to those that a client reads as this row.
#[doc(hidden)]
#[macro_export]
macro_rules! __response {
    ($statuses:ident 1XX $($rest:tt)+) => { $crate::__response!(several ($crate::$statuses!(1XX)) $($rest)+) };
    ($statuses:ident 2XX $($rest:tt)+) => { $crate::__response!(several ($crate::$statuses!(2XX)) $($rest)+) };
    ($statuses:ident 3XX $($rest:tt)+) => { $crate::__response!(several ($crate::$statuses!(3XX)) $($rest)+) };
    ($statuses:ident 4XX $($rest:tt)+) => { $crate::__response!(several ($crate::$statuses!(4XX)) $($rest)+) };
    ($statuses:ident 5XX $($rest:tt)+) => { $crate::__response!(several ($crate::$statuses!(5XX)) $($rest)+) };
    ($statuses:ident default $($rest:tt)+) => { $crate::__response!(several ($crate::$statuses!(default)) $($rest)+) };
    (several ($statuses:pat) $kind:ident $media:tt $status:ident $body:ident) => {
        $crate::__body_response!($kind $media ($status.as_u16()) $body).documented(matches!($status.as_u16(), $statuses))
    };
    ($statuses:ident $code:literal $kind:ident $media:tt $status:ident $body:ident) => {
        $crate::__body_response!($kind $media $code $body)
    };
}

/// A body as a response.
#[doc(hidden)]
#[macro_export]
macro_rules! __body_response {
    (empty [] $status:tt $body:ident) => {
        $crate::server::ServerResponse::empty($status)
    };
    (json [] $status:tt $body:ident) => {
        $crate::server::ServerResponse::json($status, &$body)
    };
    (json [$first:literal $(, $media:literal)*] $status:tt $body:ident) => {
        $crate::server::ServerResponse::json($status, &$body).named($first)
    };
    (form [] $status:tt $body:ident) => {
        $crate::server::ServerResponse::form($status, "application/x-www-form-urlencoded", &$body)
    };
    (stream [$first:literal $(, $media:literal)*] $status:tt $body:ident) => {
        $crate::server::ServerResponse::stream($status, $first, $body)
    };
    ($kind:ident [$first:literal $(, $media:literal)*] $status:tt $body:ident) => {
        $crate::server::ServerResponse::$kind($status, $first, &$body)
    };
}
