//! The only place that touches the browser's interfaces. Everything here is a thin, unclever wrapper.

pub(crate) mod clock;
pub(crate) mod focus;
#[cfg(feature = "hydrate")]
pub(crate) mod page;
