//! `feedwright schema`, `completions` and `man`: output that is generated from the program's declarations.

use std::io::{self, Write};

use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;
use feedwright::{Error, config::Config};

use crate::{
    args::{Arguments, EXIT_CODES},
    print::Terminal,
};

/// Prints the JSON Schema of the configuration.
pub(crate) fn schema(terminal: &mut Terminal) -> Result<u8, Error> {
    terminal.out(&format!("{:#}\n", Config::schema()))?;
    Ok(0)
}

/// Prints a completion script for a shell.
pub(crate) fn completions(shell: Shell, terminal: &mut Terminal) -> Result<u8, Error> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "feedwright", &mut script);
    terminal.out(&String::from_utf8_lossy(&script))?;
    Ok(0)
}

/// Prints the manual page: a single page for the whole program, with one section per command.
pub(crate) fn man(terminal: &mut Terminal) -> Result<u8, Error> {
    let mut page = Vec::new();
    write_manual(&mut page).map_err(Error::io("write", "the manual page".as_ref()))?;
    terminal.out(&String::from_utf8_lossy(&page))?;
    Ok(0)
}

fn write_manual(page: &mut Vec<u8>) -> io::Result<()> {
    let mut command = Arguments::command();
    // Without this call, each subcommand would lack the global options and its full name.
    command.build();
    let top = Man::new(command.clone());
    top.render_title(page)?;
    top.render_name_section(page)?;
    top.render_synopsis_section(page)?;
    top.render_options_section(page)?;
    for command in command.get_subcommands() {
        writeln!(page, ".SH \"FEEDWRIGHT {}\"", command.get_name().to_uppercase())?;
        // The global options are listed once, at the top.
        let command_only = command.clone().mut_args(|arg| {
            let is_shared = arg.is_global_set() || arg.get_id() == "help";
            arg.hide(is_shared)
        });
        let man = Man::new(command_only);
        let mut sections = Vec::new();
        man.render_synopsis_section(&mut sections)?;
        man.render_description_section(&mut sections)?;
        man.render_options_section(&mut sections)?;
        let sections = String::from_utf8_lossy(&sections);
        // clap_mangen renders each command as a separate page. Here, the sections of each of these pages become
        // subsections.
        let sections = sections
            .replace(".SH SYNOPSIS\n", "")
            .replace(".SH DESCRIPTION\n", ".PP\n")
            .replace(".SH ", ".SS ");
        page.write_all(sections.as_bytes())?;
    }
    // Without `.nf`, troff would join the lines of the list into a paragraph.
    writeln!(page, ".SH \"EXIT STATUS\"\n.nf")?;
    let codes = EXIT_CODES.trim_start_matches("Exit codes:\n");
    writeln!(page, "{}\n.fi", codes.replace('-', "\\-"))
}
