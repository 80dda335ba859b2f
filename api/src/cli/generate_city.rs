//! `api generate-city`: the provinces and cities that ship with Kith.

use std::sync::Arc;

use serde::Deserialize;
use shared::config::Config;
use shared::database::Database;
use shared::places::{LoadedPlaces, NewCity, NewProvince};
use shared::ports::clock::{Clock, SystemClock};
use shared::{Core, Ports};

use super::{Failure, print, progress};

/// A line of the provinces.
#[derive(Deserialize)]
struct ProvinceLine {
    id: i64,
    name_fa: String,
    name_en: Option<String>,
}

/// A line of the cities.
#[derive(Deserialize)]
struct CityLine {
    id: i64,
    province_id: i64,
    name_fa: String,
    name_en: Option<String>,
}

/// Loads them, straight into the database; whoever serves goes on meanwhile.
pub(super) async fn generate_city(config: Config) -> Result<(), Failure> {
    config.check_complete()?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    if !config.database.postgres() {
        shared::private_folder::create(&config.server.data)?;
    }
    let database = Database::connect(&config.database, clock.as_ref()).await?;
    migration::migrate(database.writer()).await?;
    // Nobody is told of anything, so Redis is not asked for.
    let core = Core::new(config, database, Ports::embedded(clock)).await?;
    let LoadedPlaces { provinces, cities } = load(&core).await?;
    core.close().await;
    print(&format!("{provinces} provinces, {cities} cities\n"))
}

/// Loads the places that ship with Kith; those that are there already are renewed.
pub(super) async fn load(core: &Core) -> Result<LoadedPlaces, Failure> {
    let (provinces, cities) = shipped()?;
    let bar = progress::bar("places", (provinces.len() + cities.len()) as u64);
    let shown = bar.clone();
    let loaded = core.places.load(provinces, cities, move |rows| shown.inc(rows)).await?;
    bar.finish_and_clear();
    Ok(loaded)
}

fn shipped() -> Result<(Vec<NewProvince>, Vec<NewCity>), csv::Error> {
    let provinces = csv::Reader::from_reader(migration::places::PROVINCES.as_bytes())
        .into_deserialize()
        .map(|line| line.map(|ProvinceLine { id, name_fa, name_en }| NewProvince { id, name_fa, name_en }));
    let cities = csv::Reader::from_reader(migration::places::CITIES.as_bytes()).into_deserialize().map(|line| {
        line.map(|CityLine { id, province_id, name_fa, name_en }| NewCity { id, province_id, name_fa, name_en })
    });
    Ok((provinces.collect::<Result<_, _>>()?, cities.collect::<Result<_, _>>()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_reads() {
        let (provinces, cities) = shipped().expect("it reads");
        assert_eq!((provinces.len(), cities.len()), (31, 1353));
        assert_eq!((provinces[7].name_fa.as_str(), provinces[7].name_en.as_deref()), ("تهران", Some("Tehran")));
        assert!(cities.iter().any(|city| city.name_en.is_none()), "no name is none, not an empty one");
        assert!(cities.iter().all(|city| provinces.iter().any(|province| province.id == city.province_id)));
    }
}
