//! A struct of the parts of a form: [`parts!`](crate::parts!).

/// Describes the parts of a form that is one of several media types of a body: a client writes the struct as `multipart/form-data`, and a
/// server reads it.
///
/// The rows are those of `multipart` in [`operation!`](crate::operation!), and so is what stands behind them.
///
/// ```
/// # use specie_runtime::FilePart;
/// # struct ImportRowsParts { table: FilePart, name: Option<String> }
/// specie_runtime::parts!(ImportRowsParts {
///     table: file as "text/csv", name: text.optional() where { max_length(20) },
/// } closed);
/// ```
#[macro_export]
macro_rules! parts {
    ($([$($side:ident),* $(,)?])? $name:ident { $($rows:tt)* } $($tail:tt)*) => {
        $crate::__for_client!([$(for $($side)*)?] $crate::__form_writer!($name { $($rows)* }););
        $crate::__for_server!([$(for $($side)*)?] $crate::__form_reader!($name { $($rows)* } $($tail)*););
    };
}

/// How the parts of a struct are written.
#[doc(hidden)]
#[macro_export]
macro_rules! __form_writer {
    ($name:ident { $(
        $field:ident: $kind:ident $(($wire:literal))? $(.$step:ident $arguments:tt)* $(as $of:literal)? $(where $check:tt)?
    ),* $(,)? }) => {
        impl $crate::multipart::WriteForm for $name {
            fn write(
                &self,
                form: &mut $crate::client::MultipartWriter,
            ) -> $crate::Result<(), $crate::multipart::FormWriteError> {
                $(form.part(
                    &$crate::multipart::PartSpec::$kind($crate::__wire_name!($field ($($wire)?))) $(.$step $arguments)* $(.of_type($of))?,
                    &self.$field,
                )?;)*
                $crate::Ok(())
            }
        }
    };
}

/// How the parts of a struct are read.
#[doc(hidden)]
#[macro_export]
macro_rules! __form_reader {
    ($name:ident { $(
        $field:ident: $kind:ident $(($wire:literal))? $(.$step:ident $arguments:tt)* $(as $of:literal)? $(where $check:tt)?
    ),* $(,)? } $($tail:tt)*) => {
        impl $crate::server::ReadForm for $name {
            fn read(body: $crate::server::MultipartReader) -> $crate::Result<Self, $crate::server::Rejection> {
                let mut faults = $crate::server::Faults::default();
                $crate::__read_parts!(faults body { $(
                    $field: $kind $(($wire))? $(.$step $arguments)* $(where $check)?
                ),* } $($tail)*);
                $crate::__given!(faults.finish());
                let ($($crate::Some($field),)*) = ($($field,)*) else { return $crate::Err(faults.refusal()) };
                $crate::Ok(Self { $($field,)* })
            }
        }
    };
}
