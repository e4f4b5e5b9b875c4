//! A layer's newest data as files. The server makes them.

use leptos::prelude::*;
use shared::topology::Layer;

use crate::browser::{download, fetch};
use crate::figure::file_stem;
use crate::live::Live;

/// The forms that data are saved in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DataFormat {
    /// For spreadsheets.
    Csv,
    /// With everything that is known.
    Json,
    /// For data frames.
    Arrow,
}

impl DataFormat {
    /// All of them, as a menu lists them.
    pub(crate) const ALL: [Self; 3] = [Self::Csv, Self::Json, Self::Arrow];

    /// What the server calls it.
    fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Json => "application/json",
            Self::Arrow => "application/vnd.apache.arrow.file",
        }
    }

    /// How its files end.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Arrow => "arrow",
        }
    }

    /// What people call it.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Json => "JSON",
            Self::Arrow => "Arrow",
        }
    }
}

/// Which of a layer's data are saved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum DataContent {
    /// The picture.
    #[default]
    Shown,
    /// What the picture was computed from.
    Inputs,
}

impl DataContent {
    /// Both, as a menu lists them.
    pub(crate) const ALL: [Self; 2] = [Self::Shown, Self::Inputs];

    /// What the server calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Inputs => "inputs",
        }
    }

    /// What people call it.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Shown => "What the cell shows",
            Self::Inputs => "What it was computed from",
        }
    }

    /// What it means.
    pub(crate) fn description(self) -> &'static str {
        match self {
            Self::Shown => {
                "The numbers of the picture, with their errors, windows, rates and reductions as they are drawn."
            }
            Self::Inputs => {
                "The newest results of the workflow, before the plotter made anything of them; of histories, every sample."
            }
        }
    }
}

/// Saves a layer's newest data; a refusal is shown as a toast.
pub(crate) async fn save_data(
    live: &Live,
    layer: &Layer,
    format: DataFormat,
    content: DataContent,
) {
    let address = format!("/api/v1/layers/{}/data?what={}", layer.id, content.name());
    match fetch::get_bytes(&address, format.media_type()).await {
        Ok(bytes) => {
            let until = live.data_ends.signal(&layer.id).get_untracked();
            let stem = file_stem(&live.instrument, std::slice::from_ref(layer), until);
            let name = format!("{stem}.{}", format.extension());
            download::save_bytes(&bytes, format.media_type(), &name);
        }
        Err(error) => live.say(format!(
            "The data of {} were not saved: {error}",
            layer.title
        )),
    }
}
