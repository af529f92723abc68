import type { ApplicationRule } from "../application-rules.ts";

/** Application ids, by which Wayland compositors and Flatpak name applications. */
export const linuxRules: readonly ApplicationRule[] = [
  {
    category: "telephony",
    applications: ["com.belledonnecommunications.linphone", "net.jami.*"],
  },
  {
    category: "chat",
    applications: [
      "com.slack.slack",
      "com.github.ismaelmartinez.teams_for_linux",
      "com.discordapp.discord",
      "org.telegram.*",
      "org.signal.*",
      "im.riot.riot",
      "com.mattermost.*",
      "org.gnome.fractal",
      "org.gnome.polari",
      "dino",
      "im.dino.dino",
    ],
  },
  {
    category: "mail",
    applications: ["org.gnome.evolution", "org.gnome.geary", "org.kde.kmail*", "eu.betterbird.*"],
  },
  {
    category: "knowledge",
    applications: [
      "org.kde.okular",
      "org.gnome.papers",
      "papers",
      "zathura",
      "org.pwmt.zathura",
      "org.zim_wiki.zim",
      "md.obsidian.*",
      "com.calibre_ebook.*",
      "xreader",
      "atril",
      "qpdfview",
    ],
  },
  { category: "billing", applications: ["org.gnucash.gnucash"] },
  {
    category: "remote_control",
    applications: ["krdc", "org.kde.krdc", "org.gnome.connections", "gnome-connections", "vinagre"],
  },
  {
    category: "office",
    applications: [
      "org.onlyoffice.*",
      "com.wps.office",
      "org.gnome.gedit",
      "org.gnome.calculator",
      "org.kde.kate",
      "org.kde.kwrite",
      "kwrite",
      "org.kde.kcalc",
      "kcalc",
      "xed",
      "pluma",
    ],
  },
  {
    category: "browser",
    applications: [
      "com.microsoft.edge*",
      "org.gnome.epiphany*",
      "org.kde.falkon",
      "io.gitlab.librewolf*",
      "net.waterfox.*",
      "konqueror",
      "org.kde.konqueror",
    ],
  },
];
