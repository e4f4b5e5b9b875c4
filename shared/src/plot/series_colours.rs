//! The colours of curves: twelve for light and twelve for dark panels, told apart with deficient colour vision too.
//!
//! Begun from the blue, vermilion and green of M. Okabe and K. Ito ("Color Universal Design", 2008) and moved apart
//! by optimisation in `OKLab`, as seen normally and with protanopia, deuteranopia and tritanopia. The two of one place have
//! the same hue: what was the red curve by day is the red one by night.

/// How many there are.
pub const N_SERIES_COLOURS: usize = LIGHT.len();

/// On light panels.
const LIGHT: [[u8; 3]; 12] = [
    [0x00, 0x5e, 0xc8],
    [0xc8, 0x68, 0x00],
    [0x00, 0x99, 0x76],
    [0xbf, 0x6e, 0xc8],
    [0x80, 0x14, 0x1a],
    [0x8d, 0x51, 0x13],
    [0x38, 0x2f, 0x9a],
    [0x49, 0x5b, 0x64],
    [0xf9, 0x4c, 0x78],
    [0x7c, 0x75, 0xff],
    [0x53, 0x36, 0x64],
    [0x73, 0x60, 0x9c],
];

/// On dark panels.
const DARK: [[u8; 3]; 12] = [
    [0x29, 0x73, 0xf4],
    [0xff, 0x95, 0x41],
    [0x6a, 0xf6, 0xbf],
    [0xbd, 0x93, 0xbe],
    [0xe3, 0x6e, 0x5f],
    [0xa4, 0x61, 0x1a],
    [0x67, 0x69, 0xc0],
    [0xb2, 0xc7, 0xd2],
    [0xd3, 0x4f, 0x78],
    [0xa3, 0xab, 0xfe],
    [0xb1, 0x7d, 0xe2],
    [0x93, 0x7c, 0xaa],
];

/// What people call them, on either panel.
pub const SERIES_COLOUR_NAMES: [&str; N_SERIES_COLOURS] = [
    "Blue", "Orange", "Green", "Orchid", "Red", "Brown", "Indigo", "Grey", "Pink", "Violet",
    "Plum", "Lavender",
];

/// What curves are drawn on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Panel {
    /// White or nearly white (`#f4f6f8` and lighter).
    #[default]
    Light,
    /// Black or nearly black (`#1f2630` and darker).
    Dark,
}

/// The colour of the series at a position of the legend; after twelve they repeat.
///
/// Each has a contrast of at least 3:1 to its panel (WCAG 2.2, success criterion 1.4.11).
///
/// ```
/// use shared::plot::{Panel, series_colour};
/// assert_eq!(series_colour(0, Panel::Light), [0x00, 0x5e, 0xc8]);
/// assert_eq!(series_colour(12, Panel::Dark), series_colour(0, Panel::Dark));
/// ```
pub const fn series_colour(position: usize, panel: Panel) -> [u8; 3] {
    match panel {
        Panel::Light => LIGHT[position % LIGHT.len()],
        Panel::Dark => DARK[position % DARK.len()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What red-green deficiencies make of linear red, green, blue. Source: G. M. Machado, M. M. Oliveira,
    /// L. A. F. Fernandes, IEEE TVCG 15 (2009), severity 1.
    const PROTANOPIA: [[f64; 3]; 3] = [
        [0.152_286, 1.052_583, -0.204_868],
        [0.114_503, 0.786_281, 0.099_216],
        [-0.003_882, -0.048_116, 1.051_998],
    ];
    const DEUTERANOPIA: [[f64; 3]; 3] = [
        [0.367_322, 0.860_646, -0.227_968],
        [0.280_085, 0.672_501, 0.047_413],
        [-0.011_820, 0.042_940, 0.968_881],
    ];

    /// From linear sRGB to the cone response of `OKLab`, and on. Source: B. Ottosson, "A perceptual color space for
    /// image processing" (2020).
    const LMS: [[f64; 3]; 3] = [
        [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
        [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
        [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
    ];
    const LAB: [[f64; 3]; 3] = [
        [0.210_454_255_3, 0.793_617_785, -0.004_072_046_8],
        [1.977_998_495_1, -2.428_592_205, 0.450_593_709_9],
        [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766],
    ];

    fn times(matrix: &[[f64; 3]; 3], v: [f64; 3]) -> [f64; 3] {
        matrix.map(|row| row.iter().zip(v).map(|(a, b)| a * b).sum())
    }

    fn linear(colour: [u8; 3]) -> [f64; 3] {
        colour.map(|channel| match f64::from(channel) / 255.0 {
            c if c <= 0.04045 => c / 12.92,
            c => ((c + 0.055) / 1.055).powf(2.4),
        })
    }

    fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
        let [a, b] = [a, b].map(|colour| {
            let [r, g, b] = linear(colour);
            0.2126 * r + 0.7152 * g + 0.0722 * b
        });
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn seen(colour: [u8; 3], deficiency: &[[f64; 3]; 3]) -> [f64; 3] {
        let light = times(deficiency, linear(colour)).map(|c| c.clamp(0.0, 1.0));
        times(&LAB, times(&LMS, light).map(f64::cbrt))
    }

    fn least_distance(colours: &[[u8; 3]], deficiency: &[[f64; 3]; 3]) -> f64 {
        let seen: Vec<_> = colours
            .iter()
            .map(|colour| seen(*colour, deficiency))
            .collect();
        let distance = |a: &[f64; 3], b: &[f64; 3]| {
            a.iter()
                .zip(b)
                .map(|(a, b)| (a - b).powi(2))
                .sum::<f64>()
                .sqrt()
        };
        let pairs = (0..seen.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
        pairs
            .map(|(i, j)| distance(&seen[i], &seen[j]))
            .fold(f64::INFINITY, f64::min)
    }

    #[test]
    fn contrast_to_the_panel_is_at_least_three() {
        for panel in [[255, 255, 255], [0xf4, 0xf6, 0xf8]] {
            assert!(
                LIGHT
                    .into_iter()
                    .all(|colour| contrast(colour, panel) >= 3.0)
            );
        }
        for panel in [[0, 0, 0], [0x12, 0x16, 0x1c], [0x1f, 0x26, 0x30]] {
            assert!(
                DARK.into_iter()
                    .all(|colour| contrast(colour, panel) >= 3.0)
            );
        }
        assert!((contrast([0, 0, 0], [255, 255, 255]) - 21.0).abs() < 1e-9);
    }

    #[test]
    fn a_place_has_one_hue_on_both_panels() {
        let identity = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
        for (i, (light, dark)) in LIGHT.into_iter().zip(DARK).enumerate() {
            let [a, b] = [light, dark].map(|it| seen(it, &identity));
            let hue = |lab: [f64; 3]| lab[2].atan2(lab[1]).to_degrees();
            let apart = (hue(a) - hue(b)).rem_euclid(360.0);
            assert!(apart.min(360.0 - apart) < 21.0, "{i}: {apart}°");
        }
    }

    #[test]
    fn red_green_deficiency_tells_them_apart() {
        for colours in [LIGHT, DARK] {
            for deficiency in [&PROTANOPIA, &DEUTERANOPIA] {
                assert!(least_distance(&colours[..6], deficiency) > 0.1);
                assert!(least_distance(&colours, deficiency) > 0.08);
            }
        }
    }
}
