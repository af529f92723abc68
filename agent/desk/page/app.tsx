import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { DeskProvider, useDesk } from "./api/desk.tsx";
import css from "./app.module.css";
import { Header } from "./components/header.tsx";
import { OutcomeLine } from "./components/outcome-line.tsx";
import { SectionLinks } from "./components/section-links.tsx";
import { LeftSection } from "./left/left-section.tsx";
import { LightPanel } from "./light/light-panel.tsx";
import { LockedPage } from "./light/locked-page.tsx";
import { SignInForm } from "./light/sign-in-form.tsx";
import { Troubles } from "./light/troubles.tsx";
import { RecordedSection } from "./recorded/recorded-section.tsx";
import { type Section, sectionOf } from "./view/section.ts";
import { WaitingSection } from "./waiting/waiting-section.tsx";
import { WorkSection } from "./work/work-section.tsx";

/** The page: locked, or the desk. @param problem the code of what went wrong on the way in, or null */
export function App({ problem }: { problem: string | null }) {
  const [isLocked, setIsLocked] = useState(false);
  const lock = useCallback(() => setIsLocked(true), []);
  if (isLocked) return <LockedPage problem={problem} />;
  return (
    <DeskProvider onLocked={lock}>
      <DeskPage />
    </DeskProvider>
  );
}

/** The light above all, and below it the part of the page that was chosen. */
function DeskPage() {
  const { t } = useTranslation();
  const { standing } = useDesk();
  const section = useSection();
  const status = standing.kind === "told" ? standing.status : null;
  const isSignedOut = status?.recording === "signed-out";
  // While it is being asked, what was last told stays; once it is silent, nothing of it is certain any more.
  const last = useRef(status);
  if (status) last.current = status;
  const shown = standing.kind === "silent" ? null : last.current;
  return (
    <>
      <a className={css.skip} href="#content">
        {t("page.skip")}
      </a>
      <Header status={status} />
      <main id="content" tabIndex={-1} className={css.main}>
        <LightPanel />
        {status && <Troubles troubles={status.troubles} />}
        {isSignedOut && <SignInForm />}
        {shown && !isSignedOut && (
          <>
            <SectionLinks section={section} status={shown} />
            {section === "work" && <WorkSection status={shown} />}
            {section === "recorded" && <RecordedSection status={shown} />}
            {section === "waiting" && <WaitingSection status={shown} />}
            {section === "left" && <LeftSection status={shown} />}
          </>
        )}
      </main>
      <OutcomeLine />
    </>
  );
}

/** The part the address names; another address leaves it as it was. */
function useSection(): Section {
  const [section, setSection] = useState<Section>(() => sectionOf(location.hash) ?? "work");
  useEffect(() => {
    const onChange = () => setSection((before) => sectionOf(location.hash) ?? before);
    window.addEventListener("hashchange", onChange);
    return () => window.removeEventListener("hashchange", onChange);
  }, []);
  return section;
}
