//! Accepts connections, and limits their number, the size of their headers and how long they may take.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::response::Response;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulConnection;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{sleep, timeout};

use crate::connections::{Connection, Connections, Watched};

/// The maximum number of open connections. To accept another, the server closes the one that has been idle for the longest time.
const MAX_CONNECTIONS: u32 = 1024;
/// The maximum size of a request's head (the request line and the headers), in bytes.
const MAX_HEAD_BYTES: usize = 32 * 1024;
/// The maximum number of headers in a request.
const MAX_HEADERS: usize = 64;

/// Limits on the number and duration of connections.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    /// The maximum number of open connections.
    pub connections: u32,
    /// How long a request's head may take to arrive.
    pub head: Duration,
    /// How long a connection accepts requests. Afterwards, browsers open another connection, so people don't notice.
    pub open: Duration,
    /// How long the last request on a connection may take after that. A client that reads slowly or not at all is disconnected at the end of this
    /// time.
    pub last: Duration,
    /// How long open requests may take after the server is asked to stop.
    pub stop: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: MAX_CONNECTIONS,
            head: Duration::from_secs(5),
            open: Duration::from_secs(10),
            last: Duration::from_secs(30),
            stop: Duration::from_secs(10),
        }
    }
}

/// Serves connections until `stop` completes, then waits for open requests to finish.
pub(crate) async fn listen(listener: TcpListener, app: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.head).max_headers(MAX_HEADERS);
    http.max_buf_size(MAX_HEAD_BYTES).max_header_size(MAX_HEAD_BYTES);
    let (running, stopped) = watch::channel(());
    let permits = Arc::new(Semaphore::new(limits.connections as usize));
    let connections = Connections::new();
    let mut stop = pin!(stop);
    loop {
        let (stream, permit) = tokio::select! {
            () = &mut stop => break,
            connected = next(&listener, &permits, &connections) => match connected {
                Ok(connected) => connected,
                // Either the process has too many open files (each connection counts as one), or the client disconnected right away. Closing
                // a connection closes one of the files, so the next attempt may succeed.
                Err(_) => {
                    connections.close_longest_idle();
                    sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        let connection = connections.open();
        let stream = Watched { stream, connection: connection.clone() };
        let serving = http.serve_connection(TokioIo::new(stream), service(app.clone(), connection.clone()));
        let stopped = stopped.clone();
        tokio::spawn(async move {
            serve_until_end(serving, &connection, stopped, limits).await;
            connection.ended();
            drop(permit);
        });
    }
    drop((listener, running));
    // Every permit is free once all connections have ended.
    let _ = timeout(limits.stop, permits.acquire_many(limits.connections)).await;
}

/// Serves a connection until it ends or is closed to make room for others. If the server is stopping or the connection has been open for too long,
/// the request in progress is the last one. Connection errors are caused by the client or the network, so they aren't logged.
async fn serve_until_end(
    serving: impl GracefulConnection,
    connection: &Connection,
    mut stopped: watch::Receiver<()>,
    limits: Limits,
) {
    let mut serving = pin!(serving);
    tokio::select! {
        _ = serving.as_mut() => return,
        () = connection.closed() => return,
        _ = stopped.changed() => {}
        () = sleep(limits.open) => {}
    }
    serving.as_mut().graceful_shutdown();
    tokio::select! {
        _ = timeout(limits.last, serving) => {}
        () = connection.closed() => {}
    }
}

/// Wraps the application for one connection. Each request carries the connection as an extension.
fn service(
    app: Router,
    connection: Connection,
) -> impl Service<Request<Incoming>, Response = Response, Error = Infallible, Future = impl Send> {
    let app = TowerToHyperService::new(app);
    service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(connection.clone());
        connection.set_answering(true);
        let (response, connection) = (app.call(request), connection.clone());
        async move {
            let response = response.await;
            connection.set_answering(false);
            response
        }
    })
}

/// Accepts the next connection and reserves a permit for it. If no permit is free, closes the connection that has been idle for the longest time.
async fn next(
    listener: &TcpListener,
    permits: &Arc<Semaphore>,
    connections: &Connections,
) -> io::Result<(TcpStream, OwnedSemaphorePermit)> {
    let (stream, _) = listener.accept().await?;
    let permit = match Arc::clone(permits).try_acquire_owned() {
        Ok(permit) => permit,
        Err(_) => {
            connections.close_longest_idle();
            Arc::clone(permits).acquire_owned().await.map_err(io::Error::other)?
        }
    };
    stream.set_nodelay(true)?;
    Ok((stream, permit))
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net;
    use std::thread;
    use std::time::Instant;

    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use tokio::sync::oneshot;
    use tokio::task::JoinHandle;

    use super::*;
    use crate::secure::reserve_memory;
    use crate::{Key, Settings, Site};

    /// Starts a server. Returns its address, a channel that stops it, and its task.
    async fn start(app: Router, limits: Limits) -> (net::SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel::<()>();
        let server = tokio::spawn(listen(listener, app, limits, async {
            let _ = stopped.await;
        }));
        (address, stop, server)
    }

    /// Connects and sends a request for `path`.
    fn ask(address: net::SocketAddr, path: &str) -> net::TcpStream {
        let mut stream = net::TcpStream::connect(address).expect("connected");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a timeout");
        stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes()).expect("written");
        stream
    }

    /// In this test, all connection timeouts are an hour, so new connections are accepted only if the server closes idle ones.
    #[tokio::test(flavor = "multi_thread")]
    async fn idle_connections_are_closed_before_busy_ones() {
        let hour = Duration::from_secs(3600);
        let (release, released) = watch::channel(false);
        let slow = move || {
            let mut released = released.clone();
            async move {
                let _ = released.wait_for(|released| *released).await;
                "slow"
            }
        };
        let app = Router::new().route("/slow", get(slow)).route("/quick", get(|| async { "quick" }));
        let limits = Limits { connections: 8, head: hour, open: hour, last: hour, ..Limits::default() };
        let (address, stop, server) = start(app, limits).await;
        let asking = tokio::task::spawn_blocking(move || {
            let mut first = ask(address, "/slow");
            let mut idle: Vec<net::TcpStream> = Vec::new();
            for round in 0..30 {
                idle.push(net::TcpStream::connect(address).expect("connected"));
                // Send only a part of a request's head.
                idle.last_mut().expect("an idle connection").write_all(b"GET / HTTP/1.1\r\nHost: ").expect("written");
                let mut quick = ask(address, "/quick");
                let mut text = [0; 512];
                let read = quick.read(&mut text).expect("a response");
                assert!(text[..read].ends_with(b"quick"), "round {round}: {}", String::from_utf8_lossy(&text[..read]));
            }
            release.send(true).expect("the slow request is waiting");
            let mut text = [0; 512];
            let read = first.read(&mut text).expect("a response");
            assert!(text[..read].ends_with(b"slow"), "{}", String::from_utf8_lossy(&text[..read]));
            // The connection that was idle for the longest time is closed.
            assert_eq!(idle[0].read(&mut text).expect("the connection is closed"), 0);
        });
        asking.await.expect("all requests were answered");
        stop.send(()).expect("the server is running");
        server.await.expect("the server stops");
    }

    /// Clients that don't read their responses are disconnected once too many bytes are waiting to be sent.
    #[tokio::test(flavor = "multi_thread")]
    async fn clients_that_read_nothing_are_disconnected_to_make_room() {
        const LARGE: usize = 8 << 20;
        let hour = Duration::from_secs(3600);
        let site = Site::new(sarcoguide_bundled::guide(), Settings::new(Key::new([7; 32]).expect("the key isn't all zeros")));
        let app =
            Router::new().route("/large", get(|| async { "x".repeat(LARGE) })).layer(from_fn_with_state(site, reserve_memory));
        let limits = Limits { head: hour, open: hour, last: hour, ..Limits::default() };
        let (address, stop, server) = start(app, limits).await;
        let asking = tokio::task::spawn_blocking(move || {
            let unread: Vec<net::TcpStream> = (0..100).map(|_| ask(address, "/large")).collect();
            for _ in 0..200 {
                let mut stream = ask(address, "/large");
                let mut start = [0; 12];
                stream.read_exact(&mut start).expect("a response");
                if start == *b"HTTP/1.1 200" {
                    let mut rest = vec![0; LARGE];
                    stream.read_exact(&mut rest).expect("the rest of the response");
                    return unread;
                }
                assert_eq!(start, *b"HTTP/1.1 503", "{}", String::from_utf8_lossy(&start));
                thread::sleep(Duration::from_millis(50));
            }
            panic!("clients that read nothing kept everyone else out");
        });
        drop(asking.await.expect("a response arrived in the end"));
        stop.send(()).expect("the server is running");
        server.await.expect("the server stops");
    }

    /// A client that requests a large response and doesn't read it is cut off. A response that is ready only after the connection's time limit is
    /// still sent in full.
    #[tokio::test(flavor = "multi_thread")]
    async fn clients_that_do_not_read_are_cut_off_and_late_responses_are_sent_in_full() {
        const LARGE: usize = 64 << 20;
        let late = || async {
            sleep(Duration::from_millis(900)).await;
            "late"
        };
        let app = Router::new().route("/large", get(|| async { "x".repeat(LARGE) })).route("/late", get(late));
        let limits = Limits { open: Duration::from_millis(500), last: Duration::from_millis(1500), ..Limits::default() };
        let (address, stop, server) = start(app, limits).await;
        let mut slow = ask(address, "/large");
        let mut text = String::new();
        ask(address, "/late").read_to_string(&mut text).expect("a complete response");
        assert!(text.ends_with("late") && text.contains("connection: close"), "{text}");
        thread::sleep(Duration::from_millis(2000));
        let mut read = Vec::new();
        let _ = slow.read_to_end(&mut read);
        assert!(read.len() < LARGE, "the whole response was kept for a client that didn't read it");
        // No connection is left, so the server stops right away.
        let asked = Instant::now();
        stop.send(()).expect("the server is running");
        server.await.expect("the server stops");
        assert!(asked.elapsed() < Duration::from_secs(1), "{:?}", asked.elapsed());
    }
}
