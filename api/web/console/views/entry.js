// Before one is signed in: sign in, sign up, the mail that activates, a forgotten password.

import { api } from "../api.js";
import { button, h, icon } from "../dom.js";
import { form } from "../form.js";
import { notice } from "../notices.js";
import { goInstead } from "../router.js";
import { session } from "../session.js";
import { tell } from "../store.js";

/** What the server says of itself in the page. */
const setting = (name) => document.querySelector(`meta[name="kith-${name}"]`)?.content;

/** Who waits for an activation mail, kept over a reload of the tab. */
const WAITING = "kith.waiting";

const card = (...children) => h("section", { class: "card entry" }, ...children);

export function signInView() {
  return card(
    h("h1", {}, "Sign in"),
    h("p", { class: "lead" }, "Good to see you again."),
    form(
      [
        {
          name: "login",
          label: "Username or email",
          autocomplete: "username",
          autocapitalize: "none",
          required: true,
          "data-first": true,
        },
        { name: "password", label: "Password", type: "password", autocomplete: "current-password", required: true },
      ],
      { submit: "Sign in", action: ({ login, password }) => enter(login, password) },
    ),
    h("p", { class: "aside" }, "New here? ", h("a", { href: "#/sign-up" }, "Make an account"), "."),
    h("p", { class: "aside" }, h("a", { href: "#/forgotten" }, "Forgotten password?")),
  );
}

async function enter(login, password) {
  try {
    tell("signed-in", await session.signIn(login, password));
  } catch (problem) {
    if (problem.code !== "not_active") throw problem;
    wait(login);
  }
}

function wait(login) {
  sessionStorage.setItem(WAITING, login);
  goInstead("look-into-your-mail");
}

export function signUpView() {
  const required = setting("activation") === "required";
  return card(
    h("h1", {}, "Make an account"),
    h("p", { class: "lead" }, "A name that others find you by, and a password. The rest can wait."),
    form(
      [
        {
          name: "full_name",
          label: "Your name",
          autocomplete: "name",
          "data-first": true,
          hint: "As others should see it. May be left out.",
        },
        {
          name: "username",
          label: "Username",
          autocomplete: "username",
          autocapitalize: "none",
          required: true,
          hint: "Letters, digits and . + - _",
        },
        {
          name: "email",
          label: "Email",
          type: "email",
          autocomplete: "email",
          required,
          hint: required
            ? "A mail with a link activates your account."
            : "To get back in when you forget the password. May be left out.",
        },
        {
          name: "password",
          label: "Password",
          type: "password",
          autocomplete: "new-password",
          required: true,
          hint: "At least 8 characters.",
        },
      ],
      { submit: "Make an account", action: signUp },
    ),
    h("p", { class: "aside" }, "You have one? ", h("a", { href: "#/sign-in" }, "Sign in"), "."),
  );
}

async function signUp({ full_name, username, email, password }) {
  const account = await api.register({
    username,
    password,
    email: email || undefined,
    full_name: full_name || undefined,
  });
  if (account.active) await enter(username, password);
  else wait(username);
}

export function activationView() {
  const login = sessionStorage.getItem(WAITING);
  const mailbox = setting("mailbox");
  const resend = async () => {
    await api.resendActivation(login);
    notice("If your account waits for it, another mail is on its way.");
  };
  return card(
    h("div", { class: "emblem" }, icon("mail")),
    h("h1", {}, "Look into your mail"),
    h(
      "p",
      { class: "lead" },
      "We have sent you a link. Follow it, press the button there, and come back to sign in. It works for two minutes.",
    ),
    mailbox
      ? h(
          "p",
          { class: "hint" },
          "This Kith keeps its mails to itself: they are in ",
          h("a", { href: mailbox, target: "_blank" }, "its mailbox"),
          ".",
        )
      : null,
    h(
      "div",
      { class: "buttons" },
      h("a", { class: "primary", href: "#/sign-in" }, "Sign in"),
      login ? button("Send another mail", resend, { kind: "quiet" }) : null,
    ),
  );
}

export function forgottenView() {
  const mailbox = setting("mailbox");
  return card(
    h("h1", {}, "A new password"),
    h(
      "p",
      { class: "lead" },
      "We send a link to the email of your account. Every session ends when you set the password.",
    ),
    form(
      [{ name: "login", label: "Username or email", autocomplete: "username", required: true, "data-first": true }],
      {
        submit: "Send the link",
        action: async ({ login }) => {
          await api.askPasswordReset(login);
          notice("If there is such an account, a mail is on its way.");
        },
      },
    ),
    mailbox
      ? h(
          "p",
          { class: "hint" },
          "Mails are in ",
          h("a", { href: mailbox, target: "_blank" }, "the mailbox"),
          " of this Kith.",
        )
      : null,
    h("p", { class: "aside" }, h("a", { href: "#/sign-in" }, "Back to sign in")),
  );
}
