//! Limits how many bytes of responses can wait for clients to read them, over all connections together.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::connections::{Connection, Unread};

/// A response that needs more memory than this, in KiB, counts as large. The largest page needs 221 kB, and more while it is compressed.
const LARGE_KIB: u32 = 512;
/// The maximum total size of large responses that are waiting, in KiB. Large and small responses have separate limits, so that a client that
/// requests many large ones can't block pages for others.
const MAX_LARGE_KIB: u32 = 64 * 1024;
/// The maximum total size of small responses that are waiting, in KiB.
const MAX_SMALL_KIB: u32 = 64 * 1024;
/// The memory needed to compress a response, in KiB.
const COMPRESSION_KIB: u32 = 270;
/// When waiting responses take up more than half of a limit, connections whose client has read nothing for this long are closed.
const UNREAD_FOR: Duration = Duration::from_secs(1);
/// The number of bytes that a response passes to its connection at once. The rest waits here, where it is counted.
const CHUNK_BYTES: usize = 16 * 1024;
/// The number of chunks that a response passes on before it lets other tasks run. Compressing many chunks in a row would delay these tasks.
const CHUNKS_IN_A_ROW: u8 = 4;

/// The memory reserved for responses that clients haven't finished reading.
pub(crate) struct Buffers {
    large: Arc<Semaphore>,
    small: Arc<Semaphore>,
}

impl Buffers {
    pub fn new() -> Self {
        let limit = |kib: u32| Arc::new(Semaphore::new(kib as usize));
        Self { large: limit(MAX_LARGE_KIB), small: limit(MAX_SMALL_KIB) }
    }

    /// Returns a response body that keeps its memory reserved until the client has read it, or `None` if too many bytes are waiting already. A
    /// response that may be compressed needs more memory.
    pub fn body(&self, bytes: Bytes, may_be_compressed: bool, connection: Option<Connection>) -> Option<Body> {
        if bytes.is_empty() {
            return Some(Body::empty());
        }
        let kib = u32::try_from(bytes.len() / 1024 + 1).unwrap_or(u32::MAX);
        let kib = kib.saturating_add(if may_be_compressed { COMPRESSION_KIB } else { 0 });
        let reserved = self.reserve(kib, connection.as_ref())?;
        Some(Body::new(Counted { bytes, in_a_row: 0, _reserved: reserved, _unread: connection.map(Connection::unread) }))
    }

    /// Reserves memory for a response of `kib` KiB, or returns `None` if there isn't enough.
    fn reserve(&self, kib: u32, connection: Option<&Connection>) -> Option<OwnedSemaphorePermit> {
        let (semaphore, max) = if kib > LARGE_KIB { (&self.large, MAX_LARGE_KIB) } else { (&self.small, MAX_SMALL_KIB) };
        if let Some(connection) = connection.filter(|_| semaphore.available_permits() < max as usize / 2) {
            connection.all().close_unread(UNREAD_FOR);
        }
        Arc::clone(semaphore).try_acquire_many_owned(kib.min(max)).ok()
    }
}

/// A response body that keeps its memory reserved until it is dropped, and is passed on in chunks. Each chunk is a copy, so the whole response can be
/// freed once the last chunk is passed on.
struct Counted {
    bytes: Bytes,
    in_a_row: u8,
    _reserved: OwnedSemaphorePermit,
    _unread: Option<Unread>,
}

impl HttpBody for Counted {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if self.bytes.is_empty() {
            return Poll::Ready(None);
        }
        if self.in_a_row == CHUNKS_IN_A_ROW {
            self.in_a_row = 0;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        self.in_a_row += 1;
        let length = self.bytes.len().min(CHUNK_BYTES);
        let chunk = self.bytes.split_to(length);
        Poll::Ready(Some(Ok(Frame::data(Bytes::copy_from_slice(&chunk)))))
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.len() as u64)
    }
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;
    use crate::connections::Connections;

    #[test]
    fn large_responses_leave_memory_for_pages() {
        let buffers = Buffers::new();
        let mut held = Vec::new();
        while let Some(reserved) = buffers.reserve(2400, None) {
            held.push(reserved);
        }
        assert_eq!(held.len(), 27, "64 MiB of large responses");
        let page = buffers.reserve(60, None).expect("enough memory for a page");
        held.pop();
        assert!(buffers.reserve(2400, None).is_some(), "a response that was read frees its memory");
        drop(page);
    }

    #[tokio::test]
    async fn a_response_arrives_whole_and_reserves_memory_until_its_end() {
        let buffers = Buffers::new();
        let connection = Connections::new().open();
        let text: Vec<u8> = (0..1_000_000_u32).map(|index| (index % 251) as u8).collect();
        let reserved = buffers.reserve(1000, None).expect("enough memory");
        let unread = Some(connection.unread());
        let body = Body::new(Counted { bytes: text.clone().into(), in_a_row: 0, _reserved: reserved, _unread: unread });
        let before = buffers.large.available_permits();
        assert_eq!(to_bytes(body, usize::MAX).await.expect("the whole body"), text);
        assert_eq!(buffers.large.available_permits(), before + 1000);
    }
}
