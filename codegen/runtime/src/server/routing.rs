//! Finds the operation that a method and a path ask for.
//!
//! The templates of all operations become one tree of path segments, built once. Text wins over parameters
//! (OpenAPI 3.0.3, Paths Object: concrete paths are matched before templated ones); where the concrete path does not have the method, a
//! templated one that has it is taken, so that every value of a path parameter reaches its operation.

pub(super) mod base_path;
pub(super) mod route;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use http::Method;

use crate::operation::OperationSpec;
use crate::wire::path_segment::{Pattern, Segment};
use crate::wire::percent;

/// The tree, and the names of each route's parameters.
#[derive(Debug)]
pub(crate) struct Router {
    root: Node,
    /// By route: the names of its path parameters in the order of the template.
    names: Vec<Vec<&'static str>>,
    /// The most segments that a template has: longer paths are unknown without a look.
    depth: usize,
}

/// What may come after the same beginning of a path.
#[derive(Debug, Default)]
struct Node {
    literals: HashMap<String, Self>,
    /// The pattern with the most fixed text first.
    patterns: BTreeMap<(Reverse<usize>, Pattern), Self>,
    parameter: Option<Box<Self>>,
    /// The operations whose template ends here.
    routes: Vec<(Method, usize)>,
}

/// What a [`Router`] found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Lookup {
    /// The route and its path parameters as they stand in the path, not decoded.
    Found(usize, Vec<(&'static str, String)>),
    /// The path is known with other methods: each with its first route.
    WrongMethod(Vec<(Method, usize)>),
    /// No operation has this path.
    Unknown,
    /// The path is not valid percent-encoded UTF-8.
    Malformed,
}

/// A segment of a path that was asked for.
struct Part<'p> {
    raw: &'p str,
    text: Cow<'p, str>,
}

/// What a lookup gathers on its way.
struct Search<'m, 'p> {
    method: &'m Method,
    captures: Vec<&'p str>,
    allowed: Vec<(Method, usize)>,
}

impl Router {
    /// Builds the tree; of two operations with one method and one path the first is reachable.
    pub(crate) fn new(specs: impl IntoIterator<Item = &'static OperationSpec>) -> Self {
        let mut router = Self { root: Node::default(), names: Vec::new(), depth: 0 };
        for (route, spec) in specs.into_iter().enumerate() {
            let mut names = Vec::new();
            let mut node = &mut router.root;
            let mut depth = 0;
            for template in segments(spec.path) {
                node = node.child(Segment::of(template), &mut names);
                depth += 1;
            }
            node.routes.extend(spec.method.to_method().map(|method| (method, route)));
            router.names.push(names);
            router.depth = router.depth.max(depth);
        }
        router
    }

    /// Finds the route of a request; the path is taken as it came, without its query.
    pub(crate) fn find(&self, method: &Method, path: &str) -> Lookup {
        if !path.starts_with('/') {
            return Lookup::Unknown;
        }
        let mut parts = Vec::with_capacity(self.depth);
        for raw in segments(path) {
            if parts.len() == self.depth {
                return Lookup::Unknown;
            }
            match percent::decode(raw) {
                Ok(text) => parts.push(Part { raw, text }),
                Err(percent::Malformed) => return Lookup::Malformed,
            }
        }
        let mut search = Search { method, captures: Vec::new(), allowed: Vec::new() };
        match search.descend(&self.root, &parts) {
            Some(route) => {
                let names = self.names.get(route).map_or(&[][..], Vec::as_slice).iter().copied();
                Lookup::Found(route, names.zip(search.captures.into_iter().map(str::to_owned)).collect())
            }
            None if search.allowed.is_empty() => Lookup::Unknown,
            None => Lookup::WrongMethod(search.allowed),
        }
    }
}

impl Node {
    /// The node behind a segment, made where it is not there yet.
    fn child(&mut self, segment: Segment, names: &mut Vec<&'static str>) -> &mut Self {
        match segment {
            Segment::Literal(text) => self.literals.entry(text).or_default(),
            Segment::Parameter(name) => {
                names.push(name);
                self.parameter.get_or_insert_default()
            }
            Segment::Pattern(pattern, parameters) => {
                names.extend(parameters);
                let key = (Reverse(pattern.fixed()), pattern);
                self.patterns.entry(key).or_default()
            }
        }
    }
}

impl<'p> Search<'_, 'p> {
    /// Looks below one node; every node of the tree is visited once at most, whatever the path.
    fn descend(&mut self, node: &Node, parts: &[Part<'p>]) -> Option<usize> {
        let Some((part, rest)) = parts.split_first() else {
            return self.end(node);
        };
        if let Some(child) = node.literals.get(part.text.as_ref())
            && let Some(route) = self.descend(child, rest)
        {
            return Some(route);
        }
        let before = self.captures.len();
        for ((_, pattern), child) in &node.patterns {
            if pattern.read(part.raw, &mut self.captures) {
                if let Some(route) = self.descend(child, rest) {
                    return Some(route);
                }
                self.captures.truncate(before);
            }
        }
        if let Some(child) = &node.parameter
            && !part.raw.is_empty()
        {
            self.captures.push(part.raw);
            if let Some(route) = self.descend(child, rest) {
                return Some(route);
            }
            self.captures.truncate(before);
        }
        None
    }

    /// The route of this method where a path ends; its other methods are noted.
    fn end(&mut self, node: &Node) -> Option<usize> {
        for (method, route) in &node.routes {
            if method == self.method {
                return Some(*route);
            }
            if self.allowed.iter().all(|(allowed, _)| allowed != method) {
                self.allowed.push((method.clone(), *route));
            }
        }
        None
    }
}

/// The segments of a path or a template; an empty one at the end is a trailing slash.
fn segments(path: &str) -> std::str::Split<'_, char> {
    path.strip_prefix('/').unwrap_or(path).split('/')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    macro_rules! specs {
        ($($method:ident $path:literal),+ $(,)?) => {{
            static SPECS: &[OperationSpec] = &[$(OperationSpec::new($path, Method::$method, $path)),+];
            SPECS
        }};
    }

    fn router() -> Router {
        Router::new(specs![
            GET "/",
            GET "/payouts",
            POST "/payouts",
            GET "/payouts/{id}",
            DELETE "/payouts/{payout}",
            POST "/payouts/search",
            GET "/payouts/{id}/parts/{part}",
            GET "/payouts/search/parts/all",
            GET "/files/{id}.json",
            GET "/files/{id}",
            GET "/files/{id}.{kind}.json",
            GET "/pairs/{a}:{b}",
            PUT "/trailing/",
        ])
    }

    fn found(path: &str, method: &Method) -> (usize, Vec<(&'static str, &'static str)>) {
        match router().find(method, path) {
            Lookup::Found(route, parameters) => {
                (route, parameters.into_iter().map(|(name, text)| (name, &*text.leak())).collect())
            }
            other => panic!("{path}: {other:?}"),
        }
    }

    #[test]
    fn paths_reach_their_operation() {
        assert_eq!(found("/", &Method::GET), (0, vec![]));
        assert_eq!(found("/payouts", &Method::POST), (2, vec![]));
        assert_eq!(found("/payouts/7", &Method::GET), (3, vec![("id", "7")]));
        assert_eq!(found("/payouts/a%2Fb", &Method::DELETE), (4, vec![("payout", "a%2Fb")]));
        assert_eq!(found("/payouts/7/parts/2", &Method::GET), (6, vec![("id", "7"), ("part", "2")]));
        assert_eq!(found("/trailing/", &Method::PUT), (12, vec![]));
    }

    #[test]
    fn text_wins_over_parameters_and_gives_way_to_them() {
        assert_eq!(found("/payouts/search", &Method::POST), (5, vec![]));
        assert_eq!(found("/payouts/%73earch", &Method::POST), (5, vec![]));
        // The concrete path has no GET, the templated one has.
        assert_eq!(found("/payouts/search", &Method::GET), (3, vec![("id", "search")]));
        assert_eq!(found("/payouts/search/parts/all", &Method::GET), (7, vec![]));
        assert_eq!(found("/payouts/search/parts/1", &Method::GET), (6, vec![("id", "search"), ("part", "1")]));
    }

    #[test]
    fn the_narrower_pattern_wins() {
        assert_eq!(found("/files/a.json", &Method::GET), (8, vec![("id", "a")]));
        assert_eq!(found("/files/a.b.json", &Method::GET), (10, vec![("id", "a"), ("kind", "b")]));
        assert_eq!(found("/files/a", &Method::GET), (9, vec![("id", "a")]));
        assert_eq!(found("/files/.json", &Method::GET), (9, vec![("id", ".json")]));
        assert_eq!(found("/pairs/x:y", &Method::GET), (11, vec![("a", "x"), ("b", "y")]));
    }

    #[test]
    fn other_paths_are_unknown() {
        for path in [
            "/payout",
            "/payouts/",
            "/payouts//parts/1",
            "//",
            "/trailing",
            "/pairs/x",
            "*",
            "",
            "/payouts/7/parts/2/3/4/5",
        ] {
            assert_eq!(router().find(&Method::GET, path), Lookup::Unknown, "{path}");
        }
    }

    #[test]
    fn other_methods_are_told_which_there_are() {
        assert_eq!(
            router().find(&Method::PUT, "/payouts/search"),
            Lookup::WrongMethod(vec![(Method::POST, 5), (Method::GET, 3), (Method::DELETE, 4)])
        );
        assert_eq!(router().find(&Method::HEAD, "/"), Lookup::WrongMethod(vec![(Method::GET, 0)]));
    }

    #[test]
    fn a_path_that_does_not_decode_is_malformed() {
        for path in ["/payouts/%ff", "/payouts/%", "/payouts/%2"] {
            assert_eq!(router().find(&Method::GET, path), Lookup::Malformed, "{path}");
        }
    }

    proptest! {
        #[test]
        fn no_path_is_too_odd(path in "(/[a-z{}%:./0-9]{0,12}){0,6}|\\PC{0,40}") {
            let _ = router().find(&Method::GET, &path);
        }

        #[test]
        fn a_parameter_takes_any_segment(value in "[^/%\u{0}]{1,20}") {
            let path = format!("/payouts/{value}");
            let (_, parameters) = found(&path, &Method::GET);
            prop_assert_eq!(parameters, vec![("id", value.as_str())]);
        }
    }
}
