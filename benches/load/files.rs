//! The files of a chain with many order lines.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const LINES_AN_ORDER: u64 = 4;
const PRODUCTS: u64 = 300;

/// A line that is in no file, so that the table is not empty.
pub const ANOTHER: &str =
    "INSERT INTO order_items (order_id, item_id, product_id, quantity, list_price) VALUES (1, 99, 1, 1, 1)";

/// A folder of parents, the lines, and the lines again, each with another discount.
pub struct Files {
    pub folder: TempDir,
    pub parents: PathBuf,
    pub lines: PathBuf,
    pub changed: PathBuf,
}

impl Files {
    pub fn write(rows: u64) -> Files {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let parents = folder.path().join("parents");
        std::fs::create_dir(&parents).unwrap();
        write_parents(&parents, rows.div_ceil(LINES_AN_ORDER));
        let header = "order_id,item_id,product_id,quantity,list_price,discount";
        let lines = folder.path().join("order_items.csv");
        write(&lines, header, rows, |nth| {
            let (order, item) = ((nth - 1) / LINES_AN_ORDER + 1, (nth - 1) % LINES_AN_ORDER + 1);
            let product = nth % PRODUCTS + 1;
            format!("{order},{item},{product},{},{product}.95,0.0{}", nth % 3 + 1, nth % 10)
        });
        std::fs::create_dir(folder.path().join("again")).unwrap();
        let changed = folder.path().join("again/order_items.csv");
        let mut rows_again = BufReader::new(File::open(&lines).unwrap()).lines().skip(1);
        write(&changed, header, rows, |_| format!("{}5", rows_again.next().unwrap().unwrap()));
        Files { folder, parents, lines, changed }
    }
}

fn write_parents(folder: &Path, orders: u64) {
    let parent = |name: &str, header: &str, count: u64, row: &dyn Fn(u64) -> String| {
        write(&folder.join(name), header, count, row);
    };
    parent("categories.csv", "category_id,category_name", 1, &|id| format!("{id},Kind"));
    parent("brands.csv", "brand_id,brand_name", 1, &|id| format!("{id},Maker"));
    let products = "product_id,product_name,brand_id,category_id,model_year,list_price";
    parent("products.csv", products, PRODUCTS, &|id| format!("{id},Thing {id},1,1,2026,{id}.95"));
    parent("stores.csv", "store_id,store_name", 1, &|id| format!("{id},Store"));
    let staffs = "staff_id,first_name,last_name,email,store_id";
    parent("staffs.csv", staffs, 1, &|id| format!("{id},First,Last,one@x.example,1"));
    parent("customers.csv", "customer_id,first_name,last_name", 1, &|id| format!("{id},Ann,One"));
    let orders_header =
        "order_id,customer_id,order_status,order_date,required_date,shipped_date,store_id,staff_id";
    parent("orders.csv", orders_header, orders, &|id| {
        format!("{id},1,4,2026-01-02,2026-01-04,2026-01-03,1,1")
    });
}

fn write(path: &Path, header: &str, count: u64, mut row: impl FnMut(u64) -> String) {
    let mut file = BufWriter::new(File::create(path).unwrap());
    writeln!(file, "{header}").unwrap();
    for nth in 1..=count {
        writeln!(file, "{}", row(nth)).unwrap();
    }
    file.flush().unwrap();
}
