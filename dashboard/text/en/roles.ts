export const roles = {
  health: {
    title: "Occupational health",
    text: "Here you will read published aggregates: how a group's work is, never how one person's is.",
    published: "Published so far",
    nothing: "Nothing is published yet.",
    nothingText:
      "A first release needs weeks of records and groups that are large enough. It will appear here, with how certain each figure is.",
    will: "What you will see",
    will1: "Releases: sets of figures published once and never changed, by group and period",
    will2:
      "Groups of at least 10 people; smaller ones are merged or left out, and the page says so",
    will3: "How much of the time was recorded, beside every figure",
    why: "Why nobody can be looked up",
    why1: "There is no search for people and no page about one; the database refuses it, whatever is asked",
    why2: "Figures are rounded and withheld so that no combination of them reveals a person",
    why3: "A technician may share part of their own record with you, for a time they choose, and can end it at once",
    why4: "What is recorded is exposure: what work asks for. How people feel, only they can say",
  },
  representative: {
    title: "The charter in force",
    text: "What employer and representatives agreed may be recorded, why, for how long and for whom. The agent, the server and the database hold to it.",
  },
  employer: {
    title: "The charter in force",
    text: "Here you read the charter. There is nothing else to see: no figure and no name is open to the employer.",
  },
};
