//! What the screens of loads ask for, through the services.

use super::runner::{Context, failure};
use super::{folder, server};
use crate::db::Db;
use crate::domain::clean;
use crate::etl::{Dates, Mapping, mapping_of};
use crate::service::authorized::{Authorized, ImportData};
use crate::service::history;
use crate::service::look::{self, Place};
use crate::service::mend::{self, Added};
use crate::tui::model::load::ask::{Answer, Look, Looked, Question, Unread};
use crate::tui::model::load::job::Part;
use crate::tui::model::message::{Failure, RequestId};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use tokio_util::sync::CancellationToken;

/// The most runs that are told: older ones are told by `storekeeper runs`.
const RUNS: u64 = 1000;

/// Answers a question, unless somebody stops it.
pub(super) async fn answer(
    context: &Context,
    id: RequestId,
    question: Question,
    cancel: &CancellationToken,
) -> Result<Answer, Failure> {
    let by = context.session()?.require(ImportData).map_err(failure)?;
    let db = context.db()?;
    match question {
        Question::Folder(typed) => {
            let listing = on_thread(move || folder::listing(&typed)).await;
            listing.map(Answer::Folder)
        }
        Question::Look(look) => look_at(context, &by, db, *look, cancel).await,
        Question::Sources => server::named(context),
        Question::Test(target) => server::test(context, &by, &target, cancel).await,
        Question::Discover(target) => server::discover(context, id, &by, &target, cancel).await,
        Question::SaveSource(source) => server::save(context, *source).await,
        Question::Mappings => {
            let folder = context.mappings_dir();
            on_thread(move || saved(&folder)).await.map(Answer::Mappings)
        }
        Question::OpenMapping(name) => {
            let path = context.mappings_dir().join(format!("{name}.toml"));
            let text = on_thread(move || fs::read_to_string(path)).await?;
            let mapping = Mapping::read(&text).map_err(failure)?;
            Ok(Answer::Mapping(name, Box::new(mapping)))
        }
        Question::SaveMapping(name, heads) => {
            let folder = context.mappings_dir();
            let text = mapping_of(&heads.iter().collect::<Vec<_>>());
            let path = on_thread(move || save(&folder, &name, &text)).await?;
            Ok(Answer::MappingSaved(clean(&path.display().to_string())))
        }
        Question::Rejects(place, mapping) => {
            context.files.fence.may_read(Path::new(&place)).map_err(failure)?;
            let rejected = mend::rejects(&by, db, PathBuf::from(place), *mapping).await;
            rejected.map(|rejected| Answer::Rejects(Box::new(rejected))).map_err(failure)
        }
        Question::NextNumber(table) => {
            mend::next_number(&by, db, table).await.map(Answer::NextNumber).map_err(failure)
        }
        Question::AddRow(table, cells) => {
            match mend::add_row(&by, db, table, cells, context.files.infile, cancel).await.map_err(failure)? {
                Added::There(receipt) => Ok(Answer::Added(receipt.run_id)),
                Added::Refused(why) => Ok(Answer::Refused(clean(&why))),
            }
        }
        Question::Runs => history::runs(&by, db, RUNS).await.map(Answer::Runs).map_err(failure),
        Question::Run(run) => {
            let found = history::run(&by, db, run).await.map_err(failure)?;
            Ok(Answer::Run(found.map(Box::new)))
        }
        Question::Undo { run, dry_run } => {
            let undone = history::undo(&by, db, run, dry_run, cancel).await.map_err(failure)?;
            Ok(Answer::Undone(Box::new(undone)))
        }
    }
}

async fn on_thread<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, Failure> {
    let done = tokio::task::spawn_blocking(work).await.map_err(failure)?;
    done.map_err(failure)
}

async fn look_at(
    context: &Context,
    by: &Authorized<ImportData>,
    db: &Db,
    look: Look,
    cancel: &CancellationToken,
) -> Result<Answer, Failure> {
    let (of_server, files): (Vec<Part>, Vec<Part>) =
        look.parts.into_iter().partition(|part| part.endpoint.is_some());
    if !of_server.is_empty() {
        return Ok(Answer::Looked(
            of_server.into_iter().filter_map(|part| at_endpoint(part, &look.mapping, &look.dates)).collect(),
        ));
    }
    let mut known = BTreeMap::new();
    let mut places = Vec::new();
    for part in files {
        let path = folder::to_read(context, &part.path)?;
        places.push(Place { path: path.clone(), table: part.table, reading: part.reading });
        known.insert(path, part.without);
    }
    let looked = look::look(by, db, places, look.mapping, look.dates, cancel).await.map_err(failure)?;
    let looked = looked.into_iter().map(|one| {
        let Place { path, table, reading } = one.place;
        let without = known.get(&path).cloned().unwrap_or_default();
        let told = one
            .told
            .map_err(|unread| Unread { words: clean(&unread.words), lacks_table: unread.lacks_table });
        let path = path.to_string_lossy().into_owned();
        Looked { part: Part { path, table, reading, without, endpoint: None }, told }
    });
    Ok(Answer::Looked(looked.collect()))
}

/// What the first rows of an address tell, which are here already.
fn at_endpoint(part: Part, mapping: &Mapping, dates: &Dates) -> Option<Looked> {
    let told = part.endpoint.as_ref()?.head(mapping, dates);
    let told = told.map_err(|error| Unread { words: clean(&error.to_string()), lacks_table: false });
    Some(Looked { part, told })
}

/// The names of the mappings that are saved in a folder.
fn saved(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let names = entries.flatten().filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        name.strip_suffix(".toml").map(str::to_owned)
    });
    let mut names: Vec<String> = names.filter(|name| clean(name) == *name).collect();
    names.sort();
    Ok(names)
}

fn save(folder: &Path, name: &str, text: &str) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let path = folder.join(format!("{name}.toml"));
    fs::write(&path, text)?;
    Ok(path)
}
