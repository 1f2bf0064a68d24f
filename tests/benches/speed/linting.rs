//! Linting a large correct document against one pass of `serde_yaml` over it.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use specie_codegen::source::Source;
use specie_codegen::{Strictness, check};

/// How large the document is.
const BYTES: usize = 4 << 20;
/// How many pairs.
const PAIRS: usize = 7;

/// Measures in turns and prints.
pub(super) fn report() {
    let text = document();
    let source = Source::new("large.yaml", text.clone());
    let found = check(&source, Strictness::Strict);
    assert!(found.is_empty(), "the document is correct: {:?}", found.iter().next());
    let mut pairs: Vec<(Duration, Duration)> = (0..PAIRS)
        .map(|_| {
            let lint = timed(|| assert!(check(&source, Strictness::Strict).is_empty()));
            let pass = timed(|| assert!(serde_yaml::from_str::<serde_yaml::Value>(&text).is_ok()));
            (lint, pass)
        })
        .collect();
    // What else the machine does falls on the fastest of each the least.
    let fastest = |of: fn(&(Duration, Duration)) -> Duration| pairs.iter().map(of).min().unwrap_or_default();
    let (lint, pass) = (fastest(|pair| pair.0), fastest(|pair| pair.1));
    println!("linting {} bytes of YAML, {PAIRS} pairs:", text.len());
    println!("  fastest {lint:.1?}, one pass of serde_yaml {pass:.1?}: ratio {:.2}", ratio((lint, pass)));
    pairs.sort_by(|left, right| ratio(*left).total_cmp(&ratio(*right)));
    let [least, middle, most] = [0, PAIRS / 2, PAIRS - 1].map(|at| ratio(pairs[at]));
    println!("  lint / serde_yaml: median {middle:.2}, from {least:.2} to {most:.2}");
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn ratio((lint, pass): (Duration, Duration)) -> f64 {
    lint.as_secs_f64() / pass.as_secs_f64()
}

/// Resources with two operations and two schemas each, as many as it takes.
fn document() -> String {
    let mut paths = String::new();
    let mut schemas = String::new();
    let mut number = 0;
    while paths.len() + schemas.len() < BYTES {
        // Writing to a `String` cannot fail.
        let _ = write!(paths, "{}", PATH.replace("NUMBER", &number.to_string()));
        let _ = write!(schemas, "{}", SCHEMAS.replace("NUMBER", &number.to_string()));
        number += 1;
    }
    format!(
        "openapi: 3.0.4\ninfo:\n  title: Large\n  version: \"1\"\npaths:\n{paths}components:\n  responses:\n    Problem:\n      description: It was refused.\n  schemas:\n{schemas}"
    )
}

const PATH: &str = r##"  /resources-NUMBER/{id}:
    parameters:
      - name: id
        in: path
        required: true
        description: The identifier of the resource.
        schema:
          type: string
          maxLength: 64
    get:
      operationId: getResourceNUMBER
      summary: Gives one resource.
      description: >-
        Gives the resource with the identifier, in the state that it has when the request is answered.
        Whoever wants to know when it changes asks again.
      responses:
        "200":
          description: The resource.
          content:
            application/json:
              schema:
                $ref: "#/components/schemas/ResourceNUMBER"
        "404":
          $ref: "#/components/responses/Problem"
    put:
      operationId: replaceResourceNUMBER
      summary: Replaces one resource.
      requestBody:
        required: true
        content:
          application/json:
            schema:
              $ref: "#/components/schemas/ResourceNUMBER"
      responses:
        "204":
          description: It was replaced.
        "400":
          $ref: "#/components/responses/Problem"
"##;

const SCHEMAS: &str = r##"    ResourceNUMBER:
      type: object
      description: A resource of the platform, with what it costs and where it stands.
      required: [reference, amount, currency, state]
      properties:
        reference:
          type: string
          description: What the merchant calls it.
          minLength: 1
          maxLength: 64
          example: inv-2024-0117
        amount:
          type: number
          format: decimal
          minimum: 0
          example: 100.55
        currency:
          type: string
          minLength: 3
          maxLength: 3
          example: EUR
        state:
          type: string
          enum: [created, processing, processed, canceled]
        created_at:
          type: string
          format: date-time
          example: 2024-01-17T12:30:00Z
        parts:
          type: array
          maxItems: 100
          items:
            $ref: "#/components/schemas/PartNUMBER"
    PartNUMBER:
      type: object
      description: A part of a resource.
      required: [name]
      properties:
        name:
          type: string
          description: How it is called.
        weight:
          type: integer
          format: int32
          minimum: 1
          maximum: 1000
          default: 1
"##;
