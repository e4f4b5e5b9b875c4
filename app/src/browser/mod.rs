//! The only place that touches the browser's interfaces. Everything here is a thin, unclever wrapper.

pub(crate) mod broadcast;
pub(crate) mod clock;
pub(crate) mod event_source;
pub(crate) mod fetch;
pub(crate) mod focus;
pub(crate) mod locks;
#[cfg(feature = "hydrate")]
pub(crate) mod page;
pub(crate) mod storage;
pub(crate) mod timer;
pub(crate) mod visibility;
