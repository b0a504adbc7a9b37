// The table of sites: search, filter, sort, pages of 100, and the export. Its state is in the address.
const { columns, rows, words } = JSON.parse(document.getElementById("data").textContent);
const [HREF, NAME, SITE, OPERATOR, VERDICT, REACHED, KINDS, FAILED, REVIEW, PROVINCE, TAKEN, EXTRA] = Array(12).keys();
const PAGE = 100;
const PRINTED = 2000;  // rows on paper; the line below the table tells of how many
const FILTERS = ["verdict", "reached", "rule", "kind"];
const find = (id) => document.getElementById(id);
const told = (group, code) => (words[group][code] || [code, code])[language() === "zh" ? 0 : 1];
const verdicts = Object.keys(words.verdict);
const haystacks = rows.map((row) => [row[NAME], row[SITE], row[OPERATOR], ...row[EXTRA]].join("\n").toLowerCase());
let page = 0;
let chosen = [];

const tests = {
  verdict: (row, value) => row[VERDICT] === value,
  reached: (row, value) => row[REACHED] === value,
  rule: (row, value) => row[FAILED].includes(value) || row[REVIEW].includes(value),
  kind: (row, value) => row[KINDS].includes(value),
};
const keys = {
  "site": (row) => row[NAME] || row[SITE],
  "verdict": (row) => verdicts.indexOf(row[VERDICT]),
  "failed-rules": (row) => row[FAILED].length,
  "numbers-shown": (row) => row[KINDS].length,
  "province": (row) => told("province", row[PROVINCE]),
  "reached": (row) => told("reached", row[REACHED]),
};

function choose() {
  const kept = state();
  const wanted = FILTERS.filter((name) => kept.get(name)).map((name) => [tests[name], kept.get(name)]);
  const query = (kept.get("q") || "").toLowerCase();
  chosen = rows.filter((row, i) => haystacks[i].includes(query) && wanted.every(([test, value]) => test(row, value)));
  const [name, down] = (kept.get("sort") || "").split(".");
  if (keys[name]) sort(keys[name], down ? -1 : 1);
  for (const button of document.querySelectorAll("[data-sort]")) {
    const order = button.dataset.sort === name ? (down ? "descending" : "ascending") : "none";
    button.closest("th").setAttribute("aria-sort", order);
  }
}

function sort(key, sign) {
  const collator = new Intl.Collator(language() === "zh" ? "zh-CN" : "en", { numeric: true });
  const keyed = chosen.map((row) => [key(row), row]);
  keyed.sort(([a], [b]) => sign * (typeof a === "number" ? a - b : collator.compare(a, b)));
  chosen = keyed.map(([, row]) => row);
}

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function cell(heading, ...lines) {
  const made = document.createElement("td");
  const button = document.querySelector(`[data-sort="${heading}"]`);
  for (const lang of ["zh", "en"]) {
    made.setAttribute("data-head-" + lang, (button.querySelector(`[lang="${lang}"]`) || button).textContent);
  }
  lines.filter(Boolean).forEach((line, i) => { if (i) made.append(document.createElement("br")); made.append(line); });
  return made;
}

function draw(row) {
  const made = document.createElement("tr");
  const head = element("th", "", { scope: "row" });
  const suffix = row[HREF].startsWith("#") ? "" : "#lang=" + language();
  head.append(element("a", row[NAME] || row[SITE], { href: row[HREF] + suffix }));
  if (row[NAME]) head.append(document.createElement("br"), element("span", row[SITE], { class: "small soft" }));
  const failed = [...row[FAILED].map((rule) => told("rule", rule)), ...row[REVIEW].map((rule) => told("mark", "review") + " " + told("rule", rule))];
  made.append(
    head,
    cell("verdict", element("span", told("verdict", row[VERDICT]), { class: "tag is-" + row[VERDICT] })),
    cell("failed-rules", ...failed),
    cell("numbers-shown", ...row[KINDS].map((kind) => told("kind", kind))),
    cell("province", told("province", row[PROVINCE])),
    cell("reached", told("reached", row[REACHED])),
  );
  return made;
}

function show(all = false) {
  const last = Math.max(Math.ceil(chosen.length / PAGE) - 1, 0);
  page = Math.min(page, last);
  const part = all ? chosen.slice(0, PRINTED) : chosen.slice(page * PAGE, (page + 1) * PAGE);
  document.querySelector("#sites tbody").replaceChildren(...part.map(draw));
  const number = new Intl.NumberFormat(language());
  find("count").textContent = `${number.format(chosen.length)} / ${number.format(rows.length)}`;
  find("place").textContent = all ? `1–${number.format(part.length)} / ${number.format(chosen.length)}` : `${page + 1} / ${last + 1}`;
  find("previous").disabled = page === 0;
  find("next").disabled = page === last;
}

function refresh() {
  const kept = state();
  for (const name of [...FILTERS, "q"]) if (find(name).value !== (kept.get(name) || "")) find(name).value = kept.get(name) || "";
  choose();
  show();
}

function change(changes) {
  page = 0;
  remember(changes);
  refresh();
}

// A cell that a spreadsheet would take for a formula gets an apostrophe before it.
const quoted = (text) => `"${String(text).replace(/^(\s*[=+\-@＝＋－＠])/, "'$1").replaceAll('"', '""')}"`;

function save() {
  const heading = ["site", "name", "operator", "verdict", "reached", "numbers_shown", "failed_rules", "review_rules", "province", "taken_at", ...columns];
  const lines = chosen.map((row) => [
    row[SITE], row[NAME], row[OPERATOR], row[VERDICT], row[REACHED], row[KINDS].join(" "), row[FAILED].join(" "),
    row[REVIEW].join(" "), told("province", row[PROVINCE]), row[TAKEN], ...row[EXTRA],
  ]);
  const text = "\ufeff" + [heading, ...lines].map((line) => line.map(quoted).join(",")).join("\r\n") + "\r\n";
  const link = element("a", "", { href: URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" })), download: "gongshi-sites.csv" });
  link.click();
  URL.revokeObjectURL(link.href);
}

for (const name of FILTERS) find(name).addEventListener("change", (event) => change({ [name]: event.target.value }));
let typing;
find("q").addEventListener("input", (event) => { clearTimeout(typing); typing = setTimeout(() => change({ q: event.target.value.trim() }), 120); });
document.querySelector("form.controls").addEventListener("submit", (event) => event.preventDefault());
find("reset").addEventListener("click", () => change({ q: "", sort: "", ...Object.fromEntries(FILTERS.map((name) => [name, ""])) }));
find("export").addEventListener("click", save);
find("previous").addEventListener("click", () => { page -= 1; show(); find("sites").scrollIntoView(); });
find("next").addEventListener("click", () => { page += 1; show(); find("sites").scrollIntoView(); });
document.querySelector("#sites thead").addEventListener("click", (event) => {
  const name = event.target.closest("[data-sort]")?.dataset.sort;
  if (name) change({ sort: state().get("sort") === name ? name + ".down" : name });
});
// A bar of a chart is a link to the table, filtered; links within the page keep what is chosen.
addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (!link || !link.hash.includes("=")) return;
  event.preventDefault();
  change({ q: "", ...Object.fromEntries(FILTERS.map((name) => [name, new URLSearchParams(link.hash.slice(1)).get(name) || ""])) });
  find("list").scrollIntoView();
});
addEventListener("hashchange", () => { if (location.hash.includes("=")) refresh(); });
addEventListener("beforeprint", () => show(true));
addEventListener("afterprint", () => show());
listeners.push(refresh);
