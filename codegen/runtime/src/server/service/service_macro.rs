//! What makes a generated server a service: [`service!`](crate::service!).

/// Makes a generated server a `tower` service: `service!(GormicServer, Gormic)`, for a struct with the one field `server`, a
/// [`Server`](crate::server::Server), that implements [`Dispatch`](crate::server::Dispatch) where its parameter implements the traits.
///
/// It writes `new`, `base_path`, `body_limit`, `stream_limit`, `item_limit`, `body_timeout`, `handler_timeout`, `drained`, `Clone`, `Debug` and `Service` for requests with any body.
#[macro_export]
macro_rules! service {
    ($server:ident, $($api:path),+ $(,)?) => {
        impl<T: $($api +)+> $server<T> {
            /// A server that answers with this implementation.
            #[must_use]
            #[allow(unreachable_pub, reason = "the struct may be private")]
            pub fn new(api: T) -> Self {
                Self { server: $crate::server::Server::new::<Self>(api) }
            }

            /// Sets the path below which the operations stand, such as `/api/v1`; by default they stand at the root. A router
            /// that takes the path away itself (`nest_service` of axum) needs none.
            #[must_use]
            #[allow(unreachable_pub, reason = "the struct may be private")]
            pub fn base_path(self, path: &str) -> Self {
                Self { server: self.server.base_path(path) }
            }

            /// Sets how many bytes of a body are read at most, by default 1 MiB; a longer one is answered with 413.
            #[must_use]
            #[allow(unreachable_pub, reason = "the struct may be private")]
            pub fn body_limit(self, bytes: usize) -> Self {
                Self { server: self.server.body_limit(bytes) }
            }

            /// Sets how many bytes a body may have that is read as a stream, by default 1 GiB; a longer one is answered with 413, or
            /// ends with an error.
            #[must_use]
            #[allow(unreachable_pub, reason = "the struct may be private")]
            pub fn stream_limit(self, bytes: u64) -> Self {
                Self { server: self.server.stream_limit(bytes) }
            }

            /// Sets how many bytes an item of a stream of JSON values may have, by default 1 MiB; a larger one ends the stream with an
            /// error.
            #[must_use]
            #[allow(unreachable_pub, reason = "the struct may be private")]
            pub fn item_limit(self, bytes: usize) -> Self {
                Self { server: self.server.item_limit(bytes) }
            }

            /// Sets how long a body may take to arrive, by default 30 seconds; one that takes longer is answered with 408. In a stream,
            /// it is the time for each piece.
            #[must_use]
            #[allow(unreachable_pub, reason = "the struct may be private")]
            pub fn body_timeout(self, time: ::core::time::Duration) -> Self {
                Self { server: self.server.body_timeout(time) }
            }

            /// Sets how long a handler may run, by default 5 minutes; one that takes longer is stopped and answered with 500.
            #[must_use]
            #[allow(unreachable_pub, reason = "the struct may be private")]
            pub fn handler_timeout(self, time: ::core::time::Duration) -> Self {
                Self { server: self.server.handler_timeout(time) }
            }

            /// Completes when no request is being handled, by this server or a clone: what a shutdown waits for after the
            /// last connection was accepted, because handlers go on when their connections are closed.
            #[must_use]
            #[allow(unreachable_pub, reason = "the struct may be private")]
            pub fn drained(&self) -> $crate::server::Drained {
                self.server.drained()
            }
        }

        impl<T> ::core::clone::Clone for $server<T> {
            fn clone(&self) -> Self {
                Self { server: ::core::clone::Clone::clone(&self.server) }
            }
        }

        impl<T> ::core::fmt::Debug for $server<T> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(::core::stringify!($server)).finish_non_exhaustive()
            }
        }

        impl<T: $($api +)+, B> $crate::server::Service<$crate::server::Request<B>> for $server<T>
        where
            B: $crate::server::HttpBody + ::core::marker::Send + 'static,
            B::Error: ::core::fmt::Display,
        {
            type Response = $crate::server::Response<$crate::Body>;
            type Error = ::core::convert::Infallible;
            type Future = $crate::server::Responding;

            fn poll_ready(
                &mut self,
                _: &mut ::core::task::Context<'_>,
            ) -> ::core::task::Poll<::core::result::Result<(), Self::Error>> {
                ::core::task::Poll::Ready(::core::result::Result::Ok(()))
            }

            fn call(&mut self, request: $crate::server::Request<B>) -> Self::Future {
                self.server.respond::<Self, B>(request)
            }
        }
    };
}
