//! Runs a function on several threads, and locks the values that the threads share. If the system does not allow that
//! many threads, fewer are used.

use std::{
    panic::resume_unwind,
    sync::{Mutex, MutexGuard, PoisonError},
    thread::{self, Builder},
};

/// Locks a value that threads share, even if another thread panicked while holding the lock.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes a value that threads have shared, even if one of them panicked while holding the lock.
pub fn into_inner<T>(mutex: Mutex<T>) -> T {
    mutex.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Calls `work` on this thread and, at the same time, on up to `most - 1` other threads. Returns the results.
///
/// A container may limit the number of threads, and `ulimit` may limit the memory for their stacks. Therefore, a thread
/// that cannot be started is not an error: the other threads do its share of the work. For this, `work` must take its
/// tasks from a shared queue.
pub fn on_threads<T: Send>(most: usize, work: &(dyn Fn() -> T + Sync)) -> Vec<T> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let others: Vec<_> = (1..most.min(cores).min(most_in_memory()))
            // If the system refuses to start a thread, `spawn_scoped` returns an error, whereas `Scope::spawn` panics.
            .map_while(|_| Builder::new().spawn_scoped(scope, work).ok())
            .collect();
        let mut results = vec![work()];
        // A panic is passed on, so that the program reports it as a bug.
        results.extend(
            others
                .into_iter()
                .map(|other| other.join().unwrap_or_else(|panic| resume_unwind(panic))),
        );
        results
    })
}

/// The number of threads for which `ulimit -v` leaves enough memory.
///
/// The C library reserves 64 MiB of address space for the allocations of each thread. If it cannot reserve that much,
/// the thread still starts, but soon afterward an allocation fails, which ends the program.
#[cfg(unix)]
fn most_in_memory() -> usize {
    const PER_THREAD: u64 = 256 << 20;
    let limit = rustix::process::getrlimit(rustix::process::Resource::As).current;
    limit.map_or(usize::MAX, |bytes| {
        usize::try_from(bytes / PER_THREAD).unwrap_or(usize::MAX)
    })
}

#[cfg(not(unix))]
fn most_in_memory() -> usize {
    usize::MAX
}
