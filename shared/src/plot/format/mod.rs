//! How numbers, uncertainties, durations and times are written in read-outs. What is written here can be read
//! back: the minus sign is the ASCII one (tick labels use the typographic one).

mod duration;
mod moment;
mod number;
mod uncertainty;

pub use duration::{ago, duration};
pub use moment::{date_time, read_date_time, time_of_day, utc_offset};
pub(in crate::plot) use number::with_power;
pub use number::{
    Notation, NumberFormat, exact, group_thousands, place, read_out, to_resolution, with_unit,
};
pub(in crate::plot) use uncertainty::Measured;
pub use uncertainty::{count_with_error, with_error};
