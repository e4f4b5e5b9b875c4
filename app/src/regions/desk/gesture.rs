//! What a hand changes while it holds a region: others, and the spectra, see it on its way.

use leptos::prelude::*;
use shared::id::RegionId;
use shared::plot::Area;
use shared::region::Region;
use uuid::Uuid;

use super::Desk;
use crate::browser::timer::Timeout;

/// What is held is sent no more often than this; sooner than spectra are computed anew it would be of no use.
const SEND_MS: u32 = 200;

/// A hand that moves or reshapes a region, until it lets go.
pub(super) struct Gesture {
    /// What is sent of it is taken back together.
    pub(super) id: Uuid,
    /// The region as the hand took hold of it.
    before: Region,
    is_sent: bool,
    /// The server did not take what was sent: it is asked again when the hand lets go.
    is_refused: bool,
    timer: Option<Timeout>,
}

impl Desk {
    /// The hand has made this of a region, and holds it still.
    pub(super) fn shape(&self, id: RegionId, area: Area) {
        let mut gesture = self.0.gesture.borrow_mut();
        if gesture.is_none() {
            *gesture = self.region(id).map(|before| Gesture {
                id: Uuid::new_v4(),
                before,
                is_sent: false,
                is_refused: false,
                timer: None,
            });
        }
        if let Some(gesture) = &mut *gesture
            && gesture.timer.is_none()
            && !gesture.is_refused
        {
            let desk = self.clone();
            gesture.timer = Some(Timeout::new(SEND_MS, move || desk.send_held()));
        }
        drop(gesture);
        self.show(id, area);
    }

    fn send_held(&self) {
        let held = self.0.regions.local.get_untracked();
        let held = held.filter(|it| it.area.check().is_ok());
        let id = self.0.gesture.borrow_mut().as_mut().map(|gesture| {
            gesture.timer = None;
            gesture.is_sent |= held.is_some();
            gesture.id
        });
        if let Some((id, region)) = id.zip(held) {
            self.put(region, "change", Some(id));
        }
    }

    /// True when the server refused a region that a hand holds: nothing is told before it lets go.
    pub(super) fn is_refused_in_hand(&self, id: RegionId) -> bool {
        let mut gesture = self.0.gesture.borrow_mut();
        let gesture = gesture.as_mut().filter(|it| it.before.id == id);
        let is_held = gesture.is_some();
        if let Some(gesture) = gesture {
            gesture.is_refused = true;
        }
        is_held
    }

    /// The hand's work is dropped; what others saw of it is taken back.
    pub(super) fn drop_gesture(&self) {
        let gesture = self.0.gesture.borrow_mut().take();
        match gesture {
            Some(gesture) if gesture.is_sent => {
                self.put(gesture.before, "change", Some(gesture.id));
            }
            Some(gesture) => self.drop_local(gesture.before.id),
            None => {}
        }
    }
}
