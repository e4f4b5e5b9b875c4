//! Hands that move what lies on a figure.

use super::Scene;

/// Takes what pointers and keys do to a figure, if it is meant for something that lies on it: true
/// keeps it from the figure.
pub trait Hand {
    /// A pointer went down.
    fn on_down(&self, scene: &Scene, at: [f64; 2]) -> bool;
    /// A pointer moved.
    fn on_move(&self, scene: &Scene, at: [f64; 2]) -> bool;
    /// A pointer went up.
    fn on_up(&self, scene: &Scene, at: [f64; 2]) -> bool;
    /// The browser took the pointer away, or a second one came.
    fn on_cancel(&self);
    /// Two clicks in the same place.
    fn on_double_click(&self, scene: &Scene) -> bool;
    /// A key went down.
    fn on_key(&self, scene: &Scene, key: &str, is_shifted: bool) -> bool;
    /// Where what is selected can be taken hold of.
    fn handles(&self, scene: &Scene) -> Vec<[f64; 2]>;
    /// True while something is held: what is under the cursor is not of interest.
    fn is_holding(&self) -> bool;
}
