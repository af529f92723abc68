import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./button.tsx";
import { Notice } from "./notice.tsx";

/** Catches what a page throws while drawing. React offers this to classes only. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { t } = useTranslation();
  return (
    <main>
      <Notice tone="problem" title={t("shell.broken.title")}>
        <p>{t("shell.broken.text")}</p>
        <Button onClick={() => window.location.reload()}>{t("shell.broken.reload")}</Button>
      </Notice>
    </main>
  );
}
