//! What a message means, in the words of `oracle.py`.

use std::fmt::Display;

use serde_json::{Value, json};
use server::wire::ad00::Ad00;
use server::wire::da00::Da00;
use server::wire::ev44::Ev44;
use server::wire::f144::{F144, LogValue};
use server::wire::{Element, ElementsLe, Le, Limits, Message, Scalar};

/// Stands for the time that a message without pulse times leaves to the caller.
const NO_PULSE_TIME: i64 = -1;

/// Decodes `bytes` and tells everything they say, or the kind of the error.
pub(crate) fn describe(bytes: &[u8]) -> Value {
    match Message::decode(bytes, &Limits::default()) {
        Err(error) => json!({ "error": error.kind() }),
        Ok(Message::Skipped(schema)) => json!({ "schema": schema.id(), "skipped": true }),
        Ok(Message::Ev44(message)) => ev44(&message),
        Ok(Message::Da00(message)) => da00(&message),
        Ok(Message::F144(message)) => f144(&message),
        Ok(Message::Ad00(message)) => ad00(&message),
    }
}

/// Python and Rust spell the same float differently; afterwards both are spelt our way.
pub(crate) fn round_off_spelling(meaning: &mut Value) {
    match meaning {
        Value::Array(items) => items.iter_mut().for_each(round_off_spelling),
        Value::Object(fields) => {
            let float = fields
                .get("dtype")
                .and_then(Value::as_str)
                .is_some_and(|d| d.starts_with("float"));
            let values = fields.get_mut("values").and_then(Value::as_array_mut);
            if let (true, Some(values)) = (float, values) {
                for value in values.iter_mut() {
                    *value = respelt(value);
                }
            }
            fields.values_mut().for_each(round_off_spelling);
        }
        _ => {}
    }
}

fn respelt(value: &Value) -> Value {
    let number: f64 = value
        .as_str()
        .and_then(|text| text.parse().ok())
        .expect("floats come as texts");
    Value::String(float(number))
}

fn float(number: f64) -> String {
    format!("{number:?}")
}

fn ev44(message: &Ev44<'_>) -> Value {
    let pulses = message.pulses_or(NO_PULSE_TIME).map(|pulse| {
        let time = Some(pulse.reference_time_ns).filter(|ns| *ns != NO_PULSE_TIME);
        json!({ "time": time, "tof": texts(pulse.time_of_flight_ns), "pixels": texts(pulse.pixel_id) })
    });
    json!({
        "schema": "ev44",
        "source": message.source_name(),
        "id": message.message_id(),
        "pulses": pulses.collect::<Vec<_>>(),
    })
}

fn da00(message: &Da00<'_>) -> Value {
    let variables = message.variables().map(|variable| {
        json!({
            "name": variable.name,
            "unit": variable.unit,
            "label": variable.label,
            "source": variable.source,
            "axes": variable.axes(),
            "shape": variable.shape(),
            "data": elements(variable.data),
        })
    });
    json!({
        "schema": "da00",
        "source": message.source_name(),
        "time": message.timestamp_ns(),
        "variables": variables.collect::<Vec<_>>(),
    })
}

fn f144(message: &F144<'_>) -> Value {
    let (kind, mut value) = match message.value() {
        LogValue::Scalar(value) => ("scalar", scalar(value)),
        LogValue::Array(values) => ("array", elements(values)),
    };
    value["kind"] = kind.into();
    json!({
        "schema": "f144",
        "source": message.source_name(),
        "time": message.timestamp_ns(),
        "value": value,
    })
}

fn ad00(message: &Ad00<'_>) -> Value {
    let attributes = message.attributes().map(|attribute| {
        json!({
            "name": attribute.name,
            "description": attribute.description,
            "source": attribute.source,
            "data": attribute.data.map(elements),
        })
    });
    json!({
        "schema": "ad00",
        "source": message.source_name(),
        "id": message.unique_id(),
        "time": message.timestamp_ns(),
        "shape": message.shape().as_slice(),
        "data": elements(message.data()),
        "attributes": attributes.collect::<Vec<_>>(),
    })
}

fn scalar(scalar: Scalar) -> Value {
    match scalar {
        Scalar::I8(value) => elements([value][..].into()),
        Scalar::U8(value) => elements([value][..].into()),
        Scalar::I16(value) => elements([value][..].into()),
        Scalar::U16(value) => elements([value][..].into()),
        Scalar::I32(value) => elements([value][..].into()),
        Scalar::U32(value) => elements([value][..].into()),
        Scalar::I64(value) => elements([value][..].into()),
        Scalar::U64(value) => elements([value][..].into()),
        Scalar::F32(value) => elements([value][..].into()),
        Scalar::F64(value) => elements([value][..].into()),
    }
}

fn elements(elements: ElementsLe<'_>) -> Value {
    let (dtype, values) = match elements {
        ElementsLe::I8(view) => ("int8", texts(view)),
        ElementsLe::U8(view) => ("uint8", texts(view)),
        ElementsLe::I16(view) => ("int16", texts(view)),
        ElementsLe::U16(view) => ("uint16", texts(view)),
        ElementsLe::I32(view) => ("int32", texts(view)),
        ElementsLe::U32(view) => ("uint32", texts(view)),
        ElementsLe::I64(view) => ("int64", texts(view)),
        ElementsLe::U64(view) => ("uint64", texts(view)),
        ElementsLe::F32(view) => ("float32", view.iter().map(|v| float(v.into())).collect()),
        ElementsLe::F64(view) => ("float64", view.iter().map(float).collect()),
        ElementsLe::Text(text) => return json!({ "dtype": "text", "text": text }),
    };
    json!({ "dtype": dtype, "values": values })
}

fn texts<T: Element + Display>(view: Le<'_, T>) -> Vec<String> {
    view.iter().map(|value| value.to_string()).collect()
}
