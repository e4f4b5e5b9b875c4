//! What a layer is called that nobody named.

use shared::id::WorkflowId;
use shared::topology::{DataRole, LayerConfig};

use super::plotters;

/// A layer is called as the workflow whose data it shows, static geometry as its plotter. `titled` tells the titles of
/// workflows.
pub(super) fn default_title<'a>(
    config: &LayerConfig,
    titled: impl Fn(&WorkflowId) -> Option<&'a str>,
) -> String {
    let source = config.sources.get(&DataRole::Primary);
    let workflow = source.and_then(|source| titled(&source.workflow));
    workflow.map_or_else(|| plotter_title(&config.plotter), str::to_owned)
}

fn plotter_title(name: &str) -> String {
    plotters::info(name).map_or_else(|_| name.to_owned(), |it| it.title)
}

#[cfg(test)]
mod tests {
    use shared::topology::{DataSource, JsonText};

    use super::*;

    #[test]
    fn data_are_called_as_their_workflow_and_geometry_as_its_plotter() {
        let mut config = LayerConfig {
            plotter: "rectangles".to_owned(),
            sources: [].into(),
            params: JsonText::empty(),
        };
        let title =
            |config: &LayerConfig| default_title(config, |id| (id.version == 1).then_some("Panel"));
        assert_eq!(title(&config), "Rectangles");
        let source = DataSource {
            workflow: "dummy/panel_0_xy/1".parse().expect("an id"),
            output: "current".to_owned(),
            sources: vec!["panel_0".to_owned()],
        };
        config.sources.insert(DataRole::Primary, source);
        assert_eq!(title(&config), "Panel");
    }
}
