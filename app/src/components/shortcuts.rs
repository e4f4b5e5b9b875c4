//! The keys that do something, listed.

use leptos::prelude::*;

/// Where keys work, each with what it does.
const SHORTCUTS: [(&str, &[(&str, &str)]); 4] = [
    (
        "Everywhere",
        &[
            ("?", "this list"),
            ("Ctrl K", "find a command"),
            ("E", "begin or end arranging"),
            ("Esc", "close what is open; show the whole grid again"),
        ],
    ),
    (
        "In a plot",
        &[
            ("M", "all the room for this plot, or back"),
            ("← ↑ → ↓", "move what is shown"),
            ("+  −", "zoom"),
            ("0", "show everything and follow the data"),
            ("Shift, drag", "draw the box to be shown"),
            ("Shift ← ↑ → ↓", "move a cursor that reads values"),
        ],
    ),
    (
        "While arranging",
        &[
            ("Ctrl Z", "take back"),
            ("Ctrl Shift Z", "do again"),
            ("Tab, ← ↑ → ↓", "from one free place to the next"),
            (
                "Enter",
                "on a free place: a plot goes from here; on another one: to here",
            ),
            ("← ↑ → ↓", "on a plot's cross: move it"),
            ("Shift ← ↑ → ↓", "on a plot's cross: resize it"),
            ("Tab", "in an image: the lines of profiles and their ends"),
            (
                "← ↑ → ↓",
                "on such a line or end: move it; Shift in big steps",
            ),
            (
                "Enter, Esc",
                "on such a line or end: keep it, or take it back",
            ),
        ],
    ),
    (
        "While regions of interest are edited, in the plot",
        &[
            ("[  ]", "choose the region before or after"),
            ("← ↑ → ↓", "move it"),
            ("Shift ← ↑ → ↓", "resize it"),
            ("Del", "remove it"),
            ("Enter", "draw one with the tool chosen; close a polygon"),
            ("Esc", "drop what was begun"),
        ],
    ),
];

/// The list, in a dialog.
#[component]
pub(crate) fn Shortcuts(
    /// Closes the dialog.
    close: Callback<()>,
) -> impl IntoView {
    let groups = SHORTCUTS.iter().map(|(place, keys)| {
        let rows = keys.iter().map(|(key, what)| {
            view! {
                <dt>
                    <kbd>{*key}</kbd>
                </dt>
                <dd>{*what}</dd>
            }
        });
        view! {
            <h3>{*place}</h3>
            <dl class="shortcuts">{rows.collect_view()}</dl>
        }
    });
    view! {
        <h2 id="dialog-title">"Keys"</h2>
        <div data-testid="shortcuts">{groups.collect_view()}</div>
        <div class="dialog-actions">
            <button type="button" class="button" data-testid="cancel" on:click=move |_| close.run(())>
                "Close"
            </button>
        </div>
    }
    .into_any()
}
