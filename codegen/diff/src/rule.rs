//! The kinds of changes, each with what it means.

/// Declares the rules: a name, an id that never changes, and what the rule says.
macro_rules! rules {
    ($($name:ident $id:literal $text:literal)*) => {
        /// One kind of change.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Rule {
            $(#[doc = $text] $name,)*
        }

        impl Rule {
            /// Every rule.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Its id, which never changes: `type-changed`.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// What it says.
            #[must_use]
            pub const fn explanation(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

rules! {
    OperationAdded "operation-added" "An operation is new. Servers of the old document do not have it."
    OperationRemoved "operation-removed" "An operation is gone. Clients of the old document that call it fail, and those that wait for a webhook or callback get none."
    OperationMoved "operation-moved" "An operation has another method or path. Requests to the old address fail. What another name of a webhook means, the document does not say."
    OperationDeprecated "operation-deprecated" "An operation is deprecated. It works as before."
    OperationReactivated "operation-reactivated" "An operation is no longer deprecated."
    OperationIdReassigned "operation-id-reassigned" "An `operationId` is that of another operation. The same requests are allowed; code that calls the operation by it compiles, and sends another request."
    ParameterAdded "parameter-added" "A parameter is new. Where it is required, requests without it fail. Whether servers of the old document ignore or refuse it, the document does not say."
    ParameterRemoved "parameter-removed" "A parameter is gone. What a client sends under its name is ignored or refused; the document does not say which."
    ParameterMoved "parameter-moved" "A parameter travels elsewhere: in the query, a header, a cookie or the path. It is not looked for where it was."
    PathParametersSwapped "path-parameters-swapped" "Parameters of the path have changed places by their names. The same requests are allowed; code that gives values by name sends them in other places."
    ParameterRequired "parameter-became-required" "A parameter must be given. Requests without it fail."
    ParameterOptional "parameter-became-optional" "A parameter may be left out. Servers of the old document refuse requests without it."
    ParameterStyle "parameter-style-changed" "A list or object is written in another way, so that the other side reads another value or none."
    ParameterReserved "parameter-reserved-changed" "Whether reserved characters (RFC 3986 section 2.2) of a parameter may be sent as they are changed (`allowReserved`)."
    ParameterEmpty "parameter-empty-changed" "Whether a parameter of the query may have no value, as in `?q=`, changed (`allowEmptyValue`)."
    ParameterFormat "parameter-format-changed" "A parameter is written by a style (`schema`) in one document and as a media type (`content`) in the other one. Neither side reads what the other one writes."
    BodyAdded "request-body-added" "A request has a body that it did not have. Where it is required, requests without it fail."
    BodyRemoved "request-body-removed" "A request has no body any more. Bodies that clients send are not read."
    BodyRequired "request-body-became-required" "A request must have its body. Requests without it fail."
    BodyOptional "request-body-became-optional" "A request may leave its body out. Servers of the old document refuse it without one."
    MediaTypeAdded "media-type-added" "A body has one more media type. Whoever calls chooses which one is used, so old clients keep theirs."
    MediaTypeRemoved "media-type-removed" "A media type of a body is gone. Clients that send it, or ask for it by `Accept`, fail."
    MediaTypeWidened "media-type-widened" "A media type of a body became a range, such as `text/*`. Whoever sends the body chooses one of the range."
    MediaTypeNarrowed "media-type-narrowed" "A range of media types became one media type. The other types of the range are not allowed any more."
    MediaTypeParameters "media-type-parameters-changed" "A media type has other parameters, such as `charset` or `version`. Whether the other side reads it, the document does not say."
    MediaTypeSchemaAdded "media-type-schema-added" "The document says what a body looks like; before it allowed anything."
    MediaTypeSchemaRemoved "media-type-schema-removed" "The document does not say any more what a body looks like."
    EncodingChanged "encoding-changed" "A property of a form or a part of a multipart body is written in another way (`encoding`). The other side does not read it."
    StatusAdded "status-added" "An operation has a response with one more status. A client may not know what another success means; another error is one more way to fail."
    StatusRemoved "status-removed" "A response is gone. Clients that wait for a success with this status do not get it; an error less breaks nobody."
    HeaderAdded "header-added" "A response, or a part of a multipart body, has one more header. Where a part needs it, bodies without it fail."
    HeaderRemoved "header-removed" "A header of a response, or of a part of a multipart body, is gone. Whoever reads it does not get it."
    HeaderRequired "header-became-required" "A header of a response, or of a part of a multipart body, is always there. A part without it fails."
    HeaderOptional "header-became-optional" "A header of a response, or of a part of a multipart body, may be absent. Whoever reads it may count on it."
    LinkChanged "link-changed" "A response says that something else can be called next, or with other values (`links`). Clients that follow the old link may send the wrong ones."
    SecurityAdded "security-alternative-added" "A set of credentials is enough that was not, or none is needed. Servers of the old document refuse it; of a webhook or callback, clients that check credentials by the old document do."
    SecurityRemoved "security-alternative-removed" "A set of credentials that was enough is not enough any more. Clients that send it are refused; of a webhook or callback, servers of the old document are."
    SecurityUndeclared "security-undeclared" "One document names security schemes that it does not declare. Which credentials are enough, it does not say."
    SecurityScheme "security-scheme-changed" "Credentials are of another kind, or travel elsewhere or under another name. Those that old clients send are not found. Whether a token that travels in the same header is the same one, the document does not say."
    SecurityAddress "security-address-changed" "Tokens are fetched from another address. Those of another OpenID provider are refused; whether those of another OAuth 2.0 address are, the document does not say."
    SecurityFlowAdded "security-flow-added" "Tokens can be got in one more way (`flows` of OAuth 2.0). Servers of the old document do not have it."
    SecurityFlowRemoved "security-flow-removed" "A way to get tokens is gone (`flows` of OAuth 2.0). Clients that get theirs by it get none."
    SecurityScopes "security-scopes-changed" "Other scopes can be asked for (`scopes` of OAuth 2.0). Whether one that is not listed is given all the same, the document does not say."
    ServerAdded "server-added" "The document lists one more server, or other values of its variables. Whether servers of the old document answer there, it does not say."
    ServerRemoved "server-removed" "The document does not list a server any more, or not with all values of its variables. Whether it still answers, it does not say."
    OutcomeChanged "outcome-changed" "A status says something else about whether money moved (`x-specie-outcome`). Code that goes by the old meaning may pay twice or not at all."
    IdempotencyChanged "idempotency-changed" "Another thing makes it safe to repeat a request (`x-specie-idempotency`). A repetition may move money twice."
    ReconcileChanged "reconcile-changed" "Whether money moved is found out in another way (`x-specie-reconcile`). Code that asks in the old way may take a payment for one that did not happen."
    PaginationChanged "pagination-changed" "Pages of a list are read in another way (`x-specie-pagination`). Code that reads them in the old way may miss items."
    SignatureChanged "signature-changed" "Webhooks are signed in another way (`x-specie-signature`). Receivers refuse what they cannot verify."
    TypeChanged "type-changed" "The type of values changed."
    TypeWidened "type-widened" "Values of more types are allowed."
    TypeNarrowed "type-narrowed" "Values of fewer types are allowed."
    FormatChanged "format-changed" "The format of values changed (`format`)."
    FormatAdded "format-added" "Values have a format (`format`); before any was allowed."
    FormatRemoved "format-removed" "Values need no format any more (`format`)."
    ContentEncodingChanged "content-encoding-changed" "Texts hold bytes in another encoding, or another media type (`contentEncoding`, `contentMediaType`)."
    XmlChanged "xml-changed" "A value is written in another way in XML (`xml`): under another name, in another namespace, or as an attribute."
    BecameNullable "became-nullable" "Null is allowed. Whoever receives the value may not expect it."
    BecameNotNullable "became-not-nullable" "Null is not allowed any more. Whoever sends it is refused."
    EnumValueAdded "enum-value-added" "One more value is allowed. Whoever receives it may not know it."
    EnumValueRemoved "enum-value-removed" "A value is not allowed any more. Whoever sends it is refused."
    EnumAdded "enum-added" "Only listed values are allowed; before others were as well."
    EnumRemoved "enum-removed" "Values are not listed any more, so others are allowed as well."
    KnownValuesChanged "known-values-changed" "Other values are named as known ones (`x-extensible-enum`). All others were allowed and are. Whether a value in a request is still understood that is not named any more, the document does not say."
    ConstChanged "const-changed" "The only allowed value is another one, or is not the only one any more."
    MinimumChanged "minimum-changed" "The least allowed number changed (`minimum`, `exclusiveMinimum`)."
    MaximumChanged "maximum-changed" "The largest allowed number changed (`maximum`, `exclusiveMaximum`)."
    MultipleOfChanged "multiple-of-changed" "What numbers have to be multiples of changed (`multipleOf`)."
    MinLengthChanged "min-length-changed" "The least length of texts changed (`minLength`)."
    MaxLengthChanged "max-length-changed" "The largest length of texts changed (`maxLength`)."
    PatternChanged "pattern-changed" "The regular expression that texts have to match changed (`pattern`). Which of the two allows more is not computed."
    PatternAdded "pattern-added" "Texts have to match a regular expression (`pattern`)."
    PatternRemoved "pattern-removed" "Texts do not have to match a regular expression any more (`pattern`)."
    MinItemsChanged "min-items-changed" "The least number of items in a list changed (`minItems`)."
    MaxItemsChanged "max-items-changed" "The largest number of items in a list changed (`maxItems`)."
    UniqueItemsChanged "unique-items-changed" "Whether items of a list may be equal changed (`uniqueItems`)."
    MinPropertiesChanged "min-properties-changed" "The least number of properties of an object changed (`minProperties`)."
    MaxPropertiesChanged "max-properties-changed" "The largest number of properties of an object changed (`maxProperties`)."
    AssertionAdded "assertion-added" "One more keyword, such as `not` or `contains`, restricts values."
    AssertionRemoved "assertion-removed" "A keyword, such as `not` or `contains`, does not restrict values any more."
    AssertionChanged "assertion-changed" "A keyword, such as `not` or `contains`, restricts values in another way."
    UncheckedChanged "unchecked-keyword-changed" "A keyword whose contents are not compared was added or removed. Values that it refuses are not allowed where it stands."
    ItemsAdded "items-added" "Items of a list have to fit a schema (`items`); before any were allowed."
    ItemsRemoved "items-removed" "Items of a list do not have to fit a schema any more (`items`)."
    PropertyAdded "property-added" "An object has one more property. Where it is required, objects without it are refused; where the object is closed, whoever does not know the property refuses it."
    PropertyRemoved "property-removed" "A property is gone. Where it was required, whoever receives the object may wait for it; where the object is closed, it is refused."
    PropertyRequired "property-became-required" "A property has to be there. Objects without it are refused."
    PropertyOptional "property-became-optional" "A property may be absent. Whoever receives the object may count on it."
    ReadOnlyChanged "read-only-changed" "Whether a property is in requests changed (`readOnly`)."
    WriteOnlyChanged "write-only-changed" "Whether a property is in responses changed (`writeOnly`)."
    AdditionalClosed "additional-properties-closed" "Properties that are not listed are not allowed any more (`additionalProperties`)."
    AdditionalOpened "additional-properties-opened" "Properties that are not listed are allowed (`additionalProperties`)."
    AdditionalTyped "additional-properties-restricted" "Values of properties that are not listed have to fit a schema (`additionalProperties`)."
    AdditionalUntyped "additional-properties-unrestricted" "Values of properties that are not listed may be anything (`additionalProperties`)."
    PatternPropertyAdded "pattern-property-added" "Properties whose names match a regular expression have to fit a schema (`patternProperties`)."
    PatternPropertyRemoved "pattern-property-removed" "Properties whose names match a regular expression do not have to fit a schema of their own any more (`patternProperties`)."
    BecameUnion "became-union" "A schema became a union, and none of its branches is what the schema was. Whoever knows the schema may not know them."
    UnionRemoved "union-removed" "A union became one schema, which is none of its branches. Whoever knows the branches may not know it."
    BranchAdded "branch-added" "A union has one more branch. Whoever receives a value of it may not know it."
    BranchRemoved "branch-removed" "A branch of a union is gone. Whoever sends a value of it is refused."
    BranchesOverlap "branches-overlap" "A value may fit two branches of a `oneOf`, which then refuses it. Which values do is not computed; where one is shown, it was found by trying."
    BranchesRegrouped "branches-regrouped" "Branches of a union divide its values in another way, and these are more or fewer."
    ValuesChanged "values-changed" "Keywords together allow other values, which no keyword alone says: such as a value that two branches of a `oneOf` allow, which then refuses it."
    CombinationChanged "combination-changed" "A value has to fit exactly one branch (`oneOf`) in one document, and at least one (`anyOf`) in the other one."
    DiscriminatorChanged "discriminator-changed" "Another property says which branch of a union a value is (`discriminator`)."
    DiscriminatorValueAdded "discriminator-value-added" "One more value of the discriminator names a branch of a union."
    DiscriminatorValueRemoved "discriminator-value-removed" "A value of the discriminator that named a branch of a union does not name it any more."
    DiscriminatorTargetChanged "discriminator-target-changed" "A value that names a branch of a union leads to another component. Whoever reads it as before takes the one for the other."
    DefaultChanged "default-changed" "What an absent value stands for changed (`default`). The same requests mean something else."
    SensitivityChanged "sensitivity-changed" "Whether a value is kept out of logs and messages changed (`x-specie-sensitive`, `format: password`)."
    SchemaDeprecated "schema-deprecated" "A value is deprecated. It works as before."
    CodeChanged "code-changed" "Generated code changed, such as a name, and no change of what travels is the cause."
    TooComplex "too-complex" "Two unions refer to each other too deeply to be compared, or several together give too many shapes. A person has to look."
}

impl Rule {
    /// The rule of an id.
    #[must_use]
    pub fn of_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.id() == id)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::Rule;

    #[test]
    fn ids_are_unique_and_lead_back() {
        let ids: HashSet<&str> = Rule::ALL.iter().map(|rule| rule.id()).collect();
        assert_eq!(ids.len(), Rule::ALL.len());
        for rule in Rule::ALL {
            assert_eq!(Rule::of_id(rule.id()), Some(*rule));
            assert!(rule.explanation().ends_with('.'), "{rule:?}");
        }
    }
}
