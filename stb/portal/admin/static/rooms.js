// What there is to see, column by column, and what can be done with each row.
import { act, day, field, form, made, moment, sure, word } from "./page.js";

const GOOD = ["Active", "active", "running"];
const plain = (name, show = (row) => row[name]) => ({ name, show });
const status = plain("status", (row) => {
  const good = GOOD.includes(row.status);
  return made("span", { class: good ? "good" : "bad" }, word(`status_${row.status.toLowerCase()}`));
});
const code = (name, show = (row) => row[name]) =>
  plain(name, (row) => made("bdi", { class: "code" }, String(show(row))));

const button = (row, id, click, danger = false) =>
  made("button", {
    type: "button",
    class: danger ? "danger" : null,
    "data-key": `${id} ${row.id}`,
    "aria-label": `${word(id)} ${row.text}`,
    onclick: click,
  }, word(id));
const does = (show) => ({
  name: "does",
  show: (row, who) => made("div", { class: "does" }, ...show(row, who).filter(Boolean)),
});

// --- users and connections --------------------------------------------------------------------

const user = (row, sub) => button(row, sub, () => act({ action: "user", sub, user_id: row.id }));
const removeUser = (row) =>
  button(row, "delete", () => sure(row.text, { action: "user", sub: "delete", user_id: row.id }), true);
const users = {
  name: "users", list: "users", needs: "edit_user", resellers: true, changes: true,
  columns: [
    plain("username", (row) => row.text),
    status,
    plain("expires", (row) => day(row.expires)),
    plain("watching", (row) => `${row.active_connections} / ${row.max_connections || "∞"}`),
    plain("owner"),
    code("network", (row) => (row.is_isplock ? `🔒 ${row.isp_desc}` : row.isp_desc)),
    does((row, who) => [
      row.status === "Disabled" ? user(row, "enable") : user(row, "disable"),
      who.reseller ? null : row.status === "Banned" ? user(row, "unban") : user(row, "ban"),
      user(row, "kill"),
      row.is_isplock ? user(row, "unlockk") : user(row, "lockk"),
      user(row, "resetispuser"),
      !who.reseller || who.permissions.includes("delete_users") ? removeUser(row) : null,
    ]),
  ],
  add: () => form(word("add_users"), [
    field("username", "", { required: true, maxlength: 64 }),
    field("days", "365", { type: "number", min: 0, max: 36500 }),
    field("max_connections", "1", { type: "number", min: 0, max: 1000 }),
  ], (given) => act({ action: "account", sub: "add", ...Object.fromEntries(given) })),
};
const connections = {
  name: "connections", list: "connections", needs: "edit_user", resellers: true, changes: true,
  columns: [
    plain("username"),
    plain("stream"),
    code("user_ip"),
    plain("user_agent"),
    plain("since", (row) => moment(row.date_start)),
    does((row) => [button(row, "kill", () => act({ action: "user_activity", sub: "kill", pid: row.pid }), true)]),
  ],
};

// --- what is sent -----------------------------------------------------------------------------

const content = (name, action, needs, subs) => ({
  name, list: name, needs, changes: true,
  columns: [
    code("number", (row) => row.id),
    plain("name", (row) => row.text),
    plain("viewers"),
    plain("servers", (row) => made("div", {}, ...Object.entries(row.servers).map(([server, now]) => {
      const params = { action, stream_id: row.id, server_id: server };
      const known = { id: `${row.id} ${server}`, text: `${row.text}, ${word("server")} ${server}` };
      const usable = subs.filter((sub) => sub !== (now === "running" ? "start" : "stop"));
      return made("div", { class: "server" },
        made("span", { class: now === "running" ? "good" : "bad" }, `${word("server")} ${server}: ${word(`status_${now}`)}`),
        ...usable.map((sub) => button(known, sub, () => act({ ...params, sub }))),
        button(known, "delete", () => sure(known.text, { ...params, sub: "delete" }), true));
    }))),
  ],
});
const processes = {
  name: "processes", list: "processes", needs: "process_monitor", changes: true,
  columns: [
    code("pid"),
    plain("name", (row) => row.text),
    plain("server", (row) => row.server_id),
    plain("since", (row) => moment(row.date_start)),
    does((row) => [button(row, "kill", () => act({ action: "process", pid: row.pid, server: row.server_id }), true)]),
  ],
};

// --- boxes ------------------------------------------------------------------------------------

const device = (row, sub, danger) =>
  button(row, sub, () => act({ action: "device", sub, duid: row.id }), danger);
function editDevice(row) {
  const allowed = row.allowed_types.split(",");
  const types = row.all_types.split(",").map((type) =>
    made("label", {}, made("input", { type: "checkbox", name: "types", value: type, checked: allowed.includes(type) }), type));
  const fields = [
    field("owner", row.owner, { maxlength: 64 }),
    made("fieldset", {}, made("legend", {}, word("column_types")), ...types),
  ];
  form(row.id, fields, async (given) => {
    const owner = given.get("owner");
    if (await act({ action: "device", sub: "rename", duid: row.id, owner })) {
      await act({ action: "device", sub: "allow", duid: row.id, types: given.getAll("types").join(",") });
    }
  });
}
const endDevice = (row) => form(row.id, [field("last_day", row.expiry_date, { type: "date", required: true })],
  (given) => act({ action: "device", sub: "expire", duid: row.id, last_day: given.get("last_day") }));
const devices = {
  name: "devices", list: "devices", needs: "edit_mag", changes: true,
  columns: [
    code("duid", (row) => row.id),
    plain("owner"),
    code("activation_code"),
    status,
    plain("expires", (row) => day(Date.parse(row.expiry_date) / 1000)),
    plain("types", (row) => row.allowed_types.replaceAll(",", ", ")),
    does((row) => [
      row.status === "active" ? device(row, "disable") : device(row, "activate"),
      button(row, "expire", () => endDevice(row)),
      button(row, "edit", () => editDevice(row)),
      button(row, "forget", () => sure(row.id, { action: "device", sub: "forget", duid: row.id }), true),
    ]),
  ],
};

function tell(row, who) {
  const choice = made("select", { name: "event" }, ...who.events.map((each) => made("option", {}, each)));
  choice.value = "send_msg";
  const event = made("label", {}, word("field_event"), choice);
  form(row.id, [event, field("msg", "", { area: true, rows: 4 })],
    (given) => act({ action: "box", sub: "event", mac: row.id, ...Object.fromEntries(given) }, "sent"), "send");
}
const box = (row, sub) => button(row, sub, () => act({ action: "box", sub, mac: row.id }));
const boxes = {
  name: "boxes", list: "boxes", needs: "edit_mag",
  columns: [
    code("mac", (row) => row.id),
    status,
    plain("expires", (row) => day(row.expires)),
    does((row, who) => [
      row.status === "blocked" ? box(row, "unblock") : box(row, "block"),
      who.permissions.includes("manage_events") ? button(row, "tell", () => tell(row, who)) : null,
      button(row, "forget", () => sure(row.id, { action: "box", sub: "forget", mac: row.id }), true),
    ]),
  ],
  add: () => form(word("add_boxes"), [field("mac", "", { required: true })],
    (given) => act({ action: "box", sub: "add", ...Object.fromEntries(given) })),
};

// --- what viewers are told, what was done -----------------------------------------------------

const write = (title, row, params) => form(title, [
  field("title", row.text, { required: true, maxlength: 200 }),
  field("body", row.body, { area: true, rows: 5 }),
], (given) => act({ action: "news", ...params, ...Object.fromEntries(given) }));
const news = {
  name: "news", list: "newslist", needs: "manage_events",
  columns: [
    plain("title", (row) => row.text),
    plain("body"),
    plain("changed", (row) => moment(Date.parse(row.updated_at) / 1000)),
    does((row) => [
      button(row, "edit", () => write(word("edit"), row, { sub: "edit", id: row.id })),
      button(row, "delete", () => sure(row.text, { action: "news", sub: "delete", id: row.id }), true),
    ]),
  ],
  add: () => write(word("add_news"), { text: "", body: "" }, { sub: "add" }),
};
const deeds = {
  name: "deeds", list: "deeds", needs: "all",
  columns: [
    plain("at", (row) => moment(row.at)),
    plain("who"),
    code("user_ip", (row) => row.address),
    code("action"),
    code("target"),
    code("answer"),
  ],
};

export const ROOMS = [
  users,
  connections,
  content("streams", "stream", "edit_stream", ["start", "stop", "restart"]),
  content("movies", "movie", "edit_movie", ["start", "stop"]),
  content("episodes", "episode", "edit_episode", ["start", "stop"]),
  devices,
  boxes,
  news,
  processes,
  deeds,
];
