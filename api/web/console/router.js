// Views by the part of the address after `#`. A view is a function of `{params, query, signal}` that gives an element,
// which begins with a heading; `signal` is aborted when it is left, and with it all that the view listens to.

import { button, empty, h, loading } from "./dom.js";

/** How long a view may take before something says that it is being fetched, in milliseconds. */
const PATIENCE = 150;

const main = document.getElementById("main");
let routes = [];
let leaving = new AbortController();
let failed = false;

/** Routes as `[pattern, view]`, `people/:id` for instance; `open` says where one may go, and gives where to instead. */
export function start(table, allowed) {
  routes = table.map(([pattern, view]) => ({ parts: pattern.split("/"), view, allowed }));
  addEventListener("hashchange", () => show());
  return show();
}

export const address = () => location.hash.slice(2) || "people";
export const go = (path) => (location.hash = `/${path}`);
/** As `go`, but leaving no trace to come back to. */
export const goInstead = (path) => location.replace(`#/${path}`);

/** Shows the view anew, keeping the focus where it is if it is still there. */
export const again = () => show({ quietly: true });
/** Shows the view anew if it could not be shown. */
export const againIfFailed = () => failed && again();

async function show({ quietly = false } = {}) {
  const [path, search] = address().split("?");
  const parts = path.split("/");
  const route = routes.find((route) => route.parts.length === parts.length && route.parts.every(fits(parts)));
  if (!route) return goInstead("people");
  const elsewhere = route.allowed(parts[0]);
  if (elsewhere) return goInstead(elsewhere);

  leaving.abort();
  const { signal } = (leaving = new AbortController());
  const params = Object.fromEntries(route.parts.map((part, at) => [part.slice(1), Number(parts[at])]));
  const waiting = setTimeout(() => quietly || main.replaceChildren(loading()), PATIENCE);
  failed = false;
  let node;
  try {
    node = await route.view({ params, query: new URLSearchParams(search), signal });
  } catch (problem) {
    if (problem.status === undefined) console.error(problem); // not the server's: ours
    failed = true;
    node = trouble(problem);
  }
  clearTimeout(waiting);
  if (signal.aborted) return; // left before it was there
  const scrolled = scrollY;
  main.replaceChildren(node);
  const heading = main.querySelector("h1");
  document.body.dataset.view = parts[0];
  document.title = `${heading.textContent} · Kith`;
  main.dispatchEvent(new CustomEvent("shown", { detail: parts[0] }));
  if (quietly) return scrollTo(0, scrolled);
  scrollTo(0, 0);
  heading.tabIndex = -1;
  if (!node.querySelector("[data-first]")) heading.focus({ preventScroll: true });
  else node.querySelector("[data-first]").focus();
  node.dispatchEvent(new CustomEvent("entered")); // for what needs its size
}

const fits = (parts) => (part, at) => (part.startsWith(":") ? /^\d+$/.test(parts[at]) : part === parts[at]);

function trouble(problem) {
  const gone = problem.status === 404;
  const words = gone ? "It was removed, or it was never there." : problem.message;
  const way = gone
    ? h("a", { href: "#/people" }, "Back to people")
    : button("Try again", () => show(), { kind: "quiet" });
  return h(
    "section",
    {},
    h("h1", {}, gone ? "Nothing is here" : "This could not be shown"),
    empty("cloud", words, way),
  );
}
