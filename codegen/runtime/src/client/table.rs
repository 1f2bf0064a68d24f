//! The client's side of [`operation!`](crate::operation!).

/// How an operation is written and its response read.
#[doc(hidden)]
#[macro_export]
macro_rules! __invoke {
    (
        $name:ident [$output:ty] [$error:ty] [$($how:ident $lookup:ident)?]
        { $(
            $field:ident: $place:ident $(($wire:literal))? $(.$step:ident $arguments:tt)* $(default $default:literal)? $(as $ty:ty)?
            $(where $check:tt)?
        ),* $(,)? }
        { $($body:tt)* }
        { $($status:tt: $($kind:ident $(($($media:literal),+))? $($variant:ident)?)|+),* $(,)? }
        { $($failed:tt: $($form:ident $(($($of:literal),+))? $failure:ident)|+),* $(,)? }
    ) => {
        impl $crate::client::Invoke for $name {
            $(const LOOKUP: ::core::option::Option<$crate::client::LookupOperation> =
                ::core::option::Option::Some($crate::client::LookupOperation::$how::<$lookup>());)?

            fn encode(
                &self,
                request: &mut $crate::client::RequestWriter,
            ) -> ::core::result::Result<(), $crate::client::BuildError> {
                request.parameters(&[$(&self.$field),*])?;
                $crate::__body!(__written_body { self request } $($body)*)
            }

            fn decode(response: &$crate::client::ClientResponse) -> $crate::client::Decoded<Self> {
                type __Output = $output;
                type __Error = $error;
                match response.status() {
                    $($crate::__success_status!($status) => {
                        $crate::__read_status!(response Ok __Output $status $($kind [$($($media),+)?] [$($variant)?])|+)
                    })*
                    $($crate::__error_status!($failed) => {
                        $crate::__read_status!(response Err __Error $failed $($form [$($($of),+)?] [$failure])|+)
                    })*
                    _ => ::core::result::Result::Err(response.undocumented()),
                }
            }
        }

        $($crate::__reconcilable!($name $lookup);)?
    };
}

/// Says that an operation can be looked up.
#[doc(hidden)]
#[macro_export]
macro_rules! __reconcilable {
    ($name:ident $lookup:ident) => {
        impl $crate::client::Reconcilable for $name {}
    };
}

/// The statuses of a row of `success`, as a pattern. Where only `default` is documented it describes the success; an error status is not
/// one.
#[doc(hidden)]
#[macro_export]
macro_rules! __success_status {
    (default) => { 200..=299 };
    ($($status:tt)*) => { $crate::__error_status!($($status)*) };
}

/// The statuses of a row of `errors`, as a pattern.
#[doc(hidden)]
#[macro_export]
macro_rules! __error_status {
    (1XX) => { 100..=199 };
    (2XX) => { 200..=299 };
    (3XX) => { 300..=399 };
    (4XX) => { 400..=499 };
    (5XX) => { 500..=599 };
    // A success that is not declared is no error.
    (default) => { 0..=199 | 300.. };
    (any) => { _ };
    ($code:literal) => { $code };
}

/// Reads the response of a status, of each of its media types into its own variant.
#[doc(hidden)]
#[macro_export]
macro_rules! __read_status {
    ($response:ident $result:ident $of:ident $status:tt $kind:ident [$($media:literal)?] $variant:tt) => {
        $crate::__read_variant!($response $result $of $status $kind [$($media)?] $variant)
    };
    ($response:ident $result:ident $of:ident $status:tt $($kind:ident [$($media:literal),+] $variant:tt)|+) => {
        match $response.media_type() {
            $($($media)|+ => $crate::__read_variant!($response $result $of $status $kind [$($media),+] $variant),)+
            _ => ::core::result::Result::Err($response.undocumented_media_type()),
        }
    };
}

/// Reads a body into its variant, or into the output itself.
#[doc(hidden)]
#[macro_export]
macro_rules! __read_variant {
    ($response:ident $result:ident $of:ident $status:tt $kind:ident $media:tt []) => {
        ::core::result::Result::Ok($result($crate::__read_body!($response $kind $media)))
    };
    ($response:ident $result:ident $of:ident $status:tt empty $media:tt [$variant:ident]) => {{
        $response.empty()?;
        ::core::result::Result::Ok($result($crate::__carried!($status $response $of::$variant)))
    }};
    ($response:ident $result:ident $of:ident $status:tt $kind:ident $media:tt [$variant:ident]) => {
        ::core::result::Result::Ok($result($crate::__carried!(
            $status $response $of::$variant, $crate::__read_body!($response $kind $media)
        )))
    };
}

/// A variant with the status that it carries where its row has several.
#[doc(hidden)]
#[macro_export]
macro_rules! __carried {
    ($row:tt $response:ident $of:ident::$variant:ident) => {
        $crate::__one_or_several!($row { $of::$variant } { $of::$variant($response.status_code()) })
    };
    ($row:tt $response:ident $of:ident::$variant:ident, $body:expr) => {
        $crate::__one_or_several!($row { $of::$variant($body) } { $of::$variant($response.status_code(), $body) })
    };
}

/// Reads a body of a documented media type.
#[doc(hidden)]
#[macro_export]
macro_rules! __read_body {
    ($response:ident empty []) => {
        $response.empty()?
    };
    ($response:ident json []) => {
        $response.json()?
    };
    ($response:ident json [$media:literal]) => {
        $response.json_of($media)?
    };
    ($response:ident json [$($media:literal),+]) => {
        $response.json_of($response.media_type())?
    };
    ($response:ident $kind:ident [$first:literal $(, $media:literal)*]) => {
        $response.$kind($first)?
    };
}

/// Writes the body of a request.
#[doc(hidden)]
#[macro_export]
macro_rules! __written_body {
    ({ $this:ident $request:ident } none) => { ::core::result::Result::Ok(()) };
    ({ $this:ident $request:ident } whole required $kind:ident $media:tt $styles:tt $field:ident $check:tt) => {
        $crate::__write_body!($request (&$this.$field) $kind $media $styles)
    };
    ({ $this:ident $request:ident } whole optional $kind:ident $media:tt $styles:tt $field:ident $check:tt) => {
        match &$this.$field {
            ::core::option::Option::Some(body) => $crate::__write_body!($request body $kind $media $styles),
            ::core::option::Option::None => ::core::result::Result::Ok(()),
        }
    };
    ({ $this:ident $request:ident } choice required $name:ident $field:ident {
        $($variant:ident: $kind:ident($($media:literal),+) $(by $styles:ident)? $(where $check:tt)?),* $(,)?
    }) => {
        match &$this.$field {
            $($name::$variant(body) => $crate::__write_body!($request body $kind [$($media),+] [$($styles)?]),)*
        }
    };
    ({ $this:ident $request:ident } choice optional $name:ident $field:ident {
        $($variant:ident: $kind:ident($($media:literal),+) $(by $styles:ident)? $(where $check:tt)?),* $(,)?
    }) => {
        match &$this.$field {
            $(::core::option::Option::Some($name::$variant(body)) => {
                $crate::__write_body!($request body $kind [$($media),+] [$($styles)?])
            })*
            ::core::option::Option::None => ::core::result::Result::Ok(()),
        }
    };
    ({ $this:ident $request:ident } fields $need:ident multipart $media:tt $envelope:tt $styles:tt { $(
        $field:ident: $word:ident $(($wire:literal))? $(or $default:literal)? $(as $of:literal)? $(where $check:tt)?
    ),* $(,)? } $tail:tt) => {
        $request.multipart(|form| {
            $($crate::__content_type!(form ($crate::__wire!($field $($wire)?)) $($of)?);)*
            $($crate::__write_part!(form $word ($crate::__wire!($field $($wire)?)) $this.$field);)*
            ::core::result::Result::Ok(())
        })
    };
    ({ $this:ident $request:ident } fields $need:ident json $media:tt [$envelope:expr] [] { $(
        $field:ident: $presence:ident $(($wire:literal))? $(or $default:literal)? $(where $check:tt)?
    ),* $(,)? } $tail:tt) => {{
        $request.json_object($envelope, |_body| {
            $(_body.$presence($crate::__wire!($field $($wire)?), &$this.$field)?;)*
            ::core::result::Result::Ok(())
        })?;
        $crate::__named!($request $media)
    }};
    ({ $this:ident $request:ident } fields $need:ident form $media:tt $envelope:tt [$($styles:ident)?] { $(
        $field:ident: $presence:ident $(($wire:literal))? $(or $default:literal)? $(where $check:tt)?
    ),* $(,)? } $tail:tt) => {{
        $request.form_object_styled($crate::__styles!($($styles)?), |_body| {
            $(_body.$presence($crate::__wire!($field $($wire)?), &$this.$field)?;)*
            ::core::result::Result::Ok(())
        })?;
        $crate::__named!($request $media)
    }};
}

/// Names the media type that is sent, where it is not the usual one.
#[doc(hidden)]
#[macro_export]
macro_rules! __named {
    ($request:ident []) => {
        ::core::result::Result::Ok(())
    };
    ($request:ident [$first:literal $(, $media:literal)*]) => {
        $request.named($first)
    };
}

/// Writes a value.
#[doc(hidden)]
#[macro_export]
macro_rules! __write_body {
    ($request:ident $body:tt json [] []) => { $request.json($body) };
    ($request:ident $body:tt json $media:tt []) => {{
        $request.json($body)?;
        $crate::__named!($request $media)
    }};
    ($request:ident $body:tt form $media:tt [$($styles:ident)?]) => {{
        $request.form_styled($crate::__styles!($($styles)?), $body)?;
        $crate::__named!($request $media)
    }};
    ($request:ident $body:tt $kind:ident [$first:literal $(, $media:literal)*] []) => { $request.$kind($first, $body) };
}

/// Sets the media type of a part, where the table gives one.
#[doc(hidden)]
#[macro_export]
macro_rules! __content_type {
    ($form:ident $name:tt) => {};
    ($form:ident $name:tt $of:literal) => {
        $form.content_type($name, $of)
    };
}

/// Writes a part of a form.
#[doc(hidden)]
#[macro_export]
macro_rules! __write_part {
    ($form:ident text_optional ($wire:expr) $this:ident.$field:ident) => {
        $form.text_optional($wire, $this.$field.as_ref())?
    };
    ($form:ident text_list_optional ($wire:expr) $this:ident.$field:ident) => {
        $form.text_list_optional($wire, $this.$field.as_ref())?
    };
    ($form:ident json_optional ($wire:expr) $this:ident.$field:ident) => {
        $form.json_optional($wire, $this.$field.as_ref())?
    };
    ($form:ident json_list_optional ($wire:expr) $this:ident.$field:ident) => {
        $form.json_list_optional($wire, $this.$field.as_ref())?
    };
    ($form:ident file_optional ($wire:expr) $this:ident.$field:ident) => {
        $form.file_optional($wire, $this.$field.as_ref())?
    };
    ($form:ident files_optional ($wire:expr) $this:ident.$field:ident) => {
        $form.files_optional($wire, $this.$field.as_ref())?
    };
    ($form:ident $word:ident ($wire:expr) $this:ident.$field:ident) => {
        $form.$word($wire, &$this.$field)?
    };
}
