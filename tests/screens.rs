//! Every screen as it is drawn, at three sizes, in colour and without.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "screens/chain.rs"]
mod chain;
#[path = "screens/picture.rs"]
mod picture;

use chain::*;
use picture::{drawn, picture};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Color;
use storekeeper::tui::model::App;
use storekeeper::tui::model::dashboard::Tile;
use storekeeper::tui::model::hits::Target;
use storekeeper::tui::model::key::{Code, Key};
use storekeeper::tui::view::draw;
use storekeeper::tui::view::theme::Theme;

fn in_each_size(name: &str, app: &App) {
    for (name, picture) in picture::of_each_size(name, app) {
        insta::assert_snapshot!(name, picture);
    }
}

#[test]
fn sign_in() {
    in_each_size("sign_in", &demo_sign_in());
}

#[test]
fn sign_in_where_nobody_can() {
    in_each_size("sign_in_nobody_yet", &nobody_yet());
}

#[test]
fn sign_in_refused() {
    in_each_size("sign_in_refused", &refused());
}

#[test]
fn dashboard() {
    in_each_size("dashboard", &dashboard_of_a_manager());
}

#[test]
fn dashboard_of_each_role() {
    in_each_size("dashboard_employee", &dashboard_of_an_employee());
    in_each_size("dashboard_administrator", &dashboard_of_an_administrator());
    in_each_size("dashboard_unlinked", &dashboard_of_nobodys_staff());
}

#[test]
fn pages_of_the_dashboard() {
    for (page, name) in [(2, "shares"), (3, "back")] {
        in_each_size(&format!("dashboard_{name}"), &on_page(dashboard_of_a_manager(), page));
        in_each_size(&format!("dashboard_{name}_employee"), &on_page(dashboard_of_an_employee(), page));
    }
}

#[test]
fn a_part_of_a_tile_in_focus() {
    let (right, down) = (Key::plain(Code::Right), Key::plain(Code::Down));
    for (name, tile, keys) in [
        ("net_of_last_year", Tile::Net, vec![right; 2]),
        ("late", Tile::Open, vec![down]),
        ("a_day", Tile::Days, vec![right; 9]),
        ("a_product", Tile::Top, vec![down; 2]),
        ("a_store", Tile::Stores, vec![down; 2]),
        ("a_load", Tile::Loads, vec![down]),
    ] {
        in_each_size(&format!("focus_on_{name}"), &dashboard_with_focus_on(tile, &keys));
    }
}

#[test]
fn dashboard_of_other_periods() {
    in_each_size("dashboard_quarter", &of_another_period(1));
    in_each_size("dashboard_year", &of_another_period(2));
    let keys = [Key::char('d'), Key::plain(Code::Tab)];
    in_each_size("dashboard_days", &pressed(dashboard_of_a_manager(), &keys));
}

#[test]
fn targets() {
    in_each_size("targets", &targets_to_set());
    in_each_size("targets_clash", &targets_that_clash());
}

#[test]
fn dashboard_before_the_first_answer() {
    in_each_size("dashboard_waiting", &signed_in());
}

#[test]
fn dashboard_after_a_failure() {
    in_each_size("dashboard_failed", &dashboard_with_a_failure());
}

#[test]
fn a_comparison_that_failed_is_told_beside_the_figures_that_are_there() {
    let text = picture::text(&drawn(&dashboard_with_nothing_to_compare(), &Theme::TERMINAL, (120, 40)));
    for told in ["469,120.87", "the target could not be read", "last year could not be read"] {
        assert!(text.contains(told), "{told}: {text}");
    }
}

#[test]
fn dashboard_without_orders() {
    in_each_size("dashboard_empty", &dashboard_without_orders_at_all());
}

#[test]
fn what_a_figure_means() {
    in_each_size("explain", &pressed(dashboard_of_a_manager(), &[Key::char('?')]));
}

#[test]
fn keys() {
    in_each_size("help", &pressed(dashboard_of_a_manager(), &[Key::plain(Code::F(1))]));
}

#[test]
fn list_of_stores() {
    let down = Key::plain(Code::Down);
    in_each_size("stores", &pressed(dashboard_of_a_manager(), &[Key::char('s'), down, down]));
}

#[test]
fn load_form() {
    in_each_size("load_form", &load_form_of("/srv/deliveries/monday"));
}

#[test]
fn load_running() {
    in_each_size("load_running", &load_under_way());
}

#[test]
fn load_asking_before_it_stops() {
    in_each_size("load_stop", &pressed(load_under_way(), &[Key::char('c')]));
}

#[test]
fn load_receipt() {
    in_each_size("load_receipt", &load_done(receipt()));
}

#[test]
fn load_rejected() {
    in_each_size("load_rejected", &load_done(rejected_receipt()));
}

#[test]
fn themes() {
    for (name, theme) in Theme::BUILT_IN.iter().filter(|(name, _)| !matches!(*name, "terminal" | "mono")) {
        let name = format!("theme_{name}_80x24");
        insta::assert_snapshot!(name, picture(&drawn(&dashboard_of_a_manager(), theme, (80, 24))));
    }
}

#[test]
fn with_ascii_alone_only_names_have_other_letters() {
    let theme = Theme { ascii: true, ..Theme::MONO };
    insta::assert_snapshot!("ascii_80x24", picture(&drawn(&dashboard_of_a_manager(), &theme, (80, 24))));
    for (name, app) in every_screen() {
        let text = picture::text(&drawn(&app, &theme, (120, 40)));
        let names = |letter: &char| letter.is_alphabetic() || matches!(letter, 'ー' | '👩');
        let other: Vec<char> = text.chars().filter(|letter| !letter.is_ascii() && !names(letter)).collect();
        assert!(other.is_empty(), "{name}: {other:?}");
    }
}

#[test]
fn no_screen_panics_at_any_size() {
    let apps = every_screen();
    for size in picture::sizes() {
        for (name, app) in &apps {
            let buffer = drawn(app, &Theme::TERMINAL, size);
            assert_eq!(buffer.area.width, size.0, "{name}");
        }
    }
}

#[test]
fn a_screen_too_small_says_so() {
    for size in [(40, 10), (59, 24), (80, 15)] {
        let text = picture::text(&drawn(&dashboard_of_a_manager(), &Theme::TERMINAL, size));
        assert!(text.contains("too small"), "{text}");
    }
}

#[test]
fn without_colour_nothing_is_coloured_and_the_focus_still_shows() {
    for (name, app) in every_screen() {
        let buffer = drawn(&app, &Theme::MONO, (80, 24));
        // A QR code is black on white whatever the theme: a phone reads nothing else.
        let is_ink = |cell: &&Cell| (cell.fg, cell.bg) == (Color::Black, Color::White);
        for cell in buffer.content().iter().filter(|cell| !is_ink(cell)) {
            assert_eq!((cell.fg, cell.bg), Default::default(), "{name}: {}", cell.symbol());
        }
    }
    let buffer = drawn(&dashboard_of_a_manager(), &Theme::MONO, (80, 24));
    assert_eq!(picture::reversed(&buffer), " Net sales ");
}

#[test]
fn a_password_is_never_drawn() {
    let buffer = drawn(&typed_password("canary-Xy7"), &Theme::TERMINAL, (80, 24));
    let text = picture::text(&buffer);
    assert!(text.contains("••••••••••") && !text.contains("canary"), "{text}");
}

#[test]
fn palette() {
    in_each_size("palette", &pressed(dashboard_of_a_manager(), &[Key::char(':')]));
}

#[test]
fn palette_narrowed() {
    in_each_size("palette_narrowed", &palette_of("mo"));
}

#[test]
fn keys_narrowed() {
    in_each_size("help_narrowed", &help_of("load"));
}

#[test]
fn the_ways_to_other_screens_are_shown_where_there_is_room_and_else_the_way_to_find_them() {
    let bottom = |app: &App, size| {
        let text = picture::text(&drawn(app, &Theme::TERMINAL, size));
        text.lines().last().unwrap_or_default().to_owned()
    };
    assert!(bottom(&dashboard_of_a_manager(), (80, 24)).contains(": commands"));
    assert!(bottom(&dashboard_of_a_manager(), (120, 40)).contains("F3 load data"));
    assert!(!bottom(&dashboard_of_an_employee(), (120, 40)).contains("load data"));
}

#[test]
fn whatever_is_drawn_of_a_hint_can_be_clicked() {
    let app = dashboard_of_a_manager();
    let area = Rect::new(0, 0, 80, 24);
    let mut buffer = Buffer::empty(area);
    let drawn = draw(&app, &Theme::TERMINAL, area, &mut buffer);
    let text = picture::text(&buffer);
    let bottom = text.lines().last().unwrap();
    for (hint, at) in app.hints().filter_map(|hint| Some((hint, bottom.find(hint.label)?))) {
        let at = u16::try_from(at).unwrap();
        assert_eq!(drawn.hits.at(at, 23), Some(Target::Hint(hint.command)), "{}", hint.label);
    }
}

#[test]
fn the_rows_of_the_palette_are_where_they_are_drawn() {
    let app = palette_of("load");
    let area = Rect::new(0, 0, 80, 24);
    let mut buffer = Buffer::empty(area);
    let drawn = draw(&app, &Theme::TERMINAL, area, &mut buffer);
    let text = picture::text(&buffer);
    let row = text.lines().position(|line| line.contains("load data")).unwrap();
    assert_eq!(drawn.hits.at(40, row.try_into().unwrap()), Some(Target::Row(0)), "{text}");
    assert_eq!(drawn.hits.at(1, 2), None, "a click goes through");
    assert!(drawn.cursor.is_some());
}
