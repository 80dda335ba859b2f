//! Connections among a crowd, the same at every run: most of them between anybody, some between neighbours,
//! a few people with very many; and some people with a given number. And their way into the database.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use sea_orm::sqlx::postgres::PgPoolCopyExt as _;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use crate::crowd::{Dice, mixed};
use crate::{Failure, people};

/// How far apart the numbers of neighbours are at most.
const NEAR: u32 = 200;
/// Cities, and the provinces that they lie in.
const CITIES: u32 = 1_353;
const PROVINCES: u32 = 31;
/// Rows that are sent at once.
const BATCH: usize = 10_000;
/// Attempts to draw as many different connections as are asked for.
const ROUNDS: usize = 100;

/// What a graph is made of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) accounts: u32,
    pub(crate) connections: u32,
    /// How many have a given number of connections.
    pub(crate) people: u32,
    /// That number.
    pub(crate) friends: u32,
}

/// A graph.
#[derive(Debug)]
pub(crate) struct Graph {
    accounts: u32,
    /// The lower and the higher account of each connection, in no order.
    pairs: Vec<(u32, u32)>,
    /// Those with the given number of connections.
    pub(crate) people: Vec<u32>,
}

impl Graph {
    /// Draws one.
    pub(crate) fn draw(shape: Shape) -> Result<Self, Failure> {
        let Shape { accounts, connections, people, friends } = shape;
        let apart = accounts / (people + 1);
        let room = u64::from(accounts) * 100;
        let others = connections.checked_sub(people * friends).filter(|_| u64::from(connections) < room && apart > 1);
        let others = others.ok_or("these accounts can't have as many connections")? as usize;
        let special: Vec<u32> = (1..=people).map(|number| number * apart).collect();
        let common = |number: &u32| !number.is_multiple_of(apart) || *number > people * apart;
        let mut dice = Dice::new(500, 3);
        let mut pairs: Vec<(u32, u32)> = Vec::with_capacity(connections as usize);
        for _ in 0..ROUNDS {
            while pairs.len() < others {
                let one = anybody(&mut dice, accounts);
                let other = acquaintance(&mut dice, one, accounts);
                if one != other && common(&one) && common(&other) {
                    pairs.push((one.min(other), one.max(other)));
                }
            }
            pairs.sort_unstable();
            pairs.dedup();
        }
        for one in &special {
            let mut met = HashSet::new();
            let drawn = std::iter::repeat_with(|| acquaintance(&mut dice, *one, accounts));
            for other in drawn.take(friends as usize * ROUNDS).filter(common) {
                if met.len() < friends as usize && met.insert(other) {
                    pairs.push((other.min(*one), other.max(*one)));
                }
            }
        }
        if pairs.len() != connections as usize {
            return Err("so many different connections were not drawn".into());
        }
        // As they come about: rows that follow one another have nothing to do with each other.
        for place in (1..connections).rev() {
            pairs.swap(place as usize, dice.below(place + 1) as usize);
        }
        Ok(Self { accounts, pairs, people: special })
    }

    /// Whom each account is connected with.
    pub(crate) fn neighbours(&self) -> Neighbours {
        let mut ends = vec![0_usize; self.accounts as usize + 2];
        for (low, high) in &self.pairs {
            ends[*low as usize + 1] += 1;
            ends[*high as usize + 1] += 1;
        }
        for account in 1..ends.len() {
            ends[account] += ends[account - 1];
        }
        let mut next = ends.clone();
        let mut others = vec![0; self.pairs.len() * 2];
        for (low, high) in &self.pairs {
            for (one, other) in [(*low, *high), (*high, *low)] {
                others[next[one as usize]] = other;
                next[one as usize] += 1;
            }
        }
        Neighbours { ends, others }
    }

    /// Puts it in, an address for two accounts of three, and a session for each of the people; the indexes and
    /// foreign keys of connections are made anew after the rows, from the definitions that they had.
    pub(crate) async fn load(&self, database: &DatabaseConnection) -> Result<Duration, Failure> {
        let began = Instant::now();
        let anew = set_aside(database).await?;
        self.copy(database).await?;
        for sql in anew {
            database.execute_unprepared(&sql).await?;
        }
        for sql in [
            format!(
                "INSERT INTO provinces (id, name_fa, key_fa) SELECT n, n, n FROM generate_series(1, {PROVINCES}) AS n"
            ),
            format!(
                "INSERT INTO cities (id, province_id, name_fa, key_fa)
                 SELECT n, 1 + n % {PROVINCES}, n, n FROM generate_series(1, {CITIES}) AS n"
            ),
            format!(
                "INSERT INTO sessions (id, account_id, surface, rotated_at, created_at, expires_at)
                 SELECT n, n, 'v1', now(), now(), now() + interval '30 days' FROM unnest(ARRAY{:?}) AS n",
                self.people
            ),
        ] {
            database.execute_unprepared(&sql).await?;
        }
        copy_addresses(database, self.accounts).await?;
        people::settle(database).await?;
        Ok(began.elapsed())
    }

    async fn copy(&self, database: &DatabaseConnection) -> Result<(), Failure> {
        let sql = "COPY connections (low_id, high_id, created_at) FROM STDIN";
        let mut copying = database.get_postgres_connection_pool().copy_in_raw(sql).await?;
        let mut lines = String::new();
        for part in self.pairs.chunks(BATCH) {
            for (low, high) in part {
                writeln!(lines, "{low}\t{high}\tnow")?;
            }
            copying.send(lines.as_bytes()).await?;
            lines.clear();
        }
        copying.finish().await?;
        Ok(())
    }
}

/// Whom each account is connected with.
#[derive(Debug)]
pub(crate) struct Neighbours {
    ends: Vec<usize>,
    others: Vec<u32>,
}

impl Neighbours {
    /// Those of an account.
    pub(crate) fn of(&self, account: u32) -> &[u32] {
        &self.others[self.ends[account as usize]..self.ends[account as usize + 1]]
    }
}

/// Somebody: half of the time anybody as likely, else the popular ones more often.
fn anybody(dice: &mut Dice, accounts: u32) -> u32 {
    let number = if dice.one_in(2) { dice.below(accounts) } else { dice.low(accounts) };
    // Who is popular has nothing to do with how old the account is.
    Some(mixed(number) + 1).filter(|number| *number <= accounts).unwrap_or(number + 1)
}

/// Somebody whom `one` may know: a neighbour, three times of ten.
fn acquaintance(dice: &mut Dice, one: u32, accounts: u32) -> u32 {
    if dice.below(10) < 3 {
        let near = (one + dice.below(2 * NEAR + 1)).saturating_sub(NEAR);
        near.clamp(1, accounts)
    } else {
        anybody(dice, accounts)
    }
}

/// Drops the indexes and foreign keys of connections, and answers what makes them again.
async fn set_aside(database: &DatabaseConnection) -> Result<Vec<String>, Failure> {
    let sql = "SELECT 'ALTER TABLE connections DROP CONSTRAINT ' || quote_ident(conname) AS gone,
                   'ALTER TABLE connections ADD CONSTRAINT ' || quote_ident(conname) || ' '
                       || pg_get_constraintdef(oid) AS anew
               FROM pg_constraint WHERE conrelid = 'connections'::regclass AND contype = 'f'
               UNION ALL SELECT 'DROP INDEX ' || quote_ident(indexname), indexdef FROM pg_indexes
               WHERE schemaname = current_schema() AND tablename = 'connections' AND indexname <> 'connections_pkey'";
    let mut anew = Vec::new();
    for row in database.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await? {
        database.execute_unprepared(&row.try_get::<String>("", "gone")?).await?;
        anew.push(row.try_get("", "anew")?);
    }
    Ok(anew)
}

/// Gives two accounts of three an address, in the great cities more often.
async fn copy_addresses(database: &DatabaseConnection, accounts: u32) -> Result<(), Failure> {
    let sql = "COPY addresses (account_id, province_id, city_id, province_language, city_language, created_at,
                   updated_at) FROM STDIN";
    let mut copying = database.get_postgres_connection_pool().copy_in_raw(sql).await?;
    let (mut lines, mut dice) = (String::new(), Dice::new(600, 4));
    for account in 1..=accounts {
        if !dice.one_in(3) {
            let city = dice.low(CITIES) + 1;
            writeln!(lines, "{account}\t{}\t{city}\tfa\tfa\tnow\tnow", 1 + city % PROVINCES)?;
        }
        if lines.len() > 1 << 18 || account == accounts {
            copying.send(lines.as_bytes()).await?;
            lines.clear();
        }
    }
    copying.finish().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_graph_is_as_it_was_asked_for_and_always_the_same() {
        let shape = Shape { accounts: 5_000, connections: 50_000, people: 10, friends: 100 };
        let graph = Graph::draw(shape).expect("is drawn");
        assert_eq!(graph.pairs, Graph::draw(shape).expect("is drawn").pairs);
        assert_eq!(graph.pairs.iter().collect::<HashSet<_>>().len(), 50_000);
        assert!(graph.pairs.iter().all(|(low, high)| *low >= 1 && low < high && *high <= 5_000));
        let neighbours = graph.neighbours();
        assert_eq!(graph.people.len(), 10);
        for person in &graph.people {
            assert_eq!(neighbours.of(*person).len(), 100);
            assert!(neighbours.of(*person).iter().all(|other| neighbours.of(*other).contains(person)));
        }
        // Some know many, most know few.
        let mut counts: Vec<_> = (1..=5_000).map(|account| neighbours.of(account).len()).collect();
        counts.sort_unstable();
        assert!(counts[2_500] < 20 && counts[4_990] > 60, "{} {}", counts[2_500], counts[4_990]);
    }

    #[test]
    fn what_can_not_be_is_refused() {
        for (accounts, connections) in [(5_000, 999), (5_000, 600_000), (15, 1_400)] {
            assert!(Graph::draw(Shape { accounts, connections, people: 10, friends: 100 }).is_err());
        }
    }
}
