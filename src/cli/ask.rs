//! Questions to the person at the terminal, and answers on standard input where nobody is.

use super::failure::{Exit, Failure};
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use secrecy::SecretString;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, IsTerminal, Write, stdin};
use zeroize::Zeroizing;

/// Bytes that an answer may take without being moved: what moves leaves a copy of a password behind.
const ROOM: usize = 4096;

/// Whether there is somebody to ask.
pub(super) fn somebody() -> bool {
    stdin().is_terminal()
}

/// The next line of standard input. A secret is never an argument: every process can read those.
pub(super) fn line_of_input(what: &str) -> Result<SecretString, Failure> {
    let mut line = Zeroizing::new(String::with_capacity(ROOM));
    let read = stdin().lock().read_line(&mut line);
    match read {
        Ok(0) => Err(Failure::usage(format!("{what} was to come on standard input, which has ended."))),
        Ok(_) => Ok(SecretString::from(line.trim_end_matches(['\r', '\n']))),
        Err(cause) => Err(Failure::usage(format!("{what} can not be read from standard input: {cause}."))),
    }
}

/// Asks a question whose answer may be seen.
pub(super) fn openly(question: &str) -> Result<String, Failure> {
    let mut terminal = terminal()?;
    ask(&mut terminal, question).map(|line| line.trim().to_owned()).map_err(gone)
}

/// Asks a question whose answer is not shown.
pub(super) fn hidden(question: &str) -> Result<SecretString, Failure> {
    let quiet = Quiet::begin(terminal()?).map_err(gone)?;
    let mut terminal = quiet.terminal.try_clone().map_err(gone)?;
    let line = ask(&mut terminal, question).map_err(gone)?;
    let _ = terminal.write_all(b"\n");
    // With the signals off, Ctrl-C is a character: the echo is on again before the program ends.
    if line.contains('\u{3}') {
        return Err(Failure::new(Exit::Failed, "Stopped. Nothing was changed."));
    }
    Ok(SecretString::from(line.as_str()))
}

fn terminal() -> Result<File, Failure> {
    OpenOptions::new().read(true).write(true).open("/dev/tty").map_err(gone)
}

fn gone(cause: impl std::fmt::Display) -> Failure {
    Failure::usage(format!("There is no terminal to ask on: {cause}."))
}

fn ask(terminal: &mut File, question: &str) -> io::Result<Zeroizing<String>> {
    write!(terminal, "{question}: ")?;
    terminal.flush()?;
    let mut line = Zeroizing::new(String::with_capacity(ROOM));
    if BufReader::with_capacity(1, terminal).read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let end = line.trim_end_matches(['\r', '\n']).len();
    line.truncate(end);
    Ok(line)
}

/// A terminal that does not show what is typed, until this is dropped.
struct Quiet {
    terminal: File,
    before: Termios,
}

impl Quiet {
    fn begin(terminal: File) -> io::Result<Quiet> {
        let before = tcgetattr(&terminal)?;
        let mut quiet = before.clone();
        quiet.local_modes -= LocalModes::ECHO | LocalModes::ISIG;
        tcsetattr(&terminal, OptionalActions::Flush, &quiet)?;
        Ok(Quiet { terminal, before })
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        let _ = tcsetattr(&self.terminal, OptionalActions::Now, &self.before);
    }
}
