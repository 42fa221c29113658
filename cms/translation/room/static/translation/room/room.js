// The translator's room: rows, filters, keys, who else is here; field.js, row.js and help.js are its parts.
"use strict";

(function (room) {
  const PRESENT_EVERY = 10000;
  const data = JSON.parse(document.getElementById("room-data").textContent);
  room.data = data;
  room.labels = data.labels;
  const { element, format } = room;
  const byId = (id) => document.getElementById(id);

  class Desk {
    constructor() {
      this.writes = data.writes;
      this.row = null;
      this.filter = "";
      this.help = new room.Help(byId("room-help"), this);
      this.rows = [...document.querySelectorAll(".room-row")].map((holder) => new room.Row(holder, this));
      this.listen();
      this.count();
      this.present();
      setInterval(() => this.present(), PRESENT_EVERY);
      const named = this.rows.find((row) => location.hash === `#${row.element.id}`);
      if (named) this.goTo(named);
    }

    listen() {
      document.addEventListener("keydown", (event) => this.keyDown(event));
      byId("room").addEventListener("click", (event) => this.click(event));
      for (const button of document.querySelectorAll("[data-filter]")) {
        button.addEventListener("click", () => this.choose(button));
      }
      byId("room-look").addEventListener("change", (event) => event.target.form.submit());
      byId("room-keys-open").addEventListener("click", () => byId("room-keys").showModal());
      byId("room-preview-open").addEventListener("click", () => this.preview());
      for (const form of document.querySelectorAll("[data-address]")) {
        form.addEventListener("submit", (event) => this.saveAddress(event, form));
      }
      for (const form of document.querySelectorAll(".room-decision")) {
        form.addEventListener("submit", (event) => this.saveFirst(event, form));
      }
      window.addEventListener("beforeunload", (event) => {
        if (!this.rows.some((row) => row.isDirty)) return;
        for (const row of this.rows) if (row.isDirty) row.save();
        event.preventDefault();
      });
    }

    say(text) {
      byId("room-live").textContent = "";
      // An answer that is said twice is heard twice.
      setTimeout(() => {
        byId("room-live").textContent = text || room.labels.failed;
      }, 50);
    }

    // Ask the site: a question without `sent`, else a change. Never throws; `status` 0 where nobody answers.
    async ask(address, sent = null, { keepalive = false } = {}) {
      const headers = { "X-Requested-With": "XMLHttpRequest" };
      const options = { headers, keepalive };
      if (sent !== null) {
        options.method = "POST";
        options.body = JSON.stringify(sent);
        headers["Content-Type"] = "application/json";
        headers[window.wagtailConfig.CSRF_HEADER_NAME] = window.wagtailConfig.CSRF_TOKEN;
      }
      try {
        const response = await fetch(data.root + address, options);
        const isJson = (response.headers.get("content-type") || "").includes("json");
        const answer = isJson ? await response.json() : { reason: room.labels.failed };
        return { ok: response.ok && isJson, status: response.status, data: answer };
      } catch {
        return { ok: false, status: 0, data: { reason: room.labels.failed } };
      }
    }

    // --- moving ---

    get visible() {
      return this.rows.filter((row) => !row.element.hidden);
    }

    open(row) {
      if (this.row === row) return;
      if (this.row) this.row.close();
      this.row = row;
      row.open();
      this.help.show(row);
      this.present();
    }

    goTo(row) {
      if (!row) {
        this.say(room.labels.noMore);
        return;
      }
      row.element.scrollIntoView({ block: "nearest" });
      row.field.focus();
    }

    beside(step) {
      const rows = this.visible;
      const place = rows.indexOf(this.row);
      return place < 0 ? rows[0] : rows[place + step];
    }

    nextUntranslated() {
      const after = this.rows.indexOf(this.row) + 1;
      const rows = [...this.rows.slice(after), ...this.rows.slice(0, after)];
      const next = rows.find((row) => row !== this.row && ["untranslated", "outdated"].includes(row.standing));
      if (next && next.element.hidden) this.choose(document.querySelector("[data-filter='']"));
      if (next) this.goTo(next);
      else this.say(room.labels.noneLeft);
    }

    async confirm() {
      const { row } = this;
      if (!row || !this.writes) return;
      const before = row.standing;
      const hadChanged = row.isDirty;
      const next = this.beside(1);
      if (!row.field.coded.trim()) {
        this.goTo(next);
        return;
      }
      if (!(await row.save({ always: before === "machine" }))) return;
      this.say(this.left ? format(room.labels.confirmed, this.left) : room.labels.allDone);
      if (hadChanged || before !== row.standing) this.offerIdentical(row);
      this.goTo(next);
    }

    keyDown(event) {
      if (document.querySelector("dialog[open]")) return;
      const control = event.ctrlKey || event.metaKey;
      const inRow = this.row && event.target.closest && event.target.closest(".room-row, .room-help");
      if (control && event.key === "Enter" && inRow) {
        if (event.target.closest("form")) return;
        event.preventDefault();
        if (event.shiftKey) this.nextUntranslated();
        else this.confirm();
      } else if (event.altKey && !control && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
        event.preventDefault();
        this.goTo(this.beside(event.key === "ArrowDown" ? 1 : -1));
      } else if (event.altKey && !control && inRow && /^(Digit|Numpad)[0-5]$/.test(event.code)) {
        event.preventDefault();
        const number = Number(event.code.slice(-1));
        if (number) this.help.take(number - 1);
        else if (this.writes) this.row.copySource();
      } else if (control && event.key === "/") {
        event.preventDefault();
        byId("room-keys").showModal();
      } else if (event.key === "?" && !event.target.closest("[contenteditable], input, textarea, select")) {
        event.preventDefault();
        byId("room-keys").showModal();
      }
    }

    click(event) {
      const holder = event.target.closest(".room-row");
      if (!holder || event.target.closest("button, a, input, textarea, form, summary, [data-field], .room-help")) return;
      if (!document.getSelection().isCollapsed) return;
      const row = this.rows.find((one) => one.element === holder);
      if (row !== this.row) row.field.focus();
    }

    // --- filter and progress ---

    choose(button) {
      this.filter = button.dataset.filter;
      for (const other of document.querySelectorAll("[data-filter]")) {
        other.setAttribute("aria-pressed", String(other === button));
      }
      for (const row of this.rows) {
        row.element.hidden = Boolean(this.filter) && row.standing !== this.filter;
      }
      for (const group of document.querySelectorAll(".room-group")) {
        group.hidden = Boolean(this.filter) && !group.querySelector(".room-row:not([hidden])");
      }
      for (const form of document.querySelectorAll("[data-address]")) form.hidden = Boolean(this.filter);
      this.say(format(room.labels.shown, this.visible.length));
    }

    count() {
      const counts = { "": this.rows.length };
      for (const row of this.rows) counts[row.standing] = (counts[row.standing] || 0) + 1;
      for (const button of document.querySelectorAll("[data-filter]")) {
        button.querySelector("b").textContent = counts[button.dataset.filter] || 0;
      }
      const done = (counts.done || 0) + (counts.machine || 0);
      this.left = this.rows.length - done;
      byId("room-progress").value = done;
      byId("room-done").textContent = format(room.labels.done, `${done}/${this.rows.length}`);
    }

    progress(answer) {
      byId("room-words").textContent = format(room.labels.words, answer.words_left);
      const state = byId("room-state");
      state.textContent = answer.state_label;
      state.className = `room-state room-state--${answer.state}`;
      this.count();
    }

    countComments(row, number) {
      const mark = row.element.querySelector("[data-comments]");
      mark.hidden = !number;
      mark.querySelector("b").textContent = number;
    }

    // --- others ---

    async present() {
      const answer = await this.ask("presence/", { unit: this.row ? this.row.id : "" });
      if (!answer.ok) return;
      const { others } = answer.data;
      const names = [...new Set(others.map((one) => one.name))];
      byId("room-others").textContent = names.length ? format(room.labels.alsoHere, names.join(", ")) : "";
      for (const row of this.rows) {
        const here = others.filter((one) => one.unit === row.id).map((one) => one.name);
        const mark = row.element.querySelector("[data-presence]");
        const text = here.length ? format(room.labels.hasOpen, here.join(", ")) : "";
        if (mark.textContent === text) continue;
        mark.textContent = text;
        mark.hidden = !text;
        if (text && row === this.row) this.say(text);
      }
    }

    // The text as the site has it, when a row is opened: somebody may have written since the page was loaded.
    compare(row, current) {
      if (row.expected === current.expected || row.busy || row.conflict) return;
      if (row.isDirty) row.showConflict(current);
      else {
        row.saved = current.coded;
        row.expected = current.expected;
        row.field.draw(current.coded, row.field.selection[1]);
      }
    }

    async restore(row, version) {
      await row.save();
      const answer = await this.ask(`units/${row.id}/restore/`, { version, expected: row.expected });
      const saved = (answer.data.saved || [])[0];
      if (saved) {
        row.field.remember(true);
        row.field.draw(saved.coded);
        row.accept(saved);
        this.progress(answer.data);
        this.help.reloadHistory();
        row.check();
      } else row.saveAnswered(answer, row.field.coded);
    }

    async offerIdentical(row) {
      const answer = await this.ask(`units/${row.id}/identical/`);
      if (!answer.ok || !answer.data.targets.length) return;
      const { targets } = answer.data;
      const holder = byId("room-ask");
      const close = () => {
        holder.hidden = true;
      };
      const write = async () => {
        close();
        const sent = { targets: targets.map((one) => [one.record, one.unit]) };
        const done = await this.ask(`units/${row.id}/propagate/`, sent);
        this.say(done.ok ? format(room.labels.written, done.data.written) : done.data.reason);
        if (done.ok && targets.some((one) => one.record === data.record)) this.reread(targets);
      };
      const question = targets.length === 1 ? room.labels.identicalOne : format(room.labels.identical, targets.length);
      const titles = [...new Set(targets.map((one) => one.title))].join(", ");
      holder.replaceChildren(
        element("p", {}, question, " ", element("span", { lang: "sv" }, titles)),
        element("button", { type: "button", class: "button button-small", onclick: write }, room.labels.writeThere),
        element("button", { type: "button", class: "button button-small button-secondary", onclick: close }, room.labels.no),
      );
      holder.hidden = false;
      this.say(`${question} ${titles}`);
    }

    async reread(targets) {
      const here = targets.filter((one) => one.record === data.record).map((one) => one.unit);
      for (const row of this.rows.filter((one) => here.includes(one.id) && !one.isDirty)) {
        const answer = await this.ask(`units/${row.id}/`);
        if (!answer.ok) continue;
        this.compare(row, answer.data.current);
        if (row.saved) row.standing = "done";
      }
      this.count();
    }

    // --- the whole translation ---

    async saveAddress(event, form) {
      event.preventDefault();
      const status = form.querySelector("[data-status]");
      const answer = await this.ask(`addresses/${form.dataset.address}/`, { value: form.querySelector("input").value });
      status.textContent = answer.ok ? room.labels.addressSaved : answer.data.reason;
      status.dataset.kind = answer.ok ? "saved" : "error";
    }

    async saveAll() {
      const saved = await Promise.all(this.rows.filter((row) => row.isDirty).map((row) => row.save()));
      return saved.every(Boolean);
    }

    async saveFirst(event, form) {
      if (form.dataset.saved) return;
      event.preventDefault();
      const { submitter } = event;
      if (await this.saveAll()) {
        form.dataset.saved = "1";
        // Not within the event: where nothing had to be saved it is still being sent, and a second sending is dropped.
        setTimeout(() => form.requestSubmit(submitter));
      } else this.say(room.labels.leave);
    }

    async preview() {
      await this.saveAll();
      const dialog = byId("room-preview");
      const frame = dialog.querySelector("iframe");
      frame.src = frame.dataset.src;
      dialog.showModal();
    }
  }

  new Desk();
})(window.TranslationRoom);
