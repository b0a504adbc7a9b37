"use strict";
// The list of sites. DataTables searches, sorts and pages; here stand its columns, the filters, the address and the export.
// What a site decides reaches the page as text nodes only: DataTables, which would parse a string as HTML, gets nodes.
const { columns: extras, rows, words } = JSON.parse(document.getElementById("data").textContent);
const [HREF, NAME, SITE, OPERATOR, VERDICT, REACHED, KINDS, FAILED, REVIEW, PROVINCE, TAKEN, EXTRA] = Array(12).keys();
const PAGE = 100;
const PRINTED = 2000;  // rows on paper; the line above the list tells of how many
const find = (id) => document.getElementById(id);
const told = (group, code) => local(words[group][code] || [code, code]);
const doubted = (rule) => told("mark", "review") + " " + told("rule", rule);
const verdicts = Object.keys(words.verdict);
const haystacks = rows.map((row) => [row[NAME], row[SITE], row[OPERATOR], ...row[EXTRA]].join("\n").toLowerCase());
let table, shown;  // shown: the part of the address that the list shows

const FILTERS = {
  q: (row, value, i) => haystacks[i].includes(value.toLowerCase()),
  verdict: (row, value) => row[VERDICT] === value,
  reached: (row, value) => row[REACHED] === value,
  rule: (row, value) => row[FAILED].includes(value) || row[REVIEW].includes(value),
  kind: (row, value) => row[KINDS].includes(value),
};
// Each column: what it is sorted by, and the lines that it shows.
const COLUMNS = {
  "site": [(row) => row[NAME] || row[SITE], (row) => [title(row), row[NAME] && element("span", row[SITE], { class: "small soft" })]],
  "verdict": [(row) => verdicts.indexOf(row[VERDICT]), (row) => [element("span", told("verdict", row[VERDICT]), { class: "tag is-" + row[VERDICT] })]],
  "failed-rules": [(row) => row[FAILED].length, (row) => [...row[FAILED].map((rule) => told("rule", rule)), ...row[REVIEW].map(doubted)]],
  "numbers-shown": [(row) => row[KINDS].length, (row) => row[KINDS].map((kind) => told("kind", kind))],
  "province": [(row) => told("province", row[PROVINCE]), (row) => [told("province", row[PROVINCE])]],
  "reached": [(row) => told("reached", row[REACHED]), (row) => [told("reached", row[REACHED])]],
};

function element(tag, text, attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

const title = (row) => element("a", row[NAME] || row[SITE], { href: row[HREF] + (row[HREF].startsWith("#") ? "" : "#lang=" + language()) });

function lines(shown) {
  const made = element("div", "");
  for (const line of shown.filter(Boolean)) made.appendChild(element("div", "")).append(line);
  return made;
}

const column = ([key, [value, shown]]) => ({
  name: key, type: "told", searchable: false, orderSequence: ["asc", "desc"], title: told("table", key), cellType: key === "site" ? "th" : "td",
  data: (row, use) => (use === "display" ? lines(shown(row)) : value(row)),
  createdCell: (cell) => { if (cell.tagName === "TH") cell.scope = "row"; else cell.dataset.head = told("table", key); },
});

function build() {
  const collator = new Intl.Collator(language() === "zh" ? "zh-CN" : "en", { numeric: true });
  const compare = (a, b) => (typeof a === "number" ? a - b : collator.compare(a, b));
  DataTable.type("told", { order: { asc: compare, desc: (a, b) => compare(b, a) } });
  table?.destroy();
  find("sites").tBodies[0].replaceChildren();
  const paginate = { previous: told("table", "previous"), next: told("table", "next") };
  const aria = { paginate, orderable: told("table", "table.sort"), orderableReverse: told("table", "table.turn") };
  table = new DataTable("#sites", {
    data: rows, columns: Object.entries(COLUMNS).map(column), order: [], orderMulti: false, orderClasses: false, autoWidth: false, pageLength: PAGE,
    layout: { topStart: null, topEnd: null, bottomStart: null, bottomEnd: { paging: { firstLast: false, buttons: 5 } } },
    language: { aria, paginate, emptyTable: told("table", "table.none"), zeroRecords: told("table", "table.none") },
    drawCallback: tell,
  });
  table.table().container().querySelector("nav").setAttribute("aria-label", told("table", "sites"));
  table.on("order", keepOrder).on("page", () => find("list").scrollIntoView());
  refresh();
}

function sorting(api) {
  const [[place, direction] = []] = api.order();
  return direction ? [Object.keys(COLUMNS)[place], direction === "desc"] : [];
}

function keepOrder() {
  const [key, down] = sorting(table), sort = key ? key + (down ? ".down" : "") : "";
  if (sort !== (state().get("sort") || "")) remember({ sort });
  shown = location.hash;
}

// Read out by a screen reader after each change: which rows, of how many, in what order.
function tell() {
  const { start, end, recordsDisplay, recordsTotal, pages } = this.api().page.info();
  const filled = (key, value) => told("table", key).replace("{}", value);
  const range = (pages > 1 || root.classList.contains("printing")) && `${counted(Math.min(start + 1, end))}–${counted(end)}`;
  const all = recordsDisplay < recordsTotal ? filled("table.all", counted(recordsTotal)) : "";
  const [key, down] = sorting(this.api());
  const order = key && filled(down ? "table.descending" : "table.ascending", told("table", key));
  this.api().table().container()?.querySelector(".dt-paging")?.toggleAttribute("hidden", pages < 2);
  find("count").textContent = [range, filled("table.chosen", counted(recordsDisplay)) + all, order].filter(Boolean).join(" · ");
}

function refresh() {
  const kept = state();
  shown = location.hash;
  for (const [name, test] of Object.entries(FILTERS)) {
    const value = kept.get(name) || "";
    if (find(name).value !== value) find(name).value = value;
    table.search.fixed(name, value ? (text, row, i) => test(row, value, i) : null);
  }
  const [name, down] = (kept.get("sort") || "").split(".");
  table.order(name in COLUMNS ? [[Object.keys(COLUMNS).indexOf(name), down ? "desc" : "asc"]] : []).draw();
}

function change(changes) {
  remember(changes);
  refresh();
}

const only = (wanted) => change(Object.fromEntries(Object.keys(FILTERS).map((name) => [name, wanted.get(name) || ""])));

// A bar of a chart and its link in the table of figures lead to the list, filtered.
function follow(hash) {
  only(new URLSearchParams(hash.slice(1)));
  find("list").scrollIntoView();
}

// A cell that a spreadsheet would take for a formula gets an apostrophe before it.
const quoted = (text) => `"${String(text).replace(/^(\s*[=+\-@＝＋－＠])/, "'$1").replaceAll('"', '""')}"`;

function save() {
  const heading = ["site", "name", "operator", "verdict", "reached", "numbers_shown", "failed_rules", "review_rules", "province", "taken_at", ...extras];
  const chosen = table.rows({ search: "applied", order: "applied" }).data().toArray().map((row) => [
    row[SITE], row[NAME], row[OPERATOR], row[VERDICT], row[REACHED], row[KINDS].join(" "), row[FAILED].join(" "),
    row[REVIEW].join(" "), told("province", row[PROVINCE]), row[TAKEN], ...row[EXTRA],
  ]);
  const text = "\ufeff" + [heading, ...chosen].map((line) => line.map(quoted).join(",")).join("\r\n") + "\r\n";
  const link = element("a", "", { href: URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" })), download: "gongshi-sites.csv" });
  link.click();
  URL.revokeObjectURL(link.href);
}

DataTable.ext.errMode = "throw";
for (const name of Object.keys(FILTERS).slice(1)) find(name).addEventListener("change", (event) => change({ [name]: event.target.value }));
let typing;
find("q").addEventListener("input", (event) => { clearTimeout(typing); typing = setTimeout(() => change({ q: event.target.value.trim() }), 120); });
document.querySelector("form.controls").addEventListener("submit", (event) => event.preventDefault());
find("reset").addEventListener("click", () => { remember({ sort: "" }); only(new URLSearchParams()); });
find("export").addEventListener("click", save);
addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (!link || !link.hash.includes("=")) return;
  event.preventDefault();
  follow(link.hash);
});
addEventListener("hashchange", () => { if (location.hash !== shown && location.hash.includes("=")) refresh(); });
addEventListener("beforeprint", () => table.page.len(PRINTED).draw());
addEventListener("afterprint", () => table.page.len(PAGE).draw());
listeners.push(build);
