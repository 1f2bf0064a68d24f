//! How a server reads the parts of a form, for [`operation!`](crate::operation!) and [`parts!`](crate::parts!).

/// Reads the parts of a form into variables of their names, and checks them.
#[doc(hidden)]
#[macro_export]
macro_rules! __read_parts {
    ($faults:ident $body:ident $rows:tt constants { $($constant:literal = $text:literal),+ $(,)? } $($tail:tt)*) => {
        let mut $body = $body;
        $($faults.keep($body.constant($constant, $text));)+
        $crate::__read_parts!($faults $body $rows $($tail)*);
    };
    ($faults:ident $body:ident { $(
        $field:ident: $kind:ident $(($wire:literal))? $(.$step:ident $arguments:tt)* $(as $of:literal)? $(where $check:tt)?
    ),* $(,)? } $($tail:tt)*) => {
        $crate::__closed!($faults $body [$($crate::__wire_name!($field ($($wire)?))),*] $($tail)*);
        $(let $field = $faults.keep($body.part(
            &$crate::multipart::PartSpec::$kind($crate::__wire_name!($field ($($wire)?))) $(.$step $arguments)*
        ));)*
        ::core::mem::drop($body);
        $faults.check(|_checker| {
            $($crate::__checked_part!(_checker [$($step)*] ($crate::__wire_name!($field ($($wire)?))) $field $($check)?);)*
            $crate::__counted!(_checker [$(($kind $($step)*) $field)*] $($tail)*);
        });
    };
}

/// What is demanded of a part; of parts that are described nowhere else, at the name of each.
#[doc(hidden)]
#[macro_export]
macro_rules! __checked_part {
    ($checker:ident [others $($step:ident)*] $key:tt $value:ident { $($check:tt)* }) => {
        $crate::__if_read!($value, { $crate::__check!($checker $value $($check)*); });
    };
    ($checker:ident [list others $($step:ident)*] $($checked:tt)*) => {
        $crate::__checked_part!($checker [others $($step)*] $($checked)*);
    };
    ($checker:ident $steps:tt $key:tt $value:ident $($check:tt)?) => {
        $crate::__checked_field!($checker $key $value $($check)?);
    };
}

/// How many parts a map of parts holds, by their names.
#[doc(hidden)]
#[macro_export]
macro_rules! __others_count {
    (($kind:ident others optional) $value:ident) => {
        $value.as_ref().and_then($crate::Option::as_ref).map_or(0, |others| others.len())
    };
    (($kind:ident list others optional) $value:ident) => {
        $crate::__others_count!(($kind others optional) $value)
    };
    ($words:tt $value:ident) => {
        0
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
