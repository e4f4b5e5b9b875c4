//! Which pictures regions lie on: those of the plane that the regions of a workflow lie in, whatever plotter draws them.

use shared::job::Workflow;
use shared::plot::Cut;
use shared::topology::{DataRole, LayerConfig};

/// Whether a layer whose volume is cut so shows the plane of the regions of its workflow.
pub(super) fn is_of_regions(config: &LayerConfig, workflow: &Workflow, cut: Cut) -> bool {
    let source = config.sources.get(&DataRole::Primary);
    let output = source.and_then(|source| workflow.outputs().find(|it| it.name == source.output));
    let Some(output) = output else {
        return false;
    };
    // Others draw no values on two axes, or several dimensions along one of these.
    let [x, y] = match (config.plotter.as_str(), output.dims.len()) {
        ("image", 2) => [Some(1), Some(0)],
        ("slicer", 3) => cut.dims(),
        _ => [None, None],
    };
    let name = |dim: Option<usize>| Some(output.dims[dim?].as_str());
    let shown = name(y).zip(name(x));
    shown.is_some() && shown == workflow.region_plane()
}

#[cfg(test)]
mod tests {
    use shared::data::Unit;
    use shared::job::{OutputInfo, OutputView, Temporality};
    use shared::topology::{DataSource, JsonText};

    use super::*;

    fn workflow(outputs: &[&[&str]]) -> Workflow {
        let output = |dims: &&[&str]| OutputInfo {
            name: dims.concat(),
            title: String::new(),
            dims: dims.iter().map(|it| (*it).to_owned()).collect(),
            unit: Unit::counts(),
            temporality: Temporality::Cumulative,
        };
        Workflow {
            id: "dummy/w/1".parse().unwrap(),
            title: String::new(),
            description: String::new(),
            sources: Vec::new(),
            views: vec![OutputView {
                name: String::new(),
                title: String::new(),
                outputs: outputs.iter().map(output).collect(),
            }],
        }
    }

    fn shows(plotter: &str, output: &str, cut: Cut) -> bool {
        let outputs: [&[&str]; 5] = [
            &[],
            &["y", "x"],
            &["roi", "t"],
            &["t", "y", "x"],
            &["y", "x", "t"],
        ];
        shows_of(&outputs, plotter, output, cut)
    }

    fn shows_of(outputs: &[&[&str]], plotter: &str, output: &str, cut: Cut) -> bool {
        let workflow = workflow(outputs);
        let source = DataSource {
            workflow: workflow.id.clone(),
            output: output.to_owned(),
            sources: vec!["a".to_owned()],
        };
        let config = LayerConfig {
            plotter: plotter.to_owned(),
            sources: [(DataRole::Primary, source)].into(),
            params: JsonText::empty(),
        };
        is_of_regions(&config, &workflow, cut)
    }

    #[test]
    fn regions_lie_on_images_and_slices_of_their_plane() {
        let slice = |dim| Cut::Slice { dim, index: 3 };
        assert!(shows("image", "yx", slice(0)));
        assert!(!shows("image", "roit", slice(0)), "spectra by region");
        assert!(!shows("lines", "yx", slice(0)));
        assert!(!shows("image", "nothing", slice(0)));
        let planes = |output: &str| [0, 1, 2].map(|dim| shows("slicer", output, slice(dim)));
        assert_eq!(planes("tyx"), [true, false, false]);
        assert_eq!(planes("yxt"), [false, false, true]);
        for x_dim in 0..3 {
            assert!(!shows("slicer", "tyx", Cut::Flatten { x_dim }));
        }
    }

    #[test]
    fn without_a_plane_there_are_no_regions() {
        let slice = Cut::Slice { dim: 0, index: 3 };
        assert!(!shows_of(&[&[], &["t"]], "lines", "t", slice));
    }

    #[test]
    fn the_plane_of_a_volume_alone_is_that_of_its_inner_axes() {
        assert_eq!(
            workflow(&[&["layer", "y", "x"]]).region_plane(),
            Some(("y", "x"))
        );
        assert_eq!(workflow(&[&[], &["t"]]).region_plane(), None);
    }
}
