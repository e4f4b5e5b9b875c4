//! Arbitrary messages in owned form, and how to encode them.

use proptest::collection::vec;
use proptest::prelude::*;
use server::wire::ad00::{self, Ad00Parts, Attribute};
use server::wire::da00::{self, Da00Parts, VariableParts};
use server::wire::ev44::{self, Ev44Parts};
use server::wire::f144::{self, F144Parts, LogValue};
use server::wire::{Dtype, ElementsLe, FlatBufferBuilder, Scalar, TIME_END_NS};

/// Events with valid pulses: `starts` cut the events in order.
#[derive(Clone, Debug)]
pub(crate) struct Events {
    pub(crate) source_name: String,
    pub(crate) message_id: i64,
    pub(crate) times: Vec<i64>,
    pub(crate) starts: Vec<i32>,
    pub(crate) tof: Vec<i32>,
    pub(crate) pixels: Vec<i32>,
}

impl Events {
    pub(crate) fn encode(&self) -> Vec<u8> {
        let parts = Ev44Parts {
            source_name: &self.source_name,
            message_id: self.message_id,
            reference_time_ns: &self.times,
            reference_time_index: &self.starts,
            time_of_flight_ns: &self.tof,
            pixel_id: &self.pixels,
        };
        ev44::encode(&mut FlatBufferBuilder::new(), &parts).to_vec()
    }
}

pub(crate) fn events() -> impl Strategy<Value = Events> {
    let events = vec(any::<(i32, i32)>(), 0..40);
    (
        any::<String>(),
        any::<i64>(),
        events,
        vec((time(), any::<u8>()), 0..5),
        any::<bool>(),
    )
        .prop_map(|(source_name, message_id, events, pulses, monitor)| {
            let (tof, mut pixels): (Vec<_>, Vec<_>) = events.into_iter().unzip();
            if monitor {
                pixels.clear();
            }
            let (times, cuts): (Vec<_>, Vec<_>) = pulses.into_iter().unzip();
            let mut starts: Vec<_> = cuts
                .into_iter()
                .map(|cut| i32::from(cut) % (tof.len() as i32 + 1))
                .collect();
            starts.sort_unstable();
            if let Some(first) = starts.first_mut() {
                *first = 0;
            }
            Events {
                source_name,
                message_id,
                times,
                starts,
                tof,
                pixels,
            }
        })
}

/// An array of any type with a shape that its bytes fill.
#[derive(Clone, Debug)]
pub(crate) struct Array {
    pub(crate) name: String,
    pub(crate) unit: Option<String>,
    pub(crate) axes: Vec<String>,
    pub(crate) shape: Vec<i64>,
    pub(crate) dtype: Dtype,
    pub(crate) bytes: Vec<u8>,
}

impl Array {
    pub(crate) fn data(&self) -> ElementsLe<'_> {
        ElementsLe::new(self.dtype, &self.bytes).expect("texts are made of ASCII")
    }
}

pub(crate) fn array() -> impl Strategy<Value = Array> {
    let shape = vec((any::<String>(), 0..5_usize), 1..4);
    (
        any::<String>(),
        any::<Option<String>>(),
        shape,
        0..Dtype::ALL.len(),
        any::<u64>(),
    )
        .prop_map(|(name, unit, dims, dtype, seed)| {
            let dtype = Dtype::ALL[dtype];
            let count: usize = dims.iter().map(|(_, len)| len).product();
            let mut state = seed;
            let mut byte = || {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                (state >> 56) as u8 & if dtype == Dtype::Text { 0x7F } else { 0xFF }
            };
            let bytes = (0..count * dtype.size_bytes()).map(|_| byte()).collect();
            let (axes, shape): (_, Vec<_>) = dims.into_iter().unzip();
            let shape = shape.into_iter().map(|len| len as i64).collect();
            Array {
                name,
                unit,
                axes,
                shape,
                dtype,
                bytes,
            }
        })
}

pub(crate) fn encode_da00(source_name: &str, timestamp_ns: i64, arrays: &[Array]) -> Vec<u8> {
    let axes: Vec<Vec<&str>> = arrays
        .iter()
        .map(|array| array.axes.iter().map(String::as_str).collect())
        .collect();
    let variables: Vec<_> = arrays
        .iter()
        .zip(&axes)
        .map(|(array, axes)| VariableParts {
            name: &array.name,
            unit: array.unit.as_deref(),
            label: array.unit.as_deref(),
            source: None,
            axes,
            shape: &array.shape,
            data: array.data(),
        })
        .collect();
    let parts = Da00Parts {
        source_name,
        timestamp_ns,
        variables: &variables,
    };
    da00::encode(&mut FlatBufferBuilder::new(), &parts).to_vec()
}

pub(crate) fn encode_ad00(source_name: &str, unique_id: i32, time: i64, array: &Array) -> Vec<u8> {
    let data = Some(array.data());
    let remark = Attribute {
        name: &array.name,
        description: "",
        source: "",
        data,
    };
    let parts = Ad00Parts {
        source_name,
        unique_id,
        timestamp_ns: time,
        shape: &array.shape,
        data: array.data(),
        attributes: &[remark],
    };
    ad00::encode(&mut FlatBufferBuilder::new(), &parts).to_vec()
}

pub(crate) fn encode_f144(source_name: &str, timestamp_ns: i64, value: LogValue<'_>) -> Vec<u8> {
    let parts = F144Parts {
        source_name,
        timestamp_ns,
        value,
    };
    f144::encode(&mut FlatBufferBuilder::new(), &parts).to_vec()
}

pub(crate) fn scalar() -> impl Strategy<Value = Scalar> {
    prop_oneof![
        any::<i8>().prop_map(Scalar::I8),
        any::<u8>().prop_map(Scalar::U8),
        any::<i16>().prop_map(Scalar::I16),
        any::<u16>().prop_map(Scalar::U16),
        any::<i32>().prop_map(Scalar::I32),
        any::<u32>().prop_map(Scalar::U32),
        any::<i64>().prop_map(Scalar::I64),
        any::<u64>().prop_map(Scalar::U64),
        any::<f32>().prop_map(Scalar::F32),
        any::<f64>().prop_map(Scalar::F64),
    ]
}

/// Any time that a message may carry.
pub(crate) fn time() -> impl Strategy<Value = i64> {
    0..TIME_END_NS
}

/// Any valid message.
pub(crate) fn message() -> impl Strategy<Value = Vec<u8>> {
    let name = any::<String>;
    prop_oneof![
        events().prop_map(|events| events.encode()),
        (name(), time(), vec(array(), 1..4)).prop_map(|(s, t, arrays)| encode_da00(&s, t, &arrays)),
        (name(), any::<i32>(), time(), array())
            .prop_map(|(s, id, t, a)| encode_ad00(&s, id, t, &a)),
        (name(), time(), scalar()).prop_map(|(s, t, v)| encode_f144(&s, t, LogValue::Scalar(v))),
        (name(), time(), array()).prop_map(|(s, t, a)| encode_f144(
            &s,
            t,
            LogValue::Array(a.data())
        )),
    ]
}
