//! The programs that building and testing take: found, or installed where that can be done without
//! asking. What cannot is said with the command that does it.

pub(crate) mod compilers;
pub(crate) mod end2end;
pub(crate) mod python;
pub(crate) mod rust;

mod apt;
mod chromium;
mod node;
