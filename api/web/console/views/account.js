// One's own account: who one is to others, what others may see, the password, who is blocked, how the page looks.

import { api } from "../api.js";
import { avatar, button, h, nameOf, paged } from "../dom.js";
import { field, form, option } from "../form.js";
import { notice } from "../notices.js";
import { personRow } from "../people.js";
import { again } from "../router.js";
import { session } from "../session.js";
import { state, tell } from "../store.js";
import { chooseTheme, theme } from "../theme.js";

export async function account() {
  const [me, preferences, blocked] = await Promise.all([api.me(), api.getPreferences(), blockedPeople()]);
  const part = (title, ...children) => h("section", { class: "card" }, h("h2", {}, title), ...children);
  return h(
    "section",
    { class: "narrow" },
    h("header", { class: "headed" }, h("h1", {}, "Your account"), button("Sign out", () => session.signOut(), { kind: "quiet" })),
    part("Picture", pictureOf(me)),
    part("Profile", profileForm(me)),
    part("Others", preferenceForm(preferences)),
    part("Look", themeChoice()),
    part("Password", passwordForm(me)),
    part("Blocked people", blocked),
  );
}

function changed(me) {
  state.me = me;
  tell("me");
}

function pictureOf(me) {
  const { row, input } = field({
    name: "avatar",
    label: "Choose a picture",
    hint: "JPEG, PNG or WebP, at most 5 MiB.",
    type: "file",
    accept: "image/jpeg,image/png,image/webp",
  });
  const shown = h("div", { class: "with-picture" });
  const show = () =>
    shown.replaceChildren(
      avatar(state.me, "large"),
      h("div", {}, row, state.me.avatar ? button("Remove the picture", remove, { kind: "plain" }) : ""),
    );
  const remove = async () => {
    await api.removeAvatar();
    changed({ ...state.me, avatar: null });
    show();
  };
  input.addEventListener("change", async () => {
    try {
      changed(await api.setAvatar(input.files[0]));
      notice("This is how others see you now.");
    } catch (problem) {
      notice(problem.errors.avatar?.join(" ") ?? problem.message, { kind: "fault" });
    }
    input.value = "";
    show();
    input.focus();
  });
  changed(me);
  show();
  return shown;
}

/** What is emptied is `null` on the wire. */
const profileForm = (me) =>
  form(
    [
      { name: "full_name", label: "Name", value: me.full_name, autocomplete: "name", maxlength: 150 },
      { name: "username", label: "Username", value: me.username, autocomplete: "username", required: true },
      { name: "industry", label: "Line of work", value: me.industry, maxlength: 150 },
      { name: "company_name", label: "Company", value: me.company_name, autocomplete: "organization", maxlength: 150 },
      { name: "phone", label: "Phone", type: "tel", value: me.phone, autocomplete: "tel" },
    ],
    {
      submit: "Save",
      action: async (values) => {
        const change = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.trim() || null]));
        changed(await api.changeMe(change));
        notice("Saved.");
      },
    },
  );

const preferenceForm = (preferences) =>
  form(
    [
      {
        name: "show_presence",
        label: "Show my connections when I am here",
        type: "checkbox",
        checked: preferences.show_presence,
      },
      { name: "suggestable", label: "Suggest me to others", type: "checkbox", checked: preferences.suggestable },
      {
        name: "unread_mails",
        label: "Tell me by mail of messages that I have not read",
        type: "checkbox",
        checked: preferences.unread_mails,
      },
    ],
    {
      submit: "Save",
      action: async (values) => {
        await api.changePreferences(values);
        notice("Saved.");
      },
    },
  );

function themeChoice() {
  const options = [option("", "As the system is"), option("light", "Light"), option("dark", "Dark")];
  const { row, input } = field({ name: "theme", label: "Colours", type: "select", options, value: theme() });
  input.addEventListener("change", () => chooseTheme(input.value));
  return row;
}

const passwordForm = (me) =>
  form(
    [
      {
        name: "current_password",
        label: "The one until now",
        type: "password",
        autocomplete: "current-password",
        required: true,
      },
      {
        name: "password",
        label: "The new one",
        type: "password",
        autocomplete: "new-password",
        required: true,
        hint: `Every other session of ${nameOf(me)} ends.`,
      },
    ],
    {
      submit: "Change the password",
      action: async (passwords, node) => {
        session.adopt(await api.changePassword(passwords)); // other tabs begin anew with it
        node.reset();
        notice("The password is changed.");
      },
    },
  );

const blockedPeople = () => {
  const lift =
    ({ id }) =>
    async () => {
      await api.unblock(id);
      again();
    };
  const row = ({ user }) =>
    personRow(
      user,
      button("Lift the block", lift(user), { kind: "quiet", "aria-label": `Lift the block of ${nameOf(user)}` }),
    );
  return paged(api.listBlocks, row, { name: "Blocked people", none: h("p", { class: "soft" }, "Nobody.") });
};
