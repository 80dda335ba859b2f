//! Who is there, for whoever asks.

use std::collections::HashMap;

use super::{LISTING_PATIENCE, Presence, in_time, queries};
use crate::accounts::Person;
use crate::database::DatabaseError;
use crate::page::{Page, Span};
use crate::ports::clock::Timestamp;
use crate::ports::presence::{PresenceStoreError, Seen};

/// Whom the store is asked to leave out of a page at most, beside the viewer.
const EXCLUDED: usize = 1_000;
/// Connections that a page looks through at most.
const TIES: usize = 1_000;

/// Somebody who is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Online {
    /// Who.
    pub person: Person,
    /// When they were last seen. Of somebody with a socket, that is some seconds ago at most.
    pub last_seen: Timestamp,
}

impl Presence {
    /// Everybody who has a socket or asked for something in the last minute, from the highest account id down:
    /// but for the viewer, whoever is in a block with them, and whoever hides. Nobody while the store is late.
    ///
    /// For a viewer who is in a block with more than 1,000, those are taken out of the page that would be theirs
    /// else: it may be short, and the pages together are still everybody.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn online_users(&self, viewer_id: i64, span: Span) -> Result<Vec<Online>, DatabaseError> {
        let database = self.writer.database();
        let mut excluded = queries::blocked_with(database, viewer_id, EXCLUDED).await?;
        let many = excluded.len() > EXCLUDED;
        if many {
            excluded.clear();
        }
        excluded.push(viewer_id);
        let mut online = self.everybody_but(&excluded, span).await?;
        if many {
            let ids: Vec<i64> = online.iter().map(|online| online.person.id).collect();
            let blocked = queries::blocked_among(database, viewer_id, &ids).await?;
            online.retain(|online| !blocked.contains(&online.person.id));
        }
        Ok(online)
    }

    async fn everybody_but(&self, excluded: &[i64], span: Span) -> Result<Vec<Online>, DatabaseError> {
        let (online, strangers) = self.listed(excluded, span).await?;
        if strangers.is_empty() {
            return Ok(online);
        }
        // Whom the store lists and the database does not show, nobody is to see: who hides or was suspended
        // since. Off the list with them, and the page is whole again.
        if known(in_time(LISTING_PATIENCE, self.store.hide(&strangers)).await).is_none() {
            return Ok(online);
        }
        Ok(self.listed(excluded, span).await?.0)
    }

    /// A page of the list, and who of it is not to be shown to anybody.
    async fn listed(&self, excluded: &[i64], span: Span) -> Result<(Vec<Online>, Vec<i64>), DatabaseError> {
        let page = self.store.page(excluded, span.offset(), span.limit(), self.horizon());
        let seen = known(in_time(LISTING_PATIENCE, page).await).unwrap_or_default();
        self.people(seen).await
    }

    /// The account's connections who have a socket and do not hide, from the highest account id down. A page
    /// looks through 1,000 connections at most, so it may be short, or empty, and yet have a next. Nobody is there
    /// while the store is late.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn connections(&self, account_id: i64, span: Span) -> Result<Page<Online>, DatabaseError> {
        let mut ids = queries::ties_below(self.writer.database(), account_id, span.below_id(), TIES + 1).await?;
        let more = ids.len() > TIES;
        ids.truncate(TIES);
        let seen = known(in_time(LISTING_PATIENCE, self.store.seen(&ids, self.horizon())).await).unwrap_or_default();
        let seen: HashMap<i64, Timestamp> =
            seen.into_iter().filter(|seen| seen.connected).map(|seen| (seen.account_id, seen.at)).collect();
        let there: Vec<i64> = seen.keys().copied().collect();
        // One more than asked for, to know whether there is more.
        let limit = i64::from(span.limit()) + 1;
        let people = queries::shown_to(self.writer.database(), account_id, &there, limit).await?;
        let online = people.into_iter().filter_map(|person| {
            let last_seen = *seen.get(&person.id)?;
            Some(Online { person, last_seen })
        });
        let mut page = Page::of(online.collect(), span, |online: &Online| online.person.id);
        if more {
            page.next = page.next.or(ids.last().copied());
        }
        Ok(page)
    }

    /// Whether the account would be on the viewer's list of everybody who is there.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn is_present(&self, viewer_id: i64, account_id: i64) -> Result<bool, DatabaseError> {
        if viewer_id == account_id || !queries::may_be_shown(self.writer.database(), viewer_id, account_id).await? {
            return Ok(false);
        }
        let seen = in_time(LISTING_PATIENCE, self.store.seen(&[account_id], self.horizon())).await;
        Ok(known(seen).is_some_and(|seen| !seen.is_empty()))
    }

    /// The people of what was seen, in its order, and the accounts of whom nobody is shown anything.
    async fn people(&self, seen: Vec<Seen>) -> Result<(Vec<Online>, Vec<i64>), DatabaseError> {
        if seen.is_empty() {
            return Ok((Vec::new(), Vec::new()));
        }
        let ids: Vec<i64> = seen.iter().map(|seen| seen.account_id).collect();
        let mut people = queries::shown_people(self.writer.database(), &ids).await?;
        let (mut online, mut strangers) = (Vec::with_capacity(seen.len()), Vec::new());
        for Seen { account_id, at, .. } in seen {
            match people.remove(&account_id) {
                Some(person) => online.push(Online { person, last_seen: at }),
                None => strangers.push(account_id),
            }
        }
        Ok((online, strangers))
    }
}

/// What the store answered; nothing while it is away.
fn known<T>(answer: Result<T, PresenceStoreError>) -> Option<T> {
    answer.inspect_err(|error| tracing::debug!(%error, "nobody is known to be there")).ok()
}
