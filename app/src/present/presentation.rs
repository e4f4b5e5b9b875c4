//! What a session chose about a figure. It is kept over reload; the server never hears of it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use shared::id::LayerId;
use shared::plot::params::AxesParams;
use shared::plot::{
    Aspect, AxisView, ColourMap, Cut, Percentiles, Scale, ScaleKind, Targets, View,
};

/// The choices of one session about one cell.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Presentation {
    /// Ranges, scales, and which axes follow the data.
    pub view: View,
    /// The colour map.
    pub colours: ColourMap,
    /// Which part of the values the colours span where they follow the data; none is all of them.
    pub percentiles: Option<Percentiles>,
    /// The shape of the frame; none leaves it to the data.
    pub aspect: Option<Aspect>,
    /// Which plane of a volume is shown.
    pub cut: Cut,
    /// Whether the largest value in sight is read out.
    pub shows_peak: bool,
    /// Curves that are not drawn.
    pub hidden: BTreeSet<SeriesKey>,
    /// The colours of curves that were given one, as places among those of series.
    pub painted: Vec<(SeriesKey, usize)>,
    /// What layers asked for their axes when that was taken over last.
    pub asked: AxesParams,
}

/// A curve: its layer and its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SeriesKey {
    /// The layer.
    pub layer: LayerId,
    /// The name in the legend.
    pub name: String,
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

    /// The colour that a curve was given, as a place among those of series.
    pub fn colour_of(&self, series: &SeriesKey) -> Option<usize> {
        let mut painted = self.painted.iter();
        painted.find(|it| it.0 == *series).map(|it| it.1)
    }

    /// Gives a curve a colour; the one that it was given before is taken back.
    pub fn paint(&mut self, series: &SeriesKey, colour: usize) {
        let before = self.colour_of(series);
        self.painted.retain(|it| it.0 != *series);
        if before != Some(colour) {
            self.painted.push((series.clone(), colour));
        }
    }

    /// Takes over what layers ask for their axes, where they ask for something else than the last time: what was chosen
    /// here since stays until then.
    pub fn take_over(&mut self, asked: AxesParams, targets: &Targets) {
        let before = std::mem::replace(&mut self.asked, asked);
        let view = &mut self.view;
        let axes = [
            (&mut view.x, before.x, asked.x, targets.x, ScaleKind::Linear),
            (&mut view.y, before.y, asked.y, targets.y, ScaleKind::Linear),
            (
                &mut view.colour,
                before.colour,
                asked.colour,
                targets.colour,
                ScaleKind::Log,
            ),
        ];
        for (axis, before, asked, target, usual) in axes {
            if asked != before {
                axis.set_scale(asked.kind().unwrap_or(usual).for_target(target));
            }
        }
        if asked.x_labels != before.x_labels {
            view.x.set_labels(asked.x_labels);
        }
        if asked.y_labels != before.y_labels {
            view.y.set_labels(asked.y_labels);
        }
        // After the scale, which decides which limits can be shown.
        if asked.colour_limits() != before.colour_limits() {
            match asked.colour_limits() {
                Some(limits) => view.colour.show(limits),
                None => view.colour.restart(),
            }
        }
        if asked.aspect() != before.aspect() {
            self.aspect = asked.aspect();
        }
    }

    /// Gives up what was chosen here of what layers may ask for. What they do ask is taken over with the next scene.
    pub fn put_back(&mut self) {
        let usual = Self::with_log_colours();
        self.asked = usual.asked;
        self.aspect = usual.aspect;
        self.percentiles = usual.percentiles;
        let axes = [&mut self.view.x, &mut self.view.y, &mut self.view.colour];
        let scales = [usual.view.x, usual.view.y, usual.view.colour].map(|it| it.scale());
        for (axis, scale) in axes.into_iter().zip(scales) {
            axis.set_scale(scale);
            axis.set_labels(None);
        }
        self.view.colour.restart();
    }

    /// Shows all data and follows them from now on. Colours go back to the limits that layers ask for, if any.
    pub fn fit(&mut self, targets: &Targets) {
        self.view.fit(targets);
        if let Some(limits) = self.asked.colour_limits() {
            self.view.colour.show(limits);
        }
    }

    /// Spans another part of the values by colours, which follow the data from now on.
    pub fn set_percentiles(&mut self, percentiles: Option<Percentiles>) {
        self.percentiles = percentiles;
        self.view.colour.restart();
    }

    /// Shows another plane of a volume. Where the axes become others, they find their ranges anew.
    pub fn set_cut(&mut self, cut: Cut) {
        let same_axes = self.cut.has_axes_of(cut);
        self.cut = cut;
        if !same_axes {
            self.view.x.restart();
            self.view.y.restart();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::plot::params::{ScaleChoice, ShapeChoice};
    use shared::plot::{Range, Target, Threshold};

    #[test]
    fn choices_survive_being_stored() {
        let mut chosen = Presentation::with_log_colours();
        chosen.toggle(SeriesKey {
            layer: LayerId::derived("a"),
            name: "b".to_owned(),
        });
        let other = SeriesKey {
            layer: LayerId::derived("a"),
            name: "c".to_owned(),
        };
        chosen.paint(&other, 3);
        chosen.view.x.show(Range::new(1.0, 2.0).unwrap());
        chosen.aspect = Some(Aspect::Data(2.0));
        chosen.percentiles = Some(Percentiles::without(1));
        chosen.view.colour = AxisView::new(Scale::Symlog(Threshold::ONE));
        let text = serde_json::to_string(&chosen).unwrap();
        assert_eq!(serde_json::from_str::<Presentation>(&text).unwrap(), chosen);
        assert_eq!(
            serde_json::from_str::<Presentation>("{}").unwrap(),
            Presentation::default()
        );
    }

    #[test]
    fn a_colour_is_given_changed_and_taken_back() {
        let key = |name: &str| SeriesKey {
            layer: LayerId::derived("a"),
            name: name.to_owned(),
        };
        let mut chosen = Presentation::default();
        chosen.paint(&key("a"), 3);
        chosen.paint(&key("b"), 3);
        chosen.paint(&key("a"), 4);
        assert_eq!(chosen.colour_of(&key("a")), Some(4));
        chosen.paint(&key("a"), 4);
        assert_eq!(chosen.colour_of(&key("a")), None);
        assert_eq!(chosen.colour_of(&key("b")), Some(3));
    }

    #[test]
    fn what_layers_ask_holds_until_somebody_chooses_and_again_when_it_changes() {
        let asks = |y| AxesParams {
            y,
            ..AxesParams::default()
        };
        let targets = Targets::default();
        let mut chosen = Presentation::with_log_colours();
        chosen.take_over(asks(ScaleChoice::Log), &targets);
        assert_eq!(chosen.view.y.scale(), Scale::Log);
        assert_eq!(chosen.view.colour.scale(), Scale::Log);
        chosen.view.y.set_scale(Scale::Sqrt);
        chosen.take_over(asks(ScaleChoice::Log), &targets);
        assert_eq!(chosen.view.y.scale(), Scale::Sqrt);
        chosen.take_over(asks(ScaleChoice::Auto), &targets);
        assert_eq!(chosen.view.y.scale(), Scale::Linear);
    }

    #[test]
    fn limits_labels_and_ratios_of_layers_hold_until_chosen_otherwise_and_are_put_back() {
        let asked = AxesParams {
            colour: ScaleChoice::Linear,
            colour_min: Some(-5.0),
            colour_max: Some(20.0),
            shape: ShapeChoice::Data,
            ratio: 2.0,
            x_labels: Some(3),
            ..AxesParams::default()
        };
        let data = |hi| Target::of_range(Range::new(0.0, hi).unwrap(), Scale::Linear, 0.0);
        let targets = Targets {
            x: Some(data(1.0)),
            y: Some(data(1.0)),
            colour: Some(data(1e6)),
        };
        let limits = Range::new(-5.0, 20.0).unwrap();
        let mut chosen = Presentation::with_log_colours();
        chosen.take_over(asked, &targets);
        chosen.view.follow(&targets);
        let now = |it: &Presentation| (it.view.colour.range(), it.view.x.labels(), it.aspect);
        let as_asked = (limits, Some(3), Some(Aspect::Data(2.0)));
        assert_eq!(now(&chosen), as_asked);
        chosen.fit(&targets);
        assert_eq!(now(&chosen), as_asked, "showing all data keeps the limits");

        chosen.view.colour.restart();
        chosen.view.x.set_labels(Some(9));
        chosen.aspect = Some(Aspect::Square);
        chosen.take_over(asked, &targets);
        chosen.view.follow(&targets);
        assert_eq!(now(&chosen).0.hi(), 1e6);
        assert_eq!(
            (now(&chosen).1, now(&chosen).2),
            (Some(9), Some(Aspect::Square))
        );

        chosen.put_back();
        chosen.take_over(asked, &targets);
        assert_eq!(now(&chosen), as_asked);
        chosen.take_over(AxesParams::default(), &targets);
        assert!(chosen.view.colour.follows());
        assert_eq!((chosen.view.x.labels(), chosen.aspect), (None, None));
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
