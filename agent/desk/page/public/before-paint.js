// Runs before anything else: the language of the first words, and how zod is to work.
(() => {
  let language = null;
  try {
    language = localStorage.getItem("etabli.language");
  } catch {
    // Storage can be switched off; the browser's language then holds.
  }
  document.documentElement.lang = (language ?? navigator.language).startsWith("fr") ? "fr" : "en";
  // zod would otherwise try `new Function`, which the page's policy refuses and reports.
  globalThis.__zod_globalConfig = { jitless: true };
})();
