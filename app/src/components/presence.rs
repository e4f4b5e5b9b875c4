//! Who else looks at the grid on the screen.

use leptos::prelude::*;

use super::Icon;
use crate::live::Live;

/// How many others are here; nothing while there is nobody.
#[component]
pub(crate) fn PresenceChip() -> impl IntoView {
    let presence = expect_context::<Live>().presence;
    let others = Memo::new(move |_| presence.with(|it| it.others));
    move || {
        let text = match others.get() {
            0 => return None,
            1 => "1 other here".to_owned(),
            others => format!("{others} others here"),
        };
        Some(
            view! {
                <span class="presence" title="Other sessions that look at this grid" data-testid="presence">
                    {Icon::People.view()}
                    <span class="presence-text">{text}</span>
                </span>
            }
            .into_any(),
        )
    }
}
