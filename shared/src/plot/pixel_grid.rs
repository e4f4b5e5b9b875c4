//! Device pixels, so that lines are crisp on every screen.

/// The grid of device pixels behind CSS pixels.
///
/// ```
/// use shared::plot::PixelGrid;
/// let grid = PixelGrid::new(1.0);
/// assert_eq!(grid.edge(10.4), 10.0);
/// assert_eq!(grid.line(10.4, 1.0), 10.5);
/// assert_eq!(PixelGrid::new(2.0).line(10.4, 1.0), 10.5);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PixelGrid {
    device_px_per_css_px: f64,
}

impl PixelGrid {
    /// The grid for a device pixel ratio; one that is not a positive number counts as 1.
    pub fn new(device_px_per_css_px: f64) -> Self {
        let is_usable = device_px_per_css_px.is_finite() && device_px_per_css_px > 0.0;
        Self {
            device_px_per_css_px: if is_usable { device_px_per_css_px } else { 1.0 },
        }
    }

    /// The device pixel ratio.
    pub const fn ratio(self) -> f64 {
        self.device_px_per_css_px
    }

    /// The nearest border between device pixels, for sides of filled areas.
    pub fn edge(self, px: f64) -> f64 {
        (px * self.device_px_per_css_px).round() / self.device_px_per_css_px
    }

    /// Where the middle of a line of a given width must lie so that it covers whole device pixels.
    pub fn line(self, px: f64, width_px: f64) -> f64 {
        let n_device_px = self.line_width(width_px) * self.device_px_per_css_px;
        let half = n_device_px / 2.0;
        ((px * self.device_px_per_css_px - half).round() + half) / self.device_px_per_css_px
    }

    /// The nearest width of at least one whole device pixel.
    pub fn line_width(self, width_px: f64) -> f64 {
        (width_px * self.device_px_per_css_px).round().max(1.0) / self.device_px_per_css_px
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_cover_whole_device_pixels() {
        for ratio in [1.0, 1.25, 1.5, 2.0, 3.0] {
            let grid = PixelGrid::new(ratio);
            for i in 0..50 {
                let px = f64::from(i) * 0.37;
                for width in [1.0, 1.5, 2.0] {
                    let start = (grid.line(px, width) - grid.line_width(width) / 2.0) * ratio;
                    assert!((start - start.round()).abs() < 1e-9);
                    assert!((grid.line(px, width) - px).abs() <= 0.5 / ratio + 1e-9);
                }
            }
        }
    }
}
