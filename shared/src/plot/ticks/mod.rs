//! Where an axis carries ticks and what they say. Nothing here draws; text widths come in as numbers.

mod bent;
mod categories;
mod fixed;
mod linear;
mod log;
mod room;
mod time;
mod time_step;

pub use bent::bent_ticks;
pub use categories::category_ticks;
pub use linear::linear_ticks;
pub use log::log_ticks;
pub use room::Room;
pub use time::time_ticks;

pub(in crate::plot) use fixed::superscript;

/// One tick of an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Where it is, in data values.
    pub value: f64,
    /// What it says; empty on minor ticks.
    pub label: String,
    /// A second line that is said once and holds until the next one, such as the date on a time axis.
    pub note: Option<String>,
    /// Whether it is labelled and long.
    pub major: bool,
}

impl Tick {
    fn major(value: f64, label: String) -> Self {
        Self {
            value,
            label,
            note: None,
            major: true,
        }
    }

    fn minor(value: f64) -> Self {
        Self {
            value,
            label: String::new(),
            note: None,
            major: false,
        }
    }
}

/// The ticks of one axis, in rising order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ticks {
    /// The ticks, all inside the range, strictly rising.
    pub ticks: Vec<Tick>,
    /// Labels are to be multiplied by ten to this power; 0 if they are plain.
    pub exponent: i32,
}

impl Ticks {
    /// The labelled ones.
    pub fn majors(&self) -> impl Iterator<Item = &Tick> {
        self.ticks.iter().filter(|tick| tick.major)
    }

    /// What the axis says once about all its labels: `×10⁶`, or nothing.
    ///
    /// ```
    /// use shared::plot::{Range, Room, linear_ticks};
    /// let ticks = linear_ticks(Range::new(0.0, 4e6).unwrap(), Room::vertical(150.0, 14.0));
    /// assert_eq!(ticks.factor().as_deref(), Some("×10⁶"));
    /// assert_eq!(ticks.majors().last().unwrap().label, "4");
    /// ```
    pub fn factor(&self) -> Option<String> {
        (self.exponent != 0).then(|| format!("×10{}", superscript(self.exponent)))
    }
}
