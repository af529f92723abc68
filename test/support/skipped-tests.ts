import type { Reporter, TestModule } from "vitest/node";

/** Names every test that did not run at the end of the report, with its reason: none goes missing in silence. */
export class SkippedTests implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const module of modules)
      for (const test of module.children.allTests("skipped")) {
        const result = test.result();
        const reason = (result.state === "skipped" && result.note) || "see its name";
        process.stdout.write(`skipped: ${module.relativeModuleId} > ${test.fullName}: ${reason}\n`);
      }
  }
}
