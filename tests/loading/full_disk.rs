//! A server without any room on its disk.

use crate::chain::{Chain, sources};
use crate::stages::private_server;
use crate::support::private;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A small file system in memory, which takes root; unmounted when dropped.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mounted(at: &Path) -> Option<SmallDisk> {
        std::fs::create_dir_all(at).unwrap();
        let done = Command::new("mount").args(["-t", "tmpfs", "-o", "size=400m", "tmpfs"]).arg(at).output();
        done.is_ok_and(|done| done.status.success()).then(|| SmallDisk(at.to_owned()))
    }

    /// Takes all the room but so many bytes.
    fn fill(&self, but: u64) -> PathBuf {
        let room = rustix::fs::statvfs(&self.0).unwrap();
        let ballast = self.0.join("ballast");
        std::fs::write(&ballast, vec![0; (room.f_bavail * room.f_frsize - but) as usize]).unwrap();
        ballast
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

#[tokio::test]
async fn a_full_disk_takes_nothing_and_with_room_again_the_load_succeeds() {
    for straight in [true, false] {
        let home = private::Home::initialised().await;
        let Some(disk) = SmallDisk::mounted(&home.path().join("disk")) else {
            println!("skipped: a small file system can not be mounted here (it takes root)");
            return;
        };
        let copied = Command::new("cp").arg("-a").arg(home.server()).arg(disk.0.join("server")).status();
        assert!(copied.unwrap().success());
        let (lease, target) = private_server(&disk.0.join("server")).await;
        let chain = Chain::at(&target).await;
        if !straight {
            chain.load(&chain.set("set", &[])).await.unwrap();
        }
        let before = chain.everything().await;
        let text = (1..60_000).fold("brand_id,brand_name\n".to_owned(), |text, id| {
            text + &format!("{id},Brand {id} with a name of some length\n")
        });
        let many = chain.file("brands.csv", &text);
        let ballast = disk.fill(2 << 20);
        // The server may be gone after that: nothing can be asked of it.
        let (from, options) = (sources(&many), chain.options());
        let loaded =
            storekeeper::etl::load(&chain.db, "test", from, &options, &chain.progress, &chain.cancel).await;
        let message = loaded.unwrap_err().to_string();
        let is_told =
            message.contains("disk is full") || message.contains("connection to the database was lost");
        assert!(is_told && message.contains("Nothing was loaded"), "{message}");
        std::fs::remove_file(ballast).unwrap();
        // A server may not survive that. It is started again, as whoever made room would do.
        lease.close().await.ok();
        let (lease, target) = private_server(&disk.0.join("server")).await;
        let chain = Chain::at(&target).await;
        assert_eq!(chain.everything().await, before);
        assert_eq!(chain.load(&many).await.unwrap().status.word(), "committed");
        lease.close().await.unwrap();
    }
}
