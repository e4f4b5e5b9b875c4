//! Sum of the frames of a camera.

use shared::data::{DataArray, Unit, Values};
use shared::job::OutputView;
use shared::params::{NoParams, ParamError, Params as _};
use shared::topology::JsonText;

use crate::instrument::Instrument;
use crate::reduce::outputs::{Axes, IMAGE};
use crate::reduce::workflow::{Data, ReduceError, Reducer, Span};
use crate::wire::ElementsLe;
use crate::wire::ad00::Ad00;

/// Adds up frames; a frame of another shape starts the sums anew.
pub(in crate::reduce) struct AreaView {
    unit: Unit,
    shape: [usize; 2],
    sums: Sums,
    /// How often the shape changed after the first frame.
    restarts: u64,
}

/// Sums of whole numbers are exact; those of floats are kept in double precision.
enum Sums {
    Nothing,
    Whole(Both<i64>),
    Float(Both<f64>),
}

struct Both<T> {
    window: Vec<T>,
    sum: Vec<T>,
}

impl AreaView {
    pub(in crate::reduce) fn create(
        instrument: &Instrument,
        source: &str,
        params: &JsonText,
    ) -> Result<Self, ParamError> {
        NoParams::read(params)?;
        Ok(Self {
            unit: unit_of(instrument, source),
            shape: [0, 0],
            sums: Sums::Nothing,
            restarts: 0,
        })
    }

    pub(in crate::reduce) fn views(instrument: &Instrument, source: &str) -> Vec<OutputView> {
        vec![IMAGE.declare(&dims(), &unit_of(instrument, source))]
    }

    fn add(&mut self, frame: &Ad00<'_>) -> Result<(), ReduceError> {
        let found = frame.shape().as_slice();
        let &[y, x] = found else {
            return Err(ReduceError::Shape {
                found: found.to_vec(),
            });
        };
        let data = frame.data();
        let float = match data {
            ElementsLe::Text(_) => return Err(ReduceError::Text),
            ElementsLe::F32(_) | ElementsLe::F64(_) => true,
            _ => false,
        };
        let fits = match &self.sums {
            Sums::Nothing => false,
            Sums::Whole(_) => !float && self.shape == [y, x],
            Sums::Float(_) => float && self.shape == [y, x],
        };
        if !fits {
            self.restarts += u64::from(!matches!(self.sums, Sums::Nothing));
            self.shape = [y, x];
            self.sums = if float {
                Sums::Float(Both::zero(y * x))
            } else {
                Sums::Whole(Both::zero(y * x))
            };
        }
        match &mut self.sums {
            Sums::Whole(both) => add_whole(&mut both.window, &data),
            Sums::Float(both) => add_float(&mut both.window, &data),
            Sums::Nothing => {}
        }
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
        let (sum, window) = match &mut self.sums {
            Sums::Nothing => return Vec::new(),
            Sums::Whole(both) => {
                let window = both.take_window();
                (narrow(&both.sum), narrow(&window))
            }
            Sums::Float(both) => {
                let window = both.take_window();
                (Values::F64(both.sum.clone()), Values::F64(window))
            }
        };
        let axes = Axes::pixels(&dims(), &self.shape, self.unit.clone());
        IMAGE.arrays(&axes, span, sum, window).into()
    }

    fn warning(&self) -> Option<String> {
        (self.restarts > 0).then(|| {
            let n = self.restarts;
            format!(
                "the camera's frames changed shape or type {n} times; sums start at the last change"
            )
        })
    }
}

impl<T: Copy + Default + std::ops::AddAssign> Both<T> {
    fn zero(len: usize) -> Self {
        Self {
            window: vec![T::default(); len],
            sum: vec![T::default(); len],
        }
    }

    fn take_window(&mut self) -> Vec<T> {
        let pairs = self.window.iter_mut().zip(&mut self.sum);
        pairs
            .map(|(window, sum)| {
                *sum += *window;
                std::mem::take(window)
            })
            .collect()
    }
}

/// One loop per element type, so that each one vectorises.
macro_rules! add_each {
    ($sums:expr, $view:expr, $convert:expr) => {
        for (sum, value) in $sums.iter_mut().zip($view.iter()) {
            *sum += $convert(value);
        }
    };
}

fn add_whole(sums: &mut [i64], data: &ElementsLe<'_>) {
    // Above 2^63 counts per pixel and generation no camera lives.
    match data {
        ElementsLe::I8(view) => add_each!(sums, view, i64::from),
        ElementsLe::U8(view) => add_each!(sums, view, i64::from),
        ElementsLe::I16(view) => add_each!(sums, view, i64::from),
        ElementsLe::U16(view) => add_each!(sums, view, i64::from),
        ElementsLe::I32(view) => add_each!(sums, view, i64::from),
        ElementsLe::U32(view) => add_each!(sums, view, i64::from),
        ElementsLe::I64(view) => {
            for (sum, value) in sums.iter_mut().zip(view.iter()) {
                *sum = sum.saturating_add(value);
            }
        }
        ElementsLe::U64(view) => {
            for (sum, value) in sums.iter_mut().zip(view.iter()) {
                *sum = sum.saturating_add(i64::try_from(value).unwrap_or(i64::MAX));
            }
        }
        ElementsLe::F32(_) | ElementsLe::F64(_) | ElementsLe::Text(_) => {}
    }
}

fn add_float(sums: &mut [f64], data: &ElementsLe<'_>) {
    match data {
        ElementsLe::F32(view) => add_each!(sums, view, f64::from),
        ElementsLe::F64(view) => add_each!(sums, view, f64::from),
        _ => {}
    }
}

/// The smallest of `u32`, `i32` and `i64` that holds every sum.
fn narrow(sums: &[i64]) -> Values {
    let (low, high) = sums
        .iter()
        .fold((0, 0), |(low, high), sum| (*sum.min(&low), *sum.max(&high)));
    if low >= 0 && high <= i64::from(u32::MAX) {
        Values::U32(sums.iter().map(|sum| *sum as u32).collect())
    } else if low >= i64::from(i32::MIN) && high <= i64::from(i32::MAX) {
        Values::I32(sums.iter().map(|sum| *sum as i32).collect())
    } else {
        Values::I64(sums.to_vec())
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
    use shared::time::{TimeInterval, TimeNs};

    use super::*;
    use crate::instrument;
    use crate::wire::ad00::{Ad00Parts, encode};
    use crate::wire::{FlatBufferBuilder, Limits};

    fn add(view: &mut AreaView, shape: &[i64], data: ElementsLe<'_>) -> Result<(), ReduceError> {
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

    fn publish(view: &mut AreaView) -> (Values, Values) {
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

    #[test]
    fn frames_add_up_and_another_shape_starts_anew() {
        let instrument = instrument::load("dummy", None).expect("shipped");
        let mut view = AreaView::create(&instrument, "area_panel", &JsonText::empty()).unwrap();
        let frame = [1_u16, 2, 65_535, 0];
        add(&mut view, &[2, 2], frame[..].into()).unwrap();
        add(&mut view, &[2, 2], frame[..].into()).unwrap();
        assert_eq!(publish(&mut view).1, Values::U32(vec![2, 4, 131_070, 0]));
        add(&mut view, &[2, 2], frame[..].into()).unwrap();
        let (sum, window) = publish(&mut view);
        assert_eq!(sum, Values::U32(vec![3, 6, 196_605, 0]));
        assert_eq!(window, Values::U32(vec![1, 2, 65_535, 0]));
        assert_eq!(view.warning(), None);
        add(&mut view, &[1, 2], (&[-1_i32, 5][..]).into()).unwrap();
        assert_eq!(publish(&mut view).0, Values::I32(vec![-1, 5]));
        add(&mut view, &[1, 2], (&[0.5_f32, 1.0][..]).into()).unwrap();
        assert_eq!(publish(&mut view).0, Values::F64(vec![0.5, 1.0]));
        assert!(view.warning().unwrap().contains("2 times"));
    }

    #[test]
    fn frames_that_are_no_images_are_refused() {
        let instrument = instrument::load("dummy", None).expect("shipped");
        let mut view = AreaView::create(&instrument, "area_panel", &JsonText::empty()).unwrap();
        let error = add(&mut view, &[4], (&[1_u8; 4][..]).into());
        assert_eq!(error, Err(ReduceError::Shape { found: vec![4] }));
        let error = add(&mut view, &[1, 2], ElementsLe::Text("ab"));
        assert_eq!(error, Err(ReduceError::Text));
    }
}
