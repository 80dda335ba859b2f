// Notifications in words, and where they lead.

import { nameOf } from "./dom.js";

/** A notification as a sentence. Kinds that a newer server adds are told by their text. */
export function sentence({ kind, actor, body }) {
  // In whatever script the name is, it stays by itself (U+2068, U+2069).
  const who = actor ? `\u2068${nameOf(actor)}\u2069` : "Somebody";
  const sentences = {
    requested: `${who} would like to connect.`,
    accepted: `${who} accepted your request.`,
    rejected: `${who} declined your request.`,
    listing_reviewed: `${who} reviewed your listing.`,
    review_answered: `${who} answered your review.`,
    case_answered: "The staff answered your case.",
    report_resolved: "The staff looked at your report.",
  };
  return sentences[kind] ?? body ?? "Something happened.";
}

/** The view that tells more, if there is one. */
export function whereTo({ kind, actor, subject_id }) {
  if (kind === "listing_reviewed" || kind === "review_answered") return `#/listings/${subject_id}`;
  return actor ? `#/people/${actor.id}` : "#/notifications";
}
