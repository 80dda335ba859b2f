// Views by the part of the address after `#`. A view is a function of `{params, query, signal}` that gives an element,
// which begins with a heading; `signal` is aborted when it is left, and with it all that the view listens to.

import { button, empty, h, loading } from "./dom.js";
import { hear } from "./store.js";

/** How long a view may take before something says that it is being fetched, in milliseconds. */
const PATIENCE = 150;
/** After how long a view is made anew once more that could not be, in milliseconds. */
const RETRY = 3_000;

const main = document.getElementById("main");
let routes = [];
let leaving = new AbortController();
let failed = false;
/** The path of the view that is there. */
let there;

/** Routes as `[pattern, view]`, `people/:id` for instance; `allowed` says where one may go, and gives where to instead. */
export function start(table, allowed) {
  routes = table.map(([pattern, view]) => ({ parts: pattern.split("/"), view, allowed }));
  addEventListener("hashchange", () => show());
  hear("signed-out", () => leaving.abort());
  main.addEventListener("input", ({ target }) => target.toggleAttribute("data-touched", true));
  return show();
}

export const address = () => location.hash.slice(2) || "people";
export const go = (path) => (location.hash = `/${path}`);
/** As `go`, but leaving no trace to come back to. */
export const goInstead = (path) => location.replace(`#/${path}`);

/** Shows the view anew, keeping the focus where it is if it is still there, and what was filled in. */
export const again = () => show({ anew: true });
/** Shows the view anew if it could not be shown. */
export const againIfFailed = () => failed && again();

async function show({ anew = false } = {}) {
  const [path, search] = address().split("?");
  const quietly = anew && path === there;
  const parts = path.split("/");
  const route = routes.find((route) => route.parts.length === parts.length && route.parts.every(fits(parts)));
  if (!route) return goInstead("people");
  const elsewhere = route.allowed(parts[0]);
  if (elsewhere) return goInstead(elsewhere);

  leaving.abort();
  const { signal } = (leaving = new AbortController());
  const params = Object.fromEntries(route.parts.map((part, at) => [part.slice(1), Number(parts[at])]));
  const waiting = setTimeout(() => quietly || main.replaceChildren(loading()), PATIENCE);
  signal.addEventListener("abort", () => clearTimeout(waiting));
  failed = false;
  let node;
  try {
    node = await route.view({ params, query: new URLSearchParams(search), signal });
  } catch (problem) {
    if (signal.aborted) return;
    if (problem.status === undefined) console.error(problem); // not the server's: ours
    failed = true;
    // What is there may be old, but somebody may be writing in it.
    if (quietly && mayPass(problem)) return void setTimeout(() => signal.aborted || again(), RETRY);
    node = trouble(problem);
  }
  clearTimeout(waiting);
  if (signal.aborted) return; // left before it was there
  const scrolled = scrollY;
  const carryOver = whatIsThere();
  main.replaceChildren(node);
  there = path;
  const heading = main.querySelector("h1");
  heading.tabIndex = -1;
  document.body.dataset.view = parts[0];
  document.title = `${heading.textContent} · Kith`;
  main.dispatchEvent(new CustomEvent("shown", { detail: parts[0] }));
  scrollTo(0, quietly ? scrolled : 0);
  if (quietly) carryOver(heading);
  else if (node.querySelector("[data-first]")) node.querySelector("[data-first]").focus();
  else heading.focus({ preventScroll: true });
  node.dispatchEvent(new CustomEvent("entered")); // for what needs its size
}

/** Whether the same may go well a little later: no answer came, or one of a server that is busy or just starts. */
const mayPass = ({ code, status }) => code === "offline" || status === 429 || status >= 500;

/** The controls of the view by what they are known by when it is made anew: what they say, and how many say it before them. */
function controls() {
  const alike = new Map();
  const known = new Map();
  for (const control of main.querySelectorAll("a, button, input, select, summary, textarea, [tabindex]")) {
    const { tagName, name, ariaLabel, textContent } = control;
    const sign = [tagName, name, ariaLabel, textContent].join();
    const before = alike.get(sign) ?? 0;
    alike.set(sign, before + 1);
    known.set(`${sign},${before}`, control);
  }
  return known;
}

/** Notes what was filled in and where the focus is; gives what puts both back in the next view, or the focus on its heading. */
function whatIsThere() {
  const filled = [...main.querySelectorAll("[data-touched]:not([type=file])")];
  const focused = main.contains(document.activeElement) && document.activeElement;
  const signs = new Map([...controls()].map(([sign, control]) => [control, sign]));
  return (heading) => {
    const now = controls();
    const find = (was) => now.get(signs.get(was));
    for (const { was, field } of filled.map((was) => ({ was, field: find(was) }))) {
      if (!field || (field.value === was.value && field.checked === was.checked)) continue;
      Object.assign(field, { value: was.value, checked: was.checked });
      for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
    }
    if (focused) (find(focused) ?? heading).focus({ preventScroll: true });
  };
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
