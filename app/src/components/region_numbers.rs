//! A region's area as numbers.

use leptos::prelude::*;

use super::SharedText;
use crate::regions::{Desk, NumberField, Wrong, fields, with_text};

/// Fields in the units of the axes.
#[component]
pub(crate) fn RegionNumbers(
    /// Where the region is edited.
    desk: StoredValue<Desk, LocalStorage>,
) -> impl IntoView {
    let region = Memo::new(move |_| desk.with_value(Desk::selected));
    let kind =
        Memo::new(move |_| region.with(|it| Some((it.as_ref()?.id, it.as_ref()?.area.kind()))));
    let wrong = RwSignal::new(Wrong::new());
    let current =
        move || region.with(|it| it.as_ref().map(|it| fields(&it.area)).unwrap_or_default());
    let write = move |index: usize, text: String| {
        let Some(before) = region.with_untracked(|it| Some(it.as_ref()?.area.clone())) else {
            return;
        };
        let (area, left) = wrong.with_untracked(|it| with_text(&before, it, index, &text));
        wrong.set(left);
        if area != before {
            desk.with_value(|it| it.change("change", |region| region.area = area));
        }
    };
    let unit = move |axis: Option<usize>| {
        let unit = region.with_untracked(|it| Some(it.as_ref()?.units[axis?].to_string()));
        unit.filter(|it| !it.is_empty())
            .map_or_else(String::new, |unit| format!(" [{unit}]"))
    };
    let field = move |(index, field): (usize, NumberField)| {
        let text = Memo::new(move |_| {
            let now = current().into_iter().nth(index);
            now.map_or_else(String::new, |it| it.text)
        });
        let is_list = field.axis.is_none();
        let reason =
            Memo::new(move |_| wrong.with(|it| it.get(&index).map(|(_, reason)| reason.clone())));
        view! {
            <label class="edit-field">
                {field.label}
                {unit(field.axis)}
                <SharedText
                    class=if is_list { "text region-vertices" } else { "text number" }
                    keys=if is_list { "text" } else { "decimal" }
                    testid=field.testid
                    max_length=8000
                    is_wrong=Signal::derive(move || reason.with(Option::is_some))
                    shared=text
                    write=Callback::new(move |text| write(index, text))
                />
                <span class="form-error" role="alert" data-testid=format!("{}-error", field.testid)>
                    {move || reason.get()}
                </span>
            </label>
        }
    };
    move || {
        // Other fields for another shape only: what is being written in one stays.
        let _its = kind.get();
        wrong.set(Wrong::new());
        let now = untrack(current);
        now.into_iter().enumerate().map(field).collect_view()
    }
}
