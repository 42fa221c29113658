// A text field whose formatting is signs that are placed and never typed.
//
// The text is kept in the numbered form, "Ring ⟦1⟧112⟦/1⟧": every change that is not plain typing is made
// on that string, and the field is drawn from it again.
"use strict";
window.TranslationRoom = window.TranslationRoom || {};

(function (room) {
  const TAG = /⟦(\/?)(\d+)(\/?)⟧/g;
  const TAG_BEFORE = /⟦\/?\d+\/?⟧$/;
  const TAG_AFTER = /^⟦\/?\d+\/?⟧/;
  const SIGNS = { b: "B", strong: "B", i: "I", em: "I", a: "↗", br: "↵", sup: "x²", sub: "x₂" };
  // Where the caret could not stand otherwise: beside signs. Never part of the text.
  const SPACER = "\u200b";
  const CLIPBOARD = "text/x-translation";

  room.format = (text, ...values) => values.reduce((so, value) => so.replace("{}", value), text);

  room.element = function (name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else if (value === true) made.setAttribute(key, "");
      else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
    }
    made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  };

  room.tagName = (tag) => room.labels["tag_" + tag.name] || room.labels.tag_other;

  const mate = (coded) => (coded[1] === "/" ? coded.replace("⟦/", "⟦") : coded.replace("⟦", "⟦/"));
  const isVoid = (coded) => coded.endsWith("/⟧");

  room.sign = function (coded, tag) {
    const closes = coded[1] === "/";
    const kind = tag.void ? "void" : closes ? "end" : "start";
    const name = `${room.tagName(tag)} ${tag.number}`;
    const label = tag.void ? name : room.format(closes ? room.labels.tagEnd : room.labels.tagStart, name);
    return room.element(
      "span",
      {
        class: `room-tag room-tag--${kind}`,
        contenteditable: "false",
        "data-tag": coded,
        role: "img",
        "aria-label": label,
        title: tag.href ? `${label}: ${tag.href}` : label,
      },
      SIGNS[tag.name] || tag.name,
      room.element("span", { class: "room-tag-number" }, String(tag.number)),
    );
  };

  // The text in the numbered form, with its signs in place of their tags.
  room.draw = function (coded, tags) {
    const parts = document.createDocumentFragment();
    let end = 0;
    for (const found of coded.matchAll(TAG)) {
      if (found.index > end) parts.append(coded.slice(end, found.index));
      const tag = tags.find((one) => one.number === Number(found[2]));
      if (tag) parts.append(room.sign(found[0], tag));
      end = found.index + found[0].length;
    }
    if (end < coded.length) parts.append(coded.slice(end));
    return parts;
  };

  function read(node) {
    let text = "";
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) text += child.data.replaceAll(SPACER, "");
      else if (child.dataset && child.dataset.tag) text += child.dataset.tag;
      else if (child.nodeType === Node.ELEMENT_NODE) text += read(child);
    }
    return text;
  }

  room.Field = class {
    constructor(element, tags, { onInput, announce, writes }) {
      this.element = element;
      this.tags = tags;
      this.onInput = onInput;
      this.announce = announce;
      this.past = [];
      this.future = [];
      this.pushed = 0;
      if (!writes) return;
      element.setAttribute("contenteditable", "true");
      element.setAttribute("spellcheck", "true");
      element.addEventListener("beforeinput", (event) => this.beforeInput(event));
      element.addEventListener("input", (event) => this.afterInput(event));
      element.addEventListener("compositionend", () => this.afterInput({}));
      element.addEventListener("keydown", (event) => this.keyDown(event));
      element.addEventListener("paste", (event) => this.paste(event));
      element.addEventListener("copy", (event) => this.copy(event, false));
      element.addEventListener("cut", (event) => this.copy(event, true));
      element.addEventListener("drop", (event) => event.preventDefault());
      // A button that inserts something has the focus then.
      element.addEventListener("blur", () => {
        this.last = this.selection;
      });
    }

    get coded() {
      return read(this.element);
    }

    // --- drawing and the caret ---

    draw(coded, caret = null) {
      this.element.replaceChildren(room.draw(coded, this.tags));
      this.space();
      if (caret !== null && document.activeElement === this.element) this.select(caret, caret);
    }

    space() {
      for (const sign of this.element.querySelectorAll("[data-tag]")) {
        if (!sign.previousSibling || sign.previousSibling.nodeType !== Node.TEXT_NODE) sign.before(SPACER);
        if (!sign.nextSibling || sign.nextSibling.nodeType !== Node.TEXT_NODE) sign.after(SPACER);
      }
    }

    offsetOf(node, offset) {
      const range = document.createRange();
      range.setStart(this.element, 0);
      range.setEnd(node, offset);
      return read(range.cloneContents()).length;
    }

    // Start and end of what is selected, in the numbered form; the end of the text where nothing is.
    get selection() {
      const selection = document.getSelection();
      if (!selection.rangeCount || !this.element.contains(selection.anchorNode)) {
        return this.last || [this.coded.length, this.coded.length];
      }
      const range = selection.getRangeAt(0);
      const start = this.offsetOf(range.startContainer, range.startOffset);
      return [start, range.collapsed ? start : this.offsetOf(range.endContainer, range.endOffset)];
    }

    // Where an offset of the numbered form is in the document.
    pointAt(offset) {
      let left = offset;
      const nodes = [...this.element.childNodes];
      for (const [index, node] of nodes.entries()) {
        const text = node.nodeType === Node.TEXT_NODE ? node.data.replaceAll(SPACER, "") : read({ childNodes: [node] });
        if (left < text.length || (left === text.length && node.nodeType === Node.TEXT_NODE)) {
          if (node.nodeType !== Node.TEXT_NODE) return [this.element, index];
          let place = 0;
          for (let seen = 0; place < node.data.length && (seen < left || node.data[place] === SPACER); place += 1) {
            if (node.data[place] !== SPACER) seen += 1;
            else if (seen === left && place > 0) break;
          }
          return [node, place];
        }
        left -= text.length;
      }
      return [this.element, nodes.length];
    }

    select(start, end) {
      const selection = document.getSelection();
      selection.setBaseAndExtent(...this.pointAt(start), ...this.pointAt(end));
    }

    rangeOfText(start, end) {
      // Offsets of the text without tags, in which a line break counts one, as offsets of the numbered form.
      const places = [];
      let last = 0;
      const coded = this.coded;
      for (const found of coded.matchAll(TAG)) {
        for (let place = last; place < found.index; place += 1) places.push(place);
        if (found[3]) places.push(found.index);
        last = found.index + found[0].length;
      }
      for (let place = last; place <= coded.length; place += 1) places.push(place);
      if (start >= places.length || end > places.length || end <= start) return null;
      const range = document.createRange();
      range.setStart(...this.pointAt(places[start]));
      range.setEnd(...this.pointAt(places[end - 1] + 1));
      return range;
    }

    focus() {
      this.element.focus();
      const end = this.coded.length;
      this.select(end, end);
    }

    // --- changes ---

    remember(always) {
      const now = Date.now();
      if (!always && now - this.pushed < 800) return;
      this.pushed = now;
      const coded = this.coded;
      if (!this.past.length || this.past[this.past.length - 1].coded !== coded) {
        this.past.push({ coded, caret: this.selection[1] });
      }
      this.future = [];
    }

    replace(coded, caret) {
      this.remember(true);
      this.pushed = 0;
      this.draw(coded, caret);
      this.onInput();
    }

    undo() {
      this.step(this.past, this.future);
    }

    redo() {
      this.step(this.future, this.past);
    }

    step(from, to) {
      const coded = this.coded;
      let state = from.pop();
      while (state && state.coded === coded) state = from.pop();
      if (!state) return;
      to.push({ coded, caret: this.selection[1] });
      this.pushed = 0;
      this.draw(state.coded, state.caret);
      this.onInput();
    }

    insert(coded) {
      const [start, end] = this.selection;
      const now = this.coded;
      this.replace(now.slice(0, start) + coded + now.slice(end), start + coded.length);
    }

    // Put a tag of the source at the caret, or around what is selected; where it stands already, it moves.
    place(number) {
      const tag = this.tags.find((one) => one.number === number);
      if (!tag) {
        this.announce(room.labels.noSuchTag);
        return;
      }
      const [start, end] = this.selection;
      const now = this.coded;
      const own = new RegExp(`⟦/?${number}/?⟧`, "g");
      const [before, middle, after] = [now.slice(0, start), now.slice(start, end), now.slice(end)].map((part) =>
        part.replace(own, ""),
      );
      const opening = tag.void ? `⟦${number}/⟧` : `⟦${number}⟧`;
      const closing = tag.void ? "" : `⟦/${number}⟧`;
      const caret = before.length + opening.length + middle.length;
      this.element.focus();
      this.replace(before + opening + middle + closing + after, middle ? caret + closing.length : caret);
      this.announce(room.format(room.labels.placed, `${room.tagName(tag)} ${number}`));
    }

    get unplaced() {
      const coded = this.coded;
      return this.tags.filter((tag) => !coded.includes(tag.void ? `⟦${tag.number}/⟧` : `⟦${tag.number}⟧`));
    }

    // What may come in: the source's tags, each once; of others the text alone.
    admit(coded, without) {
      const here = new Set(without.match(TAG) || []);
      return coded.replace(TAG, (found, _slash, number) => {
        const known = this.tags.some((tag) => tag.number === Number(number) && tag.void === isVoid(found));
        if (!known || here.has(found)) return "";
        here.add(found);
        return found;
      });
    }

    // --- events ---

    beforeInput(event) {
      const kind = event.inputType;
      if (kind === "historyUndo" || kind === "historyRedo") {
        event.preventDefault();
        if (kind === "historyUndo") this.undo();
        else this.redo();
      } else if (kind === "insertParagraph" || kind === "insertLineBreak") {
        event.preventDefault();
        const free = this.unplaced.find((tag) => tag.name === "br");
        if (free) this.place(free.number);
      } else if (kind.startsWith("format") || kind === "insertFromDrop" || kind === "deleteByDrag") {
        event.preventDefault();
      } else if (event.data && /[⟦⟧]/.test(event.data)) {
        event.preventDefault();
        this.announce(room.labels.noBrackets);
      } else {
        this.remember(false);
      }
    }

    afterInput(event) {
      if (!event.isComposing) {
        // What an editor of the browser's own leaves behind in an empty field.
        if (!this.coded && this.element.childNodes.length) this.element.replaceChildren();
        this.space();
      }
      this.onInput();
    }

    keyDown(event) {
      const control = (event.ctrlKey || event.metaKey) && !event.altKey;
      if (control && !event.shiftKey && event.code === "KeyZ") {
        event.preventDefault();
        this.undo();
      } else if (control && (event.code === "KeyY" || (event.shiftKey && event.code === "KeyZ"))) {
        event.preventDefault();
        this.redo();
      } else if (control && !event.shiftKey && /^(Digit|Numpad)[1-9]$/.test(event.code)) {
        event.preventDefault();
        this.place(Number(event.code.slice(-1)));
      } else if ((event.key === "Backspace" || event.key === "Delete") && !control && !event.altKey) {
        this.removeSign(event);
      }
    }

    // A sign that is deleted takes its other half along.
    removeSign(event) {
      const [start, end] = this.selection;
      if (start !== end) return;
      const coded = this.coded;
      const found = event.key === "Backspace" ? coded.slice(0, start).match(TAG_BEFORE) : coded.slice(start).match(TAG_AFTER);
      if (!found) return;
      event.preventDefault();
      const gone = isVoid(found[0]) ? [found[0]] : [found[0], mate(found[0])];
      const strip = (text) => gone.reduce((so, tag) => so.replace(tag, ""), text);
      const before = strip(coded.slice(0, start));
      this.replace(before + strip(coded.slice(start)), before.length);
    }

    copy(event, cuts) {
      const [start, end] = this.selection;
      if (start === end) return;
      const coded = this.coded;
      const part = coded.slice(start, end);
      event.preventDefault();
      event.clipboardData.setData("text/plain", part.replace(TAG, ""));
      event.clipboardData.setData(CLIPBOARD, part);
      if (cuts) this.replace(coded.slice(0, start) + coded.slice(end), start);
    }

    paste(event) {
      event.preventDefault();
      const own = event.clipboardData.getData(CLIPBOARD);
      const [start, end] = this.selection;
      const coded = this.coded;
      const text = own || event.clipboardData.getData("text/plain").replace(TAG, "");
      const rest = coded.slice(0, start) + coded.slice(end);
      const clean = text.replace(/\s*[\r\n]+\s*/g, " ");
      this.insert(own ? this.admit(clean, rest) : clean.replace(/[⟦⟧]/g, ""));
    }
  };
})(window.TranslationRoom);
