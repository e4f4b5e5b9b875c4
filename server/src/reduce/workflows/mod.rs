//! The kinds of reduction, one per file. A new one is a file here and a line in the registry.

mod area_view;
pub(super) mod detector_view;
pub(super) mod layers;
mod monitor_histogram;
mod pixel_view;
mod timeseries;
mod total_counts;

pub(super) use area_view::AreaView;
pub(super) use monitor_histogram::MonitorHistogram;
pub(super) use pixel_view::pixel_views;
pub(super) use timeseries::Timeseries;
pub(super) use total_counts::TotalCounts;
