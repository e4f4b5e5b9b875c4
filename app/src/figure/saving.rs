//! A cell's picture as a file, and as a link that others see it by.

use leptos::prelude::*;
use shared::id::CellId;
use shared::notification::Severity;
use shared::plot::Panel;
use shared::plot::format::{date_time, utc_offset};
use shared::sync::mirror::LayerFrame;
use shared::topology::Layer;

use super::{FigureHandle, Links, SharedView, file_stem};
use crate::browser::{address, clipboard, clock, download, poster, sheet};
use crate::live::Live;
use crate::present::{Caption, Poster, Table, Theme};

/// The forms that pictures are saved in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PictureFormat {
    /// Pixels, as many as the screen shows.
    Png,
    /// Lines and words that stay sharp.
    Svg,
}

impl PictureFormat {
    /// How its files end.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
        }
    }

    /// What people call it.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Svg => "SVG",
        }
    }
}

/// Saves what a cell shows.
pub(crate) fn save_picture(
    live: &Live,
    links: Links,
    cell: CellId,
    format: PictureFormat,
    is_white: bool,
) {
    let layers = live.layers_in(&cell);
    let until = live
        .frames_in(&cell)
        .iter()
        .filter_map(|(_, it)| it.time)
        .map(|it| it.end)
        .max();
    let title = live.cells.signal(&cell).get();
    let title = title.map_or_else(String::new, |it| it.full_title(&layers));
    let origin = until.map_or_else(
        || live.instrument.to_string(),
        |until| {
            let offset = clock::utc_offset_s(until);
            let at = date_time(until.0, offset, 1);
            format!(
                "{}, data until {at} {}",
                live.instrument,
                utc_offset(offset)
            )
        },
    );
    let named = title.clone();
    let caption = Caption { title, origin };
    let made = match live.table_in(&cell) {
        Some(layer) => table_poster(live, &layer, &caption, is_white),
        None => links
            .figure_of(cell)
            .and_then(|it| it.poster(&caption, is_white)),
    };
    let Some(made) = made else {
        let text = format!("{named} has no picture yet: save it when it shows data.");
        return live.tell(Severity::Info, text);
    };
    let stem = file_stem(&live.instrument, &layers, until);
    let name = format!("{stem}.{}", format.extension());
    match format {
        PictureFormat::Svg => {
            let text = poster::svg_text(&made);
            download::save_bytes(text.as_bytes(), "image/svg+xml", &name);
        }
        PictureFormat::Png => {
            let live = live.clone();
            poster::png(&made, move |file| {
                match file {
                Some(file) => {
                    download::save(&file, &name);
                }
                None => live.say(format!(
                    "{named} was not saved: the browser has no room for so large a PNG. Make the plot or the window \
                     smaller, or save it as SVG."
                )),
            }
            });
        }
    }
}

/// A table as it is now, to be kept, on white or on the panel of the page.
fn table_poster(live: &Live, layer: &Layer, caption: &Caption, is_white: bool) -> Option<Poster> {
    let table = |it: &LayerFrame| Table::of_layer(&layer.config, &it.frame);
    let table = live.pictures.with_frame(layer.id, table).flatten()?;
    let mut room = sheet::page_room(live.now.get_untracked());
    if is_white {
        room.theme = Theme::of(Panel::Light);
    }
    Some(table.poster(&room, caption))
}

/// Copies a link that shows a cell as it is seen here.
pub(crate) async fn copy_link(live: &Live, cell: CellId, figure: &FigureHandle) {
    let chosen = figure.with(|it| it.presentation.clone());
    let fragment = SharedView { cell, chosen }.fragment();
    let is_copied = clipboard::copy(&address::with_fragment(&fragment)).await;
    let (severity, text) = clipboard::outcome("The link", is_copied);
    live.tell(severity, text);
}
