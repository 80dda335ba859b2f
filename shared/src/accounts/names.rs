//! Usernames, emails, and the folding that makes names comparable.

use precis_profiles::UsernameCaseMapped;
use precis_profiles::precis_core::profile::PrecisFastInvocation;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest username, in characters.
const LONGEST_USERNAME: usize = 150;
/// The longest email, in bytes (RFC 5321, section 4.5.3.1.3, less the brackets).
const LONGEST_EMAIL: usize = 254;

/// A username: 1 to 150 letters, digits and `.+-_`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Username {
    /// As it is shown.
    pub shown: String,
    /// As it is compared: RFC 8265's `UsernameCaseMapped`, with look-alike compatibility forms
    /// folded, so that two names that look the same are one.
    pub key: String,
}

impl Username {
    /// Reads a username.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(value: &str) -> Result<Self, String> {
        let shown: String = value.trim().nfc().collect();
        if shown.is_empty() {
            return Err("This field may not be blank.".to_owned());
        }
        if shown.chars().count() > LONGEST_USERNAME {
            return Err(format!("Ensure this field has no more than {LONGEST_USERNAME} characters."));
        }
        let allowed = |c: char| c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '.' | '+' | '-' | '_');
        if !shown.chars().all(allowed) {
            return Err("Only letters, digits and .+-_ are allowed.".to_owned());
        }
        let key = Self::key(&shown).ok_or_else(|| "These characters can't form a username.".to_owned())?;
        Ok(Self { shown, key })
    }

    /// The form in which names are compared, or `None` for what can't be a name.
    #[must_use]
    pub fn key(value: &str) -> Option<String> {
        let folded: String = value.trim().nfkc().collect();
        UsernameCaseMapped::enforce(folded).ok().map(std::borrow::Cow::into_owned)
    }
}

/// An email address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email {
    /// As it was given.
    pub shown: String,
    /// As it is compared.
    pub key: String,
}

impl Email {
    /// Reads an email address.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(value: &str) -> Result<Self, String> {
        let shown = value.trim();
        let invalid = || "Enter a valid email address.".to_owned();
        if shown.len() > LONGEST_EMAIL {
            return Err(format!("Ensure this field has no more than {LONGEST_EMAIL} characters."));
        }
        if shown.chars().any(char::is_control) {
            return Err(invalid());
        }
        let options =
            email_address::Options::default().with_required_tld().without_display_text().without_domain_literal();
        email_address::EmailAddress::parse_with_options(shown, options).map_err(|_| invalid())?;
        Ok(Self { shown: shown.to_owned(), key: Self::key(shown) })
    }

    /// The form in which emails are compared: case-folded, as every provider does in practice.
    #[must_use]
    pub fn key(value: &str) -> String {
        value.trim().nfc().collect::<String>().to_lowercase()
    }
}

/// Text as search compares it: compatibility forms, marks, case, Arabic and Persian letter forms and
/// digits and runs of spaces are folded. Done here, since `lower` and `LIKE` fold ASCII alone on SQLite.
#[must_use]
pub fn folded(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for c in value.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ك' => text.push('ک'),
            'ي' | 'ى' => text.push('ی'),
            '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' => {
                text.extend(char::from_digit(u32::from(c) & 0xf, 10));
            }
            // zero-width (non-)joiners are how Persian is typed, not what is meant
            '\u{200c}' | '\u{200d}' => {}
            c if c.is_whitespace() => {
                if !text.is_empty() && !text.ends_with(' ') {
                    text.push(' ');
                }
            }
            c => text.push(c),
        }
    }
    text.truncate(text.trim_end().len());
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_the_same_share_a_key() {
        let key = |name| Username::parse(name).expect(name).key;
        assert_eq!(key("Alice"), key("alice"));
        assert_eq!(key("ａｌｉｃｅ"), key("alice"));
        assert_eq!(key("caf\u{e9}"), key("cafe\u{301}"));
        assert_ne!(key("alice"), key("alicia"));
    }

    #[test]
    fn a_username_is_no_email_and_hides_nothing() {
        for name in ["", " ", "a@b", "a b", "a\0b", "a\u{202e}b", "a/b", &"x".repeat(151)] {
            assert!(Username::parse(name).is_err(), "{name:?}");
        }
    }

    #[test]
    fn emails_are_read() {
        for email in ["a@b", "a", "", "a@b.c\0", "a b@c.de", "Ann <a@b.de>"] {
            assert!(Email::parse(email).is_err(), "{email:?}");
        }
        assert_eq!(Email::parse(" Ann@Example.ORG ").expect("valid").key, "ann@example.org");
    }

    #[test]
    fn persian_and_accents_fold() {
        assert_eq!(folded("  Émile   ZOLA "), "emile zola");
        assert_eq!(folded("كيان"), folded("کیان"));
        assert_eq!(folded("۰۱۲۳۴۵۶۷۸۹٠١٩"), "0123456789019");
    }
}
