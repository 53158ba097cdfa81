//! What is made from the program's own declarations: schema, completions, manual page.

use clap::CommandFactory;
use clap_complete::Shell;
use feedwright::{Error, config::Config};

use crate::{args::Arguments, print::Terminal};

/// Prints the JSON Schema of the configuration.
pub(crate) fn schema(terminal: &mut Terminal) -> Result<u8, Error> {
    terminal.out(&format!("{:#}\n", Config::schema()))?;
    Ok(0)
}

/// Prints a completion script.
pub(crate) fn completions(shell: Shell, terminal: &mut Terminal) -> Result<u8, Error> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "feedwright", &mut script);
    terminal.out(&String::from_utf8_lossy(&script))?;
    Ok(0)
}

/// Prints the manual page.
pub(crate) fn man(terminal: &mut Terminal) -> Result<u8, Error> {
    let mut page = Vec::new();
    let command = Arguments::command();
    clap_mangen::Man::new(command)
        .render(&mut page)
        .map_err(Error::io("write", "the manual page".as_ref()))?;
    terminal.out(&String::from_utf8_lossy(&page))?;
    Ok(0)
}
