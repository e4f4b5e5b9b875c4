//! Line icons on a 16 × 16 raster, drawn in the colour of the text around them.

use leptos::prelude::*;

/// Which icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    /// Shows everything again.
    Fit,
    /// Opens the settings of a figure.
    Sliders,
    /// Puts something away.
    Close,
    /// Begins.
    Play,
    /// Ends.
    Stop,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::Fit => "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
            Self::Sliders => "M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6M10 2.7v3.6M6 9.7v3.6",
            Self::Close => "M3.5 3.5l9 9M12.5 3.5l-9 9",
            Self::Play => "M4.5 2.8v10.4L13 8z",
            Self::Stop => "M4 4h8v8H4z",
        }
    }

    /// The icon as an element that assistive technology skips.
    pub(crate) fn view(self) -> impl IntoView {
        view! {
            <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
                <path d=self.path() />
            </svg>
        }
    }
}
