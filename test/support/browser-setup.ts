import { prepareBrowser } from "./browser.ts";

// biome-ignore lint/style/noDefaultExport: Playwright calls the default export
export default prepareBrowser;
