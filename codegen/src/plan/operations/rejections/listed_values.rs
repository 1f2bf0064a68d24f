//! Which value of a list of error codes stands for a rejection.

use super::plain;
use crate::rust::Enum;

/// The listed value that says what a status says: by a usual name of it, or its number. `None`: no value does.
pub(super) fn of_status(list: &Enum, status: u16) -> Option<&str> {
    let number = status.to_string();
    let wanted = names(status).iter().copied().chain([number.as_str()]);
    let values = || list.variants.iter().map(|variant| variant.wire.as_str());
    wanted.into_iter().find_map(|name| values().find(|value| plain(value) == name))
}

/// Names that mean the status in general, and nothing of one API in particular; without case and signs. The reason phrase comes first.
const fn names(status: u16) -> &'static [&'static str] {
    match status {
        400 => &[
            "badrequest",
            "invalidrequest",
            "invalidparameter",
            "invalidparameters",
            "invalidinput",
            "invalidargument",
            "invalidarguments",
            "invalidparams",
            "validationerror",
            "validationfailed",
            "malformedrequest",
        ],
        401 => &["unauthorized", "unauthenticated", "authenticationfailed", "authenticationrequired"],
        403 => &["forbidden", "accessdenied", "permissiondenied"],
        404 => &["notfound"],
        405 => &["methodnotallowed"],
        406 => &["notacceptable"],
        408 => &["requesttimeout"],
        413 => &["payloadtoolarge", "contenttoolarge", "requestentitytoolarge", "requesttoolarge"],
        415 => &["unsupportedmediatype"],
        500 => &["internalservererror", "internalerror", "servererror"],
        _ => &[],
    }
}
