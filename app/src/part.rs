//! Parts of the client that a first visit does not load: fetched when first wanted.
//!
//! A part is one table of functions. The function that makes the table is marked by `wasm_split`; what can be reached from
//! it alone ends up in a file of its own, and what a page reaches without the table does not. Nothing that the server
//! renders may come from a part, so that hydration waits for none.

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;

use crate::readers::shed;

/// Fetches a part, whose file the browser keeps.
pub(crate) type Load<T> = fn() -> Pin<Box<dyn Future<Output = Result<T, SplitLoaderError>>>>;

/// A part of the client; cheap to copy, shared by context.
pub(crate) struct Part<T: 'static> {
    state: RwSignal<PartState<T>>,
    load: Load<T>,
}

/// Whether a part can be used.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PartState<T> {
    /// Nobody wanted it yet.
    Absent,
    /// It is on its way.
    Coming,
    /// It is here to stay.
    Here(T),
    /// It did not come. It may be asked for again.
    Failed,
}

impl<T: Copy + Send + Sync> Part<T> {
    pub(crate) fn new(load: Load<T>) -> Self {
        Self {
            state: RwSignal::new(PartState::Absent),
            load,
        }
    }

    /// Whether it can be used. Tracks it.
    pub(crate) fn state(self) -> PartState<T> {
        self.state.get()
    }

    /// Its functions, once it is here. Tracks it.
    pub(crate) fn get(self) -> Option<T> {
        match self.state.get() {
            PartState::Here(it) => Some(it),
            _ => None,
        }
    }

    /// Fetches it, unless it is here or on its way.
    pub(crate) fn want(self) {
        if let PartState::Coming | PartState::Here(_) = self.state.get_untracked() {
            return;
        }
        self.state.set(PartState::Coming);
        spawn_local(async move {
            let loaded = (self.load)().await;
            self.state
                .set(loaded.map_or(PartState::Failed, PartState::Here));
        });
    }

    /// Has the signal forget readers that are gone; see [`crate::readers`].
    pub(crate) fn shed_readers(self) {
        shed(&self.state);
    }

    /// Whether it did not come when it was asked for last. Tracks nothing.
    pub(crate) fn has_failed(self) -> bool {
        matches!(self.state.get_untracked(), PartState::Failed)
    }

    /// Nobody waits for it any more: that it did not come is no longer of interest.
    pub(crate) fn dismiss(self) {
        if self.has_failed() {
            self.state.set(PartState::Absent);
        }
    }
}

impl<T> Clone for Part<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Part<T> {}
