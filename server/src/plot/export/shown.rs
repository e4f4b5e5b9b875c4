//! What a layer's cell shows, as the arrays that the writers take.

use std::collections::{BTreeMap, HashSet};
use std::mem;
use std::sync::Arc;

use shared::data::{Coord, DataArray, Unit, Values};
use shared::id::ResultKey;
use shared::plot::frame::{Frame, FrameBody, Quantity, ScalarEntry, Series};
use shared::time::{TimeInterval, TimeNs};
use shared::topology::{DataRole, Layer};

use super::{Input, Inputs};

/// The picture `frame` of `layer` as labelled arrays; standard deviations become variances.
///
/// A curve is an array, an image and a volume are one, and so is each single value. Each is called as in the legend, images
/// and volumes like their layer. Shapes have no values.
pub fn shown(layer: &Layer, frame: &Frame) -> Inputs {
    let Some(key) = key(layer) else {
        return Inputs::default();
    };
    let named = |(title, data): (Arc<str>, DataArray)| Input {
        title,
        key: key.clone(),
        data,
        covered_secs: None,
        note: frame.note.clone(),
    };
    let inputs = arrays(layer.title.as_str().into(), frame)
        .into_iter()
        .map(named);
    Inputs {
        by_role: BTreeMap::from([(DataRole::Primary, inputs.collect())]),
        ..Inputs::default()
    }
}

/// What a frame holds, each with its name; what has none itself is called `title`.
fn arrays(title: Arc<str>, frame: &Frame) -> Vec<(Arc<str>, DataArray)> {
    let time = frame.time.unwrap_or(TimeInterval {
        start: TimeNs(0),
        end: TimeNs(0),
    });
    let array = |quantity: &Quantity, coords: Vec<Coord>, values: &Arc<Values>| DataArray {
        label: Arc::clone(&quantity.label),
        unit: quantity.unit.clone(),
        coords,
        values: Arc::clone(values),
        variances: None,
        time,
    };
    match &frame.body {
        FrameBody::Image(image) => {
            let coords = vec![image.y.clone(), image.x.clone()];
            vec![(title, array(&image.quantity, coords, &image.values))]
        }
        FrameBody::Volume(volume) => {
            let coords = volume.coords.to_vec();
            vec![(title, array(&volume.quantity, coords, &volume.values))]
        }
        FrameBody::Curves(curves) => {
            // Curves share the columns of a table: where some are counts and some are not, all are plain numbers, and
            // where some have errors, those of the others are NaN.
            let has_errors = curves
                .series
                .iter()
                .any(|it| it.has_errors(&curves.quantity.unit));
            let kinds = curves.series.iter().map(|it| mem::discriminant(&*it.y));
            let are_alike = kinds.collect::<HashSet<_>>().len() <= 1;
            let curve = |series: &Series| {
                let values = if are_alike {
                    Arc::clone(&series.y)
                } else {
                    Arc::new(Values::F64(series.y.to_f64()))
                };
                let data = DataArray {
                    variances: has_errors.then(|| variances(series, &curves.quantity.unit)),
                    ..array(&curves.quantity, vec![series.x.clone()], &values)
                };
                (Arc::clone(&series.name), data)
            };
            curves.series.iter().map(curve).collect()
        }
        FrameBody::Scalars(scalars) => {
            let value = |entry: &ScalarEntry| {
                let values = Arc::new(Values::F64(vec![entry.value]));
                let squared = |it: f64| Arc::new(Values::F64(vec![it * it]));
                let data = DataArray {
                    variances: entry.error.map(squared),
                    ..array(&entry.quantity, Vec::new(), &values)
                };
                (Arc::clone(&entry.name), data)
            };
            scalars.entries.iter().map(value).collect()
        }
        FrameBody::Shapes(_) => Vec::new(),
    }
}

/// Where what is plotted comes from; of several sources all are named.
fn key(layer: &Layer) -> Option<ResultKey> {
    let sources = &layer.config.sources;
    let source = sources.get(&DataRole::Primary);
    let source = source.or_else(|| sources.values().next())?;
    Some(ResultKey {
        workflow: source.workflow.clone(),
        source: source.sources.join(", "),
        output: source.output.clone(),
    })
}

/// The squares of the standard deviations that the cell draws; NaN where there are none.
fn variances(series: &Series, unit: &Unit) -> Arc<Values> {
    let squared = |i: usize| series.error(i, unit).powi(2);
    Arc::new(Values::F64((0..series.y.len()).map(squared).collect()))
}

#[cfg(test)]
mod tests {
    use shared::data::CoordValues;
    use shared::id::{CellId, LayerId};
    use shared::plot::Errors;
    use shared::plot::frame::{Curves, Extent, Image, Scalars};
    use shared::topology::{DataSource, JsonText, LayerConfig};

    use super::super::arrow::table;
    use super::super::csv;
    use super::*;

    fn layer() -> Layer {
        let source = DataSource {
            workflow: "dummy/w/1".parse().expect("an id"),
            output: "o".to_owned(),
            sources: vec!["a".to_owned(), "b".to_owned()],
        };
        Layer {
            id: LayerId::derived("l"),
            cell: CellId::derived("c"),
            order: 0,
            title: "Panel".to_owned(),
            config: LayerConfig {
                plotter: "lines".to_owned(),
                sources: BTreeMap::from([(DataRole::Primary, source)]),
                params: JsonText::empty(),
            },
            hidden: false,
        }
    }

    fn frame(body: FrameBody) -> Frame {
        Frame {
            body,
            time: None,
            reduced: 1,
            note: None,
        }
    }

    fn counts() -> Quantity {
        Quantity {
            label: "Counts".into(),
            unit: Unit::counts(),
        }
    }

    #[test]
    fn curves_come_with_the_errors_that_are_drawn() {
        let series = |name: &str, x: CoordValues, errors: Option<Vec<f64>>| Series {
            name: name.into(),
            x: Coord {
                values: x,
                unit: Unit::new("µs"),
                ..Coord::index("t", 0)
            },
            y: Arc::new(Values::U32(vec![9])),
            errors: errors.map(|it| Arc::new(Values::F64(it))),
            extent: Extent::default(),
            colour: None,
        };
        let curves = Curves {
            quantity: counts(),
            series: vec![
                series("bins", CoordValues::Edges([0.0, 4.0].into()), None),
                series("told", CoordValues::Points([1.0].into()), Some(vec![0.1])),
                series("bare", CoordValues::Points([1.0].into()), None),
            ],
        };
        let mut mixed = curves.clone();
        mixed.series[1].y = Arc::new(Values::F64(vec![0.5]));
        let mixed = shown(&layer(), &frame(FrameBody::Curves(mixed)));
        assert!(table(layer().id, &mixed).is_ok(), "one table holds all");
        let text = csv(&shown(&layer(), &frame(FrameBody::Curves(curves))));
        let expected = [
            "source,t [µs],Counts [counts],error [counts]",
            "bins,2,9,3",
            "told,1,9,0.1",
            "bare,1,9,3",
        ];
        assert_eq!(text.lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn an_image_is_called_like_its_layer_and_a_table_has_a_row_per_value() {
        let image = Image {
            x: Coord::index("x", 2),
            y: Coord::index("y", 1),
            quantity: counts(),
            values: Arc::new(Values::U32(vec![3, 4])),
            extent: Extent::default(),
            errors: Errors::default(),
        };
        let text = csv(&shown(&layer(), &frame(FrameBody::Image(image))));
        let expected = ["source,y,x,Counts [counts]", "Panel,0,0,3", "Panel,0,1,4"];
        assert_eq!(text.lines().collect::<Vec<_>>(), expected);

        let entry = |name: &str, value, error| ScalarEntry {
            name: name.into(),
            quantity: counts(),
            value,
            error,
        };
        let entries = vec![entry("a", 16.0, Some(4.0)), entry("b", 2.5, Some(0.5))];
        let inputs = shown(&layer(), &frame(FrameBody::Scalars(Scalars { entries })));
        let expected = [
            "source,Counts [counts],error [counts]",
            "a,16,4",
            "b,2.5,0.5",
        ];
        assert_eq!(csv(&inputs).lines().collect::<Vec<_>>(), expected);
        let key = &inputs.all().next().expect("a value").key;
        assert_eq!((key.source.as_str(), key.output.as_str()), ("a, b", "o"));
    }
}
