//! The schema, as the steps that led to it. A step that was released is never changed; what is new is a step more.
//!
//! A piece that gains or loses a field needs a step too, be it empty: an older server must know that it cannot read it.

use rusqlite::{Connection, TransactionBehavior};

/// Marks the file as ours, "BDK1" in ASCII.
pub(super) const APPLICATION_ID: i32 = 0x4244_4b31;

/// Step `n`, counted from 1, leads to version `n`.
pub(super) const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_topology.sql"),
    include_str!("migrations/0002_regions.sql"),
    include_str!("migrations/0003_templates.sql"),
];

/// Brings a database from its version to the newest, each step and its number in one transaction.
pub(super) fn migrate(connection: &mut Connection, from: usize) -> rusqlite::Result<()> {
    for (done, step) in MIGRATIONS.iter().enumerate().skip(from) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", done as i64 + 1)?;
        transaction.commit()?;
    }
    Ok(())
}
