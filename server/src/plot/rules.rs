//! Which plotter draws which output, told from declarations before data exist.

use shared::job::OutputInfo;
use shared::topology::JsonText;

use super::plotters;
use crate::instrument::Layer;

/// What is wrong with a layer that shows one of `outputs`: under which key of the instrument file, and what to do.
pub fn layer_problem(layer: &Layer, outputs: &[&OutputInfo]) -> Option<(&'static str, String)> {
    let (workflow, plotter) = (&layer.workflow, layer.plotter.as_str());
    let Some(output) = outputs.iter().find(|output| output.name == layer.output) else {
        let known: Vec<_> = outputs.iter().map(|output| output.name.as_str()).collect();
        let message = format!(
            "workflow {workflow:?} has no output {:?}; use one of {}",
            layer.output,
            known.join(", ")
        );
        return Some(("output", message));
    };
    let fitting: Vec<_> = plotters::compatible(output).collect();
    if !fitting.contains(&plotter) {
        let message = format!(
            "{plotter} cannot draw {:?} with its {} dimensions; use {}",
            layer.output,
            output.dims.len(),
            fitting.join(" or ")
        );
        return Some(("plotter", message));
    }
    let params = JsonText::new(layer.params.clone());
    let error = plotters::make(plotter, &params).err()?;
    Some(("params", error.to_string()))
}
