//! Tests the server on a real socket: limits, slow connections and a graceful shutdown.

#![allow(clippy::disallowed_methods, reason = "tests connect to the server")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc::channel;
use std::thread::{JoinHandle, spawn};
use std::time::Duration;

use sarcoguide_server::{Key, Settings, Site, serve};
use tokio::sync::oneshot;

/// Starts a server. Returns its address, a channel that stops it, and its thread.
fn start() -> (SocketAddr, oneshot::Sender<()>, JoinHandle<std::io::Result<()>>) {
    let (address, addresses) = channel();
    let (stop, stopped) = oneshot::channel();
    let server = spawn(move || {
        let site = Site::new(sarcoguide_bundled::guide(), Settings::new(Key::new([7; 32]).expect("the key isn't all zeros")));
        let announce = move |at: SocketAddr| address.send(at).expect("the test waits for the address");
        serve(site, ([127, 0, 0, 1], 0).into(), announce, async {
            // If the sender is dropped, the server stops too.
            let _ = stopped.await;
        })
    });
    (addresses.recv().expect("the server listens"), stop, server)
}

/// Sends bytes, and returns everything that the server sends until it closes the connection.
fn answer(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).expect("connected");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
    // The server may close the connection before all bytes are written.
    let _ = stream.write_all(bytes);
    let mut text = Vec::new();
    let _ = stream.read_to_end(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}

#[test]
fn large_and_slow_request_heads_are_refused_and_the_server_stops_when_asked() {
    let (address, stop, server) = start();
    let good = answer(address, b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert!(good.starts_with("HTTP/1.1 200"), "{good}");
    let large = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "x".repeat(100_000));
    assert!(answer(address, large.as_bytes()).starts_with("HTTP/1.1 431"), "a head of 100 kB should be refused");
    let above = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "x".repeat(33_000));
    assert!(answer(address, above.as_bytes()).starts_with("HTTP/1.1 431"), "a head of 33 kB should be refused");
    let below = format!("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: {}\r\n\r\n", "x".repeat(30_000));
    assert!(answer(address, below.as_bytes()).starts_with("HTTP/1.1 200"), "a head of 30 kB should be accepted");
    let many = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "A: b\r\n".repeat(200));
    assert!(answer(address, many.as_bytes()).starts_with("HTTP/1.1 431"), "200 headers should be refused");
    assert!(answer(address, b"nonsense\r\n\r\n").starts_with("HTTP/1.1 400"));
    // The server stops waiting for a head that never ends.
    let slow = answer(address, b"GET / HTTP/1.1\r\nHost: loc");
    assert!(!slow.contains("200 OK"), "{slow}");
    stop.send(()).expect("the server is running");
    server.join().expect("the thread ends").expect("the server stops without an error");
    assert!(TcpStream::connect(address).is_err(), "the server should no longer listen");
}
