//! Spectra of the regions of interest on a detector's image, out of the histogram that is kept anyway: a region that is
//! drawn late has the spectrum of everything that was accumulated.
//!
//! A pixel belongs to a region if its middle does. Window spectra are differences of cumulative ones, so that both cost
//! the same, whatever the events.

use std::ops::Range;
use std::sync::Arc;

use shared::data::{Coord, CoordValues, DataArray, Label, Unit, Values};
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
    labels: Arc<[Label]>,
    /// Regions changed since the last results.
    is_changed: bool,
    /// Something was counted before the regions changed: their first window is not whole.
    is_partial: bool,
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
    /// Its pixels, as stretches of the table's rows.
    pixels: Vec<Range<usize>>,
    /// Counts at the last results.
    last: Vec<u64>,
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
            labels: [].into(),
            is_changed: true,
            is_partial: false,
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
        self.labels = fitting
            .iter()
            .map(|(region, area)| label(region, area))
            .collect();
        let spectrum = |(_, area): &(&Region, Area)| Spectrum {
            pixels: pixels_in(area, self.shape),
            last: vec![0; self.bins],
        };
        self.spectra = fitting.iter().map(spectrum).collect();
        self.is_changed = true;
        self.is_partial = self.has_published;
    }

    /// Results at the end of a slot, out of `table`; none in slots that are skipped to bound the cost.
    pub(super) fn publish(&mut self, table: &[u32], span: &Span) -> Vec<(&'static str, DataArray)> {
        let window_start = *self.window_start.get_or_insert(span.window);
        self.slots += 1;
        let is_told = self.spectra.is_empty() && !self.is_changed;
        if is_told || self.slots < self.slots_needed() {
            return Vec::new();
        }
        let window = TimeInterval {
            start: window_start.start.min(span.window.start),
            end: span.window.end,
        };
        let (sums, differences) = self.count(table);
        let mut results = vec![(
            REGION_SPECTRA.cumulative,
            self.array(sums, span.since_start),
        )];
        if !std::mem::take(&mut self.is_partial) {
            results.push((REGION_SPECTRA.window, self.array(differences, window)));
        }
        self.is_changed = false;
        self.has_published = true;
        self.slots = 0;
        self.window_start = None;
        results
    }

    /// Results for regions that changed after the last ones, when nothing was counted since; there is no new window.
    pub(super) fn publish_changed(
        &mut self,
        table: &[u32],
        span: &Span,
    ) -> Vec<(&'static str, DataArray)> {
        if !std::mem::take(&mut self.is_changed) {
            return Vec::new();
        }
        let (sums, _) = self.count(table);
        self.is_partial = false;
        self.slots = 0;
        self.window_start = None;
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
        let pixels = self.spectra.iter().flat_map(|it| &it.pixels);
        let counters: usize = pixels.map(|it| it.len() * self.bins).sum();
        counters.div_ceil(COUNTERS_PER_SLOT).max(1)
    }

    /// Counts of all regions since the beginning, and since the last call.
    fn count(&mut self, table: &[u32]) -> (Vec<u64>, Vec<u64>) {
        let bins = self.bins;
        let mut sums = Vec::with_capacity(self.spectra.len() * bins);
        let mut differences = Vec::with_capacity(sums.capacity());
        for spectrum in &mut self.spectra {
            let mut sum = vec![0; bins];
            for pixels in &spectrum.pixels {
                add_rows(&mut sum, &table[pixels.start * bins..pixels.end * bins]);
            }
            let pairs = sum.iter().zip(&spectrum.last);
            differences.extend(pairs.map(|(now, last)| now - last));
            sums.extend_from_slice(&sum);
            spectrum.last = sum;
        }
        (sums, differences)
    }

    fn array(&self, counts: Vec<u64>, time: TimeInterval) -> DataArray {
        let regions = Coord {
            dim: REGION_DIM.into(),
            label: "Region".into(),
            unit: Unit::dimensionless(),
            values: CoordValues::Labels(Arc::clone(&self.labels)),
        };
        let axes = Axes::new(vec![regions, self.toa.clone()], Unit::counts());
        axes.array("Counts", Values::U64(counts), time)
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
