// What helps with the open text: suggestions, terms, comments, history.
"use strict";

(function (room) {
  const { element, format } = room;

  room.Help = class {
    // `desk` is the room's page: it knows the rows and speaks with the site.
    constructor(holder, desk) {
      this.holder = holder;
      this.desk = desk;
      this.row = null;
      this.offers = [];
      this.wide = window.matchMedia("(min-width: 75rem)");
      this.wide.addEventListener("change", () => this.move());
      this.home = holder.parentElement;
    }

    // Beside the list where there is room for it, else below the open text.
    move() {
      if (this.wide.matches || !this.row) this.home.append(this.holder);
      else this.row.element.append(this.holder);
    }

    async show(row) {
      this.row = row;
      this.offers = [];
      this.move();
      this.suggestions = element("div", {});
      this.comments = element("div", {});
      this.holder.replaceChildren(
        this.section(room.labels.suggestions, this.suggestions),
        this.section(room.labels.terms, this.terms(row)),
        this.section(room.labels.comments, this.comments),
        this.section(room.labels.history, this.history(row)),
      );
      this.offer([]);
      const answer = await this.desk.ask(`units/${row.id}/`);
      if (this.row !== row || !answer.ok) return;
      this.offer(answer.data.suggestions);
      this.discuss(answer.data.comments);
      this.desk.compare(row, answer.data.current);
    }

    section(title, content) {
      return element("section", { class: "room-section" }, element("h3", {}, title), content);
    }

    inTarget(coded) {
      const { lang, dir } = this.row.field.element;
      return element("p", { class: "room-text", lang, dir }, room.draw(coded, this.row.tags));
    }

    // --- suggestions ---

    offer(found) {
      const { row } = this;
      const seen = new Set();
      this.offers = [
        ...(row.earlier ? [{ text: row.earlier, origin: room.labels.earlier }] : []),
        ...found,
      ].filter((one) => !seen.has(one.text) && seen.add(one.text));
      this.suggestions.replaceChildren(
        this.offers.length
          ? element("ol", { class: "room-offers" }, this.offers.map((one, index) => this.oneOffer(one, index)))
          : element("p", { class: "room-muted" }, room.labels.noSuggestions),
      );
    }

    oneOffer(one, index) {
      const facts = [
        one.likeness ? format(room.labels.percent, one.likeness) : "",
        one.same_place ? room.labels.sameplace : "",
        one.origin,
        one.reviewer ? format(room.labels.reviewedBy, one.reviewer) : "",
      ].filter(Boolean);
      return element(
        "li",
        { class: "room-offer" },
        element("p", { class: "room-offer-facts" }, facts.join(" · ")),
        one.source && one.likeness < 100
          ? element("p", { class: "room-text room-text--like", lang: "sv", dir: "ltr" }, one.source.replace(/⟦\/?\d+\/?⟧/g, ""))
          : null,
        this.inTarget(one.text),
        this.desk.writes
          ? element(
              "button",
              { type: "button", class: "button button-small button-secondary", onclick: () => this.take(index) },
              room.labels.use,
              index < 5 ? element("kbd", {}, `Alt ${index + 1}`) : null,
            )
          : null,
      );
    }

    take(index) {
      const one = this.offers[index];
      if (!one || !this.desk.writes) return;
      const { row } = this;
      row.origin = "memory";
      row.field.element.focus();
      const text = row.field.admit(one.text, "");
      row.taken = text;
      row.field.replace(text, text.length);
    }

    // --- terms ---

    terms(row) {
      const keys = [...new Set(row.terms.map(([, , key]) => key))];
      if (!keys.length) return element("p", { class: "room-muted" }, room.labels.noTerms);
      const { lang, dir } = row.field.element;
      return element(
        "ul",
        { class: "room-terms" },
        keys.map((key) => {
          const term = room.data.terms[key];
          return element(
            "li",
            {},
            element("span", { lang: "sv", class: "room-term-name" }, term.term),
            " ",
            term.approved.length
              ? term.approved.map((one) => this.desk.writes
                  ? element(
                      "button",
                      {
                        type: "button",
                        class: "room-term-use",
                        lang,
                        dir,
                        title: format(room.labels.insert, one),
                        onmousedown: (event) => event.preventDefault(),
                        onclick: () => {
                          row.field.element.focus();
                          row.field.insert(one);
                        },
                      },
                      one,
                    )
                  : element("bdi", { lang }, one))
              : element("span", { class: "room-muted" }, room.labels.noApproved),
            term.forbidden.length
              ? element("span", { class: "room-term-not" }, format(room.labels.not, term.forbidden.join(", ")))
              : null,
            term.definition ? element("p", { class: "room-muted", lang: "sv", dir: "ltr" }, term.definition) : null,
          );
        }),
      );
    }

    // --- comments ---

    discuss(comments) {
      const { row } = this;
      this.desk.countComments(row, comments.filter((one) => !one.resolved).length);
      const text = element("textarea", { rows: "2", maxlength: "2000", required: true, "aria-label": room.labels.comment });
      const people = room.data.people.map((person) =>
        element(
          "label",
          { class: "room-person" },
          element("input", { type: "checkbox", value: person.id }),
          " ",
          person.name,
        ),
      );
      const send = async (event) => {
        event.preventDefault();
        const mentions = [...form.querySelectorAll("input:checked")].map((box) => Number(box.value));
        const answer = await this.desk.ask(`units/${row.id}/comment/`, { text: text.value, mentions });
        if (!answer.ok) this.desk.say(answer.data.reason);
        else if (this.row === row) this.discuss(answer.data.comments);
      };
      const form = element(
        "form",
        { class: "room-comment-form", onsubmit: send },
        text,
        people.length
          ? element("details", {}, element("summary", {}, room.labels.mention), element("div", { class: "room-people" }, people))
          : null,
        element("button", { class: "button button-small button-secondary" }, room.labels.send),
      );
      this.comments.replaceChildren(
        comments.length
          ? element("ul", { class: "room-comments" }, comments.map((one) => this.oneComment(one)))
          : element("p", { class: "room-muted" }, room.labels.noComments),
        form,
      );
    }

    oneComment(one) {
      const { row } = this;
      const facts = [one.by, one.when, one.mentions.length ? format(room.labels.asked, one.mentions.join(", ")) : ""];
      if (one.resolved) facts.push(room.labels.resolved);
      const change = async () => {
        const answer = await this.desk.ask(`comments/${one.id}/`, { resolved: !one.resolved });
        if (answer.ok && this.row === row) this.reloadComments(row);
      };
      return element(
        "li",
        { class: one.resolved ? "room-comment room-comment--resolved" : "room-comment" },
        element("p", { class: "room-offer-facts" }, facts.filter(Boolean).join(" · ")),
        element("p", { dir: "auto" }, one.text),
        element(
          "button",
          { type: "button", class: "room-plain", onclick: change },
          one.resolved ? room.labels.reopen : room.labels.resolve,
        ),
      );
    }

    async reloadComments(row) {
      const answer = await this.desk.ask(`units/${row.id}/`);
      if (answer.ok && this.row === row) this.discuss(answer.data.comments);
    }

    // --- history ---

    history(row) {
      const list = element("div", {});
      const load = async () => {
        const answer = await this.desk.ask(`units/${row.id}/history/`);
        if (answer.ok && this.row === row) list.replaceChildren(this.versions(row, answer.data.versions));
      };
      const details = element("details", {}, element("summary", {}, room.labels.showHistory), list);
      details.addEventListener("toggle", () => details.open && load());
      this.reloadHistory = () => details.open && load();
      return details;
    }

    versions(row, versions) {
      if (!versions.length) return element("p", { class: "room-muted" }, room.labels.noHistory);
      return element(
        "ol",
        { class: "room-versions" },
        versions.map((version) =>
          element(
            "li",
            { class: "room-offer" },
            element("p", { class: "room-offer-facts" }, [version.when, version.by, version.origin].filter(Boolean).join(" · ")),
            version.coded ? this.inTarget(version.coded) : element("p", { class: "room-muted" }, room.labels.emptied),
            version.is_current
              ? element("p", { class: "room-offer-facts" }, room.labels.current)
              : this.desk.writes
                ? element(
                    "button",
                    {
                      type: "button",
                      class: "button button-small button-secondary",
                      onclick: () => this.desk.restore(row, version.id),
                    },
                    room.labels.restore,
                  )
                : null,
          ),
        ),
      );
    }
  };
})(window.TranslationRoom);
