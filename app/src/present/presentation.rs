//! What a session chose about a figure. It is kept over reload; the server never hears of it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use shared::id::LayerId;
use shared::plot::{Aspect, AxisView, ColourMap, Scale, View};

/// The choices of one session about one cell.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Presentation {
    /// Ranges, scales, and which axes follow the data.
    pub view: View,
    /// The colour map.
    pub colours: ColourMap,
    /// The shape of the frame.
    pub aspect: Aspect,
    /// Which plane of a volume is shown.
    pub cut: Cut,
    /// Curves that are not drawn.
    pub hidden: BTreeSet<SeriesKey>,
}

/// A curve: its layer and its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SeriesKey {
    /// The layer.
    pub layer: LayerId,
    /// The name in the legend.
    pub name: String,
}

/// Which plane of a volume is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cut {
    /// The plane at an index of a dimension.
    Slice {
        /// 0, 1 or 2, outermost first.
        dim: usize,
        /// The index; beyond the last it is the last.
        index: usize,
    },
    /// Everything: one dimension along x, the two others side by side along y.
    Flatten {
        /// The dimension along x.
        x_dim: usize,
    },
}

impl Default for Cut {
    fn default() -> Self {
        Self::Slice { dim: 0, index: 0 }
    }
}

impl Presentation {
    /// The choices before a session made any: colours of counts are spread logarithmically.
    pub fn with_log_colours() -> Self {
        let view = View {
            colour: AxisView::new(Scale::Log),
            ..View::default()
        };
        Self {
            view,
            ..Self::default()
        }
    }

    /// Shows or hides a curve.
    pub fn toggle(&mut self, series: SeriesKey) {
        if !self.hidden.remove(&series) {
            self.hidden.insert(series);
        }
    }

    /// Shows another plane of a volume. Where the axes become others, they find their ranges anew.
    pub fn set_cut(&mut self, cut: Cut) {
        let same_axes = match (self.cut, cut) {
            (Cut::Slice { dim: a, .. }, Cut::Slice { dim: b, .. })
            | (Cut::Flatten { x_dim: a }, Cut::Flatten { x_dim: b }) => a == b,
            _ => false,
        };
        self.cut = cut;
        if !same_axes {
            self.view.x = AxisView::new(self.view.x.scale());
            self.view.y = AxisView::new(self.view.y.scale());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::plot::Range;

    #[test]
    fn choices_survive_being_stored() {
        let mut chosen = Presentation::with_log_colours();
        chosen.toggle(SeriesKey {
            layer: LayerId::derived("a"),
            name: "b".to_owned(),
        });
        chosen.view.x.show(Range::new(1.0, 2.0).unwrap());
        chosen.aspect = Aspect::Data(2.0);
        let text = serde_json::to_string(&chosen).unwrap();
        assert_eq!(serde_json::from_str::<Presentation>(&text).unwrap(), chosen);
        assert_eq!(
            serde_json::from_str::<Presentation>("{}").unwrap(),
            Presentation::default()
        );
    }

    #[test]
    fn another_index_keeps_the_zoom_and_another_dimension_does_not() {
        let mut chosen = Presentation::default();
        let zoomed = Range::new(1.0, 2.0).unwrap();
        chosen.view.x.show(zoomed);
        chosen.set_cut(Cut::Slice { dim: 0, index: 5 });
        assert_eq!(chosen.view.x.range(), zoomed);
        chosen.set_cut(Cut::Slice { dim: 1, index: 5 });
        assert!(chosen.view.x.follows());
    }
}
