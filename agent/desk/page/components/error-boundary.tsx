import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./button.tsx";
import { Notice } from "./notice.tsx";

/** Shows a plain message instead of an empty page when a part of it fails. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <BrokenPage /> : this.props.children;
  }
}

function BrokenPage() {
  const { t } = useTranslation();
  return (
    <main>
      <Notice tone="problem" title={t("page.broken.title")}>
        <p>{t("page.broken.text")}</p>
        <Button onClick={() => location.reload()}>{t("page.broken.reload")}</Button>
      </Notice>
    </main>
  );
}
