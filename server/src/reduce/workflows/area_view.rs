//! Sum of the frames of a camera.

mod sums;

use shared::data::{DataArray, Unit};
use shared::job::OutputView;
use shared::params::{NoParams, ParamError, Params as _};
use shared::topology::JsonText;

use crate::instrument::Instrument;
use crate::reduce::histogram::MAX_TABLE_BYTES;
use crate::reduce::outputs::{Axes, IMAGE};
use crate::reduce::plan::Plan;
use crate::reduce::workflow::{Data, ReduceError, Reducer, Span};
use crate::wire::ElementsLe;
use crate::wire::ad00::Ad00;

use sums::Sums;

/// Adds up the frames that have the shape that the instrument declares.
pub(in crate::reduce) struct AreaView {
    unit: Unit,
    shape: [usize; 2],
    /// Made for the first frame.
    sums: Option<Sums>,
}

impl AreaView {
    pub(in crate::reduce) fn plan(
        instrument: &Instrument,
        source: &str,
        params: &JsonText,
    ) -> Result<Plan, ParamError> {
        NoParams::read(params)?;
        let refuse = |reason: String| ParamError {
            field: "source".to_owned(),
            reason,
        };
        let camera = instrument.area_detector(source).ok_or_else(|| {
            refuse(format!(
                "{source} has no [[area_detector]] entry in the instrument file"
            ))
        })?;
        let [y, x] = camera.shape;
        let bytes = y.saturating_mul(x).saturating_mul(Sums::PIXEL_BYTES);
        if bytes > MAX_TABLE_BYTES {
            return Err(refuse(format!(
                "{source} has {y} × {x} pixels, whose sums take more than {} GiB",
                MAX_TABLE_BYTES >> 30
            )));
        }
        let view = Self {
            unit: unit_of(instrument, source),
            shape: camera.shape,
            sums: None,
        };
        Ok(Plan::large(bytes, || view))
    }

    pub(in crate::reduce) fn views(instrument: &Instrument, source: &str) -> Vec<OutputView> {
        vec![IMAGE.declare(&dims(), &unit_of(instrument, source))]
    }

    fn add(&mut self, frame: &Ad00<'_>) -> Result<(), ReduceError> {
        let found = frame.shape().as_slice();
        if found != self.shape {
            return Err(ReduceError::Shape {
                found: found.to_vec(),
                expected: self.shape,
            });
        }
        let data = frame.data();
        if matches!(data, ElementsLe::Text(_)) {
            return Err(ReduceError::Text);
        }
        let pixels = self.shape.iter().product();
        self.sums
            .get_or_insert_with(|| Sums::zero(pixels))
            .add(&data);
        Ok(())
    }
}

impl Reducer for AreaView {
    fn accumulate(&mut self, data: &Data<'_>) -> Result<(), ReduceError> {
        let Data::Frame(frame) = data else {
            return Err(data.unexpected("area_detector_view"));
        };
        self.add(frame)
    }

    fn publish(&mut self, span: &Span) -> Vec<(&'static str, DataArray)> {
        let Some(sums) = &mut self.sums else {
            return Vec::new();
        };
        let (sum, window) = sums.take_window();
        let axes = Axes::pixels(&dims(), &self.shape, self.unit.clone());
        IMAGE.arrays(&axes, span, sum, window).into()
    }
}

fn dims() -> [String; 2] {
    ["y".to_owned(), "x".to_owned()]
}

fn unit_of(instrument: &Instrument, source: &str) -> Unit {
    let camera = instrument.area_detector(source);
    camera.map_or_else(Unit::counts, |camera| Unit::new(&camera.unit))
}

#[cfg(test)]
mod tests {
    use shared::data::Values;
    use shared::time::{TimeInterval, TimeNs};

    use super::*;
    use crate::instrument;
    use crate::wire::ad00::{Ad00Parts, encode};
    use crate::wire::{FlatBufferBuilder, Limits};

    fn add(view: &mut dyn Reducer, shape: &[i64], data: ElementsLe<'_>) -> Result<(), ReduceError> {
        let mut builder = FlatBufferBuilder::new();
        let parts = Ad00Parts {
            source_name: "area_panel",
            unique_id: 0,
            timestamp_ns: 1,
            shape,
            data,
            attributes: &[],
        };
        let bytes = encode(&mut builder, &parts);
        let frame = Ad00::decode(bytes, &Limits::default()).expect("good");
        view.accumulate(&Data::Frame(frame))
    }

    fn publish(view: &mut dyn Reducer) -> (Values, Values) {
        let interval = TimeInterval {
            start: TimeNs(0),
            end: TimeNs(1),
        };
        let results = view.publish(&Span {
            window: interval,
            since_start: interval,
        });
        assert!(results.iter().all(|(_, array)| array.validate().is_ok()));
        let values = |i: usize| results[i].1.values.slice(0, usize::MAX);
        (values(0), values(1))
    }

    fn view() -> Box<dyn Reducer> {
        let text = r#"
            name = "x"
            title = "X"
            pulse_rate_hz = 14.0
            [[stream]]
            name = "camera"
            kind = "area_detector"
            topic = "t"
            source = "s"
            title = "Camera"
            [[area_detector]]
            stream = "camera"
            shape = [2, 2]
        "#;
        let instrument = Instrument::parse("x.toml", text).expect("valid");
        AreaView::plan(&instrument, "camera", &JsonText::empty())
            .expect("declared")
            .make()
    }

    #[test]
    fn frames_add_up() {
        let mut view = view();
        let frame = [1_u16, 2, 65_535, 0];
        add(&mut *view, &[2, 2], frame[..].into()).unwrap();
        add(&mut *view, &[2, 2], frame[..].into()).unwrap();
        assert_eq!(publish(&mut *view).1, Values::U32(vec![2, 4, 131_070, 0]));
        add(&mut *view, &[2, 2], frame[..].into()).unwrap();
        let (sum, window) = publish(&mut *view);
        assert_eq!(sum, Values::U32(vec![3, 6, 196_605, 0]));
        assert_eq!(window, Values::U32(vec![1, 2, 65_535, 0]));
    }

    #[test]
    fn frames_of_another_shape_are_refused_and_change_nothing() {
        let mut view = view();
        add(&mut *view, &[2, 2], (&[1_u8; 4][..]).into()).unwrap();
        let shapes: [(&[i64], &[u8]); 5] = [
            (&[4], &[1; 4]),
            (&[1, 2], &[1; 2]),
            (&[4, 1], &[1; 4]),
            (&[0, 100_000_000_000], &[]),
            (&[], &[1]),
        ];
        for (shape, data) in shapes {
            let found = shape.iter().map(|len| *len as usize).collect();
            let expected = [2, 2];
            let error = add(&mut *view, shape, data.into());
            assert_eq!(error, Err(ReduceError::Shape { found, expected }));
        }
        let error = add(&mut *view, &[2, 2], ElementsLe::Text("abcd"));
        assert_eq!(error, Err(ReduceError::Text));
        assert_eq!(publish(&mut *view).0, Values::U32(vec![1; 4]));
    }

    #[test]
    fn a_camera_without_a_shape_or_with_too_large_a_one_has_no_sums() {
        let mut instrument = instrument::load("dummy", None).expect("shipped");
        instrument.area_detectors[0].shape = [1 << 20, 1 << 20];
        let refused = |instrument: &Instrument| {
            let view = AreaView::plan(instrument, "area_panel", &JsonText::empty());
            view.expect_err("refused").reason
        };
        assert!(refused(&instrument).contains("more than 4 GiB"));
        instrument.area_detectors.clear();
        assert!(refused(&instrument).contains("[[area_detector]]"));
    }
}
