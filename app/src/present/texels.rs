//! The values of an image as a texture takes them, and its pixels where there are no textures.

use shared::data::Values;
use shared::plot::Plane;

use super::ImageQuad;

/// What stands for NaN in a texture, since shaders need not know NaN: nothing measured is so low.
pub const NO_VALUE: f32 = f32::MIN;

/// Writes the values of an image's plane into `out`, row by row, as single floats: precise enough for colours.
///
/// NaN becomes [`NO_VALUE`], what is too large for a float the largest one. `out` is cleared first and reused.
pub fn texels(quad: &ImageQuad, out: &mut Vec<f32>) {
    out.clear();
    let plane = &quad.plane;
    match quad.values.as_ref() {
        Values::U8(v) => fill(v, plane, out, f32::from),
        Values::U16(v) => fill(v, plane, out, f32::from),
        Values::U32(v) => fill(v, plane, out, |x| x as f32),
        Values::U64(v) => fill(v, plane, out, |x| x as f32),
        Values::I32(v) => fill(v, plane, out, |x| x as f32),
        Values::I64(v) => fill(v, plane, out, |x| x as f32),
        Values::F32(v) => fill(v, plane, out, limited),
        Values::F64(v) => fill(v, plane, out, |x| limited(x as f32)),
    }
}

fn fill<T: Copy>(values: &[T], plane: &Plane, out: &mut Vec<f32>, convert: impl Fn(T) -> f32) {
    let n_columns = plane.n_columns();
    let Some(starts) = plane.row_starts() else {
        let value = |i| values.get(i).map_or(NO_VALUE, |value| convert(*value));
        return out.extend(plane.indices().map(value));
    };
    for start in starts {
        let end = out.len() + n_columns;
        let row = values.iter().skip(start).take(n_columns);
        out.extend(row.map(|value| convert(*value)));
        out.resize(end, NO_VALUE);
    }
}

fn limited(value: f32) -> f32 {
    if value.is_nan() {
        NO_VALUE
    } else {
        value.clamp(f32::MIN / 2.0, f32::MAX)
    }
}

/// Paints the device pixels of an image into `out`, four bytes each (red, green, blue, opacity), row by row.
///
/// `out` is cleared first and reused. An element has its colour found once, however many pixels show it.
pub fn pixels(quad: &ImageQuad, out: &mut Vec<u8>) {
    out.clear();
    let row_bytes = 4 * quad.columns.len();
    out.reserve(row_bytes * quad.rows.len());
    let opacity = (f64::from(u8::MAX) * quad.opacity) as u8;
    for rows in quad.rows.chunk_by(|a, b| a == b) {
        for columns in quad.columns.chunk_by(|a, b| a == b) {
            let pixel = pixel(quad, rows[0], columns[0], opacity);
            for _ in columns {
                out.extend_from_slice(&pixel);
            }
        }
        for _ in 1..rows.len() {
            out.extend_from_within(out.len() - row_bytes..);
        }
    }
}

fn pixel(quad: &ImageQuad, row: i32, column: i32, opacity: u8) -> [u8; 4] {
    let (Ok(row), Ok(column)) = (usize::try_from(row), usize::try_from(column)) else {
        return [0; 4];
    };
    let value = quad.values.get(quad.plane.index(row, column));
    let [r, g, b, a] = quad.map.rgba(quad.normalization.unit_from_value(value));
    [r, g, b, a.min(opacity)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    use shared::id::LayerId;
    use shared::plot::{ColourMap, Normalization, Range, Rect, Scale};
    use shared::version::{Epoch, Revision, Stamp};

    fn quad(values: Values) -> ImageQuad {
        ImageQuad {
            layer: LayerId::derived("a"),
            version: Stamp {
                epoch: Epoch::random(),
                revision: Revision(1),
            },
            values: Arc::new(values),
            plane: Plane::flatten(&[2, 2], &[0], &[1]).unwrap(),
            rect: Rect::default(),
            columns: vec![0, 0, 1, -1],
            rows: vec![1, 1, 0],
            normalization: Normalization::new(Scale::Linear, Range::new(0.0, 255.0).unwrap()),
            map: ColourMap::Grey,
            opacity: 1.0,
        }
    }

    #[test]
    fn missing_values_are_marked_and_large_ones_kept_apart_from_them() {
        let mut out = vec![1.0];
        texels(
            &quad(Values::F64(vec![1.5, f64::NAN, f64::NEG_INFINITY, 1e300])),
            &mut out,
        );
        assert_eq!(out, [1.5, NO_VALUE, f32::MIN / 2.0, f32::MAX]);
        texels(&quad(Values::U8(vec![0, 1, 2])), &mut out);
        assert_eq!(out, [0.0, 1.0, 2.0, NO_VALUE]);
    }

    #[test]
    fn slices_along_any_dimension_come_row_by_row() {
        let slice = |dim| {
            let mut quad = quad(Values::U16((0..23).collect()));
            quad.plane = Plane::slice(&[2, 3, 4], dim, 1).unwrap();
            let mut out = Vec::new();
            texels(&quad, &mut out);
            out
        };
        let inner = (12..23).map(|it| it as f32).chain([NO_VALUE]);
        assert_eq!(slice(0), inner.collect::<Vec<_>>());
        assert_eq!(slice(1), [4.0, 5.0, 6.0, 7.0, 16.0, 17.0, 18.0, 19.0]);
        assert_eq!(slice(2), [1.0, 5.0, 9.0, 13.0, 17.0, 21.0]);
    }

    #[test]
    fn pixels_follow_the_lookups() {
        let mut out = Vec::new();
        pixels(
            &quad(Values::F64(vec![10.0, f64::NAN, 20.0, 30.0])),
            &mut out,
        );
        let (twenty, thirty, ten) = ([20, 20, 20, 255], [30, 30, 30, 255], [10, 10, 10, 255]);
        let upper = [twenty, twenty, thirty, [0; 4]];
        let rows = [upper, upper, [ten, ten, [0; 4], [0; 4]]];
        assert_eq!(out, rows.concat().concat());
    }
}
