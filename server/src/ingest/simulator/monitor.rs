//! A beam monitor that sends events.

use crate::wire::ev44::{self, Ev44Parts};

use super::SimulatorConfig;
use super::producer::{Output, Producer};
use super::pulse::{Pulse, PulseGrid, poisson};
use super::spectrum::Spectrum;

/// Distance in m of the `number`th monitor, counted from 1.
pub(super) fn path_m(number: usize) -> f64 {
    20.0 + 3.0 * number as f64
}

/// Events over time of arrival.
#[derive(Debug)]
pub(super) struct MonitorEvents {
    spectrum: Spectrum,
    mean_events: f64,
    max_events: usize,
    times_ns: Vec<i32>,
    stream: u64,
}

impl MonitorEvents {
    pub(super) fn new(
        number: usize,
        config: &SimulatorConfig,
        grid: &PulseGrid,
        stream: u64,
    ) -> Self {
        Self {
            spectrum: Spectrum::new(path_m(number), grid),
            mean_events: config.monitor_rate_hz / grid.rate_hz(),
            max_events: config.max_events_per_message,
            times_ns: Vec::new(),
            stream,
        }
    }
}

impl Producer for MonitorEvents {
    fn produce(&mut self, pulse: &Pulse, output: &mut Output<'_>) {
        let mut rng = pulse.rng(self.stream);
        let count = poisson(self.mean_events * pulse.strength, &mut rng);
        self.times_ns.clear();
        self.times_ns
            .extend((0..count).map(|_| self.spectrum.sample_ns(&mut rng)));
        send_events(pulse, &self.times_ns, &[], self.max_events, output);
    }
}

/// Sends the events of one pulse, in as many messages as it takes; one, if there are none.
pub(super) fn send_events(
    pulse: &Pulse,
    times_ns: &[i32],
    pixels: &[i32],
    max_events: usize,
    output: &mut Output<'_>,
) {
    let mut start = 0;
    loop {
        let end = times_ns.len().min(start + max_events);
        output.send(|builder, source_name| {
            let parts = Ev44Parts {
                source_name,
                message_id: pulse.number as i64,
                reference_time_ns: &[pulse.time_ns],
                reference_time_index: &[0],
                time_of_flight_ns: &times_ns[start..end],
                pixel_id: pixels.get(start..end).unwrap_or_default(),
            };
            ev44::encode(builder, &parts)
        });
        start = end;
        if start == times_ns.len() {
            return;
        }
    }
}
