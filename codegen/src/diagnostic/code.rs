//! The codes, each with its page.

macro_rules! codes {
    ($($variant:ident = $name:literal,)*) => {
        /// The kind of a problem: stable, explained by a page, shown by a fixture.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $(
                #[doc = include_str!(concat!("pages/", $name, ".md"))]
                $variant,
            )*
        }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The code's name.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// The page that explains it, in Markdown.
            #[must_use]
            pub const fn page(self) -> &'static str {
                match self {
                    $(Self::$variant => include_str!(concat!("pages/", $name, ".md")),)*
                }
            }
        }
    };
}

codes! {
    // Text.
    Syntax = "syntax",
    DuplicateKey = "duplicate-key",
    BadKey = "bad-key",
    ManyDocuments = "many-documents",
    TooDeep = "too-deep",
    TooLarge = "too-large",
    LooseIndentation = "loose-indentation",
    YamlTrap = "yaml-trap",
    UnquotedStatus = "unquoted-status",
    // Other formats.
    NotOpenApi = "not-openapi",
    // Overlays.
    MalformedOverlay = "malformed-overlay",
    OverlayExtends = "overlay-extends",
    OverlayMismatch = "overlay-mismatch",
    OverlayRemove = "overlay-remove",
    OverlayTarget = "overlay-target",
    // Selection.
    UnmatchedSelector = "unmatched-selector",
    // Grammar.
    UnsupportedVersion = "unsupported-version",
    UnknownKey = "unknown-key",
    MisplacedKey = "misplaced-key",
    LaterKeyword = "later-keyword",
    FormerKeyword = "former-keyword",
    MissingKey = "missing-key",
    WrongType = "wrong-type",
    UnknownValue = "unknown-value",
    EmptyValue = "empty-value",
    BadStatus = "bad-status",
    ComponentName = "component-name",
    PathTemplate = "path-template",
    MalformedExtension = "malformed-extension",
    MisplacedExtension = "misplaced-extension",
    // References.
    DanglingReference = "dangling-reference",
    CircularReference = "circular-reference",
    ForeignReference = "foreign-reference",
    MisplacedReference = "misplaced-reference",
    ReferenceKind = "reference-kind",
    RefSiblings = "ref-siblings",
    UnreadableFile = "unreadable-file",
    // Rules.
    UndeclaredPathParameter = "undeclared-path-parameter",
    UnusedPathParameter = "unused-path-parameter",
    OptionalPathParameter = "optional-path-parameter",
    DuplicatePath = "duplicate-path",
    OverlappingPaths = "overlapping-paths",
    DuplicateOperationId = "duplicate-operation-id",
    DuplicateParameter = "duplicate-parameter",
    ParameterStyle = "parameter-style",
    ParameterContent = "parameter-content",
    RequiredWithoutProperty = "required-without-property",
    EnumValue = "enum-value",
    DuplicateEnumValue = "duplicate-enum-value",
    EmptyRange = "empty-range",
    DefaultMismatch = "default-mismatch",
    ExampleMismatch = "example-mismatch",
    RecursiveComposition = "recursive-composition",
    ContradictingAllOf = "contradicting-all-of",
    DiscriminatorProperty = "discriminator-property",
    DiscriminatorMapping = "discriminator-mapping",
    UndeclaredSecurityScheme = "undeclared-security-scheme",
    DuplicateServer = "duplicate-server",
    ServerVariable = "server-variable",
    LinkTarget = "link-target",
    RuntimeExpression = "runtime-expression",
    UnusedComponent = "unused-component",
    ExtensionTarget = "extension-target",
    UnusedAllowance = "unused-allowance",
    // Payments.
    SecretNotMarked = "secret-not-marked",
    SecretInUrl = "secret-in-url",
    NumberWithoutFormat = "number-without-format",
    AmountWithoutCurrency = "amount-without-currency",
    TimestampWithoutFormat = "timestamp-without-format",
    OperationWithoutErrors = "operation-without-errors",
    CreatingOperationWithoutOutcome = "creating-operation-without-outcome",
    CreatingOperationWithoutIdempotency = "creating-operation-without-idempotency",
    LookupWithoutProof = "lookup-without-proof",
    // Meaning.
    NameCollision = "name-collision",
    SensitiveComposite = "sensitive-composite",
    ValuesNotChecked = "values-not-checked",
    BoundBeyondType = "bound-beyond-type",
    AssumedType = "assumed-type",
    AmbiguousUnion = "ambiguous-union",
    OverlappingBranches = "overlapping-branches",
    UnionBesideProperties = "union-beside-properties",
    HeaderNotAParameter = "header-not-a-parameter",
    UnsupportedParameter = "unsupported-parameter",
    UnsupportedMediaType = "unsupported-media-type",
    FurtherMediaType = "further-media-type",
    ResponseAsBytes = "response-as-bytes",
    InterimResponse = "interim-response",
    BodilessResponse = "bodiless-response",
    UnsupportedSecurity = "unsupported-security",
    UnsupportedPagination = "unsupported-pagination",
    WebhookPayload = "webhook-payload",
    EnvelopeShape = "envelope-shape",
    UncheckedKeyword = "unchecked-keyword",
    NotGenerated = "not-generated",
}

impl Code {
    /// Whether it is about how a payment API is described well, and neither about what the document means nor about what becomes of it.
    #[must_use]
    pub const fn is_style(self) -> bool {
        matches!(
            self,
            Self::UnusedComponent
                | Self::NumberWithoutFormat
                | Self::AmountWithoutCurrency
                | Self::TimestampWithoutFormat
                | Self::OperationWithoutErrors
                | Self::CreatingOperationWithoutOutcome
                | Self::CreatingOperationWithoutIdempotency
        )
    }

    /// What it stands for: the first paragraph of its page.
    #[must_use]
    pub fn summary(self) -> &'static str {
        self.page().lines().find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default()
    }

    /// The code of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == name)
    }
}

/// The page that explains a code, by its name.
#[must_use]
pub fn explain(code: &str) -> Option<&'static str> {
    Code::from_name(code).map(Code::page)
}
