//! Elements whose size changes, and the pixels of the screen under them.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};

/// Watches one element until dropped.
pub(crate) struct SizeWatch {
    observer: ResizeObserver,
    _on_change: Closure<dyn FnMut()>,
}

impl SizeWatch {
    /// Runs `act` whenever the element's size changes, and once at first.
    pub(crate) fn new(element: &Element, act: impl FnMut() + 'static) -> Option<Self> {
        let on_change = Closure::<dyn FnMut()>::new(act);
        let observer = ResizeObserver::new(on_change.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self {
            observer,
            _on_change: on_change,
        })
    }
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
