//! The newest data of a layer as one Arrow table: a row per element, as in CSV, and every column in its own type.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{
    Array as _, ArrayRef, DictionaryArray, Float32Array, Float64Array, Int32Array, Int64Array,
    RecordBatch, StringArray, TimestampNanosecondArray, UInt8Array, UInt16Array, UInt32Array,
    UInt64Array,
};
use arrow_ipc::writer::FileWriter;
use arrow_schema::{ArrowError, Field, Schema};
use shared::data::{Coord, CoordValues, Unit, Values};
use shared::id::LayerId;

use super::{Input, Inputs};

/// The media type of an Arrow file.
pub const MEDIA_TYPE: &str = "application/vnd.apache.arrow.file";

/// Why data are no table.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// Sources of other dimensions or units have no common columns.
    #[error(
        "{0} has other dimensions or units than the sources before it, which one table cannot hold: ask for JSON"
    )]
    Mixed(String),
    /// The library refused.
    #[error("the table cannot be written: {0}")]
    Arrow(#[from] ArrowError),
}

/// A table of all inputs, one batch per source: columns `source`, one per dimension with the centre or the name of each
/// element, and the values, with their variances where there are any.
pub fn table(layer: LayerId, inputs: &Inputs) -> Result<Vec<u8>, TableError> {
    let mut schema = Schema::empty();
    let mut batches = Vec::new();
    // A file has one dictionary: every batch points into the same list of sources.
    let names: Vec<&str> = inputs.all().map(|it| &*it.title).collect();
    let names: ArrayRef = Arc::new(StringArray::from(names));
    for (index, input) in (0..).zip(inputs.all()) {
        let (fields, columns) = columns_of(input, (&names, index))?;
        if batches.is_empty() {
            schema = Schema::new(fields);
        } else if !has_columns(&schema, &fields) {
            return Err(TableError::Mixed(input.title.to_string()));
        }
        batches.push(columns);
    }
    let schema = Arc::new(schema.with_metadata(metadata(layer, inputs)));
    let mut out = Vec::new();
    let mut writer = FileWriter::try_new(&mut out, &schema)?;
    for columns in batches {
        writer.write(&RecordBatch::try_new(Arc::clone(&schema), columns)?)?;
    }
    writer.finish()?;
    drop(writer);
    Ok(out)
}

fn has_columns(schema: &Schema, fields: &[Field]) -> bool {
    schema.fields().len() == fields.len()
        && schema.fields().iter().zip(fields).all(|(a, b)| **a == *b)
}

fn metadata(layer: LayerId, inputs: &Inputs) -> HashMap<String, String> {
    let mut said = HashMap::from([("layer".to_owned(), layer.to_string())]);
    let spans = || inputs.all().map(|it| it.data.time);
    if let (Some(start), Some(end)) = (
        spans().map(|it| it.start).min(),
        spans().map(|it| it.end).max(),
    ) {
        said.insert("start_time_ns".to_owned(), start.0.to_string());
        said.insert("end_time_ns".to_owned(), end.0.to_string());
    }
    said
}

fn columns_of(
    input: &Input,
    source: (&ArrayRef, i32),
) -> Result<(Vec<Field>, Vec<ArrayRef>), TableError> {
    let data = &input.data;
    let n = data.values.len();
    let mut fields = Vec::new();
    let mut columns: Vec<ArrayRef> = Vec::new();
    let mut push = |name: &str, unit: Option<&Unit>, column: ArrayRef| {
        let field = Field::new(name, column.data_type().clone(), false);
        let unit = unit.map(|it| ("unit".to_owned(), it.symbol().to_owned()));
        fields.push(field.with_metadata(unit.into_iter().collect::<HashMap<_, _>>()));
        columns.push(column);
    };
    push("source", None, source_column(source, n)?);
    let mut repeats = n;
    for coord in &data.coords {
        repeats /= coord.len().max(1);
        push(
            &coord.dim,
            Some(&coord.unit),
            coord_column(coord, repeats, n),
        );
    }
    push(&data.label, Some(&data.unit), value_column(&data.values));
    if let Some(variances) = &data.variances {
        push("variance", None, value_column(variances));
    }
    Ok((fields, columns))
}

/// In every row the place of its source in the list of all.
fn source_column((names, index): (&ArrayRef, i32), n: usize) -> Result<ArrayRef, ArrowError> {
    let keys = Int32Array::from(vec![index; n]);
    let column = DictionaryArray::<Int32Type>::try_new(keys, Arc::clone(names))?;
    Ok(Arc::new(column))
}

/// The place of every element along one dimension, each of which is followed by `repeats` elements of the inner ones.
fn coord_column(coord: &Coord, repeats: usize, n: usize) -> ArrayRef {
    let positions = (0..n).map(|row| row / repeats.max(1) % coord.len().max(1));
    if let CoordValues::Times(times) = &coord.values {
        let times: Vec<i64> = positions.map(|i| times[i]).collect();
        return Arc::new(TimestampNanosecondArray::from(times).with_timezone("UTC"));
    }
    if let CoordValues::Labels(labels) = &coord.values {
        let names = positions.map(|i| &*labels[i].name);
        return Arc::new(StringArray::from_iter_values(names));
    }
    let centres: Vec<f64> = positions.map(|i| coord.centre(i)).collect();
    Arc::new(Float64Array::from(centres))
}

fn value_column(values: &Values) -> ArrayRef {
    match values {
        Values::U8(v) => Arc::new(UInt8Array::from(v.clone())),
        Values::U16(v) => Arc::new(UInt16Array::from(v.clone())),
        Values::U32(v) => Arc::new(UInt32Array::from(v.clone())),
        Values::U64(v) => Arc::new(UInt64Array::from(v.clone())),
        Values::I32(v) => Arc::new(Int32Array::from(v.clone())),
        Values::I64(v) => Arc::new(Int64Array::from(v.clone())),
        Values::F32(v) => Arc::new(Float32Array::from(v.clone())),
        Values::F64(v) => Arc::new(Float64Array::from(v.clone())),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::io::Cursor;

    use arrow_array::cast::AsArray as _;
    use arrow_array::types::{Float64Type, TimestampNanosecondType, UInt32Type};
    use arrow_ipc::reader::FileReader;
    use arrow_schema::DataType;
    use shared::data::{DataArray, Label};
    use shared::id::ResultKey;
    use shared::time::{TimeInterval, TimeNs};
    use shared::topology::DataRole;

    use super::*;

    fn input(title: &str, coords: Vec<Coord>, values: Values) -> Input {
        Input {
            title: title.into(),
            key: ResultKey {
                workflow: "dummy/w/1".parse().expect("an id"),
                source: title.to_owned(),
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
        }
    }

    fn inputs(inputs: Vec<Input>) -> Inputs {
        Inputs {
            by_role: BTreeMap::from([(DataRole::Primary, inputs)]),
            ..Inputs::default()
        }
    }

    fn read(bytes: Vec<u8>) -> Vec<RecordBatch> {
        let reader = FileReader::try_new(Cursor::new(bytes), None).expect("it is an Arrow file");
        reader
            .collect::<Result<_, _>>()
            .expect("all batches can be read")
    }

    #[test]
    fn an_image_comes_back_element_by_element_with_types_and_units() {
        let edges = Coord {
            values: CoordValues::Edges([0.0, 1.0, 3.0].into()),
            unit: Unit::new("mm"),
            ..Coord::index("x", 0)
        };
        let coords = vec![Coord::index("y", 2), edges];
        let a = input(
            "Panel 0",
            coords.clone(),
            Values::U32(vec![1, 2, 3, u32::MAX]),
        );
        let b = input("Panel 1", coords, Values::U32(vec![5, 6, 7, 8]));
        let layer = LayerId::random();
        let bytes = table(layer, &inputs(vec![a, b])).expect("both have the same columns");
        let batches = read(bytes);
        assert_eq!(batches.len(), 2);
        let first = &batches[0];
        let schema = first.schema();
        let names: Vec<_> = schema
            .fields()
            .iter()
            .map(|it| it.name().as_str())
            .collect();
        assert_eq!(names, ["source", "y", "x", "Counts"]);
        assert_eq!(schema.field(2).metadata()["unit"], "mm");
        assert_eq!(schema.metadata()["end_time_ns"], "5");
        assert_eq!(schema.metadata()["layer"], layer.to_string());
        let values = first.column(3).as_primitive::<UInt32Type>().values();
        assert_eq!(values.as_ref(), [1, 2, 3, u32::MAX]);
        let y = first.column(1).as_primitive::<Float64Type>().values();
        assert_eq!(y.as_ref(), [0.0, 0.0, 1.0, 1.0]);
        let x = first.column(2).as_primitive::<Float64Type>().values();
        assert_eq!(x.as_ref(), [0.5, 2.0, 0.5, 2.0]);
        let source = batches[1].column(0).as_dictionary::<Int32Type>();
        let names = source.values().as_string::<i32>();
        let named: Vec<_> = source
            .keys()
            .values()
            .iter()
            .map(|key| names.value(*key as usize))
            .collect();
        assert_eq!(named, ["Panel 1"; 4]);
    }

    #[test]
    fn times_stay_times_and_gaps_stay_gaps() {
        let time = Coord {
            values: CoordValues::Times([7, 1_700_000_000_123_456_789].as_slice().into()),
            ..Coord::index("time", 0)
        };
        let data = input("T", vec![time], Values::F64(vec![f64::NAN, 2.5]));
        let batches = read(table(LayerId::random(), &inputs(vec![data])).expect("a table"));
        let times = batches[0]
            .column(1)
            .as_primitive::<TimestampNanosecondType>()
            .values();
        assert_eq!(times.as_ref(), [7, 1_700_000_000_123_456_789]);
        let kind = DataType::Timestamp(arrow_schema::TimeUnit::Nanosecond, Some("UTC".into()));
        assert_eq!(*batches[0].column(1).data_type(), kind);
        let values = batches[0].column(2).as_primitive::<Float64Type>().values();
        assert!(values[0].is_nan() && values[1] == 2.5);
    }

    #[test]
    fn regions_keep_their_names() {
        let names = ["Peak", "Rest"].map(|name| Label {
            name: name.into(),
            colour: None,
            edition: 0,
            since: None,
        });
        let regions = Coord {
            values: CoordValues::Labels(names.into()),
            ..Coord::index("roi", 0)
        };
        let coords = vec![regions, Coord::index("x", 2)];
        let data = input("a", coords, Values::U32(vec![1, 2, 3, 4]));
        let batches = read(table(LayerId::random(), &inputs(vec![data])).expect("a table"));
        let told = batches[0].column(1).as_string::<i32>();
        let told: Vec<&str> = (0..told.len()).map(|row| told.value(row)).collect();
        assert_eq!(told, ["Peak", "Peak", "Rest", "Rest"]);
    }

    #[test]
    fn sources_that_do_not_fit_together_are_refused_and_nothing_is_an_empty_table() {
        let one = input("A", vec![Coord::index("x", 2)], Values::U32(vec![1, 2]));
        let other = input("B", vec![Coord::index("y", 2)], Values::U32(vec![1, 2]));
        let refused = table(LayerId::random(), &inputs(vec![one, other])).expect_err("mixed");
        assert!(
            refused.to_string().starts_with("B has other dimensions"),
            "{refused}"
        );
        let empty = table(LayerId::random(), &inputs(Vec::new())).expect("an empty table");
        assert_eq!(read(empty).len(), 0);
    }
}
