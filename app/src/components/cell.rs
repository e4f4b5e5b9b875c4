//! A rectangle of a grid: title, mark, figure, read-out.

use leptos::prelude::*;
use shared::id::CellId;
use shared::topology::{Cell, CellGeometry};

use super::{
    Arranging, CellFoot, CellNotice, CellReadings, EditedMark, Figure, FigureMenu, Icon, LinkSign,
    MarkChip, MaximiseButton, Maximised, SaveMenu, SliceBar, ValueTable, Watermark, place_class,
};
use crate::browser::focus;
use crate::figure::Choices;
use crate::live::{Live, Mark};

/// One cell with everything in it.
#[component]
pub fn CellView(
    /// The cell.
    id: CellId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let maximised = expect_context::<Maximised>();
    let title = title_of(&live, id);
    let class = class_of(&live, id, maximised);
    let is_table = {
        let live = live.clone();
        Memo::new(move |_| live.table_in(&id).is_some())
    };
    // In the browser alone: a cell can be removed under the hand.
    Effect::new(|| on_cleanup(focus::catch));
    let on_key = maximised.key_handler(id);
    let choices = expect_context::<Choices>();
    let clashes = {
        let live = live.clone();
        Memo::new(move |_| live.units_of(&id, choices.cut(id)).1)
    };
    // A plot of which something cannot be drawn is not well, whatever its data are.
    let mark = Memo::new(move |_| {
        if clashes.with(Vec::is_empty) {
            live.mark_of(&id)
        } else {
            Mark::Error
        }
    });
    let readout = RwSignal::new(String::new());
    let peak = RwSignal::new(String::new());
    // Whether the next drag draws a box.
    let boxing = RwSignal::new(false);
    let heading = format!("cell-{id}");
    let arranging = Arranging::in_use();
    view! {
        <article
            class=class
            aria-labelledby=heading.clone()
            data-testid="cell"
            data-cell=id.to_string()
            data-mark=move || mark.get().name()
            on:keydown=on_key
        >
            <CellHead id heading=heading.clone() title mark boxing />
            <div class="cell-body">
                <CellReadings id />
                <Show
                    when=move || is_table.get()
                    fallback=move || view! { <Figure id title readout peak boxing /> }
                >
                    <ValueTable id title />
                </Show>
                <Watermark id />
                <CellNotice id clashes />
            </div>
            <SliceBar id />
            <CellFoot id readout peak />
            {move || arranging().map(|it| (it.cell_corner)(id, title.into()))}
        </article>
    }
    .into_any()
}

/// Where the cell stands now: sizes and places come as classes.
fn class_of(live: &Live, id: CellId, maximised: Maximised) -> Memo<String> {
    let cell = live.cells.signal(&id);
    Memo::new(move |_| {
        let geometry = cell.with(|it| it.as_ref().map(|it| it.geometry));
        let geometry = match maximised.get() {
            Some(_) => Some(CellGeometry::between((0, 0), (0, 0))),
            None => geometry,
        };
        geometry.map_or_else(String::new, |it| format!("cell {}", place_class(it)))
    })
}

/// What the cell is called now.
fn title_of(live: &Live, id: CellId) -> Memo<String> {
    let (live, cell) = (live.clone(), live.cells.signal(&id));
    Memo::new(move |_| {
        let layers = live.layers_in(&id);
        let title = |it: &Cell| it.full_title(&layers);
        cell.with(|it| it.as_ref().map_or_else(String::new, title))
    })
}

/// Title and mark, with what can be set or done.
#[component]
fn CellHead(
    id: CellId,
    heading: String,
    title: Memo<String>,
    mark: Memo<Mark>,
    boxing: RwSignal<bool>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let chain = Memo::new(move |_| {
        let layers = live.layers_in(&id);
        let lines: Vec<String> = layers.iter().map(|it| live.chain_of(it)).collect();
        lines.join("\n")
    });
    let arranging = Arranging::in_use();
    let is_arranging = Memo::new(move |_| arranging().is_some());
    // While its title is a field, the heading stays for assistive technology.
    let class = move || {
        if is_arranging.get() {
            "visually-hidden"
        } else {
            "cell-title"
        }
    };
    view! {
        <header class="cell-head">
            <h2 class=class id=heading title=move || chain.get() data-testid="cell-title">
                {move || title.get()}
            </h2>
            {move || arranging().map(|it| (it.title_field)(id, title.into()))}
            <EditedMark id />
            <LinkSign id />
            <MarkChip mark />
            // Where the title needs the room, what can be done shows for a hand on the head, or for the keyboard.
            <button
                type="button"
                class="icon-button cell-more needs-script"
                tabindex="-1"
                aria-hidden="true"
                data-testid="cell-more"
            >
                {Icon::More.view()}
            </button>
            <div class="cell-tools">
                {move || match arranging() {
                    Some(it) => (it.cell_tools)(id, title.into()),
                    None => view! {
                        <FigureMenu id boxing />
                        <SaveMenu id />
                        <MaximiseButton id />
                    }
                    .into_any(),
                }}
            </div>
        </header>
    }
    .into_any()
}
