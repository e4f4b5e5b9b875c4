//! One page per address.

mod grid;
mod home;
mod not_found;
mod status;
mod workflows;

pub use grid::{GridPage, grid_of_path};
pub use home::HomePage;
pub use not_found::NotFoundPage;
pub use status::StatusPage;
pub use workflows::WorkflowsPage;
