//! Which road the rows of a load take: the one place where that is chosen. The figures are in `docs/PERFORMANCE.md`.
//!
//! Straight: rows go into their tables as they are read, in one transaction, and the keys of the tables check them. Twice as
//! fast as staging, but it can do nothing but add. Rows that are there as they are, are left out on the way (`sift`). The first
//! row that would change one, is rejected, or does not fit takes everything back, and the general road begins anew.
//!
//! General: rows go into staging tables, are checked set by set, compared, and merged in one transaction. Where a table has
//! rows already, what is there as it is does not even reach staging.

use super::error::LoadError;
use super::progress::Mode;
use super::run::Run;
use super::sift::Rule;
use crate::domain::Table;
use std::collections::BTreeSet;

/// The tables of the set that have any rows.
pub(crate) async fn filled(run: &mut Run) -> Result<BTreeSet<Table>, LoadError> {
    let mut filled = BTreeSet::new();
    for table in run.tables() {
        let any: Vec<u8> = run.link.rows(&run.sql.any_row(table)).await?;
        filled.extend((!any.is_empty()).then_some(table));
    }
    Ok(filled)
}

/// Whether the straight road is worth a try.
pub(crate) fn may_be_straight(run: &Run) -> bool {
    if run.options.dry_run || run.tables().is_empty() {
        return false;
    }
    // What `replace` removes, and which row has which number, takes the whole file to tell.
    let is_plain = |table: &Table| run.options.mode != Mode::Replace && run.numbered_from(*table).is_none();
    run.filled.iter().all(is_plain)
}

/// How rows on the straight road are sifted; `None` where their table is empty.
pub(crate) fn sifts_on_the_way(run: &Run, table: Table) -> Option<Rule> {
    run.filled.contains(&table).then(|| Rule::straight(run.options.mode))
}

/// How rows are sifted before staging; `None` where all of them are needed there: to find what they do not have (`replace`),
/// what is there (`insert`), or what clashes among themselves (a second key).
pub(crate) fn sifts_for_staging(run: &Run, table: Table) -> Option<Rule> {
    let has_one_key = run.parts().all(|part| part.spec.table != table || part.spec.unique.is_none());
    let takes_all = matches!(run.options.mode, Mode::Replace | Mode::Insert);
    let is_worth_it = run.filled.contains(&table) && !run.disordered.contains(&table);
    (has_one_key && !takes_all && is_worth_it).then(|| Rule::staged(run.options.mode))
}
