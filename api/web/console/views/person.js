// One person: who it is, what one is to them, what they offer.

import { api } from "../api.js";
import { avatar, doing, h, nameOf, time } from "../dom.js";
import { listingCard } from "../listings.js";
import { sternButtons, tieButtons } from "../people.js";
import { dot, presenceOf } from "../presence.js";
import { hear, state } from "../store.js";
import { tieTo } from "../ties.js";

export async function person({ params: { id }, signal }) {
  const [somebody, offered] = await Promise.all([api.getUser(id), api.searchListings({ user_id: id, limit: 12 })]);
  const own = id === state.me.id;
  const between = h("p", { class: "soft" });
  const words = h("blockquote", { dir: "auto" });
  const show = () => {
    const { kind, request } = tieTo(id);
    const { online, last_seen } = presenceOf(id);
    const seen = online ? ["online now"] : last_seen ? ["last seen ", time(last_seen)] : [];
    const told = {
      self: ["This is how others see you."],
      connected: ["You are connected", ...(seen.length ? [" · ", ...seen] : []), "."],
      incoming: [`${nameOf(somebody)} would like to connect.`],
      outgoing: ["You have asked to connect."],
      none: [],
    };
    between.replaceChildren(...told[kind]);
    words.textContent = request?.message ?? "";
    words.hidden = !request?.message;
  };
  hear("ties", show, signal);
  hear("presence", (account) => account === id && show(), signal);
  show();
  return h(
    "section",
    {},
    h(
      "header",
      { class: "card profile" },
      h("span", { class: "pictured" }, avatar(somebody, "large"), dot(id)),
      h(
        "div",
        {},
        h("h1", {}, h("bdi", {}, nameOf(somebody))),
        h("p", { class: "soft" }, `@${somebody.username}`),
        doing(somebody) ? h("p", {}, h("bdi", {}, doing(somebody))) : null,
        between,
        words,
        tieButtons(somebody, { whole: true }),
      ),
    ),
    offered.items.length
      ? h(
          "section",
          {},
          h("h2", {}, "Listings"),
          h(
            "ul",
            { class: "cards" },
            offered.items.map((item) => h("li", {}, listingCard(item))),
          ),
        )
      : null,
    own ? null : h("footer", { class: "stern" }, sternButtons(somebody)),
  );
}
