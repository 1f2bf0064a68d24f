//! Every type of the generated crates, with the schema that it was made from.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use specie_runtime::decode::{self, DecodeFault};

use super::apis::Api;
use super::documents::document;

/// One type.
pub struct Typed {
    pub api: Api,
    pub name: &'static str,
    /// Where its schema stands below `#/components/schemas/`.
    place: &'static str,
    /// Decodes a text and encodes what came of it.
    pub through: fn(&[u8]) -> Result<Vec<u8>, DecodeFault>,
    /// Decodes a text and prints what came of it, in both `Debug` forms.
    pub shown: fn(&[u8]) -> Result<String, DecodeFault>,
}

impl Typed {
    pub fn schema(&self) -> &'static Value {
        let schemas = &document(self.api).root["components"]["schemas"];
        schemas.pointer(&format!("/{}", self.place)).unwrap_or_else(|| panic!("{} has no schema", self.place))
    }

    /// The component that its schema is, or stands in.
    pub fn component(&self) -> &'static str {
        self.place.split('/').next().unwrap()
    }

    /// For messages.
    pub fn title(&self) -> String {
        format!("{}::{}", self.api.name(), self.name)
    }
}

fn through<T: Serialize + DeserializeOwned>(text: &[u8]) -> Result<Vec<u8>, DecodeFault> {
    decode::from_slice::<T>(text).map(|value| serde_json::to_vec(&value).unwrap())
}

fn shown<T: Debug + DeserializeOwned>(text: &[u8]) -> Result<String, DecodeFault> {
    decode::from_slice::<T>(text).map(|value| format!("{value:?}\n{value:#?}"))
}

macro_rules! place {
    ($type:ident) => {
        stringify!($type)
    };
    ($type:ident $place:literal) => {
        $place
    };
}

macro_rules! types {
    ($($api:ident $name:ident { $($type:ident $(= $place:literal)?,)* })*) => {
        /// All of them.
        pub static TYPES: &[Typed] = &[$($(Typed {
            api: Api::$name,
            name: stringify!($type),
            place: place!($type $($place)?),
            through: through::<$api::types::$type>,
            shown: shown::<$api::types::$type>,
        },)*)*];
    };
}

types! {
    omno Omno {
        Browser, CardData, CardProcessResponse, CashierSession, Customer, CustomerBilling, CustomerKyc, ErrorResponse, IframeUrls,
        NotificationStatusReason, PayinDirectLinkResponse, PayinResponse, PayinStatus, PayinStatusReason, PayinTransaction,
        PayoutDirectLinkResponse, PayoutResponse, PayoutStatus, PayoutStatusReason, PayoutTransaction, ReturnUrls, SavedCardData,
        TransactionMetadata, TransactionNotification, TransactionReturnUrls,
    }
    gormic Gormic {
        CreatePaymentApiError, CreatePaymentApiResponse, CreatePaymentData, CreatePaymentErrorCode, CreatePaymentFault, Payment,
        PaymentApiError, PaymentFault, PaymentList, PaymentListApiResponse, PaymentMethod, PaymentMethodLocales, PaymentMethodText,
        PaymentStatus, PaymentType, UpdatePaymentApiResponse, UpdatePaymentData,
    }
    cublox Cublox {
        CallbackLinks, CallbackRelationships, CommerceAccount, Customer, CustomerAddress, ErrorDocument, ErrorObject, LooseMap,
        NewPayoutInvoiceType = "NewPayoutInvoice/properties/type", PayoutInvoice, PayoutInvoiceAttributes, PayoutInvoiceCallback,
        PayoutInvoiceCallbackAttributes, PayoutInvoiceCallbackResource,
        PayoutInvoiceCallbackResourceType = "PayoutInvoiceCallbackResource/properties/type", PayoutInvoiceConflict,
        PayoutInvoiceDocument, PayoutInvoiceDuplicate, PayoutInvoiceMatches, PayoutInvoicePage, PayoutInvoicePageLinks, PayoutInvoicePageMeta, PayoutInvoiceRelationships,
        PayoutInvoiceSource, PayoutInvoiceStatus, PayoutInvoiceType = "PayoutInvoice/properties/type", PayoutMethodOption,
        PayoutOptions, PayoutPart, PayoutPartPayload, PayoutPrerequestData, PayoutPrerequestDocument, PayoutService, PayoutServiceAttributes,
        PayoutServiceDocument, PayoutServiceField, PayoutServiceOption, PayoutServiceOptions, PayoutServicePage,
        PayoutServicePageLinks, PayoutServicePageMeta, PayoutServiceRelationships,
        PayoutServiceType = "PayoutService/properties/type", PublicPayoutInvoice, PublicPayoutInvoiceDocument,
        PublicPayoutInvoiceMatch, PublicPayoutInvoiceMatches, ResourceIdentifier, ResourceLinks, ResourceReference,
        ValidationErrorDocument, ValidationErrors,
    }
    paymega Paymega {
        CallbackLinks, CallbackRelationships, CommerceAccount, Customer, ErrorDocument, ErrorObject, LooseMap,
        NewPayoutInvoiceType = "NewPayoutInvoice/properties/type", PayoutInvoice, PayoutInvoiceAttributes, PayoutInvoiceCallback,
        PayoutInvoiceCallbackAttributes, PayoutInvoiceCallbackResource,
        PayoutInvoiceCallbackResourceType = "PayoutInvoiceCallbackResource/properties/type", PayoutInvoiceConflict,
        PayoutInvoiceDocument, PayoutInvoiceDuplicate, PayoutInvoiceMatches, PayoutInvoicePage, PayoutInvoicePageLinks, PayoutInvoicePageMeta, PayoutInvoiceRelationships,
        PayoutInvoiceSource, PayoutInvoiceStatus, PayoutInvoiceType = "PayoutInvoice/properties/type", PayoutMethodOption,
        PayoutOptions, PayoutPart, PayoutPartPayload, PayoutPrerequestData, PayoutPrerequestDocument, PayoutService, PayoutServiceAttributes,
        PayoutServiceDocument, PayoutServiceField, PayoutServiceOption, PayoutServiceOptions, PayoutServicePage,
        PayoutServicePageLinks, PayoutServicePageMeta, PayoutServiceRelationships,
        PayoutServiceType = "PayoutService/properties/type", PublicPayoutInvoice, PublicPayoutInvoiceDocument,
        PublicPayoutInvoiceMatch, PublicPayoutInvoiceMatches, ResourceIdentifier, ResourceLinks, ResourceReference,
        ValidationErrorDocument, ValidationErrors,
    }
}
