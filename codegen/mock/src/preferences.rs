//! What a caller prefers (RFC 7240): `Prefer: code=404` and `Prefer: example=name`.

use http::HeaderMap;

/// The preferences that are understood.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Preferences {
    /// The status of the response.
    pub(crate) code: Option<u16>,
    /// The name of the example.
    pub(crate) example: Option<String>,
}

impl Preferences {
    /// Reads every header of the name; what is not understood is passed over.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let mut found = Self::default();
        let texts = headers.get_all("prefer").iter().filter_map(|value| value.to_str().ok());
        for preference in texts.flat_map(|text| text.split([',', ';'])) {
            let Some((name, value)) = preference.split_once('=') else { continue };
            let value = value.trim().trim_matches('"');
            match name.trim().to_ascii_lowercase().as_str() {
                "code" => found.code = value.parse().ok(),
                "example" => found.example = Some(value.to_owned()),
                _ => {}
            }
        }
        found
    }

    /// What of it was followed, for `Preference-Applied`; `None` where there is nothing.
    pub(crate) fn applied(&self) -> Option<String> {
        let code = self.code.map(|code| format!("code={code}"));
        let example = self.example.as_ref().map(|name| format!("example=\"{name}\""));
        let all: Vec<String> = code.into_iter().chain(example).collect();
        (!all.is_empty()).then(|| all.join(", "))
    }
}
