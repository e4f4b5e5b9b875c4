//! The plot that an image with regions offers: their spectra.

use std::collections::BTreeMap;

use shared::id::{CellId, GridId, JobId, LayerId};
use shared::job::{OutputInfo, Temporality, Workflow};
use shared::region::REGION_DIM;
use shared::topology::{
    Arrangement, Cell, CellGeometry, DataRole, DataSource, JsonText, Layer, LayerConfig,
};

/// The output with the spectra of everything accumulated, by name and title; none where there is no such output.
pub(crate) fn spectra_output(workflow: &Workflow) -> Option<(String, String)> {
    let mut outputs = workflow.outputs();
    let is_it = |it: &&OutputInfo| {
        it.dims.first().is_some_and(|dim| dim == REGION_DIM)
            && it.temporality == Temporality::Cumulative
    };
    let output = outputs.find(is_it)?;
    Some((output.name.clone(), output.title.clone()))
}

/// Puts a plot of spectra into a free place of a grid.
pub(crate) fn plot_spectra(
    arrangement: &mut Arrangement,
    (grid, geometry): (GridId, CellGeometry),
    job: JobId,
    (output, title): (String, String),
) {
    let cell = CellId::random();
    let source = DataSource {
        workflow: job.workflow,
        output,
        sources: vec![job.source],
    };
    let layer = Layer {
        hidden: false,
        id: LayerId::random(),
        cell,
        order: 0,
        title,
        config: LayerConfig {
            plotter: "lines".to_owned(),
            sources: BTreeMap::from([(DataRole::Primary, source)]),
            params: JsonText::empty(),
        },
    };
    let cell = Cell {
        id: cell,
        grid,
        geometry,
        title: None,
    };
    arrangement.cells.insert(cell.id, cell);
    arrangement.layers.insert(layer.id, layer);
}
