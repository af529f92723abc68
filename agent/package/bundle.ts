import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Packages that find their native part by looking around on disk, and the module that finds it inside instead. */
const finders = /^(node-gyp-build|node-gyp-build-optional-packages|require-addon)$/;
const loader = fileURLToPath(new URL("./load-native.ts", import.meta.url));

/** Native parts, by the folder of the package whose they are. */
const nativeOf = [
  { package: "/node_modules/lmdb/", name: "lmdb.node" },
  { package: "/node_modules/fs-native-extensions/", name: "fs-native-extensions.node" },
  { package: "/node_modules/uiohook-napi/", name: "uiohook.node" },
];

/** Makes other packages faster where it is there; they do the same without. */
const unneeded = /^(bufferutil|utf-8-validate|msgpackr-extract|cbor-extract|supports-color)$/;

/** In place of a part that is not carried. */
const NONE = "none";

const missing = `throw new Error("not in the single file");`;
const loading = (name: string) =>
  `require(${JSON.stringify(loader)}).loadNative(${JSON.stringify(name)})`;
const finding = (name: string) =>
  `module.exports = () => ${loading(name)}; module.exports.addon = module.exports;`;

/** Lets packages find their native parts in the single file; those that it does not carry are missing there. */
function takeNativesFromInside(carried: readonly string[]): Plugin {
  return {
    name: "natives-from-inside",
    setup(bundler) {
      bundler.onResolve({ filter: finders }, ({ importer }) => {
        const native = nativeOf.find((entry) => importer.includes(entry.package));
        const name = native && carried.includes(native.name) ? native.name : NONE;
        return { path: name, namespace: "native" };
      });
      bundler.onResolve({ filter: unneeded }, () => ({ path: NONE, namespace: "native-itself" }));
      bundler.onResolve({ filter: /^@koromix\/koffi-/ }, ({ path }) => ({
        path: carried.includes("koffi.node") && path.includes("win32-x64") ? "koffi.node" : NONE,
        namespace: "native-itself",
      }));
      bundler.onLoad({ filter: /.*/, namespace: "native-itself" }, ({ path }) => ({
        resolveDir: root,
        contents: path === NONE ? missing : `module.exports = ${loading(path)};`,
      }));
      bundler.onLoad({ filter: /.*/, namespace: "native" }, ({ path }) => ({
        resolveDir: root,
        contents: path === NONE ? `module.exports = () => { ${missing} };` : finding(path),
      }));
    },
  };
}

/**
 * Bundles the agent and all packages it uses into one script.
 * @param carried names of the native parts that go with it
 * @returns how many bytes
 */
export async function bundleAgent(target: string, carried: readonly string[]): Promise<number> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["agent/package/main.ts"],
    outfile: target,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    legalComments: "none",
    // What is parsed takes memory; names stay, so that it can still be read.
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: "error",
    metafile: true,
    alias: {
      // Their other forms hide from the bundler what they load, or make code of their own text, in which names that the
      // bundler changed are missing (an endless loop when a key is read: seen).
      koffi: join(root, "node_modules/koffi/index.cjs"),
      lmdb: join(root, "node_modules/lmdb/dist/index.cjs"),
    },
    // A script that is no module: what asks where it is, is told where the single file is.
    define: { "import.meta.url": "programUrl" },
    banner: { js: `const programUrl = require("node:url").pathToFileURL(process.execPath).href;` },
    plugins: [takeNativesFromInside(carried)],
  });
  const [output] = Object.entries(metafile.outputs).filter(
    ([path]) => basename(path) === basename(target),
  );
  return output?.[1].bytes ?? 0;
}
