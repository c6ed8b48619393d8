//! Connections: how many, how large their headers, how long they may take, and how they end.

use std::future::Future;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{sleep, timeout};

/// How many connections are open at once; more wait.
const MAX_CONNECTIONS: u32 = 1024;
/// The most bytes of a request's head.
const MAX_HEAD_BYTES: usize = 32 * 1024;
/// The most headers of a request.
const MAX_HEADERS: usize = 64;
/// How long a request's head may take to arrive.
const HEAD_WITHIN: Duration = Duration::from_secs(5);

/// How long connections may last.
#[derive(Clone, Copy)]
pub(crate) struct Timeouts {
    /// How long a connection takes requests. Browsers open another for the next one, so nobody sees that it ends.
    pub open: Duration,
    /// How long the request that is open then may go on: who reads slowly, or not at all, holds a place no longer.
    pub last: Duration,
    /// How long open requests may go on after the server is asked to stop.
    pub stop: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { open: Duration::from_secs(10), last: Duration::from_secs(30), stop: Duration::from_secs(10) }
    }
}

/// Answers who connects until `stop` is done, then lets open requests end.
pub(crate) async fn listen(listener: TcpListener, app: Router, timeouts: Timeouts, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_WITHIN).max_headers(MAX_HEADERS);
    http.max_buf_size(MAX_HEAD_BYTES).max_header_size(MAX_HEAD_BYTES);
    let (running, stopped) = watch::channel(());
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS as usize));
    let mut stop = pin!(stop);
    loop {
        let (stream, place) = tokio::select! {
            () = &mut stop => break,
            connected = next(&listener, &places) => match connected {
                Ok(connected) => connected,
                // Too many open files, or a connection that was gone at once: others may still come.
                Err(_) => {
                    sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(app.clone()));
        let mut stopped = stopped.clone();
        let Timeouts { open, last, .. } = timeouts;
        tokio::spawn(async move {
            let mut connection = pin!(connection);
            // A connection that breaks is the other side's matter; nothing of it is logged.
            let ended = tokio::select! {
                _ = connection.as_mut() => true,
                _ = stopped.changed() => false,
                () = sleep(open) => false,
            };
            if !ended {
                connection.as_mut().graceful_shutdown();
                let _ = timeout(last, connection).await;
            }
            drop(place);
        });
    }
    drop((listener, running));
    // Done when every place is free again.
    let _ = timeout(timeouts.stop, places.acquire_many(MAX_CONNECTIONS)).await;
}

async fn next(listener: &TcpListener, places: &Arc<Semaphore>) -> io::Result<(TcpStream, impl Send + use<>)> {
    let place = Arc::clone(places).acquire_owned().await.map_err(io::Error::other)?;
    let (stream, _) = listener.accept().await?;
    stream.set_nodelay(true)?;
    Ok((stream, place))
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net;
    use std::thread;
    use std::time::Instant;

    use axum::routing::get;

    use super::*;

    /// Who asks for much and reads nothing is cut off; who asks late gets the whole answer.
    #[tokio::test(flavor = "multi_thread")]
    async fn who_does_not_read_is_not_waited_for() {
        const LARGE: usize = 64 << 20;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let late = || async {
            sleep(Duration::from_millis(900)).await;
            "late"
        };
        let app = Router::new().route("/large", get(|| async { "x".repeat(LARGE) })).route("/late", get(late));
        let timeouts =
            Timeouts { open: Duration::from_millis(500), last: Duration::from_millis(1500), stop: Duration::from_secs(10) };
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let server = tokio::spawn(listen(listener, app, timeouts, async {
            let _ = stopped.await;
        }));
        let ask = |path: &str| {
            let mut stream = net::TcpStream::connect(address).expect("connected");
            stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes()).expect("written");
            stream
        };
        let mut slow = ask("/large");
        let mut text = String::new();
        ask("/late").read_to_string(&mut text).expect("an answer, and the end");
        assert!(text.ends_with("late") && text.contains("connection: close"), "{text}");
        thread::sleep(Duration::from_millis(2000));
        let mut read = Vec::new();
        let _ = slow.read_to_end(&mut read);
        assert!(read.len() < LARGE, "all of it was kept for who did not read");
        // No place is held any more, so nothing is waited for.
        let asked = Instant::now();
        stop.send(()).expect("it runs");
        server.await.expect("it ends");
        assert!(asked.elapsed() < Duration::from_secs(1), "{:?}", asked.elapsed());
    }
}
