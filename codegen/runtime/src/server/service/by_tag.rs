//! An implementation of a server trait that is divided by the tags of the document: [`ByTag`].

use std::fmt;
use std::future::Future;

use crate::server::incoming::context::RequestContext;
use crate::server::rejection::Rejection;
use crate::server::response::ServerResponse;

/// Verifies the credentials of callers, for an implementation that is divided by tags: `C` is the generated `server::Credential`.
///
/// It is what `authenticate` of the whole server trait is; that says when it is called.
pub trait Authenticate<C>: Send + Sync + 'static {
    /// Decides whether a caller may call. Who it is goes into the context by [`set_caller`](RequestContext::set_caller).
    fn authenticate(
        &self,
        credentials: Vec<C>,
        context: &mut RequestContext,
    ) -> impl Future<Output = Result<(), Rejection>> + Send;
}

/// An implementation of a server trait that implements the trait of each group of operations, and [`Authenticate`] where the document names
/// credentials.
///
/// A document whose operations have several tags gets traits beside the whole one, `ShopOrders` beside `Shop`. An operation belongs to
/// the trait of its first tag; one without a tag is grouped by its path, by the first segment that is no parameter, no version and not
/// `api`. Whoever divides an implementation among files implements those traits and serves
/// `ShopServer::new(ByTag::new(implementation))`.
///
/// ```
/// # use specie_runtime::server::{Dispatch, Handled, HandlerFuture, Incoming, Presented, Received, Refusal, Rejection};
/// # use specie_runtime::server::{RequestContext, Route, Serve, Server, ServerResponse};
/// # use specie_runtime::{ApiDescription, Method, NoError, Operation, OperationSpec};
/// # pub struct Credential;
/// # macro_rules! operation {
/// #     ($name:ident, $id:literal, $path:literal) => {
/// #         pub struct $name;
/// #         impl Operation for $name {
/// #             type Output = String;
/// #             type Error = NoError;
/// #             const SPEC: &'static OperationSpec = &OperationSpec::new($id, Method::GET, $path);
/// #         }
/// #         impl Serve for $name {
/// #             fn receive(_: &Incoming) -> Result<Received<Self>, Rejection> { Ok(Received::Whole(Self)) }
/// #             fn respond(output: String) -> ServerResponse { ServerResponse::json(200, &output) }
/// #             fn refuse(error: NoError) -> ServerResponse { match error {} }
/// #         }
/// #     };
/// # }
/// # operation!(ListOrders, "listOrders", "/orders");
/// # operation!(ListRefunds, "listRefunds", "/refunds");
/// # pub trait Shop: Send + Sync + 'static {
/// #     fn authenticate(&self, credentials: Vec<Credential>, context: &mut RequestContext)
/// #         -> impl Future<Output = Result<(), Rejection>> + Send;
/// #     fn list_orders(&self, request: ListOrders, context: RequestContext) -> impl Future<Output = Handled<ListOrders>> + Send;
/// #     fn list_refunds(&self, request: ListRefunds, context: RequestContext) -> impl Future<Output = Handled<ListRefunds>> + Send;
/// #     fn reject(&self, rejection: &Rejection) -> ServerResponse { rejection.to_response() }
/// # }
/// // Generated:
/// specie_runtime::by_tag!(Shop, Credential {
///     ShopOrders: "The operations of `Orders`." { list_orders: ListOrders },
///     ShopRefunds: "The operations of `Refunds`." { list_refunds: ListRefunds },
/// });
///
/// // Written by hand:
/// use specie_runtime::server::{Authenticate, ByTag};
///
/// struct Store;
///
/// impl ShopOrders for Store {
///     async fn list_orders(&self, _: ListOrders, _: RequestContext) -> Handled<ListOrders> {
///         Ok("no orders yet".to_owned())
///     }
/// }
///
/// impl ShopRefunds for Store {
///     async fn list_refunds(&self, _: ListRefunds, _: RequestContext) -> Handled<ListRefunds> {
///         Err(Refusal::rejected(Rejection::forbidden("the shop gives nothing back")))
///     }
/// }
///
/// impl Authenticate<Credential> for Store {
///     async fn authenticate(&self, credentials: Vec<Credential>, _: &mut RequestContext) -> Result<(), Rejection> {
///         if credentials.is_empty() { Err(Rejection::unauthorized("nobody calls")) } else { Ok(()) }
///     }
/// }
///
/// fn is_served(_: impl Shop) {}
/// is_served(ByTag::new(Store));
/// ```
#[derive(Clone, Copy)]
pub struct ByTag<T> {
    parts: T,
    reject: fn(&Rejection) -> ServerResponse,
}

impl<T> ByTag<T> {
    /// The whole implementation. Rejections are written as the whole trait writes them by default ([`Rejection::to_response`]).
    #[must_use]
    pub fn new(parts: T) -> Self {
        Self { parts, reject: Rejection::to_response }
    }

    /// Sets how rejections are written.
    #[must_use]
    pub fn reject_with(mut self, reject: fn(&Rejection) -> ServerResponse) -> Self {
        self.reject = reject;
        self
    }

    /// What implements the traits of the tags.
    #[must_use]
    pub const fn parts(&self) -> &T {
        &self.parts
    }

    /// A rejection as it is set to be written.
    #[doc(hidden)]
    #[must_use]
    pub fn rejected(&self, rejection: &Rejection) -> ServerResponse {
        (self.reject)(rejection)
    }
}

impl<T> fmt::Debug for ByTag<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByTag").finish_non_exhaustive()
    }
}

/// Writes the traits of the tags of a document, each with the first line of its documentation, and the whole server trait for what implements
/// all of them: [`ByTag`](crate::server::ByTag).
#[macro_export]
macro_rules! by_tag {
    ($api:ident $(, $credential:ident)? {
        $($part:ident: $doc:literal { $($method:ident: $request:ty),* $(,)? }),* $(,)?
    }) => {
        $(
            #[doc = $doc]
            ///
            /// For an implementation that is divided by tags; the whole trait says what each method is for.
            pub trait $part: ::core::marker::Send + ::core::marker::Sync + 'static {
                $(
                    #[doc = ::core::concat!("As [`", ::core::stringify!($api), "::", ::core::stringify!($method), "`].")]
                    fn $method(
                        &self,
                        request: $request,
                        context: $crate::server::RequestContext,
                    ) -> impl ::core::future::Future<Output = $crate::server::Handled<$request>> + ::core::marker::Send;
                )*
            }
        )*

        impl<__Parts> $api for $crate::server::ByTag<__Parts>
        where
            $(__Parts: $part,)*
            $(__Parts: $crate::server::Authenticate<$credential>,)?
        {
            $(
                fn authenticate(
                    &self,
                    credentials: ::std::vec::Vec<$credential>,
                    context: &mut $crate::server::RequestContext,
                ) -> impl ::core::future::Future<Output = ::core::result::Result<(), $crate::server::Rejection>>
                + ::core::marker::Send {
                    $crate::server::Authenticate::authenticate(self.parts(), credentials, context)
                }
            )?

            $($(
                fn $method(
                    &self,
                    request: $request,
                    context: $crate::server::RequestContext,
                ) -> impl ::core::future::Future<Output = $crate::server::Handled<$request>> + ::core::marker::Send {
                    <__Parts as $part>::$method(self.parts(), request, context)
                }
            )*)*

            fn reject(&self, rejection: &$crate::server::Rejection) -> $crate::server::ServerResponse {
                self.rejected(rejection)
            }
        }
    };
}
