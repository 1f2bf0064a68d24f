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
            $(const LOOKUP: $crate::Option<$crate::client::LookupOperation> =
                $crate::Some($crate::client::LookupOperation::$how::<$lookup>());)?

            fn encode(
                &self,
                request: &mut $crate::client::RequestWriter,
            ) -> $crate::Result<(), $crate::client::BuildError> {
                $crate::__given!(request.parameters(&[$(&self.$field),*]));
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
                    _ => $crate::Err(response.undocumented()),
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
            _ => $crate::Err($response.undocumented_media_type()),
        }
    };
}

/// Reads a body into its variant, or into the output itself.
#[doc(hidden)]
#[macro_export]
macro_rules! __read_variant {
    ($response:ident $result:ident $of:ident $status:tt $kind:ident $media:tt []) => {
        match $crate::__read_body!($response $kind $media) {
            $crate::Ok(body) => $crate::Ok($result(body)),
            $crate::Err(error) => $crate::Err(error),
        }
    };
    ($response:ident $result:ident $of:ident $status:tt empty [] [$variant:ident]) => {
        match $response.empty() {
            $crate::Ok(()) => $crate::Ok($result($crate::__carried!($status $response $of $variant))),
            $crate::Err(error) => $crate::Err(error),
        }
    };
    ($response:ident $result:ident $of:ident $status:tt $kind:ident $media:tt [$variant:ident]) => {
        match $crate::__read_body!($response $kind $media) {
            $crate::Ok(body) => $crate::Ok($result($crate::__carried!($status $response $of $variant body))),
            $crate::Err(error) => $crate::Err(error),
        }
    };
}

/// A variant with what it holds: the status, where its row has several, and the body, where there is one.
#[doc(hidden)]
#[macro_export]
macro_rules! __carried {
    (1XX $($rest:tt)+) => { $crate::__carried!(several $($rest)+) };
    (2XX $($rest:tt)+) => { $crate::__carried!(several $($rest)+) };
    (3XX $($rest:tt)+) => { $crate::__carried!(several $($rest)+) };
    (4XX $($rest:tt)+) => { $crate::__carried!(several $($rest)+) };
    (5XX $($rest:tt)+) => { $crate::__carried!(several $($rest)+) };
    (default $($rest:tt)+) => { $crate::__carried!(several $($rest)+) };
    (several $response:ident $of:ident $variant:ident $($body:ident)?) => {
        $of::$variant($response.status_code() $(, $body)?)
    };
    ($code:literal $response:ident $of:ident $variant:ident) => { $of::$variant };
    ($code:literal $response:ident $of:ident $variant:ident $body:ident) => { $of::$variant($body) };
}

/// Reads a body of a documented media type.
#[doc(hidden)]
#[macro_export]
macro_rules! __read_body {
    ($response:ident json []) => {
        $response.json()
    };
    ($response:ident json [$media:literal]) => {
        $response.json_of($media)
    };
    ($response:ident json [$($media:literal),+]) => {
        $response.json_of($response.media_type())
    };
    ($response:ident form []) => {
        $response.form("application/x-www-form-urlencoded")
    };
    ($response:ident empty []) => {
        $response.empty()
    };
    ($response:ident $kind:ident [$first:literal $(, $media:literal)*]) => {
        $response.$kind($first)
    };
}

/// Writes the body of a request.
#[doc(hidden)]
#[macro_export]
macro_rules! __written_body {
    ({ $this:ident $request:ident } none) => { $crate::Ok(()) };
    ({ $this:ident $request:ident } whole required $kind:ident $media:tt $styles:tt $field:ident $check:tt) => {
        $crate::__write_body!($request (&$this.$field) $kind $media $styles)
    };
    ({ $this:ident $request:ident } whole optional $kind:ident $media:tt $styles:tt $field:ident $check:tt) => {
        match &$this.$field {
            $crate::Some(body) => $crate::__write_body!($request body $kind $media $styles),
            $crate::None => $crate::Ok(()),
        }
    };
    ({ $this:ident $request:ident } whole patch $kind:ident $media:tt $styles:tt $field:ident $check:tt) => {
        if $this.$field.is_keep() {
            $crate::Ok(())
        } else {
            $crate::__write_body!($request (&$this.$field) $kind $media $styles)
        }
    };
    ({ $this:ident $request:ident } whole maybe $kind:ident $media:tt $styles:tt $field:ident $check:tt) => {
        if $this.$field.is_absent() {
            $crate::Ok(())
        } else {
            $crate::__write_body!($request (&$this.$field) $kind $media $styles)
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
            $($crate::Some($name::$variant(body)) => {
                $crate::__write_body!($request body $kind [$($media),+] [$($styles)?])
            })*
            $crate::None => $crate::Ok(()),
        }
    };
    ({ $this:ident $request:ident } fields $need:ident multipart $media:tt $envelope:tt $styles:tt { $(
        $field:ident: $kind:ident $(($wire:literal))? $(.$step:ident $arguments:tt)* $(or $default:literal)? $(as $of:literal)? $(where $check:tt)?
    ),* $(,)? } [$($tail:tt)*]) => {
        $crate::__multipart!($need $request |form| $crate::__write_parts!($this form { $(
            $field: $kind $(($wire))? $(.$step $arguments)* $(as $of)?
        ),* } $($tail)*))
    };
    ({ $this:ident $request:ident } fields $need:ident json $media:tt [$envelope:expr] [] { $(
        $field:ident: $presence:ident $(($wire:literal))? $(or $default:literal)? $(where $check:tt)?
    ),* $(,)? } $tail:tt) => {{
        $request.json_object($envelope, |_body| {
            $($crate::__given!(_body.$presence($crate::__wire_name!($field ($($wire)?)), &$this.$field));)*
            $crate::Ok(())
        })?;
        $crate::__named!($request $media)
    }};
    ({ $this:ident $request:ident } fields $need:ident form $media:tt $envelope:tt [$($styles:ident)?] { $(
        $field:ident: $presence:ident $(($wire:literal))? $(or $default:literal)? $(where $check:tt)?
    ),* $(,)? } $tail:tt) => {{
        $request.form_object_styled($crate::__styles!($($styles)?), |_body| {
            $($crate::__given!(_body.$presence($crate::__wire_name!($field ($($wire)?)), &$this.$field));)*
            $crate::Ok(())
        })?;
        $crate::__named!($request $media)
    }};
}

/// Names the media type that is sent, where it is not the usual one.
#[doc(hidden)]
#[macro_export]
macro_rules! __named {
    ($request:ident []) => {
        $crate::Ok(())
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
        $crate::__given!($request.json($body));
        $crate::__named!($request $media)
    }};
    ($request:ident $body:tt form $media:tt [$($styles:ident)?]) => {{
        $crate::__given!($request.form_styled($crate::__styles!($($styles)?), $body));
        $crate::__named!($request $media)
    }};
    ($request:ident $body:tt multipart $media:tt []) => {
        $request.multipart(|form| $crate::Ok($crate::multipart::WriteForm::write($body, form)?))
    };
    ($request:ident $body:tt $kind:ident [$first:literal $(, $media:literal)*] []) => { $request.$kind($first, $body) };
}

/// Writes a form of parts; none where it may be left out and has no part.
#[doc(hidden)]
#[macro_export]
macro_rules! __multipart {
    (required $request:ident $write:expr) => {
        $request.multipart($write)
    };
    (optional $request:ident $write:expr) => {
        $request.multipart_optional($write)
    };
}

/// Writes the fields of a struct as the parts of a form.
#[doc(hidden)]
#[macro_export]
macro_rules! __write_parts {
    ($this:ident $form:ident { $(
        $field:ident: $kind:ident $(($wire:literal))? $(.$step:ident $arguments:tt)* $(as $of:literal)?
    ),* } $(constants { $($constant:literal = $text:literal),+ $(,)? })? $(closed)? $(counted $counted:tt)?) => {{
        $($($form.part(&$crate::multipart::PartSpec::text($constant), &::std::string::String::from($text))?;)+)?
        $($form.part(
            &$crate::multipart::PartSpec::$kind($crate::__wire_name!($field ($($wire)?))) $(.$step $arguments)* $(.of_type($of))?,
            &$this.$field,
        )?;)*
        $crate::Ok(())
    }};
}

/// How the parts of a struct are written.
#[doc(hidden)]
#[macro_export]
macro_rules! __form_writer {
    ($name:ident { $(
        $field:ident: $kind:ident $(($wire:literal))? $(.$step:ident $arguments:tt)* $(as $of:literal)? $(where $check:tt)?
    ),* $(,)? } $($tail:tt)*) => {
        impl $crate::multipart::WriteForm for $name {
            fn write(
                &self,
                form: &mut $crate::client::MultipartWriter,
            ) -> $crate::Result<(), $crate::multipart::FormWriteError> {
                $crate::__write_parts!(self form { $($field: $kind $(($wire))? $(.$step $arguments)* $(as $of)?),* } $($tail)*)
            }
        }
    };
}
