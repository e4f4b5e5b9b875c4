//! When slots are published and what they cover, message by message: the engine's loop without its threads.

use shared::time::TimeInterval;

use super::*;
use crate::reduce::engine::handle::Command;
use crate::reduce::engine::run::Run;
use crate::reduce::raster::RasterConfig;
use crate::wire::Limits;

pub(super) struct Steps {
    pub(super) run: Run,
    pub(super) table: Arc<StreamTable>,
    pub(super) slots: Arc<Slots>,
}

impl Steps {
    /// Runs these jobs, each `(workflow, source)`.
    pub(super) fn new(jobs: &[(&str, &str)]) -> Self {
        let instrument = Arc::new(instrument::load("dummy", None).expect("shipped"));
        let table = Arc::new(StreamTable::new(&instrument));
        let slots = Arc::new(Slots::default());
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
        let run = Run::new(
            instrument,
            Arc::clone(&table),
            Box::new(Arc::clone(&slots)),
            pool.expect("a thread"),
            RasterConfig::default(),
            Limits::default(),
        );
        let mut steps = Self { run, table, slots };
        for (workflow, source) in jobs {
            steps.start(workflow, source);
        }
        steps
    }

    pub(super) fn start(&mut self, workflow: &str, source: &str) {
        let id = job(workflow, source);
        let start = Command::Start(id, JobNumber::random(), JsonText::empty());
        assert!(self.run.handle_command(start).is_continue());
    }

    pub(super) fn log(&mut self, stream: &str, time: i64, value: f64) {
        self.feed(stream, &log(stream, time, value));
    }

    /// Hands over one message and says how many slots were published since the last.
    fn feed(&mut self, stream: &str, bytes: &[u8]) -> usize {
        let before = self.published().len();
        let message = message(&self.table, stream, bytes);
        self.run.handle_messages(&mut vec![message]);
        self.published().len() - before
    }

    pub(super) fn pulses(&mut self, streams: &[&str], pulses: std::ops::Range<i64>) {
        for pulse in pulses {
            for stream in streams {
                self.feed(stream, &events(stream, &[pulse], 1));
            }
        }
    }

    fn published(&self) -> Vec<TimeInterval> {
        let slots = self.slots.0.lock().unwrap();
        slots.iter().filter_map(|slot| slot.interval).collect()
    }

    /// The windows of the results of `source`, and their counts.
    fn windows(&self, source: &str) -> Vec<(TimeInterval, Option<f64>)> {
        let slots = self.slots.0.lock().unwrap();
        let results = slots.iter().flat_map(|slot| &slot.results);
        let counts = ["counts", "counts_total"];
        let of = |r: &&JobResult| r.key.source == source && counts.contains(&r.key.output.as_str());
        let window = |r: &JobResult| (r.data.time, r.data.scalar());
        results.filter(of).map(window).collect()
    }
}

/// The slot of the three pulses from `first` on, to within the rounding of their times.
fn covers(slot: TimeInterval, first: i64) -> bool {
    let half = PULSE / 2;
    let near = |time: i64, pulse: i64| (time - (T0 + pulse * PULSE - half)).abs() < 1_000;
    near(slot.start.0, first) && near(slot.end.0, first + 3)
}

#[test]
fn a_slot_is_published_with_the_last_message_of_its_last_pulse() {
    let mut steps = Steps::new(&[
        ("total_counts", "panel_0"),
        ("monitor_histogram", "monitor1"),
    ]);
    let mut closing = Vec::new();
    for pulse in 0..15 {
        for stream in ["panel_0", "monitor1"] {
            for _ in 0..steps.feed(stream, &events(stream, &[pulse], 4)) {
                closing.push((stream, pulse));
            }
        }
    }
    // The periods are known from the fourth pulse on.
    let expected = [3, 5, 8, 11, 14].map(|pulse| ("monitor1", pulse));
    assert_eq!(closing, expected);
    for source in ["panel_0", "monitor1"] {
        let windows = steps.windows(source);
        for (slot, (window, counts)) in windows.iter().enumerate() {
            assert!(covers(*window, 3 * slot as i64), "{window:?}");
            assert_eq!(*counts, Some(12.0));
        }
        assert_eq!(windows.len(), 5);
    }
}

#[test]
fn a_stream_whose_clock_is_off_is_counted_and_moves_no_slot() {
    let monitors = ["monitor1", "monitor2"].map(|source| ("monitor_histogram", source));
    let mut steps = Steps::new(&[("total_counts", "panel_0"), monitors[0], monitors[1]]);
    for pulse in 0..30 {
        steps.pulses(&["panel_0", "monitor1"], pulse..pulse + 1);
        // Days ahead and days behind in turn.
        let far = 10_000_000 * (1 - 2 * (pulse % 2)) + pulse;
        steps.feed("monitor2", &events("monitor2", &[far], 1));
    }
    let slots = steps.published();
    assert_eq!(slots.len(), 10);
    for (number, slot) in slots.into_iter().enumerate() {
        assert!(covers(slot, 3 * number as i64), "{slot:?}");
    }
    let stray = |steps: &Steps| -> f64 {
        let windows = steps.windows("monitor2");
        windows.iter().filter_map(|window| window.1).sum()
    };
    // A wrong time is shown one slot later: those of the last slot, and the last of all, still wait.
    assert_eq!(stray(&steps), 26.0);
    steps.run.finish(&mut Vec::new());
    assert_eq!(stray(&steps), 30.0);
}

#[test]
fn a_clock_set_back_is_followed_and_no_window_reaches_back_before_its_slot() {
    let mut steps = Steps::new(&[
        ("total_counts", "panel_0"),
        ("monitor_histogram", "monitor1"),
    ]);
    steps.pulses(&["panel_0", "monitor1"], 0..30);
    steps.pulses(&["panel_0"], 30..300);
    let before = steps.windows("monitor1").len();
    steps.pulses(&["panel_0", "monitor1"], 36..60);
    let (first, _) = steps.windows("monitor1")[before];
    assert!(covers(first, 36), "{first:?}");
    for source in ["panel_0", "monitor1"] {
        let windows = steps.windows(source);
        let back = |pair: &&[(TimeInterval, _)]| pair[1].0.start < pair[0].0.end;
        let rewinds = windows.windows(2).filter(back).count();
        assert_eq!(rewinds, usize::from(source == "panel_0"));
        assert!(covers(windows.last().expect("results").0, 57));
    }
}

#[test]
fn messages_held_beyond_the_limit_close_the_slot_early() {
    let mut steps = Steps::new(&[
        ("total_counts", "panel_0"),
        ("monitor_histogram", "monitor1"),
    ]);
    steps.pulses(&["panel_0", "monitor1"], 0..12);
    steps.pulses(&["monitor1"], 12..13);
    steps.pulses(&["panel_0"], 12..15);
    // 34 MiB of the next slot, while the monitor's last pulses of this one are awaited.
    let large = events("panel_0", &[15], 34 << 17);
    assert_eq!(steps.feed("panel_0", &large), 0);
    assert_eq!(steps.feed("panel_0", &large), 1);
    let (window, counts) = *steps.windows("panel_0").last().expect("results");
    assert!(covers(window, 12));
    assert_eq!(counts, Some(3.0));
}

#[test]
fn a_message_of_many_pulses_counts_once_against_the_limit() {
    let mut steps = Steps::new(&[
        ("total_counts", "panel_0"),
        ("monitor_histogram", "monitor1"),
    ]);
    steps.pulses(&["panel_0", "monitor1"], 0..12);
    let pulses: Vec<_> = (12..18).collect();
    let large = events("panel_0", &pulses, (34 << 17) / 6);
    assert_eq!(steps.feed("panel_0", &large), 0);
    steps.pulses(&["monitor1"], 12..15);
    let (window, counts) = *steps.windows("panel_0").last().expect("results");
    assert!(covers(window, 12));
    assert_eq!(counts, Some(3.0 * f64::from((34 << 17) / 6)));
}

#[test]
fn a_message_of_100_000_pulses_costs_their_number_and_not_its_square() {
    let mut steps = Steps::new(&[("total_counts", "panel_0")]);
    let pulses: Vec<_> = (0..100_000).collect();
    let started = Instant::now();
    steps.feed("panel_0", &events("panel_0", &pulses, 2));
    let held = steps.run.held_bytes();
    assert!(held.load(std::sync::atomic::Ordering::Relaxed) < 64 << 20);
    steps.run.finish(&mut Vec::new());
    // Searched anew for each pulse, it takes minutes.
    assert!(started.elapsed() < Duration::from_secs(10));
    let windows = steps.windows("panel_0");
    assert_eq!(windows.len(), 33_334);
    let counts: f64 = windows.iter().filter_map(|window| window.1).sum();
    assert_eq!(counts, 200_000.0);
}

#[test]
fn what_is_reduced_out_of_its_time_is_counted_with_its_stream() {
    let mut steps = Steps::new(&[("total_counts", "panel_0")]);
    for pulse in 0..30 {
        steps.pulses(&["panel_0", "monitor1"], pulse..pulse + 1);
        steps.feed("monitor2", &events("monitor2", &[pulse - 10_000_000], 1));
    }
    let misplaced = |stream: &str| {
        let index = steps.table.index_of(stream).expect("declared");
        steps.table.stream(index).stats.report().misplaced
    };
    assert_eq!((misplaced("panel_0"), misplaced("monitor1")), (0, 0));
    assert_eq!(misplaced("monitor2"), 29, "the last still waits");
}

#[test]
fn the_end_publishes_what_is_open_and_what_is_held() {
    let mut steps = Steps::new(&[("total_counts", "panel_0")]);
    steps.pulses(&["panel_0"], 0..1);
    let later = message(&steps.table, "panel_0", &events("panel_0", &[4], 5));
    steps.run.finish(&mut vec![later]);
    let windows = steps.windows("panel_0");
    assert_eq!(
        windows.iter().map(|w| w.1).collect::<Vec<_>>(),
        [Some(1.0), Some(5.0)]
    );
    assert!(covers(windows[0].0, 0) && covers(windows[1].0, 3));
}

#[test]
fn events_of_unknown_pixels_are_counted_once_and_told_once() {
    let mut steps = Steps::new(&[("panel_0_xy", "panel_0"), ("panel_0_layers", "panel_0")]);
    for pulse in 0..30 {
        // Pixels 1 to 16,385, of which the detector lacks the last.
        steps.feed("panel_0", &events("panel_0", &[pulse], 16_385));
    }
    steps.run.finish(&mut Vec::new());
    let index = steps.table.index_of("panel_0").expect("declared");
    let errors = steps.table.stream(index).stats.report().errors;
    assert_eq!(errors.get("unmapped_events"), Some(&30));
    let slots = steps.slots.0.lock().unwrap();
    let reports = slots.iter().flat_map(|slot| &slot.reports);
    let warnings = reports.filter(|report| matches!(report.state, JobState::Warning { .. }));
    assert_eq!(warnings.count(), 2, "one of each job");
}
