//! Several processes on one private server: whoever comes, goes or is killed, the server is up while anyone is in.

use crate::support;
use std::fs;
use std::path::Path;

use crate::support::client::Client;
use crate::support::private::{Home, request};
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use storekeeper::local_server::{self, Closed, Status};

async fn status(dir: &Path) -> Status {
    local_server::status(dir).await.unwrap()
}

#[tokio::test]
async fn a_server_left_by_a_killed_client_is_adopted() {
    let home = Home::initialised().await;
    let dir = home.server();
    let mut client = Client::open(&dir);
    client.await_line("ready");
    let served = status(&dir).await.pid;
    client.kill();
    assert_eq!(status(&dir).await, Status { pid: served, clients: 0 });

    let lease = local_server::open(&request(&dir), |_| ()).await.unwrap();
    assert_eq!(status(&dir).await.pid, served);
    assert_eq!(lease.close().await.unwrap(), Closed::Stopped);
    assert_eq!(status(&dir).await.pid, None);
}

#[tokio::test]
async fn a_server_left_by_a_killed_client_can_be_stopped() {
    let home = Home::initialised().await;
    let dir = home.server();
    let mut client = Client::open(&dir);
    client.await_line("ready");
    client.kill();
    assert!(local_server::stop(&dir).await.unwrap());
    assert_eq!(status(&dir).await.pid, None);
}

#[tokio::test]
async fn a_half_finished_first_start_is_done_again() {
    let home = Home::empty();
    let dir = home.server();
    let mut client = Client::open(&dir);
    client.await_line("Initialising");
    while !dir.join("data.partial").exists() {
        tokio::task::yield_now().await;
    }
    client.kill();

    let lease = local_server::open(&request(&dir), |_| ()).await.unwrap();
    assert!(!dir.join("data.partial").exists());
    lease.close().await.unwrap();
}

#[tokio::test]
async fn the_terminal_s_signals_do_not_reach_the_server() {
    let home = Home::initialised().await;
    let mut client = Client::open(&home.server());
    client.await_line("ready");
    let served = status(&home.server()).await.pid.unwrap();
    // Ctrl-C and a hang-up go to the terminal's foreground group, the client's.
    assert_ne!(process_group(served), process_group(client.id()));
    assert_eq!(client.close(), "Stopped");
}

fn process_group(pid: u32) -> String {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let (_, after_name) = stat.rsplit_once(')').unwrap();
    after_name.split_whitespace().nth(2).unwrap().to_owned()
}

#[tokio::test]
async fn ten_come_and_go_in_any_order_and_one_is_killed() {
    for seed in 0..4 {
        come_and_go(&mut ChaCha8Rng::seed_from_u64(seed)).await;
    }
}

async fn come_and_go(rng: &mut ChaCha8Rng) {
    let home = Home::initialised().await;
    let dir = home.server();
    let (mut coming, mut inside, mut killed) = (10, Vec::new(), false);
    while coming > 0 || !inside.is_empty() {
        let enter = coming > 0 && (inside.is_empty() || rng.random_bool(0.6));
        if enter {
            // Several at once, so that they meet at the gate.
            let together = rng.random_range(1..=coming.min(3));
            coming -= together;
            let mut arriving: Vec<_> = (0..together).map(|_| Client::open(&dir)).collect();
            arriving.iter_mut().for_each(|client| drop(client.await_line("ready")));
            inside.append(&mut arriving);
            inside.shuffle(rng);
        } else if !killed && inside.len() > 1 {
            killed = true;
            inside.pop().unwrap().kill();
        } else {
            let closed = inside.pop().unwrap().close();
            assert_eq!(closed, if inside.is_empty() { "Stopped" } else { "LeftRunning" });
        }
        let status = status(&dir).await;
        assert_eq!(status.clients, inside.len());
        assert_eq!(status.pid.is_some(), !inside.is_empty());
    }
    assert!(killed, "this seed kills nobody");
}

#[tokio::test]
async fn of_many_who_leave_at_once_one_stops_the_server() {
    let home = Home::initialised().await;
    let dir = home.server();
    let mut clients: Vec<_> = (0..5).map(|_| Client::open(&dir)).collect();
    clients.iter_mut().for_each(|client| drop(client.await_line("ready")));
    clients.iter_mut().for_each(Client::ask_to_leave);
    let mut ends: Vec<_> = clients.into_iter().map(Client::close).collect();
    ends.sort();
    assert_eq!(ends, ["LeftRunning", "LeftRunning", "LeftRunning", "LeftRunning", "Stopped"]);
    assert_eq!(status(&dir).await, Status { pid: None, clients: 0 });
}

/// Not a test by itself: what a client process runs (see `support::client`).
#[tokio::test]
#[ignore = "run by the other tests, as a process of its own"]
async fn a_client_process() {
    support::client::run().await;
}
