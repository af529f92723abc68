import { QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { I18nextProvider } from "react-i18next";
import { createQueryClient } from "#dashboard/api/session.ts";
import { createTexts } from "#dashboard/text/language.ts";
import type { Language } from "#dashboard/view/format.ts";
import type { SpanKind, StoredMark, StoredSpan } from "#schema/activity";
import type { Day } from "#schema/day";
import { formatTimestamp, millisecondsOf } from "#schema/time";

const MIDNIGHT = Date.parse("2026-11-25T00:00:00.000+01:00");
const WORKSTATION = "11111111-2222-4333-8444-555555555555";

/** Epoch ms of a clock time on Wednesday 25 November 2026 in Paris. */
export function at(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return MIDNIGHT + (hour * 60 + minute) * 60_000;
}

/** The same as a timestamp. */
export function stamp(clock: string): string {
  return formatTimestamp(at(clock), 60);
}

/** A span of that day; `seq` makes its identity. */
export function span(
  kind: SpanKind,
  from: string,
  to: string,
  seq: number,
  label?: string,
): StoredSpan {
  return {
    id: `${WORKSTATION}/1/${seq}/0`,
    kind,
    start: stamp(from),
    end: stamp(to),
    source: "sensed",
    ...(label === undefined ? {} : { label }),
  };
}

/** An interruption by a colleague. */
export function interruption(clock: string, seq: number): StoredMark {
  return {
    id: `${WORKSTATION}/1/${seq}/9`,
    kind: "interrupt",
    at: stamp(clock),
    label: "colleague",
  };
}

/** Wednesday 25 November 2026 in Paris, planned from 9 to 17 with a break at noon unless told otherwise. */
export function dayOf(spans: StoredSpan[], more: Partial<Day> = {}): Day {
  return {
    date: "2026-11-25",
    zone: "Europe/Paris",
    from: formatTimestamp(MIDNIGHT, 60),
    to: formatTimestamp(MIDNIGHT + 86_400_000, 60),
    schedule: [
      {
        start: stamp("09:00"),
        end: stamp("17:00"),
        breaks: [{ start: stamp("12:00"), end: stamp("12:45") }],
      },
    ],
    spans,
    marks: [],
    gaps: [],
    firstDate: spans.length > 0 ? "2026-11-25" : null,
    lastDate: spans.length > 0 ? "2026-11-25" : null,
    ...more,
  };
}

/** Milliseconds between two clock times. */
export function between(from: string, to: string): number {
  return millisecondsOf(stamp(to)) - millisecondsOf(stamp(from));
}

/** Draws a part of the dashboard as a reader in that language has it. */
export function draw(content: ReactNode, language: Language = "en") {
  return render(
    <I18nextProvider i18n={createTexts(language)}>
      <QueryClientProvider client={createQueryClient()}>{content}</QueryClientProvider>
    </I18nextProvider>,
  );
}

/** Answers every call of the page: by `METHOD /path`, a body, or a status and a body. */
export function answerWith(replies: Record<string, unknown | [number, unknown]>) {
  const asked: { key: string; search: string; body: unknown }[] = [];
  const answer = async (input: RequestInfo | URL, init?: RequestInit) => {
    const address = new URL(String(input), "http://site.test");
    const key = `${init?.method ?? "GET"} ${address.pathname}`;
    asked.push({
      key,
      search: address.search,
      body: typeof init?.body === "string" ? JSON.parse(init.body) : undefined,
    });
    const reply = replies[key];
    const [status, body] = Array.isArray(reply) ? reply : [200, reply];
    return new Response(JSON.stringify(body), { status });
  };
  return { answer, asked };
}
