/**
 * The regional groups of the United Nations, by ISO 3166-1 alpha-3 code, for elections as the Department for General Assembly and
 * Conference Management lists them. Facts of practice worth knowing: the United States is a member of no group and counted with
 * Western European and other States; Türkiye takes part in two groups and is counted with the same; the State of Palestine, an
 * observer, belongs to the Asia-Pacific Group, and the Holy See to none.
 */
import type { RegionalGroup } from "./roster.ts";

const members: { readonly [group in Exclude<RegionalGroup, "none">]: string } = {
  african: `
    AGO BDI BEN BFA BWA CAF CIV CMR COD COG COM CPV DJI DZA EGY ERI ETH GAB GHA GIN GMB GNB GNQ KEN LBR LBY
    LSO MAR MDG MLI MOZ MRT MUS MWI NAM NER NGA RWA SDN SEN SLE SOM SSD STP SWZ SYC TCD TGO TUN TZA UGA ZAF
    ZMB ZWE`,
  "asia-pacific": `
    AFG ARE BGD BHR BRN BTN CHN CYP FJI FSM IDN IND IRN IRQ JOR JPN KAZ KGZ KHM KIR KOR KWT LAO LBN LKA MDV
    MHL MMR MNG MYS NPL NRU OMN PAK PHL PLW PNG PRK PSE QAT SAU SGP SLB SYR THA TJK TKM TLS TON TUV UZB VNM
    VUT WSM YEM`,
  "eastern-european": `
    ALB ARM AZE BGR BIH BLR CZE EST GEO HRV HUN LTU LVA MDA MKD MNE POL ROU RUS SRB SVK SVN UKR`,
  "latin-american-caribbean": `
    ARG ATG BHS BLZ BOL BRA BRB CHL COL CRI CUB DMA DOM ECU GRD GTM GUY HND HTI JAM KNA LCA MEX NIC PAN PER
    PRY SLV SUR TTO URY VCT VEN`,
  "western-european-others": `
    AND AUS AUT BEL CAN CHE DEU DNK ESP FIN FRA GBR GRC IRL ISL ISR ITA LIE LUX MCO MLT NLD NOR NZL PRT SMR
    SWE TUR USA`,
};

const groups = new Map<string, RegionalGroup>();
for (const [group, codes] of Object.entries(members)) {
  for (const code of codes.trim().split(/\s+/)) groups.set(code, group as RegionalGroup);
}

/** `none` for what is no state, or a state in no group. A default: the chair's team can say otherwise in the roster. */
export const regionalGroupOf = (code: string): RegionalGroup => groups.get(code) ?? "none";
