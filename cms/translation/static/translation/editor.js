// Wagtail-localize's editor takes its words from Django's catalog when the page has loaded.
// Some of them say something else on this site: who may not publish sends for review.
Object.assign(window.django.catalog, JSON.parse(document.getElementById("translation-editor-labels").textContent));
