// A little comfort on pages that work without it: menus close as people expect, the outcome of a
// filter is read aloud, a form is not sent twice.
(() => {
  "use strict";

  const openMenus = () => document.querySelectorAll("details.menu[open], .main-nav details[open]");

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      const inside = menu.contains(document.activeElement);
      menu.open = false;
      if (inside) menu.querySelector("summary").focus();
    }
  });

  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  // The row of tabs scrolls on a phone: the page one is on must be in sight.
  const tabs = document.querySelector(".sub-nav ul");
  const here = tabs && tabs.querySelector("[aria-current]");
  if (here) tabs.scrollLeft = here.offsetLeft + here.offsetWidth / 2 - tabs.offsetLeft - tabs.clientWidth / 2;

  // A live region must exist before its text changes, so the new count is copied into one.
  document.addEventListener("htmx:afterSettle", () => {
    const count = document.querySelector("[data-announce]");
    const live = document.getElementById("announce");
    if (count && live) live.textContent = count.textContent;
  });

  // A page that expired or a server that is away: go there in full, so the reader gets the page
  // that explains it instead of a list that does not change.
  for (const name of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(name, (event) => {
      const path = event.detail.requestConfig && event.detail.requestConfig.path;
      const polling = event.detail.elt && event.detail.elt.matches(".job");
      if (path && !polling) window.location.assign(event.detail.pathInfo.finalRequestPath || path);
    });
  }

  // The button stays in the page for a screen reader and for the browser's own validation.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    window.setTimeout(() => delete form.dataset.sent, 4000);
  });

  // The page that comes back with the back button may be sent again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
})();
