export const charter = {
  unsigned: "Default charter, not yet signed",
  unsignedText:
    "Employer and representatives have not signed a charter here yet. Until they do, this default one holds: work and tools only, readable by the technician alone.",
  signed: "Signed charter",
  version: "Version {{version}}",
  fingerprint: "Fingerprint (sha256)",
  fingerprintText: "Two copies of the charter are the same exactly when their fingerprints are.",
  purposes: "What it is for",
  forbidden: "What it must never be used for",
  categories: "What can be recorded",
  categoriesText:
    "This list is closed: what is not on it cannot be recorded, or even written down.",
  applications: "Application categories",
  applicationsText:
    "Of an application only its category is kept, never its name, window title, address or content.",
  never:
    "Window titles, addresses, text, sound, screenshots, single keys and pointer positions cannot be recorded at all.",
  on: "On",
  off: "Off",
  optional: "Each person may switch it off at their workstation",
  required: "For everybody",
  keptDays_one: "Kept {{count}} day",
  keptDays_other: "Kept {{count}} days",
  readers: "Read by: {{roles}}",
  basis: "Lawful basis: {{basis}}",
  error: "The charter could not be read.",
  bases: {
    legal_obligation: "legal obligation",
    legitimate_interest: "legitimate interest",
    public_task: "public task",
    health_service: "occupational health service",
  },
  names: {
    work: "Work",
    focus: "Tools",
    input: "Counts of clicks and keys",
    answers: "My own answers",
    off_schedule: "Outside the agreed hours",
    community: "Community of practice",
  },
};
