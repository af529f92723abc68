import { existsSync } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import {
  type Layer,
  layerOf,
  listFiles,
  readSourceFiles,
  readText,
  type SourceFile,
  withoutComments,
} from "#test/support/source-files";

const files = readSourceFiles();

/** What each folder may import of ours. */
const allowed: Record<Layer, readonly Layer[]> = {
  schema: ["schema"],
  server: ["server", "schema"],
  agent: ["agent", "schema"],
  dashboard: ["dashboard", "schema"],
  test: ["test", "schema", "server", "agent", "dashboard"],
};

test("the reader of files sees them and what they import", () => {
  expect(files.length).toBeGreaterThan(200);
  const gate = files.find(({ path }) => path === "server/ingest/gate.ts");
  expect(gate?.imports).toContain("schema/batch.ts");
  expect(gate?.imports).toContain("server/database/activity-write.ts");
  expect(gate?.packages).toContain("zod");
  for (const { path, layer, imports } of files)
    for (const target of layer === "test" ? [] : imports)
      expect(existsSync(new URL(`../${target}`, import.meta.url)), `${path}: ${target}`).toBe(true);
});

test("each folder imports only what it may: nobody imports test, agent and dashboard only the schema", () => {
  const wrong = files.flatMap(({ path, layer, imports }) =>
    imports
      .filter((target) => !allowed[layer].includes(layerOf(target) ?? layer))
      .map((target) => `${path} imports ${target}`),
  );
  expect(wrong).toEqual([]);
});

test("the database knows neither HTTP nor the live connections nor the gate", () => {
  const wrong = files
    .filter(({ path }) => path.startsWith("server/database/"))
    .flatMap(({ path, imports, packages }) => [
      ...imports
        .filter((target) => /^server\/(?!database\/)/.test(target))
        .map((target) => `${path}: ${target}`),
      ...packages
        .filter((name) => /^(hono|socket\.io|@hono)/.test(name))
        .map((name) => `${path}: ${name}`),
    ]);
  expect(wrong).toEqual([]);
});

test("the schema runs in a browser as on a server: zod, time zones, and nothing of Node", () => {
  const packages = new Set(
    files.filter(({ layer }) => layer === "schema").flatMap((file) => file.packages),
  );
  expect([...packages].filter((name) => !["zod", "@date-fns/tz"].includes(name))).toEqual([]);
  const node = files
    .filter(({ path, layer }) => layer === "dashboard" && !path.endsWith(".config.ts"))
    .flatMap(({ path, packages: names }) =>
      names.filter((name) => name.startsWith("node:")).map((name) => `${path}: ${name}`),
    );
  expect(node).toEqual([]);
});

test("no file imports itself through others", () => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const cycles: string[] = [];
  function walk(file: SourceFile, trail: string[]): void {
    if (trail.includes(file.path)) {
      cycles.push([...trail.slice(trail.indexOf(file.path)), file.path].join(" > "));
      return;
    }
    if (done.has(file.path)) return;
    for (const target of file.runsWith) {
      const next = byPath.get(target);
      if (next) walk(next, [...trail, file.path]);
    }
    done.add(file.path);
  }
  for (const file of files) walk(file, []);
  expect(cycles).toEqual([]);
});

test("files are named for what they hold, in kebab case, without barrels", () => {
  const wrong = files
    .map(({ path }) => path)
    .filter((path) => {
      const name = basename(path).replace(/\.tsx?$/, "");
      return (
        name === "index" ||
        /(^|[-.])(utils?|helpers?|managers?|common|misc|stuff|lib)($|[-.])/.test(
          path.replaceAll("/", "-"),
        ) ||
        !/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|spec|config|d))?$/.test(name)
      );
    });
  expect(wrong).toEqual([]);
});

test("no file is longer than 300 lines", () => {
  const long = files
    .map(({ path, text }) => ({ path, lines: text.split("\n").length - 1 }))
    .filter(({ lines }) => lines > 300);
  expect(long).toEqual([]);
});

/** Programs of their own, each started by a person or by another of ours. */
const entries =
  /^(server|agent)\/(.*\/)?main\.ts$|^server\/replay\.ts$|^agent\/outbox-store\/check-store\.ts$|-child\.ts$|^test\/bench\/process\//;

test("only a program's own entry file ends the process", () => {
  const wrong = files
    .filter(
      ({ path, text }) => !entries.test(path) && /\bprocess\.exit\(/.test(withoutComments(text)),
    )
    .map(({ path }) => path)
    .filter((path) => path !== "test/architecture.test.ts");
  expect(wrong).toEqual([]);
});

/**
 * What is recorded is exposure. These words claim to know how somebody is, or judge them; in French too.
 */
const judging =
  /(?<!\p{L})(stress(ed|ful|e|é|ée|és)?|strain(ed)?|emotions?|émotions?|moods?|humeurs?|sentiments?|burn-?out|fatigued?|épuisements?|idle|idleness|inactive|inactivity|inacti(f|ve|vité)s?|oisi(f|ve|veté)s?|(un)?productiv(e|ity|ité)|(im)?productifs?|paresseu(x|se)|loiter(ing)?|slack(er|ing)|surveillance|spy(ing)?|ranking|classement|leaderboard|top performers?)(?!\p{L})/giu;

/** Where such a word stands because the sentence forbids it, or because that is what another program calls a thing. */
const forbidding: Record<string, RegExp> = {
  "schema/charter-default.ts":
    /"(Inferring emotion, mood or stress from behaviour|Comparing, ranking or setting targets for people)\."|"Déduire du comportement une émotion, une humeur ou un stress\."/g,
  "agent/sensors/bus/input-age.ts": /"org\.gnome\.Mutter\.IdleMonitor"/g,
  "agent/sensors/x11/input-age.ts": /info\?\.idle /g,
  "agent/sensors/x11/x11.d.ts": /idle: number;/g,
};

/** Everything people read, and everything that names what is recorded. */
const telling = [
  ...files.filter(({ layer }) => layer !== "test" && layer !== "server").map(({ path }) => path),
  ...listFiles("server/database/migrations", /\.sql$/),
  ...listFiles("dashboard", /\.html$/),
];

/** Phrases that say no: "not inactive", "never stress". Kept short, so that no sentence hides behind one. */
const denied = /\b(no|not|never|without|aucune?|jamais|sans|ni|pas (de|d'|du)?)\s+$/iu;

/** A file's text without comments and forbidding sentences, its names taken apart into words. */
function wordsOf(path: string): string {
  const text = readText(path).replace(forbidding[path] ?? /(?!)/g, "");
  const said = path.endsWith(".sql") ? text.replace(/--.*$/gm, "") : withoutComments(text);
  return said.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2").replaceAll("_", " ");
}

test("no label, text, field or column claims to know how somebody is, nor judges them", () => {
  const found = telling.flatMap((path) => {
    const text = wordsOf(path);
    return [...text.matchAll(judging)]
      .filter((hit) => !denied.test(text.slice(Math.max(0, hit.index - 12), hit.index)))
      .map((hit) => `${path}: ${hit[0]}`);
  });
  expect(found).toEqual([]);
});

test("the words would be found where they stand", () => {
  for (const bad of [
    "Stress detected",
    "idle time",
    "Inactive for 5 min",
    "Productivité",
    "Humeur du jour",
    "émotion",
  ])
    expect(bad).toMatch(new RegExp(judging.source, "iu"));
  for (const good of ["exposure", "pressure", "waiting", "distress call", "a gap", "pause"])
    expect(good).not.toMatch(new RegExp(judging.source, "iu"));
});

test("nothing that learns or guesses about people is among the dependencies", () => {
  const manifest = z
    .object({
      dependencies: z.record(z.string(), z.string()),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    })
    .parse(JSON.parse(readText("package.json")));
  const names = [
    ...Object.keys(manifest.dependencies),
    ...Object.keys(manifest.optionalDependencies ?? {}),
  ];
  const guessing =
    /tensorflow|onnx|transformers|openai|anthropic|langchain|brain\.js|sentiment|natural|^ml-|synaptic|face-api|emotion/;
  expect(names.filter((name) => guessing.test(name))).toEqual([]);
});
