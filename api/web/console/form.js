// Forms and dialogs: labelled fields, and problems shown where they belong.

import { freshName } from "../base/http.js";
import { h } from "./dom.js";

let number = 0;

/**
 * A form. Each field is `{name, label, type, value, hint, options, required, …}`, any other attribute goes to its
 * input; `type` may be `textarea`, `select` (with `options`: elements) or `checkbox`. `action` gets the values by name,
 * empty ones as "", the form, and a name for it as it is filled: pressed again after no answer came, it has the same name, and
 * what it makes is made once. A `Problem` that `action` throws is shown at the fields that it names, or above the button.
 */
export function form(fields, { submit, action, danger, quiet, extra } = {}) {
  const fault = h("p", { class: "fault", role: "alert" });
  const press = h("button", { type: "submit", class: danger ? "danger" : quiet ? "quiet" : "primary" }, submit);
  const shown = fields.map(field);
  const node = h(
    "form",
    { novalidate: true },
    shown.map(({ row }) => row),
    fault,
    h("div", { class: "buttons" }, press, extra),
  );
  let key = freshName();
  node.addEventListener("input", () => (key = freshName()));
  node.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (press.ariaBusy === "true") return;
    press.ariaBusy = "true";
    fault.textContent = "";
    for (const one of shown) one.complain();
    try {
      const missing = shown.filter(({ input }) => input.required && !input.value);
      for (const one of missing) one.complain(["This is needed."]);
      if (missing.length) return missing[0].input.focus();
      await action(Object.fromEntries(shown.map(({ input }) => [input.name, valueOf(input)])), node, key);
      key = freshName();
      for (const { input } of shown) input.removeAttribute("data-touched"); // it is the server's now
    } catch (problem) {
      show(problem, shown, fault);
    } finally {
      press.ariaBusy = null;
    }
  });
  return node;
}

function valueOf(input) {
  if (input.type === "checkbox") return input.checked;
  return input.type === "file" ? input.files[0] : input.value;
}

function show(problem, shown, fault) {
  const others = { ...problem.errors };
  const wrong = shown.filter(({ input }) => others[input.name]);
  for (const one of wrong) {
    one.complain(others[one.input.name]);
    delete others[one.input.name];
  }
  const rest = Object.entries(others).map(([name, messages]) => `${name}: ${messages.join(" ")}`);
  fault.textContent = wrong.length ? rest.join(" ") : rest.join(" ") || problem.message;
  (wrong[0]?.input ?? fault).focus?.();
  if (problem.status === undefined) console.error(problem); // not the server's: ours
}

/** One field: its row, its input, and how it complains. */
export function field({ name, label, type = "text", hint, options, checked, ...attributes }) {
  const id = `field-${++number}`;
  const tag = type === "textarea" || type === "select" ? type : "input";
  const fault = h("p", { class: "fault", id: `${id}-fault` });
  const described = [hint ? `${id}-hint` : "", `${id}-fault`].join(" ").trim();
  const input = h(
    tag,
    { id, name, "aria-describedby": described, type: tag === "input" && type, checked, ...attributes },
    options,
  );
  if (type === "text" || type === "textarea" || type === "search") input.dir = "auto";
  const complain = (messages = []) => {
    fault.textContent = messages.join(" ");
    input.toggleAttribute("aria-invalid", false);
    if (messages.length) input.setAttribute("aria-invalid", "true");
  };
  const said = hint ? h("p", { class: "hint", id: `${id}-hint` }, hint) : null;
  const name_of = h("label", { for: id }, label);
  const row =
    type === "checkbox"
      ? h("div", { class: "field check" }, input, h("div", {}, name_of, said, fault))
      : h("div", { class: "field" }, name_of, said, input, fault);
  return { row, input, complain };
}

/** A select's options. */
export const option = (value, text, ...more) => h("option", { value, dir: "auto" }, text, ...more);

/**
 * Asks in a dialog. Gives `true` when `action` was done, `false` when the person thought better of it; what goes
 * wrong is shown in the dialog, which stays.
 */
export function ask({ title, text, fields = [], submit, danger, action }) {
  return new Promise((settle) => {
    const opener = document.activeElement;
    const around = opener.closest(".buttons, li, section");
    const close = (done) => dialog.close(done ? "done" : "");
    const cancel = h("button", { type: "button", class: "quiet", onclick: () => close(false) }, "Cancel");
    const act = async (...filled) => {
      await action(...filled);
      close(true);
    };
    const heading = `dialog-${++number}`;
    const dialog = h(
      "dialog",
      { "aria-labelledby": heading },
      h("h2", { id: heading }, title),
      text ? h("p", {}, text) : null,
      form(fields, { submit, danger, action: act, extra: cancel }),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      // What opened it may have made way for what comes next.
      if (!opener.isConnected) (around?.querySelector("a, button") ?? document.querySelector("h1")).focus();
      settle(dialog.returnValue === "done");
    });
    document.body.append(dialog);
    dialog.showModal(); // keeps the focus inside, closes on Escape, gives the focus back
  });
}
