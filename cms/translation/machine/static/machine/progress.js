// Asks how far a machine translation has come, until it ends; then the page is loaded again.
(() => {
  const state = document.querySelector("[data-machine-state]");
  const part = (name) => state.querySelector(`[data-machine-${name}]`);
  const look = async () => {
    const answer = await fetch(state.dataset.machineState, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const now = await answer.json();
    if (!now.open) {
      window.location.reload();
      return;
    }
    part("label").textContent = now.label;
    part("progress").max = now.total || 1;
    part("progress").value = now.done;
    part("done").textContent = now.done;
    part("total").textContent = now.total;
    window.setTimeout(look, 3000);
  };
  window.setTimeout(look, 1000);
})();
