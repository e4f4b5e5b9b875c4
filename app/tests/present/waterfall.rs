//! Images over time: rows are instants.

use std::sync::Arc;

use app::present::Figure;
use shared::data::{Coord, CoordValues, Values};
use shared::plot::Errors;
use shared::plot::frame::{Extent, FrameBody, Image};

use super::pictures::*;

/// 2023-11-14 22:13:20 UTC, which is 23:13:20 in the reader's zone.
const START_NS: i64 = 1_700_000_000_000_000_000;
const S: i64 = 1_000_000_000;

#[test]
fn rows_of_time_are_shown_whole_and_told_by_the_readers_clock() {
    let values = Values::F32(vec![f32::NAN, 1.0, 2.0, 3.0, 4.0, 5.0]);
    let picture = picture(FrameBody::Image(Image {
        x: pixels("x", 2),
        y: Coord {
            label: "Time".into(),
            ..coord(
                "time",
                CoordValues::Times([5, 7, 9].map(|s| START_NS + s * S).into()),
            )
        },
        quantity: counts(),
        extent: Extent::of_values(&values),
        values: Arc::new(values),
        errors: Errors::default(),
    }));
    let (room, pictures) = (room(500.0, 400.0), [picture]);
    let mut figure = Figure::default();
    let scene = figure.scene(&room, &pictures);
    let range = scene.y.range();
    let offset_s = |ns: f64| (ns - START_NS as f64) / S as f64;
    assert_eq!((offset_s(range.lo()), offset_s(range.hi())), (4.0, 10.0));
    let rows = &scene.images[0].rows;
    assert_eq!(
        (rows[0], *rows.last().unwrap()),
        (2, 0),
        "the newest is above"
    );
    let words = words(&scene);
    assert!(
        words
            .iter()
            .any(|it| it.contains("23:13:2") || it.starts_with(":2")),
        "{words:?}"
    );
    assert!(words.contains(&"Time [Europe/Copenhagen]"), "{words:?}");
    let readout = figure
        .readout(&scene, &room, &pictures, centre(&scene))
        .unwrap();
    assert!(
        readout.readings[1].value.contains("23:13:27"),
        "{readout:?}"
    );
}
