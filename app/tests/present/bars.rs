//! Bars: where they stand, how long they are, what is said of them.

use app::present::{Colour, Draw, Figure, LayerPicture, Scene, scalar_texts};
use shared::plot::frame::{FrameBody, ScalarEntry, Scalars};
use shared::plot::params::BarStyle;
use shared::plot::{AxisView, Rect, Scale};

use super::pictures::*;

fn bars(values: &[(&str, f64)], horizontal: bool) -> LayerPicture {
    let entry = |(name, value): &(&str, f64)| ScalarEntry {
        name: (*name).into(),
        quantity: counts(),
        value: *value,
        error: None,
    };
    let entries = values.iter().map(entry).collect();
    LayerPicture {
        bars: Some(BarStyle { horizontal }),
        ..picture(FrameBody::Scalars(Scalars { entries }))
    }
}

/// The filled rectangles between the first clip and its end.
fn fills(scene: &Scene) -> Vec<(Rect, Colour)> {
    let inside = scene
        .over
        .iter()
        .take_while(|it| !matches!(it, Draw::Unclip));
    let fills = inside.filter_map(|it| match it {
        Draw::Fill { rect, colour } => Some((*rect, *colour)),
        _ => None,
    });
    fills.collect()
}

#[test]
fn bars_are_as_long_as_their_values_and_stand_on_zero() {
    let (room, pictures) = (
        room(500.0, 300.0),
        [bars(&[("A", 10.0), ("B", 5.0), ("C", -5.0)], false)],
    );
    let mut figure = Figure::default();
    let scene = figure.scene(&room, &pictures);
    let fills = fills(&scene);
    let [a, b, c] = [0, 1, 2].map(|i| fills[i].0);
    let zero = scene.y.px_from_data(0.0);
    assert!((a.height - 2.0 * b.height).abs() < 1e-9 && (b.height - c.height).abs() < 1e-9);
    assert!((a.bottom() - zero).abs() < 1e-9 && (c.top - zero).abs() < 1e-9);
    assert!(a.left < b.left && a.right() < b.left);
    assert_ne!(fills[0].1, fills[1].1);
    let words = words(&scene);
    assert!(
        ["A", "B", "C", "Counts [counts]"]
            .iter()
            .all(|it| words.contains(it)),
        "{words:?}"
    );
    let cursor = [b.left + 1.0, scene.layout.frame.top + 1.0];
    let readout = figure
        .readout(&scene, &room, &pictures, cursor)
        .expect("over B");
    assert_eq!(readout.text(), "B: Counts 5 counts");
    assert_eq!(
        scalar_texts(&pictures[0].frame),
        ["A: 10 counts", "B: 5 counts", "C: -5 counts"]
    );
}

#[test]
fn horizontal_bars_begin_at_the_top_and_a_log_scale_has_no_zero() {
    let (room, pictures) = (
        room(500.0, 300.0),
        [bars(&[("A", 1000.0), ("B", 10.0)], true)],
    );
    let mut figure = Figure::default();
    figure.presentation.view.x = AxisView::new(Scale::Log);
    let scene = figure.scene(&room, &pictures);
    let fills = fills(&scene);
    let (a, b) = (fills[0].0, fills[1].0);
    assert!(a.top < b.top && a.width > b.width && b.width > 0.0);
    assert!((a.left - scene.layout.frame.left).abs() < 1e-9);
    assert!((a.right() - scene.x.px_from_data(1000.0)).abs() < 1e-9);
}
