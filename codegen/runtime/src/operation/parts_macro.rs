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
        $crate::__for_client!([$(for $($side)*)?] $crate::__form_writer!($name { $($rows)* } $($tail)*););
        $crate::__for_server!([$(for $($side)*)?] $crate::__form_reader!($name { $($rows)* } $($tail)*););
    };
}
