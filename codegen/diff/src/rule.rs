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
    OperationMoved "operation-moved" "An operation has another method or path. Requests to the old address fail."
    OperationDeprecated "operation-deprecated" "An operation is deprecated. It works as before."
    OperationReactivated "operation-reactivated" "An operation is no longer deprecated."
    ParameterAdded "parameter-added" "A parameter is new. Where it is required, requests without it fail."
    ParameterRemoved "parameter-removed" "A parameter is gone. What a client sends under its name is ignored or refused; the document does not say which."
    ParameterMoved "parameter-moved" "A parameter travels elsewhere: in the query, a header, a cookie or the path."
    ParameterRequired "parameter-became-required" "A parameter must be given. Requests without it fail."
    ParameterOptional "parameter-became-optional" "A parameter may be left out. Servers of the old document expect it."
    ParameterStyle "parameter-style-changed" "A list or object is written in another way, so that the other side reads another value."
    ParameterReserved "parameter-reserved-changed" "Reserved characters (RFC 3986 section 2.2) of a parameter are written in another way."
    ParameterEmpty "parameter-empty-changed" "Whether a parameter of the query may have no value, as in `?q=`, is another one (`allowEmptyValue`)."
    ParameterFormat "parameter-format-changed" "A parameter is written by a style on one side and as a media type on the other one."
    BodyAdded "request-body-added" "A request has a body that it did not have."
    BodyRemoved "request-body-removed" "A request has no body any more. Bodies that clients send are not read."
    BodyRequired "request-body-became-required" "A request must have its body."
    BodyOptional "request-body-became-optional" "A request may leave its body out."
    MediaTypeAdded "media-type-added" "A body has one more media type. Whoever calls chooses which one is used."
    MediaTypeRemoved "media-type-removed" "A media type of a body is gone. Whoever calls with it, or asks for it, fails."
    MediaTypeWidened "media-type-widened" "A media type of a body is a media range now. Whoever sends the body chooses one of it."
    MediaTypeNarrowed "media-type-narrowed" "A media range of a body is one media type now. The other types of the range are not allowed any more."
    MediaTypeSchemaAdded "media-type-schema-added" "The document says what a body looks like; before it allowed anything."
    MediaTypeSchemaRemoved "media-type-schema-removed" "The document does not say any more what a body looks like."
    EncodingChanged "encoding-changed" "A property of a form or a part of a multipart body is written in another way."
    StatusAdded "status-added" "An operation has a response with one more status."
    StatusRemoved "status-removed" "A response is gone. Clients that wait for a success with this status do not get it."
    HeaderAdded "header-added" "A response, or a part of a multipart body, has one more header. Where a part needs it, bodies without it fail."
    HeaderRemoved "header-removed" "A header of a response, or of a part of a multipart body, is gone. Whoever reads it does not get it."
    HeaderRequired "header-became-required" "A header of a response, or of a part of a multipart body, is always there. A part without it fails."
    HeaderOptional "header-became-optional" "A header of a response, or of a part of a multipart body, may be absent. Whoever reads it may count on it."
    SecurityAdded "security-alternative-added" "There is one more way to authenticate."
    SecurityRemoved "security-alternative-removed" "A set of credentials that was enough is not enough any more."
    SecurityScheme "security-scheme-changed" "Credentials are of another kind, or travel elsewhere or under another name."
    SecurityAddress "security-address-changed" "Tokens are fetched from another address. Those of another OpenID provider are other tokens."
    ServerAdded "server-added" "The document lists one more server."
    ServerRemoved "server-removed" "The document does not list a server any more. It does not say whether it still answers."
    OutcomeChanged "outcome-changed" "A status says something else about whether money moved (`x-specie-outcome`)."
    IdempotencyChanged "idempotency-changed" "Another thing makes it safe to repeat a request (`x-specie-idempotency`). A repetition may move money twice."
    ReconcileChanged "reconcile-changed" "Whether money moved is found out in another way (`x-specie-reconcile`)."
    PaginationChanged "pagination-changed" "Pages of a list are read in another way (`x-specie-pagination`)."
    SignatureChanged "signature-changed" "Webhooks are signed in another way (`x-specie-signature`). Receivers refuse what they cannot verify."
    TypeChanged "type-changed" "Values are of another type."
    TypeWidened "type-widened" "Values of more types are allowed."
    TypeNarrowed "type-narrowed" "Values of fewer types are allowed."
    FormatChanged "format-changed" "Values have another format."
    FormatAdded "format-added" "Values have a format; before any was allowed."
    FormatRemoved "format-removed" "Values need no format any more."
    ContentEncodingChanged "content-encoding-changed" "Texts hold bytes in another encoding, or another media type (`contentEncoding`, `contentMediaType`)."
    BecameNullable "became-nullable" "Null is allowed."
    BecameNotNullable "became-not-nullable" "Null is not allowed any more."
    EnumValueAdded "enum-value-added" "One more value is allowed. Whoever receives it may not know it."
    EnumValueRemoved "enum-value-removed" "A value is not allowed any more."
    EnumAdded "enum-added" "Only listed values are allowed."
    EnumRemoved "enum-removed" "Values are not listed any more."
    KnownValuesChanged "known-values-changed" "Other values are named as known ones. All others were allowed and are. Whether a value that is named no more is understood in a request is not said."
    ConstChanged "const-changed" "The only value is another one."
    MinimumChanged "minimum-changed" "The least number is another one."
    MaximumChanged "maximum-changed" "The largest number is another one."
    MultipleOfChanged "multiple-of-changed" "Numbers are multiples of another one (`multipleOf`)."
    MinLengthChanged "min-length-changed" "Texts have another least length."
    MaxLengthChanged "max-length-changed" "Texts have another largest length."
    PatternChanged "pattern-changed" "Texts match another regular expression. Which of the two allows more is not computed."
    PatternAdded "pattern-added" "Texts have to match a regular expression."
    PatternRemoved "pattern-removed" "Texts do not have to match a regular expression any more."
    MinItemsChanged "min-items-changed" "Lists have another least number of items."
    MaxItemsChanged "max-items-changed" "Lists have another largest number of items."
    UniqueItemsChanged "unique-items-changed" "Whether items of a list may be equal is another one (`uniqueItems`)."
    MinPropertiesChanged "min-properties-changed" "Objects have another least number of properties."
    MaxPropertiesChanged "max-properties-changed" "Objects have another largest number of properties."
    AssertionAdded "assertion-added" "One more keyword restricts values."
    AssertionRemoved "assertion-removed" "A keyword does not restrict values any more."
    AssertionChanged "assertion-changed" "A keyword such as `not` or `contains` restricts values in another way."
    UncheckedChanged "unchecked-keyword-changed" "A keyword whose contents are not compared was added or removed. One that is there restricts values."
    ItemsAdded "items-added" "Items of a list are of a schema; before any were allowed."
    ItemsRemoved "items-removed" "Items of a list may be of any schema."
    PropertyAdded "property-added" "An object has one more property."
    PropertyRemoved "property-removed" "A property is gone. Where it was required, whoever receives the object may wait for it; where the object is closed, it is refused."
    PropertyRequired "property-became-required" "A property is always there. Objects without it are not valid any more."
    PropertyOptional "property-became-optional" "A property may be absent. Whoever receives the object may count on it."
    ReadOnlyChanged "read-only-changed" "Whether a property is in requests is another one (`readOnly`)."
    WriteOnlyChanged "write-only-changed" "Whether a property is in responses is another one (`writeOnly`)."
    AdditionalClosed "additional-properties-closed" "Properties that are not listed are not allowed any more."
    AdditionalOpened "additional-properties-opened" "Properties that are not listed are allowed."
    AdditionalTyped "additional-properties-restricted" "Values of properties that are not listed are of a schema."
    AdditionalUntyped "additional-properties-unrestricted" "Values of properties that are not listed may be anything."
    PatternPropertyAdded "pattern-property-added" "Properties whose names match a regular expression are of a schema."
    PatternPropertyRemoved "pattern-property-removed" "Properties whose names match a regular expression may be anything."
    BecameUnion "became-union" "A schema is a union, and none of its branches is what the schema was. Whoever knows the one may not know the others."
    UnionRemoved "union-removed" "A union is one schema, which is none of its branches. Whoever knows the branches may not know it."
    BranchAdded "branch-added" "A union has one more branch."
    BranchRemoved "branch-removed" "A branch of a union is gone."
    BranchesOverlap "branches-overlap" "A value may fit two branches of a `oneOf`, which then refuses it. Which values do is not computed."
    CombinationChanged "combination-changed" "A value has to fit exactly one branch (`oneOf`) on one side, at least one (`anyOf`) on the other one."
    DiscriminatorChanged "discriminator-changed" "Another property says which branch of a union a value is."
    DiscriminatorValueAdded "discriminator-value-added" "One more value names a branch of a union."
    DiscriminatorValueRemoved "discriminator-value-removed" "A value that named a branch of a union names it no more."
    DefaultChanged "default-changed" "What an absent value stands for is another one. The same requests mean something else."
    SensitivityChanged "sensitivity-changed" "Whether a value is kept out of logs and messages is another one (`x-specie-sensitive`, `format: password`)."
    SchemaDeprecated "schema-deprecated" "A value is deprecated. It works as before."
    CodeChanged "code-changed" "Generated code is another one, such as by another name, and no change of what travels is the cause."
    TooComplex "too-complex" "Two unions refer to each other too deeply to be compared."
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
