//! The names under which pictures are kept. They are the server's own: nothing of what a client says is in
//! them, and nobody can guess one.

/// What a kept picture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Opaque.
    Jpeg,
    /// With transparency.
    Png,
}

impl Kind {
    const ALL: [Self; 2] = [Self::Jpeg, Self::Png];

    const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }
}

/// The folder of pictures of people.
const AVATARS: &str = "avatars";
/// The random part, in hexadecimal digits.
const DIGITS: usize = 32;

/// The key of a kept picture, `avatars/{32 hexadecimal digits}.{jpg|png}`. What is under it never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaKey {
    key: String,
    kind: Kind,
}

impl MediaKey {
    /// A new one, for a picture of a person.
    pub(super) fn avatar(kind: Kind) -> Self {
        let key = format!("{AVATARS}/{:0DIGITS$x}.{}", rand::random::<u128>(), kind.extension());
        Self { key, kind }
    }

    /// Reads a key; `None` for whatever this server would not have made.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (name, extension) = text.strip_prefix(AVATARS)?.strip_prefix('/')?.split_once('.')?;
        let random = name.len() == DIGITS && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let kind = Kind::ALL.into_iter().find(|kind| kind.extension() == extension)?;
        random.then(|| Self { key: text.to_owned(), kind })
    }

    /// As it is kept in rows.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.key
    }

    /// What is under it.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Its random part, which no other key has.
    #[must_use]
    pub fn random(&self) -> &str {
        let name = self.key.rsplit_once('/').map_or(self.key.as_str(), |(_, name)| name);
        name.get(..DIGITS).unwrap_or(name)
    }
}

/// Where the API answers with the picture under `key`, on its own origin.
#[must_use]
pub fn public_path(key: &str) -> String {
    format!("/media/{key}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_again_and_nothing_else() {
        for kind in Kind::ALL {
            let key = MediaKey::avatar(kind);
            assert_eq!(MediaKey::parse(key.as_str()), Some(key.clone()));
            assert_eq!(key.as_str(), format!("avatars/{}.{}", key.random(), kind.extension()));
            assert_eq!(public_path(key.as_str()), format!("/media/{}", key.as_str()));
            assert_ne!(MediaKey::avatar(kind), key);
        }
        let hex = "0123456789abcdef0123456789abcdef";
        assert!(MediaKey::parse(&format!("avatars/{hex}.jpg")).is_some());
        let upper = hex.to_uppercase();
        for odd in [
            String::new(),
            format!("{hex}.jpg"),
            format!("avatars{hex}.jpg"),
            format!("avatars/{hex}"),
            format!("avatars/{hex}.gif"),
            format!("avatars/{hex}.JPG"),
            format!("avatars/{hex}.jpg.png"),
            format!("avatars/{hex}.jpg#1"),
            format!("avatars/{hex}.jpg\0"),
            format!("avatars/{hex}0.jpg"),
            format!("avatars/{}.jpg", &hex[1..]),
            format!("avatars/{upper}.jpg"),
            format!("avatars/../{hex}.jpg"),
            format!("/avatars/{hex}.jpg"),
            format!("avatars//{hex}.jpg"),
            format!("Avatars/{hex}.jpg"),
            format!("avatars/{hex}.jpg/"),
            format!("avatars/{}ä.jpg", &hex[2..]),
        ] {
            assert_eq!(MediaKey::parse(&odd), None, "{odd:?}");
        }
    }
}
