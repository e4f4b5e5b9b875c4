//! The newest data of a layer for scripts: JSON, CSV and Arrow. Nothing is copied on the way to text, and nothing longer than
//! the values is written, whatever shape they claim.

use std::collections::BTreeMap;
use std::fmt::{Display, Write as _};

use serde::{Serialize, Serializer};
use shared::data::{Coord, CoordValues, Unit, Values};
use shared::id::LayerId;
use shared::time::TimeNs;
use shared::version::Stamp;

use super::plotters::{Input, Inputs};

pub mod arrow;
mod shown;

pub use shown::shown;

/// `{layer, stamp, data_time_ns, arrays: [{name, dims, shape, unit, values, errors, coords}]}`; values row-major, NaN as null.
#[derive(Debug, Serialize)]
pub struct LayerData<'a> {
    layer: LayerId,
    stamp: Stamp,
    data_time_ns: Option<TimeNs>,
    arrays: Vec<Array<'a>>,
}

#[derive(Debug, Serialize)]
struct Array<'a> {
    name: &'a str,
    source: &'a str,
    output: &'a str,
    label: &'a str,
    dims: Vec<&'a str>,
    shape: Vec<usize>,
    unit: &'a Unit,
    values: &'a Values,
    /// Standard deviations; none where nothing is known of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<Vec<f64>>,
    start_time_ns: TimeNs,
    end_time_ns: TimeNs,
    coords: BTreeMap<&'a str, Axis<'a>>,
}

#[derive(Debug, Serialize)]
struct Axis<'a> {
    unit: &'a Unit,
    values: Positions<'a>,
    edges: bool,
}

#[derive(Debug)]
struct Positions<'a> {
    values: &'a CoordValues,
    /// As many elements as a dimension of the array can have.
    at_most: usize,
}

impl<'a> LayerData<'a> {
    /// The data of `layer` in the state `stamp`.
    pub fn new(layer: LayerId, stamp: Stamp, inputs: &'a Inputs) -> Self {
        Self {
            layer,
            stamp,
            data_time_ns: inputs.all().map(|input| input.data.time.end).max(),
            arrays: inputs.all().map(array).collect(),
        }
    }
}

fn array(input: &Input) -> Array<'_> {
    let data = &input.data;
    let axis = |coord| axis(coord, data.values.len());
    Array {
        name: &input.title,
        source: &input.key.source,
        output: &input.key.output,
        label: &data.label,
        dims: data.coords.iter().map(|coord| &*coord.dim).collect(),
        shape: data.shape(),
        unit: &data.unit,
        values: &data.values,
        errors: data.variances.as_deref().map(errors),
        start_time_ns: data.time.start,
        end_time_ns: data.time.end,
        coords: data.coords.iter().map(|it| (&*it.dim, axis(it))).collect(),
    }
}

fn errors(variances: &Values) -> Vec<f64> {
    variances.to_f64().into_iter().map(f64::sqrt).collect()
}

fn axis(coord: &Coord, at_most: usize) -> Axis<'_> {
    Axis {
        unit: &coord.unit,
        values: Positions {
            values: &coord.values,
            at_most,
        },
        edges: matches!(coord.values, CoordValues::Edges(_)),
    }
}

impl Serialize for Positions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.values {
            // The only positions that take no memory: beside no values, they may claim to be any number.
            CoordValues::Linear { start, step, len } => {
                let elements = 0..(*len).min(self.at_most);
                serializer.collect_seq(elements.map(|i| start + i as f64 * step))
            }
            CoordValues::Points(values) | CoordValues::Edges(values) => {
                serializer.collect_seq(values.iter())
            }
            CoordValues::Times(times) => serializer.collect_seq(times.iter()),
            CoordValues::Flat(parts) => {
                let len: usize = parts.iter().map(Coord::len).product();
                serializer.collect_seq(0..len.min(self.at_most))
            }
            CoordValues::Labels(labels) => {
                serializer.collect_seq(labels.iter().map(|label| &*label.name))
            }
        }
    }
}

/// One row per element: the source, where it is along each dimension, the value, its standard deviation where one is
/// known; numbers in full precision. Wherever the columns change, their names come first.
pub fn csv(inputs: &Inputs) -> String {
    let mut out = String::new();
    let mut columns = String::new();
    for input in inputs.all() {
        let header = csv_header(input);
        if columns != header {
            out.push_str(&header);
            columns = header;
        }
        csv_array(&mut out, input);
    }
    out
}

fn csv_header(input: &Input) -> String {
    let data = &input.data;
    let header = data
        .coords
        .iter()
        .map(|coord| named(&coord.label, coord.unit.symbol()));
    let value = named(&data.label, data.unit.symbol());
    let error = data.variances.is_some();
    let error = error.then(|| named("error", data.unit.symbol()));
    let columns: Vec<String> = std::iter::once("source".to_owned())
        .chain(header)
        .chain([value])
        .chain(error)
        .collect();
    let columns: Vec<String> = columns.iter().map(|column| quoted(column)).collect();
    format!("{}\n", columns.join(","))
}

fn csv_array(out: &mut String, input: &Input) {
    let data = &input.data;
    let source = quoted(&input.title);
    let errors = data.variances.as_deref().map(errors);
    for index in 0..data.values.len() {
        out.push_str(&source);
        let mut stride = data.values.len();
        for coord in &data.coords {
            let len = coord.len().max(1);
            stride /= len;
            out.push(',');
            write_position(out, coord, index / stride.max(1) % len);
        }
        out.push(',');
        write_number(out, number(&data.values, index));
        if let Some(errors) = &errors {
            out.push(',');
            write_number(out, &errors[index]);
        }
        out.push('\n');
    }
}

/// Where an element is: instants as whole nanoseconds, things by their names, bins at their middle.
fn write_position(out: &mut String, coord: &Coord, index: usize) {
    match &coord.values {
        CoordValues::Times(times) => write_number(out, &times[index]),
        CoordValues::Labels(labels) => out.push_str(&quoted(&labels[index].name)),
        CoordValues::Linear { .. }
        | CoordValues::Points(_)
        | CoordValues::Edges(_)
        | CoordValues::Flat(_) => write_number(out, &coord.centre(index)),
    }
}

/// An element as what it is: an integer above 2⁵³ would lose digits as a float, and a short float would gain some.
fn number(values: &Values, index: usize) -> &dyn Display {
    match values {
        Values::U8(all) => &all[index],
        Values::U16(all) => &all[index],
        Values::U32(all) => &all[index],
        Values::U64(all) => &all[index],
        Values::I32(all) => &all[index],
        Values::I64(all) => &all[index],
        Values::F32(all) => &all[index],
        Values::F64(all) => &all[index],
    }
}

fn write_number(out: &mut String, number: &dyn Display) {
    write!(out, "{number}").expect("writing to memory cannot fail");
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
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
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
    use std::sync::Arc;

    use serde_json::json;
    use shared::data::{DataArray, Label};
    use shared::id::ResultKey;
    use shared::time::TimeInterval;
    use shared::topology::DataRole;
    use shared::version::{Epoch, Revision};

    use super::*;

    fn inputs(coords: Vec<Coord>, values: Values) -> Inputs {
        let input = Input {
            title: "Panel, 0".into(),
            key: ResultKey {
                workflow: "dummy/w/1".parse().expect("an id"),
                source: "panel_0".to_owned(),
                output: "o".to_owned(),
            },
            data: DataArray {
                label: "Counts".into(),
                unit: Unit::counts(),
                coords,
                values: Arc::new(values),
                variances: None,
                time: TimeInterval {
                    start: TimeNs(3),
                    end: TimeNs(5),
                },
            },
            covered_secs: None,
            note: None,
        };
        Inputs {
            by_role: BTreeMap::from([(DataRole::Primary, vec![input])]),
            ..Inputs::default()
        }
    }

    fn as_json(inputs: &Inputs) -> serde_json::Value {
        let stamp = Stamp {
            epoch: Epoch::random(),
            revision: Revision(1),
        };
        let data = LayerData::new(LayerId::random(), stamp, inputs);
        serde_json::to_value(data).expect("it is plain data")
    }

    #[test]
    fn arrays_come_whole_with_their_axes() {
        let edges = Coord {
            values: CoordValues::Edges([0.0, 1.0, 3.0].into()),
            ..Coord::index("x", 0)
        };
        let values = Values::F64(vec![1.0, f64::NAN, 3.0, 4.5]);
        let inputs = inputs(vec![Coord::index("y", 2), edges], values);
        let json = as_json(&inputs);
        assert_eq!(json["data_time_ns"], 5);
        let array = &json["arrays"][0];
        assert_eq!(array["values"], json!([1.0, null, 3.0, 4.5]));
        assert_eq!(array["shape"], json!([2, 2]));
        assert_eq!(array["coords"]["x"]["values"], json!([0.0, 1.0, 3.0]));
        assert_eq!(array["coords"]["x"]["edges"], true);
        assert_eq!(array["coords"]["y"]["values"], json!([0.0, 1.0]));
        let text = csv(&inputs);
        let rows: Vec<&str> = text.lines().collect();
        assert_eq!(rows[0], "source,y,x,Counts [counts]");
        assert_eq!(rows[3], "\"Panel, 0\",1,0.5,3");
    }

    #[test]
    fn csv_keeps_every_digit_and_every_name() {
        let names = ["Peak", "=Rest, all"].map(|name| Label {
            name: name.into(),
            colour: None,
            edition: 0,
            since: None,
        });
        let regions = Coord {
            values: CoordValues::Labels(names.into()),
            ..Coord::index("roi", 0)
        };
        let time = 1_700_000_000_000_000_001;
        let coords = vec![Coord::times([time].into()), regions];
        let large = (1 << 53) + 1;
        let text = csv(&inputs(coords, Values::U64(vec![large, 7])));
        let rows: Vec<&str> = text.lines().skip(1).collect();
        assert_eq!(rows[0], format!("\"Panel, 0\",{time},Peak,{large}"));
        assert_eq!(rows[1], format!("\"Panel, 0\",{time},\"'=Rest, all\",7"));
        let text = csv(&inputs(Vec::new(), Values::F32(vec![0.1])));
        assert!(text.ends_with(",0.1\n"), "{text}");
    }

    #[test]
    fn an_axis_that_claims_more_than_there_is_takes_no_memory() {
        let coords = vec![Coord::index("y", 0), Coord::index("x", 100_000_000_000)];
        let inputs = inputs(coords, Values::U32(Vec::new()));
        let array = &as_json(&inputs)["arrays"][0];
        assert_eq!(array["shape"], json!([0, 100_000_000_000_u64]));
        assert_eq!(array["coords"]["x"]["values"], json!([]));
        assert_eq!(csv(&inputs).lines().count(), 1);
    }

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        assert_eq!(quoted("Panel 0"), "Panel 0");
        assert_eq!(quoted("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(quoted("=1+1"), "'=1+1");
        assert_eq!(quoted("\t=1+1"), "'\t=1+1");
        assert_eq!(quoted("\r=1+1"), "\"'\r=1+1\"");
    }
}
