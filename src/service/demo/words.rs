//! The words that names and addresses are made of.

/// A name as it is shown, and as it stands in an e-mail address.
pub(super) type Name = (&'static str, &'static str);

#[rustfmt::skip]
pub(super) const FIRST_NAMES: [Name; 72] = [
    ("Abigail", "abigail"), ("Adaeze", "adaeze"), ("Aidan", "aidan"), ("Amara", "amara"), ("Anaïs", "anais"),
    ("Anton", "anton"), ("Ayesha", "ayesha"), ("Beatriz", "beatriz"), ("Benedict", "benedict"), ("Bridget", "bridget"),
    ("Callum", "callum"), ("Camille", "camille"), ("Cedric", "cedric"), ("Chidi", "chidi"), ("Clara", "clara"),
    ("Dario", "dario"), ("Delphine", "delphine"), ("Desmond", "desmond"), ("Dmitri", "dmitri"), ("Edith", "edith"),
    ("Eero", "eero"), ("Elif", "elif"), ("Emeka", "emeka"), ("Esther", "esther"), ("Felix", "felix"),
    ("Freya", "freya"), ("Gideon", "gideon"), ("Greta", "greta"), ("Hamza", "hamza"), ("Hazel", "hazel"),
    ("Henrik", "henrik"), ("Imogen", "imogen"), ("Ines", "ines"), ("Isaac", "isaac"), ("Jean-Luc", "jean-luc"),
    ("Joaquín", "joaquin"), ("Josephine", "josephine"), ("Jürgen", "juergen"), ("Kaito", "kaito"), ("Keziah", "keziah"),
    ("Leila", "leila"), ("Linnea", "linnea"), ("Łukasz", "lukasz"), ("Mabel", "mabel"), ("Mateo", "mateo"),
    ("Maren", "maren"), ("Mei-Ling", "mei-ling"), ("Nadia", "nadia"), ("Niamh", "niamh"), ("Nikhil", "nikhil"),
    ("Odile", "odile"), ("Omar", "omar"), ("Oskar", "oskar"), ("Petra", "petra"), ("Priya", "priya"),
    ("Quentin", "quentin"), ("Rosalind", "rosalind"), ("Ruben", "ruben"), ("Sanjay", "sanjay"), ("Saskia", "saskia"),
    ("Siobhán", "siobhan"), ("Sören", "soeren"), ("Tamsin", "tamsin"), ("Thaddeus", "thaddeus"), ("Tomás", "tomas"),
    ("Ursula", "ursula"), ("Viggo", "viggo"), ("Wanjiru", "wanjiru"), ("Wilhelmina", "wilhelmina"), ("Yara", "yara"),
    ("Zoë", "zoe"), ("Zuri", "zuri"),
];

#[rustfmt::skip]
pub(super) const LAST_NAMES: [Name; 80] = [
    ("Abernathy", "abernathy"), ("Achebe", "achebe"), ("Almeida", "almeida"), ("Arsenault", "arsenault"),
    ("Bianchi", "bianchi"), ("Björklund", "bjorklund"), ("Blackwood", "blackwood"), ("Brannigan", "brannigan"),
    ("Cárdenas", "cardenas"), ("Castellanos", "castellanos"), ("Chaudhry", "chaudhry"), ("Chen", "chen"),
    ("Czarnecki", "czarnecki"), ("D'Amico", "damico"), ("Dalgaard", "dalgaard"), ("De la Cruz", "delacruz"),
    ("Demir", "demir"), ("Dubois", "dubois"), ("Ekström", "ekstrom"), ("El-Masri", "el-masri"),
    ("Eriksen", "eriksen"), ("Fairweather", "fairweather"), ("Featherstone", "featherstone"), ("Fontaine", "fontaine"),
    ("Gallagher", "gallagher"), ("Ghosh", "ghosh"), ("Goldberg", "goldberg"), ("Grünwald", "gruenwald"),
    ("Hakimi", "hakimi"), ("Halloran", "halloran"), ("Haverford", "haverford"), ("Horváth", "horvath"),
    ("Ibarra", "ibarra"), ("Iwu", "iwu"), ("Jankowski", "jankowski"), ("Kaplan", "kaplan"),
    ("Kealoha", "kealoha"), ("Kowalczyk", "kowalczyk"), ("Lachance", "lachance"), ("Lindqvist", "lindqvist"),
    ("Lockhart", "lockhart"), ("MacAllister", "macallister"), ("Mbeki", "mbeki"), ("McKinnon", "mckinnon"),
    ("Mehta", "mehta"), ("Moreau", "moreau"), ("Nakagawa", "nakagawa"), ("Ndiaye", "ndiaye"),
    ("Nguyễn", "nguyen"), ("Novák", "novak"), ("O'Connell", "oconnell"), ("O'Shea", "oshea"),
    ("Okonkwo", "okonkwo"), ("Okafor-Reyes", "okafor-reyes"), ("Oyelaran", "oyelaran"), ("Papadakis", "papadakis"),
    ("Pemberton", "pemberton"), ("Quiñones", "quinones"), ("Rasmussen", "rasmussen"), ("Rothschild-Lane", "rothschild-lane"),
    ("Rousseau", "rousseau"), ("Saarinen", "saarinen"), ("Salazar", "salazar"), ("Schäfer", "schaefer"),
    ("Sinclair", "sinclair"), ("Sørensen", "sorensen"), ("Strand", "strand"), ("Sundaram", "sundaram"),
    ("Tanaka", "tanaka"), ("Thibodeaux", "thibodeaux"), ("Thornbury", "thornbury"), ("Underhill", "underhill"),
    ("Van Houten", "vanhouten"), ("Vasquez", "vasquez"), ("Wainwright", "wainwright"), ("Whitlock", "whitlock"),
    ("Wiśniewska", "wisniewska"), ("Yamada", "yamada"), ("Zapata", "zapata"), ("Zielinski", "zielinski"),
];

/// People who write their name in wide characters: first name, last name, and the name in an e-mail address.
#[rustfmt::skip]
pub(super) const WIDE_NAMES: [(&str, &str, &str); 6] = [
    ("美咲", "佐藤", "misaki.sato"), ("大輔", "田中", "daisuke.tanaka"), ("伟", "王", "wei.wang"),
    ("秀英", "李", "xiuying.li"), ("서연", "김", "seoyeon.kim"), ("민준", "박", "minjun.park"),
];

#[rustfmt::skip]
pub(super) const STREETS: [&str; 48] = [
    "Alder", "Applegate", "Birchwood", "Blackberry", "Bluff", "Bridge", "Briarwood", "Canal", "Cattail", "Chestnut",
    "Cider Mill", "Clearwater", "Copperfield", "Cottonwood", "Depot", "Dogwood", "Eastlake", "Elderberry", "Fairground", "Fern Hollow",
    "Foundry", "Garnet", "Goldenrod", "Granary", "Harbor", "Hawthorn", "Heron", "Hickory", "Ironwood", "Juniper",
    "Kestrel", "Lantern", "Larkspur", "Linden", "Lockkeeper's", "Marigold", "Meadowlark", "Millrace", "Old Mill", "Orchard",
    "Pinecrest", "Quarry", "Ridgeline", "St. Anne's", "Sycamore", "Tannery", "Wheelwright", "Willow",
];

pub(super) const STREET_KINDS: [&str; 9] = ["St", "St", "St", "Ave", "Ave", "Rd", "Ln", "Ct", "Way"];

/// Domains that can belong to nobody (RFC 2606, 3).
pub(super) const MAIL_DOMAINS: [&str; 3] = ["example.com", "example.net", "example.org"];
