//! The brand's generated types around the one engine. Both crates have the same names, so one text serves both.

/// Implements the generated server trait of a brand: `adapter!(cublox, Cublox, CubloxServer, CUBLOX)`.
macro_rules! adapter {
    ($brand:ident, $trait:ident, $server:ident, $machine:ident) => {
        use std::sync::Arc;

        use bytes::Bytes;
        use http::request::Parts;
        use http::{Request, Response};
        use http_body_util::Full;
        use specie_runtime::client::BoxFuture;
        use specie_runtime::webhook::{SendError, Sender};
        use specie_runtime::server::{Handled, Refusal, Rejection, RequestContext, ServerResponse, Service as _};
        use specie_runtime::{Body, Operation as _, OperationSpec};
        use $brand::server::{$server, Credential, $trait};
        use $brand::types;

        use crate::apis::corefy::{self, Corefy, Invoices, NewInvoice, Refused};
        use crate::apis::{admit, caller, plan, typed};
        use crate::engine::Engine;
        use crate::front::{Api, RawQuery};
        use crate::scenario::Sources;

        const OPERATIONS: &[&OperationSpec] = &[
            $brand::CreatePayoutInvoice::SPEC,
            $brand::FindPayoutInvoicesPublic::SPEC,
            $brand::GetPayoutInvoice::SPEC,
            $brand::GetPayoutInvoicePublic::SPEC,
            $brand::GetPayoutService::SPEC,
            $brand::ListPayoutInvoices::SPEC,
            $brand::ListPayoutServices::SPEC,
            $brand::PayoutPrerequest::SPEC,
            $brand::ProcessPayoutInvoice::SPEC,
        ];

        /// The brand's invoices.
        pub(crate) fn kind(profile: &crate::profile::Profile) -> Arc<Invoices> {
            Arc::new(Invoices {
                machine: &corefy::$machine,
                empty_maps: profile.empty_maps,
                told: profile.callback_states,
                send,
            })
        }

        fn send<'a>(sender: &'a Sender, url: &'a str, body: &'a str) -> BoxFuture<'a, Result<(), SendError>> {
            Box::pin(async move {
                let payload = typed(body).map_err(|error| SendError::Unsendable(Box::new(error)))?;
                $brand::webhooks::send::payout_invoice(sender, url, &payload).await
            })
        }

        #[derive(Clone)]
        struct Handlers(Corefy);

        /// The brand as an API of the sandbox.
        pub(crate) struct Brand {
            corefy: Corefy,
            server: $server<Handlers>,
        }

        impl Brand {
            pub(crate) fn new(engine: Arc<Engine>, kind: Arc<Invoices>) -> Self {
                let corefy = Corefy { engine, kind };
                Self { server: $server::new(Handlers(corefy.clone())), corefy }
            }
        }

        impl Api for Brand {
            fn name(&self) -> &'static str {
                stringify!($brand)
            }

            fn operations(&self) -> &'static [&'static OperationSpec] {
                OPERATIONS
            }

            fn merchant(&self, parts: &Parts) -> Option<String> {
                let account = match crate::credentials::basic(&parts.headers) {
                    Some((username, _)) => self.corefy.by_basic(&username, |_| true),
                    None => self.corefy.by_public_key(&crate::credentials::query(parts.uri.query()?, "public_key")?),
                };
                account.map(|account| account.name)
            }

            /// The links of responses begin with `/api`, so that is another name of the root.
            fn call(&self, mut request: Request<Full<Bytes>>) -> BoxFuture<'static, Response<Body>> {
                crate::front::strip_prefix(&mut request, "/api");
                let mut server = self.server.clone();
                Box::pin(async move {
                    match server.call(request).await {
                        Ok(response) => response,
                        Err(never) => match never {},
                    }
                })
            }

            fn error(&self, status: u16) -> String {
                corefy::error_document(status, None)
            }
        }

        fn error<E>(status: u16, detail: &str, wrap: fn(Box<types::ErrorDocument>) -> E) -> Refusal<E> {
            match typed(&corefy::error_document(status, Some(detail))) {
                Ok(document) => wrap(Box::new(document)).into(),
                Err(failure) => Refusal::internal(failure),
            }
        }

        /// A refusal as the errors that the document gives an operation.
        macro_rules! refusal {
            ($refused:expr, $error:ident, $this:expr) => {
                match $refused {
                    Refused::NotFound => error(404, "it does not exist", $brand::$error::NotFound),
                    Refused::Conflict(_, detail) => refusal!(@conflict $error, $this, detail),
                    Refused::Invalid(reasons) => {
                        let text = serde_json::json!({"errors": reasons}).to_string();
                        match typed(&text) {
                            Ok(document) => $brand::$error::UnprocessableEntity(Box::new(document)).into(),
                            Err(failure) => Refusal::internal(failure),
                        }
                    }
                    Refused::Failed(failure) => Refusal::internal(failure),
                }
            };
            (@conflict $error:ident, $this:expr, $detail:expr) => {
                error(409, $detail, $brand::$error::Conflict)
            };
        }

        /// The same for the operations whose conflict brings the invoice.
        macro_rules! refusal_with_invoice {
            ($refused:expr, $error:ident, $this:expr) => {
                match $refused {
                    Refused::Conflict(earlier, detail) => {
                        match $this.0.conflict(&earlier, detail).and_then(|text| typed(&text)) {
                            Ok(document) => $brand::$error::Conflict(Box::new(document)).into(),
                            Err(failure) => Refusal::internal(failure),
                        }
                    }
                    Refused::NotFound => error(404, "it does not exist", $brand::$error::NotFound),
                    Refused::Invalid(reasons) => match typed(&serde_json::json!({"errors": reasons}).to_string()) {
                        Ok(document) => $brand::$error::UnprocessableEntity(Box::new(document)).into(),
                        Err(failure) => Refusal::internal(failure),
                    },
                    Refused::Failed(failure) => Refusal::internal(failure),
                }
            };
        }

        /// Who calls, where the document asks for credentials: the server lets nobody else through.
        fn known<E>(context: &RequestContext, wrap: fn(Box<types::ErrorDocument>) -> E) -> Result<String, Refusal<E>> {
            caller(context).ok_or_else(|| error(401, "credentials are missing", wrap))
        }

        /// Who reads over the public API: anybody, unless the profile asks for the key.
        fn reader<E>(
            handlers: &Handlers,
            context: &RequestContext,
            wrap: fn(Box<types::ErrorDocument>) -> E,
        ) -> Result<Option<String>, Refusal<E>> {
            match caller(context) {
                None if handlers.0.engine.profile.public_reads == crate::profile::PublicReads::WithKey => {
                    Err(error(401, "the public key is missing", wrap))
                }
                caller => Ok(caller),
            }
        }

        fn new_invoice(request: &$brand::CreatePayoutInvoice) -> NewInvoice {
            let options = request.options.as_ref();
            let option = |of: fn(&types::PayoutOptions) -> Option<bool>| options.and_then(of).unwrap_or(false);
            let attempts = options.and_then(|options| options.rest.get("attempts_limit"));
            NewInvoice {
                reference_id: request.reference_id.clone(),
                service: request.service.clone(),
                currency: request.currency.clone(),
                amount: request.amount,
                fields: request.fields.expose().clone(),
                context: request.context.as_ref().map(|context| context.expose().clone()),
                test_mode: request.test_mode,
                callback_url: request.callback_url.clone(),
                description: request.description.clone(),
                allow_partially: option(|options| options.allow_partially),
                auto_process: option(|options| options.auto_process),
                attempts_limit: attempts.and_then(|attempts| attempts.decode().ok()),
                customer: request.customer.as_ref().map(|customer| customer.reference_id.clone()),
                metadata: request.metadata.clone(),
            }
        }

        impl $trait for Handlers {
            async fn authenticate(&self, credentials: Vec<Credential>, context: &mut RequestContext) -> Result<(), Rejection> {
                for credential in credentials {
                    let account = match credential {
                        Credential::BasicAuth(basic) => {
                            self.0.by_basic(&basic.username, |key| basic.password.matches(key))
                        }
                        Credential::PublicKey(key) => self.0.by_public_key(key.expose()),
                        _ => None,
                    };
                    admit(account, context)?;
                }
                Ok(())
            }

            async fn create_payout_invoice(
                &self,
                request: $brand::CreatePayoutInvoice,
                context: RequestContext,
            ) -> Handled<$brand::CreatePayoutInvoice> {
                let merchant = known(&context, $brand::CreatePayoutInvoiceError::Unauthorized)?;
                let new = new_invoice(&request);
                let test = self.0.test_plan(&new);
                let map = new.metadata.as_ref().and_then(|metadata| metadata.get("sandbox"));
                let map = map.and_then(|map| map.decode::<serde_json::Value>().ok());
                let sources = Sources {
                    card: test.as_ref(),
                    reference: Some(&new.reference_id),
                    map: map.as_ref(),
                    header: None,
                };
                let plan = plan(&self.0.engine, &context, sources, corefy::PLANNED);
                let created = self.0.create(merchant, new, plan).await;
                let text = created.map_err(|refused| refusal_with_invoice!(refused, CreatePayoutInvoiceError, self))?;
                typed(&text).map_err(Refusal::internal)
            }

            async fn find_payout_invoices_public(
                &self,
                request: $brand::FindPayoutInvoicesPublic,
                context: RequestContext,
            ) -> Handled<$brand::FindPayoutInvoicesPublic> {
                let reader = reader(self, &context, $brand::FindPayoutInvoicesPublicError::Unauthorized)?;
                let found = self.0.find_public(reader.as_deref(), &request.filter_reference_id);
                let text = found.map_err(|refused| refusal!(refused, FindPayoutInvoicesPublicError, self))?;
                typed(&text).map_err(Refusal::internal)
            }

            async fn get_payout_invoice(
                &self,
                request: $brand::GetPayoutInvoice,
                context: RequestContext,
            ) -> Handled<$brand::GetPayoutInvoice> {
                let merchant = known(&context, $brand::GetPayoutInvoiceError::Unauthorized)?;
                let found = self.0.get(&merchant, &request.id).await;
                let text = found.map_err(|refused| refusal!(refused, GetPayoutInvoiceError, self))?;
                typed(&text).map_err(Refusal::internal)
            }

            async fn get_payout_invoice_public(
                &self,
                request: $brand::GetPayoutInvoicePublic,
                context: RequestContext,
            ) -> Handled<$brand::GetPayoutInvoicePublic> {
                let reader = reader(self, &context, $brand::GetPayoutInvoicePublicError::Unauthorized)?;
                let found = self.0.get_public(reader.as_deref(), &request.id).await;
                let text = found.map_err(|refused| refusal!(refused, GetPayoutInvoicePublicError, self))?;
                typed(&text).map_err(Refusal::internal)
            }

            async fn get_payout_service(
                &self,
                request: $brand::GetPayoutService,
                context: RequestContext,
            ) -> Handled<$brand::GetPayoutService> {
                let merchant = known(&context, $brand::GetPayoutServiceError::Unauthorized)?;
                let found = self.0.service(&merchant, &request.id);
                let text = found.map_err(|refused| refusal!(refused, GetPayoutServiceError, self))?;
                typed(&text).map_err(Refusal::internal)
            }

            async fn list_payout_invoices(
                &self,
                request: $brand::ListPayoutInvoices,
                context: RequestContext,
            ) -> Handled<$brand::ListPayoutInvoices> {
                let merchant = known(&context, $brand::ListPayoutInvoicesError::Unauthorized)?;
                let query = context.extensions().get::<RawQuery>().cloned().unwrap_or_default();
                let found = self.0.list(&merchant, request.filter_reference_id.as_deref(), &query.0);
                let text = found.map_err(|refused| refusal!(refused, ListPayoutInvoicesError, self))?;
                typed(&text).map_err(Refusal::internal)
            }

            async fn list_payout_services(
                &self,
                request: $brand::ListPayoutServices,
                context: RequestContext,
            ) -> Handled<$brand::ListPayoutServices> {
                let merchant = known(&context, $brand::ListPayoutServicesError::Unauthorized)?;
                let found = self.0.services(&merchant, request.page_number, request.page_size);
                let text = found.map_err(|refused| refusal!(refused, ListPayoutServicesError, self))?;
                typed(&text).map_err(Refusal::internal)
            }

            async fn payout_prerequest(
                &self,
                request: $brand::PayoutPrerequest,
                _: RequestContext,
            ) -> Handled<$brand::PayoutPrerequest> {
                let account = self.0.by_public_key(request.public_key.expose());
                let account = account.ok_or_else(|| {
                    error(401, "the public key is not known", $brand::PayoutPrerequestError::Unauthorized)
                })?;
                let found = Corefy::prerequest(&account.name, &request.currency, request.amount);
                let text = found.map_err(|refused| refusal!(refused, PayoutPrerequestError, self))?;
                typed(&text).map_err(Refusal::internal)
            }

            async fn process_payout_invoice(
                &self,
                request: $brand::ProcessPayoutInvoice,
                context: RequestContext,
            ) -> Handled<$brand::ProcessPayoutInvoice> {
                let merchant = known(&context, $brand::ProcessPayoutInvoiceError::Unauthorized)?;
                let processed = self.0.process(merchant, request.id).await;
                let text = processed.map_err(|refused| refusal_with_invoice!(refused, ProcessPayoutInvoiceError, self))?;
                typed(&text).map_err(Refusal::internal)
            }

            /// In the platform's form; what has no documented status is a bad request.
            fn reject(&self, rejection: &Rejection) -> ServerResponse {
                if let Some(reason) = crate::apis::refused_as_full(rejection) {
                    return crate::apis::full(&corefy::error_document(507, Some(&reason)), &reason);
                }
                let status = match rejection.status() {
                    documented @ (400 | 401 | 403 | 404 | 405 | 500) => documented,
                    _ => 400,
                };
                match typed::<types::ErrorDocument>(&corefy::error_document(status, Some(rejection.detail()))) {
                    Ok(document) => ServerResponse::json(status, &document),
                    Err(_) => ServerResponse::empty(status),
                }
            }
        }
    };
}

pub(crate) use adapter;
