//! Single values as a table that can be read and copied.

use leptos::prelude::*;
use shared::id::CellId;
use shared::sync::mirror::LayerFrame;

use crate::live::Live;
use crate::present::{Table, halves};

/// The table of a cell; where its rows and columns stay, only the texts of its values change.
#[component]
pub(crate) fn ValueTable(
    /// The cell.
    id: CellId,
    /// What the cell is called.
    #[prop(into)]
    title: Signal<String>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let frame = {
        let live = live.clone();
        Memo::new(move |_| {
            let layer = live.table_in(&id)?;
            let frame = live.frames.signal(&layer.id).get()?;
            let until = frame.time.map(|it| it.end.0.to_string());
            Some((
                frame.version.revision.0.to_string(),
                until.unwrap_or_default(),
            ))
        })
    };
    let table = Memo::new(move |_| {
        let layer = live.table_in(&id)?;
        live.frames.signal(&layer.id).track();
        let table = |it: &LayerFrame| Table::of_layer(&layer.config, &it.frame);
        live.pictures.with_frame(layer.id, table).flatten()
    });
    view! {
        <div
            class="value-table"
            role="region"
            tabindex="0"
            aria-label=move || title.get()
            data-testid="value-table"
            data-version=move || frame.get().map(|it| it.0)
            data-until=move || frame.get().map(|it| it.1)
        >
            <Rows table />
        </div>
    }
    .into_any()
}

/// The rows of a table.
#[component]
pub(super) fn Rows(
    /// What stands in them.
    table: Memo<Option<Table>>,
) -> impl IntoView {
    let shape = Memo::new(move |_| {
        table.with(|it| {
            it.as_ref()
                .map(|it| (it.corner, it.columns.clone(), it.rows.clone()))
        })
    });
    let cell = move |row: usize, column: usize| {
        move || table.with(|it| it.as_ref().map(|it| it.cell(row, column).to_owned()))
    };
    let row = move |(row, name): (usize, String), columns: usize| {
        let cells = (0..columns).map(|column| view! { <td>{cell(row, column)}</td> });
        let title = name.clone();
        view! {
            <tr>
                <th scope="row" title=title>
                    <span>{name}</span>
                </th>
                {cells.collect_view()}
            </tr>
        }
    };
    let content = move || {
        let (corner, columns, rows) = shape.get().unwrap_or_default();
        let n_columns = columns.len();
        let head = |head: String| {
            let (first, second) = halves(&head);
            let (first, second) = (first.to_owned(), second.to_owned());
            let second = (!second.is_empty()).then(|| view! { " " <span>{second}</span> });
            view! {
                <th scope="col" title=head>
                    <span>{first}</span>
                    {second}
                </th>
            }
        };
        let heads = std::iter::once(corner.to_owned()).chain(columns);
        let heads = heads.map(head).collect_view();
        let rows = rows.into_iter().enumerate().map(|it| row(it, n_columns));
        view! {
            <thead>
                <tr>{heads}</tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        }
    };
    view! { <table>{content}</table> }
}
