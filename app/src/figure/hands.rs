//! From the events of a canvas to gestures on the figure that it shows.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::ev::{KeyboardEvent, PointerEvent, WheelEvent};
use leptos::html::Span;
use leptos::prelude::*;

use super::{Easel, Pointers, key_gesture};
use crate::browser::pointer;
use crate::browser::sheet::move_to;
use crate::present::{Gesture, Readout};

/// Turns events into gestures.
#[derive(Clone, Copy)]
pub(crate) struct Hands {
    easel: StoredValue<Option<Easel>, LocalStorage>,
    pointers: StoredValue<Rc<RefCell<Pointers>>, LocalStorage>,
    readout: RwSignal<String>,
    marker: NodeRef<Span>,
}

impl Hands {
    /// Hands that have nothing in them yet. They say what is under the cursor, and mark the point that is meant.
    pub(crate) fn new(readout: RwSignal<String>, marker: NodeRef<Span>) -> Self {
        Self {
            easel: StoredValue::new_local(None),
            pointers: StoredValue::new_local(Rc::default()),
            readout,
            marker,
        }
    }

    /// Take hold of a figure.
    pub(crate) fn hold(self, easel: Easel) {
        self.easel.set_value(Some(easel));
    }

    /// Does something to the figure.
    pub(crate) fn apply(self, gesture: Gesture) {
        self.easel
            .with_value(|it| it.iter().for_each(|it| it.apply(gesture)));
    }

    /// A wheel turned.
    pub(crate) fn on_wheel(self, event: &WheelEvent) {
        event.prevent_default();
        self.apply(Gesture::wheel(
            pointer::place(event),
            pointer::wheel_px(event),
        ));
    }

    /// A pointer went down.
    pub(crate) fn on_down(self, event: &PointerEvent) {
        if event.button() == 0 {
            pointer::capture(event);
            let at = pointer::place(event);
            self.pointers
                .with_value(|it| it.borrow_mut().handle_down(event.pointer_id(), at));
        }
    }

    /// A pointer moved.
    pub(crate) fn on_move(self, event: &PointerEvent) {
        let at = pointer::place(event);
        let gestures = self
            .pointers
            .with_value(|it| it.borrow_mut().handle_move(event.pointer_id(), at));
        for gesture in gestures {
            self.apply(gesture);
        }
        self.point(Some(at));
    }

    /// A pointer went up.
    pub(crate) fn on_up(self, event: &PointerEvent) {
        let clicked = self
            .pointers
            .with_value(|it| it.borrow_mut().handle_up(event.pointer_id()));
        if clicked {
            let at = pointer::place(event);
            self.easel
                .with_value(|it| it.iter().for_each(|it| it.click(at)));
        }
    }

    /// The browser took a pointer away.
    pub(crate) fn on_cancel(self, event: &PointerEvent) {
        self.pointers
            .with_value(|it| it.borrow_mut().handle_up(event.pointer_id()));
        self.point(None);
    }

    /// The cursor left.
    pub(crate) fn on_leave(self) {
        self.point(None);
    }

    /// A key went down.
    pub(crate) fn on_key(self, event: &KeyboardEvent) {
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
pub(crate) fn tell_cursor(easel: &Easel, readout: RwSignal<String>, marker: NodeRef<Span>) {
    let under = easel.readout();
    let text = under.as_ref().map_or_else(String::new, Readout::text);
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
