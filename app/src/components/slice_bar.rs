//! Which plane of a volume is shown.

use leptos::prelude::*;
use shared::data::Coord;
use shared::id::{CellId, LayerId};
use shared::plot::format::{self, with_unit};
use shared::plot::frame::FrameBody;

use crate::figure::Choices;
use crate::live::{FrameKind, Live};
use crate::present::Cut;

/// The plotter that makes volumes.
const SLICER: &str = "slicer";

/// A dimension and a place along it. Takes its room from the start in cells that will show a volume.
#[component]
pub(crate) fn SliceBar(
    /// The cell.
    id: CellId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let has_slicer = {
        let live = live.clone();
        Memo::new(move |_| {
            live.layers_in(&id)
                .iter()
                .any(|it| it.config.plotter == SLICER)
        })
    };
    let volume = Memo::new(move |_| volume_in(&live, &id));
    let controls = move || {
        let (layer, shape) = volume.get()?;
        Some(view! { <CutControls id layer shape /> })
    };
    view! {
        <Show when=move || has_slicer.get() || volume.get().is_some()>
            <div class="slice-bar needs-script" data-testid="slice-bar">
                {controls}
            </div>
        </Show>
    }
    .into_any()
}

/// The uppermost volume of a cell and its shape.
fn volume_in(live: &Live, cell: &CellId) -> Option<(LayerId, [usize; 3])> {
    let mut frames = live.frames_in(cell).into_iter().rev();
    frames.find_map(|(layer, frame)| Some((layer, shape_of(frame.kind)?)))
}

fn shape_of(kind: FrameKind) -> Option<[usize; 3]> {
    match kind {
        FrameKind::Volume(shape) => Some(shape),
        _ => None,
    }
}

#[component]
fn CutControls(id: CellId, layer: LayerId, shape: [usize; 3]) -> impl IntoView {
    let live = expect_context::<Live>();
    let figure = expect_context::<Choices>().figure(id);
    let labels =
        coords(&live, layer).map_or_else(Default::default, |it| it.map(|it| it.label.to_string()));
    let cut = {
        let figure = figure.clone();
        Memo::new(move |_| figure.read(|it| it.cut))
    };
    let place = Memo::new(move |_| match cut.get() {
        Cut::Slice { dim, index } => {
            let dim = dim.min(2);
            Some((dim, index.min(shape[dim].saturating_sub(1))))
        }
        Cut::Flatten { .. } => None,
    });
    let value = move || {
        let (dim, index) = place.get()?;
        let coord = &coords(&live, layer)?[dim];
        let number = format::place(coord.centre(index));
        Some(format!(
            "{} = {}",
            coord.label,
            with_unit(&number, coord.unit.symbol())
        ))
    };
    let option = move |(value, cut_of): (String, Cut), text: String| {
        view! {
            <option value=value selected=move || is_same_choice(cut.get(), cut_of)>
                {text}
            </option>
        }
    };
    let slices = (0..3).map(|dim| {
        option(
            (format!("slice {dim}"), middle(shape, dim)),
            format!("Slice {}", labels[dim]),
        )
    });
    let flats = (0..3).map(|x_dim| {
        option(
            (format!("flat {x_dim}"), Cut::Flatten { x_dim }),
            format!("Flat, {} along x", labels[x_dim]),
        )
    });
    let options = slices.chain(flats).collect_view();
    let choose = {
        let figure = figure.clone();
        move |value: String| {
            if let Some(cut) = cut_of_value(&value, shape) {
                figure.choose(|it| it.set_cut(cut));
            }
        }
    };
    let slide = move |text: String| {
        if let (Ok(index), Some((dim, _))) = (text.parse(), place.get_untracked()) {
            figure.choose(|it| it.set_cut(Cut::Slice { dim, index }));
        }
    };
    view! {
        <select
            class="select"
            aria-label="Plane"
            data-testid="slice-plane"
            on:change:target=move |event| choose(event.target().value())
        >
            {options}
        </select>
        <input
            type="range"
            class="slider"
            aria-label="Slice position"
            data-testid="slice-position"
            min="0"
            max=move || place.get().map_or(0, |(dim, _)| shape[dim].saturating_sub(1)).to_string()
            disabled=move || place.get().is_none()
            prop:value=move || place.get().map_or(0, |(_, index)| index).to_string()
            on:input:target=move |event| slide(event.target().value())
        />
        <output class="slice-value" data-testid="slice-value">
            {value}
        </output>
    }
    .into_any()
}

fn coords(live: &Live, layer: LayerId) -> Option<[Coord; 3]> {
    live.pictures.with_frame(layer, |it| match &it.frame.body {
        FrameBody::Volume(volume) => Some(volume.coords.clone()),
        _ => None,
    })?
}

fn middle(shape: [usize; 3], dim: usize) -> Cut {
    Cut::Slice {
        dim,
        index: shape[dim] / 2,
    }
}

/// True when both cut the same way, wherever.
fn is_same_choice(a: Cut, b: Cut) -> bool {
    match (a, b) {
        (Cut::Slice { dim: a, .. }, Cut::Slice { dim: b, .. })
        | (Cut::Flatten { x_dim: a }, Cut::Flatten { x_dim: b }) => a == b,
        _ => false,
    }
}

/// The cut that a line of the list stands for, such as `slice 0`.
fn cut_of_value(value: &str, shape: [usize; 3]) -> Option<Cut> {
    let (way, dim) = value.split_once(' ')?;
    let dim = dim.parse().ok().filter(|dim| *dim < 3)?;
    match way {
        "slice" => Some(middle(shape, dim)),
        _ => Some(Cut::Flatten { x_dim: dim }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_understood() {
        let shape = [4, 6, 8];
        assert_eq!(
            cut_of_value("slice 1", shape),
            Some(Cut::Slice { dim: 1, index: 3 })
        );
        assert_eq!(
            cut_of_value("flat 2", shape),
            Some(Cut::Flatten { x_dim: 2 })
        );
        assert_eq!(cut_of_value("slice 3", shape), None);
        assert_eq!(cut_of_value("", shape), None);
    }

    #[test]
    fn the_place_along_a_dimension_does_not_matter_to_the_list() {
        let slice = |dim, index| Cut::Slice { dim, index };
        assert!(is_same_choice(slice(0, 1), slice(0, 7)));
        assert!(!is_same_choice(slice(0, 1), slice(1, 1)));
        assert!(!is_same_choice(slice(0, 1), Cut::Flatten { x_dim: 0 }));
    }
}
