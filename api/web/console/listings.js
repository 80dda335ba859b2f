// Listings as lists show them, and the choices that they are sorted by.

import { all, api } from "./api.js";
import { avatar, count, h, icon, naming, picture } from "./dom.js";
import { option } from "./form.js";

/** Stars, in words for those who do not see them. */
export function stars(average, number) {
  if (!number) return h("span", { class: "soft" }, "no reviews yet");
  const filled = Math.floor(average + 0.25);
  const words = `${average.toFixed(1)} of 5 stars, ${count(number, "review")}`;
  return h(
    "span",
    { class: "stars" },
    h("span", { class: "unseen" }, words),
    h(
      "span",
      { "aria-hidden": "true" },
      "★".repeat(filled),
      h("span", { class: "pale" }, "★".repeat(5 - filled)),
      ` ${average.toFixed(1)} (${number})`,
    ),
  );
}

const townOf = (place) => place.name_en || place.name;

export const place = ({ city, province }) =>
  h(
    "span",
    { class: "place" },
    icon("place"),
    [city, province]
      .map(townOf)
      .filter((name, at, names) => names.indexOf(name) === at)
      .map((name, at) => [at ? ", " : "", h("bdi", {}, name)]),
  );

export function listingCard(listing) {
  const { id, title, subcategory, main_picture, rating, user, hourly_price, saved } = listing;
  const shown = main_picture?.thumbnail_url ?? main_picture?.url;
  return h(
    "article",
    { class: "card listing" },
    h(
      "div",
      { class: "shown", "data-hue": subcategory.id % 6 },
      shown ? h("img", { src: picture(shown), alt: "", loading: "lazy" }) : icon("listings"),
    ),
    h(
      "div",
      { class: "told" },
      h("p", { class: "kind" }, h("bdi", {}, subcategory.title), saved ? h("span", { class: "state" }, "Saved") : null),
      h("h3", {}, h("a", { href: `#/listings/${id}`, class: "whole", dir: "auto" }, title)),
      h("p", { class: "soft" }, place(listing)),
      h(
        "p",
        {},
        stars(rating.average, rating.count),
        hourly_price ? h("span", { class: "price", dir: "auto" }, hourly_price) : null,
      ),
      h("p", { class: "by soft" }, avatar(user, "small"), naming(user)),
    ),
  );
}

let tree;
/** Categories with their subcategories, read once. */
export const categories = () =>
  (tree ??= all(api.listCategories).catch((problem) => ((tree = undefined), Promise.reject(problem))));

/** Options of subcategories, by category; a category itself is `c1`, if one may choose it. */
export const categoryOptions = async (wholeToo) =>
  (await categories()).map(({ id, title, subcategories }) =>
    h(
      "optgroup",
      { label: title },
      wholeToo ? option(`c${id}`, `All of ${title}`) : null,
      subcategories.map((one) => option(one.id, one.title)),
    ),
  );

export const provinceOptions = async () => (await all(api.listProvinces)).map((one) => option(one.id, townOf(one)));

/** Fills a select with the cities of the province that another one has chosen, and keeps it so. */
export async function followProvince(province, city, none) {
  const fill = async () => {
    const list = province.value ? await all(api.listCities, { province_id: province.value }) : [];
    city.replaceChildren(option("", none), ...list.map((one) => option(one.id, townOf(one))));
    city.disabled = !province.value;
  };
  province.addEventListener("change", () => fill().catch(() => {}));
  await fill();
}
