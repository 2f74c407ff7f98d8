//! Reports that are written but not in their places yet.

use super::{ReportError, Written};
use crate::domain::CustomerId;
use crate::report::Draft;
use crate::report::pdf::Pdf;
use std::fs::{DirBuilder, File};
use std::io::Write;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;

/// A report beside its place. Dropped, it is removed.
#[derive(Debug)]
pub(super) struct Drafted {
    pub(super) customer: Option<CustomerId>,
    draft: Draft,
    pages: usize,
    bytes: u64,
}

impl Drafted {
    /// Writes it to the disk, under a name that says that it is not finished.
    pub(super) fn write(
        folder: &Path,
        name: &str,
        customer: Option<CustomerId>,
        pdf: &Pdf,
    ) -> Result<Drafted, ReportError> {
        let place = folder.join(name);
        let unwritten = |cause| ReportError::writing(&place, cause);
        let draft = Draft::file(&place).map_err(unwritten)?;
        let mut file = draft.create(name).map_err(unwritten)?;
        file.write_all(&pdf.bytes).and_then(|()| file.sync_data()).map_err(unwritten)?;
        Ok(Drafted { customer, draft, pages: pdf.pages, bytes: pdf.bytes.len() as u64 })
    }
}

/// The folder, made where it is not there.
pub(super) fn folder(folder: &Path) -> Result<(), ReportError> {
    let made = DirBuilder::new().recursive(true).mode(0o750).create(folder);
    made.map_err(|cause| ReportError::writing(folder, cause))
}

/// Gives all of them their names; when one can not have its, none has.
pub(super) async fn put_in_place(folder: &Path, drafted: Vec<Drafted>) -> Result<Vec<Written>, ReportError> {
    let folder = folder.to_owned();
    let put = move || {
        let mut written = Vec::with_capacity(drafted.len());
        for Drafted { customer, draft, pages, bytes } in drafted {
            match draft.finish_as_new() {
                Ok(file) => written.push(Written { file, customer, pages, bytes }),
                Err(cause) => {
                    remove(&written);
                    return Err(ReportError::writing(&folder, cause));
                }
            }
        }
        let synced = File::open(&folder).and_then(|folder| folder.sync_all());
        synced.map(|()| written).map_err(|cause| ReportError::writing(&folder, cause))
    };
    tokio::task::spawn_blocking(put).await.map_err(|_| ReportError::Thread)?
}

fn remove(written: &[Written]) {
    for Written { file, .. } in written {
        if let Err(cause) = std::fs::remove_file(file) {
            tracing::warn!(%cause, path = %file.display(), "a report of several that were not all written remains");
        }
    }
}
