//! A chain to load into, and a small set of files for it.

use crate::support;
use mysql_async::Row;
use mysql_async::prelude::{FromRow, Queryable};
use secrecy::SecretString;
use std::path::{Path, PathBuf};
use std::time::Duration;
use storekeeper::db::{Db, Proof, Target, Warrant, migrations};
use storekeeper::domain::{Receipt, Table};
use storekeeper::etl::source::Source;
use storekeeper::etl::source::csv::{Reading, find};
use storekeeper::etl::{self, LoadError, OnReject, Options, Progress};
use storekeeper::service::Session;
use storekeeper::service::authorized::ImportData;
use storekeeper::settings::Account;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Who loads.
pub fn operator() -> Warrant {
    Session::operator().require(ImportData).unwrap().warrant().clone()
}

/// Two stores, three staff, three products, two orders: every table, parents and children.
pub const SET: [(&str, &str); 9] = [
    ("categories", "category_id,category_name\n1,Cargo\n2,Road\n"),
    ("brands", "brand_id,brand_name\n1,Nordlys\n"),
    (
        "products",
        "product_id,product_name,brand_id,category_id,model_year,list_price\n\
         1,Lastesykkel 7,1,1,2025,2999.00\n2,Vind,1,2,2025,1199.5\n3,\"Vind \"\"S\"\"\",1,2,2026,1299.99\n",
    ),
    (
        "stores",
        "store_id,store_name,phone,email,street,city,state,zip_code\n\
         1,Harbour Street,+47 55 00,harbour@x.example,Quay 1,Bergen,NO,5003\n2,Mill Lane,NULL,NULL,Mill 2,Voss,NO,05700\n",
    ),
    (
        "staffs",
        "staff_id,first_name,last_name,email,phone,active,store_id,manager_id\n\
         1,Ida,Holm,ida@x.example,NULL,1,1,3\n2,Olav,Lund,olav@x.example,NULL,1,2,1\n3,Eva,Moe,eva@x.example,NULL,1,1,NULL\n",
    ),
    ("stocks", "store_id,product_id,quantity\n1,1,4\n1,2,0\n2,3,9\n"),
    (
        "customers",
        "customer_id,first_name,last_name,phone,email,street,city,state,zip_code\n\
         1,Åse,O'Brien,NULL,ase@x.example,\"Way 3, 2nd floor\",Bergen,NO,5003\n2,Per,Backslash \\N,None,NaN,N/A,Voss,NO,\n",
    ),
    (
        "orders",
        "order_id,customer_id,order_status,order_date,required_date,shipped_date,store_id,staff_id\n\
         1,1,4,2026-01-02,2026-01-04,2026-01-03,1,1\n2,2,1,2026-01-05,2026-01-07,NULL,2,2\n",
    ),
    (
        "order_items",
        "order_id,item_id,product_id,quantity,list_price,discount\n\
         1,1,1,1,2999,0.05\n1,2,2,2,1199.50,0\n2,1,3,1,1299.99,0.1\n",
    ),
];

/// Rows in [`SET`].
pub const SET_ROWS: u64 = 21;

/// A chain with a schema and nothing else, and a folder for files.
pub struct Chain {
    pub db: Db,
    pub folder: tempfile::TempDir,
    pub cancel: CancellationToken,
    pub progress: watch::Sender<Progress>,
}

impl Chain {
    pub async fn new() -> Chain {
        let database = support::migrated().await;
        Chain::over(Db::connect(&target(&database)).await.expect("the database"))
    }

    pub async fn at(target: &Target) -> Chain {
        let db = Db::connect(target).await.expect("the database");
        migrations::migrate(&db, None).await.expect("the schema");
        Chain::over(db)
    }

    pub fn over(db: Db) -> Chain {
        Chain {
            db,
            folder: tempfile::tempdir().unwrap(),
            cancel: CancellationToken::new(),
            progress: watch::channel(Progress::default()).0,
        }
    }

    /// A chain with [`SET`] in it.
    pub async fn stocked() -> Chain {
        let chain = Chain::new().await;
        let receipt = chain.load(&chain.set("set", &[])).await.expect("a load");
        assert_eq!(receipt.status.word(), "committed");
        chain
    }

    /// Writes [`SET`] into a folder, some tables with other text; an empty text leaves the table out.
    pub fn set(&self, folder: &str, other: &[(&str, &str)]) -> PathBuf {
        let path = self.folder.path().join(folder);
        std::fs::create_dir_all(&path).unwrap();
        for (table, text) in SET {
            let text = other.iter().find(|(name, _)| *name == table).map_or(text, |(_, text)| text);
            if !text.is_empty() {
                std::fs::write(path.join(format!("{table}.csv")), text).unwrap();
            }
        }
        path
    }

    /// Writes one file.
    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    pub fn options(&self) -> Options {
        Options { rejects_dir: Some(self.folder.path().join("rejects")), ..Options::by(operator()) }
    }

    pub fn skipping(&self) -> Options {
        Options { on_reject: OnReject::Skip, ..self.options() }
    }

    pub async fn load(&self, path: &Path) -> Result<Receipt, LoadError> {
        self.load_with(path, &self.options()).await
    }

    pub async fn load_with(&self, path: &Path, options: &Options) -> Result<Receipt, LoadError> {
        self.load_sources(sources(path), options).await
    }

    pub async fn load_sources(
        &self,
        sources: Vec<Box<dyn Source>>,
        options: &Options,
    ) -> Result<Receipt, LoadError> {
        let loaded = etl::load(&self.db, "test", sources, options, &self.progress, &self.cancel).await;
        self.assert_nothing_is_left().await;
        loaded
    }

    /// Loads one file's text and answers what was said of its rejected rows: line, column, code, message.
    pub async fn refused(&self, table: &str, text: &str) -> Vec<[String; 4]> {
        let receipt = self.load(&self.file(&format!("{table}.csv"), text)).await.expect("a load");
        assert_eq!(receipt.status.word(), "rejected");
        said(receipt.rejects_file.as_deref().expect("a rejects file"))
    }

    pub async fn rows<T: FromRow + Send + 'static>(&self, sql: &str) -> Vec<T> {
        self.db.conn().await.unwrap().query(sql).await.unwrap()
    }

    pub async fn one<T: FromRow + Send + 'static>(&self, sql: &str) -> T {
        self.rows(sql).await.remove(0)
    }

    pub async fn run(&self, sql: &str) {
        self.db.conn().await.unwrap().query_drop(sql).await.unwrap();
    }

    /// What the chain's other connections are at. The server is asked to show it, for MySQL's own table of it can not be
    /// read while any chain's statement has bytes in it that are no text.
    pub async fn at_work(&self) -> Vec<AtWork> {
        let mut conn = self.db.conn().await.unwrap();
        let own = u64::from(conn.id());
        let all: Vec<Row> = conn.query("SHOW FULL PROCESSLIST").await.unwrap();
        all.into_iter()
            .filter(|row| row.get::<Option<String>, _>("db").unwrap().as_deref() == Some(self.db.name()))
            .map(|row| AtWork {
                id: row.get("Id").unwrap(),
                state: row.get::<Option<String>, _>("State").unwrap().unwrap_or_default(),
                statement: text(&row, "Info"),
            })
            .filter(|one| one.id != own && !one.statement.is_empty())
            .collect()
    }

    /// Every row of every table, as text, with versions.
    pub async fn everything(&self) -> Vec<String> {
        let mut all = Vec::new();
        for table in Table::EACH {
            let columns: Vec<String> = self
                .rows(&format!(
                    "SELECT column_name FROM information_schema.columns WHERE table_schema = '{}' \
                     AND table_name = '{table}' AND column_name NOT IN ('updated_at', 'loaded_by', 'phone_digits', 'phone_ends') ORDER BY ordinal_position",
                    self.db.name()
                ))
                .await;
            let cells = columns.iter().map(|column| format!("COALESCE({column}, '-')"));
            let cells: Vec<String> = cells.collect();
            let sql = format!(
                "SELECT CONCAT_WS('|', '{table}', {}) AS r FROM {table} ORDER BY 1",
                cells.join(", ")
            );
            all.extend(self.rows::<String>(&sql).await);
        }
        all
    }

    /// No staging table and no lock of a run remains.
    pub async fn assert_nothing_is_left(&self) {
        let staged: Vec<String> = self
            .rows(&format!(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = '{}_staging'",
                self.db.name()
            ))
            .await;
        assert_eq!(staged, [] as [String; 0]);
    }

    pub async fn history(&self) -> Vec<(u64, String, Option<String>)> {
        self.rows("SELECT run_id, status, message FROM import_runs ORDER BY run_id").await
    }
}

/// A connection with a statement that runs.
#[derive(Debug)]
pub struct AtWork {
    pub id: u64,
    pub state: String,
    pub statement: String,
}

fn text(row: &Row, column: &str) -> String {
    let bytes: Option<Vec<u8>> = row.get(column).unwrap();
    String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned()
}

pub fn target(database: &support::Database) -> Target {
    Target {
        address: storekeeper::db::Address::Socket(database.socket.clone()),
        database: database.name.clone(),
        account: Account {
            user: database.user.to_owned(),
            password: SecretString::from(database.password.to_owned()),
        },
        connect_timeout: Duration::from_secs(30),
    }
}

pub fn sources(path: &Path) -> Vec<Box<dyn Source>> {
    find(&[path.to_owned()], None, Reading::default()).expect("files").sources
}

/// Line, column, code and message of every row in a rejects file.
pub fn said(path: &Path) -> Vec<[String; 4]> {
    csv::ReaderBuilder::new()
        .flexible(true)
        .from_path(path)
        .unwrap()
        .records()
        .map(|row| {
            let row = row.unwrap();
            [3, 4, 5, 6].map(|cell| row[cell].to_owned())
        })
        .collect()
}

/// Read, inserted, updated, unchanged, rejected over all files.
pub fn counts(receipt: &Receipt) -> [u64; 5] {
    receipt.tables.iter().fold([0; 5], |sum, table| {
        let of = [table.read, table.inserted, table.updated, table.unchanged, table.rejected];
        std::array::from_fn(|place| sum[place] + of[place])
    })
}
