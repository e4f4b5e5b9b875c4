//! Which plane of a volume is shown.

use leptos::prelude::*;
use shared::data::Coord;
use shared::id::{CellId, LayerId};
use shared::plot::Cut;
use shared::plot::format::{self, with_unit};
use shared::plot::frame::FrameBody;

use crate::figure::Choices;
use crate::live::{FrameKind, Live};

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
            live.shown_in(&id)
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
    let labels = {
        let live = live.clone();
        Memo::new(move |_| {
            let coords = coords(&live, layer);
            coords.map_or_else(Default::default, |it| it.map(|it| it.label.to_string()))
        })
    };
    let cut = {
        let figure = figure.clone();
        Memo::new(move |_| figure.read(|it| it.cut))
    };
    let place = Memo::new(move |_| cut.get().place(shape));
    let value = Memo::new(move |_| {
        let (dim, index) = place.get()?;
        Some(value_text(&coords(&live, layer)?[dim], index))
    });
    let spoken = move || value.get().map(|[dim, value]| format!("{dim}{value}"));
    let option = move |way: Cut| {
        view! {
            <option value=way.name() selected=move || cut.get().has_axes_of(way)>
                {move || labels.with(|labels| way.title(labels))}
            </option>
        }
    };
    let options = Cut::all(shape).map(option).collect_view();
    let choose = {
        let figure = figure.clone();
        move |name: String| {
            if let Some(cut) = Cut::named(&name, shape) {
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
            aria-valuetext=spoken
            data-testid="slice-position"
            min="0"
            max=move || place.get().map_or(0, |(dim, _)| shape[dim].saturating_sub(1)).to_string()
            disabled=move || place.get().is_none()
            prop:value=move || place.get().map_or(0, |(_, index)| index).to_string()
            on:input:target=move |event| slide(event.target().value())
        />
        <output class="slice-value" data-testid="slice-value">
            <span class="slice-dim">{move || value.get().map(|[dim, _]| dim)}</span>
            {move || value.get().map(|[_, value]| value)}
        </output>
    }
    .into_any()
}

/// The axes of a volume. Tracks its picture.
fn coords(live: &Live, layer: LayerId) -> Option<[Coord; 3]> {
    live.frames.signal(&layer).track();
    live.pictures.with_frame(layer, |it| match &it.frame.body {
        FrameBody::Volume(volume) => Some(volume.coords.clone()),
        _ => None,
    })?
}

/// `Time of arrival = ` and `35.5 ms`
fn value_text(coord: &Coord, index: usize) -> [String; 2] {
    let number = format::place(coord.centre(index));
    let value = with_unit(&number, coord.unit.symbol());
    [format!("{} = ", coord.label), value]
}
