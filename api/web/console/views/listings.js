// What people offer: searched, saved, one's own; and a new one.

import { api } from "../api.js";
import { button, empty, h, paged } from "../dom.js";
import { field, form, option } from "../form.js";
import { categoryOptions, followProvince, listingCard, provinceOptions } from "../listings.js";
import { notice } from "../notices.js";
import { go } from "../router.js";

const WHICH = [
  ["", "All"],
  ["saved", "Saved"],
  ["own", "Yours"],
];

export async function listings({ query }) {
  const which = query.get("which") ?? "";
  const tabs = WHICH.map(([key, name]) =>
    h(
      "a",
      { href: key ? `#/listings?which=${key}` : "#/listings", "aria-current": key === which ? "page" : false },
      name,
    ),
  );
  const head = h(
    "header",
    { class: "headed" },
    h("h1", {}, "Listings"),
    h("a", { class: "quiet", href: "#/listings/new" }, "Offer something"),
  );
  return h(
    "section",
    {},
    head,
    h("nav", { class: "pills", "aria-label": "Which listings" }, tabs),
    await shown(which, query),
  );
}

async function shown(which, query) {
  if (which === "saved") {
    const none = empty("saved", "Nothing saved", "Keep a listing for later with the button on its page.");
    return cards(
      (page) => api.listSavedListings(page),
      ({ listing }) => listingCard(listing),
      none,
    );
  }
  if (which === "own") return cards(api.listOwnListings, listingCard, empty("listings", "You offer nothing yet"));
  return search(query);
}

async function cards(list, row, none) {
  const node = await paged(list, row, { name: "Listings", none });
  node.querySelector?.("ul")?.setAttribute("class", "cards");
  return node;
}

const FILTERS = ["q", "of", "province_id", "city_id", "min_rating"];

/** What is searched for stands in the address, so that one can come back to it. */
async function search(query) {
  const [subcategories, provinces] = await Promise.all([categoryOptions(true), provinceOptions()]);
  const fields = [
    { name: "q", label: "Words", type: "search", autocomplete: "off" },
    { name: "of", label: "What", type: "select", options: [option("", "Anything"), ...subcategories] },
    { name: "province_id", label: "Province", type: "select", options: [option("", "Anywhere"), ...provinces] },
    { name: "city_id", label: "City", type: "select" },
    {
      name: "min_rating",
      label: "Rating",
      type: "select",
      options: [option("", "Any"), option("3", "3 stars and more"), option("4", "4 stars and more")],
    },
  ].map((one) => field({ ...one, value: query.get(one.name) ?? "" }));
  const [, , province, city] = fields.map(({ input }) => input);
  await followProvince(province, city, "Anywhere");
  city.value = query.get("city_id") ?? "";

  const filters = h(
    "form",
    { class: "filters", role: "search" },
    fields.map(({ row }) => row),
    h("button", { class: "primary", type: "submit" }, "Search"),
  );
  filters.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = new URLSearchParams();
    for (const { input } of fields) if (input.value) chosen.set(input.name, input.value);
    go(chosen.size ? `listings?${chosen}` : "listings");
  });

  const chosen = Object.fromEntries(FILTERS.map((name) => [name, query.get(name)]));
  const of = chosen.of ?? "";
  const asked = {
    q: chosen.q,
    category_id: of.startsWith("c") ? of.slice(1) : "",
    subcategory_id: of.startsWith("c") ? "" : of,
    province_id: chosen.province_id,
    city_id: chosen.city_id,
    min_rating: chosen.min_rating,
  };
  const any = FILTERS.some((name) => chosen[name]);
  const none = any
    ? empty("search", "Nothing like that is offered", h("a", { href: "#/listings" }, "Show all"))
    : empty("listings", "Nothing is offered yet", "Be the first.");
  return h("div", {}, filters, await cards((page) => api.searchListings({ ...asked, ...page }), listingCard, none));
}

export async function newListing() {
  const [subcategories, provinces] = await Promise.all([categoryOptions(), provinceOptions()]);
  const node = form(
    [
      { name: "title", label: "What do you offer?", required: true, maxlength: 200, "data-first": true },
      {
        name: "subcategory_id",
        label: "Which kind?",
        type: "select",
        required: true,
        options: [option("", "Choose"), ...subcategories],
      },
      {
        name: "province_id",
        label: "Province",
        type: "select",
        required: true,
        options: [option("", "Choose"), ...provinces],
      },
      { name: "city_id", label: "City", type: "select", required: true },
      { name: "description", label: "Tell more of it", type: "textarea", rows: 5, maxlength: 5000 },
      { name: "hourly_price", label: "What an hour costs", hint: "In words, with the currency.", maxlength: 200 },
      { name: "skills", label: "What it takes", hint: "Separated by commas." },
      { name: "picture", label: "A picture", type: "file", accept: "image/jpeg,image/png,image/webp" },
    ],
    {
      submit: "Offer it",
      extra: h("a", { class: "quiet", href: "#/listings" }, "Cancel"),
      action: async ({ title, subcategory_id, city_id, description, hourly_price, skills, picture }, _, key) => {
        const titles = skills
          .split(",")
          .map((skill) => skill.trim())
          .filter(Boolean);
        const offered = {
          title,
          subcategory_id: Number(subcategory_id),
          city_id: Number(city_id),
          description: description || undefined,
          hourly_price: hourly_price || undefined,
          skills: titles,
        };
        const listing = await api.createListing(offered, key);
        if (picture)
          await api.addPicture(listing.id, picture).catch((problem) => notice(problem.message, { kind: "fault" }));
        go(`listings/${listing.id}`);
      },
    },
  );
  await followProvince(node.elements.province_id, node.elements.city_id, "Choose");
  return h("section", { class: "narrow" }, h("h1", {}, "Offer something"), h("div", { class: "card" }, node));
}
