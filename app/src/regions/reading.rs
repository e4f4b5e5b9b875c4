//! What the image of a cell shows within a region.

use leptos::prelude::*;
use shared::data::Unit;
use shared::id::CellId;
use shared::plot::format::{count_with_error, read_out, with_error, with_unit};
use shared::plot::{Inside, Surface};
use shared::region::Region;
use shared::sync::mirror::LayerFrame;

use super::Regions;
use crate::live::Live;

/// The values inside a region, in words; of the uppermost image of the cell that it lies on. Tracks its pictures.
pub(super) fn reading(
    regions: Regions,
    live: &Live,
    cell: &CellId,
    region: &Region,
) -> Option<String> {
    let cut = regions.cut_of(*cell);
    let layers = regions.layers_on(live, cell).into_iter().rev();
    let own = layers.filter(|it| !it.hidden && it.config.primary_job() == Some(region.job()));
    let mut read = own.map(|layer| {
        live.frames.signal(&layer.id).track();
        let of_picture = |it: &LayerFrame| {
            let image = Surface::of(&it.frame, cut)?;
            let area = region.area_in([&image.x.unit, &image.y.unit])?;
            let inside = Inside::of(&image, &area)?;
            Some(told(&inside, &image.quantity.unit))
        };
        live.pictures.with_frame(layer.id, of_picture)?
    });
    read.find_map(|it| it)
}

fn told(inside: &Inside, unit: &Unit) -> String {
    let (n, max) = (inside.elements, read_out(inside.max, false));
    let error = inside.variance.sqrt();
    let [sum, mean] = if error > 0.0 {
        let sum = if *unit == Unit::counts() {
            count_with_error(inside.sum, error)
        } else {
            with_error(inside.sum, error)
        };
        [sum, with_error(inside.mean(), error / n as f64)]
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
    fn sums_have_the_error_of_their_values() {
        let inside = Inside {
            elements: 4,
            sum: 400.0,
            variance: 400.0,
            max: 150.0,
        };
        let text = told(&inside, &Unit::counts());
        assert_eq!(
            text,
            "Inside: sum 400 ± 20 counts, mean 100.0 ± 5.0, max 150 of 4 elements"
        );
        let rate = Inside {
            variance: 100.0,
            ..inside
        };
        let text = told(&rate, &Unit::new("counts/s"));
        assert_eq!(
            text,
            "Inside: sum 400 ± 10 counts/s, mean 100.0 ± 2.5, max 150 of 4 elements"
        );
        let unknown = Inside {
            variance: f64::NAN,
            ..inside
        };
        let text = told(&unknown, &Unit::new("K"));
        assert_eq!(text, "Inside: sum 400 K, mean 100, max 150 of 4 elements");
    }
}
