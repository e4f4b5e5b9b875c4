//! Files of the facility's own dashboard.

use shared::data::Unit;
use shared::plot::Area;
use shared::topology::CellGeometry;

use super::*;

#[test]
fn files_of_the_facilitys_dashboard_load() {
    let draft = only(include_str!("livedata.yaml"));
    let arrangement = arranged(&draft);
    let grid = draft.grid().expect("a grid");
    assert_eq!(
        (grid.title.as_str(), grid.nrows, grid.ncols),
        ("Detectors", 3, 2)
    );
    let place = CellGeometry {
        row: 0,
        col: 0,
        row_span: 2,
        col_span: 2,
    };
    let panel = arrangement
        .cells
        .values()
        .find(|it| it.geometry == place)
        .expect("the panel");
    assert_eq!(panel.title.as_deref(), Some("My panel"));
    let layers: Vec<_> = arrangement.layers_of(panel.id).collect();
    assert_eq!(layers.len(), 1, "regions are no layers");
    let source = layers[0].config.sources.values().next().expect("its data");
    assert_eq!(source.output, "current");
    let params = layers[0].config.params.object();
    assert_eq!(params["axes"], serde_json::json!({"shape": "square"}));

    let below = arrangement
        .cells
        .values()
        .find(|it| it.geometry.row == 2)
        .expect("the cell below");
    let mut layers: Vec<_> = arrangement.layers_of(below.id).collect();
    layers.sort_by_key(|it| it.order);
    let told = layers.iter().map(|it| it.config.plotter.as_str());
    assert_eq!(
        told.collect::<Vec<_>>(),
        ["correlation_histogram_1d", "vlines"]
    );
    let outputs = layers[0].config.sources.values();
    let outputs: Vec<_> = outputs.map(|it| it.output.as_str()).collect();
    assert_eq!(outputs, ["counts_total", "delta"]);
    assert_eq!(layers[1].title, "Limits");
}

#[test]
fn ratios_labels_and_limits_of_the_facilitys_dashboard_come_along() {
    let text = include_str!("livedata.yaml")
        .replace(
            "aspect_type: Square, ratio: 1.0",
            "aspect_type: Fixed data aspect ratio, ratio: 2.5",
        )
        .replace(
            "manual_color_limits: false, color_min: 0.0, color_max: 1.0",
            "manual_color_limits: true, color_min: 1.5, color_max: 90.0",
        )
        .replace(
            "custom_xticks: false, xticks: 5",
            "custom_xticks: true, xticks: 7",
        );
    let draft = only(&text);
    let arrangement = arranged(&draft);
    let mut layers = arrangement.layers.values();
    let image = layers
        .find(|it| it.config.plotter == "image")
        .expect("the panel");
    let expected = serde_json::json!({
        "shape": "data", "ratio": 2.5, "colour_min": 1.5, "colour_max": 90.0, "x_labels": 7,
    });
    assert_eq!(image.config.params.object()["axes"], expected);
    // As few as of the file without them: the three about regions.
    assert_eq!(draft.remarks.len(), 3, "{:?}", draft.remarks);
}

#[test]
fn regions_of_the_facilitys_dashboard_are_regions_here() {
    let draft = only(include_str!("livedata.yaml"));
    let regions: Vec<_> = arranged(&draft).regions.into_values().collect();
    let [region] = regions.as_slice() else {
        panic!("{regions:?}");
    };
    assert_eq!(
        (region.workflow.to_string(), region.source.as_str()),
        ("dummy/panel_0_xy/1".to_owned(), "panel_0")
    );
    let area = Area::Rectangle {
        x: [5.0, 20.0],
        y: [5.0, 20.0],
    };
    assert_eq!((&region.area, region.name.as_str()), (&area, "Region 1"));
    // Its bare numbers are meant on the axes of the view, whatever their units.
    for unit in ["", "mm", "m"].map(Unit::new) {
        assert_eq!(region.area_in([&unit, &unit]).as_ref(), Some(&area));
    }
    assert_eq!(draft.remarks.len(), 3, "{:?}", draft.remarks);
    assert!(draft.remarks[0].starts_with("Layers of rectangles_readback are left out"));
    assert!(draft.remarks[1].starts_with("Layers of rectangles_request are left out"));
    assert!(draft.remarks[2].starts_with("The regions [5,5,20,20] of panel_0 come along"));
    // Whoever reads the file again has no second one.
    let again = arranged(&only(include_str!("livedata.yaml"))).regions;
    assert_eq!(again.into_values().collect::<Vec<_>>(), regions);
    let elsewhere = include_str!("livedata.yaml").replace("[panel_0]", "[panel_9]");
    let draft = only(&elsewhere);
    assert!(arranged(&draft).regions.is_empty());
    let told = "The regions [5,5,20,20] are left out";
    assert!(draft.remarks.iter().any(|it| it.starts_with(told)));
}

#[test]
fn geometry_of_the_facilitys_dashboard_is_geometry_here() {
    let draft = only(include_str!("geometry.yaml"));
    assert_eq!(draft.remarks, Vec::<String>::new());
    let layers = arranged(&draft).layers;
    let params = |plotter: &str| {
        let layer = layers
            .values()
            .find(|it| it.config.plotter == plotter)
            .expect("it is there");
        assert!(layer.config.sources.is_empty());
        (
            layer.title.clone(),
            serde_json::Value::Object(layer.config.params.object().clone()),
        )
    };
    let line =
        serde_json::json!({"colour": "#ff0000", "width": 1.0, "dash": "dash_dot", "opacity": 0.7});
    let expected = (
        "Limits".to_owned(),
        serde_json::json!({"positions": "10, 20", "line": line}),
    );
    assert_eq!(params("vlines"), expected);
    let rectangles =
        serde_json::json!({"coordinates": "[5, 5, 20, 20]", "fill": 0.25, "line": {"width": 2.0}});
    assert_eq!(params("rectangles"), ("Beam stop".to_owned(), rectangles));
}
