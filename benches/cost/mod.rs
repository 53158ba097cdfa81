//! Measures a task: the CPU time and the peak memory of this process, or of a child process that runs the task.

#![allow(dead_code, reason = "each benchmark uses only part of this module")]

use std::{fs, path::Path, process::Command};

/// The benchmark's arguments, without the arguments that Cargo adds.
pub(crate) fn arguments() -> Vec<String> {
    let arguments = std::env::args().skip(1);
    arguments.filter(|argument| argument != "--bench").collect()
}

/// The CPU time of all threads of this process, in milliseconds.
pub(crate) fn cpu() -> f64 {
    let spent = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    spent.tv_sec as f64 * 1e3 + spent.tv_nsec as f64 / 1e6
}

/// The peak resident memory of this process, in bytes; 0 where `/proc` does not exist.
pub(crate) fn peak() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak: f64 = peak
        .unwrap_or("0")
        .trim()
        .trim_end_matches(" kB")
        .parse()
        .unwrap_or(0.0);
    peak * 1024.0
}

/// Runs this program again with a task and a folder, and returns the two numbers that it prints.
pub(crate) fn child(task: &str, folder: &Path) -> (f64, f64) {
    let program = std::env::current_exe().expect("own path");
    let output = Command::new(program).arg(task).arg(folder).output().expect("run");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut numbers = text.split_whitespace().map(|number| number.parse().expect("a number"));
    let mut next = || numbers.next().expect("two numbers");
    (next(), next())
}

/// The run with the median CPU time.
pub(crate) fn median(mut costs: Vec<(f64, f64)>) -> (f64, f64) {
    costs.sort_by(|a, b| a.0.total_cmp(&b.0));
    costs[costs.len() / 2]
}
