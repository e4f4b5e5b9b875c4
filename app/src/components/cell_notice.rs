//! What a cell says in words: why there is no picture, or why the one there is cannot be trusted.

use leptos::prelude::*;
use shared::id::CellId;
use shared::layer_state::LayerPhase;
use shared::topology::Layer;

use crate::live::Live;

/// Messages of layers in trouble and of layers without data.
#[component]
pub(crate) fn CellNotice(
    /// The cell.
    id: CellId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let notes = Memo::new(move |_| notes(&live, &id));
    view! {
        <ul class="cell-notes" data-testid="cell-notes" hidden=move || notes.with(Vec::is_empty)>
            <For each=move || notes.get() key=Clone::clone let:note>
                <li class="cell-note" data-note=note.kind>
                    <span class="shape" aria-hidden="true"></span>
                    <span>{note.text}</span>
                </li>
            </For>
        </ul>
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Note {
    kind: &'static str,
    text: String,
}

fn notes(live: &Live, cell: &CellId) -> Vec<Note> {
    let layers = live.layers_in(cell);
    if layers.is_empty() {
        return vec![Note {
            kind: "waiting",
            text: "This cell has no layers".to_owned(),
        }];
    }
    let several = layers.len() > 1;
    let of_layer = |layer: Layer| {
        let (kind, text) = condition(live, &layer)?;
        let text = if several {
            format!("{}: {text}", layer.title)
        } else {
            text
        };
        Some(Note { kind, text })
    };
    layers.into_iter().filter_map(of_layer).collect()
}

/// What must be said about a layer; nothing about one that is well.
fn condition(live: &Live, layer: &Layer) -> Option<(&'static str, String)> {
    let phase = live.states.signal(&layer.id).get().map(|it| it.phase);
    let has_data = live.data_ends.signal(&layer.id).with(Option::is_some);
    match phase {
        Some(LayerPhase::Error { message }) => Some(("error", message)),
        Some(LayerPhase::Stopped) if !has_data => {
            Some(("stopped", "Stopped before any data came".to_owned()))
        }
        Some(LayerPhase::Waiting) | None => Some(("waiting", "Waiting for data".to_owned())),
        Some(LayerPhase::Stopped | LayerPhase::Live) => None,
    }
}
