//! Staff without numbers of their own: a manager is named by the row they stand on, in the file as it first was.

use crate::chain::{Chain, said, sources};
use std::collections::BTreeSet;
use storekeeper::etl::source::Source;
use storekeeper::etl::source::without::Without;

/// Bo and Di work in a store that is not there. Bo is managed by Ann, Di and Ed by Cy.
const STAFFS: &str = "first_name,last_name,email,store_id,manager_id\n\
                      Ann,A,ann@x.example,1,\n\
                      Bo,B,bo@x.example,9,1\n\
                      Cy,C,cy@x.example,1,\n\
                      Di,D,di@x.example,9,3\n\
                      Ed,E,ed@x.example,1,3\n";

async fn managed(chain: &Chain) -> Vec<String> {
    let sql = "SELECT CONCAT(s.first_name, ' by ', m.first_name) FROM staffs s JOIN staffs m ON m.staff_id = s.manager_id \
               WHERE s.staff_id > 3 ORDER BY 1";
    chain.rows(sql).await
}

#[tokio::test]
async fn rejected_staff_keep_their_managers_when_they_are_loaded_again() {
    let chain = Chain::stocked().await;
    let receipt = chain.load_with(&chain.file("staffs.csv", STAFFS), &chain.skipping()).await.unwrap();
    assert_eq!((receipt.status.word(), receipt.rejected()), ("committed", 2));
    assert_eq!(managed(&chain).await, ["Ed by Cy"]);
    let path = receipt.rejects_file.unwrap();
    let written = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, written.replace("example,9,", "example,1,")).unwrap();
    assert_eq!(chain.load(&path).await.unwrap().status.word(), "committed");
    assert_eq!(managed(&chain).await, ["Bo by Ann", "Di by Cy", "Ed by Cy"]);
}

#[tokio::test]
async fn staff_keep_their_managers_when_corrected_rows_come_beside_the_file() {
    let chain = Chain::stocked().await;
    let file = chain.file("staffs.csv", STAFFS);
    let receipt = chain.load(&file).await.unwrap();
    assert_eq!(receipt.status.word(), "rejected");
    let path = receipt.rejects_file.unwrap();
    let lines: BTreeSet<u64> = said(&path).iter().map(|row| row[0].parse().unwrap()).collect();
    let written = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, written.replace("example,9,", "example,1,")).unwrap();
    let mut set: Vec<Box<dyn Source>> = vec![Box::new(Without::new(sources(&file).remove(0), lines))];
    set.extend(sources(&path));
    let receipt = chain.load_sources(set, &chain.options()).await.unwrap();
    assert_eq!(receipt.status.word(), "committed");
    assert_eq!(managed(&chain).await, ["Bo by Ann", "Di by Cy", "Ed by Cy"]);
}

/// A row number in a part of a file says nothing: it is refused rather than taken for another row.
#[tokio::test]
async fn a_row_number_in_a_file_of_rejects_is_refused() {
    let chain = Chain::stocked().await;
    let receipt = chain.load_with(&chain.file("staffs.csv", STAFFS), &chain.skipping()).await.unwrap();
    let path = receipt.rejects_file.unwrap();
    let written = std::fs::read_to_string(&path).unwrap();
    let numbered = written.replace("9,ann@x.example", "1,1").replace("9,cy@x.example", "1,2");
    assert_ne!(numbered, written);
    std::fs::write(&path, numbered).unwrap();
    let receipt = chain.load(&path).await.unwrap();
    assert_eq!(receipt.status.word(), "rejected");
    let told = said(receipt.rejects_file.as_deref().unwrap());
    assert_eq!(told[0][1..3], ["manager_id", "unknown"]);
    assert!(told[0][3].contains("rejected rows") && told[0][3].contains("e-mail"), "{}", told[0][3]);
}

#[tokio::test]
async fn a_manager_may_be_named_by_e_mail() {
    let chain = Chain::stocked().await;
    let text = "first_name,last_name,email,store_id,manager_id\n\
                Ann,A,ann@x.example,1,ed@x.example\nEd,E,ed@x.example,1,eva@x.example\nFay,F,fay@x.example,1,who@x.example\n";
    let receipt = chain.load_with(&chain.file("staffs.csv", text), &chain.skipping()).await.unwrap();
    assert_eq!(managed(&chain).await, ["Ann by Ed", "Ed by Eva"]);
    let told = said(receipt.rejects_file.as_deref().unwrap());
    assert!(told[0][3].contains("who@x.example") && told[0][3].contains("not known"), "{}", told[0][3]);
}
