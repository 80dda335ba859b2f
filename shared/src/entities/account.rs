//! `accounts`

#![allow(missing_docs, reason = "the columns are described where the migration makes them")]

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "accounts")]
#[expect(clippy::struct_excessive_bools, reason = "each is a column")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub username: String,
    pub username_key: String,
    pub email: Option<String>,
    pub email_key: Option<String>,
    pub email_confirmed_at: Option<ChronoDateTimeUtc>,
    pub email_refused_at: Option<ChronoDateTimeUtc>,
    pub password_hash: String,
    pub full_name: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub phone: Option<String>,
    pub company_name: Option<String>,
    pub industry: Option<String>,
    pub address: Option<String>,
    pub avatar: Option<String>,
    pub search: String,
    pub name_folded: String,
    pub email_folded: Option<String>,
    pub company_folded: Option<String>,
    pub industry_folded: Option<String>,
    pub folding: i32,
    pub active: bool,
    pub staff: bool,
    pub presence_hidden: bool,
    pub suggestions_refused: bool,
    pub unread_mails: bool,
    pub suspended_at: Option<ChronoDateTimeUtc>,
    pub deleted_at: Option<ChronoDateTimeUtc>,
    pub created_at: ChronoDateTimeUtc,
    pub updated_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
