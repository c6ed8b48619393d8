//! The configuration of `sarcoguide serve`. A setting comes from a flag, an environment variable, the configuration file, or a default,
//! in this order of precedence.

use std::ffi::OsString;
use std::fmt;
use std::fs::File;
use std::io::Read;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use sarcoguide_bundled::shown_path;
use sarcoguide_case::shown;
use sarcoguide_server::PublicAddress;
use sarcoguide_text::suggestion;
use toml::de::DeTable;

use crate::args::{ServeFlags, address, public_address};
use crate::input::read_error;
use crate::output::Failure;

// The environment variables that `serve` reads.
const CONFIG: &str = "SARCOGUIDE_CONFIG";
const GUIDE: &str = "SARCOGUIDE_GUIDE";
const LANGUAGE: &str = "SARCOGUIDE_LANGUAGE";
const ADDR: &str = "SARCOGUIDE_ADDR";
const KEY_FILES: &str = "SARCOGUIDE_KEY_FILES";
const ENCRYPTED: &str = "SARCOGUIDE_ENCRYPTED";
const PUBLIC_ADDRESS: &str = "SARCOGUIDE_PUBLIC_ADDRESS";
const VARIABLES: [&str; 7] = [CONFIG, GUIDE, LANGUAGE, ADDR, KEY_FILES, ENCRYPTED, PUBLIC_ADDRESS];

/// The settings that a configuration file can have.
const SETTINGS: [&str; 6] = ["guide", "language", "addr", "key_files", "encrypted", "public_address"];

/// The maximum size of a configuration file, in bytes.
const MAX_FILE_BYTES: u64 = 64 << 10;

/// The source of a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A flag of the command.
    Flag(&'static str),
    /// An environment variable.
    Variable(&'static str),
    /// The configuration file at this path.
    File(PathBuf),
    /// The default value. The setting isn't given anywhere.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) | Self::Variable(name) => formatter.write_str(name),
            Self::File(path) => write!(formatter, "{}", shown_path(path)),
            Self::Default => formatter.write_str("default"),
        }
    }
}

/// A value and its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<T> {
    /// The value in effect.
    pub value: T,
    /// The source of the value.
    pub origin: Origin,
}

/// The settings of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The guide's folder, or `None` for the built-in guide.
    pub guide: Setting<Option<PathBuf>>,
    /// The language of the interface text, or `None` for the guide's own language.
    pub language: Setting<Option<String>>,
    /// The IP address and port to listen at.
    pub addr: Setting<SocketAddr>,
    /// The key files, newest first. If the list is empty, a new key is made at each start.
    pub key_files: Setting<Vec<PathBuf>>,
    /// Whether people reach the server over HTTPS.
    pub encrypted: Setting<bool>,
    /// The address at which people open the site. Needed if a proxy sends the server a different `Host` header.
    pub public_address: Setting<Option<PublicAddress>>,
}

/// The contents of a configuration file. Relative paths are relative to the file's folder.
#[derive(Default)]
struct Table {
    guide: Option<PathBuf>,
    language: Option<String>,
    addr: Option<String>,
    key_files: Option<Vec<PathBuf>>,
    encrypted: Option<bool>,
    public_address: Option<String>,
}

/// The environment variables and the configuration file, as sources of settings.
struct Sources<'a> {
    variable: &'a dyn Fn(&str) -> Option<OsString>,
    file: Option<(PathBuf, Table)>,
}

impl Sources<'_> {
    /// Returns a setting from the first source that has it: flag, variable, file, default.
    fn setting<T>(
        &self,
        (flag, flag_value): (&'static str, Option<T>),
        (variable, parse): (&'static str, impl Fn(OsString) -> Result<T, String>),
        in_file: impl Fn(&Path, &Table) -> Result<Option<T>, String>,
        default: T,
    ) -> Result<Setting<T>, Failure> {
        if let Some(value) = flag_value {
            return Ok(Setting { value, origin: Origin::Flag(flag) });
        }
        if let Some(text) = (self.variable)(variable) {
            let value = parse(text).map_err(|message| Failure::Input(format!("{variable}: {message}")))?;
            return Ok(Setting { value, origin: Origin::Variable(variable) });
        }
        if let Some((path, table)) = &self.file {
            let found = in_file(path, table).map_err(|message| Failure::Input(format!("{}: {message}", shown_path(path))))?;
            if let Some(value) = found {
                return Ok(Setting { value, origin: Origin::File(path.clone()) });
            }
        }
        Ok(Setting { value: default, origin: Origin::Default })
    }
}

impl Config {
    /// Resolves the settings from the flags, the environment, and the configuration file if a flag or variable names one.
    pub(crate) fn resolve(
        guide: Option<&Path>,
        language: Option<&str>,
        flags: &ServeFlags,
        environment: impl Iterator<Item = (OsString, OsString)>,
    ) -> Result<Self, Failure> {
        let ours = |(name, _): &(OsString, OsString)| name.to_str().is_some_and(|name| name.starts_with("SARCOGUIDE_"));
        let variables: Vec<(OsString, OsString)> = environment.filter(ours).collect();
        if let Some((name, _)) = variables.iter().find(|(name, _)| VARIABLES.iter().all(|known| name != known)) {
            let name = name.to_string_lossy();
            return Err(Failure::Input(format!(
                "the environment variable `{name}` isn't a setting; use one of {}",
                VARIABLES.join(", ")
            )));
        }
        let variable = |wanted: &str| {
            let found = variables.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone());
            found.filter(|value| !value.is_empty())
        };
        let file = flags.config.clone().or_else(|| variable(CONFIG).map(PathBuf::from));
        let file = file.map(|path| read(&path).map(|table| (path, table))).transpose()?;
        let sources = Sources { variable: &variable, file };
        let relative_to = |file: &Path, path: &PathBuf| file.parent().unwrap_or(Path::new("")).join(path);
        Ok(Self {
            guide: sources.setting(
                ("--guide", guide.map(|guide| Some(guide.to_owned()))),
                (GUIDE, |value| Ok(Some(value.into()))),
                |path, table| Ok(table.guide.as_ref().map(|guide| Some(relative_to(path, guide)))),
                None,
            )?,
            language: sources.setting(
                ("--language", language.map(|language| Some(language.to_owned()))),
                (LANGUAGE, |value| Ok(Some(value.to_string_lossy().into_owned()))),
                |_, table| Ok(table.language.clone().map(Some)),
                None,
            )?,
            addr: sources.setting(
                ("--addr", flags.addr),
                (ADDR, |value| address(&value.to_string_lossy())),
                |_, table| table.addr.as_deref().map(address).transpose().map_err(|message| format!("`addr`: {message}")),
                SocketAddr::from(([127, 0, 0, 1], 8080)),
            )?,
            key_files: sources.setting(
                ("--key-file", (!flags.key_file.is_empty()).then(|| flags.key_file.clone())),
                (KEY_FILES, |value| Ok(std::env::split_paths(&value).collect())),
                |path, table| {
                    Ok(table.key_files.as_ref().map(|files| files.iter().map(|file| relative_to(path, file)).collect()))
                },
                Vec::new(),
            )?,
            encrypted: sources.setting(
                ("--encrypted", flags.encrypted),
                (ENCRYPTED, |value| value.to_string_lossy().parse().map_err(|_| "write true or false".to_owned())),
                |_, table| Ok(table.encrypted),
                false,
            )?,
            public_address: sources.setting(
                ("--public-address", flags.public_address.clone().map(Some)),
                (PUBLIC_ADDRESS, |value| public_address(&value.to_string_lossy()).map(Some)),
                |_, table| {
                    let address = table.public_address.as_deref().map(|text| public_address(text).map(Some));
                    address.transpose().map_err(|message| format!("`public_address`: {message}"))
                },
                None,
            )?,
        })
    }
}

fn read(path: &Path) -> Result<Table, Failure> {
    let failed = |error: &str| Failure::Input(format!("{}: {error}", shown_path(path)));
    let mut text = String::new();
    let file = File::open(path).map_err(|error| read_error(path, &error))?;
    file.take(MAX_FILE_BYTES + 1).read_to_string(&mut text).map_err(|error| read_error(path, &error))?;
    if text.len() as u64 > MAX_FILE_BYTES {
        return Err(failed("a configuration file can be at most 64 kB; is this the right file?"));
    }
    table(&text).map_err(|error| failed(&error))
}

/// Reads the settings in a configuration file. An error gives the place and the name of the setting, but no part of a value: someone may have
/// named the wrong file, such as one that contains a person's case or a password.
fn table(text: &str) -> Result<Table, String> {
    let place = |offset: usize| {
        let before = &text[..text.floor_char_boundary(offset)];
        let column = 1 + before.rsplit('\n').next().map_or(0, |line| line.chars().count());
        format!("line {}, column {column}", 1 + before.matches('\n').count())
    };
    let parsed = DeTable::parse(text).map_err(|error| {
        let place = place(error.span().map_or(0, |span| span.start));
        format!("{place}: this isn't valid TOML ({}); is this the right file?", error.message())
    })?;
    let mut table = Table::default();
    for (key, value) in parsed.get_ref() {
        let name: &str = key.get_ref();
        let expected = |what: &str| format!("{}: `{name}` must be {what}", place(value.span().start));
        let text = || value.get_ref().as_str().map(str::to_owned).ok_or_else(|| expected("a string in quotes"));
        match name {
            "guide" => table.guide = Some(text()?.into()),
            "language" => table.language = Some(text()?),
            "addr" => table.addr = Some(text()?),
            "key_files" => {
                let files = value.get_ref().as_array();
                let files = files.and_then(|files| files.iter().map(|file| file.get_ref().as_str().map(PathBuf::from)).collect());
                table.key_files = Some(files.ok_or_else(|| expected("a list of strings in quotes"))?);
            }
            "encrypted" => table.encrypted = Some(value.get_ref().as_bool().ok_or_else(|| expected("true or false"))?),
            "public_address" => table.public_address = Some(text()?),
            unknown => {
                let place = place(key.span().start);
                let help = suggestion(unknown, SETTINGS)
                    .map_or_else(|| format!("use one of {}", SETTINGS.join(", ")), |name| format!("did you mean `{name}`?"));
                return Err(format!("{place}: there is no setting `{}`; {help}", shown(unknown)));
            }
        }
    }
    Ok(table)
}

/// Prints the settings as a configuration file, with the source of each setting in a comment. The contents of key files aren't shown.
impl fmt::Display for Config {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { guide, language, addr, key_files, encrypted, public_address } = self;
        // A JSON string is also a valid TOML string.
        let quoted = |text: String| serde_json::Value::from(text).to_string();
        let path = |path: &PathBuf| quoted(path.to_string_lossy().into_owned());
        match &guide.value {
            Some(folder) => writeln!(formatter, "guide = {} # {}", path(folder), guide.origin)?,
            None => writeln!(formatter, "# guide: the built-in one ({})", guide.origin)?,
        }
        match &language.value {
            Some(tag) => writeln!(formatter, "language = {} # {}", quoted(tag.clone()), language.origin)?,
            None => writeln!(formatter, "# language: the guide's own ({})", language.origin)?,
        }
        writeln!(formatter, "addr = {} # {}", quoted(addr.value.to_string()), addr.origin)?;
        if key_files.value.is_empty() {
            writeln!(formatter, "key_files = [] # {}; a new key is made at each start", key_files.origin)?;
        } else {
            let files: Vec<String> = key_files.value.iter().map(path).collect();
            writeln!(formatter, "key_files = [{}] # {}; the keys in them are not shown", files.join(", "), key_files.origin)?;
        }
        writeln!(formatter, "encrypted = {} # {}", encrypted.value, encrypted.origin)?;
        match &public_address.value {
            Some(address) => writeln!(formatter, "public_address = {} # {}", quoted(address.to_string()), public_address.origin),
            None => writeln!(formatter, "# public_address: none ({})", public_address.origin),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Resolves the settings from a file with this text, these variables and these flags.
    fn resolved(file: &str, variables: &[(&str, &str)], flags: ServeFlags) -> Result<Config, String> {
        static COUNT: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("sarcoguide-config-{}-{count}.toml", std::process::id()));
        std::fs::write(&path, file).expect("written");
        let flags = ServeFlags { config: Some(path.clone()), ..flags };
        let variables = variables.iter().map(|(name, value)| ((*name).into(), (*value).into()));
        let config = Config::resolve(None, None, &flags, variables);
        std::fs::remove_file(&path).expect("removed");
        config.map_err(|failure| match failure {
            Failure::Input(message) => message,
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn flags_override_variables_which_override_the_file_which_overrides_defaults() {
        let file = "addr = '127.0.0.1:1'\nencrypted = true\nkey_files = ['a.key', '/b.key']\n";
        let variables =
            [("SARCOGUIDE_ADDR", "127.0.0.1:2"), ("PATH", "/"), ("SARCOGUIDE_PUBLIC_ADDRESS", "https://Guide.example/")];
        let flags = ServeFlags { addr: Some(([127, 0, 0, 1], 3).into()), ..ServeFlags::default() };
        let port = |config: &Config| (config.addr.value.port(), config.addr.origin.clone());
        let config = resolved(file, &variables, flags).expect("settings");
        assert_eq!(port(&config), (3, Origin::Flag("--addr")));
        assert_eq!(config.public_address.value.as_ref().map(ToString::to_string).as_deref(), Some("https://guide.example"));
        assert_eq!(config.public_address.origin, Origin::Variable("SARCOGUIDE_PUBLIC_ADDRESS"));
        let config = resolved(file, &variables, ServeFlags::default()).expect("settings");
        assert_eq!(port(&config), (2, Origin::Variable("SARCOGUIDE_ADDR")));
        let config = resolved(file, &[], ServeFlags::default()).expect("settings");
        assert_eq!(config.addr.value.port(), 1);
        assert!(config.encrypted.value && matches!(config.encrypted.origin, Origin::File(_)));
        assert_eq!(config.key_files.value, [std::env::temp_dir().join("a.key"), PathBuf::from("/b.key")]);
        let config = resolved("", &[], ServeFlags::default()).expect("settings");
        assert_eq!(port(&config), (8080, Origin::Default));
        assert_eq!((config.guide.value, config.public_address.value), (None, None));
        // The flag turns off what the file turns on.
        let flags = ServeFlags { encrypted: Some(false), ..ServeFlags::default() };
        assert!(!resolved(file, &[], flags).expect("settings").encrypted.value);
    }

    #[test]
    fn errors_name_the_line_setting_or_variable() {
        for (file, variables, parts) in [
            ("adr = '127.0.0.1:1'", &[][..], &["line 1, column 1: there is no setting `adr`; did you mean `addr`?"][..]),
            ("addr = 'here'", &[], &["`addr`: write an IP address and a port"]),
            ("encrypted = 'yes'", &[], &["line 1, column 13: `encrypted` must be true or false"]),
            ("\nkey_files = 'a.key'", &[], &["line 2, column 13: `key_files` must be a list of strings in quotes"]),
            ("key_files = ['a.key', 1]", &[], &["`key_files` must be a list"]),
            ("public_address = 'guide.example'", &[], &["`public_address`: write the address that people open"]),
            ("[", &[], &["line 1, column 2: this isn't valid TOML", "is this the right file?"]),
            ("", &[("SARCOGUIDE_ADRR", "x")], &["`SARCOGUIDE_ADRR`", "SARCOGUIDE_ADDR"]),
            ("", &[("SARCOGUIDE_ENCRYPTED", "yes")], &["SARCOGUIDE_ENCRYPTED: write true or false"]),
            ("", &[("SARCOGUIDE_ADDR", "localhost")], &["SARCOGUIDE_ADDR: write an IP address"]),
        ] {
            let message = resolved(file, variables, ServeFlags::default()).expect_err("the settings are invalid");
            assert!(parts.iter().all(|part| message.contains(part)), "{file} {variables:?}: {message}");
        }
        let long = "# x\n".repeat(20_000);
        assert!(resolved(&long, &[], ServeFlags::default()).expect_err("too long").contains("at most 64 kB"));
    }

    /// `--config` may name the wrong file, such as one that contains a password.
    #[test]
    fn errors_show_no_part_of_a_value() {
        for file in [
            "PASSWORD=hunter2\n",
            "{\"facts\": {\"age\": \"hunter2\"}}",
            "hunter2",
            "addr = 'hunter2'",
            "addr = hunter2",
            "addr = ['hunter2']",
            "encrypted = 'hunter2'",
            "key_files = 'hunter2'",
            "public_address = 'hunter2'",
            "public_address = 'https://hunter2/x?y'",
            "[facts]\nhistology = 'hunter2'",
            "guide = 'hunter2",
            "guide = \"\\hunter2\"",
            "x = 1979-05-hunter2",
        ] {
            let message = resolved(file, &[], ServeFlags::default()).expect_err("the settings are invalid");
            assert!(!message.contains("hunter2"), "{file}: {message}");
        }
        let long = format!("{} = 1", "a".repeat(1000));
        assert!(resolved(&long, &[], ServeFlags::default()).expect_err("no setting").len() < 400);
    }

    #[test]
    fn the_printed_settings_are_a_valid_configuration_file() {
        let file = "guide = '/g \"x\"'\naddr = '0.0.0.0:80'\nkey_files = ['/a.key']\nencrypted = true\npublic_address = 'https://a.example'\nlanguage = 'de'";
        let config = resolved(file, &[], ServeFlags::default()).expect("settings");
        let again = resolved(&config.to_string(), &[], ServeFlags::default()).expect("settings");
        assert_eq!(again.guide.value, Some(PathBuf::from("/g \"x\"")));
        assert_eq!(again.language.value.as_deref(), Some("de"));
        assert_eq!((again.addr.value, again.key_files.value), (config.addr.value, config.key_files.value));
        assert_eq!((again.encrypted.value, again.public_address.value), (true, config.public_address.value));
        let nothing = resolved("", &[], ServeFlags::default()).expect("settings").to_string();
        assert!(resolved(&nothing, &[], ServeFlags::default()).is_ok(), "{nothing}");
    }
}
