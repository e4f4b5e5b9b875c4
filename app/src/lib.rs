//! The pages and plots of Beamdeck: rendered by the server, hydrated in the browser.
//!
//! Pages and components wire; what the screen knows is plain data in [`live`], and only `browser` touches
//! the browser's interfaces.
#![expect(
    unreachable_pub,
    reason = "leptos #[component] re-emits pub(crate) items as pub"
)]

#[cfg(all(feature = "ssr", target_arch = "wasm32"))]
compile_error!(
    "a client built with `ssr` ignores every event: build the package alone, with `hydrate`"
);

pub mod arrange;
mod assets;
mod backend;
mod browser;
mod components;
mod cuts;
mod document;
mod figure;
mod live;
mod not_found;
mod pages;
mod part;
pub mod present;
mod readers;
mod regions;
mod root;
mod session;
mod snapshot;

pub use assets::AssetNames;
pub use backend::{Backend, BackendHandle};
pub use document::shell;
pub use not_found::OnNotFound;
pub use root::App;
pub use snapshot::{Glance, Reading, Snapshot};

#[cfg(feature = "hydrate")]
mod entry;
