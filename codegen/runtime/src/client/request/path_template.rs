//! The path of a request, out of its template.

use super::build_error::{BuildError, BuildSubject};
use crate::operation::OperationSpec;
use crate::wire::path_segment::Segment;
use crate::wire::percent;

/// A text that stays a segment of its own: URL parsers resolve the others away, percent-encoded or not.
pub(in crate::client) fn check_segment(text: &str) -> Result<(), &'static str> {
    match text {
        "" | "." | ".." => Err("is empty, `.` or `..`, which would change the path"),
        _ => Ok(()),
    }
}

/// Puts the path parameters into the template.
pub(in crate::client) fn fill(
    spec: &'static OperationSpec,
    parameters: &[(&'static str, String)],
) -> Result<String, BuildError> {
    let mut path = String::new();
    for template in spec.path.trim_start_matches('/').split('/') {
        path.push('/');
        let start = path.len();
        let mut values = Vec::new();
        let mut rest = template;
        while let Some((literal, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            percent::push_template(&mut path, literal);
            let value = parameters.iter().find(|(written, _)| *written == name);
            let (_, value) = value.ok_or_else(|| BuildError::new(BuildSubject::Path, name, "was not written"))?;
            path.push_str(value);
            values.push(value.as_str());
            rest = after;
        }
        percent::push_template(&mut path, rest);
        let segment = path.get(start..).unwrap_or_default();
        if matches!(segment, "." | "..") {
            return Err(BuildError::new(BuildSubject::Request, spec.id, "a segment of its path is `.` or `..`"));
        }
        check_read_back(template, segment, &values)?;
    }
    Ok(path)
}

/// Refuses a value from which what follows it in its segment cannot be told, such as `a-b` in `{from}-{to}`.
fn check_read_back(template: &'static str, segment: &str, values: &[&str]) -> Result<(), BuildError> {
    if let Segment::Pattern(pattern, names) = Segment::of(template) {
        let mut read = Vec::new();
        pattern.read(segment, &mut read);
        for (index, name) in names.into_iter().enumerate() {
            if read.get(index) != values.get(index) {
                return Err(BuildError::new(
                    BuildSubject::Path,
                    name,
                    "holds the text that ends it in its path segment",
                ));
            }
        }
    }
    Ok(())
}
