import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { personName, teamName } from "#schema/account";
import { useAction } from "../../api/use-endpoint.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { CopyField } from "../../components/copy-field.tsx";
import { Field } from "../../components/field.tsx";
import { Notice } from "../../components/notice.tsx";
import { ProblemNotice } from "../../components/problem-notice.tsx";
import { TextArea } from "../../components/text-area.tsx";
import { useLanguage } from "../../text/language.ts";
import { formatInstant } from "../../view/format.ts";
import css from "./operator.module.css";

const MOST_NAMES = 500;

/** Makes a token that enrols one workstation for each person of a list, and shows the command that uses it. */
export function TokenCard() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const [names, setNames] = useState("");
  const [team, setTeam] = useState("");
  const [tried, setTried] = useState(false);
  const create = useAction("createEnrolmentToken", ["listPeople"]);
  const people = [...new Set(names.split(/\r?\n/).map((name) => name.trim()))].filter(Boolean);
  const goodNames =
    people.length > 0 &&
    people.length <= MOST_NAMES &&
    people.every((name) => personName.safeParse(name).success);
  const goodTeam = teamName.safeParse(team.trim()).success;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (goodNames && goodTeam) create.mutate({ people, team: team.trim() });
  };
  return (
    <Card title={t("operator.workstations.token")} text={t("operator.workstations.tokenText")}>
      <form className={css.form} onSubmit={submit} noValidate>
        <TextArea
          label={t("operator.workstations.names")}
          hint={t("operator.workstations.namesHint")}
          error={tried && !goodNames ? t("operator.workstations.badNames") : undefined}
          value={names}
          onChange={(event) => setNames(event.target.value)}
        />
        <Field
          label={t("operator.workstations.team")}
          error={tried && !goodTeam ? t("operator.workstations.badTeam") : undefined}
          value={team}
          onChange={(event) => setTeam(event.target.value)}
        />
        <Button type="submit" look="primary" disabled={create.isPending}>
          {t("operator.workstations.create")}
        </Button>
      </form>
      {create.isError && <ProblemNotice error={create.error} />}
      {create.data && (
        <Notice tone="good">
          <p>
            {t("operator.workstations.made", {
              time: formatInstant(create.data.expiresAt, language),
            })}
          </p>
          <CopyField label={t("operator.workstations.tokenLabel")} value={create.data.token} />
          <CopyField
            label={t("operator.workstations.command")}
            value={`npm run replay -- ${t("operator.workstations.file")} --format bank-calls --server ${window.location.origin} --token ${create.data.token}`}
          />
        </Notice>
      )}
    </Card>
  );
}
