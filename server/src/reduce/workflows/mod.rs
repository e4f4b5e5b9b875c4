//! The kinds of reduction, one per file. A new one is a file here and a line in the registry.

mod area_view;
mod detector_view;
mod layers;
mod monitor_histogram;
mod timeseries;
mod total_counts;

pub(super) use area_view::AreaView;
pub(super) use detector_view::DetectorView;
pub(super) use layers::Layers;
pub(super) use monitor_histogram::MonitorHistogram;
pub(super) use timeseries::Timeseries;
pub(super) use total_counts::TotalCounts;
