//! Reads everything a message offers, so that an access that could fail does.

use std::hint::black_box;

use server::wire::ad00::Ad00;
use server::wire::da00::Da00;
use server::wire::ev44::Ev44;
use server::wire::f144::{F144, LogValue};
use server::wire::{ElementsLe, Limits, Message, WireError};

/// Gives `bytes` to every decoder and to the dispatcher, and reads whatever comes out.
pub(crate) fn every_decoder(bytes: &[u8]) {
    let limits = Limits::default();
    let errors = [
        Ev44::decode(bytes, &limits)
            .map(|message| ev44(&message))
            .err(),
        Da00::decode(bytes, &limits)
            .map(|message| da00(&message))
            .err(),
        F144::decode(bytes, &limits)
            .map(|message| f144(&message))
            .err(),
        Ad00::decode(bytes, &limits)
            .map(|message| ad00(&message))
            .err(),
        Message::decode(bytes, &limits).err(),
    ];
    for error in errors.iter().flatten() {
        assert!(!error.to_string().is_empty() && !error.kind().is_empty());
    }
    assert!(
        errors.iter().flatten().count() >= 3,
        "bytes are of one schema at most"
    );
}

/// Decodes `bytes` by the schema they name and reads all there is.
pub(crate) fn decode(bytes: &[u8]) -> Result<(), WireError> {
    match Message::decode(bytes, &Limits::default())? {
        Message::Ev44(message) => ev44(&message),
        Message::Da00(message) => da00(&message),
        Message::F144(message) => f144(&message),
        Message::Ad00(message) => ad00(&message),
        Message::Skipped(_) => {}
    }
    Ok(())
}

fn ev44(message: &Ev44<'_>) {
    black_box((
        message.source_name(),
        message.message_id(),
        message.last_reference_time_ns(),
    ));
    let mut events = 0;
    for pulse in message.pulses_or(0) {
        assert!(pulse.pixel_id.is_empty() || pulse.pixel_id.len() == pulse.time_of_flight_ns.len());
        events += pulse.time_of_flight_ns.len();
        black_box(pulse.time_of_flight_ns.iter().fold(0, i32::wrapping_add));
        black_box(pulse.pixel_id.iter().fold(0, i32::wrapping_add));
    }
    assert_eq!(
        events,
        message.event_count(),
        "every event belongs to one pulse"
    );
}

fn da00(message: &Da00<'_>) {
    black_box((message.source_name(), message.timestamp_ns()));
    assert!(message.variables().count() > 0);
    for variable in message.variables() {
        black_box((
            variable.name,
            variable.unit,
            variable.label,
            variable.source,
        ));
        assert_eq!(variable.axes().len(), variable.shape().len());
        assert_eq!(
            variable.shape().iter().product::<usize>(),
            variable.data.len()
        );
        elements(variable.data);
    }
}

fn f144(message: &F144<'_>) {
    black_box((
        message.source_name(),
        message.timestamp_ns(),
        message.value().as_f64(),
    ));
    if let LogValue::Array(values) = message.value() {
        elements(values);
    }
}

fn ad00(message: &Ad00<'_>) {
    black_box((
        message.source_name(),
        message.unique_id(),
        message.timestamp_ns(),
    ));
    assert_eq!(message.shape().count(), message.data().len());
    elements(message.data());
    for attribute in message.attributes() {
        black_box((attribute.name, attribute.description, attribute.source));
        attribute.data.into_iter().for_each(elements);
    }
}

fn elements(elements: ElementsLe<'_>) {
    let mut numbers = Vec::new();
    elements.append_f64s(&mut numbers);
    black_box(numbers);
}
