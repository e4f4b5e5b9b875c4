//! Hands on areas, by numbers and by laws.

use proptest::prelude::*;

use super::*;
use crate::plot::Range;

/// One unit is ten pixels; y rises upward.
fn axes() -> [Projection; 2] {
    let range = Range::new(0.0, 40.0).unwrap();
    [
        Projection::new(Scale::Linear, range, [0.0, 400.0]),
        Projection::new(Scale::Linear, range, [400.0, 0.0]),
    ]
}

fn rectangle() -> Area {
    Area::Rectangle {
        x: [10.0, 20.0],
        y: [5.0, 15.0],
    }
}

fn triangle() -> Area {
    Area::Polygon {
        vertices: vec![[10.0, 10.0], [30.0, 10.0], [20.0, 30.0]],
    }
}

#[test]
fn a_hand_grips_the_nearest_handle_else_the_whole() {
    let [x, y] = axes();
    let grip = |area: &Area, at| grip_at(area, [&x, &y], at, 10.0);
    let of_box = |at| grip(&rectangle(), at);
    assert_eq!(
        of_box([203.0, 251.0]),
        Some(Grip::Ends([1, 1])),
        "upper right"
    );
    assert_eq!(of_box([100.0, 300.0]), Some(Grip::Ends([-1, 0])));
    assert_eq!(of_box([130.0, 300.0]), Some(Grip::Whole));
    assert_eq!(of_box([230.0, 300.0]), None);
    let of_triangle = |at| grip(&triangle(), at);
    assert_eq!(of_triangle([301.0, 300.0]), Some(Grip::Vertex(1)));
    assert_eq!(of_triangle([200.0, 296.0]), Some(Grip::Between(0)));
    assert_eq!(of_triangle([200.0, 240.0]), Some(Grip::Whole));
    let small = Area::Rectangle {
        x: [10.0, 12.0],
        y: [5.0, 7.0],
    };
    assert_eq!(grip(&small, [110.0, 340.0]), Some(Grip::Whole));
    assert_eq!(grip(&small, [98.0, 352.0]), Some(Grip::Ends([-1, -1])));
}

#[test]
fn what_is_gripped_goes_along() {
    let [x, y] = axes();
    let go = |area: &Area, grip, by: [f64; 2]| {
        moved(
            area,
            grip,
            [&x, &y],
            [[100.0, 100.0], [100.0 + by[0], 100.0 + by[1]]],
        )
    };
    let bounds = |grip, by| go(&rectangle(), grip, by).bounds();
    assert_eq!(
        bounds(Grip::Whole, [25.0, -10.0]),
        [[12.5, 22.5], [6.0, 16.0]]
    );
    assert_eq!(
        bounds(Grip::Ends([1, 0]), [-50.0, 77.0]),
        [[10.0, 15.0], [5.0, 15.0]]
    );
    assert_eq!(
        bounds(Grip::Ends([1, -1]), [-150.0, -20.0]),
        [[5.0, 10.0], [7.0, 15.0]]
    );
    let Area::Polygon { vertices } = go(&triangle(), Grip::Between(2), [-30.0, 0.0]) else {
        panic!("a polygon")
    };
    assert_eq!(vertices[3], [12.0, 20.0]);
    let Area::Polygon { vertices } = go(&triangle(), Grip::Vertex(2), [0.0, 100.0]) else {
        panic!("a polygon")
    };
    assert_eq!(vertices, [[10.0, 10.0], [30.0, 10.0], [20.0, 20.0]]);
}

#[test]
fn what_is_drawn_has_short_numbers_and_a_size() {
    let [x, y] = axes();
    let draw = |kind, to| drawn(kind, [&x, &y], [[100.0, 300.0], to]);
    let area = draw(AreaKind::Rectangle, [55.7, 251.3]).unwrap();
    assert_eq!(area.bounds(), [[5.6, 10.0], [10.0, 14.9]]);
    let area = draw(AreaKind::Ellipse, [140.0, 240.0]).unwrap();
    let expected = Area::Ellipse {
        centre: [12.0, 13.0],
        radii: [2.0, 3.0],
    };
    assert_eq!(area, expected);
    assert_eq!(draw(AreaKind::Rectangle, [100.0, 250.0]), None);
}

#[test]
fn keys_move_and_stretch_in_units_of_the_axes() {
    let area = translated(&rectangle(), [1.0, -2.0]);
    assert_eq!(area.bounds(), [[11.0, 21.0], [3.0, 13.0]]);
    assert_eq!(
        stretched(&rectangle(), [5.0, 0.0]).bounds(),
        [[10.0, 25.0], [5.0, 15.0]]
    );
    assert_eq!(
        stretched(&rectangle(), [-10.0, 0.0]),
        rectangle(),
        "nothing would be left"
    );
    let Area::Polygon { vertices } = stretched(&triangle(), [20.0, 0.0]) else {
        panic!("a polygon")
    };
    assert_eq!(vertices, [[10.0, 10.0], [50.0, 10.0], [30.0, 30.0]]);
}

#[test]
fn on_a_log_axis_an_area_stays_under_the_hand() {
    let x = Projection::new(Scale::Log, Range::new(1.0, 1000.0).unwrap(), [0.0, 300.0]);
    let [_, y] = axes();
    let area = Area::Rectangle {
        x: [10.0, 100.0],
        y: [1.0, 2.0],
    };
    let area = moved(&area, Grip::Whole, [&x, &y], [[100.0, 0.0], [200.0, 0.0]]);
    let [[low, high], _] = area.bounds();
    assert!(
        (low - 100.0).abs() < 1.0 && (high - 1000.0).abs() < 10.0,
        "{low} {high}"
    );
}

fn areas() -> impl Strategy<Value = Area> {
    let ends = || (-50.0..50.0_f64, 0.5..50.0_f64);
    let boxes = (ends(), ends());
    let polygons = prop::collection::vec((-50.0..50.0_f64, -50.0..50.0_f64), 3..12);
    prop_oneof![
        boxes.clone().prop_map(|((x, w), (y, h))| Area::Rectangle {
            x: [x, x + w],
            y: [y, y + h],
        }),
        boxes.prop_map(|((x, w), (y, h))| Area::Ellipse {
            centre: [x, y],
            radii: [w, h],
        }),
        polygons.prop_map(|points| Area::Polygon {
            vertices: points.into_iter().map(|(x, y)| [x, y]).collect(),
        }),
    ]
}

proptest! {
    #[test]
    fn a_hand_that_stands_still_changes_nothing_but_rounding(area in areas(), at in [0.0..400.0_f64, 0.0..400.0_f64]) {
        let [x, y] = axes();
        let same = moved(&area, Grip::Whole, [&x, &y], [at, at]);
        for (a, b) in same.bounds().as_flattened().iter().zip(area.bounds().as_flattened()) {
            prop_assert!((a - b).abs() < 1e-9, "{a} {b}");
        }
    }

    #[test]
    fn every_handle_is_gripped_where_it_is_and_moves_to_the_hand(area in areas(), to in [0.0..400.0_f64, 0.0..400.0_f64]) {
        let [x, y] = axes();
        for (grip, place) in handles(&area, [&x, &y]) {
            let moved = moved(&area, grip, [&x, &y], [place, to]);
            let [xs, ys] = moved.bounds();
            let near = |range: [f64; 2], axis: &Projection, px: f64| {
                let value = axis.data_from_px(px);
                (range[0] - 0.2..=range[1] + 0.2).contains(&value)
            };
            let held = match grip { Grip::Ends(ends) => ends.map(|it| it != 0), _ => [true; 2] };
            prop_assert!(!held[0] || near(xs, &x, to[0]), "{grip:?} {moved:?}");
            prop_assert!(!held[1] || near(ys, &y, to[1]), "{grip:?} {moved:?}");
        }
    }

    #[test]
    fn moving_there_and_back_leads_back(area in areas(), by in [-9.0..9.0_f64, -9.0..9.0_f64]) {
        let back = translated(&translated(&area, by), by.map(|it| -it));
        for (a, b) in back.bounds().as_flattened().iter().zip(area.bounds().as_flattened()) {
            prop_assert!((a - b).abs() < 1e-9);
        }
    }
}
