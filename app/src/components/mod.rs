//! The parts that pages are made of, one per file. They wire signals to elements and do not calculate.

mod axis_controls;
mod brand;
mod cell;
mod cell_foot;
mod cell_notice;
mod cell_readings;
mod clock;
mod colour_map_control;
mod connection_chip;
mod empty_state;
mod figure;
mod figure_help;
mod figure_menu;
mod grid_tabs;
mod header;
mod icon;
mod job_button;
mod job_row;
mod mark_chip;
mod slice_bar;
mod toasts;
mod watermark;

pub use brand::Brand;
pub use cell::CellView;
pub use empty_state::EmptyState;
pub use figure_help::FigureHelp;
pub use header::Header;
pub use job_button::JobButton;
pub use job_row::JobRow;
pub use toasts::Toasts;

use axis_controls::AxisControls;
use cell_foot::CellFoot;
use cell_notice::CellNotice;
use cell_readings::CellReadings;
use clock::Clock;
use colour_map_control::ColourMapControl;
use connection_chip::ConnectionChip;
use figure::Figure;
use figure_help::FIGURE_HELP_ID;
use figure_menu::FigureMenu;
use grid_tabs::GridTabs;
use icon::Icon;
use mark_chip::MarkChip;
use slice_bar::SliceBar;
use watermark::Watermark;
