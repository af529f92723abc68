import { useTranslation } from "react-i18next";
import type { Status } from "#agent/control/messages";
import { useDesk } from "../api/desk.tsx";
import { Card } from "../components/card.tsx";
import { useLanguage } from "../text/language.ts";
import css from "./recorded.module.css";

type Category = Status["categories"][number];

/** Each category of the charter: what for, recorded or not and why not, and the person's own switch. */
export function Categories({ status }: { status: Status }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const reasonOf = useReason();
  return (
    <Card title={t("recorded.categories")} text={t("recorded.never")}>
      {status.categories.length === 0 && <p>{t("recorded.noCharter")}</p>}
      <ul className={css.categories}>
        {status.categories.map((category) => (
          <li key={category.id}>
            <div className={css.head}>
              <h4>{t(`kinds.categories.${category.id}`)}</h4>
              <CategoryState category={category} />
            </div>
            <p>{category.purpose[language]}</p>
            <p className={css.soft}>
              {[reasonOf(category), t("recorded.kept", { count: category.rawDays })]
                .filter(Boolean)
                .join(" ")}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Why it is as it is, where that is not the person's own yes. */
function useReason(): (category: Category) => string | false {
  const { t } = useTranslation();
  return ({ inCharter, optional, chosen }) => {
    if (!inCharter)
      return t(optional && chosen ? "recorded.charterOffChosen" : "recorded.charterOff");
    if (!optional) return t("recorded.forAll");
    return !chosen && t("recorded.youOff");
  };
}

/** Recorded or not; where the charter leaves it to each person, the switch, which says the same. */
function CategoryState({ category }: { category: Category }) {
  const { t } = useTranslation();
  const { act } = useDesk();
  const { id, on, optional, chosen } = category;
  return (
    <div className={css.state}>
      <span className={on ? css.on : css.off}>{t(on ? "recorded.isOn" : "recorded.isOff")}</span>
      {optional && (
        <button
          type="button"
          role="switch"
          aria-checked={chosen}
          aria-label={t("recorded.switch", { what: t(`kinds.categories.${id}`) })}
          className={css.switch}
          onClick={() => void act({ command: "category", id, on: !chosen })}
        >
          <span aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
