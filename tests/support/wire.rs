//! Between the program and its database: hears what is asked, and can hold questions back.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use storekeeper::db::{Address, Target};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::watch;

/// A socket in front of the server's.
pub struct Wire {
    target: Target,
    ears: Ears,
    _folder: TempDir,
}

/// What is asked, each with the number of its connection.
type Heard = Vec<(usize, String)>;

#[derive(Clone)]
struct Ears {
    heard: Arc<watch::Sender<Heard>>,
    held: Arc<[&'static str]>,
    /// The command whose first answer is lost, together with its connection.
    lost: Arc<Mutex<Option<&'static str>>>,
}

impl Wire {
    /// A wire to this server.
    pub async fn to(server: &Target) -> Wire {
        Wire::holding(server, []).await
    }

    /// A wire on which the first answer to a command is lost, and its connection with it.
    pub async fn losing(server: &Target, command: &'static str) -> Wire {
        let wire = Wire::to(server).await;
        *wire.ears.lost.lock().unwrap() = Some(command);
        wire
    }

    /// A wire on which no command with one of these words goes on before there is one with each of them.
    pub async fn holding<const N: usize>(server: &Target, words: [&'static str; N]) -> Wire {
        let Address::Socket(behind) = server.address.clone() else { panic!("a socket") };
        let folder = tempfile::Builder::new().prefix("sk-").tempdir().unwrap();
        let socket = folder.path().join("wire.sock");
        let listener = UnixListener::bind(&socket).unwrap();
        let ears = Ears { heard: Arc::default(), held: words.into(), lost: Arc::default() };
        let listening = ears.clone();
        tokio::spawn(async move {
            for number in 0.. {
                let Ok((client, _)) = listener.accept().await else { return };
                tokio::spawn(pass(client, behind.clone(), number, listening.clone()));
            }
        });
        let target = Target { address: Address::Socket(socket), ..server.clone() };
        Wire { target, ears, _folder: folder }
    }

    /// The server by this wire.
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// The commands that were asked so far: statements, and the numbers of other commands.
    pub fn heard(&self) -> Heard {
        self.ears.heard.borrow().clone()
    }
}

async fn pass(client: UnixStream, behind: impl AsRef<Path>, number: usize, ears: Ears) {
    let server = UnixStream::connect(behind).await.unwrap();
    let (mut asks, mut hears) = client.into_split();
    let (mut answers, mut server) = server.into_split();
    let is_lost = Arc::new(AtomicBool::new(false));
    let loses = is_lost.clone();
    let back = tokio::spawn(async move {
        let mut answer = vec![0; 1 << 16];
        while let Ok(count @ 1..) = answers.read(&mut answer).await {
            if loses.load(Ordering::SeqCst) || hears.write_all(&answer[..count]).await.is_err() {
                return;
            }
        }
    });
    while let Some((header, body)) = packet(&mut asks).await {
        // The first packet of a command has the number 0; those of a greeting go on counting.
        if header[3] == 0 {
            let asked = command(&body);
            is_lost
                .store(ears.lost.lock().unwrap().take_if(|lost| asked == *lost).is_some(), Ordering::SeqCst);
            ears.hear(number, asked).await;
        }
        if server.write_all(&[&header[..], &body].concat()).await.is_err() {
            break;
        }
        if is_lost.load(Ordering::SeqCst) {
            // The server has done it once it answers.
            let _ = back.await;
            return;
        }
    }
    back.abort();
}

/// Three bytes of length, one that numbers the packets of a command, and so many bytes (MySQL manual, "Protocol Basics").
async fn packet(from: &mut (impl AsyncReadExt + Unpin)) -> Option<([u8; 4], Vec<u8>)> {
    let mut header = [0; 4];
    from.read_exact(&mut header).await.ok()?;
    let mut body = vec![0; u32::from_le_bytes([header[0], header[1], header[2], 0]) as usize];
    from.read_exact(&mut body).await.ok()?;
    Some((header, body))
}

fn command(body: &[u8]) -> String {
    const QUERY: u8 = 0x03;
    const PREPARE: u8 = 0x16;
    match body {
        [QUERY | PREPARE, statement @ ..] => String::from_utf8_lossy(statement).into_owned(),
        [other, ..] => format!("command {other}"),
        [] => String::new(),
    }
}

impl Ears {
    async fn hear(&self, number: usize, asked: String) {
        let held = self.held.clone();
        let is_held = held.iter().any(|word| asked.contains(word));
        self.heard.send_modify(|heard| heard.push((number, asked)));
        if is_held {
            let all =
                |heard: &Heard| held.iter().all(|word| heard.iter().any(|(_, asked)| asked.contains(word)));
            self.heard.subscribe().wait_for(all).await.unwrap();
        }
    }
}
