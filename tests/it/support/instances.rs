//! JSON texts that are valid under a schema: the smallest, the fullest, and arbitrary ones.
//!
//! Written from the schema's own words and not from what the generator made of them, so that the two can disagree.

use std::fmt::Write as _;

use serde_json::Value;

/// How much of a schema an instance uses.
#[derive(Clone, Copy, Debug)]
pub enum Extent {
    /// Required properties only, null wherever it is allowed, first value of each choice.
    Smallest,
    /// Every property, every list with items, first value of each choice.
    Fullest,
    /// Whatever the seed says.
    Arbitrary(u64),
    /// Every property, with [`MARKER`] in each that must not be shown.
    Marked,
}

/// What stands in every secret place of a marked instance.
pub const MARKER: &str = "canary-4111";

impl Extent {
    /// Whether the optional parameter at an index is given.
    pub fn takes_optional(self, index: usize) -> bool {
        match self {
            Self::Smallest => false,
            Self::Fullest | Self::Marked => true,
            Self::Arbitrary(seed) => seed.rotate_right(u32::try_from(index).unwrap()) & 1 == 1,
        }
    }

    /// The same extent with other choices, for the next of several instances.
    pub fn shifted(self, index: usize) -> Self {
        match self {
            Self::Arbitrary(seed) => Self::Arbitrary(seed.wrapping_add(u64::try_from(index).unwrap())),
            other => other,
        }
    }

    fn is_arbitrary(self) -> bool {
        matches!(self, Self::Arbitrary(_))
    }
}

/// A JSON text valid under `schema`; references are looked up in `document`.
pub fn instance(document: &Value, schema: &Value, extent: Extent) -> String {
    write(document, schema, extent).text
}

/// The schemas whose values are marked in the marked instance of `schema`.
pub fn marked<'a>(document: &'a Value, schema: &'a Value) -> Vec<&'a Value> {
    write(document, schema, Extent::Marked).marked
}

/// Whether a value of this schema must not be shown.
pub fn is_secret(schema: &Value) -> bool {
    schema["x-specie-sensitive"] == true || schema["format"] == "password"
}

fn write<'a>(document: &'a Value, schema: &'a Value, extent: Extent) -> Writer<'a> {
    let seed = match extent {
        Extent::Arbitrary(seed) => seed,
        _ => 0,
    };
    let mut writer = Writer { document, extent, dice: Dice(seed), text: String::new(), marked: Vec::new() };
    writer.value(schema, 0);
    writer
}

/// A reproducible sequence of choices (`SplitMix64`, by its published constants).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.roll() % u64::try_from(bound).unwrap()).unwrap()
    }

    fn coin(&mut self) -> bool {
        self.roll() & 1 == 1
    }
}

struct Writer<'a> {
    document: &'a Value,
    extent: Extent,
    dice: Dice,
    text: String,
    /// Where the marker stands.
    marked: Vec<&'a Value>,
}

/// Deeper than this an instance stays small, so that recursive schemas end.
const DEEP: usize = 8;

impl<'a> Writer<'a> {
    fn value(&mut self, schema: &'a Value, depth: usize) {
        let schema = self.resolve(schema);
        if schema["nullable"] == true && self.wants_null() {
            self.text.push_str("null");
        } else if let Some(parts) = schema["allOf"].as_array() {
            // The documents only use it around one schema.
            assert_eq!(parts.len(), 1, "allOf of several");
            self.value(&parts[0], depth);
        } else if let Some(branches) = schema["oneOf"].as_array().or_else(|| schema["anyOf"].as_array()) {
            let branch = self.branch(branches);
            self.value(branch, depth);
        } else if let Some(values) = schema["enum"].as_array() {
            let value = self.choice(values);
            write!(self.text, "{value}").unwrap();
        } else if self.is_marked(schema) {
            let text =
                if schema["type"] == "object" { format!(r#"{{"key":"{MARKER}"}}"#) } else { format!("\"{MARKER}\"") };
            self.text.push_str(&text);
            self.marked.push(schema);
        } else {
            self.typed(schema, depth);
        }
    }

    fn typed(&mut self, schema: &'a Value, depth: usize) {
        match schema["type"].as_str() {
            Some("object") => self.object(schema, depth),
            Some("array") => self.array(schema, depth),
            Some("string") => self.string(schema),
            Some("number") => self.number(schema),
            Some("integer") => self.integer(schema),
            Some("boolean") => {
                let value = self.dice.coin();
                write!(self.text, "{value}").unwrap();
            }
            _ => self.anything(depth),
        }
    }

    fn resolve(&self, schema: &'a Value) -> &'a Value {
        let mut schema = schema;
        while let Some(reference) = schema["$ref"].as_str() {
            schema = self.document.pointer(reference.trim_start_matches('#')).expect("references lead somewhere");
        }
        schema
    }

    fn choice(&mut self, from: &'a [Value]) -> &'a Value {
        if self.extent.is_arbitrary() { &from[self.dice.below(from.len())] } else { &from[0] }
    }

    /// A marked instance takes the branch that is a secret itself.
    fn branch(&mut self, branches: &'a [Value]) -> &'a Value {
        let secret = branches.iter().find(|branch| self.is_marked(self.resolve(branch)));
        secret.unwrap_or_else(|| self.choice(branches))
    }

    fn is_marked(&self, schema: &Value) -> bool {
        matches!(self.extent, Extent::Marked) && is_secret(schema)
    }

    fn wants_null(&mut self) -> bool {
        matches!(self.extent, Extent::Smallest) || self.extent.is_arbitrary() && self.dice.below(4) == 0
    }

    fn wants(&mut self, depth: usize) -> bool {
        match self.extent {
            Extent::Smallest => false,
            Extent::Fullest | Extent::Marked => depth < DEEP,
            Extent::Arbitrary(_) => depth < DEEP && self.dice.coin(),
        }
    }

    fn object(&mut self, schema: &'a Value, depth: usize) {
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let mut separator = "{";
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            if required.contains(&name.as_str()) || self.wants(depth) {
                write!(self.text, "{separator}{}:", Value::from(name.as_str())).unwrap();
                separator = ",";
                self.value(property, depth + 1);
            }
        }
        let further = &schema["additionalProperties"];
        let free = schema["properties"].is_null() && (further.is_null() || *further == true);
        if (free || further.is_object()) && self.wants(depth) {
            for index in 0..=self.dice.below(2) {
                write!(self.text, "{separator}\"further-{index} \u{20ac}\":").unwrap();
                separator = ",";
                if further.is_object() { self.value(further, depth + 1) } else { self.anything(depth + 1) }
            }
        }
        if separator == "{" {
            self.text.push('{');
        }
        self.text.push('}');
    }

    fn array(&mut self, schema: &'a Value, depth: usize) {
        let bound = |keyword: &str| schema[keyword].as_u64().map(|bound| usize::try_from(bound).unwrap());
        let (least, most) = (bound("minItems").unwrap_or(0), bound("maxItems").unwrap_or(3));
        let wanted = match self.extent {
            Extent::Smallest => 0,
            Extent::Marked => 1,
            Extent::Fullest => 2,
            Extent::Arbitrary(_) => self.dice.below(4),
        };
        let count = if depth >= DEEP { least } else { wanted.clamp(least, most.max(least)) };
        self.text.push('[');
        for index in 0..count {
            if index > 0 {
                self.text.push(',');
            }
            self.value(&schema["items"], depth + 1);
        }
        self.text.push(']');
    }

    fn string(&mut self, schema: &Value) {
        let text = match schema["format"].as_str() {
            Some("date") => "2019-08-24".to_owned(),
            Some("date-time") => "2019-08-24T14:15:22.10+05:30".to_owned(),
            Some("decimal") => self.decimal(),
            None => self.words(),
            Some(other) => panic!("instances of the format {other} are not written yet"),
        };
        write!(self.text, "{}", Value::from(text)).unwrap();
    }

    /// Text with everything that an encoder could trip over.
    fn words(&mut self) -> String {
        const PIECES: &[&str] = &[
            "a", "Z", "0", " ", "/", "%", "+", "&", "=", "?", "#", "é", "€", "𝄞", "\"", "\\", "<", "'", ";", ",",
            "[x]", "..", "~", "null", "\u{7f}", "\u{1}", "\u{2028}", "%2F", "\n", ":", "@", "|", "{", "}", "^", "`",
        ];
        if !self.extent.is_arbitrary() {
            return "some text".to_owned();
        }
        (0..=self.dice.below(8)).map(|_| PIECES[self.dice.below(PIECES.len())]).collect()
    }

    fn number(&mut self, schema: &Value) {
        let text = if schema["format"] == "decimal" {
            self.decimal()
        } else {
            // A float has one shortest text, which comes back.
            let fraction = if self.extent.is_arbitrary() {
                f64::from(i32::try_from(self.dice.below(1 << 20)).unwrap())
            } else {
                21.0
            };
            Value::from(fraction / 64.0).to_string()
        };
        self.text.push_str(&text);
    }

    /// A decimal of up to 28 digits, with its scale.
    fn decimal(&mut self) -> String {
        if !self.extent.is_arbitrary() {
            return "10.50".to_owned();
        }
        let digits = 1 + self.dice.below(28);
        let scale = self.dice.below(digits);
        let whole = digits - scale;
        let mut text = String::new();
        let mut is_zero = true;
        for index in 0..digits {
            if index == whole {
                text.push('.');
            }
            let digit = if index == 0 && whole > 1 { 1 + self.dice.below(9) } else { self.dice.below(10) };
            is_zero &= digit == 0;
            write!(text, "{digit}").unwrap();
        }
        // A decimal has no negative zero.
        if !is_zero && self.dice.below(4) == 0 {
            text.insert(0, '-');
        }
        text
    }

    fn integer(&mut self, schema: &Value) {
        let roll = self.dice.roll();
        let text = match schema["format"].as_str() {
            Some("int32") => i32::from_le_bytes(roll.to_le_bytes()[..4].try_into().unwrap()).to_string(),
            Some("unix-time") => (roll % 4_000_000_000).to_string(),
            None | Some("int64") => roll.cast_signed().to_string(),
            Some(other) => panic!("instances of the format {other} are not written yet"),
        };
        self.text.push_str(&text);
    }

    /// Free JSON, with numbers that no float can hold.
    fn anything(&mut self, depth: usize) {
        let choices = if depth < DEEP && self.extent.is_arbitrary() { 7 } else { 5 };
        match self.dice.below(choices) {
            0 => self.text.push_str("12345678901234567890.10"),
            1 => self.text.push_str("true"),
            2 => self.text.push_str("\"text\""),
            3 => self.text.push_str(HUGE),
            4 => self.text.push_str("{}"),
            5 => {
                self.text.push_str("[1.10,");
                self.anything(depth + 1);
                self.text.push(']');
            }
            _ => {
                self.text.push_str("{\"key\":");
                self.anything(depth + 1);
                self.text.push('}');
            }
        }
    }
}

/// A number beyond every float, which validators that know only floats have to be spared.
pub const HUGE: &str = "1E400";
