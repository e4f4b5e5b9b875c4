//! The figure of a cell: a canvas, and what hands and keys do to it.

use std::rc::Rc;

use leptos::html::Canvas;
use leptos::prelude::*;
use shared::id::CellId;

use super::{Arranging, FIGURE_HELP_ID};
use crate::browser::sheet::Sheet;
use crate::cuts::Cuts;
use crate::figure::{Around, Choices, Easel, Hands, Links, Stage};
use crate::live::Live;
use crate::present::scalar_texts;
use crate::regions::Regions;

/// The picture of a cell. Says what is under the cursor by `readout`.
#[component]
pub(crate) fn Figure(
    /// The cell.
    id: CellId,
    /// What the cell is called.
    #[prop(into)]
    title: Signal<String>,
    /// Receives what is under the cursor.
    readout: RwSignal<String>,
    /// Receives the largest value in sight.
    peak: RwSignal<String>,
    /// Whether the next drag draws a box.
    boxing: RwSignal<bool>,
) -> impl IntoView {
    let canvas = NodeRef::<Canvas>::new();
    let hands = Hands::new(readout, boxing);
    let cross = [NodeRef::new(), NodeRef::new()];
    let around = Around {
        cross,
        peak,
        regions: expect_context::<Regions>(),
        cuts: expect_context::<Cuts>(),
        cut_places: RwSignal::new(Vec::new()),
    };
    let arranging = Arranging::in_use();
    paint_when_dirty(id, canvas, hands, &around);
    let live = expect_context::<Live>();
    let label = Memo::new(move |_| label(&live, &id, &title.get()));
    view! {
        <div class="figure needs-script">
            <canvas
                node_ref=canvas
                role="application"
                aria-roledescription="figure"
                tabindex="0"
                aria-label=move || label.get()
                aria-describedby=FIGURE_HELP_ID
                data-testid="figure"
                class:is-drawn-on=move || boxing.get() || around.regions.cell.get() == Some(id)
                on:wheel=move |event| hands.on_wheel(&event)
                on:pointerdown=move |event| hands.on_down(&event)
                on:pointermove=move |event| hands.on_move(&event)
                on:pointerup=move |event| hands.on_up(&event)
                on:pointercancel=move |event| hands.on_cancel(&event)
                on:pointerleave=move |event| hands.on_leave(&event)
                on:dblclick=move |event| hands.on_double_click(&event)
                on:keydown=move |event| hands.on_key(&event)
                on:blur=move |_| hands.on_blur()
            ></canvas>
            <span class="figure-cross" node_ref=cross[0] hidden=true aria-hidden="true"></span>
            <span class="figure-cross" node_ref=cross[1] hidden=true aria-hidden="true"></span>
            <span class="figure-marker" node_ref=hands.marker hidden=true aria-hidden="true"></span>
            <span class="figure-band" node_ref=hands.band hidden=true aria-hidden="true"></span>
            {move || arranging().map(|it| (it.cut_handles)(around.cut_places))}
            <span class="visually-hidden" role="status" data-testid="spoken">
                {move || hands.spoken.get()}
            </span>
            <Values id />
        </div>
    }
    .into_any()
}

/// The single values that the canvas shows, as text.
#[component]
fn Values(id: CellId) -> impl IntoView {
    let live = expect_context::<Live>();
    let values = Memo::new(move |_| {
        let layers = live.frames_in(&id).into_iter();
        let of_layer = |(layer, _)| {
            live.pictures
                .with_frame(layer, |it| scalar_texts(&it.frame))
        };
        layers.filter_map(of_layer).flatten().collect::<Vec<_>>()
    });
    let lines = move || values.with(|it| it.join(", "));
    view! {
        <p class="visually-hidden" data-testid="values">
            {lines}
        </p>
    }
}

/// Has the figure painted whenever its data, its choices, its size or its colours change.
fn paint_when_dirty(id: CellId, canvas: NodeRef<Canvas>, hands: Hands, around: &Around) {
    let around = *around;
    let live = expect_context::<Live>();
    let figure = expect_context::<Choices>().figure(id);
    let links = expect_context::<Links>();
    let stage = StoredValue::new_local(None::<Stage>);
    Effect::new({
        let (live, figure) = (live.clone(), figure.clone());
        move || {
            let Some(sheet) = canvas.get().and_then(Sheet::of).map(Rc::new) else {
                return;
            };
            let easel = Easel::new(
                id,
                Rc::clone(&sheet),
                live.clone(),
                figure.clone(),
                links,
                &around,
            );
            links.join(&easel);
            hands.hold(easel.clone());
            stage.set_value(Some(Stage::new(&sheet, move || {
                easel.paint();
                hands.tell_cursor(&easel);
            })));
        }
    });
    Effect::new(move || {
        figure.track();
        live.frames_in(&id);
        around.regions.track(&live, &id);
        around.cuts.track(&live, &id);
        // The stage is set by the effect before this one as soon as there is a canvas.
        canvas.track();
        stage.with_value(|it| it.iter().for_each(Stage::mark));
    });
}

/// What the figure is, for those who do not see it.
fn label(live: &Live, cell: &CellId, title: &str) -> String {
    let frames = live.frames_in(cell);
    let kinds: Vec<&str> = frames.iter().map(|(_, it)| it.kind.name()).collect();
    if kinds.is_empty() {
        return format!("{title}: no picture yet");
    }
    format!("{title}: {}", kinds.join(", "))
}
