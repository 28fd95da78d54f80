(() => {
"use strict";
// Everything from the graph is shown by textContent or drawn on the canvas; nothing here makes HTML of it.
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const data = read("kg-data"), options = read("kg-options");
const views = [{ ...data.first, nodes: read("kg-nodes"), edges: read("kg-edges") }, ...data.views];
const $ = (id) => document.getElementById(id);
const FONT = getComputedStyle(document.body).fontFamily;
const LISTED = 8, HITS = 40;
const kindOf = Object.fromEntries(data.kinds.map((k) => [k.id, k]));
const number = (id) => Number(id.slice(1));
const info = (id) => data.nodes[number(id)];

const el = (tag, said = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(said)) {
    if (key === "class") made.className = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((c) => c !== null && c !== ""));
  return made;
};

// ---------------------------------------------------------------- icons of the legend, the shapes of vis-network
const polygon = (n, turn) => Array.from({ length: n }, (_, i) => {
  const a = (turn + i / n) * 2 * Math.PI;
  return `${(7 + 6.4 * Math.cos(a)).toFixed(2)},${(7 + 6.4 * Math.sin(a)).toFixed(2)}`;
}).join(" ");
const star = Array.from({ length: 10 }, (_, i) => {
  const a = (-0.25 + i / 10) * 2 * Math.PI, r = i % 2 ? 3 : 6.8;
  return `${(7 + r * Math.cos(a)).toFixed(2)},${(7 + r * Math.sin(a)).toFixed(2)}`;
}).join(" ");
const SHAPES = { square: "1.6,1.6 12.4,1.6 12.4,12.4 1.6,12.4", diamond: "7,0.6 13.4,7 7,13.4 0.6,7", hexagon: polygon(6, 0),
  triangle: "7,1 13.4,12.4 0.6,12.4", triangleDown: "7,13 13.4,1.6 0.6,1.6", star };
const icon = (kind) => {
  const style = kindOf[kind] || { color: "#6b7780", shape: "dot" }, ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("viewBox", "0 0 14 14"); svg.setAttribute("width", "14"); svg.setAttribute("height", "14");
  svg.setAttribute("aria-hidden", "true"); svg.style.flex = "none";
  const shape = document.createElementNS(ns, SHAPES[style.shape] ? "polygon" : "circle");
  if (SHAPES[style.shape]) shape.setAttribute("points", SHAPES[style.shape]);
  else { shape.setAttribute("cx", "7"); shape.setAttribute("cy", "7"); shape.setAttribute("r", "5.6"); }
  shape.setAttribute("fill", kind === "bare" ? "none" : style.color);
  if (kind === "bare") { shape.setAttribute("stroke", "#6b7780"); shape.setAttribute("stroke-dasharray", "2 1.6"); }
  svg.append(shape);
  return svg;
};

// ---------------------------------------------------------------- what is chosen
// "bare" is no kind: what articles name and no fact speaks of
const hiddenFirst = new Set(["article", "bare"]);
const state = { view: null, off: new Set(hiddenFirst), forced: new Set(), around: null, node: null, edge: null, hover: null, hits: [] };
const nodes = new vis.DataSet([]), edges = new vis.DataSet([]);
const network = new vis.Network($("mynetwork"), { nodes, edges }, options);
let near = new Map(), ranked = [], shown = new Set(), known = new Map();

const cardsOf = Array.from(data.nodes, () => []);
data.cards.forEach((card, i) => card.n.forEach((n) => cardsOf[n].push(i)));

function open(name) {
  const view = views.find((v) => v.id === name) || views[0];
  state.view = view;
  near = new Map(view.nodes.map((n) => [n.id, []]));
  known = new Map(view.nodes.map((n) => [n.id, n]));
  for (const e of view.edges) { near.get(e.from).push([e.to, e]); near.get(e.to).push([e.from, e]); }
  ranked = view.nodes.map((n) => n.id).sort((a, b) => known.get(b).ties - known.get(a).ties || number(a) - number(b));
  // where everything is an article, or nothing else is left, articles are what there is to see
  if (view.nodes.every((n) => state.off.has(info(n.id).k) || info(n.id).b)) state.off.clear();
  state.node = near.has(state.node) ? state.node : null;
  state.edge = null; state.around = null; state.hover = null;
  shown = new Set();  // what is drawn while the new nodes come in
  edges.clear(); nodes.clear();
  nodes.add(view.nodes.map((n) => ({ ...n, label: undefined })));
  edges.add(view.edges.map((e) => ({ ...e })));
  for (const button of $("views").children) button.setAttribute("aria-pressed", String(button.dataset.view === view.id));
  legend(); apply(); fit(false); panel();
}

function visible(id) {
  if (state.around && !state.around.has(id)) return false;
  if (state.forced.has(id)) return true;
  if (state.off.has(info(id).k)) return false;
  if (info(id).b && state.off.has("bare")) return false;
  if (!state.off.has("article") || info(id).b || info(id).k === "article" || !near.get(id).length) return true;
  // who only wrote articles is shown with them
  return near.get(id).some(([other]) => info(other).k !== "article")
    || cardsOf[number(id)].some((i) => data.cards[i].t < data.sections.length - 1);
}

function apply() {
  shown = new Set(state.view.nodes.filter((n) => visible(n.id)).map((n) => n.id));
  const lit = spotlight();
  nodes.update(state.view.nodes.map((n) => ({ id: n.id, hidden: !shown.has(n.id), opacity: !lit || lit.has(n.id) ? 1 : 0.14 })));
  edges.update(state.view.edges.map((e) => {
    const on = state.node ? e.from === state.node || e.to === state.node : state.edge ? e.id === state.edge : true;
    return { id: e.id, hidden: !shown.has(e.from) || !shown.has(e.to), color: { color: on && lit ? "#6f8794" : e.color, opacity: on ? 1 : 0.16, highlight: "#1f6f8b", hover: "#1f6f8b" } };
  }));
  $("shown").textContent = `显示 ${shown.size} / ${state.view.nodes.length} 个节点`;
}

function spotlight() {
  if (state.node) return new Set([state.node, ...near.get(state.node).map(([other]) => other)]);
  if (state.edge) { const e = edges.get(state.edge); return new Set([e.from, e.to]); }
  return null;
}

function choose(id, move, smooth = true) {
  state.node = id; state.edge = null;
  if (id && !near.has(id)) { const other = views.find((v) => v.nodes.some((n) => n.id === id)); if (other) { open(other.id); state.node = id; } }
  if (id && !visible(id)) { state.around = null; if (!visible(id)) state.forced.add(id); }
  network.unselectAll();
  if (id) network.selectNodes([id], false);
  apply(); panel();
  if (id && move) closeUp(smooth);
}

function closeUp(smooth) {
  // the panel may just have taken room from the picture: fit to what is left
  network.setSize("100%", "100%");
  network.fit({ nodes: [...spotlight()].filter((n) => shown.has(n)), maxZoomLevel: 0.95, animation: smooth && calm(420) });
}

function chooseEdge(id) {
  state.node = null; state.edge = id;
  apply(); panel();
}

const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const calm = (duration) => (still ? false : { duration, easingFunction: "easeInOutQuad" });
function fit(animate) {
  if (shown.size) network.fit({ nodes: [...shown], animation: animate ? calm(420) : false, maxZoomLevel: 1.3 });
}

function reset() {
  state.off = new Set(hiddenFirst); state.forced.clear(); state.around = null; state.node = null; state.edge = null; state.hits = [];
  $("search").value = ""; listHits([]);
  network.unselectAll(); legend(); apply(); panel(); fit(true);
}

// ---------------------------------------------------------------- labels: as many as fit, the best connected first
const size = (text) => [...text].reduce((n, c) => n + (c.charCodeAt(0) < 0x2e80 ? 0.56 : 1), 0);
const lines = (text, width, most) => {
  const all = [...text], total = size(text), count = Math.min(most, Math.ceil(total / width));
  // lines of about one length, so that no single character stands alone
  const even = total > width * most ? width : total / count + 0.6, made = [""];
  for (const c of all) {
    if (size(made[made.length - 1] + c) > even && made.length < most && made[made.length - 1]) made.push("");
    if (size(made[made.length - 1] + c) > width + 0.6) { made[made.length - 1] = made[made.length - 1].slice(0, -1) + "…"; break; }
    made[made.length - 1] += c;
  }
  return made;
};
let labelled = [];
network.on("afterDrawing", (ctx) => {
  const scale = network.getScale(), centre = network.getViewPosition();
  const w = $("mynetwork").clientWidth, h = $("mynetwork").clientHeight;
  const at = network.getPositions();
  const lit = spotlight(), hits = new Set(state.hits);
  const taken = [], drawn = [];
  const free = (box) => !taken.some((b) => box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3]);
  const screen = (p) => [(p.x - centre.x) * scale + w / 2, (p.y - centre.y) * scale + h / 2];
  const spots = [...shown].filter((id) => !lit || lit.has(id)).map((id) => {
    const [x, y] = screen(at[id]), r = known.get(id).size * scale * 0.8;
    return [x - r, y - r, x + r, y + r, id];
  }).filter((s) => s[2] > 0 && s[3] > 0 && s[0] < w && s[1] < h);
  const crosses = (b, own, among = spots) => among.some((s) => s[4] !== own && b[0] < s[2] && s[0] < b[2] && b[1] < s[3] && s[1] < b[3]);
  for (const id of hits) {
    if (!shown.has(id)) continue;
    ctx.beginPath(); ctx.arc(at[id].x, at[id].y, known.get(id).size + 7 / scale, 0, 2 * Math.PI);
    ctx.lineWidth = 3 / scale; ctx.strokeStyle = "#e8a317"; ctx.stroke();
  }
  ctx.textAlign = "center"; ctx.textBaseline = "top"; ctx.lineJoin = "round";
  const write = (text, x, y, px, color, weight) => {
    ctx.font = `${weight} ${px / scale}px ${FONT}`;
    ctx.lineWidth = 3.5 / scale; ctx.strokeStyle = "#f6f8f9e6"; ctx.strokeText(text, x, y);
    ctx.fillStyle = color; ctx.fillText(text, x, y);
  };
  const first = [state.hover, state.node, ...(state.edge ? lit : []), ...state.hits].filter((id) => id && shown.has(id));
  const rest = ranked.filter((id) => shown.has(id) && (!lit || lit.has(id)));
  // the best connected get a label even where it must lie over lesser nodes
  const bold = shown.size > 400 ? 40 : 14;
  const done = new Set(), better = [], spot = new Map(spots.map((s) => [s[4], s]));
  for (const id of [...first, ...rest]) {
    if (done.has(id)) continue;
    done.add(id);
    if (done.size <= bold && spot.has(id)) better.push(spot.get(id));
    const p = at[id], [x, y] = screen(p);
    if (x < -60 || y < -30 || x > w + 60 || y > h + 30) continue;
    const full = first.includes(id), px = full ? 13.5 : 12, high = px * 1.25;
    const text = lines(info(id).l, full ? 14 : scale > 0.9 ? 12 : 9, full ? 4 : scale > 0.9 ? 3 : 2);
    const wide = Math.max(...text.map(size)) * px, tall = text.length * high, reach = known.get(id).size * scale + 3;
    const places = [[x, y + reach], [x, y - reach - tall], [x + reach + wide / 2, y - tall / 2], [x - reach - wide / 2, y - tall / 2]]
      .map(([mx, top]) => [mx - wide / 2 - 2, top, mx + wide / 2 + 2, top + tall])
      .filter((b) => b[0] > 0 && b[2] < w && b[1] > 0 && b[3] < h);
    const box = places.find((b) => free(b) && !crosses(b, id))
      || (!lit && done.size <= bold ? places.find((b) => free(b) && !crosses(b, id, better)) : null) || (full ? places[0] : null);
    if (!box) continue;
    taken.push(box); drawn.push(id);
    const mx = centre.x + ((box[0] + box[2]) / 2 - w / 2) / scale, my = centre.y + (box[1] - h / 2) / scale;
    text.forEach((t, i) => write(t, mx, my + (i * high) / scale, px, "#22303a", full ? 600 : 400));
  }
  if (state.node && shown.has(state.node)) {
    for (const [other, e] of near.get(state.node)) {
      if (!shown.has(other)) continue;
      const p = { x: (at[state.node].x + at[other].x) / 2, y: (at[state.node].y + at[other].y) / 2 }, [x, y] = screen(p);
      const text = lines(e.words, 10, 1)[0] || "", wide = text.length * 11;
      const box = [x - wide / 2, y - 7, x + wide / 2, y + 7];
      if (!text || Math.hypot(...screen(at[state.node]).map((v, k) => v - screen(at[other])[k])) < wide + 34 || !free(box) || crosses(box, null)) continue;
      taken.push(box);
      write(text, p.x, p.y - 6 / scale, 11, "#1f6f8b", 400);
    }
  }
  labelled = drawn;
});

// ---------------------------------------------------------------- panel
const goto = (n, text) => el("a", { class: "to", role: "button", tabindex: "0", onclick: () => choose("n" + n, true),
  onkeydown: (e) => { if (e.key === "Enter") choose("n" + n, true); } }, text);

function cut(parts, names, make) {
  for (const name of names) {
    parts = parts.flatMap((part) => typeof part !== "string" ? [part]
      : part.split(name).flatMap((piece, i) => (i ? [make(name), piece] : [piece])));
  }
  return parts.filter((p) => p !== "");
}
function marked(text, names) {
  return cut([text], names.filter((n) => n.length > 1 && text.includes(n)).sort((a, b) => b.length - a.length), (n) => el("mark", {}, n));
}
// the sentence, with the words that the fact was read from in full ink and the rest of it lighter
function quoted(text, evidence, names) {
  const at = evidence.length === 1 ? text.indexOf(evidence[0]) : -1;
  if (at < 0 || text.indexOf(evidence[0], at + 1) >= 0) return marked(text, names);
  const end = at + evidence[0].length, light = (t) => (t ? el("span", { class: "round" }, ...marked(t, names)) : "");
  return [light(text.slice(0, at)), ...marked(evidence[0], names), light(text.slice(end))];
}

function card(i, self) {
  const c = data.cards[i], made = el("article"), line = el("p", { class: "fact" });
  c.p.forEach(([text, to], k) => {
    const tight = !k || /^[，。；：、）”（]/.test(text) || /[（“：]$/.test(c.p[k - 1][0]);
    if (!tight) line.append(" ");
    line.append(to === undefined ? text : to === self ? el("b", {}, text) : goto(to, text));
  });
  made.append(line);
  if (c.o) made.append(el("ol", { class: "points" }, ...c.o.map((p) => el("li", {}, p))));
  const from = c.a === undefined ? null : data.articles[c.a];
  if (c.q !== undefined) {
    const names = c.n.flatMap((n) => [data.nodes[n].l, ...(data.nodes[n].a || [])]), text = data.quotes[c.q];
    const quote = el("blockquote", {}, ...quoted(text, c.e || [], names));
    if (text.length > 130) { quote.classList.add("long"); quote.title = "点击展开"; quote.addEventListener("click", () => quote.classList.remove("long")); }
    made.append(quote);
  }
  const said = [c.d, from && from.headline && `《${from.headline}》`, from && from.page].filter(Boolean).join(" · ");
  const how = el("p", { class: "from" }, said);
  if (c.r) how.append(said ? " · " : "", "规则 ", el("code", {}, c.r), ` · 可信度 ${c.c}`);
  if (said || c.r) made.append(how);
  return made;
}

function section(title, cards, self) {
  const made = [el("h2", {}, title, el("b", {}, String(cards.length)))];
  made.push(...cards.slice(0, LISTED).map((i) => card(i, self)));
  if (cards.length > LISTED) {
    const more = el("button", { class: "more", onclick: () => more.replaceWith(...cards.slice(LISTED).map((i) => card(i, self))) }, `再显示 ${cards.length - LISTED} 条`);
    made.push(more);
  }
  return made;
}

// the posts of a person stand above already: the sentences that say so come last
const grouped = (cards, last) => data.sections.map((title, t) => [title, cards.filter((i) => data.cards[i].t === t), t === last])
  .filter(([, c]) => c.length).sort((a, b) => a[2] - b[2]);

function panel() {
  const box = $("panel");
  document.body.classList.toggle("idle", !state.node && !state.edge);
  box.replaceChildren(...(state.node ? ofNode(state.node) : state.edge ? ofEdge(state.edge) : overview()));
  box.scrollTop = 0;
}

const closer = () => el("button", { class: "close", title: "关闭", "aria-label": "关闭", onclick: () => choose(null) }, "×");
const chip = (n) => el("span", { class: "chip" }, icon(n.k), [(kindOf[n.k] || { zh: n.k }).zh, n.s].filter(Boolean).join(" · "));

function ofNode(id) {
  const n = info(id), self = number(id), all = cardsOf[self].concat(near.get(id).flatMap(([, e]) => e.cards));
  const cards = [...new Set(all)].sort((a, b) => a - b);
  const made = [closer(), chip(n), el("h1", {}, n.l)];
  if (n.y) made.push(el("div", { class: "sound" }, n.y));
  const details = [...(n.a && n.a.length ? [["又作", n.a.join("、")]] : []), ...(n.i || (n.d ? [["日期", n.d]] : []))];
  if (details.length) made.push(el("dl", {}, ...details.flatMap(([k, v]) => [el("dt", {}, k), el("dd", {}, v)])));
  const only = (hops, text) => el("button", { "aria-pressed": String(state.around !== null && state.hops === hops), onclick: () => isolate(id, hops) }, text);
  made.push(el("div", { class: "acts" }, only(1, "只看相邻"), only(2, "两步以内"), el("button", { onclick: () => { state.around = null; apply(); panel(); fit(true); } }, "看全部")));
  const posts = new Map();
  for (const i of cards) {
    const c = data.cards[i], post = c.p[2];
    if (c.t !== 0 || n.k !== "person" || !post) continue;
    const name = c.p[1][0].replace(/任$/, "") + post[0];
    if (!posts.has(name)) posts.set(name, { to: post[1], dates: new Set() });
    if (c.d) posts.get(name).dates.add(c.d);
  }
  if (posts.size) {
    made.push(el("h2", {}, "职务"), el("ul", { class: "posts" }, ...[...posts].map(([name, p]) =>
      el("li", {}, p.to === undefined ? el("span", {}, name) : goto(p.to, name), el("time", {}, [...p.dates].slice(0, 3).join("，") + (p.dates.size > 3 ? " …" : ""))))));
  }
  for (const [title, list] of grouped(cards, posts.size ? 0 : -1)) made.push(...section(title, list, self));
  if (!cards.length) made.push(el("p", { class: "lead" }, "没有关于它的事实。"));
  return made;
}

function ofEdge(id) {
  const e = edges.get(id), a = info(e.from), b = info(e.to);
  const made = [closer(), el("span", { class: "chip" }, icon(a.k), "—", icon(b.k), "两者之间"),
    el("h1", {}, goto(number(e.from), a.l), " — ", goto(number(e.to), b.l)), el("p", { class: "lead" }, e.words)];
  for (const [title, list] of grouped(e.cards)) made.push(...section(title, list, -1));
  return made;
}

function overview() {
  const made = [el("h1", {}, data.title), el("p", { class: "lead" }, "点击节点，看它的职务、活动、讲话与目标；点击连线，看说出它的那句话。每条事实都带原文、版面与规则。")];
  const top = (kind, title) => {
    const list = ranked.filter((id) => info(id).k === kind && shown.has(id)).map((id) => [id, cardsOf[number(id)].length || near.get(id).length])
      .sort((x, y) => y[1] - x[1]).slice(0, 6);
    if (list.length) made.push(el("h2", {}, title), el("ul", { class: "top" }, ...list.map(([id, count]) =>
      el("li", {}, icon(kind), goto(number(id), info(id).l), el("span", {}, `${count} 条`)))));
  };
  top("person", "事实最多的人物"); top("event", "事实最多的活动"); top("body", "事实最多的机构");
  return made;
}

function isolate(id, hops) {
  let ring = new Set([id]), all = new Set([id]);
  for (let i = 0; i < hops; i++) {
    ring = new Set([...ring].flatMap((n) => near.get(n).filter(([o]) => n === id || info(n).k !== "article").map(([o]) => o)));
    ring.forEach((n) => all.add(n));
  }
  state.around = all; state.hops = hops;
  apply(); panel(); fit(true);
}

// ---------------------------------------------------------------- legend and filters
function legend() {
  const count = {};
  for (const n of state.view.nodes) count[info(n.id).k] = (count[info(n.id).k] || 0) + 1;
  const bare = state.view.nodes.filter((n) => info(n.id).b).length;
  const kinds = data.kinds.filter((k) => count[k.id]);
  if (bare) { kinds.push({ id: "bare", zh: "仅被提到", en: "named" }); count.bare = bare; }
  const rows = kinds.map((k) => {
    const box = el("input", { type: "checkbox", value: k.id, "data-kind": k.id });
    box.checked = !state.off.has(k.id);
    const row = el("label", { class: (box.checked ? "" : "off") + (k.id === "bare" ? " bare" : "") }, box, icon(k.id),
      el("span", {}, k.zh, el("span", { class: "en" }, k.en)), el("span", { class: "n" }, String(count[k.id])));
    if (k.id === "bare") row.title = "稿件提到、但没有事实的名称";
    box.addEventListener("change", () => {
      box.checked ? state.off.delete(k.id) : state.off.add(k.id);
      if (!box.checked) for (const id of [...state.forced]) if (info(id).k === k.id || (k.id === "bare" && info(id).b)) state.forced.delete(id);
      row.classList.toggle("off", !box.checked);
      if (state.node && !visible(state.node)) { state.node = null; network.unselectAll(); panel(); }
      apply();
      if (!state.node && !state.edge) panel();
    });
    return row;
  });
  $("kinds").replaceChildren(...rows);
}

// ---------------------------------------------------------------- search
const bare = (text) => text.toLowerCase().replace(/\s+/g, "");
const haystack = data.nodes.map((n) => [bare(n.l), n.q.split(" | ").map(bare)]);
function find(text) {
  const wanted = bare(text);
  if (!wanted) return [];
  const found = [];
  haystack.forEach(([name, words], i) => {
    const rank = name === wanted ? 0 : words.includes(wanted) ? 1 : name.startsWith(wanted) ? 2 : name.includes(wanted) ? 3
      : words.some((w) => w.startsWith(wanted)) ? 4 : words.some((w) => w.includes(wanted)) ? 5 : 9;
    if (rank < 9) found.push([rank, data.nodes[i].k === "article" ? 1 : 0, -cardsOf[i].length, i]);
  });
  return found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3]).map((f) => "n" + f[3]);
}
let marker = 0;
function listHits(hits, typed) {
  const list = $("hits");
  state.hits = hits.slice(0, HITS);
  marker = 0;
  list.replaceChildren(...state.hits.map((id, i) => {
    const n = info(id), q = bare($("search").value), also = n.q.split(" | ").find((w) => !/^[\x20-\x7e]*$/.test(w) && bare(w).includes(q));
    const why = [(kindOf[n.k] || { zh: n.k }).zh, also && !bare(n.l).includes(q) ? also : n.s].filter(Boolean).join(" · ");
    return el("li", { role: "option", id: "hit" + i, "aria-selected": String(i === 0), onmousedown: (e) => { e.preventDefault(); take(i); } },
      icon(n.k), el("span", { class: "name" }, n.l), el("span", { class: "why" }, why));
  }));
  if (typed && !hits.length) list.append(el("li", { class: "none" }, "没有找到。可用姓名、拼音（chen hongmin）、职务或机构名。"));
  list.hidden = !(typed && (hits.length || $("search").value.trim()));
  $("search").setAttribute("aria-expanded", String(!list.hidden));
  network.redraw();
}
function take(i) {
  const id = state.hits[i];
  if (!id) return;
  $("hits").hidden = true; $("search").setAttribute("aria-expanded", "false"); $("search").blur();
  state.hits = [id];
  choose(id, true);
}
$("search").addEventListener("input", () => listHits(find($("search").value), true));
$("search").addEventListener("focus", () => { if ($("search").value.trim()) listHits(find($("search").value), true); });
$("search").addEventListener("blur", () => { $("hits").hidden = true; });
$("search").addEventListener("keydown", (e) => {
  if (e.key === "Enter") { e.preventDefault(); take(marker); }
  if (e.key === "ArrowDown" || e.key === "ArrowUp") {
    e.preventDefault();
    const rows = [...$("hits").querySelectorAll("[role=option]")];
    if (!rows.length) return;
    rows[marker].setAttribute("aria-selected", "false");
    marker = (marker + (e.key === "ArrowDown" ? 1 : rows.length - 1)) % rows.length;
    rows[marker].setAttribute("aria-selected", "true"); rows[marker].scrollIntoView({ block: "nearest" });
    $("search").setAttribute("aria-activedescendant", rows[marker].id);
  }
});
addEventListener("keydown", (e) => {
  if (e.key === "/" && document.activeElement !== $("search")) { e.preventDefault(); $("search").focus(); $("search").select(); }
  if (e.key === "Escape") { $("hits").hidden = true; state.hits = []; $("search").blur(); choose(null); }
});

// ---------------------------------------------------------------- what the mouse does
network.on("click", (e) => {
  if (e.nodes.length) choose(e.nodes[0], false);
  else if (e.edges.length) chooseEdge(e.edges[0]);
  else { state.hits = []; choose(null); }
});
network.on("doubleClick", (e) => { if (e.nodes.length) isolate(e.nodes[0], 1); });
network.on("hoverNode", (e) => { state.hover = e.node; $("mynetwork").style.cursor = "pointer"; network.redraw(); });
network.on("blurNode", () => { state.hover = null; $("mynetwork").style.cursor = ""; network.redraw(); });
network.on("hoverEdge", () => { $("mynetwork").style.cursor = "pointer"; });
network.on("blurEdge", () => { $("mynetwork").style.cursor = ""; });
const zoom = (by) => network.moveTo({ scale: network.getScale() * by, animation: calm(160) });
$("zoomin").addEventListener("click", () => zoom(1.4));
$("zoomout").addEventListener("click", () => zoom(1 / 1.4));
$("fit").addEventListener("click", () => fit(true));
$("reset").addEventListener("click", reset);
addEventListener("resize", () => (state.node ? closeUp(false) : fit(false)));

// ---------------------------------------------------------------- begin
$("title").textContent = data.title;
$("counts").textContent = [data.counts.pages && `${data.counts.pages} 版`, data.counts.articles && `${data.counts.articles} 篇`,
  `${data.nodes.length} 个节点`, data.counts.facts && `${data.counts.facts} 条事实`].filter(Boolean).join(" · ");
if (views.length > 1) $("views").append(...views.map((v) => el("button", { "data-view": v.id, onclick: () => open(v.id) }, v.label)));
if (data.notes.length) { $("note").hidden = false; $("note").textContent = data.notes.join(" "); }
// what a test, or a curious reader at the console, may ask
window.explorer = {
  shown: () => [...shown], labels: () => labelled.map((id) => info(id).l), find: (text) => find(text).map((id) => info(id).l),
  node: (name) => [...near.keys()].find((id) => info(id).l === name), choose: (name) => choose(window.explorer.node(name), true),
  where: (id) => network.canvasToDOM(network.getPositions([id])[id]), state, views: views.map((v) => v.id), open,
  between: (a, b) => { const hit = near.get(a).find(([other]) => other === b); return hit ? hit[1].id : null; },
};
open(views[0].id);
const asked = (() => { try { return decodeURIComponent(location.hash.slice(1)); } catch { return ""; } })();
if (asked) { const hit = find(asked)[0]; if (hit) choose(hit, true, false); }
document.documentElement.dataset.ready = "yes";
})();
