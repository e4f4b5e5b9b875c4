//! Accessors that flatc 25.12.19 wrote from the files in `server/schemas`; never edited by hand.

pub mod ad00;
pub mod da00;
pub mod ev44;
pub mod f144;
