//! The parameters of each kind of workflow.

use serde::{Deserialize, Serialize};

use super::{ParamError, Params, ToaEdges, ToaRange};

/// Histograms over time of arrival: detector views and monitors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ToaParams {
    /// Bins of the histogram.
    pub toa_edges: ToaEdges,
    /// What images and counts in range are restricted to.
    pub toa_range: ToaRange,
}

impl Params for ToaParams {
    fn validate(&self) -> Result<(), ParamError> {
        let edges = self.toa_edges.validate();
        edges.map_err(|error| error.within("toa_edges"))?;
        let range = self.toa_range.validate();
        range.map_err(|error| error.within("toa_range"))
    }
}

/// Images on three axes, which keep no histogram.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LayersParams {
    /// What the images are restricted to.
    pub toa_range: ToaRange,
}

impl Params for LayersParams {
    fn validate(&self) -> Result<(), ParamError> {
        let range = self.toa_range.validate();
        range.map_err(|error| error.within("toa_range"))
    }
}

/// For workflows that have nothing to set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoParams {}

impl Params for NoParams {
    fn validate(&self) -> Result<(), ParamError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::TimeUnit;
    use crate::topology::JsonText;

    fn read(json: &str) -> Result<ToaParams, ParamError> {
        ToaParams::read(&serde_json::from_str::<JsonText>(json).unwrap())
    }

    #[test]
    fn what_is_left_out_takes_its_default() {
        assert_eq!(read("{}"), Ok(ToaParams::default()));
        let some = read(r#"{"toa_edges": {"num_bins": 7, "unit": "us"}}"#).unwrap();
        assert_eq!(some.toa_edges.num_bins, 7);
        assert_eq!(some.toa_edges.unit, TimeUnit::Us);
        assert_eq!(some.toa_edges.start, 0.0);
    }

    #[test]
    fn errors_name_the_path() {
        let error = read(r#"{"toa_edges": {"num_bins": 0}}"#).unwrap_err();
        assert_eq!(error.field, "toa_edges.num_bins");
        let error = read(r#"{"toa_edgse": {}}"#).unwrap_err();
        assert!(error.reason.contains("toa_edgse"), "{error}");
        assert!(NoParams::read(&serde_json::from_str(r#"{"a": 1}"#).unwrap()).is_err());
    }
}
