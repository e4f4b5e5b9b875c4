//! The only place that touches the browser's interfaces. Everything here is a thin, unclever wrapper.

pub(crate) mod broadcast;
#[expect(
    dead_code,
    reason = "the component that shows figures is still to use it"
)]
pub(crate) mod canvas2d;
pub(crate) mod clock;
pub(crate) mod event_source;
pub(crate) mod fetch;
pub(crate) mod focus;
pub(crate) mod image_painter;
pub(crate) mod locks;
#[cfg(feature = "hydrate")]
pub(crate) mod page;
pub(crate) mod storage;
pub(crate) mod timer;
pub(crate) mod visibility;
mod webgl_image;
mod webgl_program;
mod webgl_textures;
