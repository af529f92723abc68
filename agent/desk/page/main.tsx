import "./design/desk.css";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { openPage } from "./api/open-page.ts";
import { App } from "./app.tsx";
import { ErrorBoundary } from "./components/error-boundary.tsx";
import { createTexts, readLanguage } from "./text/language.ts";

const language = readLanguage();
document.documentElement.lang = language;

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
const problem = await openPage();
createRoot(root).render(
  <I18nextProvider i18n={createTexts(language)}>
    <ErrorBoundary>
      <App problem={problem} />
    </ErrorBoundary>
  </I18nextProvider>,
);
