// A text of the page: its field, what the checks say of it, and whether it is saved.
"use strict";

(function (room) {
  const { element, format } = room;
  const CHECK_AFTER = 400;
  const SAVE_AFTER = 2500;
  const TRY_AGAIN_AFTER = 10000;

  room.Row = class {
    constructor(holder, desk) {
      this.element = holder;
      this.desk = desk;
      this.id = holder.dataset.unit;
      this.tags = JSON.parse(holder.dataset.tags);
      this.terms = JSON.parse(holder.dataset.terms);
      this.earlier = holder.dataset.earlier;
      this.expected = holder.dataset.expected;
      this.saved = holder.dataset.coded;
      this.origin = "typed";
      this.taken = null;
      this.status = holder.querySelector("[data-status]");
      this.tools = holder.querySelector("[data-tools]");
      this.field = new room.Field(holder.querySelector("[data-field]"), this.tags, {
        writes: desk.writes,
        announce: (text) => desk.say(text),
        onInput: () => this.changed(),
      });
      this.field.draw(this.saved);
      this.field.element.addEventListener("focus", () => desk.open(this));
      this.field.element.addEventListener("blur", () => this.save());
      this.markTerms();
    }

    get standing() {
      return this.element.dataset.standing;
    }

    set standing(value) {
      this.element.dataset.standing = value;
      const sign = this.element.querySelector(".room-standing .room-sign");
      sign.className = `room-sign room-sign--${value}`;
      this.element.querySelector("[data-standing-label]").textContent = room.labels[`standing_${value}`];
    }

    get isDirty() {
      return this.field.coded !== this.saved;
    }

    // The glossary's terms in the source; offsets count its text without tags, a line break as one.
    markTerms() {
      if (!this.terms.length) return;
      const holder = this.element.querySelector("[data-source-text]");
      const nodes = [];
      let place = 0;
      const walk = (node) => {
        for (const child of node.childNodes) {
          if (child.nodeType === Node.TEXT_NODE) {
            nodes.push([child, place]);
            place += child.data.length;
          } else if (child.dataset && child.dataset.tag) place += child.dataset.tag.endsWith("/⟧") ? 1 : 0;
          else if (child.nodeName !== "DEL") walk(child);
        }
      };
      walk(holder);
      for (const [node, first] of nodes) {
        const here = this.terms
          .map(([start, end, key]) => [Math.max(start - first, 0), Math.min(end - first, node.data.length), key])
          .filter(([start, end]) => start < end)
          .sort((one, other) => other[0] - one[0]);
        for (const [start, end, key] of here) {
          if (end > node.data.length) continue;
          const term = room.data.terms[key];
          const rest = node.splitText(start);
          rest.splitText(end - start);
          const title = term.approved.join(", ") || room.labels.noApproved;
          const mark = element("span", { class: "room-term", title });
          rest.replaceWith(mark);
          mark.append(rest);
        }
      }
    }

    // --- the open text's tools ---

    open() {
      this.element.classList.add("room-row--open");
      if (!this.desk.writes) return;
      this.findings = element("ul", { class: "room-findings" });
      this.places = element("div", { class: "room-places" });
      const button = (label, act, keys, main) =>
        element(
          "button",
          {
            type: "button",
            class: `button button-small${main ? "" : " button-secondary"}`,
            onclick: act,
            "aria-keyshortcuts": keys,
            title: keys.replaceAll("+", " + "),
          },
          label,
        );
      this.tools.replaceChildren(
        this.places,
        element(
          "div",
          { class: "room-buttons" },
          button(room.labels.confirm, () => this.desk.confirm(), "Control+Enter", true),
          button(room.labels.copySource, () => this.copySource(), "Alt+0"),
          button(room.labels.undo, () => this.field.undo(), "Control+Z"),
          button(room.labels.nextUntranslated, () => this.desk.nextUntranslated(), "Control+Shift+Enter"),
        ),
        this.findings,
      );
      this.drawPlaces();
      this.check();
    }

    close() {
      this.element.classList.remove("room-row--open");
      this.tools.replaceChildren();
      this.findings = null;
      if (window.CSS && CSS.highlights) CSS.highlights.clear();
    }

    drawPlaces() {
      if (!this.tags.length || !this.places) return;
      const unplaced = this.field.unplaced;
      const key = unplaced.map((tag) => tag.number).join();
      if (this.drawn === key && this.places.childElementCount) return;
      this.drawn = key;
      this.places.replaceChildren(
        element("span", { class: "room-label" }, unplaced.length ? room.labels.place : room.labels.allPlaced),
        ...this.tags.map((tag) =>
          element(
            "button",
            {
              type: "button",
              class: `room-place${unplaced.includes(tag) ? " room-place--missing" : ""}`,
              title: tag.href || "",
              "aria-keyshortcuts": tag.number < 10 ? `Control+${tag.number}` : null,
              onmousedown: (event) => event.preventDefault(),
              onclick: () => this.field.place(tag.number),
            },
            `${room.tagName(tag)} ${tag.number}`,
          ),
        ),
      );
    }

    copySource() {
      this.origin = "source";
      this.taken = this.element.dataset.source;
      this.field.element.focus();
      this.field.replace(this.taken, this.taken.length);
    }

    // --- as she types ---

    changed() {
      const coded = this.field.coded;
      if (coded !== this.taken) this.origin = "typed";
      this.drawPlaces();
      this.tell(coded === this.saved ? "" : room.labels.unsaved);
      clearTimeout(this.checking);
      clearTimeout(this.saving);
      this.checking = setTimeout(() => this.check(), CHECK_AFTER);
      this.saving = setTimeout(() => this.save(), SAVE_AFTER);
    }

    tell(text, kind = "") {
      this.status.textContent = text;
      this.status.dataset.kind = kind;
    }

    async check() {
      const coded = this.field.coded;
      const answer = await this.desk.ask(`units/${this.id}/check/`, { coded });
      if (!answer.ok || !this.findings || coded !== this.field.coded) return;
      this.showFindings(answer.data.findings);
    }

    showFindings(findings) {
      const open = findings.filter((one) => !one.dismissal);
      const said = open.map((one) => one.message).join(" ");
      if (said !== this.said) {
        if (said) this.desk.say(format(room.labels.findings, said));
        else if (this.said) this.desk.say(room.labels.noFindings);
        this.said = said;
      }
      this.findings.replaceChildren(...findings.map((one) => this.oneFinding(one)));
      this.highlight(open);
    }

    highlight(findings) {
      if (!window.CSS || !CSS.highlights) return;
      const ranges = { error: [], warning: [] };
      for (const one of findings) {
        const range = one.start === null ? null : this.field.rangeOfText(one.start, one.end);
        if (range) ranges[one.severity].push(range);
      }
      for (const [severity, found] of Object.entries(ranges)) {
        CSS.highlights.set(`room-${severity}`, new Highlight(...found));
      }
    }

    oneFinding(one) {
      const isError = one.severity === "error";
      const item = element(
        "li",
        { class: `room-finding room-finding--${one.dismissal ? "dismissed" : one.severity}` },
        element("b", {}, isError ? room.labels.error : room.labels.warning),
        " ",
        element("span", {}, one.message),
      );
      if (one.dismissal) {
        item.append(
          element("span", { class: "room-muted" }, ` ${format(room.labels.dismissedBy, one.dismissal.by)} ${one.dismissal.reason} `),
          element("button", { type: "button", class: "room-plain", onclick: () => this.undismiss(one) }, room.labels.takeBack),
        );
      } else if (!isError) {
        item.append(" ", element("button", { type: "button", class: "room-plain", onclick: () => this.askWhy(item, one) }, room.labels.dismiss));
      }
      return item;
    }

    askWhy(item, one) {
      const reason = element("input", { type: "text", required: true, maxlength: "300", "aria-label": room.labels.dismissWhy, placeholder: room.labels.dismissWhy });
      const send = async (event) => {
        event.preventDefault();
        const coded = this.field.coded;
        const answer = await this.desk.ask(`units/${this.id}/dismiss/`, { coded, key: one.key, reason: reason.value });
        if (answer.ok && this.findings) this.showFindings(answer.data.findings);
        else this.desk.say(answer.data.reason);
      };
      item.replaceChildren(
        element("span", {}, one.message),
        element(
          "form",
          { class: "room-why", onsubmit: send },
          reason,
          element("button", { class: "button button-small button-secondary" }, room.labels.dismiss),
          element("button", { type: "button", class: "room-plain", onclick: () => this.check() }, room.labels.cancel),
        ),
      );
      reason.focus();
    }

    async undismiss(one) {
      await this.desk.ask(`dismissals/${one.dismissal.id}/`, { coded: "" });
      this.check();
    }

    // --- saving ---

    // Resolves to whether the site has the text. `always`: a machine's text becomes hers unchanged.
    async save({ always = false } = {}) {
      clearTimeout(this.saving);
      if (!this.desk.writes || this.conflict) return false;
      if (this.busy) {
        await this.busy;
        return this.save({ always });
      }
      const coded = this.field.coded;
      if (!always && coded === this.saved) return true;
      this.tell(room.labels.saving);
      const texts = [{ unit: this.id, coded, expected: this.expected, origin: this.origin }];
      this.busy = this.desk.ask("save/", { texts }, { keepalive: true });
      const answer = await this.busy;
      this.busy = null;
      return this.saveAnswered(answer, coded);
    }

    saveAnswered(answer, coded) {
      const { data } = answer;
      const saved = (data.saved || []).find((one) => one.unit === this.id);
      if (saved) {
        this.accept(saved, coded);
        this.desk.progress(data);
        return true;
      }
      const refused = (data.refused || []).find((one) => one.unit === this.id);
      if (refused && refused.theirs) this.showConflict(refused.theirs);
      else if (answer.status === 0) {
        this.tell(room.labels.offline, "error");
        this.saving = setTimeout(() => this.save(), TRY_AGAIN_AFTER);
      } else this.tell(format(room.labels.notSaved, (refused && refused.reason) || data.reason || room.labels.failed), "error");
      return false;
    }

    accept(saved, coded = saved.coded) {
      this.expected = saved.expected;
      this.saved = saved.coded;
      this.standing = saved.standing;
      // As the site writes it, unless she has typed on.
      if (this.field.coded === coded && coded !== saved.coded) this.field.draw(saved.coded, this.field.selection[1]);
      this.tell(this.isDirty ? room.labels.unsaved : room.labels.saved, "saved");
    }

    showConflict(theirs) {
      this.conflict = theirs;
      this.tell("", "error");
      const { lang, dir } = this.field.element;
      const decide = (act) => () => {
        this.conflict = null;
        this.expected = theirs.expected;
        act();
        this.field.element.focus();
        this.save();
      };
      this.status.replaceChildren(
        element("span", {}, `${format(room.labels.conflict, theirs.by || room.labels.somebody)} ${theirs.when}`),
        element("span", { class: "room-text room-theirs", lang, dir }, room.draw(theirs.coded, this.tags)),
        element("button", { type: "button", class: "button button-small", onclick: decide(() => {}) }, room.labels.keepMine),
        " ",
        element(
          "button",
          {
            type: "button",
            class: "button button-small button-secondary",
            onclick: decide(() => {
              this.saved = theirs.coded;
              this.field.replace(theirs.coded, theirs.coded.length);
            }),
          },
          room.labels.takeTheirs,
        ),
      );
      this.desk.say(format(room.labels.conflict, theirs.by || room.labels.somebody));
    }
  };
})(window.TranslationRoom);
