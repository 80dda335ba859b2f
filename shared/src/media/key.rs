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

/// What a picture is kept for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The picture of a person.
    Avatar,
    /// One of a listing's pictures.
    Listing,
    /// The small form of one of these.
    Thumbnail,
}

impl Purpose {
    /// Each of them.
    pub const ALL: [Self; 3] = [Self::Avatar, Self::Listing, Self::Thumbnail];

    /// What its keys begin with.
    const fn folder(self) -> &'static str {
        match self {
            Self::Avatar => "avatars",
            Self::Listing => "listings",
            Self::Thumbnail => "thumbnails",
        }
    }

    /// The most pixels that the longer side of what is kept has.
    #[must_use]
    pub const fn longest_side(self) -> u32 {
        match self {
            Self::Avatar => 512,
            Self::Listing => 1_600,
            Self::Thumbnail => 320,
        }
    }
}

/// The random part, in hexadecimal digits.
const DIGITS: usize = 32;

/// The key of a kept picture, `{avatars|listings|thumbnails}/{32 hexadecimal digits}.{jpg|png}`. What is under it
/// never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaKey {
    key: String,
    kind: Kind,
}

impl MediaKey {
    /// A new one.
    pub(super) fn new(purpose: Purpose, kind: Kind) -> Self {
        let key = format!("{}/{:0DIGITS$x}.{}", purpose.folder(), rand::random::<u128>(), kind.extension());
        Self { key, kind }
    }

    /// Reads a key; `None` for whatever this server would not have made.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (folder, file) = text.split_once('/')?;
        let (name, extension) = file.split_once('.')?;
        Purpose::ALL.into_iter().find(|purpose| purpose.folder() == folder)?;
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
        for (purpose, folder) in
            [(Purpose::Avatar, "avatars"), (Purpose::Listing, "listings"), (Purpose::Thumbnail, "thumbnails")]
        {
            for kind in Kind::ALL {
                let key = MediaKey::new(purpose, kind);
                assert_eq!(MediaKey::parse(key.as_str()), Some(key.clone()));
                assert_eq!(key.as_str(), format!("{folder}/{}.{}", key.random(), kind.extension()));
                assert_eq!(public_path(key.as_str()), format!("/media/{}", key.as_str()));
                assert_ne!(MediaKey::new(purpose, kind), key);
            }
        }
        let hex = "0123456789abcdef0123456789abcdef";
        for folder in ["avatars", "listings", "thumbnails"] {
            assert!(MediaKey::parse(&format!("{folder}/{hex}.jpg")).is_some());
        }
        let upper = hex.to_uppercase();
        for odd in [
            String::new(),
            format!("{hex}.jpg"),
            format!("/{hex}.jpg"),
            format!("avatars{hex}.jpg"),
            format!("avatar/{hex}.jpg"),
            format!("Listings/{hex}.jpg"),
            format!("listings/avatars/{hex}.jpg"),
            format!("listings/../avatars/{hex}.jpg"),
            format!("thumbnails/{hex}.webp"),
            format!("pictures/{hex}.jpg"),
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
