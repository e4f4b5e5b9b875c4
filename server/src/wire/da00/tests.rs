//! What a da00 message must look like, one rule per test.

use super::super::{ElementsLe, TIME_END_NS};
use super::*;

const COUNTS: [i32; 6] = [1, 2, 3, 4, 5, 6];

fn signal<'a>() -> VariableParts<'a> {
    VariableParts {
        name: "signal",
        unit: Some("counts"),
        label: None,
        source: None,
        axes: &["y", "x"],
        shape: &[2, 3],
        data: ElementsLe::from(&COUNTS[..]),
    }
}

fn encoded(variables: &[VariableParts<'_>], timestamp_ns: i64) -> Vec<u8> {
    let parts = Da00Parts {
        source_name: "monitor2",
        timestamp_ns,
        variables,
    };
    encode(&mut FlatBufferBuilder::new(), &parts).to_vec()
}

fn kind_of(variable: VariableParts<'_>) -> Option<&'static str> {
    let bytes = encoded(&[variable], 1);
    Da00::decode(&bytes, &Limits::default())
        .err()
        .map(|error| error.kind())
}

#[test]
fn variables_come_back_with_names_shape_and_type() {
    let edges = [0.5, 1.5, 2.5, 3.5];
    let coord = VariableParts {
        name: "x",
        unit: None,
        axes: &["x"],
        shape: &[4],
        data: ElementsLe::from(&edges[..]),
        ..signal()
    };
    let bytes = encoded(&[signal(), coord], 99);
    let message = Da00::decode(&bytes, &Limits::default()).unwrap();
    assert_eq!(
        (message.source_name(), message.timestamp_ns()),
        ("monitor2", 99)
    );
    let names: Vec<_> = message.variables().map(|variable| variable.name).collect();
    assert_eq!(names, ["signal", "x"]);
    let read = message.variable("signal").unwrap();
    assert_eq!((read.axes(), read.shape()), (&["y", "x"][..], &[2, 3][..]));
    assert_eq!((read.unit, read.label), (Some("counts"), None));
    assert_eq!(read.data, ElementsLe::from(&COUNTS[..]));
    let read = message.variable("x").unwrap();
    assert_eq!((read.unit, read.data), (None, ElementsLe::from(&edges[..])));
}

#[test]
fn a_scalar_may_state_no_shape_one_or_its_bytes() {
    for shape in [&[][..], &[1], &[8]] {
        let one = [2.5_f64];
        let part = VariableParts {
            axes: &[],
            shape,
            data: ElementsLe::from(&one[..]),
            ..signal()
        };
        let bytes = encoded(&[part], 1);
        let message = Da00::decode(&bytes, &Limits::default()).unwrap();
        let read = message.variable("signal").unwrap();
        assert!(
            read.shape().is_empty() && read.axes().is_empty(),
            "{shape:?}"
        );
        assert_eq!(read.data, ElementsLe::from(&one[..]));
    }
}

#[test]
fn dimensions_without_names_get_some() {
    let bytes = encoded(
        &[VariableParts {
            axes: &[],
            ..signal()
        }],
        1,
    );
    let message = Da00::decode(&bytes, &Limits::default()).unwrap();
    let read = message.variable("signal").unwrap();
    assert_eq!(
        (read.axes(), read.shape()),
        (&["dim_0", "dim_1"][..], &[2, 3][..])
    );
}

#[test]
fn axes_shape_and_data_must_agree() {
    assert_eq!(
        kind_of(VariableParts {
            axes: &["x"],
            ..signal()
        }),
        Some("mismatched")
    );
    assert_eq!(
        kind_of(VariableParts {
            shape: &[2, 4],
            ..signal()
        }),
        Some("size")
    );
    assert_eq!(
        kind_of(VariableParts {
            shape: &[2, -3],
            ..signal()
        }),
        Some("dimensions")
    );
    assert_eq!(
        kind_of(VariableParts {
            shape: &[1 << 62, 4],
            ..signal()
        }),
        Some("dimensions")
    );
    assert_eq!(
        kind_of(VariableParts {
            axes: &[],
            shape: &[7],
            ..signal()
        }),
        Some("size")
    );
}

#[test]
fn an_empty_message_and_an_absurd_time_are_refused() {
    let kind = |bytes: &[u8]| Da00::decode(bytes, &Limits::default()).unwrap_err().kind();
    assert_eq!(kind(&encoded(&[], 1)), "absent");
    assert_eq!(kind(&encoded(&[signal()], TIME_END_NS)), "timestamp");
    assert_eq!(kind(&encoded(&[signal()], -1)), "timestamp");
}

#[test]
fn the_last_reference_time_says_when_whatever_its_unit() {
    let time = |times: ElementsLe<'_>, unit| {
        let part = VariableParts {
            name: "reference_time",
            unit,
            axes: &["pulse"],
            shape: &[times.len() as i64],
            data: times,
            ..signal()
        };
        let bytes = encoded(&[signal(), part], 99);
        let message = Da00::decode(&bytes, &Limits::default());
        message
            .map(|it| (it.data_time_ns(), it.timestamp_ns()))
            .map_err(|error| error.kind())
    };
    let signed = ElementsLe::from(&[5_i64, 7][..]);
    assert_eq!(time(signed, None), Ok((7, 99)));
    assert_eq!(time(signed, Some("ns")), Ok((7, 99)));
    assert_eq!(time(signed, Some("datetime64[us]")), Ok((7_000, 99)));
    let unsigned = ElementsLe::from(&[3_u64][..]);
    assert_eq!(time(unsigned, Some("s")), Ok((3_000_000_000, 99)));
    // Neither nothing nor a fraction is a time: the message's own counts.
    assert_eq!(time(ElementsLe::from(&[0_i64; 0][..]), None), Ok((99, 99)));
    assert_eq!(time(ElementsLe::from(&[1.5_f64][..]), None), Ok((99, 99)));
    assert_eq!(time(signed, Some("mm")), Err("time_unit"));
    let never = ElementsLe::from(&[u64::MAX][..]);
    assert_eq!(time(never, Some("s")), Err("timestamp"));
    let before = ElementsLe::from(&[-1_i64][..]);
    assert_eq!(time(before, None), Err("timestamp"));
}
