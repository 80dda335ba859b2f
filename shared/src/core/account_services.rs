//! The services of accounts, put together: they know one another more than others do.

use std::sync::Arc;

use crate::accounts::{Credentials, Links, Passwords, Preferences, Profiles, Registrations, Sessions, TokenSigner};
use crate::config::Config;
use crate::jobs::Writer;
use crate::media::Avatars;
use crate::ports::rate_limits::RateLimiter;
use crate::presence::Presence;

/// Who people are, how they sign in, and what they are held by.
pub(super) struct AccountServices {
    pub(super) registrations: Registrations,
    pub(super) links: Links,
    pub(super) sessions: Sessions,
    pub(super) profiles: Profiles,
    pub(super) credentials: Credentials,
    pub(super) preferences: Preferences,
}

impl AccountServices {
    pub(super) fn new(
        config: &Config,
        writer: &Writer,
        limiter: &Arc<dyn RateLimiter>,
        signer: TokenSigner,
        avatars: &Avatars,
        presence: &Presence,
    ) -> Self {
        let (limits, lifetimes) = (&config.limits, &config.secrets.lifetimes);
        let signer = Arc::new(signer);
        let passwords = Passwords::new(limits.password_hashes);
        let links = Links::new(writer.clone(), lifetimes.clone(), Arc::clone(limiter), limits);
        let sessions = Sessions::new(
            writer.clone(),
            passwords.clone(),
            Arc::clone(&signer),
            lifetimes.clone(),
            links.clone(),
            Arc::clone(limiter),
            limits.sign_ins_a_minute,
            presence.clone(),
        );
        let profiles = Profiles::new(
            writer.clone(),
            links.clone(),
            avatars.clone(),
            Arc::clone(limiter),
            limits.email_changes_a_minute,
        );
        let registrations = Registrations::new(
            writer.clone(),
            passwords.clone(),
            config.secrets.activation,
            links.clone(),
            sessions.clone(),
            Arc::clone(limiter),
            limits.registrations_a_minute,
        );
        let credentials =
            Credentials::new(writer.clone(), passwords, sessions.clone(), links.clone(), profiles.clone());
        let preferences = Preferences::new(writer.clone(), presence.clone(), signer);
        Self { registrations, links, sessions, profiles, credentials, preferences }
    }
}
