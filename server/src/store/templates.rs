//! Grids that people keep as templates.

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use shared::id::TemplateId;
use shared::time::TimeNs;
use shared::topology::{KeptTemplate, StoredTemplate};

use super::read::text;
use super::{Store, StoreError};

impl Store {
    /// The templates that are kept, the oldest first. One that makes no sense is left out, and stays where it is.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn templates(&self) -> Result<Vec<StoredTemplate>, StoreError> {
        templates(&self.inner().connection).map_err(StoreError::Read)
    }

    /// Keeps a template, in place of the one that has its id. It is on the disk when this returns.
    ///
    /// # Errors
    /// When the disk is full or fails: nothing is changed then.
    pub fn keep_template(&self, template: &StoredTemplate) -> Result<(), StoreError> {
        let StoredTemplate {
            kept: KeptTemplate { id, by, time_ns },
            title,
            document,
        } = template;
        self.change(|transaction| {
            let statement =
                "INSERT OR REPLACE INTO template (id, title, document, kept_by, time_ns)
                VALUES (?1, ?2, ?3, ?4, ?5)";
            let values = params![id.to_string(), title, document, by, time_ns.0];
            transaction.execute(statement, values).map(drop)
        })
    }

    /// Lets a template go, and tells what was kept; none when there is none. It is gone from the disk when this returns.
    ///
    /// # Errors
    /// When the disk is full or fails: nothing is changed then.
    pub fn remove_template(&self, id: TemplateId) -> Result<Option<StoredTemplate>, StoreError> {
        self.change(|transaction| {
            let statement = format!("DELETE FROM template WHERE id = ?1 RETURNING {COLUMNS}");
            transaction
                .query_row(&statement, params![id.to_string()], |row| template(id, row))
                .optional()
        })
    }
}

/// What is kept of a template, in the order in which it is read.
const COLUMNS: &str = "id, title, document, kept_by, time_ns";

fn templates(connection: &Connection) -> rusqlite::Result<Vec<StoredTemplate>> {
    let statement = format!("SELECT {COLUMNS} FROM template ORDER BY time_ns, id");
    let mut query = connection.prepare(&statement)?;
    let rows = query.query_map([], |row| {
        let id = text(row, 0)?;
        let Ok(id) = id.parse() else {
            tracing::warn!("the template {id} is left out: this is no id");
            return Ok(None);
        };
        template(id, row).map(Some)
    })?;
    rows.filter_map(Result::transpose).collect()
}

fn template(id: TemplateId, row: &Row<'_>) -> rusqlite::Result<StoredTemplate> {
    Ok(StoredTemplate {
        kept: KeptTemplate {
            id,
            by: text(row, 3)?,
            time_ns: TimeNs(row.get(4)?),
        },
        title: text(row, 1)?,
        document: text(row, 2)?,
    })
}
