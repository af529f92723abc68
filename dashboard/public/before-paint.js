// Runs before the first paint, so that no one sees a flash of the wrong theme or language.
(() => {
  let theme = null;
  let language = null;
  try {
    theme = localStorage.getItem("etabli.theme");
    language = localStorage.getItem("etabli.language");
  } catch {
    // Storage can be switched off; the system's theme and the browser's language then hold.
  }
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  const first = language ?? navigator.language;
  document.documentElement.lang = first.startsWith("fr") ? "fr" : "en";
  // zod would otherwise try `new Function`, which the page's policy refuses and reports.
  globalThis.__zod_globalConfig = { jitless: true };
})();
