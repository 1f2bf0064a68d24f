//! The server's side of [`operation!`](crate::operation!).

use crate::check::Checker;
use crate::operation::EnvelopeLevel;

/// How an operation is read and its results written.
#[doc(hidden)]
#[macro_export]
macro_rules! __serve {
    (
        $name:ident [$output:ty] [$error:ty] [$($rejections:path)?]
        { $(
            $field:ident: $place:ident $(($wire:literal))? $(.$step:ident $arguments:tt)* $(default $default:literal)? $(as $ty:ty)?
            $(where { $($check:tt)* })?
        ),* $(,)? }
        { $($body:tt)* }
        { $($success:tt)* }
        { $($failed:tt: $($form:ident $(($($of:literal),+))? $failure:ident)|+),* $(,)? }
    ) => {
        impl $crate::server::Serve for $name {
            const BODY: $crate::server::BodySpec = $crate::__body!(__body_spec {} $($body)*);
            $(const REJECTIONS: &'static [$crate::server::DocumentedRejection] = $rejections;)?

            async fn receive(
                incoming: &mut $crate::server::Incoming,
            ) -> ::core::result::Result<Self, $crate::server::Rejection> {
                let mut _parameters = incoming.parameters();
                $(
                    let $field $(: $ty)? = _parameters.take()?;
                    $(_parameters.check(|checker| { $crate::__check!(checker (&$field) $($check)*); });)?
                )*
                _parameters.finish()?;
                // What the checks say is said to the caller, who did not send the defaults.
                $($(let $field = incoming.or_default($field, $default);)?)*
                $crate::__body!(__received_body { incoming [$($field)*] } $($body)*)
            }

            $crate::__body!(__checked_body {} $($body)*);

            fn respond(output: Self::Output) -> $crate::server::ServerResponse {
                type __Output = $output;
                $crate::__respond!(output __Output $($success)*)
            }

            fn refuse(error: Self::Error) -> $crate::server::ServerResponse {
                type __Error = $error;
                match error {
                    $($($crate::__variant!($failed $form __Error::$failure, status body) => {
                        $crate::__response!($failed $form [$($($of),+)?] status body)
                    })+)*
                }
            }
        }
    };
}

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
                $crate::__response!($status $kind [$($($media),+)?] status body)
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
    ($row:tt empty $of:ident::$variant:ident, $status:ident $body:ident) => {
        $crate::__one_or_several!($row { $of::$variant } { $of::$variant($status) })
    };
    ($row:tt $kind:ident $of:ident::$variant:ident, $status:ident $body:ident) => {
        $crate::__one_or_several!($row { $of::$variant($body) } { $of::$variant($status, $body) })
    };
}

/// The response of a row; a status that the variant carries is held to the range of the row.
#[doc(hidden)]
#[macro_export]
macro_rules! __response {
    ($row:tt $kind:ident $media:tt $status:ident $body:ident) => {
        $crate::__one_or_several!($row { $crate::__body_response!($kind $media $row $body) } {
            $crate::__body_response!($kind $media ($status.as_u16()) $body).within($crate::__status_range!($row))
        })
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
    (stream [$first:literal $(, $media:literal)*] $status:tt $body:ident) => {
        $crate::server::ServerResponse::stream($status, $first, $body)
    };
    ($kind:ident [$first:literal $(, $media:literal)*] $status:tt $body:ident) => {
        $crate::server::ServerResponse::$kind($status, $first, &$body)
    };
}

/// Which bodies a server takes.
#[doc(hidden)]
#[macro_export]
macro_rules! __body_spec {
    ({} none) => { $crate::server::BodySpec::NONE };
    ({} whole $need:ident $kind:ident $media:tt $styles:tt $field:ident $check:tt) => {
        $crate::__need!($need $crate::__takes!($kind $media))
    };
    ({} fields $need:ident $kind:ident $media:tt $envelope:tt $styles:tt $rows:tt $tail:tt) => {
        $crate::__need!($need $crate::__takes!($kind $media))
    };
    ({} choice $need:ident $name:ident $field:ident {
        $($variant:ident: $kind:ident($($media:literal),+) $(by $styles:ident)? $(where $check:tt)?),* $(,)?
    }) => {
        $crate::__need!($need $crate::server::BodySpec::several($crate::__media!($($kind($($media),+))|+)))
    };
}

/// Whether a body may be left out.
#[doc(hidden)]
#[macro_export]
macro_rules! __need {
    (required $takes:expr) => {
        $takes
    };
    (optional $takes:expr) => {
        $takes.optional()
    };
}

/// The media types of a body that a server takes.
#[doc(hidden)]
#[macro_export]
macro_rules! __takes {
    (json [$($media:literal)?]) => { $crate::server::BodySpec::json() };
    (form [$($media:literal)?]) => { $crate::server::BodySpec::form() };
    (multipart []) => {
        $crate::server::BodySpec::one("multipart/form-data", $crate::operation::BodyKind::Multipart)
    };
    ($kind:ident [$media:literal]) => { $crate::server::BodySpec::one($media, $crate::__kind!($kind)) };
    ($kind:ident [$($media:literal),+]) => { $crate::server::BodySpec::several($crate::__media!($kind($($media),+))) };
}

/// A request, with the parameters that are read already and the body.
#[doc(hidden)]
#[macro_export]
macro_rules! __received_body {
    ({ $incoming:ident [$($parameter:ident)*] } none) => { ::core::result::Result::Ok(Self { $($parameter),* }) };
    ({ $incoming:ident [$($parameter:ident)*] } whole required $kind:ident $media:tt $styles:tt $field:ident $check:tt) => {
        ::core::result::Result::Ok(Self { $($parameter,)* $field: $crate::__received!($incoming $kind $styles $check) })
    };
    ({ $incoming:ident [$($parameter:ident)*] } whole optional $kind:ident $media:tt $styles:tt $field:ident $check:tt) => {
        ::core::result::Result::Ok(Self {
            $($parameter,)*
            $field: if $incoming.is_left_out().await? {
                ::core::option::Option::None
            } else {
                ::core::option::Option::Some($crate::__received!($incoming $kind $styles $check))
            },
        })
    };
    ({ $incoming:ident [$($parameter:ident)*] } choice required $name:ident $field:ident {
        $($variant:ident: $kind:ident($($media:literal),+) $(by $styles:ident)? $(where { $($check:tt)* })?),* $(,)?
    }) => {
        ::core::result::Result::Ok(Self {
            $($parameter,)*
            $field: match $incoming.media_type() {
                $($($media)|+ => $name::$variant($crate::__received!($incoming $kind [$($styles)?] { $($($check)*)? })),)*
                _ => return ::core::result::Result::Err($incoming.missing_body()),
            },
        })
    };
    ({ $incoming:ident [$($parameter:ident)*] } choice optional $name:ident $field:ident {
        $($variant:ident: $kind:ident($($media:literal),+) $(by $styles:ident)? $(where { $($check:tt)* })?),* $(,)?
    }) => {
        ::core::result::Result::Ok(Self {
            $($parameter,)*
            $field: match $incoming.media_type() {
                $($($media)|+ => {
                    ::core::option::Option::Some($name::$variant($crate::__received!($incoming $kind [$($styles)?] { $($($check)*)? })))
                })*
                _ => ::core::option::Option::None,
            },
        })
    };
    ({ $incoming:ident [$($parameter:ident)*] } fields $need:ident $kind:ident $media:tt [$envelope:expr] [$($styles:ident)?] { $(
        $field:ident: $word:ident $(($wire:literal))? $(or $default:literal)? $(as $of:literal)? $(where $check:tt)?
    ),* $(,)? } [$($tail:tt)*]) => {{
        let body = $crate::__received_object!($incoming $kind ($envelope) ($crate::__styles!($($styles)?)));
        $crate::__closed!(body [$($crate::__wire!($field $($wire)?)),*] $($tail)*);
        ::core::result::Result::Ok(Self {
            $($parameter,)*
            $($field: $crate::__or_default!((body.$word($crate::__wire!($field $($wire)?))?) $($default)?),)*
        })
    }};
}

/// A property, or its default where it was left out.
#[doc(hidden)]
#[macro_export]
macro_rules! __or_default {
    ($value:tt) => {
        $value
    };
    ($value:tt $default:literal) => {
        $crate::codec::Optional::filled_in($value, $default)
    };
}

/// Reads a body as one value. The items of a stream are checked as they are read.
#[doc(hidden)]
#[macro_export]
macro_rules! __received {
    ($incoming:ident stream $styles:tt $check:tt) => {
        $incoming.stream()?
    };
    ($incoming:ident json_lines $styles:tt { $($check:tt)* }) => {
        $crate::__checked_items!(($incoming.json_lines()?) $($check)*)
    };
    ($incoming:ident json_sequence $styles:tt { $($check:tt)* }) => {
        $crate::__checked_items!(($incoming.json_sequence()?) $($check)*)
    };
    ($incoming:ident form [$styles:ident] $check:tt) => {
        $incoming.form_styled($styles).await?
    };
    ($incoming:ident $kind:ident [] $check:tt) => {
        $incoming.$kind().await?
    };
}

/// Checks each item of a stream, where something is demanded of it.
#[doc(hidden)]
#[macro_export]
macro_rules! __checked_items {
    (($items:expr)) => {
        $items
    };
    (($items:expr) items($item:ty) { $($check:tt)* }) => {
        $items.checked(|item: &$item, checker: &mut $crate::Checker<'_>| { $crate::__check!(checker item $($check)*); })
    };
}

/// Reads the object or form whose properties or parts are fields.
#[doc(hidden)]
#[macro_export]
macro_rules! __received_object {
    ($incoming:ident json ($envelope:expr) $styles:tt) => {
        $incoming.json_object($envelope).await?
    };
    ($incoming:ident form $envelope:tt ($styles:expr)) => {
        $incoming.form_object_styled($styles).await?
    };
    ($incoming:ident multipart $envelope:tt $styles:tt) => {
        $incoming.multipart().await?
    };
}

/// Refuses what a closed object does not list.
#[doc(hidden)]
#[macro_export]
macro_rules! __closed {
    ($body:ident $names:tt closed $($tail:tt)*) => {
        $body.deny_unknown(&$names)?
    };
    ($body:ident $names:tt $($tail:tt)*) => {};
}

/// What is demanded of a body beyond its type; nothing where there is no such demand.
#[doc(hidden)]
#[macro_export]
macro_rules! __checked_body {
    ({} none) => {};
    ({} whole $need:ident $kind:ident $media:tt $styles:tt $field:ident {}) => {};
    // The items of a stream are checked as they are read.
    ({} whole $need:ident $kind:ident $media:tt $styles:tt $field:ident { items $($check:tt)+ }) => {};
    ({} whole $need:ident $kind:ident $media:tt $styles:tt $field:ident { $($check:tt)+ }) => {
        fn check(&self, checker: &mut $crate::Checker<'_>) {
            $crate::__check!(checker (&self.$field) $($check)+);
        }
    };
    ({} choice required $name:ident $field:ident {
        $($variant:ident: $kind:ident($($media:literal),+) $(by $styles:ident)? $(where { $($check:tt)* })?),* $(,)?
    }) => {
        fn check(&self, _checker: &mut $crate::Checker<'_>) {
            match &self.$field {
                $($name::$variant(_body) => { $($crate::__check!(_checker _body $($check)*);)? })*
            }
        }
    };
    ({} choice optional $name:ident $field:ident {
        $($variant:ident: $kind:ident($($media:literal),+) $(by $styles:ident)? $(where { $($check:tt)* })?),* $(,)?
    }) => {
        fn check(&self, _checker: &mut $crate::Checker<'_>) {
            match &self.$field {
                $(::core::option::Option::Some($name::$variant(_body)) => {
                    $($crate::__check!(_checker _body $($check)*);)?
                })*
                ::core::option::Option::None => {}
            }
        }
    };
    ({} fields $need:ident $kind:ident $media:tt [$envelope:expr] $styles:tt { $(
        $field:ident: $word:ident $(($wire:literal))? $(or $default:literal)? $(as $of:literal)? $(where { $($check:tt)* })?
    ),* $(,)? } [$($tail:tt)*]) => {
        fn check(&self, checker: &mut $crate::Checker<'_>) {
            $crate::server::within_envelope(checker, $envelope, &mut |_checker| {
                $($crate::__checked_field!(_checker ($crate::__wire!($field $($wire)?)) (&self.$field) $({ $($check)* })?);)*
                $crate::__counted!(_checker [$($word (&self.$field))*] $($tail)*);
                $crate::__satisfied!(_checker [$($word ($crate::__wire!($field $($wire)?)) (&self.$field))*] $($tail)*);
            });
        }
    };
}

/// What is demanded of a property.
#[doc(hidden)]
#[macro_export]
macro_rules! __checked_field {
    ($checker:ident $key:tt $value:tt) => {};
    ($checker:ident $key:tt $value:tt { $($check:tt)* }) => {
        $checker.at($key, |checker| { $crate::__check!(checker $value $($check)*); });
    };
}

/// What is demanded of the number of properties.
#[doc(hidden)]
#[macro_export]
macro_rules! __counted {
    ($checker:ident $fields:tt) => {};
    ($checker:ident $fields:tt closed $($tail:tt)*) => { $crate::__counted!($checker $fields $($tail)*) };
    ($checker:ident $fields:tt satisfies $schema:tt) => {};
    ($checker:ident [$($word:ident ($value:expr))*] counted { $($check:tt)* } $($tail:tt)*) => {
        let count = $crate::check::PropertyCount::new(0, &[$($crate::__is_given!($word $value)),*]);
        $crate::__check!($checker (&count) $($check)*);
    };
}

/// What is demanded of the properties together.
#[doc(hidden)]
#[macro_export]
macro_rules! __satisfied {
    ($checker:ident $fields:tt) => {};
    ($checker:ident $fields:tt closed $($tail:tt)*) => { $crate::__satisfied!($checker $fields $($tail)*) };
    ($checker:ident $fields:tt counted $check:tt $($tail:tt)*) => { $crate::__satisfied!($checker $fields $($tail)*) };
    ($checker:ident [$($word:ident ($wire:expr) ($value:expr))*] satisfies { $schema:expr }) => {
        let given = [$(($wire, $crate::__is_given!($word $value).then(|| $crate::Json::encode($value)))),*];
        let given = given.into_iter().filter_map(|(name, value)| Some((name, value?.ok()?)));
        $checker.satisfies(&given.collect::<$crate::JsonObject>(), $schema);
    };
}

/// Whether a property is there.
#[doc(hidden)]
#[macro_export]
macro_rules! __is_given {
    (patch $value:expr) => {
        !($value).is_keep()
    };
    (maybe $value:expr) => {
        !($value).is_absent()
    };
    (optional $value:expr) => {
        ($value).is_some()
    };
    (text_optional $value:expr) => {
        ($value).is_some()
    };
    (text_list_optional $value:expr) => {
        ($value).is_some()
    };
    (json_optional $value:expr) => {
        ($value).is_some()
    };
    (json_list_optional $value:expr) => {
        ($value).is_some()
    };
    (file_optional $value:expr) => {
        ($value).is_some()
    };
    (files_optional $value:expr) => {
        ($value).is_some()
    };
    ($word:ident $value:expr) => {
        true
    };
}

/// Checks what stands inside the objects of an envelope.
#[doc(hidden)]
pub fn within_envelope(checker: &mut Checker<'_>, envelope: &[EnvelopeLevel], check: &mut dyn FnMut(&mut Checker<'_>)) {
    match envelope {
        [] => check(checker),
        [outer, inner @ ..] => checker.at(outer.key, |checker| within_envelope(checker, inner, check)),
    }
}
