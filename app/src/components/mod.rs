//! The parts that pages are made of, one per file. They wire signals to elements and do not calculate.

mod brand;
mod cell;
mod cell_notice;
mod cell_readings;
mod clock;
mod connection_chip;
mod empty_state;
mod grid_tabs;
mod header;
mod icon;
mod job_button;
mod job_row;
mod mark_chip;
mod toasts;
mod watermark;

pub use brand::Brand;
pub use cell::CellView;
pub use empty_state::EmptyState;
pub use header::Header;
pub use job_button::JobButton;
pub use job_row::JobRow;
pub use toasts::Toasts;

use cell_notice::CellNotice;
use cell_readings::CellReadings;
use clock::Clock;
use connection_chip::ConnectionChip;
use grid_tabs::GridTabs;
use icon::Icon;
use mark_chip::MarkChip;
use watermark::Watermark;
