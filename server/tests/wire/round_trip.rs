//! What is encoded comes back bit for bit.

use proptest::collection::vec;
use proptest::prelude::*;
use server::wire::ad00::Ad00;
use server::wire::da00::Da00;
use server::wire::ev44::Ev44;
use server::wire::f144::{F144, LogValue};
use server::wire::{Dtype, Limits};

use crate::messages::{array, encode_ad00, encode_da00, encode_f144, events, scalar, time};

fn lengths(shape: &[usize]) -> Vec<i64> {
    shape.iter().map(|len| *len as i64).collect()
}

proptest! {
    #[test]
    fn ev44_round_trips(events in events(), fallback in time()) {
        let bytes = events.encode();
        let message = Ev44::decode(&bytes, &Limits::default()).unwrap();
        prop_assert_eq!(message.source_name(), &events.source_name);
        prop_assert_eq!(message.message_id(), events.message_id);
        let pulses: Vec<_> = message.pulses_or(fallback).collect();
        let times: Vec<_> = pulses.iter().map(|pulse| pulse.reference_time_ns).collect();
        prop_assert_eq!(times, if events.times.is_empty() { vec![fallback] } else { events.times });
        let mut start = 0;
        for (i, pulse) in pulses.iter().enumerate() {
            prop_assert_eq!(start as i32, events.starts.get(i).copied().unwrap_or(0));
            start += pulse.time_of_flight_ns.len();
        }
        let tof: Vec<_> = pulses.iter().flat_map(|pulse| pulse.time_of_flight_ns.iter()).collect();
        prop_assert_eq!(tof, events.tof);
        let pixels: Vec<_> = pulses.iter().flat_map(|pulse| pulse.pixel_id.iter()).collect();
        prop_assert_eq!(pixels, events.pixels);
    }

    #[test]
    fn da00_round_trips(source in any::<String>(), time in time(), arrays in vec(array(), 1..5)) {
        let bytes = encode_da00(&source, time, &arrays);
        let message = Da00::decode(&bytes, &Limits::default()).unwrap();
        prop_assert_eq!((message.source_name(), message.timestamp_ns()), (source.as_str(), time));
        prop_assert_eq!(message.variables().count(), arrays.len());
        for (variable, array) in message.variables().zip(&arrays) {
            prop_assert_eq!(variable.name, &array.name);
            prop_assert_eq!(variable.unit, array.unit.as_deref());
            prop_assert_eq!(variable.label, array.unit.as_deref());
            prop_assert_eq!(variable.source, None);
            prop_assert_eq!(variable.axes(), &array.axes);
            prop_assert_eq!(lengths(variable.shape()), array.shape.clone());
            prop_assert_eq!(variable.data.dtype(), array.dtype);
            prop_assert_eq!(variable.data.as_bytes(), &array.bytes);
        }
    }

    #[test]
    fn ad00_round_trips(source in any::<String>(), id in any::<i32>(), time in time(), array in array()) {
        let bytes = encode_ad00(&source, id, time, &array);
        let message = Ad00::decode(&bytes, &Limits::default()).unwrap();
        prop_assert_eq!((message.source_name(), message.unique_id()), (source.as_str(), id));
        prop_assert_eq!(message.timestamp_ns(), time);
        prop_assert_eq!(lengths(message.shape().as_slice()), array.shape.clone());
        prop_assert_eq!(message.data().dtype(), array.dtype);
        prop_assert_eq!(message.data().as_bytes(), &array.bytes);
        let remarks: Vec<_> = message.attributes().collect();
        prop_assert_eq!(remarks.len(), 1);
        prop_assert_eq!(remarks[0].name, &array.name);
        prop_assert_eq!(remarks[0].data.map(|data| data.as_bytes()), Some(&array.bytes[..]));
    }

    #[test]
    fn f144_scalars_round_trip(source in any::<String>(), time in time(), value in scalar()) {
        let bytes = encode_f144(&source, time, LogValue::Scalar(value));
        let message = F144::decode(&bytes, &Limits::default()).unwrap();
        prop_assert_eq!((message.source_name(), message.timestamp_ns()), (source.as_str(), time));
        prop_assert_eq!(message.value(), LogValue::Scalar(value));
        prop_assert_eq!(message.value().as_f64(), Some(value.as_f64()));
    }

    #[test]
    fn f144_arrays_round_trip(source in any::<String>(), time in time(), array in array()) {
        let bytes = encode_f144(&source, time, LogValue::Array(array.data()));
        let message = F144::decode(&bytes, &Limits::default()).unwrap();
        prop_assert_eq!((message.source_name(), message.timestamp_ns()), (source.as_str(), time));
        let LogValue::Array(data) = message.value() else { panic!("an array was written") };
        // The schema has no texts: they arrive as their bytes.
        let dtype = if array.dtype == Dtype::Text { Dtype::UInt8 } else { array.dtype };
        prop_assert_eq!(data.dtype(), dtype);
        prop_assert_eq!(data.as_bytes(), &array.bytes);
    }
}
