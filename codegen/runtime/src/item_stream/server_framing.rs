//! Items that a server receives.

use super::{Framing, Unreadable};
use crate::decode;

/// A framing whose items are read as a server reads a body: properties that the document does not allow are refused.
pub(crate) struct ServerFraming<F> {
    framing: F,
    /// Whether they are; items of a callback are read as a client reads a response.
    is_strict: bool,
}

impl<F: Framing> ServerFraming<F> {
    /// The items of a request, or of a callback where one is being received.
    pub(crate) fn of(framing: F) -> Self {
        Self { framing, is_strict: decode::serving(decode::is_serving) }
    }
}

impl<F: Framing> Framing for ServerFraming<F> {
    type Item = F::Item;

    fn frame_end(&mut self, bytes: &[u8], from: usize) -> Option<usize> {
        self.framing.frame_end(bytes, from)
    }

    // Items are read after the request was: nothing of how that was done holds any more.
    fn read(&mut self, frame: &[u8], is_last: bool) -> Option<Result<F::Item, Unreadable>> {
        if self.is_strict {
            decode::serving(|| self.framing.read(frame, is_last))
        } else {
            self.framing.read(frame, is_last)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body_kinds::json_lines::JsonLines;

    #[derive(Debug, Default, PartialEq)]
    struct Berth {
        depth: Option<i32>,
    }

    crate::object!(Berth { depth: optional } !server);

    #[test]
    fn servers_refuse_items_with_undeclared_properties_and_receivers_of_callbacks_do_not() {
        let items = |mut framing: ServerFraming<JsonLines<Berth>>| {
            let lines = [&b"{\"depth\":5}\n"[..], b"{\"depth\":5,\"pier\":\"A\"}\n"];
            lines.map(|line| framing.read(line, false).is_some_and(|item| item.is_ok()))
        };
        assert_eq!(items(ServerFraming::of(JsonLines::new())), [true, false]);
        let received = decode::receiving(|| ServerFraming::of(JsonLines::new()));
        assert_eq!(items(received), [true, true]);
    }
}
