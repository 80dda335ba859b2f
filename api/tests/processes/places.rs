//! `api generate-city`, and places that are there from the first start.

use crate::house::House;
use crate::world::Api;

#[tokio::test]
async fn the_places_are_loaded_and_renewed() {
    for house in House::each().await {
        for _ in 0..2 {
            let ended = house.command(&["generate-city"]).await;
            House::done(&ended);
            assert_eq!(ended.stdout, "31 provinces, 1353 cities\n");
            let name = house.text("SELECT name_fa || ' ' || name_en FROM provinces WHERE id = 8").await;
            assert_eq!(name, "تهران Tehran");
            // The next time mends it.
            house.run("UPDATE provinces SET name_fa = '?' WHERE id = 8; DELETE FROM cities WHERE id = 1353").await;
        }
    }
}

#[tokio::test]
async fn an_embedded_start_loads_the_places_once() {
    for house in House::each().await {
        Api::start(house.folder(), &house.environment()).await.process.stop().await;
        assert_eq!(house.text("SELECT CAST(count(*) AS text) FROM cities").await, "1353");
        house.run("UPDATE provinces SET name_fa = 'mine' WHERE id = 8").await;
        Api::start(house.folder(), &house.environment()).await.process.stop().await;
        assert_eq!(house.text("SELECT name_fa FROM provinces WHERE id = 8").await, "mine");
    }
}
