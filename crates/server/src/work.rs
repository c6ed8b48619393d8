//! Runs slow jobs on separate threads, so that they don't block the threads that handle requests.

use std::num::NonZero;
use std::sync::Arc;
use std::thread;

use tokio::sync::Semaphore;

/// The maximum number of waiting jobs per processor.
const MAX_WAITING: usize = 32;

/// Runs at most one job per processor at the same time, and refuses more jobs if too many are waiting.
pub(crate) struct WorkQueue {
    workers: Arc<Semaphore>,
    slots: Semaphore,
}

impl WorkQueue {
    pub fn new() -> Self {
        let workers = thread::available_parallelism().map_or(1, NonZero::get);
        Self { workers: Arc::new(Semaphore::new(workers)), slots: Semaphore::new(workers * (1 + MAX_WAITING)) }
    }

    /// Runs `work` and returns its result, or `None` if too many jobs are waiting. If `work` panics, so does this function.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let _slot = self.slots.try_acquire().ok()?;
        let worker = Arc::clone(&self.workers).acquire_owned().await.ok()?;
        // The job returns its permit (`worker`) together with its result. The permit is therefore released only when the caller has the result, so
        // results can't pile up. If the caller stops waiting, the job still runs to its end and keeps the permit until then.
        match tokio::task::spawn_blocking(move || (work(), worker)).await {
            Ok((result, _worker)) => Some(result),
            Err(error) => error.try_into_panic().map_or(None, |panic| std::panic::resume_unwind(panic)),
        }
    }
}
