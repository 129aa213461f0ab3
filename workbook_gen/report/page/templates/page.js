"use strict";
const views = [...document.querySelectorAll("[data-view]")];
const title = document.title;

/* One page at a time: the one that the address names, or that holds what it names; #all shows every page. */
function show(focus) {
  const name = decodeURIComponent(location.hash.slice(1));
  const target = name ? document.getElementById(name) : null;
  const every = name === "all";
  const view = (target && target.closest("[data-view]")) || (target && target.id === "main" ? views.find((one) => !one.hidden) : null) || views[0];
  for (const one of views) one.hidden = !every && one !== view;
  for (const link of document.querySelectorAll("nav a")) {
    if (!every && link.hash === "#" + view.id) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = every ? title : view.querySelector("h2").textContent + " – " + title;
  if (!focus) { if (target && target !== view) target.scrollIntoView(); return; }
  if (target && target.id === "main") { target.focus(); return; }
  const heading = target && target !== view ? target.querySelector("h4") || target : (every ? document.querySelector("h2") : view.querySelector("h2"));
  heading.focus({ preventScroll: true });
  if (target && target !== view) target.scrollIntoView(); else window.scrollTo(0, 0);
}

/* Sorting: a button in every heading of a table; figures by their number, words by the alphabet, what is not there last. */
function key(row, at) {
  const cell = row.cells[at];
  return cell.dataset.n === undefined ? null : Number(cell.dataset.n);
}

function compare(first, second, at, numbers, way) {
  const [one, other] = numbers ? [key(first, at), key(second, at)] : [first.cells[at].textContent.trim(), second.cells[at].textContent.trim()];
  if (one === null || other === null) return (one === null) - (other === null);
  return way * (numbers ? one - other : one.localeCompare(other, "en-GB", { numeric: true }));
}

function sort(table, at, said) {
  const heading = table.tHead.rows[0].cells[at];
  const way = heading.getAttribute("aria-sort") === "ascending" ? -1 : 1;
  for (const one of table.tHead.rows[0].cells) one.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", way > 0 ? "ascending" : "descending");
  const body = table.tBodies[0];
  const rows = [...body.rows].filter((row) => !row.classList.contains("total"));
  const numbers = rows.some((row) => key(row, at) !== null);
  rows.sort((first, second) => compare(first, second, at, numbers, way));
  body.append(...rows);
  said.textContent = "Sorted by " + heading.textContent.trim() + (way > 0 ? ", ascending." : ", descending.");
}

/* The line above a table that says what was done to it. */
function status(table) {
  const before = table.parentElement.previousElementSibling;
  if (before && before.matches(".status")) return before;
  const said = document.createElement("p");
  said.className = "status";
  said.setAttribute("role", "status");
  table.parentElement.before(said);
  return said;
}

for (const table of document.querySelectorAll("table[data-sort]")) {
  const said = status(table);
  [...table.tHead.rows[0].cells].forEach((heading, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => sort(table, at, said));
  });
}

/* Filtering: a field above the table of all systems. */
for (const table of document.querySelectorAll("table[data-filter]")) {
  const [label, field, said] = [document.createElement("label"), document.createElement("input"), status(table)];
  field.type = "search";
  field.autocomplete = "off";
  label.className = "filter";
  label.append("Show only systems with these words in a name, code, region or state", field);
  said.before(label);
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    for (const row of table.tBodies[0].rows) {
      const text = [...row.cells].slice(0, 4).map((cell) => cell.textContent).join(" ").toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      left += !row.hidden;
    }
    said.textContent = left + " of " + table.tBodies[0].rows.length + " systems shown.";
  });
}

/* On paper the tables behind the charts are open. */
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  for (const one of opened) one.open = true;
});
addEventListener("afterprint", () => {
  for (const one of opened) one.open = false;
});
addEventListener("hashchange", () => show(true));
show(false);
addEventListener("load", () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target && target.dataset.view !== undefined) window.scrollTo(0, 0);
});
