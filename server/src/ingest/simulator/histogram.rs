//! A beam monitor that sends histograms.

use crate::wire::ElementsLe;
use crate::wire::da00::{self, Da00Parts, VariableParts};

use super::SimulatorConfig;
use super::monitor::path_m;
use super::producer::{Output, Producer};
use super::pulse::{Pulse, PulseGrid, poisson};
use super::spectrum::Spectrum;

/// Bins of a histogram.
const BINS: usize = 1000;

/// Counts over `frame_time`, in 1000 bins over the whole milliseconds of a frame.
#[derive(Debug)]
pub(super) struct MonitorHistogram {
    edges_ns: Vec<i32>,
    mean_counts: Vec<f64>,
    counts: Vec<i32>,
    stream: u64,
}

impl MonitorHistogram {
    pub(super) fn new(
        number: usize,
        config: &SimulatorConfig,
        grid: &PulseGrid,
        stream: u64,
    ) -> Self {
        // A frame longer than 2 s does not fit the wire's 32 bits, one shorter than 1 ms has no bins.
        let end_ns = (grid.period_ns() / 1e6).floor().clamp(1.0, 2000.0) * 1e6;
        let spectrum = Spectrum::new(path_m(number), grid);
        let neutrons = config.monitor_rate_hz / grid.rate_hz();
        let parts = spectrum.histogram(BINS, end_ns);
        let edge_ns = |bin: usize| (end_ns * bin as f64 / BINS as f64).round() as i32;
        Self {
            edges_ns: (0..=BINS).map(edge_ns).collect(),
            mean_counts: parts.into_iter().map(|part| part * neutrons).collect(),
            counts: vec![0; BINS],
            stream,
        }
    }
}

impl Producer for MonitorHistogram {
    fn produce(&mut self, pulse: &Pulse, output: &mut Output<'_>) {
        let mut rng = pulse.rng(self.stream);
        for (count, mean) in self.counts.iter_mut().zip(&self.mean_counts) {
            *count = poisson(mean * pulse.strength, &mut rng) as i32;
        }
        output.send(|builder, source_name| {
            let variables = [
                variable("signal", "counts", &self.counts, &[BINS as i64]),
                variable("frame_time", "ns", &self.edges_ns, &[BINS as i64 + 1]),
            ];
            let parts = Da00Parts {
                source_name,
                timestamp_ns: pulse.time_ns,
                variables: &variables,
            };
            da00::encode(builder, &parts)
        });
    }
}

fn variable<'a>(
    name: &'a str,
    unit: &'a str,
    values: &'a [i32],
    shape: &'a [i64],
) -> VariableParts<'a> {
    VariableParts {
        name,
        unit: Some(unit),
        label: None,
        source: None,
        axes: &["frame_time"],
        shape,
        data: ElementsLe::from(values),
    }
}
