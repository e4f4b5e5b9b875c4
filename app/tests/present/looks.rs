//! How curves, errors and frames look as layers and sessions ask.

use std::sync::Arc;

use app::present::{Draw, Figure, Gesture, LayerPicture};
use shared::data::Values;
use shared::plot::params::{AxesParams, ScaleChoice, ShapeChoice};
use shared::plot::{Aspect, CurveMode, CurveStyle, ErrorStyle, Scale};

use crate::pictures::{curves, image, points, room, series};

fn with_errors(mode: CurveMode, errors: ErrorStyle) -> LayerPicture {
    let mut it = series("a", points(&[0.0, 1.0, 2.0]), vec![100.0, 64.0, 81.0]);
    it.errors = Some(Arc::new(Values::F64(vec![10.0, 8.0, 9.0])));
    LayerPicture {
        style: CurveStyle { mode, errors },
        ..curves(vec![it])
    }
}

/// How many areas, separate lines and dots a curve is made of.
fn parts(mode: CurveMode, errors: ErrorStyle) -> [usize; 3] {
    let room = room(500.0, 300.0);
    let scene = Figure::default().scene(&room, &[with_errors(mode, errors)]);
    let count = |of: &dyn Fn(&Draw) -> usize| scene.over.iter().map(of).sum();
    // The ticks of axes are drawn likewise, in another colour.
    let own = room.theme.series(0);
    let bars = |it: &Draw| match it {
        Draw::Segments { ends, colour, .. } if *colour == own => ends.len(),
        _ => 0,
    };
    let dots = |it: &Draw| match it {
        Draw::Dots { points, .. } => points.len(),
        _ => 0,
    };
    [
        count(&|it| usize::from(matches!(it, Draw::Area { .. }))),
        count(&bars),
        count(&dots),
    ]
}

#[test]
fn errors_are_bars_or_a_band_or_nothing() {
    assert_eq!(parts(CurveMode::Line, ErrorStyle::Bars), [0, 3, 0]);
    assert_eq!(parts(CurveMode::Line, ErrorStyle::Band), [1, 0, 0]);
    assert_eq!(parts(CurveMode::Line, ErrorStyle::None), [0, 0, 0]);
    assert_eq!(parts(CurveMode::Points, ErrorStyle::None), [0, 0, 3]);
}

#[test]
fn a_band_reaches_from_end_to_end_of_the_errors() {
    let pictures = [with_errors(CurveMode::Line, ErrorStyle::Band)];
    let scene = Figure::default().scene(&room(500.0, 300.0), &pictures);
    let band = scene.over.iter().find_map(|it| match it {
        Draw::Area { points, .. } => Some(points),
        _ => None,
    });
    let heights = band.unwrap().iter().map(|it| it[1]);
    let [top, bottom] = [110.0, 56.0].map(|it| scene.y.px_from_data(it));
    assert_eq!(heights.clone().fold(f64::INFINITY, f64::min), top);
    assert_eq!(heights.fold(f64::NEG_INFINITY, f64::max), bottom);
}

#[test]
fn a_frame_held_by_its_data_follows_the_zoom() {
    let (room, pictures) = (room(900.0, 900.0), [image()]);
    let mut figure = Figure::default();
    figure.presentation.aspect = Some(Aspect::Equal);
    let scene = figure.scene(&room, &pictures);
    let frame = scene.layout.frame;
    let shape = |figure: &mut Figure| {
        let scene = figure.scene(&room, &pictures);
        let frame = scene.layout.frame;
        let px_per_unit = [
            frame.width / scene.x.range().span(),
            frame.height / scene.y.range().span(),
        ];
        px_per_unit[0] / px_per_unit[1]
    };
    assert!((shape(&mut figure) - 1.0).abs() < 0.02);
    let at = |x: f64, y: f64| [frame.left + x * frame.width, frame.top + y * frame.height];
    figure.apply(
        &scene,
        Gesture::Box {
            from: at(0.1, 0.1),
            to: at(0.3, 0.9),
        },
    );
    let zoomed = figure.scene(&room, &pictures).layout.frame;
    assert!(zoomed.width < zoomed.height, "{zoomed:?}");
    assert!((shape(&mut figure) - 1.0).abs() < 0.05);
}

#[test]
fn layers_bring_scales_and_shapes_that_a_session_may_change() {
    let room = room(900.0, 300.0);
    let mut figure = Figure::default();
    figure.asked = AxesParams {
        y: ScaleChoice::Log,
        shape: ShapeChoice::Square,
        ..AxesParams::default()
    };
    let log = [curves(vec![series(
        "a",
        points(&[1.0, 2.0]),
        vec![1.0, 1e3],
    )])];
    let scene = figure.scene(&room, &log);
    assert_eq!(scene.y.scale(), Scale::Log);
    let frame = scene.layout.frame;
    assert!((frame.width / frame.height - 1.0).abs() < 0.02, "{frame:?}");
    assert!(figure.has_taken_over() && !figure.has_taken_over());
    figure.presentation.view.y.set_scale(Scale::Linear);
    assert_eq!(figure.scene(&room, &log).y.scale(), Scale::Linear);
    // What is asked for again is not chosen again.
    figure.scene(&room, &[]);
    assert!(!figure.has_taken_over());
    assert_eq!(figure.scene(&room, &log).y.scale(), Scale::Linear);
    figure.asked = AxesParams::default();
    figure.scene(&room, &log);
    assert_eq!(figure.presentation.aspect, None);
}
