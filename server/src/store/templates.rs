//! Grids that people keep as templates.

use rusqlite::{Connection, params};
use shared::id::TemplateId;
use shared::time::TimeNs;
use shared::topology::KeptTemplate;

use super::read::text;
use super::{Store, StoreError};

/// A template as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredTemplate {
    /// Its id, by whom and since when.
    pub kept: KeptTemplate,
    /// What it is called.
    pub title: String,
    /// The grid as a document.
    pub document: String,
}

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

    /// Lets a template go; false when there is none. It is gone from the disk when this returns.
    ///
    /// # Errors
    /// When the disk is full or fails: nothing is changed then.
    pub fn remove_template(&self, id: TemplateId) -> Result<bool, StoreError> {
        self.change(|transaction| {
            let statement = "DELETE FROM template WHERE id = ?1";
            Ok(transaction.execute(statement, params![id.to_string()])? > 0)
        })
    }
}

fn templates(connection: &Connection) -> rusqlite::Result<Vec<StoredTemplate>> {
    let mut query = connection.prepare(
        "SELECT id, title, document, kept_by, time_ns FROM template ORDER BY time_ns, id",
    )?;
    let rows = query.query_map([], |row| {
        let id = text(row, 0)?;
        let Ok(id) = id.parse() else {
            tracing::warn!("the template {id} is left out: this is no id");
            return Ok(None);
        };
        Ok(Some(StoredTemplate {
            kept: KeptTemplate {
                id,
                by: text(row, 3)?,
                time_ns: TimeNs(row.get(4)?),
            },
            title: text(row, 1)?,
            document: text(row, 2)?,
        }))
    })?;
    rows.filter_map(Result::transpose).collect()
}
