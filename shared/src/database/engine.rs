//! The few places where the SQL of the two databases differs.

use sea_orm::{DbBackend, Statement, Value};

/// Which database it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// PostgreSQL 15 or later.
    Postgres,
    /// SQLite in a file, WAL.
    Sqlite,
}

impl Engine {
    /// A statement with `$n` placeholders.
    pub fn statement(self, sql: impl Into<String>, values: impl IntoIterator<Item = Value>) -> Statement {
        let backend = match self {
            Self::Postgres => DbBackend::Postgres,
            Self::Sqlite => DbBackend::Sqlite,
        };
        Statement::from_sql_and_values(backend, sql, values)
    }

    /// `sql` when it is PostgreSQL, else nothing: row locks, casts.
    #[must_use]
    pub fn postgres_only(self, sql: &'static str) -> &'static str {
        match self {
            Self::Postgres => sql,
            Self::Sqlite => "",
        }
    }

    /// The condition that a column equals one of the values bound to `placeholder` by [`Self::ids`] or
    /// [`Self::texts`].
    #[must_use]
    pub fn any(self, placeholder: &str) -> String {
        match self {
            Self::Postgres => format!("= ANY({placeholder})"),
            Self::Sqlite => format!("IN (SELECT value FROM json_each({placeholder}))"),
        }
    }

    /// The condition that a column equals one of the ids that a query answers. On PostgreSQL as an
    /// array: a join, planned while a queue's table was empty, would read all of it for each row.
    #[must_use]
    pub fn any_of(self, query: &str) -> String {
        match self {
            Self::Postgres => format!("= ANY(ARRAY({query}))"),
            Self::Sqlite => format!("IN ({query})"),
        }
    }

    /// The lower and the higher of two columns.
    #[must_use]
    pub fn pair(self, one: &str, other: &str) -> (String, String) {
        let (least, greatest) = match self {
            Self::Postgres => ("LEAST", "GREATEST"),
            Self::Sqlite => ("MIN", "MAX"),
        };
        (format!("{least}({one}, {other})"), format!("{greatest}({one}, {other})"))
    }

    /// The condition that two columns hold the pair of accounts bound to `$1` (the lower) and `$2`, in
    /// either order; written as the index on pairs is.
    #[must_use]
    pub fn is_pair(self, one: &str, other: &str) -> String {
        let (low, high) = self.pair(one, other);
        format!("{low} = $1 AND {high} = $2")
    }

    /// Deletes some of the rows of a table for which `condition` holds; `values` are those of the condition, and
    /// then how many rows at most.
    #[must_use]
    pub fn delete_some<const N: usize>(self, table: &str, condition: &str, values: [Value; N]) -> Statement {
        let row = match self {
            Self::Postgres => "ctid",
            Self::Sqlite => "rowid",
        };
        let sql =
            format!("DELETE FROM {table} WHERE {row} IN (SELECT {row} FROM {table} WHERE {condition} LIMIT ${N})");
        self.statement(sql, values)
    }

    /// A list of ids for [`Self::any`].
    #[must_use]
    pub fn ids(self, ids: &[i64]) -> Value {
        match self {
            Self::Postgres => ids.to_vec().into(),
            Self::Sqlite => serde_json::json!(ids).to_string().into(),
        }
    }

    /// A list of texts for [`Self::any`].
    #[must_use]
    pub fn texts(self, texts: &[String]) -> Value {
        match self {
            Self::Postgres => texts.to_vec().into(),
            Self::Sqlite => serde_json::json!(texts).to_string().into(),
        }
    }

    /// A table of rows read from a JSON array of objects bound to `placeholder`, with the named
    /// columns (`bigint`, `text` or `boolean`): one statement for a batch of any size.
    #[must_use]
    pub fn rows(self, placeholder: &str, columns: &[(&str, &str)]) -> String {
        match self {
            Self::Postgres => {
                let columns: Vec<_> = columns.iter().map(|(name, kind)| format!("{name} {kind}")).collect();
                format!("json_to_recordset({placeholder}::json) AS r({})", columns.join(", "))
            }
            Self::Sqlite => {
                let columns: Vec<_> = columns.iter().map(|(name, _)| format!("value ->> '{name}' AS {name}")).collect();
                format!("(SELECT {} FROM json_each({placeholder})) AS r", columns.join(", "))
            }
        }
    }
}

/// The pattern of a LIKE for texts that contain `text`: in it `%`, `_` and the escape `\` are themselves.
#[must_use]
pub fn like_pattern(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
