//! The table of security schemes, their flows, and what operations require of them.

use super::table_entries::{FLAG, TEXT, assumed, latest, map, object, optional, required, since, until};
use super::{Kind, Need, Object, Rest, Shape, Version};

const SCHEME_TYPES: &[&str] = &["apiKey", "http", "oauth2", "openIdConnect"];
const LATER_SCHEME_TYPES: &[&str] = &["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"];
const SCOPES: Shape = Shape::Map(&Shape::String);

pub(super) static SECURITY_SCHEME: Object = object(
    "a security scheme",
    &[
        until(Version::V30, required("type", Shape::Word(SCHEME_TYPES))),
        since(Version::V31, required("type", Shape::Word(LATER_SCHEME_TYPES))),
        optional("description", TEXT),
        optional("name", TEXT),
        optional("in", Shape::Word(&["query", "header", "cookie"])),
        optional("scheme", TEXT),
        optional("bearerFormat", TEXT),
        optional("flows", Shape::Object(Kind::OAuthFlows)),
        optional("openIdConnectUrl", TEXT),
        latest("oauth2MetadataUrl", TEXT),
        latest("deprecated", FLAG),
    ],
);

pub(super) static OAUTH_FLOWS: Object = object(
    "an OAuth flows object",
    &[
        optional("implicit", Shape::Object(Kind::ImplicitFlow)),
        optional("password", Shape::Object(Kind::PasswordFlow)),
        optional("clientCredentials", Shape::Object(Kind::ClientCredentialsFlow)),
        optional("authorizationCode", Shape::Object(Kind::AuthorizationCodeFlow)),
        latest("deviceAuthorization", Shape::Object(Kind::DeviceFlow)),
    ],
);

pub(super) static IMPLICIT_FLOW: Object = object(
    "an implicit flow",
    &[required("authorizationUrl", TEXT), optional("refreshUrl", TEXT), assumed("scopes", SCOPES, Need::EmptyObject)],
);

pub(super) static TOKEN_FLOW: Object = object(
    "an OAuth flow",
    &[required("tokenUrl", TEXT), optional("refreshUrl", TEXT), assumed("scopes", SCOPES, Need::EmptyObject)],
);

pub(super) static AUTHORIZATION_CODE_FLOW: Object = object(
    "an authorization code flow",
    &[
        required("authorizationUrl", TEXT),
        required("tokenUrl", TEXT),
        optional("refreshUrl", TEXT),
        assumed("scopes", SCOPES, Need::EmptyObject),
    ],
);

pub(super) static DEVICE_FLOW: Object = object(
    "a device authorization flow",
    &[
        required("deviceAuthorizationUrl", TEXT),
        required("tokenUrl", TEXT),
        optional("refreshUrl", TEXT),
        assumed("scopes", SCOPES, Need::EmptyObject),
    ],
);

pub(super) static SECURITY_REQUIREMENT: Object = map("a security requirement", Rest::Schemes, false);
