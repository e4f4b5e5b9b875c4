//! Figures at work: what this page chose of each, when they are drawn, and what hands and keys do to them.
//!
//! What a figure looks like is decided by [`crate::present`]; here it meets the page.

mod axis;
mod choices;
mod easel;
mod handle;
mod hands;
mod limits;
mod pointers;
mod scale_kind;

pub(crate) use axis::Axis;
pub(crate) use choices::Choices;
pub(crate) use easel::Easel;
pub(crate) use handle::FigureHandle;
pub(crate) use hands::Hands;
pub(crate) use limits::{Reading, Refusals};
pub(crate) use pointers::{Pointers, Release, key_cursor, key_gesture};
pub(crate) use scale_kind::ScaleKind;
