//! The parameters of plotters: what is computed, and how it looks before a session chooses otherwise. One file per
//! kind, with its limits and what forms say of it beside the struct.

mod geometry;
mod image;
mod line;
mod lines;
mod profile;
mod slicer;
mod style;
mod timeseries;
mod waterfall;
mod window;

pub use geometry::{PositionsParams, RectanglesParams};
pub use image::ImageParams;
pub use line::LineParams;
pub use lines::LinesParams;
pub use profile::{Across, CutParams, ProfileParams};
pub use slicer::SlicerParams;
pub use style::{CurveMode, CurveStyle, ErrorStyle};
pub use timeseries::TimeseriesParams;
pub use waterfall::WaterfallParams;
pub use window::{Aggregation, WindowParams};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::assert_describes;

    #[test]
    fn forms_say_what_is_read() {
        assert_describes::<ImageParams>();
        assert_describes::<LinesParams>();
        assert_describes::<SlicerParams>();
        assert_describes::<TimeseriesParams>();
        assert_describes::<WaterfallParams>();
        assert_describes::<ProfileParams>();
        assert_describes::<RectanglesParams>();
        assert_describes::<PositionsParams>();
    }
}
