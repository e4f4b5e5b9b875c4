//! The one mark of a cell: how far its picture can be trusted, in steps coarse enough not to flicker.

use shared::layer_state::{LayerPhase, LayerState, Silence, stale_after_ns};
use shared::time::TimeNs;

/// What a cell's mark says, the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// A layer could not be computed or drawn, or its data not be reduced.
    Error,
    /// No data for longer than usual.
    Stale(Silence),
    /// No data yet.
    Waiting,
    /// Every job that feeds the cell ended.
    Stopped,
    /// Data arrive, or nothing can change.
    Live,
}

/// One layer as its mark sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerGlance {
    /// What the server says; none until it said something.
    pub state: Option<LayerState>,
    /// The end of the data time that its frame covers; none without a frame.
    pub data_end: Option<TimeNs>,
    /// True for layers made from data, false for static geometry.
    pub fed: bool,
    /// True when a job that feeds it cannot use its data.
    pub broken: bool,
}

impl Mark {
    /// The mark of a cell with these layers when the server's clock shows `now`.
    pub fn of_cell(layers: &[LayerGlance], now: TimeNs) -> Self {
        let marks = || {
            layers
                .iter()
                .filter(|it| it.fed || it.is_broken())
                .map(|it| it.mark(now))
        };
        let unless_ended = marks().filter(|mark| *mark != Self::Stopped);
        // Stopped layers say nothing about the age of those that still run.
        unless_ended
            .min()
            .or_else(|| marks().min())
            .unwrap_or(Self::Live)
    }

    /// The stable name, for style and tests.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Stale(_) => "stale",
            Self::Waiting => "waiting",
            Self::Stopped => "stopped",
            Self::Live => "live",
        }
    }

    /// What the mark shows.
    pub fn text(self) -> &'static str {
        match self {
            Self::Stale(silence) => silence.text(),
            other => other.name(),
        }
    }

    /// What the mark means, for assistive technology and the tooltip. Does not tick.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Error => "Could not be computed or drawn",
            Self::Stale(_) => "No new data",
            Self::Waiting => "Waiting for data",
            Self::Stopped => "Stopped: the last picture is kept",
            Self::Live => "Up to date",
        }
    }
}

impl LayerGlance {
    fn is_broken(&self) -> bool {
        matches!(&self.state, Some(state) if matches!(state.phase, LayerPhase::Error { .. }))
    }

    fn mark(&self, now: TimeNs) -> Mark {
        if self.broken {
            return Mark::Error;
        }
        let Some(state) = &self.state else {
            return Mark::Waiting;
        };
        match &state.phase {
            LayerPhase::Waiting => Mark::Waiting,
            LayerPhase::Stopped => Mark::Stopped,
            LayerPhase::Error { .. } => Mark::Error,
            LayerPhase::Live => {
                let silence_ns = self.data_end.map_or(0, |end| now.since(end));
                if silence_ns <= stale_after_ns(state.interval_ns) {
                    Mark::Live
                } else {
                    Mark::Stale(Silence::of_ns(silence_ns))
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::id::LayerId;

    fn layer(phase: LayerPhase, data_end_secs: Option<i64>) -> LayerGlance {
        LayerGlance {
            state: Some(LayerState {
                id: LayerId::derived("a"),
                phase,
                interval_ns: Some(200_000_000),
            }),
            data_end: data_end_secs.map(|secs| TimeNs(secs * 1_000_000_000)),
            fed: true,
            broken: false,
        }
    }

    fn mark_at(secs: i64, layers: &[LayerGlance]) -> (&'static str, &'static str) {
        let mark = Mark::of_cell(layers, TimeNs(secs * 1_000_000_000));
        (mark.name(), mark.text())
    }

    #[test]
    fn silence_is_told_in_steps() {
        let layers = [layer(LayerPhase::Live, Some(100))];
        assert_eq!(mark_at(104, &layers), ("live", "live"));
        assert_eq!(mark_at(105, &layers), ("live", "live"));
        assert_eq!(mark_at(107, &layers), ("stale", "> 5 s"));
        assert_eq!(mark_at(109, &layers), ("stale", "> 5 s"));
        assert_eq!(mark_at(161, &layers), ("stale", "> 1 min"));
        assert_eq!(mark_at(200_000, &layers), ("stale", "> 1 day"));
    }

    #[test]
    fn the_most_urgent_layer_speaks_for_the_cell() {
        let error = LayerPhase::Error {
            message: "no".to_owned(),
        };
        let live = layer(LayerPhase::Live, Some(100));
        assert_eq!(mark_at(101, &[live.clone(), layer(error, None)]).0, "error");
        assert_eq!(
            mark_at(101, &[live.clone(), layer(LayerPhase::Waiting, None)]).0,
            "waiting"
        );
        assert_eq!(
            mark_at(101, &[live, layer(LayerPhase::Stopped, Some(1))]).0,
            "live"
        );
    }

    #[test]
    fn a_cell_is_stopped_when_all_its_jobs_are() {
        let stopped = layer(LayerPhase::Stopped, Some(1));
        assert_eq!(mark_at(999, &[stopped.clone(), stopped]).0, "stopped");
    }

    #[test]
    fn a_job_in_trouble_is_seen_at_once() {
        let broken = LayerGlance {
            broken: true,
            ..layer(LayerPhase::Live, Some(100))
        };
        assert_eq!(mark_at(101, &[broken]).0, "error");
    }

    #[test]
    fn static_geometry_has_no_age() {
        let geometry = LayerGlance {
            fed: false,
            ..layer(LayerPhase::Live, None)
        };
        assert_eq!(mark_at(999, &[geometry]).0, "live");
        assert_eq!(mark_at(999, &[]).0, "live");
    }
}
