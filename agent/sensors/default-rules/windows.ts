import type { ApplicationRule } from "../application-rules.ts";

/** Names of programs on Windows, without `.exe`, where they are not the same everywhere. */
export const windowsRules: readonly ApplicationRule[] = [
  {
    category: "telephony",
    applications: [
      "phonerlite",
      "aircall*",
      "ringcentral*",
      "talkdesk*",
      "dialpad*",
      "swyxit*",
      "rainbow",
      "webex*",
    ],
  },
  { category: "chat", applications: ["ms-teams*", "lync*", "gotomeeting*", "g2mcomm"] },
  {
    category: "mail",
    applications: [
      "olk",
      "hxoutlook",
      "nlnotes",
      "notes2",
      "mailclient",
      "postbox",
      "proton mail*",
      "protonmail*",
    ],
  },
  {
    category: "knowledge",
    applications: [
      "acrord32",
      "acrobat",
      "sumatrapdf*",
      "foxitreader",
      "foxitpdfreader",
      "evernote*",
      "hh",
    ],
  },
  { category: "billing", applications: ["qbw*", "cegid*", "ebp.*"] },
  {
    category: "remote_control",
    applications: [
      "msrdc*",
      "msra",
      "quickassist",
      "dwrcc",
      "dameware*",
      "strwinclt",
      "splashtop*",
      "bomgar*",
      "screenconnect*",
      "logmein*",
      "tvnviewer",
      "isllight*",
      "supremo*",
    ],
  },
  {
    category: "office",
    applications: [
      "notepad",
      "notepad++",
      "wordpad",
      "mspub",
      "msaccess",
      "visio",
      "wpp",
      "desktopeditors",
      "calculatorapp",
    ],
  },
  { category: "browser", applications: ["iexplore", "duckduckgo", "waterfox"] },
];
