//! The mock: from a request to its response.

use http::header::{ACCEPT, ALLOW, CONTENT_TYPE};
use http::{Request, Response};
use specie_codegen::ApiAndDocument;
use specie_codegen::api::{Api, MediaType, Operation, Response as Documented, Value};
use specie_codegen::samples;

use crate::call::Call;
use crate::preferences::Preferences;
use crate::rejection::{Rejection, named};
use crate::responses::{self, set_header};
use crate::routes::{RouteLookup, Routes, base_path};
use crate::{bodies, credentials, media_ranges, parameters};

/// A server of a document. It keeps nothing between requests.
pub struct Mock {
    api: Api,
    document: String,
    routes: Routes,
}

impl Mock {
    /// A mock of a document.
    #[must_use]
    pub fn new(read: ApiAndDocument) -> Self {
        let ApiAndDocument { api, document } = read;
        Self { routes: Routes::new(&api), api, document }
    }

    /// The paths below which the document's own servers have the operations, each once; they are found at the root as well.
    #[must_use]
    pub fn base_paths(&self) -> Vec<String> {
        let mut paths: Vec<String> =
            self.api.servers.iter().flat_map(|list| &list.servers).filter_map(base_path).collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }

    /// How many operations there are.
    #[must_use]
    pub fn operations(&self) -> usize {
        self.api.operations.len()
    }

    /// The response to a request. A rejection has its [`Reason`](crate::Reason) among the extensions.
    ///
    /// `Prefer: code=404` asks for the documented response of a status, `Prefer: example=name` for an example (RFC 7240).
    #[must_use]
    pub fn respond<B: AsRef<[u8]>>(&self, request: &Request<B>) -> Response<Vec<u8>> {
        let (method, path) = (request.method().as_str(), request.uri().path());
        let accept = request.headers().get(ACCEPT).and_then(|accept| accept.to_str().ok());
        let rejected = |operation: Option<&Operation>, rejection: &Rejection| {
            responses::rejection(&self.api, operation, rejection, accept)
        };
        let found = self.routes.find(method, path);
        if let (RouteLookup::Methods(_) | RouteLookup::Nothing, Some(own)) = (&found, self.own(method, path)) {
            return own;
        }
        match found {
            RouteLookup::Operation(place, captured) => {
                let Some(operation) = self.api.operations.get(place) else {
                    return rejected(None, &Rejection::new(&[500], "the operation is not there"));
                };
                let query = request.uri().query().unwrap_or_default();
                let call = Call::new(captured, query, request.headers(), request.body().as_ref());
                self.called(operation, &call).unwrap_or_else(|rejection| rejected(Some(operation), &rejection))
            }
            RouteLookup::Methods(others) => {
                let allowed = others.iter().map(|(method, _)| *method).collect::<Vec<_>>().join(", ");
                let fault = format!("the document gives {path} no {method}, but {allowed}");
                // An operation of the path may say how another method is rejected.
                let operations = others.iter().filter_map(|(_, place)| self.api.operations.get(*place));
                let saying = operations.into_iter().find(|operation| responses::of_status(operation, 405).is_some());
                rejected(saying, &Rejection::new(&[405], fault).header(ALLOW.as_str(), allowed))
            }
            RouteLookup::Nothing => {
                rejected(None, &Rejection::new(&[404], format!("the document gives no path {path}")))
            }
        }
    }

    /// A rejection of a request that reaches no operation.
    pub(crate) fn rejected(&self, rejection: &Rejection) -> Response<Vec<u8>> {
        responses::rejection(&self.api, None, rejection, None)
    }

    /// The document itself, where no operation stands in its place.
    fn own(&self, method: &str, path: &str) -> Option<Response<Vec<u8>>> {
        let media_type = match path {
            "/openapi.json" => "application/json",
            // JSON is YAML too (YAML 1.2.2, 1.2).
            "/openapi.yaml" => "application/yaml",
            _ => return None,
        };
        let mut response = Response::new(self.document.clone().into_bytes());
        set_header(&mut response, CONTENT_TYPE.as_str(), media_type);
        (method == "GET").then_some(response)
    }

    fn called(&self, operation: &Operation, call: &Call<'_>) -> Result<Response<Vec<u8>>, Rejection> {
        credentials::check(&self.api, operation, call)?;
        let faults = parameters::faults(&self.api.schemas, &operation.parameters, call);
        let body =
            operation.request_body.as_ref().map_or(Ok(None), |stated| bodies::read(&self.api.schemas, stated, call));
        let body = match (faults.is_empty(), body) {
            (true, body) => body?,
            // All that is wrong is said at once.
            (false, Err(rejection)) if !rejection.statuses.contains(&415) => {
                return Err(Rejection::of_faults(&[400, 422], faults.into_iter().chain(rejection.faults).collect()));
            }
            (false, _) => return Err(Rejection::of_faults(&[400, 422], faults)),
        };
        self.shown(operation, call, body.as_ref())
    }

    /// The response that the caller prefers, or else the one of a success.
    fn shown(
        &self,
        operation: &Operation,
        call: &Call<'_>,
        body: Option<&Value>,
    ) -> Result<Response<Vec<u8>>, Rejection> {
        let preferences = Preferences::of(call.headers);
        let stated = match preferences.code {
            Some(code) => responses::of_status(operation, code),
            None => samples::success(operation),
        };
        let stated = stated.ok_or_else(|| {
            let status = preferences.code.map_or_else(String::new, |code| format!(" for the status {code}"));
            Rejection::new(&[400], format!("the document gives {} no response{status}", named(operation)))
        })?;
        let media = accepted(stated, call)?;
        let example = match &preferences.example {
            Some(name) => Some(of_example(operation, stated, media, name)?),
            None => None,
        };
        let media = example.as_ref().or(media);
        let response = responses::documented(&self.api, operation, (stated, media), preferences.code, body);
        let mut response = response
            .map_err(|reason| Rejection::new(&[501], format!("{} has no sample: {reason}", named(operation))))?;
        if let Some(applied) = preferences.applied() {
            set_header(&mut response, "preference-applied", &applied);
        }
        Ok(response)
    }
}

/// The media type of a response that the caller takes; `None` where the response has no body.
fn accepted<'r>(stated: &'r Documented, call: &Call<'_>) -> Result<Option<&'r MediaType>, Rejection> {
    if stated.content.is_empty() {
        return Ok(None);
    }
    let documented: Vec<&str> = stated.content.iter().map(|media| media.name.as_str()).collect();
    media_ranges::accepted(&stated.content, call.header(ACCEPT.as_str())).map(Some).ok_or_else(|| {
        Rejection::new(&[406], format!("the response is of no accepted media type, but {}", documented.join(", ")))
    })
}

/// The media type with nothing but the example of a name.
fn of_example(
    operation: &Operation,
    stated: &Documented,
    media: Option<&MediaType>,
    name: &str,
) -> Result<MediaType, Rejection> {
    let all = media.map_or(&[][..], |media| &media.examples);
    let example = all.iter().find(|example| example.name.as_deref() == Some(name));
    let (Some(media), Some(example)) = (media, example) else {
        let names: Vec<&str> = all.iter().filter_map(|example| example.name.as_deref()).collect();
        let others =
            if names.is_empty() { "none has a name".to_owned() } else { format!("there is {}", names.join(", ")) };
        let status = stated.status;
        return Err(Rejection::new(
            &[400],
            format!("the response {status} of {} has no example `{name}`: {others}", named(operation)),
        ));
    };
    // It was asked for by its name, so that it is shown even where it does not fit the schema.
    Ok(MediaType { examples: vec![example.clone()], schema: None, ..media.clone() })
}

#[cfg(test)]
mod tests;
