//! The figure of a cell: a canvas, and what hands and keys do to it.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::ev::{KeyboardEvent, PointerEvent, WheelEvent};
use leptos::html::{Canvas, Span};
use leptos::prelude::*;
use shared::id::CellId;

use super::FIGURE_HELP_ID;
use crate::browser::animation::PaintSlot;
use crate::browser::colour_scheme::SchemeWatch;
use crate::browser::pointer;
use crate::browser::resize::SizeWatch;
use crate::browser::sheet::{Sheet, move_to};
use crate::figure::{Choices, Easel, Pointers, key_gesture};
use crate::live::Live;
use crate::present::Gesture;

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
) -> impl IntoView {
    let live = expect_context::<Live>();
    let figure = expect_context::<Choices>().figure(id);
    let canvas = NodeRef::<Canvas>::new();
    let marker = NodeRef::<Span>::new();
    let stage = StoredValue::new_local(None::<Stage>);
    let easel = StoredValue::new_local(None::<Easel>);
    Effect::new({
        let (live, figure) = (live.clone(), figure.clone());
        move || {
            let Some(element) = canvas.get() else { return };
            let made = Easel::new(id, live.clone(), figure.clone());
            made.set_sheet(Sheet::of(element.clone()));
            let painted = made.clone();
            let slot = PaintSlot::new(move || {
                painted.paint();
                tell_cursor(&painted, readout, marker);
            });
            let (sized, schemed) = (slot.clone(), slot.clone());
            stage.set_value(Some(Stage {
                slot,
                _size: SizeWatch::new(&element, move || sized.mark()),
                _scheme: SchemeWatch::new(move || schemed.mark()),
            }));
            easel.set_value(Some(made));
        }
    });
    let label = {
        let live = live.clone();
        Memo::new(move |_| {
            let kinds = live
                .frames_in(&id)
                .into_iter()
                .map(|(_, it)| it.kind.name());
            let kinds: Vec<_> = kinds.collect();
            if kinds.is_empty() {
                format!("{}: no picture yet", title.get())
            } else {
                format!("{}: {}", title.get(), kinds.join(", "))
            }
        })
    };
    Effect::new(move || {
        figure.track();
        live.frames_in(&id);
        // The stage is set by an effect before this one, which runs again at the first change.
        canvas.track();
        stage.with_value(|it| it.iter().for_each(|it| it.slot.mark()));
    });
    let hands = Hands {
        easel,
        pointers: StoredValue::new_local(Rc::default()),
        readout,
        marker,
    };
    view! {
        <div class="figure needs-script">
            <canvas
                node_ref=canvas
                role="img"
                tabindex="0"
                aria-label=move || label.get()
                aria-describedby=FIGURE_HELP_ID
                data-testid="figure"
                on:wheel=move |event| hands.on_wheel(&event)
                on:pointerdown=move |event| hands.on_down(&event)
                on:pointermove=move |event| hands.on_move(&event)
                on:pointerup=move |event| hands.on_up(&event)
                on:pointercancel=move |event| hands.on_cancel(&event)
                on:pointerleave=move |_| hands.on_leave()
                on:dblclick=move |_| hands.apply(Gesture::Fit)
                on:keydown=move |event| hands.on_key(&event)
            ></canvas>
            <span class="figure-marker" node_ref=marker hidden=true aria-hidden="true"></span>
        </div>
    }
    .into_any()
}

/// What lives as long as the canvas.
struct Stage {
    slot: PaintSlot,
    _size: Option<SizeWatch>,
    _scheme: SchemeWatch,
}

/// Turns events into gestures.
#[derive(Clone, Copy)]
struct Hands {
    easel: StoredValue<Option<Easel>, LocalStorage>,
    pointers: StoredValue<Rc<RefCell<Pointers>>, LocalStorage>,
    readout: RwSignal<String>,
    marker: NodeRef<Span>,
}

impl Hands {
    fn apply(self, gesture: Gesture) {
        self.easel
            .with_value(|it| it.iter().for_each(|it| it.apply(gesture)));
    }

    fn on_wheel(self, event: &WheelEvent) {
        event.prevent_default();
        self.apply(Gesture::wheel(
            pointer::place(event),
            pointer::wheel_px(event),
        ));
    }

    fn on_down(self, event: &PointerEvent) {
        if event.button() == 0 {
            pointer::capture(event);
            let at = pointer::place(event);
            self.pointers
                .with_value(|it| it.borrow_mut().handle_down(event.pointer_id(), at));
        }
    }

    fn on_move(self, event: &PointerEvent) {
        let at = pointer::place(event);
        let gestures = self
            .pointers
            .with_value(|it| it.borrow_mut().handle_move(event.pointer_id(), at));
        for gesture in gestures {
            self.apply(gesture);
        }
        self.point(Some(at));
    }

    fn on_up(self, event: &PointerEvent) {
        let clicked = self
            .pointers
            .with_value(|it| it.borrow_mut().handle_up(event.pointer_id()));
        if clicked {
            let at = pointer::place(event);
            self.easel
                .with_value(|it| it.iter().for_each(|it| it.click(at)));
        }
    }

    fn on_cancel(self, event: &PointerEvent) {
        self.pointers
            .with_value(|it| it.borrow_mut().handle_up(event.pointer_id()));
        self.point(None);
    }

    fn on_leave(self) {
        self.point(None);
    }

    fn on_key(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let frame = self
            .easel
            .with_value(|it| it.as_ref()?.with_scene(|scene| scene.layout.frame));
        if let Some(gesture) = frame.and_then(|frame| key_gesture(&event.key(), frame)) {
            event.prevent_default();
            self.apply(gesture);
        }
    }

    /// The cursor is there now, or nowhere.
    fn point(self, at: Option<[f64; 2]>) {
        self.easel.with_value(|it| {
            if let Some(easel) = it {
                easel.set_cursor(at);
                tell_cursor(easel, self.readout, self.marker);
            }
        });
    }
}

/// Says what is under the cursor, and marks the point that is meant.
fn tell_cursor(easel: &Easel, readout: RwSignal<String>, marker: NodeRef<Span>) {
    let under = easel.readout();
    let text = under.as_ref().map_or_else(String::new, |it| it.text());
    if readout.with_untracked(|held| *held != text) {
        readout.set(text);
    }
    if let Some(element) = marker.get_untracked() {
        let at = under.and_then(|it| it.marker);
        element.set_hidden(at.is_none());
        if let Some(at) = at {
            move_to(&element, at);
        }
    }
}
