//! What a plot would show, from the data that are there now, while its form is filled in.

use std::rc::Rc;
use std::sync::Arc;

use leptos::html::Canvas;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::params::ParamError;
use shared::plot::frame::Frame;
use shared::plot::{Catalogue, Preview};
use shared::topology::LayerConfig;

use super::value_table::Rows;
use crate::browser::fetch::FetchError;
use crate::browser::sheet::Sheet;
use crate::browser::timer::Timeout;
use crate::browser::visibility;
use crate::figure::{Choices, Place, Stage, Study};
use crate::live::{Connection, Live};
use crate::present::Table;
use crate::session::fetch_preview;

/// Choices that follow each other so closely are tried together.
const PAUSE_MS: u32 = 150;
/// How often what is tried is computed from newer data.
const PERIOD_MS: u32 = 1_000;

/// The picture, or why there is none.
#[component]
pub(crate) fn PlotPreview(
    /// What is tried, or what is missing for that.
    #[prop(into)]
    config: Signal<Result<LayerConfig, String>>,
    /// Where it would be.
    place: Place,
    /// What can be plotted how.
    catalogue: Arc<Catalogue>,
    /// Receives what the server would refuse.
    refused: RwSignal<Option<ParamError>>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let canvas = NodeRef::<Canvas>::new();
    let shown = RwSignal::new(Shown::Nothing("Computing…".to_owned()));
    let connection = live.connection.clone();
    let is_away = Memo::new(move |_| connection.get() != Connection::Live);
    let study = Study::new(live, &expect_context::<Choices>(), place);
    let study = StoredValue::new_local(Rc::new(study));
    let stage = StoredValue::new_local(None::<Stage>);
    Effect::new(move || {
        let Some(sheet) = canvas.get().and_then(Sheet::of).map(Rc::new) else {
            return;
        };
        let (study, painted) = (study.get_value(), Rc::clone(&sheet));
        stage.set_value(Some(Stage::new(&sheet, move || study.paint(&painted))));
    });
    let show = move |config: &LayerConfig, told: Result<Preview, FetchError>| {
        let next = match told {
            Ok(Preview::Drawn(frame)) => {
                let plotter = catalogue.plotter(&config.plotter);
                let is_alone = plotter.is_some_and(|it| it.is_alone);
                let next = Shown::of(config, &frame);
                let clash = study.try_with_value(|it| {
                    it.try_out(config.clone(), frame, is_alone);
                    it.clash()
                });
                match clash.flatten() {
                    Some(clash) => next.without(&clash.to_string()),
                    None => next,
                }
            }
            Ok(Preview::Refused { field, reason }) => {
                let field = field_of(&field).to_owned();
                refused.try_set(Some(ParamError {
                    field,
                    reason: reason.clone(),
                }));
                Shown::Nothing(reason)
            }
            Ok(Preview::Waiting) => Shown::Nothing("No data yet".to_owned()),
            Ok(Preview::Failed(message)) => Shown::Nothing(message),
            Err(error) => Shown::Nothing(error.to_string()),
        };
        shown.try_set(next);
        stage.try_with_value(|it| it.iter().for_each(Stage::mark));
    };
    let miss = move |why: String| {
        shown.set(Shown::Nothing(why));
    };
    try_over_and_over(
        config,
        refused,
        Ways {
            show,
            miss,
            is_away,
        },
    );
    view! { <Board shown canvas /> }.into_any()
}

/// The picture, the table, or why there is neither.
#[component]
fn Board(shown: RwSignal<Shown>, canvas: NodeRef<Canvas>) -> impl IntoView {
    view! {
        <figure class="preview" data-testid="preview">
            <figcaption class="form-name">"Preview"</figcaption>
            <div class="preview-picture" hidden=move || shown.with(|it| !it.is_picture())>
                <canvas node_ref=canvas aria-label="What would be shown" role="img" data-testid="preview-picture"></canvas>
            </div>
            <div
                class="value-table preview-table"
                role="region"
                aria-label="What would be shown"
                tabindex="0"
                hidden=move || shown.with(|it| it.table().is_none())
            >
                <Rows table=Memo::new(move |_| shown.with(|it| it.table().cloned())) />
            </div>
            <p class="dialog-text" role="status" data-testid="preview-note">
                {move || shown.with(|it| it.text().map(str::to_owned))}
            </p>
        </figure>
    }
    .into_any()
}

/// What stands in the place of the preview.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Shown {
    /// The picture on the canvas, with what limits it.
    Picture(Option<Arc<str>>),
    /// Single values.
    Table(Table),
    /// Why there is nothing.
    Nothing(String),
}

impl Shown {
    fn of(config: &LayerConfig, frame: &Frame) -> Self {
        let picture = || Self::Picture(frame.note.clone());
        Table::of_layer(config, frame).map_or_else(picture, Self::Table)
    }

    /// The picture of the other layers, and why this one is not among them.
    fn without(self, why: &str) -> Self {
        match self {
            Self::Picture(_) => Self::Picture(Some(format!("Would not be drawn: {why}").into())),
            other => other,
        }
    }

    fn is_picture(&self) -> bool {
        matches!(self, Self::Picture(_))
    }

    fn table(&self) -> Option<&Table> {
        match self {
            Self::Table(table) => Some(table),
            _ => None,
        }
    }

    fn text(&self) -> Option<&str> {
        match self {
            Self::Picture(note) => note.as_deref(),
            Self::Table(_) => None,
            Self::Nothing(why) => Some(why),
        }
    }
}

/// What the form calls a field of a configuration.
fn field_of(path: &str) -> &str {
    if let Some(param) = path.strip_prefix("params.") {
        return param;
    }
    let role = path.strip_prefix("sources.").map(|it| it.split('.').next());
    match role {
        Some(Some("primary")) => "sources",
        Some(Some(role)) => role,
        _ => path,
    }
}

/// Has the server compute what is tried, soon after it was chosen and again and again as long as this is shown.
fn try_over_and_over(
    config: Signal<Result<LayerConfig, String>>,
    refused: RwSignal<Option<ParamError>>,
    ways: Ways<
        impl Fn(&LayerConfig, Result<Preview, FetchError>) + Clone + 'static,
        impl Fn(String) + 'static,
    >,
) {
    let next = StoredValue::new_local(None::<Timeout>);
    let tried = StoredValue::new(None::<LayerConfig>);
    let turn = Turn { next, tried };
    Effect::new(move || {
        let config = config.get();
        // What was refused is not what is asked for now.
        refused.set(None);
        tried.set_value(config.clone().ok());
        match config {
            Ok(config) => turn.wait(PAUSE_MS, config, ways.show.clone(), ways.is_away),
            // No picture would be of what is being made.
            Err(why) => {
                next.set_value(None);
                (ways.miss)(why);
            }
        }
    });
}

/// What becomes of what is tried.
struct Ways<S, M> {
    /// Shows what the server told.
    show: S,
    /// Says what is missing.
    miss: M,
    /// Whether the server does not answer now: asking would lead to nothing.
    is_away: Memo<bool>,
}

/// When the server is asked next, and for what.
#[derive(Clone, Copy)]
struct Turn {
    next: StoredValue<Option<Timeout>, LocalStorage>,
    tried: StoredValue<Option<LayerConfig>>,
}

impl Turn {
    fn wait(
        self,
        delay_ms: u32,
        config: LayerConfig,
        show: impl Fn(&LayerConfig, Result<Preview, FetchError>) + Clone + 'static,
        is_away: Memo<bool>,
    ) {
        let ask = move || {
            if visibility::is_hidden() || is_away.try_get_untracked() == Some(true) {
                return self.wait(PERIOD_MS, config, show, is_away);
            }
            spawn_local(async move {
                let told = fetch_preview(&config).await;
                // Meanwhile something else may be tried, or the form be gone.
                let is_tried = |it: &Option<LayerConfig>| it.as_ref() == Some(&config);
                if self.tried.try_with_value(is_tried) != Some(true) {
                    return;
                }
                let is_final = matches!(
                    told,
                    Ok(Preview::Refused { .. }) | Err(FetchError::Refused { .. })
                );
                show(&config, told);
                if !is_final {
                    self.wait(PERIOD_MS, config, show, is_away);
                }
            });
        };
        self.next.try_set_value(Some(Timeout::new(delay_ms, ask)));
    }
}
