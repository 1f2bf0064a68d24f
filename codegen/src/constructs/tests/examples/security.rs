//! Security schemes.

use super::{Example, scheme};

pub(super) const ALL: &[Example] = &[
    scheme(
        "a security scheme",
        "type",
        "securitySchemes: {it: {type: «apiKey, name: X-Key, in: header¦http, scheme: basic»}}",
    ),
    scheme(
        "a security scheme",
        "description",
        "securitySchemes: {it: {type: apiKey, name: X-Key, in: header«, description: The key.»}}",
    ),
    scheme("a security scheme", "name", "securitySchemes: {it: {type: apiKey, name: «X-Other¦X-Key», in: header}}"),
    scheme("a security scheme", "in", "securitySchemes: {it: {type: apiKey, name: X-Key, in: «query¦header»}}"),
    scheme("a security scheme", "scheme", "securitySchemes: {it: {type: http, scheme: «basic¦bearer»}}"),
    scheme("a security scheme", "scheme", "securitySchemes: {it: {type: http, scheme: «digest¦bearer»}}"),
    scheme("a security scheme", "type", "securitySchemes: {it: {type: «mutualTLS¦http, scheme: basic»}}"),
    scheme(
        "a security scheme",
        "bearerFormat",
        "securitySchemes: {it: {type: http, scheme: bearer«, bearerFormat: JWT»}}",
    ),
    scheme(
        "a security scheme",
        "flows",
        "securitySchemes: {it: {type: oauth2, flows: {«clientCredentials: {tokenUrl: 'https://example.com/token', scopes: {}}»}}}",
    ),
    scheme(
        "a security scheme",
        "openIdConnectUrl",
        "securitySchemes: {it: {type: openIdConnect, openIdConnectUrl: 'https://example.com/«oidc»'}}",
    ),
    scheme(
        "a security scheme",
        "oauth2MetadataUrl",
        "securitySchemes: {it: {type: oauth2, flows: {}«, oauth2MetadataUrl: 'https://example.com/meta'»}}",
    ),
    scheme(
        "a security scheme",
        "deprecated",
        "securitySchemes: {it: {type: apiKey, name: X-Key, in: header«, deprecated: true»}}",
    ),
    scheme(
        "an OAuth flows object",
        "implicit",
        "securitySchemes: {it: {type: oauth2, flows: {«implicit: {authorizationUrl: 'https://example.com/auth', scopes: {a: A.}}»}}}",
    ),
    scheme(
        "an OAuth flows object",
        "password",
        "securitySchemes: {it: {type: oauth2, flows: {«password: {tokenUrl: 'https://example.com/token', scopes: {a: A.}}»}}}",
    ),
    scheme(
        "an OAuth flows object",
        "clientCredentials",
        "securitySchemes: {it: {type: oauth2, flows: {«clientCredentials: {tokenUrl: 'https://example.com/token', scopes: {a: A.}}»}}}",
    ),
    scheme(
        "an OAuth flows object",
        "authorizationCode",
        "securitySchemes: {it: {type: oauth2, flows: {«authorizationCode: {authorizationUrl: 'https://example.com/auth', tokenUrl: 'https://example.com/token', scopes: {a: A.}}»}}}",
    ),
    scheme(
        "an OAuth flows object",
        "deviceAuthorization",
        "securitySchemes: {it: {type: oauth2, flows: {«deviceAuthorization: {deviceAuthorizationUrl: 'https://example.com/device', tokenUrl: 'https://example.com/token', scopes: {a: A.}}»}}}",
    ),
    scheme(
        "an implicit flow",
        "authorizationUrl",
        "securitySchemes: {it: {type: oauth2, flows: {implicit: {authorizationUrl: 'https://example.com/«auth»', scopes: {a: A.}}}}}",
    ),
    scheme(
        "an implicit flow",
        "refreshUrl",
        "securitySchemes: {it: {type: oauth2, flows: {implicit: {authorizationUrl: 'https://example.com/auth', scopes: {a: A.}«, refreshUrl: 'https://example.com/refresh'»}}}}",
    ),
    scheme(
        "an implicit flow",
        "scopes",
        "securitySchemes: {it: {type: oauth2, flows: {implicit: {authorizationUrl: 'https://example.com/auth', scopes: {«a: A.»}}}}}",
    ),
    scheme(
        "an OAuth flow",
        "tokenUrl",
        "securitySchemes: {it: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://example.com/«token»', scopes: {a: A.}}}}}",
    ),
    scheme(
        "an OAuth flow",
        "refreshUrl",
        "securitySchemes: {it: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://example.com/token', scopes: {a: A.}«, refreshUrl: 'https://example.com/refresh'»}}}}",
    ),
    scheme(
        "an OAuth flow",
        "scopes",
        "securitySchemes: {it: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://example.com/token', scopes: {«a: A.»}}}}}",
    ),
    scheme(
        "an authorization code flow",
        "authorizationUrl",
        "securitySchemes: {it: {type: oauth2, flows: {authorizationCode: {authorizationUrl: 'https://example.com/«auth»', tokenUrl: 'https://example.com/token', scopes: {a: A.}}}}}",
    ),
    scheme(
        "an authorization code flow",
        "tokenUrl",
        "securitySchemes: {it: {type: oauth2, flows: {authorizationCode: {authorizationUrl: 'https://example.com/auth', tokenUrl: 'https://example.com/«token»', scopes: {a: A.}}}}}",
    ),
    scheme(
        "an authorization code flow",
        "refreshUrl",
        "securitySchemes: {it: {type: oauth2, flows: {authorizationCode: {authorizationUrl: 'https://example.com/auth', tokenUrl: 'https://example.com/token', scopes: {a: A.}«, refreshUrl: 'https://example.com/refresh'»}}}}",
    ),
    scheme(
        "an authorization code flow",
        "scopes",
        "securitySchemes: {it: {type: oauth2, flows: {authorizationCode: {authorizationUrl: 'https://example.com/auth', tokenUrl: 'https://example.com/token', scopes: {«a: A.»}}}}}",
    ),
    scheme(
        "a device authorization flow",
        "deviceAuthorizationUrl",
        "securitySchemes: {it: {type: oauth2, flows: {deviceAuthorization: {deviceAuthorizationUrl: 'https://example.com/«device»', tokenUrl: 'https://example.com/token', scopes: {a: A.}}}}}",
    ),
    scheme(
        "a device authorization flow",
        "tokenUrl",
        "securitySchemes: {it: {type: oauth2, flows: {deviceAuthorization: {deviceAuthorizationUrl: 'https://example.com/device', tokenUrl: 'https://example.com/«token»', scopes: {a: A.}}}}}",
    ),
    scheme(
        "a device authorization flow",
        "refreshUrl",
        "securitySchemes: {it: {type: oauth2, flows: {deviceAuthorization: {deviceAuthorizationUrl: 'https://example.com/device', tokenUrl: 'https://example.com/token', scopes: {a: A.}«, refreshUrl: 'https://example.com/refresh'»}}}}",
    ),
    scheme(
        "a device authorization flow",
        "scopes",
        "securitySchemes: {it: {type: oauth2, flows: {deviceAuthorization: {deviceAuthorizationUrl: 'https://example.com/device', tokenUrl: 'https://example.com/token', scopes: {«a: A.»}}}}}",
    ),
];
