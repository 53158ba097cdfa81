//! The `feedwright` program: parses the command line, runs one command, and reports the outcome as an exit code.

mod args;
mod build;
mod check;
mod clock;
mod configuration;
mod diagnostic;
mod diff;
mod explain;
mod generate;
mod import;
mod init;
mod print;
mod progress;
mod rule;

use std::{
    panic::{self, AssertUnwindSafe},
    process::ExitCode,
};

use args::{Arguments, Command};
use clap::Parser;
use feedwright::Error;
use print::Terminal;

/// The exit code after a panic, which is always a bug: `EX_SOFTWARE` in `sysexits.h`.
const BUG: u8 = 70;

fn main() -> ExitCode {
    panic::set_hook(Box::new(print::bug));
    let arguments = Arguments::parse();
    let mut terminal = Terminal::new(&arguments.global);
    // Without `catch_unwind`, the exit code after a panic would be 101, which is not one of the documented exit codes.
    // `AssertUnwindSafe` is correct, because nothing uses `terminal` after a panic.
    let code = panic::catch_unwind(AssertUnwindSafe(|| {
        run(arguments, &mut terminal).unwrap_or_else(|error| terminal.error(&error))
    }));
    ExitCode::from(code.unwrap_or(BUG))
}

fn run(arguments: Arguments, terminal: &mut Terminal) -> Result<u8, Error> {
    let global = &arguments.global;
    match arguments.command {
        Command::Build(args) => build::run(&args, global, terminal),
        Command::Explain(args) => explain::run(&args, global, terminal),
        Command::Check(args) => check::run(&args, global, terminal),
        Command::Rule(args) => rule::run(&args, terminal),
        Command::Diff(args) => diff::run(&args, global, terminal),
        Command::Import(args) => import::run(&args, global, terminal),
        Command::Init(args) => init::run(&args, terminal),
        Command::Schema => generate::schema(terminal),
        Command::Completions { shell } => generate::completions(shell, terminal),
        Command::Man => generate::man(terminal),
    }
}
