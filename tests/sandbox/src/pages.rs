//! The pages: inspector and documentation. All of it is in the program; no page asks another host for anything.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};

use crate::control::{Page, Wrong};
use crate::faulty_connection::WireBody;
use crate::serve::response;

const INSPECTOR: &str = include_str!("../pages/inspector.html");
const DOCUMENTATION_SCRIPT: &str = include_str!("../pages/documentation.js");
const INSPECTOR_SCRIPT: &str = include_str!("../pages/inspector.js");
/// `RapiDoc` 9.3.8, MIT; `pages/rapidoc-LICENSE.txt` has its licence and those of what is bundled in it.
const RAPIDOC: &[u8] = include_bytes!("../pages/rapidoc-9.3.8.min.js.gz");
const RAPIDOC_LICENSE: &str = include_str!("../pages/rapidoc-LICENSE.txt");

/// Browsers load what comes from here and nothing else, and show it in no other site's frame.
const POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; \
                      form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

macro_rules! spec {
    ($path:literal) => {
        ($path, include_str!(concat!("../../../specs/", $path)))
    };
}

/// The documents, with the files that they refer to.
const DOCUMENTS: &[(&str, &str)] = &[
    spec!("cublox.yaml"),
    spec!("gormic.yaml"),
    spec!("omno.yaml"),
    spec!("paymega.yaml"),
    spec!("corefy/parameters.yaml"),
    spec!("corefy/paths.yaml"),
    spec!("corefy/responses.yaml"),
    spec!("corefy/schemas.yaml"),
    spec!("corefy/security.yaml"),
];

/// Adds what keeps a page to itself.
pub(crate) fn protect(headers: &mut HeaderMap) {
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Forms have to name their origin, which other policies hide.
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
}

/// A page of HTML.
pub(crate) fn html(text: String) -> Response<WireBody> {
    response(StatusCode::OK, "text/html; charset=utf-8", text)
}

/// The inspector.
pub(crate) fn inspector() -> Response<WireBody> {
    html(INSPECTOR.to_owned())
}

/// The documentation of an API, on its own listener, so that its requests stay there.
pub(crate) fn documentation(api: Option<&'static str>) -> Page {
    let api = api.ok_or(Wrong::NoPage)?;
    Ok(html(format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{api}</title><link rel=\"icon\" href=\"data:,\">\
         <script type=\"module\" src=\"/_sandbox/page/rapidoc.js\"></script>\
         <script type=\"module\" src=\"/_sandbox/page/documentation.js\"></script></head><body>\
         <rapi-doc spec-url=\"/_sandbox/docs/{api}.yaml\" load-fonts=\"false\" render-style=\"read\" show-header=\"false\" \
         allow-server-selection=\"false\" server-url=\"/\" allow-spec-url-load=\"false\" allow-spec-file-load=\"false\" \
         fetch-credentials=\"same-origin\"></rapi-doc></body></html>"
    )))
}

/// A document, or a file that one refers to.
pub(crate) fn document(path: &[&str]) -> Page {
    let path = path.join("/");
    let found = DOCUMENTS.iter().find(|(name, _)| *name == path);
    let (_, text) = found.ok_or(Wrong::NoPage)?;
    Ok(response(StatusCode::OK, "application/yaml", with_own_server(text)))
}

/// A document whose servers are the one that it comes from: what is tried on its page may not reach the live API.
fn with_own_server(text: &str) -> String {
    let mut own = String::with_capacity(text.len());
    // How far the list of servers is indented that is left out.
    let mut left_out = None;
    for line in text.lines() {
        let content = line.trim_start();
        let indent = line.len() - content.len();
        let belongs = |list: usize| indent > list || (indent == list && content.starts_with('-')) || content.is_empty();
        if left_out.is_some_and(belongs) {
            continue;
        }
        own.extend([line, "\n"]);
        left_out = (content.trim_end() == "servers:").then_some(indent);
        if left_out.is_some() {
            own.extend([&" ".repeat(indent), "- url: /\n"]);
        }
    }
    own
}

/// A file of a page.
pub(crate) fn file(name: &str) -> Page {
    match name {
        "inspector.js" => Ok(response(StatusCode::OK, "text/javascript; charset=utf-8", INSPECTOR_SCRIPT)),
        "documentation.js" => Ok(response(StatusCode::OK, "text/javascript; charset=utf-8", DOCUMENTATION_SCRIPT)),
        "rapidoc.js" => {
            let mut response = response(StatusCode::OK, "text/javascript; charset=utf-8", Bytes::from_static(RAPIDOC));
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            Ok(response)
        }
        "rapidoc-LICENSE.txt" => Ok(response(StatusCode::OK, "text/plain; charset=utf-8", RAPIDOC_LICENSE)),
        _ => Err(Wrong::NoPage),
    }
}

/// A text as it can stand in HTML.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    /// What `npm pack rapidoc@9.3.8` holds as `dist/rapidoc-min.js.gz`.
    #[test]
    fn rapidoc_is_the_published_file() {
        let digest = Sha256::digest(RAPIDOC).iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        assert_eq!(digest, "b083f080f1727f019ccf551228392e0fc39a0be450ba19bca451ea31d6be2ec9");
        assert!(RAPIDOC_LICENSE.contains("MIT"));
    }

    #[test]
    fn no_document_leads_to_a_live_api() {
        assert!(DOCUMENTS.iter().any(|(_, text)| text.contains("url: https://api.omno.com")));
        for (name, text) in DOCUMENTS {
            let own = with_own_server(text);
            assert_eq!(own.matches("servers:\n").count(), own.matches("- url: /\n").count(), "{name}");
            assert!(!own.contains("- url: http"), "{name}");
            assert_eq!(text.lines().last(), own.lines().last(), "{name}");
        }
    }

    #[test]
    fn a_text_cannot_become_markup() {
        assert_eq!(escaped("<a href='x'>\"&"), "&lt;a href=&#39;x&#39;&gt;&quot;&amp;");
    }
}
