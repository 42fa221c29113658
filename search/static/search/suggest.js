// Titles below a search field while somebody types: a combobox with a list (WAI-ARIA 1.2). Without
// JavaScript the field is a plain form. Asks this site alone.
(() => {
  "use strict";
  const WAIT = 150; // ms after the last key
  const SHORTEST = 2;

  // The language bar knows each language's tag, direction and own name.
  const languageOf = (other) => document.querySelector(`.languages a[href^="/language/${other}/"]`);

  // "My place", which this browser alone remembers (pages/site.js), goes with a search that is sent.
  const county = () => {
    try {
      const { path } = JSON.parse(localStorage.getItem("place"));
      return /^\/lan\/[a-z0-9/-]+\/$/.test(path) ? path.split("/")[2] : "";
    } catch {
      return "";
    }
  };
  const send = ({ formData }) => {
    for (const [name, value] of [...formData]) {
      if (!value && name !== "q") formData.delete(name); // a filter that is not set
    }
    const near = county();
    if (near) formData.set("near", near);
  };

  const enhance = (field, code) => {
    const list = document.createElement("ul");
    let found = []; // addresses, in the order of the list
    let active = -1;
    let asked = field.value.trim();
    let timer = 0;
    let request = null;

    list.id = `${field.id}-suggestions`;
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", field.labels[0]?.textContent.trim() ?? "");
    field.after(list);
    field.parentElement.classList.add("suggesting");
    // A search field may not be a combobox, and its own Escape empties it.
    field.type = "text";
    field.enterKeyHint = "search";
    for (const [name, value] of [
      ["role", "combobox"],
      ["aria-autocomplete", "list"],
      ["aria-controls", list.id],
      ["aria-expanded", "false"],
      ["autocapitalize", "none"],
    ]) {
      field.setAttribute(name, value);
    }

    const choose = (index) => {
      list.children[active]?.setAttribute("aria-selected", "false");
      active = index;
      const option = list.children[active];
      if (option) {
        option.setAttribute("aria-selected", "true");
        option.scrollIntoView({ block: "nearest" });
        field.setAttribute("aria-activedescendant", option.id);
      } else {
        field.removeAttribute("aria-activedescendant");
      }
    };
    const show = (open) => {
      choose(-1);
      list.hidden = !open;
      field.setAttribute("aria-expanded", String(open));
    };
    const stop = () => {
      clearTimeout(timer);
      request?.abort();
    };
    const option = ({ title, language }, index) => {
      const item = document.createElement("li");
      const text = document.createElement("span");
      item.id = `${list.id}-${index}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      text.textContent = title;
      item.append(text);
      const link = language === code ? null : languageOf(language);
      if (link) {
        for (const name of ["lang", "dir", "data-script"]) item.setAttribute(name, link.getAttribute(name));
        const name = document.createElement("span");
        name.className = "meta";
        name.textContent = link.textContent.trim();
        item.append(name);
      }
      return item;
    };
    const ask = async () => {
      const text = field.value.trim();
      if (text === asked) return;
      asked = text;
      request?.abort();
      if ([...text].length < SHORTEST) {
        found = [];
        show(false);
        return;
      }
      request = new AbortController();
      try {
        const parameters = new URLSearchParams({ q: text, lang: code });
        const answer = await fetch(`/api/v1/suggest?${parameters}`, { signal: request.signal, credentials: "omit" });
        const { suggestions } = answer.ok ? await answer.json() : { suggestions: [] };
        found = suggestions.map(({ url }) => url);
        list.replaceChildren(...suggestions.map(option));
        show(found.length > 0 && document.activeElement === field);
      } catch (error) {
        // What was typed since has been asked for; or there is no network, and the form still works.
        if (error.name !== "AbortError") show(false);
      }
    };

    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });
    field.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const open = !list.hidden;
      if (event.key === "Escape" && open) {
        stop();
        show(false);
      } else if (event.key === "Enter" && open && active >= 0) {
        location.assign(found[active]);
      } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && found.length) {
        const step = event.key === "ArrowDown" ? 1 : -1;
        // Past the last and before the first is the field itself.
        const places = found.length + 1;
        if (!open) show(true);
        choose(((active + 1 + step + places) % places) - 1);
      } else {
        return;
      }
      event.preventDefault();
    });
    field.addEventListener("blur", () => {
      stop();
      show(false);
    });
    // The focus stays in the field, so that it does not close the list before the click.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const item = event.target.closest("[role=option]");
      if (item) location.assign(found[[...list.children].indexOf(item)]);
    });
    field.form.addEventListener("submit", () => {
      stop();
      show(false);
    });
  };

  for (const field of document.querySelectorAll('form[role="search"] input[name="q"]')) {
    // /sv/search/, and not the search for a place, which asks another page.
    const [, code] = new URL(field.form.action).pathname.match(/^\/([^/]+)\/search\/$/) ?? [];
    if (!code) continue;
    field.form.addEventListener("formdata", send);
    enhance(field, code);
  }
})();
