//! Which parameter or credential of an operation a name on the wire belongs to.

use super::{ParameterLocation, ParameterSpec, SchemeKind, SchemeSpec};

/// Whether pairs of this name, in the place of a parameter, are those of another parameter of the operation or of a credential of the
/// API. An open object neither writes nor reads them.
pub(crate) fn belongs_to_another(
    name: &str,
    spec: &ParameterSpec,
    parameters: &[ParameterSpec],
    schemes: &[SchemeSpec],
) -> bool {
    let is_credential = schemes.iter().any(|scheme| match scheme.kind {
        SchemeKind::ApiKeyQuery(key) => {
            matches!(spec.location, ParameterLocation::Query | ParameterLocation::QueryString) && key == name
        }
        SchemeKind::ApiKeyCookie(key) => spec.location == ParameterLocation::Cookie && key == name,
        _ => false,
    });
    let mut others = parameters.iter().filter(|other| *other != spec && other.location == spec.location);
    is_credential || others.any(|other| other.writes(name))
}
