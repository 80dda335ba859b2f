// The operations of v1 that the console uses, by the names that the OpenAPI document gives them.

import { request } from "../base/http.js";
import { session } from "./session.js";

const call = (method, path, options) => session.call(method, path, options);
const get = (path, query) => call("GET", path, { query });
const post = (path, body) => call("POST", path, { body });
const put = (path, body) => call("PUT", path, { body });
const patch = (path, body) => call("PATCH", path, { body });
const remove = (path) => call("DELETE", path);
/** What makes something gets a key, which a filled form has (form.js): however often it has to be sent, it is made once. */
const make = (path, body, key) => call("POST", path, { body, headers: { "Idempotency-Key": key } });

/** All items of a list of which one page after another is asked for. */
export async function all(list, query = {}) {
  const items = [];
  for (let cursor; cursor !== null;) {
    const page = await list({ ...query, cursor, limit: 100 });
    items.push(...page.items);
    cursor = page.next;
  }
  return items;
}

export const api = {
  // Without a session.
  register: (account) => request("POST", "accounts", { body: account }),
  resendActivation: (login) => request("POST", "activation/mail", { body: { login } }),
  askPasswordReset: (login) => request("POST", "password-reset/mail", { body: { login } }),

  me: () => get("me"),
  changeMe: (change) => patch("me", change),
  setAvatar: (file) => put("me/avatar", file),
  removeAvatar: () => remove("me/avatar"),
  changePassword: (passwords) => post("me/password", passwords),
  getPreferences: () => get("me/preferences"),
  changePreferences: (change) => patch("me/preferences", change),

  searchUsers: (query) => get("users", query),
  getUser: (id) => get(`users/${id}`),
  listSuggestions: () => get("suggestions", { limit: 10 }),
  dismissSuggestion: (id) => remove(`suggestions/${id}`),
  listPresence: (query) => get("presence", query),

  listConnections: (query) => get("connections", query),
  removeConnection: (id) => remove(`connections/${id}`),
  listRequests: (query) => get("connection-requests", query),
  getRequest: (id) => get(`connection-requests/${id}`),
  sendRequest: (to_user_id, message, key) => make("connection-requests", { to_user_id, message }, key),
  acceptRequest: (id) => post(`connection-requests/${id}/accept`),
  rejectRequest: (id) => post(`connection-requests/${id}/reject`),
  cancelRequest: (id) => post(`connection-requests/${id}/cancel`),
  listBlocks: (query) => get("blocks", query),
  block: (id) => put(`blocks/${id}`),
  unblock: (id) => remove(`blocks/${id}`),
  report: (subject, subject_id, message) => post("reports", { subject, subject_id, message }),
  getReport: (id) => get(`reports/${id}`),

  listNotifications: (query) => get("notifications", query),
  countUnread: () => get("notifications/unread-count"),
  readNotification: (id) => post(`notifications/${id}/read`),
  readThrough: (through) => post("notifications/read", { through }),
  removeNotification: (id) => remove(`notifications/${id}`),

  listChats: (query) => get("chats", query),
  openChat: (account_id) => post("chats", { account_id }),
  getChat: (id) => get(`chats/${id}`),
  listMessages: (id, query) => get(`chats/${id}/messages`, query),
  editMessage: (chat, id, text) => patch(`chats/${chat}/messages/${id}`, { text }),
  removeMessage: (chat, id) => remove(`chats/${chat}/messages/${id}`),

  searchListings: (query) => get("listings", query),
  listOwnListings: (query) => get("me/listings", query),
  listSavedListings: (query) => get("me/saved-listings", query),
  getListing: (id) => get(`listings/${id}`),
  createListing: (listing, key) => make("listings", listing, key),
  removeListing: (id) => remove(`listings/${id}`),
  addPicture: (id, file) => call("POST", `listings/${id}/pictures`, { body: file }),
  saveListing: (id) => put(`me/saved-listings/${id}`),
  forgetListing: (id) => remove(`me/saved-listings/${id}`),
  listReviews: (id, query) => get(`listings/${id}/reviews`, query),
  writeReview: (id, review) => post(`listings/${id}/reviews`, review),
  removeReview: (id) => remove(`reviews/${id}`),
  replyToReview: (id, text) => put(`reviews/${id}/reply`, { text }),
  listCategories: (query) => get("categories", query),
  listProvinces: (query) => get("provinces", query),
  listCities: (query) => get("cities", query),

  createTicket: () => post("ws/tickets"),
};
