import "@fontsource-variable/inter/opsz.css";
import "./design/tokens.css";
import "./design/base.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { createQueryClient } from "./api/session.ts";
import { App } from "./app.tsx";
import { ErrorBoundary } from "./components/error-boundary.tsx";
import { recall } from "./components/remember.ts";
import { chooseLanguage, createTexts } from "./text/language.ts";

const remembered = recall("language");
const language = chooseLanguage(remembered ? [remembered] : navigator.languages);
document.documentElement.lang = language;

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <I18nextProvider i18n={createTexts(language)}>
    <ErrorBoundary>
      <QueryClientProvider client={createQueryClient()}>
        <App />
      </QueryClientProvider>
    </ErrorBoundary>
  </I18nextProvider>,
);
