//! A button with a panel of the figures' tools below it, which closes when its reader turns to something else.

use leptos::ev;
use leptos::html::{Button, Div};
use leptos::prelude::*;

use super::{FigureTools, Icon};
use crate::browser::resize::SizeWatch;
use crate::browser::{focus, pointer, sheet};
use crate::part::{Part, PartState};

/// The button and, while it is open, the panel.
#[component]
pub(crate) fn Menu(
    /// The panel's id on the page.
    panel_id: String,
    /// What the button shows.
    icon: Icon,
    /// What both are called.
    name: &'static str,
    /// The button's name for tests.
    testid: &'static str,
    /// The panel's name for tests.
    panel_testid: &'static str,
    /// What the panel holds.
    children: ChildrenFn,
) -> impl IntoView {
    let tools = expect_context::<Part<FigureTools>>();
    let is_open = RwSignal::new(false);
    let menu = NodeRef::<Div>::new();
    let button = NodeRef::<Button>::new();
    let button_id = menu_button_id(&panel_id);
    let controls = panel_id.clone();
    let panel_node = NodeRef::<Div>::new();
    keep_in_sight(panel_node);
    close_outside(menu, is_open);
    dismiss_when_closed(tools, is_open);
    let on_escape = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && is_open.get_untracked() {
            event.prevent_default();
            close_from_inside(is_open, button);
        }
    };
    let on_focusout = move |event: ev::FocusEvent| {
        // What has the focus may be on its way out of the page with the menu.
        let menu = menu.try_get_untracked().flatten();
        if menu.is_some_and(|it| focus::leaves(&event, &it)) {
            is_open.set(false);
        }
    };
    let panel = move || {
        view! {
            <div
                node_ref=panel_node
                id=panel_id.clone()
                class="menu-panel"
                role="group"
                aria-label=name
                data-testid=panel_testid
            >
                <Missing tools />
                {children()}
            </div>
        }
    };
    view! {
        <div class="menu needs-script" node_ref=menu on:keydown=on_escape on:focusout=on_focusout>
            <button
                node_ref=button
                id=button_id
                type="button"
                class="icon-button"
                aria-label=name
                aria-expanded=move || is_open.get().to_string()
                aria-controls=move || is_open.get().then(|| controls.clone())
                title=name
                data-testid=testid
                on:click=move |_| {
                    tools.want();
                    is_open.update(|it| *it = !*it);
                }
            >
                {icon.view()}
            </button>
            <Show when=move || is_open.get()>{panel()}</Show>
        </div>
    }
    .into_any()
}

/// The id of the button that opens a panel.
pub(crate) fn menu_button_id(panel_id: &str) -> String {
    format!("{panel_id}-button")
}

/// That the tools did not come is of no interest once nobody waits for them.
fn dismiss_when_closed(tools: Part<FigureTools>, is_open: RwSignal<bool>) {
    Effect::new(move || {
        if !is_open.get() {
            tools.dismiss();
        }
    });
}

/// Closes a menu whose focus is in what goes: it must not fall back to the top of the page.
fn close_from_inside(is_open: RwSignal<bool>, button: NodeRef<Button>) {
    is_open.set(false);
    if let Some(button) = button.get_untracked() {
        button.focus().ok();
    }
}

/// Says why a menu is empty.
#[component]
fn Missing(tools: Part<FigureTools>) -> impl IntoView {
    move || {
        let text = match tools.state() {
            PartState::Here(_) => return None,
            PartState::Failed => "Not loaded: the server does not answer.",
            PartState::Absent | PartState::Coming => "Loading …",
        };
        Some(view! { <p class="menu-missing">{text}</p> })
    }
}

/// Closes a menu when a pointer goes down elsewhere.
fn close_outside(menu: NodeRef<Div>, is_open: RwSignal<bool>) {
    Effect::new(move || {
        let outside = window_event_listener(ev::pointerdown, move |event| {
            let is_inside = menu
                .get_untracked()
                .is_none_or(|it| pointer::is_inside(&event, &it));
            if !is_inside && is_open.get_untracked() {
                is_open.set(false);
            }
        });
        on_cleanup(move || outside.remove());
    });
}

/// Moves a panel that would begin beyond the screen. What it holds may come later, and make it wider.
fn keep_in_sight(panel: NodeRef<Div>) {
    let watch = StoredValue::new_local(None::<SizeWatch>);
    Effect::new(move || {
        let size = panel.get().and_then(|panel| {
            let watched = panel.clone();
            SizeWatch::new(&watched, move |_| sheet::keep_in_sight(&panel))
        });
        watch.set_value(size);
    });
}
