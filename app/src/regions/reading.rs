//! What the image of a cell shows within a region.

use shared::data::Unit;
use shared::id::CellId;
use shared::plot::Inside;
use shared::plot::format::{count_with_error, read_out, with_error, with_unit};
use shared::plot::frame::FrameBody;
use shared::region::Region;

use crate::live::Live;

/// The values inside a region, in words; of the uppermost image of the cell. Tracks its pictures.
pub(crate) fn reading(live: &Live, cell: &CellId, region: &Region) -> Option<String> {
    let frames = live.frames_in(cell).into_iter().rev();
    let mut read = frames.map(|(layer, _)| {
        let text = live.pictures.with_frame(layer, |it| match &it.frame.body {
            FrameBody::Image(image) => {
                let area = region.area_in([&image.x.unit, &image.y.unit])?;
                let inside = Inside::of(image, &area)?;
                Some(told(inside, &image.quantity.unit))
            }
            _ => None,
        });
        text.flatten()
    });
    read.find_map(|it| it)
}

fn told(inside: Inside, unit: &Unit) -> String {
    let (n, max) = (inside.elements, read_out(inside.max, false));
    let [sum, mean] = if *unit == Unit::counts() {
        let error = inside.sum.sqrt();
        let mean = with_error(inside.mean(), error / n as f64);
        [count_with_error(inside.sum, error), mean]
    } else {
        [inside.sum, inside.mean()].map(|it| read_out(it, false))
    };
    let sum = with_unit(&sum, unit.symbol());
    format!("Inside: sum {sum}, mean {mean}, max {max} of {n} elements")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_counts_have_their_error() {
        let inside = Inside {
            elements: 4,
            sum: 400.0,
            max: 150.0,
        };
        let text = told(inside, &Unit::counts());
        assert_eq!(
            text,
            "Inside: sum 400 ± 20 counts, mean 100.0 ± 5.0, max 150 of 4 elements"
        );
        let text = told(inside, &Unit::new("counts/s"));
        assert_eq!(
            text,
            "Inside: sum 400 counts/s, mean 100, max 150 of 4 elements"
        );
    }
}
