//! The messages we write for the oracle to read: every type, and the edges of each schema.

use server::wire::ad00::{self, Ad00Parts, Attribute};
use server::wire::da00::{self, Da00Parts, VariableParts};
use server::wire::ev44::{self, Ev44Parts};
use server::wire::f144::{self, F144Parts, LogValue};
use server::wire::{ElementsLe, FlatBufferBuilder, Scalar, TIME_END_NS};

const T0: i64 = 1_700_000_000_123_456_789;

/// Every case as (name, bytes).
pub(crate) fn cases() -> Vec<(String, Vec<u8>)> {
    let mut builder = FlatBufferBuilder::new();
    let mut cases = Vec::new();
    for (name, parts) in ev44s() {
        cases.push((
            format!("ev44_{name}"),
            ev44::encode(&mut builder, &parts).to_vec(),
        ));
    }
    for (i, scalar) in scalars().into_iter().enumerate() {
        let value = LogValue::Scalar(scalar);
        let parts = F144Parts {
            source_name: "motion1",
            timestamp_ns: T0,
            value,
        };
        cases.push((
            format!("f144_scalar_{i}"),
            f144::encode(&mut builder, &parts).to_vec(),
        ));
    }
    for (i, data) in arrays().into_iter().enumerate() {
        let value = LogValue::Array(data);
        let log = F144Parts {
            source_name: "PV:É",
            timestamp_ns: 0,
            value,
        };
        cases.push((
            format!("f144_array_{i}"),
            f144::encode(&mut builder, &log).to_vec(),
        ));
        let len = [data.len() as i64];
        let array = Da00Parts {
            source_name: "s",
            timestamp_ns: T0,
            variables: &[VariableParts {
                axes: &["x"],
                shape: &len,
                data,
                ..signal()
            }],
        };
        cases.push((
            format!("da00_array_{i}"),
            da00::encode(&mut builder, &array).to_vec(),
        ));
        let frame = Ad00Parts {
            shape: &len,
            data,
            ..frame()
        };
        cases.push((
            format!("ad00_array_{i}"),
            ad00::encode(&mut builder, &frame).to_vec(),
        ));
    }
    cases.push(("da00_full".to_owned(), full_da00(&mut builder)));
    cases.push(("ad00_full".to_owned(), full_ad00(&mut builder)));
    cases
}

fn ev44s() -> [(&'static str, Ev44Parts<'static>); 6] {
    let one = Ev44Parts {
        source_name: "panel_0",
        message_id: 1,
        reference_time_ns: &[T0],
        reference_time_index: &[0],
        time_of_flight_ns: &[i32::MIN, 0, i32::MAX],
        pixel_id: &[i32::MAX, -1, i32::MIN],
    };
    let times = &[T0, 0, TIME_END_NS - 1];
    let two = Ev44Parts {
        reference_time_ns: times,
        reference_time_index: &[0, 2, 2],
        ..one
    };
    [
        ("one_pulse", one),
        ("many_pulses", two),
        (
            "monitor",
            Ev44Parts {
                pixel_id: &[],
                message_id: i64::MIN,
                ..one
            },
        ),
        (
            "no_events",
            Ev44Parts {
                time_of_flight_ns: &[],
                pixel_id: &[],
                ..one
            },
        ),
        (
            "no_pulse_time",
            Ev44Parts {
                reference_time_ns: &[],
                reference_time_index: &[],
                ..one
            },
        ),
        (
            "defaults",
            Ev44Parts {
                source_name: "",
                message_id: 0,
                ..one
            },
        ),
    ]
}

fn scalars() -> Vec<Scalar> {
    vec![
        Scalar::I8(i8::MIN),
        Scalar::U8(u8::MAX),
        Scalar::I16(i16::MIN),
        Scalar::U16(u16::MAX),
        Scalar::I32(i32::MIN),
        Scalar::U32(u32::MAX),
        Scalar::I64(i64::MIN),
        Scalar::U64(u64::MAX),
        Scalar::F32(f32::MIN_POSITIVE),
        Scalar::F64(0.1),
        Scalar::F64(f64::NAN),
        Scalar::F64(f64::NEG_INFINITY),
        Scalar::F64(0.0),
        Scalar::I32(0),
    ]
}

fn arrays() -> Vec<ElementsLe<'static>> {
    vec![
        [i8::MIN, 0, i8::MAX][..].into(),
        [0, u8::MAX][..].into(),
        [i16::MIN, 0, i16::MAX][..].into(),
        [0, u16::MAX][..].into(),
        [i32::MIN, 0, i32::MAX][..].into(),
        [0, u32::MAX][..].into(),
        [i64::MIN, 0, i64::MAX][..].into(),
        [0, u64::MAX][..].into(),
        [f32::MIN, -0.0, f32::MAX, f32::NAN][..].into(),
        [f64::MIN, -0.0, f64::MAX, f64::NAN, f64::INFINITY][..].into(),
        ElementsLe::F64([][..].into()),
    ]
}

fn signal() -> VariableParts<'static> {
    VariableParts {
        name: "signal",
        unit: Some("counts"),
        label: Some("Bild μ"),
        source: Some("PV:1"),
        axes: &["y", "x"],
        shape: &[2, 3],
        data: ElementsLe::I32([1, 2, 3, 4, 5, 6][..].into()),
    }
}

fn full_da00(builder: &mut FlatBufferBuilder<'_>) -> Vec<u8> {
    let plain = VariableParts {
        unit: None,
        label: None,
        source: None,
        ..signal()
    };
    let edges = [-1.0, -0.5, 0.5, 1.0];
    let variables = [
        signal(),
        VariableParts {
            name: "x",
            axes: &["x"],
            shape: &[4],
            data: edges[..].into(),
            ..plain
        },
        VariableParts {
            name: "t",
            axes: &[],
            shape: &[],
            data: [T0][..].into(),
            ..plain
        },
        VariableParts {
            name: "f",
            axes: &[],
            shape: &[],
            data: [0.25][..].into(),
            ..plain
        },
        VariableParts {
            name: "no axes",
            axes: &[],
            shape: &[6],
            ..plain
        },
        VariableParts {
            name: "note",
            axes: &[],
            shape: &[3],
            data: ElementsLe::Text("µA"),
            ..plain
        },
    ];
    let parts = Da00Parts {
        source_name: "monitor2",
        timestamp_ns: T0,
        variables: &variables,
    };
    da00::encode(builder, &parts).to_vec()
}

fn frame() -> Ad00Parts<'static> {
    Ad00Parts {
        source_name: "area_panel",
        unique_id: -7,
        timestamp_ns: TIME_END_NS - 1,
        shape: &[2, 2],
        data: ElementsLe::U16([1, 2, 3, 4][..].into()),
        attributes: &[],
    }
}

fn full_ad00(builder: &mut FlatBufferBuilder<'_>) -> Vec<u8> {
    let remark = |name, data| Attribute {
        name,
        description: "d",
        source: "s",
        data: Some(data),
    };
    let attributes = [
        remark("text", ElementsLe::Text("wörtlich")),
        remark("one", [5_i64][..].into()),
        remark("many", [1_u8, 2][..].into()),
    ];
    ad00::encode(
        builder,
        &Ad00Parts {
            attributes: &attributes,
            ..frame()
        },
    )
    .to_vec()
}
