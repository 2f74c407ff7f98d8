//! Who manages whom: every manager is there, and nobody is their own manager by way of others.

use super::error::LoadError;
use super::fault::Code;
use super::progress::Mode;
use super::run::Run;
use std::collections::{BTreeMap, HashSet};

/// A staged row of staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Row {
    part: u64,
    line: u64,
    staff: u32,
    manager: Option<u32>,
}

/// Rejects staged rows of staff whose manager is not there, or who stand in a ring; answers how many.
pub(crate) async fn check(run: &mut Run) -> Result<u64, LoadError> {
    // Where the staff is replaced, who is not in the files goes.
    let there: Vec<(u32, Option<u32>)> = if run.options.mode == Mode::Replace {
        Vec::new()
    } else {
        run.link.rows(include_str!("../../sql/queries/import/managers.sql")).await?
    };
    let staged: Vec<(u64, u64, u32, Option<u32>)> = run.link.rows(&run.sql.staged_managers()).await?;
    let staged =
        staged.into_iter().map(|(part, line, staff, manager)| Row { part, line, staff, manager }).collect();
    let faults = faults(&there.into_iter().collect(), staged);
    let count = faults.len() as u64;
    for (row, code, people) in faults {
        let detail = match code {
            Code::Ring => people.iter().map(|staff| run.staff_name(*staff)).collect::<Vec<_>>().join(" > "),
            _ => people.iter().map(u32::to_string).collect(),
        };
        let statement = run.sql.reject_manager(row.part, row.line, code.word());
        run.link.execute_with(&statement, (detail,)).await?;
    }
    Ok(count)
}

/// The rows at fault, each with the people its message names. A rejected row brings back what the database has of the same
/// person, which can leave others without a manager, so it is looked at again until nothing more is found.
fn faults(there: &BTreeMap<u32, Option<u32>>, mut staged: Vec<Row>) -> Vec<(Row, Code, Vec<u32>)> {
    let mut found = Vec::new();
    loop {
        let mut tree = there.clone();
        tree.extend(staged.iter().map(|row| (row.staff, row.manager)));
        let fault = |row: &Row| match row.manager {
            Some(manager) if !tree.contains_key(&manager) => Some((Code::Unknown, vec![manager])),
            _ => ring(&tree, row.staff).map(|people| (Code::Ring, people)),
        };
        let bad: Vec<_> =
            staged.iter().filter_map(|row| fault(row).map(|(code, people)| (*row, code, people))).collect();
        if bad.is_empty() {
            return found;
        }
        staged.retain(|row| !bad.iter().any(|(other, ..)| other == row));
        found.extend(bad);
    }
}

/// A ring in the tree, if there is one.
pub(crate) fn first_ring(tree: &BTreeMap<u32, Option<u32>>) -> Option<Vec<u32>> {
    tree.keys().find_map(|staff| ring(tree, *staff))
}

/// The ring that a person stands in, from them back to them; `None` for who stands in none.
pub(crate) fn ring(tree: &BTreeMap<u32, Option<u32>>, start: u32) -> Option<Vec<u32>> {
    let mut people = vec![start];
    let mut seen = HashSet::from([start]);
    let mut at = start;
    while let Some(Some(manager)) = tree.get(&at) {
        people.push(*manager);
        if *manager == start {
            return Some(people);
        }
        if !seen.insert(*manager) {
            return None;
        }
        at = *manager;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[(u32, Option<u32>)]) -> Vec<Row> {
        rows.iter()
            .map(|&(staff, manager)| Row { part: 0, line: u64::from(staff) + 1, staff, manager })
            .collect()
    }

    fn found(there: &[(u32, Option<u32>)], staged: &[(u32, Option<u32>)]) -> Vec<(u32, Code, Vec<u32>)> {
        let found = faults(&there.iter().copied().collect(), rows(staged));
        found.into_iter().map(|(row, code, people)| (row.staff, code, people)).collect()
    }

    #[test]
    fn a_manager_may_stand_after_those_they_manage() {
        assert_eq!(found(&[], &[(1, Some(3)), (2, Some(1)), (3, None)]), []);
    }

    #[test]
    fn a_ring_is_told_from_each_of_its_people_and_who_hangs_on_it_follows() {
        let ring = [(1, Some(2)), (2, Some(1)), (3, Some(2))];
        assert_eq!(
            found(&[], &ring),
            [(1, Code::Ring, vec![1, 2, 1]), (2, Code::Ring, vec![2, 1, 2]), (3, Code::Unknown, vec![2])]
        );
    }

    #[test]
    fn a_ring_may_close_by_way_of_the_database_and_of_oneself() {
        assert_eq!(found(&[(1, Some(2)), (2, None)], &[(2, Some(1))]), [(2, Code::Ring, vec![2, 1, 2])]);
        assert_eq!(found(&[], &[(7, Some(7))]), [(7, Code::Ring, vec![7, 7])]);
    }
}
