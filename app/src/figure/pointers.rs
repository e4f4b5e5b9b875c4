//! From pointers and keys to gestures. Knows no elements and no events; all places are CSS pixels of the figure.

use std::collections::BTreeMap;

use shared::plot::Rect;

use crate::present::Gesture;

/// The pointers that are down on one figure: one drags, two pinch.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pointers {
    down: BTreeMap<i32, [f64; 2]>,
    /// Where the first one went down.
    start: [f64; 2],
    /// Set once it moved far enough to mean it.
    is_moving: bool,
    /// Set while the first one draws a box.
    is_box: bool,
}

/// What a pointer that went up has done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Release {
    /// Nothing yet, or everything already.
    Nothing,
    /// It clicked.
    Click,
    /// It drew a box.
    Box(Gesture),
}

/// A pointer that moves less is a click.
const CLICK_PX: f64 = 3.0;
/// Zoom, and fraction of the frame moved, per key stroke.
const KEY_ZOOM: f64 = 0.8;
const KEY_PAN: f64 = 0.1;
/// Fraction of the frame that a key moves the cursor.
const KEY_CURSOR: f64 = 0.02;

impl Pointers {
    /// A pointer goes down. More than two mean nothing. The first one may begin to draw a box.
    pub(crate) fn handle_down(&mut self, id: i32, at: [f64; 2], is_box: bool) {
        if self.down.is_empty() {
            self.start = at;
            self.is_moving = false;
            self.is_box = is_box;
        } else {
            // Two never click, and draw no box: they pinch.
            self.is_moving = true;
            self.is_box = false;
        }
        if self.down.len() < 2 {
            self.down.insert(id, at);
        }
    }

    /// A pointer moves; the gestures that this makes, in order.
    pub(crate) fn handle_move(&mut self, id: i32, at: [f64; 2]) -> Vec<Gesture> {
        let is_click = self.down.len() == 1 && !self.is_moving;
        if !self.down.contains_key(&id) || (is_click && distance(self.start, at) < CLICK_PX) {
            return Vec::new();
        }
        self.is_moving = true;
        if self.is_box {
            self.down.insert(id, at);
            return Vec::new();
        }
        let (from, apart_before) = self.grip();
        self.down.insert(id, at);
        let (to, apart_after) = self.grip();
        let pan = Gesture::Pan {
            start: self.start,
            from,
            to,
        };
        if self.down.len() < 2 {
            return vec![pan];
        }
        let factor = apart_before / apart_after;
        vec![pan, Gesture::Zoom { at: to, factor }]
    }

    /// A pointer goes up.
    pub(crate) fn handle_up(&mut self, id: i32) -> Release {
        let Some(at) = self.down.remove(&id) else {
            return Release::Nothing;
        };
        match (self.down.is_empty(), self.is_moving) {
            (true, false) => Release::Click,
            (true, true) if self.is_box => Release::Box(Gesture::Box {
                from: self.start,
                to: at,
            }),
            _ => Release::Nothing,
        }
    }

    /// The browser takes a pointer away. True if it was one of these.
    pub(crate) fn handle_cancel(&mut self, id: i32) -> bool {
        self.down.remove(&id).is_some()
    }

    /// True while none is down.
    pub(crate) fn is_idle(&self) -> bool {
        self.down.is_empty()
    }

    /// The box that is being drawn.
    pub(crate) fn rubber_band(&self) -> Option<Rect> {
        let to = self
            .down
            .values()
            .next()
            .filter(|_| self.is_box && self.is_moving)?;
        let from = self.start;
        Some(Rect {
            left: from[0].min(to[0]),
            top: from[1].min(to[1]),
            width: (from[0] - to[0]).abs(),
            height: (from[1] - to[1]).abs(),
        })
    }

    /// The middle of the pointers, and how far apart they are (1 for one pointer).
    fn grip(&self) -> ([f64; 2], f64) {
        let mut points = self.down.values();
        match (points.next(), points.next()) {
            (Some(a), Some(b)) => {
                let middle = [f64::midpoint(a[0], b[0]), f64::midpoint(a[1], b[1])];
                (middle, distance(*a, *b).max(1.0))
            }
            (Some(a), None) => (*a, 1.0),
            _ => (self.start, 1.0),
        }
    }
}

/// What a key does to a figure with this frame, by the name that browsers give the key.
pub(crate) fn key_gesture(key: &str, frame: Rect) -> Option<Gesture> {
    let centre = [
        frame.left + frame.width / 2.0,
        frame.top + frame.height / 2.0,
    ];
    let pan = |x: f64, y: f64| Gesture::Pan {
        start: centre,
        from: centre,
        to: [
            centre[0] - x * KEY_PAN * frame.width,
            centre[1] + y * KEY_PAN * frame.height,
        ],
    };
    let zoom = |factor| Gesture::Zoom { at: centre, factor };
    Some(match key {
        "ArrowLeft" => pan(-1.0, 0.0),
        "ArrowRight" => pan(1.0, 0.0),
        "ArrowDown" => pan(0.0, -1.0),
        "ArrowUp" => pan(0.0, 1.0),
        "+" | "=" => zoom(KEY_ZOOM),
        "-" | "_" => zoom(1.0 / KEY_ZOOM),
        "0" | "Home" => Gesture::Fit,
        _ => return None,
    })
}

/// Where a key moves a cursor in a figure with this frame. It starts in the middle and stays inside.
pub(crate) fn key_cursor(key: &str, frame: Rect, cursor: Option<[f64; 2]>) -> Option<[f64; 2]> {
    let [right, down] = match key {
        "ArrowLeft" => [-1.0, 0.0],
        "ArrowRight" => [1.0, 0.0],
        "ArrowDown" => [0.0, 1.0],
        "ArrowUp" => [0.0, -1.0],
        _ => return None,
    };
    let centre = [
        frame.left + frame.width / 2.0,
        frame.top + frame.height / 2.0,
    ];
    let Some([x, y]) = cursor else {
        return Some(centre);
    };
    Some([
        (x + right * KEY_CURSOR * frame.width).clamp(frame.left, frame.right()),
        (y + down * KEY_CURSOR * frame.height).clamp(frame.top, frame.bottom()),
    ])
}

fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_click_moves_nothing_and_a_drag_loses_nothing() {
        let mut pointers = Pointers::default();
        pointers.handle_down(1, [10.0, 10.0], false);
        assert_eq!(pointers.handle_move(1, [11.0, 12.0]), []);
        let drag = Gesture::Pan {
            start: [10.0, 10.0],
            from: [10.0, 10.0],
            to: [20.0, 12.0],
        };
        assert_eq!(pointers.handle_move(1, [20.0, 12.0]), [drag]);
        assert_eq!(pointers.handle_up(1), Release::Nothing);
        pointers.handle_down(1, [10.0, 10.0], false);
        assert_eq!(pointers.handle_up(1), Release::Click);
    }

    #[test]
    fn two_fingers_zoom_about_their_middle() {
        let mut pointers = Pointers::default();
        pointers.handle_down(1, [40.0, 50.0], false);
        pointers.handle_down(2, [60.0, 50.0], false);
        let gestures = pointers.handle_move(2, [80.0, 50.0]);
        let zoom = Gesture::Zoom {
            at: [60.0, 50.0],
            factor: 0.5,
        };
        assert_eq!(gestures[1], zoom);
        assert_eq!(pointers.handle_up(2), Release::Nothing);
        let gestures = pointers.handle_move(1, [45.0, 50.0]);
        assert_eq!(gestures.len(), 1);
        assert_eq!(pointers.handle_up(1), Release::Nothing);
    }

    #[test]
    fn two_fingers_never_click() {
        for is_cancelled in [false, true] {
            let mut pointers = Pointers::default();
            pointers.handle_down(1, [40.0, 50.0], false);
            pointers.handle_down(2, [60.0, 50.0], false);
            if is_cancelled {
                assert!(pointers.handle_cancel(1));
            } else {
                assert_eq!(pointers.handle_up(1), Release::Nothing);
            }
            assert_eq!(pointers.handle_up(2), Release::Nothing);
            assert!(pointers.is_idle());
        }
    }

    #[test]
    fn a_pointer_that_never_went_down_does_nothing() {
        let mut pointers = Pointers::default();
        assert_eq!(pointers.handle_move(7, [1.0, 1.0]), []);
        assert_eq!(pointers.handle_up(7), Release::Nothing);
    }

    #[test]
    fn a_box_is_drawn_before_it_is_shown() {
        let mut pointers = Pointers::default();
        pointers.handle_down(1, [10.0, 40.0], true);
        assert_eq!(pointers.rubber_band(), None);
        assert_eq!(pointers.handle_move(1, [30.0, 20.0]), []);
        let band = Rect {
            left: 10.0,
            top: 20.0,
            width: 20.0,
            height: 20.0,
        };
        assert_eq!(pointers.rubber_band(), Some(band));
        let shown = Gesture::Box {
            from: [10.0, 40.0],
            to: [30.0, 20.0],
        };
        assert_eq!(pointers.handle_up(1), Release::Box(shown));
        assert_eq!(pointers.rubber_band(), None);
        pointers.handle_down(1, [10.0, 40.0], true);
        pointers.handle_move(1, [30.0, 20.0]);
        pointers.handle_cancel(1);
        assert_eq!(pointers.handle_up(1), Release::Nothing);
    }

    #[test]
    fn a_second_finger_pinches_instead_of_a_box() {
        let mut pointers = Pointers::default();
        pointers.handle_down(1, [40.0, 50.0], true);
        pointers.handle_down(2, [60.0, 50.0], true);
        let gestures = pointers.handle_move(2, [80.0, 50.0]);
        assert!(matches!(gestures[1], Gesture::Zoom { .. }), "{gestures:?}");
        assert_eq!(pointers.rubber_band(), None);
    }

    #[test]
    fn keys_move_a_cursor_that_stays_inside() {
        let frame = Rect {
            left: 100.0,
            top: 0.0,
            width: 200.0,
            height: 100.0,
        };
        let middle = key_cursor("ArrowUp", frame, None);
        assert_eq!(middle, Some([200.0, 50.0]));
        assert_eq!(key_cursor("ArrowUp", frame, middle), Some([200.0, 48.0]));
        assert_eq!(key_cursor("ArrowRight", frame, middle), Some([204.0, 50.0]));
        let corner = Some([100.0, 100.0]);
        assert_eq!(key_cursor("ArrowLeft", frame, corner), corner);
        assert_eq!(key_cursor("+", frame, middle), None);
    }

    #[test]
    fn keys_move_by_a_tenth() {
        let frame = Rect {
            left: 100.0,
            top: 0.0,
            width: 200.0,
            height: 100.0,
        };
        let right = Gesture::Pan {
            start: [200.0, 50.0],
            from: [200.0, 50.0],
            to: [180.0, 50.0],
        };
        assert_eq!(key_gesture("ArrowRight", frame), Some(right));
        assert_eq!(key_gesture("0", frame), Some(Gesture::Fit));
        assert_eq!(key_gesture("a", frame), None);
    }
}
