//! What every image of a detector is counted by.

use super::{Counts, CountsSince};
use crate::wire::I32s;

/// Counts events by the pixel they came from. Images are row-major as the pixel ids run.
pub trait CountPixels: Send {
    /// Counts events by their pixel ids and times of flight in ns; both have the same length.
    fn add(&mut self, pixel_id: &I32s<'_>, tof_ns: &I32s<'_>);

    /// The image since the last call, which starts anew.
    fn take_window(&mut self) -> (Vec<u32>, Counts);

    /// The sum of all windows taken so far.
    fn sum(&self) -> &[u64];

    /// Numbers of events since the last look and since the beginning.
    fn counts(&self) -> &CountsSince;

    /// Events whose pixel id does not belong to the detector.
    fn unmapped(&self) -> u64;

    /// Counts since the beginning by pixel and bin, row-major, where they are kept.
    fn table(&mut self) -> Option<&[u32]> {
        None
    }

    /// Events that met a full counter, which images do not have.
    fn saturated(&self) -> u64 {
        0
    }
}
