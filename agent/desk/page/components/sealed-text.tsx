import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import css from "./sealed-text.module.css";

/** The very characters of a batch, its sha256, and whether this browser comes to the same when it computes it anew. */
export function SealedText({ text, sha256 }: { text: string; sha256?: string }) {
  const { t } = useTranslation();
  const computed = useSha256(text);
  return (
    <div className={css.sealed}>
      {sha256 && (
        <p className={css.sha}>
          {t("left.sha")} <code>{sha256}</code>{" "}
          {computed !== null && (
            <span className={computed === sha256 ? css.same : css.differs}>
              {t(computed === sha256 ? "left.shaSame" : "left.shaDiffers")}
            </span>
          )}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <pre tabIndex={0} className={css.text}>
        {text}
      </pre>
    </div>
  );
}

/** The sha256 of a text in hex, computed by the browser; null until it is. */
function useSha256(text: string): string | null {
  const [sha256, setSha256] = useState<string | null>(null);
  useEffect(() => {
    let isOver = false;
    setSha256(null);
    void crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)).then((digest) => {
      const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0"));
      if (!isOver) setSha256(hex.join(""));
    });
    return () => {
      isOver = true;
    };
  }, [text]);
  return sha256;
}
