//! From positions between 0 and 1 to colours.

use serde::{Deserialize, Serialize};

use super::colour_tables::{CIVIDIS, COOL_WARM, GREY, INFERNO, MAGMA, VIRIDIS};

/// A colour map of 256 colours.
///
/// ```
/// use shared::plot::ColourMap;
/// assert_eq!(ColourMap::Viridis.sample(0.0), [68, 1, 84]);
/// assert_eq!(ColourMap::Viridis.sample(7.0), [253, 231, 37]);
/// assert_eq!(ColourMap::Grey.sample(0.5), [128, 128, 128]);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColourMap {
    /// Blue over green to yellow, evenly lighter; readable with all common colour vision deficiencies.
    #[default]
    Viridis,
    /// Black over purple to light yellow.
    Magma,
    /// Black over red to bright yellow.
    Inferno,
    /// Blue to yellow, the same picture with and without red-green deficiency.
    Cividis,
    /// Black to white.
    Grey,
    /// Blue over white to red, for differences around zero.
    CoolWarm,
}

impl ColourMap {
    /// All maps, as a menu lists them.
    pub const ALL: [Self; 6] = [
        Self::Viridis,
        Self::Magma,
        Self::Inferno,
        Self::Cividis,
        Self::Grey,
        Self::CoolWarm,
    ];

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Viridis => "Viridis",
            Self::Magma => "Magma",
            Self::Inferno => "Inferno",
            Self::Cividis => "Cividis",
            Self::Grey => "Grey",
            Self::CoolWarm => "Cool-warm",
        }
    }

    /// Whether it diverges from a neutral middle.
    pub const fn diverges(self) -> bool {
        matches!(self, Self::CoolWarm)
    }

    /// Its colours as red, green, blue in sRGB, from the lowest to the highest value.
    pub const fn table(self) -> &'static [[u8; 3]; 256] {
        match self {
            Self::Viridis => &VIRIDIS,
            Self::Magma => &MAGMA,
            Self::Inferno => &INFERNO,
            Self::Cividis => &CIVIDIS,
            Self::Grey => &GREY,
            Self::CoolWarm => &COOL_WARM,
        }
    }

    /// The colour at a position: entry `floor(256·t)`, the ends beyond 0 and 1, as a texture of 256 texels with
    /// nearest filtering and clamping gives. NaN has no colour; it gets the lowest one here, see
    /// [`ColourMap::rgba`].
    pub fn sample(self, t: f64) -> [u8; 3] {
        self.table()[(t * 256.0).clamp(0.0, 255.0) as usize]
    }

    /// The same with opacity: NaN is transparent, everything else opaque.
    pub fn rgba(self, t: f64) -> [u8; 4] {
        let [r, g, b] = self.sample(t);
        if t.is_nan() {
            [0; 4]
        } else {
            [r, g, b, u8::MAX]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative lightness is enough to see that a map rises.
    fn lightness([r, g, b]: [u8; 3]) -> f64 {
        0.2126 * f64::from(r) + 0.7152 * f64::from(g) + 0.0722 * f64::from(b)
    }

    #[test]
    fn sequential_maps_rise_in_lightness() {
        for map in ColourMap::ALL
            .into_iter()
            .filter(|map| *map != ColourMap::CoolWarm)
        {
            let table = map.table();
            for (below, above) in table.iter().zip(&table[8..]) {
                assert!(lightness(*below) < lightness(*above), "{map:?}");
            }
        }
    }

    #[test]
    fn published_values() {
        assert_eq!(ColourMap::Viridis.sample(0.5), [33, 145, 140]);
        assert_eq!(ColourMap::Inferno.sample(1.0), [252, 255, 164]);
        assert_eq!(ColourMap::Cividis.sample(0.0), [0, 34, 78]);
        assert_eq!(ColourMap::CoolWarm.sample(0.0), [59, 76, 192]);
        assert_eq!(ColourMap::CoolWarm.sample(1.0), [180, 4, 38]);
        let middle = ColourMap::CoolWarm.sample(0.5);
        assert!(middle.iter().max().unwrap() - middle.iter().min().unwrap() <= 2);
    }

    #[test]
    fn nan_is_transparent() {
        assert_eq!(ColourMap::Magma.rgba(f64::NAN), [0, 0, 0, 0]);
        assert_eq!(ColourMap::Magma.rgba(-1.0), [0, 0, 4, 255]);
    }
}
