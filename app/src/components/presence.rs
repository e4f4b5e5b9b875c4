//! Who else looks at the grid on the screen.

use leptos::prelude::*;

use super::Icon;
use crate::live::Live;

/// How many others are here; nothing while there is nobody.
#[component]
pub(crate) fn PresenceChip() -> impl IntoView {
    let presence = expect_context::<Live>().presence;
    let others = Memo::new(move |_| presence.with(|it| (it.others, it.told())));
    move || {
        let (others, told) = others.get();
        let text = match others {
            0 => return None,
            1 => "1 other here".to_owned(),
            others => format!("{others} others here"),
        };
        let title = format!("This grid is on the screen of {told}, too");
        Some(
            view! {
                <span class="presence" title=title data-testid="presence">
                    {Icon::People.view()}
                    <span class="presence-text">{text}</span>
                </span>
            }
            .into_any(),
        )
    }
}
