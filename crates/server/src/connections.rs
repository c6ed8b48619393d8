//! Tracks the open connections, and closes idle or stalled ones to make room for others.

use std::collections::BTreeMap;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::Notify;

/// All open connections.
pub(crate) struct Connections {
    started: Instant,
    open: Mutex<BTreeMap<u64, Arc<State>>>,
    next_id: AtomicU64,
}

struct State {
    /// When bytes were last read or written, in milliseconds since the server started.
    progress_at: AtomicU64,
    /// Whether a request has arrived and its response isn't ready yet.
    is_answering: AtomicBool,
    /// The number of responses that the client hasn't finished reading.
    unread: AtomicUsize,
    close: Notify,
}

/// A handle to an open connection. The connection stays in the list until the server decides to close it, or until [`Connection::ended`] is called.
#[derive(Clone)]
pub(crate) struct Connection {
    all: Arc<Connections>,
    state: Arc<State>,
    id: u64,
}

impl Connections {
    pub fn new() -> Arc<Self> {
        Arc::new(Self { started: Instant::now(), open: Mutex::default(), next_id: AtomicU64::new(0) })
    }

    pub fn open(self: &Arc<Self>) -> Connection {
        let id = self.next_id.fetch_add(1, Ordering::Relaxed);
        let state = Arc::new(State {
            progress_at: AtomicU64::new(self.now()),
            is_answering: AtomicBool::new(false),
            unread: AtomicUsize::new(0),
            close: Notify::new(),
        });
        self.lock().insert(id, Arc::clone(&state));
        Connection { all: Arc::clone(self), state, id }
    }

    /// Closes the connection that has been idle for the longest time, with nothing read or written. A connection with a request in progress is
    /// closed only if every connection has one.
    pub fn close_longest_idle(&self) {
        let mut open = self.lock();
        let rank = |state: &State| (state.is_answering.load(Ordering::Relaxed), state.progress_at.load(Ordering::Relaxed));
        if let Some(id) = open.iter().min_by_key(|(_, state)| rank(state)).map(|(id, _)| *id)
            && let Some(state) = open.remove(&id)
        {
            state.close.notify_one();
        }
    }

    /// Closes the connections that have an unread response and on which nothing was read or written for at least `idle_for`.
    pub fn close_unread(&self, idle_for: Duration) {
        let now = self.now();
        let is_stalled = |state: &State| {
            let since = now.saturating_sub(state.progress_at.load(Ordering::Relaxed));
            state.unread.load(Ordering::Relaxed) > 0 && u128::from(since) >= idle_for.as_millis()
        };
        self.lock().retain(|_, state| {
            let stalled = is_stalled(state);
            if stalled {
                state.close.notify_one();
            }
            !stalled
        });
    }

    /// The milliseconds since the server started.
    fn now(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<u64, Arc<State>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Connection {
    pub fn all(&self) -> &Connections {
        &self.all
    }

    /// Completes when the server has decided to close the connection.
    pub async fn closed(&self) {
        self.state.close.notified().await;
    }

    /// Removes the connection from the list of open ones.
    pub fn ended(&self) {
        self.all.lock().remove(&self.id);
    }

    pub fn set_answering(&self, answering: bool) {
        self.state.is_answering.store(answering, Ordering::Relaxed);
    }

    /// Counts a response as unread until the returned guard is dropped.
    pub fn unread(self) -> Unread {
        self.state.unread.fetch_add(1, Ordering::Relaxed);
        Unread(self)
    }

    fn progressed(&self) {
        self.state.progress_at.store(self.all.now(), Ordering::Relaxed);
    }
}

/// A guard that counts a response as unread until it is dropped.
pub(crate) struct Unread(Connection);

impl Drop for Unread {
    fn drop(&mut self) {
        self.0.state.unread.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A stream that records when bytes are read or written.
pub(crate) struct Watched<S> {
    pub stream: S,
    pub connection: Connection,
}

impl<S> Watched<S> {
    fn written(&self, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if matches!(written, Poll::Ready(Ok(1..))) {
            self.connection.progressed();
        }
        written
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if buffer.filled().len() > before {
            self.connection.progressed();
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.written(written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.written(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
