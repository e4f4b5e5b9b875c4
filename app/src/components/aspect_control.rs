//! How wide a figure's frame is for its height.

use leptos::prelude::*;
use shared::id::CellId;
use shared::plot::Aspect;

use crate::figure::Choices;

/// The kinds of shape, by a stable name and what people call them; the last two have a number.
const KINDS: [(&str, &str); 6] = [
    ("auto", "as it suits the data"),
    ("free", "fill the room"),
    ("equal", "equal units"),
    ("square", "square"),
    ("frame", "width : height"),
    ("data", "unit of x : unit of y"),
];

/// A list of shapes, with a number where one is needed.
#[component]
pub(crate) fn AspectControl(
    /// The cell.
    id: CellId,
) -> impl IntoView {
    let figure = expect_context::<Choices>().figure(id);
    let chosen = {
        let figure = figure.clone();
        Memo::new(move |_| figure.read(|it| it.aspect))
    };
    let kind = move || name_of(chosen.get());
    let choose = {
        let figure = figure.clone();
        move |name: String| {
            let ratio = chosen.get_untracked().and_then(ratio_of).unwrap_or(1.0);
            figure.choose(|it| it.aspect = named(&name, ratio));
        }
    };
    let set_ratio = move |text: String| {
        if let Ok(ratio) = text.parse() {
            figure.choose(|it| it.aspect = named(name_of(it.aspect), ratio));
        }
    };
    let option = move |(name, title): (&'static str, &'static str)| {
        view! {
            <option value=name selected=move || kind() == name>
                {title}
            </option>
        }
    };
    view! {
        <fieldset class="control-group">
            <legend>"Shape"</legend>
            <div class="control-row">
                <select
                    class="select"
                    aria-label="Shape of the frame"
                    data-testid="aspect"
                    on:change:target=move |event| choose(event.target().value())
                >
                    {KINDS.map(option).collect_view()}
                </select>
                <Show when=move || chosen.get().and_then(ratio_of).is_some()>
                    <input
                        type="number"
                        class="number"
                        aria-label="Ratio"
                        min=Aspect::LEAST_RATIO
                        max=Aspect::MOST_RATIO
                        step="0.1"
                        data-testid="aspect-ratio"
                        prop:value=move || chosen.get().and_then(ratio_of)
                        on:change:target={
                            let set_ratio = set_ratio.clone();
                            move |event| set_ratio(event.target().value())
                        }
                    />
                </Show>
            </div>
        </fieldset>
    }
    .into_any()
}

fn name_of(aspect: Option<Aspect>) -> &'static str {
    match aspect {
        None => "auto",
        Some(Aspect::Free) => "free",
        Some(Aspect::Equal) => "equal",
        Some(Aspect::Square) => "square",
        Some(Aspect::Frame(_)) => "frame",
        Some(Aspect::Data(_)) => "data",
    }
}

fn ratio_of(aspect: Aspect) -> Option<f64> {
    match aspect {
        Aspect::Frame(ratio) | Aspect::Data(ratio) => Some(ratio),
        Aspect::Free | Aspect::Equal | Aspect::Square => None,
    }
}

fn named(name: &str, ratio: f64) -> Option<Aspect> {
    match name {
        "free" => Some(Aspect::Free),
        "equal" => Some(Aspect::Equal),
        "square" => Some(Aspect::Square),
        "frame" => Some(Aspect::frame(ratio)),
        "data" => Some(Aspect::data(ratio)),
        _ => None,
    }
}
