//! Where the focus of the keyboard goes.

use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::task::spawn_local;
use wasm_bindgen::JsCast as _;
use web_sys::{
    Document, Element, FocusOptions, HtmlElement, Node, ScrollIntoViewOptions,
    ScrollLogicalPosition,
};

use super::timer;

/// True when the focus goes from inside `element` to something outside of it. A click on nothing that takes the focus
/// is no such thing.
pub(crate) fn leaves(event: &FocusEvent, element: &Element) -> bool {
    let to = event
        .related_target()
        .and_then(|it| it.dyn_into::<Node>().ok());
    to.is_some_and(|to| !element.contains(Some(&to)))
}

/// True when a key is meant for a field or a dialog, and no shortcut of the page.
pub(crate) fn is_taken(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let within = |it: Element| it.closest("input, select, textarea, dialog").ok().flatten();
    target.and_then(within).is_some()
}

/// Gives the focus to an element.
pub(crate) fn give(id: &str) {
    if let Some(element) = named(id) {
        element.focus().ok();
    }
}

/// Once the page is as it shall be: gives the focus to the first field of a form, named by its class, that says what is
/// wrong with it.
pub(crate) fn give_to_wrong(form: &'static str) {
    spawn_local(async move {
        timer::pause(0).await;
        let wrong = format!(".{form} :is(label, fieldset):has(> .form-error:not(:empty))");
        if let Some(control) = find(&format!("{wrong} :is(input, select)")) {
            control.focus().ok();
        }
    });
}

/// Once the page is as it shall be: gives the focus to an element.
pub(crate) fn give_later(id: String) {
    spawn_local(async move {
        timer::pause(0).await;
        give(&id);
    });
}

/// Once the page is as it shall be: gives the focus to an element and presses it.
pub(crate) fn press_later(id: String) {
    spawn_local(async move {
        timer::pause(0).await;
        if let Some(element) = named(&id) {
            element.focus().ok();
            element.click();
        }
    });
}

/// What had the focus before something opened: it gets it back when that goes with the focus in it. Browsers would let it
/// fall to the page's body, so that the keyboard begins anew at the top.
#[derive(Clone, Default)]
pub(crate) struct Origin(Option<HtmlElement>);

impl Origin {
    /// What has the focus now.
    pub(crate) fn now() -> Self {
        Self(focused().and_then(|it| it.dyn_into().ok()))
    }

    /// This element.
    pub(crate) fn of(element: &HtmlElement) -> Self {
        Self(Some(element.clone()))
    }

    /// Once the page is as it shall be: gives the focus back, if it has fallen. Where the element has gone, too, the dialog
    /// that is open has it, else what the page is about.
    pub(crate) fn take_back(&self) {
        let origin = self.0.clone();
        spawn_local(async move {
            timer::pause(0).await;
            if !has_fallen() {
                return;
            }
            if let Some(origin) = origin {
                origin.focus().ok();
            }
            if has_fallen()
                && let Some(instead) = find("dialog[open]").or_else(|| find("#content"))
            {
                let options = FocusOptions::new();
                options.set_prevent_scroll(true);
                instead.focus_with_options(&options).ok();
            }
        });
    }
}

/// Something goes, perhaps with the focus: the dialog that is open has it then, or what the page is about. Whoever knows
/// where it belongs is faster.
pub(crate) fn catch() {
    spawn_local(async {
        timer::pause(30).await;
        Origin::default().take_back();
    });
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn named(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

fn find(selector: &str) -> Option<HtmlElement> {
    let found = document()?.query_selector(selector).ok()??;
    found.dyn_into().ok()
}

fn focused() -> Option<Element> {
    let focused = document()?.active_element()?;
    (focused.tag_name() != "BODY").then_some(focused)
}

fn has_fallen() -> bool {
    focused().is_none()
}

/// Scrolls the list around an element as far as needed to see it.
pub(crate) fn bring_into_view(id: &str) {
    if let Some(element) = document().and_then(|it| it.get_element_by_id(id)) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
