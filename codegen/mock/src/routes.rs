//! The operation that a method and a path ask for.

use specie_codegen::api::{Api, Server};

use crate::call::path_text;

/// The paths of all operations: below the paths of their servers, and at the root as well.
pub(crate) struct Routes {
    all: Vec<Route>,
}

struct Route {
    method: String,
    segments: Vec<Segment>,
    operation: usize,
}

/// A segment of a template: texts with parameters between them.
struct Segment(Vec<Piece>);

enum Piece {
    Text(String),
    Parameter(String),
}

/// What was found.
pub(crate) enum RouteLookup<'r> {
    /// An operation by its place, and the parameters of its path as they are written.
    Operation(usize, Vec<(&'r str, &'r str)>),
    /// The path is one of other methods, each with its operation.
    Methods(Vec<(&'r str, usize)>),
    /// No operation has the path.
    Nothing,
}

impl Routes {
    pub(crate) fn new(api: &Api) -> Self {
        let mut all = Vec::new();
        for (operation, stated) in api.operations.iter().enumerate() {
            let servers = api.server_list(stated.servers).map_or(&[][..], |list| &list.servers);
            let mut bases: Vec<String> = servers.iter().filter_map(base_path).collect();
            bases.push(String::new());
            bases.dedup();
            for base in bases {
                let segments = format!("{base}{}", stated.path()).split('/').skip(1).map(Segment::of).collect();
                all.push(Route { method: stated.method.as_str().to_uppercase(), segments, operation });
            }
        }
        // A path of texts comes before a template that matches it too (OpenAPI 3.2.0, Paths Object).
        all.sort_by_key(|route| route.segments.iter().filter(|segment| segment.is_parameter()).count());
        Self { all }
    }

    pub(crate) fn find<'r>(&'r self, method: &str, path: &'r str) -> RouteLookup<'r> {
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        let mut methods = Vec::new();
        for route in &self.all {
            let Some(captured) = route.captured(&parts) else { continue };
            if route.method == method {
                return RouteLookup::Operation(route.operation, captured);
            }
            if methods.iter().all(|(known, _)| *known != route.method) {
                methods.push((route.method.as_str(), route.operation));
            }
        }
        if methods.is_empty() { RouteLookup::Nothing } else { RouteLookup::Methods(methods) }
    }
}

/// The path of a server's address, with its variables at their defaults; `None` where a variable is not there.
pub(crate) fn base_path(server: &Server) -> Option<String> {
    let mut pieces = server.template.split('{');
    let mut address = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once('}')?;
        address.push_str(&server.variables.iter().find(|variable| variable.name == name)?.default);
        address.push_str(rest);
    }
    let path = match address.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => address.trim_start_matches('/'),
    };
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    Some(if path.is_empty() { String::new() } else { format!("/{path}") })
}

impl Route {
    /// The parameters of a path; `None` where it is another path.
    fn captured<'r>(&'r self, parts: &[&'r str]) -> Option<Vec<(&'r str, &'r str)>> {
        let mut captured = Vec::new();
        if parts.len() != self.segments.len() {
            return None;
        }
        for (segment, part) in self.segments.iter().zip(parts) {
            segment.capture(part, &mut captured)?;
        }
        Some(captured)
    }
}

impl Segment {
    fn of(template: &str) -> Self {
        let mut pieces = Vec::new();
        let mut rest = template;
        while let Some((text, behind)) = rest.split_once('{') {
            let Some((name, behind)) = behind.split_once('}') else { break };
            if !text.is_empty() {
                pieces.push(Piece::Text(text.to_owned()));
            }
            pieces.push(Piece::Parameter(name.to_owned()));
            rest = behind;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Self(pieces)
    }

    fn is_parameter(&self) -> bool {
        self.0.iter().any(|piece| matches!(piece, Piece::Parameter(_)))
    }

    /// Adds the parameters of a segment; `None` where it is another one. A parameter ends where the text behind it begins, and is not empty.
    fn capture<'r>(&'r self, part: &'r str, captured: &mut Vec<(&'r str, &'r str)>) -> Option<()> {
        if !self.is_parameter() {
            let text = self.0.iter().map(|piece| match piece {
                Piece::Text(text) | Piece::Parameter(text) => text.as_str(),
            });
            return (path_text(part) == text.collect::<String>()).then_some(());
        }
        let mut rest = part;
        let mut pieces = self.0.iter().peekable();
        while let Some(piece) = pieces.next() {
            match piece {
                Piece::Text(text) => rest = rest.strip_prefix(text.as_str())?,
                Piece::Parameter(name) => {
                    let end = match pieces.peek() {
                        Some(Piece::Text(text)) => rest.rfind(text.as_str())?,
                        _ => rest.len(),
                    };
                    let (value, behind) = rest.split_at_checked(end)?;
                    if value.is_empty() {
                        return None;
                    }
                    captured.push((name, value));
                    rest = behind;
                }
            }
        }
        rest.is_empty().then_some(())
    }
}
