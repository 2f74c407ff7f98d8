use super::*;
use crate::tui::model::gallery::source;
use crate::tui::model::key::Code;
use crate::tui::model::keymap::Keymap;

/// What a key does to a table, with the keys of the table of commands.
fn press(table: &mut DataTable, key: Key, ids: impl FnMut() -> RequestId) -> Outcome {
    if table.find().is_typing() && key.typed().is_some() {
        return table.type_key(key, ids);
    }
    match Keymap::default().find(&[table.places(), &[Place::Everywhere]].concat(), key) {
        Some(entry) if entry.command == Command::Back => table.step_back(ids),
        Some(entry) => table.command(entry.command, ids),
        None => Outcome::Ignored,
    }
}

/// A table over the made-up orders, every question answered at once.
struct Desk {
    table: DataTable,
    ids: u64,
    asked: usize,
}

impl Desk {
    fn new() -> Desk {
        let mut desk = Desk { table: DataTable::new(source::COLUMNS), ids: 0, asked: 0 };
        let first = desk.table.refresh(|| RequestId(0));
        desk.answer(first);
        desk.table.resize(20);
        desk
    }

    fn answer(&mut self, ask: Ask) {
        let mut next = Some(ask);
        while let Some(ask) = next {
            self.asked += 1;
            let ids = &mut self.ids;
            next = self.table.take(ask.id, source::rows(&ask.page), || {
                *ids += 1;
                RequestId(*ids)
            });
        }
    }

    fn press_unanswered(&mut self, key: Key) -> Outcome {
        let ids = &mut self.ids;
        press(&mut self.table, key, || {
            *ids += 1;
            RequestId(*ids)
        })
    }

    fn press(&mut self, key: Key) {
        if let Outcome::Ask(ask) = self.press_unanswered(key) {
            self.answer(ask);
        }
    }

    fn current(&self) -> u32 {
        self.table.current().unwrap().key.0.parse().unwrap()
    }

    fn first_seen(&self) -> String {
        self.table.seen(20).next().unwrap().0.key.0.clone()
    }
}

const fn plain(code: Code) -> Key {
    Key::plain(code)
}

#[test]
fn keys_lead_to_the_rows_they_name() {
    let (down, page, end, home) =
        (plain(Code::Down), plain(Code::PageDown), plain(Code::End), plain(Code::Home));
    let up = plain(Code::Up);
    let table: &[(&[Key], u32, &str)] = &[
        (&[], 1, "1"),
        (&[down, down], 3, "1"),
        (&[up], 1, "1"),
        (&[page], 20, "1"),
        (&[page, page], 39, "20"),
        (&[end], 1_000_000, "999981"),
        (&[end, up], 999_999, "999981"),
        (&[end, down], 1_000_000, "999981"),
        (&[end, home, down], 2, "1"),
        (&[Key::char('G'), Key::char('g'), Key::char('j')], 2, "1"),
        (&[Key::char('s'), Key::char('S')], 1_000_000, "1000000"),
    ];
    for (keys, current, first) in table {
        let mut desk = Desk::new();
        keys.iter().for_each(|key| desk.press(*key));
        assert_eq!((desk.current(), desk.first_seen().as_str()), (*current, *first), "{keys:?}");
    }
}

#[test]
fn a_long_way_down_and_up_holds_a_few_pages_only() {
    let mut desk = Desk::new();
    for _ in 0..3000 {
        desk.press(plain(Code::Down));
        assert!(desk.table.held() <= window::HELD);
    }
    assert_eq!((desk.current(), desk.first_seen().as_str()), (3001, "2982"));
    for _ in 0..2500 {
        desk.press(plain(Code::Up));
    }
    assert_eq!((desk.current(), desk.first_seen().as_str()), (501, "501"));
    assert!(desk.asked < 60, "{} questions", desk.asked);
}

#[test]
fn keys_pressed_while_rows_are_on_their_way_are_not_lost() {
    let mut desk = Desk::new();
    let page = plain(Code::PageDown);
    let mut asks = Vec::new();
    for _ in 0..20 {
        match desk.press_unanswered(page) {
            Outcome::Ask(ask) => asks.push(ask),
            other => assert_eq!(other, Outcome::Done),
        }
    }
    let [ask] = asks.try_into().unwrap();
    desk.answer(ask);
    assert_eq!(desk.current(), 1 + 20 * 19);
}

#[test]
fn a_late_answer_is_dropped() {
    let mut desk = Desk::new();
    let Outcome::Ask(late) = desk.press_unanswered(plain(Code::End)) else { panic!() };
    let Outcome::Ask(asked) = desk.press_unanswered(Key::char('s')) else { panic!() };
    assert!(desk.table.is_stale());
    desk.answer(late);
    assert_eq!(desk.current(), 1);
    desk.table.fail(asked.id, Failure::new("The server is gone."));
    assert_eq!(desk.table.failure().unwrap().words(), "The server is gone.");
    desk.press(Key::char('r'));
    assert_eq!((desk.current(), desk.table.failure()), (1, None));
}

#[test]
fn a_filter_asks_as_it_is_typed_and_esc_gives_it_up_in_two_steps() {
    let mut desk = Desk::new();
    desk.press(Key::char('/'));
    for letter in "Kirsa".chars() {
        desk.press(Key::char(letter));
    }
    assert!(desk.table.seen(20).all(|(row, _)| row.cells[1] == "Kirsa Toft"));
    desk.press(plain(Code::Esc));
    assert_eq!((desk.table.find().words().text(), desk.table.find().is_typing()), ("Kirsa", false));
    desk.press(plain(Code::Esc));
    assert_eq!((desk.table.find().words().text(), desk.current()), ("", 1));
}

#[test]
fn marks_stay_with_their_rows_whatever_is_shown() {
    let mut desk = Desk::new();
    let space = Key::char(' ');
    [space, space, plain(Code::End), space].into_iter().for_each(|key| desk.press(key));
    let marked: Vec<&str> = desk.table.marked().iter().map(|key| key.0.as_str()).collect();
    assert_eq!(marked, ["1", "1000000", "2"]);
    desk.press(space);
    assert_eq!(desk.table.marked().len(), 2, "the cursor stood on the last row, and took its mark away");
    desk.press(plain(Code::Esc));
    assert!(desk.table.marked().is_empty());
}

#[test]
fn columns_are_hidden_and_scrolled_and_the_first_always_stays() {
    let mut desk = Desk::new();
    let titles =
        |desk: &Desk| desk.table.columns().drawn().map(|(_, column)| column.title).collect::<Vec<_>>();
    [Key::char('l'), Key::char('l')].into_iter().for_each(|key| desk.press(key));
    assert_eq!(titles(&desk), ["Order", "Status", "Store", "Net", "Note"]);
    let chooser = [Key::char('c'), Key::char(' '), plain(Code::Down), Key::char(' '), plain(Code::Esc)];
    chooser.into_iter().for_each(|key| desk.press(key));
    assert_eq!(titles(&desk), ["Order", "Store", "Net", "Note"]);
    (0..9).for_each(|_| desk.press(plain(Code::Right)));
    assert_eq!(titles(&desk), ["Order", "Note"]);
}

#[test]
fn an_empty_table_takes_every_key() {
    let mut table = DataTable::new(source::COLUMNS);
    let ask = table.refresh(|| RequestId(1));
    assert_eq!(table.take(ask.id, Rows::default(), || RequestId(2)), None);
    for code in [Code::Up, Code::Down, Code::PageDown, Code::PageUp, Code::Home, Code::End, Code::Enter] {
        assert_eq!(press(&mut table, plain(code), || RequestId(3)), Outcome::Done, "{code:?}");
    }
    assert_eq!(press(&mut table, Key::char(' '), || RequestId(3)), Outcome::Done);
}
