//! Spectra of the regions of interest on a detector's image, out of the histogram that is kept anyway: a region that is
//! drawn late has the spectrum of everything that was accumulated.
//!
//! A pixel belongs to a region if its middle does. Window spectra are differences of cumulative ones, so that both cost
//! the same, whatever the events.
//!
//! The window of a region is that of the shape which the region had when the window began: of that one alone it is known
//! what had been counted by then, since the histogram holds only what has been counted by now. So each window is exact
//! whatever changes meanwhile, and of a region that a hand drags it is at most one result behind the hand.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use shared::data::{Coord, CoordValues, DataArray, Label, Unit, Values};
use shared::id::RegionId;
use shared::job::OutputView;
use shared::params::ToaEdges;
use shared::plot::Area;
use shared::region::{REGION_DIM, Region};
use shared::time::TimeInterval;

use super::outputs::{Axes, REGION_SPECTRA, TOA_DIM};
use super::panel::Panel;
use super::workflow::Span;

/// Counters read for each slot at most, on average; more are shared out to several slots. About 8 ms.
const COUNTERS_PER_SLOT: usize = 8 << 20;

/// The spectra of one job's regions.
pub(in crate::reduce) struct RegionSpectra {
    /// Rows and columns of the image.
    shape: [usize; 2],
    bins: usize,
    toa: Coord,
    spectra: Vec<Spectrum>,
    /// Regions changed since the last results.
    is_changed: bool,
    /// There were results, with or without regions.
    has_published: bool,
    /// Slots that have passed since the last results.
    slots: usize,
    /// Where the next window starts; none when it is the slot's.
    window_start: Option<TimeInterval>,
    /// Regions that are left out, since their units do not convert into the image's.
    left_out: usize,
}

/// One region.
struct Spectrum {
    region: RegionId,
    shape: Shape,
    /// What its next window is of; none while nobody knows what had been counted when that began.
    window: Option<Window>,
}

/// A shape that a region has or had.
#[derive(Clone)]
struct Shape {
    label: Label,
    /// Its pixels, as stretches of the table's rows.
    pixels: Arc<[Range<usize>]>,
}

/// A window that goes on.
struct Window {
    shape: Shape,
    /// Counts in the shape when it began.
    start: Vec<u64>,
}

/// What was counted in several shapes, one after the other.
#[derive(Default)]
struct Rows {
    labels: Vec<Label>,
    counts: Vec<u64>,
}

/// What every detector view with two axes produces of its regions.
pub(in crate::reduce) fn region_views() -> OutputView {
    let dims = [REGION_DIM, TOA_DIM].map(str::to_owned);
    REGION_SPECTRA.declare(&dims, &Unit::counts())
}

impl RegionSpectra {
    /// No regions yet; none at all on what is no image.
    pub(super) fn new(panel: &Panel, edges: &ToaEdges) -> Option<Self> {
        let [rows, columns] = panel.shape[..] else {
            return None;
        };
        let [toa] = Axes::time_of_arrival(edges).into_coords().try_into().ok()?;
        Some(Self {
            shape: [rows, columns],
            bins: Coord::len(&toa),
            toa,
            spectra: Vec::new(),
            is_changed: true,
            has_published: false,
            slots: 0,
            window_start: None,
            left_out: 0,
        })
    }

    /// These are the regions from now on.
    pub(super) fn set(&mut self, regions: &[Region]) {
        let index = Unit::dimensionless();
        let on_image = |region| Some((region, Region::area_in(region, [&index, &index])?));
        let fitting: Vec<(&Region, Area)> = regions.iter().filter_map(on_image).collect();
        self.left_out = regions.len() - fitting.len();
        let before = std::mem::take(&mut self.spectra).into_iter();
        let windows = before.filter_map(|it| Some((it.region, it.window?)));
        let mut windows: BTreeMap<RegionId, Window> = windows.collect();
        for (region, area) in fitting {
            let shape = Shape::of(region, &area, self.shape);
            let window = if self.has_published {
                windows.remove(&region.id).map(|it| it.named_as(&shape))
            } else {
                // Nothing had been counted in any shape when the first window began.
                Some(shape.window_from(vec![0; self.bins]))
            };
            self.spectra.push(Spectrum {
                region: region.id,
                shape,
                window,
            });
        }
        self.is_changed = true;
    }

    /// Results at the end of a slot, out of `table`; none in slots that are skipped to bound the cost.
    pub(super) fn publish(&mut self, table: &[u32], span: &Span) -> Vec<(&'static str, DataArray)> {
        let window_start = *self.window_start.get_or_insert(span.window);
        self.slots += 1;
        let is_told = self.spectra.is_empty() && !self.is_changed;
        if is_told || self.slots < self.slots_needed() {
            return Vec::new();
        }
        let time = TimeInterval {
            start: window_start.start.min(span.window.start),
            end: span.window.end,
        };
        let sums = self.sums(table);
        let windows = self.take_windows(table, &sums);
        let mut results = vec![(
            REGION_SPECTRA.cumulative,
            self.array(sums, span.since_start),
        )];
        // Without any window, those of before stand until the first one is whole.
        if self.spectra.is_empty() || !windows.labels.is_empty() {
            results.push((REGION_SPECTRA.window, self.array(windows, time)));
        }
        self.is_changed = false;
        self.has_published = true;
        self.slots = 0;
        self.window_start = None;
        results
    }

    /// Results for regions that changed after the last ones, when nothing was counted since; there are no new windows.
    pub(super) fn publish_changed(
        &mut self,
        table: &[u32],
        span: &Span,
    ) -> Vec<(&'static str, DataArray)> {
        if !std::mem::take(&mut self.is_changed) {
            return Vec::new();
        }
        let sums = self.sums(table);
        // Nothing was counted in the windows that go on, unless slots were skipped: they begin here in the new shapes.
        if self.slots == 0 {
            self.take_windows(table, &sums);
        }
        vec![(
            REGION_SPECTRA.cumulative,
            self.array(sums, span.since_start),
        )]
    }

    /// What a person should know of the regions.
    pub(super) fn warning(&self) -> Option<&'static str> {
        (self.left_out > 0).then_some(
            "a region's units do not convert into those of the image: draw it anew to have its spectrum",
        )
    }

    /// How many slots share the cost of one result.
    fn slots_needed(&self) -> usize {
        let shapes = self.spectra.iter().flat_map(|it| {
            let of_window = it.window.iter().map(|window| &window.shape);
            let other = of_window.filter(|shape| !shape.is_same(&it.shape));
            other.chain([&it.shape])
        });
        let pixels = shapes.flat_map(|shape| &*shape.pixels);
        let counters: usize = pixels.map(|it| it.len() * self.bins).sum();
        counters.div_ceil(COUNTERS_PER_SLOT).max(1)
    }

    /// Counts of all regions since the beginning, in the shapes that they have.
    fn sums(&self, table: &[u32]) -> Rows {
        let mut sums = Rows::default();
        for spectrum in &self.spectra {
            sums.labels.push(spectrum.shape.label.clone());
            sums.counts.extend(spectrum.shape.counts(table, self.bins));
        }
        sums
    }

    /// Counts of all windows that went on. The next ones begin now, at `sums`.
    fn take_windows(&mut self, table: &[u32], sums: &Rows) -> Rows {
        let bins = self.bins;
        let mut windows = Rows::default();
        for (spectrum, sum) in self.spectra.iter_mut().zip(sums.counts.chunks_exact(bins)) {
            let next = spectrum.shape.window_from(sum.to_vec());
            let Some(window) = spectrum.window.replace(next) else {
                continue;
            };
            let Window { shape, start } = window;
            let mut add = |end: &[u64]| {
                let pairs = end.iter().zip(&start);
                windows.counts.extend(pairs.map(|(end, start)| end - start));
            };
            if shape.is_same(&spectrum.shape) {
                add(sum);
            } else {
                add(&shape.counts(table, bins));
            }
            windows.labels.push(shape.label);
        }
        windows
    }

    fn array(&self, rows: Rows, time: TimeInterval) -> DataArray {
        let regions = Coord {
            dim: REGION_DIM.into(),
            label: "Region".into(),
            unit: Unit::dimensionless(),
            values: CoordValues::Labels(rows.labels.into()),
        };
        let axes = Axes::new(vec![regions, self.toa.clone()], Unit::counts());
        axes.array("Counts", Values::U64(rows.counts), time)
    }
}

impl Shape {
    fn of(region: &Region, area: &Area, image: [usize; 2]) -> Self {
        Self {
            label: label(region, area),
            pixels: pixels_in(area, image).into(),
        }
    }

    /// A window of this shape that begins at `start`.
    fn window_from(&self, start: Vec<u64>) -> Window {
        Window {
            shape: self.clone(),
            start,
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        self.label.edition == other.label.edition
    }

    /// What `table` has in it.
    fn counts(&self, table: &[u32], bins: usize) -> Vec<u64> {
        let mut counts = vec![0; bins];
        for pixels in &*self.pixels {
            add_rows(&mut counts, &table[pixels.start * bins..pixels.end * bins]);
        }
        counts
    }
}

impl Window {
    /// The same under the name and in the colour that its region has now.
    fn named_as(mut self, shape: &Shape) -> Self {
        self.shape.label = Label {
            edition: self.shape.label.edition,
            ..shape.label.clone()
        };
        self
    }
}

fn add_rows(sum: &mut [u64], rows: &[u32]) {
    for row in rows.chunks_exact(sum.len()) {
        for (sum, count) in sum.iter_mut().zip(row) {
            *sum += u64::from(*count);
        }
    }
}

/// The name of a region whose spectrum is that of `area`.
fn label(region: &Region, area: &Area) -> Label {
    Label {
        name: region.name.as_str().into(),
        colour: Some(region.colour),
        edition: region.edition(area),
        since: None,
    }
}

/// The pixels whose middles, whole numbers on both axes, lie in an area.
fn pixels_in(area: &Area, [rows, columns]: [usize; 2]) -> Vec<Range<usize>> {
    let [x, y] = area.bounds();
    let within = |[low, high]: [f64; 2], len: usize| {
        let first = low.ceil().max(0.0) as usize;
        let end = (high.floor() + 1.0).clamp(0.0, len as f64) as usize;
        first.min(end)..end
    };
    let mut pixels: Vec<Range<usize>> = Vec::new();
    for row in within(y, rows) {
        let line = area.line(row as f64);
        for column in within(x, columns).filter(|column| line.contains(*column as f64)) {
            let pixel = row * columns + column;
            match pixels.last_mut() {
                Some(stretch) if stretch.end == pixel => stretch.end += 1,
                _ => pixels.push(pixel..pixel + 1),
            }
        }
    }
    pixels
}

#[cfg(test)]
mod tests;
