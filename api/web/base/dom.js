// Elements.

/** Makes an element. Text stays text: nothing in these pages makes HTML of what people wrote. */
export function h(name, attributes, ...children) {
  const node = document.createElement(name);
  const { value, ...others } = attributes ?? {};
  for (const [key, given] of Object.entries(others)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), given);
    else if (given !== undefined && given !== null && given !== false)
      node.setAttribute(key, given === true ? "" : given);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false));
  if (value !== undefined && value !== null) node.value = value; // a select needs its options first
  return node;
}
