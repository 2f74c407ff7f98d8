//! Rows against each other and against the database, a statement a rule, over all rows at once.

use super::error::LoadError;
use super::fault::{Code, Fault};
use super::managers;
use super::progress::{Mode, OnDuplicate, Phase};
use super::reader;
use super::rules;
use super::run::Run;
use super::spec::spec;
use super::sql::Parents;
use crate::domain::Table;
use tokio::sync::mpsc;

/// Checks every table, parents first: a row whose parent is rejected is then rejected itself. Rejected rows leave staging.
pub(crate) async fn all(run: &mut Run) -> Result<(), LoadError> {
    let tables = run.tables();
    for table in &tables {
        run.at(Phase::Checking, Some(*table));
        let mut found = 0;
        for statement in rules(run, *table, &tables) {
            found += run.link.execute(&statement).await?.affected;
        }
        drop_rejected(run, *table, found).await?;
        if run.with_shape(*table, |_, shape| shape.has_managers())? {
            let found = managers::check(run).await?;
            drop_rejected(run, *table, found).await?;
        }
    }
    gather(run).await
}

async fn drop_rejected(run: &mut Run, table: Table, found: u64) -> Result<(), LoadError> {
    if found > 0 {
        run.link.execute(&run.sql.drop_rejected(table)).await?;
    }
    Ok(())
}

fn rules(run: &Run, table: Table, set: &[Table]) -> Vec<String> {
    let spec = spec(table);
    let last = run.options.on_duplicate == OnDuplicate::Last;
    let mut statements = vec![run.sql.reject_doubles(spec, last)];
    statements.extend(run.sql.reject_taken(spec, last));
    if run.options.mode == Mode::Insert {
        statements.push(run.sql.reject_existing(spec));
    }
    let is_replaced = run.options.mode == Mode::Replace;
    let orphans = spec.parents.iter().map(|parent| {
        let parents = match (set.contains(&parent.table), is_replaced) {
            (false, _) => Parents::There,
            (true, false) => Parents::ThereOrStaged,
            (true, true) => Parents::Staged,
        };
        run.sql.reject_orphans(spec, parent, parents)
    });
    statements.extend(orphans);
    statements
}

/// Reads the files again that have rows rejected here, and writes these rows down.
async fn gather(run: &mut Run) -> Result<(), LoadError> {
    let counts: Vec<(usize, u64, u64)> = run.link.rows(&run.sql.count_rejects()).await?;
    let chosen = run.options.on_duplicate != OnDuplicate::Reject;
    for (place, count, doubles) in counts {
        if let Some(part) = run.part(place) {
            part.receipt.rejected += count;
            part.excused = if chosen { doubles } else { 0 };
        }
        let (part, desk) = run.lend(place)?;
        let last = run.options.on_duplicate == OnDuplicate::Last;
        let names = Names { table: part.spec.table, files: run.files().to_vec(), last };
        const AHEAD: usize = 64;
        let (faults, receiver) = mpsc::channel(AHEAD);
        let back = reader::gather(part, desk, receiver);
        let told = tell(run, place, &names, faults).await;
        if matches!(told, Err(LoadError::Cancelled)) {
            return told;
        }
        let gathered = run.take_back(back).await;
        told?;
        gathered?;
    }
    Ok(())
}

/// Sends the faults of one file, page by page, in the order of its lines.
async fn tell(
    run: &mut Run,
    place: usize,
    names: &Names,
    faults: mpsc::Sender<(u64, Fault)>,
) -> Result<(), LoadError> {
    const PAGE: usize = 1000;
    let mut line = 0;
    loop {
        let page: Vec<(u64, String, String, String)> =
            run.link.rows(&run.sql.rejects_after(place, line, PAGE)).await?;
        let last = page.len() < PAGE;
        for (at, column, code, detail) in page {
            line = at;
            let fault = names.fault(&column, Code::from_word(&code).unwrap_or(Code::Unknown), &detail);
            // The thread ends early only with an error of its own, which is met where it is awaited.
            if faults.send((at, fault)).await.is_err() {
                return Ok(());
            }
        }
        if last {
            return Ok(());
        }
    }
}

/// What messages need to know.
struct Names {
    table: Table,
    /// The files of the set: place, table, name.
    files: Vec<(usize, Table, String)>,
    /// Whether the last of several rows with one key was taken.
    last: bool,
}

impl Names {
    fn fault(&self, column: &str, code: Code, detail: &str) -> Fault {
        let spec = spec(self.table);
        let column = spec.column(column).map_or("", |(_, column)| column.name);
        let (first, second) = detail.split_once(':').unwrap_or((detail, ""));
        let message = match code {
            Code::Duplicate => {
                let what = match spec.unique {
                    Some((unique, _)) if unique == column => unique.to_owned(),
                    _ => spec.key.join(" and "),
                };
                let file = first.parse().ok().and_then(|place| self.file(place)).unwrap_or_default();
                let stands = if self.last { "stands again, and last," } else { "stands before," };
                format!("the same {what} {stands} in {file}, line {second}.")
            }
            Code::Taken => return rules::taken(self.table, column, second, first),
            Code::Exists => format!("{} {detail} is in the chain already.", spec.key.join("/")),
            Code::Ring => return rules::ring(&[detail]),
            _ => self.unknown(column, detail),
        };
        Fault::new(column, code, message)
    }

    fn unknown(&self, column: &str, detail: &str) -> String {
        let spec = spec(self.table);
        let parent = spec.parents.iter().find(|parent| parent.column == column);
        let (word, table) = parent.map_or(("staff", Table::Staffs), |parent| (parent.word, parent.table));
        let files: Vec<&str> =
            self.files.iter().filter(|(_, of, _)| *of == table).map(|(_, _, name)| name.as_str()).collect();
        if files.is_empty() {
            format!("{column}: {word} {detail} is not known. Load {table} first, or together with this file.")
        } else {
            let files = files.join(", ");
            format!(
                "{column}: {word} {detail} is not known, neither in the chain nor among the rows accepted from {files}."
            )
        }
    }

    fn file(&self, place: usize) -> Option<&str> {
        self.files.iter().find(|(at, ..)| *at == place).map(|(_, _, name)| name.as_str())
    }
}
