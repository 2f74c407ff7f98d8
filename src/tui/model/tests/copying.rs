use super::*;
use crate::domain::ProductId;
use crate::domain::morning::TopProduct;
use crate::domain::sales::ProductSales;

fn copied(app: &mut App) -> Option<String> {
    match app.key(Key::char('y')).as_slice() {
        [] => None,
        [Effect::Copy(text)] => Some(text.clone()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_focused_figure_is_copied_as_a_spreadsheet_reads_it() {
    let (mut app, effects) = App::at_dashboard(Role::Employee);
    assert_eq!(copied(&mut app), None);
    assert_eq!(app.told.as_deref(), Some("There is nothing to copy yet."));
    app.answer(the_query(&effects, is_figures), net(46_912_087));
    assert_eq!(copied(&mut app).as_deref(), Some("469120.87"));
    assert_eq!(app.told.as_deref(), Some("Copied: 469120.87"));
}

#[test]
fn a_list_is_copied_row_by_row_and_no_name_is_a_formula() {
    let (mut app, effects) = App::at_dashboard(Role::Employee);
    let product = |name: &str, on_hand| TopProduct {
        id: ProductId(1),
        name: name.to_owned(),
        units: 3,
        net: Money::rounded(Decimal::new(9_900, 2)),
        on_hand,
    };
    let top = vec![product("Heron\tRoad\x1b[31m", Some(4)), product("=1+1", None)];
    let asked = the_query(&effects, |query| matches!(query, Query::Board(Asked::Products(..))));
    app.answer(asked, Reply::Board(Heard::Products(ProductSales { top, ..ProductSales::default() })));
    app.dashboard.focus = Tile::Top;
    assert_eq!(copied(&mut app).as_deref(), Some("Heron Road[31m\t3\t99.00\t4\n'=1+1\t3\t99.00\t"));
    assert_eq!(app.told.as_deref(), Some("Copied: 2 rows"));
}

#[test]
fn while_a_password_is_typed_nothing_can_be_copied() {
    let mut app = app();
    app.type_text("max");
    app.key(TAB);
    assert_eq!(copied(&mut app), None);
    assert_eq!(app.sign_in.password.text(), "y");
}
