"use strict";
// Charts, drawn by ECharts as SVG. What they show stands in the table beside each, where keyboard and screen reader find it.
// Nothing here is ever parsed as HTML: labels are texts of an SVG, and the tooltip is drawn too, from words of our own.
const PAPER = 640;  // px: width on A4 between its margins
const drawn = new Map();
const pen = document.createElement("canvas").getContext("2d");
const color = (name) => getComputedStyle(root).getPropertyValue("--" + name).trim();
const fill = (tone) => color(tone ? "fill-" + tone : "fill");
const local = (pair) => pair[language() === "zh" ? 0 : 1];
const counted = (count) => new Intl.NumberFormat(language()).format(count);
const percent = (share) => new Intl.NumberFormat(language(), { style: "percent", minimumFractionDigits: 1 }).format(share);
const figure = ([, , , count, share]) => counted(count) + (share === null ? "" : "  " + percent(share));

function axis(data, more) {
  const bare = { type: "category", data, axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false } };
  return { ...bare, ...more, axisLabel: { color: color("ink"), fontSize: 13, lineHeight: 17, interval: 0, margin: 0, ...more.axisLabel } };
}

// One series a tone; a part says its count where there is room for it.
function series(chart, thickness) {
  const shown = ({ value }) => (value > chart.full / 12 ? counted(value) : "");
  return chart.tones.map((tone, place) => ({
    type: "bar", stack: "all", silent: true, barWidth: thickness,
    data: chart.rows.map((row) => row[2][place] || null),
    showBackground: place === 0, backgroundStyle: { color: color("tint") },
    itemStyle: { color: fill(tone), borderColor: color("ground"), borderWidth: chart.stacked ? 0.5 : 0 },
    label: { show: chart.stacked, fontSize: 11, color: color("on-" + tone) || color("on-fill"), formatter: shown },
  }));
}

function tooltip(chart) {
  const lines = (row) => chart.tones.flatMap((tone, i) => (row[2][i] ? `${told("tone", tone)}  ${counted(row[2][i])}` : []));
  return {
    trigger: "axis", renderMode: "richText", confine: true, axisPointer: { type: "none" },
    backgroundColor: color("ground"), textStyle: { color: color("ink"), fontSize: 13 },
    formatter: ([{ dataIndex }]) => lines(chart.rows[dataIndex]).join("\n"),
  };
}

// How many lines the longest of the texts takes in that much room, with some to spare: ECharts measures otherwise.
function deepest(texts, room) {
  pen.font = "13px " + getComputedStyle(document.body).fontFamily;
  return Math.max(...texts.map((text) => Math.ceil((1.08 * pen.measureText(text).width) / (room - 8))));
}

// A label and its figure stand above their bar, so that bars are as long on a phone as they can be.
function bars(chart, width) {
  const room = Math.max(width - 120, 80), thickness = chart.stacked ? 16 : 10, labels = chart.rows.map(local);
  const above = { inside: true, verticalAlign: "bottom", padding: [0, 0, thickness / 2 + 3, 0] }, lines = deepest(labels, room);
  const band = 17 * lines + thickness + 14, lower = 8.5 * lines - 4;  // a bar is in the middle of its band, a label over it
  return {
    height: band * chart.rows.length,
    grid: { left: 0, right: 0, top: lower, bottom: -lower, outerBoundsMode: "none" },
    xAxis: { type: "value", show: false, max: chart.full },
    yAxis: [
      axis(labels, { inverse: true, axisLabel: { ...above, align: "left", width: room, overflow: "break" } }),
      axis(chart.rows.map(figure), { inverse: true, position: "right", axisLabel: { ...above, align: "right" } }),
    ],
    series: series(chart, thickness),
    tooltip: chart.stacked ? tooltip(chart) : undefined,
  };
}

function columns(chart, width) {
  const room = width / chart.rows.length, labels = chart.rows.map(local), lines = deepest(labels, room);
  const told = ({ dataIndex }) => figure(chart.rows[dataIndex]).replace(/ +/, room < 86 ? "\n" : "  ");
  const label = { show: true, position: "top", color: color("ink"), fontSize: 12, lineHeight: 15, align: "center", formatter: told };
  return {
    height: 180 + 17 * lines,
    grid: { left: 0, right: 0, top: 36, bottom: 8 + 17 * lines, outerBoundsMode: "none" },
    xAxis: axis(labels, { axisLine: { show: true, lineStyle: { color: color("soft") } }, axisLabel: { margin: 8, fontSize: 12, width: room, overflow: "break" } }),
    yAxis: { type: "value", show: false },
    series: series({ ...chart, stacked: false }, "70%").map((one) => ({ ...one, showBackground: false, label })),
  };
}

function line(chart) {
  return {
    height: 32,
    grid: { left: 4, right: 4, top: 4, bottom: 4, outerBoundsMode: "none" },
    xAxis: axis(chart.values.map(String), { boundaryGap: false, axisLabel: { show: false }, axisLine: { show: true, lineStyle: { color: color("rule") } } }),
    yAxis: { type: "value", show: false, min: 0, max: 1 },
    series: [{ type: "line", silent: true, data: chart.values, symbolSize: 4, connectNulls: true, color: color("advice"), lineStyle: { width: 2 } }],
  };
}

function plan(place, room) {
  const chart = JSON.parse(place.dataset.chart);
  const width = root.classList.contains("printing") && chart.form !== "line" ? PAPER : room || PAPER;
  const { height, ...option } = { bars, columns, line }[chart.form](chart, width);
  place.style.height = height + "px";
  return { chart, width, height, option };
}

function draw(place, room = place.clientWidth) {
  const { chart, width, height, option } = plan(place, room);
  if (!drawn.has(place)) drawn.set(place, begin(place, chart));
  drawn.get(place).resize({ width, height });
  drawn.get(place).setOption({ animation: false, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily }, ...option }, true);
}

function begin(place, chart) {
  const made = echarts.init(place, null, { renderer: "svg" });
  const href = ({ offsetX, offsetY }) => chart.form === "bars" && chart.rows[made.convertFromPixel({ gridIndex: 0 }, [offsetX, offsetY])[1]]?.[5];
  made.getZr().on("mousemove", (event) => made.getZr().setCursorStyle(href(event) ? "pointer" : "default"));
  made.getZr().on("click", (event) => { if (href(event)) follow(href(event)); });
  return made;
}

// Charts are drawn one after the other when the page stands, so that it opens at once; their room is kept from the beginning.
const waiting = new Set();

function drawNext() {
  const [place] = waiting;
  if (!place) return;
  waiting.delete(place);
  draw(place);
  setTimeout(drawNext);
}

function drawAll() {
  const now = root.classList.contains("printing"), begun = waiting.size > 0;
  const places = [...document.querySelectorAll("[data-chart]")].map((place) => [place, place.clientWidth]);  // read, then write
  for (const [place, room] of places) {
    if (now || drawn.has(place)) draw(place, room);
    else { plan(place, room); waiting.add(place); }
  }
  if (now) waiting.clear();
  else if (!begun) setTimeout(drawNext);
}

listeners.push(drawAll);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
let wide = innerWidth;
addEventListener("resize", () => { if (wide !== innerWidth) { wide = innerWidth; drawAll(); } });
addEventListener("beforeprint", () => { root.classList.add("printing"); drawAll(); });
addEventListener("afterprint", () => { root.classList.remove("printing"); drawAll(); });
