//! Servers that can not show who they are: nothing is asked of them.

use crate::world::World;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A server with a certificate that nobody vouches for; `None`, and a word, where there is no `openssl`.
fn unknown(folder: &Path, port: u16) -> Option<Child> {
    let openssl = |words: &[&str]| {
        let mut command = Command::new("openssl");
        command
            .args(words)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    };
    let made = openssl(&[
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "1",
        "-subj",
        "/CN=127.0.0.1",
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-keyout",
        "key.pem",
        "-out",
        "cert.pem",
    ])
    .status();
    if made.is_err() {
        println!("skipped: there is no openssl to make a certificate with");
        return None;
    }
    assert!(made.unwrap().success());
    let at = format!("127.0.0.1:{port}");
    let serving =
        openssl(&["s_server", "-accept", &at, "-key", "key.pem", "-cert", "cert.pem", "-www"]).spawn();
    let mut child = serving.unwrap();
    while TcpStream::connect(&at).is_err() {
        assert!(child.try_wait().unwrap().is_none(), "the server ended");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    Some(child)
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_ends_the_load_before_a_key_is_sent() {
    let world = World::new().await.env("SHOP_KEY", "c4nary");
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let Some(mut server) = unknown(world.folder.path(), port) else { return };
    let url = format!("https://127.0.0.1:{port}");
    let words = ["--table", "brands=brands", "--auth", "bearer", "--secret-env", "SHOP_KEY"];
    let ran = world.load(&url, &words);
    let _ = server.kill();
    let _ = server.wait();
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("127.0.0.1 can not be trusted: its certificate"), "{}", ran.err);
    assert!(ran.err.contains("Nothing was loaded") && !ran.err.contains("c4nary"), "{}", ran.err);
    world.is_untouched().await;
}

#[tokio::test]
async fn a_server_without_tls_is_not_asked_over_it() {
    let world = World::new().await;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
            let _ = stream.read_to_end(&mut Vec::new());
        }
    });
    let ran = world.load(&url, &["--table", "brands=brands"]);
    assert!(ran.code == 1 && ran.err.contains("it speaks no TLS, or not as it should"), "{ran:?}");
    world.is_untouched().await;
}
