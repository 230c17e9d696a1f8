// Keys for the inbox, which works without them. A key counts only while a dwelling, or something in
// it, has the focus and nobody is typing; while nothing has the focus the first key takes it to the
// first dwelling and does no more. The keys can be turned off (WCAG 2.1.4), and the browser's own
// shortcuts are left alone.
(() => {
  "use strict";

  const inbox = document.querySelector("[data-inbox]");
  if (!inbox) return;

  const cards = () => [...inbox.querySelectorAll("[data-card]")];
  const legend = inbox.querySelector("[data-keys]");
  if (legend) legend.hidden = false;
  inbox.classList.add("inbox--keys");

  // Whoever speaks to the computer may not want single letters to do anything; kept per browser.
  const OFF = "inbox-keys-off";
  const wanted = inbox.querySelector("[data-keys-on]");
  wanted.checked = !localStorage.getItem(OFF);
  wanted.addEventListener("change", () => {
    if (wanted.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "yes");
  });

  // The first dwelling can be reached with Tab; from there the keys move on.
  const mark = () => {
    const all = cards();
    const current = all.find((card) => card.tabIndex === 0);
    if (!current && all.length) all[0].tabIndex = 0;
  };

  const focus = (card) => {
    if (!card) return;
    for (const other of cards()) other.tabIndex = other === card ? 0 : -1;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  };

  const move = (card, step) => {
    const all = cards();
    focus(all[all.indexOf(card) + step]);
  };

  const keyed = (card, key) => card.querySelector(`[data-key="${CSS.escape(key)}"]`);

  const press = (card, key) => {
    const open = card.querySelector("details[open]");
    if (open && /^[0-9]$/.test(key)) {
      const reasons = open.querySelectorAll("button[name=reason]");
      const chosen = reasons[key === "0" ? 9 : Number(key) - 1];
      if (chosen) chosen.click();
      return Boolean(chosen);
    }
    if (key === "escape" && open) {
      open.open = false;
      card.focus();
      return true;
    }
    if (key === "x") {
      card.querySelector("[name=vacancy][type=checkbox]").click();
      return true;
    }
    const target = keyed(card, key);
    if (!target) return false;
    if (target.matches("details")) {
      target.open = !target.open;
      if (target.open) target.querySelector("button").focus();
    } else {
      target.click();
    }
    return true;
  };

  const steps = { j: 1, arrowdown: 1, k: -1, arrowup: -1 };
  const isOurs = (event) =>
    wanted.checked && !event.ctrlKey && !event.altKey && !event.metaKey && !event.isComposing;

  // Nothing has the focus yet: any of our keys begins at the first dwelling.
  document.addEventListener("keydown", (event) => {
    if (!isOurs(event) || document.activeElement !== document.body) return;
    const [first] = cards();
    const key = event.key.toLowerCase();
    if (!first || !(key in steps || key === "x" || keyed(first, key))) return;
    focus(first);
    event.preventDefault();
  });

  inbox.addEventListener("keydown", (event) => {
    if (!isOurs(event)) return;
    const card = event.target.closest("[data-card]");
    const typing = event.target.matches("input:not([type=checkbox]), select, textarea");
    if (!card || typing) return;
    const key = event.key.toLowerCase();
    if (key in steps) move(card, steps[key]);
    else if (!press(card, key)) return;
    event.preventDefault();
  });

  // How many are ticked, beside the buttons that judge them together.
  const chosen = inbox.querySelector("[data-chosen]");
  const count = () => {
    const ticked = inbox.querySelectorAll("[type=checkbox][name=vacancy]:checked").length;
    if (chosen) chosen.textContent = ticked ? `(${ticked})` : "";
  };
  inbox.addEventListener("change", count);

  // A judged dwelling becomes one line; who worked in it goes on with the next one.
  let moveOn = null;
  document.addEventListener("htmx:beforeSwap", (event) => {
    const item = event.detail.target;
    moveOn = null;
    if (!item || !item.matches || !item.matches(".inbox__item")) return;
    if (!item.contains(document.activeElement) && document.activeElement !== document.body) return;
    const back = item.matches("[data-done]");
    const next = item.nextElementSibling;
    const all = cards();
    const here = all.indexOf(item.querySelector("[data-card]"));
    moveOn = back ? item.id : (next && all[here + 1] ? all[here + 1] : all[here - 1]) || "done";
  });
  document.addEventListener("htmx:afterSettle", () => {
    mark();
    count();
    if (!moveOn) return;
    if (typeof moveOn !== "string") focus(moveOn);
    else if (moveOn !== "done") focus(document.querySelector(`#${moveOn} [data-card]`));
    else document.getElementById("main").focus();
    moveOn = null;
  });

  mark();
  count();
})();
