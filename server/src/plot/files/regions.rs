//! Regions of interest in files of the facility's own dashboard. There they are parameters of a layer, here they belong to
//! the images of a source, whoever looks at them.

use serde_json::{Map, Value};
use shared::data::Unit;
use shared::id::{RegionId, WorkflowId};
use shared::job::Workflow;
use shared::plot::Area;
use shared::region::{Region, free_look};

use super::livedata::value_at;

/// Their plotters of regions.
const PLOTTERS: [&str; 4] = [
    "rectangles_readback",
    "polygons_readback",
    "rectangles_request",
    "polygons_request",
];

pub(super) fn are_drawn_by(plotter: &str) -> bool {
    PLOTTERS.contains(&plotter)
}

/// Takes the regions out of a layer of theirs, which itself has no counterpart.
pub(super) fn take<'a>(
    plotter: &str,
    layer: &Map<String, Value>,
    find: &impl Fn(&WorkflowId) -> Option<&'a Workflow>,
    regions: &mut Vec<Region>,
    remarks: &mut Vec<String>,
) {
    remarks.push(format!(
        "Layers of {plotter} are left out: an image shows and edits the regions of its data itself."
    ));
    let text = layer
        .get("params")
        .and_then(|it| value_at(it, "geometry/coordinates"))
        .and_then(Value::as_str)
        .unwrap_or_default();
    if text.trim().is_empty() {
        return;
    }
    let Some(areas) = areas(text) else {
        let remark = format!("The regions {text} are left out: these are no coordinates.");
        return remarks.push(remark);
    };
    let sources = sources(layer, find);
    if sources.is_empty() {
        let remark =
            format!("The regions {text} are left out: there is nothing here that they lie on.");
        return remarks.push(remark);
    }
    for (workflow, source) in sources {
        for area in &areas {
            add(regions, (&workflow, &source), area);
        }
        remarks.push(format!(
            "The regions {text} of {source} come along: everybody sees them on its images, and they have its spectra."
        ));
    }
}

/// Puts a region on the images of a source. The same one twice, from several layers or from a file that is read again,
/// is one.
fn add(regions: &mut Vec<Region>, (workflow, source): (&WorkflowId, &str), area: &Area) {
    let id = RegionId::derived(&format!("{workflow} {source} {area:?}"));
    if regions.iter().any(|it| it.id == id) {
        return;
    }
    let beside = regions
        .iter()
        .filter(|it| it.workflow == *workflow && it.source == source);
    let (name, colour) = free_look(beside);
    regions.push(Region {
        id,
        workflow: workflow.clone(),
        source: source.to_owned(),
        name,
        colour,
        area: area.clone(),
        // Bare numbers, which are meant on the axes of the view.
        units: [Unit::dimensionless(), Unit::dimensionless()],
        changed_by: "a file".to_owned(),
    });
}

/// What is known here of where a layer has its data from.
fn sources<'a>(
    layer: &Map<String, Value>,
    find: &impl Fn(&WorkflowId) -> Option<&'a Workflow>,
) -> Vec<(WorkflowId, String)> {
    let primary = layer.get("data_sources").and_then(|it| it.get("primary"));
    let id = primary.and_then(|it| it.get("workflow_id")?.as_str()?.parse().ok());
    let Some(workflow) = id.and_then(|id| find(&id)) else {
        return Vec::new();
    };
    let names = primary.and_then(|it| it.get("source_names")?.as_array());
    let names = names.into_iter().flatten().filter_map(Value::as_str);
    let known = names.filter(|name| workflow.sources.iter().any(|it| it.name == *name));
    known
        .map(|name| (workflow.id.clone(), name.to_owned()))
        .collect()
}

/// Rectangles as `[x0,y0,x1,y1], …`, polygons as `[[x,y],…], …`; none when it is anything else.
fn areas(text: &str) -> Option<Vec<Area>> {
    let listed: Vec<Value> = serde_json::from_str(&format!("[{text}]")).ok()?;
    let area = |value: Value| {
        let area = if let Ok([x0, y0, x1, y1]) = serde_json::from_value::<[f64; 4]>(value.clone()) {
            Area::Rectangle {
                x: [x0.min(x1), x0.max(x1)],
                y: [y0.min(y1), y0.max(y1)],
            }
        } else {
            let vertices = serde_json::from_value(value).ok()?;
            Area::Polygon { vertices }
        };
        area.check().is_ok().then_some(area)
    };
    listed.into_iter().map(area).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_read_in_either_form() {
        let rectangle = |x, y| Area::Rectangle { x, y };
        assert_eq!(
            areas("[5,5,20,20], [9,1,2,3]"),
            Some(vec![
                rectangle([5.0, 20.0], [5.0, 20.0]),
                rectangle([2.0, 9.0], [1.0, 3.0])
            ])
        );
        let vertices = vec![[0.0, 0.0], [2.0, 0.5], [1.0, 3.0]];
        assert_eq!(
            areas("[[0,0],[2,0.5],[1,3]]"),
            Some(vec![Area::Polygon { vertices }])
        );
        for text in ["5,5,20,20", "[5,5,20]", "[[0,0],[1,1]]", "[5,5,5,9]", "["] {
            assert_eq!(areas(text), None, "{text}");
        }
    }
}
