//! Runs `sarcoguide serve`, and checks its settings, keys, startup messages and memory use.

#![allow(clippy::disallowed_methods, reason = "tests run the command and connect to it")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

const PROGRAM: &str = env!("CARGO_BIN_EXE_sarcoguide");

/// A running server. It's stopped when dropped.
struct Server {
    process: Child,
    address: SocketAddr,
}

impl Server {
    /// Starts a server, and waits until it prints its address.
    fn start(command: &mut Command) -> Self {
        let mut process = command.stdout(Stdio::piped()).spawn().expect("the command starts");
        let mut line = String::new();
        let output = process.stdout.as_mut().expect("standard output");
        BufReader::new(output).read_line(&mut line).expect("a line with the address");
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next());
        let address = address.and_then(|address| address.parse().ok()).unwrap_or_else(|| panic!("no address: {line}"));
        Self { process, address }
    }

    /// Requests a path, and returns the whole response, including its head.
    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(self.address).expect("connected");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a timeout");
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("written");
        let mut text = Vec::new();
        let _ = stream.read_to_end(&mut text);
        String::from_utf8_lossy(&text).into_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn run(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    Command::new(PROGRAM).args(arguments).envs(variables.iter().copied()).output().expect("the command starts")
}

/// Writes a temporary file, and returns its path.
fn temporary(name: &str, bytes: &[u8]) -> PathBuf {
    let path = std::env::temp_dir().join(format!("sarcoguide-serve-{}-{name}", std::process::id()));
    fs::write(&path, bytes).expect("written");
    path
}

#[test]
fn show_config_names_every_setting_and_where_it_comes_from() {
    let file = temporary("config.toml", b"addr = '127.0.0.1:9'\nencrypted = true\n");
    let path = file.to_string_lossy();
    let arguments = ["serve", "--key-file", "/new.key", "--key-file", "/old.key", "--show-config"];
    let output = run(&arguments, &[("SARCOGUIDE_CONFIG", &path), ("SARCOGUIDE_ADDR", "127.0.0.1:7")]);
    fs::remove_file(&file).expect("removed");
    assert!(output.status.success());
    let expected = format!(
        "# guide: the built-in one (default)\n\
         # language: the guide's own (default)\n\
         addr = \"127.0.0.1:7\" # SARCOGUIDE_ADDR\n\
         key_files = [\"/new.key\", \"/old.key\"] # --key-file; the keys in them are not shown\n\
         encrypted = true # {path}\n\
         # public_address: none (default)\n"
    );
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
}

#[test]
fn invalid_settings_and_unreadable_files_are_refused() {
    let zeros = temporary("zeros", &[0; 32]);
    let path = zeros.to_string_lossy();
    for (arguments, parts) in [
        (&["--key-file", &path][..], &["32 zero bytes", "/dev/urandom"][..]),
        (&["--encrypted", "--public-address", "http://a.example"], &["http://a.example", "write https://"]),
        (&["--public-address", "a.example"], &["write the address that people open"]),
        (&["--encrypted=perhaps"], &["--encrypted"]),
    ] {
        let output = run(&[&["serve"], arguments].concat(), &[]);
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
        assert!(parts.iter().all(|part| message.contains(part)), "{arguments:?}: {message}");
    }
    fs::remove_file(&zeros).expect("removed");
    // Every flag that names a file gives the same exit code and message if the file can't be read.
    for flag in ["--config", "--key-file"] {
        for (path, why) in [("/no/such/file", "there is no such file"), ("/", "this is a folder, not a file")] {
            let output = run(&["serve", flag, path], &[]);
            let message = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(3), "{flag}: {message}");
            assert_eq!(message, format!("sarcoguide: {path}: {why}\n"), "{flag}");
        }
    }
}

#[test]
fn the_startup_messages_fit_the_settings() {
    for (arguments, expected, unexpected) in [
        (&["--addr", "127.0.0.1:0"][..], &[][..], &["Other machines", "--encrypted"][..]),
        (&["--addr", "0.0.0.0:0"], &["Other machines", "pass --encrypted"], &[]),
        // With `--encrypted`, the message doesn't suggest the flag again.
        (&["--addr", "0.0.0.0:0", "--encrypted"], &["Other machines", "Let only the proxy"], &["pass --encrypted"]),
        (
            &["--addr", "127.0.0.1:0", "--public-address", "https://a.example"],
            &["People open it at https://a.example/", "pass --encrypted too"],
            &[],
        ),
    ] {
        let mut command = Command::new(PROGRAM);
        let mut process = command.arg("serve").args(arguments).stdout(Stdio::piped()).spawn().expect("the command starts");
        let mut output = process.stdout.take().expect("standard output");
        // The server prints all messages at once, so one read returns them all.
        let mut text = vec![0; 4096];
        let read = output.read(&mut text).expect("the messages");
        process.kill().expect("ended");
        process.wait().expect("the server ends");
        let text = String::from_utf8_lossy(&text[..read]);
        assert!(expected.iter().all(|part| text.contains(part)), "{arguments:?}: {text}");
        assert!(!unexpected.iter().any(|part| text.contains(part)), "{arguments:?}: {text}");
    }
}

/// Opens 900 connections that request the largest download and never read it. If the server kept the whole download for each of them, it would exceed
/// the limits below.
#[cfg(target_os = "linux")]
#[test]
fn clients_that_never_read_do_not_fill_memory_or_block_others() {
    use socket2::{Domain, Socket, Type};

    /// The maximum resident memory of the server, in kB.
    const MAX_RESIDENT: u64 = 400_000;
    /// The maximum virtual memory of the server, in kB. A server that needs more can't allocate it, and ends.
    const MAX_VIRTUAL: u64 = 1_300_000;
    let serve = format!("ulimit -v {MAX_VIRTUAL} -n 4096 && exec {PROGRAM} serve --addr 127.0.0.1:0");
    let mut command = Command::new("bash");
    let server = Server::start(command.args(["-c", &serve]));
    let whole = server.get("/take/options.json");
    assert!(whole.starts_with("HTTP/1.1 200") && whole.len() > 1_000_000, "{} bytes", whole.len());
    let request = b"GET /take/options.json HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let unread = (0..900).map(|_| {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
        // Use a small receive buffer, so that the unread data stays in the server instead of in the operating system's buffers.
        socket.set_recv_buffer_size(4096).expect("set");
        socket.connect(&server.address.into()).expect("connected");
        socket.send(request).expect("sent");
        socket
    });
    let unread: Vec<Socket> = unread.collect();
    // Meanwhile, other clients get every page at once. A download may be refused for a short time.
    for path in ["/guide", "/options", "/health", "/treatment/doxorubicin"] {
        let page = server.get(path);
        assert!(page.starts_with("HTTP/1.1 200"), "{path}: {}", page.chars().take(300).collect::<String>());
    }
    let downloads = (0..120).map(|_| {
        std::thread::sleep(Duration::from_millis(500));
        server.get("/take/options.json")
    });
    let answers: Vec<String> = downloads.take_while(|answer| !answer.starts_with("HTTP/1.1 200")).collect();
    assert!(answers.len() < 120, "a download should work again after a while");
    let busy = |answer: &String| answer.starts_with("HTTP/1.1 503") && answer.to_lowercase().contains("\r\nretry-after: 5\r\n");
    assert!(answers.iter().all(busy), "{:?}", answers.iter().find(|answer| !busy(answer)));
    let status = fs::read_to_string(format!("/proc/{}/status", server.process.id())).expect("it runs");
    let resident = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("the peak of resident memory");
    let resident: u64 = resident.trim().trim_end_matches(" kB").parse().expect("a number");
    assert!(resident < MAX_RESIDENT, "{resident} kB");
    drop(unread);
}
