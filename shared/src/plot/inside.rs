//! What an image shows within an area.

use super::{Area, Surface};

/// The values of the elements of an image whose middles lie in an area; those that are no numbers are left out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Inside {
    /// How many they are.
    pub elements: usize,
    /// Their sum.
    pub sum: f64,
    /// Its variance, if the values are independent; NaN where nothing is known.
    pub variance: f64,
    /// The largest.
    pub max: f64,
}

impl Inside {
    /// Of an area in the units of the axes of what is shown; none where there is no number inside.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use shared::data::{Coord, Unit, Values};
    /// use shared::plot::frame::{Extent, Frame, FrameBody, Image, Quantity};
    /// use shared::plot::{Area, Cut, Errors, Inside, Surface};
    ///
    /// let body = FrameBody::Image(Image {
    ///     x: Coord::index("x", 3),
    ///     y: Coord::index("y", 2),
    ///     quantity: Quantity { label: "Counts".into(), unit: Unit::counts() },
    ///     values: Arc::new(Values::U32(vec![1, 2, 3, 10, 20, 30])),
    ///     extent: Extent::default(),
    ///     errors: Errors::PerCount(1.0),
    /// });
    /// let frame = Frame { body, time: None, reduced: 1, note: None };
    /// let image = Surface::of(&frame, Cut::default()).unwrap();
    /// let right = Area::Rectangle { x: [0.5, 2.0], y: [-1.0, 1.0] };
    /// let inside = Inside::of(&image, &right).unwrap();
    /// assert_eq!((inside.elements, inside.sum, inside.max), (4, 55.0, 30.0));
    /// assert_eq!((inside.mean(), inside.variance), (13.75, 55.0));
    /// assert_eq!(Inside::of(&image, &Area::Rectangle { x: [5.0, 9.0], y: [0.0, 1.0] }), None);
    /// ```
    pub fn of(image: &Surface<'_>, area: &Area) -> Option<Self> {
        let [_, [low, high]] = area.bounds();
        let columns: Vec<f64> = (0..image.x.len()).map(|i| image.x.centre(i)).collect();
        let mut inside = Self {
            elements: 0,
            sum: 0.0,
            variance: 0.0,
            max: f64::NEG_INFINITY,
        };
        for row in 0..image.y.len() {
            let y = image.y.centre(row);
            if !(low..=high).contains(&y) {
                continue;
            }
            let line = area.line(y);
            for (column, _) in columns
                .iter()
                .enumerate()
                .filter(|(_, x)| line.contains(**x))
            {
                let value = image.value(row, column);
                if value.is_finite() {
                    inside.elements += 1;
                    inside.sum += value;
                    inside.variance += image.error(row, column).powi(2);
                    inside.max = inside.max.max(value);
                }
            }
        }
        (inside.elements > 0).then_some(inside)
    }

    /// Their mean.
    pub fn mean(&self) -> f64 {
        self.sum / self.elements as f64
    }
}
