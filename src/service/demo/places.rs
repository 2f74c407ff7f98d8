//! The towns where the chain may have a store, and the towns its customers come from.

/// A town with its postal code.
pub(super) type Town = (&'static str, &'static str);

/// Where a store may stand.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) town: Town,
    /// The town, as it stands in an e-mail address.
    pub(super) mail: &'static str,
    pub(super) street: &'static str,
    pub(super) state: &'static str,
    /// Its name in the IANA time zone database.
    pub(super) time_zone: &'static str,
    pub(super) area_code: &'static str,
    pub(super) around: [Town; 4],
}

pub(super) const PLACES: [Place; 8] = [
    Place {
        town: ("Portland", "97209"),
        mail: "portland",
        street: "418 Wheelwright Row",
        state: "OR",
        time_zone: "America/Los_Angeles",
        area_code: "503",
        around: [("Beaverton", "97005"), ("Gresham", "97030"), ("Tigard", "97223"), ("Lake Oswego", "97034")],
    },
    Place {
        town: ("Boulder", "80302"),
        mail: "boulder",
        street: "27 Sandstone Arcade",
        state: "CO",
        time_zone: "America/Denver",
        area_code: "303",
        around: [("Longmont", "80501"), ("Louisville", "80027"), ("Lafayette", "80026"), ("Lyons", "80540")],
    },
    Place {
        town: ("Duluth", "55802"),
        mail: "duluth",
        street: "1100 Ore Dock Landing",
        state: "MN",
        time_zone: "America/Chicago",
        area_code: "218",
        around: [
            ("Hermantown", "55811"),
            ("Cloquet", "55720"),
            ("Two Harbors", "55616"),
            ("Proctor", "55810"),
        ],
    },
    Place {
        town: ("Burlington", "05401"),
        mail: "burlington",
        street: "9 Ferryman's Slip",
        state: "VT",
        time_zone: "America/New_York",
        area_code: "802",
        around: [
            ("Winooski", "05404"),
            ("Shelburne", "05482"),
            ("Essex Junction", "05452"),
            ("Colchester", "05446"),
        ],
    },
    Place {
        town: ("Flagstaff", "86001"),
        mail: "flagstaff",
        street: "650 Ponderosa Yard",
        state: "AZ",
        time_zone: "America/Phoenix",
        area_code: "928",
        around: [("Sedona", "86336"), ("Williams", "86046"), ("Winslow", "86047"), ("Munds Park", "86017")],
    },
    Place {
        town: ("Savannah", "31401"),
        mail: "savannah",
        street: "33 Cotton Press Lane",
        state: "GA",
        time_zone: "America/New_York",
        area_code: "912",
        around: [
            ("Pooler", "31322"),
            ("Tybee Island", "31328"),
            ("Richmond Hill", "31324"),
            ("Garden City", "31408"),
        ],
    },
    Place {
        town: ("Hilo", "96720"),
        mail: "hilo",
        street: "75 Breadfruit Walk",
        state: "HI",
        time_zone: "Pacific/Honolulu",
        area_code: "808",
        around: [
            ("Pāhoa", "96778"),
            ("Kea\u{2bb}au", "96749"),
            ("Pepe\u{2bb}ekeo", "96783"),
            ("Volcano", "96785"),
        ],
    },
    Place {
        town: ("Ann Arbor", "48104"),
        mail: "ann-arbor",
        street: "212 Observatory Mews",
        state: "MI",
        time_zone: "America/Detroit",
        area_code: "734",
        around: [("Ypsilanti", "48197"), ("Saline", "48176"), ("Dexter", "48130"), ("Chelsea", "48118")],
    },
];
