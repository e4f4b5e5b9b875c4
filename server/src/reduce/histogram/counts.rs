//! Numbers of events, since the last look and in all.

/// How many events were counted, in the two flavours in which every count is published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Inside the edges of the histogram.
    pub total: u64,
    /// Of these, inside the chosen range.
    pub in_range: u64,
}

/// Counts since the last look, and since the beginning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CountsSince {
    /// Since the last [`Self::take_window`].
    pub window: Counts,
    /// Since the beginning, the window included.
    pub start: Counts,
}

impl CountsSince {
    /// Adds `counts` to both.
    pub fn add(&mut self, counts: Counts) {
        for part in [&mut self.window, &mut self.start] {
            part.total += counts.total;
            part.in_range += counts.in_range;
        }
    }

    /// The window's counts, which start anew.
    pub fn take_window(&mut self) -> Counts {
        std::mem::take(&mut self.window)
    }
}
