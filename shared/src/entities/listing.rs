//! `listings`

#![allow(missing_docs, reason = "the columns are described where the migration makes them")]

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "listings")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub account_id: i64,
    pub subcategory_id: i64,
    pub title: String,
    pub description: Option<String>,
    pub experiences: Option<String>,
    pub hourly_price: Option<String>,
    pub initial_cost: Option<String>,
    pub province_id: i64,
    pub city_id: i64,
    pub province_language: String,
    pub city_language: String,
    pub main_picture_id: Option<i64>,
    pub rating_sum: i64,
    pub rating_count: i64,
    pub search: String,
    pub created_at: ChronoDateTimeUtc,
    pub updated_at: ChronoDateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
