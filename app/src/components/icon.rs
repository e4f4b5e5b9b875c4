//! Line icons on a 16 × 16 raster, drawn in the colour of the text around them.

use leptos::prelude::*;

/// Which icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    /// Shows everything again.
    Fit,
    /// Keeps something for later.
    Ribbon,
    /// Shows what is in a box.
    BoxZoom,
    /// Opens the settings of a figure.
    Sliders,
    /// Puts something away.
    Close,
    /// Begins.
    Play,
    /// Ends.
    Stop,
    /// Arranges.
    Pencil,
    /// Adds something.
    Plus,
    /// Moves something.
    Move,
    /// Resizes something from its corner.
    Corner,
    /// The layers of a plot.
    Layers,
    /// Takes back.
    Undo,
    /// Does again.
    Redo,
    /// One place to the left.
    Left,
    /// One place to the right.
    Right,
    /// One place up.
    Up,
    /// One place down.
    Down,
    /// Regions of interest.
    Region,
    /// The same once more.
    Copy,
    /// Something that is shown.
    Eye,
    /// Something that is hidden.
    EyeOff,
    /// Gives something all the room.
    Maximise,
    /// Gives the room back.
    Minimise,
    /// Other people.
    People,
    /// Belongs together.
    Link,
    /// Saves and shares.
    Save,
    /// There is more to do.
    More,
    /// Finds something by typing.
    Search,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::Fit => "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
            Self::Ribbon => "M4 2.5h8v11l-4-3-4 3z",
            Self::BoxZoom => {
                "M2.5 5V2.5H5M11 2.5h2.5V5M13.5 11v2.5H11M5 13.5H2.5V11M2.5 7.3v1.4M13.5 7.3v1.4M7.3 2.5h1.4M7.3 13.5h1.4M8 5.8v4.4M5.8 8h4.4"
            }
            Self::Sliders => "M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6M10 2.7v3.6M6 9.7v3.6",
            Self::Close => "M3.5 3.5l9 9M12.5 3.5l-9 9",
            Self::Play => "M4.5 2.8v10.4L13 8z",
            Self::Stop => "M4 4h8v8H4z",
            Self::Pencil => "M3 13l.7-3L11 2.7 13.3 5 6 12.3zM9.5 4.2l2.3 2.3",
            Self::Plus => "M8 3v10M3 8h10",
            Self::Move => "M8 2v12M2 8h12M6 4l2-2 2 2M6 12l2 2 2-2M4 6L2 8l2 2M12 6l2 2-2 2",
            Self::Corner => "M13.5 6.5l-7 7M13.5 10.5l-3 3",
            Self::Layers => "M8 2.5L14 6 8 9.5 2 6zM2 9l6 3.5L14 9",
            Self::Undo => "M5.5 3L2.5 6l3 3M2.5 6H10a3.5 3.5 0 010 7H6",
            Self::Redo => "M10.5 3l3 3-3 3M13.5 6H6a3.5 3.5 0 000 7h4",
            Self::Left => "M10 3L5 8l5 5",
            Self::Right => "M6 3l5 5-5 5",
            Self::Up => "M3 10l5-5 5 5",
            Self::Down => "M3 6l5 5 5-5",
            Self::Region => {
                "M2.5 5V2.5H5M8 2.5h2.5M13.5 8v2.5M13.5 13.5H11M8 13.5H5M2.5 13.5V8M13.5 2.5v2M6 6h5v5H6z"
            }
            Self::Copy => "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
            Self::Eye => {
                "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 6.2a1.8 1.8 0 110 3.6 1.8 1.8 0 010-3.6"
            }
            Self::EyeOff => {
                "M3.5 5.5S1.5 8 1.5 8 4 12.5 8 12.5c1 0 2-.3 2.7-.7M6 3.8c4-1 8.5 4.2 8.5 4.2l-1.6 2M2.5 2.5l11 11"
            }
            Self::Maximise => "M9.5 2.5h4v4M6.5 13.5h-4v-4M13.5 2.5l-5 5M2.5 13.5l5-5",
            Self::Minimise => "M12.5 7.5h-4v-4M3.5 8.5h4v4M8.5 7.5l5-5M7.5 8.5l-5 5",
            Self::People => {
                "M6 7.4A2.1 2.1 0 106 3.2a2.1 2.1 0 000 4.2zM2 13c0-2.3 1.8-3.8 4-3.8s4 1.5 4 3.8M10.7 3.4a2.1 2.1 0 010 3.8M11.6 9.4c1.5.5 2.4 1.8 2.4 3.6"
            }
            Self::Link => {
                "M6.5 9.5l3-3M7 4.8L8.8 3a2.9 2.9 0 014.2 4.2L11.2 9M9 11.2L7.2 13A2.9 2.9 0 013 8.800l1.8-1.8"
            }
            Self::More => "M2.8 8h.4M7.8 8h.4M12.8 8h.4",
            Self::Search => "M7 11.5a4.5 4.5 0 100-9 4.5 4.5 0 000 9zM10.3 10.3l3.5 3.5",
            Self::Save => "M8 2.5v7M5 6.800l3 3 3-3M2.5 11v2.500h11V11",
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
