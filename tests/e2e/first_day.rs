//! The first day of a chain, from its making to a forgotten password, with a reader of QR codes and a maker of codes that
//! know nothing of this program (zbarimg of zbar-tools, oathtool).

use crate::demo::sign_in;
use crate::terminal::Terminal;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use vt100::Color;

const ADA: &str = "gYx7!vbQzm-2";
const CTRL_O: &str = "\x0f";
/// Dots a module of a code has in the picture.
const DOTS: usize = 4;

/// An empty chain in a folder of its own.
struct Chain {
    dir: tempfile::TempDir,
}

impl Chain {
    fn made() -> Chain {
        let chain = Chain { dir: tempfile::tempdir().unwrap() };
        chain.told(&["init", "--admin", "ada", "--password-stdin"], &format!("{ADA}\n"));
        chain
    }

    /// What a command tells, with this on its standard input.
    fn told(&self, arguments: &[&str], input: &str) -> String {
        let mut child = Command::new(env!("CARGO_BIN_EXE_storekeeper"))
            .arg("--data-dir")
            .arg(self.dir.path())
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{arguments:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn open(&self) -> Terminal {
        let arguments = ["--data-dir", self.dir.path().to_str().unwrap()];
        Terminal::run(env!("CARGO_BIN_EXE_storekeeper"), &arguments, &[], (80, 24))
    }
}

/// The screen as a camera sees it: each half of a cell a square of light or dark.
fn photograph(terminal: &Terminal, file: &Path) {
    let screen = terminal.cells();
    let (rows, columns) = screen.size();
    let (rows, columns) = (usize::from(rows.get()), usize::from(columns.get()));
    let mut picture = format!("P5 {} {} 255\n", columns * DOTS, rows * 2 * DOTS).into_bytes();
    for half in 0..rows * 2 {
        let line: Vec<u8> = (0..columns).flat_map(|column| [shade(screen, half, column); DOTS]).collect();
        (0..DOTS).for_each(|_| picture.extend(&line));
    }
    fs::write(file, picture).unwrap();
}

fn shade(screen: &vt100::Screen, half: usize, column: usize) -> u8 {
    let cell = screen.cell((half / 2).try_into().unwrap(), column.try_into().unwrap()).unwrap();
    let is_ink = match cell.contents() {
        "█" => true,
        "▀" => half.is_multiple_of(2),
        "▄" => !half.is_multiple_of(2),
        _ => false,
    };
    let color = if is_ink { cell.fgcolor() } else { cell.bgcolor() };
    let is_light = matches!(color, Color::Idx(7 | 15) | Color::Rgb(255, 255, 255));
    if is_light { 255 } else { 0 }
}

/// What the code on the screen says. A frame comes in pieces: where not all of the code is there yet, more is on its way.
fn scanned(terminal: &mut Terminal) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("screen.pgm");
    loop {
        photograph(terminal, &file);
        let read = Command::new("zbarimg").args(["--quiet", "--raw"]).arg(&file).output();
        let read = read.unwrap();
        if read.status.success() {
            return String::from_utf8(read.stdout).unwrap().trim().to_owned();
        }
        terminal.take_more("a code that can be read off");
    }
}

/// The code of an app that has this secret, so many seconds from now.
fn code(secret: &str, seconds: i64) -> String {
    let at = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(seconds);
    let at = at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string();
    let made = Command::new("oathtool").args(["--totp", "--base32", "--now", &at, secret]).output();
    let made = made.unwrap();
    assert!(made.status.success());
    String::from_utf8(made.stdout).unwrap().trim().to_owned()
}

fn sign_out(terminal: &mut Terminal) {
    terminal.press(CTRL_O);
    terminal.wait_for("Username");
}

/// Whether a program is on the PATH; says so where it is not.
fn has(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok();
    if !found {
        assert!(std::env::var_os("CI").is_none(), "{program} is missing, and this is where it has to be");
        eprintln!("NOT RUN: {program} is missing; `scripts/test.sh` installs it where it may");
    }
    found
}

#[test]
fn the_first_day() {
    if !has("zbarimg") || !has("oathtool") {
        return;
    }
    let chain = Chain::made();
    let mut terminal = chain.open();

    sign_in(&mut terminal, "ada", ADA);
    terminal.wait_for("Set up the second factor");
    let uri = scanned(&mut terminal);
    assert!(uri.starts_with("otpauth://totp/Storekeeper:ada?secret="), "{uri}");
    let secret = uri.split("secret=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    let beside: String = terminal.screen().split_whitespace().filter(|word| word.len() == 4).collect();
    assert!(beside.contains(&secret), "what is read by eye is another secret");
    terminal.press(&code(&secret, 0));
    terminal.press("\r");

    terminal.wait_for("Each of these codes lets you in once");
    let screen = terminal.screen();
    let codes: Vec<String> = screen
        .split_whitespace()
        .filter(|word| word.len() == 13 && word.matches('-').count() == 2)
        .map(str::to_owned)
        .collect();
    assert_eq!(codes.len(), 8, "{screen}");
    let own = tempfile::tempdir().unwrap();
    let kept = own.path().join("codes");
    terminal.press("s");
    terminal.press("\x15");
    terminal.paste(kept.to_str().unwrap());
    terminal.press("\r");
    terminal.wait_for("Saved, for your eyes only");
    assert!(codes.iter().all(|code| fs::read_to_string(&kept).unwrap().contains(code)));
    let mode = std::os::unix::fs::MetadataExt::mode(&fs::metadata(&kept).unwrap());
    assert_eq!(mode & 0o777, 0o600);
    terminal.press("\r");
    terminal.wait_for("Are the codes kept?");
    terminal.press("y");
    terminal.wait_for("ada · administrator");
    sign_out(&mut terminal);

    // The step of the enrolment is used up: the next one is good already.
    come_back(&mut terminal, "ada", ADA);
    terminal.wait_for("Type the six digits");
    terminal.press(&code(&secret, 30));
    terminal.press("\r");
    terminal.wait_for("ada · administrator");
    let temporary = make_bob(&mut terminal);
    sign_out(&mut terminal);

    with_backup_codes(&mut terminal, &codes);
    of_another_user(&mut terminal, &temporary, &codes);
    terminal.press("q");
    assert!(terminal.wait_for_end().success());
    terminal.assert_given_back();
    assert!(chain.told(&["audit", "verify"], "").contains("The audit log is whole"));
}

/// One backup code lets in once; the same one is refused, and another one lets in.
fn with_backup_codes(terminal: &mut Terminal, codes: &[String]) {
    for tries in
        [vec![(0, "ada · administrator")], vec![(0, "no backup code of yours"), (1, "ada · administrator")]]
    {
        come_back(terminal, "ada", ADA);
        terminal.wait_for("Type the six digits");
        terminal.press("\x1bOS");
        terminal.wait_for("Type one of your backup codes");
        for (which, answer) in tries {
            let code: &String = &codes[which];
            terminal.press(code);
            terminal.press("\r");
            terminal.wait_for(answer);
        }
        sign_out(terminal);
    }
}

/// Makes a manager on the screen of users; answers the temporary password, which is shown once.
fn make_bob(terminal: &mut Terminal) -> String {
    terminal.press("\x1bOS");
    terminal.wait_for("Last sign-in");
    terminal.press("n");
    terminal.wait_for("New user");
    terminal.press("bob\r");
    terminal.wait_for("Role of bob");
    terminal.press("manager\r");
    terminal.wait_for("Nobody of the staff");
    terminal.press("\r");
    let temporary = shown_password(terminal);
    terminal.wait_for("bob");
    temporary
}

/// Notes the temporary password on the screen, and closes it.
fn shown_password(terminal: &mut Terminal) -> String {
    terminal.wait_for("it is noted, close");
    let screen = terminal.screen();
    let is_password = |word: &&str| word.len() == 19 && word.matches('-').count() == 3;
    let temporary = screen.split_whitespace().find(is_password).expect("a temporary password").to_owned();
    terminal.press("\x1b");
    terminal.wait_until_gone("it is noted, close");
    temporary
}

/// Another user changes the first password, is locked out, unlocked by an administrator, and given another password.
fn of_another_user(terminal: &mut Terminal, temporary: &str, codes: &[String]) {
    change_at_first_use(terminal, temporary, "mV3?xLp-wc8t");
    sign_out(terminal);
    for _ in 0..5 {
        come_back(terminal, "bob", "Not-the-0ne");
        terminal.wait_for("do not go together");
    }
    come_back(terminal, "bob", "mV3?xLp-wc8t");
    terminal.wait_for("do not go together");
    at_bob(terminal, &codes[2]);
    terminal.press("u");
    terminal.wait_for("bob is unlocked.");
    sign_out(terminal);
    come_back(terminal, "bob", "mV3?xLp-wc8t");
    terminal.wait_for("bob · manager");
    terminal.wait_for("failed sign-ins since today");
    sign_out(terminal);

    at_bob(terminal, &codes[3]);
    terminal.press("p");
    terminal.wait_for("Give bob a temporary");
    terminal.press("y");
    let temporary = shown_password(terminal);
    sign_out(terminal);
    change_at_first_use(terminal, &temporary, "kW9!qTz-rv4m");
}

/// The administrator comes in by a backup code, and goes to the second of the two users.
fn at_bob(terminal: &mut Terminal, code: &str) {
    come_back(terminal, "ada", ADA);
    terminal.wait_for("Type the six digits");
    terminal.press("\x1bOS");
    terminal.wait_for("Type one of your backup codes");
    terminal.press(code);
    terminal.press("\r");
    terminal.wait_for("ada · administrator");
    terminal.press("\x1bOS");
    terminal.wait_for("Last sign-in");
    terminal.wait_for("bob");
    terminal.press("j");
}

fn change_at_first_use(terminal: &mut Terminal, temporary: &str, new: &str) {
    come_back(terminal, "bob", temporary);
    terminal.wait_for("has to be changed");
    terminal.paste(new);
    terminal.press("\t");
    terminal.paste(new);
    terminal.press("\r");
    terminal.wait_for("bob · manager");
}

/// Signs in where somebody was before: their name is there, and the focus on the password.
fn come_back(terminal: &mut Terminal, name: &str, password: &str) {
    terminal.press("\x1b[Z\x15");
    terminal.paste(name);
    terminal.press("\t\x15");
    terminal.paste(password);
    terminal.press("\r");
    terminal.wait_for("Checking");
}
