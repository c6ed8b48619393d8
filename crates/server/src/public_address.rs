//! The address at which people open the site. If there is a proxy in front of the server, it differs from the address that the server listens on.

use std::fmt;
use std::str::FromStr;

use axum::http::Uri;

/// The scheme, host and port of the site, in the form of a browser's `Origin` header, such as `https://guide.example.org`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicAddress(String);

/// The reason why a text isn't a public address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PublicAddressError {
    /// The text isn't an `http` or `https` URL with a host, or the URL has a user name.
    NotAnAddress,
    /// The URL has a path or a query.
    HasPath,
}

impl fmt::Display for PublicAddressError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NotAnAddress => "write the address that people open, such as https://guide.example.org",
            Self::HasPath => {
                "leave out the path and the query; the site is always at the root of its host, such as https://guide.example.org"
            }
        })
    }
}

impl std::error::Error for PublicAddressError {}

impl FromStr for PublicAddress {
    type Err = PublicAddressError;

    fn from_str(text: &str) -> Result<Self, PublicAddressError> {
        let uri: Uri = text.trim().parse().map_err(|_| PublicAddressError::NotAnAddress)?;
        let default_port = match uri.scheme_str() {
            Some("https") => 443,
            Some("http") => 80,
            _ => return Err(PublicAddressError::NotAnAddress),
        };
        let authority = uri.authority().filter(|authority| !authority.as_str().contains('@'));
        let authority = authority.filter(|authority| !authority.host().is_empty()).ok_or(PublicAddressError::NotAnAddress)?;
        if uri.path_and_query().is_some_and(|path| path != "/") {
            return Err(PublicAddressError::HasPath);
        }
        let host = authority.host().to_ascii_lowercase();
        let port = authority.port_u16().filter(|port| *port != default_port).map(|port| format!(":{port}"));
        Ok(Self(format!("{}://{host}{}", uri.scheme_str().unwrap_or_default(), port.unwrap_or_default())))
    }
}

impl fmt::Display for PublicAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl PublicAddress {
    /// Whether `origin`, the value of an `Origin` header, is this address.
    pub(crate) fn is_origin(&self, origin: &str) -> bool {
        origin == self.0
    }

    /// Whether the address starts with `https://`.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.0.starts_with("https://")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_the_form_of_an_origin() {
        for (text, origin) in [
            ("https://guide.example.org", "https://guide.example.org"),
            ("https://Guide.Example.ORG/", "https://guide.example.org"),
            ("HTTPS://guide.example.org:443", "https://guide.example.org"),
            ("http://guide.example.org:80/", "http://guide.example.org"),
            ("https://guide.example.org:8443", "https://guide.example.org:8443"),
            ("http://[::1]:8080", "http://[::1]:8080"),
        ] {
            assert_eq!(text.parse::<PublicAddress>().map(|address| address.to_string()).as_deref(), Ok(origin), "{text}");
        }
        for (text, error) in [
            ("guide.example.org", PublicAddressError::NotAnAddress),
            ("ftp://guide.example.org", PublicAddressError::NotAnAddress),
            ("https://user@guide.example.org", PublicAddressError::NotAnAddress),
            ("https://", PublicAddressError::NotAnAddress),
            ("", PublicAddressError::NotAnAddress),
            ("https://guide.example.org/guide", PublicAddressError::HasPath),
            ("https://guide.example.org/?a", PublicAddressError::HasPath),
        ] {
            assert_eq!(text.parse::<PublicAddress>(), Err(error), "{text}");
        }
    }
}
