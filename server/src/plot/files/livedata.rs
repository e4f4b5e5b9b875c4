//! Grid files of the facility's own live-data dashboard, told in our words. What has no counterpart is remarked.
//!
//! There a layer names a *view*, and a parameter says which flavour of it is meant; here it names the output.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use shared::id::WorkflowId;
use shared::job::{Temporality, Workflow};
use shared::region::Region;

use super::regions;
use crate::plot::plotters;

/// Parameters that have a counterpart: theirs and ours, each group and field. Of several the first that a plotter has.
const MOVED: [[&str; 2]; 31] = [
    ["time_window/window_duration_seconds", "window/seconds"],
    ["time_window/aggregation", "window/aggregation"],
    ["rate/normalize_to_rate", "rate/per_second"],
    ["line/mode", "style/mode"],
    ["line/errors", "style/errors"],
    ["orientation/horizontal", "style/horizontal"],
    ["format/notation", "style/notation"],
    ["format/precision", "style/precision"],
    ["bins/x_bins", "x_bins"],
    ["bins/y_bins", "y_bins"],
    ["normalization/per_second", "values/per_second"],
    ["flatten/axis_x_dims", "x_dims"],
    ["flatten/transpose_x_flatten", "reverse_x"],
    ["flatten/transpose_y_flatten", "reverse_y"],
    ["flatten/transpose", "transpose"],
    ["geometry/coordinates", "coordinates"],
    ["geometry/positions", "positions"],
    ["style/color", "line/colour"],
    ["style/line_width", "line/width"],
    ["style/line_dash", "line/dash"],
    // How opaque a rectangle is filled; of what has no inside, how opaque it is drawn.
    ["style/alpha", "fill"],
    ["style/alpha", "line/opacity"],
    ["plot_scale/x_scale", "axes/x"],
    ["plot_scale/y_scale", "axes/y"],
    ["plot_scale/color_scale", "axes/colour"],
    ["plot_scale/color_min", "axes/colour_min"],
    ["plot_scale/color_max", "axes/colour_max"],
    ["plot_aspect/aspect_type", "axes/shape"],
    ["plot_aspect/ratio", "axes/ratio"],
    ["ticks/xticks", "axes/x_labels"],
    ["ticks/yticks", "axes/y_labels"],
];

/// What parameters that have a counterpart are where nobody asked for anything.
const USUAL: [[&str; 2]; 4] = [
    ["plot_aspect/aspect_type", "Free"],
    ["plot_scale/x_scale", "linear"],
    ["plot_scale/y_scale", "linear"],
    ["plot_scale/color_scale", "log"],
];

/// The same of those that have none.
const UNKNOWN: [[&str; 2]; 2] = [
    ["layout/combine_mode", "overlay"],
    ["downsampling/fine_period_seconds", "1.0"],
];

/// Parameters that count only where another one begins with a text.
const SWITCHED: [[&str; 3]; 5] = [
    [
        "plot_scale/color_min",
        "plot_scale/manual_color_limits",
        "true",
    ],
    [
        "plot_scale/color_max",
        "plot_scale/manual_color_limits",
        "true",
    ],
    ["plot_aspect/ratio", "plot_aspect/aspect_type", "Fixed "],
    ["ticks/xticks", "ticks/custom_xticks", "true"],
    ["ticks/yticks", "ticks/custom_yticks", "true"],
];

/// Views that are called otherwise there.
const VIEWS: [[&str; 2]; 2] = [
    ["total_counts", "counts_total"],
    ["total_in_range", "counts_in_toa_range"],
];

/// Puts a grid of theirs into our words; one of ours stays as it is. Returns the regions of interest that it brings.
pub(super) fn translate<'a>(
    grid: &mut Value,
    find: &impl Fn(&WorkflowId) -> Option<&'a Workflow>,
    remarks: &mut Vec<String>,
) -> Vec<Region> {
    let mut regions = Vec::new();
    let cells = grid.get_mut("cells").and_then(Value::as_array_mut);
    for cell in cells.into_iter().flatten() {
        let Some(cell) = cell.as_object_mut() else {
            continue;
        };
        if let Some(title) = cell.remove("user_title") {
            cell.insert("title".to_owned(), title);
        }
        if let Some(Value::Array(layers)) = cell.get_mut("layers") {
            for layer in std::mem::take(layers) {
                layers.extend(translated(layer, find, &mut regions, remarks));
            }
        }
    }
    // What holds for many layers is said once.
    let mut said = BTreeSet::new();
    remarks.retain(|remark| said.insert(remark.clone()));
    regions
}

/// One layer in our words; none when it has no counterpart.
fn translated<'a>(
    layer: Value,
    find: &impl Fn(&WorkflowId) -> Option<&'a Workflow>,
    regions: &mut Vec<Region>,
    remarks: &mut Vec<String>,
) -> Option<Value> {
    let Value::Object(mut theirs) = layer else {
        return Some(layer);
    };
    let Some(Value::String(plotter)) = theirs.remove("plot_name") else {
        return Some(Value::Object(theirs));
    };
    if regions::are_drawn_by(&plotter) {
        regions::take(&plotter, &theirs, find, regions, remarks);
        return None;
    }
    let params = theirs.remove("params").unwrap_or_else(|| json!({}));
    let mut ours = Map::new();
    let mut sources = Map::new();
    if let Some(Value::Object(named)) = theirs.remove("data_sources") {
        for (role, source) in named {
            match source_of(source, &params, find) {
                Source::Data(source) => drop(sources.insert(role, source)),
                Source::Geometry(title) => drop(ours.insert("title".to_owned(), title)),
            }
        }
    }
    ours.insert("params".to_owned(), params_of(&plotter, &params, remarks));
    ours.insert("plotter".to_owned(), Value::String(plotter));
    ours.insert("sources".to_owned(), Value::Object(sources));
    // What is left is not of their form: it is told as ours would be.
    ours.extend(theirs);
    Some(Value::Object(ours))
}

/// Where a layer has its data from, if from anywhere: lines that stand still are a "workflow" there, too.
enum Source {
    Data(Value),
    Geometry(Value),
}

fn source_of<'a>(
    source: Value,
    params: &Value,
    find: &impl Fn(&WorkflowId) -> Option<&'a Workflow>,
) -> Source {
    let Value::Object(mut theirs) = source else {
        return Source::Data(source);
    };
    let workflow = theirs.remove("workflow_id").unwrap_or_default();
    let view = theirs.remove("view_name").unwrap_or_default();
    let id = workflow.as_str().unwrap_or_default();
    if id.starts_with("static/") {
        return Source::Geometry(view);
    }
    let known = id.parse().ok().and_then(|id| find(&id));
    let output = known.and_then(|it| output_of(it, view.as_str()?, is_since_start(params)));
    let mut ours = Map::new();
    ours.insert("output".to_owned(), output.map_or(view, Value::from));
    ours.insert("workflow".to_owned(), workflow);
    ours.insert(
        "sources".to_owned(),
        theirs.remove("source_names").unwrap_or_default(),
    );
    ours.extend(theirs);
    Source::Data(Value::Object(ours))
}

/// The output of a view that counts since the start, or the one that does not.
fn output_of<'a>(workflow: &'a Workflow, view: &str, since_start: bool) -> Option<&'a str> {
    let named = |name: &str| workflow.views.iter().find(|it| it.name == name);
    let alias = || VIEWS.iter().find(|[theirs, _]| *theirs == view);
    let view = named(view).or_else(|| named(alias()?[1]))?;
    let is_wanted = |cumulative| (cumulative == Temporality::Cumulative) == since_start;
    let fitting = view.outputs.iter().find(|it| is_wanted(it.temporality));
    let output = fitting.or_else(|| view.outputs.first())?;
    Some(&output.name)
}

fn is_since_start(params: &Value) -> bool {
    value_at(params, "time_window/mode") == Some(&json!("since_start"))
        || value_at(params, "accumulation/cumulative") == Some(&json!(true))
}

pub(super) fn value_at<'v>(params: &'v Value, path: &str) -> Option<&'v Value> {
    params.pointer(&format!("/{path}"))
}

/// A value in our words.
fn renamed(value: &Value) -> Value {
    match value {
        Value::String(dash) if dash == "dotdash" => "dash_dot".into(),
        Value::String(shape) if shape == "Square" || shape == "Equal" => {
            shape.to_lowercase().into()
        }
        Value::String(shape) if shape == "Fixed plot aspect ratio" => "frame".into(),
        Value::String(shape) if shape == "Fixed data aspect ratio" => "data".into(),
        // Dimensions by number.
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(Value::to_string).collect();
            items.join(", ").into()
        }
        _ => value.clone(),
    }
}

/// A parameter as text.
fn text_of(theirs: &Value, path: &str) -> Option<String> {
    let value = value_at(theirs, path)?;
    let text = value.as_str().map(str::to_owned);
    Some(text.unwrap_or_else(|| value.to_string()))
}

/// Whether somebody asked for the value of a parameter that has a counterpart.
fn is_asked(theirs: &Value, path: &str) -> bool {
    let is =
        |path: &str, test: &dyn Fn(&str) -> bool| text_of(theirs, path).is_some_and(|it| test(&it));
    let is_usual = USUAL
        .iter()
        .any(|it| it[0] == path && is(path, &|text| text == it[1]));
    let is_off = SWITCHED
        .iter()
        .any(|[of, switch, on]| *of == path && !is(switch, &|text| text.starts_with(on)));
    // A view since the start has no window.
    let is_void = path.starts_with("time_window/") && is_since_start(theirs);
    !(is_usual || is_off || is_void)
}

/// The parameters that the plotter has here, too.
fn params_of(plotter: &str, theirs: &Value, remarks: &mut Vec<String>) -> Value {
    for [path, usual] in UNKNOWN {
        if let Some(text) = text_of(theirs, path).filter(|it| it != usual) {
            let name = path.replace('/', ".");
            remarks.push(format!(
                "{name}: {text} is left out: there is nothing like it here."
            ));
        }
    }
    let mut ours = json!({});
    let Ok(info) = plotters::info(plotter) else {
        return ours;
    };
    let mut moved = BTreeSet::new();
    for [from, to] in MOVED {
        let (group, field) = to.split_once('/').unwrap_or(("", to));
        let mut groups = info.schema.groups.iter();
        let fields = groups.find(|it| it.name == group).map(|it| &it.fields);
        let Some(known) = fields.and_then(|it| it.iter().find(|it| it.name == field)) else {
            continue;
        };
        if let Some(value) = value_at(theirs, from)
            && is_asked(theirs, from)
            && moved.insert(from)
            && *value != known.default
        {
            let values = if group.is_empty() {
                &mut ours
            } else {
                &mut ours[group]
            };
            values[field] = renamed(value);
        }
    }
    ours
}
