// One listing: what it is, what people say of it, and what one thinks oneself.

import { api } from "../api.js";
import { avatar, button, empty, h, naming, paged, picture, time } from "../dom.js";
import { ask, form, option } from "../form.js";
import { place, stars } from "../listings.js";
import { notice } from "../notices.js";
import { askToReport, personRow, tieButtons } from "../people.js";
import { again, go } from "../router.js";
import { state } from "../store.js";

export async function listing({ params: { id } }) {
  const listing = await api.getListing(id);
  const own = listing.user.id === state.me.id;
  const reviews = await reviewsOf(listing, own);
  return h(
    "section",
    {},
    h("p", { class: "kind" }, h("bdi", {}, listing.category.title), " › ", h("bdi", {}, listing.subcategory.title)),
    h(
      "header",
      { class: "headed" },
      h("h1", { dir: "auto" }, listing.title),
      own ? ownButtons(listing) : saving(listing),
    ),
    h(
      "p",
      { class: "facts" },
      place(listing),
      stars(listing.rating.average, listing.rating.count),
      h("span", { class: "soft" }, "since ", time(listing.created_at)),
    ),
    pictures(listing),
    h(
      "div",
      { class: "card prose" },
      listing.description
        ? h("p", { class: "text", dir: "auto" }, listing.description)
        : h("p", { class: "soft" }, "No more is told of it."),
      listing.experiences
        ? [h("h2", {}, "Done before"), h("p", { class: "text", dir: "auto" }, listing.experiences)]
        : null,
      details(listing),
    ),
    own
      ? null
      : h("div", { class: "card" }, personRow(listing.user, tieButtons(listing.user, { whole: true }))),
    h("h2", {}, "Reviews"),
    reviews,
    own
      ? null
      : h(
          "footer",
          { class: "stern" },
          button("Report this listing", () => askToReport("listing", id, "this listing"), { kind: "plain" }),
        ),
  );
}

function saving(listing) {
  const node = button(
    "",
    async () => {
      if (listing.saved) await api.forgetListing(listing.id);
      else await api.saveListing(listing.id);
      listing.saved = !listing.saved;
      show();
    },
    { kind: "quiet", mark: "saved" },
  );
  const words = node.appendChild(h("span", {}));
  const show = () => {
    node.ariaPressed = `${listing.saved}`;
    words.textContent = listing.saved ? "Saved" : "Save";
  };
  show();
  return node;
}

const ownButtons = (listing) =>
  h(
    "div",
    { class: "buttons" },
    button(
      "Add a picture",
      () =>
        ask({
          title: "Add a picture",
          fields: [
            {
              name: "picture",
              label: "JPEG, PNG or WebP, at most 5 MiB",
              type: "file",
              accept: "image/jpeg,image/png,image/webp",
              required: true,
            },
          ],
          submit: "Add it",
          action: async ({ picture }) => {
            await api.addPicture(listing.id, picture);
            again();
          },
        }),
      { kind: "quiet" },
    ),
    button(
      "Delete",
      () =>
        ask({
          title: "Delete this listing?",
          text: "Its pictures and reviews go with it.",
          submit: "Delete",
          danger: true,
          action: async () => {
            await api.removeListing(listing.id);
            go("listings?which=own");
          },
        }),
      { kind: "quiet" },
    ),
  );

function pictures({ pictures, title }) {
  if (!pictures.length) return null;
  const items = pictures.map(({ url }, at) =>
    h(
      "li",
      {},
      h("img", { src: picture(url), alt: `${title}, picture ${at + 1} of ${pictures.length}`, loading: "lazy" }),
    ),
  );
  return h("ul", { class: "pictures", tabindex: "0", "aria-label": "Pictures" }, items);
}

function details({ hourly_price, initial_cost, skills, timetable }) {
  const hours = (slots) =>
    slots.length ? slots.map(({ starts, ends }) => `${starts.slice(0, 5)} – ${ends.slice(0, 5)}`).join(", ") : "closed";
  const rows = [
    ["An hour", hourly_price],
    ["To begin", initial_cost],
    ["It takes", skills.map(({ title }) => title).join(", ")],
    ...timetable.map(({ day, slots }) => [day[0].toUpperCase() + day.slice(1), hours(slots)]),
  ].filter(([, told]) => told);
  return rows.length
    ? h(
        "dl",
        {},
        rows.map(([name, told]) => [h("dt", {}, name), h("dd", { dir: "auto" }, told)]),
      )
    : null;
}

async function reviewsOf(listing, own) {
  const none = empty("star", "No reviews yet", own ? null : "Say how it was.");
  const list = await paged(
    (page) => api.listReviews(listing.id, page),
    (review) => reviewRow(review, own),
    { name: "Reviews", none },
  );
  return h(
    "div",
    {},
    list,
    own ? null : h("details", { class: "card" }, h("summary", {}, "Write a review"), reviewForm(listing)),
  );
}

const reviewForm = ({ id }) =>
  form(
    [
      {
        name: "rating",
        label: "Stars",
        type: "select",
        required: true,
        options: [
          option("", "Choose"),
          ...[5, 4, 3, 2, 1].map((number) => option(number, "★".repeat(number) + ` ${number}`)),
        ],
      },
      { name: "title", label: "In a few words", required: true, maxlength: 200 },
      { name: "text", label: "How was it?", type: "textarea", rows: 4, required: true, maxlength: 5000 },
    ],
    {
      submit: "Publish",
      action: async ({ title, text, rating }, node) => {
        await api.writeReview(id, { title, text, rating: Number(rating) });
        notice("Your review is there.");
        node.reset();
        again();
      },
    },
  );

function reviewRow(review, own) {
  const { user, rating, title, text, reply, created_at, edited_at } = review;
  const mine = user.id === state.me.id;
  const answer = () =>
    ask({
      title: "Answer this review",
      fields: [
        {
          name: "text",
          label: "Your answer",
          type: "textarea",
          rows: 4,
          required: true,
          value: reply ?? "",
          maxlength: 5000,
        },
      ],
      submit: "Answer",
      action: async ({ text }) => {
        await api.replyToReview(review.id, text);
        again();
      },
    });
  const remove = () =>
    ask({
      title: "Delete your review?",
      submit: "Delete",
      danger: true,
      action: async () => {
        await api.removeReview(review.id);
        again();
      },
    });
  return h(
    "article",
    { class: "review" },
    h(
      "p",
      { class: "by" },
      avatar(user, "small"),
      h("a", { href: `#/people/${user.id}` }, naming(user)),
      h("span", { class: "when" }, time(created_at), edited_at ? " · edited" : ""),
    ),
    h("h3", { dir: "auto" }, title),
    h(
      "p",
      { class: "stars" },
      h("span", { class: "unseen" }, `${rating} of 5 stars`),
      h("span", { "aria-hidden": "true" }, "★".repeat(rating), h("span", { class: "pale" }, "★".repeat(5 - rating))),
    ),
    h("p", { class: "text", dir: "auto" }, text),
    reply ? h("blockquote", { dir: "auto" }, h("strong", {}, "Answer: "), reply) : null,
    h(
      "div",
      { class: "buttons" },
      own ? button(reply ? "Change the answer" : "Answer", answer, { kind: "plain" }) : null,
      mine
        ? button("Delete", remove, { kind: "plain" })
        : button("Report", () => askToReport("review", review.id, "this review"), { kind: "plain" }),
    ),
  );
}
