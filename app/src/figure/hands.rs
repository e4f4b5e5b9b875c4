//! From the events of a canvas to gestures on the figure that it shows.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::ev::{KeyboardEvent, MouseEvent, PointerEvent, WheelEvent};
use leptos::html::Span;
use leptos::prelude::*;

use super::{Easel, Pointers, Release, key_cursor, key_gesture};
use crate::browser::pointer;
use crate::browser::sheet::{cover, move_to};
use crate::present::{Gesture, Hand, Readout, Scene};

/// Turns events into gestures.
#[derive(Clone, Copy)]
pub(crate) struct Hands {
    easel: StoredValue<Option<Easel>, LocalStorage>,
    pointers: StoredValue<Rc<RefCell<Pointers>>, LocalStorage>,
    readout: RwSignal<String>,
    /// Whether the next drag draws a box, whatever lies on the figure.
    boxing: RwSignal<bool>,
    /// The element that marks the point that is meant.
    pub(crate) marker: NodeRef<Span>,
    /// The element that shows the box that is being drawn.
    pub(crate) band: NodeRef<Span>,
    /// What the keyboard's cursor reads, to be spoken. What the mouse reads would never end.
    pub(crate) spoken: RwSignal<String>,
}

impl Hands {
    /// Hands that have nothing in them yet. They say what is under the cursor by `readout`, and draw a box next while
    /// `boxing`.
    pub(crate) fn new(readout: RwSignal<String>, boxing: RwSignal<bool>) -> Self {
        Self {
            easel: StoredValue::new_local(None),
            pointers: StoredValue::new_local(Rc::default()),
            readout,
            boxing,
            marker: NodeRef::new(),
            band: NodeRef::new(),
            spoken: RwSignal::new(String::new()),
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

    /// A wheel turned. Where that means nothing to the figure, the page scrolls.
    pub(crate) fn on_wheel(self, event: &WheelEvent) {
        let at = pointer::place(event);
        if self.is_sensitive(at) && !self.is_holding() {
            event.prevent_default();
            self.apply(Gesture::wheel(at, pointer::wheel_px(event)));
        }
    }

    /// A double click shows everything again, where there are axes.
    pub(crate) fn on_double_click(self, event: &MouseEvent) {
        let is_taken = self.ask_regions(|hand, scene| hand.on_double_click(scene));
        if !is_taken && self.is_sensitive(pointer::place(event)) {
            self.apply(Gesture::Fit);
        }
    }

    /// A pointer went down.
    pub(crate) fn on_down(self, event: &PointerEvent) {
        if event.button() != 0 {
            return;
        }
        pointer::capture(event);
        let at = pointer::place(event);
        let is_boxing = self.boxing.get_untracked();
        if !event.is_primary() {
            // A second finger is the figure's, whatever the first one began.
            self.with_hand(|hand| hand.on_cancel());
        } else if !is_boxing && self.ask_regions(|hand, scene| hand.on_down(scene, at)) {
            return self.point(None);
        }
        if self.with_pointers(|it| it.is_idle()) {
            self.easel
                .with_value(|it| it.iter().for_each(Easel::keep_view));
        }
        let is_box = is_boxing || event.shift_key();
        self.with_pointers(|it| it.handle_down(event.pointer_id(), at, is_box));
        self.point(Some(at));
    }

    /// A pointer moved.
    pub(crate) fn on_move(self, event: &PointerEvent) {
        let at = pointer::place(event);
        if self.ask_regions(|hand, scene| hand.on_move(scene, at)) {
            return self.point(None);
        }
        for gesture in self.with_pointers(|it| it.handle_move(event.pointer_id(), at)) {
            self.apply(gesture);
        }
        self.show_band();
        self.point(Some(at));
    }

    /// A pointer went up.
    pub(crate) fn on_up(self, event: &PointerEvent) {
        let at = pointer::place(event);
        if self.is_holding() && self.ask_regions(|hand, scene| hand.on_up(scene, at)) {
            return;
        }
        match self.with_pointers(|it| it.handle_up(event.pointer_id())) {
            Release::Nothing => {}
            Release::Box(gesture) => {
                self.apply(gesture);
                self.boxing.set(false);
            }
            Release::Click => {
                self.easel
                    .with_value(|it| it.iter().for_each(|it| it.click(at)));
            }
        }
        self.show_band();
    }

    /// The browser took a pointer away, such as to scroll the page with it: it meant nothing to the figure.
    pub(crate) fn on_cancel(self, event: &PointerEvent) {
        self.with_hand(|hand| hand.on_cancel());
        if self.with_pointers(|it| it.handle_cancel(event.pointer_id())) {
            self.easel
                .with_value(|it| it.iter().for_each(Easel::take_back_view));
        }
        self.show_band();
        self.point(None);
    }

    /// The cursor left. A finger that went up leaves what it read.
    pub(crate) fn on_leave(self, event: &PointerEvent) {
        if event.pointer_type() != "touch" {
            self.point(None);
        }
    }

    /// A key went down.
    pub(crate) fn on_key(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let key = event.key();
        let is_shifted = event.shift_key();
        if self.ask_regions(|hand, scene| hand.on_key(scene, &key, is_shifted)) {
            event.prevent_default();
            return;
        }
        let painted = self.easel.with_value(|it| {
            let easel = it.as_ref()?;
            let frame =
                easel.with_scene(|scene| scene.has_axes.then_some(scene.layout.frame))??;
            Some((frame, easel.cursor()))
        });
        let Some((frame, cursor)) = painted else {
            return;
        };
        if event.shift_key()
            && let Some(at) = key_cursor(&key, frame, cursor)
        {
            event.prevent_default();
            self.point(Some(at));
            self.spoken.set(self.readout.get_untracked());
        } else if key == "Escape" && self.boxing.get_untracked() {
            event.prevent_default();
            self.boxing.set(false);
        } else if key == "Escape" {
            self.point(None);
        } else if let Some(gesture) = key_gesture(&key, frame) {
            event.prevent_default();
            self.apply(gesture);
        }
    }

    /// The focus of the keyboard went elsewhere, and its cursor with it.
    pub(crate) fn on_blur(self) {
        // A figure that is taken away loses the focus, too, when nothing of it is there any more.
        if self.easel.try_with_value(|_| ()).is_none() {
            return;
        }
        self.spoken.set(String::new());
        self.point(None);
    }

    /// Asks what edits regions whether something is meant for it.
    fn ask_regions(self, ask: impl FnOnce(&dyn Hand, &Scene) -> bool) -> bool {
        let ask = |easel: &Option<Easel>| {
            let easel = easel.as_ref()?;
            let hand = easel.hand()?;
            easel.with_scene(|scene| ask(&*hand, scene))
        };
        self.easel.with_value(ask).unwrap_or_default()
    }

    fn with_hand<R>(self, act: impl FnOnce(&dyn Hand) -> R) -> Option<R> {
        let hand = self.easel.with_value(|it| it.as_ref()?.hand());
        hand.map(|hand| act(&*hand))
    }

    /// True while a region is in somebody's hand.
    fn is_holding(self) -> bool {
        self.with_hand(|hand| hand.is_holding()).unwrap_or_default()
    }

    fn is_sensitive(self, at: [f64; 2]) -> bool {
        let sensitive = |it: &Option<Easel>| it.as_ref().is_some_and(|it| it.is_sensitive(at));
        self.easel.with_value(sensitive)
    }

    fn with_pointers<R>(self, act: impl FnOnce(&mut Pointers) -> R) -> R {
        self.pointers.with_value(|it| act(&mut it.borrow_mut()))
    }

    /// Shows the box that is being drawn.
    fn show_band(self) {
        let Some(element) = self.band.get_untracked() else {
            return;
        };
        let band = self.with_pointers(|it| it.rubber_band());
        element.set_hidden(band.is_none());
        if let Some(band) = band {
            cover(&element, band);
        }
    }

    /// The cursor is there now, or nowhere.
    fn point(self, at: Option<[f64; 2]>) {
        self.easel.with_value(|it| {
            if let Some(easel) = it {
                easel.set_cursor(at);
                self.tell_cursor(easel);
            }
        });
    }

    /// Says what is under the cursor of a figure, and marks the point that is meant.
    pub(crate) fn tell_cursor(self, easel: &Easel) {
        let under = easel.readout();
        let text = under.as_ref().map_or_else(String::new, Readout::text);
        if self.readout.with_untracked(|held| *held != text) {
            self.readout.set(text);
        }
        if let Some(element) = self.marker.get_untracked() {
            let at = under.and_then(|it| it.marker);
            element.set_hidden(at.is_none());
            if let Some(at) = at {
                move_to(&element, at);
            }
        }
    }
}
