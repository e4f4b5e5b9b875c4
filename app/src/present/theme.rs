//! The colours of a figure on light and dark panels.

use shared::plot::{Panel, series_colour};

use super::Colour;

/// The colours of everything but the data of images.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// What it is drawn on.
    pub panel: Panel,
    /// Behind read-outs and legends.
    pub background: Colour,
    /// Labels and titles.
    pub text: Colour,
    /// What matters less.
    pub muted: Colour,
    /// Axes and ticks.
    pub axis: Colour,
    /// Grid lines.
    pub grid: Colour,
}

impl Theme {
    /// The theme of a panel.
    pub const fn of(panel: Panel) -> Self {
        match panel {
            Panel::Light => Self {
                panel,
                background: Colour::opaque([0xff, 0xff, 0xff]),
                text: Colour::opaque([0x1b, 0x23, 0x2c]),
                muted: Colour::opaque([0x56, 0x63, 0x70]),
                axis: Colour::opaque([0x7b, 0x88, 0x94]),
                grid: Colour::opaque([0xe4, 0xe8, 0xec]),
            },
            Panel::Dark => Self {
                panel,
                background: Colour::opaque([0x17, 0x1c, 0x23]),
                text: Colour::opaque([0xe6, 0xeb, 0xf0]),
                muted: Colour::opaque([0x9d, 0xa9, 0xb5]),
                axis: Colour::opaque([0x6b, 0x78, 0x85]),
                grid: Colour::opaque([0x2a, 0x32, 0x3b]),
            },
        }
    }

    /// The colour of the series at a position of the legend.
    pub const fn series(&self, position: usize) -> Colour {
        Colour::opaque(series_colour(position, self.panel))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKENS: &str = include_str!("../../../style/tokens.css");

    /// The value of a token in the part of the sheet that is about one scheme.
    fn token<'a>(sheet: &'a str, name: &str) -> &'a str {
        let (_, rest) = sheet.split_once(&format!("--{name}: ")).unwrap();
        rest.split_once(';').unwrap().0
    }

    #[test]
    fn figures_are_drawn_in_the_colours_of_the_page() {
        let (light, dark) = TOKENS.split_once("@media").unwrap();
        for (sheet, panel) in [(light, Panel::Light), (dark, Panel::Dark)] {
            let theme = Theme::of(panel);
            let pairs = [
                ("panel", theme.background),
                ("ink", theme.text),
                ("muted", theme.muted),
                ("line-strong", theme.axis),
            ];
            for (name, colour) in pairs {
                assert_eq!(
                    format!("{}ff", token(sheet, name)),
                    colour.css(),
                    "--{name}"
                );
            }
        }
    }
}
