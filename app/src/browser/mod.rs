//! The only place that touches the browser's interfaces. Everything here is a thin, unclever wrapper.

pub(crate) mod address;
pub(crate) mod animation;
pub(crate) mod broadcast;
pub(crate) mod canvas2d;
pub(crate) mod clipboard;
pub(crate) mod clock;
pub(crate) mod colour_scheme;
pub(crate) mod download;
pub(crate) mod event_source;
pub(crate) mod fetch;
pub(crate) mod files;
pub(crate) mod focus;
pub(crate) mod image_painter;
#[cfg(feature = "hydrate")]
pub(crate) mod page;
pub(crate) mod pointer;
pub(crate) mod poster;
pub(crate) mod resize;
pub(crate) mod scrolling;
pub(crate) mod sheet;
pub(crate) mod stop;
pub(crate) mod storage;
pub(crate) mod timer;
pub(crate) mod visibility;
mod webgl_image;
mod webgl_program;
mod webgl_textures;
