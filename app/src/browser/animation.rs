//! One animation frame for the whole page: whatever is dirty is painted in it, everything else is left alone.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::window;

use super::stop;

/// Something that is painted; no longer, once dropped.
#[derive(Clone)]
pub(crate) struct PaintSlot(Rc<Registration>);

struct Registration(u64);

#[derive(Default)]
struct Queue {
    painters: BTreeMap<u64, Rc<dyn Fn()>>,
    dirty: BTreeSet<u64>,
    is_scheduled: bool,
    last: u64,
}

thread_local! {
    static QUEUE: RefCell<Queue> = RefCell::default();
}

impl PaintSlot {
    /// Registers something that `paint` paints.
    pub(crate) fn new(paint: impl Fn() + 'static) -> Self {
        QUEUE.with_borrow_mut(|queue| {
            queue.last += 1;
            queue.painters.insert(queue.last, Rc::new(paint));
            Self(Rc::new(Registration(queue.last)))
        })
    }

    /// Has it painted in the next animation frame.
    pub(crate) fn mark(&self) {
        let schedule = QUEUE.with_borrow_mut(|queue| {
            queue.dirty.insert(self.0.0);
            !std::mem::replace(&mut queue.is_scheduled, true)
        });
        if schedule {
            request_frame();
        }
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        // The queue may be gone when the page is.
        let removed = QUEUE.try_with(|queue| queue.borrow_mut().painters.remove(&self.0));
        drop(removed);
    }
}

fn request_frame() {
    let paint = Closure::once_into_js(paint_dirty);
    if let Some(window) = window() {
        window.request_animation_frame(paint.unchecked_ref()).ok();
    }
}

fn paint_dirty() {
    let due: Vec<Rc<dyn Fn()>> = QUEUE.with_borrow_mut(|queue| {
        queue.is_scheduled = false;
        let dirty = std::mem::take(&mut queue.dirty);
        dirty
            .iter()
            .filter_map(|id| queue.painters.get(id).cloned())
            .collect()
    });
    for paint in due {
        if stop::is_stopped() {
            return;
        }
        paint();
    }
}
