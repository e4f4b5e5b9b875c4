//! Line icons on a 16 × 16 raster, drawn in the colour of the text around them.

use leptos::prelude::*;

/// Which icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
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
