//! Reads messages back, so that tests see what a mail client would.

/// A message, or a part of one.
pub(super) struct Entity {
    headers: Vec<(String, String)>,
    /// Decoded; empty where there are parts.
    pub(super) body: String,
    /// In their order.
    pub(super) parts: Vec<Entity>,
}

impl Entity {
    /// The value of the header `name`, unfolded.
    pub(super) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value)
    }
}

/// Reads a whole message.
pub(super) fn message(bytes: &[u8]) -> Entity {
    let text = std::str::from_utf8(bytes).unwrap();
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "lines end with CRLF");
    entity(text)
}

fn entity(text: &str) -> Entity {
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let headers = head.replace("\r\n ", " ");
    let headers = headers.lines().map(|line| line.split_once(": ").unwrap());
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let mut entity = Entity { headers, body: String::new(), parts: Vec::new() };
    if let Some((_, boundary)) = entity.header("Content-Type").split_once("boundary=") {
        let delimiter = format!("--{}", boundary.trim_matches('"'));
        let mut parts: Vec<_> = body.split(&delimiter).skip(1).collect();
        assert_eq!(parts.pop(), Some("--\r\n"), "the last delimiter closes");
        entity.parts = parts.iter().map(|part| self::entity(part.trim_start())).collect();
    } else {
        let body = body.trim_end_matches("\r\n").replace("\r\n", "\n");
        entity.body = match entity.header("Content-Transfer-Encoding") {
            "7bit" | "8bit" => body,
            "quoted-printable" => from_quoted_printable(&body),
            other => panic!("{other} is not read here"),
        };
    }
    entity
}

fn from_quoted_printable(text: &str) -> String {
    let text = text.replace("=\n", "");
    let mut pieces = text.split('=');
    let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        let (digits, plain) = piece.split_at(2);
        bytes.push(u8::from_str_radix(digits, 16).unwrap());
        bytes.extend(plain.bytes());
    }
    String::from_utf8(bytes).unwrap()
}
