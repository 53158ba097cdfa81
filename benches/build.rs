//! How long a build takes, as a ratio to a bare read of the same files.

fn main() {}
