//! The newest data of a layer for scripts: JSON and CSV.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};
use shared::data::{Coord, CoordValues, DataArray};
use shared::id::LayerId;
use shared::version::Stamp;

use super::plotters::{Input, Inputs};

/// `{layer, stamp, data_time_ns, arrays: [{name, dims, shape, unit, values, coords}]}`; values row-major, NaN as null.
pub fn json(layer: LayerId, stamp: Stamp, inputs: &Inputs) -> Value {
    let all = || inputs.0.values().flatten();
    json!({
        "layer": layer,
        "stamp": stamp,
        "data_time_ns": all().map(|input| input.data.time.end).max(),
        "arrays": all().map(array).collect::<Vec<_>>(),
    })
}

fn array(input: &Input) -> Value {
    let data = &input.data;
    let coords: Map<String, Value> = data
        .coords
        .iter()
        .map(|coord| (coord.dim.to_string(), coord_json(coord)))
        .collect();
    json!({
        "name": input.title,
        "source": input.key.source,
        "output": input.key.output,
        "label": data.label,
        "dims": data.coords.iter().map(|coord| &coord.dim).collect::<Vec<_>>(),
        "shape": data.shape(),
        "unit": data.unit,
        "values": data.values,
        "start_time_ns": data.time.start,
        "end_time_ns": data.time.end,
        "coords": coords,
    })
}

fn coord_json(coord: &Coord) -> Value {
    let values = match &coord.values {
        CoordValues::Linear { start, step, len } => json!(
            (0..*len)
                .map(|i| start + i as f64 * step)
                .collect::<Vec<_>>()
        ),
        CoordValues::Points(values) | CoordValues::Edges(values) => json!(values),
        CoordValues::Times(times) => json!(times),
    };
    json!({"unit": coord.unit, "values": values, "edges": matches!(coord.values, CoordValues::Edges(_))})
}

/// One row per element: the source, the centre of each coordinate, the value; numbers in full precision.
pub fn csv(inputs: &Inputs) -> String {
    let mut out = String::new();
    for input in inputs.0.values().flatten() {
        csv_array(&mut out, input);
    }
    out
}

fn csv_array(out: &mut String, input: &Input) {
    let data = &input.data;
    let header = data
        .coords
        .iter()
        .map(|coord| named(&coord.label, coord.unit.symbol()));
    let value = named(&data.label, data.unit.symbol());
    let columns: Vec<String> = std::iter::once("source".to_owned())
        .chain(header)
        .chain([value])
        .collect();
    out.push_str(
        &columns
            .iter()
            .map(|column| quoted(column))
            .collect::<Vec<_>>()
            .join(","),
    );
    out.push('\n');
    for index in 0..data.values.len() {
        out.push_str(&quoted(&input.title));
        for centre in centres(data, index) {
            write!(out, ",{centre}").expect("writing to memory cannot fail");
        }
        writeln!(out, ",{}", data.values.get(index)).expect("writing to memory cannot fail");
    }
}

/// The coordinates of element `index` of a row-major array.
fn centres(data: &DataArray, index: usize) -> Vec<f64> {
    let mut rest = index;
    let mut centres: Vec<f64> = data
        .coords
        .iter()
        .rev()
        .map(|coord| {
            let position = rest % coord.len().max(1);
            rest /= coord.len().max(1);
            coord.centre(position)
        })
        .collect();
    centres.reverse();
    centres
}

fn named(label: &str, unit: &str) -> String {
    if unit.is_empty() {
        label.to_owned()
    } else {
        format!("{label} [{unit}]")
    }
}

/// A field as RFC 4180 writes it. A text that a spreadsheet would run as a formula is written as text.
fn quoted(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '-', '@']);
    let field = if formula {
        format!("'{field}")
    } else {
        field.to_owned()
    };
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        assert_eq!(quoted("Panel 0"), "Panel 0");
        assert_eq!(quoted("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(quoted("=1+1"), "'=1+1");
    }
}
