//! What lives as long as a canvas on which a figure is painted.

use std::rc::Rc;

use crate::browser::animation::PaintSlot;
use crate::browser::colour_scheme::SchemeWatch;
use crate::browser::resize::SizeWatch;
use crate::browser::sheet::Sheet;

/// Has a canvas painted again whenever its size or its colours change, and when it is [marked](Self::mark).
pub(crate) struct Stage {
    slot: PaintSlot,
    _size: Option<SizeWatch>,
    _scheme: SchemeWatch,
}

impl Stage {
    /// A canvas that `paint` paints, in the page's animation frame alone.
    pub(crate) fn new(sheet: &Rc<Sheet>, paint: impl Fn() + 'static) -> Self {
        let slot = PaintSlot::new(paint);
        let (sized, on_size) = (Rc::clone(sheet), slot.clone());
        let (schemed, on_scheme) = (Rc::clone(sheet), slot.clone());
        Self {
            slot,
            _size: SizeWatch::new(sheet.element(), move |size| {
                sized.set_size(size);
                on_size.mark();
            }),
            _scheme: SchemeWatch::new(move |panel| {
                schemed.set_panel(panel);
                on_scheme.mark();
            }),
        }
    }

    /// What it shows changed.
    pub(crate) fn mark(&self) {
        self.slot.mark();
    }
}
