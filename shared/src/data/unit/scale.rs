//! How large units are: what each measures, in which multiple of one common unit.
//!
//! A table of the units that instruments write, with the SI prefixes where they are usual. Each is a quotient of at most two
//! parts, such as `counts/s` or `1/Å`. The electronvolt is exact in joule since 2019.

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    Number,
    Counts,
    Time,
    Length,
    Mass,
    Energy,
    Angle,
    Temperature,
    Pressure,
    Field,
    Voltage,
    Current,
    Charge,
    Power,
    Force,
}

use Measure::{
    Angle, Charge, Counts, Current, Energy, Field, Force, Length, Mass, Number, Power, Pressure,
    Temperature, Time, Voltage,
};

/// Units that take no prefix: what they measure, in how many common units.
const PLAIN: [(&str, Measure, f64); 17] = [
    ("", Number, 1.0),
    ("1", Number, 1.0),
    ("counts", Counts, 1.0),
    ("min", Time, 60.0),
    ("h", Time, 3_600.0),
    ("d", Time, 86_400.0),
    ("Å", Length, 1e-10),
    ("\u{212b}", Length, 1e-10),
    ("angstrom", Length, 1e-10),
    ("deg", Angle, std::f64::consts::PI / 180.0),
    ("°", Angle, std::f64::consts::PI / 180.0),
    ("arcmin", Angle, std::f64::consts::PI / 10_800.0),
    ("arcsec", Angle, std::f64::consts::PI / 648_000.0),
    ("G", Field, 1e-4),
    ("gauss", Field, 1e-4),
    ("kg", Mass, 1.0),
    ("inch", Length, 0.0254),
];

/// Units that take prefixes.
const PREFIXED: [(&str, Measure, f64); 14] = [
    ("s", Time, 1.0),
    ("m", Length, 1.0),
    ("g", Mass, 1e-3),
    ("eV", Energy, 1.602_176_634e-19),
    ("J", Energy, 1.0),
    ("rad", Angle, 1.0),
    ("K", Temperature, 1.0),
    ("Pa", Pressure, 1.0),
    ("bar", Pressure, 1e5),
    ("T", Field, 1.0),
    ("V", Voltage, 1.0),
    ("A", Current, 1.0),
    ("C", Charge, 1.0),
    ("W", Power, 1.0),
];

const PREFIXES: [(&str, i32); 13] = [
    ("p", -12),
    ("n", -9),
    ("u", -6),
    ("µ", -6),
    ("\u{3bc}", -6),
    ("m", -3),
    ("c", -2),
    ("d", -1),
    ("k", 3),
    ("M", 6),
    ("G", 9),
    ("T", 12),
    ("", 0),
];

/// A quotient of two measures, in its common unit times a factor: numerator by denominator.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Size {
    measures: [Measure; 2],
    mantissa: f64,
    /// Powers of ten are kept apart, so that milli to micro is exactly a thousand.
    power: i32,
}

/// The factor between two symbols.
pub(super) fn factor(from: &str, to: &str) -> Option<f64> {
    let (from, to) = (size(from)?, size(to)?);
    let power = from.power - to.power;
    let scale = 10_f64.powi(power.abs());
    let ratio = from.mantissa / to.mantissa;
    (from.measures == to.measures).then(|| {
        if power < 0 {
            ratio / scale
        } else {
            ratio * scale
        }
    })
}

/// Whether a symbol is one of a time.
pub(super) fn is_time(symbol: &str) -> bool {
    size(symbol).is_some_and(|it| it.measures == [Time, Number])
}

fn size(symbol: &str) -> Option<Size> {
    let (above, below) = symbol.split_once('/').unwrap_or((symbol, "1"));
    let (above, below) = (single(above.trim())?, single(below.trim())?);
    // Per number is a quotient already, such as that of hertz.
    match (above.measures, below.measures) {
        (measures, [Number, Number]) => Some(Size { measures, ..above }),
        ([above_measure, Number], [below_measure, Number]) => Some(Size {
            measures: [above_measure, below_measure],
            mantissa: above.mantissa / below.mantissa,
            power: above.power - below.power,
        }),
        _ => None,
    }
}

fn single(symbol: &str) -> Option<Size> {
    let size = |measures, mantissa, power| Size {
        measures,
        mantissa,
        power,
    };
    let plain = PLAIN.iter().find(|(name, ..)| *name == symbol);
    if let Some((_, measure, mantissa)) = plain {
        return Some(size([*measure, Number], *mantissa, 0));
    }
    PREFIXES.iter().find_map(|(prefix, power)| {
        let base = symbol.strip_prefix(prefix)?;
        if base == "Hz" {
            return Some(size([Number, Time], 1.0, *power));
        }
        if base == "N" {
            return Some(size([Force, Number], 1.0, *power));
        }
        let known = PREFIXED.iter().find(|(name, ..)| *name == base);
        known.map(|(_, measure, mantissa)| size([*measure, Number], *mantissa, *power))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_measures_the_same_converts() {
        let close = |from, to, wanted: f64| {
            let found = factor(from, to).unwrap_or_else(|| panic!("{from} to {to}"));
            assert!(
                (found / wanted - 1.0).abs() < 1e-12,
                "{from} to {to}: {found}"
            );
        };
        for (from, to, wanted) in [
            ("ms", "µs", 1e3),
            ("us", "\u{3bc}s", 1.0),
            ("min", "s", 60.0),
            ("mm", "Å", 1e7),
            ("nm", "Å", 10.0),
            ("1/Å", "1/nm", 10.0),
            ("meV", "J", 1.602_176_634e-22),
            ("deg", "mrad", 17.453_292_519_943_295),
            ("kHz", "1/ms", 1.0),
            ("counts/s", "counts/min", 60.0),
            ("mbar", "Pa", 100.0),
            ("G", "mT", 0.1),
            ("cm", "mm", 10.0),
            ("m/s", "mm/ms", 1.0),
            ("", "1", 1.0),
        ] {
            close(from, to, wanted);
            close(to, from, 1.0 / wanted);
        }
        assert_eq!(factor("ms", "µs"), Some(1000.0), "exactly");
    }

    #[test]
    fn what_measures_something_else_does_not() {
        for (from, to) in [
            ("mm", "ms"),
            ("counts", "counts/s"),
            ("K", "°C"),
            ("T", "s"),
            ("Hz", "s"),
            ("furlong", "m"),
            ("counts", ""),
            ("deg", "K"),
        ] {
            assert_eq!(factor(from, to), None, "{from} to {to}");
        }
    }
}
