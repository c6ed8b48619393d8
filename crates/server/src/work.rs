//! Work that takes long, away from the threads that answer.

use std::num::NonZero;
use std::sync::Arc;
use std::thread;

use tokio::sync::Semaphore;

/// How many pieces of work wait for each worker at most.
const MAX_WAITING: usize = 32;

/// Does as many pieces of work at once as there are processors, and lets no more wait than are soon done.
pub(crate) struct WorkQueue {
    workers: Arc<Semaphore>,
    places: Semaphore,
}

impl WorkQueue {
    pub fn new() -> Self {
        let workers = thread::available_parallelism().map_or(1, NonZero::get);
        Self { workers: Arc::new(Semaphore::new(workers)), places: Semaphore::new(workers * (1 + MAX_WAITING)) }
    }

    /// What `work` makes; nothing if too much waits already. A panic of the work goes on here.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let _place = self.places.try_acquire().ok()?;
        let worker = Arc::clone(&self.workers).acquire_owned().await.ok()?;
        // The worker comes back with what it made: no more of that waits to be taken up than there are workers. Work goes on when nobody
        // waits for it any more, and its worker with it.
        match tokio::task::spawn_blocking(move || (work(), worker)).await {
            Ok((made, _worker)) => Some(made),
            Err(error) => error.try_into_panic().map_or(None, |panic| std::panic::resume_unwind(panic)),
        }
    }
}
