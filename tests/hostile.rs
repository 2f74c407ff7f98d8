//! Text that wants to act on the terminal, put into every place where text can be shown; and every screen at every small
//! size, with any keys.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "e2e/allowed.rs"]
mod allowed;
#[path = "screens/chain.rs"]
mod chain;
#[path = "screens/picture.rs"]
mod picture;
#[path = "screens/sweep.rs"]
mod sweep;

use allowed::{HOSTILE, is_harmless};
use chain::*;
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use storekeeper::domain::audit::Logged;
use storekeeper::domain::{Receipt, Role};
use storekeeper::tui::model::command::Command;
use storekeeper::tui::model::dashboard::ask::{Answer as Told, Question as Asked};
use storekeeper::tui::model::gallery::source;
use storekeeper::tui::model::key::{Code, Key};
use storekeeper::tui::model::message::{Failure, JobEvent, Msg, Query, Reply, RequestId};
use storekeeper::tui::model::progress::LoadProgress;
use storekeeper::tui::model::question::{Question, Risk};
use storekeeper::tui::model::sign_in::{DemoHint, DemoUser, SignIn};
use storekeeper::tui::model::widgets::confirm::{Confirm, Proof};
use storekeeper::tui::model::widgets::data_table::{Row, RowKey, Rows};
use storekeeper::tui::model::widgets::pick_list::PickList;
use storekeeper::tui::model::widgets::toast::Mood;
use storekeeper::tui::model::{App, Popup, update};
use storekeeper::tui::view::draw;
use storekeeper::tui::view::theme::Theme;

fn hostile_reply(query: &Query, text: &str) -> Reply {
    let named = |name: &mut String| text.clone_into(name);
    let Reply::Board(mut answer) = reply(query) else { panic!("{query:?}") };
    match &mut answer {
        Told::Stores(seen) => seen.stores.iter_mut().for_each(|store| named(&mut store.name)),
        Told::Calendar(calendar) => {
            calendar.iter_mut().for_each(|calendar| named(&mut calendar.time_zone));
        }
        Told::Sales(sales) => {
            let parts = sales.by_store.iter_mut().chain(&mut sales.by_staff);
            parts.for_each(|part| named(&mut part.name));
        }
        Told::Products(products) => {
            products.top.iter_mut().for_each(|product| named(&mut product.name));
            let parts = products.by_category.iter_mut().chain(&mut products.by_brand);
            parts.for_each(|part| named(&mut part.name));
        }
        Told::Low(low) => {
            low.low.rows.iter_mut().flat_map(|low| [&mut low.product, &mut low.store]).for_each(named);
        }
        Told::Promised(promised) => {
            promised.rows.iter_mut().flat_map(|one| [&mut one.product, &mut one.store]).for_each(named);
        }
        Told::Slow(slow) => {
            slow.slow.rows.iter_mut().flat_map(|one| [&mut one.product, &mut one.store]).for_each(named);
        }
        Told::Manager(manager) => {
            if let Some(manager) = manager {
                [&mut manager.name, &mut manager.store, &mut manager.email].into_iter().for_each(named);
                manager.phone = Some(text.to_owned());
            }
        }
        Told::Audit(log) => {
            let texts = |entry: &mut Logged| {
                [&mut entry.actor, &mut entry.action, &mut entry.subject, &mut entry.outcome]
                    .into_iter()
                    .for_each(named);
            };
            log.iter_mut().for_each(texts);
        }
        Told::Loads(runs) => {
            runs.iter_mut().for_each(|run| [&mut run.source, &mut run.status].into_iter().for_each(named));
        }
        Told::Targets(stores) => stores.iter_mut().for_each(|store| named(&mut store.name)),
        Told::TargetsSet(_) | Told::Comparison(_) | Told::Open(_) | Told::Value(_) => {}
    }
    Reply::Board(answer)
}

fn hostile_dashboard(text: &str) -> App {
    let (app, effects) = entered();
    answered(app, effects, |query| Ok(hostile_reply(query, text)))
}

fn hostile_failures(text: &str) -> App {
    let (app, effects) = entered();
    answered(app, effects, |query| match query {
        Query::Board(Asked::Stores | Asked::Calendar(_)) => Ok(hostile_reply(query, text)),
        _ => Err(Failure::new(text)),
    })
}

fn hostile_sign_in(text: &str) -> App {
    let user = DemoUser { username: text.to_owned(), password: text.to_owned(), role: Role::Manager };
    let sign_in = SignIn { demo: Some(DemoHint { users: vec![user] }), ..SignIn::default() };
    let mut app = App::new(sign_in, jiff::tz::TimeZone::UTC);
    update(&mut app, Msg::Paste(text.to_owned()), morning());
    app.sign_in.message = Some(Failure::new(text));
    app.notice = Some(Failure::new(text));
    app
}

fn hostile_files(text: &str) -> App {
    let mut listing = folder(text);
    listing.place = text.to_owned();
    let mut app = load_form_with("/srv/", &listing);
    update(&mut app, Msg::Paste(text.to_owned()), morning());
    app
}

fn hostile_load(text: &str) -> App {
    let (mut app, id) = started();
    let progress = LoadProgress {
        phase: text.to_owned(),
        rejects: vec![text.to_owned()],
        notes: vec![text.to_owned()],
        ..LoadProgress::default()
    };
    update(&mut app, Msg::Job(id, JobEvent::Progress(progress)), later(1));
    app
}

fn hostile_receipt(text: &str) -> App {
    let mut receipt: Receipt = rejected_receipt();
    receipt.source = text.to_owned();
    receipt.mode = text.to_owned();
    receipt.rejects_file = Some(text.into());
    receipt.tables.iter_mut().for_each(|table| text.clone_into(&mut table.file));
    load_done(receipt)
}

/// Every page of the gallery with the text in its pieces, and every question.
fn hostile_gallery(text: &str) -> Vec<App> {
    let mut apps = Vec::new();
    for key in gallery_pages() {
        let mut app = gallery_at(key);
        update(&mut app, Msg::Paste(text.to_owned()), morning());
        update(&mut app, Msg::Key(Key::char('/')), morning());
        update(&mut app, Msg::Paste(text.to_owned()), morning());
        app.told = Some(text.to_owned());
        let gallery = app.gallery.as_mut().unwrap();
        gallery.list = PickList::new(vec![("a", text.to_owned()), ("b", text.to_owned())]);
        gallery.log.push(text, Mood::Bad, text);
        gallery.toasts.say(Mood::Good, text);
        let ask = gallery.table.refresh(RequestId::default);
        let cells = vec![text.to_owned(); source::COLUMNS.len()];
        let rows = vec![Row { key: RowKey(text.to_owned()), cells }];
        gallery.table.take(ask.id, Rows { rows, more: false, total: None }, RequestId::default);
        apps.push(app);
    }
    for proof in [Proof::Yes, Proof::Name(text.to_owned()), Proof::Code] {
        let mut app = gallery_at(Key::plain(Code::F(4)));
        let mut confirm = Confirm::new(text, proof);
        confirm.paste(text);
        confirm.answer();
        app.popup = Some(Popup::Question(Question {
            confirm,
            command: Command::TryYes,
            risk: Risk::None,
            checking: None,
        }));
        apps.push(app);
    }
    apps
}

fn hostile_screens(text: &str) -> Vec<App> {
    let over = |key| pressed(hostile_dashboard(text), &[key]);
    vec![
        hostile_sign_in(text),
        hostile_dashboard(text),
        pressed(hostile_dashboard(text), &[Key::char(' ')]),
        pressed(hostile_dashboard(text), &[Key::char(' '), Key::char(' ')]),
        hostile_failures(text),
        over(Key::char('s')),
        over(Key::char('S')),
        hostile_files(text),
        hostile_load(text),
        hostile_receipt(text),
    ]
    .into_iter()
    .chain(hostile_gallery(text))
    .collect()
}

/// The bytes the terminal would get for this buffer.
fn written(buffer: &Buffer) -> Vec<u8> {
    let mut bytes = Vec::new();
    let cells = Buffer::empty(buffer.area);
    CrosstermBackend::new(&mut bytes).draw(cells.diff(buffer).into_iter()).unwrap();
    bytes
}

#[test]
fn hostile_text_is_drawn_without_its_teeth_wherever_it_is_shown() {
    for text in HOSTILE {
        for app in hostile_screens(text) {
            for (width, height) in [(80, 24), (120, 40), (61, 17), (200, 60)] {
                let area = Rect::new(0, 0, width, height);
                let mut buffer = Buffer::empty(area);
                draw(&app, &Theme::TERMINAL, area, &mut buffer);
                let shown = picture::text(&buffer);
                assert!(
                    shown.chars().all(|letter| letter == '\n' || is_harmless(letter)),
                    "{text:?}:\n{shown}"
                );
                allowed::assert_only_ours(&written(&buffer));
            }
        }
    }
}

#[test]
fn every_screen_at_every_small_size_bears_any_keys() {
    sweep::bear_any_keys_at_every_small_size(|| every_screen().into_iter().map(|(_, app)| app).collect());
}
