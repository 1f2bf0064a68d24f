//! Rejections in the forms in which the APIs document their errors: what a server's own `reject` would do.

use specie_runtime::server::{Rejection, ServerResponse};

macro_rules! corefy {
    ($api:ident) => {
        /// The list of error objects that the brand's documents show.
        pub fn $api(rejection: &Rejection) -> ServerResponse {
            use $api::types::{ErrorDocument, ErrorObject, ErrorObjectRequired};

            let status = rejection.status();
            let name = http::StatusCode::from_u16(status).unwrap().canonical_reason().unwrap();
            let error = ErrorObject::new(ErrorObjectRequired { status: name.into(), code: status.to_string() });
            let error = error.title(name).detail(rejection.detail());
            ServerResponse::json(status, &ErrorDocument::new(vec![error]))
        }
    };
}

corefy!(cublox);
corefy!(paymega);

/// The one object that every error of OMNO is.
pub fn omno(rejection: &Rejection) -> ServerResponse {
    let error = omno::types::ErrorResponse::new("REQUEST_REJECTED").error_message(rejection.detail());
    ServerResponse::json(rejection.status(), &error.error_code(rejection.status().into()))
}
