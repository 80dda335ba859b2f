// The session of whoever is signed in to the console.

import { Session } from "../base/session.js";
import { state, tell } from "./store.js";

export const session = new Session("kith.session", (why) => {
  state.me = null;
  tell("signed-out", why);
});
