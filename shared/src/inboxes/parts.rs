//! Where changes of an inbox are kept: one part a kind, each with an index on the inbox's version.

/// Changes of one kind.
struct Part {
    /// What it is called in the answer.
    what: &'static str,
    table: &'static str,
    /// The column with the account whose inbox it is.
    owner: &'static str,
    /// The column with the version of the last change.
    version: &'static str,
    /// The version of the first, where the client must know whether it is new.
    created: &'static str,
    removed: &'static str,
    subject: &'static str,
    /// The other account that it is about.
    other: &'static str,
}

const PARTS: [Part; 5] = [
    Part {
        what: "notification",
        table: "notifications",
        owner: "account_id",
        version: "version",
        created: "x.created_version",
        removed: "x.removed_at IS NOT NULL",
        subject: "id",
        other: "actor_id",
    },
    Part {
        what: "sent",
        table: "messages",
        owner: "sender_id",
        version: "sender_version",
        created: "x.sender_created_version",
        removed: "x.removed_at IS NOT NULL",
        subject: "id",
        other: "receiver_id",
    },
    Part {
        what: "received",
        table: "messages",
        owner: "receiver_id",
        version: "receiver_version",
        created: "x.receiver_created_version",
        removed: "x.removed_at IS NOT NULL",
        subject: "id",
        other: "sender_id",
    },
    // One's own read marks, and those of others.
    Part {
        what: "read",
        table: "chat_members",
        owner: "account_id",
        version: "version",
        created: "0",
        removed: "FALSE",
        subject: "chat_id",
        other: "other_id",
    },
    Part {
        what: "heard",
        table: "chat_members",
        owner: "other_id",
        version: "other_version",
        created: "0",
        removed: "FALSE",
        subject: "chat_id",
        other: "account_id",
    },
];

impl Part {
    /// Its columns, of the table `x`.
    fn columns(&self) -> String {
        let Self { what, version, created, removed, subject, other, .. } = self;
        format!(
            "'{what}' AS what, x.{version} AS version, {created} AS created_version, {removed} AS removed,
             x.{subject} AS subject, x.{other} AS other_id"
        )
    }
}

/// The changes `ch` of the inbox `i` after the version `r.after`, at most `$2`, to be joined on PostgreSQL:
/// each part stops reading at the limit.
pub(super) fn lateral() -> String {
    let parts = PARTS.map(|part| {
        let (columns, Part { table, owner, version, .. }) = (part.columns(), part);
        format!(
            "(SELECT {columns} FROM {table} x WHERE x.{owner} = i.account_id AND x.{version} > r.after
              ORDER BY x.{version} LIMIT $2)"
        )
    });
    format!("LATERAL (SELECT * FROM ({}) AS part ORDER BY part.version LIMIT $2) ch ON TRUE", parts.join(" UNION ALL "))
}

/// The same on SQLite, which has no lateral joins: a window numbers the changes of each of the `asked` rows.
pub(super) fn windowed(asked: &str) -> String {
    let asked = asked.replace("AS r", "AS q");
    let parts = PARTS.map(|part| {
        let (columns, Part { table, owner, version, .. }) = (part.columns(), part);
        format!(
            "SELECT q.account_id, q.after, {columns} FROM {asked} JOIN {table} x ON x.{owner} = q.account_id
             WHERE x.{version} > q.after"
        )
    });
    format!(
        "(SELECT part.*, row_number() OVER (PARTITION BY part.account_id, part.after ORDER BY part.version) AS place
          FROM ({}) AS part) ch ON ch.account_id = i.account_id AND ch.after = r.after AND ch.place <= $2",
        parts.join(" UNION ALL ")
    )
}
