//! The kinds of changes, each with what it means, an example, and what to do.

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
    OperationReactivated "operation-reactivated" "An operation is no longer deprecated. It works as before."
    OperationIdReassigned "operation-id-reassigned" "An `operationId` is that of another operation. The same requests are allowed; code that calls the operation by it compiles, and sends another request."
    ParameterAdded "parameter-added" "A parameter is new. Where it is required, requests without it fail. Whether servers of the old document ignore or refuse it, the document does not say."
    ParameterRemoved "parameter-removed" "A parameter is gone. What a client sends under its name is ignored or refused; the document does not say which."
    ParameterMoved "parameter-moved" "A parameter travels elsewhere: in the query, a header, a cookie or the path. It is not looked for where it was."
    PathParametersSwapped "path-parameters-swapped" "Parameters of the path have changed places by their names. The same requests are allowed; code that gives values by name sends them in other places."
    ParameterRequired "parameter-became-required" "A parameter must be given. Requests without it fail."
    ParameterOptional "parameter-became-optional" "A parameter may be left out. Servers of the old document refuse requests without it."
    ParameterStyle "parameter-style-changed" "A list or object is written in another way, so that the other side reads another value or none. The texts of both styles differ."
    ParameterReserved "parameter-reserved-changed" "Whether reserved characters (RFC 3986 section 2.2) of a parameter may be sent as they are changed (`allowReserved`). A server that decodes one form alone reads another value."
    ParameterEmpty "parameter-empty-changed" "Whether a parameter of the query may have no value, as in `?q=`, changed (`allowEmptyValue`). Who does not expect a name without a value refuses it."
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
    MediaTypeSchemaAdded "media-type-schema-added" "The document says what a body looks like; before it allowed anything. Whoever sends another body is refused."
    MediaTypeSchemaRemoved "media-type-schema-removed" "The document does not say any more what a body looks like. Whoever receives the body may get any."
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
    TypeChanged "type-changed" "The type of values changed. A value of the one type is none of the other one, so whoever sends or reads the old type fails."
    TypeWidened "type-widened" "Values of more types are allowed. Whoever receives them may not expect them."
    TypeNarrowed "type-narrowed" "Values of fewer types are allowed. Whoever sends the others is refused."
    FormatChanged "format-changed" "The format of values changed (`format`). A value of the one format need not have the other one."
    FormatAdded "format-added" "Values have a format (`format`); before any was allowed. Whoever sends values without it is refused."
    FormatRemoved "format-removed" "Values need no format any more (`format`). Whoever receives other values may not read them."
    ContentEncodingChanged "content-encoding-changed" "Texts hold bytes in another encoding, or another media type (`contentEncoding`, `contentMediaType`). Whoever decodes them as before reads other bytes or none."
    XmlChanged "xml-changed" "A value is written in another way in XML (`xml`): under another name, in another namespace, or as an attribute. Whoever reads it looks for it where it was."
    BecameNullable "became-nullable" "Null is allowed. Whoever receives the value may not expect it."
    BecameNotNullable "became-not-nullable" "Null is not allowed any more. Whoever sends it is refused."
    EnumValueAdded "enum-value-added" "One more value is allowed. Whoever receives it may not know it."
    EnumValueRemoved "enum-value-removed" "A value is not allowed any more. Whoever sends it is refused."
    EnumAdded "enum-added" "Only listed values are allowed; before others were as well. Whoever sends another one is refused."
    EnumRemoved "enum-removed" "Values are not listed any more, so others are allowed as well. Whoever receives another one may not know it."
    KnownValuesChanged "known-values-changed" "Other values are named as known ones (`x-extensible-enum`). All others were allowed and are. Whether a value in a request is still understood that is not named any more, the document does not say."
    ConstChanged "const-changed" "The only allowed value is another one, or is not the only one any more. Whoever sends or expects the old one fails."
    MinimumChanged "minimum-changed" "The least allowed number changed (`minimum`, `exclusiveMinimum`). Where it grew, smaller numbers are refused; where it fell, whoever receives them may not expect them."
    MaximumChanged "maximum-changed" "The largest allowed number changed (`maximum`, `exclusiveMaximum`). Where it fell, larger numbers are refused; where it grew, whoever receives them may not expect them."
    MultipleOfChanged "multiple-of-changed" "What numbers have to be multiples of changed (`multipleOf`). Numbers that were allowed may be refused, and others may come."
    MinLengthChanged "min-length-changed" "The least length of texts changed (`minLength`). Where it grew, shorter texts are refused; where it fell, whoever receives them may not expect them."
    MaxLengthChanged "max-length-changed" "The largest length of texts changed (`maxLength`). Where it fell, longer texts are refused; where it grew, whoever receives them may not have room for them."
    PatternChanged "pattern-changed" "The regular expression that texts have to match changed (`pattern`). Which of the two allows more is not computed."
    PatternAdded "pattern-added" "Texts have to match a regular expression (`pattern`). Whoever sends other texts is refused."
    PatternRemoved "pattern-removed" "Texts do not have to match a regular expression any more (`pattern`). Whoever receives other texts may not read them."
    MinItemsChanged "min-items-changed" "The least number of items in a list changed (`minItems`). Where it grew, shorter lists are refused; where it fell, whoever receives them may count on an item that is not there."
    MaxItemsChanged "max-items-changed" "The largest number of items in a list changed (`maxItems`). Where it fell, longer lists are refused; where it grew, whoever receives them may not expect them."
    UniqueItemsChanged "unique-items-changed" "Whether items of a list may be equal changed (`uniqueItems`). Where they must not any more, lists with equal items are refused; where they may, whoever receives a list may not expect them."
    MinPropertiesChanged "min-properties-changed" "The least number of properties of an object changed (`minProperties`). Where it grew, smaller objects are refused; where it fell, whoever receives them may count on a property that is not there."
    MaxPropertiesChanged "max-properties-changed" "The largest number of properties of an object changed (`maxProperties`). Where it fell, larger objects are refused; where it grew, whoever receives them may not expect them."
    AssertionAdded "assertion-added" "One more keyword, such as `not` or `contains`, restricts values. Whoever sends values that it refuses fails."
    AssertionRemoved "assertion-removed" "A keyword, such as `not` or `contains`, does not restrict values any more. Whoever receives values that it refused may not expect them."
    AssertionChanged "assertion-changed" "A keyword, such as `not` or `contains`, restricts values in another way. Values that were allowed may be refused, and others may come."
    UncheckedChanged "unchecked-keyword-changed" "A keyword whose contents are not compared was added, removed or changed. Values that it refuses are not allowed where it stands; which ones another content refuses is not computed."
    ItemsAdded "items-added" "Items of a list have to fit a schema (`items`); before any were allowed. Whoever sends other items is refused."
    ItemsRemoved "items-removed" "Items of a list do not have to fit a schema any more (`items`). Whoever receives other items may not expect them."
    PropertyAdded "property-added" "An object has one more property. Where it is required, objects without it are refused; where the object is closed, whoever does not know the property refuses it."
    PropertyRemoved "property-removed" "A property is gone. Where it was required, whoever receives the object may wait for it; where the object is closed, it is refused."
    PropertyRequired "property-became-required" "A property has to be there. Objects without it are refused."
    PropertyOptional "property-became-optional" "A property may be absent. Whoever receives the object may count on it."
    ReadOnlyChanged "read-only-changed" "Whether a property is in requests changed (`readOnly`). Where it is in none any more, what clients send is not read; where it came into them, it may be required there."
    WriteOnlyChanged "write-only-changed" "Whether a property is in responses changed (`writeOnly`). Where it is in none any more, clients that read it do not get it; where it came into them, they may not know it."
    AdditionalClosed "additional-properties-closed" "Properties that are not listed are not allowed any more (`additionalProperties`). Whoever sends one is refused."
    AdditionalOpened "additional-properties-opened" "Properties that are not listed are allowed (`additionalProperties`). Whoever receives one may refuse it."
    AdditionalTyped "additional-properties-restricted" "Values of properties that are not listed have to fit a schema (`additionalProperties`). Whoever sends other values is refused."
    AdditionalUntyped "additional-properties-unrestricted" "Values of properties that are not listed may be anything (`additionalProperties`). Whoever receives other values may not read them."
    PatternPropertyAdded "pattern-property-added" "Properties whose names match a regular expression have to fit a schema (`patternProperties`). Whoever sends other values under such a name is refused."
    PatternPropertyRemoved "pattern-property-removed" "Properties whose names match a regular expression do not have to fit a schema of their own any more (`patternProperties`). Whoever receives other values under such a name may not read them."
    BecameUnion "became-union" "A schema became a union, and none of its branches is what the schema was. Whoever knows the schema may not know them."
    UnionRemoved "union-removed" "A union became one schema, which is none of its branches. Whoever knows the branches may not know it."
    BranchAdded "branch-added" "A union has one more branch. Whoever receives a value of it may not know it."
    BranchRemoved "branch-removed" "A branch of a union is gone. Whoever sends a value of it is refused."
    BranchesOverlap "branches-overlap" "A value may fit two branches of a `oneOf`, which then refuses it. Which values do is not computed; where one is shown, it was found by trying."
    BranchesRegrouped "branches-regrouped" "Branches of a union divide its values in another way, and these are more or fewer. Fewer values refuse what is sent, and more values come that nobody expects."
    ValuesChanged "values-changed" "Keywords together allow other values, which no keyword alone says: such as a value that two branches of a `oneOf` allow, which then refuses it. A value shows it."
    CombinationChanged "combination-changed" "A value has to fit exactly one branch (`oneOf`) in one document, and at least one (`anyOf`) in the other one. A value that fits several branches is allowed by the second and refused by the first."
    DiscriminatorChanged "discriminator-changed" "Another property says which branch of a union a value is (`discriminator`). Whoever looks at the old one does not find the branch."
    DiscriminatorValueAdded "discriminator-value-added" "One more value of the discriminator names a branch of a union. Whoever receives it may not know which branch is meant."
    DiscriminatorValueRemoved "discriminator-value-removed" "A value of the discriminator that named a branch of a union does not name it any more. Whoever sends it is refused."
    DiscriminatorTargetChanged "discriminator-target-changed" "A value that names a branch of a union leads to another component. Whoever reads it as before takes the one for the other."
    DefaultChanged "default-changed" "What an absent value stands for changed (`default`). The same requests mean something else."
    SensitivityChanged "sensitivity-changed" "Whether a value is kept out of logs and messages changed (`x-specie-sensitive`, `format: password`). The same values are allowed; code shows a value that it kept to itself, or the reverse."
    SchemaDeprecated "schema-deprecated" "A value is deprecated. It works as before."
    CodeChanged "code-changed" "Generated code changed, such as a name, and no change of what travels is the cause. Code that uses the old name or type does not compile."
    TooComplex "too-complex" "Two unions refer to each other too deeply to be compared, or several together give too many shapes. A person has to look."
}

/// Each rule with what a document says before and after such a change, and with what to do.
const EXAMPLES: &str = include_str!("rule/examples.tsv");

/// A change as a document states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// What the old document says.
    pub before: &'static str,
    /// What the new document says.
    pub after: &'static str,
}

impl Rule {
    /// A change that it is said of.
    #[must_use]
    pub fn example(self) -> Example {
        let [before, after, _] = self.row();
        Example { before, after }
    }

    /// What to do so that the change harms nobody.
    #[must_use]
    pub fn advice(self) -> &'static str {
        let [.., advice] = self.row();
        advice
    }

    /// What stands beside its id.
    fn row(self) -> [&'static str; 3] {
        let mut rows = EXAMPLES.lines().map(|line| line.split('\t'));
        let mut found = rows.find_map(|mut row| (row.next() == Some(self.id())).then_some(row));
        std::array::from_fn(|_| found.as_mut().and_then(Iterator::next).unwrap_or_default())
    }

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

    #[test]
    fn each_rule_has_a_reason_an_example_and_advice() {
        for rule in Rule::ALL {
            let sentences = rule.explanation().split(". ").count();
            assert!(sentences > 1, "{rule:?} says what changed, and not what follows");
            let example = rule.example();
            assert!(!example.before.is_empty() && !example.after.is_empty(), "{rule:?}");
            assert_ne!(example.before, example.after, "{rule:?}");
            assert!(rule.advice().ends_with('.'), "{rule:?}");
        }
        let ids: Vec<&str> = super::EXAMPLES.lines().filter_map(|line| line.split('\t').next()).collect();
        assert_eq!(ids, Rule::ALL.iter().map(|rule| rule.id()).collect::<Vec<_>>());
    }
}
