//! A stream that several handles share.

use std::sync::{Arc, Mutex, PoisonError};

/// A stream of which one handle at most is reading, or one that each handle makes for itself.
pub(crate) struct SharedStream<S> {
    source: Arc<Source<S>>,
    /// What this handle reads. The mutex is never locked: it makes streams that only move between threads shareable.
    own: Mutex<Option<S>>,
}

enum Source<S> {
    Once(Mutex<Option<S>>),
    Again(Box<dyn Fn() -> S + Send + Sync>),
}

impl<S> SharedStream<S> {
    /// A stream that can be read once.
    pub(crate) fn once(stream: S) -> Self {
        Self::of(Source::Once(Mutex::new(Some(stream))))
    }

    /// A stream that is made for each handle that reads.
    pub(crate) fn again(make: impl Fn() -> S + Send + Sync + 'static) -> Self {
        Self::of(Source::Again(Box::new(make)))
    }

    fn of(source: Source<S>) -> Self {
        Self { source: Arc::new(source), own: Mutex::new(None) }
    }

    /// The stream; `None` where another handle took it.
    pub(crate) fn open(&mut self) -> Option<&mut S> {
        let own = self.own.get_mut().unwrap_or_else(PoisonError::into_inner);
        if own.is_none() {
            *own = self.source.take();
        }
        own.as_mut()
    }

    /// Whether a handle that starts to read now gets the stream.
    pub(crate) fn is_available(&self) -> bool {
        match &*self.source {
            Source::Once(stream) => stream.lock().unwrap_or_else(PoisonError::into_inner).is_some(),
            Source::Again(_) => true,
        }
    }

    /// Whether each handle gets a stream of its own.
    pub(crate) fn is_made_again(&self) -> bool {
        matches!(&*self.source, Source::Again(_))
    }
}

impl<S> Source<S> {
    fn take(&self) -> Option<S> {
        match self {
            Self::Once(stream) => stream.lock().unwrap_or_else(PoisonError::into_inner).take(),
            Self::Again(make) => Some(make()),
        }
    }
}

/// Another handle, which reads nothing yet.
impl<S> Clone for SharedStream<S> {
    fn clone(&self) -> Self {
        Self { source: Arc::clone(&self.source), own: Mutex::new(None) }
    }
}
