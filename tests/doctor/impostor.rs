//! What may answer in place of a database.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::thread;

/// Takes connections, says `greeting`, and then nothing ever; answers its port.
pub(crate) fn mute(greeting: &'static [u8]) -> u16 {
    listen(move |mut stream| {
        stream.write_all(greeting).unwrap();
        // Ends when the client goes away.
        let _ = std::io::copy(&mut stream, &mut std::io::sink());
    })
}

/// Passes everything on between its clients and the server at `socket`, until a client says `word`: from there on that
/// client hears nothing more. Answers its port.
pub(crate) fn freezes_at(socket: PathBuf, word: &'static str) -> u16 {
    listen(move |client| {
        let server = UnixStream::connect(&socket).unwrap();
        let (mut from, mut to) = (server.try_clone().unwrap(), client.try_clone().unwrap());
        let back = thread::spawn(move || {
            let _ = std::io::copy(&mut from, &mut to);
        });
        forward(client, &server, word);
        let _ = server.shutdown(Shutdown::Both);
        back.join().unwrap();
    })
}

fn forward(mut client: TcpStream, mut server: &UnixStream, word: &str) {
    let mut buffer = [0; 8192];
    while let Ok(count) = client.read(&mut buffer) {
        let frozen = String::from_utf8_lossy(&buffer[..count]).contains(word);
        if count == 0 {
            return;
        }
        if frozen {
            let _ = std::io::copy(&mut client, &mut std::io::sink());
            return;
        }
        if server.write_all(&buffer[..count]).is_err() {
            return;
        }
    }
}

fn listen(serve: impl Fn(TcpStream) + Clone + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let serve = serve.clone();
            thread::spawn(move || serve(stream.unwrap()));
        }
    });
    port
}
