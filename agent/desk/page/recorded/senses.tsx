import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Sense, Status } from "#agent/control/messages";
import { Card } from "../components/card.tsx";
import { useNames } from "../text/use-names.ts";
import css from "./recorded.module.css";

type SenseName = "applications" | "presence" | "input" | "gateway" | "feed";

/** What the agent can sense on this machine, what it cannot, and why not. */
export function Senses({ status }: { status: Status }) {
  const { t } = useTranslation();
  const { applications, presence, input, gateway, feed } = status;
  const { toolName } = useNames();
  const { inFront } = applications;
  return (
    <Card title={t("recorded.senses")} text={t("recorded.sensesText")}>
      <ul className={css.senses}>
        <SenseLine name="applications" sense={applications}>
          {inFront && t("recorded.inFront", { what: toolName(inFront) })}
        </SenseLine>
        <SenseLine name="presence" sense={presence}>
          {presence.now && t(`recorded.presences.${presence.now}`)}
        </SenseLine>
        <SenseLine name="input" sense={input} />
        <SenseLine name="gateway" sense={gateway}>
          {gateway.address && t("recorded.at", { address: gateway.address })}
        </SenseLine>
        <SenseLine name="feed" sense={feed} />
      </ul>
    </Card>
  );
}

function SenseLine({
  name,
  sense,
  children,
}: {
  name: SenseName;
  sense: Sense;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <li>
      <div className={css.head}>
        <h4>{t(`recorded.names.${name}`)}</h4>
        <span className={sense.state === "sensed" ? css.on : css.off}>
          {t(`recorded.states.${sense.state}`)}
        </span>
      </div>
      <p className={css.soft}>{t(`recorded.what.${name}`)}</p>
      {sense.reason && (
        <p className={css.reason} lang="en">
          {sense.reason}
        </p>
      )}
      {children && <p>{children}</p>}
    </li>
  );
}
