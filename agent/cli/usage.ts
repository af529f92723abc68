/** What `etabli --help` prints. */
export const usage = `etabli: the workstation agent of Établi

  etabli enrol <server> <one-time code>   make this workstation known to your site
  etabli run                              record and send, until stopped with Ctrl+C
  etabli status [--json]                  what is recorded, under which charter, and what waits
  etabli task start <kind> [label]        say what you are working on; ends the task before
  etabli task stop                        say that it is done
  etabli pause                            record nothing until: etabli resume
  etabli resume                           record again
  etabli category <name> on|off           switch an optional category of the charter for yourself

Kinds: contact acw ready case research expert_consult help_given training community break meeting
       tech_incident tool_wait unknown

Options
  --replace            enrol: give up the identity this workstation has
  --person <name>      enrol: with a token for several people, the one this workstation is for
  --task <number>      task start: the case or task number at your site
  --seal-every <s>     run: seconds between two batches (15)
  --json               status: one JSON object
  --help, --version

Examples
  etabli enrol https://etabli.example.org ABCD-EFGH-JKLM
  etabli task start contact PS
  etabli task start research "printer setup" --task 4711
  etabli category focus off

The agent's folder is $ETABLI_AGENT_HOME, or where this system keeps data for one person. Put your own
application-rules.json there to say which application belongs to which category of the charter:
  [{ "category": "crm", "applications": ["our-crm*"] }]

Exit codes: 0 done, 2 wrong usage, 3 bad input file, 1 anything else.
`;
