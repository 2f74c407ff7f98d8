//! What a bicycle chain sells: brands and models that nobody else has.

/// The brands, in the order of their identifiers.
pub(super) const BRANDS: [&str; 12] = [
    "Halvorsen",
    "Corvane",
    "Brightspoke",
    "Marlowe & Finch",
    "Fjellhund",
    "O'Dell Cycles",
    "Velaré",
    "Pedalaria",
    "Quillon",
    "Tidewell",
    "Lumenhaus",
    "Wrenkit",
];

/// How much each month asks for a kind of product, January first, in percent.
type Season = [u32; 12];

const EVEN: Season = [100; 12];
const SUNNY: Season = [70, 75, 100, 120, 125, 120, 115, 110, 100, 85, 70, 65];
const MUDDY: Season = [85, 90, 100, 95, 90, 90, 90, 105, 130, 135, 110, 80];
const GIFTS: Season = [50, 55, 80, 100, 115, 110, 90, 85, 75, 75, 170, 330];

/// A kind of product.
#[derive(Debug)]
pub(super) struct Kind {
    pub(super) category: &'static str,
    /// The brands that make it, as identifiers.
    pub(super) brands: &'static [u32],
    /// Its models, with about what the plainest of each costs in whole units of the currency.
    pub(super) models: &'static [(&'static str, u32)],
    /// What follows the model's name, the plainest and cheapest first.
    pub(super) trims: &'static [&'static str],
    /// Its share of the chain's order lines.
    pub(super) share: u32,
    pub(super) season: Season,
    /// Whether a new one comes each year; what is no bicycle stays and gets dearer instead.
    pub(super) is_bicycle: bool,
}

/// The kinds, in the order of their categories' identifiers.
pub(super) const KINDS: [Kind; 8] = [
    Kind {
        category: "City & Commuting",
        brands: &[1, 3, 4, 8],
        models: &[
            ("Fen", 529),
            ("Arcade", 649),
            ("Porter", 579),
            ("Lindenway", 890),
            ("Tramline", 1_090),
            ("Saturday", 469),
            ("Canal Street", 790),
        ],
        trims: &["", "Step-Through", "Belt"],
        share: 100,
        season: EVEN,
        is_bicycle: true,
    },
    Kind {
        category: "Road & Race",
        brands: &[2, 6, 7, 9],
        models: &[
            ("Sirocco", 1_190),
            ("Col d'Azur", 1_790),
            ("Peloton", 1_490),
            ("Vitesse", 990),
            ("Meridian", 2_190),
            ("Swiftlet", 890),
            ("Époque", 1_390),
        ],
        trims: &["Alloy", "Carbon", "Carbon SL"],
        share: 55,
        season: SUNNY,
        is_bicycle: true,
    },
    Kind {
        category: "Trail & Mountain",
        brands: &[1, 2, 5, 9],
        models: &[
            ("Grizzle", 790),
            ("Switchback", 990),
            ("Ramshorn", 690),
            ("Talus", 1_490),
            ("Blackroot", 1_790),
            ("Höhenweg", 1_190),
            ("Couloir", 2_090),
        ],
        trims: &["27.5", "29", "29 Pro"],
        share: 75,
        season: SUNNY,
        is_bicycle: true,
    },
    Kind {
        category: "Gravel & Touring",
        brands: &[1, 4, 5, 6],
        models: &[
            ("Wayfarer", 890),
            ("Dustline", 1_190),
            ("Long Acre", 1_390),
            ("Sendero", 1_090),
            ("Backcountry", 1_590),
            ("Ferryman", 1_790),
            ("Steppe", 990),
        ],
        trims: &["", "Tour", "Expedition"],
        share: 55,
        season: MUDDY,
        is_bicycle: true,
    },
    Kind {
        category: "Electric-Assist",
        brands: &[3, 5, 8, 10],
        models: &[
            ("Volta", 1_890),
            ("Tailwind", 2_490),
            ("Murmur", 1_690),
            ("Amperia", 2_290),
            ("Gale", 2_790),
            ("Hilltop", 2_090),
            ("Current", 1_590),
        ],
        trims: &["400", "500", "750 Plus"],
        share: 60,
        season: SUNNY,
        is_bicycle: true,
    },
    Kind {
        category: "Kids & Balance",
        brands: &[3, 4, 8, 10],
        models: &[
            ("Pip", 129),
            ("Ladybug", 149),
            ("Rocket", 189),
            ("Otterling", 159),
            ("Señorita", 219),
            ("Bramble", 179),
            ("Comet", 239),
        ],
        trims: &["12\"", "16\"", "20\""],
        share: 80,
        season: GIFTS,
        is_bicycle: true,
    },
    Kind {
        category: "Cargo & Family",
        brands: &[5, 8, 10],
        models: &[
            ("Packmule", 1_990),
            ("Market Day", 2_490),
            ("Haulier", 2_790),
            ("Tandemonium", 2_290),
            ("Barrow", 1_490),
        ],
        trims: &["", "Long", "Electric"],
        share: 18,
        season: EVEN,
        is_bicycle: true,
    },
    Kind {
        category: "Parts & Accessories",
        brands: &[3, 6, 11, 12],
        models: &[
            ("Front Light", 34),
            ("Rear Light", 22),
            ("Helmet", 69),
            ("Kids' Helmet", 39),
            ("Folding Lock", 58),
            ("Track Pump", 49),
            ("Mini Pump", 27),
            ("Pannier Bag", 84),
            ("Bottle Cage", 12),
            ("Chain Wax", 14),
            ("Multi-Tool", 24),
            ("Saddle", 62),
            ("Mudguard Set", 37),
            ("Winter Gloves", 32),
            ("Bell", 9),
            ("Tubeless Kit", 54),
            ("Bar Tape", 18),
            ("Child Seat", 119),
        ],
        trims: &["", "Plus"],
        share: 90,
        season: EVEN,
        is_bicycle: false,
    },
];
