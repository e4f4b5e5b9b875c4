//! Figures at work: what this page chose of each, when they are drawn, and what hands and keys do to them.
//!
//! What a figure looks like is decided by [`crate::present`]; here it meets the page.

mod axis;
mod choices;
mod easel;
mod file_name;
mod handle;
mod hands;
mod limits;
mod link;
mod links;
mod pointers;
mod saving;
mod stage;
mod study;

pub(crate) use axis::Axis;
pub(crate) use choices::Choices;
pub(crate) use easel::{Around, Easel};
pub(crate) use file_name::file_stem;
pub(crate) use handle::FigureHandle;
pub(crate) use hands::Hands;
pub(crate) use limits::{Reading, Refusals};
pub(crate) use link::SharedView;
pub(crate) use links::Links;
pub(crate) use pointers::{Pointers, Release, key_cursor, key_gesture};
pub(crate) use saving::{PictureFormat, copy_link, save_picture};
pub(crate) use stage::Stage;
pub(crate) use study::{Place, Study};
