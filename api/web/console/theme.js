// Light, dark, or as the system is.

const KEY = "kith.theme";

export const theme = () => localStorage.getItem(KEY) ?? "";

export function chooseTheme(name) {
  if (name) localStorage.setItem(KEY, name);
  else localStorage.removeItem(KEY);
  show();
}

function show() {
  if (theme()) document.documentElement.dataset.theme = theme();
  else delete document.documentElement.dataset.theme;
}

show();
