//! The free places of a grid while it is arranged: two of them say where a plot goes.

use leptos::ev;
use leptos::prelude::*;
use shared::id::GridId;
use shared::topology::CellGeometry;

use super::{Icon, place_class};
use crate::arrange::{Dialog, Place, Workspace, neighbour};
use crate::browser::{focus, pointer};
use crate::live::Live;

/// A button per free place, and the ghost of what is dragged.
#[component]
pub(crate) fn Slots(
    /// The grid.
    id: GridId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    let free = {
        let live = live.clone();
        Memo::new(move |_| free_places(&live, id))
    };
    let anchor = RwSignal::new(None::<Place>);
    let under = RwSignal::new(None::<Place>);
    // Where a pointer went down, as long as it is.
    let pressed = RwSignal::new(None::<Place>);
    Effect::new(move || {
        let leave = move || {
            // It went up where nothing can be placed.
            if pressed.get_untracked().is_some() {
                pressed.set(None);
                anchor.set(None);
            }
        };
        let up = window_event_listener(ev::pointerup, move |_| leave());
        let cancel = window_event_listener(ev::pointercancel, move |_| leave());
        on_cleanup(move || {
            up.remove();
            cancel.remove();
        });
    });
    let on_key = move |event: ev::KeyboardEvent, from: Place| {
        let key = event.key();
        if key == "Escape" {
            anchor.set(None);
        } else if let Some(to) = free.with_untracked(|it| neighbour(it, from, &key)) {
            event.prevent_default();
            focus::give(&slot_id(to));
        }
    };
    let ghost = move || {
        let (grid, place, is_allowed) = workspace.ghost.get()?;
        let class = format!("ghost {}", place_class(place));
        (grid == id).then(|| view! { <div class=class data-allowed=is_allowed.to_string()></div> })
    };
    view! {
        <For each=move || free.get() key=|it| *it let:place>
            <Slot id place anchor under pressed on:keydown=move |event| on_key(event, place) />
        </For>
        {ghost}
    }
    .into_any()
}

#[component]
fn Slot(
    id: GridId,
    place: Place,
    anchor: RwSignal<Option<Place>>,
    under: RwSignal<Option<Place>>,
    pressed: RwSignal<Option<Place>>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let workspace = expect_context::<Workspace>();
    let (row, col) = place;
    let state = Memo::new(move |_| {
        let Some(from) = anchor.get() else {
            return "free";
        };
        let area = CellGeometry::between(from, under.get().unwrap_or(from));
        let here = CellGeometry::between(place, place);
        match () {
            () if from == place => "anchor",
            () if area.overlaps(here) => "inside",
            () => "free",
        }
    });
    let finish = move |from: Place, to: Place| {
        anchor.set(None);
        let area = CellGeometry::between(from, to);
        if workspace.arranged(&live).0.is_free(id, area, None) {
            workspace.dialog.set(Some(Dialog::AddPlot(id, area)));
        } else {
            live.say("Another plot is in between: choose another corner".to_owned());
        }
    };
    let choose = {
        let finish = finish.clone();
        move |_| match anchor.get_untracked() {
            Some(from) => finish(from, place),
            None => anchor.set(Some(place)),
        }
    };
    let begin = move |event: ev::PointerEvent| {
        if event.button() == 0 && event.is_primary() && anchor.get_untracked().is_none() {
            pressed.set(Some(place));
            // A finger's events go to the places that it comes over, as those of a mouse do.
            pointer::release(&event);
        }
    };
    let enter = move |_| {
        under.set(Some(place));
        if let Some(from) = pressed.get_untracked().filter(|from| *from != place) {
            anchor.set(Some(from));
        }
    };
    let end = move |_| {
        let Some(from) = pressed.get_untracked() else {
            return;
        };
        pressed.set(None);
        if from == place {
            // It came back, or never left: a click follows.
            anchor.set(None);
        } else {
            finish(from, place);
        }
    };
    let verb = move || match anchor.get() {
        None => "Add plot from here".to_owned(),
        Some(from) => {
            let area = CellGeometry::between(from, place);
            let lines =
                |count, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
            format!(
                "Plot of {}, {}",
                lines(area.row_span, "row"),
                lines(area.col_span, "column")
            )
        }
    };
    let name = move || format!("Row {}, column {}: {}", row + 1, col + 1, verb());
    view! {
        <button
            type="button"
            id=slot_id(place)
            class=format!("slot r{} c{}", row + 1, col + 1)
            aria-label=name
            data-testid="slot"
            data-row=row
            data-col=col
            data-state=move || state.get()
            on:click=choose
            on:pointerdown=begin
            on:pointerenter=enter
            on:pointerup=end
            on:focus=move |_| under.set(Some(place))
        >
            {Icon::Plus.view()}
            <span class="slot-text">{verb}</span>
        </button>
    }
    .into_any()
}

fn slot_id((row, col): Place) -> String {
    format!("slot-{row}-{col}")
}

/// The places that no cell takes, in reading order. Tracks the grid and its cells.
fn free_places(live: &Live, id: GridId) -> Vec<Place> {
    let Some(grid) = live.grids.signal(&id).get() else {
        return Vec::new();
    };
    let cells = live.cells_of.signal(&id).get().unwrap_or_default();
    let taken: Vec<CellGeometry> = cells
        .iter()
        .filter_map(|cell| Some(live.cells.signal(cell).get()?.geometry))
        .collect();
    let places = (0..grid.nrows).flat_map(|row| (0..grid.ncols).map(move |col| (row, col)));
    places
        .filter(|place| {
            !taken
                .iter()
                .any(|it| it.overlaps(CellGeometry::between(*place, *place)))
        })
        .collect()
}
