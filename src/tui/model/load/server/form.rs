//! The first step of a load from a server: which server, how to sign in there, and how to load.

use crate::etl::source::api::Auth;
use crate::service::api::{NamedSource, Target, Tested};
use crate::tui::model::command::Command;
use crate::tui::model::field::Field;
use crate::tui::model::key::Key;
use crate::tui::model::load::choices::{Choice, Choices, turned};
use crate::tui::model::message::Failure;
use crate::tui::model::widgets::pick_list::PickList;

/// How to sign in, as far as it is chosen here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "each is one of the ways of `Auth`")]
pub enum SignIn {
    /// As the saved source has it; not at all where an address is typed.
    #[default]
    AsSaved,
    Header,
    Query,
    Bearer,
    Basic,
    OAuth2,
}

const WAYS: [(SignIn, &str); 6] = [
    (SignIn::AsSaved, "as it is saved; at a typed address, not at all"),
    (SignIn::Header, "a key in a header"),
    (SignIn::Query, "a key in the address"),
    (SignIn::Bearer, "a token (Authorization: Bearer)"),
    (SignIn::Basic, "a user and a password"),
    (SignIn::OAuth2, "a token got for a client (OAuth 2)"),
];

const EXTENTS: [(bool, &str); 2] = [
    (false, "only what is new since the last load, where the server can tell"),
    (true, "everything, also what was loaded before"),
];

/// A part of the step that can have the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Focus {
    /// The address, and the list of saved sources below it.
    #[default]
    Address,
    /// How to sign in.
    SignIn,
    /// The header, parameter, user or client.
    Name,
    /// Where tokens are given out.
    TokenUrl,
    /// What the token is to be good for.
    Scope,
    /// The key, token or password.
    Secret,
    /// Whether everything is read.
    Extent,
    /// How the rows are loaded.
    Choice(Choice),
}

/// What a load from a server lets one choose. Its rows are stored all together: they were all read before.
const CHOICES: [Choice; 5] =
    [Choice::Mode, Choice::OnReject, Choice::OnDuplicate, Choice::Dates, Choice::Course];

/// The step.
#[derive(Debug)]
pub struct ServerForm {
    /// The address, or the name of a saved source.
    pub address: Field,
    /// How to sign in.
    pub sign_in: SignIn,
    /// The header, parameter, user or client.
    pub name: Field,
    /// Where tokens are given out.
    pub token_url: Field,
    /// What the token is to be good for.
    pub scope: Field,
    /// The secret. It is here until the load it is for is left.
    pub secret: Field,
    /// Whether everything is read.
    pub full: bool,
    /// What has the focus.
    pub focus: Focus,
    /// The saved sources that fit what is typed.
    pub sources: PickList<NamedSource>,
    /// What a test of the connection showed.
    pub tested: Option<Tested>,
    all_sources: Vec<NamedSource>,
    /// Whether somebody went to a row of the list, rather than typed.
    moved: bool,
}

impl Default for ServerForm {
    fn default() -> Self {
        ServerForm {
            address: Field::default(),
            sign_in: SignIn::default(),
            name: Field::default(),
            token_url: Field::default(),
            scope: Field::default(),
            secret: Field::default(),
            full: false,
            focus: Focus::default(),
            sources: PickList::new(Vec::new()),
            tested: None,
            all_sources: Vec::new(),
            moved: false,
        }
    }
}

impl ServerForm {
    /// The parts there are, from the top; which, hangs on how one signs in.
    pub fn parts(&self) -> Vec<Focus> {
        let of_sign_in: &[Focus] = match self.sign_in {
            SignIn::AsSaved => &[],
            SignIn::Bearer => &[Focus::Secret],
            SignIn::Header | SignIn::Query | SignIn::Basic => &[Focus::Name, Focus::Secret],
            SignIn::OAuth2 => &[Focus::Name, Focus::TokenUrl, Focus::Scope, Focus::Secret],
        };
        let before = [Focus::Address, Focus::SignIn];
        let after = [Focus::Extent].into_iter().chain(CHOICES.map(Focus::Choice));
        before.into_iter().chain(of_sign_in.iter().copied()).chain(after).collect()
    }

    /// What stands before a part.
    pub fn label(&self, part: Focus) -> &'static str {
        match (part, self.sign_in) {
            (Focus::Address, _) => "Address",
            (Focus::SignIn, _) => "Signing in",
            (Focus::Name, SignIn::Header) => "Header",
            (Focus::Name, SignIn::Query) => "Parameter",
            (Focus::Name, SignIn::OAuth2) => "Client",
            (Focus::Name, _) => "User",
            (Focus::TokenUrl, _) => "Tokens from",
            (Focus::Scope, _) => "Scope",
            (Focus::Secret, SignIn::Basic) => "Password",
            (Focus::Secret, SignIn::Bearer) => "Token",
            (Focus::Secret, SignIn::OAuth2) => "Client secret",
            (Focus::Secret, _) => "Key",
            (Focus::Extent, _) => "What is read",
            (Focus::Choice(choice), _) => choice.label(),
        }
    }

    /// What is typed in a part; nothing where it is a choice.
    pub fn field(&self, part: Focus) -> Option<&Field> {
        match part {
            Focus::Address => Some(&self.address),
            Focus::Name => Some(&self.name),
            Focus::TokenUrl => Some(&self.token_url),
            Focus::Scope => Some(&self.scope),
            Focus::Secret => Some(&self.secret),
            Focus::SignIn | Focus::Extent | Focus::Choice(_) => None,
        }
    }

    fn field_mut(&mut self) -> Option<&mut Field> {
        match self.focus {
            Focus::Address => Some(&mut self.address),
            Focus::Name => Some(&mut self.name),
            Focus::TokenUrl => Some(&mut self.token_url),
            Focus::Scope => Some(&mut self.scope),
            Focus::Secret => Some(&mut self.secret),
            Focus::SignIn | Focus::Extent | Focus::Choice(_) => None,
        }
    }

    /// What is chosen in a part, in words; nothing where it is typed.
    pub fn words(&self, part: Focus, choices: &Choices) -> Option<&'static str> {
        let word = match part {
            Focus::SignIn => WAYS.iter().find(|(way, _)| *way == self.sign_in).map(|(_, words)| *words),
            Focus::Extent => EXTENTS.iter().find(|(full, _)| *full == self.full).map(|(_, words)| *words),
            Focus::Choice(choice) => Some(choices.words(choice)),
            _ => None,
        };
        word.filter(|_| self.field(part).is_none())
    }

    /// Whether a key with a character is text now.
    pub(in crate::tui::model) fn is_typing(&self) -> bool {
        self.field(self.focus).is_some()
    }

    pub(in crate::tui::model) fn type_key(&mut self, key: Key) {
        let Some(field) = self.field_mut() else { return };
        let before = field.text().len();
        // A key either adds or takes away: the same length is the same text.
        if field.press(key) && before != field.text().len() {
            self.changed();
        }
    }

    pub(in crate::tui::model) fn paste(&mut self, text: &str) {
        if let Some(field) = self.field_mut() {
            field.insert(text);
            self.changed();
        }
    }

    fn changed(&mut self) {
        self.tested = None;
        if self.focus == Focus::Address {
            self.narrow();
        }
    }

    /// Takes in the saved sources.
    pub(in crate::tui::model) fn take(&mut self, sources: Vec<NamedSource>) {
        self.all_sources = sources;
        self.narrow();
    }

    fn narrow(&mut self) {
        let named = self.all_sources.iter().map(|source| (source.clone(), source.name.clone()));
        self.sources = PickList::new(named.collect());
        self.sources.paste(self.address.text());
        self.moved = false;
    }

    /// How many sources are saved.
    pub fn saved(&self) -> usize {
        self.all_sources.len()
    }

    pub(in crate::tui::model) fn next_part(&mut self, by: isize) {
        let parts = self.parts();
        let at = parts.iter().position(|part| *part == self.focus).unwrap_or_default();
        let to = (at + parts.len()).saturating_add_signed(by) % parts.len().max(1);
        self.focus = parts.get(to).copied().unwrap_or_default();
    }

    /// Moves in the list, between the parts, or turns a choice.
    pub(in crate::tui::model) fn go(&mut self, command: Command, choices: &mut Choices) {
        match (self.focus, command) {
            (Focus::Address, _) => {
                self.sources.command(command);
                self.moved = true;
            }
            (_, Command::Up) => self.next_part(-1),
            (_, Command::Down) => self.next_part(1),
            (Focus::SignIn, _) => {
                self.sign_in = turned(&WAYS, self.sign_in, command == Command::Left);
                self.tested = None;
            }
            (Focus::Extent, _) => self.full = !self.full,
            (Focus::Choice(choice), _) => choices.turn(choice, command == Command::Left),
            _ => {}
        }
    }

    /// A part, counted from 0, was clicked: it has the focus, and a choice turns.
    pub(in crate::tui::model) fn touch(&mut self, part: usize, choices: &mut Choices) {
        if let Some(part) = self.parts().get(part) {
            self.focus = *part;
            if self.field(*part).is_none() {
                self.go(Command::Right, choices);
            }
        }
    }

    /// What was typed stays, but for the secret.
    pub(in crate::tui::model) fn begin_anew(&mut self) {
        self.secret.clear();
        self.focus = Focus::Address;
    }

    /// A row of the list was clicked, counted among those found.
    pub(in crate::tui::model) fn go_to_row(&mut self, row: usize) {
        self.focus = Focus::Address;
        self.sources.go_to(row);
        self.moved = true;
    }

    /// The saved source that is meant, where one is.
    pub fn source(&self) -> Option<&NamedSource> {
        let typed = self.address.text().trim();
        if self.moved || typed.is_empty() {
            return self.sources.current();
        }
        self.all_sources.iter().find(|source| source.name == typed)
    }

    /// The server that is meant; a part that is missing gets the focus.
    ///
    /// # Errors
    /// What is missing, or wrong.
    pub(in crate::tui::model) fn target(&mut self) -> Result<Target, Failure> {
        if let Some(name) = self.source().map(|source| source.name.clone()) {
            self.address.set(&name);
            self.narrow();
        }
        let address = self.address.text().trim().to_owned();
        if address.is_empty() {
            return Err(self.missing(Focus::Address, "Type an address, as in shop.example/api."));
        }
        let auth = self.auth()?;
        let is_saved = self.source().is_some();
        let secret = (auth.is_some() && !self.secret.is_empty()).then(|| self.secret.secret());
        if auth.is_some() && secret.is_none() && !is_saved {
            let words = format!("{} is missing.", self.label(Focus::Secret));
            return Err(self.missing(Focus::Secret, &words));
        }
        Ok(Target { address, auth, secret, ..Target::default() })
    }

    fn auth(&mut self) -> Result<Option<Auth>, Failure> {
        let name = self.name.text().trim();
        let words = match self.sign_in {
            SignIn::AsSaved => return Ok(None),
            SignIn::Bearer => "bearer".to_owned(),
            SignIn::Header => format!("header:{name}"),
            SignIn::Query => format!("query:{name}"),
            SignIn::Basic => format!("basic:{name}"),
            SignIn::OAuth2 => format!("oauth2:{name}@{}", self.token_url.text().trim()),
        };
        match Auth::from_words(&words) {
            Ok(Auth::OAuth2 { client, token_url, .. }) => {
                let scope = Some(self.scope.text().trim().to_owned()).filter(|scope| !scope.is_empty());
                Ok(Some(Auth::OAuth2 { client, token_url, scope }))
            }
            Ok(auth) => Ok(Some(auth)),
            Err(_) => {
                let is_named = self.sign_in == SignIn::OAuth2 && !name.is_empty();
                let part = if is_named { Focus::TokenUrl } else { Focus::Name };
                let words = format!("{} is missing, or can not be one.", self.label(part));
                Err(self.missing(part, &words))
            }
        }
    }

    fn missing(&mut self, part: Focus, words: &str) -> Failure {
        self.focus = part;
        Failure::new(words)
    }
}
