//! A table to be kept, drawn like a figure: its rows and columns between a title and whose it is and of when.

use super::figure::empty_scene;
use super::style::Style;
use super::{Align, Baseline, Caption, Draw, Poster, Room, Table};

/// Between columns, and around the table, in parts of a line.
const GAP: f64 = 1.0;

/// The height of a row, in parts of a line.
const ROW: f64 = 1.5;

impl Table {
    /// The table in the colours and the text of a room, as large as it needs to be.
    pub fn poster(&self, room: &Room, caption: &Caption) -> Poster {
        // Text as large as figures have it where there is room enough.
        let style = Style::of(&Room {
            size_px: [f64::MAX; 2],
            ..room.clone()
        });
        let gap = (GAP * style.line_px).round();
        let row_px = (ROW * style.line_px).round();
        let widths = self.widths(&style);
        let table_px: f64 = widths.iter().map(|it| it + gap).sum::<f64>() + gap;
        let captions = [&caption.title, &caption.origin].map(|it| style.width_px(it) + 2.0 * gap);
        let size_px = [
            captions.into_iter().fold(table_px, f64::max).ceil(),
            row_px * (self.rows.len() + 1) as f64,
        ];
        let mut scene = empty_scene(&Room {
            size_px,
            ..room.clone()
        });
        let lines = (1..=self.rows.len()).map(|row| {
            let y = row as f64 * row_px;
            [[gap, y], [table_px - gap, y]]
        });
        scene.under.push(Draw::Segments {
            ends: lines.collect(),
            width_px: 1.0,
            colour: style.theme.grid,
        });
        for row in 0..=self.rows.len() {
            let y = (row as f64 + 0.5) * row_px;
            scene.over.extend(self.row(row, y, &widths, &style));
        }
        Poster::around(scene, &style, caption)
    }

    /// How wide each column is, that of the names first.
    fn widths(&self, style: &Style) -> Vec<f64> {
        let column = |column: usize| {
            let texts = (0..=self.rows.len()).map(|row| {
                let text = self.text(row, column);
                if row == 0 || column == 0 {
                    1.1 * style.words_px(text)
                } else {
                    style.width_px(text)
                }
            });
            texts.fold(0.0, f64::max)
        };
        (0..=self.columns.len()).map(column).collect()
    }

    /// The words of a row, the heads being the first one; names begin at the left, values end at the right.
    fn row(&self, row: usize, y: f64, widths: &[f64], style: &Style) -> Vec<Draw> {
        let gap = (GAP * style.line_px).round();
        let colour = if row == 0 {
            style.theme.muted
        } else {
            style.theme.text
        };
        let mut right = 0.0;
        let words = widths.iter().enumerate().map(|(column, width)| {
            right += gap + width;
            let (x, align) = match column {
                0 => (gap, Align::Left),
                _ => (right, Align::Right),
            };
            let text = self.text(row, column).to_owned();
            style.text(text, [x, y], (align, Baseline::Middle), colour)
        });
        words.collect()
    }

    /// What stands where, heads and names included.
    fn text(&self, row: usize, column: usize) -> &str {
        match (row, column) {
            (0, 0) => self.corner,
            (0, _) => self.columns.get(column - 1).map_or("", String::as_str),
            (_, 0) => self.rows.get(row - 1).map_or("", String::as_str),
            _ => self.cell(row - 1, column - 1),
        }
    }
}
