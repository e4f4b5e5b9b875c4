//! The parameters of plotters: what is computed, and how it looks before a session chooses otherwise. One file per
//! kind, with its limits and what forms say of it beside the struct.

mod axes;
mod bars;
mod correlation;
mod flatten;
mod geometry;
mod image;
mod line;
mod lines;
mod overlay;
mod profile;
mod rate;
mod slicer;
mod statistics;
mod style;
mod table;
mod timeseries;
mod waterfall;
mod window;

pub use axes::{AxesParams, CurveAxes, HistoryAxes, ImageAxes, ScaleChoice, ShapeChoice};
pub use bars::{BarStyle, BarsParams};
pub use correlation::{Combine, CombineParams, Correlation1dParams, Correlation2dParams};
pub use flatten::{FlatDims, FlattenParams};
pub use geometry::{PositionsParams, RectanglesParams};
pub use image::ImageParams;
pub use line::LineParams;
pub use lines::LinesParams;
pub use overlay::OverlayParams;
pub use profile::{Across, CutParams, ProfileParams};
pub use rate::RateParams;
pub use slicer::SlicerParams;
pub use statistics::{ShownParams, Statistic, StatisticsParams};
pub use style::{CurveMode, CurveStyle, ErrorStyle};
pub use table::{TableNotation, TableParams, TableStyle};
pub use timeseries::TimeseriesParams;
pub use waterfall::{RegionParams, WaterfallParams};
pub use window::{Aggregation, WindowParams};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::assert_describes;

    #[test]
    fn forms_say_what_is_read() {
        assert_describes::<BarsParams>();
        assert_describes::<Correlation1dParams>();
        assert_describes::<Correlation2dParams>();
        assert_describes::<FlattenParams>();
        assert_describes::<ImageParams>();
        assert_describes::<LinesParams>();
        assert_describes::<OverlayParams>();
        assert_describes::<SlicerParams>();
        assert_describes::<StatisticsParams>();
        assert_describes::<TableParams>();
        assert_describes::<TimeseriesParams>();
        assert_describes::<WaterfallParams>();
        assert_describes::<ProfileParams>();
        assert_describes::<RectanglesParams>();
        assert_describes::<PositionsParams>();
    }
}
