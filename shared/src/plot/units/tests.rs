//! Which units go together, and what conversion does to pictures.

use super::*;
use crate::plot::Errors;
use crate::plot::frame::{Curves, Image, Quantity, ScalarEntry, Scalars, SlicerState};

fn curve(x_unit: &str, unit: &str) -> Arc<Frame> {
    let y = Values::U32(vec![4, 16]);
    let series = Series {
        name: "a".into(),
        x: Coord {
            unit: Unit::new(x_unit),
            values: CoordValues::Edges([0.0, 1.0, 2.0].into()),
            ..Coord::index("x", 2)
        },
        extent: Extent::of_values(&y),
        y: Arc::new(y),
        errors: Some(Arc::new(Values::F64(vec![2.0, 4.0]))),
        colour: None,
    };
    let quantity = Quantity {
        label: "a".into(),
        unit: Unit::new(unit),
    };
    Arc::new(Frame {
        body: FrameBody::Curves(Curves {
            quantity,
            series: vec![series],
        }),
        time: None,
        reduced: 1,
        note: None,
    })
}

#[test]
fn what_converts_is_drawn_in_the_units_of_the_lowest_layer() {
    let (ms, us) = (curve("ms", "V"), curve("us", "mV"));
    let mut units = units_of(&ms);
    assert_eq!(units.join(&units_of(&us)), Ok(()));
    assert!(matches!(
        ms.in_units(&units, None, Cut::default()),
        Cow::Borrowed(_)
    ));
    let converted = us.in_units(&units, None, Cut::default());
    let FrameBody::Curves(curves) = &converted.body else {
        panic!("still curves")
    };
    let series = &curves.series[0];
    assert_eq!(curves.quantity.unit, Unit::new("V"));
    assert_eq!(
        series.x.values,
        CoordValues::Edges([0.0, 0.001, 0.002].into())
    );
    assert_eq!(*series.y, Values::F64(vec![0.004, 0.016]));
    let error = series.error(1, &curves.quantity.unit);
    assert_eq!(error, 0.004);
}

#[test]
fn what_does_not_convert_says_which_axis() {
    let mut units = units_of(&curve("ms", "counts"));
    let clash = units.join(&units_of(&curve("mm", "counts")));
    let text = clash.expect_err("a length is no time").to_string();
    assert_eq!(
        text,
        "the x axis is in mm here and in ms below it: put it in a cell of its own"
    );
    assert!(units.join(&units_of(&curve("s", "K"))).is_err());
    assert_eq!(units, units_of(&curve("ms", "counts")));
}

fn units_of(frame: &Arc<Frame>) -> AxisUnits {
    AxisUnits::of(frame, None, Cut::default())
}

fn frame(body: FrameBody) -> Arc<Frame> {
    Arc::new(Frame {
        body,
        time: None,
        reduced: 1,
        note: None,
    })
}

fn quantity(unit: &str) -> Quantity {
    Quantity {
        label: "a".into(),
        unit: Unit::new(unit),
    }
}

fn scalar(unit: &str, value: f64) -> Arc<Frame> {
    let entry = ScalarEntry {
        name: "a".into(),
        quantity: quantity(unit),
        value,
        error: Some(value / 10.0),
    };
    frame(FrameBody::Scalars(Scalars {
        entries: vec![entry],
    }))
}

#[test]
fn bars_share_an_axis_of_values_and_one_of_names() {
    let upright = Some(BarStyle::default());
    let level = Some(BarStyle { horizontal: true });
    let mut units = AxisUnits::of(&scalar("mm", 5.0), upright, Cut::default());
    let clash = units.join(&AxisUnits::of(&scalar("K", 320.0), upright, Cut::default()));
    assert_eq!(
        clash.expect_err("no length").to_string(),
        "the y axis is in K here and in mm below it: put it in a cell of its own"
    );
    let clash = units.join(&units_of(&curve("ms", "mm")));
    assert_eq!(
        clash.expect_err("no name").to_string(),
        "the x axis is in ms here and one of names below it: put it in a cell of its own"
    );
    assert!(
        units
            .join(&AxisUnits::of(&scalar("mm", 5.0), level, Cut::default()))
            .is_err()
    );
    let converted = scalar("m", 2.0);
    let converted = converted.in_units(&units, upright, Cut::default());
    let FrameBody::Scalars(scalars) = &converted.body else {
        panic!("still values")
    };
    let entry = &scalars.entries[0];
    assert_eq!((entry.value, entry.error), (2000.0, Some(200.0)));
    assert_eq!(units_of(&scalar("K", 1.0)), AxisUnits::default());
}

#[test]
fn a_volume_shares_the_colours_of_images() {
    let values = Arc::new(Values::U32(vec![3000]));
    let volume = |unit| {
        frame(FrameBody::Volume(SlicerState {
            coords: ["z", "y", "x"].map(|it| Coord::index(it, 1)),
            quantity: quantity(unit),
            extent: Extent::of_values(&values),
            values: Arc::clone(&values),
            errors: Errors::PerCount(1.0),
        }))
    };
    let image = frame(FrameBody::Image(Image {
        x: Coord::index("x", 1),
        y: Coord::index("y", 1),
        quantity: quantity("V"),
        extent: Extent::of_values(&values),
        values: Arc::clone(&values),
        errors: Errors::PerCount(1.0),
    }));
    let mut units = units_of(&image);
    assert!(units.join(&units_of(&volume("counts"))).is_err());
    assert_eq!(units.join(&units_of(&volume("mV"))), Ok(()));
    let converted = volume("mV");
    let converted = converted.in_units(&units, None, Cut::default());
    let FrameBody::Volume(volume) = &converted.body else {
        panic!("still a volume")
    };
    assert_eq!(*volume.values, Values::F64(vec![3.0]));
    assert_eq!(volume.extent.finite, Some((3.0, 3.0)));
    assert_eq!(volume.errors, Errors::PerCount(0.001));
}

/// A volume of one element whose axes z, y and x have these units.
fn volume(units: [&str; 3]) -> Arc<Frame> {
    let values = Arc::new(Values::U32(vec![7]));
    let coord = |unit| Coord {
        unit: Unit::new(unit),
        values: CoordValues::Points([2.0].into()),
        ..Coord::index(unit, 1)
    };
    frame(FrameBody::Volume(SlicerState {
        coords: units.map(coord),
        quantity: quantity("counts"),
        extent: Extent::of_values(&values),
        values,
        errors: Errors::PerCount(1.0),
    }))
}

#[test]
fn the_plane_that_is_shown_decides_about_the_units_of_its_axes() {
    let lines = curve("ms", "counts");
    let volume = volume(["us", "mm", "m"]);
    let clashes = |cut| {
        let mut units = AxisUnits([Some(Unit::new("ms")), None, None]);
        units.join(&AxisUnits::of(&volume, None, cut)).err()
    };
    let slice = |dim| Cut::Slice { dim, index: 0 };
    assert!(clashes(slice(0)).is_some(), "metres along x");
    assert!(clashes(slice(1)).is_some(), "metres along x");
    assert!(clashes(slice(2)).is_some(), "millimetres along x");
    assert_eq!(clashes(Cut::Flatten { x_dim: 0 }), None, "µs along x");

    let mut units = units_of(&lines);
    let flat = Cut::Flatten { x_dim: 0 };
    assert!(units.join(&AxisUnits::of(&volume, None, flat)).is_ok());
    let shown = volume.in_units(&units, None, flat);
    let FrameBody::Volume(shown) = &shown.body else {
        panic!("still a volume")
    };
    let place = |dim: usize| (shown.coords[dim].unit.symbol(), shown.coords[dim].centre(0));
    assert_eq!(
        [place(0), place(1), place(2)],
        [("ms", 0.002), ("mm", 2.0), ("m", 2.0)]
    );

    let units = AxisUnits([Some(Unit::new("cm")), Some(Unit::new("ms")), None]);
    let shown = volume.in_units(&units, None, slice(1));
    let FrameBody::Volume(shown) = &shown.body else {
        panic!("still a volume")
    };
    let [z, _, x] = shown.coords.each_ref().map(|it| it.centre(0));
    assert_eq!([z, x], [0.002, 200.0]);
}
