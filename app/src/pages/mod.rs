//! One page per address.

mod gone_grid;
mod grid;
mod home;
mod not_found;
mod status;
mod workflows;

pub use gone_grid::GoneGridPage;
pub use grid::{GridPage, grid_of_path};
pub use home::HomePage;
pub use not_found::NotFoundPage;
pub use status::StatusPage;
pub use workflows::WorkflowsPage;
