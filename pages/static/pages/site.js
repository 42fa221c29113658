// What the pages gain from JavaScript; every page works without it. Nothing is sent anywhere.
(() => {
  "use strict";
  const all = (selector) => document.querySelectorAll(selector);
  const one = (selector) => document.querySelector(selector);

  // The menu closes with Escape, and gives the focus back.
  const menu = one(".menu");
  menu?.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // Titles are suggested in the search field of every page, from when somebody is about to type there.
  const suggest = ({ target }) => {
    const assets = target.closest("form[data-suggest]")?.dataset;
    if (!assets) return;
    document.removeEventListener("focusin", suggest);
    if (one(`script[src="${assets.suggest}"]`)) return; // the search page has it from the beginning
    const style = document.createElement("link");
    const script = document.createElement("script");
    [style.rel, style.href, script.src] = ["stylesheet", assets.suggestStyle, assets.suggest];
    document.head.append(style, script);
  };
  document.addEventListener("focusin", suggest);

  // A film is fetched only when its button is pressed.
  for (const screen of all("[data-film]")) {
    const link = screen.querySelector("a");
    link.setAttribute("role", "button");
    const play = (event) => {
      event.preventDefault();
      const video = document.createElement("video");
      video.controls = true;
      video.preload = "none";
      video.src = screen.dataset.film;
      screen.replaceChildren(video);
      video.focus();
      video.play().catch(() => {});
    };
    link.addEventListener("click", play);
    link.addEventListener("keydown", (event) => {
      if (event.key === " ") play(event);
    });
  }

  // Share, copy the address, print.
  const show = (element, action) => {
    if (!element) return;
    element.hidden = false;
    element.addEventListener("click", action);
  };
  const address = location.origin + location.pathname;
  if (navigator.share) {
    show(one("[data-share]"), () => navigator.share({ title: document.title, url: address }).catch(() => {}));
  }
  if (navigator.clipboard) {
    const copy = one("[data-copy]");
    show(copy, async () => {
      await navigator.clipboard.writeText(address);
      one(".share-status").textContent = copy.dataset.copy;
    });
  }
  show(one("[data-print]"), () => print());
  addEventListener("beforeprint", () => {
    for (const details of all("main details")) details.open = true;
  });

  // "My place": kept in this browser alone. {path: "/lan/skane/", name, lang}
  const KEY = "place";
  const read = () => {
    try {
      const place = JSON.parse(localStorage.getItem(KEY));
      return /^\/lan\/[a-z0-9/-]+\/$/.test(place?.path) && place.name ? place : null;
    } catch {
      return null;
    }
  };
  const write = (place) => {
    try {
      if (place) localStorage.setItem(KEY, JSON.stringify(place));
      else localStorage.removeItem(KEY);
    } catch {
      // Storage is switched off: nothing is remembered.
    }
  };
  const header = one("[data-my-place]");
  const label = header?.querySelector("span");
  const without = label && { href: header.getAttribute("href"), text: label.textContent };
  const box = one("[data-place]");
  const language = location.pathname.split("/")[1];

  const update = () => {
    const place = read();
    if (label) {
      header.href = place ? `/${language}${place.path}` : without.href;
      label.textContent = place ? place.name : without.text;
      if (place) label.lang = place.lang;
      else label.removeAttribute("lang");
    }
    if (box) {
      const here = place?.path === box.dataset.place;
      box.querySelector("[data-remember]").hidden = here;
      for (const name of ["[data-remembered]", "[data-forget]"]) box.querySelector(name).hidden = !here;
      box.querySelector("[data-privacy]").hidden = false;
    }
  };
  if (box) {
    const here = { path: box.dataset.place, name: box.dataset.name, lang: box.dataset.lang };
    // The reader may have changed language since: keep the name that she reads now.
    if (read()?.path === here.path) write(here);
    const set = (button, place, next) => {
      box.querySelector(button).addEventListener("click", () => {
        write(place);
        update();
        box.querySelector(next).focus();
      });
    };
    set("[data-remember]", here, "[data-forget]");
    set("[data-forget]", null, "[data-remember]");
  }
  update();
})();
