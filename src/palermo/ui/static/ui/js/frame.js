// The frame's few movements: leave at once, theme without a reload, dialogs, print, focus on what went wrong.
// Every one of them also works, more slowly, without this file.

(() => {
  "use strict";

  const leaving = document.querySelector("form[data-leave]");

  function leave() {
    document.documentElement.hidden = true;
    document.title = "";
    navigator.sendBeacon(leaving.action, new FormData(leaving));
    location.replace(leaving.dataset.leave || leaving.action);
  }

  if (leaving) {
    leaving.addEventListener("submit", (event) => {
      event.preventDefault();
      leave();
    });
    let escapes = [];
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") {
        escapes = [];
        return;
      }
      const now = performance.now();
      escapes = [...escapes.filter((then) => now - then < 2000), now];
      if (escapes.length >= 3) leave();
    });
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-theme-choice]") || !event.submitter) return;
    event.preventDefault();
    const theme = event.submitter.value;
    document.documentElement.dataset.theme = theme;
    for (const button of form.querySelectorAll("button")) {
      button.toggleAttribute("aria-pressed", false);
      if (button === event.submitter) button.setAttribute("aria-pressed", "true");
    }
    fetch(form.action, { method: "POST", body: new FormData(form, event.submitter), redirect: "manual" });
  });

  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-open], [data-close], [data-print]");
    if (!target) return;
    if (target.dataset.open) document.getElementById(target.dataset.open).showModal();
    else if ("close" in target.dataset) target.closest("dialog").close();
    else window.print();
  });

  // htmx sends the token that the frame's own form holds, so no page repeats it.
  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector("input[name=csrfmiddlewaretoken]");
    if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token.value;
  });

  document.querySelector(".rail [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  // On a narrow screen tabs scroll by themselves: the current one comes to the middle, and the page stays where it is.
  for (const current of document.querySelectorAll(".tabs [aria-current]")) {
    const list = current.closest("ul");
    const [part, whole] = [current.getBoundingClientRect(), list.getBoundingClientRect()];
    list.scrollLeft += part.left + part.width / 2 - whole.left - whole.width / 2;
  }
  document.querySelector("[data-focus]")?.focus();
  document.addEventListener("htmx:afterSettle", (event) => event.target.querySelector("[data-focus]")?.focus());
})();
