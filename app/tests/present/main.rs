//! What a figure draws for frames, checked by numbers: positions, colours' lookups, labels, read-outs.

mod bars;
mod kept;
mod looks;
mod pictures;
mod scales;
mod shapes;
mod waterfall;

use std::sync::Arc;

use app::present::{Figure, Gesture, Presentation, Region, SeriesKey, series_of};
use shared::data::{CoordValues, Unit, Values};
use shared::id::LayerId;
use shared::plot::frame::{Extent, FrameBody, Shapes, SlicerState};
use shared::plot::{
    Area, Aspect, AxisView, CurveMode, Cut, Errors, Range, Scale, Shape, ShapePlace, Threshold,
};

use pictures::*;

#[test]
fn an_image_fills_its_frame_and_reads_back_exact_values() {
    let mut figure = Figure::default();
    let (room, pictures) = (room(500.0, 300.0), [image()]);
    let scene = figure.scene(&room, &pictures);
    let quad = &scene.images[0];
    let frame = scene.layout.frame;
    assert_eq!(
        (quad.columns.len(), quad.rows.len()),
        (frame.width as usize, frame.height as usize)
    );
    assert_eq!((quad.columns[0], *quad.columns.last().unwrap()), (0, 7));
    assert_eq!(
        (quad.rows[0], *quad.rows.last().unwrap()),
        (3, 0),
        "row 0 lies at the bottom"
    );
    assert_eq!(quad.normalization.unit_from_value(37.0), 1.0);
    for px in 0..frame.width as usize {
        let cursor = [frame.left + px as f64 + 0.5, frame.top + 0.5];
        let readout = figure.readout(&scene, &room, &pictures, cursor).unwrap();
        let counts = 30 + quad.columns[px];
        let value = format!("{counts} ± {:.1} counts", f64::from(counts).sqrt());
        assert_eq!(readout.readings[2].value, value);
    }
    let words = words(&scene);
    assert!(
        words.contains(&"x [mm]") && words.contains(&"Counts [counts]"),
        "{words:?}"
    );
}

#[test]
fn what_is_counted_is_told_with_its_error_and_whole_counts_exactly() {
    let told = |unit: &str, values: Vec<f64>, errors: Errors| {
        let mut image = image();
        let frame = Arc::make_mut(&mut image.frame);
        let FrameBody::Image(body) = &mut frame.body else {
            panic!("an image")
        };
        body.values = Arc::new(Values::F64(values));
        body.quantity.unit = Unit::new(unit);
        body.errors = errors;
        let (mut figure, room, pictures) = (Figure::default(), room(500.0, 300.0), [image]);
        let scene = figure.scene(&room, &pictures);
        let frame = scene.layout.frame;
        let lower_left = [frame.left + 1.0, frame.bottom() - 1.0];
        let readout = figure.readout(&scene, &room, &pictures, lower_left);
        readout.unwrap().readings[2].value.clone()
    };
    let (counts, per_count) = (vec![19_012.0; 32], Errors::PerCount);
    assert_eq!(told("counts", counts, per_count(1.0)), "19012 ± 140 counts");
    let rates = vec![4.5; 32];
    assert_eq!(
        told("counts/s", rates, per_count(0.5)),
        "4.5 ± 1.5 counts/s"
    );
    let each = Errors::Each(Arc::new(Values::F32(vec![0.25; 32])));
    assert_eq!(told("mm", vec![2.0; 32], each), "2.00 ± 0.25 mm");
    assert_eq!(told("mm", vec![2.0; 32], Errors::Unknown), "2 mm");
}

#[test]
fn a_slice_of_a_volume_keeps_the_colours_of_all() {
    let values = Values::U32((0..24).collect());
    let volume = picture(FrameBody::Volume(SlicerState {
        coords: [pixels("z", 2), pixels("y", 3), pixels("x", 4)],
        quantity: counts(),
        extent: Extent::of_values(&values),
        values: Arc::new(values),
        errors: Errors::PerCount(1.0),
    }));
    let (room, pictures) = (room(400.0, 300.0), [volume]);
    let mut figure = Figure::default();
    figure.presentation.set_cut(Cut::Slice { dim: 2, index: 3 });
    let scene = figure.scene(&room, &pictures);
    assert_eq!(scene.images[0].plane.index(1, 2), 12 + 2 * 4 + 3);
    assert_eq!(scene.images[0].normalization.unit_from_value(23.0), 1.0);
    figure.presentation.set_cut(Cut::Flatten { x_dim: 1 });
    let scene = figure.scene(&room, &pictures);
    let readout = figure
        .readout(&scene, &room, &pictures, centre(&scene))
        .unwrap();
    let labels: Vec<_> = readout
        .readings
        .iter()
        .map(|it| it.label.as_str())
        .collect();
    assert_eq!(labels, ["y", "z", "x", "Counts"]);
    figure
        .presentation
        .set_cut(Cut::Slice { dim: 0, index: 99 });
    assert_eq!(
        figure.scene(&room, &pictures).images[0].plane.index(0, 0),
        12
    );
}

#[test]
fn a_line_breaks_at_missing_values_and_meets_its_points() {
    let y = vec![0.0, 10.0, f64::NAN, 10.0, 20.0];
    let pictures = [curves(vec![series(
        "a",
        points(&[0.0, 1.0, 2.0, 3.0, 4.0]),
        y,
    )])];
    let room = room(500.0, 300.0);
    let mut figure = Figure::default();
    let scene = figure.scene(&room, &pictures);
    let lines = lines(&scene);
    assert_eq!(
        lines.iter().map(|line| line.len()).collect::<Vec<_>>(),
        [2, 2]
    );
    assert_eq!(
        lines[1][1],
        [scene.x.px_from_data(4.0), scene.y.px_from_data(20.0)]
    );
    assert_eq!(scene.y.range(), Range::new(0.0, 22.0).unwrap());
    let at = [scene.x.px_from_data(3.0) + 4.0, scene.y.px_from_data(10.0)];
    let readout = figure.readout(&scene, &room, &pictures, at).unwrap();
    assert_eq!(readout.text(), "Position 3 mm, Signal 10 V");
}

#[test]
fn a_hundred_thousand_points_draw_a_few_thousand_and_keep_the_spike() {
    let n = 100_000;
    let mut y: Vec<f64> = (0..n).map(|i| (f64::from(i) * 0.01).sin()).collect();
    y[54_321] = 1e3;
    let x = CoordValues::Linear {
        start: 0.0,
        step: 1.0,
        len: n as usize,
    };
    let scene = Figure::default().scene(&room(800.0, 400.0), &[curves(vec![series("a", x, y)])]);
    let line = lines(&scene)[0];
    assert!(line.len() < 4 * 800, "{}", line.len());
    let top = line
        .iter()
        .map(|point| point[1])
        .fold(f64::INFINITY, f64::min);
    assert_eq!(top, scene.y.px_from_data(1e3));
}

#[test]
fn bins_draw_steps_and_errors_show_in_range_and_read_out() {
    let mut it = series(
        "a",
        CoordValues::Edges([0.0, 1.0, 2.0].into()),
        vec![100.0, 64.0],
    );
    it.errors = Some(Arc::new(Values::F64(vec![10.0, 8.0])));
    let (room, pictures) = (room(500.0, 300.0), [curves(vec![it])]);
    let mut figure = Figure::default();
    let scene = figure.scene(&room, &pictures);
    assert_eq!(lines(&scene)[0].len(), 4);
    assert!(scene.y.range().contains(110.0) && scene.y.range().contains(56.0));
    let at = [scene.x.px_from_data(0.5), scene.y.px_from_data(100.0)];
    let readout = figure.readout(&scene, &room, &pictures, at).unwrap();
    assert_eq!(readout.readings[1].value, "100 ± 10 V");
    assert_eq!(readout.readings[0].value, "0.500000 mm");
}

#[test]
fn hidden_curves_are_neither_drawn_nor_fitted() {
    let x = || points(&[0.0, 1.0]);
    let both = vec![
        series("low", x(), vec![0.0, 1.0]),
        series("high", x(), vec![0.0, 1e6]),
    ];
    let pictures = [curves(both)];
    let mut figure = Figure::default();
    let scene = figure.scene(&room(500.0, 300.0), &pictures);
    assert_eq!(scene.legend.len(), 2);
    let entry = scene.legend[1].rect;
    let key = scene
        .legend_at([entry.left + 1.0, entry.top + 1.0])
        .unwrap()
        .clone();
    assert_eq!(
        key,
        SeriesKey {
            layer: LayerId::derived("layer"),
            name: "high".to_owned()
        }
    );
    figure.presentation.toggle(key);
    let scene = figure.scene(&room(500.0, 300.0), &pictures);
    assert_eq!((lines(&scene).len(), scene.y.range().hi()), (1, 1.1));
    assert_eq!(
        series_of(pictures[0].layer, &pictures[0].frame)
            .into_iter()
            .map(|(key, _)| key)
            .collect::<Vec<_>>(),
        scene
            .legend
            .iter()
            .map(|it| it.key.clone())
            .collect::<Vec<_>>()
    );
}

#[test]
fn gestures_move_what_they_begin_in() {
    let (room, pictures) = (room(500.0, 300.0), [image()]);
    let mut figure = Figure::default();
    let scene = figure.scene(&room, &pictures);
    let centre = centre(&scene);
    let below = [centre[0], scene.layout.frame.bottom() + 10.0];
    assert_eq!(scene.region(below), Region::XAxis);
    figure.apply(
        &scene,
        Gesture::Zoom {
            at: below,
            factor: 0.5,
        },
    );
    let scene = figure.scene(&room, &pictures);
    assert_eq!(scene.x.range(), Range::new(1.5, 5.5).unwrap());
    assert_eq!(scene.y.range(), Range::new(-0.5, 3.5).unwrap());
    assert!(!figure.presentation.view.x.follows() && figure.presentation.view.y.follows());

    let to = [centre[0] + scene.layout.frame.width / 4.0, centre[1]];
    figure.apply(
        &scene,
        Gesture::Pan {
            start: centre,
            from: centre,
            to,
        },
    );
    let scene = figure.scene(&room, &pictures);
    assert!((scene.x.range().lo() - 0.5).abs() < 1e-9);
    figure.apply(&scene, Gesture::Fit);
    assert_eq!(
        figure.scene(&room, &pictures).x.range(),
        Range::new(-0.5, 7.5).unwrap()
    );
}

#[test]
fn a_box_is_drawn_in_the_frame_alone() {
    let (room, pictures) = (room(500.0, 300.0), [image()]);
    let mut figure = Figure::default();
    let scene = figure.scene(&room, &pictures);
    let frame = scene.layout.frame;
    let at = |x: f64, y: f64| [frame.left + x * frame.width, frame.top + y * frame.height];
    let (from, to) = (at(0.75, 0.5), at(0.25, 1.0));
    let drawn = |from| Gesture::Box { from, to };
    figure.apply(&scene, drawn([frame.left - 20.0, frame.top]));
    assert!(figure.presentation.view.x.follows());
    figure.apply(&scene, drawn(from));
    let scene = figure.scene(&room, &pictures);
    assert_eq!(scene.x.range(), Range::new(1.5, 5.5).unwrap());
    assert_eq!(scene.y.range(), Range::new(-0.5, 1.5).unwrap());
}

#[test]
fn larger_pages_have_larger_labels_in_large_figures() {
    let wall = app::present::Room {
        text_px: 19.0,
        ..room(1200.0, 700.0)
    };
    let (small, large) = (room(1200.0, 700.0), wall);
    let size = |room| font_px(&Figure::default().scene(room, &[image()]));
    assert_eq!((size(&small), size(&large)), (16.0, 20.0));
}

#[test]
fn log_axes_and_colours_leave_out_what_they_cannot_show() {
    let mut figure = Figure::new(Presentation::with_log_colours());
    figure.presentation.view.y = AxisView::new(Scale::Log);
    let scene = figure.scene(&room(500.0, 300.0), &[image()]);
    assert_eq!(scene.images[0].normalization.unit_from_value(1.0), 0.0);
    assert!(scene.images[0].normalization.unit_from_value(0.0).is_nan());
    assert!(scene.y.range().lo() > 0.0);
}

#[test]
fn an_image_of_equal_units_keeps_its_shape_unless_a_session_wants_the_room() {
    let mut figure = Figure::default();
    let frame = figure.scene(&room(900.0, 300.0), &[image()]).layout.frame;
    assert!((frame.width / frame.height - 2.0).abs() < 0.02, "{frame:?}");
    figure.presentation.aspect = Some(Aspect::Free);
    let frame = figure.scene(&room(900.0, 300.0), &[image()]).layout.frame;
    assert!(frame.width / frame.height > 2.5, "{frame:?}");
}

#[test]
fn time_axes_say_the_date_once_and_the_zone() {
    let start = 1_773_273_600_000_000_000;
    let times = CoordValues::Times((0..600).map(|s| start + s * 1_000_000_000).collect());
    let y = (0..600).map(f64::from).collect();
    let scene =
        Figure::default().scene(&room(600.0, 300.0), &[curves(vec![series("T", times, y)])]);
    let words = words(&scene);
    assert!(
        words.contains(&"01:02") && words.contains(&"Position [Europe/Copenhagen]"),
        "{words:?}"
    );
    assert_eq!(words.iter().filter(|it| **it == "2026-03-12").count(), 1);
}

#[test]
fn shapes_need_no_data() {
    let corner = Area::Polygon {
        vertices: vec![[0.0, 0.0], [4.0, 0.0], [4.0, 2.0]],
    };
    let shapes = picture(FrameBody::Shapes(Shapes {
        shapes: vec![
            Shape::plain(ShapePlace::Area(corner)),
            Shape::plain(ShapePlace::VerticalLine(2.0)),
        ],
    }));
    let scene = Figure::default().scene(&room(500.0, 300.0), &[shapes]);
    assert_eq!(
        lines(&scene)
            .iter()
            .map(|line| line.len())
            .collect::<Vec<_>>(),
        [4, 2]
    );
}

#[test]
fn the_frame_stands_still_while_numbers_count() {
    let mut figure = Figure::default();
    let mut lefts = Vec::new();
    for top in [900.0, 1100.0, 1500.0, 5000.0, 9000.0] {
        let it = series("a", points(&[0.0, 1.0]), vec![0.0, top]);
        lefts.push(
            figure
                .scene(&room(500.0, 300.0), &[curves(vec![it])])
                .layout
                .frame
                .left,
        );
    }
    lefts.dedup();
    assert!(lefts.len() <= 2, "{lefts:?}");
}

#[test]
fn nothing_drawn_is_nan_whatever_the_data() {
    let bad = vec![f64::NAN, f64::INFINITY, -1e300, 1e300, 0.0];
    for mode in [CurveMode::Line, CurveMode::Points, CurveMode::Histogram] {
        for scale in [
            Scale::Linear,
            Scale::Log,
            Scale::Sqrt,
            Scale::Symlog(Threshold::ONE),
        ] {
            let mut it = curves(vec![series(
                "a",
                points(&[-1.0, 0.0, 1.0, 2.0, 3.0]),
                bad.clone(),
            )]);
            it.style.mode = mode;
            let mut figure = Figure::default();
            figure.presentation.view.x = AxisView::new(scale);
            figure.presentation.view.y = AxisView::new(scale);
            for size in [0.0, 50.0, 500.0] {
                let scene = figure.scene(&room(size, size), std::slice::from_ref(&it));
                let drawn = format!("{:?}{:?}", scene.under, scene.over);
                assert!(
                    !drawn.contains("NaN") && !drawn.contains("inf"),
                    "{mode:?} {scale:?} {drawn}"
                );
            }
        }
    }
}
