//! The picture of one layer, as a figure is handed it.

use std::sync::Arc;

use shared::id::LayerId;
use shared::plot::CurveStyle;
use shared::plot::frame::Frame;
use shared::plot::params::BarStyle;
use shared::sync::mirror::LayerFrame;
use shared::topology::LayerConfig;
use shared::version::Stamp;

/// One layer of a cell with its newest frame.
#[derive(Clone, Debug)]
pub struct LayerPicture {
    /// The layer.
    pub layer: LayerId,
    /// The frame.
    pub frame: Arc<Frame>,
    /// Changes whenever the frame does.
    pub version: Stamp,
    /// False for a picture from before the last snapshot: it is drawn faded.
    pub current: bool,
    /// How its curves are drawn.
    pub style: CurveStyle,
    /// How its single values are drawn as bars; none where they are a table.
    pub bars: Option<BarStyle>,
}

impl LayerPicture {
    /// The picture of a layer that is set so.
    pub fn of(layer: LayerId, config: &LayerConfig, picture: &LayerFrame) -> Self {
        Self {
            layer,
            frame: Arc::clone(&picture.frame),
            version: picture.version,
            current: picture.current,
            style: CurveStyle::of_params(&config.params),
            bars: BarStyle::of_layer(config),
        }
    }

    /// How opaque the layer is drawn.
    pub(super) fn opacity(&self) -> f64 {
        if self.current { 1.0 } else { 0.4 }
    }
}
