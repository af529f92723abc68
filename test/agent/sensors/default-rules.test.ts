import { expect, test } from "vitest";
import { makeCategorise } from "#agent/sensors/application-rules";
import { defaultRules } from "#agent/sensors/default-rules";
import { defaultCharter } from "#schema/charter-default";

/** Names as the sense of each platform gives them. */
const bundles = {
  telephony: ["com.3CX.phone", "com.cisco.Jabber", "Cisco-Systems.Spark", "com.apple.FaceTime"],
  chat: [
    "com.tinyspeck.slackmacgap",
    "com.microsoft.teams",
    "com.microsoft.teams2",
    "us.zoom.xos",
    "net.whatsapp.WhatsApp",
    "com.apple.MobileSMS",
  ],
  mail: ["com.apple.mail", "com.microsoft.Outlook", "org.mozilla.thunderbird"],
  knowledge: ["com.apple.Preview", "com.adobe.Reader", "com.microsoft.onenote.mac", "md.obsidian"],
  billing: ["com.sap.platin"],
  remote_control: ["com.microsoft.rdc.macos", "com.teamviewer.TeamViewer", "com.philandro.anydesk"],
  office: [
    "com.microsoft.Word",
    "com.microsoft.Excel",
    "com.microsoft.Powerpoint",
    "org.libreoffice.script",
    "com.apple.iWork.Pages",
    "com.apple.TextEdit",
  ],
  browser: [
    "com.apple.Safari",
    "com.apple.SafariTechnologyPreview",
    "org.mozilla.firefox",
    "com.google.Chrome",
    "com.microsoft.edgemac",
    "com.brave.Browser",
    "company.thebrowser.Browser",
  ],
  other: ["com.apple.finder", "com.apple.Terminal", "com.cisco.anyconnect.gui", "com.zorglub.mail"],
};
const programs = {
  telephony: ["3CXDesktopApp", "CiscoCollabHost", "MicroSIP", "RingCentral", "Aircall"],
  chat: ["slack", "ms-teams", "Teams", "Zoom", "lync", "WhatsApp", "Discord"],
  mail: ["OUTLOOK", "olk", "HxOutlook", "thunderbird", "nlnotes"],
  knowledge: ["ONENOTE", "AcroRd32", "Acrobat", "SumatraPDF"],
  billing: ["saplogon", "SAPgui", "QBW32"],
  remote_control: ["mstsc", "msrdc", "TeamViewer", "AnyDesk", "QuickAssist"],
  office: ["WINWORD", "EXCEL", "POWERPNT", "soffice.bin", "soffice", "notepad", "CalculatorApp"],
  browser: ["chrome", "msedge", "firefox", "brave", "opera", "iexplore"],
  other: ["explorer", "cmd", "WindowsTerminal", "zorglub"],
};
const applicationIds = {
  telephony: ["Linphone", "net.jami.Jami"],
  chat: ["Slack", "com.slack.Slack", "org.telegram.desktop", "Element", "us.zoom.Zoom"],
  mail: ["thunderbird", "org.mozilla.Thunderbird", "org.gnome.Evolution", "org.kde.kmail2"],
  knowledge: ["org.kde.okular", "org.gnome.Evince", "org.gnome.Papers"],
  remote_control: ["org.remmina.Remmina", "org.kde.krdc", "TeamViewer"],
  office: ["soffice.bin", "libreoffice-calc", "org.libreoffice.LibreOffice", "org.kde.kate"],
  browser: [
    "firefox",
    "firefox-esr",
    "org.mozilla.firefox",
    "google-chrome",
    "com.google.Chrome",
    "chromium",
    "org.chromium.Chromium",
    "org.gnome.Epiphany",
  ],
  other: ["foot", "org.gnome.Nautilus", "org.kde.konsole"],
};
/** Names on a Mac as a watcher of ActivityWatch gives them. */
const watched = {
  chat: ["Slack", "Microsoft Teams", "zoom.us", "Messages"],
  mail: ["Mail", "Microsoft Outlook"],
  knowledge: ["Preview"],
  office: ["Microsoft Excel", "Pages", "TextEdit"],
  browser: ["Safari", "Google Chrome", "Microsoft Edge", "Firefox", "Arc"],
};

const tables: Record<string, Record<string, string[]>> = {
  "macOS, by bundle": bundles,
  "Windows, by program": programs,
  "Linux, by window class or application id": applicationIds,
  "macOS, by a watcher": watched,
};

test.each(Object.entries(tables))(
  "common applications have their category without a rule of one's own: %s",
  (_platform, table) => {
    const categorise = makeCategorise(defaultRules);
    for (const [category, names] of Object.entries(table))
      for (const name of names) expect([name, categorise(name)]).toEqual([name, category]);
  },
);

test("every name of the rules gives the category it stands under, and no name stands twice", () => {
  const categorise = makeCategorise(defaultRules);
  const seen = new Set<string>();
  for (const { category, applications = [] } of defaultRules) {
    expect(defaultCharter.applicationCategories).toContain(category);
    for (const name of applications) {
      expect([name, categorise(name.replaceAll("*", ""))]).toEqual([name, category]);
      expect(seen.has(name), name).toBe(false);
      seen.add(name);
    }
  }
});
