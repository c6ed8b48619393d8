//! Starts a server with the real command, and sends requests to it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A running server, and a client that keeps the server's cookie as a browser does. The server is stopped when dropped.
pub struct TestServer {
    server: Child,
    address: String,
    cookie: Option<String>,
}

impl TestServer {
    /// Starts a server, and reads its address from the first line that it prints.
    pub fn start(mut command: Command) -> Self {
        let mut server = command.stdout(Stdio::piped()).spawn().expect("the command starts");
        let mut line = String::new();
        BufReader::new(server.stdout.take().expect("standard output")).read_line(&mut line).expect("a line with the address");
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("an address").to_owned();
        Self { server, address, cookie: None }
    }

    /// Sends a request. Returns the status, the `Location` header and the body of the response.
    pub fn send(&mut self, method: &str, path: &str, kind: &str, body: &str) -> (u16, Option<String>, Vec<u8>) {
        let mut stream = TcpStream::connect(&self.address).expect("connected");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a timeout");
        let cookie = self.cookie.as_ref().map(|cookie| format!("Cookie: {cookie}\r\n")).unwrap_or_default();
        let address = &self.address;
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\n{cookie}Content-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes())).expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        assert!(
            !head.to_lowercase().contains("transfer-encoding: chunked"),
            "{path} has a chunked body, which this client can't read"
        );
        let header = |name: &str| {
            let value =
                |line: &str| line.split_once(": ").filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, v)| v.to_owned());
            head.lines().find_map(value)
        };
        if let Some(cookie) = header("set-cookie") {
            self.cookie = cookie.split(';').next().map(str::to_owned);
        }
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        (status, header("location"), answer[end + 4..].to_vec())
    }

    /// Requests a page, follows a redirect, and returns the body. Checks that the request succeeds.
    pub fn get(&mut self, path: &str) -> Vec<u8> {
        let (mut status, mut location, mut body) = self.send("GET", path, "text/plain", "");
        if let (303, Some(to)) = (status, location.clone()) {
            (status, location, body) = self.send("GET", &to, "text/plain", "");
        }
        assert_eq!((status, location), (200, None), "{path}: {}", String::from_utf8_lossy(&body));
        body
    }

    /// Sends a form, follows a redirect, and returns the body. Checks that the request succeeds.
    pub fn post(&mut self, path: &str, form: &str) -> Vec<u8> {
        let (status, location, body) = self.send("POST", path, "application/x-www-form-urlencoded", form);
        match location {
            Some(to) if status == 303 => self.get(&to),
            _ => {
                assert_eq!(status, 200, "{path}: {}", String::from_utf8_lossy(&body));
                body
            }
        }
    }

    /// Uploads a case as a file with the extension `ending`.
    pub fn open_as(&mut self, ending: &str, case: &str) {
        let body = format!(
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"case.{ending}\"\r\n\r\n{case}\r\n--b--\r\n"
        );
        let (status, location, body) = self.send("POST", "/open", "multipart/form-data; boundary=b", &body);
        assert!(status == 303 && location.is_some(), "{}", String::from_utf8_lossy(&body));
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Returns the paths of a page's links to the same site, without the slash at the beginning.
#[allow(dead_code, reason = "not every test walks the site")]
pub fn links(html: &str) -> impl Iterator<Item = &str> {
    let targets = html.split("href=\"/").skip(1).filter_map(|rest| rest.split(['"', '#']).next());
    targets.map(|target| target.split('#').next().unwrap_or_default())
}
