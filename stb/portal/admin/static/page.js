// The operator's page: what is asked of the panel, and what is shown of its answers. All text is set as text.
import { ROOMS } from "./rooms.js";
import { WORDS } from "./words.js";

const REFRESH_MS = 5000;
const IDLE_MS = 60 * 60 * 1000;
const find = (id) => document.getElementById(id);
let touched = Date.now();
const state = { language: "en", who: null, room: null, rows: [], search: "" };

export const word = (id) => WORDS[state.language][id] ?? id;

export function made(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

export const day = (seconds) => (seconds == null ? word("never") : written(seconds, { dateStyle: "medium" }));
export const moment = (seconds) => written(seconds, { dateStyle: "medium", timeStyle: "short" });
const written = (seconds, form) => new Intl.DateTimeFormat(state.language, form).format(new Date(seconds * 1000));

// --- asking -----------------------------------------------------------------------------------

async function send(path, method, params) {
  const headers = { "X-Requested-With": "XMLHttpRequest" };
  const body = params && new URLSearchParams(params);
  try {
    const answer = await fetch(path, { method, headers, body, credentials: "same-origin" });
    return await answer.text();
  } catch {
    say(word("unreachable"), true);
    return null;
  }
}

async function ask(params) {
  const text = await send("/api.php", "POST", params);
  if (text === null) return null;
  if (text === "") {
    await begin(word("signed_out"));
    return null;
  }
  try {
    return JSON.parse(text);
  } catch {
    say(word("unreachable"), true);
    return null;
  }
}

export async function act(params, done = "done") {
  const answer = await ask(params);
  if (answer === null) return false;
  await load();
  if (!answer.result) say(answer.error ? `${word("failed")} ${answer.error}` : word("refused"), true);
  else say(answer.told ? `${word("password_is")} ${answer.told}` : word(done));
  return answer.result;
}

function say(text, bad = false) {
  find("said").textContent = text;
  find("said").className = bad ? "bad" : "";
}

// --- dialogs ----------------------------------------------------------------------------------

export function form(title, fields, submit, label = "save", danger = false) {
  const dialog = find("dialog");
  const sent = async (event) => {
    event.preventDefault();
    const given = new FormData(event.target);
    dialog.close();
    await submit(given);
  };
  const cancel = made("button", { type: "button", onclick: () => dialog.close() }, word("cancel"));
  const button = made("button", { class: danger ? "danger" : "strong" }, word(label));
  dialog.replaceChildren(
    made("form", { onsubmit: sent }, made("h2", {}, title), ...fields, made("div", { class: "ends" }, cancel, button)),
  );
  dialog.showModal();
}

export function field(name, value = "", options = {}) {
  const { area, ...rest } = options;
  const input = made(area ? "textarea" : "input", { name, dir: "auto", ...rest });
  input.value = value;
  return made("label", {}, word(`field_${name}`), input);
}

export const sure = (what, params) =>
  form(`${word("sure")} ${what}`, [], () => act(params, "deleted"), "delete", true);

// --- showing ----------------------------------------------------------------------------------

const may = (permission) => state.who.permissions.includes(permission);
const open = (room) => (room.resellers && state.who.reseller) || may(room.needs);

function showHeader() {
  document.documentElement.lang = state.language;
  document.documentElement.dir = state.language === "ar" ? "rtl" : "ltr";
  document.title = find("title").textContent = word("title");
  find("skip").textContent = word("skip");
  const other = state.language === "ar" ? "en" : "ar";
  const speak = made("button", { type: "button", lang: other, id: "language", onclick: () => choose(other) }, WORDS[other].language);
  const leave = made("button", { type: "button", id: "leave", onclick: signOut }, word("sign_out"));
  find("account").replaceChildren(...(state.who ? [made("bdi", {}, state.who.name), speak, leave] : [speak]));
  const rooms = state.who ? ROOMS.filter(open) : [];
  find("rooms").replaceChildren(...rooms.map((room) => {
    const here = room === state.room ? "page" : null;
    return made("button", { type: "button", "aria-current": here, "data-key": `room ${room.name}`, onclick: () => enter(room) }, word(room.name));
  }));
}

function showRoom() {
  const key = document.activeElement?.dataset?.key;
  const { room } = state;
  const seek = made("input", { type: "search", "data-key": "search", "aria-label": word("search"), placeholder: word("search"), oninput: (event) => { state.search = event.target.value; showTable(); } });
  seek.value = state.search;
  const again = made("button", { type: "button", "data-key": "again", onclick: load }, word("refresh"));
  const add = room.add && (!room.adds || state.who.reseller || may(room.adds))
    ? made("button", { type: "button", class: "strong", "data-key": "add", onclick: () => room.add(state.who) }, word(`add_${room.name}`)) : null;
  find("main").replaceChildren(
    made("div", { class: "bar" }, made("h2", {}, word(room.name)), seek, again, add),
    made("div", { class: "table", id: "table" }),
  );
  showTable();
  if (key) document.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
}

function showTable() {
  const { room } = state;
  const wanted = state.search.toLocaleLowerCase();
  const rows = state.rows.filter((row) => row.text.toLocaleLowerCase().includes(wanted));
  if (!rows.length) {
    find("table").replaceChildren(made("p", { class: "empty" }, word(state.search ? "nothing_found" : `no_${room.name}`)));
    return;
  }
  const head = room.columns.map((column) => made("th", { scope: "col" }, word(`column_${column.name}`)));
  const body = rows.map((row) => made("tr", {}, ...room.columns.map((column, place) => {
    const shown = column.show(row, state.who);
    const cell = made(place ? "td" : "th", { scope: place ? null : "row" });
    cell.append(shown instanceof Node ? shown : made("bdi", {}, String(shown ?? "")));
    return cell;
  })));
  find("table").replaceChildren(made("table", {}, made("thead", {}, made("tr", {}, ...head)), made("tbody", {}, ...body)));
}

async function load() {
  const { room } = state;
  const answer = await ask({ action: room.list });
  if (!answer || room !== state.room) return;
  state.rows = answer.items ?? [];
  if (!answer.result) say(word("refused"), true);
  const typing = document.activeElement?.type === "search";
  if (typing) showTable();
  else showRoom();
}

async function enter(room) {
  state.room = room;
  state.rows = [];
  state.search = "";
  location.hash = room.name;
  say("");
  showHeader();
  await load();
  document.querySelector(`[data-key="room ${room.name}"]`)?.focus();
}

function choose(language) {
  state.language = language;
  localStorage.setItem("language", language);
  say("");
  showHeader();
  if (state.who) showRoom();
  else showDoor();
  find("language").focus();
}

// --- coming and going -------------------------------------------------------------------------

function showDoor() {
  const name = field("username", "", { autocomplete: "username", required: true });
  const password = field("password", "", { type: "password", autocomplete: "current-password", required: true });
  const button = made("button", { class: "strong" }, word("sign_in"));
  find("main").replaceChildren(made("form", { class: "door", onsubmit: signIn }, made("h2", {}, word("sign_in")), name, password, button));
  name.querySelector("input").focus();
}

async function signIn(event) {
  event.preventDefault();
  const text = await send("/admin/session", "POST", new FormData(event.target));
  if (text === null) return;
  if (JSON.parse(text).who) await begin();
  else say(word("wrong"), true);
}

async function signOut() {
  await send("/admin/session", "DELETE");
  await begin();
}

async function begin(why = "") {
  find("dialog").close();
  const text = await send("/admin/session", "GET");
  state.who = text && JSON.parse(text).who;
  if (state.who) {
    const rooms = ROOMS.filter(open);
    await enter(rooms.find((room) => `#${room.name}` === location.hash) ?? rooms[0] ?? ROOMS[0]);
    return;
  }
  state.room = null;
  showHeader();
  showDoor();
  say(why, Boolean(why));
}

// What refreshes itself would keep a session alive that nobody uses.
function refresh() {
  if (state.who && Date.now() - touched > IDLE_MS) {
    signOut();
    return;
  }
  const idle = !find("dialog").open && !document.hidden;
  if (state.who && state.room?.changes && idle) load();
}

const kept = localStorage.getItem("language") ?? (navigator.language.startsWith("ar") ? "ar" : "en");
state.language = kept in WORDS ? kept : "en";
for (const sign of ["keydown", "pointerdown"]) addEventListener(sign, () => { touched = Date.now(); });
setInterval(refresh, REFRESH_MS);
begin();
