//! Whose figures one sees: an employee their store's, a manager those of the stores they run, an administrator all.

use crate::permissions::typed;
use crate::support;
use crate::support::people::{PASSWORD, add_user, signed_in};
use jiff::Timestamp;
use jiff::civil::date;
use mysql_async::prelude::Queryable;
use storekeeper::db::Db;
use storekeeper::domain::records::RecordId;
use storekeeper::domain::sight::Extent;
use storekeeper::domain::{Filter, Measure, Period, PeriodKind, Role, Scope, StoreId};
use storekeeper::service::authorized::{ViewDashboard, ViewData};
use storekeeper::service::figures::{self, FigureError};
use storekeeper::service::{Authorized, Session, records};
use tokio_util::sync::CancellationToken;

/// Four stores. Cora leads all but the last; Hal runs stores 1 and 2, for Ned works for him there; Ida sells in store 1 and
/// Ned in store 2; Per runs store 3 and Quin the fourth, for nobody. Each sells one bell more than the one before.
const CHAIN: &str = "
    INSERT INTO categories (category_id, category_name) VALUES (1, 'Road');
    INSERT INTO brands (brand_id, brand_name) VALUES (1, 'Heron');
    INSERT INTO products (product_id, product_name, brand_id, category_id, model_year, list_price)
      VALUES (1, 'Bell', 1, 1, 2026, 10);
    INSERT INTO stores (store_id, store_name, time_zone)
      VALUES (1, 'Harbour', 'UTC'), (2, 'Hill', 'UTC'), (3, 'Mill', 'UTC'), (4, 'Port', 'UTC');
    INSERT INTO staffs (staff_id, first_name, last_name, email, phone, store_id, manager_id) VALUES
      (1, 'Cora', 'Lind', 'cora@example.com', NULL, 1, NULL), (2, 'Hal', 'Roe', 'hal@example.com', '555 01', 1, 1),
      (3, 'Ida', 'Brun', 'ida@example.com', NULL, 1, 2), (4, 'Ned', 'Voss', 'ned@example.com', NULL, 2, 2),
      (5, 'Per', 'Dahl', 'per@example.com', NULL, 3, 1), (6, 'Quin', 'Ames', 'quin@example.com', NULL, 4, NULL);
    INSERT INTO customers (customer_id, first_name, last_name) VALUES (1, 'Cy', 'Dent');
    INSERT INTO orders (order_id, customer_id, order_status, order_date, required_date, store_id, staff_id) VALUES
      (1, 1, 1, '2026-04-01', '2026-04-03', 1, 2), (2, 1, 1, '2026-04-02', '2026-04-03', 1, 3),
      (3, 1, 1, '2026-04-03', '2026-04-05', 2, 4), (4, 1, 1, '2026-04-04', '2026-04-05', 3, 5),
      (5, 1, 1, '2026-04-05', '2026-04-06', 4, 6), (6, 1, 1, '2026-04-06', '2026-04-07', 1, 1);
    INSERT INTO order_items (order_id, item_id, product_id, quantity, list_price, discount)
      VALUES (1, 1, 1, 1, 10, 0), (2, 1, 1, 2, 10, 0), (3, 1, 1, 3, 10, 0), (4, 1, 1, 4, 10, 0), (5, 1, 1, 5, 10, 0),
             (6, 1, 1, 6, 10, 0);
    INSERT INTO stocks (store_id, product_id, quantity) VALUES (1, 1, 1), (2, 1, 2), (3, 1, 3), (4, 1, 4);
    INSERT INTO sales_targets (store_id, month, amount)
      VALUES (1, '2026-04-01', 100), (2, '2026-04-01', 200), (3, '2026-04-01', 300), (4, '2026-04-01', 400)";

async fn chain() -> Db {
    let db = support::chain().await;
    db.conn().await.unwrap().query_drop(CHAIN).await.unwrap();
    db
}

/// Somebody of that role who is that member of the staff, signed in.
async fn somebody(db: &Db, name: &str, role: Role, staff: Option<u32>) -> Authorized<ViewDashboard> {
    add_user(db, name, role).await;
    let link = "UPDATE users SET staff_id = ? WHERE username = ?";
    db.conn().await.unwrap().exec_drop(link, (staff, name)).await.unwrap();
    signed_in(db, name).await.require(ViewDashboard).unwrap()
}

fn april(store: Option<StoreId>) -> Filter {
    let period = Period::holding(PeriodKind::Month, date(2026, 4, 1));
    Filter { period, as_of: None, store, measure: Measure::All }
}

/// What somebody is told of April, over all they see: stores, net, target, and net by staff.
async fn told(by: &Authorized<ViewDashboard>, db: &Db) -> (Vec<u32>, String, Option<String>, Vec<String>) {
    let all = april(None);
    let sales = figures::sales(by, db, &all.scope()).await.unwrap();
    let net = figures::figures(by, db, &all.scope()).await.unwrap().net;
    let target = figures::comparison(by, db, &all, date(2026, 5, 9)).await.unwrap().target;
    let mut stores: Vec<u32> = sales.by_store.into_iter().map(|part| part.id).collect();
    stores.sort_unstable();
    let staff = sales.by_staff.into_iter().map(|part| format!("{} {}", part.name, part.net)).collect();
    (stores, net.to_string(), target.map(|sum| sum.to_string()), staff)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_is_told_of_its_own_stores_and_people() {
    let db = chain().await;
    let ida = somebody(&db, "ida", Role::Employee, Some(3)).await;
    let hal = somebody(&db, "hal", Role::Manager, Some(2)).await;
    let cora = somebody(&db, "cora", Role::Manager, Some(1)).await;
    let ada = somebody(&db, "ada", Role::Administrator, None).await;
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        told(&ida, &db).await,
        (vec![1], "90.00".into(), some("100.00"), vec!["Ida Brun 20.00".into()])
    );
    let (stores, net, target, people) = told(&hal, &db).await;
    assert_eq!((stores, net.as_str(), target), (vec![1, 2], "120.00", some("300.00")));
    assert_eq!(people, ["Ned Voss 30.00", "Ida Brun 20.00", "Hal Roe 10.00"], "not his own manager's");
    let (stores, net, _, people) = told(&cora, &db).await;
    assert_eq!((stores, net.as_str(), people.len()), (vec![1, 2, 3], "160.00", 5));
    for by in [&ada, &Session::operator().require(ViewDashboard).unwrap()] {
        let (stores, net, target, people) = told(by, &db).await;
        assert_eq!((stores, net.as_str(), target), (vec![1, 2, 3, 4], "210.00", some("1000.00")));
        assert_eq!(people.len(), 6);
    }
    let seen = figures::stores(&hal, &db).await.unwrap();
    let names: Vec<&str> = seen.stores.iter().map(|store| store.name.as_str()).collect();
    assert_eq!((names, seen.extent), (vec!["Harbour", "Hill"], Extent::Some));
    assert_eq!(figures::stores(&ada, &db).await.unwrap().extent, Extent::Chain);
    let newest = figures::calendar(&hal, &db, None, Timestamp::UNIX_EPOCH).await.unwrap().unwrap().newest;
    assert_eq!(newest, date(2026, 4, 6));
    assert_eq!(figures::stock_value(&hal, &db, None).await.unwrap().pieces, 3);
    assert_eq!(figures::low_stock(&ida, &db, None, 9).await.unwrap().low.total, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_is_not_theirs_is_refused_by_every_figure() {
    let db = chain().await;
    let ida = somebody(&db, "ida", Role::Employee, Some(3)).await;
    let hal = somebody(&db, "hal", Role::Manager, Some(2)).await;
    for (by, stores) in [(&ida, vec![2, 3, 4, 9]), (&hal, vec![3, 4, 9])] {
        for store in stores.into_iter().map(StoreId) {
            let (filter, store) = (april(Some(store)), Some(store));
            let today = date(2026, 5, 9);
            let refused = [
                figures::calendar(by, &db, store, Timestamp::UNIX_EPOCH).await.err(),
                figures::figures(by, &db, &filter.scope()).await.err(),
                figures::comparison(by, &db, &filter, today).await.err(),
                figures::open_orders(by, &db, &filter, today).await.err(),
                figures::sales(by, &db, &filter.scope()).await.err(),
                figures::products(by, &db, &filter.scope(), 9).await.err(),
                figures::low_stock(by, &db, store, 9).await.err(),
                figures::promised(by, &db, store, 9).await.err(),
                figures::slow_stock(by, &db, &filter, today, 9).await.err(),
                figures::stock_value(by, &db, store).await.err(),
            ];
            for (number, error) in refused.iter().enumerate() {
                assert!(matches!(error, Some(FigureError::OutOfSight { .. })), "{number}: {error:?}");
            }
        }
    }
    let error = figures::stock_value(&ida, &db, Some(StoreId(2))).await.unwrap_err();
    assert_eq!(error.to_string(), "ida may not look at store 2: it is none of theirs. In sight: store 1.");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stores_record_is_everybodys_and_what_it_sold_is_for_those_who_see_it() {
    let db = chain().await;
    let ida = somebody(&db, "ida", Role::Employee, Some(3)).await;
    let session = signed_in(&db, "ida").await.require(ViewData).unwrap();
    assert_eq!(figures::stores(&ida, &db).await.unwrap().stores.len(), 1);
    for (store, net) in [(1, Some("90.00")), (2, None)] {
        let id = RecordId::Store(StoreId(store));
        let now = "2026-04-09T12:00:00Z".parse().unwrap();
        let cancel = CancellationToken::new();
        let sheet = records::record(&session, &db, id, now, &cancel).await.unwrap().unwrap();
        let told = sheet.facts.iter().find(|fact| fact.name == "Net this month");
        assert_eq!(told.map(|fact| fact.value.plain()).as_deref(), net, "store {store}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_without_a_member_of_the_staff_is_told_so_and_sees_nothing() {
    let db = chain().await;
    for (name, role) in [("eva", Role::Employee), ("max", Role::Manager)] {
        let by = somebody(&db, name, role, None).await;
        let seen = figures::stores(&by, &db).await.unwrap();
        assert_eq!((seen.stores.len(), seen.extent), (0, Extent::Unlinked));
        let error = figures::figures(&by, &db, &Scope::default()).await.unwrap_err();
        assert!(matches!(&error, FigureError::Unlinked(_)), "{error:?}");
        assert!(error.to_string().contains("storekeeper users link"), "{error}");
        assert!(figures::my_manager(&by, &db).await.unwrap().is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_in_sight_follows_what_somebody_is_now() {
    let db = chain().await;
    let hal = somebody(&db, "hal", Role::Manager, Some(2)).await;
    let change = async |statement: &str| {
        db.conn().await.unwrap().query_drop(statement).await.unwrap();
        told(&hal, &db).await.0
    };
    assert_eq!(told(&hal, &db).await.0, [1, 2]);
    assert_eq!(change("UPDATE staffs SET store_id = 3 WHERE staff_id = 4").await, [1, 3]);
    assert_eq!(change("UPDATE users SET role = 'employee' WHERE username = 'hal'").await, [1]);
    // A ring of managers, which the pipeline refuses and another program may make, ends all the same.
    assert_eq!(change("UPDATE staffs SET manager_id = 3 WHERE staff_id = 2").await, [1]);
    let ring = change("UPDATE users SET role = 'manager' WHERE username = 'hal'").await;
    assert_eq!(ring, [1, 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_employee_is_told_whom_they_work_for() {
    let db = chain().await;
    let ida = somebody(&db, "ida", Role::Employee, Some(3)).await;
    let manager = figures::my_manager(&ida, &db).await.unwrap().unwrap();
    assert_eq!((manager.name.as_str(), manager.store.as_str()), ("Hal Roe", "Harbour"));
    assert_eq!((manager.email.as_str(), manager.phone.as_deref()), ("hal@example.com", Some("555 01")));
    let quin = somebody(&db, "quin", Role::Employee, Some(6)).await;
    assert!(figures::my_manager(&quin, &db).await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_tells_and_refuses_the_same() {
    let db = chain().await;
    somebody(&db, "ida", Role::Employee, Some(3)).await;
    somebody(&db, "eva", Role::Employee, None).await;
    let folder = tempfile::TempDir::new().unwrap();
    let run = |who: Option<&str>, line: &str| {
        let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        typed(&db, folder.path(), who, &words, PASSWORD)
    };
    let full = "kpi --period month --on 2026-04-09 --as-of 2026-04-20 --json --full";
    for (who, line, code, words) in [
        (Some("ida"), "kpi --store 2", 4, "ida may not look at store 2"),
        (Some("ida"), "kpi --store 9 --period day", 4, "ida may not look at store 9"),
        (Some("ida"), "kpi --store 1 --period week", 0, ""),
        (Some("ida"), full, 0, ""),
        (Some("eva"), "kpi", 1, "eva is not linked to a member of the staff"),
        (None, "kpi --store 9", 2, "There is no store 9. Known: 1 Harbour, 2 Hill"),
        (None, "kpi --period month --from 2026-04-01", 2, "cannot be used with"),
        (None, "kpi --json --full", 2, "--full takes --period"),
        (None, "kpi --from 2026-04-01 --to 2026-04-09 --json --full", 0, ""),
    ] {
        let told = run(who, line);
        assert!(told.0 == Some(code) && told.1.contains(words), "{line}: {told:?}");
    }
}
