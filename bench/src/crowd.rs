//! A crowd of made-up people, the same at every run, with names, emails, companies and telephone numbers
//! as unevenly spread as real ones; and its way into the database.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use sea_orm::sqlx::postgres::PgPoolCopyExt as _;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use shared::accounts::{Email, Username, folded};

use crate::{Failure, people, words};

/// The version of the core's folding that the copies are made by. With another one the worker would fold
/// all of them anew while they are searched.
const FOLDING: i32 = 2;
/// Rows that are sent at once.
const BATCH: u32 = 2_000;
/// Bits in which the numbers at the end of usernames are mixed.
const MIXED_BITS: u32 = 20;
/// The name of who searches; no pattern holds it.
const VIEWER: &str = "木";

/// Numbers that look like chance, always the same from the same seed (`SplitMix64`).
#[derive(Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    /// Of a seed; others of another `salt`.
    pub(crate) fn new(seed: u64, salt: u64) -> Self {
        let mut dice = Self(seed ^ salt.rotate_left(32));
        dice.0 = dice.roll();
        dice
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `count`, each as likely.
    pub(crate) fn below(&mut self, count: u32) -> u32 {
        scaled(self.roll() >> 32, count)
    }

    /// A number below `count`, the low ones more often: the first fifth falls as often as all others
    /// together, nearly.
    pub(crate) fn low(&mut self, count: u32) -> u32 {
        let chance = self.roll() >> 32;
        scaled((chance * chance) >> 32, count)
    }

    /// Whether a chance of one in `count` came true.
    pub(crate) fn one_in(&mut self, count: u32) -> bool {
        self.below(count) == 0
    }
}

/// `chance`, of 2^32, of `count`.
fn scaled(chance: u64, count: u32) -> u32 {
    u32::try_from((chance * u64::from(count)) >> 32).unwrap_or(0)
}

/// What can be searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Username,
    FullName,
    Email,
    Company,
    Phone,
}

/// One of the crowd.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) username: String,
    full_name: Option<String>,
    email: Option<String>,
    company: Option<String>,
    phone: Option<String>,
    industry: &'static str,
}

/// A member's fields as the core compares them.
#[derive(Debug)]
pub(crate) struct Folded(Member);

impl Folded {
    /// Whether the field contains a text, itself as the core compares it.
    pub(crate) fn contains(&self, field: Field, text: &str) -> bool {
        self.0.field(field).is_some_and(|value| value.contains(text))
    }
}

/// Makes the members, who are numbered from 1.
#[derive(Debug)]
pub(crate) struct Crowd {
    first: Vec<&'static str>,
    last: Vec<&'static str>,
    stems: Vec<&'static str>,
    stem_ends: Vec<&'static str>,
    company_kinds: Vec<&'static str>,
    industries: Vec<&'static str>,
    domains: Vec<&'static str>,
    networks: Vec<&'static str>,
}

impl Crowd {
    /// The one that there is.
    pub(crate) fn new() -> Self {
        let split = |words: &'static str| words.split_whitespace().collect();
        Self {
            first: split(words::FIRST),
            last: split(words::LAST),
            stems: split(words::STEMS),
            stem_ends: split(words::STEM_ENDS),
            company_kinds: split(words::COMPANY_KINDS),
            industries: split(words::INDUSTRIES),
            domains: split(words::DOMAINS),
            networks: split(words::NETWORKS),
        }
    }

    /// A member.
    pub(crate) fn member(&self, number: u32) -> Member {
        let mut dice = Dice::new(number.into(), 0);
        let (first, last) = (low(&mut dice, &self.first), low(&mut dice, &self.last));
        let company = (!dice.one_in(4)).then(|| self.company(&mut dice));
        // No two share it, so no two usernames or emails are the same.
        let ending = mixed(number);
        let login = login(&mut dice, first, last, ending);
        let email = (!dice.one_in(20)).then(|| {
            let domain = match &company {
                Some(company) if dice.one_in(4) => format!("{}.example", slug(company)),
                _ => low(&mut dice, &self.domains).to_owned(),
            };
            let local = if dice.one_in(3) { format!("{}.{ending}", slug(last)) } else { login.to_lowercase() };
            format!("{}@{domain}", local.trim_start_matches('.'))
        });
        let full_name = (!dice.one_in(20)).then(|| match dice.below(8) {
            0 => format!("{first} {} {last}", low(&mut dice, &self.first)),
            1 => format!("{first} {last}-{}", low(&mut dice, &self.last)),
            _ => format!("{first} {last}"),
        });
        let phone =
            (!dice.one_in(5)).then(|| format!("09{}{:07}", low(&mut dice, &self.networks), dice.below(10_000_000)));
        Member { username: login, full_name, email, company, phone, industry: low(&mut dice, &self.industries) }
    }

    /// Some tens of thousands of different ones, of which the greatest have some per cent of all people.
    fn company(&self, dice: &mut Dice) -> String {
        let kinds = length(&self.company_kinds);
        let (stems, ends) = (length(&self.stems), length(&self.stem_ends));
        let all = stems * ends * kinds;
        let greatest = dice.low(all) + 1;
        let number = dice.low(greatest);
        // Neighbours in size have names that have nothing to do with each other.
        let number = u64::from(number) * 7_919 % u64::from(all);
        let number = u32::try_from(number).unwrap_or(0);
        let (stem, end, kind) = (number % stems, number / stems % ends, number / stems / ends);
        format!("{}{} {}", pick(&self.stems, stem), pick(&self.stem_ends, end), pick(&self.company_kinds, kind))
    }
}

impl Member {
    /// What the field holds.
    pub(crate) fn field(&self, field: Field) -> Option<&str> {
        match field {
            Field::Username => Some(&self.username),
            Field::FullName => self.full_name.as_deref(),
            Field::Email => self.email.as_deref(),
            Field::Company => self.company.as_deref(),
            Field::Phone => self.phone.as_deref(),
        }
    }

    /// As the core compares it.
    pub(crate) fn folded(&self) -> Folded {
        let Self { username, full_name, email, company, phone, industry } = self;
        let fold = |value: &Option<String>| value.as_deref().map(folded);
        let (full_name, email, company) = (fold(full_name), fold(email), fold(company));
        Folded(Self { username: folded(username), full_name, email, company, phone: phone.clone(), industry })
    }

    /// A line of what [`load`] copies.
    fn write(&self, number: u32, lines: &mut String) -> Result<(), Failure> {
        let key = Username::key(&self.username).ok_or_else(|| format!("not a username: {}", self.username))?;
        let Folded(member) = self.folded();
        let lines_of = |parts: &[Option<&str>]| parts.iter().copied().flatten().collect::<Vec<_>>().join("\n");
        let (username, full_name, company) =
            (Some(member.username.as_str()), member.full_name.as_deref(), member.company.as_deref());
        write!(lines, "{number}")?;
        for value in [
            Some(self.username.as_str()),
            Some(&key),
            self.email.as_deref(),
            self.email.as_deref().map(Email::key).as_deref(),
            self.full_name.as_deref(),
            self.phone.as_deref(),
            self.company.as_deref(),
            Some(self.industry),
            Some(&lines_of(&[username, full_name, company])),
            Some(&lines_of(&[username, full_name])),
            member.email.as_deref(),
            company,
            Some(&folded(self.industry)),
        ] {
            lines.push('\t');
            match value {
                Some(value) => value.chars().for_each(|c| match c {
                    '\n' => lines.push_str("\\n"),
                    '\\' => lines.push_str("\\\\"),
                    c => lines.push(c),
                }),
                None => lines.push_str("\\N"),
            }
        }
        writeln!(lines, "\t{FOLDING}\t!\tt\tnow\tnow\tnow")?;
        Ok(())
    }
}

fn length(words: &[&str]) -> u32 {
    u32::try_from(words.len()).unwrap_or(u32::MAX)
}

fn pick(words: &[&'static str], number: u32) -> &'static str {
    usize::try_from(number).ok().and_then(|number| words.get(number)).copied().unwrap_or_default()
}

fn low(dice: &mut Dice, words: &[&'static str]) -> &'static str {
    let number = dice.low(length(words));
    pick(words, number)
}

/// The number in another order.
pub(crate) fn mixed(number: u32) -> u32 {
    let mask = (1 << MIXED_BITS) - 1;
    (number & !mask) | (number.wrapping_mul(0x9_e3b1) & mask)
}

/// A username as people make them of their names.
fn login(dice: &mut Dice, first: &str, last: &str, ending: u32) -> String {
    let (one, other) = (slug(first), slug(last));
    let initial = &one[..one.len().min(1)];
    match dice.below(6) {
        _ if one.is_empty() || other.is_empty() => format!("user{ending}"),
        0 => format!("{one}{other}{ending}"),
        1 => format!("{initial}{other}{ending}"),
        2 => format!("{one}_{other}{ending}"),
        3 => format!("{last}.{one}{ending}"),
        _ => format!("{one}.{other}{ending}"),
    }
}

/// A name in the letters of an address; empty when it has none.
fn slug(name: &str) -> String {
    folded(name).chars().filter(char::is_ascii_alphanumeric).collect()
}

/// How long loading took.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) rows: Duration,
    pub(crate) indexes: Duration,
    pub(crate) statistics: Duration,
}

/// Puts in the members 1 to `count`, each with an empty inbox, and one account more with the only session:
/// who searches, and is found by nobody. The indexes of search are made anew after the rows, from the
/// definitions that they had.
pub(crate) async fn load(database: &DatabaseConnection, crowd: &Crowd, count: u32) -> Result<Loaded, Failure> {
    let began = Instant::now();
    // The connection is the only one of its pool, so the setting holds for what follows.
    database.execute_unprepared("SET maintenance_work_mem = '512MB'").await?;
    let sql = "SELECT quote_ident(indexname) AS name, indexdef AS definition FROM pg_indexes
               WHERE schemaname = current_schema() AND tablename = 'accounts' AND indexdef LIKE '% USING gi%'";
    let rows = database.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    let mut definitions: Vec<String> = Vec::new();
    for row in rows {
        definitions.push(row.try_get("", "definition")?);
        database.execute_unprepared(&format!("DROP INDEX {}", row.try_get::<String>("", "name")?)).await?;
    }
    copy(database, crowd, count).await?;
    let viewer = i64::from(count) + 1;
    for sql in [
        format!(
            "INSERT INTO accounts (id, username, username_key, password_hash, search, name_folded, folding, active,
                 created_at, updated_at)
             VALUES ({viewer}, '{VIEWER}', '{VIEWER}', '!', '{VIEWER}', '{VIEWER}', {FOLDING}, TRUE, now(), now())"
        ),
        format!(
            "INSERT INTO sessions (id, account_id, surface, rotated_at, created_at, expires_at)
             VALUES ({viewer}, {viewer}, 'v1', now(), now(), now() + interval '30 days')"
        ),
        format!("INSERT INTO inboxes (account_id) SELECT n FROM generate_series(1, {viewer}) AS n"),
    ] {
        database.execute_unprepared(&sql).await?;
    }
    let (rows, began) = (began.elapsed(), Instant::now());
    for definition in definitions {
        database.execute_unprepared(&definition).await?;
    }
    let (indexes, began) = (began.elapsed(), Instant::now());
    people::settle(database).await?;
    Ok(Loaded { rows, indexes, statistics: began.elapsed() })
}

/// Copies the members in.
async fn copy(database: &DatabaseConnection, crowd: &Crowd, count: u32) -> Result<(), Failure> {
    let sql = "COPY accounts (id, username, username_key, email, email_key, full_name, phone, company_name, industry,
                   search, name_folded, email_folded, company_folded, industry_folded, folding, password_hash, active,
                   email_confirmed_at, created_at, updated_at) FROM STDIN";
    let mut copying = database.get_postgres_connection_pool().copy_in_raw(sql).await?;
    let mut lines = String::new();
    for number in 1..=count {
        crowd.member(number).write(number, &mut lines)?;
        if number % BATCH == 0 || number == count {
            copying.send(lines.as_bytes()).await?;
            lines.clear();
        }
    }
    copying.finish().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_members_share_a_username_or_an_email() {
        let crowd = Crowd::new();
        let members: Vec<_> = (1..=5_000).map(|number| crowd.member(number)).collect();
        let keys: HashSet<_> = members.iter().map(|member| Username::key(&member.username).expect("is one")).collect();
        assert_eq!(keys.len(), members.len());
        let emails: Vec<_> = members.iter().filter_map(|member| member.email.as_deref()).collect();
        assert!(emails.iter().all(|email| Email::parse(email).is_ok()));
        assert_eq!(emails.iter().map(|email| Email::key(email)).collect::<HashSet<_>>().len(), emails.len());
    }

    #[test]
    fn members_are_varied_and_always_the_same() {
        let (one, other) = (Crowd::new(), Crowd::new());
        let mut companies = HashSet::new();
        for number in 1..=20_000 {
            let member = one.member(number);
            assert_eq!(member.username, other.member(number).username);
            assert!(member.phone.is_none_or(|phone| phone.len() == 11));
            companies.extend(member.company);
        }
        assert!((4_000..15_000).contains(&companies.len()), "{}", companies.len());
    }
}
