// Every English word of the page, in one file for translation.

const count = (n: number, one: string, many: string): string => `${n.toLocaleString("en-GB")} ${n === 1 ? one : many}`;

export const en = {
  locale: "en-GB",
  name: "Fogline",
  purpose: "Workbench: what is claimed, by whom, where and when",
  unknown: "not told",
  noDay: "no day told",
  since: (day: string) => `since ${day}`,
  until: (day: string) => `until ${day}`,
  atLeast: (figure: string) => `${figure} or more`,
  upTo: (figure: string) => `up to ${figure}`,
  loading: "Loading…",
  close: "Close",
  cancel: "Cancel",
  back: "Back to the list",
  skip: "Skip to the ledger",
  serverGone: "The server does not answer. See whether `fogline serve` still runs, then try again.",
  refused: (status: number) => `The server answered with status ${status}.`,
  readOnly: "This is a read-only copy of a ledger.",
  retry: "Try again",
  outlet: "outlet itself",
  counts: {
    claims: (n: number) => count(n, "claim", "claims"),
    events: (n: number) => count(n, "event", "events"),
    documents: (n: number) => count(n, "document", "documents"),
    outlets: (n: number) => count(n, "outlet", "outlets"),
    origins: (n: number) => count(n, "origin", "origins"),
    voices: (n: number) => count(n, "voice", "voices"),
    checks: (n: number) => count(n, "check", "checks"),
    reviews: (n: number) => count(n, "judgement", "judgements"),
    control: (n: number) => count(n, "change of hands", "changes of hands"),
    independent: (n: number) => `${n.toLocaleString("en-GB")} independent`,
    places: (n: number) => count(n, "place", "places"),
  },
  tabs: { events: "Events", claims: "Claims", voices: "Voices", checks: "Checks", reviews: "Review", control: "Control" },
  panes: { map: "Map", time: "Time", list: "Ledger" },
  types: {
    ADVANCE: "Advance", WITHDRAW: "Withdrawal", CAPTURE: "Capture", ENCIRCLE: "Encirclement", CONTROL: "Control",
    DEPLOY: "Deployment", CLASH: "Clash", SHELL: "Shelling", AIRSTRIKE: "Airstrike", ATTACK: "Attack", ABUSE: "Abuse",
    CASUALTIES: "Casualties", DETAIN: "Detention", DISPLACE: "Displacement", DESTROY: "Destruction",
    NEGOTIATE: "Negotiation", AGREE: "Agreement", AID: "Aid", SANCTION: "Sanction", PROTEST: "Protest",
    DECLARE: "Declaration",
  } as Record<string, string>,
  amended: { withdrawn: "withdrawn", changed: "changed later" },
  statuses: {
    happened: "told as fact", denied: "denied", intended: "intended", possible: "possible", conditional: "conditional",
  } as Record<string, string>,
  kinds: { ground: "Ground", fire: "Fire", people: "People", politics: "Politics" } as Record<string, string>,
  roles: { at: "at", from: "from", to: "to", near: "near" } as Record<string, string>,
  quantities: {
    killed: "killed", wounded: "wounded", killed_or_wounded: "killed or wounded", detained: "detained",
    displaced: "displaced", missing: "missing", troops: "troops", area: "area", distance: "distance",
    equipment: "equipment", settlements: "settlements", duration: "duration", other: "figure",
  } as Record<string, string>,
  fields: {
    event: "Type", status: "Status", hedge: "Hedge", agents: "By", targets: "Upon", places: "Where", place: "Where",
    when: "When", quantities: "Figures", quantity: "Figures", speaker: "Who says so", relays: "Through",
    mode: "How it is quoted", certainty: "Certainty of its words", confidence: "Fogline's confidence", flags: "To look at", amended: "Later edition",
  } as Record<string, string>,
  modes: { direct: "quoted word for word", mixed: "quoted in part", indirect: "reported speech", narrated: "told by the outlet" } as Record<string, string>,
  voiceKinds: {
    official: "official", military: "military", party: "party to the fighting", international: "international body", monitor: "monitor",
    research: "research institute", agency: "news agency", paper: "newspaper", broadcaster: "broadcaster", resident: "residents",
    media: "media", unnamed: "unnamed", person: "person", body: "body",
  } as Record<string, string>,
  side: (side: string | null | undefined): string =>
    !side ? "side not told" : (({ CIV: "civilians", contested: "contested" }) as Record<string, string>)[side] ?? regionName(side),
  sideTitle: (side: string): string => (side === "CIV" ? "Civilians" : en.side(side)),
  search: "Search words, voices, places",
  searchHelp: "Search as you type",
  filters: {
    more: "Filter", title: "Filters", clear: "Clear all", apply: "Show", any: "any", type: "Type of occurrence", status: "Status",
    side: "Side that acts or is acted upon", voice: "Voice", voiceHelp: "a name, or “narrator” for the outlet itself",
    voiceSide: "Side of the voice", place: "Place", placeHelp: "a name, or lat,lon", radius: "Radius in km", grade: "Grade of the event",
    gradeHelp: "A to F, 1 to 6, or both as in B2", confidence: "Least confidence", outlet: "Outlet", outletHelp: "its whole name", document: "Document", from: "From", to: "To",
    remove: (what: string) => `Remove the filter ${what}`,
    inView: "in the map's view",
  },
  chip: {
    q: "words", place: "place", radius: "within km", from: "from", to: "to", event: "type", status: "status", side: "side",
    voice: "voice", voice_side: "voice of", document: "document", outlet: "outlet", grade: "grade", min_confidence: "confidence from", bbox: "map",
  } as Record<string, string>,
  list: {
    label: "Ledger", what: "What is claimed", happened: "What happened", when: "When", who: "Who says so", where: "Where", kind: "Kind", grade: "Grade",
    told: "Told by", claims: "Claims", seen: "Heard", later: "Later found",
    order: "Order of the list", orders: {
      day: "by day", "-day": "latest day first", "-independent": "most independent origins first", "-documents": "most documents first", "-disputed": "most disputed first",
      published: "by publication", "-published": "last published first", "-confidence": "surest first",
    } as Record<string, string>,
    empty: "Nothing meets these filters.", emptyLedger: "The ledger is empty. Add reports to begin.",
    unresolved: "versions stand against each other", disputed: (n: number) => count(n, "dispute", "disputes"),
    pips: (independent: number, all: number) => `${independent} of ${count(all, "origin", "origins")} independent`,
    through: (names: string) => `through ${names}`,
  },
  map: {
    label: "Map of claims and events", marks: "claims, events", follow: "List follows the map", colour: "Colour by", control: "Control", claimsHere: (n: number) => `${count(n, "claim", "claims")} here`,
    colours: { kind: "kind", side: "side", status: "status" } as Record<string, string>,
    views: { off: "Not shown", assessed: "As assessed", disputed: "Disputed", party: (side: string) => `As ${side} says` },
    legend: "Legend", marked: { told: "told as fact", none: "denied", pale: "possible, intended" }, contested: "contested", disputed: "disputed", none: "no information", uncertain: "where it may lie",
    whole: "Show all", zoomIn: "Zoom in", zoomOut: "Zoom out", holder: "Holder", confidence: (p: string) => `${p} sure`,
    says: (who: string, holder: string) => `${who} says: ${holder}`, nothing: "Nothing was observed near enough.",
    noMap: "The map needs WebGL, which this browser does not offer. The ledger works without it.",
    attribution: "Borders as internationally recognised (Crimea is Ukraine’s), disputed lines dashed; made from Natural Earth through world-atlas. Settlements: GeoNames (CC BY 4.0).",
    tilesAttribution: (host: string) => `Base map and its borders: ${host}. Settlements: GeoNames (CC BY 4.0).`,
    tilesFailed: (host: string, why: string) => `The base map of ${host} cannot be had, so the built-in one is shown. ${why}`.trim(),
    noStyle: "What lies there is no map style (MapLibre style, version 8).",
    otherHost: (host: string) => `Its style leads on to ${host}, which this page may not ask.`,
    area: (holder: string, figure: string) => `${holder}: ${figure}`,
  },
  control: {
    first: "Claimed first by", borneOut: "Borne out by", follows: "follows from its surroundings", notYet: "by nobody independent yet",
    after: (days: number) => (days === 0 ? "the same day" : `${count(days, "day", "days")} later`),
    nothing: "Nothing changed hands between these days, as far as is told.", title: (days: string) => `Land held (km²) and what changed hands, ${days}`, inView: "in the map’s view",
    little: (day: string) => `Little is told of who held what on ${day}; what was not known then is no change of hands.`,
    summary: (days: string, all: string, named: string, borne: string, median: number | null) => `${days}: ${all} places changed hands; ${named} of them were named by somebody, and ${borne} of these were borne out independently${median === null ? "" : `, half of them ${median === 0 ? "on the same day" : `within ${count(median, "day", "days")}`}`}.`,
    history: "History of a place", placeHelp: "a name, or lat,lon", show: "Show", held: "Who held it", periods: "Period by period", part: "parties part", events: "What happened here",
    asTable: "As a table", km2: "Land held in km²", noAreas: "No land can be worked out for these days.",
    areas: (first: string, last: string, told: string) => `Land held from ${first} to ${last}; on the last day: ${told}.`,
    between: (km2: string, low: string, high: string) => `${km2} km² (${low}–${high})`,
    notInFolder: "This copy of the ledger holds the history only of places that changed hands.", toHistory: "Its history",
  },
  time: {
    label: "Time", clock: "Days of", event: "occurrence", report: "report", play: "Play through the days", pause: "Pause",
    from: "From", to: "To", all: "All days", next: "Next day", previous: "Previous day", group: "by",
    groups: { side: "side", event: "type", status: "status" } as Record<string, string>,
    summary: (n: string, first: string, last: string, most: string, peak: string) => `${n} from ${first} to ${last}; most on ${most} (${peak}).`,
    nothing: "No day is told in these claims.", per: { day: "a day", week: "a week", month: "a month" } as Record<string, string>,
    left: (broad: number, undated: number) => (broad + undated === 0 ? "" : `not drawn: ${[broad ? `${broad.toLocaleString("en-GB")} over more than a week` : "", undated ? `${undated.toLocaleString("en-GB")} without a day` : ""].filter(Boolean).join(", ")}`),
    against: { day: "line: by report", report: "line: by occurrence" } as Record<string, string>,
    both: { day: "Bars: claims by day of occurrence; line: by day of report.", report: "Bars: claims by day of report; line: by day of occurrence." } as Record<string, string>,
  },
  event: {
    versions: "Versions", version: (n: number) => `Version ${n}`, origins: "Voices and origins", figures: "Figures", disputes: "Where voices part",
    grade: "Grade", checks: "Checks", claims: "Claims", links: "Why these belong together", summary: "What is told", reviews: "Judgements",
    independent: "independent", leans: "leans on another", first: "first telling", chain: "carried by", unresolved: "Unresolved: versions stand against each other and nothing independent decides.",
    gradeLong: (source: string, information: string) => `Source ${source}, information ${information} (Admiralty code)`,
    sources: { A: "completely reliable", B: "usually reliable", C: "fairly reliable", D: "not usually reliable", E: "unreliable", F: "cannot be judged" } as Record<string, string>,
    informations: { 1: "confirmed", 2: "probably true", 3: "possibly true", 4: "doubtful", 5: "improbable", 6: "cannot be judged" } as Record<string, string>,
    corrected: "corrected later", told: (day: string) => `told ${day}`, oneVersion: "All voices agree.", sameAs: "Same as another event…",
  },
  claim: {
    document: "In its words", facts: "What it says", provenance: "Where it comes from", raw: "Raw copy (SHA-256)", copy: "Copy", copied: "Copied",
    fetched: (day: string) => `fetched ${day}`, offsets: (start: number, end: number) => `characters ${start} to ${end}`, extractor: "Read by",
    download: "Download the raw copy", event: "Its event", marks: "Marks", why: "Why", alternatives: "might also be", wrong: "Wrong?", fieldWrong: (field: string) => `${field} is wrong`,
    source: "Source", published: "Published", others: "All claims of this document",
  },
  marks: {
    evidence: "evidence", cue: "cue", source: "source", relay: "relay", when: "date", place: "place", quantity: "quantity", agent: "agent",
    target: "target", hedge: "hedge",
  } as Record<string, string>,
  voices: {
    name: "Voice", side: "Side", kind: "Kind", claims: "Claims", documents: "Documents", about: "About", confirmed: "Confirmed later",
    contradicted: "Contradicted later", reliability: "Reliability", none: "never decided yet", notSet: "not set by anyone", show: "Show the claims", record: (c: number, x: number) => `${c} confirmed, ${x} contradicted later`,
    rate: "Set reliability",
  },
  checks: { note: "note", doubt: "doubt", error: "error" } as Record<string, string>,
  review: {
    same: "Same occurrence", notSame: "Not the same occurrence", wrong: "This is wrong", wrongClaim: "This claim is wrong as a whole", reason: "Reason", value: "What is right", save: "Save judgement",
    undo: "Undo", saved: "Judgement saved.", undone: "Taken back.", alone: "It is the only claim of its event.",
    why: "Say why, so that others can follow it.", nothing: "No judgement yet. Open an event or a claim and judge it: n says “not the same”, w says “wrong”.",
    needsRole: "You may read this ledger, but not judge it.", kinds: { same: "same", "not-same": "not the same", wrong: "wrong", reliability: "reliability", undo: "taken back" } as Record<string, string>,
    other: "The other event", pick: "Find the event it is the same as", split: (words: string) => `Does not belong to this event: ${words}`, by: (who: string, day: string) => `${who}, ${day}`, sameTitle: "Same as another event",
  },
  add: {
    open: "Add", title: "Add reports", drop: "Drop files here, or choose them", choose: "Choose files", types: "HTML, PDF, text, Markdown, JSON, JSON Lines", text: "Paste a text", address: "Address of a page",
    textTitle: "Title", published: "Published on", outlet: "Outlet", go: "Read it", reading: "Reading…", done: (documents: string, claims: string) => `Read ${documents}, ${claims}.`,
    soFar: (documents: string, claims: string) => `${documents} read, ${claims} so far`, known: (n: string) => `${n} known before`, problems: "Could not be read", needsRole: "You may not add to this ledger.", dropHere: "Drop to add to the ledger",
    untold: "Day and outlet are taken for reports that do not tell them themselves.",
    undated: (documents: string) => `${documents} without a day of publication: “yesterday” and “on Sunday” stay open there.`,
    nothing: "Nothing to read: choose files, paste a text, or give an address.", tabs: { text: "Text", address: "Address" },
  },
  share: {
    open: "Share", title: "Share and export", link: "Address of this view", copy: "Copy address", copied: "Address copied.",
    what: "What is exported is what the filters leave; of events, those with a claim that meets them.", sources: "Sources", made: (day: string) => `made ${day} with Fogline`, others: (n: number) => `and ${n} more`, all: "no filter",
    tables: { csv: "CSV", geojson: "GeoJSON", jsonl: "JSON Lines" }, as: (what: string, format: string) => `${what} as ${format}`, land: "Lines: land held in km², each with its interval.", pictures: "Map, charts", png: "PNG", picture: "Picture of map and charts as PNG", more: "For other tools",
    formats: {
      hxl: ["CSV with HXL tags", "claims, for humanitarian data"], gpkg: ["GeoPackage", "claims with a style, for QGIS"], geoparquet: ["GeoParquet", "claims as points, for GeoPandas and DuckDB"],
      parquet: ["Parquet", "claims, for data frames"], acled: ["As ACLED has it", "events in its columns and codes (CSV)"], ged: ["As UCDP GED has it", "events with deaths: best, low, high (CSV)"],
      plover: ["PLOVER", "events (JSON Lines)"], timemap: ["timemap", "events, sources, associations (JSON)"], annotations: ["Web Annotations", "the evidence in its documents (JSON-LD)"], prov: ["PROV", "voices, relays, documents (JSON-LD)"],
    } as Record<string, [name: string, what: string]>,
  },
  sign: { out: "Sign out", title: "Sign in", token: "Token", go: "Sign in", help: "This server asks for a token. Whoever runs it can give you one." },
  theme: { light: "Light", dark: "Dark", system: "As the system", label: "Light or dark" },
  help: {
    open: "Help", title: "Keys",
    keys: [
      ["j / k", "next, previous in the list"], ["Enter", "open it"], ["Esc", "back, or close"], ["/", "search"], ["1 – 6", "events, claims, voices, checks, review, control"],
      ["e", "from a claim to its event"], ["n", "not the same occurrence"], ["s", "same as another event"], ["w", "wrong"], ["u", "undo the last judgement"],
      ["[ / ]", "a day back, a day on"], ["p", "play, pause"], ["a", "add reports"], ["x", "share and export"], ["?", "these keys"],
    ] as [string, string][],
  },
};

const regions = new Intl.DisplayNames("en-GB", { type: "region", fallback: "none" });

function regionName(code: string): string {
  const two = ALPHA2[code];
  return (two && regions.of(two)) || code;
}

// ISO 3166 alpha-3 to alpha-2, which is what browsers know names of.
const ALPHA2: Record<string, string> = Object.fromEntries(
  ("AFGAF ALBAL DZADZ AGOAO ARGAR ARMAM AUSAU AUTAT AZEAZ BHRBH BGDBD BLRBY BELBE BENBJ BTNBT BOLBO BIHBA BWABW BRABR BRNBN BGRBG BFABF BDIBI KHMKH CMRCM CANCA CAFCF TCDTD CHLCL CHNCN COLCO COMKM COGCG CODCD CRICR CIVCI HRVHR CUBCU CYPCY CZECZ DNKDK DJIDJ DOMDO ECUEC EGYEG SLVSV GNQGQ ERIER ESTEE SWZSZ ETHET FINFI FRAFR GABGA GMBGM GEOGE DEUDE GHAGH GRCGR GTMGT GINGN GNBGW GUYGY HTIHT HNDHN HUNHU ISLIS INDIN IDNID IRNIR IRQIQ IRLIE ISRIL ITAIT JAMJM JPNJP JORJO KAZKZ KENKE PRKKP KORKR KWTKW KGZKG LAOLA LVALV LBNLB LSOLS LBRLR LBYLY LTULT LUXLU MDGMG MWIMW MYSMY MLIML MLTMT MRTMR MEXMX MDAMD MNGMN MNEME MARMA MOZMZ MMRMM NAMNA NPLNP NLDNL NZLNZ NICNI NERNE NGANG MKDMK NORNO OMNOM PAKPK PSEPS PANPA PNGPG PRYPY PERPE PHLPH POLPL PRTPT QATQA ROURO RUSRU RWARW SAUSA SENSN SRBRS SLESL SGPSG SVKSK SVNSI SOMSO ZAFZA SSDSS ESPES LKALK SDNSD SURSR SWESE CHECH SYRSY TWNTW TJKTJ TZATZ THATH TLSTL TGOTG TUNTN TURTR TKMTM UGAUG UKRUA AREAE GBRGB USAUS URYUY UZBUZ VENVE VNMVN YEMYE ZMBZM ZWEZW XKXXK VATVA")
    .split(" ").map((pair) => [pair.slice(0, 3), pair.slice(3)]),
);
