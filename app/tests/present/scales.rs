//! Scales, percentiles and numbers of labels, as a figure draws them.

use std::sync::Arc;

use app::present::{Figure, LayerPicture};
use shared::data::Values;
use shared::plot::frame::{Extent, FrameBody, Image};
use shared::plot::{AxisView, Errors, Percentiles, Range, Scale, Threshold};

use super::pictures::{counts, curves, picture, pixels, points, room, series, words};

/// 100 × 100 counts up to 9,999, and one hot pixel.
fn hot_image() -> LayerPicture {
    let mut values: Vec<u32> = (0..10_000).collect();
    values[5_050] = 4_000_000_000;
    let values = Values::U32(values);
    picture(FrameBody::Image(Image {
        x: pixels("x", 100),
        y: pixels("y", 100),
        quantity: counts(),
        extent: Extent::of_values(&values),
        values: Arc::new(values),
        errors: Errors::default(),
    }))
}

#[test]
fn percentiles_leave_out_a_hot_pixel_and_hold_like_any_limits() {
    let (room, pictures) = (room(500.0, 400.0), [hot_image()]);
    let mut figure = Figure::default();
    figure.scene(&room, &pictures);
    let colours = |figure: &Figure| figure.presentation.view.colour.range();
    assert_eq!(colours(&figure).hi(), 4e9);
    figure
        .presentation
        .set_percentiles(Some(Percentiles::without(1)));
    figure.scene(&room, &pictures);
    let expected = Range::new(100.0, 9_900.0).unwrap();
    assert_eq!(colours(&figure), expected);
    figure.presentation.view.colour.hold();
    figure.presentation.percentiles = None;
    figure.scene(&room, &pictures);
    assert_eq!(colours(&figure), expected, "held limits stay");
    figure.presentation.set_percentiles(None);
    figure.scene(&room, &pictures);
    assert_eq!(colours(&figure).hi(), 4e9);
}

#[test]
fn a_symmetric_scale_takes_its_threshold_from_the_data() {
    let it = series("a", points(&[0.0, 1.0, 2.0]), vec![-40.0, 0.02, 3000.0]);
    let mut figure = Figure::default();
    figure.scene(&room(500.0, 300.0), &[curves(vec![it.clone()])]);
    let threshold = figure.targets().y.unwrap().threshold();
    assert_eq!(threshold.value(), 0.01);
    figure.presentation.view.y = AxisView::new(Scale::Symlog(threshold));
    let scene = figure.scene(&room(500.0, 300.0), &[curves(vec![it])]);
    let words = words(&scene);
    assert!(
        words.contains(&"10⁴") && words.contains(&"−10⁰") && words.contains(&"0"),
        "{words:?}"
    );
    assert!(scene.y.range().lo() < -40.0 && scene.y.range().hi() > 3000.0);
}

#[test]
fn labels_are_as_many_as_asked_for() {
    let mut figure = Figure::default();
    let picture = [curves(vec![series(
        "a",
        points(&[0.0, 100.0]),
        vec![0.0, 100.0],
    )])];
    let mut n_labels = |at_most| {
        figure.presentation.view.x.set_labels(at_most);
        let scene = figure.scene(&room(600.0, 300.0), &picture);
        let below = scene.layout.frame.bottom();
        let along_x = scene.over.iter().filter(|draw| {
            matches!(draw, app::present::Draw::Text(it)
                if it.at[1] > below + 4.0 && it.at[1] < below + 12.0)
        });
        along_x.count()
    };
    assert_eq!(n_labels(None), 11);
    assert_eq!(n_labels(Some(3)), 3);
    assert_eq!(n_labels(Some(2)), 2);
    assert_eq!(n_labels(Some(99)), 11, "beyond what can be asked for");
}

#[test]
fn every_scale_places_the_ends_of_its_colour_bar() {
    for scale in [
        Scale::Linear,
        Scale::Log,
        Scale::Sqrt,
        Scale::Symlog(Threshold::ONE),
    ] {
        let mut figure = Figure::default();
        figure.presentation.view.colour = AxisView::new(scale);
        let scene = figure.scene(&room(500.0, 400.0), &[hot_image()]);
        let normalization = scene.images[0].normalization;
        let lo = if scale.is_log() { 1.0 } else { 0.0 };
        assert_eq!(normalization.unit_from_value(lo), 0.0, "{scale:?}");
        assert!(
            (normalization.unit_from_value(4e9) - 1.0).abs() < 1e-12,
            "{scale:?}"
        );
    }
}
