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

            fn receive(
                incoming: &$crate::server::Incoming,
            ) -> $crate::Result<$crate::server::Received<Self>, $crate::server::Rejection> {
                let mut _parameters = incoming.parameters();
                $(
                    let $field $(: $crate::Option<$ty>)? = _parameters.take();
                    $($crate::__if_read!($field, _parameters.check(|checker| { $crate::__check!(checker $field $($check)*); }));)?
                )*
                let _faults = _parameters.faults();
                $crate::__body!(__received { incoming _faults [$($field ($($default)?))*] } $($body)*)
            }

            fn respond(output: Self::Output) -> $crate::server::ServerResponse {
                type __Output = $output;
                $crate::__respond!(output __Output $($success)*)
            }

            fn refuse(error: Self::Error) -> $crate::server::ServerResponse {
                type __Error = $error;
                match error {
                    $($($crate::__variant!($failed $form __Error::$failure, status body) => {
                        $crate::__response!(__error_status $failed $form [$($($of),+)?] status body)
                    })+)*
                }
            }
        }
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
    ($optional:ident $takes:expr) => {
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

/// Does something with what was read, unless it was refused.
#[doc(hidden)]
#[macro_export]
macro_rules! __if_read {
    ($read:ident, $then:expr) => {
        if let $crate::Some($read) = &$read {
            $then;
        }
    };
}

/// A request of the parameters, which are read already, and of the body, which is read when it is there.
#[doc(hidden)]
#[macro_export]
macro_rules! __received {
    ({ $incoming:ident $faults:ident $parameters:tt } none) => {{
        let mut $faults = $faults;
        let request: $crate::Result<Self, $crate::server::Rejection> =
            $crate::__request!($incoming $faults $parameters []);
        match request {
            $crate::Ok(request) => $crate::Ok($crate::server::Received::Whole(request)),
            $crate::Err(rejection) => $crate::Err(rejection),
        }
    }};
    ({ $incoming:ident $faults:ident $parameters:tt } $form:ident $($body:tt)*) => {
        $crate::Ok($crate::server::Received::with_body(move |$incoming| {
            let mut $faults = $faults;
            $crate::__received_body!({ $incoming $faults $parameters } $form $($body)*)
        }))
    };
}

/// A request, with the parameters that are read already and the body.
#[doc(hidden)]
#[macro_export]
macro_rules! __received_body {
    ({ $incoming:ident $faults:ident $parameters:tt } whole required $kind:ident $media:tt $styles:tt $field:ident $check:tt) => {{
        let $field = $faults.keep($crate::__received_value!($incoming $kind $styles $check));
        $crate::__checked_body!($faults $field $check);
        $crate::__request!($incoming $faults $parameters [$field ()])
    }};
    ({ $incoming:ident $faults:ident $parameters:tt } whole optional $kind:ident $media:tt $styles:tt $field:ident $check:tt) => {{
        let $field = $faults.keep(if $incoming.is_left_out() {
            $crate::Ok($crate::None)
        } else {
            $crate::__received_value!($incoming $kind $styles $check).map($crate::Some)
        });
        $crate::__checked_body!($faults $field $check);
        $crate::__request!($incoming $faults $parameters [$field ()])
    }};
    // `patch` and `maybe`: null is a body, too.
    ({ $incoming:ident $faults:ident $parameters:tt } whole $three_states:ident $kind:ident $media:tt $styles:tt $field:ident $check:tt) => {{
        let $field = $faults.keep(if $incoming.is_left_out() {
            $crate::Ok(::core::default::Default::default())
        } else {
            $crate::__received_value!($incoming $kind $styles $check)
        });
        $crate::__checked_body!($faults $field $check);
        $crate::__request!($incoming $faults $parameters [$field ()])
    }};
    ({ $incoming:ident $faults:ident $parameters:tt } choice required $name:ident $field:ident {
        $($variant:ident: $kind:ident($($media:literal),+) $(by $styles:ident)? $(where { $($check:tt)* })?),* $(,)?
    }) => {{
        let $field = $faults.keep(match $incoming.media_type() {
            $($($media)|+ => {
                $crate::__received_value!($incoming $kind [$($styles)?] { $($($check)*)? }).map($name::$variant)
            })*
            _ => $crate::Err($incoming.missing_body()),
        });
        $crate::__if_read!($field, $faults.check(|_checker| match $field {
            $($name::$variant(_body) => { $($crate::__check!(_checker _body $($check)*);)? })*
        }));
        $crate::__request!($incoming $faults $parameters [$field ()])
    }};
    ({ $incoming:ident $faults:ident $parameters:tt } choice optional $name:ident $field:ident {
        $($variant:ident: $kind:ident($($media:literal),+) $(by $styles:ident)? $(where { $($check:tt)* })?),* $(,)?
    }) => {{
        let $field = $faults.keep(match $incoming.is_left_out() {
            false => match $incoming.media_type() {
                $($($media)|+ => {
                    let body = $crate::__received_value!($incoming $kind [$($styles)?] { $($($check)*)? });
                    body.map(|body| $crate::Some($name::$variant(body)))
                })*
                _ => $crate::Ok($crate::None),
            },
            true => $crate::Ok($crate::None),
        });
        $crate::__if_read!($field, $faults.check(|_checker| match $field {
            $($crate::Some($name::$variant(_body)) => {
                $($crate::__check!(_checker _body $($check)*);)?
            })*
            $crate::None => {}
        }));
        $crate::__request!($incoming $faults $parameters [$field ()])
    }};
    ({ $incoming:ident $faults:ident $parameters:tt } fields $need:ident multipart $media:tt $envelope:tt $styles:tt { $(
        $field:ident: $kind:ident $(($wire:literal))? $(.$step:ident $arguments:tt)* $(or $default:literal)? $(as $of:literal)? $(where $check:tt)?
    ),* $(,)? } [$($tail:tt)*]) => {{
        let body = $faults.keep($incoming.multipart());
        let $crate::Some(body) = body else { return $crate::Err($faults.refusal()) };
        $crate::__read_parts!($faults body { $(
            $field: $kind $(($wire))? $(.$step $arguments)* $(where $check)?
        ),* } $($tail)*);
        $crate::__request!($incoming $faults $parameters [$($field ($($default)?))*])
    }};
    ({ $incoming:ident $faults:ident $parameters:tt } fields $need:ident $kind:ident $media:tt [$envelope:expr] [$($styles:ident)?] { $(
        $field:ident: $word:ident $(($wire:literal))? $(or $default:literal)? $(as $of:literal)? $(where $check:tt)?
    ),* $(,)? } [$($tail:tt)*]) => {{
        let body = $faults.keep($crate::__received_object!($incoming $kind ($envelope) ($crate::__styles!($($styles)?))));
        let $crate::Some(body) = body else { return $crate::Err($faults.refusal()) };
        $crate::__closed!($faults body [$($crate::__wire_name!($field ($($wire)?))),*] $($tail)*);
        $(let $field = $faults.keep(body.$word($crate::__wire_name!($field ($($wire)?))));)*
        ::core::mem::drop(body);
        $faults.check(|checker| $crate::server::within_envelope(checker, $envelope, &mut |_checker| {
            $($crate::__checked_field!(_checker ($crate::__wire_name!($field ($($wire)?))) $field $($check)?);)*
            $crate::__counted!(_checker [$(($word) $field)*] $($tail)*);
            $crate::__satisfied!(_checker [$(($word) ($crate::__wire_name!($field ($($wire)?))) $field)*] $($tail)*);
        }));
        $crate::__request!($incoming $faults $parameters [$($field ($($default)?))*])
    }};
}

/// The request of what was read, or the rejection that names all that was refused. Defaults are filled in
/// after the checks, so that no caller is told of a value that it did not send.
#[doc(hidden)]
#[macro_export]
macro_rules! __request {
    ($incoming:ident $faults:ident [] []) => {
        match $faults.finish() {
            $crate::Ok(()) => $crate::Ok(Self {}),
            $crate::Err(rejection) => $crate::Err(rejection),
        }
    };
    ($incoming:ident $faults:ident [$($parameter:ident ($($default:literal)?))*] [$($field:ident ($($or:literal)?))*]) => {{
        $crate::__given!($faults.finish());
        let ($($crate::Some($parameter),)* $($crate::Some($field),)*) =
            ($($parameter,)* $($field,)*)
        else {
            return $crate::Err($faults.refusal());
        };
        $($(let $parameter = $incoming.or_default($parameter, $default);)?)*
        $($(let $field = $crate::__or_default!($field $or);)?)*
        $crate::Ok(Self { $($parameter,)* $($field,)* })
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
macro_rules! __received_value {
    ($incoming:ident stream $styles:tt $check:tt) => {
        $incoming.stream()
    };
    ($incoming:ident json_lines $styles:tt { $($check:tt)* }) => {
        $incoming.json_lines().map(|items| $crate::__checked_items!((items) $($check)*))
    };
    ($incoming:ident json_sequence $styles:tt { $($check:tt)* }) => {
        $incoming.json_sequence().map(|items| $crate::__checked_items!((items) $($check)*))
    };
    ($incoming:ident form [$styles:ident] $check:tt) => {
        $incoming.form_styled($styles)
    };
    ($incoming:ident multipart $styles:tt $check:tt) => {
        $incoming.form_of_parts()
    };
    ($incoming:ident $kind:ident [] $check:tt) => {
        $incoming.$kind()
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

/// Reads the object or form whose properties are fields.
#[doc(hidden)]
#[macro_export]
macro_rules! __received_object {
    ($incoming:ident json ($envelope:expr) $styles:tt) => {
        $incoming.json_object($envelope)
    };
    ($incoming:ident form $envelope:tt ($styles:expr)) => {
        $incoming.form_object_styled($styles)
    };
}

/// Refuses what a closed object does not list.
#[doc(hidden)]
#[macro_export]
macro_rules! __closed {
    ($faults:ident $body:ident $names:tt closed $($tail:tt)*) => {
        $faults.keep($body.deny_unknown(&$names))
    };
    ($faults:ident $body:ident $names:tt $($tail:tt)*) => {};
}

/// What is demanded of a body beyond its type; nothing where there is no such demand.
#[doc(hidden)]
#[macro_export]
macro_rules! __checked_body {
    ($faults:ident $field:ident {}) => {};
    // The items of a stream are checked as they are read.
    ($faults:ident $field:ident { items $($check:tt)+ }) => {};
    ($faults:ident $field:ident { valid }) => {
        $faults.valid(&$field);
    };
    ($faults:ident $field:ident { $($check:tt)+ }) => {
        $crate::__if_read!($field, $faults.check(|checker| { $crate::__check!(checker $field $($check)+); }));
    };
}

/// What is demanded of a property.
#[doc(hidden)]
#[macro_export]
macro_rules! __checked_field {
    ($checker:ident $key:tt $value:ident) => {};
    ($checker:ident $key:tt $value:ident { $($check:tt)* }) => {
        $crate::__if_read!($value, $checker.at($key, |checker| { $crate::__check!(checker $value $($check)*); }));
    };
}

/// What is demanded of the number of properties.
#[doc(hidden)]
#[macro_export]
macro_rules! __counted {
    ($checker:ident $fields:tt) => {};
    ($checker:ident $fields:tt closed $($tail:tt)*) => { $crate::__counted!($checker $fields $($tail)*) };
    ($checker:ident $fields:tt satisfies $schema:tt) => {};
    // One that was refused was given.
    ($checker:ident [$($words:tt $value:ident)*] counted { $($check:tt)* } $($tail:tt)*) => {
        let count = $crate::check::PropertyCount::new(
            0 $(+ $crate::__others_count!($words $value))*,
            &[$($value.as_ref().is_none_or(|_value| $crate::__is_given!($words _value))),*],
        );
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
    ($checker:ident [$($words:tt ($wire:expr) $value:ident)*] satisfies { $schema:expr }) => {
        // What was refused is told of its own; without it, nothing can be said of all together.
        if true $(&& $value.is_some())* {
            let given = [$((
                $wire,
                $value.as_ref().filter(|_value| $crate::__is_given!($words _value)).map(|value| $crate::Json::encode(value)),
            )),*];
            let given = given.into_iter().filter_map(|(name, value)| Some((name, value?.ok()?)));
            $checker.satisfies(&given.collect::<$crate::JsonObject>(), $schema);
        }
    };
}

/// Whether a property is there.
#[doc(hidden)]
#[macro_export]
macro_rules! __is_given {
    ((patch) $value:expr) => {
        !($value).is_keep()
    };
    ((maybe) $value:expr) => {
        !($value).is_absent()
    };
    ((optional) $value:expr) => {
        ($value).is_some()
    };
    (($kind:ident optional) $value:expr) => {
        ($value).is_some()
    };
    // Each part of a map counts on its own.
    (($kind:ident others optional) $value:expr) => {
        false
    };
    (($kind:ident list others optional) $value:expr) => {
        false
    };
    (($kind:ident list optional) $value:expr) => {
        ($value).is_some()
    };
    ($words:tt $value:expr) => {
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
